//! Variables, their values and scopes.

use std::collections::HashMap;

use super::body::Body;
use super::{Reader, unique};
use crate::base::{Finding, Severity};
use crate::format::fragment::Mention;
use crate::format::octopus_ocl::kept::{KEY, Kept};
use crate::model::ids::{TargetTag, ValueId, VariableId};
use crate::model::space::AccountKind;
use crate::model::variable::ControlType;
use crate::model::{
    ProcessOwner, Prompt, Scope, TenantTag, Variable, VariableContent, VariableName, VariableValue,
};
use crate::ocl::{At, Attribute, Block, Document, Element, Entry, Value};
use crate::record::{Bound, Table};

/// How a prompt's control is called in its display settings.
pub(super) const CONTROL: &str = "Octopus.ControlType";
/// The options of a drop down.
pub(super) const OPTIONS: &str = "Octopus.SelectOptions";

/// A variable being read.
struct Found {
    variable: Variable,
    values: Vec<VariableValue>,
}

impl Reader {
    pub(super) fn variables(&mut self, document: &Document) {
        let mut body = Body::of(&document.body);
        let mut found: Vec<Found> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for block in body.blocks(&["variable"]) {
            let label = block.labels.first().map(String::as_str).unwrap_or_default();
            let Ok(name) = VariableName::parse(label) else {
                let what = format!("\"{label}\" can't be the name of a variable.");
                self.say(block.at, Severity::Error, "octopus-ocl/variable-name", what);
                continue;
            };
            let key = label.to_ascii_lowercase();
            let index = *known.entry(key).or_insert(found.len());
            if index == found.len() {
                let Ok(id) = VariableId::parse(&self.variable_ids.make(label, "variable")) else {
                    continue;
                };
                found.push(Found { variable: Variable::new(id, name), values: Vec::new() });
            } else {
                let what = format!("The variable \"{label}\" stands more than once.");
                let finding = Finding::info("octopus-ocl/variable-twice", Default::default(), what)
                    .because("Octopus puts their values together; so does Pulpo.");
                self.tell(block.at, finding);
            }
            let Some(one) = found.get_mut(index) else { continue };
            self.variable(block, one);
        }
        let rows = found.into_iter().map(|one| {
            let mut variable = one.variable;
            variable.values = one.values.into_iter().collect();
            variable
        });
        let table: Table<Variable> = rows.collect();
        self.draft.design.project.variables = table;
        let kept = body.rest(self);
        let extra = &mut self.draft.design.project.extra;
        kept.keep(extra, "oclVariables");
    }

    fn variable(&mut self, block: &Block, found: &mut Found) {
        let mut body = Body::of(&block.body);
        let word = body.maybe_text(self, "type");
        if word == Some("String") {
            body.said("type");
        }
        let name = found.variable.name.clone();
        for value in body.blocks(&["value"]) {
            let number = found.values.len() + 1;
            let Ok(id) = ValueId::parse(&format!("value-{number}")) else { continue };
            let value = self.value(value, id, name.as_str(), word);
            found.values.extend(value);
        }
        if block.attribute("value").is_some() {
            let what = format!("The value of \"{name}\" is an attribute, and must be a block.");
            let finding = Finding::error("octopus-ocl/value-attribute", Default::default(), what)
                .do_this("Write value \"text\" {} in place of value = \"text\".");
            self.tell(body.at("value"), finding);
        }
        let kept = body.rest(self);
        if found.variable.extra.get(KEY).is_none() {
            kept.keep(&mut found.variable.extra, KEY);
        }
    }

    fn value(
        &mut self,
        block: &Block,
        id: ValueId,
        variable: &str,
        word: Option<&str>,
    ) -> Option<VariableValue> {
        let mut body = Body::of(&block.body);
        let own = body.maybe_text(self, "type");
        let label = block.labels.first().map(String::as_str);
        let text = label.or_else(|| body.maybe_text(self, "value"));
        let mut kept_type = None;
        let word = own.or(word).unwrap_or("String");
        let content = self.content(block.at, variable, word, text.unwrap_or_default());
        let content = match content {
            Some(content) => content,
            None => {
                kept_type = Some(word.to_owned());
                VariableContent::text(text.unwrap_or_default())
            }
        };
        let scope = self.scope(&mut body, block.at);
        let mut value = VariableValue::new(id, content, scope);
        value.description = body.text(self, "description");
        if let Some(prompt) = body.block("prompt") {
            value.prompt = Some(self.prompt(prompt));
        }
        // Without a text a prompted value has no label, any other an empty one.
        let is_bare = label.is_none() && text.is_none();
        if text.unwrap_or_default().is_empty() && is_bare != value.prompt.is_some() {
            body.said(if is_bare { "no value" } else { "empty value" });
        }
        let mut kept: Kept = body.rest(self);
        if value.content.is_sensitive() {
            // Whatever stood there as its value may be the secret.
            kept.other.retain(|one| !matches!(one, Element::Attribute(one) if one.name == "value"));
        }
        if let Some(word) = kept_type {
            self.unknown_word(block.at, "type", &word, &mut kept);
        }
        kept.keep(&mut value.extra, KEY);
        Some(value)
    }

    /// What a value holds; none where the type is not known.
    fn content(
        &mut self,
        at: At,
        variable: &str,
        word: &str,
        text: &str,
    ) -> Option<VariableContent> {
        let is_secret = word.eq_ignore_ascii_case("Sensitive");
        let mut content = VariableContent::empty(if is_secret { "Sensitive" } else { word })?;
        match &mut content {
            VariableContent::Text(one) => text.clone_into(&mut one.text),
            VariableContent::Sensitive(secret) => {
                secret.is_set = true;
                let what = format!("The sensitive variable \"{variable}\" stands in the file.");
                let finding = Finding::error("octopus-ocl/sensitive", Default::default(), what)
                    .because(
                        "Octopus keeps sensitive values in its database; since 2026.2 it \
                             refuses a file that has one. Its text was not read.",
                    )
                    .do_this("Take it out of the file, and enter it in Octopus.");
                self.tell(at, finding);
            }
            _ if text.is_empty() => {}
            VariableContent::Certificate(one) => {
                one.certificate = bound(text, || self.certificate(text));
            }
            VariableContent::WorkerPool(one) => one.pool = bound(text, || self.pool(text)),
            VariableContent::AwsAccount(one)
            | VariableContent::AzureAccount(one)
            | VariableContent::GoogleAccount(one)
            | VariableContent::UsernamePassword(one)
            | VariableContent::GenericOidc(one) => {
                one.account = bound(text, || self.account(text, account_kind(word)));
            }
        }
        Some(content)
    }

    fn scope(&mut self, body: &mut Body, at: At) -> Scope {
        let mut scope = Scope::default();
        let names = body.list(self, "environment");
        scope.environments = unique(names.iter().map(|text| self.environment(text)).collect());
        let names = body.list(self, "channel");
        scope.channels = unique(names.iter().map(|text| self.channel(text)).collect());
        let names = body.list(self, "machine");
        scope.targets = unique(names.iter().map(|text| self.target(text)).collect());
        for text in body.list(self, "action") {
            match self.actions.get(text) {
                Some(ids) => scope.actions.extend(ids.iter().cloned()),
                None => scope.actions.push(self.draft.action(Mention::Slug(text))),
            }
        }
        for text in body.list(self, "role") {
            match TargetTag::parse(text) {
                Ok(tag) => scope.target_tags.push(tag),
                Err(error) => {
                    let what = format!("\"{text}\" is no target tag. {}", error.rule);
                    self.say(at, Severity::Warning, "octopus-ocl/target-tag", what);
                }
            }
        }
        for text in body.list(self, "tenant_tag") {
            match TenantTag::parse(text) {
                Ok(tag) => scope.tenant_tags.push(tag),
                Err(error) => {
                    let what = format!("\"{text}\" is no tenant tag. {}", error.rule);
                    self.say(at, Severity::Warning, "octopus-ocl/tenant-tag", what);
                }
            }
        }
        for text in body.list(self, "process") {
            match self.process_owner(text) {
                Some(owner) => scope.processes.push(owner),
                None => {
                    let what = format!("\"{text}\" names no process.");
                    let finding =
                        Finding::warning("octopus-ocl/process-scope", Default::default(), what)
                            .do_this("Write \"deployment-process\" or \"runbook/<slug>\".");
                    self.tell(at, finding);
                }
            }
        }
        scope.actions = unique(scope.actions);
        scope.target_tags = unique(scope.target_tags);
        scope.tenant_tags = unique(scope.tenant_tags);
        scope.processes = unique(scope.processes);
        scope
    }

    fn process_owner(&mut self, text: &str) -> Option<ProcessOwner> {
        if text == "deployment-process" {
            return Some(ProcessOwner::Deployment);
        }
        let slug = text.strip_prefix("runbook/")?;
        let id = match self.runbooks.get(slug) {
            Some(id) => id.clone(),
            None => self.draft.runbook(Mention::Slug(slug)),
        };
        Some(ProcessOwner::Runbook(id))
    }

    fn prompt(&mut self, block: &Block) -> Prompt {
        let mut body = Body::of(&block.body);
        let mut prompt = Prompt {
            label: body.maybe_text(self, "label").unwrap_or_default().to_owned(),
            description: body.maybe_text(self, "description").unwrap_or_default().to_owned(),
            required: body.flag(self, "required"),
            ..Prompt::default()
        };
        let mut left: Vec<Entry> = Vec::new();
        for entry in body.map(self, "display_settings") {
            let control = entry.value.text().and_then(ControlType::from_word);
            match (entry.key.as_str(), entry.value.text(), control) {
                (CONTROL, _, Some(control)) => prompt.control = control,
                (OPTIONS, Some(text), _) => text.clone_into(&mut prompt.options),
                _ => left.push(entry.clone()),
            }
        }
        let mut kept = body.rest(self);
        if !left.is_empty() {
            let left: Element = Attribute::new("display_settings", Value::Map(left)).into();
            self.kept_as_it_is(&left, &[]);
            kept.other.push(left);
        }
        kept.keep(&mut prompt.extra, KEY);
        prompt
    }
}

/// What `text` names, or the expression that it is.
fn bound<T>(text: &str, named: impl FnOnce() -> T) -> Option<Bound<T>> {
    Some(if text.contains("#{") { Bound::Expression(text.to_owned()) } else { Bound::Is(named()) })
}

/// The kind of account that a variable type is mostly for; an account through
/// OpenID Connect goes by the same type, and the file does not tell them apart.
fn account_kind(word: &str) -> AccountKind {
    match word {
        "AzureAccount" => AccountKind::Azure,
        "GoogleCloudAccount" => AccountKind::Google,
        "UsernamePasswordAccount" => AccountKind::UsernamePassword,
        "GenericOidcAccount" => AccountKind::GenericOidc,
        _ => AccountKind::Aws,
    }
}
