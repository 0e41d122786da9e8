//! The texts of a design that Octopus fills in, and what may stand in them.

use std::collections::HashSet;

use super::walk::{self, ActionAt, ValueAt};
use crate::export::CONFIRM_VARIABLE;
use crate::model::process::{ProgramSource, keys};
use crate::model::{Design, PulumiStep, VariableContent};
use crate::octostache::{self, Mode};

/// A text with `#{` in it.
pub struct TextAt<'d> {
    /// The text.
    pub text: &'d str,
    /// The action it belongs to; `None` for a value of a variable.
    pub action: Option<ActionAt<'d>>,
    at: At<'d>,
}

/// Where a text stands. Its path is made only where there is something to say.
enum At<'d> {
    Value(ValueAt<'d>),
    Condition,
    Property(&'d str),
    Member(&'static str),
    Entry(usize),
}

impl TextAt<'_> {
    /// Its JSON path.
    pub fn path(&self) -> String {
        let Some(action) = &self.action else {
            return match &self.at {
                At::Value(at) => format!("{}.content.value", at.path()),
                _ => String::new(),
            };
        };
        match &self.at {
            At::Value(at) => at.path(),
            At::Condition => format!("{}.condition.expression", action.step_path()),
            At::Property(key) => action.property(key),
            At::Member(name) => action.member(name),
            At::Entry(index) => format!("{}[{index}].value", action.member("does.step.entries")),
        }
    }

    /// What it belongs to, for people.
    pub fn owner(&self) -> String {
        match (&self.action, &self.at) {
            (Some(action), _) => action.to_string(),
            (None, At::Value(at)) => format!("A value of {}{}", at.variable.name, at.set.suffix()),
            (None, _) => String::new(),
        }
    }
}

/// So many variables are looked at in one piece, and so many actions.
const VARIABLES: usize = 40;
const ACTIONS: usize = 20;

/// Looks at a piece of the texts that Octopus evaluates as a whole, and gives
/// the next one; see `rules::IN_PIECES`. Script bodies are not among them:
/// there every expression stands for itself.
pub fn each_of_piece<'d>(
    design: &'d Design,
    piece: usize,
    mut look: impl FnMut(&TextAt<'d>),
) -> Option<usize> {
    let sets = walk::sets(design);
    let count: usize = sets.iter().map(|set| set.variables.len()).sum();
    let of_variables = count.div_ceil(VARIABLES);
    let Some(place) = piece.checked_sub(of_variables) else {
        let rows = sets.iter().flat_map(|set| {
            set.variables.iter().enumerate().map(move |(index, variable)| (*set, index, variable))
        });
        for (set, variable_index, variable) in rows.skip(piece * VARIABLES).take(VARIABLES) {
            for (index, value) in variable.values.iter().enumerate() {
                if let VariableContent::Text(content) = &value.content
                    && content.text.contains("#{")
                {
                    let at = At::Value(ValueAt { set, variable_index, variable, index, value });
                    look(&TextAt { text: &content.text, action: None, at });
                }
            }
        }
        return Some(piece + 1);
    };
    let actions = walk::actions(design);
    for action in actions.iter().skip(place * ACTIONS).take(ACTIONS) {
        each_of_action(*action, &mut look);
    }
    (actions.len() > (place + 1) * ACTIONS).then_some(piece + 1)
}

fn each_of_action<'d>(action: ActionAt<'d>, look: &mut impl FnMut(&TextAt<'d>)) {
    let mut add = |at: At<'d>, text: &'d str| {
        if text.contains("#{") {
            look(&TextAt { text, action: Some(action), at });
        }
    };
    if action.index == 0
        && let Some(text) = action.step.condition.expression()
    {
        add(At::Condition, text);
    }
    for (key, value) in action.action.properties.iter() {
        if let Some(text) = value.as_text()
            && !key.eq_ignore_ascii_case(keys::SCRIPT_BODY)
        {
            add(At::Property(key), text);
        }
    }
    let Some(step) = action.action.pulumi_step() else { return };
    if let Some(ProgramSource::Folder(folder)) = walk::source_of(step) {
        add(At::Member("does.step.source.path"), &folder.path);
    }
    match step {
        PulumiStep::Extract(extract) => add(At::Member("does.step.target"), &extract.target),
        PulumiStep::ConfigOverride(config) => {
            for (index, entry) in config.entries.iter().enumerate() {
                add(At::Entry(index), &entry.value);
            }
        }
        PulumiStep::Run(run) => {
            add(At::Member("does.step.stack"), &run.stack);
            add(At::Member("does.step.message"), &run.message);
            add(At::Member("does.step.configFile"), &run.config_file);
        }
    }
}

/// The paths that a text reads, loop variables left out; none if it does not parse.
pub fn reads(text: &str) -> Vec<String> {
    let Ok(template) = octostache::parse(text, Mode::Halt) else { return Vec::new() };
    let mut names: Vec<_> =
        template.reads().into_iter().filter(|one| !one.in_loop).map(|one| one.name).collect();
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names
}

/// The names that expressions of the project can read, in lower case.
pub fn known_names(design: &Design) -> HashSet<String> {
    let project = &design.project;
    let included =
        || design.space.library_sets.iter().filter(|set| project.included_sets.contains(&set.id));
    let variables = project.variables.iter().chain(included().flat_map(|set| set.variables.iter()));
    let templates = project.templates.iter().chain(included().flat_map(|set| set.templates.iter()));
    let names =
        variables.map(|one| one.name.as_str()).chain(templates.map(|one| one.name.as_str()));
    let made = [
        Some(design.pulumi.stack_variable()),
        walk::login_variable(design).map(|(_, name)| name),
        Some(CONFIRM_VARIABLE),
    ];
    names.chain(made.into_iter().flatten()).map(str::to_lowercase).collect()
}

/// Whether `name` is among `known`, or a part of something that is: `AWS.AccessKey`.
pub fn is_known(known: &HashSet<String>, name: &str) -> bool {
    let name = name.to_lowercase();
    let starts = name.match_indices(['.', '[', ':']).filter_map(|(at, _)| name.get(..at));
    known.contains(&name) || starts.into_iter().any(|start| known.contains(start))
}
