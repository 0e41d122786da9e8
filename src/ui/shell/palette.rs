//! The palette: every command and every named thing of the design, by typing.
//!
//! Pattern: combobox with a listbox popup, inside a dialog.

use leptos::prelude::*;

use crate::state::{App, Page, commands};
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::live::{live, text, text_if, when};

/// One thing that can be chosen.
#[derive(Clone)]
struct Choice {
    label: String,
    hint: String,
    run: std::sync::Arc<dyn Fn() + Send + Sync>,
}

const MOST: usize = 40;

fn choices(app: App, query: &str) -> Vec<Choice> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let fits = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let mut found = Vec::new();
    for command in commands::COMMANDS {
        if fits(&format!("{} {}", command.label, command.words)) {
            let run = command.run;
            found.push(Choice {
                label: command.label.to_owned(),
                hint: commands::shown(command.keys),
                run: std::sync::Arc::new(move || run(app)),
            });
        }
    }
    if words.is_empty() {
        return found;
    }
    let mut entity = |page: Page, hint: &str, id: &str, name: &str| {
        if found.len() < MOST && fits(name) {
            let id = id.to_owned();
            found.push(Choice {
                label: name.to_owned(),
                hint: hint.to_owned(),
                run: std::sync::Arc::new(move || app.select(page, &id)),
            });
        }
    };
    app.peek(|design| {
        for one in &design.space.environments {
            entity(Page::Stacks, "Environment", one.id.as_str(), one.name.as_str());
        }
        for step in &design.project.process.steps {
            entity(Page::Process, "Step", step.id.as_str(), step.name.as_str());
        }
        for one in &design.project.variables {
            entity(Page::Variables, "Variable", one.id.as_str(), one.name.as_str());
        }
        for one in &design.project.runbooks {
            entity(Page::Runbooks, "Runbook", one.id.as_str(), one.name.as_str());
        }
    });
    found
}

/// The palette, shown while [`App::palette`] says so.
pub fn palette(app: App) -> AnyView {
    dialog(app.palette, "Search and do", false, move || {
        let query = RwSignal::new(String::new());
        let active = RwSignal::new(0_usize);
        let found = Memo::new_with_compare(
            move |_| choices(app, &query.get()),
            // The list is made anew for each text; comparing would cost more.
            |_, _| true,
        );
        let take = move |index: usize| {
            let choice = found.with_untracked(|found| found.get(index).cloned());
            if let Some(choice) = choice {
                app.palette.set(false);
                (choice.run)();
            }
        };
        let on_key = move |event: web_sys::KeyboardEvent| {
            let count = found.with_untracked(Vec::len).max(1);
            match event.key().as_str() {
                "ArrowDown" => active.update(|at| *at = (*at + 1) % count),
                "ArrowUp" => active.update(|at| *at = (*at + count - 1) % count),
                "Enter" => take(active.get_untracked()),
                _ => return,
            }
            event.prevent_default();
        };
        view! {
            <input
                class="input"
                type="text"
                role="combobox"
                aria-label="Search and do"
                aria-expanded="true"
                aria-controls="palette-list"
                aria-activedescendant=text(move || format!("palette-{}", active.get()))
                autocomplete="off"
                placeholder="Type a command, a step, a variable…"
                autofocus
                on:input:target=move |event| {
                    query.set(event.target().value());
                    active.set(0);
                }
                on:keydown=on_key
            />
            <ul id="palette-list" class="palette" role="listbox" aria-label="Results">
                {live(move || found.get().into_iter().enumerate().map(|(index, choice)| view! {
                    <li
                        id=format!("palette-{index}")
                        class="option"
                        role="option"
                        aria-selected=text(move || (active.get() == index).to_string())
                        data-active=text_if(move || (active.get() == index).then(String::new))
                        on:click=move |_| take(index)
                    >
                        <span>{choice.label}</span>
                        <span class="option__hint">{choice.hint}</span>
                    </li>
                }.into_any()).collect::<Vec<_>>().into_any())}
            </ul>
            {when(move || found.with(Vec::is_empty), || view! { <p class="muted">"Nothing fits."</p> }.into_any())}
        }
        .into_any()
    })
}
