//! The editor: a plain text area over the coloured lines in view. Colours and
//! marks follow every key; lines out of view are not made.

use leptos::prelude::*;

use super::{Doctor, LARGE};
use crate::state::{Derived, late};
use crate::ui::widgets::live::{flag, live, live_text, text};
use crate::view::ocl::Line;

/// Lines that are made at once, and how many of them go before the first in view.
const MADE: usize = 180;
const AHEAD: usize = 40;

fn colours(lines: Vec<Line>) -> AnyView {
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let marks: Vec<_> = line
                .into_iter()
                .map(|mark| match (mark.kind.word(), mark.is_wrong) {
                    ("", false) => mark.text.into_any(),
                    (word, false) => view! { <span class=word>{mark.text}</span> }.into_any(),
                    (word, true) => {
                        let class = [word, " ocl__wrong"].concat();
                        view! { <span class=class>{mark.text}</span> }.into_any()
                    }
                })
                .collect();
            view! { {marks}"\n" }.into_any()
        })
        .collect();
    lines.into_any()
}

/// Goes to problem number `index`: selects it and brings it into view.
pub(super) fn go_to(doctor: Doctor, index: usize) {
    let (Some(area), Some(scroller)) =
        (doctor.area.get_untracked(), doctor.scroller.get_untracked())
    else {
        return;
    };
    let found = doctor.sheet.with_untracked(|sheet| {
        let line = sheet.rows().get(index)?.place.line;
        Some((sheet.selection(index)?, f64::from(line) / sheet.len() as f64))
    });
    let Some(((start, end), part)) = found else { return };
    let unit = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    area.focus().ok();
    area.set_selection_range(unit(start), unit(end)).ok();
    let top =
        part * f64::from(scroller.scroll_height()) - f64::from(scroller.client_height()) / 2.0;
    scroller.set_scroll_top(top as i32);
}

/// The editor.
pub(super) fn editor(doctor: Doctor) -> AnyView {
    let sheet = doctor.sheet;
    let first = RwSignal::new(0_usize);
    // What was typed into a large text and not read yet.
    let typed = RwSignal::new(None::<String>);
    late(
        move || {
            typed.track();
            std::time::Duration::from_millis(150)
        },
        move || {
            if let Some(text) = typed.try_update(Option::take).flatten() {
                doctor.take(text);
            }
        },
    );
    let count = Derived::new(move || sheet.with(|sheet| sheet.len()));
    let size = Derived::new(move || sheet.with(|sheet| sheet.width()));
    let scrolled = move |_| {
        let Some(scroller) = doctor.scroller.get_untracked() else { return };
        let part = f64::from(scroller.scroll_top()) / f64::from(scroller.scroll_height().max(1));
        let line = (part * count.get_untracked() as f64) as usize;
        // In steps, so that a little scrolling makes nothing anew.
        let start = line.saturating_sub(AHEAD) / AHEAD * AHEAD;
        if start != first.get_untracked() {
            first.set(start);
        }
    };
    let offset = text(move || format!("calc({} * 1.55em)", first.get()));
    let height = text(move || format!("calc({} * 1.55em + 2 * var(--space-2))", count.get()));
    let width = text(move || format!("calc({}ch + 2 * var(--space-3))", size.get() + 2));
    let digits = text(move || format!("{}ch", count.get().max(10).to_string().len()));
    let numbers = move || {
        let last = count.get().min(first.get() + MADE);
        (first.get() + 1..=last).map(|line| line.to_string()).collect::<Vec<_>>().join("\n")
    };
    let on_input = move |event: leptos::tachys::html::event::Targeted<
        web_sys::Event,
        web_sys::HtmlTextAreaElement,
    >| {
        let text = event.target().value();
        doctor.before.set(None);
        if text.len() > LARGE {
            typed.set(Some(text));
        } else {
            doctor.take(text);
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.key() != "F8" {
            return;
        }
        event.prevent_default();
        let caret = doctor.area.get_untracked().and_then(|area| area.selection_start().ok()?);
        let caret = caret.unwrap_or(0) as usize;
        let next = sheet.with_untracked(|sheet| sheet.next_problem(caret, event.shift_key()));
        if let Some(index) = next {
            go_to(doctor, index);
        }
    };
    let shown = doctor.sheet.with_untracked(|sheet| sheet.text().to_owned());
    view! {
        <div class="ocl__edit field">
            <label class="field__label" for="ocl-text">"OCL"</label>
            <div class="code" data-editor="" node_ref=doctor.scroller on:scroll=scrolled>
                <div class="code__numbers" aria-hidden="true" style:min-width=digits>
                    <div class="ocl__moved" style:top=offset>{live_text(numbers)}</div>
                </div>
                <div class="code__pane" style:height=height style:min-width=width>
                    <pre class="code__text ocl__moved" aria-hidden="true" style:top=offset>
                        {live(move || {
                            let first = first.get();
                            sheet.with(|sheet| colours(sheet.lines(first, MADE)))
                        })}
                    </pre>
                    <textarea
                        id="ocl-text"
                        class="code__input"
                        data-plain=text(move || typed.with(Option::is_some).to_string())
                        node_ref=doctor.area
                        spellcheck="false"
                        autocomplete="off"
                        autocapitalize="off"
                        wrap="off"
                        placeholder="Paste OCL here, or drop a file"
                        aria-describedby="ocl-help"
                        prop:value=shown
                        on:input:target=on_input
                        on:keydown=on_key
                    ></textarea>
                </div>
            </div>
            <p class="field__help" id="ocl-help">
                "F8 goes to the next problem, Shift+F8 to the one before."
                <span hidden=flag(move || doctor.name.with(String::is_empty))>
                    {live_text(move || format!(" This is {}.", doctor.name.get()))}
                </span>
            </p>
        </div>
    }
    .into_any()
}
