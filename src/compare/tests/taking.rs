//! What is taken over, and what comes along.

use std::sync::Arc;

use pretty_assertions::assert_eq;

use super::{compare, sample, with_other_ids};
use crate::compare::{Comparison, take};
use crate::edit::{self, History};
use crate::model::{Design, EnvironmentId, EnvironmentName, Scope, ValueId, VariableContent};
use crate::model::{VariableId, VariableValue};

fn find(comparison: &Comparison, title: &str) -> usize {
    let found = comparison.differences.iter().position(|one| one.title() == title);
    found.unwrap_or_else(|| panic!("{title}: {:#?}", comparison.differences))
}

/// The sample, and a copy with an environment more that a value is scoped to.
fn with_test() -> (Design, Design) {
    let first = sample("aws-fargate");
    let mut second = first.clone();
    let id = EnvironmentId::parse("test").expect("an id");
    let name = EnvironmentName::parse("Test").expect("a name");
    second.space.environments.insert(1, crate::model::Environment::new(id.clone(), name));
    let region = VariableId::parse("region").expect("an id");
    second.project.variables.update(&region, |variable| {
        let value = ValueId::parse("test").expect("an id");
        let content = VariableContent::text("eu-west-1");
        variable.values.push(VariableValue::new(value, content, Scope::environment(id)));
    });
    (first, with_other_ids(&second))
}

#[test]
fn an_environment_comes_along_with_the_value_that_is_scoped_to_it() {
    let (first, second) = with_test();
    let comparison = Arc::new(compare(&first, &second));
    let wanted = find(&comparison, "Region › for Test");
    let taken = take(&comparison, &[wanted]).expect("it can be taken over");
    assert_eq!(taken.along, [find(&comparison, "Test")]);
    let mut history = History::default();
    let after = history.run(&first, taken.edit, 0.0).expect("made").expect("changed");
    assert_eq!(after.space.environments.nth(1).expect("it came").name.as_str(), "Test");
    assert!(compare(&after, &second).differences.is_empty());
    assert_eq!(history.undo(&after).expect("one step").1, first);
}

#[test]
fn what_was_there_stays_shared() {
    let (first, second) = with_test();
    let comparison = Arc::new(compare(&first, &second));
    let wanted = find(&comparison, "Region › for Test");
    let after = take(&comparison, &[wanted]).expect("taken").edit.apply(&first).expect("made");
    assert!(after.pulumi.is_same(&first.pulumi));
    assert!(after.project.process.steps.is_same(&first.project.process.steps));
    let domain = VariableId::parse("domain").expect("an id");
    let of = |design: &Design| design.project.variables.get(&domain).expect("there").clone();
    assert!(Arc::ptr_eq(&of(&after), &of(&first)));
}

#[test]
fn what_refers_to_something_that_goes_changes_with_it() {
    let first = sample("aws-fargate");
    let id = EnvironmentId::parse("staging").expect("an id");
    let second = edit::environments::delete(id).apply(&first).expect("deleted");
    let comparison = Arc::new(compare(&first, &second));
    let taken = take(&comparison, &[find(&comparison, "Staging")]).expect("taken");
    assert_eq!(taken.along.len() + 1, comparison.differences.len());
    let after = taken.edit.apply(&first).expect("made");
    assert!(compare(&after, &second).differences.is_empty());
}

#[test]
fn a_reference_that_leads_nowhere_is_refused() {
    let first = sample("aws-fargate");
    let mut second = first.clone();
    let region = VariableId::parse("region").expect("an id");
    second.project.variables.update(&region, |variable| {
        let id = ValueId::parse("new").expect("an id");
        let gone = EnvironmentId::parse("nowhere").expect("an id");
        let content = VariableContent::text("eu-west-1");
        variable.values.push(VariableValue::new(id, content, Scope::environment(gone)));
    });
    let comparison = Arc::new(compare(&first, &second));
    let refusal = take(&comparison, &[0]).expect_err("it leads nowhere");
    assert_eq!(
        refusal.0,
        "This can't be taken over: it refers to an environment that the other design does not \
         have."
    );
}

#[test]
fn two_things_of_one_name_are_refused() {
    let first = sample("aws-fargate");
    let mut second = first.clone();
    // The names of two steps change places; slugs tell which is which.
    for (id, name, slug) in
        [("preview", "Pulumi up", "pulumi-preview"), ("up", "Pulumi preview", "pulumi-up")]
    {
        let id = crate::model::StepId::parse(id).expect("an id");
        second.project.process.steps.update(&id, |step| {
            step.name = crate::model::Name::parse(name).expect("a name");
            step.slug = crate::model::Slug::parse(slug).ok();
            step.actions.first_mut().name = step.name.clone();
            step.actions.first_mut().slug = step.slug.clone();
        });
    }
    let comparison = Arc::new(compare(&first, &second));
    let refusal = take(&comparison, &[find(&comparison, "Pulumi preview › Name")]);
    assert!(refusal.expect_err("two of one name").0.contains("two steps would be called"));
}

#[test]
fn a_child_that_wanders_to_a_step_of_its_own_is_not_there_twice() {
    let first = sample("azure");
    let mut second = first.clone();
    let process = &mut second.project.process;
    let parent = process.steps.iter().find(|step| step.has_children()).expect("child steps");
    let (parent, action) = (parent.id.clone(), parent.actions[1].clone());
    let child = action.id.clone();
    process.steps.update(&parent, |step| {
        step.actions.remove(1);
    });
    let id = crate::model::StepId::parse("own").expect("an id");
    process.steps.push(crate::model::Step::single(id, action));
    let comparison = Arc::new(compare(&first, &second));
    for wanted in 0..comparison.differences.len() {
        let Ok(taken) = take(&comparison, &[wanted]) else { continue };
        let after = taken.edit.apply(&first).expect("made");
        let times = after.project.process.actions().filter(|(_, one)| one.id == child).count();
        assert_eq!(times, 1, "{}", comparison.differences[wanted].title());
    }
}

#[test]
fn a_design_that_changed_meanwhile_is_left_alone() {
    let (first, second) = with_test();
    let comparison = Arc::new(compare(&first, &second));
    let edit = take(&comparison, &[0]).expect("taken").edit;
    let mut changed = first.clone();
    changed.title = "Another".to_owned();
    assert!(edit.apply(&changed).expect_err("changed").0.contains("Compare it again"));
}

#[test]
fn a_move_taken_over_alone_is_gone_whatever_else_moved() {
    let first = sample("aws-fargate");
    let steps: Vec<_> = first.project.process.steps.iter().map(|one| (**one).clone()).collect();
    for at in 0..24 {
        // Every order of the first four steps.
        let mut left = steps.clone();
        let rest = left.split_off(4);
        let mut order = Vec::new();
        for digit in [at / 6, at % 6 / 2, at % 2, 0] {
            order.push(left.remove(digit));
        }
        order.extend(rest);
        let mut second = first.clone();
        second.project.process.steps = order.into_iter().collect();
        let comparison = Arc::new(compare(&first, &second));
        for pick in 0..comparison.differences.len() {
            let taken = take(&comparison, &[pick]).expect("taken").edit;
            let after = taken.apply(&first).expect("made");
            let left = compare(&after, &second).differences.len();
            assert_eq!(left, comparison.differences.len() - 1, "{:?}", comparison.differences);
        }
    }
}
