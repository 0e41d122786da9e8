//! A step or child step as a card of one line.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::{Desk, card_id};
use super::row::tab_index;
use super::{drag, menu};
use crate::edit::steps::Move;
use crate::platform::focus;
use crate::state::Derived;
use crate::ui::widgets::environment::{EnvironmentMark, environment_dot};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{flag, live, live_text, on_key, on_pointer, press, text, text_if};
use crate::ui::widgets::menu::roving_menu;
use crate::view::process::{Card, Mark, MarkKind};

/// The card of `address`.
pub fn card(
    desk: Desk,
    address: String,
    card: Derived<Option<Arc<Card>>>,
    environments: Signal<Vec<EnvironmentMark>>,
) -> AnyView {
    let id = card_id(&address);
    let summary_id = format!("{id}-summary");
    let get = move |read: fn(&Card) -> String| {
        card.with(|card| card.as_deref().map(read).unwrap_or_default())
    };
    let mark = move |read: fn(&Card) -> bool| {
        text_if(move || card.with(|card| card.as_deref().is_some_and(read)).then(String::new))
    };
    let is_open = {
        let address = address.clone();
        Derived::new(move || desk.is_open(&address))
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
                <span class="unseen">{word}</span>{card.number.clone()}<span class="unseen">": "</span>
            </span>
            <span class="step__kind" title=card.kind_name.clone()>{icon(icon_of(&card.kind))}</span>
            <span class="step__name">{card.name.clone()}</span>
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
    let is_stop = flag(move || desk.is_stop(&stop));
    let actions = roving_menu(menu_name, icon(Icon::More), "icon", is_stop, move || {
        Arc::new(menu::items(desk, &listed))
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
            <span class="step__menu" on:click=|event| event.stop_propagation()>{actions}</span>
        </div>
    }
    .into_any()
}

/// How many dots are told apart at a glance; above, a count says more.
pub const MOST_DOTS: usize = 8;

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
