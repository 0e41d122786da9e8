//! The texts of a design that Octopus fills in, and what may stand in them.

use std::collections::HashSet;

use super::walk::{self, ActionAt};
use crate::export::CONFIRM_VARIABLE;
use crate::model::process::{ProgramSource, keys};
use crate::model::{Design, PulumiStep, VariableContent};
use crate::octostache::{self, Mode};

/// A text with `#{` in it.
pub struct TextAt<'d> {
    /// Its JSON path.
    pub path: String,
    /// The text.
    pub text: &'d str,
    /// What it belongs to, for people.
    pub owner: String,
    /// The action it belongs to; `None` for a value of a variable.
    pub action: Option<ActionAt<'d>>,
}

/// All texts that Octopus evaluates as a whole. Script bodies are not among
/// them: there every expression stands for itself.
pub fn texts(design: &Design) -> Vec<TextAt<'_>> {
    let mut all = Vec::new();
    for at in walk::values(design) {
        if let VariableContent::Text(content) = &at.value.content
            && content.text.contains("#{")
        {
            all.push(TextAt {
                path: format!("{}.content.value", at.path()),
                text: &content.text,
                owner: format!("A value of {}{}", at.variable.name, at.set.suffix()),
                action: None,
            });
        }
    }
    for at in walk::actions(design) {
        let mut add = |path: String, text| {
            all.push(TextAt { path, text, owner: at.to_string(), action: Some(at) });
        };
        if at.index == 0
            && let Some(text) = at.step.condition.expression()
        {
            add(format!("{}.condition.expression", at.step_path()), text);
        }
        for (key, value) in at.action.properties.iter() {
            if let Some(text) = value.as_text()
                && !key.eq_ignore_ascii_case(keys::SCRIPT_BODY)
            {
                add(at.property(key), text);
            }
        }
        if let Some(step) = at.action.pulumi_step() {
            if let Some(ProgramSource::Folder(folder)) = walk::source_of(step) {
                add(at.member("does.step.source.path"), &folder.path);
            }
            match step {
                PulumiStep::Extract(extract) => add(at.member("does.step.target"), &extract.target),
                PulumiStep::ConfigOverride(config) => {
                    for (index, entry) in config.entries.iter().enumerate() {
                        let path = at.member("does.step.entries");
                        add(format!("{path}[{index}].value"), &entry.value);
                    }
                }
                PulumiStep::Run(run) => {
                    add(at.member("does.step.stack"), &run.stack);
                    add(at.member("does.step.message"), &run.message);
                    add(at.member("does.step.configFile"), &run.config_file);
                }
            }
        }
    }
    all.retain(|one| one.text.contains("#{"));
    all
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
