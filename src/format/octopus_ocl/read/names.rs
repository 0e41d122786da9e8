//! Things of the space and the project that documents name (I1 to I4).

use super::Reader;
use crate::format::fragment::{Mention, tame_name};
use crate::format::octopus_ocl::UNKNOWN_TYPE;
use crate::model::ids::{CertificateId, StepTemplateId, TargetId, TeamId};
use crate::model::space::{AccountKind, FeedKind};
use crate::model::{
    AccountId, ActionType, ChannelId, EnvironmentId, FeedId, PackageKey, Slug, WorkerPoolId,
};
use crate::record::Bound;

/// The slug of the built-in feed.
const BUILT_IN: &str = "octopus-server-built-in";

/// How a document refers to something of a kind whose ids begin with `word`:
/// by its slug, but old files by its name, and some places by its id, or by the
/// placeholder that Pulpo writes where it knows none.
fn mention<'t>(text: &'t str, word: &str) -> Mention<'t> {
    if let placeholder @ Mention::Name(_) = Mention::of_json(text) {
        return placeholder;
    }
    let number = text.strip_prefix(word).and_then(|rest| rest.strip_prefix('-'));
    let is_id = number
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
    if is_id {
        Mention::Id(text)
    } else if Slug::parse(text).is_ok() {
        Mention::Slug(text)
    } else {
        Mention::Name(text)
    }
}

/// The slug where it is not the one made of `name`.
pub(super) fn own_slug(slug: &str, name: &str) -> Option<Slug> {
    let slug = Slug::parse(slug).ok()?;
    (Slug::of(name).as_ref() != Some(&slug)).then_some(slug)
}

impl Reader {
    pub(super) fn environment(&mut self, text: &str) -> EnvironmentId {
        self.draft.environment(mention(text, "Environments"))
    }

    pub(super) fn channel(&mut self, text: &str) -> ChannelId {
        self.draft.channel(mention(text, "Channels"))
    }

    pub(super) fn pool(&mut self, text: &str) -> WorkerPoolId {
        self.draft.worker_pool(mention(text, "WorkerPools"))
    }

    /// A feed by its slug; old files and a few places have its name or id.
    pub(super) fn feed(&mut self, text: &str) -> FeedId {
        let is_built_in = matches!(text, BUILT_IN | "feeds-builtin" | "Octopus Server (built-in)");
        let kind = if is_built_in { FeedKind::BuiltIn } else { FeedKind::Other };
        self.draft.feed(mention(text, "Feeds"), kind)
    }

    /// A feed, or an expression that gives one.
    pub(super) fn bound_feed(&mut self, text: &str) -> Bound<FeedId> {
        if text.contains("#{") {
            return Bound::Expression(text.to_owned());
        }
        Bound::Is(self.feed(text))
    }

    /// An account by its slug; the file does not say of what kind it is, only
    /// what kind of variable may hold it.
    pub(super) fn account(&mut self, text: &str, kind: AccountKind) -> AccountId {
        self.draft.account(mention(text, "Accounts"), kind)
    }

    /// A certificate, which OCL names by its id.
    pub(super) fn certificate(&mut self, text: &str) -> CertificateId {
        self.draft.certificate(mention(text, "Certificates"))
    }

    pub(super) fn target(&mut self, text: &str) -> TargetId {
        self.draft.target(mention(text, "Machines"))
    }

    /// A team by its slug; those of the whole server begin with `global/`.
    pub(super) fn team(&mut self, text: &str) -> TeamId {
        let id = self.draft.team(mention(text, "Teams"));
        if let Some(slug) = text.strip_prefix("global/") {
            self.draft.teams.change(&id, |team| team.name = tame_name(slug));
        }
        id
    }

    /// A step template, which OCL names by its id in the space; of what type of
    /// action it makes the file says nothing.
    pub(super) fn template(&mut self, text: &str) -> Option<StepTemplateId> {
        let action_type = ActionType::parse(UNKNOWN_TYPE).ok()?;
        Some(self.draft.step_template(mention(text, "ActionTemplates"), action_type))
    }

    /// The package of a feed, one for each pair.
    pub(super) fn package(&mut self, package: &str, feed: Option<&str>) -> PackageKey {
        let feed = feed.map(|text| self.bound_feed(text));
        let key = self.draft.package(package, feed.clone());
        self.packages.insert(key.clone(), (package.to_owned(), feed));
        key
    }
}
