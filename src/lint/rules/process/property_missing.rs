//! Settings that an action must have.

use crate::base::{Finding, Severity};
use crate::catalog;
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::process::keys;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/property-missing",
    severity: Severity::Error,
    summary: "A step lacks a setting that it must have",
    why: "Octopus refuses the step, or it fails when it runs.",
    remedy: "Fill it in.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(info) = at.action.octopus_type().and_then(catalog::action_type) else { continue };
        let mut properties = at.action.properties.clone();
        if let Some(used) = &at.action.template {
            // The template brings its own settings; one that is not here may bring any.
            let template = design.space.step_templates.get(&used.template);
            let Some(template) = template else { continue };
            for (key, value) in template.properties.iter() {
                if properties.get(key).is_none() {
                    properties.set(key, value.clone());
                }
            }
        }
        // The library has the script of a template that is known by heart.
        let is_by_heart = catalog::community_of(design, at.action).is_some();
        let is_left = |key: &str| is_by_heart && key == keys::SCRIPT_BODY;
        for property in info.missing(&properties).filter(|one| !is_left(one.key)) {
            findings.push(RULE.at(
                at.member("properties"),
                format!("{at} needs \"{}\" ({}).", property.label, property.key),
            ));
        }
        let has_one = info.one_of.iter().any(|key| !properties.text(key).is_empty());
        if !info.one_of.is_empty() && !has_one {
            findings.push(RULE.at(
                at.member("properties"),
                format!("{at} needs one of {}.", info.one_of.join(", ")),
            ));
        }
    }
}
