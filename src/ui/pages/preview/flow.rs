//! The timeline: the steps in order, those that start together in a bracket.

use leptos::prelude::*;

use super::Page;
use super::differences::differences;
use crate::platform::focus;
use crate::state::Derived;
use crate::ui::pages::process::icon_of;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, live_text, text_if};
use crate::view::preview::{Flow, FlowGroup, FlowRow, FlowStep, flow as flow_of};

/// Narrower than this, the open step stands below the timeline.
const STACKED: f64 = 900.0;

/// The timeline.
pub fn flow(page: Page) -> AnyView {
    let differences = differences(page);
    let shown = Derived::new(move || {
        let Some(plan) = page.plan.get() else { return Flow::default() };
        let other = page.other.get();
        differences.with(|all| {
            let known = |id: &crate::model::ActionId| {
                all.iter().find(|(of, _)| of == id).map(|(_, difference)| *difference)
            };
            flow_of(&plan.0, other.as_ref().map(|other| &*other.0), &known)
        })
    });
    let open = Derived::new(move || page.open().map(|id| id.to_string()).unwrap_or_default());
    view! {
        <section class="flow" aria-labelledby="flow-title">
            <div class="flow__head">
                <h2 id="flow-title">"Steps"</h2>
                <p class="muted small">{live_text(move || shown.with(|shown| shown.summary.clone()))}</p>
            </div>
            {live(move || shown.with(|shown| {
                let groups: Vec<_> = shown.groups.iter().map(|one| group(page, open, one)).collect();
                view! { <ol class="flow__list" role="list">{groups}</ol> }.into_any()
            }))}
        </section>
    }
    .into_any()
}

fn group(page: Page, open: Derived<String>, group: &FlowGroup) -> AnyView {
    let steps: Vec<_> = group.steps.iter().map(|one| step(page, open, one)).collect();
    if group.steps.len() < 2 {
        return steps.into_any();
    }
    view! {
        <li class="flow__group">
            <p class="flow__together">"Start together"</p>
            <ol role="list">{steps}</ol>
        </li>
    }
    .into_any()
}

fn step(page: Page, open: Derived<String>, step: &FlowStep) -> AnyView {
    let rows: Vec<_> = step.rows.iter().map(|one| row(page, open, one)).collect();
    let Some((number, name, how)) = step.title.clone() else { return rows.into_any() };
    view! {
        <li class="flow__parent">
            <p class="flow__title">
                <span class="flow__number">{number}</span>
                {icon(Icon::Stack)}
                <span class="flow__text">
                    <span class="flow__name">{name}</span>
                    <span class="flow__line">{how}</span>
                </span>
            </p>
            <ol class="flow__children" role="list">{rows}</ol>
        </li>
    }
    .into_any()
}

fn row(page: Page, open: Derived<String>, row: &FlowRow) -> AnyView {
    let (mine, id) = (row.action.clone(), row.action.clone());
    let current = text_if(move || open.with(|open| *open == mine).then(|| "true".to_owned()));
    let link = Signal::derive(move || page.link(&id));
    let reasons: Vec<_> = row
        .reasons
        .iter()
        .map(|reason| view! { <span class="flow__why">{reason.clone()}</span> }.into_any())
        .collect();
    let other = row.other.clone().map(|other| {
        let name = page.other.with(|plan| {
            let scenario = plan.as_ref().map(|plan| plan.0.scenario.clone());
            let environment = scenario.map(|one| one.environment);
            environment
                .and_then(|id| {
                    page.app.read(|design| {
                        design.space.environments.get(&id).map(|one| one.name.to_string())
                    })
                })
                .unwrap_or_default()
        });
        view! { <span class="flow__other">{format!("In {name}: {other}")}</span> }
    });
    let differs = (!row.differs.is_empty()).then(|| {
        let words = row.differs.join(", ");
        view! { <span class="flow__differs">{format!("Differs: {words}")}</span> }
    });
    let place = (!row.place.is_empty()).then(|| {
        view! { <span class="flow__place">{row.place.clone()}</span> }
    });
    view! {
        <li class="flow__row" data-state=row.state.word()>
            <a class="flow__step" href=link aria-current=current on:click=move |_| follow()>
                <span class="flow__number">{row.number.clone()}</span>
                <span class="flow__kind" title=row.kind_name.clone()>{icon(icon_of(&row.kind))}</span>
                <span class="flow__text">
                    <span class="flow__name">{row.name.clone()}</span>
                    <span class="flow__line">{row.line.clone()}</span>
                    {place}
                    {reasons}
                    {other}
                    {differs}
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// Where the open step stands below, the eye and the focus follow it there.
fn follow() {
    let width = window().inner_width().ok().and_then(|width| width.as_f64());
    if width.is_some_and(|width| width < STACKED) {
        focus::focus_soon("sim-step-title");
    }
}
