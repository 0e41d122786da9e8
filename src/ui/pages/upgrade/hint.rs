//! A line on other pages, while the design is in the manner of 2019.

use leptos::prelude::*;

use crate::state::{App, Page, Place};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::when;
use crate::upgrade::is_of_the_guide;

/// The line.
pub fn hint(app: App) -> AnyView {
    when(
        move || app.read(is_of_the_guide),
        move || {
            view! {
            <p class="note upgrade__hint">
                {icon(Icon::Up)}
                <span>
                    "This design works in the manner of Pulumi's guide of 2019. "
                    <a href=Place::page(Page::Upgrade).fragment()>"See what a modern one changes"</a>
                </span>
            </p>
        }
        .into_any()
        },
    )
}
