//! How the parts of a design are compared: which member is an id, which list
//! has an order that counts, what a row is told by.
//!
//! The tables in `shapes` say it for every member of the model, and all of
//! this module follows them; a test holds them against the design's own JSON
//! Schema, so that no member is left out.

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An environment.
    Environment,
    /// A lifecycle.
    Lifecycle,
    /// A worker pool.
    WorkerPool,
    /// A feed.
    Feed,
    /// An account.
    Account,
    /// A certificate.
    Certificate,
    /// A team.
    Team,
    /// A tenant.
    Tenant,
    /// A tag set.
    TagSet,
    /// A deployment target.
    Target,
    /// A library variable set.
    LibrarySet,
    /// A step template.
    StepTemplate,
    /// A channel.
    Channel,
    /// A runbook.
    Runbook,
    /// A package of the design.
    Package,
    /// A variable.
    Variable,
    /// One value of a variable.
    Value,
    /// A variable template.
    Template,
    /// A step.
    Step,
    /// An action.
    Action,
}

/// The part of a design that a reviewer looks at together, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    /// Title and notes.
    Design,
    /// Environments.
    Environments,
    /// The Pulumi program and its stacks.
    Stacks,
    /// Lifecycles.
    Lifecycles,
    /// Variables of the project.
    Variables,
    /// Library variable sets.
    Library,
    /// The deployment process.
    Process,
    /// Runbooks.
    Runbooks,
    /// Packages.
    Packages,
    /// Channels.
    Channels,
    /// The project's own settings.
    Project,
    /// Accounts and certificates.
    Accounts,
    /// Worker pools, feeds, teams, targets.
    Infrastructure,
    /// Tenants and tags.
    Tenants,
    /// Step templates.
    Templates,
}

impl Area {
    /// Its heading.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Design => "Design",
            Self::Environments => "Environments",
            Self::Stacks => "Stacks and program",
            Self::Lifecycles => "Lifecycles",
            Self::Variables => "Variables",
            Self::Library => "Library variable sets",
            Self::Process => "Deployment process",
            Self::Runbooks => "Runbooks",
            Self::Packages => "Packages",
            Self::Channels => "Channels",
            Self::Project => "Project settings",
            Self::Accounts => "Accounts and certificates",
            Self::Infrastructure => "Infrastructure",
            Self::Tenants => "Tenants",
            Self::Templates => "Step templates",
        }
    }
}

/// What a member holds, and how two of it are compared.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// Pulpo's own id of a row: it does not count.
    Id,
    /// What only the server says, such as its ids: counts where both know it.
    Known,
    /// A short text, a number or any JSON.
    Plain,
    /// Prose or a script, compared by line.
    Text,
    /// A type of action.
    Type,
    /// Yes or no; absent is no.
    Flag,
    /// One of fixed words, with the label of a word; of `""` the usual one's.
    Word(fn(&str) -> &'static str),
    /// The id of something, or an expression.
    Ref(Kind),
    /// Ids; their order does not count.
    Refs(Kind),
    /// Texts; their order does not count.
    Texts,
    /// Texts in an order that counts.
    List,
    /// Processes by their owner.
    Owners,
    /// A record, compared member by member; absent is one that says nothing.
    Record(&'static Record),
    /// A record that may be absent, which is not the same as saying nothing.
    Maybe(&'static Record),
    /// The scope of a value, compared as one thing.
    Scope(&'static Record),
    /// One of several records.
    Choice(&'static Choice),
    /// Rows that are matched one by one.
    Rows(&'static Rows),
    /// Octopus's properties.
    Properties,
}

/// A member of a record.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// Its key in the design file.
    pub key: &'static str,
    /// What a person calls it; empty adds nothing to the path.
    pub label: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// The area that begins here.
    pub area: Option<Area>,
}

/// A record's members.
#[derive(Debug)]
pub struct Record {
    /// In the order in which they are told.
    pub members: &'static [Member],
}

/// One of several records, told apart by a word.
#[derive(Debug)]
pub struct Choice {
    /// The member that holds the word.
    pub tag: &'static str,
    /// The choices; the first is what an absent one means.
    pub variants: &'static [Variant],
}

/// One choice.
#[derive(Debug)]
pub struct Variant {
    /// Its word.
    pub word: &'static str,
    /// What a person calls it.
    pub label: &'static str,
    /// Its members besides the word.
    pub members: &'static [Member],
}

/// How rows of two tables find each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// By slug, then name, then Octopus's id, then Pulpo's.
    Slug,
    /// By name, then Octopus's id, then Pulpo's.
    Name,
    /// By the package's id in its feed.
    Package,
    /// By scope and content, as far as they agree.
    Scope,
    /// By these members alone; such rows have no id.
    Members(&'static [&'static str]),
}

/// A list of rows.
#[derive(Debug)]
pub struct Rows {
    /// What a row is called, in the singular; empty adds nothing to its name.
    pub noun: &'static str,
    /// What its id names.
    pub kind: Option<Kind>,
    /// How rows find each other.
    pub by: By,
    /// Whether the order counts.
    pub is_ordered: bool,
    /// The members of a row.
    pub row: &'static Record,
}

/// The member by which rows without an id are told, once compared; no design
/// file can hold it, because control characters are no member of any record.
pub const ROW: &str = "\u{1}row";

impl Rows {
    /// The member that tells rows apart.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self.by {
            By::Members(_) => ROW,
            By::Package => "key",
            _ => "id",
        }
    }
}

impl Choice {
    /// The variant written as `word`; the usual one where there is none.
    #[must_use]
    pub fn variant(&self, word: Option<&str>) -> Option<&Variant> {
        match word {
            None => self.variants.first(),
            Some(word) => self.variants.iter().find(|one| one.word == word),
        }
    }
}

/// A member.
pub(super) const fn of(key: &'static str, label: &'static str, shape: Shape) -> Member {
    Member { key, label, shape, area: None }
}

/// Octopus's id.
pub(super) const OCTOPUS_ID: Member = of("octopusId", "Octopus's id", Shape::Known);
/// Pulpo's id.
pub(super) const ID: Member = of("id", "", Shape::Id);
/// A name.
pub(super) const NAME: Member = of("name", "Name", Shape::Plain);
/// A slug.
pub(super) const SLUG: Member = of("slug", "Slug", Shape::Plain);
/// A description.
pub(super) const DESCRIPTION: Member = of("description", "Description", Shape::Text);

impl Member {
    /// The same member, with which `area` begins.
    pub(super) const fn within(mut self, area: Area) -> Self {
        self.area = Some(area);
        self
    }
}

/// The labels of a type declared by `words!`.
macro_rules! word {
    ($kind:ty) => {
        $crate::compare::shape::Shape::Word(|text| match text {
            "" => <$kind>::default().label(),
            text => <$kind>::from_word(text).map_or("", <$kind>::label),
        })
    };
}

pub(super) use word;
