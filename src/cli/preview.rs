//! `pulpo preview`.

use serde_json::{Value, json};

use super::scenario::{self, Choice};
use super::{Ended, Outcome, input, output, told};
use crate::deploy::{
    Details, Fate, Plan, PlannedAction, PlannedPackage, PlannedStep, RELEASE, Readable, Reason,
    RunsOn, Simulation,
};
use crate::model::Design;

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Samples stand where the server gives out ids and paths; secrets are masked; what
only a run knows stands in ‹›. The preview follows a run in which nothing fails.

Exit codes:
  0  done
  1  done, but Octopus would not offer this, or something is not resolved
  2  could not do it: bad arguments, a name that is not there, unreadable input

Examples:
  pulpo preview design.pulpo.json -e Production
  pulpo preview design.pulpo.json -e Production --step 'Pulumi up'
  pulpo preview design.pulpo.json -e Production --release 2.1.0 --json")]
pub struct Arguments {
    /// The design file, or - for standard input.
    design: String,
    #[command(flatten)]
    choice: Choice,
    /// The release's number.
    #[arg(long, value_name = "NUMBER", default_value = RELEASE)]
    release: String,
    /// The step, or child step, to show whole.
    #[arg(long, value_name = "NAME")]
    step: Option<String>,
    /// Write JSON, with every step whole.
    #[arg(long)]
    json: bool,
}

/// Plays a deployment through.
pub fn run(arguments: &Arguments) -> Outcome {
    let (design, _) = input::design(&arguments.design)?;
    let design = &design;
    let mut chosen = arguments.choice.scenario(design)?;
    chosen.release.clone_from(&arguments.release);
    let step = arguments.step.as_deref();
    let only = step.map(|name| scenario::action(design, &chosen, name)).transpose()?;
    let simulation = Simulation::new(design);
    let plan = simulation.plan(&chosen);
    let whole = |action: &PlannedAction| simulation.details(&plan, &action.id).unwrap_or_default();

    let wanted = |action: &PlannedAction| only.as_ref().is_none_or(|id| action.id == *id);
    let shown: Vec<_> = plan
        .actions()
        .filter(|(_, action)| wanted(action))
        .map(|(_, action)| (action, whole(action)))
        .collect();
    let open: Vec<_> = shown.iter().flat_map(|(action, details)| open(action, details)).collect();
    let has_findings = !plan.obstacles.is_empty() || !open.is_empty();
    if arguments.json {
        let object = to_json(design, &plan, &shown);
        output::print(format!("{object:#}\n").as_bytes())?;
    } else {
        let mut text = to_text(design, &plan);
        if let (Some(_), [(action, details)]) = (&only, shown.as_slice()) {
            text.push_str(&details_text(action, details));
        }
        if !open.is_empty() {
            text.push_str("\nNot resolved\n");
            text.push_str(&told::columns(&open, 2));
        }
        output::print(text.as_bytes())?;
    }
    Ok(if has_findings { Ended::Findings } else { Ended::Clean })
}

/// What of an action that runs is not resolved, each with the action's name.
fn open(action: &PlannedAction, details: &Details) -> Vec<(String, String)> {
    if matches!(action.fate, Fate::Skipped(_)) {
        return Vec::new();
    }
    let script = details.script.as_ref().map(|script| &script.text);
    let texts = details.settings.iter().map(|setting| &setting.text).chain(script);
    let mut all = Vec::new();
    for text in texts {
        let expressions = text.unresolved().into_iter().map(str::to_owned);
        for what in expressions.chain(text.problem.clone()) {
            all.push((format!("{} {}", action.number, action.name), what));
        }
    }
    all
}

fn to_json(design: &Design, plan: &Plan, shown: &[(&PlannedAction, Details)]) -> Value {
    let scenario = &plan.scenario;
    let runbook = match &scenario.process {
        crate::model::ProcessOwner::Runbook(id) => design.project.runbooks.get(id),
        crate::model::ProcessOwner::Deployment => None,
    };
    let step = |step: &PlannedStep| {
        let own = |action: &&PlannedAction| step.actions.iter().any(|one| one.id == action.id);
        let actions = shown.iter().filter(|(action, _)| own(action));
        json!({
            "number": step.number,
            "name": step.name,
            "window": step.window,
            "actions": actions.map(|(one, details)| action_json(one, details)).collect::<Vec<_>>(),
        })
    };
    let group = |group: &crate::deploy::Group| -> Value { group.steps.iter().map(step).collect() };
    json!({
        "environment": scenario.environment(design).map(|one| one.name.as_str()),
        "channel": scenario.channel(design).map(|one| one.name.as_str()),
        "tenant": scenario.tenant(design).map(|one| one.name.as_str()),
        "release": (!scenario.is_runbook()).then_some(&scenario.release),
        "runbook": runbook.map(|one| one.name.as_str()),
        "obstacles": plan.obstacles,
        "groups": plan.groups.iter().map(group).collect::<Vec<_>>(),
    })
}

fn action_json(action: &PlannedAction, details: &Details) -> Value {
    let settings = details.settings.iter().map(|setting| {
        json!({
            "key": setting.key,
            "label": setting.label,
            "value": told::rendered(&setting.text),
        })
    });
    let script = details
        .script
        .as_ref()
        .map(|script| json!({ "syntax": script.syntax, "body": told::rendered(&script.text) }));
    json!({
        "number": action.number,
        "name": action.name,
        "kind": action.kind_name,
        "fate": action.fate.word(),
        "reasons": action.fate.reasons().iter().map(reason_json).collect::<Vec<_>>(),
        "gate": action.gate.as_ref().map(|gate| json!({ "teams": gate.teams })),
        "runsOn": place_json(&action.runs_on),
        "required": action.is_required,
        "packages": action.packages.iter().map(package_json).collect::<Vec<_>>(),
        "settings": settings.collect::<Vec<_>>(),
        "script": script,
        "secrets": details.secrets.iter().map(secret_json).collect::<Vec<_>>(),
    })
}

fn reason_json(reason: &Reason) -> Value {
    json!({
        "on": reason.on,
        "what": reason.what,
        "condition": reason.condition.as_ref().map(told::rendered),
    })
}

fn place_json(place: &RunsOn) -> Value {
    json!({
        "pool": place.pool,
        "poolKnown": place.is_pool_known,
        "targetTags": place.tags,
        "targets": place.targets,
        "shownFor": place.shown,
        "container": place.container.as_ref().map(told::rendered),
    })
}

fn package_json(package: &PlannedPackage) -> Value {
    json!({
        "reference": package.reference,
        "id": package.id,
        "feed": package.feed,
        "version": package.version,
    })
}

fn secret_json(secret: &Readable) -> Value {
    json!({
        "name": secret.name,
        "heldBy": secret.held_by,
        "origin": secret.origin.word(),
        "from": secret.origin.sentence(),
        "askedFor": secret.is_asked_for,
    })
}

fn to_text(design: &Design, plan: &Plan) -> String {
    let scenario = &plan.scenario;
    let name = scenario.environment(design).map_or("", |one| one.name.as_str());
    let mut text = match &scenario.process {
        crate::model::ProcessOwner::Deployment => format!("Deploy {} to {name}", scenario.release),
        crate::model::ProcessOwner::Runbook(id) => {
            let runbook = design.project.runbooks.get(id);
            format!("Run {} in {name}", runbook.map_or("", |one| one.name.as_str()))
        }
    };
    if let Some(channel) = scenario.channel(design) {
        text.push_str(&format!(", channel {}", channel.name));
    }
    if let Some(tenant) = scenario.tenant(design) {
        text.push_str(&format!(", for {}", tenant.name));
    }
    text.push_str("\n\n");
    for obstacle in &plan.obstacles {
        text.push_str(&format!("Octopus would not offer this: {obstacle}\n\n"));
    }
    let mut rows = Vec::new();
    for group in &plan.groups {
        for (place, step) in group.steps.iter().enumerate() {
            let sign = match (group.steps.len(), place) {
                (1, _) => "",
                (_, 0) => "┌ ",
                (count, place) if place + 1 == count => "└ ",
                _ => "│ ",
            };
            let is_parent = step.actions.len() > 1;
            if is_parent {
                let title = format!("{sign}{} {}", step.number, step.name);
                let window = match step.window.as_str() {
                    "" => "child steps, one after another on each target".to_owned(),
                    window => format!("child steps, on {window} targets at a time"),
                };
                rows.push((title, window));
            }
            for action in &step.actions {
                let indent = if is_parent { "  " } else { "" };
                rows.push((
                    format!("{sign}{indent}{} {}", action.number, action.name),
                    line(action),
                ));
            }
        }
    }
    if rows.is_empty() {
        text.push_str("There are no steps.\n");
    }
    text.push_str(&told::columns(&rows, 0));
    text
}

/// What becomes of an action, in a line or some.
fn line(action: &PlannedAction) -> String {
    let mut line = match (&action.fate, &action.gate) {
        (Fate::Runs, Some(gate)) => format!("waits for {}", gate.who()),
        (fate, _) => fate.label().to_lowercase(),
    };
    let place = action.runs_on.words();
    if !place.is_empty() && !matches!(action.fate, Fate::Skipped(_)) {
        line.push_str(&format!(" · {place}"));
    }
    for reason in action.fate.reasons() {
        line.push_str(&format!("\n{}", reason.what));
        if let Some(condition) = &reason.condition {
            line.push_str(&format!("\n{}", condition.text()));
        }
    }
    line
}

fn details_text(action: &PlannedAction, details: &Details) -> String {
    let mut text = format!("\n{} {} ({})\n", action.number, action.name, action.kind_name);
    let heading = |text: &mut String, name: &str| text.push_str(&format!("\n{name}\n"));
    if !action.packages.is_empty() {
        heading(&mut text, "Packages");
        for package in &action.packages {
            let version = match package.version.as_str() {
                "" => "the version that the release takes",
                version => version,
            };
            text.push_str(&format!("  {} from {}, {version}\n", package.id, package.feed));
        }
    }
    if !details.settings.is_empty() {
        heading(&mut text, "Settings");
        let rows: Vec<_> = details
            .settings
            .iter()
            .map(|setting| (setting.label.clone(), setting.text.text()))
            .collect();
        text.push_str(&told::columns(&rows, 2));
    }
    if !details.secrets.is_empty() {
        heading(&mut text, "Secrets it can read");
        let rows: Vec<_> = details
            .secrets
            .iter()
            .map(|secret| {
                let held =
                    secret.held_by.as_ref().map(|one| format!("{one}, ")).unwrap_or_default();
                let asks = if secret.is_asked_for { "" } else { "; it does not ask for it" };
                (secret.name.clone(), format!("{held}{}{asks}", secret.origin.sentence()))
            })
            .collect();
        text.push_str(&told::columns(&rows, 2));
    }
    if let Some(template) = &details.script_of {
        heading(&mut text, "Script");
        text.push_str(&format!(
            "That of the community step template \"{template}\", which is not in the design.\n"
        ));
    }
    if let Some(script) = &details.script {
        heading(&mut text, &format!("Script ({})", script.syntax));
        text.push_str(&script.text.text());
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let gives: Vec<_> = script
            .text
            .spans
            .iter()
            .filter_map(|span| span.trace.as_ref())
            .filter_map(|trace| Some((trace.expression.clone(), trace.gives.clone()?)))
            .collect();
        if !gives.is_empty() {
            heading(&mut text, "It reads");
            text.push_str(&told::columns(&gives, 2));
        }
        for problem in script.text.problem.iter() {
            text.push_str(&format!("\n{problem}\n"));
        }
    }
    text
}
