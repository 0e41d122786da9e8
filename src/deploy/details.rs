//! What one action is given in a scenario: its settings, its script, the
//! secrets that it can read.

use super::ground::{Before, Ground};
use super::origin::{Origin, ValueAt};
use super::plan::Plan;
use super::reads;
use super::simulation::Simulation;
use super::text::{Nature, Rendered, Span, SpanKind};
use crate::catalog::{Refers, action_type, community_of, refers};
use crate::model::process::keys;
use crate::model::{Action, ActionId, Design, PropertyValue, Space, VariableContent};
use crate::scope::sub_variables;

/// All that an action is given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Its settings, but for the script.
    pub settings: Vec<PlannedSetting>,
    /// Its script, if it has one of its own.
    pub script: Option<PlannedScript>,
    /// The community template that has the script, where the design has not.
    pub script_of: Option<String>,
    /// The secrets that it can read.
    pub secrets: Vec<Readable>,
}

/// A setting as the run gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSetting {
    /// Octopus's key.
    pub key: String,
    /// What people call it.
    pub label: String,
    /// Its text.
    pub text: Rendered,
}

/// A script as the run gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedScript {
    /// Its language, as Octopus writes it.
    pub syntax: String,
    /// Its text.
    pub text: Rendered,
}

/// A secret that an action can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable {
    /// The name to read it by.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The account or certificate that holds it, if one does.
    pub held_by: Option<String>,
    /// Whether the action asks for it in a text or script that Pulpo can read.
    pub is_asked_for: bool,
}

impl Simulation {
    /// What the action `id` is given, played through as `plan` says.
    #[must_use]
    pub fn details(&self, plan: &Plan, id: &ActionId) -> Option<Details> {
        let at = self.place_of(&plan.scenario, id)?;
        let before: Before = plan.before(id);
        let mut ground = self.ground(&plan.scenario, at, &before);
        let (_, _, action) = at;
        let mut details = Details::default();
        for (key, value) in action.properties.iter() {
            if key.eq_ignore_ascii_case(keys::SCRIPT_BODY) {
                continue;
            }
            let text = setting(&mut ground, key, value);
            let label = label(&self.original, action, key);
            details.settings.push(PlannedSetting { key: key.to_owned(), label, text });
        }
        let body = action.properties.text(keys::SCRIPT_BODY);
        if !body.is_empty() {
            // Line ends become LF before anything else (reference: process, 9.1).
            let body = body.replace("\r\n", "\n");
            let text = ground.render(&body, Nature::Script);
            let syntax = match action.properties.text(keys::SCRIPT_SYNTAX) {
                "" => "PowerShell".to_owned(),
                syntax => syntax.to_owned(),
            };
            details.script = Some(PlannedScript { syntax, text });
        }
        let mut asked = asked_for(&details, action);
        if let Some(known) = community_of(&self.original, action) {
            details.script_of = details.script.is_none().then(|| known.name.to_owned());
            asked.extend(known.reads.iter().map(|name| name.to_lowercase()));
        }
        details.secrets = secrets(&ground, &asked);
        Some(details)
    }
}

fn label(design: &Design, action: &Action, key: &str) -> String {
    let info = action.octopus_type().and_then(action_type);
    if let Some(property) = info.and_then(|info| info.property(key)) {
        return property.label.to_owned();
    }
    let used = action.template.as_ref();
    let template = used.and_then(|used| design.space.step_templates.get(&used.template));
    let mut parameters = template.iter().flat_map(|template| &template.parameters);
    let asked = parameters.find(|one| one.name.as_str().eq_ignore_ascii_case(key));
    let label = asked.map(|one| one.label.as_str()).filter(|label| !label.is_empty());
    label.unwrap_or(key).to_owned()
}

/// A setting: what it refers to by its name, a text filled in.
fn setting(ground: &mut Ground<'_>, key: &str, value: &PropertyValue) -> Rendered {
    let spans = match value {
        PropertyValue::Sensitive { has_value } => vec![Span {
            text: if *has_value { super::origin::MASK.to_owned() } else { String::new() },
            kind: SpanKind::Secret,
            trace: None,
        }],
        PropertyValue::Other(value) => vec![Span::plain(value.to_string())],
        PropertyValue::Text(text) => match named(ground.design(), refers(key), text) {
            Some(name) => vec![Span::plain(name)],
            None => return ground.render(text, Nature::Setting),
        },
    };
    Rendered { spans, problem: None }
}

/// The name of what a setting refers to by an id of the design.
fn named(design: &Design, refers: Refers, id: &str) -> Option<String> {
    let space = &design.space;
    match refers {
        Refers::Teams => {
            let names: Vec<_> = id
                .split(',')
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map(|id| {
                    let team = space.teams.iter().find(|team| team.id.as_str() == id);
                    team.map_or_else(|| id.to_owned(), |team| team.name.to_string())
                })
                .collect();
            Some(names.join(", "))
        }
        Refers::Feed => {
            let feed = space.feeds.iter().find(|feed| feed.id.as_str() == id);
            feed.map(|feed| feed.name.to_string())
        }
        Refers::Account => {
            let account = space.accounts.iter().find(|account| account.id.as_str() == id);
            account.map(|account| account.name.to_string())
        }
        Refers::StepTemplate => {
            let mut templates = space.step_templates.iter();
            let template = templates.find(|template| template.id.as_str() == id);
            template.map(|template| template.name.to_string())
        }
        _ => None,
    }
}

/// The names, in lower case, that the texts of an action ask for.
fn asked_for(details: &Details, action: &Action) -> Vec<String> {
    let script = details.script.as_ref().map(|script| &script.text);
    let texts = details.settings.iter().map(|setting| &setting.text).chain(script);
    let mut names: Vec<String> = texts
        .flat_map(|text| &text.spans)
        .filter_map(|span| span.trace.as_ref())
        .flat_map(|trace| &trace.sources)
        .map(|source| source.name.to_lowercase())
        .collect();
    // Accounts are handed over by the names of their variables.
    for key in [keys::AWS_ACCOUNT, keys::AZURE_ACCOUNT, keys::GOOGLE_ACCOUNT] {
        let name = action.properties.text(key).trim_start_matches("#{").trim_end_matches('}');
        if !name.is_empty() {
            names.push(name.trim().to_lowercase());
        }
    }
    names.extend(
        reads::names(action.properties.text(keys::SCRIPT_BODY))
            .into_iter()
            .map(|name| name.to_lowercase()),
    );
    names
}

/// Every secret whose value applies in the action's context: Octopus hands all
/// of them to whatever runs there, asked for or not.
fn secrets(ground: &Ground<'_>, asked: &[String]) -> Vec<Readable> {
    let simulation = ground.simulation;
    let space = &simulation.original.space;
    let mut all = Vec::new();
    let is_asked = |name: &str| {
        let name = name.to_lowercase();
        let part = |one: &String| {
            one.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        asked.iter().any(part)
    };
    for candidates in simulation.secret() {
        if simulation.resolver.resolve_one(candidates, &ground.context).is_undefined() {
            continue;
        }
        let winners: Vec<_> = candidates.winners(&ground.context).collect();
        if !winners.iter().any(|one| holds_secrets(one.content(), space)) {
            continue;
        }
        let name = candidates.name().to_string();
        let mut places: Vec<_> =
            winners.iter().map(|one| ValueAt::of(&simulation.original, one)).collect();
        let origin = match (places.len(), places.pop()) {
            (1, Some(only)) => Origin::Value(only),
            (_, last) => Origin::Tie(places.into_iter().chain(last).collect()),
        };
        let held_by = winners.first().and_then(|one| holder(one.content(), space));
        let is_asked_for = is_asked(&name);
        all.push(Readable { name, origin, held_by, is_asked_for });
    }
    if let Some((_, _, action)) = ground.at {
        for (key, value) in action.properties.iter() {
            if matches!(value, PropertyValue::Sensitive { has_value: true }) {
                let (origin, held_by) = (Origin::Step, None);
                let name = key.to_owned();
                all.push(Readable { name, origin, held_by, is_asked_for: true });
            }
        }
    }
    all
}

/// Whether a content is a secret, or brings one along.
pub(super) fn holds_secrets(content: &VariableContent, space: &Space) -> bool {
    content.is_sensitive() || sub_variables(content, space).iter().any(|(sub, _)| sub.is_secret)
}

/// The account or certificate that a content names.
fn holder(content: &VariableContent, space: &Space) -> Option<String> {
    if let VariableContent::Certificate(content) = content {
        let id = content.certificate.as_ref()?.known()?;
        return space.certificates.get(id).map(|one| one.name.to_string());
    }
    let id = content.account()?.account.as_ref()?.known()?;
    space.accounts.get(id).map(|one| one.name.to_string())
}
