//! The Problems page: findings by severity and by the thing they speak of.
//!
//! A finding's place is a JSON path of the design; here it becomes the page and
//! the id that select the thing, as the URL has them.

use crate::base::{Finding, Severity};
use crate::model::{Design, Process, Variable};
use crate::record::Table;

/// What a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// What people call it, such as `Step “Up”`.
    pub label: String,
    /// The word of its page and its id there; `None` where no page has it.
    pub link: Option<(&'static str, String)>,
}

impl Thing {
    fn new(label: String, page: &'static str, id: impl Into<String>) -> Self {
        Self { label, link: Some((page, id.into())) }
    }

    fn unlinked(label: String) -> Self {
        Self { label, link: None }
    }
}

const STACKS: &str = "stacks";
const VARIABLES: &str = "variables";
const PROCESS: &str = "process";
const RUNBOOKS: &str = "runbooks";

/// The page and the id of what stands at the JSON path `path`.
#[must_use]
pub fn target(design: &Design, path: &str) -> Option<(&'static str, String)> {
    thing(design, path).link
}

/// What stands at the JSON path `path`.
#[must_use]
pub fn thing(design: &Design, path: &str) -> Thing {
    let parts = parts(path);
    let found = match parts.as_slice() {
        [Part::Name("project"), rest @ ..] => in_project(design, rest),
        [Part::Name("space"), rest @ ..] => in_space(design, rest),
        [Part::Name("pulumi"), rest @ ..] => Some(in_pulumi(design, rest)),
        [Part::Name("notes"), ..] => Some(Thing::unlinked("Notes of the design".to_owned())),
        _ => None,
    };
    found.unwrap_or_else(|| Thing::unlinked("Design".to_owned()))
}

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'p> {
    Name(&'p str),
    Index(usize),
}

/// The steps of `path` after `$`, up to one that is neither a name nor a number.
fn parts(path: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = path.strip_prefix('$').unwrap_or_default();
    loop {
        if let Some(inner) = rest.strip_prefix('.') {
            let end = inner.find(['.', '[']).unwrap_or(inner.len());
            let (name, after) = inner.split_at(end);
            parts.push(Part::Name(name));
            rest = after;
        } else if let Some((inner, after)) =
            rest.strip_prefix('[').and_then(|inner| inner.split_once(']'))
        {
            let Ok(index) = inner.parse() else { return parts };
            parts.push(Part::Index(index));
            rest = after;
        } else {
            return parts;
        }
    }
}

fn named(kind: &str, name: impl std::fmt::Display) -> String {
    format!("{kind} “{name}”")
}

fn in_project(design: &Design, parts: &[Part]) -> Option<Thing> {
    let project = &design.project;
    Some(match *parts {
        [Part::Name("process"), ref rest @ ..] => {
            let (label, address) = in_process(&project.process, rest);
            Thing::new(label.unwrap_or_else(|| "Deployment process".to_owned()), PROCESS, address)
        }
        [Part::Name("runbooks"), Part::Index(index), ref rest @ ..] => {
            let runbook = project.runbooks.nth(index)?;
            let mut label = named("Runbook", &runbook.name);
            let mut id = runbook.id.to_string();
            if let [Part::Name("process"), rest @ ..] = rest
                && let (Some(step), address) = in_process(&runbook.process, rest)
            {
                label = format!("{step} of the runbook “{}”", runbook.name);
                id = format!("{id}/{address}");
            }
            Thing::new(label, RUNBOOKS, id)
        }
        [Part::Name("variables"), ref rest @ ..] => {
            let (label, id) = in_variables(&project.variables, rest)?;
            Thing::new(label, VARIABLES, id)
        }
        [Part::Name("channels"), Part::Index(index), ..] => {
            Thing::unlinked(named("Channel", &project.channels.nth(index)?.name))
        }
        [Part::Name("channels"), ..] => Thing::unlinked("Channels".to_owned()),
        [Part::Name("packages"), Part::Index(index), ..] => {
            Thing::new(named("Package", &project.packages.nth(index)?.package_id), STACKS, "")
        }
        [Part::Name("includedSets"), ..] => {
            Thing::new("Library variable sets".to_owned(), VARIABLES, "")
        }
        [Part::Name("lifecycle"), ..] => Thing::new("Lifecycle".to_owned(), STACKS, ""),
        _ => Thing::unlinked("Project".to_owned()),
    })
}

/// The step or child step at the end of `parts`, and its address; the process
/// itself has neither.
fn in_process(process: &Process, parts: &[Part]) -> (Option<String>, String) {
    let none = (None, String::new());
    let [Part::Name("steps"), Part::Index(index), ref rest @ ..] = *parts else { return none };
    let Some(step) = process.steps.nth(index) else { return none };
    if let [Part::Name("actions"), Part::Index(index), ..] = *rest
        && step.actions.len() > 1
        && let Some(action) = step.actions.get(index)
    {
        return (Some(named("Step", &action.name)), format!("{}/{}", step.id, action.id));
    }
    (Some(named("Step", &step.name)), step.id.to_string())
}

/// The variable at the start of `parts` and its id, with that of its value
/// where the path leads to one.
fn in_variables(variables: &Table<Variable>, parts: &[Part]) -> Option<(String, String)> {
    let [Part::Index(index), ref rest @ ..] = *parts else { return None };
    let variable = variables.nth(index)?;
    let label = named("Variable", &variable.name);
    if let [Part::Name("values"), Part::Index(index), ..] = *rest
        && let Some(value) = variable.values.nth(index)
    {
        return Some((label, format!("{}/{}", variable.id, value.id)));
    }
    Some((label, variable.id.to_string()))
}

fn in_space(design: &Design, parts: &[Part]) -> Option<Thing> {
    let space = &design.space;
    let [Part::Name(table), ref rest @ ..] = *parts else { return None };
    let [Part::Index(index), ref rest @ ..] = *rest else {
        return Some(match table {
            "environments" => Thing::new("Environments".to_owned(), STACKS, ""),
            "lifecycles" => Thing::new("Lifecycles".to_owned(), STACKS, ""),
            "workerPools" => Thing::new("Worker pools".to_owned(), STACKS, ""),
            _ => Thing::unlinked("Space".to_owned()),
        });
    };
    Some(match table {
        "environments" => {
            let environment = space.environments.nth(index)?;
            let label = named("Environment", &environment.name);
            Thing::new(label, STACKS, environment.id.to_string())
        }
        "lifecycles" => {
            Thing::new(named("Lifecycle", &space.lifecycles.nth(index)?.name), STACKS, "")
        }
        "workerPools" => {
            Thing::new(named("Worker pool", &space.worker_pools.nth(index)?.name), STACKS, "")
        }
        "librarySets" => {
            let set = space.library_sets.nth(index)?;
            let inner = match *rest {
                [Part::Name("variables"), ref rest @ ..] => in_variables(&set.variables, rest),
                _ => None,
            };
            match inner {
                Some((label, id)) => {
                    Thing::new(format!("{label} in the library set “{}”", set.name), VARIABLES, id)
                }
                None => Thing::new(named("Library variable set", &set.name), VARIABLES, ""),
            }
        }
        "feeds" => Thing::unlinked(named("Feed", &space.feeds.nth(index)?.name)),
        "accounts" => Thing::unlinked(named("Account", &space.accounts.nth(index)?.name)),
        "certificates" => {
            Thing::unlinked(named("Certificate", &space.certificates.nth(index)?.name))
        }
        "teams" => Thing::unlinked(named("Team", &space.teams.nth(index)?.name)),
        "targets" => Thing::unlinked(named("Deployment target", &space.targets.nth(index)?.name)),
        "tagSets" => Thing::unlinked(named("Tag set", &space.tag_sets.nth(index)?.name)),
        "tenants" => Thing::unlinked(named("Tenant", &space.tenants.nth(index)?.name)),
        "stepTemplates" => {
            Thing::unlinked(named("Step template", &space.step_templates.nth(index)?.name))
        }
        _ => Thing::unlinked("Space".to_owned()),
    })
}

fn in_pulumi(design: &Design, parts: &[Part]) -> Thing {
    let page = |label: &str| Thing::new(label.to_owned(), STACKS, "");
    match *parts {
        [Part::Name("stacks"), Part::Index(index), ..] => {
            let mapping = design.pulumi.stacks.get(index);
            let environment =
                mapping.and_then(|mapping| design.space.environments.get(&mapping.environment));
            environment.map_or_else(
                || page("Stacks"),
                |one| Thing::new(named("Stack of", &one.name), STACKS, one.id.to_string()),
            )
        }
        [Part::Name("stacks"), ..] => page("Stacks"),
        [Part::Name("backend"), ..] => page("Pulumi's backend"),
        [Part::Name("credentials"), ..] => page("Cloud credentials"),
        _ => page("Pulumi program"),
    }
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// What is good to know.
    pub infos: usize,
}

/// Counts `findings`.
#[must_use]
pub fn counts(findings: &[Finding]) -> Counts {
    let mut counts = Counts::default();
    for finding in findings {
        match finding.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Info => counts.infos += 1,
        }
    }
    counts
}

impl Counts {
    /// The number for the navigation and the worst severity in it: errors and
    /// warnings; `None` without any.
    #[must_use]
    pub fn badge(self) -> Option<(usize, Severity)> {
        let worst = if self.errors > 0 { Severity::Error } else { Severity::Warning };
        let count = self.errors + self.warnings;
        (count > 0).then_some((count, worst))
    }

    /// How many there are of `severity`.
    #[must_use]
    pub fn of(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Info => self.infos,
        }
    }

    /// All of them in words, such as `1 error, 2 warnings`; empty without any.
    #[must_use]
    pub fn in_words(self) -> String {
        let words = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "note")];
        let words: Vec<_> = words
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, noun)| super::export::counted(count, noun))
            .collect();
        words.join(", ")
    }
}

/// The findings of one severity on one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// How much they matter.
    pub severity: Severity,
    /// What they speak of.
    pub thing: Thing,
    /// The findings, in the order of the rules.
    pub findings: Vec<Finding>,
}

/// The findings by severity, then by thing in the order of the pages.
#[must_use]
pub fn groups(design: &Design, findings: &[Finding]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Large designs may have thousands: found by key, not by looking at all.
    let mut known = std::collections::HashMap::new();
    for finding in findings {
        let thing = thing(design, finding.place.path.as_deref().unwrap_or_default());
        let key = (finding.severity, thing.label.clone(), thing.link.clone());
        let at = *known.entry(key).or_insert(groups.len());
        if at == groups.len() {
            groups.push(Group { severity: finding.severity, thing, findings: Vec::new() });
        }
        if let Some(group) = groups.get_mut(at) {
            group.findings.push(finding.clone());
        }
    }
    const PAGES: [&str; 4] = [STACKS, VARIABLES, PROCESS, RUNBOOKS];
    let page = |group: &Group| {
        let link = group.thing.link.as_ref();
        link.and_then(|(page, _)| PAGES.iter().position(|one| one == page)).unwrap_or(PAGES.len())
    };
    groups.sort_by_key(|group| (group.severity, page(group)));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Place;
    use crate::format::design_file;

    fn design() -> Design {
        let text = include_str!("../../public/samples/azure.pulpo.json");
        design_file::read(text).design.unwrap_or_default()
    }

    /// The path leads to `expected`, a page's word and what a person reads.
    #[track_caller]
    fn check(path: &str, page: &str, label: &str) {
        let thing = thing(&design(), path);
        let found = thing.link.as_ref().map(|link| link.0).unwrap_or_default();
        assert_eq!((found, thing.label.as_str()), (page, label), "{path}");
    }

    #[test]
    fn paths_lead_to_things() {
        let design = design();
        let project = &design.project;
        let name = |index: usize| project.process.steps.nth(index).map(|one| one.name.to_string());
        let step = format!("Step “{}”", name(0).unwrap_or_default());
        check("$.project.process.steps[0].name", PROCESS, &step);
        check("$.project.process.steps[0].actions[0].properties[\"a.b\"]", PROCESS, &step);
        check("$.project.process", PROCESS, "Deployment process");
        check("$.project.process.steps[99]", PROCESS, "Deployment process");
        check("$.pulumi.backend.url", STACKS, "Pulumi's backend");
        check("$.space.environments", STACKS, "Environments");
        check("$.space.teams[0]", "", &named("Team", "Shop owners"));
        check(
            "$.project.channels[0].rules",
            "",
            &named("Channel", &project.channels.nth(0).expect("one").name),
        );
        check("$", "", "Design");
        check("", "", "Design");
        check("$.space.environments[77]", "", "Design");
        check("$.other[1].x", "", "Design");
    }

    #[test]
    fn ids_are_those_of_the_pages() {
        let design = design();
        let variable = design.project.variables.nth(1).expect("a variable");
        let value = variable.values.nth(0).expect("a value");
        let environment = design.space.environments.nth(0).expect("an environment");
        let parent = design.project.process.steps.iter().position(|step| step.actions.len() > 1);
        let parent = parent.expect("a step with children");
        let step = design.project.process.steps.nth(parent).expect("it is there");
        let child = step.actions.get(1).expect("a second child");
        let runbook = design.project.runbooks.nth(0).expect("a runbook");
        let inner = runbook.process.steps.nth(0).expect("a step");
        let cases = [
            ("$.project.variables[1].name".to_owned(), VARIABLES, variable.id.to_string()),
            (
                "$.project.variables[1].values[0].scope.environments[0]".to_owned(),
                VARIABLES,
                format!("{}/{}", variable.id, value.id),
            ),
            ("$.space.environments[0].name".to_owned(), STACKS, environment.id.to_string()),
            (
                format!("$.project.process.steps[{parent}].actions[1].packages[0]"),
                PROCESS,
                format!("{}/{}", step.id, child.id),
            ),
            (format!("$.project.process.steps[{parent}]"), PROCESS, step.id.to_string()),
            ("$.project.runbooks[0].environments".to_owned(), RUNBOOKS, runbook.id.to_string()),
            (
                "$.project.runbooks[0].process.steps[0].actions[0].name".to_owned(),
                RUNBOOKS,
                format!("{}/{}", runbook.id, inner.id),
            ),
        ];
        for (path, page, id) in cases {
            assert_eq!(target(&design, &path), Some((page, id)), "{path}");
        }
    }

    #[test]
    fn every_finding_of_the_rules_names_a_thing() {
        for rule in crate::lint::RULES {
            let path =
                format!("{}/tests/fixtures/lints/{}.json", env!("CARGO_MANIFEST_DIR"), rule.id);
            let text = std::fs::read_to_string(&path).expect("a fixture");
            let fixture: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            for case in fixture["bad"].as_array().expect("bad designs") {
                let mut file = case["design"].clone();
                file["format"] = design_file::FORMAT.into();
                file["version"] = design_file::VERSION.into();
                let design = design_file::read_value(file).design.expect("a design");
                for finding in crate::lint::check(&design) {
                    let path = finding.place.path.as_deref().unwrap_or_default();
                    let thing = thing(&design, path);
                    // What the design's file has beside its own members is no thing of its own.
                    let is_foreign = path.starts_with("$[");
                    assert_eq!(thing.label == "Design", is_foreign, "{}: {path}", finding.code);
                }
            }
        }
    }

    #[test]
    fn findings_are_grouped_by_severity_then_page() {
        let at = |path: &str, severity| Finding::new(severity, "x/y", Place::path(path), "So.");
        let findings = [
            at("$.project.process.steps[0].name", Severity::Error),
            at("$.pulumi.backend", Severity::Warning),
            at("$.space.teams[0]", Severity::Error),
            at("$.pulumi.stacks", Severity::Error),
            at("$.project.process.steps[0].actions[0]", Severity::Error),
        ];
        let design = design();
        let groups = groups(&design, &findings);
        let shown: Vec<_> = groups
            .iter()
            .map(|group| (group.severity, group.thing.label.as_str(), group.findings.len()))
            .collect();
        let step = format!("Step “{}”", design.project.process.steps.nth(0).expect("one").name);
        let expected = [
            (Severity::Error, "Stacks", 1),
            (Severity::Error, step.as_str(), 2),
            (Severity::Error, "Team “Shop owners”", 1),
            (Severity::Warning, "Pulumi's backend", 1),
        ];
        assert_eq!(shown, expected);
        let counts = counts(&findings);
        assert_eq!(counts.badge(), Some((5, Severity::Error)));
        assert_eq!(counts.in_words(), "4 errors, 1 warning");
        assert_eq!(Counts { infos: 3, ..Counts::default() }.badge(), None);
    }
}
