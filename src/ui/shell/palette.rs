//! The palette: every command and every named thing of the design, by typing.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::ProcessOwner;
use crate::state::{App, Page, commands};
use crate::ui::pages::arrival;
use crate::ui::widgets::dialog::dialog;
use crate::ui::widgets::palette::{Line, Words, palette as list};
use crate::view::places::{Place, places};

const MOST: usize = 40;

fn line(label: String, hint: String, run: impl Fn() + Send + Sync + 'static) -> Line {
    Line { group: "", sign: None, label, about: String::new(), hint, run: Arc::new(run) }
}

fn choices(app: App, query: &str) -> Vec<Line> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    let fits = |text: &str| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let close = move || app.palette.set(false);
    let mut found: Vec<Line> = commands::COMMANDS
        .iter()
        .filter(|command| fits(&format!("{} {}", command.label, command.words)))
        .map(|command| {
            let run = command.run;
            line(command.label.to_owned(), commands::shown(command.keys), move || {
                close();
                run(app);
            })
        })
        .collect();
    if words.is_empty() {
        return found;
    }
    let left = MOST.saturating_sub(found.len());
    let named = app.peek(|design| places(design, &|name| fits(name), left));
    found.extend(named.into_iter().map(|(place, name)| {
        let hint = place.kind().to_owned();
        line(name, hint, move || {
            close();
            go(app, &place);
        })
    }));
    found
}

/// Goes to a thing of the design, and puts the focus on it.
fn go(app: App, place: &Place) {
    let (page, selected, element) = match place {
        Place::Environment(id) => (Page::Stacks, id.to_string(), arrival::environment(id.as_str())),
        Place::Step(ProcessOwner::Deployment, address) => {
            (Page::Process, address.clone(), arrival::step(address))
        }
        Place::Step(ProcessOwner::Runbook(id), address) => {
            (Page::Runbooks, format!("{id}/{address}"), arrival::step(address))
        }
        Place::Variable(key) => (Page::Variables, key.clone(), arrival::variable(key)),
        Place::Runbook(id) => (Page::Runbooks, id.to_string(), arrival::RUNBOOK.to_owned()),
    };
    arrival::go(app, page, &selected, element);
}

/// The palette, shown while [`App::palette`] says so.
pub fn palette(app: App) -> AnyView {
    dialog(app.palette, "Search and do", false, move || {
        let words = Words {
            label: "Search and do",
            list: "Results",
            placeholder: "Type a command, a step, a variable…",
            nothing: "Nothing fits.",
        };
        list(words, move |query| choices(app, query))
    })
}
