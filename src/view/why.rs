//! Why a name has the value it has: every candidate in words, what decided,
//! what would change the result, and what other environments get.
//!
//! The rules and their sentences are those of [`crate::scope`]; this names the
//! things of the design in them.

use crate::model::variable::VariableValue;
use crate::model::{Design, EnvironmentId, VariableContent};
use crate::scope::{
    Candidates, Caveats, Context, Decision, Dimension, Entry, Explained, Explanation, Level,
    Origin, Outcome, Rank, Resolver, Standing, Verdict, engine,
};
use crate::view::variables::{Chip, DIMENSIONS, chips, choice_of, choices, key};

/// What is to be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The name.
    pub name: String,
    /// Where and for whom.
    pub context: Context,
}

/// One value of the name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyValue {
    /// What it holds, to read.
    pub text: String,
    /// Where it comes from.
    pub source: String,
    /// What limits it.
    pub chips: Vec<Chip>,
    /// `wins`, `ties`, `loses` or `out`.
    pub standing: &'static str,
    /// How it fared, as a sentence.
    pub words: String,
    /// What it is specific to, the most specific first; empty where it does not apply.
    pub rank: String,
    /// Its id on the Variables page; none for what has no row there.
    pub link: Option<String>,
}

/// What environments with the same result get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The result, to read.
    pub text: String,
    /// The environments: name and colour.
    pub environments: Vec<(String, u32)>,
    /// Whether the environment that was asked about is one of them.
    pub is_here: bool,
}

/// The explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The name, as the design writes it.
    pub name: String,
    /// The situation in words.
    pub place: String,
    /// The result, to read.
    pub value: String,
    /// `wins`, `ties` or `out`, for the result.
    pub outcome: &'static str,
    /// What decided, as a sentence.
    pub decision: String,
    /// What is not certain, as sentences.
    pub caveats: Vec<&'static str>,
    /// Every value, those that apply first.
    pub values: Vec<WhyValue>,
    /// What would change the result, as sentences.
    pub what_if: Vec<String>,
    /// What all environments get.
    pub elsewhere: Vec<Elsewhere>,
}

/// The answer to `question`.
#[must_use]
pub fn why(design: &Design, resolver: &Resolver, question: &Question) -> Why {
    let Question { name, context } = question;
    let place = place(design, context);
    let Some(candidates) = resolver.candidates(name) else {
        return Why {
            name: name.clone(),
            place,
            value: "no value".to_owned(),
            outcome: "out",
            decision: Decision::NoValue.sentence(),
            caveats: Vec::new(),
            values: Vec::new(),
            what_if: Vec::new(),
            elsewhere: Vec::new(),
        };
    };
    let told = candidates.explain(context);
    let asker = Asker { design, candidates, context, told: &told };
    let mut values: Vec<(u8, WhyValue)> = told
        .candidates
        .iter()
        .filter_map(|one| Some((order(one.standing), asker.value(one)?)))
        .collect();
    values.sort_by_key(|(order, _)| *order);
    let caveats = told.candidates.iter().fold(Caveats::NONE, |all, one| all.and(one.caveats));
    Why {
        name: candidates.name().to_string(),
        place,
        value: asker.outcome_text(told.resolution.outcome()),
        outcome: match told.resolution.outcome() {
            Outcome::Undefined => "out",
            Outcome::Value(_) => "wins",
            Outcome::Ambiguous { .. } => "ties",
        },
        decision: told.decision.sentence(),
        caveats: caveats.iter().map(|caveat| caveat.sentence()).collect(),
        values: values.into_iter().map(|(_, value)| value).collect(),
        what_if: asker.what_if(),
        elsewhere: elsewhere(design, resolver, candidates, context),
    }
}

/// What a value holds, to read; never a secret.
#[must_use]
pub fn text_of(design: &Design, content: &VariableContent) -> String {
    match content {
        VariableContent::Text(own) if own.text.is_empty() => "(empty)".to_owned(),
        VariableContent::Text(own) => own.text.clone(),
        VariableContent::Sensitive(own) if own.is_set => "••• set".to_owned(),
        VariableContent::Sensitive(_) => "secret, not set".to_owned(),
        other => {
            let chosen = choice_of(other);
            let all = choices(design, other).unwrap_or_default();
            all.into_iter().find(|(id, _)| *id == chosen).map_or(chosen, |(_, label)| label)
        }
    }
}

fn place(design: &Design, context: &Context) -> String {
    let environment = context.environment.as_ref().map_or("no environment", |id| {
        design.space.environments.get(id).map_or(id.as_str(), |one| one.name.as_str())
    });
    let mut lacks = Vec::new();
    for (is_lacking, word) in [
        (context.channel.is_none(), "channel"),
        (context.action.is_none(), "step"),
        (context.target.is_none(), "target"),
        (context.tenant.is_none(), "tenant"),
    ] {
        if is_lacking {
            lacks.push(word);
        }
    }
    let lacks = match lacks.as_slice() {
        [] => String::new(),
        [one] => format!(", without {one}"),
        [most @ .., last] => format!(", without {} and {last}", most.join(", ")),
    };
    format!("A deployment to {environment}{lacks}.")
}

fn order(standing: Standing) -> u8 {
    match standing {
        Standing::Wins | Standing::Ties => 0,
        Standing::Beaten(_) => 1,
        Standing::Replaced => 2,
        Standing::NoMatch => 3,
    }
}

struct Asker<'a> {
    design: &'a Design,
    candidates: &'a Candidates,
    context: &'a Context,
    told: &'a Explanation,
}

impl Asker<'_> {
    fn value(&self, one: &Explained) -> Option<WhyValue> {
        let entry = self.candidates.get(one.index)?;
        let standing = match one.standing {
            Standing::Wins => "wins",
            Standing::Ties => "ties",
            Standing::Beaten(_) => "loses",
            Standing::Replaced | Standing::NoMatch => "out",
        };
        let rank = one.rank.map(|rank| {
            let labels: Vec<&str> = rank.levels().map(Level::label).collect();
            if labels.is_empty() { "no scope".to_owned() } else { labels.join(", ") }
        });
        Some(WhyValue {
            text: text_of(self.design, entry.content()),
            source: source(self.design, entry),
            chips: chips(self.design, entry.scope()),
            standing,
            words: self.words(one),
            rank: rank.unwrap_or_default(),
            link: match &entry.origin {
                Origin::Variable(variable) => {
                    Some(key(variable.id.as_str(), entry.value.id.as_str()))
                }
                Origin::Tenant { .. } | Origin::Default(_) => None,
            },
        })
    }

    fn words(&self, one: &Explained) -> String {
        match one.standing {
            Standing::Wins => self.told.decision.sentence(),
            Standing::Ties => "It ties: another value is just as specific.".to_owned(),
            Standing::Beaten(Level::Project) => {
                "It applies, but the project’s own value goes before library sets.".to_owned()
            }
            Standing::Beaten(level) => {
                format!("It applies, but the winner is more specific by its {}.", level.label())
            }
            Standing::Replaced => "The tenant’s own value takes its place.".to_owned(),
            Standing::NoMatch => {
                let reasons: Vec<String> = one.mismatches().map(reason).collect();
                format!("It does not apply: {}.", reasons.join(", and "))
            }
        }
    }

    fn outcome_text(&self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Undefined => "no value".to_owned(),
            Outcome::Ambiguous { count, .. } => format!("{count} values tie"),
            Outcome::Value(at) => self.quoted(at, false),
        }
    }

    fn quoted(&self, at: usize, has_source: bool) -> String {
        let Some(entry) = self.candidates.get(at) else { return String::new() };
        let text = text_of(self.design, entry.content());
        if !has_source {
            return text;
        }
        let all: Vec<String> =
            chips(self.design, entry.scope()).into_iter().map(|chip| chip.label).collect();
        let scope = match all.len() {
            0 => "everywhere".to_owned(),
            1..=3 => all.join(", "),
            count => format!("{count} limits"),
        };
        format!("“{text}” ({scope}; {})", source(self.design, entry))
    }

    /// The ranks where some values are changed or gone.
    fn ranks(&self, change: &dyn Fn(usize, &mut VariableValue) -> bool) -> Vec<Option<Rank>> {
        let values: Vec<(bool, VariableValue)> = self
            .candidates
            .entries()
            .iter()
            .enumerate()
            .map(|(at, entry)| {
                let mut value = (*entry.value).clone();
                (change(at, &mut value), value)
            })
            .collect();
        let sources = self.candidates.entries().iter().map(Entry::source);
        let plain: Vec<_> = values
            .iter()
            .zip(sources)
            .map(|((_, value), source)| engine::Candidate { scope: &value.scope, source })
            .collect();
        let ranks = engine::ranks(&plain, self.context);
        ranks.into_iter().zip(&values).map(|(rank, (stays, _))| rank.filter(|_| *stays)).collect()
    }

    fn what_if(&self) -> Vec<String> {
        let mut all = Vec::new();
        let winners: Vec<usize> = self.told.winners().collect();
        let here = self.context.environment.as_ref();
        let name = here.map_or_else(String::new, |id| {
            let own = self.design.space.environments.get(id);
            own.map_or_else(|| id.to_string(), |one| one.name.to_string())
        });
        if winners.len() > 1 {
            all.push(format!(
                "How many environments a scope lists does not count. To end the tie, all but one of them must not apply here: take {name} out of their scopes, or delete them."
            ));
        }
        if let [winner] = winners.as_slice() {
            let left = self.ranks(&|at, _| at != *winner);
            all.push(format!("Without the value that wins, {}.", self.best(&left)));
        }
        if let Some(here) = here {
            for one in &self.told.candidates {
                if let Some(sentence) = self.if_scoped(one, here, &name) {
                    all.push(sentence);
                }
            }
        }
        for one in &self.told.candidates {
            if let Some(sentence) = self.if_there_were(one) {
                all.push(sentence);
            }
        }
        all
    }

    /// Who would win by these ranks.
    fn best(&self, ranks: &[Option<Rank>]) -> String {
        let best = ranks.iter().flatten().max();
        let all: Vec<usize> = ranks
            .iter()
            .enumerate()
            .filter(|(_, rank)| best.is_some() && rank.as_ref() == best)
            .map(|(at, _)| at)
            .collect();
        match all.as_slice() {
            [] => "no value would apply here".to_owned(),
            [one] => format!("{} would win", self.quoted(*one, true)),
            many => format!("{} values would tie", many.len()),
        }
    }

    /// What scoping a losing value to this environment as well would do.
    fn if_scoped(&self, one: &Explained, here: &EnvironmentId, name: &str) -> Option<String> {
        let entry = self.candidates.get(one.index)?;
        let is_variable = matches!(entry.origin, Origin::Variable(_));
        let is_winner = matches!(one.standing, Standing::Wins | Standing::Ties);
        if is_winner || !is_variable || entry.scope().environments.contains(here) {
            return None;
        }
        let ranks = self.ranks(&|at, value| {
            if at == one.index {
                value.scope.environments.push(here.clone());
            }
            true
        });
        let own = ranks.get(one.index).copied().flatten()?;
        let best = ranks.iter().flatten().max().copied()?;
        if own != best {
            return None;
        }
        let count = ranks.iter().flatten().filter(|rank| **rank == best).count();
        let verb = if count > 1 { "tie" } else { "win" };
        Some(format!("Scoped to {name} too, {} would {verb} here.", self.quoted(one.index, true)))
    }

    /// What a value would do where the situation had what it asks for.
    fn if_there_were(&self, one: &Explained) -> Option<String> {
        let entry = self.candidates.get(one.index)?;
        let lacking: Vec<Dimension> = one.mismatches().map(|(dimension, _)| dimension).collect();
        let is_only_lacking = one.mismatches().all(|(_, verdict)| verdict == Verdict::Absent);
        let is_variable = matches!(entry.origin, Origin::Variable(_));
        if lacking.is_empty() || !is_only_lacking || !is_variable {
            return None;
        }
        let mut context = self.context.clone();
        let scope = entry.scope();
        for dimension in &lacking {
            match dimension {
                Dimension::Action => context.action = scope.actions.first().cloned(),
                Dimension::Target => context.target = scope.targets.first().cloned(),
                Dimension::TargetTag => {
                    context.target_tags.clone_from(&scope.target_tags);
                    context.step_tags.clone_from(&scope.target_tags);
                }
                Dimension::TenantTag => context.tenant_tags.clone_from(&scope.tenant_tags),
                Dimension::Channel => context.channel = scope.channels.first().cloned(),
                Dimension::Process | Dimension::Environment | Dimension::Tenant => return None,
            }
        }
        let ranks = engine::ranks(&self.candidates.plain(), &context);
        let own = ranks.get(one.index).copied().flatten()?;
        if ranks.iter().flatten().max() != Some(&own) {
            return None;
        }
        let limits: Vec<String> = chips(self.design, scope)
            .into_iter()
            .filter(|chip| chip.dimension != 0)
            .map(|chip| {
                let group = DIMENSIONS.get(chip.dimension).map_or("", |(word, _)| *word);
                format!("{} {}", group.replace('-', " "), chip.label)
            })
            .collect();
        let ties = ranks.iter().flatten().filter(|rank| **rank == own).count() > 1;
        let verb = if ties { "ties" } else { "wins" };
        Some(format!("For {}, {} {verb}.", limits.join(" or "), self.quoted(one.index, false)))
    }
}

fn reason((dimension, verdict): (Dimension, Verdict)) -> String {
    match verdict {
        Verdict::Absent => format!("it asks for a {}, and there is none here", dimension.label()),
        _ => format!("it is for another {}", dimension.label()),
    }
}

fn source(design: &Design, entry: &Entry) -> String {
    let set = || {
        let name = entry.set.as_ref().and_then(|id| design.space.library_sets.get(id));
        name.map_or_else(|| "the project".to_owned(), |set| format!("library set {}", set.name))
    };
    match &entry.origin {
        Origin::Variable(_) => set(),
        Origin::Tenant { tenant, .. } => format!("tenant {}", tenant.name),
        Origin::Default(_) => format!("default for tenants, {}", set()),
    }
}

/// What each environment gets, equal results together.
fn elsewhere(
    design: &Design,
    resolver: &Resolver,
    candidates: &Candidates,
    context: &Context,
) -> Vec<Elsewhere> {
    let mut row = Vec::new();
    resolver.resolve_row_into(candidates, context, &mut row);
    let mut all: Vec<(Outcome, Elsewhere)> = Vec::new();
    for (place, (result, environment)) in row.iter().zip(&design.space.environments).enumerate() {
        let outcome = result.outcome();
        let is_here = context.environment.as_ref() == Some(&environment.id);
        let named = (environment.name.to_string(), environment.colour(place));
        match all.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, known)) => {
                known.environments.push(named);
                known.is_here |= is_here;
            }
            None => {
                let text = match outcome {
                    Outcome::Undefined => "no value".to_owned(),
                    Outcome::Ambiguous { count, .. } => format!("{count} values tie"),
                    Outcome::Value(at) => candidates
                        .get(at)
                        .map_or_else(String::new, |entry| text_of(design, entry.content())),
                };
                all.push((outcome, Elsewhere { text, environments: vec![named], is_here }));
            }
        }
    }
    all.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ActionId, ChannelId, Environment, EnvironmentName, LibrarySet, LibrarySetId, Name, Scope,
        ValueId, Variable, VariableId, VariableName,
    };

    fn env(id: &str) -> EnvironmentId {
        EnvironmentId::parse(id).expect("an id")
    }

    fn variable(values: Vec<(&str, Scope)>) -> Variable {
        let name = VariableName::parse("Region").expect("a name");
        let mut made = Variable::new(VariableId::parse("region").expect("an id"), name);
        for (at, (text, scope)) in values.into_iter().enumerate() {
            let id = ValueId::parse(&format!("v{at}")).expect("an id");
            made.values.push(VariableValue::new(id, VariableContent::text(text), scope));
        }
        made
    }

    fn answer(own: Vec<(&str, Scope)>, library: Vec<(&str, Scope)>) -> Why {
        let mut design = Design::default();
        for id in ["dev", "prod"] {
            let name = EnvironmentName::parse(id).expect("a name");
            design.space.environments.push(Environment::new(env(id), name));
        }
        if !own.is_empty() {
            design.project.variables.push(variable(own));
        }
        if !library.is_empty() {
            let id = LibrarySetId::parse("lib").expect("an id");
            let mut set = LibrarySet::new(id.clone(), Name::parse("Lib").expect("a name"));
            set.variables.push(variable(library));
            design.space.library_sets.push(set);
            design.project.included_sets.push(id);
        }
        let context = Context::deployment().in_environment(env("prod"));
        let question = Question { name: "region".to_owned(), context };
        why(&design, &Resolver::new(&design), &question)
    }

    fn prod() -> Scope {
        Scope::environment(env("prod"))
    }

    #[test]
    fn the_winner_comes_first_and_the_rest_say_why_not() {
        let told = answer(
            vec![("all", Scope::default()), ("dev", Scope::environment(env("dev"))), ("p", prod())],
            vec![],
        );
        assert_eq!((told.value.as_str(), told.outcome), ("p", "wins"));
        assert!(told.decision.contains("by its environment"), "{}", told.decision);
        let standings: Vec<_> = told.values.iter().map(|one| one.standing).collect();
        assert_eq!(standings, ["wins", "loses", "out"]);
        assert_eq!(told.values[2].words, "It does not apply: it is for another environment.");
        assert_eq!(told.values[0].link.as_deref(), Some("region/v2"));
        assert_eq!(
            told.what_if[0],
            "Without the value that wins, “all” (everywhere; the project) would win."
        );
        assert!(told.what_if[1].starts_with("Scoped to prod too, “all”"), "{:?}", told.what_if);
        let texts: Vec<_> =
            told.elsewhere.iter().map(|one| (one.text.as_str(), one.is_here)).collect();
        assert_eq!(texts, [("dev", false), ("p", true)]);
    }

    #[test]
    fn a_tie_names_all_winners_and_how_to_end_it() {
        let told = answer(vec![("a", prod()), ("b", prod())], vec![]);
        assert_eq!((told.value.as_str(), told.outcome), ("2 values tie", "ties"));
        assert!(told.values.iter().all(|one| one.standing == "ties"));
        assert!(told.what_if[0].contains("take prod out"), "{:?}", told.what_if);
    }

    #[test]
    fn the_project_goes_before_library_sets_and_an_absent_name_says_so() {
        let told = answer(vec![("own", prod())], vec![("lib", prod())]);
        assert!(told.decision.contains("project goes before"), "{}", told.decision);
        assert_eq!(told.values[1].source, "library set Lib");
        let told = answer(vec![], vec![]);
        assert_eq!(told.decision, "Nothing defines this name.");
    }

    #[test]
    fn what_asks_for_more_says_for_what_it_would_win() {
        let mut step = prod();
        step.actions = vec![ActionId::parse("up").expect("an id")];
        let mut both = step.clone();
        both.channels = vec![ChannelId::parse("hotfix").expect("an id")];
        let told = answer(vec![("all", Scope::default()), ("s", step), ("b", both)], vec![]);
        assert_eq!(told.value, "all");
        let wins: Vec<_> = told.what_if.iter().filter(|one| one.starts_with("For ")).collect();
        assert_eq!(wins.len(), 2, "{:?}", told.what_if);
        assert!(told.values[1].words.contains("asks for a step"), "{}", told.values[1].words);
    }
}
