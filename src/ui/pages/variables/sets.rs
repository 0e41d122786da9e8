//! Whose variables: the project's, or those of a library variable set.

use leptos::prelude::*;

use super::state::Grid;
use crate::edit::variables::{VariableOwner, sets as edit};
use crate::model::LibrarySetId;
use crate::state::follow;
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::field::{checkbox, segments};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::live;

/// The word of the project's own variables; no id is like it.
const PROJECT: &str = "";

/// The choice, and under it what is said of a set.
pub fn sets(grid: Grid) -> AnyView {
    let app = grid.app;
    let names = app.memo(|design| {
        let mut all = vec![(PROJECT.to_owned(), "Project".to_owned())];
        let sets = design.space.library_sets.iter();
        all.extend(sets.map(|set| (set.id.to_string(), set.name.to_string())));
        all
    });
    let word = move || match grid.tab.get() {
        VariableOwner::Project => PROJECT.to_owned(),
        VariableOwner::Set(id) => id.to_string(),
    };
    let pick = move |word: String| {
        let tab = LibrarySetId::parse(&word).map_or(VariableOwner::Project, VariableOwner::Set);
        grid.tab.set(tab);
    };
    // A set that was taken away, or undone, is no tab any more.
    follow(move || {
        let gone = names.with(|names| !names.iter().any(|(id, _)| *id == word()));
        if gone {
            grid.tab.set(VariableOwner::Project);
        }
    });
    let choice = live(move || {
        let names = names.get();
        if names.len() > 1 { segments("Variables of", names, word, pick) } else { ().into_any() }
    });
    let about = live(move || match grid.tab.get() {
        VariableOwner::Project => templates(grid),
        VariableOwner::Set(id) => set(grid, id),
    });
    view! {
        <div class="vars__sets">
            <div class="vars__tabs">{choice}</div>
            {button(Look::Quiet, Some(Icon::Plus), "Add variable set", move || add(grid))}
            <span class="vars__space"></span>
            {about}
        </div>
    }
    .into_any()
}

fn add(grid: Grid) {
    let app = grid.app;
    let Ok(id) = LibrarySetId::parse(&app.new_id("set")) else { return };
    let made = id.clone();
    app.ask_edit(
        "Add a library variable set",
        "Its name in Octopus",
        String::new(),
        move |name| edit::add(made.clone(), name),
        move || grid.tab.set(VariableOwner::Set(id.clone())),
    );
}

fn set(grid: Grid, id: LibrarySetId) -> AnyView {
    let app = grid.app;
    let is_included = {
        let id = id.clone();
        app.memo(move |design| design.project.included_sets.contains(&id))
    };
    let include = {
        let id = id.clone();
        move |on| app.run_or_tell(edit::include(id.clone(), on))
    };
    let rename = {
        let id = id.clone();
        move || {
            let id = id.clone();
            let now = app
                .peek(|design| design.space.library_sets.get(&id).map(|set| set.name.to_string()));
            app.ask_edit(
                "Rename variable set",
                "Its name in Octopus",
                now.unwrap_or_default(),
                move |name| edit::rename(id.clone(), name),
                || (),
            );
        }
    };
    view! {
        {checkbox("Included in the project", move || is_included.get(), include)}
        {button(Look::Quiet, None, "Rename set", rename)}
        {button(Look::Quiet, None, "Delete set", move || app.run_with_undo(edit::delete(id.clone())))}
    }
    .into_any()
}

/// What every tenant fills in for itself, to read.
fn templates(grid: Grid) -> AnyView {
    let templates = grid.app.memo(|design| {
        let sets = design.project.included_sets.iter();
        let of_sets =
            sets.filter_map(|id| design.space.library_sets.get(id)).flat_map(|set| &set.templates);
        let all = design.project.templates.iter().chain(of_sets);
        all.map(|one| {
            let label =
                if one.label.is_empty() { String::new() } else { format!(" · {}", one.label) };
            format!("{}{label}", one.name)
        })
        .collect::<Vec<_>>()
    });
    live(move || {
        let templates = templates.get();
        let count = templates.len();
        if count == 0 {
            return ().into_any();
        }
        let items: Vec<_> =
            templates.into_iter().map(|text| view! { <li>{text}</li> }.into_any()).collect();
        let noun = if count == 1 { "template" } else { "templates" };
        view! {
            <details class="vars__templates small">
                <summary>{format!("{count} tenant variable {noun}")}</summary>
                <ul>{items}</ul>
            </details>
        }
        .into_any()
    })
}
