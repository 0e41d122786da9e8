//! The grid. Pattern: grid with a single tab stop; the active cell is told by
//! `aria-activedescendant`, so that the focus never falls out of it.

use leptos::__reexports::send_wrapper::SendWrapper;
use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use super::layout::{expected, in_pixels, row_height};
use super::paint::Painter;
use super::state::{Desk, GRID, Window};
use super::{clipboard, heads, keys, pointer};
use crate::platform::size;
use crate::state::follow;
use crate::ui::late::{Late, late_view};
use crate::ui::widgets::live::live;

/// The grid and the editor over it.
pub fn grid(desk: Desk) -> AnyView {
    let shared = SendWrapper::new(Rc::new(RefCell::new(Painter::default())));
    let height = row_height();
    if desk.window.get_untracked() == Window::default() {
        desk.window.set(expected());
    }
    follow(move || {
        desk.version.track();
        desk.window.track();
        desk.active.track();
        desk.anchor.track();
        desk.others.track();
        if let Some(grid) = desk.grid.get()
            && let Ok(mut painter) = shared.try_borrow_mut()
        {
            let body: &web_sys::Element = grid.as_ref();
            if painter.paint(desk, &grid, body, height) {
                go_on_after_frame(desk, shared.clone());
            }
        }
    });
    show_drag(desk);
    follow(move || {
        if let Some(scroller) = desk.scroller.get() {
            size::watch(&scroller, move || look(desk));
        }
    });
    view! {
        <div class="board__scroll" node_ref=desk.scroller on:scroll=move |_| look(desk)>
            <div
                id=GRID
                role="grid"
                class="board__grid"
                tabindex="0"
                aria-label="Board"
                aria-multiselectable="true"
                node_ref=desk.grid
                on:keydown=move |event| keys::on_key(desk, &event)
                on:mousedown=move |event| pointer::on_down(desk, &event)
                on:mouseover=move |event| pointer::on_over(desk, &event)
                on:mouseup=move |_| heads::drop(desk)
                on:click=move |event| pointer::on_click(desk, &event)
                on:dblclick=move |event| pointer::on_double(desk, &event)
                on:copy=move |event| clipboard::on_copy(desk, event.as_ref())
                on:paste=move |event| clipboard::on_paste(desk, event.as_ref())
            ></div>
            {live(move || match desk.editing.get() {
                None => ().into_any(),
                Some(editing) => late_view(Late::Editor(desk, editing)),
            })}
        </div>
    }
    .into_any()
}

/// Brings the rest of the rows when what there is now is on the screen.
fn go_on_after_frame(desk: Desk, painter: SendWrapper<Rc<RefCell<Painter>>>) {
    let go_on = move || {
        if let Ok(mut painter) = painter.try_borrow_mut() {
            painter.go_on();
        }
        desk.window.notify();
    };
    request_animation_frame(move || set_timeout(go_on, Duration::ZERO));
}

/// Notes what is seen of the grid now.
fn look(desk: Desk) {
    let Some(Some(scroller)) = desk.scroller.try_get_untracked() else { return };
    let now = Window {
        top: f64::from(scroller.scroll_top()),
        left: f64::from(scroller.scroll_left()),
        width: f64::from(scroller.client_width()),
        height: f64::from(scroller.client_height()),
    };
    if desk.window.get_untracked() != now {
        desk.window.set(now);
    }
}

/// Shows where an environment that is dragged would go.
fn show_drag(desk: Desk) {
    follow(move || {
        let dragged = desk.dragged.get().filter(|(from, to)| from != to);
        let Some(grid) = desk.grid.get() else { return };
        let layout = desk.layout.get_value();
        let style = web_sys::HtmlElement::style(&grid);
        if let Some((from, to)) = dragged {
            let edge = if to > from { to + 1 } else { to };
            let left = layout.name + edge as f64 * layout.column;
            // A style that is not taken shows no line.
            style.set_property("--drop", &in_pixels(left)).ok();
        }
        grid.toggle_attribute_with_force("data-drop", dragged.is_some()).ok();
    });
}
