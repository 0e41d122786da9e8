//! Where the focus goes on a page that one is sent to.
//!
//! A page's code may have to be loaded first; so the wish is kept until the
//! page is there, and forgotten with the next one.

use std::cell::RefCell;

use crate::platform::focus;
use crate::state::{App, Page};

thread_local! {
    /// The element that is to have the focus on a page.
    static WISH: RefCell<Option<(Page, String)>> = const { RefCell::new(None) };
}

/// The heading of every page.
pub const TITLE: &str = "page-title";
/// The heading of the runbook that is shown.
pub const RUNBOOK: &str = "runbook-name";

/// The id of the field for an environment's name.
#[must_use]
pub fn environment(id: &str) -> String {
    format!("environment-{id}")
}

/// The id of a step's card.
#[must_use]
pub fn step(address: &str) -> String {
    format!("card-{address}")
}

/// The id of the cell with a variable's name.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("cell-{key}-0")
}

/// Selects `id` on `page` and focuses `element` there.
pub fn go(app: App, page: Page, id: &str, element: String) {
    WISH.set(Some((page, element.clone())));
    app.select(page, id);
    focus::focus_soon(element);
}

/// Focuses what `page` is to begin with: what one was sent to, or its heading.
pub fn arrive(page: Page) {
    let wish = WISH.with_borrow(|wish| {
        wish.as_ref().filter(|(on, _)| *on == page).map(|(_, element)| element.clone())
    });
    focus::focus_soon(wish.unwrap_or_else(|| TITLE.to_owned()));
}

/// Forgets a wish for another page.
pub fn leave_for(page: Page) {
    WISH.with_borrow_mut(|wish| {
        if wish.as_ref().is_some_and(|(on, _)| *on != page) {
            *wish = None;
        }
    });
}
