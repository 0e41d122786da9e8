//! The sections of a step's form, with Octopus's own words.

use super::choices;
use super::form::{Control, Field, Section};
use super::pulumi;
use crate::catalog::{self, Category, kind_of};
use crate::edit::steps::Item;
use crate::model::process::{PackageRequirement, WorkerPoolPick, WorkerPoolVariable, keys};
use crate::model::{
    Action, ActionCondition, Design, Process, PropertyValue, StartTrigger, Step, StepCondition,
    WorkerPoolChoice,
};
use crate::record::Bound;

/// What a form is made from.
pub(super) struct Context<'a> {
    pub design: &'a Design,
    pub process: &'a Process,
    pub item: Item,
    pub step: &'a Step,
    pub action: &'a Action,
}

/// Sections of the catalog that have a place of their own in the form.
const EXECUTION: &str = "Execution Location";
const LIMITS: &str = "Retries and Time Limits";

/// Whether the action runs on a worker of a pool that can be chosen.
pub(crate) fn has_worker(step: &Step, action: &Action) -> bool {
    let Some(id) = action.octopus_type() else { return true };
    match catalog::action_type(id) {
        Some(info) => {
            !matches!(info.category, Category::Octopus | Category::Package)
                && step.runs_on_worker(action)
        }
        None => step.runs_on_worker(action),
    }
}

pub(super) fn words(all: &[(&str, &str)]) -> Control {
    let pairs = all.iter().map(|(word, label)| ((*word).to_owned(), (*label).to_owned()));
    Control::Select(pairs.collect())
}

fn joined<T: AsRef<str>>(items: &[T]) -> String {
    items.iter().map(AsRef::as_ref).collect::<Vec<_>>().join("\n")
}

pub(super) fn bound<T: AsRef<str>>(value: Option<&Bound<T>>) -> String {
    match value {
        Some(Bound::Is(id)) => id.as_ref().to_owned(),
        Some(Bound::Expression(text)) => text.clone(),
        None => String::new(),
    }
}

impl Context<'_> {
    pub fn kind_name(&self, is_parent: bool) -> String {
        if is_parent {
            return "Step with child steps".to_owned();
        }
        if let Some(template) = self.template() {
            return format!("{}, step template", template.name);
        }
        match self.action.octopus_type() {
            Some(id) => catalog::type_name(id).to_owned(),
            None => kind_of(self.action).map_or("", |kind| kind.label).to_owned(),
        }
    }

    /// The catalog's entry; script steps that Pulpo writes have that of scripts.
    pub fn info(&self) -> Option<&'static catalog::ActionInfo> {
        catalog::action_type(self.action.octopus_type().unwrap_or("Octopus.Script"))
    }

    pub fn head(&self) -> Section {
        let is_child = matches!(self.item, Item::Child(..));
        let name = if is_child { &self.action.name } else { &self.step.name };
        let mut fields = vec![Field::new(
            "name",
            "Step name",
            "Texts that speak of the step by its name follow.",
            Control::Text,
            name.as_str(),
        )];
        if self.step.has_children() && !is_child {
            fields.push(Field::new(
                "",
                "Its child steps run one after another, on each target.",
                "",
                Control::Note,
                "",
            ));
        } else if self.action.pulumi_step().is_some() {
            fields.push(Field::new("script", "The script Pulpo writes", "", Control::Script, ""));
        }
        Section { title: "", fields }
    }

    /// What the action does.
    pub fn what(&self) -> Vec<Section> {
        if let Some(step) = self.action.pulumi_step() {
            return pulumi::sections(self.design, self.process, step);
        }
        if !self.shows_type() {
            return self.parameters().into_iter().collect();
        }
        let Some(info) = self.info() else {
            let help = "Pulpo does not know this type: its properties are all below.";
            let note = Field::new("", help, "", Control::Note, "");
            let unknown = Section { title: "What it does", fields: vec![note] };
            return self.parameters().into_iter().chain([unknown]).collect();
        };
        let own = info
            .sections
            .iter()
            .filter(|section| ![EXECUTION, LIMITS].contains(&section.title))
            .map(|section| self.properties(info, section));
        self.parameters().into_iter().chain(own).collect()
    }

    fn properties(
        &self,
        info: &'static catalog::ActionInfo,
        section: &'static catalog::Section,
    ) -> Section {
        let properties = &self.action.properties;
        let shown = section.properties.iter().filter(|one| info.is_shown(one, properties));
        let fields = shown
            .filter_map(|one| {
                let control = choices::control(self.design, one.control)?;
                let text = info.value(one.key, properties);
                let value = match control {
                    Control::Pick(..) => text.replace(',', "\n"),
                    Control::Script => script_length(text),
                    Control::Check if !text.eq_ignore_ascii_case("True") => String::new(),
                    Control::Check => "True".to_owned(),
                    _ => text.to_owned(),
                };
                let mut field = Field::new(
                    format!("property:{}", one.key),
                    one.label,
                    one.help,
                    control,
                    value,
                );
                field.is_missing = one.is_required && text.is_empty();
                Some(field)
            })
            .collect();
        Section { title: section.title, fields }
    }

    /// Where it runs.
    pub fn place(&self) -> Vec<Section> {
        let mut fields = Vec::new();
        let info = self.info().filter(|_| self.action.pulumi_step().is_none());
        if let Some(info) = info
            && let Some(section) = info.sections.iter().find(|one| one.title == EXECUTION)
        {
            fields.extend(self.properties(info, section).fields);
        }
        if has_worker(self.step, self.action) {
            fields.push(self.pool());
            fields.extend(self.container());
        }
        if matches!(self.item, Item::Step(_)) {
            fields.extend(self.targets().fields);
        }
        vec![Section { title: "Where it runs", fields }]
    }

    fn pool(&self) -> Field {
        let value = match &self.action.worker_pool {
            WorkerPoolChoice::Default => String::new(),
            WorkerPoolChoice::Pool(WorkerPoolPick { pool, .. }) => format!("pool:{pool}"),
            WorkerPoolChoice::Variable(WorkerPoolVariable { variable, .. }) => {
                format!("variable:{variable}")
            }
        };
        let control = Control::PickOne(choices::pools(self.design), true);
        Field::new("pool", "Worker pool", "A new name adds a pool.", control, value)
            .hint("Default worker pool")
    }

    fn container(&self) -> Vec<Field> {
        let container = self.action.container.as_ref();
        let image = container.map_or("", |one| one.image.as_str());
        let mut fields = vec![
            Field::new(
                "image",
                "Container image",
                "With its tag; nothing means on the worker itself.",
                Control::Code,
                image,
            )
            .hint("pulumi/pulumi:3"),
        ];
        if container.is_some() {
            let feed = bound(container.and_then(|one| one.feed.as_ref()));
            let control = Control::PickOne(choices::feeds(self.design, true), true);
            let mut field = Field::new(
                "image-feed",
                "Container registry",
                "A feed of container images; a new name adds one.",
                control,
                feed,
            );
            field.is_missing = field.value.is_empty();
            fields.push(field);
        }
        fields
    }

    /// The targets that the step runs on or for.
    pub fn targets(&self) -> Section {
        let is_needed = self.info().is_some_and(|info| info.needs_targets)
            || self.action.properties.text(keys::RUN_ON_SERVER) == "false";
        let is_server = self.info().is_some_and(|info| info.category == Category::Octopus);
        let mut fields = Vec::new();
        if !is_server || is_needed || !self.step.target_tags.is_empty() || self.step.has_children()
        {
            let mut tags = Field::new(
                "tags",
                "Target tags",
                "A target with any of them is taken. None means once, on a worker.",
                Control::Pick(choices::target_tags(self.design, self.process), true),
                joined(&self.step.target_tags),
            );
            tags.is_missing = is_needed && self.step.target_tags.is_empty();
            fields.push(tags);
        }
        if !self.step.target_tags.is_empty() || !self.step.window.is_empty() {
            fields.push(Field::new(
                "window",
                "Window size",
                "How many targets at once, for a rolling deployment; nothing means all.",
                Control::Text,
                self.step.window.as_str(),
            ));
        }
        Section { title: "Where it runs", fields }
    }

    /// When it runs: conditions of the action, and of its step if it is the only one.
    pub fn conditions(&self, is_child: bool) -> Section {
        let action = self.action;
        let mut fields = vec![
            Field::new(
                "environments",
                "Run only for specific environments",
                "",
                Control::Pick(choices::environments(self.design), false),
                joined(&action.environments),
            )
            .hint("Any environment"),
            Field::new(
                "excluded",
                "Skip specific environments",
                "",
                Control::Pick(choices::environments(self.design), false),
                joined(&action.excluded_environments),
            )
            .hint("None"),
        ];
        if !self.design.project.channels.is_empty() || !action.channels.is_empty() {
            let control = Control::Pick(choices::channels(self.design), false);
            let value = joined(&action.channels);
            fields.push(Field::new("channels", "Channels", "", control, value).hint("Any channel"));
        }
        let tags = choices::tenant_tags(self.design);
        if !tags.is_empty() || !action.tenant_tags.is_empty() {
            let control = Control::Pick(tags, true);
            let value = joined(&action.tenant_tags);
            fields
                .push(Field::new("tenant-tags", "Tenants", "", control, value).hint("Any tenant"));
        }
        if is_child {
            let all: Vec<(&str, &str)> =
                ActionCondition::ALL.iter().map(|one| (one.word(), one.label())).collect();
            let value = action.condition.word();
            fields.push(Field::new("child-condition", "Run condition", "", words(&all), value));
            if action.condition == ActionCondition::Variable {
                fields.push(Field::new(
                    "child-expression",
                    "Variable expression",
                    EXPRESSION,
                    Control::Code,
                    action.properties.text(keys::ACTION_CONDITION),
                ));
            }
        } else {
            fields.extend(self.step_conditions().fields);
        }
        let is_required = action.is_required;
        let help = "Nobody can skip it when deploying.";
        fields.push(Field::check("required", "This step is required", help, is_required));
        Section { title: "Conditions", fields }
    }

    /// When the step runs.
    pub fn step_conditions(&self) -> Section {
        let step = self.step;
        let word = step.condition.octopus_word();
        let mut fields =
            vec![Field::new("condition", "Run condition", "", words(StepCondition::ALL), word)];
        if let Some(expression) = step.condition.expression() {
            fields.push(Field::new(
                "expression",
                "Variable expression",
                EXPRESSION,
                Control::Code,
                expression,
            ));
        }
        if !matches!(self.item, Item::Step(0)) {
            let all: Vec<(&str, &str)> =
                StartTrigger::ALL.iter().map(|one| (one.word(), one.label())).collect();
            fields.push(Field::new("start", "Start trigger", "", words(&all), step.start.word()));
        }
        let all: Vec<(&str, &str)> =
            PackageRequirement::ALL.iter().map(|one| (one.word(), one.label())).collect();
        let value = step.package_requirement.word();
        fields.push(Field::new(
            "package-requirement",
            "Package requirement",
            "",
            words(&all),
            value,
        ));
        Section { title: "Conditions", fields }
    }

    /// Retries and time limits, for types that have them.
    pub fn limits(&self) -> Vec<Section> {
        let Some(info) = self.info() else { return Vec::new() };
        let limits = info.sections.iter().filter(|section| section.title == LIMITS);
        limits.map(|section| self.properties(info, section)).collect()
    }

    /// What a colleague should know.
    pub fn notes(&self) -> Section {
        let notes = self.action.notes.as_str();
        let help = "In Markdown; Octopus shows them beside the step.";
        let field = Field::new("notes", "Notes", help, Control::Lines(3), notes);
        Section { title: "Notes", fields: vec![field] }
    }

    /// Properties that no other section shows, as they are.
    pub fn others(&self) -> Section {
        let shown = |key: &str| {
            key.eq_ignore_ascii_case(keys::ACTION_CONDITION)
                || self.asks(key)
                || self.info().is_some_and(|info| {
                    info.property(key).is_some_and(|one| {
                        one.control != catalog::Control::Hidden
                            && info.is_shown(one, &self.action.properties)
                            && (self.action.pulumi_step().is_none() && self.shows_type()
                                || is_limit(info, key))
                    })
                })
        };
        let mut fields = Vec::new();
        for (key, value) in self.action.properties.iter().filter(|(key, _)| !shown(key)) {
            fields.push(Field::new(format!("raw-remove:{key}"), key, "", Control::Part, ""));
            match value {
                PropertyValue::Text(text) => {
                    let control =
                        if text.contains('\n') { Control::Lines(4) } else { Control::Code };
                    let label = format!("Value of {key}");
                    fields.push(Field::new(
                        format!("raw:{key}"),
                        label,
                        "",
                        control,
                        text.as_str(),
                    ));
                }
                PropertyValue::Sensitive { has_value } => {
                    let text = if *has_value { "A secret is set." } else { "A secret, not set." };
                    fields.push(Field::new("", text, "", Control::Note, ""));
                }
                PropertyValue::Other(value) => {
                    fields.push(Field::new("", value.to_string(), "", Control::Note, ""));
                }
            }
        }
        fields.push(
            Field::new("raw-add", "Add a property", "By its key in Octopus.", Control::Adder, "")
                .hint("Octopus.Action.…"),
        );
        Section { title: "Other properties", fields }
    }
}

const EXPRESSION: &str =
    "Nothing, 0, no and false mean that it does not run. Success of earlier steps is not implied.";

fn is_limit(info: &catalog::ActionInfo, key: &str) -> bool {
    let limits = info.sections.iter().filter(|section| section.title == LIMITS);
    limits.flat_map(|section| section.properties).any(|one| one.is(key))
}

fn script_length(text: &str) -> String {
    match text.lines().count() {
        0 => String::new(),
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    }
}
