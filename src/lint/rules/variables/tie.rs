//! Values of one name that apply equally.

use std::collections::HashMap;
use std::fmt::Write;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, EnvironmentId, Scope};

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/tie",
    severity: Severity::Warning,
    summary: "Two values apply equally, and nobody knows which one wins",
    why: "Octopus takes the value with the narrower scope; between equal ones it promises \
          nothing. The number of environments in a scope does not make it narrower.",
    remedy: "Take one value away, or narrow its scope.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    // Values that may tie have one number: that of their name in their kind of set.
    let mut groups: HashMap<(String, String), usize> = HashMap::new();
    // By that number: each rest of a scope, and the environments seen with it.
    let mut seen: Vec<Vec<(String, Bits)>> = Vec::new();
    let mut places = Places::default();
    let mut group = 0;
    for at in &walk::values(design) {
        if at.index == 0 {
            let key = (set_of(design, at), at.variable.name.as_str().to_ascii_lowercase());
            let next = groups.len();
            group = *groups.entry(key).or_insert(next);
        }
        if seen.len() <= group {
            seen.resize_with(group + 1, Vec::new);
        }
        let Some(group) = seen.get_mut(group) else { continue };
        let scope = &at.value.scope;
        let rest = rest_of(scope);
        let before = match group.iter().position(|(one, _)| *one == rest) {
            Some(at) => at,
            None => {
                group.push((rest, Bits::default()));
                group.len() - 1
            }
        };
        let Some((_, before)) = group.get_mut(before) else { continue };
        let mut own = Bits::default();
        let mut ties = Vec::new();
        if scope.environments.is_empty() {
            if before.has(EVERYWHERE) {
                ties.push("");
            }
            own.set(EVERYWHERE);
        }
        for id in &scope.environments {
            let place = places.of(id);
            // The same environment twice in one scope is no tie.
            if before.has(place) && !own.has(place) {
                ties.push(id.as_str());
            }
            own.set(place);
        }
        before.add(&own);
        if let Some(first) = ties.first() {
            let place = if first.is_empty() {
                "where nothing narrower applies".to_owned()
            } else {
                let names = ties.iter().map(|id| {
                    let mut environments = design.space.environments.iter();
                    environments
                        .find(|one| one.id.as_str() == *id)
                        .map_or(*id, |one| one.name.as_str())
                });
                format!("in {}", walk::some_of(&names.collect::<Vec<_>>()))
            };
            findings.push(RULE.at(
                at.path(),
                format!(
                    "{}{} has two values that apply equally {place}.",
                    at.variable.name,
                    at.set.suffix()
                ),
            ));
        }
    }
}

/// The place of what applies in every environment.
const EVERYWHERE: usize = 0;

/// Numbers for environments, in the order in which they are met.
#[derive(Default)]
struct Places<'d> {
    by_id: HashMap<&'d str, usize>,
    order: Vec<&'d str>,
    last: usize,
}

impl<'d> Places<'d> {
    fn of(&mut self, id: &'d EnvironmentId) -> usize {
        let id = id.as_str();
        // Most scopes follow one order, so it is mostly the one after the last.
        let place = if self.order.get(self.last + 1) == Some(&id) {
            self.last + 1
        } else {
            let order = &mut self.order;
            *self.by_id.entry(id).or_insert_with(|| {
                order.push(id);
                order.len() - 1
            })
        };
        self.last = place;
        place + EVERYWHERE + 1
    }
}

/// A set of places.
#[derive(Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    fn set(&mut self, place: usize) {
        if self.0.len() <= place / 64 {
            self.0.resize(place / 64 + 1, 0);
        }
        if let Some(word) = self.0.get_mut(place / 64) {
            *word |= 1 << (place % 64);
        }
    }

    fn add(&mut self, others: &Self) {
        if self.0.len() < others.0.len() {
            self.0.resize(others.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&others.0) {
            *word |= other;
        }
    }
}

/// What ties with what: the project's own values, those of all library sets it
/// includes, and those of any other set by itself.
fn set_of(design: &Design, at: &walk::ValueAt<'_>) -> String {
    let is_included = at.set.library.is_some_and(|(index, _)| {
        let set = design.space.library_sets.nth(index);
        set.is_some_and(|set| design.project.included_sets.contains(&set.id))
    });
    if is_included { "included".to_owned() } else { at.set.path() }
}

/// All dimensions but the environments, in an order of their own.
fn rest_of(scope: &Scope) -> String {
    fn add<T: std::fmt::Debug + Ord>(key: &mut String, items: &[T]) {
        let mut sorted: Vec<&T> = items.iter().collect();
        sorted.sort();
        write!(key, "{sorted:?}").ok();
    }
    let mut key = String::new();
    let is_plain = scope.channels.is_empty()
        && scope.actions.is_empty()
        && scope.targets.is_empty()
        && scope.target_tags.is_empty()
        && scope.tenant_tags.is_empty()
        && scope.processes.is_empty();
    if is_plain {
        return key;
    }
    add(&mut key, &scope.channels);
    add(&mut key, &scope.actions);
    add(&mut key, &scope.targets);
    add(&mut key, &scope.target_tags);
    add(&mut key, &scope.tenant_tags);
    add(&mut key, &scope.processes);
    key
}
