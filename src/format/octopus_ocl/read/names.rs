//! Things of the space and the project that documents name (I1 to I4).

use super::Reader;
use crate::model::ids::{AccountId, CertificateId, TargetId, TeamId};
use crate::model::process::PackageReference;
use crate::model::space::{AccountKind, FeedKind, Target};
use crate::model::{
    Account, ActionType, Certificate, Channel, ChannelId, Environment, EnvironmentId,
    EnvironmentName, Feed, FeedId, Name, Package, PackageKey, Properties, Slug, StepTemplate, Team,
    WorkerPool, WorkerPoolId, ids::StepTemplateId,
};
use crate::record::{Bound, Extra};

/// The slug of the built-in feed.
pub(super) const BUILT_IN: &str = "octopus-server-built-in";

/// Whether `text` is an id of the server's, such as `Feeds-12`.
fn is_server_id(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The server's id where `text` is one.
fn server_id(text: &str, word: &str) -> String {
    if is_server_id(text, word) { text.to_owned() } else { String::new() }
}

/// The slug where it is not the one made of `name`.
pub(super) fn own_slug(slug: &str, name: &str) -> Option<Slug> {
    let slug = Slug::parse(slug).ok()?;
    (Slug::of(name).as_ref() != Some(&slug)).then_some(slug)
}

/// The nearest name to `text`.
pub(super) fn name_of(text: &str) -> Option<Name> {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    Name::parse(clean.trim()).ok()
}

impl Reader {
    pub(super) fn environment(&mut self, text: &str) -> Option<EnvironmentId> {
        self.environments.id(text, EnvironmentId::parse, |id| {
            let name = EnvironmentName::parse(text).or_else(|_| {
                let short: String =
                    name_of(text).iter().flat_map(|name| name.as_str().chars()).take(50).collect();
                EnvironmentName::parse(short.trim())
            });
            let mut row = Environment::new(id, name.ok()?);
            row.slug = own_slug(text, row.name.as_str());
            row.octopus_id = server_id(text, "Environments");
            Some(row)
        })
    }

    pub(super) fn channel(&mut self, text: &str) -> Option<ChannelId> {
        self.channels.id(text, ChannelId::parse, |id| {
            let mut row = Channel::new(id, name_of(text)?);
            row.slug = own_slug(text, text);
            row.octopus_id = server_id(text, "Channels");
            Some(row)
        })
    }

    pub(super) fn pool(&mut self, text: &str) -> Option<WorkerPoolId> {
        self.pools.id(text, WorkerPoolId::parse, |id| {
            let mut row = WorkerPool::new(id, name_of(text)?);
            row.slug = own_slug(text, text);
            row.octopus_id = server_id(text, "WorkerPools");
            Some(row)
        })
    }

    /// A feed by its slug; old files and a few places have its name or id.
    pub(super) fn feed(&mut self, text: &str) -> Option<FeedId> {
        self.feeds.id(text, FeedId::parse, |id| {
            let is_built_in =
                matches!(text, BUILT_IN | "feeds-builtin") || text == "Octopus Server (built-in)";
            let kind = if is_built_in { FeedKind::BuiltIn } else { FeedKind::Other };
            let mut row = Feed::new(id, name_of(text)?, kind);
            row.slug = if is_built_in { Slug::parse(BUILT_IN).ok() } else { own_slug(text, text) };
            row.octopus_id = server_id(text, "Feeds");
            Some(row)
        })
    }

    /// A feed, or an expression that gives one.
    pub(super) fn bound_feed(&mut self, text: &str) -> Option<Bound<FeedId>> {
        if text.contains("#{") {
            return Some(Bound::Expression(text.to_owned()));
        }
        self.feed(text).map(Bound::Is)
    }

    /// An account by its slug; the file does not say of what kind it is, only
    /// what kind of variable may hold it.
    pub(super) fn account(&mut self, text: &str, kind: AccountKind) -> Option<AccountId> {
        self.accounts.id(text, AccountId::parse, |id| {
            let mut row = Account::new(id, name_of(text)?, kind);
            row.slug = own_slug(text, text);
            row.octopus_id = server_id(text, "Accounts");
            Some(row)
        })
    }

    /// A certificate, which OCL names by its id.
    pub(super) fn certificate(&mut self, text: &str) -> Option<CertificateId> {
        self.certificates.id(text, CertificateId::parse, |id| {
            let name = name_of(text)?;
            let octopus_id = server_id(text, "Certificates");
            let environments = Vec::new();
            Some(Certificate { id, name, environments, octopus_id, extra: Extra::default() })
        })
    }

    pub(super) fn target(&mut self, text: &str) -> Option<TargetId> {
        self.targets.id(text, TargetId::parse, |id| {
            Some(Target {
                id,
                name: name_of(text)?,
                tags: Vec::new(),
                environments: Vec::new(),
                octopus_id: server_id(text, "Machines"),
                extra: Extra::default(),
            })
        })
    }

    /// A team by its slug; those of the whole server begin with `global/`.
    pub(super) fn team(&mut self, text: &str) -> Option<TeamId> {
        let (slug, is_system) = match text.strip_prefix("global/") {
            Some(slug) => (slug, true),
            None => (text, false),
        };
        self.teams.id(text, TeamId::parse, |id| {
            let mut row = Team::new(id, name_of(slug)?);
            row.is_system = is_system;
            row.octopus_id = server_id(text, "Teams");
            Some(row)
        })
    }

    /// A step template, which OCL names by its id in the space.
    pub(super) fn template(&mut self, text: &str, version: &str) -> Option<StepTemplateId> {
        self.templates.id(text, StepTemplateId::parse, |id| {
            Some(StepTemplate {
                id,
                name: name_of(text)?,
                description: String::new(),
                action_type: ActionType::parse(crate::format::octopus_ocl::UNKNOWN_TYPE).ok()?,
                version: version.parse().unwrap_or(0),
                parameters: Vec::new(),
                properties: Properties::default(),
                packages: Vec::<PackageReference>::new(),
                community_id: String::new(),
                octopus_id: server_id(text, "ActionTemplates"),
                extra: Extra::default(),
            })
        })
    }

    /// The package of a feed, one for each pair.
    pub(super) fn package(&mut self, package: &str, feed: Option<&str>) -> Option<PackageKey> {
        let feed_id = match feed {
            Some(text) => Some(self.bound_feed(text)?),
            None => None,
        };
        // A package is mostly of one feed, so the id alone makes a good key.
        let mut text = package.to_owned();
        for count in 0_u32.. {
            match count {
                0 => {}
                1 => text = [package, "@", feed.unwrap_or_default()].concat(),
                _ => text.push('\''),
            }
            let key = PackageKey::parse(&super::rows::id_of(&text)).ok()?;
            let Some(row) = self.packages.get(&key) else { break };
            if row.package_id == package && row.feed == feed_id {
                return Some(key);
            }
        }
        self.packages.id(&text, PackageKey::parse, |key| {
            let mut row = Package::new(key, package, None);
            row.feed = feed_id;
            Some(row)
        })
    }
}
