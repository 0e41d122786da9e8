//! Puts the cells on the page: by hand, because thousands of them would each
//! need machinery of their own, and an edit changes few.
//!
//! Invariants: only rows and columns near what is seen are on the page, and
//! the active cell's; they stand in the document in their own order; a cell
//! that says the same as before is not touched.

use std::collections::BTreeSet;
use std::ops::Range;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::layout::{BEYOND, HEAD, Layout, in_pixels};
use super::state::{At, Desk};
use crate::ui::widgets::icon::{Icon, icon_element as icon};
use crate::view::board::{Board, Cell, Column, Head, Line, Mark, Query};

/// The id of a cell's element.
pub fn cell_id(at: At) -> String {
    format!("cell-{}-{}", at.row, at.column)
}

/// What a cell shows; the same means nothing to do.
#[derive(Debug, Clone, PartialEq)]
enum Shown {
    Cell(Cell),
    Name(Head, &'static str),
    Column(Column),
    Corner(usize),
    Nothing,
}

/// How a cell stands out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct State {
    is_active: bool,
    is_selected: bool,
}

struct PaintedCell {
    element: HtmlElement,
    at: At,
    shown: Shown,
    state: State,
}

struct PaintedRow {
    element: HtmlElement,
    row: usize,
    kind: &'static str,
    /// What it shows: the version of the board, its surroundings and the row.
    version: Option<u32>,
    surroundings: u32,
    line: Option<Line>,
    cells: Vec<PaintedCell>,
}

/// What is on the page.
#[derive(Default)]
pub struct Painter {
    layout: Layout,
    columns: Vec<usize>,
    rows: Vec<PaintedRow>,
    /// Rows that are not on the page any more, to be used again.
    spare: Vec<PaintedRow>,
    /// Whether rows and columns that are not seen wait for the next frame.
    is_waiting: bool,
}

/// So many cells come onto the page at a time; more would keep the screen waiting.
const MOST: usize = 72;
/// So many rows at a time at least.
const LEAST_ROWS: usize = 8;

/// What is to be on the page.
struct Wanted<'w> {
    board: &'w Board,
    lines: &'w [Line],
    query: &'w Query,
    active: At,
    selected: &'w dyn Fn(At) -> bool,
    columns: &'w [usize],
    version: u32,
}

impl Painter {
    /// Brings the page up to the state of `desk`; says whether more is to come
    /// after the next frame, with [`Self::go_on`] and another call.
    pub fn paint(
        &mut self,
        desk: Desk,
        grid: &HtmlElement,
        body: &Element,
        row_height: f64,
    ) -> bool {
        let window = desk.window.get_untracked();
        let active = desk.active.get_untracked();
        desk.board.with_value(|board| {
            let lines = desk.lines.get_value();
            let layout = Layout::new(window, row_height, lines.len(), board.columns().len());
            let is_laid_out = layout == self.layout;
            if !is_laid_out {
                self.layout = layout;
                desk.layout.set_value(layout);
                self.measure(grid);
            }
            let mut columns: Vec<usize> = vec![0];
            columns.extend(layout.shown_columns(window, 1).map(|place| place + 1));
            keep(&mut columns, active.column, layout.columns);
            let mut rows: Vec<usize> = vec![0];
            rows.extend(layout.shown_rows(window, BEYOND).map(|place| place + 1));
            keep(&mut rows, active.row, layout.rows);
            // The active column is always there, and tells nothing.
            let mut others = columns.iter().filter(|one| **one > 0 && **one != active.column);
            if others.clone().next().is_some()
                && !others.any(|column| self.columns.contains(column))
            {
                self.give_up_rows(|_| true);
            }
            let may_wait = is_laid_out
                && columns != self.columns
                && self.may_columns_wait(&rows, active.column, layout.shown_columns(window, 0));
            if may_wait {
                columns.clone_from(&self.columns);
            }
            let seen = layout.shown_rows(window, 0);
            let most = (MOST / columns.len()).max(LEAST_ROWS);
            let is_all = self.not_too_many(&mut rows, most, active.row, &seen);
            let is_more = (!is_all || may_wait) && !self.is_waiting;
            self.is_waiting |= is_more;
            let selected = selection(desk);
            self.columns.clone_from(&columns);
            desk.query.with_untracked(|query| {
                let wanted = Wanted {
                    board,
                    lines: &lines,
                    query,
                    active,
                    selected: &selected,
                    columns: &columns,
                    version: desk.version.get_untracked(),
                };
                self.paint_rows(&rows, &wanted, body);
            });
            let set = |name: &str, value: String| set(grid, name, &value);
            set("aria-rowcount", (lines.len() + 1).to_string());
            set("aria-colcount", (layout.columns + 1).to_string());
            set("aria-activedescendant", cell_id(active));
            is_more
        })
    }

    /// The next frame is over: all may come.
    pub fn go_on(&mut self) {
        self.is_waiting = false;
    }

    fn measure(&self, grid: &HtmlElement) {
        let layout = self.layout;
        for (name, pixels) in [
            ("--name", layout.name),
            ("--column", layout.column),
            ("--line-row", layout.row),
            ("--head", HEAD),
            ("width", layout.width()),
            ("height", layout.height()),
        ] {
            style(grid, name, &in_pixels(pixels));
        }
        set_if(grid, "data-wide", layout.is_wide);
    }

    /// Whether other columns may come after the next frame. Where one scrolls
    /// aslant they come by turns with the rows: both take more than a frame.
    fn may_columns_wait(&self, rows: &[usize], active: usize, mut seen: Range<usize>) -> bool {
        let is_there = |column: usize| self.columns.binary_search(&column).is_ok();
        rows.iter().any(|row| !self.has_row(*row))
            && is_there(active)
            && seen.all(|place| is_there(place + 1))
    }

    /// Whether this row is on the page.
    fn has_row(&self, row: usize) -> bool {
        self.rows.binary_search_by_key(&row, |one| one.row).is_ok()
    }

    /// Leaves rows out that are not on the page yet, if they are too many for one
    /// frame; those that are seen come first. Says whether all are left.
    fn not_too_many(
        &self,
        rows: &mut Vec<usize>,
        most: usize,
        active: usize,
        seen: &Range<usize>,
    ) -> bool {
        let is_seen = |row: usize| row.checked_sub(1).is_some_and(|place| seen.contains(&place));
        let mut fresh: Vec<usize> =
            rows.iter().copied().filter(|row| !self.has_row(*row)).collect();
        fresh.sort_by_key(|row| !is_seen(*row));
        let most = match self.is_waiting {
            true => most.min(fresh.partition_point(|row| is_seen(*row))),
            false => most,
        };
        if fresh.len() <= most {
            return true;
        }
        let later = fresh.split_off(most);
        rows.retain(|row| *row == 0 || *row == active || !later.contains(row));
        false
    }

    /// Takes rows off the page. The head has its own look, and stays.
    fn give_up_rows(&mut self, is_one: impl Fn(usize) -> bool) {
        let (kept, free): (Vec<PaintedRow>, Vec<PaintedRow>) = std::mem::take(&mut self.rows)
            .into_iter()
            .partition(|row| row.row == 0 || !is_one(row.row));
        self.rows = kept;
        for row in free {
            row.element.remove();
            self.spare.push(row);
        }
    }

    fn paint_rows(&mut self, rows: &[usize], wanted: &Wanted<'_>, body: &Element) {
        // Left where they stand, they would push all others out of their places.
        self.give_up_rows(|row| rows.binary_search(&row).is_err());
        let mut before: Option<Element> = None;
        let mut left = std::mem::take(&mut self.rows).into_iter().peekable();
        for row in rows {
            let mut painted = match left.next_if(|kept| kept.row == *row) {
                Some(kept) => kept,
                None if *row == 0 => new_row(0),
                None => self.spare.pop().unwrap_or_else(|| new_row(*row)),
            };
            let is_placed = painted.element.parent_node().is_some()
                && painted.element.previous_element_sibling() == before;
            if !is_placed {
                let next = match &before {
                    Some(before) => before.next_element_sibling(),
                    None => body.first_element_child(),
                };
                // The page takes an element wherever another is.
                body.insert_before(&painted.element, next.as_ref().map(AsRef::as_ref)).ok();
            }
            paint_row(&mut painted, *row, wanted);
            before = Some(painted.element.clone().into());
            self.rows.push(painted);
        }
    }
}

/// The active one is always there, or the focus would be nowhere.
fn keep(places: &mut Vec<usize>, active: usize, most: usize) {
    if active <= most
        && let Err(at) = places.binary_search(&active)
    {
        places.insert(at, active);
    }
}

/// Tells the selected cells; a single one is only active.
fn selection(desk: Desk) -> impl Fn(At) -> bool {
    let others: BTreeSet<At> = desk.others.get_untracked();
    let (rows, columns) = desk.block();
    move |at| (rows.contains(&at.row) && columns.contains(&at.column)) || others.contains(&at)
}

fn element(tag: &str) -> HtmlElement {
    // Elements of these names can always be made.
    match document().create_element(tag) {
        Ok(element) => element.unchecked_into(),
        Err(_) => unreachable!("{tag}"),
    }
}

/// An attribute of such a name can always be set.
fn set(element: &Element, name: &str, value: &str) {
    element.set_attribute(name, value).ok();
}

fn set_if(element: &Element, name: &str, is_there: bool) {
    element.toggle_attribute_with_force(name, is_there).ok();
}

/// A style that is not taken leaves the element as it was.
fn style(element: &HtmlElement, name: &str, value: &str) {
    element.style().set_property(name, value).ok();
}

fn new_row(row: usize) -> PaintedRow {
    let element = element("div");
    set(&element, "role", "row");
    set(&element, "class", if row == 0 { "board__row board__head" } else { "board__row" });
    PaintedRow {
        element,
        row: usize::MAX,
        kind: "",
        version: None,
        surroundings: 0,
        line: None,
        cells: Vec::new(),
    }
}

fn paint_row(painted: &mut PaintedRow, row: usize, wanted: &Wanted<'_>) {
    let line = row.checked_sub(1).and_then(|place| wanted.lines.get(place));
    let surroundings = wanted.board.surroundings();
    let is_same_line = painted.version.is_some()
        && painted.surroundings == surroundings
        && matches!((&painted.line, line), (Some(old), Some(new)) if old.is_same(new));
    let is_fresh = painted.row == row && (painted.version == Some(wanted.version) || is_same_line);
    painted.version = Some(wanted.version);
    painted.surroundings = surroundings;
    painted.line = line.cloned();
    if painted.row != row {
        painted.row = row;
        set(&painted.element, "aria-rowindex", &(row + 1).to_string());
        if let Some(place) = row.checked_sub(1) {
            style(&painted.element, "--place", &place.to_string());
        }
    }
    let kind = line.map_or("head", kind);
    if painted.kind != kind {
        painted.kind = kind;
        set(&painted.element, "data-kind", kind);
    }
    if !painted.cells.iter().map(|cell| &cell.at.column).eq(wanted.columns) {
        move_on(painted, wanted.columns);
    }
    for (cell, column) in painted.cells.iter_mut().zip(wanted.columns) {
        let at = At { row, column: *column };
        set_state(
            cell,
            State { is_active: wanted.active == at, is_selected: (wanted.selected)(at) },
        );
        if !is_fresh || cell.at != at {
            paint_cell(cell, at, shown(line, *column, wanted));
        }
    }
}

/// Gives the row a cell for each of the columns. Those of columns that stay are
/// not touched; those that go serve the columns that come.
fn move_on(painted: &mut PaintedRow, columns: &[usize]) {
    let (kept, mut free): (Vec<PaintedCell>, Vec<PaintedCell>) = std::mem::take(&mut painted.cells)
        .into_iter()
        .partition(|cell| columns.binary_search(&cell.at.column).is_ok());
    let mut kept = kept.into_iter().peekable();
    for column in columns {
        if let Some(cell) = kept.next_if(|cell| cell.at.column == *column) {
            painted.cells.push(cell);
            continue;
        }
        let cell = free.pop().unwrap_or_else(|| new_cell(At { row: painted.row, column: *column }));
        let next = kept.peek().map(|cell| cell.element.as_ref());
        // The page takes an element wherever another is.
        painted.element.insert_before(&cell.element, next).ok();
        painted.cells.push(cell);
    }
    for cell in free {
        cell.element.remove();
    }
}

fn kind(line: &Line) -> &'static str {
    match line {
        Line::Stack | Line::Place | Line::Login(_) | Line::Gate => "setup",
        Line::Group(_) => "group",
        Line::Step(_) => "step",
        Line::Variable(_) => "variable",
    }
}

fn shown(line: Option<&Line>, column: usize, wanted: &Wanted<'_>) -> Shown {
    let board = wanted.board;
    match (line, column.checked_sub(1)) {
        (None, None) => Shown::Corner(board.columns().len()),
        (None, Some(place)) => {
            board.columns().get(place).cloned().map_or(Shown::Nothing, Shown::Column)
        }
        (Some(line), None) => Shown::Name(board.head(line, wanted.query), kind(line)),
        (Some(line), Some(place)) => Shown::Cell(board.cell(line, place)),
    }
}

fn new_cell(at: At) -> PaintedCell {
    let element = element("div");
    let role = match at {
        At { row: 0, .. } => "columnheader",
        At { column: 0, .. } => "rowheader",
        At { .. } => "gridcell",
    };
    set(&element, "role", role);
    set(&element, "class", if at.column == 0 { "board__name" } else { "board__cell" });
    set(&element, "aria-selected", "false");
    let at = At { row: usize::MAX, column: usize::MAX };
    PaintedCell { element, at, shown: Shown::Nothing, state: State::default() }
}

fn set_state(cell: &mut PaintedCell, state: State) {
    if cell.state != state {
        set_if(&cell.element, "data-active", state.is_active);
        let word = if state.is_selected { "true" } else { "false" };
        set(&cell.element, "aria-selected", word);
        cell.state = state;
    }
}

fn paint_cell(cell: &mut PaintedCell, at: At, shown: Shown) {
    let element = &cell.element;
    let is_same_place = cell.at == at;
    if !is_same_place {
        if cell.at.column != at.column {
            set(element, "aria-colindex", &(at.column + 1).to_string());
            if let Some(place) = at.column.checked_sub(1) {
                style(element, "--at", &place.to_string());
            }
        }
        element.set_id(&cell_id(at));
        cell.at = at;
    }
    if cell.shown != shown {
        if is_same_place {
            // It has one while the pointer is on it; see `pointer::on_over`.
            element.remove_attribute("title").ok();
        }
        fill(element, &shown, &cell.shown);
        cell.shown = shown;
    }
}

fn fill(element: &HtmlElement, shown: &Shown, before: &Shown) {
    match shown {
        Shown::Cell(cell) => {
            let (old_marks, old_text) = match before {
                Shown::Cell(old) => (Some(old.marks), Some(&old.text)),
                _ => (None, None),
            };
            if old_marks != Some(cell.marks) {
                set(element, "data-marks", &cell.marks.words());
            }
            let is_tail = cell.marks.has(Mark::Tail);
            let was_tail = old_marks.is_some_and(|marks| marks.has(Mark::Tail));
            if old_text != Some(&cell.text) || is_tail != was_tail {
                let write = if is_tail { write_tail } else { write };
                write(element, &cell.text);
            }
            let words = cell.words();
            if words.is_empty() || words == cell.text {
                element.remove_attribute("aria-label").ok();
            } else {
                set(element, "aria-label", &words);
            }
        }
        Shown::Name(head, kind) => {
            element.set_text_content(None);
            set(element, "data-level", &head.level.to_string());
            set(element, "title", &head.name);
            match head.is_open {
                Some(is_open) => {
                    set(element, "aria-expanded", if is_open { "true" } else { "false" });
                    add(element, &icon(if is_open { Icon::Down } else { Icon::Right }));
                }
                None => {
                    element.remove_attribute("aria-expanded").ok();
                }
            }
            if !head.number.is_empty() {
                add(element, &span("board__number", &head.number));
            }
            add(element, &span("board__text", &head.name));
            if *kind == "group" {
                add(element, &span("board__count", &head.count.to_string()));
            }
        }
        Shown::Column(column) => {
            element.set_text_content(None);
            set(element, "data-hue", &column.hue.to_string());
            set(element, "title", &column.name);
            add(element, &span("board__text", &column.name));
            if column.is_protected {
                let shield = span("board__shield", "");
                add(&shield, &icon(Icon::Shield));
                add(&shield, &span("unseen", " (protected)"));
                add(element, &shield);
            }
        }
        Shown::Corner(count) => {
            let words = if *count == 1 { "environment" } else { "environments" };
            element.set_text_content(Some(&format!("{count} {words}")));
            add(element, &span("unseen", ", in promotion order"));
        }
        Shown::Nothing => element.set_text_content(None),
    }
}

fn add(parent: &Element, child: &Element) {
    // A new element can always be added.
    parent.append_child(child).ok();
}

fn span(class: &str, text: &str) -> HtmlElement {
    let span = element("span");
    set(&span, "class", class);
    span.set_text_content(Some(text));
    span
}

/// A text that loses its start where it does not fit: the sheet has what is around
/// it read from the other side, and the text itself keeps its direction.
fn write_tail(cell: &HtmlElement, text: &str) {
    let words = element("bdi");
    set(&words, "dir", "ltr");
    words.set_text_content(Some(text));
    let tail = span("board__tail", "");
    add(&tail, &words);
    cell.replace_children_with_node_1(&tail);
}

/// A text with its expressions in their colour; as text nodes, never as HTML.
fn write(element: &HtmlElement, text: &str) {
    if !text.contains("#{") {
        element.set_text_content(Some(text));
        return;
    }
    element.set_text_content(None);
    let mut rest = text;
    while let Some(start) = rest.find("#{") {
        let (plain, expression) = rest.split_at(start);
        let end = expression.find('}').map_or(expression.len(), |end| end + 1);
        let (expression, after) = expression.split_at(end);
        if !plain.is_empty() {
            element.append_with_str_1(plain).ok();
        }
        add(element, &span("tok-octostache", expression));
        rest = after;
    }
    if !rest.is_empty() {
        element.append_with_str_1(rest).ok();
    }
}
