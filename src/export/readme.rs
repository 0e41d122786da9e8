//! The `README.md` of an export, written for exactly the files beside it.

use super::{Exported, Target};
use crate::base::Severity;
use crate::model::Design;

/// How to start, for all that goes through the REST interface.
pub const BEFORE: &str = include_str!("readme/before.md");

/// How scripts come into steps of community templates.
const TEMPLATES: &str = include_str!("readme/templates.md");

/// What to do about the placeholders of OCL.
const IDS: &str = "OCL names a few things by the ids of your server. In their place stand \
                   placeholders; replace each in the files of `.octopus/`. The id is the last part \
                   of the thing's address in the Octopus portal.\n\n";

/// The text for what `done` holds so far.
pub(super) fn readme(design: &Design, targets: &[Target], done: &Exported) -> String {
    let names = [line(&design.title), line(&design.project.name)];
    let title = names.iter().find(|name| !name.is_empty());
    let title = title.map_or("Export for Octopus Deploy", String::as_str);
    let mut text = ["# ", title].concat();
    text.push_str("\n\nWritten by Pulpo for Octopus Deploy. It holds no secret.\n\n## Files\n\n");
    for file in &done.files {
        text.push_str(&["- `", &file.path, "`\n"].concat());
    }
    let has = |target: &Target| targets.contains(target);
    if has(&Target::ProcessJson) || has(&Target::VariablesJson) {
        text.push_str(&["\n## Before you start\n\n", BEFORE].concat());
        placeholders(&mut text, done);
    } else if has(&Target::Ocl) && !done.placeholders.is_empty() {
        text.push_str("\n## Ids to fill in\n\n");
        text.push_str(IDS);
        for one in &done.placeholders {
            let kind = ["`: the id of this ", one.kind.what, "\n"].concat();
            text.push_str(&["- `", &line(&one.text()), &kind].concat());
        }
    }
    for info in super::TARGETS.iter().filter(|info| has(&info.target)) {
        let heading = ["\n## ", info.label, "\n\n", info.about, "\n\n"].concat();
        text.push_str(&heading);
        text.push_str(info.import);
    }
    if !done.borrowed.is_empty() {
        text.push_str(&["\n## Steps of community templates\n\n", TEMPLATES].concat());
        for one in &done.borrowed {
            text.push_str(&["- ", &line(one), "\n"].concat());
        }
    }
    findings(&mut text, done);
    text
}

fn placeholders(text: &mut String, done: &Exported) {
    if done.placeholders.is_empty() {
        return;
    }
    text.push_str("\n| Placeholder | Its id comes from |\n| --- | --- |\n");
    for one in &done.placeholders {
        let address = ["\"$OCTOPUS_URL", one.kind.route, "\""].concat();
        let how = match one.kind.word {
            "VariableSets" => ["`VariableSetId` in `api ", &address, "`"].concat(),
            "RunbookProcesses" => ["`RunbookProcessId` in `api ", &address, "`"].concat(),
            "Actions" => ["`Id` of the action in `api ", &address, "`"].concat(),
            // The address holds variables of the shell, the name holds none.
            _ => ["`look_up \"", one.kind.route, "\" ", &quoted(&one.name), "`"].concat(),
        };
        text.push_str(&["| `", &line(&one.text()), "` | ", &how, " |\n"].concat());
    }
}

/// A name as one word of bash, in a cell of a table.
fn quoted(name: &str) -> String {
    ["'", &line(name).replace('\'', "'\\''"), "'"].concat()
}

/// Text that neither ends the line nor the cell.
fn line(text: &str) -> String {
    text.replace(['\n', '\r', '`'], " ").replace('|', "\\|").trim().to_owned()
}

fn findings(text: &mut String, done: &Exported) {
    let told = done.findings.iter().filter(|one| one.severity != Severity::Info);
    let mut told: Vec<_> = told.collect();
    if told.is_empty() {
        return;
    }
    told.sort_by_key(|one| one.severity);
    text.push_str("\n## What needs your attention\n\n");
    for one in told {
        let place = line(&one.place.to_string());
        text.push_str("- ");
        if !place.is_empty() {
            text.push_str(&["`", &place, "`: "].concat());
        }
        let said = [one.what.as_str(), &one.why, &one.fix];
        let said: Vec<_> = said.iter().filter(|part| !part.is_empty()).copied().collect();
        text.push_str(&line(&said.join(" ")));
        text.push('\n');
    }
}
