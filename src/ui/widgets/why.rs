//! The explainer: why a name has the value it has, at the side of any page.

use std::sync::Arc;

use leptos::prelude::*;

use super::icon::{Icon, icon};
use super::live::{live, live_text};
use super::side::side;
use crate::scope::Resolver;
use crate::state::{App, Derived};
use crate::view::variables::Chip;
use crate::view::why::{Elsewhere, Question, Why, WhyValue, why as answer};

/// The explainer of what `question` asks, while it asks anything.
pub fn why(
    app: App,
    question: Signal<Option<Question>>,
    on_close: Arc<dyn Fn() + Send + Sync>,
) -> AnyView {
    let index = StoredValue::new(Resolver::default());
    let told = Derived::new(move || {
        let question = question.get()?;
        app.read(|design| {
            index.update_value(|index| {
                index.refresh(design);
            });
            Some(index.with_value(|index| answer(design, index, &question)))
        })
    });
    let title = move || {
        told.with(|told| told.as_ref().map(|told| format!("Why: {}", told.name)))
            .unwrap_or_default()
    };
    let body = view! {
        <p class="small muted">{live_text(move || {
            told.with(|told| told.as_ref().map(|told| told.place.clone())).unwrap_or_default()
        })}</p>
        {live(move || told.with(|told| told.as_ref().map(body).into_any()))}
    };
    side(title, move || on_close(), body.into_any())
}

fn body(told: &Why) -> AnyView {
    let values: Vec<_> = told.values.iter().map(value).collect();
    let what_if: Vec<_> =
        told.what_if.iter().map(|one| view! { <li>{one.clone()}</li> }.into_any()).collect();
    let caveats: Vec<_> = told
        .caveats
        .iter()
        .map(|one| {
            view! {
                <p class="note" data-severity="warning">{icon(Icon::Warning)}<span>"Not verified: "{*one}</span></p>
            }
            .into_any()
        })
        .collect();
    let elsewhere: Vec<_> = told.elsewhere.iter().map(other).collect();
    let has_what_if = !what_if.is_empty();
    let has_elsewhere = !elsewhere.is_empty();
    view! {
        <div class="why__result" data-standing=told.outcome>
            <p class="why__value">{told.value.clone()}</p>
            <p>{told.decision.clone()}</p>
        </div>
        {caveats}
        <section class="fieldset" aria-label="Values">
            <h3>{match told.values.len() {
                0 => "No values".to_owned(),
                1 => "One value".to_owned(),
                count => format!("{count} values"),
            }}</h3>
            <ol class="why__values">{values}</ol>
        </section>
        {has_what_if.then(|| view! {
            <section class="fieldset" aria-label="What would change it">
                <h3>"What would change it"</h3>
                <ul class="why__list">{what_if}</ul>
            </section>
        })}
        {has_elsewhere.then(|| view! {
            <section class="fieldset" aria-label="In all environments">
                <h3>"In all environments"</h3>
                <ul class="why__others">{elsewhere}</ul>
            </section>
        })}
    }
    .into_any()
}

fn value(one: &WhyValue) -> AnyView {
    let sign = match one.standing {
        "wins" => Some(("Wins", Icon::Check)),
        "ties" => Some(("Ties", Icon::Warning)),
        _ => None,
    };
    let chips: Vec<_> = one.chips.iter().map(chip).collect();
    let everywhere =
        chips.is_empty().then(|| view! { <span class="muted small">"Everywhere"</span> });
    let link = one.link.as_ref().map(|id| {
        let name = format!("Show in Variables: {}", one.text);
        view! {
            <a class="why__link small" href=format!("#/variables/{id}") aria-label=name>"Show in Variables"</a>
        }
    });
    let rank = (!one.rank.is_empty()).then(|| {
        view! { <p class="muted small">"Specific by: "{one.rank.clone()}</p> }
    });
    view! {
        <li data-standing=one.standing>
            <p class="why__head">
                <code class="why__text">{one.text.clone()}</code>
                {sign.map(|(word, sign)| view! { <span class="why__sign">{icon(sign)}{word}</span> })}
            </p>
            <p class="chips">{everywhere}{chips}</p>
            <p class="small">{one.words.clone()}</p>
            {rank}
            <p class="why__foot"><span class="muted small">{one.source.clone()}</span>{link}</p>
        </li>
    }
    .into_any()
}

fn chip(chip: &Chip) -> AnyView {
    let dot = (chip.hue > 0).then(|| view! { <span class="dot" data-hue=chip.hue></span> });
    view! { <span class="chip">{dot}<span class="chip__text">{chip.label.clone()}</span></span> }
        .into_any()
}

/// So many environments are named; the rest is counted.
const NAMED: usize = 6;

fn other(one: &Elsewhere) -> AnyView {
    let names: Vec<_> = one
        .environments
        .iter()
        .take(NAMED)
        .map(|(name, hue)| {
            view! {
                <span class="environment"><span class="dot" data-hue=*hue></span>{name.clone()}</span>
            }
            .into_any()
        })
        .collect();
    let more = one.environments.len().checked_sub(NAMED).filter(|more| *more > 0);
    let more = more.map(|more| view! { <span class="muted">{format!("and {more} more")}</span> });
    view! {
        <li data-here=one.is_here.then_some("")>
            <code class="why__text">{one.text.clone()}</code>
            <span class="why__names">{names}{more}</span>
        </li>
    }
    .into_any()
}
