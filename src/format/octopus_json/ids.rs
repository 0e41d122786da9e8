//! Ids: the server's where it is known, a placeholder where it is not.

use std::collections::{HashMap, HashSet};

use super::Written;
use crate::base::{Finding, Place, Severity};
use crate::catalog::{Refers, refers};
use crate::model::space::FeedKind;
use crate::model::{
    AccountId, Action, ActionId, ChannelId, Design, EnvironmentId, Feed, FeedId, RunbookId,
    TargetId, WorkerPoolId,
};
use crate::record::{Bound, Entity, Table};
use serde_json::Value;

/// A kind of id that only the server knows.
#[derive(Debug, PartialEq, Eq)]
pub struct IdKind {
    /// The word in the placeholder.
    pub word: &'static str,
    /// What it is the id of.
    pub what: &'static str,
    /// The part of the server's address that lists them, for a person with `curl`.
    pub route: &'static str,
}

macro_rules! kinds {
    ($($name:ident = $word:literal, $what:literal, $route:literal;)*) => {
        impl IdKind {
            $(#[doc = concat!("Ids of one ", $what, ".")]
            pub const $name: &'static Self =
                &Self { word: $word, what: $what, route: $route };)*
        }
    };
}

kinds! {
    SPACE = "Spaces", "space", "/api/spaces";
    PROJECT = "Projects", "project", "/api/$SPACE/projects";
    ENVIRONMENT = "Environments", "environment", "/api/$SPACE/environments";
    CHANNEL = "Channels", "channel", "/api/$SPACE/projects/$PROJECT/channels";
    WORKER_POOL = "WorkerPools", "worker pool", "/api/$SPACE/workerpools";
    FEED = "Feeds", "feed", "/api/$SPACE/feeds";
    ACCOUNT = "Accounts", "account", "/api/$SPACE/accounts";
    CERTIFICATE = "Certificates", "certificate", "/api/$SPACE/certificates";
    TEAM = "Teams", "team", "/api/teams";
    MACHINE = "Machines", "deployment target", "/api/$SPACE/machines";
    RUNBOOK = "Runbooks", "runbook", "/api/$SPACE/projects/$PROJECT/runbooks";
    RUNBOOK_PROCESS = "RunbookProcesses", "runbook process", "/api/$SPACE/projects/$PROJECT/runbooks";
    TEMPLATE = "ActionTemplates", "step template", "/api/$SPACE/actiontemplates";
    ACTION = "Actions", "step", "/api/$SPACE/projects/$PROJECT/deploymentprocesses";
    LIBRARY_SET = "LibraryVariableSets", "library variable set", "/api/$SPACE/libraryvariablesets";
    VARIABLE_SET = "VariableSets", "variable set", "/api/$SPACE/projects/$PROJECT";
}

/// An id to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// What kind of id.
    pub kind: &'static IdKind,
    /// The name of what it is the id of.
    pub name: String,
}

impl Placeholder {
    /// What stands in the document.
    #[must_use]
    pub fn text(&self) -> String {
        ["{", self.kind.word, ":", &self.name, "}"].concat()
    }
}

/// One document being written.
pub(super) struct Ids<'a> {
    pub(super) design: &'a Design,
    pub(super) findings: Vec<Finding>,
    placeholders: Vec<Placeholder>,
    /// The texts of the placeholders, of which a large design has many.
    seen: HashSet<String>,
    /// Where the rows of a kind stand, by their ids; made when first asked.
    rows: HashMap<&'static str, HashMap<&'a str, usize>>,
    /// The same by ids of either side, for properties.
    loose: HashMap<&'static str, HashMap<&'a str, usize>>,
    actions: Option<HashMap<&'a str, &'a Action>>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(design: &'a Design) -> Self {
        Self {
            design,
            findings: Vec::new(),
            placeholders: Vec::new(),
            seen: HashSet::new(),
            rows: HashMap::new(),
            loose: HashMap::new(),
            actions: None,
        }
    }

    pub(super) fn done(mut self, value: Value) -> Written {
        if !self.placeholders.is_empty() {
            let list: Vec<_> = self.placeholders.iter().map(Placeholder::text).collect();
            let what = match list.len() {
                1 => "One id of the server is not known here.".to_owned(),
                count => format!("{count} ids of the server are not known here."),
            };
            self.findings.push(
                Finding::info("export/placeholders", Place::path("$"), what)
                    .because(format!("In their place stand {}.", list.join(", ")))
                    .do_this("Replace each with the id from your server; README.md says how."),
            );
        }
        Written { value, placeholders: self.placeholders, findings: self.findings }
    }

    pub(super) fn say(&mut self, severity: Severity, code: &'static str, path: &str, what: String) {
        self.findings.push(Finding::new(severity, code, Place::path(path), what));
    }

    /// The server's id, or a placeholder with the name.
    pub(super) fn id(&mut self, kind: &'static IdKind, octopus_id: &str, name: &str) -> String {
        if !octopus_id.is_empty() {
            return octopus_id.to_owned();
        }
        // Braces would end the placeholder too early.
        let name: String = name.chars().filter(|letter| !matches!(letter, '{' | '}')).collect();
        let placeholder = Placeholder { kind, name };
        let text = placeholder.text();
        if !self.seen.contains(&text) {
            self.seen.insert(text.clone());
            self.placeholders.push(placeholder);
        }
        text
    }

    fn unknown(&mut self, kind: &'static IdKind, id: &str, path: &str) -> String {
        let what =
            format!("The design refers to the {} \"{id}\", which it does not have.", kind.what);
        self.findings.push(
            Finding::warning("export/unknown-reference", Place::path(path), what)
                .do_this("Choose another one, or add it to the design."),
        );
        self.id(kind, "", id)
    }

    /// The id of a row of the space or the project.
    fn row<T: Entity>(
        &mut self,
        kind: &'static IdKind,
        table: &'a Table<T>,
        id: &T::Id,
        path: &str,
        names: fn(&T) -> (&str, &str),
    ) -> String {
        // Looking a row up goes through all of them, and there may be many.
        let rows = self.rows.entry(kind.word).or_insert_with(|| index(table));
        match rows.get(id.as_ref()).and_then(|at| table.nth(*at)) {
            Some(row) => {
                let (octopus_id, name) = names(row);
                self.id(kind, octopus_id, name)
            }
            None => self.unknown(kind, id.as_ref(), path),
        }
    }

    pub(super) fn environment(&mut self, id: &EnvironmentId, path: &str) -> String {
        let table = &self.design.space.environments;
        self.row(IdKind::ENVIRONMENT, table, id, path, |row| (&row.octopus_id, row.name.as_str()))
    }

    pub(super) fn channel(&mut self, id: &ChannelId, path: &str) -> String {
        let table = &self.design.project.channels;
        self.row(IdKind::CHANNEL, table, id, path, |row| (&row.octopus_id, row.name.as_str()))
    }

    pub(super) fn worker_pool(&mut self, id: &WorkerPoolId, path: &str) -> String {
        let table = &self.design.space.worker_pools;
        self.row(IdKind::WORKER_POOL, table, id, path, |row| (&row.octopus_id, row.name.as_str()))
    }

    pub(super) fn account(&mut self, id: &AccountId, path: &str) -> String {
        let table = &self.design.space.accounts;
        self.row(IdKind::ACCOUNT, table, id, path, |row| (&row.octopus_id, row.name.as_str()))
    }

    pub(super) fn certificate(&mut self, id: &crate::model::CertificateId, path: &str) -> String {
        let table = &self.design.space.certificates;
        self.row(IdKind::CERTIFICATE, table, id, path, |row| (&row.octopus_id, row.name.as_str()))
    }

    pub(super) fn target(&mut self, id: &TargetId, path: &str) -> String {
        let table = &self.design.space.targets;
        self.row(IdKind::MACHINE, table, id, path, |row| (&row.octopus_id, row.name.as_str()))
    }

    pub(super) fn runbook(&mut self, id: &RunbookId, path: &str) -> String {
        let table = &self.design.project.runbooks;
        self.row(IdKind::RUNBOOK, table, id, path, |row| (&row.octopus_id, row.name.as_str()))
    }

    pub(super) fn project(&mut self) -> String {
        let project = &self.design.project;
        let name = if project.name.is_empty() { "this project" } else { &project.name };
        self.id(IdKind::PROJECT, &project.octopus_id, name)
    }

    pub(super) fn space(&mut self) -> String {
        let space = &self.design.space;
        let name = &space.name;
        self.id(IdKind::SPACE, &space.octopus_id, if name.is_empty() { "Default" } else { name })
    }

    /// The id of an action, wherever in the project it stands.
    pub(super) fn action(&mut self, id: &ActionId, path: &str) -> String {
        let design = self.design;
        let actions = self.actions.get_or_insert_with(|| {
            let project = &design.project;
            let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
            let all = std::iter::once(&project.process).chain(runbooks);
            let all = all.flat_map(|process| process.actions());
            all.map(|(_, action)| (action.id.as_str(), action)).collect()
        });
        let found = actions.get(id.as_str()).copied();
        match found {
            Some(action) => self.id(IdKind::ACTION, &action.octopus_id, action.name.as_str()),
            None => self.unknown(IdKind::ACTION, id.as_ref(), path),
        }
    }

    pub(super) fn feed(&mut self, id: &FeedId, path: &str) -> String {
        let table = &self.design.space.feeds;
        let rows = self.rows.entry(IdKind::FEED.word).or_insert_with(|| index(table));
        match rows.get(id.as_str()).and_then(|at| table.nth(*at)) {
            Some(feed) => self.feed_row(feed),
            None => self.unknown(IdKind::FEED, id.as_ref(), path),
        }
    }

    fn feed_row(&mut self, feed: &Feed) -> String {
        if feed.octopus_id.is_empty() && feed.kind == FeedKind::BuiltIn {
            return BUILT_IN.to_owned();
        }
        self.id(IdKind::FEED, &feed.octopus_id, feed.name.as_str())
    }

    pub(super) fn bound_feed(&mut self, feed: Option<&Bound<FeedId>>, path: &str) -> Value {
        match feed {
            None => Value::Null,
            Some(Bound::Expression(text)) => Value::from(text.as_str()),
            Some(Bound::Is(id)) => Value::from(self.feed(id, path)),
        }
    }

    /// The feed of the server's own releases, for Deploy a Release.
    pub(super) fn releases_feed(&mut self) -> String {
        let feeds = &self.design.space.feeds;
        match feeds.iter().find(|feed| feed.kind == FeedKind::Releases) {
            Some(feed) => self.feed_row(feed),
            None => self.id(IdKind::FEED, "", "Octopus Server Releases (built-in)"),
        }
    }

    /// The text of property `key`, with what it refers to by the server's ids.
    pub(super) fn property(&mut self, key: &str, text: &str, path: &str) -> String {
        let space = &self.design.space;
        match refers(key) {
            Refers::Nothing | Refers::Variable(_) => text.to_owned(),
            _ if text.is_empty() || text.contains("#{") => text.to_owned(),
            Refers::Teams => {
                let teams = text.split(',').map(str::trim).filter(|team| !team.is_empty());
                let table = &space.teams;
                let ids: Vec<_> = teams
                    .map(|team| {
                        self.loose(IdKind::TEAM, table, team, path, |row| {
                            (&row.octopus_id, row.name.as_str())
                        })
                    })
                    .collect();
                ids.join(",")
            }
            Refers::Account => {
                let table = &space.accounts;
                self.loose(IdKind::ACCOUNT, table, text, path, |row| {
                    (&row.octopus_id, row.name.as_str())
                })
            }
            Refers::Feed => match space.feeds.iter().find(|row| row.id.as_str() == text) {
                Some(feed) => self.feed_row(feed),
                None if text == BUILT_IN || is_server_id(IdKind::FEED, text) => text.to_owned(),
                None => self.unknown(IdKind::FEED, text, path),
            },
            Refers::StepTemplate => {
                let table = &space.step_templates;
                self.loose(IdKind::TEMPLATE, table, text, path, |row| {
                    // Files of the community library have ids that no server knows.
                    let is_servers = is_server_id(IdKind::TEMPLATE, &row.octopus_id);
                    (if is_servers { &row.octopus_id } else { "" }, row.name.as_str())
                })
            }
            // A design has no other projects: it names them.
            Refers::Project if is_server_id(IdKind::PROJECT, text) => text.to_owned(),
            Refers::Project => self.id(IdKind::PROJECT, "", text),
        }
    }

    /// Text that says a row by its id in the design or on the server.
    fn loose<T: Entity>(
        &mut self,
        kind: &'static IdKind,
        table: &'a Table<T>,
        text: &str,
        path: &str,
        names: fn(&T) -> (&str, &str),
    ) -> String {
        let rows = self.loose.entry(kind.word).or_insert_with(|| {
            let mut rows = HashMap::new();
            for (at, row) in table.iter().enumerate() {
                rows.entry(row.id().as_ref()).or_insert(at);
                rows.entry(names(row).0).or_insert(at);
            }
            rows
        });
        match rows.get(text).and_then(|at| table.nth(*at)) {
            Some(row) => {
                let (octopus_id, name) = names(row);
                self.id(kind, octopus_id, name)
            }
            None if is_server_id(kind, text) => text.to_owned(),
            None => self.unknown(kind, text, path),
        }
    }
}

/// Where each row stands, by its id.
fn index<T: Entity>(table: &Table<T>) -> HashMap<&str, usize> {
    table.iter().enumerate().map(|(at, row)| (row.id().as_ref(), at)).collect()
}

/// The built-in feed's name where an id is asked for.
const BUILT_IN: &str = "feeds-builtin";

/// Whether `text` looks like the server's own id of this kind, such as
/// `Teams-12` or the built-in `teams-managers`.
fn is_server_id(kind: &IdKind, text: &str) -> bool {
    text.split_once('-')
        .is_some_and(|(word, rest)| word.eq_ignore_ascii_case(kind.word) && !rest.is_empty())
}
