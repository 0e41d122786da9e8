//! Step templates of Octopus's community library that Pulpo knows by heart:
//! what they ask, in words of our own, what they read besides, and how they
//! fail.
//!
//! Their scripts are not here: Octopus gets them with the template itself, from
//! the library. What a template does is told as facts only.
//! Source: reference, process, section 8, for versions 3 (Linux) and 2
//! (Windows). Defects of the Linux script were seen in runs of it, but for those
//! marked "read" there; those of the Windows script were only read, so they are
//! unverified.

use super::palette::Kind;
use crate::model::process::{TemplateUse, keys};
use crate::model::space::TemplateParameter;
use crate::model::{
    Action, ActionType, ControlType, Design, Name, Properties, StepTemplate, StepTemplateId,
};
use crate::record::Extra;

/// The stack, `organization/project/stack`.
pub const STACK: &str = "Pulumi.StackName";
/// Whether a missing stack is made.
pub const CREATE: &str = "Pulumi.CreateStack";
/// What Pulumi is told to do.
pub const COMMAND: &str = "Pulumi.Command";
/// Arguments of the command.
pub const ARGUMENTS: &str = "Pulumi.Args";
/// The access token of Pulumi Cloud.
pub const TOKEN: &str = "Pulumi.AccessToken";
/// The program's folder on the worker.
pub const FOLDER: &str = "Pulumi.WorkingDirectory";
/// Whether npm restores dependencies; Linux.
pub const RESTORE: &str = "Pulumi.Restore";
/// Whether dependencies are restored; Windows.
pub const RESTORE_DEPS: &str = "Pulumi.RestoreDeps";
/// What restores them; Windows.
pub const RESTORE_COMMAND: &str = "Pulumi.RestoreCmd";

/// A step template of the community library.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Community {
    /// Stable: in the palette, and of the template in a design.
    pub id: &'static str,
    /// Its id in the library's own files; a server gives it another.
    pub library_id: &'static str,
    /// Its name in Octopus.
    pub name: &'static str,
    /// What it does, in our words.
    pub about: &'static str,
    /// The version that the facts are of.
    pub version: u32,
    /// The language of its script.
    pub syntax: &'static str,
    /// What it asks, in its own order.
    pub parameters: &'static [Parameter],
    /// Variables that it reads by names that can't be chosen.
    pub reads: &'static [&'static str],
}

/// What a template asks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Its name, which is the key of the property that holds it.
    pub name: &'static str,
    /// The label in the portal.
    pub label: &'static str,
    /// What a person should know, in our words.
    pub help: &'static str,
    /// How it is entered.
    pub control: ControlType,
    /// The library's default.
    pub default: &'static str,
    /// What Pulpo gives a new step; the defaults alone do not do what they say.
    pub usual: &'static str,
}

const fn parameter(
    name: &'static str,
    label: &'static str,
    help: &'static str,
    control: ControlType,
    default: &'static str,
    usual: &'static str,
) -> Parameter {
    Parameter { name, label, help, control, default, usual }
}

const ASKS_STACK: Parameter = parameter(
    STACK,
    "Stack Name",
    "The whole name of the stack: organization/project/stack.",
    ControlType::SingleLine,
    "",
    "",
);
const ASKS_CREATE: Parameter = parameter(
    CREATE,
    "Create Stack",
    "Makes the stack where there is none of this name.",
    ControlType::Checkbox,
    "false",
    "False",
);
const ASKS_COMMAND: Parameter = parameter(
    COMMAND,
    "Command",
    "One word that Pulumi is started with: preview, up, refresh or destroy.",
    ControlType::SingleLine,
    "",
    "preview",
);
const ASKS_TOKEN: Parameter = parameter(
    TOKEN,
    "Pulumi Access Token",
    "A sensitive variable, such as #{PULUMI_ACCESS_TOKEN}. Designs keep no secrets. The step fails without a token.",
    ControlType::Sensitive,
    "",
    "",
);
const ARGUMENTS_LABEL: &str = "Command Args";
const FOLDER_LABEL: &str = "Pulumi Working Directory";
const RESTORE_LABEL: &str = "Restore Dependencies";

/// Account variables that both templates read, whatever the cloud.
const CLOUDS: &[&str] = &["AWS", "Azure"];

/// Both that Pulumi has there.
pub static COMMUNITY: [Community; 2] = [
    Community {
        id: "run-pulumi-linux",
        library_id: "76296cd1-7d8c-47e8-b33f-027ecd3ff6b5",
        name: "Run Pulumi (Linux)",
        about: "Runs one Pulumi command with bash, from a folder that is there already.",
        version: 3,
        syntax: "Bash",
        parameters: &[
            ASKS_STACK,
            ASKS_CREATE,
            ASKS_COMMAND,
            parameter(
                ARGUMENTS,
                ARGUMENTS_LABEL,
                "Split at every space, quotes or not. up and destroy need --yes here.",
                ControlType::SingleLine,
                "",
                "",
            ),
            ASKS_TOKEN,
            parameter(
                FOLDER,
                FOLDER_LABEL,
                "The program's folder on the worker, without a space in its path. An earlier \
                 step has to leave the program there.",
                ControlType::SingleLine,
                "",
                "",
            ),
            parameter(
                RESTORE,
                RESTORE_LABEL,
                "Runs npm install first. Only the very word True is understood; the default is \
                 true and does nothing.",
                ControlType::Checkbox,
                "true",
                "True",
            ),
        ],
        reads: CLOUDS,
    },
    Community {
        id: "run-pulumi-windows",
        library_id: "b63d2573-9ff4-4ffe-83c7-153fad24ea57",
        name: "Run Pulumi (Windows)",
        about: "Runs one Pulumi command with PowerShell, from a folder that is there already.",
        version: 2,
        syntax: "PowerShell",
        parameters: &[
            ASKS_STACK,
            ASKS_COMMAND,
            parameter(
                ARGUMENTS,
                ARGUMENTS_LABEL,
                "Reaches Pulumi as one argument, so two flags do not work (read in its script, \
                 not seen in a run). up and destroy need --yes.",
                ControlType::SingleLine,
                "",
                "",
            ),
            ASKS_TOKEN,
            parameter(
                FOLDER,
                FOLDER_LABEL,
                "The program's folder on the worker. An earlier step has to leave the program \
                 there.",
                ControlType::SingleLine,
                "",
                "",
            ),
            ASKS_CREATE,
            parameter(
                RESTORE_DEPS,
                RESTORE_LABEL,
                "Runs the restore command once the stack is selected.",
                ControlType::Checkbox,
                "true",
                "True",
            ),
            parameter(
                RESTORE_COMMAND,
                "Restore Command",
                "What restores the program's dependencies.",
                ControlType::SingleLine,
                "npm install",
                "npm install",
            ),
        ],
        reads: CLOUDS,
    },
];

/// The template with this id of ours.
#[must_use]
pub fn community(id: &str) -> Option<&'static Community> {
    COMMUNITY.iter().find(|one| one.id == id)
}

/// The community template that `action` was made from, by itself or by what the
/// space knows of its template: the library's id, or the name. A server's own id
/// says nothing, so in the end what is asked for tells it.
#[must_use]
pub fn community_of(design: &Design, action: &Action) -> Option<&'static Community> {
    let used = action.template.as_ref();
    let row = used.and_then(|used| design.space.step_templates.get(&used.template));
    row.and_then(|row| known(row)).or_else(|| by_parameters(action))
}

/// [`community_of`] without a look at the space.
pub(super) fn by_parameters(action: &Action) -> Option<&'static Community> {
    let own = action.template.as_ref().and_then(|used| community(used.template.as_str()));
    let has = |key: &str| action.properties.get(key).is_some();
    own.or_else(|| {
        (action.octopus_type().is_some() && has(STACK) && has(COMMAND)).then_some(())?;
        let syntax = action.properties.text(keys::SCRIPT_SYNTAX);
        let is_windows = has(RESTORE_DEPS)
            || has(RESTORE_COMMAND)
            || !has(RESTORE) && syntax.eq_ignore_ascii_case("PowerShell");
        COMMUNITY.get(usize::from(is_windows))
    })
}

/// The community template that the space calls so.
#[must_use]
pub fn known(row: &StepTemplate) -> Option<&'static Community> {
    COMMUNITY.iter().find(|one| {
        [&row.community_id, &row.octopus_id]
            .iter()
            .any(|id| id.eq_ignore_ascii_case(one.library_id))
            || row.id.as_str() == one.id
            || row.name.as_str().eq_ignore_ascii_case(one.name)
    })
}

impl Community {
    /// The value that the template takes for `key`: the action's, or the library's default.
    #[must_use]
    pub fn value<'a>(&self, properties: &'a Properties, key: &str) -> &'a str {
        let default =
            self.parameters.iter().find(|one| one.name == key).map_or("", |one| one.default);
        match properties.get(key) {
            Some(value) => value.as_text().unwrap_or_default(),
            None => default,
        }
    }

    /// Whether it is the one for bash.
    #[must_use]
    pub fn is_bash(&self) -> bool {
        self.syntax == "Bash"
    }

    /// The template as a space has it, but for its script.
    #[must_use]
    pub fn template(&self) -> Option<StepTemplate> {
        let mut parameters = Vec::new();
        for one in self.parameters {
            parameters.push(TemplateParameter {
                name: Name::parse(one.name).ok()?,
                label: one.label.to_owned(),
                help: one.help.to_owned(),
                default_value: one.default.into(),
                control: one.control,
                options: String::new(),
                octopus_id: String::new(),
                extra: Extra::default(),
            });
        }
        Some(StepTemplate {
            id: StepTemplateId::parse(self.id).ok()?,
            name: Name::parse(self.name).ok()?,
            description: self.about.to_owned(),
            action_type: ActionType::parse("Octopus.Script").ok()?,
            version: self.version,
            parameters,
            properties: Properties::default()
                .with(keys::SCRIPT_SOURCE, "Inline")
                .with(keys::SCRIPT_SYNTAX, self.syntax),
            packages: Vec::new(),
            community_id: self.library_id.to_owned(),
            octopus_id: String::new(),
            extra: Extra::default(),
        })
    }

    /// Makes `action` one of this template, with what Pulpo gives a new step.
    pub(super) fn fill(&self, action: &mut Action) {
        let Ok(template) = StepTemplateId::parse(self.id) else { return };
        let version = self.version.to_string();
        action.template = Some(TemplateUse { template, version, extra: Extra::default() });
        action.properties = Properties::default().with(keys::RUN_ON_SERVER, "true");
        for one in self.parameters.iter().filter(|one| !one.usual.is_empty()) {
            action.properties.set_text(one.name, one.usual);
        }
    }

    /// What the palette calls it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::Community(self.id)
    }
}
