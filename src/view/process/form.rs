//! The form of a step: sections of fields as plain data. One view lays out
//! any of them, and [`crate::edit::steps::set`] takes what is typed.

use super::choices::Choice;
use super::sections;
use crate::edit::steps::{self, Item};
use crate::model::{Design, ProcessOwner};

/// How a field is entered.
#[derive(Debug, Clone, PartialEq)]
pub enum Control {
    /// One line of text.
    Text,
    /// One line of code, such as an expression.
    Code,
    /// Several lines of text.
    Lines(u32),
    /// `True` or something else.
    Check,
    /// One of a few.
    Select(Vec<(String, String)>),
    /// Any number of these; the value is an id a line. Whether others may be typed.
    Pick(Vec<Choice>, bool),
    /// One of these, or none. Whether others may be typed.
    PickOne(Vec<Choice>, bool),
    /// A script, which opens in a wide editor; the value says how long it is.
    Script,
    /// The heading of a part that can be taken away by its key.
    Part,
    /// A button that sets its key.
    Button,
    /// A line that adds what is typed into it.
    Adder,
    /// Something to know.
    Note,
}

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// What [`crate::edit::steps::set`] calls it.
    pub key: String,
    /// Its label.
    pub label: String,
    /// What a person should know.
    pub help: &'static str,
    /// Shown while it is empty.
    pub placeholder: String,
    /// How it is entered.
    pub control: Control,
    /// What it holds; lists are an item a line.
    pub value: String,
    /// Whether Octopus asks for it and it is empty.
    pub is_missing: bool,
}

/// A part of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A form.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// What is edited.
    pub title: String,
    /// What kind of step it is.
    pub kind: String,
    /// Whether it is one of Pulpo's own.
    pub is_pulumi: bool,
    /// Whether it is a child of a step.
    pub is_child: bool,
    /// Its parts.
    pub sections: Vec<Section>,
}

impl Field {
    pub(super) fn new(
        key: impl Into<String>,
        label: impl Into<String>,
        help: &'static str,
        control: Control,
        value: impl Into<String>,
    ) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            help,
            placeholder: String::new(),
            control,
            value: value.into(),
            is_missing: false,
        }
    }

    pub(super) fn check(
        key: impl Into<String>,
        label: impl Into<String>,
        help: &'static str,
        is_on: bool,
    ) -> Self {
        Self::new(key, label, help, Control::Check, if is_on { "True" } else { "" })
    }

    #[must_use]
    pub(super) fn hint(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = placeholder.into();
        self
    }
}

/// The form of the item at `address`.
#[must_use]
pub fn form(design: &Design, owner: &ProcessOwner, address: &str) -> Option<Form> {
    let process = steps::process(design, owner)?;
    let item = steps::find(process, address)?;
    let (step, action) = (steps::step_of(process, item)?, steps::action_of(process, item)?);
    let is_child = matches!(item, Item::Child(..));
    let is_parent = !is_child && step.has_children();
    let context = sections::Context { design, process, item, step, action };
    let mut all = vec![context.head()];
    if is_parent {
        all.push(context.targets());
        all.push(context.step_conditions());
    } else {
        all.extend(context.what());
        all.extend(context.place());
        all.extend(context.packages());
        all.push(context.conditions(is_child));
        all.extend(context.limits());
        all.push(context.notes());
        all.push(context.others());
    }
    all.retain(|section| !section.fields.is_empty());
    Some(Form {
        title: steps::name_of(process, item).to_owned(),
        kind: context.kind_name(is_parent),
        is_pulumi: !is_parent && action.pulumi_step().is_some(),
        is_child,
        sections: all,
    })
}
