//! The kinds of steps that can be added, found by words.

use crate::catalog::{Kind, OTHER_TYPES, PALETTE};

/// A line of the palette.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaletteRow {
    /// The heading it stands under.
    pub group: &'static str,
    /// Its name, and that of a new step.
    pub label: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Stable, for icons.
    pub id: &'static str,
    /// What it makes.
    pub kind: Kind,
}

/// The lines that hold all words of `query`; Octopus's other types by query only.
#[must_use]
pub fn palette(query: &str) -> Vec<PaletteRow> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let fits = |parts: [&str; 3]| {
        let text = parts.join(" ").to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut rows: Vec<PaletteRow> = PALETTE
        .iter()
        .filter(|one| fits([one.label, one.about, one.group.label()]))
        .map(|one| PaletteRow {
            group: one.group.label(),
            label: one.label,
            about: one.about,
            id: one.id,
            kind: one.kind,
        })
        .collect();
    if !words.is_empty() {
        let others = OTHER_TYPES.iter().filter(|(id, label)| fits([id, label, ""]));
        rows.extend(others.map(|(id, label)| PaletteRow {
            group: "Other types of Octopus",
            label,
            about: id,
            id,
            kind: Kind::Octopus(id),
        }));
    }
    rows
}
