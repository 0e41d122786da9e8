//! Single differences, as they are told.

use pretty_assertions::assert_eq;

use super::{compare, markdown, sample};
use crate::compare::{Change, Row, Side, count, lines, summary, words};
use crate::edit::{self, Edit};
use crate::model::process::keys;
use crate::model::{
    Design, EnvironmentId, LibrarySetId, ProcessOwner, PropertyValue, Scope, ValueId, VariableId,
    VariableValue,
};

/// The differences that `edit` makes in a sample, a line each.
#[track_caller]
fn told(name: &str, edit: Edit, expected: &[&str]) {
    let before = sample(name);
    let after = edit.apply(&before).expect("it can be made");
    let comparison = compare(&before, &after);
    let lines: Vec<_> = comparison
        .differences
        .iter()
        .map(|one| {
            let side = |side: &Option<String>| side.clone().unwrap_or("-".to_owned());
            let (before, after) = (side(&one.before), side(&one.after));
            format!(
                "{}: {} {}: {before} => {after}",
                one.area.label(),
                one.change.word(),
                one.title()
            )
        })
        .collect();
    assert_eq!(lines, expected);
}

fn env(id: &str) -> EnvironmentId {
    EnvironmentId::parse(id).expect("an id")
}

fn variable(design: &mut Design, id: &str, change: impl FnOnce(&mut crate::model::Variable)) {
    let id = VariableId::parse(id).expect("an id");
    assert!(design.project.variables.update(&id, change));
}

fn value(id: &str) -> ValueId {
    ValueId::parse(id).expect("an id")
}

#[test]
fn a_changed_value_and_a_changed_scope_are_two_things() {
    let edit = Edit::new("x", |design| {
        variable(design, "desired-count", |variable| {
            variable.values.update(&value("prod"), |value| {
                value.content = crate::model::VariableContent::text("8");
            });
            variable.values.update(&value("staging"), |value| {
                value.scope.environments.push(env("dev"));
            });
        });
        Ok(())
    });
    told(
        "aws-fargate",
        edit,
        &[
            "Variables: changed DesiredCount › for Staging › Scope: Staging => Staging, Development",
            "Variables: changed DesiredCount › for Production › Value: 6 => 8",
        ],
    );
}

#[test]
fn the_order_of_a_scope_and_of_variables_says_nothing() {
    let edit = Edit::new("x", |design| {
        variable(design, "domain", |variable| {
            variable.values.update(&value("test"), |value| value.scope.environments.reverse());
            variable.values.move_to(&value("prod"), 0);
        });
        design.project.variables.move_to(&VariableId::parse("memory").expect("an id"), 0);
        Ok(())
    });
    told("aws-fargate", edit, &[]);
}

#[test]
fn the_order_of_environments_and_steps_counts() {
    told(
        "aws-fargate",
        edit::environments::move_to(env("prod"), 0),
        &["Environments: moved Production: after Staging => first"],
    );
    let edit = Edit::new("x", |design| {
        let id = crate::model::StepId::parse("approve").expect("an id");
        design.project.process.steps.move_to(&id, 4);
        Ok(())
    });
    told(
        "aws-fargate",
        edit,
        &["Deployment process: moved Approve: after Pulumi preview => after Pulumi up"],
    );
}

#[test]
fn what_a_renamed_environment_touches_is_told_once() {
    told(
        "aws-fargate",
        edit::environments::rename(env("staging"), "Test"),
        &[
            "Environments: changed Staging › Name: Staging => Test",
            "Lifecycles: removed Default Lifecycle › phase Staging: Deployed by hand: Staging => -",
            "Lifecycles: added Default Lifecycle › phase Test: - => Deployed by hand: Test",
        ],
    );
}

#[test]
fn a_step_and_its_only_action_are_one_thing() {
    told(
        "aws-fargate",
        edit::steps::rename(&sample("aws-fargate"), &ProcessOwner::Deployment, "approve", "Agree"),
        &["Deployment process: changed Approve › Name: Approve => Agree"],
    );
    let edit = Edit::new("x", |design| {
        design.project.process.steps.update_each(|step| {
            let mut step = step.clone();
            let action = step.actions.first_mut();
            if !action.is_manual() {
                return None;
            }
            action.properties.set(keys::MANUAL_TEAMS, PropertyValue::Text(String::new()));
            action.environments.clear();
            Some(step)
        });
        Ok(())
    });
    told(
        "aws-fargate",
        edit,
        &[
            "Deployment process: changed Approve › Environments: Production => -",
            "Deployment process: changed Approve › Responsible Teams: Release managers => -",
        ],
    );
}

#[test]
fn a_value_of_a_set_is_told_with_its_set() {
    let edit = Edit::new("x", |design| {
        let set = LibrarySetId::parse("shared").expect("an id");
        design.space.library_sets.update(&set, |set| {
            let owner = VariableId::parse("owner").expect("an id");
            set.variables.update(&owner, |variable| {
                variable.values.push(VariableValue::new(
                    value("new"),
                    crate::model::VariableContent::text("web"),
                    Scope::environment(env("dev")),
                ));
            });
        });
        Ok(())
    });
    told(
        "aws-fargate",
        edit,
        &["Library variable sets: added Shared settings › Owner › for Development: - => web"],
    );
}

#[test]
fn members_that_pulpo_does_not_know_count() {
    let edit = Edit::new("x", |design| {
        design.project.extra.set("future", serde_json::json!({ "a": 1 }));
        Ok(())
    });
    told("empty", edit, &["Project settings: changed future: - => {\"a\":1}"]);
}

#[test]
fn what_only_a_server_says_counts_where_both_say_it() {
    let edit = Edit::new("x", |design| {
        design.project.process.version = 4;
        design.space.environments.update(&env("test"), |one| one.octopus_id.clear());
        design.space.environments.update(&env("prod"), |one| one.octopus_id.push('0'));
        Ok(())
    });
    told(
        "azure",
        edit,
        &["Environments: changed Production › Octopus's id: Environments-23 => Environments-230"],
    );
}

#[test]
fn a_reviewer_reads_it_as_markdown() {
    let text = markdown(
        &compare(&sample("aws-fargate"), &sample("aws-fargate-modern")).differences,
        "aws-fargate",
        "aws-fargate-modern",
    );
    insta::assert_snapshot!(text);
    let back = compare(&sample("aws-fargate"), &sample("aws-fargate"));
    assert_eq!(markdown(&back.differences, "a", "b"), "## a → b\n\nNo differences.\n");
}

#[test]
fn scripts_are_compared_by_line_and_word() {
    let before = "one\ntwo\nthree\nfour\nfive\nsix\npulumi up --yes\nexit 0\n";
    let after = "one\ntwo\nthree\nfour\nfive\nsix\npulumi up --yes --diff\nexit 0\n";
    let rows = lines(before, after);
    assert_eq!(rows.first(), Some(&Row::Skipped(3)));
    let marked: Vec<_> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Line { side: Side::After, pieces } => Some(pieces),
            _ => None,
        })
        .flatten()
        .map(|piece| (piece.text.as_str(), piece.is_marked))
        .collect();
    assert_eq!(marked, [("pulumi up --yes", false), (" --diff", true)]);
    let (old, new) = words("nothing alike", "quite another text");
    assert!(old.iter().chain(&new).all(|piece| !piece.is_marked));
}

#[test]
fn kinds_are_counted() {
    let comparison = compare(&sample("empty"), &sample("azure"));
    assert_eq!(count(&comparison.differences, Change::Removed), 0);
    assert!(summary(&comparison.differences).contains("added"));
}
