//! Deployment settings.

use serde_json::{Map, Value as Json};

use super::Reader;
use super::body::Body;
use crate::format::octopus_ocl::extras;
use crate::format::octopus_ocl::kept::KEY;
use crate::model::project::GuidedFailure;
use crate::ocl::{Block, Document, Element};

impl Reader {
    pub(super) fn settings(&mut self, document: &Document) {
        let mut body = Body::of(&document.body);
        let guided: GuidedFailure =
            body.word(self, "default_guided_failure_mode", GuidedFailure::from_word);
        self.draft.design.project.guided_failure = guided;
        for (name, member) in [
            ("release_notes_template", extras::RELEASE_NOTES),
            ("deployment_changes_template", extras::CHANGES),
        ] {
            if let Some(text) = body.maybe_text(self, name) {
                self.draft.design.project.extra.set(member, text.into());
            }
        }
        let mut rest = Vec::new();
        let policy = match body.block("connectivity_policy") {
            Some(block) => self.policy(block, &extras::POLICY, &mut rest),
            None => Json::Object(Map::new()),
        };
        self.draft.design.project.extra.set(extras::PROJECT_CONNECTIVITY, policy);
        let strategy = match body.block("versioning_strategy") {
            Some(block) => self.versioning(block, &mut rest),
            None => Json::Object(Map::new()),
        };
        self.draft.design.project.extra.set(extras::VERSIONING, strategy);
        let mut kept = body.rest(self);
        kept.other.append(&mut rest);
        let extra = &mut self.draft.design.project.extra;
        kept.keep(extra, KEY);
    }

    fn versioning(&mut self, block: &Block, rest: &mut Vec<Element>) -> Json {
        let mut body = Body::of(&block.body);
        let mut strategy = Map::new();
        if let Some(text) = body.maybe_text(self, "template") {
            strategy.insert(extras::TEMPLATE.to_owned(), text.into());
        }
        if let Some(donor) = body.block("donor_package") {
            let mut inner = Body::of(&donor.body);
            let mut package = Map::new();
            for (name, member) in
                [("step", extras::DONOR_ACTION), ("package", extras::DONOR_PACKAGE)]
            {
                if let Some(text) = inner.maybe_text(self, name) {
                    package.insert(member.to_owned(), text.into());
                }
            }
            strategy.insert(extras::DONOR.to_owned(), package.into());
            let kept = inner.rest(self);
            if !kept.other.is_empty() {
                let inner = Block { body: kept.other, ..Block::new("donor_package") };
                let outer = Block { body: vec![inner.into()], ..Block::new("versioning_strategy") };
                rest.push(outer.into());
            }
        }
        let kept = body.rest(self);
        if !kept.other.is_empty() {
            let left = Block { body: kept.other, ..Block::new(block.name.as_str()) };
            rest.push(left.into());
        }
        strategy.into()
    }

    /// The donor of the version by its action's name, as Octopus's JSON has it,
    /// where its step is there: OCL has the step's slug (D1).
    pub(super) fn name_donor(&mut self) {
        let project = &self.draft.design.project;
        let Some(Json::Object(strategy)) = project.extra.get(extras::VERSIONING) else { return };
        let donor = strategy.get(extras::DONOR);
        let slug = donor.and_then(|donor| donor.get(extras::DONOR_ACTION)).and_then(Json::as_str);
        let Some(slug) = slug else { return };
        let step = project.process.steps.iter().find(|step| step.slug() == slug);
        let Some(name) = step.map(|step| step.actions.first().name.to_string()) else { return };
        let mut strategy = strategy.clone();
        if let Some(Json::Object(donor)) = strategy.get_mut(extras::DONOR) {
            donor.insert(extras::DONOR_ACTION.to_owned(), name.into());
        }
        self.draft.design.project.extra.set(extras::VERSIONING, strategy.into());
    }
}
