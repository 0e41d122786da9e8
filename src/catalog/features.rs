//! Features that an action can switch on, with their properties.
//!
//! Source: reference, process, sections 5.10 and 5.12.

use super::form::{Control, Property, Section};
use crate::model::process::keys;

const SUBSTITUTE: &str = "Octopus.Features.SubstituteInFiles";
const STRUCTURED: &str = "Octopus.Features.JsonConfigurationVariables";
const DIRECTORY: &str = "Octopus.Features.CustomDirectory";
const TRANSFORMS: &str = "Octopus.Features.ConfigurationTransforms";
const XML_VARIABLES: &str = "Octopus.Features.ConfigurationVariables";
const CUSTOM_SCRIPTS: &str = "Octopus.Features.CustomScripts";

const SUBSTITUTE_FILES: Property = Property::new(
    "Octopus.Action.SubstituteInFiles.TargetFiles",
    "Target files",
    "Files in which #{Name} is filled in, one a line; patterns may be used.",
    Control::MultiLine,
)
.with_feature(SUBSTITUTE);

const STRUCTURED_FILES: Property = Property::new(
    "Octopus.Action.Package.JsonConfigurationVariablesTargets",
    "Target files",
    "JSON, YAML, XML or properties files whose values are replaced, one a line.",
    Control::MultiLine,
)
.with_feature(STRUCTURED);

pub(super) const OF_SCRIPTS: Section = Section {
    title: "Features",
    properties: &[
        Property::new(
            keys::ENABLED_FEATURES,
            "Configure features",
            "What happens to files before the script starts.",
            Control::Features(&[
                (SUBSTITUTE, "Substitute Variables in Templates"),
                (STRUCTURED, "Structured Configuration Variables"),
            ]),
        ),
        SUBSTITUTE_FILES,
        STRUCTURED_FILES,
    ],
};

pub(super) const OF_PACKAGES: Section = Section {
    title: "Features",
    properties: &[
        Property::new(
            keys::ENABLED_FEATURES,
            "Configure features",
            "What happens to files after the package is unpacked.",
            Control::Features(&[
                (DIRECTORY, "Custom Installation Directory"),
                (TRANSFORMS, ".NET Configuration Transforms"),
                (XML_VARIABLES, ".NET Configuration Variables"),
                (STRUCTURED, "Structured Configuration Variables"),
                (SUBSTITUTE, "Substitute Variables in Templates"),
                (CUSTOM_SCRIPTS, "Custom Deployment Scripts"),
            ]),
        ),
        Property::new(
            "Octopus.Action.Package.CustomInstallationDirectory",
            "Install to",
            "The folder that the package's files are copied to.",
            Control::Text,
        )
        .required()
        .with_feature(DIRECTORY),
        Property::new(
            "Octopus.Action.Package.CustomInstallationDirectoryShouldBePurgedBeforeDeployment",
            "Purge this directory before installation",
            "Whether what is there is removed first.",
            Control::Checkbox,
        )
        .with_feature(DIRECTORY),
        Property::new(
            "Octopus.Action.Package.CustomInstallationDirectoryPurgeExclusions",
            "Exclude from purge",
            "What is left there, one a line.",
            Control::MultiLine,
        )
        .when(
            "Octopus.Action.Package.CustomInstallationDirectoryShouldBePurgedBeforeDeployment",
            &["True"],
        ),
        Property::new(
            "Octopus.Action.Package.AutomaticallyRunConfigurationTransformationFiles",
            "Run default XML transforms",
            "Web.Release.config and the like.",
            Control::Checkbox,
        )
        .with_feature(TRANSFORMS),
        Property::new(
            "Octopus.Action.Package.AdditionalXmlConfigurationTransforms",
            "Additional transforms",
            "One a line: transform => file.",
            Control::MultiLine,
        )
        .with_feature(TRANSFORMS),
        Property::new(
            "Octopus.Action.Package.AutomaticallyUpdateAppSettingsAndConnectionStrings",
            "Replace entries in .config files",
            "Settings and connection strings that have a variable's name.",
            Control::Checkbox,
        )
        .with_feature(XML_VARIABLES),
        STRUCTURED_FILES,
        SUBSTITUTE_FILES,
        Property::new(
            "Octopus.Action.CustomScripts.PreDeploy.sh",
            "Pre-deployment script",
            "Bash that runs before the package is installed.",
            Control::Script,
        )
        .with_feature(CUSTOM_SCRIPTS),
        Property::new(
            "Octopus.Action.CustomScripts.Deploy.sh",
            "Deployment script",
            "Bash that runs with the package installed.",
            Control::Script,
        )
        .with_feature(CUSTOM_SCRIPTS),
        Property::new(
            "Octopus.Action.CustomScripts.PostDeploy.sh",
            "Post-deployment script",
            "Bash that runs at the end.",
            Control::Script,
        )
        .with_feature(CUSTOM_SCRIPTS),
    ],
};
