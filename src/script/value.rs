//! Where a setting's value comes from: text, Octopus variables, or both joined.
//!
//! Never: a value whose script text differs from what Octostache would have
//! printed. What bash cannot read by name (filters, conditions, loops) is
//! refused by [`ScriptValue::from_text`], not guessed.

use std::fmt;

/// The source of one setting's value.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScriptValue {
    /// This text, byte for byte.
    Literal(String),
    /// The value of the Octopus variable of this name, read when the step runs.
    ///
    /// Bash looks the name up with its exact case, and drops line ends at the
    /// end of the value.
    Variable(String),
    /// All of these, one after the other. Use [`ScriptValue::joined`], which
    /// keeps the list in normal form.
    Joined(Vec<ScriptValue>),
}

/// Text that a script cannot read with `get_octopusvariable`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// The part of the text that is meant.
    pub part: String,
    /// Why, as the end of a sentence that starts with the part.
    pub reason: &'static str,
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.part, self.reason)
    }
}

impl std::error::Error for Unsupported {}

impl Default for ScriptValue {
    fn default() -> Self {
        Self::Literal(String::new())
    }
}

impl From<&str> for ScriptValue {
    /// The literal text; `#{` has no meaning here, see [`ScriptValue::from_text`].
    fn from(text: &str) -> Self {
        Self::Literal(text.to_owned())
    }
}

impl ScriptValue {
    /// A literal.
    #[must_use]
    pub fn literal(text: impl Into<String>) -> Self {
        Self::Literal(text.into())
    }

    /// An Octopus variable.
    #[must_use]
    pub fn variable(name: impl Into<String>) -> Self {
        Self::Variable(name.into())
    }

    /// `parts` one after the other, in normal form: flat, no empty literal, no
    /// two literals side by side, and never a list of fewer than two.
    #[must_use]
    pub fn joined(parts: Vec<Self>) -> Self {
        let mut flat = Vec::new();
        for part in parts {
            add(part, &mut flat);
        }
        if flat.len() > 1 { Self::Joined(flat) } else { flat.pop().unwrap_or_default() }
    }

    /// Text as a person types it in Octopus: `#{Name}` becomes the variable,
    /// `##{` a literal `#{`.
    ///
    /// # Errors
    /// When a `#{...}` part is more than a variable's name, or never ends.
    pub fn from_text(text: &str) -> Result<Self, Unsupported> {
        if text.contains('\0') {
            let part = text.chars().take(20).collect();
            return Err(Unsupported {
                part,
                reason: "has a NUL character, which bash cannot hold",
            });
        }
        if !text.contains("#{") {
            return Ok(Self::Literal(text.to_owned()));
        }
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(hash) = rest.find('#') {
            let (before, at) = rest.split_at(hash);
            plain.push_str(before);
            // Octostache's own order of rules at a `#`.
            if at.starts_with("###{") {
                plain.push('#');
                rest = at.get(2..).unwrap_or_default();
            } else if let Some(after) = at.strip_prefix("##{") {
                plain.push_str("#{");
                rest = after;
            } else if let Some(after) = at.strip_prefix("#{") {
                let (name, after) = read_name(at, after)?;
                parts.push(Self::Literal(std::mem::take(&mut plain)));
                parts.push(Self::Variable(name));
                rest = after;
            } else {
                let end = at.chars().take(2).map(char::len_utf8).sum();
                plain.push_str(at.get(..end).unwrap_or(at));
                rest = at.get(end..).unwrap_or_default();
            }
        }
        plain.push_str(rest);
        parts.push(Self::Literal(plain));
        Ok(Self::joined(parts))
    }

    /// The value as Octopus text, the inverse of [`ScriptValue::from_text`] for
    /// all but literals that hold `##{`.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self {
            Self::Literal(text) => text.replace("#{", "##{"),
            Self::Variable(name) => ["#{", name, "}"].concat(),
            Self::Joined(parts) => parts.iter().map(Self::to_text).collect(),
        }
    }

    /// Whether it is the empty literal.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Literal(text) => text.is_empty(),
            Self::Variable(_) => false,
            Self::Joined(parts) => parts.iter().all(Self::is_empty),
        }
    }

    /// The names of the Octopus variables it reads, in order.
    #[must_use]
    pub fn variables(&self) -> Vec<&str> {
        match self {
            Self::Literal(_) => Vec::new(),
            Self::Variable(name) => vec![name],
            Self::Joined(parts) => parts.iter().flat_map(Self::variables).collect(),
        }
    }

    /// Its parts; a value that is not joined is its only part.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::Joined(parts) => parts,
            other => std::slice::from_ref(other),
        }
    }
}

fn add(part: ScriptValue, flat: &mut Vec<ScriptValue>) {
    match part {
        ScriptValue::Joined(parts) => {
            for part in parts {
                add(part, flat);
            }
        }
        ScriptValue::Literal(text) => {
            if let Some(ScriptValue::Literal(last)) = flat.last_mut() {
                last.push_str(&text);
            } else if !text.is_empty() {
                flat.push(ScriptValue::Literal(text));
            }
        }
        variable @ ScriptValue::Variable(_) => flat.push(variable),
    }
}

/// The name between `#{` and its `}`, and what follows; `whole` starts at the `#`.
fn read_name<'a>(whole: &'a str, after: &'a str) -> Result<(String, &'a str), Unsupported> {
    let mut depth = 0_usize;
    let mut end = None;
    let mut wrong = None;
    for (at, c) in after.char_indices() {
        match c {
            '}' if depth == 0 => {
                end = Some(at);
                break;
            }
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '#' | '{' if wrong.is_none() => {
                wrong = Some("has an expression inside its name; give the name in full");
            }
            '|' if depth == 0 && wrong.is_none() => {
                wrong = Some(
                    "uses a filter, which a script cannot; put the filtered value in a variable of its own",
                );
            }
            _ if depth > 0 || c.is_alphanumeric() || c.is_whitespace() => {}
            '_' | '-' | ':' | '/' | '~' | '(' | ')' | '@' | '.' => {}
            _ if wrong.is_none() => wrong = Some("is not the plain name of a variable"),
            _ => {}
        }
    }
    let Some(end) = end else {
        let part = whole.chars().take(40).collect();
        return Err(Unsupported { part, reason: "is never closed with `}`" });
    };
    let name = after.get(..end).unwrap_or_default().trim();
    let first = name.split(char::is_whitespace).next().unwrap_or_default();
    if wrong.is_none() {
        let word = name != first;
        if word && matches!(first, "if" | "unless" | "each" | "calc") || name.starts_with('/') {
            wrong = Some("is a condition, a loop or a calculation, which a script cannot use");
        } else if name.is_empty() {
            wrong = Some("names no variable");
        }
    }
    if let Some(reason) = wrong {
        let part = whole.get(..end + 3).unwrap_or(whole).to_owned();
        return Err(Unsupported { part, reason });
    }
    Ok((name.to_owned(), after.get(end + 1..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[ScriptValue]) {
        assert_eq!(
            ScriptValue::from_text(text),
            Ok(ScriptValue::joined(expected.to_vec())),
            "{text}"
        );
    }

    fn refused(text: &str, part: &str, words: &str) {
        let error = ScriptValue::from_text(text).expect_err(text);
        assert_eq!(error.part, part);
        assert!(error.to_string().contains(words), "{error}");
    }

    #[test]
    fn text_with_variables() {
        let text = |text: &str| ScriptValue::literal(text);
        let variable = |name: &str| ScriptValue::variable(name);
        check("my-org/web/dev", &[text("my-org/web/dev")]);
        check("", &[]);
        check("#{Stack}", &[variable("Stack")]);
        check(
            "o/p/#{ Octopus.Environment.Name }",
            &[text("o/p/"), variable("Octopus.Environment.Name")],
        );
        check("#{A}#{B}-", &[variable("A"), variable("B"), text("-")]);
        check(
            "#{Octopus.Action[Extract the app].Output.AppPath}/x",
            &[variable("Octopus.Action[Extract the app].Output.AppPath"), text("/x")],
        );
        check("# ## #x", &[text("# ## #x")]);
        check("##{A}", &[text("#{A}")]);
        check("###{A}", &[text("#"), variable("A")]);
        check("####{A}", &[text("###{A}")]);
        check("é#{A}#", &[text("é"), variable("A"), text("#")]);
    }

    #[test]
    fn text_bash_cannot_read() {
        refused("a #{A | ToLower} b", "#{A | ToLower}", "filter");
        refused("#{if A}x#{/if}", "#{if A}", "condition");
        refused("#{each a in B}", "#{each a in B}", "loop");
        refused("#{calc 1+1}", "#{calc 1+1}", "plain name");
        refused("#{A[#{B}]}", "#{A[#{B}]}", "inside its name");
        refused("#{A", "#{A", "never closed");
        refused("#{}", "#{}", "names no variable");
        refused("a\0b", "a\0b", "NUL");
    }

    #[test]
    fn octopus_text_reads_back() {
        for text in ["", "a", "#{A}", "a##{b}#{C}", "# #{A}"] {
            let value = ScriptValue::from_text(text).expect(text);
            assert_eq!(value.to_text(), text);
        }
    }
}
