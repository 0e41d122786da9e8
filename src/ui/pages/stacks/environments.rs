//! The table of environments: name, stack, settings file, approval, shield.

use leptos::prelude::*;

use super::{card, fill};
use crate::edit::{Edit, Refusal, approvals, environments as edit, refuse, stacks};
use crate::model::{ActionId, EnvironmentId, StepId};
use crate::state::{App, Derived};
use crate::ui::widgets::environment::marks;
use crate::ui::widgets::field::{FieldOptions, edit_field};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{flag, live, live_text, text};
use crate::ui::widgets::menu::{MenuItem, live_menu};
use crate::ui::widgets::rows::rows as keyed_rows;
use crate::view::stacks::{StackRow, rows};

/// The card.
pub fn environments(app: App) -> AnyView {
    let all = app.memo(rows);
    let ids = Derived::new(move || {
        all.with(|all| all.iter().map(|row| row.id.to_string()).collect::<Vec<_>>())
    });
    let table = view! {
        <div class="scroll">
            <table class="table stacks">
                <caption class="unseen">"Environments in promotion order"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Environment"</th>
                        <th scope="col">"Pulumi stack"</th>
                        <th scope="col">"Settings file"</th>
                        <th scope="col">"Approval"</th>
                        <th scope="col">"Protected"</th>
                        <th scope="col"><span class="unseen">"Actions"</span></th>
                    </tr>
                </thead>
                <tbody>
                    {keyed_rows(move || ids.get(), move |id| match EnvironmentId::parse(&id) {
                        Ok(id) => row(app, all, id),
                        Err(_) => ().into_any(),
                    })}
                    {add_row(app)}
                </tbody>
            </table>
        </div>
        <p class="stacks__hint muted small" hidden=flag(move || ids.with(|ids| !ids.is_empty()))>
            "Type a name, such as Development, and press Enter: an environment is a stage that releases are promoted through."
        </p>
    }
    .into_any();
    card("Environments", fill::fill(app), table)
}

fn row(app: App, all: Derived<Vec<StackRow>>, id: EnvironmentId) -> AnyView {
    let own = {
        let id = id.clone();
        Derived::new(move || all.with(|all| all.iter().find(|row| row.id == id).cloned()))
    };
    let get = move |read: fn(&StackRow) -> String| {
        own.with(|row| row.as_ref().map(read).unwrap_or_default())
    };
    let says = move |read: fn(&StackRow) -> bool| own.with(|row| row.as_ref().is_some_and(read));
    let name = move || get(|row| row.name.clone());
    let hue = {
        let id = id.clone();
        app.memo(move |design| {
            marks(design).into_iter().find(|mark| mark.id == id).map_or(0, |mark| mark.hue)
        })
    };
    let rename = {
        let id = id.clone();
        move |text: &str| Ok(edit::rename(id.clone(), text))
    };
    let map = {
        let id = id.clone();
        move |text: &str| Ok(stacks::set(id.clone(), text))
    };
    let approve = {
        let id = id.clone();
        move |wanted| {
            let (Ok(step), Ok(action)) =
                (StepId::parse(&app.new_id("step")), ActionId::parse(&app.new_id("action")))
            else {
                return;
            };
            app.run_or_tell(approvals::set(id.clone(), wanted, step, action));
        }
    };
    let protect = {
        let id = id.clone();
        move |wanted| app.run_or_tell(edit::protect(id.clone(), wanted))
    };
    let has_problem = move || says(|row| !row.problem.is_empty());
    view! {
        <tr>
            <th scope="row">
                <div class="stacks__name">
                    <span class="dot" data-hue=text(move || hue.get().to_string())></span>
                    {edit_field("Name of environment", name, FieldOptions {
                        is_cell: true,
                        id: Some(element_id(&id)),
                        ..FieldOptions::default()
                    }, rename)}
                </div>
            </th>
            <td class="stacks__stack">
                {live(move || edit_field(
                    format!("Stack of {}", name()),
                    move || get(|row| row.stack.clone()),
                    FieldOptions {
                        is_cell: true,
                        is_code: true,
                        placeholder: "organization/project/stack".into(),
                        ..FieldOptions::default()
                    },
                    map.clone(),
                ))}
                <p class="field__error stacks__problem" hidden=flag(move || !has_problem())>
                    {live_text(move || get(|row| row.problem.clone()))}
                </p>
            </td>
            <td><code class="muted">{live_text(move || get(|row| row.settings_file.clone()))}</code></td>
            <td>{tick(move || format!("Approval in {}", name()), move || says(|row| row.needs_approval), approve)}</td>
            <td>{tick(move || format!("Protect {}", name()), move || says(|row| row.is_protected), protect)}</td>
            <td>{actions(app, all, id, name)}</td>
        </tr>
    }
    .into_any()
}

/// The id of the field for an environment's name.
fn element_id(id: &EnvironmentId) -> String {
    crate::ui::pages::arrival::environment(id.as_str())
}

fn tick(
    name: impl Fn() -> String + Send + Sync + 'static,
    is_on: impl Fn() -> bool + Send + Sync + 'static,
    on_change: impl Fn(bool) + 'static,
) -> AnyView {
    let (name, is_on) = (Signal::derive(name), Signal::derive(is_on));
    let on_change: Box<dyn Fn(bool)> = Box::new(on_change);
    view! {
        <label class="tick">
            <input
                type="checkbox"
                aria-label=name
                prop:checked=is_on
                on:change:target=move |event| on_change(event.target().checked())
            />
        </label>
    }
    .into_any()
}

fn actions(
    app: App,
    all: Derived<Vec<StackRow>>,
    id: EnvironmentId,
    name: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> AnyView {
    let items = {
        let id = id.clone();
        move || {
            let place = all.with_untracked(|all| all.iter().position(|row| row.id == id));
            let place = place.unwrap_or(0);
            let last = all.with_untracked(|all| all.len().saturating_sub(1));
            let move_to = |label: &str, to: usize, is_off: bool| {
                let id = id.clone();
                MenuItem::new(label, move || {
                    if app.run(edit::move_to(id.clone(), to)).is_ok() {
                        let name = name();
                        app.say(&format!("{name} is now number {} of {}", to + 1, last + 1));
                    }
                })
                .off_when(is_off)
            };
            let (recolour, remove) = (id.clone(), id.clone());
            std::sync::Arc::new(vec![
                move_to("Move up", place.saturating_sub(1), place == 0),
                move_to("Move down", place + 1, place == last),
                MenuItem::new("Next colour", move || {
                    let hue = app.peek(|design| {
                        let marks = marks(design);
                        marks.iter().find(|mark| mark.id == recolour).map_or(0, |mark| mark.hue)
                    });
                    app.run_or_tell(edit::set_hue(recolour.clone(), hue % 12 + 1));
                }),
                MenuItem::new("Delete environment", move || {
                    app.run_with_undo(edit::delete(remove.clone()));
                }),
            ])
        }
    };
    // The button is made again when the name changes, so that its own name is right.
    let items = std::sync::Arc::new(items);
    live(move || {
        let items = std::sync::Arc::clone(&items);
        live_menu(format!("Actions for {}", name()), || icon(Icon::More), "icon", move || items())
    })
}

fn add_row(app: App) -> AnyView {
    let add = move |text: &str| -> Result<Edit, Refusal> {
        if text.trim().is_empty() {
            return Ok(Edit::nothing());
        }
        match EnvironmentId::parse(&app.new_id("env")) {
            Ok(id) => Ok(edit::add(id, text)),
            Err(_) => refuse("No id could be made."),
        }
    };
    view! {
        <tr>
            <td colspan="6">
                <div class="stacks__name">
                    {icon(Icon::Plus)}
                    {edit_field(
                        "Add environment",
                        String::new,
                        FieldOptions {
                            is_cell: true,
                            placeholder: "Add environment".into(),
                            id: Some("add-environment".into()),
                            ..FieldOptions::default()
                        },
                        add,
                    )}
                </div>
            </td>
        </tr>
    }
    .into_any()
}
