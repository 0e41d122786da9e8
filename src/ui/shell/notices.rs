//! What the app says by itself: the live region, short messages, banners.

use leptos::prelude::*;

use crate::state::{App, Saved};
use crate::ui::widgets::button::{Look, button, icon_button};
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::{live, live_text, when};

/// The live region and the messages at the foot.
pub fn toasts(app: App) -> AnyView {
    let toast = app.toast();
    view! {
        <div class="unseen" role="status" aria-live="polite">{live_text(move || app.said().get())}</div>
        <div class="toasts">
            {live(move || match toast.get() { None => ().into_any(), Some(message) => view! {
                <div class="toast" role="region" aria-label="Message">
                    <span>{message.text}</span>
                    {message.undo.map(|undo| button(Look::Plain, None, "Undo", move || {
                        toast.set(None);
                        undo(app);
                    }))}
                    {icon_button(Icon::Close, || "Dismiss message".to_owned(), "", || false, move || toast.set(None))}
                </div>
            }.into_any() })}
        </div>
    }
    .into_any()
}

/// What holds for the whole page: a newer version waits, this is a sample, another tab was first.
pub fn banners(app: App) -> AnyView {
    view! {
        {when(move || app.has_update().get(), move || view! {
            <div class="banner" role="region" aria-label="Newer version">
                <p>"A newer version is ready. What you did is saved first."</p>
                {button(Look::Plain, None, "Reload", move || app.take_update())}
            </div>
        }.into_any())}
        {when(move || app.is_sample().get(), move || view! {
            <div class="banner" role="region" aria-label="About this design">
                <p><strong>"This is a sample."</strong>" Change what you like: it becomes a design of your own with the first edit."</p>
                {button(Look::Plain, None, "Start your own", move || app.new_design())}
            </div>
        }.into_any())}
        {live(move || match app.saved().get() {
            Saved::Overtaken => view! {
                <div class="banner" role="alert">
                    <p>"This design was changed in another tab. What is on this screen is not saved."</p>
                    {button(Look::Plain, None, "Show theirs", move || app.take_theirs())}
                    {button(Look::Plain, None, "Keep this one", move || app.keep_mine())}
                </div>
            }.into_any(),
            Saved::Failed(why) => view! {
                <div class="banner" role="alert">
                    <p>{format!("Not saved: {why} It is tried again with the next edit.")}</p>
                    {button(Look::Plain, None, "Save design as a file", move || app.save_file())}
                </div>
            }.into_any(),
            _ => ().into_any(),
        })}
    }
    .into_any()
}
