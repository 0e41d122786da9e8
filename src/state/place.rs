//! Where one is: the page and what is selected on it, kept in the URL's
//! fragment so that back, reload and a copied link work.

/// A page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// What holds in each environment.
    Board,
    /// Environments, lifecycle and stacks.
    Stacks,
    /// Variables.
    Variables,
    /// The deployment process.
    Process,
    /// Runbooks.
    Runbooks,
    /// A deployment played through.
    Preview,
    /// Which credential can be read where.
    Reach,
    /// What is not right.
    Problems,
    /// Files to take in.
    Import,
    /// What differs from another design.
    Compare,
    /// A design of the 2019 guide made modern; not in the navigation.
    Upgrade,
    /// Files to hand over.
    Export,
    /// Designs kept in this browser, and samples.
    Library,
    /// How it works, keys, what is unverified.
    Help,
    /// The OCL doctor; reached from Import and the palette.
    Ocl,
}

impl Page {
    /// All pages in the order of the navigation.
    pub const ALL: &'static [Self] = &[
        Self::Board,
        Self::Stacks,
        Self::Variables,
        Self::Process,
        Self::Runbooks,
        Self::Preview,
        Self::Reach,
        Self::Problems,
        Self::Import,
        Self::Compare,
        Self::Upgrade,
        Self::Export,
        Self::Library,
        Self::Help,
    ];

    /// Pages that the navigation has no link to.
    pub const ELSEWHERE: &'static [Self] = &[Self::Ocl];

    /// The word in the URL.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Board => "board",
            Self::Stacks => "stacks",
            Self::Variables => "variables",
            Self::Process => "process",
            Self::Runbooks => "runbooks",
            Self::Preview => "preview",
            Self::Reach => "reach",
            Self::Problems => "problems",
            Self::Import => "import",
            Self::Compare => "compare",
            Self::Upgrade => "upgrade",
            Self::Export => "export",
            Self::Library => "library",
            Self::Help => "help",
            Self::Ocl => "ocl",
        }
    }

    /// Whether the navigation has it; the others are reached from pages and the palette.
    #[must_use]
    pub fn is_listed(self) -> bool {
        !matches!(self, Self::Upgrade)
    }

    /// The words a person reads.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Board => "Board",
            Self::Stacks => "Stacks",
            Self::Variables => "Variables",
            Self::Process => "Process",
            Self::Runbooks => "Runbooks",
            Self::Preview => "Preview",
            Self::Reach => "Reach",
            Self::Problems => "Problems",
            Self::Import => "Import",
            Self::Compare => "Compare",
            Self::Upgrade => "Upgrade",
            Self::Export => "Export",
            Self::Library => "Library",
            Self::Help => "Help",
            Self::Ocl => "OCL doctor",
        }
    }
}

/// A page and what is selected on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The page.
    pub page: Page,
    /// The id of what is selected; empty for nothing.
    pub selected: String,
}

impl Place {
    /// A page with nothing selected.
    #[must_use]
    pub fn page(page: Page) -> Self {
        Self { page, selected: String::new() }
    }

    /// The place that a fragment such as `#/process/step-1` names.
    #[must_use]
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').trim_start_matches('/');
        let (word, rest) = path.split_once('/').unwrap_or((path, ""));
        let mut pages = Page::ALL.iter().chain(Page::ELSEWHERE).copied();
        let page = pages.find(|page| page.word() == word);
        page.map_or_else(
            || Self::page(Page::Board),
            |page| Self { page, selected: rest.to_owned() },
        )
    }

    /// The fragment that names this place.
    #[must_use]
    pub fn fragment(&self) -> String {
        let mut fragment = format!("#/{}", self.page.word());
        if !self.selected.is_empty() {
            fragment.push('/');
            fragment.push_str(&self.selected);
        }
        fragment
    }
}
