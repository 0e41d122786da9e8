//! What the space and the project have, by the slug or id that OCL names it by
//! (I1 to I5).

use std::collections::BTreeSet;

use super::slugs::made;
use crate::base::{Finding, Place, Severity};
use crate::catalog::{Refers, refers};
use crate::format::octopus_json::{IdKind, Placeholder};
use crate::model::ids::{CertificateId, TargetId};
use crate::model::space::FeedKind;
use crate::model::{
    AccountId, ChannelId, Design, EnvironmentId, FeedId, PackageKey, Slug, Team, WorkerPoolId,
};
use crate::record::{Bound, Entity, Table};

/// Looks things up, and says what it could not find.
pub(super) struct Names<'d> {
    pub design: &'d Design,
    /// Of the document being written.
    pub findings: Vec<Finding>,
    pub placeholders: Vec<Placeholder>,
    /// Slugs that were made of names.
    made: BTreeSet<String>,
    /// Things that are named by the server's id for want of a slug.
    by_id: BTreeSet<String>,
}

/// What a row is called: its slug, name and server's id.
type Called<'r> = (Option<&'r Slug>, &'r str, &'r str);

impl<'d> Names<'d> {
    pub(super) fn new(design: &'d Design) -> Self {
        Self {
            design,
            findings: Vec::new(),
            placeholders: Vec::new(),
            made: BTreeSet::new(),
            by_id: BTreeSet::new(),
        }
    }

    pub(super) fn say(&mut self, severity: Severity, code: &'static str, path: &str, what: String) {
        self.findings.push(Finding::new(severity, code, Place::path(path), what));
    }

    pub(super) fn placeholder(&mut self, kind: &'static IdKind, name: &str) -> String {
        // Braces would end the placeholder too early.
        let name = name.chars().filter(|letter| !matches!(letter, '{' | '}')).collect();
        let placeholder = Placeholder { kind, name };
        let text = placeholder.text();
        if !self.placeholders.contains(&placeholder) {
            self.placeholders.push(placeholder);
        }
        text
    }

    fn slug(&mut self, id: &str, (slug, name, octopus_id): Called) -> String {
        if let Some(slug) = slug {
            return slug.to_string();
        }
        if name == octopus_id && !name.is_empty() {
            self.by_id.insert(name.to_owned());
            return name.to_owned();
        }
        let slug = made(name, id);
        if slug != name {
            self.made.insert(format!("{slug} ({name})"));
        }
        slug
    }

    fn row<T: Entity>(
        &mut self,
        what: &str,
        table: &'d Table<T>,
        id: &T::Id,
        path: &str,
        called: impl Fn(&'d T) -> Called<'d>,
    ) -> String {
        match table.get(id) {
            Some(row) => self.slug(id.as_ref(), called(row)),
            None => self.unknown(what, id.as_ref(), path),
        }
    }

    pub(super) fn unknown(&mut self, what: &str, id: &str, path: &str) -> String {
        let text = format!("The design refers to the {what} \"{id}\", which it does not have.");
        self.findings.push(
            Finding::warning("export/unknown-reference", Place::path(path), text)
                .because("Octopus loads no file that names what it does not have.")
                .do_this("Choose another one, or add it to the design."),
        );
        id.to_owned()
    }

    pub(super) fn environment(&mut self, id: &EnvironmentId, path: &str) -> String {
        let table = &self.design.space.environments;
        self.row("environment", table, id, path, |row| {
            (row.slug.as_ref(), row.name.as_str(), &row.octopus_id)
        })
    }

    pub(super) fn channel(&mut self, id: &ChannelId, path: &str) -> String {
        let table = &self.design.project.channels;
        self.row("channel", table, id, path, |row| {
            (row.slug.as_ref(), row.name.as_str(), &row.octopus_id)
        })
    }

    pub(super) fn pool(&mut self, id: &WorkerPoolId, path: &str) -> String {
        let table = &self.design.space.worker_pools;
        self.row("worker pool", table, id, path, |row| {
            (row.slug.as_ref(), row.name.as_str(), &row.octopus_id)
        })
    }

    pub(super) fn account(&mut self, id: &AccountId, path: &str) -> String {
        let table = &self.design.space.accounts;
        self.row("account", table, id, path, |row| {
            (row.slug.as_ref(), row.name.as_str(), &row.octopus_id)
        })
    }

    pub(super) fn target(&mut self, id: &TargetId, path: &str) -> String {
        let table = &self.design.space.targets;
        let called = |row: &'d crate::model::Target| (None, row.name.as_str(), &*row.octopus_id);
        self.row("deployment target", table, id, path, called)
    }

    pub(super) fn feed(&mut self, id: &FeedId, path: &str) -> String {
        let table = &self.design.space.feeds;
        self.row("feed", table, id, path, |row| {
            let is_built_in = row.slug.is_none() && row.kind == FeedKind::BuiltIn;
            let name = if is_built_in { BUILT_IN } else { row.name.as_str() };
            (row.slug.as_ref(), name, &row.octopus_id)
        })
    }

    pub(super) fn bound_feed(&mut self, feed: Option<&Bound<FeedId>>, path: &str) -> String {
        match feed {
            None => String::new(),
            Some(Bound::Expression(text)) => text.clone(),
            Some(Bound::Is(id)) => self.feed(id, path),
        }
    }

    /// A package's id and feed.
    pub(super) fn package(&mut self, key: &PackageKey, path: &str) -> (String, String) {
        let Some(package) = self.design.project.packages.get(key) else {
            return (self.unknown("package", key.as_str(), path), String::new());
        };
        let feed = self.bound_feed(package.feed.as_ref(), path);
        (package.package_id.clone(), feed)
    }

    /// A certificate, which goes by the server's id.
    pub(super) fn certificate(&mut self, id: &CertificateId, path: &str) -> String {
        match self.design.space.certificates.get(id) {
            Some(row) if row.octopus_id.is_empty() => {
                self.placeholder(IdKind::CERTIFICATE, row.name.as_str())
            }
            Some(row) => row.octopus_id.clone(),
            None => self.unknown("certificate", id.as_str(), path),
        }
    }

    /// The feed of the server's own releases, for Deploy a Release.
    pub(super) fn releases_feed(&mut self, path: &str) -> String {
        let feeds = &self.design.space.feeds;
        match feeds.iter().find(|feed| feed.kind == FeedKind::Releases) {
            Some(feed) => self.feed(&feed.id, path),
            None => "octopus-server-releases-built-in".to_owned(),
        }
    }

    /// The text of property `key`, with what it refers to as OCL names it.
    pub(super) fn property(&mut self, key: &str, text: &str, path: &str) -> String {
        if text.is_empty() || text.contains("#{") {
            return text.to_owned();
        }
        let space = &self.design.space;
        match refers(key) {
            Refers::Nothing | Refers::Variable(_) => text.to_owned(),
            Refers::Teams => {
                let teams = text.split(',').map(str::trim).filter(|team| !team.is_empty());
                teams.map(|team| self.team(team, path)).collect::<Vec<_>>().join(",")
            }
            Refers::Account => {
                let rows = &space.accounts;
                let row = rows.iter().find(|row| is_row(text, row.id.as_str(), &row.octopus_id));
                match row {
                    Some(row) => self.account(&row.id, path),
                    None => self.loose(IdKind::ACCOUNT, text, path),
                }
            }
            Refers::Feed => {
                let rows = &space.feeds;
                let row = rows.iter().find(|row| is_row(text, row.id.as_str(), &row.octopus_id));
                match row {
                    Some(row) => self.feed(&row.id, path),
                    None if text == "feeds-builtin" => BUILT_IN.to_owned(),
                    None => self.loose(IdKind::FEED, text, path),
                }
            }
            Refers::StepTemplate => {
                let rows = &space.step_templates;
                let row = rows.iter().find(|row| is_row(text, row.id.as_str(), &row.octopus_id));
                match row {
                    Some(row) if row.octopus_id.is_empty() => {
                        self.placeholder(IdKind::TEMPLATE, row.name.as_str())
                    }
                    Some(row) => row.octopus_id.clone(),
                    None => self.loose(IdKind::TEMPLATE, text, path),
                }
            }
            // A design has no other projects: it names them.
            Refers::Project if is_server_id(IdKind::PROJECT, text) => text.to_owned(),
            Refers::Project => self.placeholder(IdKind::PROJECT, text),
        }
    }

    /// A team by its slug; those of the whole server begin with `global/`.
    fn team(&mut self, text: &str, path: &str) -> String {
        let rows = self.design.space.teams.iter();
        let row = rows.map(|row| &**row).find(|row| is_row(text, row.id.as_str(), &row.octopus_id));
        match row {
            Some(Team { id, name, is_system, octopus_id, .. }) => {
                let slug = self.slug(id.as_str(), (None, name.as_str(), octopus_id));
                if *is_system { ["global/", &slug].concat() } else { slug }
            }
            None => self.loose(IdKind::TEAM, text, path),
        }
    }

    /// Text that names no row: the server's own id is taken as it is.
    fn loose(&mut self, kind: &'static IdKind, text: &str, path: &str) -> String {
        if is_server_id(kind, text) {
            self.by_id.insert(text.to_owned());
            return text.to_owned();
        }
        self.unknown(kind.what, text, path)
    }

    /// What is to be said of the slugs in all documents.
    pub(super) fn said_of_slugs(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let list = |names: &BTreeSet<String>| {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            names.join(", ")
        };
        if !self.made.is_empty() {
            let what = "OCL names things by their slugs, and these were made of names.";
            findings.push(
                Finding::info("export/slugs-made", Place::default(), what)
                    .because(format!("They are {}.", list(&self.made)))
                    .do_this(
                        "Compare them with the slugs in Octopus: a slug does not follow a rename.",
                    ),
            );
        }
        if !self.by_id.is_empty() {
            let what = "Some things stand by the server's id where OCL has slugs.";
            findings.push(
                Finding::info("export/id-for-slug", Place::default(), what)
                    .because(format!(
                        "They are {}. That Octopus takes ids in their place is unverified.",
                        list(&self.by_id)
                    ))
                    .do_this("Give them their slugs in the design, or in the files."),
            );
        }
        findings
    }
}

/// The slug of the built-in feed.
const BUILT_IN: &str = "octopus-server-built-in";

fn is_row(text: &str, id: &str, octopus_id: &str) -> bool {
    text == id || text == octopus_id
}

/// Whether `text` looks like the server's own id of this kind.
fn is_server_id(kind: &IdKind, text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(word, rest)| word.eq_ignore_ascii_case(kind.word) && !rest.is_empty())
}
