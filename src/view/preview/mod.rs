//! The Preview page: its address, its choices, its timeline, its marked texts.

mod address;
mod flow;
mod marks;
#[cfg(test)]
mod tests;

pub use address::{Address, compared, scenario};
pub use flow::{Flow, FlowGroup, FlowRow, FlowStep, State, flow};
pub use marks::{CodeRun, Tip, TipLine, code_runs, plain_marks, said, tip};

use crate::deploy::Scenario;
use crate::model::Design;
use crate::model::project::TenantedMode;

/// Values and labels of a choice.
pub type Options = Vec<(String, String)>;

/// What can be chosen besides the environment. A choice with fewer than two
/// options is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    /// The deployment and the runbooks.
    pub runs: Options,
    /// The channels of a release.
    pub channels: Options,
    /// The tenants.
    pub tenants: Options,
    /// The targets of the environment.
    pub targets: Options,
    /// The other environments.
    pub others: Options,
}

/// The choices beside `scenario`.
#[must_use]
pub fn choices(design: &Design, scenario: &Scenario) -> Choices {
    let none = |label: &str| (String::new(), label.to_owned());
    let mut runs = vec![none("Deployment")];
    runs.extend(
        design
            .project
            .runbooks
            .iter()
            .map(|one| (one.id.to_string(), format!("Runbook: {}", one.name))),
    );
    let channels = match scenario.is_runbook() {
        true => Vec::new(),
        false => {
            let all = design.project.channels.iter();
            all.map(|one| (one.id.to_string(), one.name.to_string())).collect()
        }
    };
    let mut tenants = Vec::new();
    if !design.space.tenants.is_empty() {
        if design.project.tenanted != TenantedMode::Tenanted || scenario.tenant.is_none() {
            tenants.push(none("No tenant"));
        }
        let all = design.space.tenants.iter();
        tenants.extend(all.map(|one| (one.id.to_string(), one.name.to_string())));
    }
    let here =
        design.space.targets.iter().filter(|one| one.environments.contains(&scenario.environment));
    let targets = here.map(|one| (one.id.to_string(), one.name.to_string())).collect();
    let mut others = vec![none("Nothing")];
    let all = design.space.environments.iter();
    others.extend(
        all.filter(|one| one.id != scenario.environment)
            .map(|one| (one.id.to_string(), one.name.to_string())),
    );
    Choices { runs, channels, tenants, targets, others }
}
