//! Runs a program over a text, with its own stack of choices.

use super::compile::{Program, Step, fold_unit};
use super::syntax::{Assert, is_word};
use crate::octostache::outcome::{EvalError, Limit};

/// Choices that may be open at once.
const MAX_CHOICES: usize = 1 << 20;

pub(super) struct Machine<'m> {
    program: &'m Program,
    text: &'m [u16],
    search_start: usize,
    steps: &'m mut u64,
    registers: Vec<usize>,
    /// Registers to put back, in order.
    undo: Vec<(usize, usize)>,
    behind_end: usize,
}

struct Choice {
    step: usize,
    at: usize,
    undo: usize,
}

const UNSET: usize = usize::MAX;

impl<'m> Machine<'m> {
    pub(super) fn new(
        program: &'m Program,
        text: &'m [u16],
        search_start: usize,
        steps: &'m mut u64,
    ) -> Self {
        let registers = vec![UNSET; program.registers];
        Self { program, text, search_start, steps, registers, undo: Vec::new(), behind_end: 0 }
    }

    pub(super) fn group(&self, number: usize) -> Option<(usize, usize)> {
        let start = *self.registers.get(2 * number)?;
        let end = *self.registers.get(2 * number + 1)?;
        (start != UNSET && end != UNSET && start <= end).then_some((start, end))
    }

    fn save(&mut self, register: usize, at: usize) {
        if let Some(place) = self.registers.get_mut(register) {
            self.undo.push((register, *place));
            *place = at;
        }
    }

    fn roll_back(&mut self, to: usize) {
        while self.undo.len() > to {
            if let Some((register, old)) = self.undo.pop()
                && let Some(place) = self.registers.get_mut(register)
            {
                *place = old;
            }
        }
    }

    /// Runs from a step at a place; gives where it ended.
    pub(super) fn run(&mut self, step: usize, at: usize) -> Result<Option<usize>, EvalError> {
        let begun = self.undo.len();
        let mut choices: Vec<Choice> = Vec::new();
        let (mut step, mut at) = (step, at);
        loop {
            match self.steps.checked_sub(1) {
                Some(left) => *self.steps = left,
                None => return Err(EvalError::Limit(Limit::Steps)),
            }
            let program = self.program;
            let Some(now) = program.steps.get(step) else { return Ok(None) };
            let unit = self.text.get(at).copied();
            let goes_on = match now {
                Step::Done => return Ok(Some(at)),
                Step::Unit(wanted, fold) => {
                    let found = unit.map(|unit| if *fold { fold_unit(unit) } else { unit });
                    at += 1;
                    found == Some(*wanted)
                }
                Step::Any(all) => {
                    at += 1;
                    unit.is_some_and(|unit| *all || unit != 10)
                }
                Step::Set(set) => {
                    at += 1;
                    let set = program.sets.get(*set);
                    unit.is_some_and(|unit| set.is_some_and(|set| set.has(unit)))
                }
                Step::BehindEnd => at == self.behind_end,
                Step::Assert(assert) => self.holds(*assert, at),
                Step::Split(first, second) => {
                    if choices.len() >= MAX_CHOICES {
                        return Err(EvalError::Limit(Limit::Steps));
                    }
                    choices.push(Choice { step: *second, at, undo: self.undo.len() });
                    step = *first;
                    continue;
                }
                Step::Jump(to) => {
                    step = *to;
                    continue;
                }
                Step::Save(register) => {
                    self.save(*register, at);
                    true
                }
                Step::Loop(register, back) => {
                    if self.registers.get(*register) != Some(&at) {
                        step = *back;
                        continue;
                    }
                    true
                }
                Step::Look { next, behind, negate } => {
                    let (inner, next, negate) = (step + 1, *next, *negate);
                    let undo = self.undo.len();
                    let found = if *behind {
                        self.behind(inner, at)?
                    } else {
                        self.run(inner, at)?.is_some()
                    };
                    if negate || !found {
                        self.roll_back(undo);
                    }
                    step = next;
                    if found != negate {
                        continue;
                    }
                    false
                }
                Step::Atomic { next } => {
                    let next = *next;
                    match self.run(step + 1, at)? {
                        Some(end) => {
                            at = end;
                            step = next;
                            continue;
                        }
                        None => false,
                    }
                }
                Step::Back(group, fold) => match self.group(*group) {
                    Some((start, end)) => {
                        let length = end - start;
                        let same =
                            |a: &u16, b: &u16| a == b || (*fold && fold_unit(*a) == fold_unit(*b));
                        let left = self.text.get(start..end).unwrap_or_default();
                        let right = self.text.get(at..at + length);
                        *self.steps = self.steps.saturating_sub(length as u64);
                        at += length;
                        right.is_some_and(|right| left.iter().zip(right).all(|(a, b)| same(a, b)))
                    }
                    None => false,
                },
            };
            if goes_on {
                step += 1;
                continue;
            }
            match choices.pop() {
                Some(choice) => {
                    self.roll_back(choice.undo);
                    (step, at) = (choice.step, choice.at);
                }
                None => {
                    self.roll_back(begun);
                    return Ok(None);
                }
            }
        }
    }

    /// Whether something that ends here matches.
    fn behind(&mut self, inner: usize, at: usize) -> Result<bool, EvalError> {
        let outer = std::mem::replace(&mut self.behind_end, at);
        let mut found = false;
        for start in (0..=at).rev() {
            if self.run(inner, start)?.is_some() {
                found = true;
                break;
            }
        }
        self.behind_end = outer;
        Ok(found)
    }

    fn holds(&self, assert: Assert, at: usize) -> bool {
        let end = self.text.len();
        let before = at.checked_sub(1).and_then(|at| self.text.get(at)).copied();
        let after = self.text.get(at).copied();
        let boundary = before.is_some_and(is_word) != after.is_some_and(is_word);
        match assert {
            Assert::TextStart => at == 0,
            Assert::TextEnd => at == end,
            Assert::LastEnd => at == end || (at + 1 == end && after == Some(10)),
            Assert::LineStart => at == 0 || before == Some(10),
            Assert::LineEnd => at == end || after == Some(10),
            Assert::Boundary => boundary,
            Assert::NotBoundary => !boundary,
            Assert::SearchStart => at == self.search_start,
        }
    }
}
