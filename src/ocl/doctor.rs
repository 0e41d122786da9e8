//! Applies the edits that come with problems, round by round.

use super::parser::parse;
use super::problem::{Edit, Problem};

/// Rounds of reading and mending; each must leave fewer problems.
const MAX_ROUNDS: usize = 20;

/// A text after mending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// How many edits were made.
    pub edits: usize,
    /// What is still wrong with it.
    pub left: Vec<Problem>,
}

/// Mends what the problems of `text` have edits for: only those whose meaning
/// is beyond doubt, or with `unsure` all of them.
#[must_use]
pub fn mend(text: &str, unsure: bool) -> Mended {
    let mut mended = Mended { text: text.to_owned(), edits: 0, left: parse(text).problems };
    for _ in 0..MAX_ROUNDS {
        let edits: Vec<&Edit> = mended
            .left
            .iter()
            .filter_map(|problem| problem.edit.as_ref())
            .filter(|edit| unsure || edit.sure)
            .collect();
        let (text, made) = apply(&mended.text, &edits);
        let left = parse(&text).problems;
        // One mistake can hide others, so the same number is no reason to stop.
        if made == 0 || text == mended.text || left.len() > mended.left.len() + made {
            break;
        }
        mended = Mended { text, edits: mended.edits + made, left };
    }
    mended
}

/// Makes `edits` in `text`, and says how many; of two that overlap the one
/// that begins first is made.
#[must_use]
pub fn apply(text: &str, edits: &[&Edit]) -> (String, usize) {
    let mut sorted = edits.to_vec();
    sorted.sort_by_key(|edit| edit.span);
    let mut out = String::with_capacity(text.len());
    let (mut done, mut made) = (0, 0);
    for edit in sorted {
        let Some(kept) = text.get(done..edit.span.start) else { continue };
        if text.get(edit.span.start..edit.span.end).is_none() {
            continue;
        }
        out.push_str(kept);
        out.push_str(&edit.with);
        done = edit.span.end;
        made += 1;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    (out, made)
}
