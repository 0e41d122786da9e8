//! What the text means, as an outline, and what of it was not understood.

use leptos::prelude::*;

use super::Doctor;
use crate::ui::widgets::finding::finding;
use crate::ui::widgets::live::live;
use crate::view::ocl::{Meaning, Node};

/// The most lines of the outline that are put on the screen at one level.
const MOST: usize = 200;

pub(super) fn meaning(doctor: Doctor) -> AnyView {
    view! {
        <section class="ocl__part" aria-labelledby="ocl-meaning">
            <h2 id="ocl-meaning">"What it means"</h2>
            {live(move || doctor.meaning.with(|meaning| outline(meaning)))}
        </section>
    }
    .into_any()
}

fn outline(meaning: &Meaning) -> AnyView {
    let Some(kind) = meaning.kind else {
        let said =
            "Nothing that a project has: no step, variable, runbook or setting can be made out.";
        return view! { <p class="muted">{said}</p> }.into_any();
    };
    let found: Vec<_> = meaning
        .worst_first()
        .into_iter()
        .map(|one| {
            let place = one.place.position.map(|at| {
                view! { <p class="muted small">{format!("Line {}, column {}", at.line, at.column)}</p> }
            });
            finding(one.severity, one.code, one.what, place.into_any(), one.why, one.fix)
        })
        .collect();
    let found = (!found.is_empty()).then(|| view! { <ul class="findings">{found}</ul> });
    view! {
        <p class="muted">{["This is the ", kind.label(), "."].concat().replace("the runbook", "a runbook")}</p>
        {list(&meaning.nodes)}
        {found}
    }
    .into_any()
}

fn list(nodes: &[Node]) -> AnyView {
    if nodes.is_empty() {
        return ().into_any();
    }
    let rows: Vec<_> = nodes
        .iter()
        .take(MOST)
        .map(|node| {
            let detail = (!node.detail.is_empty())
                .then(|| view! { <span class="muted small">{node.detail.clone()}</span> });
            view! { <li><span class="ocl__title">{node.title.clone()}</span>{detail}{list(&node.children)}</li> }
                .into_any()
        })
        .collect();
    let more = nodes.len().saturating_sub(MOST);
    let more = (more > 0).then(|| view! { <li class="muted">{format!("and {more} more")}</li> });
    view! { <ul class="ocl__outline">{rows}{more}</ul> }.into_any()
}
