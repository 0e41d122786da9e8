//! The lifecycle: which environments a release may reach, phase by phase.

use leptos::prelude::*;

use super::card;
use crate::edit::lifecycles as edit;
use crate::model::{EnvironmentId, LifecycleId};
use crate::state::{App, Derived};
use crate::ui::widgets::button::{Look, button, icon_button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::environment::marks;
use crate::ui::widgets::field::{FieldOptions, checkbox, edit_field};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::live;
use crate::ui::widgets::picker::{PickOption, picker};
use crate::view::stacks::{PhaseRow, phases as rows};

fn fresh(app: App) -> Option<LifecycleId> {
    LifecycleId::parse(&app.new_id("lifecycle")).ok()
}

/// The card.
pub fn phases(app: App) -> AnyView {
    let all = app.memo(rows);
    let count = Derived::new(move || all.with(Vec::len));
    let one_each = move || {
        if let Some(id) = fresh(app) {
            app.run_or_tell(edit::one_phase_each(id));
        }
    };
    let add = move || {
        if let Some(id) = fresh(app) {
            app.run_or_tell(edit::add_phase(id));
        }
    };
    let tools = view! {
        {button(Look::Plain, None, "One phase each", one_each)}
        {button(Look::Plain, Some(Icon::Plus), "Add phase", add)}
    }
    .into_any();
    let body = live(move || {
        if count.get() == 0 {
            return empty(
                "Without phases, releases may go to the environments in their order. Phases say \
                 which come together and which are deployed to by themselves.",
                ().into_any(),
            );
        }
        let items: Vec<_> = (0..count.get()).map(|index| phase(app, all, index)).collect();
        view! { <ol class="phases">{items}</ol> }.into_any()
    });
    card("Lifecycle", tools, body)
}

fn phase(app: App, all: Derived<Vec<PhaseRow>>, index: usize) -> AnyView {
    let own = Derived::new(move || all.with(|all| all.get(index).cloned()));
    let name = move || own.with(|row| row.as_ref().map(|row| row.name.clone()).unwrap_or_default());
    let options = move || {
        app.read(|design| {
            marks(design)
                .into_iter()
                .map(|mark| PickOption {
                    value: mark.id.to_string(),
                    label: mark.name,
                    hue: mark.hue,
                    group: "",
                })
                .collect::<Vec<_>>()
        })
    };
    let environments = move |is_automatic: bool| {
        let (label, placeholder) = if is_automatic {
            ("Deployed to automatically", "None by itself")
        } else {
            ("Deployed to by hand", "None by hand")
        };
        let chosen = move || {
            own.with(|row| {
                let Some(row) = row else { return Vec::new() };
                let list = if is_automatic { &row.automatic } else { &row.manual };
                list.iter().map(ToString::to_string).collect()
            })
        };
        picker(label, options, chosen, placeholder, false, false, move |now| {
            let ids = now.iter().filter_map(|id| EnvironmentId::parse(id).ok()).collect();
            app.run_or_tell(edit::set_phase_environments(index, ids, is_automatic));
        })
    };
    view! {
        <li class="phase">
            <div class="phase__head">
                <span class="phase__number numbers" aria-hidden="true">{index + 1}</span>
                {edit_field(
                    format!("Name of phase {}", index + 1),
                    name,
                    FieldOptions { is_cell: true, ..FieldOptions::default() },
                    move |text| Ok(edit::rename_phase(index, text)),
                )}
                {icon_button(Icon::Up, move || format!("Move {} up", name()), "", move || index == 0, move || {
                    app.run_or_tell(edit::move_phase(index, index.saturating_sub(1)));
                })}
                {icon_button(Icon::Trash, move || format!("Delete phase {}", name()), "", || false, move || {
                    app.run_with_undo(edit::delete_phase(index));
                })}
            </div>
            {environments(true)}
            {environments(false)}
            {checkbox(
                "Optional: releases may skip it",
                move || own.with(|row| row.as_ref().is_some_and(|row| row.is_optional)),
                move |is_optional| app.run_or_tell(edit::set_optional(index, is_optional)),
            )}
        </li>
    }
    .into_any()
}
