//! `pulpo upgrade`.

use clap::ValueEnum;
use serde_json::{Value, json};

use super::{Ended, Failure, Outcome, input, output};
use crate::format::design_file;
use crate::upgrade::{self, Found, Kind};

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// An object with the changes and with what stays.
    Json,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Recognises designs in the manner of Pulumi's guide of 2019: the program in a fixed folder, community \
\"Run Pulumi\" steps. Without --take and --all, lists what can be changed and why.

Ids are stable while the design is the same. What a change needs has to be taken as well.

Exit codes:
  0  nothing to change, or changed
  1  listed, and there is something to change
  2  not changed

Examples:
  pulpo upgrade design.pulpo.json
  pulpo upgrade design.pulpo.json --all --out modern.pulpo.json
  pulpo upgrade design.pulpo.json --take own-package:preview,own-package:up > some.pulpo.json")]
pub struct Arguments {
    /// The design file, or - for standard input.
    design: String,
    /// List the changes; this is what happens without --take and --all.
    #[arg(long, conflicts_with_all = ["take", "all", "out"])]
    list: bool,
    /// Make these changes; several with commas between.
    #[arg(long, value_name = "ID", value_delimiter = ',', conflicts_with = "all")]
    take: Vec<String>,
    /// Make all of them.
    #[arg(long)]
    all: bool,
    /// Where the changed design goes; standard output without it.
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
    /// How the list is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Lists the changes of a design, or makes them.
pub fn run(arguments: &Arguments) -> Outcome {
    let (design, _) = input::design(&arguments.design)?;
    let design = &design;
    let makes = arguments.all || !arguments.take.is_empty();
    if !makes && arguments.out.is_some() {
        return Err(Failure("--out needs --take or --all: a list goes to standard output".into()));
    }
    let found = upgrade::look(design);
    if !makes {
        let text = match arguments.format {
            Format::Text => to_text(&found),
            Format::Json => format!("{:#}\n", to_json(&found)),
        };
        output::print(text.as_bytes())?;
        return Ok(if found.changes.is_empty() { Ended::Clean } else { Ended::Findings });
    }
    let chosen: Vec<String> = if arguments.all {
        found.changes.iter().map(|one| one.id.clone()).collect()
    } else {
        arguments.take.iter().map(|id| id.trim().to_owned()).collect()
    };
    let after = upgrade::apply(design, &chosen).map_err(|refusal| Failure(refusal.0))?;
    let text = design_file::write(&after);
    match &arguments.out {
        Some(path) if path != "-" => std::fs::write(path, text)
            .map_err(|error| Failure(format!("can't write {path}: {error}")))?,
        _ => output::print(text.as_bytes())?,
    }
    Ok(Ended::Clean)
}

fn to_json(found: &Found) -> Value {
    let changes: Vec<_> = found
        .changes
        .iter()
        .map(|one| {
            json!({
                "id": one.id,
                "kind": one.kind.word(),
                "step": one.step,
                "what": one.what,
                "why": one.kind.why(),
                "source": one.kind.source(),
                "requires": one.requires,
            })
        })
        .collect();
    let left: Vec<_> =
        found.left.iter().map(|one| json!({ "step": one.step, "why": one.why })).collect();
    json!({ "changes": changes, "left": left })
}

fn to_text(found: &Found) -> String {
    let mut text = String::new();
    for kind in Kind::ALL {
        let own: Vec<_> = found.changes.iter().filter(|one| one.kind == *kind).collect();
        if own.is_empty() {
            continue;
        }
        text.push_str(&format!("{}\n  why: {}\n", kind.label(), kind.why()));
        text.push_str(&format!("  source: {}\n", kind.source()));
        for one in own {
            text.push_str(&format!("  {}\n      {}\n", one.id, one.what));
            if !one.requires.is_empty() {
                text.push_str(&format!("      needs: {}\n", one.requires.join(", ")));
            }
        }
        text.push('\n');
    }
    for one in &found.left {
        text.push_str(&format!("Stays: {}. {}\n", one.step, one.why));
    }
    text.push_str(match found.changes.len() {
        0 => "Nothing to upgrade.\n",
        1 => "1 change. Take it with --take ID or --all.\n",
        _ => "",
    });
    if let many @ 2.. = found.changes.len() {
        text.push_str(&format!("{many} changes. Take them with --take ID,… or --all.\n"));
    }
    text
}
