//! Colours for code: spans of text with what they are. For reading only; what
//! decides is the shell, Octopus or the parser of the format.

mod bash;
mod json;
mod ocl;

pub use bash::bash;
pub use json::json;
pub use ocl::ocl;

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything else.
    Plain,
    /// A word of the language.
    Keyword,
    /// A quoted text.
    String,
    /// A comment.
    Comment,
    /// A variable, a key.
    Variable,
    /// `#{…}`, which Octopus replaces before the code runs.
    Octostache,
}

impl Kind {
    /// The word in the style sheet; empty for plain text.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Keyword => "tok-keyword",
            Self::String => "tok-string",
            Self::Comment => "tok-comment",
            Self::Variable => "tok-variable",
            Self::Octostache => "tok-octostache",
        }
    }
}

/// A piece of code: its kind and where it ends, in bytes; it starts where the
/// one before it ends, so the pieces cover the whole text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Where it ends.
    pub end: usize,
}

/// How a text is told apart.
pub type Highlight = fn(&str) -> Vec<Piece>;

/// The language of a file by the ending of its name.
#[must_use]
pub fn for_name(name: &str) -> Highlight {
    match name.rsplit('.').next() {
        Some("sh") => bash,
        Some("json") => json,
        Some("ocl") => ocl,
        _ => plain,
    }
}

/// No colours.
#[must_use]
pub fn plain(text: &str) -> Vec<Piece> {
    vec![Piece { kind: Kind::Plain, end: text.len() }]
}

/// Gathers pieces; neighbours of one kind become one.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn until(&mut self, end: usize, kind: Kind) {
        match self.0.last_mut() {
            Some(last) if last.end >= end => {}
            Some(last) if last.kind == kind => last.end = end,
            _ if end > 0 => self.0.push(Piece { kind, end }),
            _ => {}
        }
    }
}

/// The end of the `#{…}` that starts at `start`, braces counted.
fn octostache_end(text: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = start + 1;
    while at < text.len() {
        match text[at] {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            b'\n' => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests;
