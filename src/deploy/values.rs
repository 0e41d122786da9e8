//! What the names of a design come to in a scenario, and why.

use std::sync::Arc;

use super::ground::{Before, Ground};
use super::origin::{Origin, ValueAt};
use super::reads;
use super::scenario::Scenario;
use super::simulation::Simulation;
use super::text::{Nature, Rendered, Span};
use crate::model::{ActionId, TargetTag, VariableContent};
use crate::scope::{Candidates, Explanation, Outcome, Verdict, folded};

/// Where names are looked up, more closely than a scenario says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// At an action.
    pub action: Option<ActionId>,
    /// On a target that has these tags, besides those of the scenario's target.
    pub target_tags: Vec<TargetTag>,
}

/// What a name comes to.
#[derive(Debug, Clone)]
pub struct NamedValue {
    /// Its values in the design; what the explanation's indexes lead to.
    pub candidates: Arc<Candidates>,
    /// Who won and why.
    pub explanation: Explanation,
    /// Octopus's word for its type; empty where it is not known.
    pub kind: &'static str,
    /// Whether it is a secret.
    pub is_secret: bool,
    /// The text as it is typed; only texts have one.
    pub typed: Option<String>,
    /// What a run gets; nothing where no value applies.
    pub text: Option<Rendered>,
    /// Where it comes from.
    pub origin: Origin,
}

/// One value of a name, told for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Where it stands.
    pub at: ValueAt,
    /// What it is, in short.
    pub shows: String,
    /// How it fared, as a sentence.
    pub fared: String,
    /// Whether it wins, alone or with others.
    pub wins: bool,
}

impl Simulation {
    /// Every name, or the one called `only`, in the order of the design.
    #[must_use]
    pub fn values(&self, scenario: &Scenario, spot: &Spot, only: Option<&str>) -> Vec<NamedValue> {
        let plan = spot.action.as_ref().map(|_| self.plan(scenario));
        let before = match (&plan, &spot.action) {
            (Some(plan), Some(id)) => plan.before(id),
            _ => Before::new(),
        };
        let mut ground = self.spot(scenario, spot, &before);
        if !spot.target_tags.is_empty() {
            let tags = spot.target_tags.iter().cloned();
            ground.context.target_tags.extend(tags);
        }
        let only = only.map(folded);
        let names = self.resolver.names().iter();
        let wanted = names
            .filter(|one| only.as_ref().is_none_or(|only| folded(one.name().as_str()) == *only));
        wanted.map(|candidates| self.named(&mut ground, candidates)).collect()
    }

    fn spot<'s>(&'s self, scenario: &'s Scenario, spot: &Spot, before: &'s Before) -> Ground<'s> {
        let at = spot.action.as_ref().and_then(|id| self.place_of(scenario, id));
        match at {
            Some(at) => self.ground(scenario, at, before),
            None => Ground::new(self, scenario, None, before),
        }
    }

    fn named(&self, ground: &mut Ground<'_>, candidates: &Arc<Candidates>) -> NamedValue {
        let explanation = candidates.explain(&ground.context);
        let winners: Vec<_> =
            explanation.winners().filter_map(|index| candidates.get(index)).collect();
        let first = winners.first().map(|entry| entry.content());
        let places: Vec<_> = winners.iter().map(|one| ValueAt::of(&self.original, one)).collect();
        let origin = match places.as_slice() {
            [] => Origin::Nowhere,
            [only] => Origin::Value(only.clone()),
            _ => Origin::Tie(places),
        };
        let is_single = matches!(explanation.resolution.outcome(), Outcome::Value(_));
        let typed = match first {
            Some(VariableContent::Text(content)) if is_single => Some(content.text.clone()),
            _ => None,
        };
        let text = first.map(|_| match &typed {
            Some(typed) => ground.render(typed, Nature::Setting),
            None => {
                let name = candidates.name().as_str();
                ground.need_name(name);
                let (kind, text, _) = reads::look_up(ground, name, false);
                Rendered { spans: vec![Span { text, kind, trace: None }], problem: None }
            }
        });
        NamedValue {
            candidates: Arc::clone(candidates),
            kind: first.map_or("", |content| content.word()),
            is_secret: winners.iter().any(|one| one.content().is_sensitive()),
            explanation,
            typed,
            text,
            origin,
        }
    }
}

impl NamedValue {
    /// Its values, told for people, in the order of the candidates.
    #[must_use]
    pub fn told(&self, simulation: &Simulation) -> Vec<Told> {
        let tell = |one: &crate::scope::Explained| {
            let entry = self.candidates.get(one.index)?;
            let at = ValueAt::of(&simulation.original, entry);
            let shows = shows(simulation, entry.content());
            let wins =
                matches!(one.standing, crate::scope::Standing::Wins | crate::scope::Standing::Ties);
            Some(Told { at, shows, fared: fared(one), wins })
        };
        self.explanation.candidates.iter().filter_map(tell).collect()
    }
}

/// How a value fared, as a sentence.
fn fared(one: &crate::scope::Explained) -> String {
    use crate::scope::Standing;
    let levels = || {
        let levels: Vec<_> = one.rank.iter().flat_map(|rank| rank.levels()).collect();
        let words: Vec<_> = levels.iter().map(|level| level.label()).collect();
        if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
    };
    match one.standing {
        Standing::Wins => format!("Wins. It is specific to: {}.", levels()),
        Standing::Ties => format!("Ties. It is specific to: {}.", levels()),
        Standing::Beaten(level) => format!("Applies, but loses by the {}.", level.label()),
        Standing::Replaced => "The tenant has a value of its own.".to_owned(),
        Standing::NoMatch => {
            let why: Vec<_> = one
                .mismatches()
                .map(|(dimension, verdict)| match verdict {
                    Verdict::Absent => format!("there is no {} here", dimension.label()),
                    _ => format!("the {} is another", dimension.label()),
                })
                .collect();
            format!("Does not apply: {}.", why.join(", "))
        }
    }
}

/// What a content is, in short and without any secret.
fn shows(simulation: &Simulation, content: &VariableContent) -> String {
    let space = &simulation.original.space;
    let named = |id: Option<String>, typed: Option<&str>| match (id, typed) {
        (Some(name), _) => name,
        (None, Some(typed)) => typed.to_owned(),
        (None, None) => "nothing chosen".to_owned(),
    };
    match content {
        VariableContent::Text(content) => content.text.clone(),
        VariableContent::Sensitive(content) if content.is_set => super::origin::MASK.to_owned(),
        VariableContent::Sensitive(_) => "a secret that is not set yet".to_owned(),
        VariableContent::Certificate(content) => {
            let (id, typed) = super::ground::parts(content.certificate.as_ref());
            let found = id.and_then(|id| space.certificates.get(id));
            named(found.map(|one| one.name.to_string()), typed)
        }
        VariableContent::WorkerPool(content) => {
            let (id, typed) = super::ground::parts(content.pool.as_ref());
            let found = id.and_then(|id| space.worker_pools.get(id));
            named(found.map(|one| one.name.to_string()), typed)
        }
        VariableContent::AwsAccount(content)
        | VariableContent::AzureAccount(content)
        | VariableContent::GoogleAccount(content)
        | VariableContent::UsernamePassword(content)
        | VariableContent::GenericOidc(content) => {
            let (id, typed) = super::ground::parts(content.account.as_ref());
            let found = id.and_then(|id| space.accounts.get(id));
            named(found.map(|one| one.name.to_string()), typed)
        }
    }
}
