//! Runbooks.

use serde_json::{Map, Value as Json};

use super::body::Body;
use super::names::{name_of, own_slug};
use super::process::Owner;
use super::{Reader, unique};
use crate::base::Severity;
use crate::format::octopus_ocl::DocumentKind;
use crate::format::octopus_ocl::extras::{self, Member};
use crate::format::octopus_ocl::kept::{KEY, Kept};
use crate::model::ids::RunbookId;
use crate::model::project::{GuidedFailure, RunbookEnvironments, TenantedMode};
use crate::model::{Runbook, Slug};
use crate::ocl::{Block, Document, Element};

impl Reader {
    pub(super) fn runbook(&mut self, document: &Document) {
        let mut body = Body::of(&document.body);
        let stem = self.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let stem = stem.trim_end_matches(".ocl");
        let said = body.maybe_text(self, "name").unwrap_or_default();
        let name = name_of(said).or_else(|| name_of(stem)).or_else(|| name_of("Runbook"));
        let Some(name) = name else { return };
        let made = Slug::of(name.as_str());
        // The file's name is the slug; a text without one has that of its name.
        let is_named = DocumentKind::of_path(&self.file) == Some(DocumentKind::Runbook);
        let slug = match (is_named, &made) {
            (true, _) => stem.to_owned(),
            (false, Some(slug)) => slug.to_string(),
            (false, None) => "runbook".to_owned(),
        };
        let id = self.free_id("runbook/", &Owner { prefix: "" }, &slug);
        let Ok(id) = RunbookId::parse(&id) else { return };
        let mut runbook = Runbook::new(id, name);
        runbook.slug = own_slug(&slug, runbook.name.as_str());
        runbook.description = body.maybe_text(self, "description").unwrap_or_default().to_owned();
        runbook.environment_scope =
            body.word(self, "environment_scope", RunbookEnvironments::from_word);
        let names = body.list(self, "environments");
        runbook.environments =
            unique(names.iter().filter_map(|text| self.environment(text)).collect());
        runbook.tenanted = body.word(self, "multi_tenancy_mode", TenantedMode::from_word);
        if let Some(word) = body.maybe_text(self, "default_guided_failure_mode")
            && GuidedFailure::from_word(word) != Some(GuidedFailure::Environment)
        {
            runbook.extra.set(extras::GUIDED_FAILURE, word.into());
        }
        let mut rest = Vec::new();
        if let Some(block) = body.block("connectivity_policy") {
            let policy = self.policy(block, &extras::POLICY, &mut rest);
            runbook.extra.set(extras::CONNECTIVITY, policy);
        }
        if let Some(block) = body.block("run_retention_policy") {
            let policy = self.policy(block, &extras::RETAINED, &mut rest);
            runbook.extra.set(extras::RETENTION, policy);
        }
        let prefix = [slug.as_str(), "."].concat();
        if let Some(block) = body.block("process") {
            runbook.process = self.process(&block.body, &Owner { prefix: &prefix });
        } else {
            let what = format!("The runbook \"{}\" has no process.", runbook.name);
            self.say(Default::default(), Severity::Warning, "octopus-ocl/no-process", what);
        }
        let mut kept = body.rest(self);
        kept.other.append(&mut rest);
        kept.keep(&mut runbook.extra, KEY);
        self.runbooks.push(runbook);
    }

    /// A policy as Octopus's JSON has it; what it says besides goes to `rest`,
    /// as a block of the same name.
    pub(super) fn policy(
        &mut self,
        block: &Block,
        members: &[(&str, &str, Member)],
        rest: &mut Vec<Element>,
    ) -> Json {
        let mut body = Body::of(&block.body);
        let mut policy = Map::new();
        for (name, member, kind) in members {
            let value: Option<Json> = match kind {
                Member::Flag => body.flag(self, name).then_some(true.into()),
                Member::Number => body.number(self, name).map(Json::from),
                Member::Word(usual) => {
                    body.maybe_text(self, name).filter(|text| text != usual).map(Json::from)
                }
                Member::List => {
                    let list = body.list(self, name);
                    (!list.is_empty()).then(|| list.into())
                }
            };
            if let Some(value) = value {
                policy.insert((*member).to_owned(), value);
            }
        }
        let kept: Kept = body.rest(self);
        if !kept.other.is_empty() {
            let left = Block { body: kept.other, ..Block::new(block.name.as_str()) };
            rest.push(left.into());
        }
        policy.into()
    }
}

/// The slug of a runbook: its own, or the one made of its name, or its id.
pub(super) fn slug_of(runbook: &Runbook) -> String {
    let slug = runbook.slug.clone().or_else(|| Slug::of(runbook.name.as_str()));
    slug.map_or_else(|| runbook.id.to_string(), |slug| slug.to_string())
}
