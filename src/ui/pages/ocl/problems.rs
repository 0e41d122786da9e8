//! The problems of the text, each with the way to its place and its repair.

use leptos::prelude::*;

use super::{Doctor, editor};
use crate::base::Severity;
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::finding::finding;
use crate::ui::widgets::live::{live, live_text, press};
use crate::view::export::counted;
use crate::view::ocl::Row;

pub(super) fn problems(doctor: Doctor) -> AnyView {
    let said = move || {
        doctor.sheet.with(|sheet| {
            let (rows, repairs) = (sheet.rows().len(), sheet.repairs());
            match (rows, repairs) {
                (0, _) => "None: Octopus can read this.".to_owned(),
                (rows, 0) => format!("{}.", counted(rows, "problem")),
                (rows, repairs) if rows == repairs => {
                    format!("{}, with a repair for each.", counted(rows, "problem"))
                }
                (rows, repairs) => {
                    format!("{}, {}.", counted(rows, "problem"), counted(repairs, "repair"))
                }
            }
        })
    };
    let list = move || {
        let rows = doctor.sheet.with(|sheet| sheet.rows());
        let rows: Vec<_> = rows.into_iter().map(|row| item(doctor, row)).collect();
        if rows.is_empty() {
            return ().into_any();
        }
        view! { <ul class="findings">{rows}</ul> }.into_any()
    };
    let undo = move || match doctor.before.get() {
        None => ().into_any(),
        Some(_) => button(Look::Quiet, None, "Take the change back", move || {
            if let Some(text) = doctor.before.try_update(Option::take).flatten() {
                doctor.replace(text);
            }
        }),
    };
    view! {
        <section class="ocl__part" aria-labelledby="ocl-problems">
            <h2 id="ocl-problems" tabindex="-1">"Problems"</h2>
            <p class="muted" role="status">{live_text(said)}</p>
            {live(undo)}
            {live(list)}
        </section>
    }
    .into_any()
}

fn item(doctor: Doctor, row: Row) -> AnyView {
    let Row { index, code, place, what, repair, can_repair, is_sure } = row;
    let go = format!("Line {}, column {}", place.line, place.column);
    let label = format!("Repair line {}: {what}", place.line);
    let mend = move || {
        if let Some(text) = doctor.sheet.with_untracked(|sheet| sheet.repaired(index)) {
            doctor.repair(text, format!("Line {} repaired.", place.line));
        }
    };
    let tools = view! {
        <p class="ocl__tools">
            <button type="button" class="ocl__go" on:click=press(move || editor::go_to(doctor, index))>
                {go}
            </button>
            {can_repair.then(|| view! {
                <button type="button" class="button" data-look="plain" aria-label=label on:click=press(mend)>
                    "Repair"
                </button>
            })}
            {(can_repair && !is_sure).then(|| view! {
                <span class="muted small">"a guess: look at it afterwards"</span>
            })}
        </p>
    }
    .into_any();
    finding(Severity::Error, code, what, tools, String::new(), repair)
}
