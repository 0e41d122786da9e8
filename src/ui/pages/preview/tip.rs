//! What a mark tells: seen on hover and focus; a press keeps it open and moves
//! the focus into it. Pattern: tooltip, then a dialog that is not modal.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::Page;
use crate::deploy::Span;
use crate::platform::focus;
use crate::ui::widgets::button::icon_button;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{live, press};
use crate::view::preview::{TipLine, tip as tip_of};

/// How wide it gets, in CSS pixels; the style sheet says the same.
const WIDTH: f64 = 380.0;
/// Nearer than this to the foot of the window it stands above its mark.
const NEAR: f64 = 260.0;

/// Where it stands.
#[derive(Debug, Clone, PartialEq)]
struct At {
    /// Which mark.
    index: usize,
    left: f64,
    /// The mark's lower edge; or the upper one, from the window's foot.
    edge: f64,
    is_above: bool,
    /// Whether it stays until it is closed.
    is_kept: bool,
}

/// What the marks share: their spans, and which of them is told of.
#[derive(Clone, Copy)]
pub struct Shown {
    spans: StoredValue<Vec<Span>>,
    at: RwSignal<Option<At>>,
}

impl Shown {
    pub fn new() -> Self {
        Self { spans: StoredValue::new(Vec::new()), at: RwSignal::new(None) }
    }

    /// Begins anew, for other texts.
    pub fn clear(self) {
        self.spans.set_value(Vec::new());
        self.at.set(None);
    }

    /// Keeps a span; gives the number of its mark.
    pub fn keep(self, span: Span) -> usize {
        self.spans
            .try_update_value(|spans| {
                spans.push(span);
                spans.len() - 1
            })
            .unwrap_or_default()
    }

    fn show(self, mark: &Element, is_kept: bool) {
        let Some(index) = mark.get_attribute("data-mark").and_then(|text| text.parse().ok()) else {
            return;
        };
        let size = |value: Result<wasm_bindgen::JsValue, _>| {
            value.ok().and_then(|value| value.as_f64()).unwrap_or_default()
        };
        let (width, height) = (size(window().inner_width()), size(window().inner_height()));
        let rect = mark.get_bounding_client_rect();
        let is_above = rect.bottom() > height - NEAR && rect.top() > NEAR;
        let edge = if is_above { height - rect.top() } else { rect.bottom() };
        let left = rect.left().min(width - WIDTH - 8.0).max(8.0);
        self.at.set(Some(At { index, left, edge, is_above, is_kept }));
    }

    fn hide(self) {
        if self.at.with_untracked(|at| at.as_ref().is_some_and(|at| !at.is_kept)) {
            self.at.set(None);
        }
    }

    /// Closes it; the focus goes back to its mark.
    pub fn close(self) {
        if let Some(at) = self.at.get_untracked() {
            self.at.set(None);
            let mark = document().query_selector(&format!("[data-mark=\"{}\"]", at.index));
            if let Ok(Some(mark)) = mark {
                focus::focus(&mark);
            }
            // The focus showed it again.
            self.at.set(None);
        }
    }

    pub fn on_over(self, target: Option<web_sys::EventTarget>) {
        match mark_of(target) {
            Some(mark) => {
                if !self.at.with_untracked(|at| at.as_ref().is_some_and(|at| at.is_kept)) {
                    self.show(&mark, false);
                }
            }
            None => self.hide(),
        }
    }

    pub fn on_focus(self, target: Option<web_sys::EventTarget>) {
        match mark_of(target) {
            Some(mark) => self.show(&mark, false),
            None => self.hide(),
        }
    }

    pub fn on_blur(self) {
        self.hide();
    }

    /// A press on a mark keeps what it tells.
    pub fn on_press(self, target: Option<web_sys::EventTarget>) -> bool {
        let Some(mark) = mark_of(target) else { return false };
        self.show(&mark, true);
        focus::focus_soon("sim-tip");
        true
    }
}

/// The mark that an event is about.
fn mark_of(target: Option<web_sys::EventTarget>) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest("[data-mark]").ok()?
}

/// The tip itself.
pub fn tip(page: Page) -> AnyView {
    let shown = page.tip;
    live(move || {
        let Some(at) = shown.at.get() else { return ().into_any() };
        let Some(span) = shown.spans.with_value(|spans| spans.get(at.index).cloned()) else {
            return ().into_any();
        };
        let tip = tip_of(&span);
        let lines: Vec<_> = tip.lines.into_iter().map(|one| line(page, one, at.is_kept)).collect();
        let (left, edge) = (format!("{}px", at.left), format!("{}px", at.edge));
        let (top, bottom) = match at.is_above {
            true => ("auto".to_owned(), edge),
            false => (edge, "auto".to_owned()),
        };
        let gives = if tip.gives.is_empty() { "nothing".to_owned() } else { tip.gives };
        view! {
            <div
                class="tip"
                id="sim-tip"
                tabindex="-1"
                role=if at.is_kept { "dialog" } else { "tooltip" }
                aria-label=at.is_kept.then_some("Where this comes from")
                style:left=left
                style:top=top
                style:bottom=bottom
                on:pointerleave=move |_| shown.hide()
                on:focusout=move |event| {
                    let to = event.related_target().and_then(|to| to.dyn_into::<HtmlElement>().ok());
                    let stays = to.is_none_or(|to| to.closest("#sim-tip").ok().flatten().is_some());
                    if !stays {
                        shown.at.set(None);
                    }
                }
                on:keydown=move |event| {
                    if event.key() == "Escape" {
                        event.prevent_default();
                        shown.close();
                    }
                }
            >
                <div class="tip__head">
                    <code class="tip__code">{tip.expression}</code>
                    {at.is_kept.then(|| icon_button(Icon::Close, || "Close".to_owned(), "Esc", || false, move || shown.close()))}
                </div>
                <p class="tip__gives"><span class="tip__label" data-kind=tip.word>{tip.label}</span><span class="tip__value">{gives}</span></p>
                <ul class="tip__lines" role="list">{lines}</ul>
            </div>
        }
        .into_any()
    })
}

fn line(page: Page, line: TipLine, is_kept: bool) -> AnyView {
    let notes: Vec<_> = line
        .notes
        .into_iter()
        .map(|note| view! { <span class="tip__note">{note}</span> }.into_any())
        .collect();
    let link = line.link.filter(|_| is_kept).map(|link| {
        let name = format!("Go to {}", line.name);
        view! { <a class="tip__link" href=link>{name}</a> }
    });
    let why = (line.why && is_kept).then(|| {
        let (label, name) = (format!("Why {} has this value", line.name), line.name.clone());
        view! {
            <button type="button" class="tip__link" on:click=press(move || page.ask_why(&name))>
                {label}
            </button>
        }
    });
    view! {
        <li class="tip__line">
            <span class="tip__name">{line.name}</span>
            <span class="tip__from">{line.from}</span>
            {notes}
            {link}
            {why}
        </li>
    }
    .into_any()
}
