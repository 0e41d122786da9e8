//! Steps with the same name or slug.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/name-clash",
    severity: Severity::Error,
    summary: "Two steps have the same name",
    why: "Octopus takes step names once in a process, and names of actions too, whatever their \
          case; the same holds for slugs.",
    remedy: "Give one of them another name.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for owner in walk::processes(design) {
        let mut steps = Names::default();
        let mut actions = Names::default();
        for (index, step) in owner.process.steps.iter().enumerate() {
            let path = format!("{}.steps[{index}]", owner.path());
            let on_step = steps.clash("step", step.name.as_str(), step.slug(), owner);
            let is_said = on_step.is_some();
            findings.extend(on_step.map(|what| RULE.at(format!("{path}.name"), what)));
            for (number, action) in step.actions.iter().enumerate() {
                let what = if step.has_children() { "child step" } else { "action" };
                let on_action = actions.clash(what, action.name.as_str(), action.slug(), owner);
                // A step of one action shares its name: once is enough.
                if let Some(what) = on_action.filter(|_| !is_said || action.name != step.name) {
                    findings.push(RULE.at(format!("{path}.actions[{number}].name"), what));
                }
            }
        }
    }
}

/// The names and slugs so far, in lower case, each with its name as written.
#[derive(Default)]
struct Names {
    names: HashMap<String, String>,
    slugs: HashMap<String, String>,
}

impl Names {
    /// Adds a name; says with which one before it it clashes.
    fn clash(
        &mut self,
        what: &str,
        name: &str,
        slug: String,
        owner: walk::ProcessAt<'_>,
    ) -> Option<String> {
        let suffix = owner.suffix();
        let same_name = self.names.insert(name.to_lowercase(), name.to_owned());
        let same_slug = self.slugs.insert(slug.clone(), name.to_owned());
        if let Some(first) = same_name {
            return Some(format!("The {what} \"{name}\"{suffix} has the name of \"{first}\"."));
        }
        same_slug.map(|first| {
            format!("The {what} \"{name}\"{suffix} has the slug {slug} of \"{first}\".")
        })
    }
}
