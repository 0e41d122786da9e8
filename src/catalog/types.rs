//! The action types.

use super::ActionInfo;
use super::features::{OF_PACKAGES, OF_SCRIPTS};
use super::form::{Category, Control, PrimaryPackage, Property, Refers, Section};
use super::scripts::{
    AWS, AZURE, CLOUD_SCRIPT, EXECUTION, GOOGLE, KUBERNETES, LIMITS, ON_WORKER, SCRIPT, TOOLING,
};
use crate::model::process::keys;

/// The types whose properties are known, in the order in which they are offered.
pub static ACTION_TYPES: [&ActionInfo; 11] = [
    &RUN_SCRIPT,
    &AWS_SCRIPT,
    &AZURE_SCRIPT,
    &GOOGLE_SCRIPT,
    &KUBERNETES_SCRIPT,
    &MANUAL,
    &EMAIL,
    &DEPLOY_RELEASE,
    &HEALTH_CHECK,
    &DEPLOY_PACKAGE,
    &TRANSFER_PACKAGE,
];

const fn script(
    id: &'static str,
    name: &'static str,
    about: &'static str,
    category: Category,
    sections: &'static [Section],
) -> ActionInfo {
    ActionInfo {
        id,
        name,
        about,
        category,
        primary_package: PrimaryPackage::Script,
        has_named_packages: true,
        needs_targets: false,
        one_of: &[],
        sections,
    }
}

const fn octopus(
    id: &'static str,
    name: &'static str,
    about: &'static str,
    sections: &'static [Section],
) -> ActionInfo {
    ActionInfo {
        id,
        name,
        about,
        category: Category::Octopus,
        primary_package: PrimaryPackage::Never,
        has_named_packages: false,
        needs_targets: false,
        one_of: &[],
        sections,
    }
}

static RUN_SCRIPT: ActionInfo = script(
    "Octopus.Script",
    "Run a Script",
    "Runs a script on a worker or on deployment targets.",
    Category::Script,
    &[EXECUTION, SCRIPT, OF_SCRIPTS, LIMITS],
);

static AWS_SCRIPT: ActionInfo = script(
    "Octopus.AwsRunScript",
    "Run an AWS CLI Script",
    "Runs a script with the credentials of an AWS account in its environment.",
    Category::Aws,
    &[EXECUTION, AWS, CLOUD_SCRIPT, OF_SCRIPTS, LIMITS],
);

static AZURE_SCRIPT: ActionInfo = script(
    "Octopus.AzurePowerShell",
    "Run an Azure Script",
    "Runs a script, PowerShell or Bash, with the Azure CLI signed in.",
    Category::Azure,
    &[EXECUTION, AZURE, CLOUD_SCRIPT, OF_SCRIPTS, LIMITS],
);

static GOOGLE_SCRIPT: ActionInfo = script(
    "Octopus.GoogleCloudScripting",
    "Run gcloud in a Script",
    "Runs a script with the Google Cloud CLI signed in.",
    Category::Google,
    &[EXECUTION, GOOGLE, CLOUD_SCRIPT, OF_SCRIPTS, LIMITS],
);

static KUBERNETES_SCRIPT: ActionInfo = ActionInfo {
    needs_targets: true,
    ..script(
        "Octopus.KubernetesRunScript",
        "Run a kubectl script",
        "Runs a script with kubectl set up for each Kubernetes target.",
        Category::Kubernetes,
        &[EXECUTION, KUBERNETES, CLOUD_SCRIPT, OF_SCRIPTS, LIMITS],
    )
};

/// Written because the portal writes it; there is nothing to choose.
const ON_SERVER: Property = Property { control: Control::Hidden, is_required: false, ..ON_WORKER };

/// Runs on each target; there is nothing to choose.
const ON_TARGETS: Property = Property { default: "false", ..ON_SERVER };

static MANUAL: ActionInfo = octopus(
    "Octopus.Manual",
    "Manual Intervention Required",
    "Waits until somebody approves, or stops the deployment.",
    &[Section {
        title: "Manual Intervention",
        properties: &[
            Property::new(
                keys::MANUAL_INSTRUCTIONS,
                "Instructions",
                "What the approver reads, in Markdown; #{Name} is filled in.",
                Control::MultiLine,
            )
            .required(),
            Property::new(
                keys::MANUAL_TEAMS,
                "Responsible Teams",
                "Who may approve. Nobody named means anyone who may deploy; a team named means \
                 that nobody can skip the step.",
                Control::Teams,
            ),
            Property::new(
                keys::MANUAL_BLOCK,
                "Block Deployments",
                "Whether other deployments wait while this one does.",
                Control::Checkbox,
            )
            .usually("False"),
            ON_SERVER,
        ],
    }],
);

const fn teams(key: &'static str, label: &'static str) -> Property {
    Property::new(key, label, "Everybody in these teams.", Control::Teams)
}

const fn addresses(key: &'static str, label: &'static str) -> Property {
    Property::new(key, label, "Addresses, with commas or semicolons between.", Control::Text)
}

static EMAIL: ActionInfo = ActionInfo {
    one_of: &["Octopus.Action.Email.To", "Octopus.Action.Email.ToTeamIds"],
    ..octopus(
        "Octopus.Email",
        "Send an Email",
        "Sends a message through the server's mail settings.",
        &[Section {
            title: "Email",
            properties: &[
                addresses("Octopus.Action.Email.To", "To"),
                teams("Octopus.Action.Email.ToTeamIds", "To teams"),
                addresses("Octopus.Action.Email.CC", "CC"),
                teams("Octopus.Action.Email.CCTeamIds", "CC teams"),
                addresses("Octopus.Action.Email.Bcc", "BCC"),
                teams("Octopus.Action.Email.BccTeamIds", "BCC teams"),
                Property::new(
                    "Octopus.Action.Email.Subject",
                    "Subject",
                    "#{Name} is filled in.",
                    Control::Text,
                )
                .required(),
                Property::new(
                    "Octopus.Action.Email.Body",
                    "Body",
                    "Text or HTML; #{Name} is filled in.",
                    Control::MultiLine,
                )
                .required(),
                Property::new(
                    "Octopus.Action.Email.IsHtml",
                    "Body is HTML",
                    "Whether the body is HTML.",
                    Control::Checkbox,
                )
                .usually("False"),
                Property::new(
                    "Octopus.Action.Email.Priority",
                    "Priority",
                    "How the message is marked.",
                    Control::Select(&[("Low", "Low"), ("Normal", "Normal"), ("High", "High")]),
                )
                .usually("Normal"),
                ON_SERVER,
            ],
        }],
    )
};

static DEPLOY_RELEASE: ActionInfo = ActionInfo {
    primary_package: PrimaryPackage::Release,
    ..octopus(
        "Octopus.DeployRelease",
        "Deploy a Release",
        "Deploys a release of another project and waits for it.",
        &[Section {
            title: "Release",
            properties: &[
                Property::new(
                    keys::RELEASE_PROJECT,
                    "Project",
                    "The other project's name in Octopus. A design knows no project but its own, so \
                     nothing checks it here; the import looks it up.",
                    Control::Project,
                )
                .required(),
                Property::new(
                    "Octopus.Action.DeployRelease.DeploymentCondition",
                    "Deployment condition",
                    "When the release is deployed at all.",
                    Control::Select(&[
                        ("Always", "Deploy always"),
                        (
                            "IfNotCurrentVersion",
                            "If the selected release is not the current release in the environment",
                        ),
                        (
                            "IfNewer",
                            "If the selected release has a higher version than the current release in \
                             the environment",
                        ),
                    ]),
                )
                .usually("Always"),
                Property::new(
                    "Octopus.Action.DeployRelease.ReleaseVersion",
                    "Release version",
                    "A fixed version; nothing means that it is chosen with the release.",
                    Control::Text,
                ),
                ON_SERVER,
            ],
        }],
    )
};

static HEALTH_CHECK: ActionInfo = ActionInfo {
    needs_targets: true,
    ..octopus(
        "Octopus.HealthCheck",
        "Health Check",
        "Checks deployment targets and can add them to the deployment.",
        &[Section {
            title: "Health Check",
            properties: &[
                Property::new(
                    "Octopus.Action.HealthCheck.Type",
                    "Health check type",
                    "How much is checked.",
                    Control::Select(&[
                        ("FullHealthCheck", "Perform a full health check"),
                        ("ConnectionTest", "Perform a connection-only test"),
                    ]),
                )
                .required()
                .usually("FullHealthCheck"),
                Property::new(
                    "Octopus.Action.HealthCheck.ErrorHandling",
                    "Health check errors",
                    "What a failed check means.",
                    Control::Select(&[
                        ("TreatExceptionsAsErrors", "Fail the deployment"),
                        (
                            "TreatExceptionsAsWarnings",
                            "Skip deployment targets that are unavailable",
                        ),
                    ]),
                )
                .required()
                .usually("TreatExceptionsAsErrors"),
                Property::new(
                    "Octopus.Action.HealthCheck.IncludeMachinesInDeployment",
                    "Machine Selection",
                    "Whether targets that were found now take part.",
                    Control::Select(&[
                        ("DoNotAlterMachines", "Ignore any newly available deployment targets"),
                        (
                            "IncludeCheckedMachines",
                            "Include new deployment targets in the deployment",
                        ),
                    ]),
                )
                .required()
                .usually("DoNotAlterMachines"),
                ON_TARGETS,
            ],
        }],
    )
};

const fn package(
    id: &'static str,
    name: &'static str,
    about: &'static str,
    sections: &'static [Section],
) -> ActionInfo {
    ActionInfo {
        category: Category::Package,
        primary_package: PrimaryPackage::Always,
        needs_targets: true,
        ..octopus(id, name, about, sections)
    }
}

const PACKAGE_EXECUTION: Section =
    Section { title: "Execution Location", properties: &[ON_TARGETS, TOOLING] };

static DEPLOY_PACKAGE: ActionInfo = package(
    "Octopus.TentaclePackage",
    "Deploy a Package",
    "Unpacks a package on each deployment target.",
    &[
        PACKAGE_EXECUTION,
        Section {
            title: "Package",
            properties: &[Property::new(
                "Octopus.Action.Package.SkipIfAlreadyInstalled",
                "Skip if already installed",
                "Whether a target is left alone that has this very package.",
                Control::Checkbox,
            )
            .usually("False")],
        },
        OF_PACKAGES,
        LIMITS,
    ],
);

static TRANSFER_PACKAGE: ActionInfo = package(
    "Octopus.TransferPackage",
    "Transfer a Package",
    "Copies a package, still packed, to each deployment target.",
    &[
        PACKAGE_EXECUTION,
        Section {
            title: "Package",
            properties: &[Property::new(
                "Octopus.Action.Package.TransferPath",
                "Transfer Path",
                "The folder on the target that the package is copied to.",
                Control::Text,
            )
            .required()],
        },
        LIMITS,
    ],
);

const fn hidden(key: &'static str, label: &'static str) -> Property {
    Property::new(key, label, "", Control::Hidden)
}

/// Properties that any action may have and that no form shows as they are.
pub static COMMON: [Property; 8] = [
    TOOLING,
    hidden(keys::ACTION_CONDITION, "Variable expression"),
    hidden(keys::TEMPLATE_ID, "Step template").refers(Refers::StepTemplate),
    hidden(keys::TEMPLATE_VERSION, "Step template version"),
    hidden(keys::PACKAGE_ID, "Package ID"),
    hidden(keys::PACKAGE_FEED, "Package feed").refers(Refers::Feed),
    hidden(keys::PACKAGE_ON_TARGET, "Package acquisition"),
    hidden(keys::ENABLED_FEATURES, "Features"),
];

/// The other types that Octopus has, by name only.
pub static OTHER_TYPES: [(&str, &str); 37] = [
    ("Octopus.AwsRunCloudFormation", "Deploy an AWS CloudFormation template"),
    ("Octopus.AwsApplyCloudFormationChangeSet", "Apply an AWS CloudFormation Change Set"),
    ("Octopus.AwsDeleteCloudFormation", "Delete an AWS CloudFormation stack"),
    ("Octopus.AwsUploadS3", "Upload a package to an AWS S3 bucket"),
    ("Octopus.AwsCreateS3", "Create an Amazon S3 Bucket"),
    ("Octopus.AwsDeployEcsService", "Deploy Amazon ECS Service"),
    ("Octopus.AwsUpdateEcsService", "Update Amazon ECS Service"),
    ("Octopus.AzureAppService", "Deploy an Azure App Service"),
    ("Octopus.AzureWebApp", "Deploy an Azure Web App (Web Deploy)"),
    ("Octopus.AzureResourceGroup", "Deploy an Azure Resource Manager template"),
    ("Octopus.AzureDeployBicepTemplate", "Deploy a Bicep template"),
    ("Octopus.AzureServiceFabricApp", "Deploy a Service Fabric App"),
    ("Octopus.AzureServiceFabricPowerShell", "Run a Service Fabric SDK PowerShell Script"),
    ("Octopus.Certificate.Import", "Import a certificate"),
    ("Octopus.CommitToGit", "Commit to Git"),
    ("Octopus.DockerRun", "Run a Docker container"),
    ("Octopus.DockerNetwork", "Create a Docker network"),
    ("Octopus.HelmChartUpgrade", "Deploy a Helm Chart"),
    ("Octopus.IIS", "Deploy to IIS"),
    ("Octopus.JavaArchive", "Deploy a Java archive"),
    ("Octopus.Kubernetes.Kustomize", "Deploy with Kustomize"),
    ("Octopus.KubernetesDeployContainers", "Configure and apply Kubernetes resources"),
    ("Octopus.KubernetesDeployRawYaml", "Deploy Kubernetes YAML"),
    ("Octopus.KubernetesDeploySecret", "Configure and apply a Kubernetes Secret"),
    ("Octopus.KubernetesDeployService", "Configure and apply a Kubernetes Service"),
    ("Octopus.KubernetesDeployIngress", "Configure and apply a Kubernetes Ingress"),
    ("Octopus.KubernetesDeployConfigMap", "Configure and apply a Kubernetes ConfigMap"),
    ("Octopus.Nginx", "Deploy to NGINX"),
    ("Octopus.ProcessTemplate", "Process template"),
    ("Octopus.TerraformApply", "Apply a Terraform template"),
    ("Octopus.TerraformPlan", "Plan to apply a Terraform template"),
    ("Octopus.TerraformDestroy", "Destroy Terraform resources"),
    ("Octopus.TerraformPlanDestroy", "Plan to destroy Terraform resources"),
    ("Octopus.TomcatDeploy", "Deploy to Tomcat"),
    ("Octopus.Vhd", "Deploy a VHD"),
    ("Octopus.WildFlyDeploy", "Deploy to WildFly or EAP"),
    ("Octopus.WindowsService", "Deploy a Windows service"),
];
