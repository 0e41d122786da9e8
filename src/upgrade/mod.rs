//! Upgrade: a design in the manner of Pulumi's guide of 2019 (the program in a
//! fixed folder, community "Run Pulumi" steps) is recognised, and each change to
//! a modern one is offered for itself, with its reason.
//!
//! Each kind of change has a file: it finds where it can be made, and makes it.
//! Kinds stand in the order in which they are made, and each one is looked for
//! in the design as all kinds before it would leave it; what it then rests on is
//! said as ids, so that any choice that has what it needs can be made.
//!
//! Never: a change that was not chosen; a guess about what a script does that
//! is not the guide's.
//! Sources stand with [`Kind`].

mod command_line;
mod container;
mod convert;
mod folder;
mod kind;
mod package;
mod preview;
mod script;
mod spot;
#[cfg(test)]
mod tests;

pub use kind::Kind;

use spot::{Spot, actions, label};

use crate::catalog::community_of;
use crate::edit::{Edit, Refusal, refuse};
use crate::model::process::ExtractStyle;
use crate::model::{Design, ProcessOwner, PulumiStep};

/// A change that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Stable while the design is the same: `own-package:preview`, in a runbook
    /// `own-package:drift/check`.
    pub id: String,
    /// What kind of change.
    pub kind: Kind,
    /// Whose process.
    pub owner: ProcessOwner,
    /// The id of the action that it is about.
    pub action: String,
    /// What people call the step, with its runbook.
    pub step: String,
    /// What is done here, as a sentence.
    pub what: String,
    /// The ids of the changes that have to be made with it.
    pub requires: Vec<String>,
}

/// A step of the guide's manner that stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What people call the step.
    pub step: String,
    /// Why, as a sentence.
    pub why: String,
}

/// What is found in a design.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// What is offered, in the order in which it is made.
    pub changes: Vec<Change>,
    /// What is recognised and stays.
    pub left: Vec<Left>,
}

/// What one kind of change finds.
#[derive(Default)]
struct Finds {
    here: Vec<(Spot, String, Vec<String>)>,
    left: Vec<Left>,
}

impl Finds {
    /// Offers the change at `spot`, which needs these others.
    fn offer(&mut self, spot: &Spot, what: String, needs: Vec<String>) {
        self.here.push((spot.clone(), what, needs));
    }

    fn leave(&mut self, design: &Design, spot: &Spot, why: impl Into<String>) {
        self.left.push(Left { step: label(design, spot), why: why.into() });
    }
}

/// What is offered for `design`.
#[must_use]
pub fn recognise(design: &Design) -> Vec<Change> {
    look(design).changes
}

/// What is offered for `design`, and what stays.
#[must_use]
pub fn look(design: &Design) -> Found {
    let mut found = Found::default();
    let mut trial = design.clone();
    for kind in Kind::ALL.iter().copied() {
        let mut finds = Finds::default();
        kind.find(&trial, &found.changes, &mut finds);
        found.left.append(&mut finds.left);
        let mut made = trial.clone();
        for (spot, what, requires) in finds.here {
            // What can't be made is not offered.
            if kind.make(&mut made, &spot).is_err() {
                continue;
            }
            let step = label(&trial, &spot);
            let (id, action) = (kind.id(&spot), spot.action.clone());
            let owner = spot.owner;
            found.changes.push(Change { id, kind, owner, action, step, what, requires });
        }
        trial = made;
    }
    found
}

/// Whether `design` is in the manner of the guide; fit to be asked after each edit.
#[must_use]
pub fn is_of_the_guide(design: &Design) -> bool {
    actions(design).iter().any(|(_, _, action)| {
        let is_fixed = matches!(
            action.pulumi_step(),
            Some(PulumiStep::Extract(extract))
                if extract.style == ExtractStyle::Guide && !extract.target.contains("#{")
        );
        is_fixed || community_of(design, action).is_some()
    })
}

/// `chosen` with all that it needs, in the order of `changes`.
#[must_use]
pub fn with_needs(changes: &[Change], chosen: &[String]) -> Vec<String> {
    let mut wanted: Vec<&str> = chosen.iter().map(String::as_str).collect();
    // What is needed stands before what needs it.
    for change in changes.iter().rev() {
        if wanted.contains(&change.id.as_str()) {
            wanted.extend(change.requires.iter().map(String::as_str));
        }
    }
    ids_in_order(changes, |id| wanted.contains(&id))
}

/// `chosen` without `id` and without all that needs it.
#[must_use]
pub fn without(changes: &[Change], chosen: &[String], id: &str) -> Vec<String> {
    let mut gone = vec![id];
    for change in changes {
        if change.requires.iter().any(|one| gone.contains(&one.as_str())) {
            gone.push(&change.id);
        }
    }
    let is_kept = |id: &str| chosen.iter().any(|one| one == id) && !gone.contains(&id);
    ids_in_order(changes, is_kept)
}

fn ids_in_order(changes: &[Change], is_wanted: impl Fn(&str) -> bool) -> Vec<String> {
    changes.iter().filter(|one| is_wanted(&one.id)).map(|one| one.id.clone()).collect()
}

/// `design` with the changes whose ids are `chosen`.
///
/// # Errors
/// When an id is not offered, or what it needs is not chosen.
pub fn apply(design: &Design, chosen: &[String]) -> Result<Design, Refusal> {
    let changes = recognise(design);
    let is_chosen = |id: &String| chosen.contains(id);
    for id in chosen {
        let Some(change) = changes.iter().find(|one| one.id == *id) else {
            return refuse(format!("No change “{id}” is offered for this design."));
        };
        if let Some(needed) = change.requires.iter().find(|id| !is_chosen(id)) {
            return refuse(format!("The change “{id}” needs “{needed}” as well."));
        }
    }
    let mut after = design.clone();
    for change in changes.iter().filter(|one| is_chosen(&one.id)) {
        let spot = Spot { owner: change.owner.clone(), action: change.action.clone() };
        change.kind.make(&mut after, &spot)?;
    }
    Ok(after)
}

/// One edit that makes the changes whose ids are `chosen`.
#[must_use]
pub fn edit(chosen: Vec<String>) -> Edit {
    let label = match chosen.len() {
        1 => "Upgrade: 1 change".to_owned(),
        many => format!("Upgrade: {many} changes"),
    };
    Edit::new(label, move |design| {
        *design = apply(design, &chosen)?;
        Ok(())
    })
}
