//! The second form of every script: for a step template, whose parameters it reads.
//!
//! Never: a parameter without its template's prefix, which could be mistaken
//! for a variable of the project; or a script that reads a parameter which is
//! not in the list, or the other way round.
//! Sources: the control types of Octopus's step templates. Accounts are asked
//! for by the name of their variable, since what an account control stores is
//! not known for each type.

use super::access::extracted_path;
use super::kind::ScriptKind;
use super::quote;
use super::template_fields::{
    ACCESS, CONFIG, CREATE, DESTROY, DRIFT, EXTRACT_GUIDE, EXTRACT_HARDENED, Field, How, IN_FOLDER,
    IN_PACKAGE, REFRESH_FIRST, RUN, SECRETS, UP,
};

/// The control that Octopus shows for a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// One line of text.
    SingleLineText,
    /// Several lines.
    MultiLineText,
    /// One of the parameter's options.
    Select,
    /// `True` or `False`.
    Checkbox,
    /// Text that Octopus keeps secret.
    Sensitive,
    /// The name of another step.
    StepName,
    /// A package, chosen where the template is used.
    Package,
}

impl Control {
    /// Octopus's word, the value of `Octopus.ControlType`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SingleLineText => "SingleLineText",
            Self::MultiLineText => "MultiLineText",
            Self::Select => "Select",
            Self::Checkbox => "Checkbox",
            Self::Sensitive => "Sensitive",
            Self::StepName => "StepName",
            Self::Package => "Package",
        }
    }
}

/// One parameter of a step template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateParameter {
    /// Name with the template's prefix, such as `PulumiUp.Stack`.
    pub name: String,
    /// Label.
    pub label: &'static str,
    /// Help, as Markdown.
    pub help: &'static str,
    /// Control.
    pub control: Control,
    /// Default value; empty for none.
    pub default: &'static str,
    /// Value and label of each option of a [`Control::Select`].
    pub options: &'static [(&'static str, &'static str)],
}

impl TemplateParameter {
    /// The options as Octopus's `Octopus.SelectOptions` wants them; empty for other controls.
    #[must_use]
    pub fn select_options(&self) -> String {
        let lines: Vec<_> =
            self.options.iter().map(|(value, label)| [*value, "|", *label].concat()).collect();
        lines.join("\n")
    }
}

/// A package reference of a step template: deferred, extracted, chosen by a
/// parameter whose name is the reference's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplatePackage {
    /// Name of the reference.
    pub reference: String,
    /// Parameter that chooses the package.
    pub parameter: String,
}

/// Where a template finds the Pulumi program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TemplateProgram {
    /// In a package that a parameter chooses.
    #[default]
    Package,
    /// In a folder that a parameter names, made by an earlier step.
    Folder,
}

/// A script in the form for a step template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateScript {
    kind: ScriptKind,
    prefix: String,
    program: TemplateProgram,
}

impl TemplateScript {
    /// The form of `kind` whose parameters start with `prefix` and a dot. Of the
    /// prefix only ASCII letters, digits, dots, dashes and underscores are
    /// kept; an empty one is the kind's own. An extraction always has a
    /// package, a config file without secrets never.
    #[must_use]
    pub fn new(kind: ScriptKind, prefix: &str, program: TemplateProgram) -> Self {
        let mut prefix: String = prefix
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
            .collect();
        if prefix.is_empty() {
            prefix.push_str(kind.default_prefix());
        }
        let program = match kind {
            ScriptKind::ExtractGuide | ScriptKind::ExtractHardened => TemplateProgram::Package,
            ScriptKind::ConfigOverride => TemplateProgram::Folder,
            _ => program,
        };
        Self { kind, prefix, program }
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ScriptKind {
        self.kind
    }

    /// The prefix of its parameters, without the dot.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Where it finds the program.
    #[must_use]
    pub fn program(&self) -> TemplateProgram {
        self.program
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut settings = String::new();
        for field in self.fields() {
            self.write(field, &mut settings);
        }
        let program = match self.program {
            TemplateProgram::Package => " package",
            TemplateProgram::Folder => " folder",
        };
        self.kind.frame(&[" template ", &self.prefix, program].concat(), &settings)
    }

    /// Its parameters, in the order in which people fill them in.
    #[must_use]
    pub fn parameters(&self) -> Vec<TemplateParameter> {
        let fields = self.fields();
        let asked = fields.iter().filter(|field| !field.name.is_empty());
        asked
            .map(|field| TemplateParameter {
                name: self.name(field),
                label: field.label,
                help: field.help,
                control: field.control,
                default: field.default,
                options: field.options,
            })
            .collect()
    }

    /// Its package references.
    #[must_use]
    pub fn packages(&self) -> Vec<TemplatePackage> {
        let fields = self.fields();
        let packages = fields.iter().filter(|field| field.control == Control::Package);
        packages
            .map(|field| TemplatePackage {
                reference: self.name(field),
                parameter: self.name(field),
            })
            .collect()
    }

    pub(super) fn of_title(kind: ScriptKind, rest: &str) -> Option<Self> {
        let (prefix, program) = rest.strip_prefix("template ")?.split_once(' ')?;
        let program = match program {
            "package" => TemplateProgram::Package,
            "folder" => TemplateProgram::Folder,
            _ => return None,
        };
        Some(Self::new(kind, prefix, program))
    }

    fn name(&self, field: &Field) -> String {
        [&self.prefix, ".", field.name].concat()
    }

    fn write(&self, field: &Field, out: &mut String) {
        let name = self.name(field);
        let get = quote::get(&name);
        let package = quote::get(&extracted_path(&name));
        // The call by itself, without its `$( )`.
        let call = get.get(2..get.len().saturating_sub(1)).unwrap_or_default();
        let setting = field.setting;
        let pieces: &[&str] = match field.how {
            How::Fixed(value) => &[setting, "='", value, "'\n"],
            How::Text => &[setting, "=", &get, "\n"],
            How::Package => &[setting, "=", &package, "\n"],
            How::Lines => {
                &["mapfile -t ", setting, " < <(", call, " | tr -d '\\r' | sed '/^$/d')\n"]
            }
            How::SecretLines => &[
                setting,
                "=()\nwhile IFS= read -r line; do\n  ",
                setting,
                "+=(\"${line%%=*}=$(get_octopusvariable \"${line#*=}\")\")\ndone < <(",
                call,
                " | tr -d '\\r' | sed '/^$/d')\n",
            ],
            How::Digest => {
                &[setting, "=$(get_octopusvariable \"Octopus.Action[", &get, "].Output.Digest\")\n"]
            }
        };
        for piece in pieces {
            out.push_str(piece);
        }
    }

    fn fields(&self) -> Vec<&'static Field> {
        let source: &[Field] = match self.program {
            TemplateProgram::Package => IN_PACKAGE,
            TemplateProgram::Folder => IN_FOLDER,
        };
        let tables: &[&'static [Field]] = match self.kind {
            ScriptKind::ExtractGuide => &[EXTRACT_GUIDE],
            ScriptKind::ExtractHardened => &[EXTRACT_HARDENED],
            ScriptKind::ConfigOverride => &[CONFIG],
            ScriptKind::ConfigSecrets => &[CONFIG, SECRETS, source, ACCESS],
            ScriptKind::Preview => &[source, ACCESS, CREATE, RUN, REFRESH_FIRST],
            ScriptKind::Up => &[source, ACCESS, CREATE, RUN, REFRESH_FIRST, UP],
            ScriptKind::Refresh => &[source, ACCESS, RUN, DRIFT],
            ScriptKind::Destroy => &[source, ACCESS, RUN, REFRESH_FIRST, DESTROY],
        };
        tables.iter().copied().flatten().collect()
    }
}
