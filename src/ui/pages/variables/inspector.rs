//! The inspector: everything of one value, and of its variable.

use leptos::prelude::*;

use super::editor::{choice, pick_options};
use super::prompt::prompt;
use super::state::{Grid, NAME};
use crate::edit::variables::{self as edit, ValueAt, VariableOwner};
use crate::model::{ValueId, VariableContent, VariableId};
use crate::state::{Derived, Page};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::field::{FieldOptions, edit_field, select_field, text_field};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, live_text, when};
use crate::ui::widgets::picker::picker;
use crate::ui::widgets::side::side;
use crate::view::variables::{DIMENSIONS, key, scope_codes, scope_of, scope_options, secret_doubt};

/// The inspector of the value at `at`.
pub fn inspector(grid: Grid, at: ValueAt) -> AnyView {
    let app = grid.app;
    let name = grid.of_value(&at, |variable, _| variable.name.to_string());
    let owner = at.owner.clone();
    let set = app.memo(move |design| match &owner {
        VariableOwner::Project => "Project variable".to_owned(),
        VariableOwner::Set(id) => design
            .space
            .library_sets
            .get(id)
            .map(|set| format!("In the library variable set {}", set.name))
            .unwrap_or_default(),
    });
    let count = grid.of_value(&at, |variable, value| {
        let place = variable.values.position(&value.id).unwrap_or(0) + 1;
        (place, variable.values.len())
    });
    let about = move || {
        let (place, count) = count.get();
        if count > 1 { format!("{} · value {place} of {count}", set.get()) } else { set.get() }
    };
    let rename = {
        let (owner, id) = (at.owner.clone(), at.variable.clone());
        move |text: &str| Ok(edit::rename(owner.clone(), id.clone(), text))
    };
    let body = view! {
        <p class="small muted">{live_text(about)}</p>
        <div class="fieldset">
            {edit_field("Name", move || name.get(), FieldOptions::default(), rename)}
            {content(grid, &at)}
            {description(grid, &at)}
        </div>
        {scope(grid, &at)}
        {prompt(grid, &at)}
        {actions(grid, &at)}
    };
    let row = key(at.variable.as_str(), at.value.as_str());
    let close = move || {
        app.select(Page::Variables, "");
        grid.focus(&row, NAME);
    };
    side(move || name.get(), close, body.into_any())
}

/// The type, and the editor that fits it.
fn content(grid: Grid, at: &ValueAt) -> AnyView {
    let app = grid.app;
    let word = grid.of_value(at, |_, value| value.content.word());
    let kinds = || {
        let labelled = VariableContent::TYPES.iter();
        labelled.map(|(word, label)| ((*word).to_owned(), (*label).to_owned())).collect()
    };
    let set_type = {
        let at = at.clone();
        move |word: String| app.run_or_tell(edit::set_type(at.clone(), &word))
    };
    let at = at.clone();
    let field = live(move || match word.get() {
        "String" | "" => text(grid, &at),
        "Sensitive" => {
            let field = choice(grid, at.clone(), "Secret".to_owned(), false);
            view! {
                {field}
                <p class="field__help vars__help">"A design never holds a secret. Type it in Octopus after the import; here you only say whether it is there."</p>
            }
            .into_any()
        }
        _ => choice(grid, at.clone(), "Value".to_owned(), false),
    });
    view! {
        {select_field("Type", move || word.get().to_owned(), kinds, false, set_type)}
        <div class="vars__part">{field}</div>
    }
    .into_any()
}

fn text(grid: Grid, at: &ValueAt) -> AnyView {
    let app = grid.app;
    let text = grid.of_value(at, |_, value| match &value.content {
        VariableContent::Text(content) => content.text.clone(),
        _ => String::new(),
    });
    let doubt = grid.of_value(at, |variable, value| match &value.content {
        VariableContent::Text(content) => secret_doubt(variable.name.as_str(), &content.text),
        _ => None,
    });
    let set = {
        let at = at.clone();
        move |text: String| app.run(edit::set_text(at.clone(), &text))
    };
    let at = at.clone();
    let warning = live(move || {
        let Some(what) = doubt.get() else { return ().into_any() };
        let at = at.clone();
        let make = move || app.run_with_undo(edit::make_sensitive(at.clone()));
        view! {
            <div class="note vars__part" data-severity="warning">
                {icon(Icon::Warning)}
                <div>
                    <p>{format!("This looks like {what}. A design is kept in files and exported: no secret should stand in it.")}</p>
                    {button(Look::Plain, Some(Icon::Lock), "Make it sensitive", make)}
                </div>
            </div>
        }
        .into_any()
    });
    let options = FieldOptions {
        is_code: true,
        lines: 4,
        help: "Ctrl+Enter takes it. #{Name} puts another variable in.",
        ..FieldOptions::default()
    };
    view! {
        {text_field("Value", move || text.get(), options, set)}
        {warning}
    }
    .into_any()
}

fn description(grid: Grid, at: &ValueAt) -> AnyView {
    let app = grid.app;
    let now = grid.of_value(at, |_, value| value.description.clone());
    let at = at.clone();
    let set = move |text: String| app.run(edit::describe(at.clone(), &text));
    text_field(
        "Description",
        move || now.get(),
        FieldOptions { lines: 2, ..FieldOptions::default() },
        set,
    )
}

/// A picker for each dimension that has anything to choose.
fn scope(grid: Grid, at: &ValueAt) -> AnyView {
    let app = grid.app;
    let codes = grid.of_value(at, |_, value| scope_codes(&value.scope));
    let owner = at.owner.clone();
    let options = app.memo(move |design| scope_options(design, &owner, &scope_of(&codes.get())));
    let is_tie = grid.of_value(at, |variable, value| {
        let mut values = variable.values.iter();
        values.any(|other| other.id != value.id && other.scope.is_same(&value.scope))
    });
    let pickers: Vec<_> = DIMENSIONS
        .iter()
        .enumerate()
        .map(|(dimension, (word, label))| {
            let at = at.clone();
            // Target tags are free words; all else is chosen.
            let adds = *word == "target-tag";
            let mine = move |code: &str| code.split_once(':').is_some_and(|(own, _)| own == *word);
            let is_there = Derived::new(move || {
                adds || options.with(|options| options.iter().any(|one| one.dimension == dimension))
            });
            let field = when(
                move || is_there.get(),
                move || {
                    let at = at.clone();
                    picker(
                        *label,
                        move || {
                            let mut all = options.with(|options| pick_options(options));
                            all.retain(|one| mine(&one.value));
                            all.iter_mut().for_each(|one| one.group = "");
                            all
                        },
                        move || codes.get().into_iter().filter(|code| mine(code)).collect(),
                        "Any",
                        adds,
                        false,
                        move |chosen| {
                            let mut all = codes.get_untracked();
                            all.retain(|code| !mine(code));
                            all.extend(chosen.into_iter().map(|code| {
                                if mine(&code) { code } else { format!("{word}:{code}") }
                            }));
                            app.run_or_tell(edit::set_scope(at.clone(), scope_of(&all)));
                        },
                    )
                },
            );
            view! { <div class="vars__part">{field}</div> }.into_any()
        })
        .collect();
    let tie = when(
        move || is_tie.get(),
        || {
            view! {
                <p class="note" data-severity="warning">
                    {icon(Icon::Warning)}
                    "Another value of this name has exactly the same scope. Octopus does not say which one it takes: narrow one of them, or take it away."
                </p>
            }
            .into_any()
        },
    );
    view! {
        <section class="fieldset">
            <h3>"Applies to"</h3>
            <p class="field__help">"Within a line any one is enough; all lines that say something must hold."</p>
            {tie}
            {pickers}
        </section>
    }
    .into_any()
}

fn actions(grid: Grid, at: &ValueAt) -> AnyView {
    let app = grid.app;
    let count = grid.of_value(at, |variable, _| variable.values.len());
    let add = {
        let at = at.clone();
        move || grid.add_value(at.owner.clone(), at.variable.clone())
    };
    let duplicate = {
        let at = at.clone();
        move || {
            let Ok(id) = ValueId::parse(&app.new_id("value")) else { return };
            let row = key(at.variable.as_str(), id.as_str());
            if app.run(edit::duplicate_value(at.clone(), id)).is_ok() {
                app.select(Page::Variables, &row);
            }
        }
    };
    let duplicate_all = {
        let at = at.clone();
        move || {
            let ids = (0..count.get_untracked()).map(|_| ValueId::parse(&app.new_id("value")));
            let Ok(ids) = ids.collect::<Result<Vec<_>, _>>() else { return };
            let Ok(copy) = VariableId::parse(&app.new_id("var")) else { return };
            let edit =
                edit::duplicate_variable(at.owner.clone(), at.variable.clone(), copy.clone(), ids);
            if app.run(edit).is_ok() {
                app.select(Page::Variables, copy.as_str());
            }
        }
    };
    let delete = {
        let at = at.clone();
        move || app.run_with_undo(edit::delete_value(at.clone()))
    };
    let at = at.clone();
    let delete_all = move || {
        app.run_with_undo(edit::delete_variable(at.owner.clone(), at.variable.clone()));
    };
    let of_many = when(
        move || count.get() > 1,
        move || button(Look::Plain, Some(Icon::Trash), "Delete value", delete.clone()),
    );
    view! {
        <section class="fieldset vars__buttons" aria-label="Actions">
            {button(Look::Plain, Some(Icon::Plus), "Add another value", add)}
            {button(Look::Plain, Some(Icon::Copy), "Duplicate value", duplicate)}
            {button(Look::Plain, Some(Icon::Copy), "Duplicate variable", duplicate_all)}
            {of_many}
            {button(Look::Plain, Some(Icon::Trash), "Delete variable", delete_all)}
        </section>
    }
    .into_any()
}
