//! What can be picked in forms, from the design.

use super::form::Control;
use crate::catalog;
use crate::edit::steps::packages::is_container;
use crate::model::{Design, Process, PulumiStep, Variable, process::PulumiOperation};

/// One thing to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is read.
    pub label: String,
    /// The heading it stands under.
    pub group: &'static str,
    /// The colour of its dot, 1 to 12; 0 for none.
    pub hue: u32,
}

fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice { value: value.into(), label: label.into(), group: "", hue: 0 }
}

pub(super) fn environments(design: &Design) -> Vec<Choice> {
    let environments = design.space.environments.iter().zip(0_u32..);
    environments
        .map(|(one, place)| {
            let hue = if (1..=12).contains(&one.hue) { one.hue } else { place % 12 + 1 };
            Choice { hue, ..choice(one.id.as_str(), one.name.as_str()) }
        })
        .collect()
}

pub(super) fn channels(design: &Design) -> Vec<Choice> {
    design.project.channels.iter().map(|one| choice(one.id.as_str(), one.name.as_str())).collect()
}

pub(super) fn tenant_tags(design: &Design) -> Vec<Choice> {
    let sets = design.space.tag_sets.iter();
    sets.flat_map(|set| {
        set.tags.iter().map(move |tag| {
            let tag = format!("{}/{tag}", set.name);
            choice(tag.clone(), tag)
        })
    })
    .collect()
}

pub(super) fn target_tags(design: &Design, process: &Process) -> Vec<Choice> {
    let mut tags: Vec<String> = design
        .space
        .targets
        .iter()
        .flat_map(|target| target.tags.iter().map(ToString::to_string))
        .chain(
            process.steps.iter().flat_map(|step| step.target_tags.iter().map(ToString::to_string)),
        )
        .collect();
    tags.sort();
    tags.dedup();
    tags.into_iter().map(|tag| choice(tag.clone(), tag)).collect()
}

pub(super) fn pools(design: &Design) -> Vec<Choice> {
    let mut all: Vec<Choice> = design
        .space
        .worker_pools
        .iter()
        .map(|one| Choice {
            group: "Worker pools",
            ..choice(format!("pool:{}", one.id), one.name.as_str())
        })
        .collect();
    all.extend(variables(design, "WorkerPool").map(|one| Choice {
        group: "Worker pool variables",
        ..choice(format!("variable:{}", one.name), format!("#{{{}}}", one.name))
    }));
    all
}

pub(super) fn feeds(design: &Design, of_containers: bool) -> Vec<Choice> {
    let feeds = design.space.feeds.iter().filter(|one| is_container(one.kind) == of_containers);
    feeds.map(|one| choice(one.id.as_str(), one.name.as_str())).collect()
}

pub(super) fn packages(design: &Design) -> Vec<Choice> {
    let packages = design.project.packages.iter();
    packages.map(|one| choice(one.key.as_str(), one.package_id.as_str())).collect()
}

pub(super) fn previews(process: &Process) -> Vec<Choice> {
    let is_preview = |step: &PulumiStep| matches!(step, PulumiStep::Run(run) if run.operation == PulumiOperation::Preview);
    process
        .actions()
        .filter(|(_, action)| action.pulumi_step().is_some_and(is_preview))
        .map(|(_, action)| choice(action.id.as_str(), action.name.as_str()))
        .collect()
}

/// The variables with a value of the type `word`.
fn variables<'a>(design: &'a Design, word: &'a str) -> impl Iterator<Item = &'a Variable> {
    let sets = design
        .project
        .included_sets
        .iter()
        .filter_map(|id| design.space.library_sets.get(id))
        .map(|set| &set.variables);
    std::iter::once(&design.project.variables)
        .chain(sets)
        .flat_map(|variables| variables.iter())
        .map(|variable| &**variable)
        .filter(move |variable| variable.values.iter().any(|one| one.content.word() == word))
}

/// The control of a property, with what can be picked; none for a hidden one.
pub(super) fn control(design: &Design, of: catalog::Control) -> Option<Control> {
    let pairs = |all: &[(&str, &str)]| {
        all.iter().map(|(value, label)| ((*value).to_owned(), (*label).to_owned())).collect()
    };
    Some(match of {
        catalog::Control::Text => Control::Text,
        catalog::Control::MultiLine => Control::Lines(4),
        catalog::Control::Checkbox => Control::Check,
        catalog::Control::Select(all) => Control::Select(pairs(all)),
        catalog::Control::Script => Control::Script,
        catalog::Control::Teams => {
            let teams = design.space.teams.iter();
            Control::Pick(
                teams.map(|one| choice(one.id.as_str(), one.name.as_str())).collect(),
                true,
            )
        }
        catalog::Control::AccountVariable(word) => {
            let named = |one: &Variable| choice(one.name.as_str(), one.name.as_str());
            Control::PickOne(variables(design, word).map(named).collect(), true)
        }
        catalog::Control::Account => {
            let accounts = design.space.accounts.iter();
            let mut all: Vec<Choice> = accounts
                .filter(|one| one.kind.variable_type() == Some("AzureAccount"))
                .map(|one| Choice {
                    group: "Accounts",
                    ..choice(one.id.as_str(), one.name.as_str())
                })
                .collect();
            all.extend(variables(design, "AzureAccount").map(|one| {
                let text = format!("#{{{}}}", one.name);
                Choice { group: "Account variables", ..choice(text.clone(), text) }
            }));
            Control::PickOne(all, true)
        }
        catalog::Control::Project => Control::Text,
        catalog::Control::Features(all) => {
            Control::Pick(all.iter().map(|(value, label)| choice(*value, *label)).collect(), false)
        }
        catalog::Control::Hidden => return None,
    })
}
