//! `runbooks/<slug>.ocl`.

use serde_json::Value as Json;

use super::Writer;
use super::names::Names;
use super::out::Out;
use crate::format::octopus_ocl::extras::{self, Member};
use crate::format::octopus_ocl::kept::KEY;
use crate::model::Runbook;
use crate::model::project::{GuidedFailure, RunbookEnvironments, TenantedMode};
use crate::ocl::Value;

impl Writer<'_> {
    pub(super) fn runbooks(&mut self) {
        let runbooks = &self.names.design.project.runbooks;
        let slugs = std::mem::take(&mut self.slugs.runbooks);
        for (row, (slug, steps)) in runbooks.iter().zip(&slugs) {
            let mut out = runbook(row, &mut self.names);
            let process = super::process::steps(&row.process, steps, &mut self.names);
            out.block("process", Vec::new(), process.done());
            self.file(&["runbooks/", slug, ".ocl"].concat(), out);
        }
    }
}

fn runbook(runbook: &Runbook, names: &mut Names) -> Out {
    let mut out = Out::keeping(&runbook.extra, KEY).first("name");
    let place = runbook.name.as_str();
    out.put("name", Value::String(runbook.name.to_string()), false);
    let guided = runbook.extra.get(extras::GUIDED_FAILURE).and_then(Json::as_str);
    // Written even where it says nothing, and so is the description (R1).
    let guided = guided.unwrap_or(GuidedFailure::Environment.word());
    out.put("default_guided_failure_mode", Value::String(guided.to_owned()), false);
    out.put("description", Value::String(runbook.description.clone()), false);
    let scope = runbook.environment_scope.word();
    out.text("environment_scope", scope, RunbookEnvironments::All.word());
    let environments = runbook.environments.iter().map(|id| names.environment(id, place));
    out.list("environments", environments.collect());
    let tenanted = runbook.tenanted.word();
    out.text("multi_tenancy_mode", tenanted, TenantedMode::Untenanted.word());
    let connectivity = runbook.extra.get(extras::CONNECTIVITY);
    out.merged("connectivity_policy", policy(connectivity, &extras::POLICY));
    let mut retention = policy(runbook.extra.get(extras::RETENTION), &extras::RETAINED);
    match runbook.extra.get(extras::RETENTION) {
        None => retention.text("type", "Default", ""),
        // Schema versions before 10 had no type (R2).
        Some(old) if old.get("Strategy").is_none() && old.get("QuantityToKeep").is_some() => {
            retention.text("type", "Count", "");
        }
        Some(_) => {}
    }
    out.merged("run_retention_policy", retention);
    out
}

/// A policy; where the design has none, the one that Octopus makes for steps
/// that run on workers (R3).
pub(super) fn policy(json: Option<&Json>, members: &[(&str, &str, Member)]) -> Out {
    let mut out = Out::default();
    if json.is_none() && *members == extras::POLICY {
        out.flag("allow_deployments_to_no_targets", true);
    }
    for (name, member, kind) in members {
        let Some(value) = json.and_then(|json| json.get(member)) else { continue };
        match kind {
            Member::Flag => out.flag(name, value.as_bool() == Some(true)),
            Member::Number => {
                if let Some(number) = value.as_i64().and_then(|one| i32::try_from(one).ok()) {
                    out.put(name, Value::Integer(number), false);
                }
            }
            Member::Word(usual) => out.text(name, value.as_str().unwrap_or(usual), usual),
            Member::List => {
                let items = value.as_array().into_iter().flatten().filter_map(Json::as_str);
                out.list(name, items.map(str::to_owned).collect());
            }
        }
    }
    out
}
