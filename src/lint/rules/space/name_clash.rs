//! Things of one kind with the same name.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::lint::Rule;
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "space/name-clash",
    severity: Severity::Error,
    summary: "Two things of one kind have the same name",
    why: "Octopus takes a name once in its list, whatever its case.",
    remedy: "Give one of them another name.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let space = &design.space;
    let project = &design.project;
    look(
        "$.space.environments",
        "environments",
        space.environments.iter().map(|one| one.name.as_str()),
        findings,
    );
    look(
        "$.space.lifecycles",
        "lifecycles",
        space.lifecycles.iter().map(|one| one.name.as_str()),
        findings,
    );
    look(
        "$.space.workerPools",
        "worker pools",
        space.worker_pools.iter().map(|one| one.name.as_str()),
        findings,
    );
    look("$.space.feeds", "feeds", space.feeds.iter().map(|one| one.name.as_str()), findings);
    look(
        "$.space.accounts",
        "accounts",
        space.accounts.iter().map(|one| one.name.as_str()),
        findings,
    );
    look("$.space.teams", "teams", space.teams.iter().map(|one| one.name.as_str()), findings);
    look("$.space.targets", "targets", space.targets.iter().map(|one| one.name.as_str()), findings);
    look(
        "$.space.tagSets",
        "tag sets",
        space.tag_sets.iter().map(|one| one.name.as_str()),
        findings,
    );
    look("$.space.tenants", "tenants", space.tenants.iter().map(|one| one.name.as_str()), findings);
    look(
        "$.space.librarySets",
        "library variable sets",
        space.library_sets.iter().map(|one| one.name.as_str()),
        findings,
    );
    look(
        "$.space.stepTemplates",
        "step templates",
        space.step_templates.iter().map(|one| one.name.as_str()),
        findings,
    );
    look(
        "$.project.channels",
        "channels",
        project.channels.iter().map(|one| one.name.as_str()),
        findings,
    );
    look(
        "$.project.runbooks",
        "runbooks",
        project.runbooks.iter().map(|one| one.name.as_str()),
        findings,
    );
}

fn look<'d>(
    path: &str,
    kind: &str,
    names: impl Iterator<Item = &'d str>,
    findings: &mut Vec<Finding>,
) {
    let mut seen = HashMap::new();
    for (index, name) in names.enumerate() {
        if let Some(first) = seen.insert(name.to_lowercase(), name) {
            findings.push(RULE.at(
                format!("{path}[{index}].name"),
                format!("Two {kind} are called {first} and {name}."),
            ));
        }
    }
}
