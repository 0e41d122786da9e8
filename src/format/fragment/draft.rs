//! A fragment under construction: what every reader of a format fills.

use std::collections::{HashMap, HashSet};

use super::named::{Named, tame_environment_name, tame_name};
use super::rows::{Ids, Rows, id_key, name_key, slug_key};
use super::{ActionMention, Covers, Fragment};
use crate::base::Finding;
use crate::model::process::ActionType;
use crate::model::properties::Properties;
use crate::model::{
    Account, AccountId, AccountKind, ActionId, Certificate, CertificateId, Channel, ChannelId,
    Design, Environment, EnvironmentId, Feed, FeedId, FeedKind, LibrarySet, LibrarySetId,
    Lifecycle, LifecycleId, Package, PackageKey, Runbook, RunbookId, Slug, Step, StepTemplate,
    StepTemplateId, TagSet, Target, TargetId, Team, TeamId, Tenant, TenantId, WorkerPool,
    WorkerPoolId,
};
use crate::record::{Bound, Extra, Field, Table};

/// How a document refers to something that it does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mention<'t> {
    /// By the server's id.
    Id(&'t str),
    /// By its slug.
    Slug(&'t str),
    /// By its name.
    Name(&'t str),
}

impl<'t> Mention<'t> {
    /// How Octopus's JSON refers: by id, or by the placeholder that Pulpo
    /// writes where it does not know one (`{Environments:Production}`).
    #[must_use]
    pub fn of_json(text: &'t str) -> Self {
        let inner = text.strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        match inner.and_then(|inner| inner.split_once(':')) {
            Some((_, name)) => Self::Name(name),
            None => Self::Id(text),
        }
    }

    /// The text.
    #[must_use]
    pub fn text(self) -> &'t str {
        match self {
            Self::Id(text) | Self::Slug(text) | Self::Name(text) => text,
        }
    }

    fn key(self) -> String {
        match self {
            Self::Id(text) => id_key(text),
            Self::Slug(text) => slug_key(text),
            Self::Name(text) => name_key(text),
        }
    }

    /// The server's id, where it is one.
    #[must_use]
    pub fn octopus_id(self) -> String {
        match self {
            Self::Id(text) => text.to_owned(),
            _ => String::new(),
        }
    }

    /// The slug, where it is one and a name would not give the same.
    #[must_use]
    pub fn slug(self) -> Option<Slug> {
        match self {
            Self::Slug(text) => {
                let slug = Slug::parse(text).ok()?;
                (Slug::of(text).as_ref() != Some(&slug)).then_some(slug)
            }
            _ => None,
        }
    }
}

/// A fragment under construction.
#[derive(Debug, Default)]
pub struct Draft {
    /// What has no table of its own here: the project, its process, Pulumi.
    pub design: Design,
    /// What there is to say.
    pub findings: Vec<Finding>,
    covers: Vec<Covers>,
    covered: HashSet<Covers>,
    /// Environments.
    pub environments: Rows<Environment>,
    /// Lifecycles.
    pub lifecycles: Rows<Lifecycle>,
    /// Worker pools.
    pub worker_pools: Rows<WorkerPool>,
    /// Feeds.
    pub feeds: Rows<Feed>,
    /// Accounts.
    pub accounts: Rows<Account>,
    /// Certificates.
    pub certificates: Rows<Certificate>,
    /// Teams.
    pub teams: Rows<Team>,
    /// Deployment targets.
    pub targets: Rows<Target>,
    /// Tenants.
    pub tenants: Rows<Tenant>,
    /// Library variable sets.
    pub library_sets: Rows<LibrarySet>,
    /// Step templates.
    pub step_templates: Rows<StepTemplate>,
    /// Channels.
    pub channels: Rows<Channel>,
    /// Runbooks.
    pub runbooks: Rows<Runbook>,
    /// Tag sets.
    pub tag_sets: Vec<TagSet>,
    /// Steps that are not a whole process.
    pub loose_steps: Vec<Step>,
    packages: Vec<Package>,
    package_keys: HashMap<String, PackageKey>,
    package_ids: Ids,
    actions: Vec<ActionMention>,
    action_keys: HashMap<String, ActionId>,
    action_ids: Ids,
    held_actions: HashSet<ActionId>,
    step_ids: Ids,
}

/// Finds the row that is meant, or makes one with what the mention tells.
macro_rules! mentions {
    ($($(#[$meta:meta])* $name:ident in $rows:ident: $id:ident
        as |$mention:ident, $new:ident $(, $more:ident: $kind:ty)?| $make:expr;)*) => {
        impl Draft {$(
            $(#[$meta])*
            pub fn $name(&mut self, $mention: Mention $(, $more: $kind)?) -> $id {
                if let Some(row) = self.$rows.find(&$mention.key()) {
                    return row.id.clone();
                }
                let made = self.$rows.add($mention.text(), |$new| $make);
                // An id is made of a slug or of a plain word, so there is one.
                made.unwrap_or_else($id::blank)
            }
        )*}
    };
}

mentions! {
    /// The environment that is meant.
    environment in environments: EnvironmentId as |mention, id| Environment {
        slug: mention.slug(),
        octopus_id: mention.octopus_id(),
        ..Environment::new(id, tame_environment_name(mention.text()))
    };
    /// The lifecycle that is meant.
    lifecycle in lifecycles: LifecycleId as |mention, id| Lifecycle {
        slug: mention.slug(),
        octopus_id: mention.octopus_id(),
        ..Lifecycle::new(id, tame_name(mention.text()))
    };
    /// The worker pool that is meant.
    worker_pool in worker_pools: WorkerPoolId as |mention, id| WorkerPool {
        slug: mention.slug(),
        octopus_id: mention.octopus_id(),
        ..WorkerPool::new(id, tame_name(mention.text()))
    };
    /// The feed that is meant; `kind` is what a new one is.
    feed in feeds: FeedId as |mention, id, kind: FeedKind| Feed {
        slug: mention.slug(),
        octopus_id: mention.octopus_id(),
        ..Feed::new(id, tame_name(mention.text()), kind)
    };
    /// The account that is meant; `kind` is what a new one is.
    account in accounts: AccountId as |mention, id, kind: AccountKind| Account {
        slug: mention.slug(),
        octopus_id: mention.octopus_id(),
        ..Account::new(id, tame_name(mention.text()), kind)
    };
    /// The certificate that is meant.
    certificate in certificates: CertificateId as |mention, id| Certificate {
        id,
        name: tame_name(mention.text()),
        environments: Vec::new(),
        octopus_id: mention.octopus_id(),
        extra: Extra::default(),
    };
    /// The team that is meant.
    team in teams: TeamId as |mention, id| Team {
        is_system: mention.text().starts_with("global/") || mention.text().starts_with("teams-"),
        octopus_id: mention.octopus_id(),
        ..Team::new(id, tame_name(mention.text()))
    };
    /// The deployment target that is meant.
    target in targets: TargetId as |mention, id| Target {
        id,
        name: tame_name(mention.text()),
        tags: Vec::new(),
        environments: Vec::new(),
        octopus_id: mention.octopus_id(),
        extra: Extra::default(),
    };
    /// The tenant that is meant.
    tenant in tenants: TenantId as |mention, id| Tenant {
        octopus_id: mention.octopus_id(),
        ..Tenant::new(id, tame_name(mention.text()))
    };
    /// The library variable set that is meant.
    library_set in library_sets: LibrarySetId as |mention, id| LibrarySet {
        octopus_id: mention.octopus_id(),
        ..LibrarySet::new(id, tame_name(mention.text()))
    };
    /// The step template that is meant; `action_type` is what a new one makes.
    step_template in step_templates: StepTemplateId
        as |mention, id, action_type: ActionType| StepTemplate {
        id,
        name: tame_name(mention.text()),
        description: String::new(),
        action_type,
        version: 0,
        parameters: Vec::new(),
        properties: Properties::default(),
        packages: Vec::new(),
        community_id: String::new(),
        octopus_id: mention.octopus_id(),
        extra: Extra::default(),
    };
    /// The channel that is meant.
    channel in channels: ChannelId as |mention, id| Channel {
        slug: mention.slug(),
        octopus_id: mention.octopus_id(),
        ..Channel::new(id, tame_name(mention.text()))
    };
    /// The runbook that is meant.
    runbook in runbooks: RunbookId as |mention, id| Runbook {
        slug: mention.slug(),
        octopus_id: mention.octopus_id(),
        ..Runbook::new(id, tame_name(mention.text()))
    };
}

impl Draft {
    /// Says something.
    pub fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Says what the document holds, once.
    pub fn cover(&mut self, covers: Covers) {
        if self.covered.insert(covers.clone()) {
            self.covers.push(covers);
        }
    }

    /// The package of this id in this feed.
    pub fn package(&mut self, package_id: &str, feed: Option<Bound<FeedId>>) -> PackageKey {
        let from = match &feed {
            None => String::new(),
            Some(Bound::Is(feed)) => format!("i{feed}"),
            Some(Bound::Expression(text)) => format!("e{text}"),
        };
        let known = format!("{}\n{from}", package_id.to_lowercase());
        if let Some(key) = self.package_keys.get(&known) {
            return key.clone();
        }
        let key = PackageKey::parse(&self.package_ids.make(package_id, "package"));
        let key = key.unwrap_or_else(|_| PackageKey::blank());
        self.package_keys.insert(known, key.clone());
        self.packages.push(Package {
            key: key.clone(),
            package_id: package_id.to_owned(),
            feed,
            extra: Extra::default(),
        });
        key
    }

    /// A new id for a step of this name.
    pub fn new_step_id(&mut self, name: &str) -> crate::model::StepId {
        let id = crate::model::StepId::parse(&self.step_ids.make(name, "step"));
        id.unwrap_or_else(|_| crate::model::StepId::blank())
    }

    /// A new id for an action that the document holds, found from now on by what
    /// is known of it (empty texts are not). If something referred to it
    /// before, it gets the id that was given then.
    pub fn new_action_id(&mut self, octopus_id: &str, slug: &str, name: &str) -> ActionId {
        let keys = action_keys(octopus_id, slug, name);
        let known = keys.iter().find_map(|key| self.action_keys.get(key));
        let known = known.filter(|id| !self.held_actions.contains(*id)).cloned();
        let id = known.unwrap_or_else(|| self.make_action_id(name));
        for key in keys {
            self.action_keys.entry(key).or_insert_with(|| id.clone());
        }
        self.held_actions.insert(id.clone());
        id
    }

    /// The action that a scope means, held by the document or not.
    pub fn action(&mut self, mention: Mention) -> ActionId {
        let (octopus_id, slug, name) = match mention {
            Mention::Id(text) => (text, "", ""),
            Mention::Slug(text) => ("", text, ""),
            Mention::Name(text) => ("", "", text),
        };
        self.action_known_as(octopus_id, slug, name)
    }

    /// The action that has this id and name on the server.
    pub fn action_known_as(&mut self, octopus_id: &str, slug: &str, name: &str) -> ActionId {
        let keys = action_keys(octopus_id, slug, name);
        if let Some(id) = keys.iter().find_map(|key| self.action_keys.get(key)) {
            return id.clone();
        }
        let text = [name, slug, octopus_id].into_iter().find(|text| !text.is_empty());
        let text = text.unwrap_or_default();
        let id = self.make_action_id(text);
        for key in keys {
            self.action_keys.entry(key).or_insert_with(|| id.clone());
        }
        let name = if name.is_empty() { slug } else { name };
        let (octopus_id, name) = (octopus_id.to_owned(), name.to_owned());
        self.actions.push(ActionMention { id: id.clone(), octopus_id, name });
        id
    }

    fn make_action_id(&mut self, text: &str) -> ActionId {
        let id = ActionId::parse(&self.action_ids.make(text, "action"));
        id.unwrap_or_else(|_| ActionId::blank())
    }

    /// The fragment.
    #[must_use]
    pub fn finish(self) -> Fragment {
        let mut design = self.design;
        let space = &mut *design.space;
        put(&mut space.environments, self.environments);
        put(&mut space.lifecycles, self.lifecycles);
        put(&mut space.worker_pools, self.worker_pools);
        put(&mut space.feeds, self.feeds);
        put(&mut space.accounts, self.accounts);
        put(&mut space.certificates, self.certificates);
        put(&mut space.teams, self.teams);
        put(&mut space.targets, self.targets);
        put(&mut space.tenants, self.tenants);
        put(&mut space.library_sets, self.library_sets);
        put(&mut space.step_templates, self.step_templates);
        if !self.tag_sets.is_empty() {
            space.tag_sets = self.tag_sets.into_iter().collect();
        }
        let project = &mut *design.project;
        put(&mut project.channels, self.channels);
        put(&mut project.runbooks, self.runbooks);
        if !self.loose_steps.is_empty() {
            project.process.steps = self.loose_steps.into_iter().collect();
        }
        if !self.packages.is_empty() {
            project.packages = self.packages.into_iter().collect();
        }
        let held = self.held_actions;
        let actions = self.actions.into_iter().filter(|one| !held.contains(&one.id)).collect();
        Fragment { design, covers: self.covers, actions, findings: self.findings }
    }
}

fn action_keys(octopus_id: &str, slug: &str, name: &str) -> Vec<String> {
    let mut keys = Vec::new();
    if !octopus_id.is_empty() {
        keys.push(id_key(octopus_id));
    }
    if !slug.is_empty() {
        keys.push(slug_key(slug));
    }
    if !name.is_empty() {
        keys.push(name_key(name));
    }
    keys
}

/// Rows that the design has already, as that of a design file has, stay.
fn put<T: Named>(table: &mut Table<T>, rows: Rows<T>) {
    if !rows.is_empty() {
        *table = rows.table();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_found_by_all_that_is_known_of_it() {
        let mut draft = Draft::default();
        let one = draft.environment(Mention::Id("Environments-3"));
        assert_eq!(draft.environment(Mention::of_json("Environments-3")), one);
        draft.environments.change(&one, |row| row.name = tame_environment_name("Production"));
        assert_eq!(draft.environment(Mention::of_json("{Environments:production}")), one);
        assert_eq!(draft.environment(Mention::Slug("production")), one);
        let fragment = draft.finish();
        assert_eq!(fragment.design.space.environments.len(), 1);
    }

    #[test]
    fn an_action_that_comes_after_its_mention_is_the_same() {
        let mut draft = Draft::default();
        let mentioned = draft.action(Mention::Id("a-1"));
        let other = draft.action(Mention::Slug("elsewhere"));
        assert_eq!(draft.new_action_id("a-1", "up", "Up"), mentioned);
        assert_ne!(draft.new_action_id("", "up", "Up"), mentioned, "two actions are two");
        let left: Vec<_> = draft.finish().actions.into_iter().map(|one| one.id).collect();
        assert_eq!(left, [other]);
    }
}
