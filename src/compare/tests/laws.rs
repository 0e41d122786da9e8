//! What holds for any two designs.

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;

use super::{compare, sample, with_other_ids};
use crate::compare::{Change, Comparison, count, take};
use crate::edit::{environments, steps};
use crate::generate::{Size, large};
use crate::model::process::keys;
use crate::model::{
    Design, Name, ProcessOwner, PropertyValue, Scope, TargetTag, ValueId, VariableContent,
    VariableValue,
};

/// One of many things that people do to a design.
fn mutate(design: &mut Design, (kind, at): (u8, usize)) {
    let nth_environment = |design: &Design| {
        let all = &design.space.environments;
        all.nth(at % all.len().max(1)).map(|one| one.id.clone())
    };
    match kind {
        0 => {
            if let Some(id) = nth_environment(design)
                && let Ok(after) = environments::delete(id).apply(design)
            {
                *design = after;
            }
        }
        1 => {
            if let Some(id) = nth_environment(design) {
                let name = format!("Place {at}");
                if let Ok(after) = environments::rename(id, &name).apply(design) {
                    *design = after;
                }
            }
        }
        2 => {
            if let Some(id) = nth_environment(design) {
                design.space.environments.move_to(&id, at % 3);
            }
        }
        3..=6 => change_variable(design, kind, at),
        7 => {
            let steps = &mut design.project.process.steps;
            if let Some(id) = steps.nth(at % steps.len().max(1)).map(|one| one.id.clone()) {
                steps.move_to(&id, at % 5);
            }
        }
        8 => {
            let steps = &mut design.project.process.steps;
            if let Some(id) = steps.nth(at % steps.len().max(1)).map(|one| one.id.clone()) {
                steps.update(&id, |step| {
                    let body = format!("echo {at}\nexit 0\n");
                    let action = step.actions.first_mut();
                    action.properties.set(keys::SCRIPT_BODY, PropertyValue::Text(body));
                    action.notes = format!("Note {at}");
                    step.target_tags.extend(TargetTag::parse(&format!("tag-{at}")));
                });
            }
        }
        9 => {
            let steps = &design.project.process.steps;
            if let Some(id) = steps.nth(at % steps.len().max(1)).map(|one| one.id.clone())
                && let Ok(after) =
                    steps::delete(design, &ProcessOwner::Deployment, id.as_str()).apply(design)
            {
                *design = after;
            }
        }
        10 => {
            let runbooks = &mut design.project.runbooks;
            if let Some(id) = runbooks.nth(at % runbooks.len().max(1)).map(|one| one.id.clone()) {
                runbooks.update(&id, |one| {
                    one.name = Name::parse(&format!("Book {at}")).expect("a name");
                    one.environments.clear();
                });
            }
        }
        11 => design.notes = format!("Notes {at}\nand more\n"),
        12 => {
            let phases = at % 4;
            design.space.lifecycles.update_each(|one| {
                let mut one = one.clone();
                let most = one.phases.len();
                one.phases.rotate_left(phases.min(most));
                Some(one)
            });
        }
        _ => {
            if let Some(id) = nth_environment(design) {
                design.pulumi.set_stack(&id, None);
            }
        }
    }
}

fn change_variable(design: &mut Design, kind: u8, at: usize) {
    let environment = design.space.environments.nth(at % 3).map(|one| one.id.clone());
    let variables = &mut design.project.variables;
    let Some(id) = variables.nth(at % variables.len().max(1)).map(|one| one.id.clone()) else {
        return;
    };
    if kind == 3 {
        variables.remove(&id);
        return;
    }
    variables.update(&id, |variable| {
        let first = variable.values.nth(at % variable.values.len().max(1));
        let first = first.map(|one| one.id.clone());
        match (kind, first) {
            (4, Some(first)) => {
                variable.values.update(&first, |value| {
                    value.content = VariableContent::text(format!("value {at}"));
                });
            }
            (5, Some(first)) => {
                variable.values.update(&first, |value| {
                    value.scope = environment.map_or_else(Scope::default, Scope::environment);
                });
            }
            _ => {
                let id = ValueId::parse(&format!("new-{at}")).expect("an id");
                let content = VariableContent::text(format!("more {at}"));
                let scope = environment.map_or_else(Scope::default, Scope::environment);
                variable.values.push(VariableValue::new(id, content, scope));
            }
        }
    });
}

static DESIGNS: LazyLock<Vec<Design>> = LazyLock::new(|| {
    let size = Size { environments: 6, variables: 12, values: 40, steps: 8 };
    vec![sample("aws-fargate"), sample("aws-fargate-modern"), sample("azure"), large(size)]
});

fn changes() -> impl Strategy<Value = (usize, Vec<(u8, usize)>, bool)> {
    (0..4_usize, prop::collection::vec((0..14_u8, 0..40_usize), 0..8), any::<bool>())
}

/// As many as `PROPTEST_CASES` says, else few: each compares whole designs.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(40)
}

/// Two designs, the second made from the first.
fn pair((base, changes, renames): (usize, Vec<(u8, usize)>, bool)) -> (Design, Design) {
    let first = DESIGNS[base].clone();
    let mut second = first.clone();
    for change in changes {
        mutate(&mut second, change);
    }
    let second = if renames { with_other_ids(&second) } else { second };
    (first, second)
}

/// What is told of differences whichever way they are read.
fn told(comparison: &Comparison, is_turned: bool) -> Vec<String> {
    let mut told: Vec<String> = comparison
        .differences
        .iter()
        .filter(|one| one.change != Change::Moved)
        .map(|one| {
            let (before, after) = (format!("{:?}", one.before), format!("{:?}", one.after));
            match (one.change, is_turned) {
                (Change::Added, false) | (Change::Removed, true) => {
                    format!("{:?} only second {before}{after}", one.area).replace("None", "")
                }
                (Change::Removed, false) | (Change::Added, true) => {
                    format!("{:?} only first {before}{after}", one.area).replace("None", "")
                }
                (_, false) => format!("{:?} {before} {after}", one.area),
                (_, true) => format!("{:?} {after} {before}", one.area),
            }
        })
        .collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_design_does_not_differ_from_itself(case in changes()) {
        let (_, design) = pair(case);
        prop_assert_eq!(&compare(&design, &design).differences, &[]);
        prop_assert_eq!(&compare(&design, &with_other_ids(&design)).differences, &[]);
    }

    #[test]
    fn all_differences_taken_over_make_them_equal(case in changes()) {
        let (first, second) = pair(case);
        let comparison = Arc::new(compare(&first, &second));
        let all: Vec<usize> = (0..comparison.differences.len()).collect();
        let taken = take(&comparison, &all).expect("all of it can be taken over");
        prop_assert_eq!(taken.along, Vec::<usize>::new());
        let after = taken.edit.apply(&first).expect("it is the design that was compared");
        prop_assert_eq!(&compare(&after, &second).differences, &[]);
    }

    #[test]
    fn it_tells_the_same_both_ways(case in changes()) {
        let (first, second) = pair(case);
        let (there, back) = (compare(&first, &second), compare(&second, &first));
        prop_assert_eq!(told(&there, false), told(&back, true));
        prop_assert_eq!(count(&there.differences, Change::Moved), count(&back.differences, Change::Moved));
    }

    #[test]
    fn one_difference_taken_over_is_gone_and_nothing_dangles(case in changes(), pick in 0..50_usize) {
        let (first, second) = pair(case);
        let comparison = Arc::new(compare(&first, &second));
        let many = comparison.differences.len();
        prop_assume!(many > 0);
        let pick = pick % many;
        let Ok(taken) = take(&comparison, &[pick]) else {
            // Refused in words; taking all over never is.
            return Ok(());
        };
        let after = taken.edit.apply(&first).expect("it is the design that was compared");
        let rest = compare(&after, &second);
        prop_assert!(rest.differences.len() < many, "{:?}", comparison.differences[pick]);
        let dangling = |design: &Design| {
            let rule = crate::lint::RULES.iter().find(|rule| rule.id == "project/dangling");
            let mut found = Vec::new();
            (rule.expect("the rule").check)(design, &mut found);
            found.len()
        };
        prop_assert!(dangling(&after) <= dangling(&first));
    }
}
