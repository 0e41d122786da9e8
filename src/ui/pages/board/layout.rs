//! Where rows and columns are, and which of them are on the page.

use std::ops::Range;

use leptos::prelude::*;

use super::state::{At, Window};
use crate::platform::size::scroll_bar;

/// The height of the head in pixels.
pub const HEAD: f64 = 40.0;
/// Rows beyond the edges of what is seen.
pub const BEYOND: usize = 6;
/// The window moves by so many rows at a time.
const STEP: usize = 4;

/// The measures of the grid at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Layout {
    /// The height of a row.
    pub row: f64,
    /// The width of the names.
    pub name: f64,
    /// The width of a column.
    pub column: f64,
    /// How many rows there are, without the head.
    pub rows: usize,
    /// How many environments there are.
    pub columns: usize,
    /// Whether it is wider than what is seen, and scrolls to the side.
    pub is_wide: bool,
}

impl Layout {
    /// The measures for what is seen.
    pub fn new(window: Window, row: f64, rows: usize, columns: usize) -> Self {
        let is_phone = window.width < 560.0;
        let name = if is_phone { 132.0 } else { (window.width * 0.22).floor().clamp(200.0, 300.0) };
        let least = match columns {
            0..=8 if is_phone => 132.0,
            0..=8 => 148.0,
            _ => 120.0,
        };
        let room = window.width - name;
        let column = (room / columns.max(1) as f64).floor().clamp(least, 480.0);
        let layout = Self { row, name, column, rows, columns, is_wide: false };
        Self { is_wide: layout.width() > window.width, ..layout }
    }

    /// The width of the whole grid.
    pub fn width(&self) -> f64 {
        self.name + self.column * self.columns as f64
    }

    /// The height of the whole grid.
    pub fn height(&self) -> f64 {
        HEAD + self.row * self.rows as f64
    }

    /// The rows to have on the page, below the head, from 0: what is seen and
    /// `beyond` more on both sides.
    pub fn shown_rows(&self, window: Window, beyond: usize) -> Range<usize> {
        if self.row <= 0.0 {
            return 0..0;
        }
        let first = (window.top.max(0.0) / self.row) as usize / STEP * STEP;
        let count = (window.height / self.row) as usize + 1;
        let first = first.saturating_sub(beyond).min(self.rows);
        first..(first + count + STEP + 2 * beyond).min(self.rows)
    }

    /// The environments to have on the page, from 0: what is seen and `beyond`
    /// more on both sides.
    pub fn shown_columns(&self, window: Window, beyond: usize) -> Range<usize> {
        if self.column <= 0.0 {
            return 0..0;
        }
        let first = (window.left.max(0.0) / self.column) as usize;
        // The first one and the last one may be seen in part.
        let count = ((window.width - self.name).max(0.0) / self.column) as usize + 2;
        let end = (first + count + beyond).min(self.columns);
        first.saturating_sub(beyond).min(end)..end
    }

    /// The left edge of a column, from the grid's.
    pub fn left(&self, column: usize) -> f64 {
        match column.checked_sub(1) {
            None => 0.0,
            Some(place) => self.name + place as f64 * self.column,
        }
    }

    /// The top of a row, from the grid's.
    pub fn top(&self, row: usize) -> f64 {
        match row.checked_sub(1) {
            None => 0.0,
            Some(place) => HEAD + place as f64 * self.row,
        }
    }

    /// How many rows fit into what is seen.
    pub fn page(&self, window: Window) -> usize {
        (((window.height - HEAD) / self.row.max(1.0)) as usize).saturating_sub(1).max(1)
    }

    /// Where to scroll so that a cell is seen: down and to the side.
    pub fn reveal(&self, at: At, window: Window) -> (f64, f64) {
        let mut top = window.top;
        if at.row > 0 {
            let (start, end) = (self.top(at.row) - HEAD, self.top(at.row) + self.row);
            top = top.min(start).max(end - window.height);
        }
        let mut left = window.left;
        if at.column > 0 {
            let (start, end) =
                (self.left(at.column) - self.name, self.left(at.column) + self.column);
            left = left.min(start).max(end - window.width).min(start);
        }
        (top.max(0.0), left.max(0.0))
    }
}

/// A measure of the tokens, in whole pixels.
fn token(name: &str, usual: u16) -> f64 {
    let style = document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten());
    let text = style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default();
    f64::from(text.trim().trim_end_matches("px").parse().unwrap_or(usual))
}

/// The height of a row.
pub fn row_height() -> f64 {
    token("--row", 32)
}

/// What will be seen of the grid, most likely, before it stands on the page:
/// then it is drawn once, not again when its place has been measured.
pub fn expected() -> Window {
    let side = |side: Result<wasm_bindgen::JsValue, _>| {
        side.ok().and_then(|side| side.as_f64()).unwrap_or_default()
    };
    let width = side(window().inner_width()) - token("--nav", 184);
    // Most Boards are higher than the screen.
    let width = width - scroll_bar();
    Window { top: 0.0, left: 0.0, width: width.max(0.0), height: side(window().inner_height()) }
}

/// A measure as a style takes it, in whole pixels.
pub fn in_pixels(pixels: f64) -> String {
    format!("{}px", pixels.round() as i64)
}
