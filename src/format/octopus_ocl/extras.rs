//! Names of Octopus's JSON for what OCL says and the model has no field for.
//!
//! It is kept among the unknown members of its record under these names, so
//! that both formats find it. Source: reference, process, sections 3, 4 and 11.

/// Of the project: its connectivity policy.
pub(super) const PROJECT_CONNECTIVITY: &str = "ProjectConnectivityPolicy";
/// Of the project: how releases are numbered.
pub(super) const VERSIONING: &str = "VersioningStrategy";
/// Of the project: a template for release notes.
pub(super) const RELEASE_NOTES: &str = "ReleaseNotesTemplate";
/// Of the project: a template for what a deployment changes.
pub(super) const CHANGES: &str = "DeploymentChangesTemplate";
/// Of a runbook: its connectivity policy.
pub(super) const CONNECTIVITY: &str = "ConnectivityPolicy";
/// Of a runbook: how long runs are kept.
pub(super) const RETENTION: &str = "RunRetentionPolicy";
/// Of a runbook: whether a failure waits for a person.
pub(super) const GUIDED_FAILURE: &str = "DefaultGuidedFailureMode";
/// Of a container: a Dockerfile in place of an image.
pub(super) const DOCKERFILE: &str = "Dockerfile";
/// Of an action: the version of its step package.
pub(super) const STEP_PACKAGE: &str = "StepPackageVersion";
/// Of a package or Git reference: where a step package's inputs refer to it.
pub(super) const INPUTS_REFERENCE: &str = "StepPackageInputsReferenceId";
/// In a versioning strategy.
pub(super) const TEMPLATE: &str = "Template";
/// In a versioning strategy.
pub(super) const DONOR: &str = "DonorPackage";
/// In a donor package: its action.
pub(super) const DONOR_ACTION: &str = "DeploymentAction";
/// In a donor package: its reference.
pub(super) const DONOR_PACKAGE: &str = "PackageReference";

/// Members of a policy: the attribute, the member, and what it is.
pub(super) const POLICY: [(&str, &str, Member); 4] = [
    ("allow_deployments_to_no_targets", "AllowDeploymentsToNoTargets", Member::Flag),
    ("exclude_unhealthy_targets", "ExcludeUnhealthyTargets", Member::Flag),
    ("skip_machine_behavior", "SkipMachineBehavior", Member::Word("None")),
    ("target_roles", "TargetRoles", Member::List),
];

/// Members of a retention policy.
pub(super) const RETAINED: [(&str, &str, Member); 3] = [
    ("quantity_to_keep", "QuantityToKeep", Member::Number),
    ("type", "Strategy", Member::Word("")),
    ("unit", "Unit", Member::Word("")),
];

/// What a member of a policy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    /// True or false; false is left out.
    Flag,
    /// A whole number.
    Number,
    /// A word; this one is left out.
    Word(&'static str),
    /// A list of texts; an empty one is left out.
    List,
}
