//! What holds after every edit of a process.

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::catalog::{Kind, PALETTE};
use crate::edit::History;
use crate::format::design_file;
use crate::model::{ActionId, PulumiStep, Scope, StepCondition, VariableContent, VariableValue};

const OWNER: ProcessOwner = ProcessOwner::Deployment;

/// A design with steps of these names; `A(B,C)` has the children B and C.
fn design(names: &str) -> Design {
    let mut design = Design::default();
    for (at, name) in names.split_whitespace().enumerate() {
        let (step, children) = name.split_once('(').unwrap_or((name, ""));
        let children: Vec<&str> =
            children.trim_end_matches(')').split(',').filter(|one| !one.is_empty()).collect();
        let first = children.first().copied().unwrap_or(step);
        design = apply(
            &design,
            add(&design, &OWNER, Kind::Preview, first, Spot::Step(at), &format!("new-s{at}")),
        );
        for (child, name) in children.iter().enumerate().skip(1) {
            let parent = design.project.process.steps.nth(at).expect("a step").id.clone();
            let spot = Spot::Child(parent, child);
            design = apply(
                &design,
                add(&design, &OWNER, Kind::Up, name, spot, &format!("new-c{at}x{child}")),
            );
        }
        if !children.is_empty() {
            let id = design.project.process.steps.nth(at).expect("a step").id.clone();
            let name = crate::model::Name::parse(step).expect("a name");
            design.project.process.steps.update(&id, |step| step.name = name);
        }
    }
    design
}

#[track_caller]
fn apply(design: &Design, edit: Edit) -> Design {
    let after = edit.apply(design).expect("the edit is made");
    check_laws(&after);
    after
}

/// The process as [`design`] reads it.
fn shown(design: &Design) -> String {
    let steps = design.project.process.steps.iter().map(|step| {
        let names: Vec<&str> = step.actions.iter().map(|one| one.name.as_str()).collect();
        if names.len() > 1 {
            format!("{}({})", step.name, names.join(","))
        } else {
            step.name.to_string()
        }
    });
    steps.collect::<Vec<_>>().join(" ")
}

fn at(design: &Design, name: &str) -> String {
    let process = &design.project.process;
    let child = process.steps.iter().enumerate().find_map(|(step, one)| {
        let child = one.actions.iter().position(|action| action.name.as_str() == name)?;
        one.has_children().then_some(Item::Child(step, child))
    });
    let step = process.steps.iter().position(|one| one.name.as_str() == name).map(Item::Step);
    address(process, step.or(child).expect("a step of this name"))
}

#[track_caller]
fn check_laws(design: &Design) {
    let process = &design.project.process;
    let (mut steps, mut actions, mut ids) = (HashSet::new(), HashSet::new(), HashSet::new());
    let (mut step_slugs, mut action_slugs) = (HashSet::new(), HashSet::new());
    for step in &process.steps {
        assert!(!step.actions.is_empty());
        assert!(steps.insert(step.name.as_str().to_lowercase()), "two steps {}", step.name);
        assert!(step_slugs.insert(step.slug()), "two steps of slug {}", step.slug());
        for action in step.actions.iter() {
            assert!(actions.insert(action.name.as_str().to_lowercase()), "two {}", action.name);
            assert!(action_slugs.insert(action.slug()), "two of slug {}", action.slug());
            assert!(ids.insert(action.id.clone()), "two of id {}", action.id);
        }
    }
    let first = process.steps.nth(0).map(|step| step.start);
    assert_ne!(first, Some(StartTrigger::WithPrevious));
    for (_, action) in process.actions() {
        if let Some(PulumiStep::Run(run)) = action.pulumi_step()
            && let Some(id) = &run.verifies
        {
            assert!(ids.contains(id), "{} agrees with {id}, which is gone", action.name);
        }
    }
    for variable in &design.project.variables {
        for value in &variable.values {
            for id in &value.scope.actions {
                assert!(ids.contains(id), "{} is limited to {id}, which is gone", variable.name);
            }
        }
    }
}

#[track_caller]
fn check_move(before: &str, name: &str, to: Move, after: &str) {
    let design = design(before);
    let address = at(&design, name);
    let process = &design.project.process;
    let item = find(process, &address).expect("an item");
    let moved = match spot(process, item, to) {
        Some(spot) => apply(&design, move_to(&design, &OWNER, &address, spot, "new-m")),
        None => design.clone(),
    };
    assert_eq!(shown(&moved), after, "{name} {to:?}");
}

#[test]
fn steps_move_among_steps_and_children_among_children() {
    check_move("A B C", "B", Move::Up, "B A C");
    check_move("A B C", "B", Move::Down, "A C B");
    check_move("A B C", "C", Move::First, "C A B");
    check_move("A B C", "A", Move::Last, "B C A");
    check_move("A B C", "A", Move::To(1), "B A C");
    check_move("A B C", "A", Move::Up, "A B C");
    check_move("A B C", "C", Move::Down, "A B C");
    check_move("A B(C,D)", "D", Move::Up, "A B(D,C)");
    check_move("A B(C,D)", "C", Move::Up, "A B(C,D)");
    check_move("A(B,C) D", "D", Move::Up, "D A(B,C)");
}

#[test]
fn a_step_becomes_the_last_child_of_the_one_before_and_a_step_again() {
    check_move("A B", "B", Move::Nest, "A(A,B)");
    check_move("A(B,C) D", "D", Move::Nest, "A(B,C,D)");
    check_move("A B", "A", Move::Nest, "A B");
    check_move("A B(C,D)", "B", Move::Nest, "A B(C,D)");
    check_move("A(A,B) C", "B", Move::UnNest, "A B C");
    check_move("A(B,C,D) E", "C", Move::UnNest, "A(B,D) C E");
    // The step was called after the child that leaves it.
    let design = design("A(A,B) C");
    let child = address(&design.project.process, Item::Child(0, 0));
    let moved = apply(&design, move_to(&design, &OWNER, &child, Spot::Step(1), "new-m"));
    assert_eq!(shown(&moved), "B A C");
}

#[test]
fn a_condition_by_expression_survives_nesting() {
    let mut design = design("A B");
    let address = at(&design, "B");
    for (key, text) in [("condition", "Variable"), ("expression", "#{Go}")] {
        design = apply(&design, set(&design, &OWNER, &address, key, text, "new-f"));
    }
    let parent = design.project.process.steps.nth(0).expect("a step").id.clone();
    let nested =
        apply(&design, move_to(&design, &OWNER, &address, Spot::Child(parent, 1), "new-m"));
    let child = &nested.project.process.steps.nth(0).expect("a step").actions[1];
    assert_eq!(child.condition.word(), "Variable");
    let address = at(&nested, "B");
    let back = apply(&nested, move_to(&nested, &OWNER, &address, Spot::Step(1), "new-n"));
    let step = back.project.process.steps.nth(1).expect("a step");
    assert_eq!(step.condition.expression(), Some("#{Go}"));
    assert_eq!(step.actions.first().condition.word(), "Success");
}

#[track_caller]
fn check_drop(before: &str, dragged: &str, target: &str, place: Drop, after: &str) {
    let design = design(before);
    let (address, target) = (at(&design, dragged), at(&design, target));
    let process = &design.project.process;
    let item = find(process, &address).expect("an item");
    let target = find(process, &target).expect("a target");
    let moved = match drop_spot(process, item, target, place) {
        Some(spot) => apply(&design, move_to(&design, &OWNER, &address, spot, "new-m")),
        None => design.clone(),
    };
    assert_eq!(shown(&moved), after, "{dragged} {place:?}");
}

#[test]
fn what_is_dropped_lands_where_the_line_is() {
    check_drop("A B C", "A", "C", Drop::Before, "B A C");
    check_drop("A B C", "A", "C", Drop::After, "B C A");
    check_drop("A B C", "C", "A", Drop::Before, "C A B");
    check_drop("A B C", "C", "A", Drop::After, "A C B");
    check_drop("A B C", "A", "B", Drop::Before, "A B C");
    check_drop("A B C", "A", "C", Drop::Into, "B C(C,A)");
    check_drop("A(B,C,D) E", "D", "B", Drop::Before, "A(D,B,C) E");
    check_drop("A(B,C,D) E", "B", "C", Drop::After, "A(C,B,D) E");
    check_drop("A(B,C,D) E", "B", "E", Drop::After, "A(C,D) E B");
    check_drop("A(B,C) D", "D", "B", Drop::After, "A(B,D,C)");
    check_drop("A(B,C) D(E,F)", "D", "B", Drop::After, "A(B,C) D(E,F)");
    check_drop("A(B,C) D(E,F)", "B", "F", Drop::Before, "A D(E,B,F)");
}

#[test]
fn names_are_unique_ignoring_case() {
    let design = design("A B(C,D)");
    let check = |name: &str, new: &str| {
        rename(&design, &OWNER, &at(&design, name), new).apply(&design).map(|after| {
            check_laws(&after);
            shown(&after)
        })
    };
    assert_eq!(check("A", "X"), Ok("X B(C,D)".into()));
    assert_eq!(check("A", "a"), Ok("a B(C,D)".into()));
    assert!(check("A", "b").is_err() && check("A", "d").is_err() && check("D", "A").is_err());
    // A step may be called as its first child is.
    assert_eq!(check("C", "B"), Ok("A B(B,D)".into()));
    assert!(check("D", "B").is_err() && check("A", " ").is_err());
}

#[test]
fn texts_follow_a_new_name() {
    let mut design = design("Preview Up");
    let up = at(&design, "Up");
    for (key, text) in
        [("condition", "Variable"), ("expression", "#{Octopus.Action[Preview].Output.HasChanges}")]
    {
        design = apply(&design, set(&design, &OWNER, &up, key, text, "new-f"));
    }
    let preview = at(&design, "Preview");
    let after = apply(&design, rename(&design, &OWNER, &preview, "Look first"));
    let step = after.project.process.steps.nth(1).expect("a step");
    let expected = "#{Octopus.Action[Look first].Output.HasChanges}";
    assert_eq!(step.condition.expression(), Some(expected));
    assert!(matches!(step.condition, StepCondition::Variable(_)));
}

#[test]
fn slugs_that_would_be_the_same_are_told_apart() {
    let design = design("A-b C");
    let after = apply(&design, rename(&design, &OWNER, &at(&design, "C"), "A b"));
    let slugs: Vec<_> = after.project.process.steps.iter().map(|step| step.slug()).collect();
    assert_eq!(slugs, ["a-b", "a-b-2"]);
}

#[test]
fn a_new_up_agrees_with_the_preview_until_that_is_deleted() {
    let mut design = Design::default();
    for (at, kind) in
        [Kind::Extract, Kind::ConfigOverride, Kind::Preview, Kind::Up].into_iter().enumerate()
    {
        let label = PALETTE.iter().find(|one| one.kind == kind).expect("a kind").label;
        let fresh = format!("new-{at}");
        design = apply(&design, add(&design, &OWNER, kind, label, Spot::Step(at), &fresh));
    }
    let up = |design: &Design| {
        let last = design.project.process.steps.iter().last().expect("a step").clone();
        match last.actions.first().pulumi_step() {
            Some(PulumiStep::Run(run)) => run.clone(),
            other => panic!("no run: {other:?}"),
        }
    };
    assert_eq!(up(&design).verifies.as_ref().map(ActionId::as_str), Some("action-2"));
    assert_eq!(up(&design).config_file, "Pulumi.override.yaml");
    let source = crate::record::Field::write(&up(&design).source).to_string();
    assert!(source.contains("#{Octopus.Action[Extract package].Output.AppPath}"), "{source}");
    let after = apply(&design, delete(&design, &OWNER, "step-2"));
    assert_eq!(up(&after).verifies, None);
}

#[test]
fn values_for_a_deleted_step_alone_go_with_it() {
    let mut design = design("A B");
    let ids: Vec<ActionId> =
        design.project.process.actions().map(|(_, action)| action.id.clone()).collect();
    let value = |id: &str, actions: &[ActionId]| VariableValue {
        id: crate::model::ValueId::parse(id).expect("an id"),
        content: VariableContent::text(id),
        scope: Scope { actions: actions.to_vec(), ..Scope::default() },
        description: String::new(),
        prompt: None,
        octopus_id: String::new(),
        extra: crate::record::Extra::default(),
    };
    let variable = |id: &str, values: Vec<VariableValue>| crate::model::Variable {
        id: crate::model::VariableId::parse(id).expect("an id"),
        name: crate::model::VariableName::parse(id).expect("a name"),
        values: values.into_iter().collect(),
        extra: crate::record::Extra::default(),
    };
    let both = variable("x", vec![value("v1", &ids[..1]), value("v2", &ids), value("v3", &[])]);
    design.project.variables.push(both);
    design.project.variables.push(variable("y", vec![value("v4", &ids[..1])]));
    let edit = delete(&design, &OWNER, &at(&design, "A"));
    assert_eq!(edit.label, "Delete step “A” and 2 values that only it had");
    let after = apply(&design, edit);
    let left: Vec<_> = after
        .project
        .variables
        .iter()
        .flat_map(|one| one.values.iter().map(|value| value.id.to_string()).collect::<Vec<_>>())
        .collect();
    assert_eq!(left, ["v2", "v3"]);
    assert_eq!(after.project.variables.len(), 1);
}

#[test]
fn a_copy_is_another_step() {
    let source = design("A B(C,D)");
    let after = apply(&source, duplicate(&source, &OWNER, &at(&source, "B"), "new-d"));
    assert_eq!(shown(&after), "A B(C,D) B 2(C 2,D 2)");
    let after = apply(&after, duplicate(&after, &OWNER, &at(&after, "D"), "new-e"));
    assert_eq!(shown(&after), "A B(C,D,D 3) B 2(C 2,D 2)");
    let after = apply(&source, duplicate(&source, &OWNER, &at(&source, "A"), "new-f"));
    assert_eq!(shown(&after), "A A 2 B(C,D)");
}

#[test]
fn fields_refuse_what_octopus_would() {
    let design = design("A B");
    let check = |name: &str, key: &str, text: &str| {
        set(&design, &OWNER, &at(&design, name), key, text, "new-f").apply(&design).is_err()
    };
    assert!(check("A", "start", "StartWithPrevious"));
    assert!(!check("B", "start", "StartWithPrevious"));
    assert!(check("A", "tags", "a,b"));
    assert!(check("A", "pulumi:parallel", "many"));
    assert!(check("A", "property:Octopus.Action.ExecutionTimeout.Minutes", "soon"));
    assert!(check("A", "no-such-field", "x"));
}

#[test]
fn what_a_field_names_is_made() {
    let mut design = design("A");
    let a = at(&design, "A");
    for (key, text, fresh) in [
        ("pool", "Linux", "new-1"),
        ("image", "pulumi/pulumi:3", "new-2"),
        ("image-feed", "Docker Hub", "new-3"),
        ("package-add", "my-app", "new-4"),
        ("package:0:feed", "Octopus Server (built-in)", "new-5"),
    ] {
        design = apply(&design, set(&design, &OWNER, &a, key, text, fresh));
    }
    assert_eq!(design.space.worker_pools.len(), 1);
    let kinds: Vec<_> = design.space.feeds.iter().map(|feed| feed.kind.word()).collect();
    assert_eq!(kinds, ["Docker", "BuiltIn"]);
    assert_eq!(design.project.packages.len(), 1);
    assert_eq!(design.pulumi.package.as_ref().map(|key| key.as_str()), Some("package-4"));
    let action = design.project.process.steps.nth(0).expect("a step").actions.first().clone();
    assert_eq!(action.packages[0].name, "my-app");
    assert!(action.packages[0].is_extracted());
}

#[test]
fn an_approval_stands_before_and_for_the_protected() {
    let mut source = design("A B");
    for (id, is_protected) in [("dev", false), ("prod", true)] {
        let name = crate::model::EnvironmentName::parse(id).expect("a name");
        let id = crate::model::EnvironmentId::parse(id).expect("an id");
        let mut environment = crate::model::Environment::new(id, name);
        environment.is_protected = is_protected;
        source.space.environments.push(environment);
    }
    let after = apply(&source, add_gate(&source, &OWNER, &at(&source, "B"), "new-g"));
    assert_eq!(shown(&after), "A Approve B");
    let gate = after.project.process.steps.nth(1).expect("a step").actions.first().clone();
    assert!(gate.is_manual());
    assert_eq!(gate.environments.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["prod"]);
}

/// An edit by numbers, for any process.
fn any_edit(design: &Design, (verb, which, to): (u8, usize, usize), count: usize) -> Edit {
    let process = &design.project.process;
    let mut items = Vec::new();
    for (at, step) in process.steps.iter().enumerate() {
        items.push(Item::Step(at));
        if step.has_children() {
            items.extend((0..step.actions.len()).map(|child| Item::Child(at, child)));
        }
    }
    let fresh = format!("new-{count}");
    let kind = PALETTE[to % PALETTE.len()];
    let Some(item) = items.get(which % items.len().max(1)).copied() else {
        return add(design, &OWNER, kind.kind, kind.label, Spot::Step(0), &fresh);
    };
    let place = address(process, item);
    let target = items[to % items.len()];
    let moved = |spot: Option<Spot>| match spot {
        Some(spot) => move_to(design, &OWNER, &place, spot, &fresh),
        None => add(design, &OWNER, kind.kind, kind.label, Spot::Step(to % 9), &fresh),
    };
    match verb % 10 {
        0 => add(design, &OWNER, kind.kind, kind.label, Spot::Step(to % 9), &fresh),
        1 => delete(design, &OWNER, &place),
        2 => duplicate(design, &OWNER, &place, &fresh),
        3 => moved(spot(process, item, Move::Nest)),
        4 => moved(spot(process, item, Move::UnNest)),
        5 => moved(spot(process, item, Move::To(to % 9))),
        6 => {
            moved(drop_spot(process, item, target, [Drop::Before, Drop::After, Drop::Into][to % 3]))
        }
        7 => rename(design, &OWNER, &place, ["A", "a", "Pulumi up", "A-1", "A 1"][to % 5]),
        8 => set(design, &OWNER, &place, "start", "StartWithPrevious", &fresh),
        _ => add_gate(design, &OWNER, &place, &fresh),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_keep_the_laws_and_undo_to_the_start(
        plan in prop::collection::vec((any::<u8>(), 0_usize..40, 0_usize..40), 1..25),
    ) {
        let start = Design::default();
        let mut history = History::default();
        let mut now = start.clone();
        for (count, step) in plan.into_iter().enumerate() {
            let edit = any_edit(&now, step, count);
            if let Ok(Some(after)) = history.run(&now, edit, count as f64 * 10_000.0) {
                check_laws(&after);
                now = after;
            }
        }
        let end = now.clone();
        let written = design_file::write(&end);
        let read = design_file::read(&written);
        prop_assert_eq!(read.design.as_ref(), Some(&end));
        while let Some((_, before)) = history.undo(&now) {
            now = before;
        }
        prop_assert_eq!(&now, &start);
        while let Some((_, after)) = history.redo(&now) {
            now = after;
        }
        prop_assert_eq!(now, end);
    }
}
