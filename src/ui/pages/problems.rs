//! Problems: what is not right in the design, worst first, each with a way to
//! the thing it speaks of.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::frame;
use super::upgrade::hint::hint;
use crate::base::Severity;
use crate::lint::RULES;
use crate::state::{App, Derived};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::field::segments;
use crate::ui::widgets::finding::finding;
use crate::ui::widgets::live::{live, live_text};
use crate::view::export::counted;
use crate::view::findings::heading;
use crate::view::problems::{Group, counts, groups};

const LEAD: &str = "Checked a moment after every change. Nothing here is sent anywhere.";
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
/// The word of the filter that takes everything.
const ALL: &str = "all";
/// The most groups that are shown before the rest is asked for.
const MOST: usize = 100;

/// The page.
pub fn problems(app: App) -> AnyView {
    let filter = RwSignal::new(ALL.to_owned());
    let is_all = RwSignal::new(false);
    let found = Derived::new(move || {
        let known = app.problems().get();
        known.map(|findings| app.read(|design| groups(design, &findings)))
    });
    let count = Derived::new(move || counts(&app.problems().get().unwrap_or_default()));
    let mut options = vec![(ALL.to_owned(), "All".to_owned())];
    options.extend(SEVERITIES.map(|one| (one.word().to_owned(), heading(one).to_owned())));
    let tools = view! {
        <span class="muted numbers">{live_text(move || count.get().in_words())}</span>
        {segments("Show", options, move || filter.get(), move |word| filter.set(word))}
    }
    .into_any();
    let body = move || {
        let Some(all) = found.get() else { return ().into_any() };
        if all.is_empty() {
            return nothing_found();
        }
        let wanted = filter.get();
        let mut left = if is_all.get() { usize::MAX } else { MOST };
        let mut hidden = 0;
        let mut sections = Vec::new();
        for severity in
            SEVERITIES.iter().copied().filter(|one| wanted == ALL || wanted == one.word())
        {
            let mut own: Vec<_> =
                all.iter().filter(|one| one.severity == severity).cloned().collect();
            hidden += own.len().saturating_sub(left);
            own.truncate(left);
            left -= own.len().min(left);
            if !own.is_empty() {
                sections.push(section(severity, count.get().of(severity), own));
            }
        }
        if sections.is_empty() {
            return view! { <p class="muted">"None of these. Other problems are under All."</p> }
                .into_any();
        }
        view! {
            {sections}
            {(hidden > 0).then(|| view! {
                <p class="problems__more">
                    {format!("{} with problems not shown. ", counted(hidden, "more thing"))}
                    {button(Look::Plain, None, "Show all problems", move || is_all.set(true))}
                </p>
            })}
        }
        .into_any()
    };
    frame(app, "Problems", LEAD, tools, view! { {hint(app)}{live(body)} }.into_any())
}

fn section(severity: Severity, count: usize, groups: Vec<Group>) -> AnyView {
    let id = ["problems-", severity.word()].concat();
    let labelled = id.clone();
    let groups: Vec<_> = groups.into_iter().map(group).collect();
    view! {
        <section class="problems__part" aria-labelledby=labelled>
            <h2 id=id>{heading(severity)}" "<span class="muted numbers">{count}</span></h2>
            {groups}
        </section>
    }
    .into_any()
}

fn group(group: Group) -> AnyView {
    let label = group.thing.label;
    let head = match group.thing.link {
        Some((page, id)) => {
            let mut link = format!("#/{page}");
            if !id.is_empty() {
                link.push('/');
                link.push_str(&id);
            }
            view! { <a href=link>{label}</a> }.into_any()
        }
        None => label.into_any(),
    };
    let lines: Vec<_> = group
        .findings
        .into_iter()
        .map(|one| finding(one.severity, one.code, one.what, ().into_any(), one.why, one.fix))
        .collect();
    view! {
        <h3 class="problems__thing">{head}</h3>
        <ul class="findings">{lines}</ul>
    }
    .into_any()
}

/// All is well, and what that means.
fn nothing_found() -> AnyView {
    let areas: BTreeSet<&str> =
        RULES.iter().filter_map(|rule| Some(rule.id.split_once('/')?.0)).collect();
    let areas = areas.into_iter().collect::<Vec<_>>().join(", ");
    let checked = format!("Checked by {}: {areas}.", counted(RULES.len(), "rule"));
    view! {
        <div class="empty">
            <p class="strong">"No problems found"</p>
            <p>{checked}</p>
            <p>"What a server knows alone, such as whether an account may deploy, can't be checked here."</p>
        </div>
    }
    .into_any()
}
