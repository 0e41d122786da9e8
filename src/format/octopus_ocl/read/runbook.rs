//! Runbooks.

use serde_json::{Map, Value as Json};

use super::body::Body;
use super::names::own_slug;
use super::{Reader, unique};
use crate::base::Severity;
use crate::format::fragment::{Covers, Mention, tame_name};
use crate::format::octopus_ocl::DocumentKind;
use crate::format::octopus_ocl::extras::{self, Member};
use crate::format::octopus_ocl::kept::{KEY, Kept};
use crate::model::project::{GuidedFailure, RunbookEnvironments, TenantedMode};
use crate::model::{Runbook, Slug};
use crate::ocl::{Block, Document, Element};

impl Reader {
    pub(super) fn runbook(&mut self, document: &Document) {
        let mut body = Body::of(&document.body);
        let stem = self.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let stem = stem.trim_end_matches(".ocl");
        let said = body.maybe_text(self, "name").unwrap_or_default();
        let text = [said, stem, "Runbook"].into_iter().find(|text| !text.trim().is_empty());
        let name = tame_name(text.unwrap_or_default());
        let made = Slug::of(name.as_str());
        // The file's name is the slug; a text without one has that of its name.
        let is_named = DocumentKind::of_path(&self.file) == Some(DocumentKind::Runbook);
        let slug = match (is_named, &made) {
            (true, _) => stem.to_owned(),
            (false, Some(slug)) => slug.to_string(),
            (false, None) => "runbook".to_owned(),
        };
        if self.runbooks.contains_key(&slug) {
            let what = format!("Two documents are the runbook \"{slug}\"; this one is left out.");
            self.say(Default::default(), Severity::Error, "octopus-ocl/runbook-twice", what);
            return;
        }
        let id = self.draft.runbook(Mention::Slug(&slug));
        let mut runbook = Runbook::new(id, name);
        runbook.slug = own_slug(&slug, runbook.name.as_str());
        runbook.description = body.maybe_text(self, "description").unwrap_or_default().to_owned();
        runbook.environment_scope =
            body.word(self, "environment_scope", RunbookEnvironments::from_word);
        let names = body.list(self, "environments");
        runbook.environments = unique(names.iter().map(|text| self.environment(text)).collect());
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
        if let Some(block) = body.block("process") {
            runbook.process = self.process(&block.body);
        } else {
            let what = format!("The runbook \"{}\" has no process.", runbook.name);
            self.say(Default::default(), Severity::Warning, "octopus-ocl/no-process", what);
        }
        let mut kept = body.rest(self);
        kept.other.append(&mut rest);
        kept.keep(&mut runbook.extra, KEY);
        let id = runbook.id.clone();
        self.draft.runbooks.change(&id, |row| *row = runbook);
        self.draft.cover(Covers::Runbook(id.clone()));
        self.runbooks.insert(slug, id);
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
