//! The root of the screen.

use leptos::prelude::*;

use super::late::{Late, late_view};
use super::pages;
use super::shell::{bar, navigation, notices};
use crate::platform::focus;
use crate::state::{App, commands, theme, watch_for_faults};
use crate::ui::widgets::live::when;

/// Starts the app. It takes the place of what said that it loads as soon as there
/// is a design to show, so that one sees neither an empty frame nor two pictures.
pub fn mount() {
    watch_for_faults();
    theme::start();
    leptos::mount::mount_to_body(|| {
        let app = App::new();
        provide_context(app);
        listen_to_keys(app);
        app.start();
        when(move || app.is_shown().get(), move || frame(app))
    });
}

fn frame(app: App) -> AnyView {
    if let Some(start) = document().get_element_by_id("start") {
        start.remove();
    }
    view! {
        <div class="frame">
            <a class="skip" href="#page" on:click=move |event| {
                event.prevent_default();
                focus::focus_soon("page-title");
            }>"Skip to the page"</a>
            {bar::bar(app)}
            {navigation::navigation(app)}
            {pages::page(app)}
            {notices::toasts(app)}
            {when(move || app.is_ready().get(), move || late_view(Late::Dialogs(app)))}
        </div>
    }
    .into_any()
}

/// Commands by keys, from anywhere; undo in a text field is the field's own.
fn listen_to_keys(app: App) {
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if event.default_prevented() {
            return;
        }
        let keys = commands::keys_of(&event);
        let Some(command) = commands::by_keys(&keys) else { return };
        let is_undo = keys.ends_with('Z') || keys.ends_with('Y');
        if is_undo && focus::is_typing(event.target()) {
            return;
        }
        event.prevent_default();
        (command.run)(app);
    });
    on_cleanup(move || handle.remove());
}
