//! Variable sets and library variable sets.
//!
//! Source: reference, variables, sections 1, 2 and 4.

use std::collections::HashMap;

use serde_json::Value;

use super::action::environments;
use super::common::{name_of, owner, tenant_tags};
use super::reading::{Object, Reading, extra};
use super::secrets::WAS_SET;
use super::template::control;
use crate::base::Severity;
use crate::format::fragment::{Covers, Ids, Mention, tame_environment_name, tame_name};
use crate::format::octopus_json::variables::PLACE;
use crate::model::variable::{
    AccountContent, CertificateContent, SensitiveContent, WorkerPoolContent,
};
use crate::model::{
    AccountKind, ProcessOwner, Prompt, Scope, TargetTag, ValueId, Variable, VariableContent,
    VariableId, VariableName, VariableTemplate, VariableTemplateId, VariableValue,
};
use crate::record::{Bound, Extra, Field, Table};

const VALUE: &[&str] =
    &["Id", "Name", "Value", "Description", "Scope", "IsEditable", "Prompt", "Type", "IsSensitive"];
/// `Project` and `User` are the server's own and mean nothing to a person.
const SCOPE: &[&str] = &[
    "Environment",
    "Channel",
    "Action",
    "Role",
    "Machine",
    "TenantTag",
    "ProcessOwner",
    "Project",
    "User",
];

/// Reads a variable set.
pub(super) fn read(map: &Object, reading: &mut Reading) -> Covers {
    if let Some(names) = reading.object(map, "ScopeValues") {
        reading.within("ScopeValues", |reading| scope_values(names, reading));
    }
    let owner_id = reading.text(map, "OwnerId").to_owned();
    let space = reading.text(map, "SpaceId").to_owned();
    let variables = variables(map, reading);
    let is_library = owner_id.starts_with("LibraryVariableSets-")
        || owner_id.starts_with("{LibraryVariableSets:");
    if is_library {
        owner(&space, "", reading);
        let set = reading.draft.library_set(Mention::of_json(&owner_id));
        reading.draft.library_sets.change(&set, |row| row.variables = variables);
        Covers::LibrarySet(set)
    } else {
        owner(&space, &owner_id, reading);
        reading.draft.design.project.variables = variables;
        Covers::Variables
    }
}

/// The server tells the names of the ids that scopes hold.
fn scope_values(map: &Object, reading: &mut Reading) {
    let mut pairs = |key: &str, take: &mut dyn FnMut(&str, &str, &Object, &mut Reading)| {
        reading.objects(map, key, |map, reading| {
            let id = reading.text(map, "Id");
            let name = reading.text(map, "Name");
            if !id.is_empty() && !name.is_empty() {
                take(id, name, map, reading);
            }
        });
    };
    pairs("Environments", &mut |id, name, _, reading| {
        let row = reading.draft.environment(Mention::Id(id));
        reading.draft.environments.change(&row, |row| row.name = tame_environment_name(name));
    });
    pairs("Channels", &mut |id, name, _, reading| {
        let row = reading.draft.channel(Mention::Id(id));
        reading.draft.channels.change(&row, |row| row.name = tame_name(name));
    });
    pairs("Machines", &mut |id, name, _, reading| {
        let row = reading.draft.target(Mention::Id(id));
        reading.draft.targets.change(&row, |row| row.name = tame_name(name));
    });
    pairs("Actions", &mut |id, name, _, reading| {
        reading.draft.action_known_as(id, "", name);
    });
    pairs("Processes", &mut |id, name, map, reading| {
        if reading.text(map, "ProcessType") == "Runbook" {
            let row = reading.draft.runbook(Mention::Id(id));
            reading.draft.runbooks.change(&row, |row| row.name = tame_name(name));
        }
    });
}

/// The values, gathered under their names; the order of names is that of their
/// first values. Where that changes the order, each value keeps its place.
fn variables(map: &Object, reading: &mut Reading) -> Table<Variable> {
    let mut found: Vec<(VariableName, Vec<VariableValue>, Vec<usize>)> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut count = 0_usize;
    reading.objects(map, "Variables", |map, reading| {
        let text = reading.text(map, "Name");
        let name = variable_name(text);
        if name.as_str() != text {
            let what = format!("The variable name \"{text}\" has blanks at an end, or is empty.");
            reading.info("import/name", what);
        }
        let at = *by_name.entry(name.as_str().to_lowercase()).or_insert_with(|| {
            found.push((name, Vec::new(), Vec::new()));
            found.len() - 1
        });
        if let Some((_, values, places)) = found.get_mut(at) {
            let id = ValueId::parse(&format!("value-{}", values.len() + 1));
            values.push(value(map, id.unwrap_or_else(|_| ValueId::blank()), reading));
            places.push(count);
        }
        count += 1;
    });
    let is_in_order = found.iter().flat_map(|(_, _, places)| places).is_sorted();
    let mut ids = Ids::default();
    let rows = found.into_iter().map(|(name, mut values, places)| {
        if !is_in_order {
            for (value, place) in values.iter_mut().zip(places) {
                value.extra.set(PLACE, place.into());
            }
        }
        let id = VariableId::parse(&ids.make(name.as_str(), "variable"));
        let mut row = Variable::new(id.unwrap_or_else(|_| VariableId::blank()), name);
        row.values = values.into_iter().collect();
        row
    });
    rows.collect()
}

fn variable_name(text: &str) -> VariableName {
    let tame = tame_name(text);
    VariableName::parse(tame.as_str()).unwrap_or_else(|_| VariableName::blank())
}

fn value(map: &Object, id: ValueId, reading: &mut Reading) -> VariableValue {
    let content = content(map, reading);
    let scope = match reading.object(map, "Scope") {
        Some(map) => reading.within("Scope", |reading| scope(map, reading)),
        None => Scope::default(),
    };
    let prompt = reading.object(map, "Prompt").map(|map| {
        reading.within("Prompt", |reading| {
            let (control, options) = control(map, reading);
            Prompt {
                label: reading.text(map, "Label").to_owned(),
                description: reading.text(map, "Description").to_owned(),
                required: reading.flag(map, "Required"),
                control,
                options,
                extra: extra(map, &["Label", "Description", "Required", "DisplaySettings"]),
            }
        })
    });
    let octopus_id = match Mention::of_json(reading.text(map, "Id")) {
        Mention::Id(id) => id.to_owned(),
        _ => String::new(),
    };
    VariableValue {
        id,
        content,
        scope,
        description: reading.text(map, "Description").to_owned(),
        prompt,
        octopus_id,
        extra: extra(map, VALUE),
    }
}

fn content(map: &Object, reading: &mut Reading) -> VariableContent {
    let word = reading.text(map, "Type");
    let is_sensitive = reading.flag(map, "IsSensitive");
    let text = reading.text(map, "Value");
    let word = if is_sensitive { "Sensitive" } else { word };
    let account = |kind: AccountKind, reading: &mut Reading| AccountContent {
        account: bound(text, |text| reading.draft.account(Mention::of_json(text), kind)),
        extra: Extra::default(),
    };
    match word {
        "" | "String" => VariableContent::text(text),
        "Sensitive" => {
            // The server never tells a secret; that it knows the value is all
            // there is to go by.
            let is_set = map.contains_key(WAS_SET) || !reading.text(map, "Id").is_empty();
            VariableContent::Sensitive(SensitiveContent { is_set, extra: Extra::default() })
        }
        "AmazonWebServicesAccount" => {
            VariableContent::AwsAccount(account(AccountKind::Aws, reading))
        }
        "AzureAccount" => VariableContent::AzureAccount(account(AccountKind::Azure, reading)),
        "GoogleCloudAccount" => {
            VariableContent::GoogleAccount(account(AccountKind::Google, reading))
        }
        "UsernamePasswordAccount" => {
            VariableContent::UsernamePassword(account(AccountKind::UsernamePassword, reading))
        }
        "GenericOidcAccount" => {
            VariableContent::GenericOidc(account(AccountKind::GenericOidc, reading))
        }
        "Certificate" => VariableContent::Certificate(CertificateContent {
            certificate: bound(text, |text| reading.draft.certificate(Mention::of_json(text))),
            extra: Extra::default(),
        }),
        "WorkerPool" => VariableContent::WorkerPool(WorkerPoolContent {
            pool: bound(text, |text| reading.draft.worker_pool(Mention::of_json(text))),
            extra: Extra::default(),
        }),
        other => {
            super::common::unknown_word("Type", other, "String", reading);
            VariableContent::text(text)
        }
    }
}

fn bound<T>(text: &str, known: impl FnOnce(&str) -> T) -> Option<Bound<T>> {
    match text {
        "" => None,
        text if text.contains("#{") => Some(Bound::Expression(text.to_owned())),
        text => Some(Bound::Is(known(text))),
    }
}

fn scope(map: &Object, reading: &mut Reading) -> Scope {
    let mut scope = Scope {
        environments: environments(map, "Environment", reading),
        tenant_tags: tenant_tags(map, "TenantTag", reading),
        extra: extra(map, SCOPE),
        ..Scope::default()
    };
    scope.channels = reading
        .texts(map, "Channel", |text, reading| Some(reading.draft.channel(Mention::of_json(text))));
    scope.actions = reading
        .texts(map, "Action", |text, reading| Some(reading.draft.action(Mention::of_json(text))));
    scope.targets = reading
        .texts(map, "Machine", |text, reading| Some(reading.draft.target(Mention::of_json(text))));
    scope.target_tags = reading.texts(map, "Role", |text, reading| match TargetTag::parse(text) {
        Ok(tag) => Some(tag),
        Err(error) => {
            reading.warning("import/target-tags", format!("\"{text}\": {error}"));
            None
        }
    });
    scope.processes = reading.texts(map, "ProcessOwner", |text, reading| {
        let is_runbook = text.starts_with("Runbooks-") || text.starts_with("{Runbooks:");
        Some(if is_runbook {
            ProcessOwner::Runbook(reading.draft.runbook(Mention::of_json(text)))
        } else {
            ProcessOwner::Deployment
        })
    });
    scope
}

/// Reads a library variable set, whose variables are another document.
pub(super) fn library_set(map: &Object, reading: &mut Reading) -> Option<Covers> {
    let name = name_of(map, "library variable set", reading);
    owner(reading.text(map, "SpaceId"), "", reading);
    if reading.text(map, "ContentType") == "ScriptModule" {
        let what = format!("\"{name}\" is a script module, which Pulpo does not know; left out.");
        reading.say(Severity::Warning, "import/script-module", what);
        return None;
    }
    let octopus_id = reading.text(map, "Id").to_owned();
    let mention = match octopus_id.as_str() {
        "" => Mention::Name(name.as_str()),
        id => Mention::Id(id),
    };
    let set = reading.draft.library_set(mention);
    let description = reading.text(map, "Description").to_owned();
    let templates = templates(map, reading);
    reading.draft.library_sets.change(&set, |row| {
        row.name = name;
        row.description = description;
        row.templates = templates;
        row.octopus_id = octopus_id;
        row.extra =
            extra(map, &["Id", "Name", "SpaceId", "Description", "ContentType", "Templates"]);
    });
    Some(Covers::LibrarySet(set))
}

/// Variable templates of a project or a library set.
pub(super) fn templates(map: &Object, reading: &mut Reading) -> Table<VariableTemplate> {
    let mut ids = Ids::default();
    let mut templates = Vec::new();
    reading.objects(map, "Templates", |map, reading| {
        let name = variable_name(reading.text(map, "Name"));
        let id = VariableTemplateId::parse(&ids.make(name.as_str(), "template"));
        let (control, options) = control(map, reading);
        let default_value = map.get("DefaultValue").and_then(Value::as_str).unwrap_or_default();
        templates.push(VariableTemplate {
            id: id.unwrap_or_else(|_| VariableTemplateId::blank()),
            name,
            label: reading.text(map, "Label").to_owned(),
            help: reading.text(map, "HelpText").to_owned(),
            default_value: default_value.to_owned(),
            control,
            options,
            extra: extra(map, &["Name", "Label", "HelpText", "DefaultValue", "DisplaySettings"]),
        });
    });
    templates.into_iter().collect()
}
