//! The Board: columns are environments in promotion order, rows are what holds
//! in them. One index of the design that is brought up to it after each edit;
//! the words of a cell are made only for cells on screen.
//!
//! Invariants: a row of a name is computed again only when its values, the
//! environments or the accounts of protected environments change; every cell
//! speaks of the same situation, [`context`].
//!
//! Source: reference, variables, sections 2 and 3; process, section 3.

mod cell;
mod paste;
mod setup;
mod steps;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use cell::{Cell, Holds, Mark, Marks};
pub use paste::table;
pub use setup::Login;
pub use steps::StepLine;
pub use values::{Resolved, context};

use crate::edit::variables::VariableOwner;
use crate::model::{Design, EnvironmentId, LibrarySetId};
use crate::scope::{Origin, Resolver, folded};
use values::Guarded;

/// One environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its id.
    pub id: EnvironmentId,
    /// Its name.
    pub name: String,
    /// Its colour, 1 to 12.
    pub hue: u32,
    /// Whether it is protected.
    pub is_protected: bool,
}

/// Rows under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// The steps of the deployment process.
    Process,
    /// The variables of the project.
    Project,
    /// Those of a library set.
    Set(LibrarySetId),
}

impl Group {
    /// What tells it from other groups.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Process => "group/process".to_owned(),
            Self::Project => "group/project".to_owned(),
            Self::Set(id) => ["group/set/", id.as_str()].concat(),
        }
    }
}

/// A row.
#[derive(Debug, Clone)]
pub enum Line {
    /// The Pulumi stack.
    Stack,
    /// The worker pool or container.
    Place,
    /// An account or token of Pulumi.
    Login(Login),
    /// Who has to approve.
    Gate,
    /// The heading of a group.
    Group(Group),
    /// A step.
    Step(Arc<StepLine>),
    /// A variable.
    Variable(Arc<Resolved>),
}

impl Line {
    /// Whether it is the very same row of a step or variable.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Step(one), Self::Step(other)) => Arc::ptr_eq(one, other),
            (Self::Variable(one), Self::Variable(other)) => Arc::ptr_eq(one, other),
            _ => false,
        }
    }

    /// What tells it from other rows, as the URL has it.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Stack => "stack".to_owned(),
            Self::Place => "place".to_owned(),
            Self::Login(Login::Cloud) => "credentials".to_owned(),
            Self::Login(Login::Backend) => "login".to_owned(),
            Self::Gate => "gate".to_owned(),
            Self::Group(group) => group.key(),
            Self::Step(line) => line.key(),
            Self::Variable(row) => row.key.to_string(),
        }
    }
}

/// The head of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Head {
    /// What it is called.
    pub name: String,
    /// The number of a step; empty for others.
    pub number: String,
    /// How far it is indented: 0, 1 or 2.
    pub level: u32,
    /// For a group, whether its rows are shown.
    pub is_open: Option<bool>,
    /// For a group, how many rows it has.
    pub count: usize,
}

/// Which rows are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Part of a row's name, ignoring case.
    pub search: String,
    /// Only rows in which something is not right somewhere.
    pub only_problems: bool,
    /// The groups whose rows are hidden.
    pub closed: BTreeSet<Group>,
}

impl Query {
    /// Whether no row is filtered out.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.search.trim().is_empty() && !self.only_problems
    }
}

/// The index.
#[derive(Debug, Default)]
pub struct Board {
    design: Design,
    resolver: Resolver,
    columns: Vec<Column>,
    guarded: Guarded,
    variables: Vec<Arc<Resolved>>,
    steps: Vec<Arc<StepLine>>,
    surroundings: u32,
}

impl Board {
    /// The board of `design`.
    #[must_use]
    pub fn new(design: &Design) -> Self {
        let mut board = Self::default();
        board.refresh(design);
        board
    }

    /// Brings the board up to `design`. Gives how many rows of variables had
    /// to be computed again.
    pub fn refresh(&mut self, design: &Design) -> usize {
        let old = std::mem::replace(&mut self.design, design.clone());
        let is_other_space = !old.space.environments.is_same(&design.space.environments);
        let mut keeps_columns = true;
        if is_other_space || self.columns.is_empty() {
            let columns = columns(design);
            keeps_columns = columns == self.columns;
            self.columns = columns;
        }
        if !old.project.process.steps.is_same(&design.project.process.steps)
            || self.steps.is_empty()
        {
            self.steps = steps::lines(&design.project.process);
        }
        if !keeps_columns || !has_same_surroundings(&old, design) {
            self.surroundings = self.surroundings.wrapping_add(1);
        }
        self.resolver.refresh(design);
        self.renew(keeps_columns)
    }

    /// Counts the changes of all that cells of steps and variables say, beside
    /// what their rows hold: while it stays, the same row says the same.
    #[must_use]
    pub fn surroundings(&self) -> u32 {
        self.surroundings
    }

    fn renew(&mut self, keeps_columns: bool) -> usize {
        let old = std::mem::take(&mut self.variables);
        let mut known = Known::new(if keeps_columns { &old } else { &[] });
        let mut count = 0;
        let guarded = &self.guarded;
        let (resolver, columns) = (&self.resolver, &self.columns);
        let mut touches_accounts = old.len() != resolver.names().len() || !keeps_columns;
        let mut rows = Vec::with_capacity(resolver.names().len());
        for candidates in resolver.names() {
            rows.push(match known.take(candidates) {
                Some(row) => row,
                None => {
                    count += 1;
                    let row = Resolved::new(candidates, resolver, columns, guarded);
                    touches_accounts |= row.has_account;
                    Arc::new(row)
                }
            });
        }
        // A row that had an account may have none any more.
        touches_accounts |= count > 0 && old.iter().any(|row| row.has_account);
        self.variables = rows;
        if touches_accounts {
            count += self.guard_anew();
        }
        count
    }

    /// Finds the accounts of protected environments; where they have changed,
    /// so may have the leaks of all rows with accounts.
    fn guard_anew(&mut self) -> usize {
        let mut guarded = Guarded::new();
        for row in &self.variables {
            row.guard(&self.columns, &mut guarded);
        }
        if guarded == self.guarded {
            return 0;
        }
        self.guarded = guarded;
        let mut count = 0;
        for row in self.variables.iter_mut().filter(|row| row.has_account) {
            *row = Arc::new(row.guarded_anew(&self.columns, &self.guarded));
            count += 1;
        }
        count
    }

    /// The environments in promotion order.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The design that the board shows.
    #[must_use]
    pub fn design(&self) -> &Design {
        &self.design
    }

    /// The index of the design's variables.
    #[must_use]
    pub fn resolver(&self) -> &Resolver {
        &self.resolver
    }

    /// The rows that `query` takes.
    #[must_use]
    pub fn lines(&self, query: &Query) -> Vec<Line> {
        let wanted = folded(query.search.trim());
        let fits = |name: &str| {
            wanted.is_empty() || (name.len() >= wanted.len() && folded(name).contains(&wanted))
        };
        let mut lines = Vec::with_capacity(self.variables.len() + self.steps.len() + 10);
        let setup = [Line::Stack, Line::Place]
            .into_iter()
            .chain(self.logins().into_iter().map(Line::Login))
            .chain([Line::Gate]);
        for line in setup {
            let is_fine = || !query.only_problems || self.has_problem(&line);
            if fits(&self.head(&line, query).name) && is_fine() {
                lines.push(line);
            }
        }
        for group in self.groups() {
            let at = lines.len();
            lines.push(Line::Group(group.clone()));
            // What is looked for is shown, even where its group is closed.
            let is_closed = query.is_all() && query.closed.contains(&group);
            if is_closed {
                continue;
            }
            let before = lines.len();
            if group == Group::Process {
                let taken = self.steps.iter().filter(|one| {
                    fits(one.name())
                        && (!query.only_problems
                            || one.faults(&self.columns).any_of(Marks::problems()))
                });
                lines.extend(taken.cloned().map(Line::Step));
            } else {
                let taken = self.variables.iter().filter(|row| {
                    row.group == group
                        && fits(row.candidates.name().as_str())
                        && (!query.only_problems || is_faulty(row))
                });
                lines.extend(taken.cloned().map(Line::Variable));
            }
            if lines.len() == before && !query.is_all() {
                lines.truncate(at);
            }
        }
        lines
    }

    /// The groups, in the order of their rows.
    fn groups(&self) -> Vec<Group> {
        let mut groups = vec![Group::Process, Group::Project];
        for id in &self.design.project.included_sets {
            let group = Group::Set(id.clone());
            if !groups.contains(&group) && self.variables.iter().any(|row| row.group == group) {
                groups.push(group);
            }
        }
        groups
    }

    /// What of Pulumi's logins has a row.
    fn logins(&self) -> Vec<Login> {
        let mut logins = vec![Login::Cloud];
        if Login::Backend.variable(&self.design).is_some() {
            logins.push(Login::Backend);
        }
        logins
    }

    fn has_problem(&self, line: &Line) -> bool {
        (0..self.columns.len()).any(|at| self.cell(line, at).marks.any_of(Marks::problems()))
    }

    /// The head of a row.
    #[must_use]
    pub fn head(&self, line: &Line, query: &Query) -> Head {
        let named = |name: &str| Head { name: name.to_owned(), ..Head::default() };
        match line {
            Line::Stack => named("Stack"),
            Line::Place => named("Runs on"),
            Line::Login(login) => named(login.label()),
            Line::Gate => named("Gate"),
            Line::Group(group) => Head {
                name: self.group_name(group),
                is_open: Some(!query.is_all() || !query.closed.contains(group)),
                count: self.count(group),
                ..Head::default()
            },
            Line::Step(step) => Head {
                name: step.name().to_owned(),
                number: step.number.clone(),
                level: if step.child.is_some() { 2 } else { 1 },
                ..Head::default()
            },
            Line::Variable(row) => {
                Head { name: row.candidates.name().to_string(), level: 1, ..Head::default() }
            }
        }
    }

    fn group_name(&self, group: &Group) -> String {
        match group {
            Group::Process => "Process".to_owned(),
            Group::Project => "Variables".to_owned(),
            Group::Set(id) => {
                let set = self.design.space.library_sets.get(id);
                set.map_or_else(|| id.to_string(), |set| format!("From {}", set.name))
            }
        }
    }

    fn count(&self, group: &Group) -> usize {
        match group {
            Group::Process => self.design.project.process.steps.len(),
            _ => self.variables.iter().filter(|row| row.group == *group).count(),
        }
    }

    /// What a row says in the environment at a place.
    #[must_use]
    pub fn cell(&self, line: &Line, at: usize) -> Cell {
        let Some(column) = self.columns.get(at) else { return Cell::default() };
        match line {
            Line::Stack => setup::stack_cell(&self.design, &self.columns, at),
            Line::Place => setup::place_cell(&self.design, &self.resolver, column),
            Line::Gate => steps::gate_cell(&self.design, column),
            Line::Login(login) => match self.row_of_login(*login) {
                Some(row) => row.cell(&self.design, &self.columns, at),
                None => login.absent(&self.design),
            },
            Line::Group(group) => self.group_cell(group, at),
            Line::Step(step) => step.cell(&self.design, &self.columns, at),
            Line::Variable(row) => row.cell(&self.design, &self.columns, at),
        }
    }

    /// How many rows of a group are not right in an environment.
    fn group_cell(&self, group: &Group, at: usize) -> Cell {
        let mut cell = Cell::default();
        let rows = self.variables.iter().filter(|row| row.group == *group);
        let is_faulty = |row: &&Arc<Resolved>| {
            row.faults.get(at).is_some_and(|faults| faults.any_of(Marks::problems()))
        };
        let count = rows.filter(is_faulty).count();
        if count > 0 {
            cell.text = count.to_string();
            cell.mark(Mark::Wrong);
            cell.say(if count == 1 { "one needs a look here" } else { "need a look here" });
        }
        cell
    }

    /// The row of the variable with a name, in any case.
    #[must_use]
    pub fn row_of(&self, name: &str) -> Option<&Arc<Resolved>> {
        let candidates = self.resolver.candidates(name)?;
        self.variables.iter().find(|row| Arc::ptr_eq(&row.candidates, candidates))
    }

    fn row_of_login(&self, login: Login) -> Option<&Arc<Resolved>> {
        self.row_of(login.variable(&self.design)?)
    }

    /// The name of the variable that decides what a row says, if one does.
    #[must_use]
    pub fn variable_of(&self, line: &Line) -> Option<String> {
        match line {
            Line::Variable(row) => Some(row.candidates.name().to_string()),
            Line::Login(login) => login.variable(&self.design).map(str::to_owned),
            Line::Place => setup::pool_variable(&self.design).map(str::to_owned),
            Line::Stack | Line::Gate | Line::Group(_) | Line::Step(_) => None,
        }
    }

    /// The text of the value that wins for a row's variable in an environment,
    /// to edit; nothing where none does or it is no text.
    #[must_use]
    pub fn text_of(&self, line: &Line, at: usize) -> String {
        let row = match line {
            Line::Variable(row) => Some(row),
            line => self.variable_of(line).and_then(|name| self.row_of(&name)),
        };
        row.and_then(|row| row.text(at)).unwrap_or_default()
    }

    /// A content of the type that the values of a name have.
    #[must_use]
    pub fn content_of(&self, name: &str) -> Option<crate::model::VariableContent> {
        let entries = self.resolver.candidates(name)?.entries();
        let own = entries.iter().rev().find(|one| matches!(one.origin, Origin::Variable(_)));
        own.map(|entry| entry.content().clone())
    }

    /// Whose variable a name is in the first place; the project's where it is new.
    #[must_use]
    pub fn owner_of(&self, name: &str) -> VariableOwner {
        match self.row_of(name).map(|row| &row.group) {
            Some(Group::Set(id)) => VariableOwner::Set(id.clone()),
            _ => VariableOwner::Project,
        }
    }
}

/// Whether all that rows of steps and variables name is the same.
fn has_same_surroundings(old: &Design, new: &Design) -> bool {
    let sets = |design: &Design| {
        let sets = design.space.library_sets.iter();
        sets.map(|set| (set.id.clone(), set.name.clone())).collect::<Vec<_>>()
    };
    let (space, before) = (&new.space, &old.space);
    space.environments.is_same(&before.environments)
        && space.accounts.is_same(&before.accounts)
        && space.certificates.is_same(&before.certificates)
        && space.worker_pools.is_same(&before.worker_pools)
        && space.teams.is_same(&before.teams)
        && new.project.channels.is_same(&old.project.channels)
        && (space.library_sets.is_same(&before.library_sets) || sets(old) == sets(new))
}

fn columns(design: &Design) -> Vec<Column> {
    let environments = design.space.environments.iter().enumerate();
    environments
        .map(|(place, one)| Column {
            id: one.id.clone(),
            name: one.name.to_string(),
            hue: one.colour(place),
            is_protected: one.is_protected,
        })
        .collect()
}

fn is_faulty(row: &Resolved) -> bool {
    row.faults.iter().any(|faults| faults.any_of(Marks::problems()))
}

/// Rows by the values that they were computed from. After most edits all rows
/// keep their places, so the next one is mostly the one that is looked for.
struct Known<'r> {
    rows: &'r [Arc<Resolved>],
    next: usize,
    by_values: Option<std::collections::HashMap<usize, usize>>,
}

impl<'r> Known<'r> {
    fn new(rows: &'r [Arc<Resolved>]) -> Self {
        Self { rows, next: 0, by_values: None }
    }

    fn take(&mut self, wanted: &Arc<crate::scope::Candidates>) -> Option<Arc<Resolved>> {
        let at = self.next;
        self.next += 1;
        if let Some(here) = self.rows.get(at)
            && Arc::ptr_eq(&here.candidates, wanted)
        {
            return Some(Arc::clone(here));
        }
        // The old row still holds its values, so no new ones have their address.
        let address = |row: &Arc<crate::scope::Candidates>| Arc::as_ptr(row).addr();
        let by_values = self.by_values.get_or_insert_with(|| {
            self.rows.iter().enumerate().map(|(at, row)| (address(&row.candidates), at)).collect()
        });
        let at = *by_values.get(&address(wanted))?;
        self.next = at + 1;
        self.rows.get(at).map(Arc::clone)
    }
}
