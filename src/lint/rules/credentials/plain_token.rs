//! Text that looks like a token, in plain sight.

use serde_json::Value;

use crate::base::{Finding, Severity, secret};
use crate::format::design_file;
use crate::lint::walk::sets;
use crate::lint::{Rule, Scratch, in_pieces};
use crate::model::Design;
use crate::record::{Field, Table, write_member};

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/plain-token",
    severity: Severity::Error,
    summary: "A plain text looks like a secret",
    why: "A design holds no secrets: it is kept in files, shared by links and exported.",
    remedy: "Revoke the token, and read it from a sensitive variable instead.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    in_pieces(design, findings, check_piece);
}

/// So many variables are looked at in one piece.
const PIECE: usize = 10;

/// Looks at a piece of the design and gives the next one. Every text counts,
/// whatever it is for and unknown members too: the first piece is all but the
/// variables, the others are theirs.
pub fn check_piece(
    design: &Design,
    piece: usize,
    _: &mut Scratch,
    findings: &mut Vec<Finding>,
) -> Option<usize> {
    let Some(before) = piece.checked_sub(1) else {
        let mut lean = design.clone();
        lean.project.variables = Table::default();
        lean.space.library_sets.update_each(|set| {
            let mut set = set.clone();
            set.variables = Table::default();
            Some(set)
        });
        walk(&design_file::write_value(&lean), &mut String::from("$"), findings);
        return Some(1);
    };
    let rows = sets(design).into_iter().flat_map(|set| {
        set.variables.iter().enumerate().map(move |(index, row)| (set, index, row))
    });
    let mut count = 0;
    for (set, index, row) in rows.skip(before * PIECE).take(PIECE) {
        count += 1;
        walk(&row.write(), &mut format!("{}[{index}]", set.path()), findings);
    }
    (count == PIECE).then_some(piece + 1)
}

fn walk(value: &Value, path: &mut String, findings: &mut Vec<Finding>) {
    let length = path.len();
    match value {
        Value::String(text) => {
            if let Some((what, _)) = secret::token(text) {
                // The text itself is not repeated: findings are shown and logged.
                findings.push(RULE.at(path.as_str(), format!("This text looks like {what}.")));
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push_str(&format!("[{index}]"));
                walk(item, path, findings);
                path.truncate(length);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                write_member(path, key);
                walk(item, path, findings);
                path.truncate(length);
            }
        }
        _ => {}
    }
}
