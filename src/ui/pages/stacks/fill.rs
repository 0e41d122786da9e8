//! Fills all stacks by a pattern, after showing what it would give.

use leptos::prelude::*;

use crate::edit::stacks;
use crate::state::{App, Derived};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, when};
use crate::view::stacks::{FilledRow, fill_preview};

/// The pattern that is offered first.
fn first_pattern(app: App) -> String {
    app.peek(|design| {
        if !design.pulumi.pattern.is_empty() {
            return design.pulumi.pattern.clone();
        }
        let project = design.pulumi.project.as_ref();
        let project = project.map_or_else(|| "my-project".to_owned(), ToString::to_string);
        let organization = design.pulumi.stacks.first().map(|one| &one.stack.organization);
        let organization = organization.map_or_else(|| "my-org".to_owned(), ToString::to_string);
        format!("{organization}/{project}/{{environment}}")
    })
}

/// The button and its dialog.
pub fn fill(app: App) -> AnyView {
    let is_open = RwSignal::new(false);
    view! {
        {button(Look::Plain, Some(Icon::Stack), "Fill by pattern…", move || is_open.set(true))}
        {dialog(is_open, "Fill stacks by pattern", false, move || form(app, is_open))}
    }
    .into_any()
}

fn form(app: App, is_open: RwSignal<bool>) -> AnyView {
    let pattern = RwSignal::new(first_pattern(app));
    let rows = Derived::new(move || app.read(|design| fill_preview(design, &pattern.get())));
    let submit = move || {
        if app.run(stacks::fill(&pattern.get_untracked())).is_ok() {
            is_open.set(false);
            app.say("All stacks are filled");
        }
    };
    let line = |row: FilledRow| {
        let (text, severity) = match row.stack {
            Ok(text) => (text, None),
            Err(text) => (text, Some("error")),
        };
        view! {
            <tr>
                <th scope="row">{row.name}</th>
                <td class="mark" data-severity=severity><code>{text}</code></td>
                <td class="muted">{if row.changes { "changes" } else { "as it is" }}</td>
            </tr>
        }
        .into_any()
    };
    view! {
        <form on:submit=move |event| { event.prevent_default(); submit(); }>
            <div class="field">
                <label class="field__label" for="pattern">"Pattern"</label>
                <input
                    id="pattern"
                    class="input"
                    data-mono=""
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    autofocus
                    aria-describedby="pattern-help"
                    prop:value=pattern
                    on:input:target=move |event| pattern.set(event.target().value())
                />
                <p class="field__help" id="pattern-help">
                    "{environment} stands for the environment's name in lower case with dashes."
                </p>
            </div>
            <div class="scroll fieldset">
                <table class="table">
                    <caption class="unseen">"What the pattern gives"</caption>
                    <thead><tr>
                        <th scope="col">"Environment"</th>
                        <th scope="col">"Stack"</th>
                        <th scope="col"><span class="unseen">"Change"</span></th>
                    </tr></thead>
                    <tbody>{live(move || rows.get().into_iter().map(line).collect::<Vec<_>>().into_any())}</tbody>
                </table>
                {when(
                    move || rows.with(Vec::is_empty),
                    || view! { <p class="muted small">{icon(Icon::Info)}" Add environments first."</p> }.into_any(),
                )}
            </div>
            <div class="question__foot">
                {button(Look::Plain, None, "Cancel", move || is_open.set(false))}
                {button(Look::Main, None, "Fill all stacks", submit)}
            </div>
        </form>
    }
    .into_any()
}
