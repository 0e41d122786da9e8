//! The tree of files and the text of the one that is selected.
//! Pattern: tree view, where the selection follows the focus.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Page;
use crate::highlight;
use crate::platform::files as disk;
use crate::platform::focus;
use crate::state::{Derived, Page as PageName};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::code::code_view;
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{each, live, live_text, text};
use crate::view::export::{Row, Step, counted, rows, size_of, start_of, step};

/// The paths of the files, in their order.
fn paths(page: Page) -> Derived<Vec<String>> {
    Derived::new(move || {
        page.made.with(|made| {
            let files = made.iter().flat_map(|made| made.files.iter());
            files.map(|file| file.path.clone()).collect()
        })
    })
}

/// The file that is shown: the selected one, else the first.
fn shown(page: Page) -> Derived<String> {
    let (paths, selected) = (paths(page), page.app.selected(PageName::Export));
    Derived::new(move || {
        let selected = selected.get();
        paths.with(|paths| {
            let is_there = paths.contains(&selected);
            if is_there { selected } else { paths.first().cloned().unwrap_or_default() }
        })
    })
}

fn text_of(page: Page, path: &str) -> String {
    page.made.with(|made| {
        let files = made.iter().flat_map(|made| made.files.iter());
        files
            .clone()
            .find(|file| file.path == path)
            .map(|file| file.text.clone())
            .unwrap_or_default()
    })
}

/// The tree.
pub(super) fn tree(page: Page) -> AnyView {
    let (paths, shown) = (paths(page), shown(page));
    let closed = RwSignal::new(BTreeSet::<String>::new());
    // A folder can have the focus, but only a file is shown.
    let active = RwSignal::new(None::<String>);
    let lines = Derived::new(move || paths.with(|paths| closed.with(|closed| rows(paths, closed))));
    let current = Derived::new(move || {
        let wanted = active.get().unwrap_or_else(|| shown.get());
        lines.with(|lines| {
            let is_there = lines.iter().any(|line| line.path == wanted);
            let first = || lines.first().map(|line| line.path.clone()).unwrap_or_default();
            if is_there { wanted } else { first() }
        })
    });
    let go = move |path: String| {
        if path.ends_with('/') {
            active.set(Some(path));
        } else {
            active.set(None);
            page.app.select(PageName::Export, &path);
        }
    };
    let fold = move |path: String, is_closed: bool| {
        closed.update(|closed| {
            if is_closed {
                closed.insert(path.clone());
            } else {
                closed.remove(&path);
            }
        });
        go(path);
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let key = event.key();
        let done = lines.with_untracked(|lines| step(lines, &current.get_untracked(), &key));
        match done {
            Some(Step::Go(path)) => go(path),
            Some(Step::Open(path)) => fold(path, false),
            Some(Step::Close(path)) => fold(path, true),
            None => return,
        }
        event.prevent_default();
        focus::focus_soon(id_of(&current.get_untracked()));
    };
    let press = move |row: &Row| match row.is_open {
        Some(is_open) => {
            fold(row.path.clone(), is_open);
            focus::focus_soon(id_of(&row.path));
        }
        None => go(row.path.clone()),
    };
    let line = move |key: String| {
        let row = lines.with_untracked(|rows| rows.iter().find(|row| key_of(row) == key).cloned());
        let Some(row) = row else { return ().into_any() };
        let (path, here) = (row.path.clone(), row.path.clone());
        let sign = match row.is_open {
            Some(true) => Icon::Down,
            Some(false) => Icon::Right,
            None => Icon::File,
        };
        let (level, place, among) = (row.level, row.place, row.among);
        view! {
            <li
                class="tree__line"
                role="treeitem"
                id=id_of(&row.path)
                data-level=level.min(6)
                attr:aria-level=level
                aria-posinset=place
                aria-setsize=among
                aria-expanded=row.is_open.map(|is_open| is_open.to_string())
                aria-selected=text(move || (shown.get() == path).to_string())
                tabindex=text(move || if current.get() == here { "0" } else { "-1" }.to_owned())
                on:click=move |_| press(&row)
            >
                {icon(sign)}
                <span>{row.name.clone()}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <h2 id="export-files" class="export__heading">"Files"</h2>
        <ul class="tree" role="tree" aria-labelledby="export-files" on:keydown=on_key>
            {each(move || lines.with(|lines| lines.iter().map(key_of).collect()), line)}
        </ul>
    }
    .into_any()
}

/// All that is seen of a line: another key makes it anew.
fn key_of(row: &Row) -> String {
    format!("{} {:?} {}/{}", row.path, row.is_open, row.place, row.among)
}

fn id_of(path: &str) -> String {
    ["file-", path].concat()
}

/// The text of the file that is shown.
pub(super) fn file(page: Page) -> AnyView {
    let shown = shown(page);
    let content = Derived::new(move || text_of(page, &shown.get()));
    let copy = move || {
        let (path, text) = (shown.get_untracked(), content.get_untracked());
        spawn_local(async move {
            match disk::copy(&text).await {
                Ok(()) => page.app.tell(format!("{path} is on the clipboard.")),
                Err(failure) => page.app.tell(format!("{path} was not copied. {failure}")),
            }
        });
    };
    let download = move || {
        let path = shown.get_untracked();
        let name = path.rsplit('/').next().unwrap_or_default();
        let kind = if name.ends_with(".json") { "application/json" } else { "text/plain" };
        let done = content.with_untracked(|text| disk::download(name, kind, text.as_bytes()));
        match done {
            Ok(()) => page.app.tell(format!("Saved as {name}.")),
            Err(failure) => page.app.tell(format!("{name} was not saved. {failure}")),
        }
    };
    let code = move || {
        let path = shown.get();
        let colours = highlight::for_name(&path);
        let cut = Derived::new(move || {
            content.with(|text| {
                let (start, lines) = start_of(text);
                (start.len() < text.len()).then_some(lines)
            })
        });
        view! {
            {code_view(path, move || content.with(|text| start_of(text).0.to_owned()), colours)}
            {move || cut.get().map(|lines| view! {
                <p class="muted small">
                    {format!("Only the first {} are shown here. Copy and download give all of it.", counted(lines, "line"))}
                </p>
            })}
        }
        .into_any()
    };
    let body = move || {
        if page.chosen.with(Vec::is_empty) {
            return empty(
                "Choose what to export: its files appear here as they will be handed over.",
                ().into_any(),
            );
        }
        view! {
            <div class="export__head">
                <h2>{live_text(move || shown.get())}</h2>
                <span class="muted small numbers">{live_text(move || content.with(|text| size_of(text)))}</span>
                {button(Look::Plain, Some(Icon::Copy), "Copy file", copy)}
                {button(Look::Plain, Some(Icon::Download), "Download file", download)}
            </div>
            {live(code)}
        }
        .into_any()
    };
    view! { <div class="export__text">{live(body)}</div> }.into_any()
}
