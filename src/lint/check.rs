//! A check of a design that makes way for others in between.

use std::collections::HashSet;

use super::rules::{IN_PIECES, RULES};
use crate::base::Finding;
use crate::model::Design;

/// Looks at a piece of the design and gives the next one.
pub type Piece = fn(&Design, usize, &mut Scratch, &mut Vec<Finding>) -> Option<usize>;

/// What several pieces need and one has computed.
#[derive(Debug, Default)]
pub struct Scratch {
    /// The names that expressions can read; see `template::known_names`.
    pub known_names: Option<HashSet<String>>,
}

/// Looks at all pieces, one after another.
pub fn in_pieces(design: &Design, findings: &mut Vec<Finding>, check: Piece) {
    let mut next = Some(0);
    let mut scratch = Scratch::default();
    while let Some(piece) = next {
        next = check(design, piece, &mut scratch, findings);
    }
}

/// A check under way.
#[derive(Debug)]
pub struct Check {
    design: Design,
    rule: usize,
    piece: usize,
    scratch: Scratch,
    findings: Vec<Finding>,
}

impl Check {
    /// The check of a design, before its start.
    #[must_use]
    pub fn new(design: Design) -> Self {
        Self { design, rule: 0, piece: 0, scratch: Scratch::default(), findings: Vec::new() }
    }

    /// Goes on until `is_time` says so; gives the findings once all rules have
    /// looked, in the order of [`super::check`]: the worst first, else as the
    /// rules have it.
    pub fn go_on(&mut self, mut is_time: impl FnMut() -> bool) -> Option<Vec<Finding>> {
        while let Some(rule) = RULES.get(self.rule) {
            let piece = IN_PIECES.iter().find(|(one, _)| one.id == rule.id);
            let next = match piece {
                Some((_, check)) => {
                    check(&self.design, self.piece, &mut self.scratch, &mut self.findings)
                }
                None => {
                    (rule.check)(&self.design, &mut self.findings);
                    None
                }
            };
            self.piece = next.unwrap_or(0);
            if next.is_none() {
                self.rule += 1;
            }
            if is_time() {
                return None;
            }
        }
        let mut findings = std::mem::take(&mut self.findings);
        findings.sort_by_key(|finding| finding.severity);
        Some(findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use crate::generate::{Size, large};
    use crate::model::VariableContent;

    #[test]
    fn finds_the_same_however_often_it_makes_way() {
        let design = large(Size { environments: 4, variables: 120, values: 400, steps: 12 });
        let edit = Edit::new("plant", |design| {
            for at in [0, 70, 90] {
                design.project.variables.update_nth(at, |one| {
                    let token = VariableContent::text("AKIAIOSFODNN7EXAMPLE");
                    one.values.update_nth(0, |value| value.content = token);
                });
            }
            Ok(())
        });
        let design = edit.apply(&design).expect("it is planted");
        let wanted = crate::lint::check(&design);
        let tokens = wanted.iter().filter(|one| one.code == "credentials/plain-token").count();
        assert!(tokens >= 3, "{tokens}");
        let mut check = Check::new(design);
        let mut turns = 0;
        let found = loop {
            turns += 1;
            if let Some(found) = check.go_on(|| true) {
                break found;
            }
        };
        assert_eq!(found, wanted);
        assert!(turns > RULES.len() + 2, "{turns}");
    }
}
