//! Where the values of a name stand, looked up for the cells of one edit.

use std::collections::{HashMap, HashSet};

use crate::edit::variables::{VariableOwner, variables_of};
use crate::edit::{Refusal, refuse};
use crate::model::{Design, Variable};
use crate::record::Table;
use crate::scope::folded;

/// Up to so many cells are looked up without an index.
const FEW: usize = 4;

/// A variable: which of the owners has it, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Which owner; the first is the project.
    owner: usize,
    /// Which of its variables.
    variable: usize,
}

impl Place {
    /// Whether the project has it, and not a library set.
    pub(super) fn is_of_project(self) -> bool {
        self.owner == 0
    }
}

/// Where variables stand, by their names.
///
/// Invariant: a place stays right for the whole edit, because variables are
/// only added at the end, and one that has lost its last value goes in
/// [`Names::finish`].
pub(super) struct Names {
    owners: Vec<VariableOwner>,
    index: Option<HashMap<String, Vec<Place>>>,
    emptied: Vec<Place>,
}

impl Names {
    /// For an edit of so many cells; with an index where it pays.
    pub(super) fn new(design: &Design, cells: usize) -> Self {
        let mut owners = vec![VariableOwner::Project];
        for id in &design.project.included_sets {
            let owner = VariableOwner::Set(id.clone());
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        let mut names = Self { owners, index: None, emptied: Vec::new() };
        if cells > FEW {
            let mut index = HashMap::<String, Vec<Place>>::new();
            for (place, variable) in names.all(design) {
                index.entry(folded(variable.name.as_str())).or_default().push(place);
            }
            names.index = Some(index);
        }
        names
    }

    fn all<'d>(&self, design: &'d Design) -> impl Iterator<Item = (Place, &'d Variable)> {
        let tables = self.owners.iter().map(|owner| variables_of(design, owner));
        tables.enumerate().flat_map(|(owner, table)| {
            let rows = table.into_iter().flatten().enumerate();
            rows.map(move |(variable, row)| (Place { owner, variable }, &**row))
        })
    }

    /// The variables called `name`, in any case, the project's first.
    pub(super) fn find(&self, design: &Design, name: &str) -> Vec<Place> {
        let wanted = folded(name);
        if let Some(index) = &self.index {
            return index.get(&wanted).cloned().unwrap_or_default();
        }
        let is_same = |variable: &Variable| {
            // Nearly all names are plain, and need no copy to be told apart.
            let own = variable.name.as_str();
            own.eq_ignore_ascii_case(name) || (!own.is_ascii() && folded(own) == wanted)
        };
        let all = self.all(design).filter(|(_, variable)| is_same(variable));
        all.map(|(place, _)| place).collect()
    }

    /// The variable at a place.
    pub(super) fn variable<'d>(&self, design: &'d Design, place: Place) -> Option<&'d Variable> {
        let table = variables_of(design, self.owners.get(place.owner)?)?;
        table.nth(place.variable).map(|row| &**row)
    }

    /// Changes the variable at a place.
    pub(super) fn update(
        &mut self,
        design: &mut Design,
        place: Place,
        change: impl FnOnce(&mut Variable),
    ) -> Result<(), Refusal> {
        let mut is_empty = false;
        in_table(design, self.owners.get(place.owner), |table| {
            table.update_nth(place.variable, |variable| {
                change(variable);
                is_empty = variable.values.is_empty();
            });
        })?;
        if is_empty {
            self.emptied.push(place);
        }
        Ok(())
    }

    /// Adds a variable to the project.
    pub(super) fn add(&mut self, design: &mut Design, variable: Variable) {
        let place = Place { owner: 0, variable: design.project.variables.len() };
        if let Some(index) = &mut self.index {
            index.entry(folded(variable.name.as_str())).or_default().push(place);
        }
        design.project.variables.push(variable);
    }

    /// Takes the variables away that have lost their last value, and got none since.
    pub(super) fn finish(self, design: &mut Design) -> Result<(), Refusal> {
        for (at, owner) in self.owners.iter().enumerate() {
            let is_gone = |place: &&Place| {
                place.owner == at
                    && self.variable(design, **place).is_some_and(|one| one.values.is_empty())
            };
            let gone: HashSet<usize> =
                self.emptied.iter().filter(is_gone).map(|place| place.variable).collect();
            if !gone.is_empty() {
                in_table(design, Some(owner), |table| table.remove_all(&gone))?;
            }
        }
        Ok(())
    }
}

fn in_table(
    design: &mut Design,
    owner: Option<&VariableOwner>,
    change: impl FnOnce(&mut Table<Variable>),
) -> Result<(), Refusal> {
    match owner {
        Some(VariableOwner::Project) => change(&mut design.project.variables),
        Some(VariableOwner::Set(id)) => {
            if !design.space.library_sets.update(id, |set| change(&mut set.variables)) {
                return refuse("This library variable set is not there any more.");
            }
        }
        None => return refuse("This variable is not there any more."),
    }
    Ok(())
}
