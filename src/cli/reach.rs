//! `pulpo reach`.

use serde_json::{Value, json};

use super::{Ended, Outcome, input, output, scenario, told};
use crate::model::Design;
use crate::reach::Mentions;
use crate::view::reach::{Look, ReachDetail, ReachTable, reach_table};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  no credential of a protected environment can be read elsewhere
  1  one can be, or may be
  2  could not do it: a name that is not there, unreadable input

Examples:
  pulpo reach design.pulpo.json
  pulpo reach design.pulpo.json --environment Development")]
pub struct Arguments {
    /// The design file, or - for standard input.
    design: String,
    /// The only environment to look at; then what leaks into others does not count.
    #[arg(short, long, value_name = "NAME")]
    environment: Option<String>,
    /// Write JSON.
    #[arg(long)]
    json: bool,
}

/// Says which credential can be read where.
pub fn run(arguments: &Arguments) -> Outcome {
    let (design, _) = input::design(&arguments.design)?;
    let design = &design;
    let environment = match &arguments.environment {
        None => None,
        Some(name) => {
            let all = design.space.environments.iter();
            let named = all.map(|one| (one.name.as_str(), one.id.to_string()));
            Some(scenario::find("environment", name, named)?)
        }
    };
    let table = reach_table(design);
    let details = details(design, &table, environment.as_deref());
    let is_clean = !details
        .iter()
        .any(|detail| detail.places.iter().any(|(_, cell, _)| cell.look == Look::Leak));
    let text = if arguments.json {
        let all: Vec<_> = details.iter().map(to_json).collect();
        format!("{:#}\n", json!({ "design": design.title, "credentials": all }))
    } else {
        to_text(&details)
    };
    output::print(text.as_bytes())?;
    Ok(if is_clean { Ended::Clean } else { Ended::Findings })
}

fn details(design: &Design, table: &ReachTable, environment: Option<&str>) -> Vec<ReachDetail> {
    let mentions = Mentions::of(design);
    let rows = table.find("", false, environment).into_iter();
    let rows = rows.filter_map(|place| table.rows.get(place));
    rows.filter_map(|row| table.detail(design, &mentions, &row.key, environment)).collect()
}

fn to_json(detail: &ReachDetail) -> Value {
    let places = detail.places.iter().map(|(name, cell, steps)| {
        let steps = steps.iter().map(
            |step| json!({ "name": step.name, "namesIt": step.names_it, "certain": !step.may_be }),
        );
        json!({
            "environment": name,
            "reach": cell.look.word(),
            "what": cell.title,
            "steps": steps.collect::<Vec<_>>(),
        })
    });
    json!({
        "credential": detail.title,
        "about": detail.about,
        "secrets": detail.secrets,
        "leak": Some(&detail.leak).filter(|leak| !leak.is_empty()),
        "fix": detail.fix.as_ref().map(|fix| &fix.label),
        "notes": detail.notes,
        "values": detail.values.iter().map(|value| &value.text).collect::<Vec<_>>(),
        "environments": places.collect::<Vec<_>>(),
    })
}

fn to_text(details: &[ReachDetail]) -> String {
    if details.is_empty() {
        return "No credential can be read.\n".to_owned();
    }
    let mut text = String::new();
    for detail in details {
        text.push_str(&format!("{} ({})\n", detail.title, detail.about));
        let rows: Vec<_> = detail
            .places
            .iter()
            .map(|(name, cell, steps)| {
                let leak = if cell.look == Look::Leak { "LEAK, " } else { "" };
                let mut row = format!("{leak}{}", cell.text);
                let named = steps.iter().filter(|step| step.names_it);
                let named: Vec<_> = named.map(|step| step.name.as_str()).collect();
                if !named.is_empty() {
                    row.push_str(&format!("; named by {}", named.join(", ")));
                }
                (format!("{name}  "), row)
            })
            .collect();
        text.push_str(&told::columns(&rows, 2));
        if !detail.leak.is_empty() {
            text.push_str(&format!("  {}\n", detail.leak));
        }
        if let Some(fix) = &detail.fix {
            text.push_str(&format!("  {}. {}\n", fix.label, fix.then));
        }
        text.push('\n');
    }
    text.pop();
    text
}
