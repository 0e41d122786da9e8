//! Which steps name a variable: by themselves, or by way of other variables.

use std::collections::{HashMap, HashSet};

use crate::export;
use crate::model::{ActionId, Design, VariableContent};
use crate::octostache::{self, Mode};
use crate::scope::folded;

/// What the steps of a design name.
///
/// A name counts where an expression reads it (`#{Name}`, `#{Name.Part}`),
/// where a property holds it (an account variable is named so), and where it
/// stands in quotes in a script, as in `get_octopusvariable "Name"`. The
/// scripts are those that Pulpo writes, too.
///
/// Never: proof that a step does not read it. A script can put a name together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    by_action: HashMap<ActionId, HashSet<String>>,
    by_variable: HashMap<String, HashSet<String>>,
}

/// Whether `named` is `name` or a part of it: `AWS.SecretKey` of `AWS`.
fn is_of(named: &str, name: &str) -> bool {
    named
        .strip_prefix(name)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', ':']))
}

fn collect(text: &str, names: &mut HashSet<String>) {
    if text.contains("#{")
        && let Ok(template) = octostache::parse(text, Mode::Continue)
    {
        names.extend(template.reads().into_iter().map(|read| folded(&read.name)));
    }
    // A name alone, in a property that is one, or in quotes.
    if text.len() <= 200 && !text.contains('\n') {
        names.insert(folded(text.trim()));
    }
    for quote in ['"', '\''] {
        for line in text.lines() {
            let quoted = line.split(quote).skip(1).step_by(2);
            names.extend(quoted.filter(|one| !one.is_empty()).map(folded));
        }
    }
}

impl Mentions {
    /// What the steps of `design` name.
    #[must_use]
    pub fn of(design: &Design) -> Self {
        let (lowered, _) = export::lower_design(design);
        let mut mentions = Self::default();
        let runbooks = lowered.project.runbooks.iter().map(|one| &one.process);
        for process in std::iter::once(&lowered.project.process).chain(runbooks) {
            for (step, action) in process.actions() {
                let names = mentions.by_action.entry(action.id.clone()).or_default();
                for (_, value) in action.properties.iter() {
                    collect(value.as_text().unwrap_or_default(), names);
                }
                if let Some(expression) = step.condition.expression() {
                    collect(expression, names);
                }
            }
        }
        let sets = lowered.space.library_sets.iter().map(|set| &set.variables);
        for variable in std::iter::once(&lowered.project.variables).chain(sets).flatten() {
            let names = mentions.by_variable.entry(folded(variable.name.as_str())).or_default();
            for value in &variable.values {
                if let VariableContent::Text(content) = &value.content
                    && content.text.contains("#{")
                {
                    collect(&content.text, names);
                }
            }
        }
        mentions
    }

    /// The names by which `name` can be read: its own, and those of variables
    /// whose text reads it.
    fn ways(&self, name: &str) -> Vec<String> {
        let mut ways = vec![folded(name)];
        let mut next = 0;
        while let Some(way) = ways.get(next).cloned() {
            next += 1;
            let mut more: Vec<_> = self
                .by_variable
                .iter()
                .filter(|(variable, names)| {
                    !ways.contains(variable) && names.iter().any(|named| is_of(named, &way))
                })
                .map(|(variable, _)| variable.clone())
                .collect();
            more.sort();
            ways.append(&mut more);
        }
        ways
    }

    /// The actions that name `name`.
    #[must_use]
    pub fn actions(&self, name: &str) -> HashSet<&ActionId> {
        let ways = self.ways(name);
        let names_it = |names: &HashSet<String>| {
            names.iter().any(|named| ways.iter().any(|way| is_of(named, way)))
        };
        self.by_action.iter().filter(|(_, names)| names_it(names)).map(|(id, _)| id).collect()
    }
}
