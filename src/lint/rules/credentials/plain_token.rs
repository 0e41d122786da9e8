//! Text that looks like a token, in plain sight.

use serde_json::Value;

use crate::base::{Finding, Severity, secret};
use crate::format::design_file;
use crate::lint::Rule;
use crate::model::Design;
use crate::record::write_member;

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
    // Every text of the design counts, whatever it is for and unknown members too.
    walk(&design_file::write_value(design), &mut String::from("$"), findings);
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
