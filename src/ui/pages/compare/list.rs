//! The differences, by area.

use leptos::prelude::*;

use super::{ALL, MOST, Page};
use crate::compare::{Change, Difference, Piece};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::press;
use crate::view::compare::{Cell, Group, Pair, Sides, groups, sides};
use crate::view::export::counted;

/// The id of the button that takes the difference at this place over.
pub(super) fn take_id(index: usize) -> String {
    format!("compare-take-{index}")
}

/// All of them that fit the filter.
pub(super) fn list(page: Page) -> AnyView {
    let Some(found) = page.found.get() else { return ().into_any() };
    if found.told.is_empty() {
        return view! {
            <div class="empty">
                <p class="strong">"Both say the same"</p>
                <p>"Pulpo's own ids, and the order of lists that have none in Octopus, do not count."</p>
            </div>
        }
        .into_any();
    }
    let wanted = page.filter.get();
    let filter = Change::ALL.into_iter().find(|change| wanted != ALL && wanted == change.word());
    let (groups, hidden) = groups(&found.told, filter, page.most.get());
    if groups.is_empty() {
        return view! { <p class="muted">"None of these. Others are under All."</p> }.into_any();
    }
    let parts: Vec<_> = groups.into_iter().map(|group| part(page, &found.told, &group)).collect();
    view! {
        <div class="compare">{parts}</div>
        {(hidden > 0).then(|| view! {
            <p class="problems__more">
                {format!("{} not shown. ", counted(hidden, "more difference"))}
                {button(Look::Plain, None, "Show more", move || page.most.update(|most| *most += 4 * MOST))}
            </p>
        })}
    }
    .into_any()
}

fn part(page: Page, all: &[Difference], group: &Group) -> AnyView {
    let id = format!("compare-{:?}", group.area).to_lowercase();
    let labelled = id.clone();
    let lines: Vec<_> =
        group.items.iter().filter_map(|index| Some(line(page, *index, all.get(*index)?))).collect();
    view! {
        <section class="compare__part" aria-labelledby=labelled>
            <h2 id=id>{group.area.label()}" "<span class="muted numbers">{group.count}</span></h2>
            <ul class="compare__list">{lines}</ul>
        </section>
    }
    .into_any()
}

fn icon_of(change: Change) -> Icon {
    match change {
        Change::Added => Icon::Plus,
        Change::Removed => Icon::Minus,
        Change::Changed => Icon::Pencil,
        Change::Moved => Icon::Swap,
    }
}

fn line(page: Page, index: usize, one: &Difference) -> AnyView {
    let title = one.title();
    let (last, outer) = one.path.split_last().map_or(("", &[][..]), |(last, outer)| (last, outer));
    let outer: String = outer.iter().map(|part| format!("{part} › ")).collect();
    view! {
        <li class="compare__line" data-change=one.change.word()>
            <div class="compare__head">
                <span class="compare__sign" title=one.change.label()>
                    {icon(icon_of(one.change))}
                    <span class="unseen">{one.change.label()}": "</span>
                </span>
                <span class="compare__path"><span class="muted">{outer}</span>{last.to_owned()}</span>
                <button
                    type="button"
                    class="button"
                    data-look="plain"
                    id=take_id(index)
                    on:click=press(move || page.take(&[index]))
                >
                    "Take over"<span class="unseen">" "{title}</span>
                </button>
            </div>
            {body(sides(one))}
        </li>
    }
    .into_any()
}

fn body(sides: Sides) -> AnyView {
    match sides {
        Sides::Nothing => ().into_any(),
        Sides::Places(before, after) => view! {
            <p class="compare__sides">
                <del class="compare__side">{before}</del>
                <ins class="compare__side">{after}</ins>
            </p>
        }
        .into_any(),
        Sides::Short(before, after) => view! {
            <div class="compare__sides">{short(before, false)}{short(after, true)}</div>
        }
        .into_any(),
        Sides::Whole(lines, is_after) => {
            let text = lines.join("\n");
            if is_after {
                view! { <ins class="compare__whole">{text}</ins> }.into_any()
            } else {
                view! { <del class="compare__whole">{text}</del> }.into_any()
            }
        }
        Sides::Long(pairs) => {
            let pairs: Vec<_> = pairs.into_iter().map(pair).collect();
            view! { <div class="compare__long">{pairs}</div> }.into_any()
        }
    }
}

/// One side of one line; nothing is said, too.
fn short(side: Option<Vec<Piece>>, is_after: bool) -> AnyView {
    match side {
        None => {
            view! { <span class="compare__side muted" data-nothing="">"nothing"</span> }.into_any()
        }
        Some(pieces) => cell(pieces, is_after, "compare__side"),
    }
}

fn cell(pieces: Vec<Piece>, is_after: bool, class: &'static str) -> AnyView {
    let pieces: Vec<_> = pieces
        .into_iter()
        .map(|piece| {
            if piece.is_marked {
                view! { <mark>{piece.text}</mark> }.into_any()
            } else {
                piece.text.into_any()
            }
        })
        .collect();
    if is_after {
        view! { <ins class=class>{pieces}</ins> }.into_any()
    } else {
        view! { <del class=class>{pieces}</del> }.into_any()
    }
}

fn pair(pair: Pair) -> AnyView {
    let side = |side: Option<Cell>, is_after| match side {
        Some(text) => cell(text.pieces, is_after, "compare__cell"),
        None => view! { <span class="compare__cell" data-nothing="" aria-hidden="true"></span> }
            .into_any(),
    };
    match pair {
        Pair::Same(text) => view! {
            <span class="compare__cell">{text.clone()}</span>
            <span class="compare__cell" data-again="" aria-hidden="true">{text}</span>
        }
        .into_any(),
        Pair::Differs(before, after) => {
            view! { {side(before, false)}{side(after, true)} }.into_any()
        }
        Pair::Skipped(many) => view! {
            <span class="compare__skipped muted small">{format!("{many} lines are the same")}</span>
        }
        .into_any(),
    }
}
