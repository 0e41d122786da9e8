//! Several documents as one fragment, and a fragment as a design of its own.

use super::merge::{How, Mode, merge_with_maps};
use super::remap::Maps;
use super::{Document, Imported};
use crate::format::fragment::{ActionMention, Covers, Fragment, Kind};
use crate::model::{Design, EnvironmentId, LibrarySetId, RunbookId, StepTemplateId};

/// All documents but those left out, joined: what one refers to and another
/// holds is one thing, by the server's id, slug or name.
#[must_use]
pub fn gather(imported: &Imported, is_taken: impl Fn(usize) -> bool) -> Fragment {
    let documents = imported.documents.iter().enumerate().filter(|(at, _)| is_taken(*at));
    let mut documents: Vec<&Document> = documents.map(|(_, document)| document).collect();
    if let [only] = &documents[..] {
        return only.fragment.clone();
    }
    // What tells the names of ids comes first, what means others' steps last.
    documents.sort_by_key(|document| rank(&document.fragment));
    let mut whole = Fragment::default();
    for document in documents {
        let fragment = &document.fragment;
        let how = How { process: Mode::Add, variables: Mode::Add, ..How::default() };
        let merged = merge_with_maps(&mut whole.design, fragment, &how);
        for covers in &fragment.covers {
            let covers = mapped(covers, &merged.maps);
            if !whole.covers.contains(&covers) {
                whole.covers.push(covers);
            }
        }
        for mention in &fragment.actions {
            let id = merged.maps.actions.get(&mention.id).unwrap_or(&mention.id).clone();
            whole.actions.push(ActionMention { id, ..mention.clone() });
        }
        if whole.design.notes.is_empty() {
            fragment.design.notes.clone_into(&mut whole.design.notes);
        }
        if whole.design.title.is_empty() {
            fragment.design.title.clone_into(&mut whole.design.title);
        }
        whole.findings.extend(fragment.findings.iter().cloned());
    }
    // Some were held by a document that came later.
    let held: std::collections::HashSet<_> = {
        let project = &whole.design.project;
        let runbooks = project.runbooks.iter().map(|one| &one.process);
        let all = std::iter::once(&project.process).chain(runbooks);
        all.flat_map(|one| one.actions()).map(|(_, action)| action.id.clone()).collect()
    };
    whole.actions.retain(|mention| !held.contains(&mention.id));
    whole
}

fn rank(fragment: &Fragment) -> u8 {
    let of = |covers: &Covers| match covers {
        Covers::Design => 0,
        Covers::Rows(Kind::Environment) => 1,
        Covers::Rows(_) => 2,
        Covers::Project => 3,
        Covers::LibrarySet(_) => 4,
        Covers::StepTemplate(_) => 5,
        Covers::Process => 6,
        Covers::Steps | Covers::Runbook(_) => 7,
        Covers::Variables => 8,
        Covers::Pulumi | Covers::Stack(_) => 9,
    };
    let lowest = fragment.covers.iter().map(of).min().unwrap_or(u8::MAX);
    // A library set's own document has no variables, and comes before those.
    let has_variables =
        fragment.design.space.library_sets.iter().any(|one| !one.variables.is_empty());
    if lowest == 4 && has_variables { 8 } else { lowest }
}

fn mapped(covers: &Covers, maps: &Maps) -> Covers {
    let environment = |id: &EnvironmentId| maps.environments.get(id).unwrap_or(id).clone();
    let runbook = |id: &RunbookId| maps.runbooks.get(id).unwrap_or(id).clone();
    let set = |id: &LibrarySetId| maps.library_sets.get(id).unwrap_or(id).clone();
    let template = |id: &StepTemplateId| maps.step_templates.get(id).unwrap_or(id).clone();
    match covers {
        Covers::Stack(id) => Covers::Stack(environment(id)),
        Covers::Runbook(id) => Covers::Runbook(runbook(id)),
        Covers::LibrarySet(id) => Covers::LibrarySet(set(id)),
        Covers::StepTemplate(id) => Covers::StepTemplate(template(id)),
        other => other.clone(),
    }
}

/// The documents as a design of their own.
#[must_use]
pub fn into_new(fragment: Fragment, how: &How) -> Design {
    // What stands there already are the fragment's own ids, so they stay.
    let mut design = fragment.design;
    if !how.organization.trim().is_empty()
        && let Ok(organization) = crate::model::pulumi::Organization::parse(how.organization.trim())
        && !fragment.covers.contains(&Covers::Design)
    {
        for mapping in &mut design.pulumi.stacks {
            mapping.stack.organization = organization.clone();
        }
    }
    if design.title.is_empty() {
        design.title = title(&design);
    }
    if how.templates_as_steps {
        super::merge::add_template_steps(&mut design, fragment.covers);
    }
    design
}

fn title(design: &Design) -> String {
    let pulumi = design.pulumi.project.as_ref().map(ToString::to_string).unwrap_or_default();
    let template = design.space.step_templates.nth(0).map(|one| one.name.to_string());
    let names = [design.project.name.clone(), pulumi, template.unwrap_or_default()];
    names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| "Imported design".to_owned())
}
