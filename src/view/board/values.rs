//! Rows of variables: what each environment gets of a name, computed once for
//! all environments and kept until the name's values change.
//!
//! A *leak* is, precisely: in an environment that is not protected, a value
//! wins that holds a credential which a protected environment gets as well.
//! That is the very same sensitive value or certificate, or the same account,
//! be it by another variable. Expressions such as `#{Token}` are not followed,
//! and neither are values that need a step, target, channel or tenant.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::cell::{Cell, Holds, Mark, Marks, listed};
use super::{Column, Group};
use crate::model::{Design, EnvironmentId, VariableContent};
use crate::record::Bound;
use crate::scope::{
    Candidates, Context, Dimension, Entry, Origin, Outcome, Resolution, Resolver, Verdict, engine,
};
use crate::view::variables::{choice_of, choices};

/// The situation of all cells: a deployment, once on a worker, without a
/// channel, target, step or tenant. What needs one of them does not apply.
#[must_use]
pub fn context() -> Context {
    Context::deployment()
}

/// The ids of accounts that protected environments get.
pub(super) type Guarded = BTreeSet<String>;

/// A row of a name.
#[derive(Debug)]
pub struct Resolved {
    /// Its values; the very same ones mean the very same row.
    pub candidates: Arc<Candidates>,
    /// Where it stands.
    pub group: Group,
    /// What tells it from other rows.
    pub key: Arc<str>,
    /// The result in each environment.
    pub(super) results: Vec<Resolution>,
    /// What is not right in each environment.
    pub(super) faults: Vec<Marks>,
    /// Whether any value holds an account.
    pub(super) has_account: bool,
}

impl Resolved {
    pub(super) fn new(
        candidates: &Arc<Candidates>,
        resolver: &Resolver,
        columns: &[Column],
        guarded: &Guarded,
    ) -> Self {
        let mut results = Vec::new();
        resolver.resolve_row_into(candidates, &context(), &mut results);
        let entries = candidates.entries();
        let (group, key) = match entries.first() {
            Some(Entry { set: Some(set), origin, .. }) => (Group::Set(set.clone()), key_of(origin)),
            Some(Entry { origin, .. }) => (Group::Project, key_of(origin)),
            None => (Group::Project, ["var/", candidates.name().as_str()].concat()),
        };
        let mut row = Self {
            candidates: Arc::clone(candidates),
            group,
            key: key.into(),
            results,
            faults: Vec::new(),
            has_account: entries.iter().any(|entry| account_of(entry).is_some()),
        };
        row.find_faults(columns, guarded);
        row
    }

    /// The same row where other accounts are those of protected environments.
    pub(super) fn guarded_anew(&self, columns: &[Column], guarded: &Guarded) -> Self {
        let mut row = Self {
            candidates: Arc::clone(&self.candidates),
            group: self.group.clone(),
            key: Arc::clone(&self.key),
            results: self.results.clone(),
            faults: Vec::new(),
            has_account: self.has_account,
        };
        row.find_faults(columns, guarded);
        row
    }

    fn find_faults(&mut self, columns: &[Column], guarded: &Guarded) {
        let reached = self.reached_where_protected(columns);
        let faults = self.results.iter().zip(columns).map(|(result, column)| {
            let winners = || self.winners(*result, &column.id);
            match result.outcome() {
                Outcome::Undefined if self.varying(&column.id).next().is_some() => {
                    Marks::NONE.with(Mark::Elsewhere)
                }
                // Tenants have their own; what a project gives of it is no hole.
                Outcome::Undefined if self.is_of_tenants() => Marks::NONE.with(Mark::Elsewhere),
                Outcome::Undefined => Marks::NONE.with(Mark::Hole),
                Outcome::Value(_) | Outcome::Ambiguous { .. } => {
                    let is_leak = !column.is_protected
                        && winners().any(|(at, entry)| {
                            let is_same = is_secret(entry) && reached.contains(&at);
                            is_same || account_of(entry).is_some_and(|id| guarded.contains(id))
                        });
                    let is_unset =
                        winners().any(|(_, entry)| is_unset(entry) && entry.value.prompt.is_none());
                    Marks::NONE
                        .with_if(result.is_ambiguous(), Mark::Tie)
                        .with_if(is_leak, Mark::Leak)
                        .with_if(is_unset, Mark::Unset)
                }
            }
        });
        self.faults = faults.collect();
    }

    /// The values that win in any protected environment.
    fn reached_where_protected(&self, columns: &[Column]) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        if self.candidates.entries().iter().any(is_secret) {
            for (result, column) in self.results.iter().zip(columns) {
                if column.is_protected {
                    reached.extend(self.winners(*result, &column.id).map(|(at, _)| at));
                }
            }
        }
        reached
    }

    /// The accounts that win in protected environments.
    pub(super) fn guard(&self, columns: &[Column], guarded: &mut Guarded) {
        if !self.has_account {
            return;
        }
        for (result, column) in self.results.iter().zip(columns) {
            if column.is_protected {
                let winners = self.winners(*result, &column.id);
                guarded
                    .extend(winners.filter_map(|(_, entry)| account_of(entry)).map(str::to_owned));
            }
        }
    }

    /// All values that win in an environment, with their places.
    pub(super) fn winners<'s>(
        &'s self,
        result: Resolution,
        environment: &EnvironmentId,
    ) -> impl Iterator<Item = (usize, &'s Entry)> + use<'s> {
        let entries = self.candidates.entries();
        // All winners of a tie have the same rank, so one look at each is enough.
        let ties = match result.outcome() {
            Outcome::Undefined => Vec::new(),
            Outcome::Value(at) => vec![at],
            Outcome::Ambiguous { .. } => {
                let context = context().in_environment(environment.clone());
                let all = engine::ranks(&self.candidates.plain(), &context);
                let wins = |rank: &Option<_>| rank.is_some() && *rank == result.rank();
                all.iter().enumerate().filter(|(_, rank)| wins(rank)).map(|(at, _)| at).collect()
            }
        };
        ties.into_iter().filter_map(move |at| Some((at, entries.get(at)?)))
    }

    /// The values that may apply in an environment once there is a channel,
    /// step, target or tenant.
    fn varying<'s>(
        &'s self,
        environment: &EnvironmentId,
    ) -> impl Iterator<Item = &'s Entry> + use<'s> {
        let context = context().in_environment(environment.clone());
        self.candidates.entries().iter().filter(move |entry| {
            let candidate = entry.candidate();
            let says = |dimension| engine::verdict(dimension, candidate, &context);
            let mut lacks = false;
            for dimension in Dimension::ALL {
                match says(dimension) {
                    Verdict::Other => return false,
                    Verdict::Absent => lacks = true,
                    Verdict::Unlimited | Verdict::Matches => {}
                }
            }
            lacks
        })
    }

    /// Whether only tenants have values of it.
    fn is_of_tenants(&self) -> bool {
        let entries = self.candidates.entries();
        entries.iter().all(|entry| !matches!(entry.origin, Origin::Variable(_)))
    }

    /// What the row says in the environment of `column`.
    pub(super) fn cell(&self, design: &Design, columns: &[Column], at: usize) -> Cell {
        let (Some(result), Some(column)) = (self.results.get(at).copied(), columns.get(at)) else {
            return Cell::default();
        };
        let mut cell =
            Cell { marks: self.faults.get(at).copied().unwrap_or_default(), ..Cell::default() };
        let varying = self.varying(&column.id).count();
        let is_of_tenants = self.is_of_tenants();
        let mut winners = self.winners(result, &column.id);
        let Some((_, first)) = winners.next() else {
            cell.holds = if is_of_tenants { Holds::Nothing } else { self.holds() };
            if is_of_tenants {
                "per tenant".clone_into(&mut cell.text);
                cell.say("each tenant gives its own value");
            } else if varying > 0 {
                "only sometimes".clone_into(&mut cell.text);
                cell.say("a value applies only for some channel, step, target or tenant");
            } else {
                cell.say("no value applies here");
            }
            return cell;
        };
        let others = winners.count();
        read(design, first, &mut cell);
        if others > 0 {
            cell.text = format!("{} values tie", others + 1);
            cell.marks = cell.marks.with(Mark::Tie);
            cell.say("Octopus does not promise which one it takes");
            return cell;
        }
        let named = &first.scope().environments;
        if named.is_empty() {
            cell.mark(Mark::Inherited);
            cell.say("inherited, it applies in every environment");
        } else if named.len() > 1 {
            cell.mark(Mark::Shared);
            let names = columns
                .iter()
                .filter(|one| one.id != column.id && named.contains(&one.id))
                .map(|one| one.name.as_str());
            let names = listed(names);
            if !names.is_empty() {
                cell.say(format!("shared with {names}"));
            }
        }
        self.say_source(design, first, &mut cell);
        if first.value.prompt.is_some() {
            cell.mark(Mark::Prompted);
            cell.say("people are asked for it");
        }
        if cell.marks.has(Mark::Leak) {
            cell.say("a protected environment gets the same credential");
        }
        if varying > 0 {
            cell.mark(Mark::Varies);
            cell.say("another value may win for some channel, step, target or tenant");
        }
        if !result.caveats().is_empty() {
            cell.mark(Mark::Doubt);
            cell.say("Octopus may decide otherwise, the order is not verified");
        }
        cell
    }

    /// The text that wins in the environment at a place, if it is one.
    pub(super) fn text(&self, at: usize) -> Option<String> {
        let first = match self.results.get(at)?.outcome() {
            Outcome::Undefined => return None,
            Outcome::Value(first) | Outcome::Ambiguous { first, .. } => first,
        };
        match self.candidates.get(first)?.content() {
            VariableContent::Text(content) => Some(content.text.clone()),
            _ => None,
        }
    }

    /// Says the library set of a value, unless the row stands under it.
    fn say_source(&self, design: &Design, entry: &Entry, cell: &mut Cell) {
        let Some(set) = &entry.set else { return };
        if self.group != Group::Set(set.clone())
            && let Some(set) = design.space.library_sets.get(set)
        {
            cell.say(format!("from the library set {}", set.name));
        }
    }

    /// How a value of this name is given.
    fn holds(&self) -> Holds {
        let entries = self.candidates.entries();
        let last = entries.iter().rev().find(|one| matches!(one.origin, Origin::Variable(_)));
        match last.map(Entry::content) {
            None | Some(VariableContent::Text(_)) => Holds::Text,
            Some(_) => Holds::Choice,
        }
    }
}

fn key_of(origin: &Origin) -> String {
    match origin {
        Origin::Variable(variable) => ["var/", variable.id.as_str()].concat(),
        Origin::Tenant { template, .. } | Origin::Default(template) => {
            ["template/", template.id.as_str()].concat()
        }
    }
}

/// Whether a value holds a secret of its own: a sensitive text, a certificate.
fn is_secret(entry: &Entry) -> bool {
    match entry.content() {
        VariableContent::Sensitive(own) => own.is_set,
        VariableContent::Certificate(own) => own.certificate.is_some(),
        _ => false,
    }
}

/// The account that a value holds, where it is known.
fn account_of(entry: &Entry) -> Option<&str> {
    let account = entry.content().account()?.account.as_ref().and_then(Bound::known)?;
    Some(account.as_str())
}

/// Whether a value still has to be set or chosen.
fn is_unset(entry: &Entry) -> bool {
    match entry.content() {
        VariableContent::Text(_) => false,
        other => choice_of(other).is_empty(),
    }
}

/// Puts what a value holds into words.
fn read(design: &Design, entry: &Entry, cell: &mut Cell) {
    match entry.content() {
        VariableContent::Text(content) => {
            cell.holds = Holds::Text;
            cell.mark(Mark::Code);
            let mut lines = content.text.lines();
            lines.next().unwrap_or_default().clone_into(&mut cell.text);
            let more = lines.count();
            if more > 0 {
                cell.text = format!("{} … {} lines", cell.text, more + 1);
            }
            if content.text.is_empty() {
                cell.say("empty");
            }
        }
        VariableContent::Sensitive(content) => {
            cell.holds = Holds::Choice;
            cell.mark(Mark::Secret);
            let text = if content.is_set { "••• set" } else { "not set" };
            text.clone_into(&mut cell.text);
            cell.say(if content.is_set {
                "a secret that Octopus holds"
            } else {
                "a secret that is still to be set in Octopus"
            });
        }
        other => {
            cell.holds = Holds::Choice;
            let chosen = choice_of(other);
            let all = choices(design, other).unwrap_or_default();
            let label = all.into_iter().find(|(value, _)| *value == chosen).map(|(_, label)| label);
            cell.text = label.unwrap_or(chosen);
        }
    }
}
