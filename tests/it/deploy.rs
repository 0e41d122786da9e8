//! The simulation of deployments.

#[path = "deploy/compares.rs"]
mod compares;
#[path = "deploy/design.rs"]
mod design;
#[path = "deploy/plans.rs"]
mod plans;
#[path = "deploy/texts.rs"]
mod texts;

use pulpo::deploy::{Details, Plan, Scenario, Simulation};
use pulpo::model::{ActionId, Design, EnvironmentId};

/// A deployment of the design's default channel.
fn to(design: &Design, environment: &str) -> Scenario {
    Scenario::deployment(design, EnvironmentId::parse(environment).expect("an id"))
}

fn plan(design: &Design, environment: &str) -> Plan {
    Simulation::new(design).plan(&to(design, environment))
}

fn details(design: &Design, scenario: &Scenario, action: &str) -> Details {
    let simulation = Simulation::new(design);
    let plan = simulation.plan(scenario);
    let id = ActionId::parse(action).expect("an id");
    simulation.details(&plan, &id).unwrap_or_else(|| panic!("there is an action {action}"))
}
