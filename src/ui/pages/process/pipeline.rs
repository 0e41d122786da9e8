//! The pipeline: a line of cards. Pattern: a list with one tab stop; arrows
//! move along it, Alt with arrows moves the step itself.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::{Desk, card_id};
use super::drag;
use crate::edit::steps::{self, Move};
use crate::platform::focus;
use crate::state::Derived;
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::environment::{EnvironmentMark, environment, environment_dot, marks};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{
    flag, live, live_text, on_key, on_pointer, press, text, text_if, when,
};
use crate::ui::widgets::menu::{MenuItem, roving_menu};
use crate::ui::widgets::rows::rows;
use crate::view::process::{Card, Mark, MarkKind};

/// The pipeline.
pub fn pipeline(desk: Desk) -> AnyView {
    let environments = desk.app.memo(marks);
    let is_empty = Derived::new(move || desk.rows.with(Vec::is_empty));
    let ids =
        move || desk.rows.with(|rows| rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>());
    let on_escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" && desk.drag.with_untracked(Option::is_some) {
            event.stop_propagation();
            desk.drag.set(None);
        }
    };
    let is_dragging = text_if(move || {
        desk.drag.with(|drag| drag.as_ref().is_some_and(|one| one.is_under_way)).then(String::new)
    });
    let list = move || {
        view! {
            <div class="pipe__legend" aria-hidden="true">
                {live(move || environments.with(|all| all.iter().map(environment).collect::<Vec<_>>()).into_any())}
            </div>
            <ol
                class="pipe"
                aria-label="Steps"
                data-dragging=is_dragging
                on:keydown=on_key(on_escape)
                on:pointermove=on_pointer(move |event| drag::follow(desk, &event))
                on:pointerup=on_pointer(move |_| drag::end(desk))
                on:pointercancel=on_pointer(move |_| desk.drag.set(None))
            >
                {rows(ids, move |id| row(desk, id, environments))}
            </ol>
            <div class="pipe__end">
                {button(Look::Quiet, Some(Icon::Plus), "Add step at the end", move || {
                    let end = desk.peek(|process| Some(process.steps.len())).unwrap_or(0);
                    desk.add_at(steps::Spot::Step(end));
                })}
            </div>
        }
        .into_any()
    };
    let nothing = move || {
        empty(
            "Nothing is deployed yet. Add what Octopus should do, such as a Pulumi preview, an \
             approval and a Pulumi up.",
            button(Look::Plain, Some(Icon::Plus), "Add first step", move || {
                desk.add_at(steps::Spot::Step(0));
            }),
        )
    };
    live(move || if is_empty.get() { nothing() } else { list() })
}

fn row(desk: Desk, id: String, environments: Derived<Vec<EnvironmentMark>>) -> AnyView {
    let row = {
        let id = id.clone();
        Derived::new(move || desk.rows.with(|rows| rows.iter().find(|row| row.id == id).cloned()))
    };
    let parallel = text_if(move || {
        let word = row.with(|row| row.as_ref().map(|row| row.parallel))?;
        (!word.is_empty()).then(|| word.to_owned())
    });
    // Two or four stand in two columns, all else in three.
    let together = text_if(move || {
        let count = row.with(|row| row.as_ref().map(|row| row.together))?;
        (count > 1).then(|| if matches!(count, 2 | 4) { "halves" } else { "thirds" }.to_owned())
    });
    let gates = Derived::new(move || {
        row.with(|row| row.as_ref().map(|row| row.gates.clone()).unwrap_or_default())
    });
    let children = Derived::new(move || {
        row.with(|row| {
            let children = row.as_ref().map(|row| row.children.as_slice()).unwrap_or_default();
            children.iter().map(|child| child.address.clone()).collect::<Vec<_>>()
        })
    });
    let own = Derived::new(move || row.with(|row| row.as_ref().map(|row| row.card.clone())));
    let child = move |address: String| {
        let found = address.clone();
        let child = Derived::new(move || {
            row.with(|row| row.as_ref()?.children.iter().find(|one| one.address == found).cloned())
        });
        view! { <li class="pipe__child">{card(desk, address, child, environments)}</li> }.into_any()
    };
    let rail = when(
        move || children.with(|children| !children.is_empty()),
        move || {
            view! {
                <ol class="pipe__children" aria-label="Child steps">
                    {rows(move || children.get(), child)}
                </ol>
            }
            .into_any()
        },
    );
    let name = text(move || {
        own.with(|card| card.as_ref().map(|card| format!("Add step after {}", card.name)))
            .unwrap_or_default()
    });
    let is_stop = tab_index(desk, id.clone());
    let before = id.clone();
    view! {
        <li class="pipe__row" data-parallel=parallel data-together=together>
            {card(desk, id, own, environments)}
            {rail}
            <p class="pipe__gate" hidden=flag(move || gates.with(String::is_empty))>
                {icon(Icon::Person)}<span>{live_text(move || gates.get())}</span>
            </p>
            <button
                type="button"
                class="pipe__add"
                aria-label=name
                title=name
                tabindex=is_stop
                on:click=press(move || desk.add_beside(&before, true))
            >
                {icon(Icon::Plus)}
            </button>
        </li>
    }
    .into_any()
}

/// Tab reaches one card at a time.
fn tab_index(desk: Desk, address: String) -> Signal<String> {
    text(move || desk.tab_stop.with(|stop| if *stop == address { "0" } else { "-1" }.to_owned()))
}

fn card(
    desk: Desk,
    address: String,
    card: Derived<Option<Card>>,
    environments: Derived<Vec<EnvironmentMark>>,
) -> AnyView {
    let id = card_id(&address);
    let summary_id = format!("{id}-summary");
    let get = move |read: fn(&Card) -> String| {
        card.with(|card| card.as_ref().map(read).unwrap_or_default())
    };
    let mark = move |read: fn(&Card) -> bool| {
        text_if(move || card.with(|card| card.as_ref().is_some_and(read)).then(String::new))
    };
    let is_open = {
        let address = address.clone();
        let is_child = address.contains('/');
        Derived::new(move || {
            let selected = desk.selected.get();
            // An action's id alone names it too.
            selected == address
                || (!selected.is_empty()
                    && card.with(|card| {
                        card.as_ref().is_some_and(|card| {
                            card.action == selected && (is_child || card.kind != "parent")
                        })
                    })
                    && desk.address(&selected) == address)
        })
    };
    let on_card_key = {
        let address = address.clone();
        move |event: web_sys::KeyboardEvent| {
            let is_done = if event.alt_key() {
                match event.key().as_str() {
                    "ArrowUp" => desk.move_by(&address, Move::Up),
                    "ArrowDown" => desk.move_by(&address, Move::Down),
                    "ArrowRight" => desk.move_by(&address, Move::Nest),
                    "ArrowLeft" => desk.move_by(&address, Move::UnNest),
                    _ => return,
                }
                true
            } else if event.ctrl_key() || event.meta_key() || event.shift_key() {
                false
            } else {
                match event.key().as_str() {
                    "Delete" => {
                        desk.delete(&address);
                        true
                    }
                    // Once more, and one is in its form.
                    "Enter" if is_open.get_untracked() => {
                        focus::focus_soon("step-form");
                        true
                    }
                    key => desk.walk(&address, key),
                }
            };
            if is_done {
                event.prevent_default();
            }
        }
    };
    let face = live(move || {
        let Some(card) = card.get() else { return ().into_any() };
        let word = if card.number.contains('.') { "Child step " } else { "Step " };
        view! {
            <span class="step__number">
                <span class="unseen">{word}</span>{card.number}<span class="unseen">": "</span>
            </span>
            <span class="step__kind" title=card.kind_name>{icon(icon_of(&card.kind))}</span>
            <span class="step__name">{card.name}</span>
        }
        .into_any()
    });
    let marks = live(move || {
        let Some(card) = card.get() else { return ().into_any() };
        let marks: Vec<_> = card.marks.iter().map(mark_view).collect();
        let dots = environments.with(|environments| dots(environments, &card.runs_in));
        view! { <span class="step__marks">{marks}</span><span class="step__dots">{dots}</span> }
            .into_any()
    });
    let menu_name = text(move || get(|card| format!("Actions for {}", card.name)));
    let (stop, listed) = (address.clone(), address.clone());
    let is_stop = flag(move || desk.tab_stop.with(|now| *now == stop));
    let menu = roving_menu(menu_name, icon(Icon::More), "icon", is_stop, move || {
        Arc::new(items(desk, &listed))
    });
    let main_index = tab_index(desk, address.clone());
    let (own, begin, over, data) =
        (address.clone(), address.clone(), address.clone(), address.clone());
    view! {
        <div
            class="step"
            data-card=data
            data-open=text_if(move || is_open.get().then(String::new))
            data-off=mark(|card| card.is_disabled)
            data-waits=mark(|card| card.is_gate)
            data-over=text_if(move || drag::mark(desk, &over).map(str::to_owned))
            on:pointerdown=on_pointer(move |event| drag::begin(desk, &begin, &event))
            on:click=press(move || desk.open(&own))
        >
            <span class="step__grip" data-grip="" aria-hidden="true">{icon(Icon::Grip)}</span>
            <button
                type="button"
                id=id
                class="step__main"
                aria-pressed=text(move || is_open.get().to_string())
                aria-describedby=summary_id.clone()
                tabindex=main_index
                on:keydown=on_key(on_card_key)
                on:focus=move |_| desk.active.set(address.clone())
            >
                {face}
            </button>
            <span class="step__end" aria-hidden="true">{marks}</span>
            <span class="unseen" id=summary_id>{live_text(move || get(|card| card.summary.clone()))}</span>
            <span class="step__menu" on:click=|event| event.stop_propagation()>{menu}</span>
        </div>
    }
    .into_any()
}

/// How many dots are told apart at a glance; above, a count says more.
const MOST_DOTS: usize = 8;

fn dots(environments: &[EnvironmentMark], runs_in: &[bool]) -> AnyView {
    if environments.len() > MOST_DOTS {
        let count = runs_in.iter().filter(|runs| **runs).count();
        let text = format!("{count} of {}", environments.len());
        return view! { <span class="step__mark">{text}</span> }.into_any();
    }
    let dots: Vec<_> =
        environments.iter().zip(runs_in).map(|(mark, runs)| environment_dot(mark, *runs)).collect();
    dots.into_any()
}

fn mark_view(mark: &Mark) -> AnyView {
    let (sign, word) = match mark.kind {
        MarkKind::Place => (None, "place"),
        MarkKind::Container => (Some(Icon::Cloud), "container"),
        MarkKind::Package => (Some(Icon::Package), "package"),
        MarkKind::Condition => (Some(Icon::Filter), "condition"),
        MarkKind::Gate => (Some(Icon::Person), "gate"),
        MarkKind::Disabled => (Some(Icon::Close), "disabled"),
    };
    view! {
        <span class="step__mark" data-mark=word title=mark.title.clone()>
            {sign.map(icon)}<span class="chip__text">{mark.text.clone()}</span>
        </span>
    }
    .into_any()
}

/// The icon of a kind of step.
pub fn icon_of(kind: &str) -> Icon {
    match kind {
        "run-pulumi-linux" | "run-pulumi-windows" => Icon::Library,
        "extract-package" | "deploy-package" | "transfer-package" => Icon::Package,
        "config-override" => Icon::File,
        "pulumi-preview" => Icon::Eye,
        "pulumi-up" => Icon::Play,
        "pulumi-drift" => Icon::Refresh,
        "pulumi-destroy" => Icon::Trash,
        "manual" => Icon::Person,
        "email" => Icon::Mail,
        "script" => Icon::Script,
        "aws-script" | "azure-script" | "google-script" | "kubernetes-script" => Icon::Cloud,
        "deploy-release" => Icon::Release,
        "health-check" => Icon::Health,
        "parent" => Icon::Stack,
        _ => Icon::Process,
    }
}

/// The moves of a menu.
pub fn moves(desk: Desk, address: &str) -> Vec<MenuItem> {
    let item = |label: &'static str, keys: &'static str, to: Move| {
        let is_off =
            desk.peek(|process| steps::spot(process, steps::find(process, address)?, to)).is_none();
        let address = address.to_owned();
        MenuItem::new(label, move || desk.move_by(&address, to)).hint(keys).off_when(is_off)
    };
    let asked = address.to_owned();
    vec![
        item("Move to the top", "", Move::First),
        item("Move up", "Alt ↑", Move::Up),
        item("Move down", "Alt ↓", Move::Down),
        item("Move to the end", "", Move::Last),
        item("Nest under the step before", "Alt →", Move::Nest),
        item("Un-nest", "Alt ←", Move::UnNest),
        MenuItem::new("Move to position…", move || ask_position(desk, asked.clone())),
    ]
}

fn ask_position(desk: Desk, address: String) {
    desk.app.ask("Move to position", "Position, from 1", String::new(), move |text| {
        match text.trim().parse::<usize>() {
            Ok(position @ 1..) => {
                desk.move_by(&address, Move::To(position - 1));
                Ok(())
            }
            _ => crate::edit::refuse("A number from 1."),
        }
    });
}

/// Everything that can be done to a card.
fn items(desk: Desk, address: &str) -> Vec<MenuItem> {
    let item = |label: &'static str, keys: &'static str, run: fn(Desk, &str)| {
        let address = address.to_owned();
        MenuItem::new(label, move || run(desk, &address)).hint(keys)
    };
    let is_child = address.contains('/');
    let mut items = vec![
        item("Add step before…", "", |desk, address| desk.add_beside(address, false)),
        item("Add step after…", "", |desk, address| desk.add_beside(address, true)),
    ];
    if !is_child {
        items.push(item("Add child step…", "", |desk, address| desk.add_child(address)));
        items.push(item("Add approval before", "", |desk, address| desk.add_gate(address)));
        let joins = desk.rows.with_untracked(|rows| {
            let at = rows.iter().position(|row| row.id == address)?;
            (at > 0).then(|| matches!(rows[at].parallel, "middle" | "last"))
        });
        match joins {
            Some(true) => items.push(item("Wait for the step before", "", |desk, address| {
                desk.set(address, "start", "StartAfterPrevious").ok();
            })),
            Some(false) => {
                items.push(item("Run in parallel with the step before", "", |desk, address| {
                    desk.set(address, "start", "StartWithPrevious").ok();
                }))
            }
            None => {}
        }
    }
    let has_script = desk
        .app
        .peek(|design| crate::view::process::script(design, &desk.owner(), address))
        .is_some();
    if has_script {
        items.push(item("Show script", "", super::script::open));
    }
    items.extend(moves(desk, address));
    items.push(item("Duplicate", "", |desk, address| desk.duplicate(address)));
    let word = if desk.is_disabled(address) { "Enable" } else { "Disable" };
    items.push(item(word, "", |desk, address| desk.switch(address)));
    items.push(item("Delete", "Del", |desk, address| desk.delete(address)));
    items
}
