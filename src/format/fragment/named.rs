//! Rows that documents refer to by the server's id, a slug or a name.

use crate::model::{
    Account, Certificate, Channel, Environment, EnvironmentName, Feed, LibrarySet, Lifecycle, Name,
    Runbook, Slug, StepTemplate, Target, Team, Tenant, WorkerPool,
};
use crate::record::{Entity, Field};

/// The kinds of rows that a document may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Environments.
    Environment,
    /// Lifecycles.
    Lifecycle,
    /// Worker pools.
    WorkerPool,
    /// Feeds.
    Feed,
    /// Accounts.
    Account,
    /// Certificates.
    Certificate,
    /// Teams.
    Team,
    /// Deployment targets.
    Target,
    /// Tenants.
    Tenant,
    /// Library variable sets.
    LibrarySet,
    /// Step templates.
    StepTemplate,
    /// Channels.
    Channel,
    /// Runbooks.
    Runbook,
}

impl Kind {
    /// All of them, in the order in which people are asked about them.
    pub const ALL: &'static [Self] = &[
        Self::Environment,
        Self::Lifecycle,
        Self::Channel,
        Self::WorkerPool,
        Self::Feed,
        Self::Account,
        Self::Certificate,
        Self::Team,
        Self::Target,
        Self::Tenant,
        Self::LibrarySet,
        Self::StepTemplate,
        Self::Runbook,
    ];

    /// What one is called, and what several are.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Environment => ("environment", "environments"),
            Self::Lifecycle => ("lifecycle", "lifecycles"),
            Self::WorkerPool => ("worker pool", "worker pools"),
            Self::Feed => ("feed", "feeds"),
            Self::Account => ("account", "accounts"),
            Self::Certificate => ("certificate", "certificates"),
            Self::Team => ("team", "teams"),
            Self::Target => ("deployment target", "deployment targets"),
            Self::Tenant => ("tenant", "tenants"),
            Self::LibrarySet => ("library variable set", "library variable sets"),
            Self::StepTemplate => ("step template", "step templates"),
            Self::Channel => ("channel", "channels"),
            Self::Runbook => ("runbook", "runbooks"),
        }
    }
}

/// A row that documents refer to.
pub trait Named: Entity + Clone {
    /// Its kind.
    const KIND: Kind;

    /// An id of this type, if `text` can be one.
    fn make_id(text: &str) -> Option<Self::Id>;

    /// Its name.
    fn name(&self) -> &str;

    /// Its slug: its own, or the one made of its name.
    fn slug_text(&self) -> Option<Slug>;

    /// The server's id; empty if it is not known.
    fn octopus_id(&self) -> &str;

    /// Gives it another id.
    fn set_id(&mut self, id: Self::Id);

    /// Says the server's id.
    fn set_octopus_id(&mut self, octopus_id: String);
}

macro_rules! named {
    ($($kind:ident: $type:ident by $id:ident $(with $slug:ident)?;)*) => {$(
        impl Named for $type {
            const KIND: Kind = Kind::$kind;

            fn make_id(text: &str) -> Option<Self::Id> {
                crate::model::$id::parse(text).ok()
            }

            fn name(&self) -> &str {
                self.name.as_str()
            }

            fn slug_text(&self) -> Option<Slug> {
                $(if let Some(slug) = &self.$slug {
                    return Some(slug.clone());
                })?
                Slug::of(self.name.as_str())
            }

            fn octopus_id(&self) -> &str {
                &self.octopus_id
            }

            fn set_id(&mut self, id: Self::Id) {
                self.id = id;
            }

            fn set_octopus_id(&mut self, octopus_id: String) {
                self.octopus_id = octopus_id;
            }
        }
    )*};
}

named! {
    Environment: Environment by EnvironmentId with slug;
    Lifecycle: Lifecycle by LifecycleId with slug;
    WorkerPool: WorkerPool by WorkerPoolId with slug;
    Feed: Feed by FeedId with slug;
    Account: Account by AccountId with slug;
    Certificate: Certificate by CertificateId;
    Team: Team by TeamId;
    Target: Target by TargetId;
    Tenant: Tenant by TenantId;
    LibrarySet: LibrarySet by LibrarySetId;
    StepTemplate: StepTemplate by StepTemplateId;
    Channel: Channel by ChannelId with slug;
    Runbook: Runbook by RunbookId with slug;
}

/// A name made of any text: control characters become blanks, blanks at the
/// ends go, and nothing at all becomes "Unnamed".
#[must_use]
pub fn tame_name(text: &str) -> Name {
    let plain: String =
        text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let plain = match plain.trim() {
        "" => "Unnamed",
        plain => plain,
    };
    // What was taken out is all that a name can't hold.
    Name::parse(plain).unwrap_or_else(|_| Name::blank())
}

/// [`tame_name`] for environments, whose names are shorter.
#[must_use]
pub fn tame_environment_name(text: &str) -> EnvironmentName {
    let name = tame_name(text);
    let short: String = name.as_str().chars().take(50).collect();
    EnvironmentName::parse(short.trim()).unwrap_or_else(|_| EnvironmentName::blank())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_becomes_a_name() {
        assert_eq!(tame_name(" a\tb\n").as_str(), "a b");
        assert_eq!(tame_name("\u{7}").as_str(), "Unnamed");
        assert_eq!(tame_environment_name(&"é".repeat(80)).as_str().chars().count(), 50);
    }
}
