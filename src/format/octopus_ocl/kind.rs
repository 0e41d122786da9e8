//! What a document of the folder is, by its path and by its content.

use crate::ocl::{Document, Element, Value};

/// The documents that a project has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `schema_version.ocl`
    SchemaVersion,
    /// `deployment_process.ocl`
    Process,
    /// `runbooks/<slug>.ocl`
    Runbook,
    /// `variables.ocl`
    Variables,
    /// `deployment_settings.ocl`
    Settings,
}

impl DocumentKind {
    /// What a person calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::SchemaVersion => "schema version",
            Self::Process => "deployment process",
            Self::Runbook => "runbook",
            Self::Variables => "variables",
            Self::Settings => "deployment settings",
        }
    }

    /// The kind of the document at `path`, if it is where Octopus keeps one.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let mut parts = path.rsplit(['/', '\\']);
        let name = parts.next().unwrap_or_default();
        match name {
            "deployment_process.ocl" => Some(Self::Process),
            "variables.ocl" => Some(Self::Variables),
            "deployment_settings.ocl" => Some(Self::Settings),
            // With a hyphen in schema version 2 only.
            "schema_version.ocl" | "schema-version.ocl" => Some(Self::SchemaVersion),
            _ if name.ends_with(".ocl") && parts.next() == Some("runbooks") => Some(Self::Runbook),
            _ => None,
        }
    }

    /// The kind of a document by what it says.
    #[must_use]
    pub fn of_content(document: &Document) -> Option<Self> {
        let body = &document.body;
        let has_block = |names: &[&str]| {
            body.iter().any(
                |one| matches!(one, Element::Block(block) if names.contains(&block.name.as_str())),
            )
        };
        if has_block(&["step", "process_template"]) {
            Some(Self::Process)
        } else if has_block(&["variable"]) {
            Some(Self::Variables)
        } else if has_block(&["process", "run_retention_policy"]) {
            Some(Self::Runbook)
        } else if has_block(&["connectivity_policy", "versioning_strategy"]) {
            Some(Self::Settings)
        } else {
            let is_version = |one: &Element| {
                matches!(one, Element::Attribute(attribute)
                    if attribute.name == "version" && matches!(attribute.value, Value::Integer(_)))
            };
            (body.len() == 1 && body.iter().all(is_version)).then_some(Self::SchemaVersion)
        }
    }
}

/// The kind of a document: by its path where that says it, else by its content.
#[must_use]
pub fn kind_of(path: &str, document: &Document) -> Option<DocumentKind> {
    DocumentKind::of_path(path).or_else(|| DocumentKind::of_content(document))
}

/// The folder of the project that the document at `path` belongs to, with a `/`
/// at its end unless it is empty: a repository may hold several.
#[must_use]
pub fn base_of(path: &str) -> &str {
    let folder = |path: &str| path.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let mut base = path.get(..folder(path)).unwrap_or_default();
    for inner in ["migrated-drafts", "runbooks"] {
        let outer = base.trim_end_matches(['/', '\\']);
        if let Some(outer) = outer.strip_suffix(inner)
            && (outer.is_empty() || outer.ends_with(['/', '\\']))
        {
            base = base.get(..outer.len()).unwrap_or_default();
        }
    }
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_say_kind_and_project() {
        let of = DocumentKind::of_path;
        assert_eq!(of(".octopus/deployment_process.ocl"), Some(DocumentKind::Process));
        assert_eq!(of("a\\runbooks\\refresh.ocl"), Some(DocumentKind::Runbook));
        assert_eq!(of("schema-version.ocl"), Some(DocumentKind::SchemaVersion));
        assert_eq!(of("runbooks/x.txt"), None);
        assert_eq!(base_of(".octopus/acme/runbooks/refresh.ocl"), ".octopus/acme/");
        assert_eq!(base_of("runbooks/migrated-drafts/refresh-1.ocl"), "");
        assert_eq!(base_of("my-runbooks/variables.ocl"), "my-runbooks/");
        assert_eq!(base_of("variables.ocl"), "");
    }

    #[test]
    fn content_says_the_kind() {
        let of =
            |text: &str| DocumentKind::of_content(&crate::ocl::read(text).expect("a document"));
        assert_eq!(of("step \"a\" {}"), Some(DocumentKind::Process));
        assert_eq!(of("variable \"a\" {}"), Some(DocumentKind::Variables));
        assert_eq!(of("name = \"a\"\nprocess {}"), Some(DocumentKind::Runbook));
        assert_eq!(of("connectivity_policy {}"), Some(DocumentKind::Settings));
        assert_eq!(of("version = 10"), Some(DocumentKind::SchemaVersion));
        assert_eq!(of("version = \"10\""), None);
        assert_eq!(of(""), None);
    }
}
