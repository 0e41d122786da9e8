//! What none of the chosen targets carries.

use crate::base::{Finding, Place};
use crate::format::octopus_ocl::PROCESS_TEMPLATE;
use crate::model::Design;
use crate::model::space::FeedKind;

/// What the REST bodies refer to and do not make.
pub(super) fn not_made(design: &Design) -> Vec<Finding> {
    let (space, project) = (&design.space, &design.project);
    let feeds = space.feeds.iter().filter(|feed| feed.kind != FeedKind::BuiltIn).count();
    let needed: [(&str, usize); 11] = [
        ("environments", space.environments.len()),
        ("lifecycles", space.lifecycles.len()),
        ("worker pools", space.worker_pools.len()),
        ("feeds", feeds),
        ("accounts", space.accounts.len()),
        ("certificates", space.certificates.len()),
        ("teams", space.teams.len()),
        ("library variable sets", space.library_sets.len()),
        ("step templates", space.step_templates.len()),
        ("channels", project.channels.len()),
        ("runbooks", project.runbooks.len()),
    ];
    let mut findings = Vec::new();
    let names: Vec<_> =
        needed.iter().filter(|(_, count)| *count > 0).map(|(name, _)| *name).collect();
    if !names.is_empty() {
        let what = format!("The files do not make {}.", names.join(", "));
        findings.push(
            Finding::info("export/not-made", Place::default(), what)
                .because("Octopus has to have them before it takes the files.")
                .do_this("Make them in Octopus under the same names, or by another target."),
        );
    }
    let has_templates = !project.templates.is_empty()
        || space.library_sets.iter().any(|set| !set.templates.is_empty());
    if has_templates || space.tenants.iter().any(|tenant| !tenant.values.is_empty()) {
        let what = "Variable templates and the tenants' values for them are in no file.";
        findings.push(
            Finding::warning("export/tenant-values-left-out", Place::default(), what)
                .because("Octopus keeps them with the project and with each tenant.")
                .do_this("Enter them in Octopus."),
        );
    }
    findings
}

/// What a project in Git leaves in Octopus's database (reference, OCL, section
/// 3.1).
pub(super) fn not_in_git(design: &Design) -> Vec<Finding> {
    let project = &design.project;
    let mut names = vec!["the project's name, group, lifecycle and description"];
    if !project.channels.is_empty() {
        names.push("its channels");
    }
    if !project.included_sets.is_empty() {
        names.push("which library variable sets it includes");
    }
    if !project.templates.is_empty() {
        names.push("its variable templates");
    }
    let what = format!("OCL does not hold {}.", names.join(", "));
    vec![
        Finding::info("export/not-in-git", Place::path(".octopus/"), what)
            .because("Octopus keeps them in its database, for projects in Git as well.")
            .do_this("Set them in Octopus."),
    ]
}

/// What came from OCL and Octopus's JSON has no place for.
pub(super) fn not_in_json(design: &Design) -> Vec<Finding> {
    let project = &design.project;
    let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
    let actions = std::iter::once(&project.process).chain(runbooks).flat_map(|one| one.actions());
    let uses = actions.filter(|(_, action)| action.octopus_type() == Some(PROCESS_TEMPLATE));
    let say = |(step, _): (&crate::model::Step, _)| {
        let what = format!("\"{}\" is a use of a process template.", step.name);
        Finding::error("export/process-template", Place::path(step.name.as_str()), what)
            .because("How Octopus's JSON says that is unverified, so the step is not right there.")
            .do_this("Export to OCL, or leave the step out.")
    };
    uses.map(say).collect()
}

/// What step templates by themselves leave behind.
pub(super) fn no_process(design: &Design) -> Vec<Finding> {
    if design.project.process.steps.is_empty() {
        return Vec::new();
    }
    let what = "Step templates carry neither the order of the steps nor their settings.";
    vec![
        Finding::info("export/templates-only", Place::default(), what)
            .because("They are steps to add to a process.")
            .do_this("Export the process as well, or add the steps by hand in this order."),
    ]
}
