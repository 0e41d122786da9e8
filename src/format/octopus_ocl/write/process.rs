//! `deployment_process.ocl`, and the processes of runbooks.

use super::Writer;
use super::names::Names;
use super::out::Out;
use super::slugs::ProcessSlugs;
use crate::base::{Finding, Place};
use crate::format::octopus_ocl::kept::KEY;
use crate::format::octopus_ocl::{PROCESS_TEMPLATE, TEMPLATE_SLUG, TEMPLATE_VERSIONS};
use crate::model::process::PackageRequirement;
use crate::model::{Action, Process, StartTrigger, Step};
use crate::ocl::{Attribute, Element, Value};

impl Writer<'_> {
    pub(super) fn process(&mut self) {
        let process = &self.names.design.project.process;
        let out = steps(process, &self.slugs.deployment, &mut self.names);
        self.file("deployment_process.ocl", out);
    }
}

/// The steps of a process, as a body.
pub(super) fn steps(process: &Process, slugs: &ProcessSlugs, names: &mut Names) -> Out {
    let mut out = Out::keeping(&process.extra, KEY);
    check(process, slugs, names);
    for (row, (slug, actions)) in process.steps.iter().zip(slugs) {
        let only = row.actions.first();
        let is_template = only.octopus_type() == Some(PROCESS_TEMPLATE) && !row.has_children();
        let (name, body) = match is_template {
            true => ("process_template", template_use(row, only, names)),
            false => ("step", step(row, slug, actions, names)),
        };
        out.block(name, vec![slug.clone()], body.done());
    }
    out
}

/// Octopus refuses a process in which two steps or actions have one name or slug.
fn check(process: &Process, slugs: &ProcessSlugs, names: &mut Names) {
    let steps = process.steps.iter().zip(slugs);
    let steps: Vec<_> = steps.map(|(row, (slug, _))| (row.name.as_str(), slug.as_str())).collect();
    let actions = slugs.iter().flat_map(|(_, actions)| actions.iter().map(String::as_str));
    let actions = process.actions().map(|(_, action)| action.name.as_str()).zip(actions);
    for (kind, list) in [("steps", steps), ("actions", actions.collect())] {
        let mut seen = std::collections::HashSet::new();
        for (name, slug) in list {
            let what = if !seen.insert(["name ", &name.to_lowercase()].concat()) {
                format!("Two {kind} are called \"{name}\".")
            } else if !seen.insert(["slug ", slug].concat()) {
                format!("Two {kind} have the slug \"{slug}\".")
            } else {
                continue;
            };
            names.findings.push(
                Finding::error("export/duplicate-name", Place::path(name), what)
                    .because("Octopus refuses the whole process.")
                    .do_this("Rename one of them."),
            );
        }
    }
}

fn step(step: &Step, slug: &str, actions: &[String], names: &mut Names) -> Out {
    let mut out = Out::keeping(&step.extra, KEY);
    let properties = step.octopus_properties();
    out.text("condition", step.condition.octopus_word(), "Success");
    out.put("name", Value::String(step.name.to_string()), false);
    let requirement = step.package_requirement.word();
    out.text("package_requirement", requirement, PackageRequirement::default().word());
    let place = step.name.as_str();
    out.map("properties", super::action::properties(&properties, place, names));
    out.text("start_trigger", step.start.word(), StartTrigger::default().word());
    for (action, own) in step.actions.iter().zip(actions) {
        let is_only = !step.has_children();
        let labels = if is_only && own == slug { Vec::new() } else { vec![own.clone()] };
        let body = super::action::action(action, step, names);
        out.block("action", labels, body.done());
    }
    out
}

/// A use of a process template, which is no step to OCL.
fn template_use(step: &Step, action: &Action, names: &mut Names) -> Out {
    let mut out = Out::keeping(&step.extra, KEY);
    let place = step.name.as_str();
    out.put("name", Value::String(step.name.to_string()), false);
    out.text("process_template_slug", action.properties.text(TEMPLATE_SLUG), "");
    out.text("version_mask", action.properties.text(TEMPLATE_VERSIONS), "");
    for reference in &action.packages {
        let body = super::action::package(reference, true, place, names);
        out.block("package_parameter", vec![reference.name.clone()], body.done());
    }
    for entry in super::action::properties(&action.properties, place, names) {
        if ![TEMPLATE_SLUG, TEMPLATE_VERSIONS].contains(&entry.key.as_str()) {
            let value: Element = Attribute::new("value", entry.value).into();
            out.block("parameter", vec![entry.key], vec![value]);
        }
    }
    out
}
