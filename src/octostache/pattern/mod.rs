//! A small backtracking matcher for the regular expressions of `Match` and
//! `Replace`, in the spelling of .NET.
//!
//! Works on UTF-16 units, as .NET does. Invariants: no recursion over the
//! text, every step is paid from the caller's budget, so that a bad expression
//! ends instead of hanging. Never: a wrong answer for what it does not know;
//! conditionals, balancing groups, numbered names and most Unicode categories
//! are refused.
//! Sources: SPEC.md, X rules.

mod compile;
mod run;
mod sets;
mod syntax;

use super::outcome::{EvalError, Failure, Limit};
use compile::Program;

/// A compiled expression.
pub(super) struct Pattern {
    program: Program,
    /// Numbers of the groups, and the names of those that have one.
    groups: usize,
    names: Vec<(String, usize)>,
}

/// Why an expression can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// .NET refuses it as well.
    Invalid(&'static str),
    /// .NET takes it, this matcher does not.
    Unknown(&'static str),
}

impl From<Refusal> for EvalError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Invalid(why) => Self::Failed(Failure::Pattern(why)),
            Refusal::Unknown(why) => Self::Limit(Limit::Pattern(why)),
        }
    }
}

/// Where the whole match and its groups are, by unit.
type Captures = Vec<Option<(usize, usize)>>;

impl Pattern {
    pub(super) fn new(source: &str) -> Result<Self, EvalError> {
        let parsed = syntax::parse(source)?;
        let program = compile::compile(&parsed)?;
        Ok(Self { program, groups: parsed.groups, names: parsed.names })
    }

    /// Whether it matches anywhere.
    pub(super) fn is_match(&self, text: &str, steps: &mut u64) -> Result<bool, EvalError> {
        let units: Vec<u16> = text.encode_utf16().collect();
        Ok(self.find(&units, 0, steps)?.is_some())
    }

    /// Replaces every match.
    pub(super) fn replace(
        &self,
        text: &str,
        replacement: &str,
        steps: &mut u64,
        most: usize,
    ) -> Result<String, EvalError> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let replacement: Vec<u16> = replacement.encode_utf16().collect();
        let mut out: Vec<u16> = Vec::with_capacity(units.len());
        let (mut copied, mut from) = (0, 0);
        while from <= units.len()
            && let Some(found) = self.find(&units, from, steps)?
        {
            let Some((start, end)) = found.first().copied().flatten() else { break };
            out.extend_from_slice(units.get(copied..start).unwrap_or_default());
            self.expand(&mut out, &units, &replacement, &found);
            copied = end;
            // After an empty match the search goes on one unit further.
            from = if end == start { end + 1 } else { end };
            if out.len() > most {
                return Err(EvalError::Limit(Limit::Bytes));
            }
        }
        out.extend_from_slice(units.get(copied..).unwrap_or_default());
        Ok(String::from_utf16_lossy(&out))
    }

    fn find(
        &self,
        text: &[u16],
        from: usize,
        steps: &mut u64,
    ) -> Result<Option<Captures>, EvalError> {
        for start in from..=text.len() {
            let mut machine = run::Machine::new(&self.program, text, from, steps);
            if let Some(end) = machine.run(0, start)? {
                let mut out = vec![Some((start, end))];
                for group in 1..=self.groups {
                    out.push(machine.group(group));
                }
                return Ok(Some(out));
            }
        }
        Ok(None)
    }

    /// Writes a replacement: `$1`, `${name}`, `$$`, `$&`, `` $` ``, `$'`, `$+`, `$_`.
    fn expand(&self, out: &mut Vec<u16>, text: &[u16], replacement: &[u16], found: &Captures) {
        let (start, end) = found.first().copied().flatten().unwrap_or_default();
        let group = |out: &mut Vec<u16>, number: usize| {
            if let Some((from, to)) = found.get(number).copied().flatten() {
                out.extend_from_slice(text.get(from..to).unwrap_or_default());
            }
        };
        let mut rest = replacement;
        while let Some((unit, after)) = rest.split_first() {
            rest = after;
            if *unit != u16::from(b'$') {
                out.push(*unit);
                continue;
            }
            match after.first().and_then(|unit| char::from_u32(u32::from(*unit))) {
                Some('$') => out.push(*unit),
                Some('&') => group(out, 0),
                Some('`') => out.extend_from_slice(text.get(..start).unwrap_or_default()),
                Some('\'') => out.extend_from_slice(text.get(end..).unwrap_or_default()),
                Some('_') => out.extend_from_slice(text),
                Some('+') => group(out, self.groups),
                _ => {
                    if let Some((number, length)) = self.reference(after) {
                        group(out, number);
                        rest = after.get(length..).unwrap_or_default();
                    } else {
                        out.push(*unit);
                    }
                    continue;
                }
            }
            rest = after.get(1..).unwrap_or_default();
        }
    }

    /// A group's number, bare or in braces, or its name in braces.
    fn reference(&self, after: &[u16]) -> Option<(usize, usize)> {
        let braced = after.first() == Some(&u16::from(b'{'));
        let inside = if braced { after.get(1..)? } else { after };
        let length = if braced {
            inside.iter().position(|unit| *unit == u16::from(b'}'))?
        } else {
            inside.iter().take_while(|unit| (48..58).contains(*unit)).count()
        };
        let name = String::from_utf16(inside.get(..length)?).ok()?;
        let number = match name.parse::<usize>() {
            Ok(number) => Some(number).filter(|number| *number <= self.groups),
            Err(_) => self.names.iter().find(|(known, _)| *known == name).map(|(_, n)| *n),
        }?;
        Some((number, length + if braced { 2 } else { 0 }))
    }
}
