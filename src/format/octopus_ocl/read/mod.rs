//! The reader: from the documents of a project to the part of a design that
//! they say.

mod action;
mod body;
mod names;
mod packages;
mod process;
mod runbook;
mod settings;
mod variables;

use std::collections::{HashMap, HashSet};

use super::kind::{DocumentKind, kind_of};
use super::{NEWEST_SEEN, SLUGS_SINCE};
use crate::base::{Finding, LineColumn, Place, Severity};
use crate::format::fragment::{Covers, Draft, Fragment, Ids};
use crate::model::{ActionId, FeedId, PackageKey, Properties, RunbookId};
use crate::ocl::{self, At, Attribute, Document, Element};
use crate::record::Bound;

/// Findings about the meaning of one document; further ones are counted only.
const MOST_FINDINGS: usize = 200;

/// A document to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'t> {
    /// Its path as the person knows it; may be just a name, or empty.
    pub path: &'t str,
    /// Its text.
    pub text: &'t str,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// What the documents say, what they refer to, and what is wrong with them.
    pub fragment: Fragment,
    /// What each source is, in their order.
    pub kinds: Vec<Option<DocumentKind>>,
    /// The schema version, where a document says it.
    pub schema_version: Option<i32>,
}

/// Reads the documents of one project.
#[must_use]
pub fn read(sources: &[Source<'_>]) -> Read {
    let mut reader = Reader::default();
    let mut kinds = vec![None; sources.len()];
    let mut documents = Vec::with_capacity(sources.len());
    for (index, source) in sources.iter().enumerate() {
        let syntax = ocl::parse(source.text);
        reader.open(*source);
        for problem in &syntax.problems {
            let mut finding = problem.to_finding();
            finding.place = reader.placed(finding.place);
            reader.draft.say(finding);
        }
        let document = syntax.document();
        let kind = kind_of(source.path, &document);
        if let Some(slot) = kinds.get_mut(index) {
            *slot = kind;
        }
        match kind {
            Some(_) if sources.len() > 1 && is_draft(source.path) => reader.draft(),
            Some(kind) => documents.push((kind, index, document)),
            None => reader.not_known(source, &document),
        }
    }
    // Variables refer to actions, and everything hangs on the schema version.
    documents.sort_by_key(|(kind, index, _)| (*kind, *index));
    for (kind, index, document) in &documents {
        if let Some(source) = sources.get(*index) {
            reader.open(*source);
            reader.document(*kind, document);
            reader.close(source.text);
        }
    }
    let mut read = reader.done();
    read.kinds = kinds;
    read
}

/// Everything being read, across documents.
#[derive(Default)]
struct Reader {
    draft: Draft,
    schema_version: Option<i32>,
    /// The document that is open.
    file: String,
    /// What was found in it, by the byte at which it stands.
    pending: Vec<(usize, Finding)>,
    /// Findings beyond the limit.
    more: usize,
    /// Packages by their key: id and feed.
    packages: HashMap<PackageKey, (String, Option<Bound<FeedId>>)>,
    /// Runbooks by their slug.
    runbooks: HashMap<String, RunbookId>,
    /// Ids of variables.
    variable_ids: Ids,
    /// Actions by their slug, in all processes.
    actions: HashMap<String, Vec<ActionId>>,
}

impl Reader {
    fn open(&mut self, source: Source<'_>) {
        source.path.clone_into(&mut self.file);
    }

    /// Gives the findings of the open document their lines and columns.
    fn close(&mut self, text: &str) {
        let mut pending = std::mem::take(&mut self.pending);
        pending.sort_by_key(|(offset, _)| *offset);
        let offsets: Vec<_> = pending.iter().map(|(offset, _)| *offset).collect();
        let places = LineColumn::of_each(text, &offsets);
        for ((_, mut finding), place) in pending.into_iter().zip(places) {
            finding.place = self.placed(Place::position(place));
            self.draft.say(finding);
        }
        if self.more > 0 {
            let what = format!("{} more things to say of this file are left out.", self.more);
            let place = self.placed(Place::default());
            self.draft.say(Finding::info("octopus-ocl/too-many", place, what));
            self.more = 0;
        }
    }

    fn placed(&self, place: Place) -> Place {
        if self.file.is_empty() { place } else { place.in_file(&self.file) }
    }

    fn say(&mut self, at: At, severity: Severity, code: &'static str, what: String) {
        self.tell(at, Finding::new(severity, code, Place::default(), what));
    }

    fn tell(&mut self, at: At, finding: Finding) {
        if self.pending.len() < MOST_FINDINGS {
            self.pending.push((at.0.start, finding));
        } else {
            self.more += 1;
        }
    }

    fn document(&mut self, kind: DocumentKind, document: &Document) {
        match kind {
            DocumentKind::SchemaVersion => self.version(document),
            DocumentKind::Process => {
                self.draft.cover(Covers::Process);
                self.deployment_process(document);
            }
            DocumentKind::Runbook => self.runbook(document),
            DocumentKind::Variables => {
                self.draft.cover(Covers::Variables);
                self.variables(document);
            }
            DocumentKind::Settings => {
                self.draft.cover(Covers::Project);
                self.settings(document);
            }
        }
    }

    fn version(&mut self, document: &Document) {
        let mut body = body::Body::of(&document.body);
        self.schema_version = body.number(self, "version");
        if let Some(version) = self.schema_version
            && version > NEWEST_SEEN
        {
            let what = format!("Schema version {version} is newer than any that Pulpo knows.");
            let finding = Finding::warning("octopus-ocl/newer-schema", Place::default(), what)
                .because(format!("What changed after version {NEWEST_SEEN} is not known here."))
                .do_this("Look through what was kept as it is.");
            self.tell(body.at("version"), finding);
        }
        let kept = body.rest(self);
        let extra = &mut self.draft.design.project.extra;
        kept.keep(extra, "oclVersion");
    }

    /// Whether things go by their names, not by slugs, because the files are
    /// that old or may be.
    fn may_go_by_name(&self) -> bool {
        self.schema_version.is_none_or(|version| version < SLUGS_SINCE)
    }

    /// A draft of a runbook that Octopus left aside when it took to Git.
    fn draft(&mut self) {
        let place = self.placed(Place::default());
        let what = "The draft of a runbook is not read.";
        let finding = Finding::info("octopus-ocl/draft", place, what)
            .because("Octopus left it aside when the runbooks went to Git, and does not run it.");
        self.draft.say(finding);
    }

    /// A document that is none of a project's.
    fn not_known(&mut self, source: &Source<'_>, document: &Document) {
        let name = source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let place = self.placed(Place::default());
        let finding = match name {
            "channels.ocl" => {
                Finding::info("octopus-ocl/channels", place, "Channels in OCL are not read.")
                    .because(
                        "Octopus itself does not read this file: channels are in its database.",
                    )
            }
            "templated_project_values.ocl" if document.body.is_empty() => return,
            "templated_project_values.ocl" => {
                let text = source.text.to_owned();
                self.draft.design.project.extra.set("oclTemplatedValues", text.into());
                Finding::info(
                    "octopus-ocl/templated-values",
                    place,
                    "The values of a project template are kept as they are.",
                )
            }
            _ if document.body.is_empty() => return,
            _ => Finding::warning(
                "octopus-ocl/other-document",
                place,
                "This is OCL, but no document of an Octopus project.",
            )
            .because(
                "It has none of the blocks that a process, runbook, variables or settings have.",
            )
            .do_this("Check that it is the file that you meant; it was left out."),
        };
        self.draft.say(finding);
    }

    fn other_kind(&mut self, attribute: &Attribute, wanted: &str) {
        let what = format!("`{}` is not {wanted}.", attribute.name);
        let finding = Finding::warning("octopus-ocl/other-kind", Place::default(), what)
            .because("It was kept as it is, and what it means was not understood.");
        self.tell(attribute.at, finding);
    }

    fn kept_as_it_is(&mut self, element: &Element, carried: &[&str]) {
        let (at, code, what) = match element {
            Element::Attribute(attribute) if carried.contains(&attribute.name.as_str()) => return,
            Element::Attribute(attribute) => {
                let what = format!("The attribute `{}` is kept as it is.", attribute.name);
                (attribute.at, "octopus-ocl/unknown-attribute", what)
            }
            Element::Block(block) => {
                let what = format!("The block `{}` is kept as it is.", block.name);
                (block.at, "octopus-ocl/unknown-block", what)
            }
        };
        let finding = Finding::info(code, Place::default(), what)
            .because("Pulpo does not know what it means; it is written back to OCL.");
        self.tell(at, finding);
    }

    fn done(mut self) -> Read {
        self.name_donor();
        self.keep_version();
        let schema_version = self.schema_version;
        Read { fragment: self.draft.finish(), kinds: Vec::new(), schema_version }
    }

    /// A version newer than the one that Pulpo writes is kept (V2).
    fn keep_version(&mut self) {
        if let Some(version) = self.schema_version
            && version > super::SCHEMA_VERSION
        {
            self.draft.design.project.extra.set("oclSchemaVersion", version.into());
        }
    }
}

/// Whether the path is that of a draft that a migration left behind.
fn is_draft(path: &str) -> bool {
    path.rsplit(['/', '\\']).nth(1) == Some("migrated-drafts")
}

/// `items` without those that came before.
fn unique<T: Clone + Eq + std::hash::Hash>(items: Vec<T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.into_iter().filter(|item| seen.insert(item.clone())).collect()
}

/// Takes the text of `key` out of `properties`.
fn take(properties: &mut Properties, key: &str) -> Option<String> {
    let text = properties.get(key)?.as_text()?.to_owned();
    properties.remove(key);
    Some(text)
}
