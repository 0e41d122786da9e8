//! What of a design defines names: the tables that the index is made from.

use std::sync::Arc;

use super::resolver::{Group, Places, folded};
use crate::model::variable::{Variable, VariableTemplate};
use crate::model::{Design, LibrarySetId, Tenant, VariableName};
use crate::record::Table;

/// The tables of the project (without a set) and of the sets it includes.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables {
    variables: Vec<(Option<LibrarySetId>, Table<Variable>)>,
    templates: Vec<(Option<LibrarySetId>, Table<VariableTemplate>)>,
    pub(super) tenants: Table<Tenant>,
}

/// A row that came in the place of another one of the same name.
pub(super) struct Edit {
    pub(super) old: Arc<Variable>,
    pub(super) new: Arc<Variable>,
}

impl Tables {
    pub(super) fn of(design: &Design) -> Self {
        let project = &design.project;
        let mut tables = Self {
            variables: vec![(None, project.variables.clone())],
            templates: vec![(None, project.templates.clone())],
            tenants: design.space.tenants.clone(),
        };
        for (at, id) in project.included_sets.iter().enumerate() {
            let is_first = !project.included_sets.iter().take(at).any(|before| before == id);
            if is_first && let Some(set) = design.space.library_sets.get(id) {
                tables.variables.push((Some(id.clone()), set.variables.clone()));
                tables.templates.push((Some(id.clone()), set.templates.clone()));
            }
        }
        tables
    }

    /// What makes these tables into `new`, if it is only edits of variables
    /// that keep their names and places.
    pub(super) fn edits(&self, new: &Self) -> Option<Vec<Edit>> {
        let same_templates = self.templates.len() == new.templates.len()
            && self
                .templates
                .iter()
                .zip(&new.templates)
                .all(|(a, b)| a.0 == b.0 && a.1.is_same(&b.1));
        if !same_templates
            || !self.tenants.is_same(&new.tenants)
            || self.variables.len() != new.variables.len()
        {
            return None;
        }
        let mut edits = Vec::new();
        for ((old_set, old), (new_set, new)) in self.variables.iter().zip(&new.variables) {
            if old_set != new_set || old.len() != new.len() {
                return None;
            }
            if old.is_same(new) {
                continue;
            }
            for (old, new) in old.iter().zip(new) {
                if Arc::ptr_eq(old, new) {
                    continue;
                }
                if old.name != new.name {
                    return None;
                }
                edits.push(Edit { old: Arc::clone(old), new: Arc::clone(new) });
            }
        }
        Some(edits)
    }

    /// All names with where they stand, and the place of each.
    pub(super) fn gather(&self) -> (Vec<Group>, Places<String>) {
        let mut groups: Vec<Group> = Vec::new();
        let mut index = Places::default();
        for (set, variables) in &self.variables {
            for variable in variables {
                if let Some(group) = group_of(&variable.name, &mut groups, &mut index) {
                    group.rows.push((set.clone(), Arc::clone(variable)));
                }
            }
        }
        for (set, templates) in &self.templates {
            for template in templates {
                if let Some(group) = group_of(&template.name, &mut groups, &mut index) {
                    group.templates.push((set.clone(), Arc::clone(template)));
                }
            }
        }
        (groups, index)
    }
}

/// The group of `name`, made where it is missing.
fn group_of<'g>(
    name: &VariableName,
    groups: &'g mut Vec<Group>,
    index: &mut Places<String>,
) -> Option<&'g mut Group> {
    let place = *index.entry(folded(name.as_str())).or_insert(groups.len());
    if place == groups.len() {
        groups.push(Group { name: name.clone(), rows: Vec::new(), templates: Vec::new() });
    }
    groups.get_mut(place)
}
