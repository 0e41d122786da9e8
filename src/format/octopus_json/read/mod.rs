//! Readers of Octopus's JSON: whatever its portal exports or its REST
//! interface answers, recognised by what it holds.
//!
//! Tolerant: a member that is not as it should be is said and, where it can be,
//! kept; only a document that is nothing known is refused.
//! Source: reference, process, sections 1 to 7 and 11; variables, sections 1
//! to 5; REST import, sections 2 and 7.

mod action;
mod common;
mod kept;
mod people;
mod process;
mod project;
mod reading;
mod secrets;
mod shape;
mod space;
mod template;
mod variables;

pub use shape::{Shape, shape_of};

use serde_json::Value;

use crate::base::{Finding, Place};
use crate::format::fragment::{Covers, Fragment};
use crate::format::{design_file, json_text};
use reading::Reading;

/// Reads a JSON text of Octopus's.
#[must_use]
pub fn read(text: &str) -> Fragment {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match json_text::parse(text) {
        Ok(value) => {
            let mut fragment = read_value(value);
            design_file::locate_all(text, &mut fragment.findings);
            fragment
        }
        Err(finding) => Fragment::refused(*finding),
    }
}

/// Reads JSON of Octopus's; findings have paths but no positions.
#[must_use]
pub fn read_value(mut value: Value) -> Fragment {
    let mut reading = Reading::default();
    secrets::take_out(&mut value, &mut reading);
    let sources = documents(&value, &mut reading);
    if sources.is_empty() {
        return Fragment::refused(unknown());
    }
    let mut fragment = reading.finish();
    kept::remember_all(&mut fragment, &sources);
    fragment
}

/// Reads a document, or each item of a list of documents; gives what each one
/// holds.
fn documents<'v>(value: &'v Value, reading: &mut Reading) -> Vec<(Covers, &'v Value)> {
    let Some(items) = shape::page_of(value) else {
        return document(value, reading).into_iter().map(|covers| (covers, value)).collect();
    };
    let mut sources = Vec::new();
    let mut each = |reading: &mut Reading| {
        for (index, item) in items.iter().enumerate() {
            reading.at(index, |reading| match document(item, reading) {
                Some(covers) => sources.push((covers, item)),
                None => reading.warning("import/unknown-item", "This item is left out."),
            });
        }
    };
    if value.is_array() {
        each(reading);
    } else {
        reading.within("Items", each);
    }
    sources
}

fn document(value: &Value, reading: &mut Reading) -> Option<Covers> {
    let map = value.as_object()?;
    let covers = match shape_of(map)? {
        Shape::StepTemplate => template::read(map, reading),
        Shape::DeploymentProcess => process::deployment(map, reading),
        Shape::RunbookProcess => process::runbook_process(map, reading),
        Shape::Step => process::loose_step(map, reading),
        Shape::Action => process::loose_action(map, reading),
        Shape::VariableSet => variables::read(map, reading),
        Shape::LibrarySet => variables::library_set(map, reading)?,
        Shape::Project => project::project(map, reading),
        Shape::Channel => project::channel(map, reading),
        Shape::Runbook => project::runbook(map, reading),
        Shape::Environment => space::environment(map, reading),
        Shape::Lifecycle => space::lifecycle(map, reading),
        Shape::Account => space::account(map, reading),
        Shape::Feed => space::feed(map, reading),
        Shape::WorkerPool => space::worker_pool(map, reading),
        Shape::Certificate => people::certificate(map, reading),
        Shape::Target => people::target(map, reading),
        Shape::Tenant => people::tenant(map, reading),
        Shape::TagSet => people::tag_set(map, reading),
        Shape::Team => people::team(map, reading),
    };
    reading.draft.cover(covers.clone());
    Some(covers)
}

fn unknown() -> Finding {
    let what = "It is JSON, but nothing of Octopus's that Pulpo knows.";
    Finding::error("import/unknown-json", Place::path("$"), what)
        .because(
            "Pulpo reads step templates, deployment and runbook processes, variable sets, and \
             the projects, environments, lifecycles, channels, accounts, feeds, worker pools, \
             teams and tenants of the REST interface.",
        )
        .do_this("Export one of these from Octopus.")
}
