//! Edits of library variable sets: which there are, and which the project includes.

use crate::edit::{Edit, Refusal, refuse};
use crate::model::{Design, LibrarySet, LibrarySetId, Name};

fn parse_name(text: &str) -> Result<Name, Refusal> {
    Name::parse(text.trim()).map_err(|error| Refusal(error.rule))
}

fn check_free(design: &Design, id: &LibrarySetId, name: &Name) -> Result<(), Refusal> {
    let same = |set: &LibrarySet| set.name.as_str().eq_ignore_ascii_case(name.as_str());
    if design.space.library_sets.iter().any(|set| set.id != *id && same(set)) {
        return refuse(format!(
            "There is a library variable set {name} already. Choose another name."
        ));
    }
    Ok(())
}

fn gone<T>() -> Result<T, Refusal> {
    refuse("This library variable set is not there any more.")
}

/// Adds a set, included in the project.
#[must_use]
pub fn add(id: LibrarySetId, name: &str) -> Edit {
    let name = name.to_owned();
    Edit::new("Add library variable set", move |design| {
        let name = parse_name(&name)?;
        check_free(design, &id, &name)?;
        if !design.space.library_sets.push(LibrarySet::new(id.clone(), name)) {
            return refuse("This id is taken.");
        }
        design.project.included_sets.push(id);
        Ok(())
    })
}

/// Renames a set.
#[must_use]
pub fn rename(id: LibrarySetId, name: &str) -> Edit {
    let name = name.to_owned();
    Edit::new("Rename library variable set", move |design| {
        let name = parse_name(&name)?;
        check_free(design, &id, &name)?;
        if design.space.library_sets.update(&id, |set| set.name = name) { Ok(()) } else { gone() }
    })
}

/// Includes a set in the project, or no longer.
#[must_use]
pub fn include(id: LibrarySetId, is_included: bool) -> Edit {
    let label = if is_included { "Include set" } else { "Leave set out" };
    Edit::new(label, move |design| {
        if design.space.library_sets.get(&id).is_none() {
            return gone();
        }
        let is_now = design.project.included_sets.contains(&id);
        if is_included && !is_now {
            design.project.included_sets.push(id);
        } else if !is_included && is_now {
            design.project.included_sets.retain(|one| *one != id);
        }
        Ok(())
    })
}

/// Takes a set away, with what tenants say for its templates.
#[must_use]
pub fn delete(id: LibrarySetId) -> Edit {
    Edit::new("Delete library variable set", move |design| {
        let Some(set) = design.space.library_sets.remove(&id) else { return gone() };
        if design.project.included_sets.contains(&id) {
            design.project.included_sets.retain(|one| *one != id);
        }
        design.space.tenants.update_each(|tenant| {
            let is_of_set = |value: &crate::model::space::TenantValue| {
                set.templates.get(&value.template).is_some()
            };
            if !tenant.values.iter().any(is_of_set) {
                return None;
            }
            let mut tenant = tenant.clone();
            tenant.values.retain(|value| !is_of_set(value));
            Some(tenant)
        });
        Ok(())
    })
}
