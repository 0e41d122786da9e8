//! The registry of what a design can be exported to.

/// What a design can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// Step templates for the portal's import.
    StepTemplates,
    /// Deployment and runbook processes for the REST interface.
    ProcessJson,
    /// Variable sets for the REST interface.
    VariablesJson,
    /// The project's `.octopus` folder, for Git.
    Ocl,
    /// The bash scripts by themselves.
    Scripts,
    /// The settings files of the Pulumi stacks.
    PulumiSettings,
}

/// A target as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TargetInfo {
    /// Which.
    pub target: Target,
    /// Stable, for links and the command line.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// What it gives, in one line.
    pub about: &'static str,
    /// How to import it, in Markdown without a heading.
    pub import: &'static str,
}

/// All targets, in the order in which they are offered.
pub static TARGETS: [TargetInfo; 6] = [
    TargetInfo {
        target: Target::StepTemplates,
        id: "step-templates",
        label: "Step templates",
        about: "Steps to add to any process, imported through the portal.",
        import: include_str!("readme/step-templates.md"),
    },
    TargetInfo {
        target: Target::ProcessJson,
        id: "process-json",
        label: "Process JSON",
        about: "The deployment process and the runbooks, for Octopus's REST interface.",
        import: include_str!("readme/process-json.md"),
    },
    TargetInfo {
        target: Target::VariablesJson,
        id: "variables-json",
        label: "Variables JSON",
        about: "The project's variables with their scopes, for Octopus's REST interface.",
        import: include_str!("readme/variables-json.md"),
    },
    TargetInfo {
        target: Target::Ocl,
        id: "ocl",
        label: "OCL",
        about: "The process, runbooks, variables and settings as files for a project in Git.",
        import: include_str!("readme/ocl.md"),
    },
    TargetInfo {
        target: Target::Scripts,
        id: "scripts",
        label: "Scripts",
        about: "Each bash script as a file, to read, to check and to paste.",
        import: include_str!("readme/scripts.md"),
    },
    TargetInfo {
        target: Target::PulumiSettings,
        id: "pulumi-settings",
        label: "Pulumi settings",
        about: "The settings file of each Pulumi stack, with its configuration.",
        import: include_str!("readme/pulumi-settings.md"),
    },
];

impl Target {
    /// The target with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        TARGETS.iter().find(|one| one.id == id).map(|one| one.target)
    }

    /// How people see it.
    #[must_use]
    pub fn info(self) -> &'static TargetInfo {
        match self {
            Self::StepTemplates => &TARGETS[0],
            Self::ProcessJson => &TARGETS[1],
            Self::VariablesJson => &TARGETS[2],
            Self::Ocl => &TARGETS[3],
            Self::Scripts => &TARGETS[4],
            Self::PulumiSettings => &TARGETS[5],
        }
    }
}
