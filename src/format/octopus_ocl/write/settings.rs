//! `deployment_settings.ocl`.

use serde_json::Value as Json;

use super::Writer;
use super::out::Out;
use super::runbook::policy;
use crate::format::octopus_ocl::extras;
use crate::format::octopus_ocl::kept::KEY;
use crate::model::project::GuidedFailure;
use crate::ocl::Value;

/// How releases are numbered unless the design says otherwise: Octopus's own
/// template for new projects.
const VERSIONS: &str =
    "#{Octopus.Version.LastMajor}.#{Octopus.Version.LastMinor}.#{Octopus.Version.NextPatch}";

impl Writer<'_> {
    pub(super) fn settings(&mut self) {
        let project = &self.names.design.project;
        let mut out = Out::keeping(&project.extra, KEY);
        let guided = project.guided_failure.word();
        out.text("default_guided_failure_mode", guided, GuidedFailure::default().word());
        for (name, member) in [
            ("release_notes_template", extras::RELEASE_NOTES),
            ("deployment_changes_template", extras::CHANGES),
        ] {
            if let Some(text) = project.extra.get(member).and_then(Json::as_str) {
                out.put(name, Value::String(text.to_owned()), false);
            }
        }
        let connectivity = project.extra.get(extras::PROJECT_CONNECTIVITY);
        out.merged("connectivity_policy", policy(connectivity, &extras::POLICY));
        let strategy = self.versioning(project.extra.get(extras::VERSIONING));
        out.merged("versioning_strategy", strategy);
        self.file("deployment_settings.ocl", out);
    }

    fn versioning(&self, strategy: Option<&Json>) -> Out {
        let mut out = Out::default();
        let Some(strategy) = strategy else {
            out.text("template", VERSIONS, "");
            return out;
        };
        let donor = strategy.get(extras::DONOR).filter(|donor| donor.is_object());
        let template = strategy.get(extras::TEMPLATE).and_then(Json::as_str);
        if let Some(text) = template
            && (donor.is_none() || !text.is_empty())
        {
            out.put("template", Value::String(text.to_owned()), false);
        }
        if let Some(donor) = donor {
            let member = |name: &str| donor.get(name).and_then(Json::as_str).unwrap_or_default();
            let mut inner = Out::default();
            inner.text("package", member(extras::DONOR_PACKAGE), "");
            inner.text("step", &self.step_of(member(extras::DONOR_ACTION)), "");
            out.block("donor_package", Vec::new(), inner.done());
        }
        out
    }

    /// The slug of the step whose action has this name (D1); a slug is itself.
    fn step_of(&self, action: &str) -> String {
        let steps = self.names.design.project.process.steps.iter().zip(&self.slugs.deployment);
        let mut named =
            steps.filter(|(step, _)| step.actions.iter().any(|one| one.name.as_str() == action));
        named.next().map_or_else(|| action.to_owned(), |(_, (slug, _))| slug.clone())
    }
}
