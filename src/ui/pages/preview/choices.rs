//! What is deployed: environment, process, channel, tenant, release, target,
//! and what to compare with.

use leptos::prelude::*;

use super::Page;
use crate::deploy::RELEASE;
use crate::ui::widgets::environment::{EnvironmentMark, environment, marks};
use crate::ui::widgets::field::{FieldOptions, select_field, text_field};
use crate::ui::widgets::live::{flag, live, when};
use crate::ui::widgets::unique;
use crate::view::preview::{Address, Choices, Options};

/// More environments than this are chosen from a list.
const MOST_TABS: usize = 6;

/// The form above the timeline.
pub fn choices(page: Page) -> AnyView {
    let all = crate::state::Derived::new(move || {
        let Some(scenario) = page.scenario.get() else { return Choices::default() };
        page.app.read(|design| crate::view::preview::choices(design, &scenario))
    });
    let is_runbook =
        crate::state::Derived::new(move || page.address.with(|one| !one.runbook.is_empty()));
    let list = move |label: &'static str,
                     of: fn(&Choices) -> &Options,
                     now: fn(Page) -> String,
                     set: fn(&mut Address) -> &mut String| {
        when(
            move || all.with(|all| of(all).len() > 1),
            move || {
                select_field(
                    label,
                    move || now(page),
                    move || all.with(|all| of(all).clone()),
                    false,
                    move |value| page.show(|address| *set(address) = value),
                )
            },
        )
    };
    let release = when(
        move || !is_runbook.get(),
        move || {
            text_field(
                "Release",
                move || scenario_text(page, |one| Some(one.release.clone())),
                FieldOptions { placeholder: RELEASE.to_owned(), ..FieldOptions::default() },
                move |text| {
                    let text = text.trim().to_owned();
                    page.show(|one| {
                        one.release = if text == RELEASE { String::new() } else { text }
                    });
                    Ok(())
                },
            )
        },
    );
    view! {
        <div class="sim__choices" role="group" aria-label="What is deployed">
            {environments(page)}
            {list("Runs", |all| &all.runs, |page| page.address.with(|one| one.runbook.clone()), |one| &mut one.runbook)}
            {release}
            {list("Channel", |all| &all.channels, |page| scenario_text(page, |one| one.channel.as_ref().map(ToString::to_string)), |one| &mut one.channel)}
            {list("Tenant", |all| &all.tenants, |page| scenario_text(page, |one| one.tenant.as_ref().map(ToString::to_string)), |one| &mut one.tenant)}
            {list("Target", |all| &all.targets, |page| scenario_text(page, |one| one.target.as_ref().map(ToString::to_string)), |one| &mut one.target)}
            {list("Compare with", |all| &all.others, |page| page.address.with(|one| one.with.clone()), |one| &mut one.with)}
        </div>
    }
    .into_any()
}

fn scenario_text(page: Page, read: fn(&crate::deploy::Scenario) -> Option<String>) -> String {
    page.scenario.with(|one| one.as_ref().and_then(read)).unwrap_or_default()
}

/// The environments: all seen at once, or a list where they are many.
fn environments(page: Page) -> AnyView {
    let all = page.app.memo(marks);
    let now = move || {
        page.scenario
            .with(|one| one.as_ref().map(|one| one.environment.to_string()))
            .unwrap_or_default()
    };
    live(move || {
        let all = all.get();
        let options: Vec<_> =
            all.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
        if all.len() > MOST_TABS {
            return select_field(
                "Environment",
                now,
                move || options.clone(),
                false,
                move |value| page.show(|address| address.environment = value),
            );
        }
        tabs(page, all, now)
    })
}

fn tabs(
    page: Page,
    all: Vec<EnvironmentMark>,
    now: impl Fn() -> String + Copy + Send + Sync + 'static,
) -> AnyView {
    let name = unique("environment");
    let label = unique("environments");
    let items: Vec<_> = all
        .into_iter()
        .map(|mark| {
            let (mine, picked) = (mark.id.to_string(), mark.id.to_string());
            view! {
                <label>
                    <input
                        type="radio"
                        name=name.clone()
                        prop:checked=flag(move || now() == mine)
                        on:change=move |_| page.show(|address| {
                            address.environment.clone_from(&picked);
                            if address.with == picked {
                                address.with.clear();
                            }
                        })
                    />
                    {environment(&mark)}
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <div class="field sim__environments">
            <span class="field__label" id=label.clone()>"Environment"</span>
            <div class="segments" role="radiogroup" aria-labelledby=label>{items}</div>
        </div>
    }
    .into_any()
}
