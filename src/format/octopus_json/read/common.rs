//! What most documents have: whose they are, names, slugs, words.

use super::reading::{Object, Reading};
use crate::base::Severity;
use crate::format::fragment::{Mention, tame_name};
use crate::model::{Name, Slug, TenantTag};
use crate::record::Field;

/// Takes in whose document it is.
pub(super) fn project_of(map: &Object, reading: &mut Reading) {
    let space = reading.text(map, "SpaceId");
    let project = reading.text(map, "ProjectId");
    owner(space, project, reading);
}

/// Takes in the space and the project by their ids.
pub(super) fn owner(space: &str, project: &str, reading: &mut Reading) {
    let design = &mut reading.draft.design;
    if !space.is_empty() {
        match Mention::of_json(space) {
            Mention::Id(id) => id.clone_into(&mut design.space.octopus_id),
            other if other.text() != "Default" => other.text().clone_into(&mut design.space.name),
            _ => {}
        }
    }
    if !project.is_empty() {
        match Mention::of_json(project) {
            Mention::Id(id) => id.clone_into(&mut design.project.octopus_id),
            other if other.text() != "this project" => {
                other.text().clone_into(&mut design.project.name);
            }
            _ => {}
        }
    }
}

/// The name of something that must have one.
pub(super) fn name_of(map: &Object, what: &str, reading: &mut Reading) -> Name {
    let text = reading.text(map, "Name");
    let name = tame_name(text);
    if text.trim().is_empty() {
        reading.warning("import/no-name", format!("This {what} has no name."));
    } else if name.as_str() != text {
        let said = format!("The name \"{text}\" has blanks at an end or control characters.");
        let finding = reading.say(Severity::Info, "import/name", said);
        if let Some(finding) = finding {
            finding.why = format!("It is shown as \"{name}\" and written back as it was.");
        }
    }
    name
}

/// The slug, where it is not the one made of the name.
pub(super) fn slug_of(map: &Object, name: &Name, reading: &mut Reading) -> Option<Slug> {
    let text = reading.text(map, "Slug");
    if text.is_empty() {
        return None;
    }
    match Slug::parse(text) {
        Ok(slug) if Slug::of(name.as_str()).as_ref() == Some(&slug) => None,
        Ok(slug) => Some(slug),
        Err(_) => {
            let what = format!("\"{text}\" is no slug; it is written back as it was.");
            reading.within("Slug", |reading| reading.warning("import/slug", what));
            None
        }
    }
}

/// A choice among words; the usual one where there is none or it is not known.
pub(super) fn word<T: Field + Default>(
    map: &Object,
    key: &str,
    from: fn(&str) -> Option<T>,
    reading: &mut Reading,
) -> T {
    let text = reading.text(map, key);
    if text.is_empty() {
        return T::default();
    }
    from(text).unwrap_or_else(|| {
        let usual = T::default();
        let taken = usual.write();
        unknown_word(key, text, taken.as_str().unwrap_or_default(), reading);
        usual
    })
}

pub(super) fn unknown_word(key: &str, word: &str, taken: &str, reading: &mut Reading) {
    let what = format!("\"{word}\" is not known here; Pulpo takes it for {taken}.");
    reading.within(key, |reading| {
        if let Some(finding) = reading.say(Severity::Warning, "import/unknown-word", what) {
            "It is written back as it was, unless you change it.".clone_into(&mut finding.why);
        }
    });
}

/// The tenant tags of a list.
pub(super) fn tenant_tags(map: &Object, key: &str, reading: &mut Reading) -> Vec<TenantTag> {
    reading.texts(map, key, |text, reading| match TenantTag::parse(text) {
        Ok(tag) => Some(tag),
        Err(error) => {
            reading.warning("import/tenant-tag", format!("\"{text}\": {error}"));
            None
        }
    })
}
