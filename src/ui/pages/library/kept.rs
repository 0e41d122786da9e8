//! The designs that this browser keeps.

use std::sync::Arc;

use leptos::prelude::*;

use crate::state::{App, Failure, Kept, Saved, clock};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, live_text, when};
use crate::ui::widgets::menu::{MenuItem, live_menu};
use crate::view::export::counted;
use crate::view::library::ago;

/// The most designs that are listed before the rest is asked for.
const MOST: usize = 200;

/// The list.
pub(super) fn kept(app: App) -> AnyView {
    let all = RwSignal::new(None::<Result<Vec<Kept>, Failure>>);
    app.with_all_kept(move |found| {
        // The page may be gone by now; the same list again changes nothing.
        if all.try_with_untracked(|all| all.as_ref() != Some(&found)) == Some(true) {
            all.set(Some(found));
        }
    });
    let is_all = RwSignal::new(false);
    let list = move || match all.get() {
        None => ().into_any(),
        Some(Err(failure)) => nothing_kept(app, failure),
        Some(Ok(kept)) if kept.is_empty() => empty(
            "Nothing is kept here yet. A design is kept with its first change.",
            ().into_any(),
        ),
        Some(Ok(kept)) => {
            let count = kept.len();
            let shown = if is_all.get() { count } else { MOST };
            let now = clock::now();
            let rows: Vec<_> = kept.into_iter().take(shown).map(|one| row(app, one, now)).collect();
            view! {
                <ul class="kept">{rows}</ul>
                {(count > shown).then(|| view! {
                    <p>{button(Look::Quiet, None, "Show all designs", move || is_all.set(true))}</p>
                })}
            }
            .into_any()
        }
    };
    let count = move || match all.get() {
        Some(Ok(kept)) if !kept.is_empty() => counted(kept.len(), "design"),
        _ => String::new(),
    };
    view! {
        <section class="library__part" aria-labelledby="library-kept">
            <h2 id="library-kept">"Kept in this browser"</h2>
            <p class="muted numbers">
                {live_text(count)}
                {live_text(move || open_but_not_kept(app).unwrap_or_default())}
            </p>
            {live(list)}
        </section>
    }
    .into_any()
}

/// What is open without being in the list, in words.
fn open_but_not_kept(app: App) -> Option<String> {
    let is_kept = app.kept().with(|kept| kept.revision > 0) || app.saved().get() != Saved::Yes;
    let title = app.read(|design| design.title.clone());
    (!is_kept).then(|| format!(" “{title}” is open and not kept: it has no changes."))
}

/// In place of the list, where the browser keeps nothing.
fn nothing_kept(app: App, failure: Failure) -> AnyView {
    view! {
        <div class="note" data-severity="warning" role="alert">
            {icon(Icon::Warning)}
            <div>
                <p>{failure.0}</p>
                <p>
                    "Private windows and some settings forbid it. What you design is lost when this tab is closed: save it as a file."
                </p>
                <p>{button(Look::Plain, Some(Icon::Download), "Save as a file", move || app.save_file())}</p>
            </div>
        </div>
    }
    .into_any()
}

fn row(app: App, kept: Kept, now: f64) -> AnyView {
    let Kept { id, title, saved_at, .. } = kept.clone();
    let title = if title.is_empty() { "Untitled design".to_owned() } else { title };
    let is_current = move || app.kept().with(|open| open.id == id);
    let saved = format!("Saved {}", ago(now, clock::moment(&saved_at)));
    let exact = clock::in_words(&saved_at);
    let open = {
        let id = kept.id.clone();
        move |_| app.open_by_id(id.clone())
    };
    let name = format!("More for “{title}”");
    let items = move || {
        let act = |label: &'static str, act: fn(App, Kept)| {
            let kept = kept.clone();
            MenuItem::new(label, move || act(app, kept.clone()))
        };
        Arc::new(vec![
            act("Rename…", rename),
            act("Duplicate", App::duplicate_kept),
            act("Save as a file", App::download_kept),
            act("Delete", App::delete_kept),
        ])
    };
    view! {
        <li class="kept__row">
            <button type="button" class="kept__open" on:click=open>
                {icon(Icon::File)}
                <span class="kept__title">{title}</span>
            </button>
            {when(is_current, || view! { <span class="chip">"Open now"</span> }.into_any())}
            <time class="kept__when muted small" datetime=saved_at title=exact>{saved}</time>
            {live_menu(name, || icon(Icon::More), "icon", items)}
        </li>
    }
    .into_any()
}

fn rename(app: App, kept: Kept) {
    app.ask("Rename design", "Title", kept.title.clone(), move |title| {
        app.rename_kept(kept.clone(), &title)
    });
}
