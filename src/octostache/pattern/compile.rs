//! Turns the tree into a flat program.

use super::Refusal;
use super::syntax::{Assert, Class, Item, Parsed, Set, Tree, is_word};
use crate::octostache::chars::{is_digit, is_letter, lower};

/// Instructions a program may have.
const MAX_SIZE: usize = 20_000;

pub(super) enum Step {
    Unit(u16, bool),
    Any(bool),
    Set(usize),
    Assert(Assert),
    /// Tries the first, then the second.
    Split(usize, usize),
    Jump(usize),
    /// Notes the position in a register.
    Save(usize),
    /// Goes back if there was progress since the register was set.
    Loop(usize, usize),
    /// Runs what follows until its `Done`, then goes on at the given step.
    Look {
        next: usize,
        behind: bool,
        negate: bool,
    },
    Atomic {
        next: usize,
    },
    Back(usize, bool),
    /// The place that a look behind must end at.
    BehindEnd,
    Done,
}

pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<CompiledSet>,
    pub(super) registers: usize,
}

/// A set ready to ask.
pub(super) struct CompiledSet {
    negate: bool,
    fold: bool,
    items: Vec<Item>,
    without: Option<Box<CompiledSet>>,
}

impl CompiledSet {
    pub(super) fn has(&self, unit: u16) -> bool {
        let mut inside = self.items.iter().any(|item| item_has(item, unit));
        if self.fold && !inside {
            let (low, high) = (fold_unit(unit), upper_unit(unit));
            inside = self.items.iter().any(|item| item_has(item, low) || item_has(item, high));
        }
        inside != self.negate && !self.without.as_ref().is_some_and(|set| set.has(unit))
    }
}

fn item_has(item: &Item, unit: u16) -> bool {
    match item {
        Item::Range(low, high) => (*low..=*high).contains(&unit),
        Item::Class(class, negate) => {
            let c = char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}');
            let inside = match class {
                Class::Digit => is_digit(c),
                Class::Word => is_word(unit),
                Class::Space => c.is_whitespace(),
                Class::Letter => is_letter(c),
                Class::Upper => c.is_uppercase(),
                Class::Lower => c.is_lowercase(),
            };
            inside != *negate
        }
    }
}

/// Lower case of a unit, for comparing without case.
pub(super) fn fold_unit(unit: u16) -> u16 {
    let folded = char::from_u32(u32::from(unit)).map(lower);
    folded.and_then(|c| u16::try_from(c as u32).ok()).unwrap_or(unit)
}

fn upper_unit(unit: u16) -> u16 {
    let folded = char::from_u32(u32::from(unit)).map(crate::octostache::chars::upper);
    folded.and_then(|c| u16::try_from(c as u32).ok()).unwrap_or(unit)
}

fn compile_set(set: &Set) -> CompiledSet {
    let items = set.items.iter().map(|item| match item {
        Item::Range(low, high) => Item::Range(*low, *high),
        Item::Class(class, negate) => Item::Class(*class, *negate),
    });
    CompiledSet {
        negate: set.negate,
        fold: set.fold,
        items: items.collect(),
        without: set.without.as_ref().map(|inner| Box::new(compile_set(inner))),
    }
}

pub(super) fn compile(parsed: &Parsed) -> Result<Program, Refusal> {
    let registers = 2 * (parsed.groups + 1);
    let mut program = Program { steps: Vec::new(), sets: Vec::new(), registers };
    program.tree(&parsed.root)?;
    program.steps.push(Step::Done);
    Ok(program)
}

impl Program {
    fn push(&mut self, step: Step) -> Result<usize, Refusal> {
        if self.steps.len() >= MAX_SIZE {
            return Err(Refusal::Unknown("The regular expression is too large for this preview"));
        }
        self.steps.push(step);
        Ok(self.steps.len() - 1)
    }

    fn patch(&mut self, at: usize, step: Step) {
        if let Some(place) = self.steps.get_mut(at) {
            *place = step;
        }
    }

    fn tree(&mut self, tree: &Tree) -> Result<(), Refusal> {
        match tree {
            Tree::Empty => {}
            Tree::Unit(unit, fold) => {
                let unit = if *fold { fold_unit(*unit) } else { *unit };
                self.push(Step::Unit(unit, *fold))?;
            }
            Tree::Any(all) => {
                self.push(Step::Any(*all))?;
            }
            Tree::Set(set) => {
                self.sets.push(compile_set(set));
                self.push(Step::Set(self.sets.len() - 1))?;
            }
            Tree::Assert(assert) => {
                self.push(Step::Assert(*assert))?;
            }
            Tree::Back(group, fold) => {
                self.push(Step::Back(*group, *fold))?;
            }
            Tree::Group(number, inner) => {
                self.push(Step::Save(2 * number))?;
                self.tree(inner)?;
                self.push(Step::Save(2 * number + 1))?;
            }
            Tree::Concat(list) => {
                for inner in list {
                    self.tree(inner)?;
                }
            }
            Tree::Either(list) => self.either(list)?,
            Tree::Repeat { inner, least, most, greedy } => {
                self.repeat(inner, *least, *most, *greedy)?;
            }
            Tree::Look { inner, behind, negate } => {
                let at = self.push(Step::Done)?;
                self.tree(inner)?;
                if *behind {
                    self.push(Step::BehindEnd)?;
                }
                self.push(Step::Done)?;
                let next = self.steps.len();
                self.patch(at, Step::Look { next, behind: *behind, negate: *negate });
            }
            Tree::Atomic(inner) => {
                let at = self.push(Step::Done)?;
                self.tree(inner)?;
                self.push(Step::Done)?;
                let next = self.steps.len();
                self.patch(at, Step::Atomic { next });
            }
        }
        Ok(())
    }

    fn either(&mut self, list: &[Tree]) -> Result<(), Refusal> {
        let mut exits = Vec::new();
        for (count, inner) in list.iter().enumerate() {
            if count + 1 == list.len() {
                self.tree(inner)?;
                break;
            }
            let split = self.push(Step::Done)?;
            self.tree(inner)?;
            exits.push(self.push(Step::Done)?);
            self.patch(split, Step::Split(split + 1, self.steps.len()));
        }
        let end = self.steps.len();
        for exit in exits {
            self.patch(exit, Step::Jump(end));
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        inner: &Tree,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    ) -> Result<(), Refusal> {
        let choice =
            |body, exit| if greedy { Step::Split(body, exit) } else { Step::Split(exit, body) };
        for _ in 0..least {
            let before = self.steps.len();
            self.tree(inner)?;
            if self.steps.len() == before {
                // Nothing, any number of times.
                return Ok(());
            }
        }
        let Some(most) = most else {
            let register = self.registers;
            self.registers += 1;
            let split = self.push(Step::Done)?;
            self.push(Step::Save(register))?;
            self.tree(inner)?;
            self.push(Step::Loop(register, split))?;
            let exit = self.steps.len();
            self.patch(split, choice(split + 1, exit));
            return Ok(());
        };
        let mut splits = Vec::new();
        for _ in least..most {
            splits.push(self.push(Step::Done)?);
            self.tree(inner)?;
        }
        let exit = self.steps.len();
        for split in splits {
            self.patch(split, choice(split + 1, exit));
        }
        Ok(())
    }
}
