//! Lowering: from a design to what Octopus runs. Pulpo's own steps become
//! script steps, packages and templates take their place in the properties,
//! and the variables that scripts read are there.
//!
//! A lowered design is a design again, with steps of Octopus's own only, so
//! every writer takes one. Ids in properties stay the design's: each format
//! maps them its own way (`crate::catalog::refers`).
//!
//! Never: a change of a step of Octopus's own that Octopus would not make
//! itself.

use super::script::{Maker, reaches_stack, reference_of};
use super::variables::generated_variables;
use crate::base::{Finding, Place};
use crate::model::process::{Acquisition, ActionKind, OctopusAction, keys};
use crate::model::{
    Action, ActionType, CloudCredentials, Design, PackageReference, Properties, PulumiStep, Step,
};
use crate::record::{Bound, Extra};
use crate::script::Script;

/// What Octopus gets of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    /// Its type.
    pub action_type: String,
    /// All its properties.
    pub properties: Properties,
    /// All its packages.
    pub packages: Vec<PackageReference>,
    /// What got lost, or will not work; the place is the action's name.
    pub findings: Vec<Finding>,
}

/// What Octopus gets of `action`.
#[must_use]
pub fn lower_action(design: &Design, step: &Step, action: &Action) -> Lowered {
    let mut lowered = match &action.kind {
        ActionKind::Pulumi(pulumi) => lower_pulumi(design, action, &pulumi.step),
        ActionKind::Octopus(octopus) => Lowered {
            action_type: octopus.action_type.to_string(),
            properties: action.properties.clone(),
            packages: action.packages.clone(),
            findings: Vec::new(),
        },
    };
    add_template(design, action, &mut lowered);
    add_primary_package(design, &mut lowered);
    if step.target_tags.is_empty() && lowered.properties.text(keys::RUN_ON_SERVER) == "false" {
        let what = "The step runs on targets, but no target tag says on which.";
        lowered.findings.push(
            Finding::warning("export/no-target-tags", Place::path(action.name.as_str()), what)
                .because("Octopus refuses the process.")
                .do_this("Add a target tag, or let the step run on a worker."),
        );
    }
    lowered
}

/// The script that runs, if Pulpo or the design holds one: Pulpo's own, or the
/// inline script of an action of Octopus's.
#[must_use]
pub fn final_script(design: &Design, step: &Step, action: &Action) -> Option<String> {
    let lowered = lower_action(design, step, action);
    let body = lowered.properties.text(keys::SCRIPT_BODY);
    (!body.is_empty()).then(|| body.to_owned())
}

/// Pulpo's script of `action`, with its settings, if it is one of Pulpo's own.
#[must_use]
pub fn script_of(design: &Design, action: &Action) -> Option<Script> {
    let step = action.pulumi_step()?;
    Some(Maker::new(design, action).script(step))
}

fn lower_pulumi(design: &Design, action: &Action, step: &PulumiStep) -> Lowered {
    let mut maker = Maker::new(design, action);
    let body = maker.script(step).text();
    let mut properties = Properties::default()
        .with(keys::RUN_ON_SERVER, "true")
        .with(keys::SCRIPT_SOURCE, "Inline")
        .with(keys::SCRIPT_SYNTAX, "Bash")
        .with(keys::SCRIPT_BODY, &body)
        .with(keys::BUNDLED_TOOLING, "False");
    let mut action_type = "Octopus.Script";
    if let (CloudCredentials::Aws(account), true) =
        (&design.pulumi.credentials, reaches_stack(step))
    {
        // This type hands over keys, OpenID Connect tokens and roles by itself.
        action_type = "Octopus.AwsRunScript";
        properties.set_text(keys::AWS_INSTANCE_ROLE, "False");
        properties.set_text(keys::AWS_ACCOUNT, account.variable.as_str());
        properties.set_text(keys::AWS_ASSUME_ROLE, "False");
        properties.set_text(keys::AWS_REGION, &account.region);
        if account.region.is_empty() && action.properties.text(keys::AWS_REGION).is_empty() {
            maker.say(
                Finding::warning(
                    "export/no-region",
                    Place::path(action.name.as_str()),
                    "The step has AWS credentials, but no region.",
                )
                .because("Octopus asks for the region of every AWS step.")
                .do_this("Set the region beside the AWS account variable."),
            );
        }
    }
    for (key, value) in action.properties.iter() {
        if !keys::OF_SCRIPTS.iter().any(|own| own.eq_ignore_ascii_case(key)) {
            properties.set(key, value.clone());
        }
    }
    let packages = with_program(design, action, step, &mut maker);
    Lowered { action_type: action_type.to_owned(), properties, packages, findings: maker.findings }
}

/// The action's packages, with the program's among them if the step needs it.
fn with_program(
    design: &Design,
    action: &Action,
    step: &PulumiStep,
    maker: &mut Maker,
) -> Vec<PackageReference> {
    let mut packages = action.packages.clone();
    let Some(name) = reference_of(design, step) else { return packages };
    let place = Place::path(action.name.as_str());
    match packages.iter().find(|one| one.name == name) {
        Some(own) if !own.is_extracted() => maker.say(
            Finding::error(
                "export/not-extracted",
                place,
                format!("The package reference \"{name}\" is not unpacked."),
            )
            .because("The script looks for the program in the unpacked package.")
            .do_this("Set Extract to True on the reference."),
        ),
        Some(_) => {}
        None => match &design.pulumi.package {
            Some(key) => packages.push(PackageReference::extracted(name, key.clone())),
            None => maker.say(
                Finding::error(
                    "export/no-package",
                    place,
                    "The design does not say which package holds the Pulumi program.",
                )
                .because(format!("The script looks for it in the package reference \"{name}\"."))
                .do_this("Choose the package under Pulumi, or add the reference to the step."),
            ),
        },
    }
    packages
}

/// An action of a template is a copy of it: properties and packages included.
fn add_template(design: &Design, action: &Action, lowered: &mut Lowered) {
    let Some(used) = &action.template else { return };
    if let Some(template) = design.space.step_templates.get(&used.template) {
        for (key, value) in template.properties.iter() {
            if lowered.properties.get(key).is_none() {
                lowered.properties.set(key, value.clone());
            }
        }
        for package in &template.packages {
            if !lowered.packages.iter().any(|own| own.name == package.name) {
                lowered.packages.push(package.clone());
            }
        }
    }
    lowered.properties.set_text(keys::TEMPLATE_ID, used.template.as_str());
    lowered.properties.set_text(keys::TEMPLATE_VERSION, &used.version);
}

/// Octopus keeps the primary package a second time, in the properties.
fn add_primary_package(design: &Design, lowered: &mut Lowered) {
    let Some(primary) = lowered.packages.iter().find(|one| one.name.is_empty()) else { return };
    if lowered.action_type == "Octopus.DeployRelease" {
        return;
    }
    let package = primary.package.as_ref().and_then(|key| design.project.packages.get(key));
    let Some(package) = package else { return };
    let feed = match &package.feed {
        Some(Bound::Is(feed)) => feed.as_str(),
        Some(Bound::Expression(text)) => text,
        None => "",
    };
    let on_target = if primary.acquisition == Acquisition::Target { "True" } else { "False" };
    lowered.properties.set_text(keys::PACKAGE_ID, &package.package_id);
    lowered.properties.set_text(keys::PACKAGE_FEED, feed);
    lowered.properties.set_text(keys::PACKAGE_ON_TARGET, on_target);
}

/// The design with nothing but what Octopus itself knows: steps of its own
/// types, and the variables that the scripts read.
#[must_use]
pub fn lower_design(design: &Design) -> (Design, Vec<Finding>) {
    let (mut lowered, mut findings) = lower_steps(design);
    findings.extend(add_variables(design, &mut lowered));
    (lowered, findings)
}

/// The design with its steps lowered, and nothing else changed.
pub(super) fn lower_steps(design: &Design) -> (Design, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut lowered = design.clone();
    let lower = |step: &Step, findings: &mut Vec<Finding>| {
        let mut changed = step.clone();
        for (old, new) in step.actions.iter().zip(changed.actions.iter_mut()) {
            let parts = lower_action(design, step, old);
            findings.extend(parts.findings);
            new.properties = parts.properties;
            new.packages = parts.packages;
            // The types are not empty, so they can be parsed.
            if let (ActionKind::Pulumi(_), Ok(action_type)) =
                (&old.kind, ActionType::parse(&parts.action_type))
            {
                let extra = Extra::default();
                new.kind = ActionKind::Octopus(OctopusAction { action_type, extra });
            }
        }
        (changed != *step).then_some(changed)
    };
    let project = &mut *lowered.project;
    project.process.steps.update_each(|step| lower(step, &mut findings));
    project.runbooks.update_each(|runbook| {
        let mut changed = runbook.clone();
        changed.process.steps.update_each(|step| lower(step, &mut findings));
        (changed != *runbook).then_some(changed)
    });
    (lowered, findings)
}

/// Adds the variables that the scripts read and `design` does not have.
pub(super) fn add_variables(design: &Design, lowered: &mut Design) -> Vec<Finding> {
    let generated = generated_variables(design);
    for variable in generated.variables {
        lowered.project.variables.push(variable);
    }
    generated.findings
}
