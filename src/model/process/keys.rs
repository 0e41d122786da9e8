//! Property keys by Octopus's own names.
//!
//! Source: reference, process, sections 2, 4 and 5.

/// Whether the action runs on a worker (`true`) or on each target (`false`).
pub const RUN_ON_SERVER: &str = "Octopus.Action.RunOnServer";
/// Always `False`: bundled tools are no longer supported.
pub const BUNDLED_TOOLING: &str = "OctopusUseBundledTooling";
/// Retries, `1` to `3`.
pub const RETRIES: &str = "Octopus.Action.AutoRetry.MaximumCount";
/// Seconds before the first retry.
pub const RETRY_BACKOFF: &str = "Octopus.Action.AutoRetry.MinimumBackoff";
/// Minutes after which the action is given up.
pub const TIMEOUT: &str = "Octopus.Action.ExecutionTimeout.Minutes";
/// The condition of a child action.
pub const ACTION_CONDITION: &str = "Octopus.Action.ConditionVariableExpression";
/// The condition of a step; belongs to the step's properties.
pub const STEP_CONDITION: &str = "Octopus.Step.ConditionVariableExpression";
/// Target tags; belongs to the step's properties despite its name.
pub const TARGET_ROLES: &str = "Octopus.Action.TargetRoles";
/// How many targets at once; belongs to the step's properties despite its name.
pub const MAX_PARALLELISM: &str = "Octopus.Action.MaxParallelism";
/// The step template's id.
pub const TEMPLATE_ID: &str = "Octopus.Action.Template.Id";
/// The step template's version.
pub const TEMPLATE_VERSION: &str = "Octopus.Action.Template.Version";
/// Features that are switched on.
pub const ENABLED_FEATURES: &str = "Octopus.Action.EnabledFeatures";

/// `Inline`, `Package` or `GitRepository`.
pub const SCRIPT_SOURCE: &str = "Octopus.Action.Script.ScriptSource";
/// `Bash`, `PowerShell`, `Python`, `CSharp`, `FSharp`.
pub const SCRIPT_SYNTAX: &str = "Octopus.Action.Script.Syntax";
/// The text of an inline script.
pub const SCRIPT_BODY: &str = "Octopus.Action.Script.ScriptBody";
/// The script's path in the package or repository.
pub const SCRIPT_FILE: &str = "Octopus.Action.Script.ScriptFileName";
/// Arguments, appended as they are.
pub const SCRIPT_PARAMETERS: &str = "Octopus.Action.Script.ScriptParameters";
/// The properties of a script step that Pulpo's own steps do without, as Pulpo
/// writes the script.
pub const OF_SCRIPTS: [&str; 6] =
    [RUN_ON_SERVER, SCRIPT_SOURCE, SCRIPT_SYNTAX, SCRIPT_BODY, SCRIPT_FILE, SCRIPT_PARAMETERS];

/// The primary package's id, said a second time.
pub const PACKAGE_ID: &str = "Octopus.Action.Package.PackageId";
/// The primary package's feed, said a second time.
pub const PACKAGE_FEED: &str = "Octopus.Action.Package.FeedId";
/// Whether the target fetches the primary package itself.
pub const PACKAGE_ON_TARGET: &str = "Octopus.Action.Package.DownloadOnTentacle";

/// What the approver reads.
pub const MANUAL_INSTRUCTIONS: &str = "Octopus.Action.Manual.Instructions";
/// Who may approve: team ids, joined by commas.
pub const MANUAL_TEAMS: &str = "Octopus.Action.Manual.ResponsibleTeamIds";
/// Whether other deployments wait meanwhile.
pub const MANUAL_BLOCK: &str = "Octopus.Action.Manual.BlockConcurrentDeployments";

/// The variable that holds the AWS account.
pub const AWS_ACCOUNT: &str = "Octopus.Action.AwsAccount.Variable";
/// The AWS region.
pub const AWS_REGION: &str = "Octopus.Action.Aws.Region";
/// Whether the worker's own AWS role is taken.
pub const AWS_INSTANCE_ROLE: &str = "Octopus.Action.AwsAccount.UseInstanceRole";
/// Whether another role is assumed.
pub const AWS_ASSUME_ROLE: &str = "Octopus.Action.Aws.AssumeRole";
/// The Azure account: an id or an expression.
pub const AZURE_ACCOUNT: &str = "Octopus.Action.Azure.AccountId";
/// The variable that holds the Google account.
pub const GOOGLE_ACCOUNT: &str = "Octopus.Action.GoogleCloudAccount.Variable";
/// The child project of Deploy a Release.
pub const RELEASE_PROJECT: &str = "Octopus.Action.DeployRelease.ProjectId";
