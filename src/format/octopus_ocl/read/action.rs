//! Actions: what they do, where and for whom.

use std::collections::HashSet;

use super::body::Body;
use super::names::own_slug;
use super::{Reader, take, unique};
use crate::base::{Finding, Severity};
use crate::catalog::{Refers, refers};
use crate::format::octopus_ocl::kept::KEY;
use crate::format::octopus_ocl::{UNKNOWN_TYPE, extras};
use crate::model::process::{
    Acquisition, ActionCondition, TemplateUse, WorkerPoolPick, WorkerPoolVariable, keys,
};
use crate::model::space::AccountKind;
use crate::model::{
    Action, ActionType, Container, Properties, PropertyValue, Slug, TenantTag, VariableName,
    WorkerPoolChoice,
};
use crate::ocl::{Attribute, Block, Element, Entry, Value};
use crate::record::{Bound, Extra};

impl Reader {
    /// An action. Without a label it has the slug of its step, without a name
    /// the name of its step where it is the only one (A1, A2).
    pub(super) fn action(
        &mut self,
        block: &Block,
        step_name: &str,
        step_slug: &str,
        is_only: bool,
    ) -> Option<Action> {
        let mut body = Body::of(&block.body);
        let label = block.labels.first().map(String::as_str);
        let slug = label.unwrap_or(step_slug);
        let said = body.maybe_text(self, "name");
        if is_only && said == Some(step_name) {
            body.said("name");
        }
        let usual = if is_only { step_name } else { slug };
        let name = self.name(block, said.unwrap_or(usual), slug)?;
        let id = self.draft.new_action_id("", slug, name.as_str());

        let mut properties = Properties::default();
        let entries = body.map(self, "properties");
        let mut left = self.properties(entries, &mut properties);
        let template = self.template_of(&mut properties);
        let action_type = body.maybe_text(self, "action_type").filter(|text| !text.is_empty());
        if action_type.is_some() && template.is_some() {
            body.said("action_type");
        }
        if action_type.is_none() && template.is_none() {
            let what = format!("The action \"{name}\" has no action_type.");
            let finding = Finding::warning("octopus-ocl/no-type", Default::default(), what)
                .because("Only an action that was made from a step template goes without.");
            self.tell(block.at, finding);
        }
        let action_type = action_type.unwrap_or(UNKNOWN_TYPE);
        let mut action = Action::octopus(id, name, ActionType::parse(action_type).ok()?);
        action.template = template;
        action.slug = own_slug(slug, action.name.as_str());
        if is_only && slug != step_slug {
            // Without a slug of its own an only action would have that of its step.
            action.slug = Slug::parse(slug).ok();
        }
        action.is_disabled = body.flag(self, "is_disabled");
        action.is_required = body.flag(self, "is_required");
        action.notes = body.text(self, "notes");
        action.condition = body.word(self, "condition", ActionCondition::from_word);
        action.worker_pool = self.worker_pool(&mut body);
        let names = body.list(self, "environments");
        action.environments = unique(names.iter().map(|text| self.environment(text)).collect());
        let names = body.list(self, "excluded_environments");
        action.excluded_environments =
            unique(names.iter().map(|text| self.environment(text)).collect());
        let names = body.list(self, "channels");
        action.channels = unique(names.iter().map(|text| self.channel(text)).collect());
        for text in body.list(self, "tenant_tags") {
            match TenantTag::parse(text) {
                Ok(tag) => action.tenant_tags.push(tag),
                Err(error) => {
                    let what = format!("\"{text}\" is no tenant tag. {}", error.rule);
                    let at = block.at;
                    self.say(at, Severity::Warning, "octopus-ocl/tenant-tag", what);
                }
            }
        }
        action.tenant_tags = unique(std::mem::take(&mut action.tenant_tags));
        if let Some(version) = body.maybe_text(self, "step_package_version") {
            action.extra.set(extras::STEP_PACKAGE, version.into());
        }
        if let Some(container) = body.block("container") {
            action.container = Some(self.container(container));
        }
        for git in body.blocks(&["git_dependencies"]) {
            let dependency = self.git_dependency(git);
            action.git_dependencies.push(dependency);
        }
        for package in body.blocks(&["packages"]) {
            let reference = self.package_reference(package);
            action.packages.push(reference);
        }
        self.drop_said_twice(&action, &mut properties);
        action.properties = properties;
        let mut inputs = body.blocks(&["inputs"]).into_iter().cloned().map(Element::Block);
        let mut kept = body.rest(self);
        kept.other.append(&mut left);
        kept.other.extend(&mut inputs);
        if kept.other.iter().any(|one| matches!(one, Element::Block(one) if one.name == "inputs")) {
            let what = format!("The inputs of \"{}\" are kept as they are.", action.name);
            let finding = Finding::info("octopus-ocl/step-package", Default::default(), what)
                .because("It is a step of a step package, which newer servers convert.");
            self.tell(block.at, finding);
        }
        kept.keep(&mut action.extra, KEY);
        self.actions.entry(slug.to_owned()).or_default().push(action.id.clone());
        Some(action)
    }

    fn worker_pool(&mut self, body: &mut Body) -> WorkerPoolChoice {
        let pool = body.maybe_text(self, "worker_pool");
        let variable = body.maybe_text(self, "worker_pool_variable");
        if variable == Some("") {
            body.said("worker_pool_variable");
        }
        if pool == Some("") {
            body.said("worker_pool");
        }
        let name = variable.and_then(|text| VariableName::parse(text).ok());
        match (name, pool.filter(|text| !text.is_empty())) {
            (Some(variable), pool) => {
                if pool.is_some() {
                    let what = "The worker pool does not count beside a worker pool variable.";
                    let at = body.at("worker_pool");
                    self.say(at, Severity::Info, "octopus-ocl/pool-twice", what.to_owned());
                }
                WorkerPoolChoice::Variable(WorkerPoolVariable { variable, extra: Extra::default() })
            }
            (None, Some(text)) => {
                let pool = self.pool(text);
                WorkerPoolChoice::Pool(WorkerPoolPick { pool, extra: Extra::default() })
            }
            (None, None) => WorkerPoolChoice::Default,
        }
    }

    fn container(&mut self, block: &Block) -> Container {
        let mut body = Body::of(&block.body);
        let mut container = Container { image: body.text(self, "image"), ..Container::default() };
        if let Some(feed) = body.maybe_text(self, "feed").filter(|text| !text.is_empty()) {
            container.feed = Some(self.bound_feed(feed));
        }
        if let Some(text) = body.maybe_text(self, "dockerfile") {
            container.extra.set(extras::DOCKERFILE, text.into());
        }
        body.rest(self).keep(&mut container.extra, KEY);
        container
    }

    /// Properties, with what they refer to by ids of the design; gives what can
    /// be no property.
    pub(super) fn properties(
        &mut self,
        entries: &[Entry],
        properties: &mut Properties,
    ) -> Vec<Element> {
        let mut left = Vec::new();
        let mut read = Vec::with_capacity(entries.len());
        let mut seen = HashSet::new();
        for entry in entries {
            let value = match &entry.value {
                Value::String(text) => PropertyValue::Text(self.property(&entry.key, text)),
                Value::Heredoc(heredoc) => PropertyValue::Text(heredoc.text.clone()),
                Value::Bool(flag) => PropertyValue::Other((*flag).into()),
                Value::Integer(number) => PropertyValue::Other((*number).into()),
                Value::Null => PropertyValue::Other(serde_json::Value::Null),
                _ => {
                    left.push(entry.clone());
                    continue;
                }
            };
            if !matches!(value, PropertyValue::Text(_)) {
                let what = format!("The property \"{}\" is not a text.", entry.key);
                self.say(entry.at, Severity::Warning, "octopus-ocl/property-kind", what);
            }
            if !seen.insert(entry.key.to_ascii_lowercase()) {
                let what = format!("The property \"{}\" stands twice.", entry.key);
                let finding =
                    Finding::warning("octopus-ocl/property-twice", Default::default(), what)
                        .because("Octopus ignores case in keys; the last one counts here.");
                self.tell(entry.at, finding);
            }
            read.push((entry.key.clone(), value));
        }
        *properties = read.into_iter().collect();
        if left.is_empty() {
            return Vec::new();
        }
        vec![Attribute::new("properties", Value::Map(left)).into()]
    }

    /// The text of a property by ids of the design.
    fn property(&mut self, key: &str, text: &str) -> String {
        if text.is_empty() || text.contains("#{") {
            return text.to_owned();
        }
        match refers(key) {
            Refers::Teams => {
                let teams = text.split(',').map(str::trim).filter(|team| !team.is_empty());
                let ids: Vec<_> = teams.map(|team| self.team(team).to_string()).collect();
                ids.join(",")
            }
            Refers::Account => self.account(text, AccountKind::Azure).to_string(),
            Refers::Feed => self.feed(text).to_string(),
            _ => text.to_owned(),
        }
    }

    /// The step template that the action was made from (A4).
    fn template_of(&mut self, properties: &mut Properties) -> Option<TemplateUse> {
        let id = properties.text(keys::TEMPLATE_ID);
        if id.is_empty() {
            return None;
        }
        let version = properties.text(keys::TEMPLATE_VERSION).to_owned();
        let id = id.to_owned();
        let template = self.template(&id)?;
        take(properties, keys::TEMPLATE_ID);
        take(properties, keys::TEMPLATE_VERSION);
        Some(TemplateUse { template, version, extra: Extra::default() })
    }

    /// The primary package stands a second time in the properties; where both
    /// agree, the reference is enough (P2).
    fn drop_said_twice(&self, action: &Action, properties: &mut Properties) {
        let Some(primary) = action.packages.iter().find(|one| one.name.is_empty()) else { return };
        let Some(package) = primary.package.as_ref().and_then(|key| self.packages.get(key)) else {
            return;
        };
        let (package_id, feed) = package;
        let feed = match feed {
            Some(Bound::Is(feed)) => feed.as_str(),
            Some(Bound::Expression(text)) => text,
            None => "",
        };
        let on_target = if primary.acquisition == Acquisition::Target { "True" } else { "False" };
        let second = [
            (keys::PACKAGE_ID, package_id.as_str()),
            (keys::PACKAGE_FEED, feed),
            (keys::PACKAGE_ON_TARGET, on_target),
        ];
        if second.iter().all(|(key, text)| properties.text(key) == *text) {
            for (key, _) in second {
                properties.remove(key);
            }
        }
    }
}
