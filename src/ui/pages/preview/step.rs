//! The open step: what becomes of it, its settings, its script, the secrets
//! that it can read; beside those of another environment, if it is compared.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::text::{code, text};
use super::{Page, Same};
use crate::deploy::{
    Details, Marked, Plan, PlannedAction, PlannedScript, Readable, Rendered, Span, SpanKind, marked,
};
use crate::highlight::{self, Highlight};
use crate::model::{ActionId, ProcessOwner};
use crate::platform::files;
use crate::state::{App, Derived};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::environment::{EnvironmentMark, environment, marks};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::live;
use crate::view::preview::plain_marks;

/// One environment's view of the step.
struct Side {
    mark: Option<EnvironmentMark>,
    action: PlannedAction,
    step: String,
    details: Details,
}

/// The open step.
pub fn step(page: Page) -> AnyView {
    let open = Derived::new(move || page.open());
    live(move || {
        let (Some(id), Some(plan)) = (open.get(), page.plan.get()) else { return ().into_any() };
        let Some(own) = side(page, &plan, &id) else { return ().into_any() };
        let other = page.other.get().and_then(|plan| side(page, &plan, &id));
        page.tip.clear();
        whole(page, own, other)
    })
}

fn side(page: Page, plan: &Same<Plan>, id: &ActionId) -> Option<Side> {
    let (step, action) = plan.0.action(id)?;
    let all = page.app.read(marks);
    let mark = all.into_iter().find(|mark| mark.id == plan.0.scenario.environment);
    let details = page.details(&plan.0, id);
    let step = step.id.to_string();
    Some(Side { mark, action: action.clone(), step, details })
}

fn whole(page: Page, own: Side, other: Option<Side>) -> AnyView {
    let tip = page.tip;
    let title = format!("{} {}", own.action.number, own.action.name);
    let link = process_link(page, &own);
    let heads = other.as_ref().map(|other| heads(&own, other));
    view! {
        <section
            class="sim__step"
            aria-labelledby="sim-step-title"
            data-two=other.is_some().then_some("")
            on:pointerover=move |event| tip.on_over(event.target())
            on:focusin=move |event| tip.on_focus(event.target())
            on:focusout=move |_| tip.on_blur()
            on:click=move |event| { tip.on_press(event.target()); }
            on:keydown=move |event| {
                if matches!(event.key().as_str(), "Enter" | " ") && tip.on_press(event.target()) {
                    event.prevent_default();
                }
                if event.key() == "Escape" {
                    tip.on_blur();
                }
            }
        >
            <div class="sim__head">
                <h2 id="sim-step-title" tabindex="-1">{title}</h2>
                <span class="muted small">{own.action.kind_name.clone()}</span>
                <a class="sim__edit small" href=link>"Edit step"</a>
            </div>
            {heads}
            {facts(page, &own, other.as_ref())}
            {settings(page, &own, other.as_ref())}
            {script(page, &own, other.as_ref())}
            {secrets(&own, other.as_ref())}
        </section>
    }
    .into_any()
}

fn process_link(page: Page, side: &Side) -> String {
    let runbook = page.scenario.with_untracked(|one| match one.as_ref().map(|one| &one.process) {
        Some(ProcessOwner::Runbook(id)) => Some(id.to_string()),
        _ => None,
    });
    match runbook {
        Some(runbook) => format!("#/runbooks/{runbook}/{}", side.step),
        None => format!("#/process/{}", side.step),
    }
}

/// The environments over their columns.
fn heads(own: &Side, other: &Side) -> AnyView {
    let name = |side: &Side| side.mark.as_ref().map(environment);
    view! {
        <div class="sheet__heads" aria-hidden="true">
            <span></span>
            <span>{name(own)}</span>
            <span>{name(other)}</span>
        </div>
    }
    .into_any()
}

fn name_of(side: &Side) -> String {
    side.mark.as_ref().map(|mark| mark.name.clone()).unwrap_or_default()
}

/// A line of a sheet: what it is about, and what it is in each environment.
fn line(
    label: String,
    own: (String, AnyView),
    other: Option<(String, AnyView)>,
    differs: bool,
) -> AnyView {
    let is_two = other.is_some();
    let cell = move |(name, view): (String, AnyView)| {
        view! {
            <dd class="sheet__cell">
                {is_two.then(|| view! { <span class="sheet__where">{format!("{name}: ")}</span> })}
                {view}
            </dd>
        }
        .into_any()
    };
    view! {
        <div class="sheet__line" data-differs=differs.then_some("")>
            <dt class="sheet__label">{label}{differs.then(|| view! { <span class="unseen">" (differs)"</span> })}</dt>
            {cell(own)}
            {other.map(cell)}
        </div>
    }
    .into_any()
}

/// A line of words.
fn words(label: &str, own: (&Side, String), other: Option<(&Side, String)>) -> AnyView {
    let differs = other.as_ref().is_some_and(|(_, text)| *text != own.1);
    let cell = |(side, text): (&Side, String)| {
        let view = view! { <span class="sheet__words">{text}</span> }.into_any();
        (name_of(side), view)
    };
    line(label.to_owned(), cell(own), other.map(cell), differs)
}

/// A line of filled-in text.
fn filled(
    page: Page,
    label: String,
    own: (&Side, &Rendered),
    other: Option<(&Side, &Rendered)>,
) -> AnyView {
    let (mine, theirs) = pair(own.1, other.map(|(_, text)| text));
    let differs = mine.iter().chain(theirs.iter().flatten()).any(|one| one.differs);
    let cell = |side: &Side, marks: &[Marked], rendered: &Rendered| {
        let problem = rendered.problem.clone().map(problem);
        let view = view! { {text(page.tip, marks)}{problem} }.into_any();
        (name_of(side), view)
    };
    let right = other.zip(theirs).map(|((side, text), marks)| cell(side, &marks, text));
    line(label, cell(own.0, &mine, own.1), right, differs)
}

fn problem(text: String) -> AnyView {
    view! {
        <span class="sim__problem">{icon(Icon::Warning)}<span>{text}</span></span>
    }
    .into_any()
}

/// Both texts with their differences, where there are two.
fn pair(own: &Rendered, other: Option<&Rendered>) -> (Vec<Marked>, Option<Vec<Marked>>) {
    match other {
        Some(other) => {
            let (mine, theirs) = marked(own, other);
            (mine, Some(theirs))
        }
        None => (plain_marks(own), None),
    }
}

/// What becomes of the step, and where.
fn facts(page: Page, own: &Side, other: Option<&Side>) -> AnyView {
    let here = |side: &Side| {
        let action = &side.action;
        let mut text = match (&action.gate, action.fate.reasons().is_empty()) {
            (Some(gate), true) => format!("Waits for {}", gate.who()),
            _ => action.fate.label().to_owned(),
        };
        for reason in action.fate.reasons() {
            text.push_str(&format!(". {}", reason.what.trim_end_matches('.')));
        }
        text
    };
    let mut lines = vec![words("Here", (own, here(own)), other.map(|side| (side, here(side))))];
    let condition = |side: &Side| -> Option<Rendered> {
        side.action.fate.reasons().iter().find_map(|reason| reason.condition.clone())
    };
    let (mine, theirs) = (condition(own), other.and_then(condition));
    if mine.is_some() || theirs.is_some() {
        let mine = mine.unwrap_or_default();
        let theirs = other.map(|side| (side, theirs.unwrap_or_default()));
        let theirs = theirs.as_ref().map(|(side, text)| (*side, text));
        lines.push(filled(page, "Condition".to_owned(), (own, &mine), theirs));
    }
    let place = |side: &Side| {
        let place = &side.action.runs_on;
        let mut text = place.words();
        if !place.targets.is_empty() {
            text.push_str(&format!(": {}", place.targets.join(", ")));
        }
        if let Some(shown) = &place.shown {
            text.push_str(&format!(" (shown for {shown})"));
        }
        text
    };
    if !place(own).is_empty() || other.is_some_and(|side| !place(side).is_empty()) {
        lines.push(words("Runs on", (own, place(own)), other.map(|side| (side, place(side)))));
    }
    for package in &own.action.packages {
        let version = match package.version.as_str() {
            "" => "the version that the release takes",
            version => version,
        };
        let text = format!("{} from {}, {version}", package.id, package.feed);
        let label = match package.reference.as_str() {
            "" => "Package".to_owned(),
            name => format!("Package {name}"),
        };
        lines.push(words(&label, (own, text.clone()), other.map(|side| (side, text))));
    }
    view! { <dl class="sheet" data-two=other.is_some().then_some("")>{lines}</dl> }.into_any()
}

fn has_marks(text: &Rendered) -> bool {
    text.problem.is_some() || text.spans.iter().any(|span| span.kind != SpanKind::Plain)
}

/// The settings: first those that say something of this scenario.
fn settings(page: Page, own: &Side, other: Option<&Side>) -> AnyView {
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for setting in &own.details.settings {
        let there = other.and_then(|side| {
            let found = side.details.settings.iter().find(|one| one.key == setting.key)?;
            Some((side, &found.text))
        });
        let differs = there.is_some_and(|(_, text)| text.text() != setting.text.text());
        let says = has_marks(&setting.text) || there.is_some_and(|(_, text)| has_marks(text));
        let is_text = matches!(setting.key.as_str(), key if key.contains("Manual.Instructions"));
        let view = filled(page, setting.label.clone(), (own, &setting.text), there);
        if says || differs || is_text { first.push(view) } else { rest.push(view) }
    }
    let two = other.is_some().then_some("");
    let count = rest.len();
    let fold = (count > 0).then(|| {
        let label = match count {
            1 => "1 setting without expressions".to_owned(),
            count => format!("{count} settings without expressions"),
        };
        view! {
            <details class="fold sim__fold">
                <summary>{label}</summary>
                <dl class="sheet" data-two=two>{rest}</dl>
            </details>
        }
    });
    let shown = (!first.is_empty()).then(|| view! { <dl class="sheet" data-two=two>{first}</dl> });
    if shown.is_none() && fold.is_none() {
        return ().into_any();
    }
    view! {
        <h3>"Settings"</h3>
        {shown}
        {fold}
    }
    .into_any()
}

fn highlight_of(syntax: &str) -> Highlight {
    if syntax.eq_ignore_ascii_case("bash") { highlight::bash } else { highlight::plain }
}

fn copy(app: App, name: String, script: &PlannedScript) -> AnyView {
    let text = script.text.text();
    let label =
        if name.is_empty() { "Copy script".to_owned() } else { format!("Copy {name} script") };
    let press = move || {
        let text = text.clone();
        spawn_local(async move {
            match files::copy(&text).await {
                Ok(()) => app.tell("Script copied."),
                Err(failure) => app.tell(format!("Not copied. {failure}")),
            }
        });
    };
    if name.is_empty() {
        return button(Look::Plain, Some(Icon::Copy), "Copy script", press);
    }
    view! {
        <button type="button" class="button" data-look="plain" on:click=move |_| press()>
            {icon(Icon::Copy)}{label}
        </button>
    }
    .into_any()
}

/// The script, and before it what it reads.
/// What is said of a script that only the server has.
fn borrowed(template: &str) -> AnyView {
    let words = format!(
        "Octopus runs the script of the community step template “{template}”, which is not in the \
         design. What it fails at is under Problems."
    );
    view! {
        <div class="sim__part"><h3>"Script"</h3></div>
        <p class="muted">{words}</p>
    }
    .into_any()
}

fn script(page: Page, own: &Side, other: Option<&Side>) -> AnyView {
    let theirs = other.and_then(|side| Some((side, side.details.script.as_ref()?)));
    let Some(mine) = &own.details.script else {
        return own.details.script_of.as_ref().map(|name| borrowed(name)).into_any();
    };
    let (marks, other_marks) = pair(&mine.text, theirs.map(|(_, script)| &script.text));
    let is_same = other_marks.is_some()
        && !marks.iter().chain(other_marks.iter().flatten()).any(|one| one.differs);
    let highlight = highlight_of(&mine.syntax);
    let names = |side: &Side| match other {
        Some(_) => format!("Script in {}", name_of(side)),
        None => "Final script".to_owned(),
    };
    let left = code(page.tip, names(own), &marks, highlight);
    let right = match (theirs, other_marks) {
        (Some((side, _)), Some(marks)) if !is_same => {
            Some(code(page.tip, names(side), &marks, highlight))
        }
        _ => None,
    };
    let copies = match theirs.filter(|_| !is_same) {
        Some((side, script)) => view! {
            {copy(page.app, name_of(own), mine)}
            {copy(page.app, name_of(side), script)}
        }
        .into_any(),
        None => copy(page.app, String::new(), mine),
    };
    let said = if is_same { "The same in both." } else { "" };
    let problem = mine.text.problem.clone().map(problem);
    let two = right.is_some().then_some("");
    view! {
        {reads(page, own, theirs)}
        <div class="sim__part">
            <h3>"Script"</h3>
            <span class="muted small">{mine.syntax.clone()}</span>
            <span class="muted small">{said}</span>
            <span class="sim__space"></span>
            {copies}
        </div>
        {problem}
        <div class="sim__codes" data-two=two>{left}{right}</div>
    }
    .into_any()
}

/// The names that a script reads, each once, with what it gets.
fn calls(script: &PlannedScript) -> Vec<(String, Rendered)> {
    let mut all: Vec<(String, Rendered)> = Vec::new();
    for span in &script.text.spans {
        let Some(trace) = span.trace.as_deref() else { continue };
        let (Some(gives), Some(first)) = (&trace.gives, trace.sources.first()) else { continue };
        if all.iter().any(|(name, _)| *name == first.name) {
            continue;
        }
        let text = if gives.is_empty() { "nothing".to_owned() } else { gives.clone() };
        let shown = Span { text, kind: span.kind, trace: span.trace.clone() };
        all.push((first.name.clone(), Rendered { spans: vec![shown], problem: None }));
    }
    all
}

fn reads(page: Page, own: &Side, other: Option<(&Side, &PlannedScript)>) -> AnyView {
    let mine = own.details.script.as_ref().map(calls).unwrap_or_default();
    if mine.is_empty() {
        return ().into_any();
    }
    let theirs = other.map(|(side, script)| (side, calls(script)));
    let lines: Vec<_> = mine
        .iter()
        .map(|(name, text)| {
            let there = theirs.as_ref().and_then(|(side, all)| {
                let (_, text) = all.iter().find(|(one, _)| one == name)?;
                Some((*side, text))
            });
            filled(page, name.clone(), (own, text), there)
        })
        .collect();
    view! {
        <h3>"The script reads"</h3>
        <dl class="sheet sim__reads" data-two=other.is_some().then_some("")>{lines}</dl>
    }
    .into_any()
}

/// The secrets that are handed to the step, asked for or not.
fn secrets(own: &Side, other: Option<&Side>) -> AnyView {
    let mut names: Vec<&str> = Vec::new();
    let all = own.details.secrets.iter().chain(other.iter().flat_map(|side| &side.details.secrets));
    for secret in all {
        if !names.contains(&secret.name.as_str()) {
            names.push(&secret.name);
        }
    }
    let of = |side: &Side, name: &str| {
        let found = side.details.secrets.iter().find(|one| one.name == name);
        found.map_or_else(|| "not here".to_owned(), secret_words)
    };
    let lines: Vec<_> = names
        .iter()
        .map(|name| words(name, (own, of(own, name)), other.map(|side| (side, of(side, name)))))
        .collect();
    let body = if lines.is_empty() {
        view! { <p class="muted">"None: no secret applies here."</p> }.into_any()
    } else {
        view! { <dl class="sheet" data-two=other.is_some().then_some("")>{lines}</dl> }.into_any()
    };
    view! {
        <h3>"Secrets it can read"</h3>
        {body}
    }
    .into_any()
}

fn secret_words(secret: &Readable) -> String {
    let held = secret.held_by.as_ref().map(|held| format!("{held}, ")).unwrap_or_default();
    let asked = if secret.is_asked_for { "" } else { "; the step does not ask for it" };
    format!("{held}{}{asked}", secret.origin.sentence())
}
