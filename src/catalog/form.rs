//! What a form needs to know of one property.

/// Where the portal files a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// Scripts.
    Script,
    /// AWS.
    Aws,
    /// Azure.
    Azure,
    /// Google Cloud.
    Google,
    /// Kubernetes.
    Kubernetes,
    /// Packages.
    Package,
    /// Octopus's own.
    Octopus,
}

impl Category {
    /// The words a person reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Script => "Script",
            Self::Aws => "AWS",
            Self::Azure => "Azure",
            Self::Google => "Google Cloud",
            Self::Kubernetes => "Kubernetes",
            Self::Package => "Package",
            Self::Octopus => "Other",
        }
    }
}

/// Whether an action has a primary package, the one without a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrimaryPackage {
    /// Never.
    Never,
    /// When its script comes from one.
    Script,
    /// Always.
    Always,
    /// A release of another project stands in its place.
    Release,
}

/// How a property is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// One line of text.
    Text,
    /// Several lines.
    MultiLine,
    /// `True` or `False`.
    Checkbox,
    /// One of these, written and labelled.
    Select(&'static [(&'static str, &'static str)]),
    /// A script, in the language that the syntax property says.
    Script,
    /// Any number of teams, joined by commas.
    Teams,
    /// The name of a variable of this type.
    AccountVariable(&'static str),
    /// An account, or an expression that gives one.
    Account,
    /// A project.
    Project,
    /// Any number of features, joined by commas, written and labelled.
    Features(&'static [(&'static str, &'static str)]),
    /// None: other parts of the form set it.
    Hidden,
}

/// What the text of a property refers to, so that formats can map it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refers {
    /// Nothing: it is itself.
    Nothing,
    /// Teams, joined by commas.
    Teams,
    /// An account.
    Account,
    /// A variable of this type, by its name.
    Variable(&'static str),
    /// A feed.
    Feed,
    /// A project.
    Project,
    /// A step template.
    StepTemplate,
}

/// When the form shows a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Always.
    Always,
    /// When another property is one of these, ignoring case.
    Is(&'static str, &'static [&'static str]),
    /// When a feature is switched on.
    Feature(&'static str),
}

/// One property of an action type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Property {
    /// Octopus's key.
    pub key: &'static str,
    /// The portal's label.
    pub label: &'static str,
    /// What a person should know, in a sentence or two.
    pub help: &'static str,
    /// How it is entered.
    pub control: Control,
    /// Whether it must be set while it is shown.
    pub is_required: bool,
    /// What a new action has; empty is nothing.
    pub default: &'static str,
    /// When the form shows it.
    pub when: When,
    /// What its text refers to.
    pub refers: Refers,
}

/// A part of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its properties in order.
    pub properties: &'static [Property],
}

impl Property {
    /// Whether it is called `key`, ignoring case as Octopus does.
    #[must_use]
    pub fn is(&self, key: &str) -> bool {
        self.key.eq_ignore_ascii_case(key)
    }

    pub(super) const fn new(
        key: &'static str,
        label: &'static str,
        help: &'static str,
        control: Control,
    ) -> Self {
        let refers = match control {
            Control::Teams => Refers::Teams,
            Control::Account => Refers::Account,
            Control::Project => Refers::Project,
            Control::AccountVariable(word) => Refers::Variable(word),
            _ => Refers::Nothing,
        };
        let default = "";
        let when = When::Always;
        Self { key, label, help, control, is_required: false, default, when, refers }
    }

    pub(super) const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    pub(super) const fn usually(mut self, default: &'static str) -> Self {
        self.default = default;
        self
    }

    pub(super) const fn when(mut self, key: &'static str, values: &'static [&'static str]) -> Self {
        self.when = When::Is(key, values);
        self
    }

    pub(super) const fn with_feature(mut self, feature: &'static str) -> Self {
        self.when = When::Feature(feature);
        self
    }

    pub(super) const fn refers(mut self, refers: Refers) -> Self {
        self.refers = refers;
        self
    }
}
