//! What the parts of the Board share: its rows, which cell is active, which
//! are selected, what is being edited.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::layout::Layout;
use crate::edit::board::{Change, Spot};
use crate::model::{EnvironmentId, Pulumi, VariableContent};
use crate::platform::focus;
use crate::state::{App, Page, follow};
use crate::ui::late::{Late, late};
use crate::view::board::{Board, Cell, Holds, Line, Login, Query};
use crate::view::variables::choices;

/// The id of the grid's element.
pub const GRID: &str = "board-grid";

/// A cell: row 0 is the head, column 0 holds the names of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct At {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
}

/// What is seen of the grid, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Window {
    /// How far it is scrolled down.
    pub top: f64,
    /// How far it is scrolled to the side.
    pub left: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// What is being edited: cells, and the text typed to begin with.
#[derive(Debug, Clone, PartialEq)]
pub struct Editing {
    /// The cell that the editor stands on.
    pub at: At,
    /// What was typed, in place of what is there.
    pub typed: Option<String>,
}

/// The state of the page; copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The app.
    pub app: App,
    /// The index of the design.
    pub board: StoredValue<Board>,
    /// The rows that are shown.
    pub lines: StoredValue<Arc<Vec<Line>>>,
    /// Counts the changes of the board and of its rows.
    pub version: RwSignal<u32>,
    /// Which rows are looked for.
    pub query: RwSignal<Query>,
    /// What is seen.
    pub window: RwSignal<Window>,
    /// The cell that keys go to.
    pub active: RwSignal<At>,
    /// The other corner of the selected block.
    pub anchor: RwSignal<At>,
    /// Cells that are selected beside the block.
    pub others: RwSignal<BTreeSet<At>>,
    /// What is being edited.
    pub editing: RwSignal<Option<Editing>>,
    /// The environment that is dragged, and the place where it would go.
    pub dragged: RwSignal<Option<(usize, usize)>>,
    /// Whether the pressed cell was active before.
    pub was_active: StoredValue<bool>,
    /// The measures of what is on the page.
    pub layout: StoredValue<Layout>,
    /// What scrolls.
    pub scroller: NodeRef<html::Div>,
    /// The grid.
    pub grid: NodeRef<html::Div>,
}

impl Desk {
    /// The state at the start.
    pub fn new(app: App) -> Self {
        let first = At { row: 1, column: 1 };
        let desk = Self {
            app,
            board: StoredValue::new(Board::default()),
            lines: StoredValue::new(Arc::default()),
            version: RwSignal::new(0),
            query: RwSignal::new(Query::default()),
            window: RwSignal::new(Window::default()),
            active: RwSignal::new(first),
            anchor: RwSignal::new(first),
            others: RwSignal::new(BTreeSet::new()),
            editing: RwSignal::new(None),
            dragged: RwSignal::new(None),
            was_active: StoredValue::new(false),
            layout: StoredValue::new(Layout::default()),
            scroller: NodeRef::new(),
            grid: NodeRef::new(),
        };
        desk.keep_up();
        desk
    }

    /// Keeps the board and its rows up to the design.
    fn keep_up(self) {
        follow(move || {
            let query = self.query.get();
            self.app.read(|design| {
                self.board.update_value(|board| {
                    board.refresh(design);
                });
            });
            let lines = self.board.with_value(|board| board.lines(&query));
            self.keep_active(&lines);
            self.lines.set_value(Arc::new(lines));
            self.version.update(|version| *version = version.wrapping_add(1));
        });
    }

    /// Lets the active row be the same one where rows come and go.
    fn keep_active(self, lines: &[Line]) {
        let at = self.active.get_untracked();
        let columns = self.board.with_value(|board| board.columns().len());
        if columns == 0 || lines.is_empty() {
            return;
        }
        let old = self.line(at.row);
        let is_same = |line: Option<&Line>| match (line, &old) {
            (Some(line), Some(old)) => line.key() == old.key(),
            _ => false,
        };
        let mut row = at.row.min(lines.len());
        if at.row > 0 && !is_same(lines.get(at.row - 1)) {
            let found = lines.iter().position(|line| is_same(Some(line)));
            row = found.map_or(row, |found| found + 1);
        }
        let now = At { row, column: at.column.min(columns) };
        if now != at {
            self.go(now);
        }
    }

    /// How many rows there are below the head.
    pub fn row_count(self) -> usize {
        self.lines.with_value(|lines| lines.len())
    }

    /// How many environments there are.
    pub fn column_count(self) -> usize {
        self.board.with_value(|board| board.columns().len())
    }

    /// The line of a row; none for the head.
    pub fn line(self, row: usize) -> Option<Line> {
        self.lines.with_value(|lines| lines.get(row.checked_sub(1)?).cloned())
    }

    /// The environment of a column; none for the names.
    pub fn environment(self, column: usize) -> Option<EnvironmentId> {
        let at = column.checked_sub(1)?;
        self.board.with_value(|board| board.columns().get(at).map(|one| one.id.clone()))
    }

    /// What a cell says.
    pub fn cell(self, at: At) -> Option<Cell> {
        let (line, place) = (self.line(at.row)?, at.column.checked_sub(1)?);
        Some(self.board.with_value(|board| board.cell(&line, place)))
    }

    /// Makes a cell active and the only one selected.
    pub fn go(self, at: At) {
        self.active.set(at);
        self.anchor.set(at);
        if self.others.with_untracked(|others| !others.is_empty()) {
            self.others.set(BTreeSet::new());
        }
    }

    /// Makes a cell active and selects the block up to it.
    pub fn extend(self, at: At) {
        self.active.set(at);
    }

    /// Keeps what is selected and adds a cell, or takes it out.
    pub fn toggle_selected(self, at: At) {
        let mut all: BTreeSet<At> = self.selected().into_iter().collect();
        if !all.remove(&at) || all.is_empty() {
            all.insert(at);
        }
        self.active.set(at);
        self.anchor.set(at);
        self.others.set(all);
    }

    /// Selects all columns of the selected rows, or all rows of the selected
    /// columns, or both.
    pub fn widen(self, to_columns: bool, to_rows: bool) {
        let (mut one, mut other) = (self.active.get_untracked(), self.anchor.get_untracked());
        if to_columns {
            (one.column, other.column) = (1, self.column_count());
        }
        if to_rows {
            (one.row, other.row) = (1, self.row_count());
        }
        self.go(one);
        self.anchor.set(other);
        self.app.say(&format!("{} cells selected", self.selected_count()));
    }

    /// The block between the active cell and the other corner: rows, columns.
    pub fn block(self) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
        let (one, other) = (self.active.get_untracked(), self.anchor.get_untracked());
        let span = |one: usize, other: usize| one.min(other)..=one.max(other);
        (span(one.row, other.row), span(one.column, other.column))
    }

    /// The selected cells in order; just the active one where nothing more is.
    pub fn selected(self) -> Vec<At> {
        let (rows, columns) = self.block();
        let block = rows.flat_map(|row| columns.clone().map(move |column| At { row, column }));
        self.others.with_untracked(|others| {
            if others.is_empty() {
                return block.collect();
            }
            let all: BTreeSet<At> = others.iter().copied().chain(block).collect();
            all.into_iter().collect()
        })
    }

    /// How many cells are selected.
    pub fn selected_count(self) -> usize {
        if self.others.with_untracked(|others| !others.is_empty()) {
            return self.selected().len();
        }
        let (rows, columns) = self.block();
        rows.count() * columns.count()
    }

    /// Scrolls so that the active cell is seen, and notes it at once: what is
    /// seen then is drawn together with the active cell, not after it.
    pub fn reveal(self) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let window = self.window.get_untracked();
        let (top, left) = self.layout.get_value().reveal(self.active.get_untracked(), window);
        let mut now = window;
        if (top - window.top).abs() >= 1.0 {
            scroller.set_scroll_top(top.round() as i32);
            // It goes no further than there is something.
            now.top = f64::from(scroller.scroll_top());
        }
        if (left - window.left).abs() >= 1.0 {
            scroller.set_scroll_left(left.round() as i32);
            now.left = f64::from(scroller.scroll_left());
        }
        if now != window {
            self.window.set(now);
        }
    }

    /// What a cell holds now, to edit it: its text, or nothing.
    pub fn text_of(self, at: At) -> String {
        let (Some(line), Some(place)) = (self.line(at.row), at.column.checked_sub(1)) else {
            return String::new();
        };
        match line {
            Line::Stack => self.cell(at).map(|cell| cell.text).unwrap_or_default(),
            line => self.board.with_value(|board| board.text_of(&line, place)),
        }
    }

    /// What a screen reader calls a cell.
    pub fn name_of(self, at: At) -> String {
        let query = self.query.get_untracked();
        let Some(line) = self.line(at.row) else { return String::new() };
        self.board.with_value(|board| {
            let column = at.column.checked_sub(1).and_then(|place| board.columns().get(place));
            let head = board.head(&line, &query).name;
            column.map_or(head.clone(), |column| format!("{head} in {}", column.name))
        })
    }

    /// Puts the focus on the grid.
    pub fn focus(self) {
        if let Some(grid) = self.grid.get_untracked() {
            focus::focus(&grid);
        }
    }

    /// What a row's cells are about, where they can be edited.
    pub fn spot(self, line: &Line) -> Option<Spot> {
        let variable = |name: String, word| Some(Spot::Variable { name, word });
        let name = || self.board.with_value(|board| board.variable_of(line));
        match line {
            Line::Stack => Some(Spot::Stack),
            Line::Gate => Some(Spot::Gate),
            Line::Step(step) => Some(Spot::Step(step.address())),
            Line::Place => variable(name()?, "WorkerPool"),
            Line::Login(login) => variable(name()?, self.word_of(*login)),
            Line::Variable(_) => variable(name()?, "String"),
            Line::Group(_) => None,
        }
    }

    /// The type of a variable that logs in, where it is not there yet.
    fn word_of(self, login: Login) -> &'static str {
        use crate::model::{Backend, CloudCredentials};
        self.board.with_value(|board| {
            let pulumi: &Pulumi = &board.design().pulumi;
            match (login, &pulumi.credentials, &pulumi.backend) {
                (Login::Backend, _, Backend::Oidc(_)) => "GenericOidcAccount",
                (Login::Backend, ..) => "Sensitive",
                (_, CloudCredentials::Azure(_), _) => "AzureAccount",
                (_, CloudCredentials::Google(_), _) => "GoogleCloudAccount",
                _ => "AmazonWebServicesAccount",
            }
        })
    }

    /// What can be chosen in a cell, as (what is kept, what is read).
    pub fn choices(self, at: At) -> Vec<(String, String)> {
        let Some(line) = self.line(at.row) else { return Vec::new() };
        let Some(Spot::Variable { name, word }) = self.spot(&line) else { return Vec::new() };
        self.board.with_value(|board| {
            let content = board.content_of(&name).or_else(|| VariableContent::empty(word));
            content.and_then(|content| choices(board.design(), &content)).unwrap_or_default()
        })
    }

    /// Changes all of `cells` that can be, as one edit.
    pub fn change(self, cells: Vec<(At, Change)>) {
        self.change_and_say(cells, None);
    }

    fn change_and_say(self, cells: Vec<(At, Change)>, say: Option<At>) {
        spawn_local(async move {
            late(Late::Change(self, cells, say)).await;
        });
    }

    /// Starts to edit a cell, or switches it.
    pub fn edit(self, at: At, typed: Option<String>) {
        let Some(line) = self.line(at.row) else { return };
        let Some(cell) = self.cell(at) else {
            self.open(&line);
            return;
        };
        match cell.holds {
            Holds::Switch if typed.is_none() => self.switch(at),
            Holds::Switch => {}
            Holds::Nothing if matches!(line, Line::Group(_)) => self.toggle_group(&line),
            Holds::Nothing => self.app.tell(match line {
                Line::Place => {
                    "The steps name their pool, the same in every environment. Let a worker pool variable choose it in Process, then it is chosen here."
                }
                Line::Login(_) => "Say in Stacks which variable holds the cloud account.",
                _ => "Each tenant gives its own value.",
            }),
            Holds::Text | Holds::Choice => self.editing.set(Some(Editing { at, typed })),
        }
    }

    /// Switches all selected steps and gates, as the active one goes.
    pub fn switch(self, at: At) {
        use crate::view::board::Mark;
        let Some(cell) = self.cell(at) else { return };
        let is_on = !(cell.marks.has(Mark::Runs) || cell.marks.has(Mark::Gate));
        let is_switch = |at: &At| self.cell(*at).is_some_and(|one| one.holds == Holds::Switch);
        let all = self.selected().into_iter().filter(is_switch);
        self.change_and_say(all.map(|at| (at, Change::On(is_on))).collect(), Some(at));
    }

    /// Takes the own values of all selected cells away.
    pub fn clear(self) {
        self.change(self.selected().into_iter().map(|at| (at, Change::Clear)).collect());
    }

    /// Shows or hides the rows of a group.
    pub fn toggle_group(self, line: &Line) {
        if let Line::Group(group) = line {
            self.query.update(|query| {
                if !query.closed.remove(group) {
                    query.closed.insert(group.clone());
                }
            });
        }
    }

    /// Goes to where a row is defined.
    pub fn open(self, line: &Line) {
        match line {
            Line::Group(_) => self.toggle_group(line),
            Line::Stack | Line::Login(_) => self.app.go(Page::Stacks),
            Line::Place | Line::Gate => self.app.go(Page::Process),
            Line::Step(step) => self.app.select(Page::Process, &step.address()),
            Line::Variable(row) => {
                if let Some(id) = row.key.strip_prefix("var/") {
                    self.app.select(Page::Variables, id);
                }
            }
        }
    }
}
