//! `pulpo resolve`.

use serde_json::{Value, json};

use super::scenario::{self, Choice};
use super::{Ended, Outcome, input, output, told};
use crate::deploy::{NamedValue, Origin, Scenario, Simulation, Spot};
use crate::scope;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  resolved
  1  resolved, but a value is ambiguous or not there, or holds what nothing resolves
  2  could not do it: bad arguments, a name that is not there, unreadable input

Examples:
  pulpo resolve design.pulpo.json -e Production
  pulpo resolve design.pulpo.json -e Production --variable Region --why")]
pub struct Arguments {
    /// The design file, or - for standard input.
    design: String,
    #[command(flatten)]
    choice: Choice,
    /// The step, or child step, that asks.
    #[arg(long, value_name = "NAME")]
    step: Option<String>,
    /// A tag of the current target; may be given several times.
    #[arg(long, value_name = "TAG")]
    target_tag: Vec<String>,
    /// The only variable to resolve.
    #[arg(long, value_name = "NAME")]
    variable: Option<String>,
    /// Tell of every value why it wins or does not.
    #[arg(long)]
    why: bool,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

/// Says what the variables of a design come to.
pub fn run(arguments: &Arguments) -> Outcome {
    let (design, _) = input::design(&arguments.design)?;
    let design = &design;
    let chosen = arguments.choice.scenario(design)?;
    let step = arguments.step.as_deref();
    let action = step.map(|name| scenario::action(design, &chosen, name)).transpose()?;
    let tags = arguments.target_tag.iter().map(|tag| scenario::tag(tag));
    let spot = Spot { action, target_tags: tags.collect::<Result<_, _>>()? };
    let simulation = Simulation::new(design);
    if let Some(name) = &arguments.variable {
        let names = simulation.resolver().names().iter();
        scenario::find("variable", name, names.map(|one| (one.name().as_str(), ())))?;
    }
    let values = simulation.values(&chosen, &spot, arguments.variable.as_deref());
    if arguments.json {
        let all: Vec<_> =
            values.iter().map(|one| to_json(one, &simulation, arguments.why)).collect();
        let object = head(design, &chosen, &all);
        output::print(format!("{object:#}\n").as_bytes())?;
    } else {
        output::print(to_text(&values, &simulation, arguments.why).as_bytes())?;
    }
    let is_asked = arguments.variable.is_some();
    let is_clean = values.iter().all(|one| is_clean(one, is_asked));
    Ok(if is_clean { Ended::Clean } else { Ended::Findings })
}

/// Whether there is nothing to say. That a name has no value here is worth a
/// word only to whoever asked for it.
fn is_clean(value: &NamedValue, is_asked: bool) -> bool {
    let resolution = value.explanation.resolution;
    let text = value.text.as_ref();
    let is_whole = text.is_none_or(|text| text.problem.is_none() && text.unresolved().is_empty());
    !resolution.is_ambiguous() && is_whole && !(is_asked && resolution.is_undefined())
}

fn head(design: &crate::model::Design, scenario: &Scenario, variables: &[Value]) -> Value {
    json!({
        "environment": scenario.environment(design).map(|one| one.name.as_str()),
        "channel": scenario.channel(design).map(|one| one.name.as_str()),
        "tenant": scenario.tenant(design).map(|one| one.name.as_str()),
        "variables": variables,
    })
}

fn outcome(value: &NamedValue) -> &'static str {
    match value.explanation.resolution.outcome() {
        scope::Outcome::Undefined => "undefined",
        scope::Outcome::Value(_) => "value",
        scope::Outcome::Ambiguous { .. } => "ambiguous",
    }
}

fn caveats(value: &NamedValue) -> Vec<&'static str> {
    value.explanation.resolution.caveats().iter().map(|one| one.sentence()).collect()
}

fn to_json(value: &NamedValue, simulation: &Simulation, why: bool) -> Value {
    let mut object = json!({
        "name": value.candidates.name().as_str(),
        "outcome": outcome(value),
        "type": value.kind,
        "sensitive": value.is_secret,
        "value": value.typed,
        "resolved": value.text.as_ref().map(told::rendered),
        "origin": value.origin.word(),
        "from": value.origin.sentence(),
        "rule": value.explanation.decision.sentence(),
        "caveats": caveats(value),
    });
    if why && let Some(members) = object.as_object_mut() {
        let all = value.told(simulation).into_iter().map(|one| {
            json!({
                "owner": one.at.owner,
                "scope": one.at.scope,
                "shows": one.shows,
                "wins": one.wins,
                "fared": one.fared,
            })
        });
        members.insert("candidates".to_owned(), all.collect());
    }
    object
}

fn to_text(values: &[NamedValue], simulation: &Simulation, why: bool) -> String {
    if !why {
        let rows: Vec<_> =
            values.iter().map(|one| (one.candidates.name().to_string(), line(one))).collect();
        return told::columns(&rows, 0);
    }
    let mut text = String::new();
    for value in values {
        text.push_str(&format!(
            "{}\n  {}\n",
            value.candidates.name(),
            told::set_in(&line(value), 2)
        ));
        text.push_str(&format!("  {}\n", value.explanation.decision.sentence()));
        for caveat in caveats(value) {
            text.push_str(&format!("  Not certain: {caveat}\n"));
        }
        for one in value.told(simulation) {
            let sign = if one.wins { '>' } else { '-' };
            let shows = told::set_in(&one.shows, 6);
            text.push_str(&format!("  {sign} {}, {}\n", one.at.owner, one.at.scope));
            text.push_str(&format!("      {shows}\n      {}\n", one.fared));
        }
        text.push('\n');
    }
    text
}

/// What a name comes to, and where from.
fn line(value: &NamedValue) -> String {
    let Some(text) = &value.text else { return "has no value here".to_owned() };
    let shown = match text.text() {
        shown if shown.is_empty() => "(empty)".to_owned(),
        shown => shown,
    };
    let mut line = match &value.origin {
        Origin::Tie(all) => format!("is one of {} values with equal right", all.len()),
        _ => shown,
    };
    for expression in text.unresolved() {
        line.push_str(&format!("\nnot resolved: {expression}"));
    }
    if let Some(problem) = &text.problem {
        line.push_str(&format!("\n{problem}"));
    }
    line
}
