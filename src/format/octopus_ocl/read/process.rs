//! Steps and uses of process templates, in their order.

use std::collections::HashSet;

use super::body::Body;
use super::names::own_slug;
use super::{Reader, take};
use crate::base::{Finding, Severity};
use crate::format::fragment::tame_name;
use crate::format::octopus_ocl::kept::{KEY, Kept};
use crate::format::octopus_ocl::{PROCESS_TEMPLATE, TEMPLATE_SLUG, TEMPLATE_VERSIONS};
use crate::model::ids::TargetTag;
use crate::model::process::{PackageRequirement, keys};
use crate::model::{
    Action, ActionType, Process, Properties, PropertyValue, Slug, StartTrigger, Step, StepCondition,
};
use crate::ocl::{Block, Document, Element};
use crate::record::OneOrMore;

impl Reader {
    pub(super) fn deployment_process(&mut self, document: &Document) {
        let mut process = self.process(&document.body);
        std::mem::swap(&mut self.draft.design.project.process, &mut process);
    }

    pub(super) fn process(&mut self, body: &[Element]) -> Process {
        let mut process = Process::default();
        let mut body = Body::of(body);
        let mut steps = Vec::new();
        for block in body.blocks(&["step", "process_template"]) {
            steps.extend(match block.name.as_str() {
                "step" => self.step(block),
                _ => self.template_use(block),
            });
        }
        process.steps = steps.into_iter().collect();
        body.rest(self).keep(&mut process.extra, KEY);
        process
    }

    /// The label of a block, which is the slug of what it is.
    fn label<'b>(&mut self, block: &'b Block) -> Option<&'b str> {
        if block.labels.len() > 1 {
            let what = format!("`{}` has more than one label; the first one counts.", block.name);
            self.say(block.at, Severity::Warning, "octopus-ocl/labels", what);
        }
        block.labels.first().map(String::as_str)
    }

    /// Names instead of slugs are how schema versions before 4 went (S2).
    fn check_slug(&mut self, block: &Block, label: &str) {
        if Slug::parse(label).is_err() {
            let what =
                format!("\"{label}\" is a name where the slug of the {} stands.", block.name);
            let mut finding = Finding::info("octopus-ocl/name-for-slug", Default::default(), what)
                .do_this("It is written as a slug.");
            finding.why = if self.may_go_by_name() {
                "Schema versions before 4 go by names.".to_owned()
            } else {
                "Octopus has slugs of lower-case letters and digits here.".to_owned()
            };
            self.tell(block.at, finding);
        }
    }

    fn step(&mut self, block: &Block) -> Option<Step> {
        let mut body = Body::of(&block.body);
        let label = self.label(block);
        let name = body.maybe_text(self, "name");
        let Some(slug) = label.or(name) else {
            let what = "The step has neither a slug nor a name.".to_owned();
            self.say(block.at, Severity::Error, "octopus-ocl/no-name", what);
            return None;
        };
        if let Some(label) = label {
            self.check_slug(block, label);
        }
        let name = self.name(block, name.unwrap_or(slug), slug)?;
        let id = self.draft.new_step_id(slug);
        let condition = body.maybe_text(self, "condition");
        let start: StartTrigger = body.word(self, "start_trigger", StartTrigger::from_word);
        let requirement: PackageRequirement =
            body.word(self, "package_requirement", PackageRequirement::from_word);
        let mut properties = Properties::default();
        let entries = body.map(self, "properties");
        let mut left = self.properties(entries, &mut properties);
        let blocks = body.blocks(&["action"]);
        let actions: Vec<_> = blocks
            .iter()
            .filter_map(|action| self.action(action, name.as_str(), slug, blocks.len() == 1))
            .collect();
        let Some(actions) = OneOrMore::from_vec(actions) else {
            let what = format!("The step \"{name}\" has no action.");
            let finding = Finding::error("octopus-ocl/no-action", Default::default(), what)
                .because("A step does what its actions do.")
                .do_this("Give it an action block; it was left out.");
            self.tell(block.at, finding);
            return None;
        };
        let mut step = Step::single(id, actions.first().clone());
        step.slug = own_slug(slug, name.as_str());
        step.name = name;
        step.actions = actions;
        step.start = start;
        step.package_requirement = requirement;
        step.target_tags = target_tags(&mut properties);
        step.window = take(&mut properties, keys::MAX_PARALLELISM).unwrap_or_default();
        let mut wrong = None;
        if let Some(word) = condition {
            let expression = properties.text(keys::STEP_CONDITION).to_owned();
            match StepCondition::from_octopus(word, &expression) {
                Some(StepCondition::Success) => body.said("condition"),
                Some(condition) => {
                    if condition.expression().is_some_and(|text| !text.is_empty()) {
                        properties.remove(keys::STEP_CONDITION);
                    }
                    step.condition = condition;
                }
                None => wrong = Some(word),
            }
        }
        step.properties = properties;
        let at = body.at("condition");
        let mut kept = body.rest(self);
        kept.other.append(&mut left);
        if let Some(word) = wrong {
            self.unknown_word(at, "condition", word, &mut kept);
        }
        kept.keep(&mut step.extra, KEY);
        Some(step)
    }

    /// A word that Pulpo does not know is kept as it is.
    pub(super) fn unknown_word(
        &mut self,
        at: crate::ocl::At,
        name: &str,
        word: &str,
        kept: &mut Kept,
    ) {
        let what = format!("`{name} = \"{word}\"` is not a word that Pulpo knows.");
        self.say(at, Severity::Warning, "octopus-ocl/unknown-word", what);
        let value = crate::ocl::Value::String(word.to_owned());
        kept.other.push(crate::ocl::Attribute::new(name, value).into());
    }

    /// The name of a step or action; says so where it had to be changed.
    pub(super) fn name(
        &mut self,
        block: &Block,
        name: &str,
        slug: &str,
    ) -> Option<crate::model::Name> {
        let text = if name.trim().is_empty() { slug } else { name };
        if text.trim().is_empty() {
            let what = format!("The {} has no name.", block.name);
            self.say(block.at, Severity::Error, "octopus-ocl/no-name", what);
            return None;
        }
        let clean = tame_name(text);
        if clean.as_str() != name {
            let what = format!("The name of the {} is read as \"{clean}\".", block.name);
            let finding = Finding::warning("octopus-ocl/name-changed", Default::default(), what)
                .because("A name stands on one line, without blanks at its ends.");
            self.tell(block.at, finding);
        }
        Some(clean)
    }

    /// A use of a process template, which is a step with one action of the type
    /// [`PROCESS_TEMPLATE`]: its parameters are the properties and packages.
    fn template_use(&mut self, block: &Block) -> Option<Step> {
        let mut body = Body::of(&block.body);
        let label = self.label(block);
        let name = body.maybe_text(self, "name");
        let slug = label.or(name).unwrap_or_default();
        let name = self.name(block, name.unwrap_or(slug), slug)?;
        let id = self.draft.new_action_id("", slug, name.as_str());
        let action_type = ActionType::parse(PROCESS_TEMPLATE).ok()?;
        let mut action = Action::octopus(id, name, action_type);
        let template = body.text(self, "process_template_slug");
        let versions = body.text(self, "version_mask");
        let mut properties = vec![
            (TEMPLATE_SLUG.to_owned(), PropertyValue::Text(template)),
            (TEMPLATE_VERSIONS.to_owned(), PropertyValue::Text(versions)),
        ];
        let mut seen: HashSet<String> =
            properties.iter().map(|(key, _)| key.to_ascii_lowercase()).collect();
        let mut left = Vec::new();
        for block in body.blocks(&["parameter"]) {
            match parameter(block).filter(|(name, _)| seen.insert(name.to_ascii_lowercase())) {
                Some((name, text)) => {
                    let text = PropertyValue::Text(text.to_owned());
                    properties.push((name.to_owned(), text));
                }
                None => left.push(Element::Block(block.clone())),
            }
        }
        action.properties = properties.into_iter().collect();
        for package in body.blocks(&["package_parameter"]) {
            let reference = self.package_reference(package);
            action.packages.push(reference);
        }
        let mut step = Step::single(self.draft.new_step_id(slug), action);
        step.slug = own_slug(slug, step.name.as_str());
        let mut kept = body.rest(self);
        for element in &left {
            self.kept_as_it_is(element, &[]);
        }
        kept.other.append(&mut left);
        kept.keep(&mut step.extra, KEY);
        Some(step)
    }
}

/// A parameter that is a name and a text, and nothing else.
fn parameter(block: &Block) -> Option<(&str, &str)> {
    match (&*block.labels, &*block.body) {
        ([name], [Element::Attribute(value)]) if value.name == "value" => {
            Some((name, value.value.text()?))
        }
        _ => None,
    }
}

/// The target tags of a step, which its properties hold joined by commas.
fn target_tags(properties: &mut Properties) -> Vec<TargetTag> {
    let text = properties.text(keys::TARGET_ROLES);
    let tags: Result<Vec<_>, _> = text.split(',').map(|tag| TargetTag::parse(tag.trim())).collect();
    match tags {
        Ok(tags) => {
            properties.remove(keys::TARGET_ROLES);
            tags
        }
        // Nothing, or an expression with commas: it stays a property.
        Err(_) => Vec::new(),
    }
}
