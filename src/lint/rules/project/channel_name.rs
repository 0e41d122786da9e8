//! Channels called all.

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "project/channel-name",
    severity: Severity::Error,
    summary: "A channel can't be called all",
    why: "Octopus's own client refuses the name.",
    remedy: "Choose another name.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (index, channel) in design.project.channels.iter().enumerate() {
        if channel.name.as_str().eq_ignore_ascii_case("all") {
            let path = format!("$.project.channels[{index}].name");
            findings.push(RULE.at(path, format!("A channel is called {}.", channel.name)));
        }
    }
}
