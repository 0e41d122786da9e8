//! What the Upgrade page shows: the changes by kind, each with whether it is taken.

use crate::upgrade::{Change, Kind, with_needs, without};

/// A change as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// The step that it is about.
    pub step: String,
    /// What is done.
    pub what: String,
    /// What has to be taken with it, as a sentence; empty for nothing.
    pub needs: String,
}

/// The changes of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// Its changes.
    pub lines: Vec<Line>,
}

/// The changes by kind, in the order in which they are made.
#[must_use]
pub fn groups(changes: &[Change]) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for change in changes {
        let line = Line {
            id: change.id.clone(),
            step: change.step.clone(),
            what: change.what.clone(),
            needs: needs(changes, change),
        };
        match all.last_mut() {
            Some(group) if group.kind == change.kind => group.lines.push(line),
            _ => all.push(Group { kind: change.kind, lines: vec![line] }),
        }
    }
    all
}

/// What a change needs, by kind: "Goes with: Replace community steps (Up)."
fn needs(changes: &[Change], change: &Change) -> String {
    let mut parts: Vec<(Kind, Vec<&str>)> = Vec::new();
    for needed in changes.iter().filter(|one| change.requires.contains(&one.id)) {
        match parts.iter_mut().find(|(kind, _)| *kind == needed.kind) {
            Some((_, steps)) => steps.push(&needed.step),
            None => parts.push((needed.kind, vec![&needed.step])),
        }
    }
    if parts.is_empty() {
        return String::new();
    }
    let parts: Vec<_> = parts
        .iter()
        .map(|(kind, steps)| format!("“{}” for {}", kind.label(), steps.join(" and ")))
        .collect();
    format!("Goes with {}.", parts.join(", "))
}

/// The ids of the changes that are taken: all but those that were refused.
#[must_use]
pub fn taken(changes: &[Change], refused: &[String]) -> Vec<String> {
    let all = changes.iter().map(|one| one.id.clone());
    all.filter(|id| !refused.contains(id)).collect()
}

/// What is refused once the change `id` is taken or refused, with what it needs
/// or what needs it.
#[must_use]
pub fn refused_after(
    changes: &[Change],
    refused: &[String],
    id: &str,
    is_taken: bool,
) -> Vec<String> {
    let mut chosen = taken(changes, refused);
    chosen = if is_taken {
        chosen.push(id.to_owned());
        with_needs(changes, &chosen)
    } else {
        without(changes, &chosen, id)
    };
    let all = changes.iter().map(|one| one.id.clone());
    all.filter(|id| !chosen.contains(id)).collect()
}

/// How many are taken, in words.
#[must_use]
pub fn summary(taken: usize, all: usize) -> String {
    match (taken, all) {
        (0, _) => "No change is chosen".to_owned(),
        (_, 1) => "1 change".to_owned(),
        (taken, all) if taken == all => format!("All {all} changes are chosen"),
        (taken, all) => format!("{taken} of {all} changes are chosen"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::design_file;
    use crate::upgrade::recognise;

    #[test]
    fn lines_say_what_they_go_with_and_take_it_along() {
        let text = include_str!("../../public/samples/aws-fargate.pulpo.json");
        let changes = recognise(&design_file::read(text).design.expect("a sample"));
        let groups = groups(&changes);
        let kinds: Vec<_> = groups.iter().map(|group| group.kind.word()).collect();
        assert_eq!(
            kinds,
            ["own-package", "no-override", "no-extract", "agree", "only-changes", "container"]
        );
        assert_eq!(
            groups[1].lines[0].needs,
            "Goes with “Give each step its own copy of the package” for Pulumi preview and Pulumi \
             up."
        );
        let refused = refused_after(&changes, &[], "own-package:preview", false);
        assert_eq!(
            refused,
            [
                "own-package:preview",
                "no-override:override",
                "no-extract:extract",
                "container:preview"
            ]
        );
        let again = refused_after(&changes, &refused, "no-override:override", true);
        assert_eq!(again, ["no-extract:extract", "container:preview"]);
        assert_eq!(summary(taken(&changes, &again).len(), 9), "7 of 9 changes are chosen");
    }
}
