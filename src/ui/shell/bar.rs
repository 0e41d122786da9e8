//! The bar on top: the design, whether it is kept, undo and redo, search.

use leptos::prelude::*;

use crate::edit::Edit;
use crate::state::{App, Page, Saved, commands, follow};
use crate::ui::widgets::button::{Look, button, icon_button};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live_text, text, when};
use crate::ui::widgets::menu::{MenuItem, menu};

/// The bar.
pub fn bar(app: App) -> AnyView {
    let title = app.memo(|design| design.title.clone());
    let shown_title = move || {
        let title = title.get();
        if title.is_empty() { "Untitled design".to_owned() } else { title }
    };
    follow(move || document().set_title(&format!("{} · Pulpo", shown_title())));
    let undo_name = move || match app.undo_label().get() {
        Some(label) => format!("Undo: {label}"),
        None => "Nothing to undo".to_owned(),
    };
    let redo_name = move || match app.redo_label().get() {
        Some(label) => format!("Redo: {label}"),
        None => "Nothing to redo".to_owned(),
    };
    view! {
        <header class="bar">
            <a class="bar__brand" href="#/board">{icon(Icon::Pulpo)}<span>"Pulpo"</span></a>
            {menu(
                "Design",
                move || view! { <span class="bar__title">{live_text(shown_title)}</span>{icon(Icon::Down)} }.into_any(),
                Look::Quiet,
                vec![
                    MenuItem::new("Rename design…", move || rename(app)),
                    MenuItem::new("Save design as a file", move || app.save_file())
                        .hint(commands::shown("Mod+S")),
                    MenuItem::new("Start a new design", move || app.new_design()),
                    MenuItem::new("Open the library", move || app.go(Page::Library)),
                ],
            )}
            {saved_sign(app)}
            <div class="bar__space"></div>
            {icon_button(Icon::Undo, undo_name, "Mod+Z", move || app.undo_label().get().is_none(), move || app.undo())}
            {icon_button(Icon::Redo, redo_name, "Mod+Shift+Z", move || app.redo_label().get().is_none(), move || app.redo())}
            {icon_button(Icon::Search, || "Search and do".to_owned(), "Mod+K", || false, move || app.palette.set(true))}
            <span class="bar__compare">
                {button(Look::Quiet, None, "Compare", move || app.go(Page::Compare))}
            </span>
            {button(Look::Main, Some(Icon::Export), "Export", move || app.go(Page::Export))}
        </header>
    }
    .into_any()
}

fn rename(app: App) {
    let title = app.peek(|design| design.title.clone());
    app.ask("Rename design", "Title", title, move |title| {
        app.run(Edit::new("Rename design", move |design| {
            title.trim().clone_into(&mut design.title);
            Ok(())
        }))
    });
}

/// Says whether the design is kept; the truth, in words.
fn saved_sign(app: App) -> AnyView {
    let state = move || match app.saved().get() {
        Saved::Failed(_) | Saved::Overtaken => "failed".to_owned(),
        _ => "fine".to_owned(),
    };
    let words = move || {
        let words = match app.saved().get() {
            Saved::Yes if app.kept().get().revision == 0 => "Sample, not kept",
            Saved::Yes => "Saved",
            Saved::Soon | Saved::Now => "Saving…",
            Saved::Failed(_) => "Not saved",
            Saved::Overtaken => "Changed elsewhere",
        };
        words.to_owned()
    };
    let why = move || match app.saved().get() {
        Saved::Failed(why) => why,
        Saved::Yes => "Kept in this browser".to_owned(),
        _ => String::new(),
    };
    view! {
        <span class="saved" data-state=text(state) title=text(why)>
            {when(
                move || app.saved().get() == Saved::Yes && app.kept().get().revision > 0,
                || icon(Icon::Check),
            )}
            <span class="saved__words">{live_text(words)}</span>
        </span>
    }
    .into_any()
}
