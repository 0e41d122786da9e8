//! Tests of the verbs of the Stacks page, and of undo over all of them.

use proptest::prelude::*;

use super::*;
use crate::model::{
    ActionId, Environment, EnvironmentId, EnvironmentName, LifecycleId, Scope, StepId, ValueId,
    Variable, VariableContent, VariableId, VariableName, VariableValue,
};

fn env(id: &str) -> EnvironmentId {
    EnvironmentId::parse(id).expect("an id")
}

/// A design with environments dev, staging and prod.
fn three() -> Design {
    let mut design = Design::default();
    for (id, name) in [("dev", "Development"), ("staging", "Staging"), ("prod", "Production")] {
        let name = EnvironmentName::parse(name).expect("a name");
        design.space.environments.push(Environment::new(env(id), name));
    }
    design
}

fn names(design: &Design) -> Vec<&str> {
    design.space.environments.iter().map(|one| one.name.as_str()).collect()
}

#[track_caller]
fn refused(design: &Design, edit: Edit, says: &str) {
    let refusal = edit.apply(design).expect_err("it should refuse");
    assert!(refusal.0.contains(says), "{refusal}");
}

#[track_caller]
fn done(design: &Design, edit: Edit) -> Design {
    edit.apply(design).unwrap_or_else(|refusal| panic!("{refusal}"))
}

#[test]
fn environments_have_names_of_their_own() {
    let design = three();
    refused(&design, environments::add(env("e"), "production"), "already");
    refused(&design, environments::add(env("e"), "  "), "not empty");
    refused(&design, environments::rename(env("dev"), "Staging"), "already");
    let design = done(&design, environments::rename(env("dev"), "DEVELOPMENT"));
    let design = done(&design, environments::add(env("qa"), " QA "));
    let design = done(&design, environments::move_to(env("qa"), 1));
    assert_eq!(names(&design), ["DEVELOPMENT", "QA", "Staging", "Production"]);
}

#[test]
fn a_new_environment_gets_its_phase_and_a_renamed_one_keeps_it() {
    let lifecycle = LifecycleId::parse("l").expect("an id");
    let design = done(&three(), lifecycles::one_phase_each(lifecycle));
    let design = done(&design, environments::add(env("qa"), "QA"));
    let design = done(&design, environments::rename(env("qa"), "Test"));
    let lifecycle = design.space.lifecycles.nth(0).expect("one");
    let phases: Vec<_> = lifecycle.phases.iter().map(|phase| phase.name.as_str()).collect();
    assert_eq!(phases, ["Development", "Staging", "Production", "Test"]);
    assert_eq!(design.project.lifecycle.as_ref(), Some(&lifecycle.id));
}

#[test]
fn an_environment_is_in_one_phase_only() {
    let lifecycle = LifecycleId::parse("l").expect("an id");
    let design = done(&three(), lifecycles::one_phase_each(lifecycle));
    let both = vec![env("dev"), env("prod")];
    let design = done(&design, lifecycles::set_phase_environments(0, both.clone(), true));
    let phases = &design.space.lifecycles.nth(0).expect("one").phases;
    assert_eq!((phases[0].automatic.clone(), phases[0].manual.len()), (both, 0));
    assert_eq!(phases[2].environments().count(), 0);
    refused(&design, lifecycles::rename_phase(0, "staging"), "already");
    refused(&design, lifecycles::move_phase(9, 0), "not there any more");
    let all_optional =
        (0..2).fold(design, |design, phase| done(&design, lifecycles::set_optional(phase, true)));
    refused(&all_optional, lifecycles::set_optional(2, true), "at least one phase");
}

/// A tenant with a value for all environments and one for `prod` alone.
fn tenant_with_values() -> crate::model::Tenant {
    let value = |text: &str, environments: Vec<EnvironmentId>| crate::model::space::TenantValue {
        template: crate::model::VariableTemplateId::parse("t").expect("an id"),
        environments,
        value: text.to_owned(),
        is_sensitive: false,
        extra: crate::record::Extra::default(),
    };
    let id = crate::model::TenantId::parse("acme").expect("an id");
    let name = crate::model::Name::parse("Acme").expect("a name");
    crate::model::Tenant {
        environments: vec![env("prod")],
        values: vec![value("all", Vec::new()), value("prod", vec![env("prod")])],
        ..crate::model::Tenant::new(id, name)
    }
}

#[test]
fn deleting_an_environment_widens_nothing() {
    let mut design = three();
    let id = |text: &str| ValueId::parse(text).expect("an id");
    let mut variable = Variable::new(
        VariableId::parse("v").expect("an id"),
        VariableName::parse("Key").expect("a name"),
    );
    for (value, scope) in [
        ("only-prod", Scope::environment(env("prod"))),
        ("both", Scope { environments: vec![env("dev"), env("prod")], ..Scope::default() }),
        ("all", Scope::default()),
    ] {
        variable.values.push(VariableValue::new(id(value), VariableContent::text(value), scope));
    }
    design.project.variables.push(variable);
    design.space.tenants.push(tenant_with_values());
    let (step, action) = (StepId::parse("s").expect("an id"), ActionId::parse("a").expect("an id"));
    let design = done(&design, approvals::set(env("prod"), true, step, action));
    let design = done(&design, stacks::set(env("prod"), "my-org/app/prod"));
    let design = done(&design, environments::delete(env("prod")));

    let tenant = design.space.tenants.nth(0).expect("it stays");
    let left: Vec<_> = tenant.values.iter().map(|one| one.value.as_str()).collect();
    assert_eq!((left, &*tenant.environments), (vec!["all"], &[][..]));
    let values = &design.project.variables.nth(0).expect("it stays").values;
    assert!(values.get(&id("only-prod")).is_none(), "it would have become a value for all");
    assert_eq!(values.get(&id("both")).expect("it stays").scope, Scope::environment(env("dev")));
    assert!(values.get(&id("all")).is_some());
    let (_, gate) = design.project.process.actions().next().expect("the gate stays");
    assert!(gate.is_disabled, "it would have become a gate for all");
    assert!(design.pulumi.stacks.is_empty());
}

/// A list of environments that is empty means all of them.
#[test]
fn an_account_for_a_deleted_environment_alone_goes_with_it() {
    use crate::model::space::AccountKind;
    use crate::model::variable::AccountContent;
    use crate::model::{Account, AccountId, Name};
    use crate::record::Bound;
    let mut design = three();
    let id = |text: &str| AccountId::parse(text).expect("an id");
    let mut variable = Variable::new(
        VariableId::parse("v").expect("an id"),
        VariableName::parse("AWS").expect("a name"),
    );
    for (account, environments) in
        [("one", vec![env("prod")]), ("two", vec![env("dev"), env("prod")]), ("all", Vec::new())]
    {
        let name = Name::parse(account).expect("a name");
        let mut made = Account::new(id(account), name, AccountKind::Aws);
        made.environments = environments;
        design.space.accounts.push(made);
        let chosen = AccountContent { account: Some(Bound::Is(id(account))), ..Default::default() };
        let content = VariableContent::AwsAccount(chosen);
        let value = ValueId::parse(account).expect("an id");
        variable.values.push(VariableValue::new(value, content, Scope::default()));
    }
    design.project.variables.push(variable);
    let design = done(&design, environments::delete(env("prod")));
    let accounts: Vec<_> = design.space.accounts.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(accounts, ["two", "all"]);
    let two = design.space.accounts.get(&id("two")).expect("it stays");
    assert_eq!(two.environments, [env("dev")]);
    let values = &design.project.variables.nth(0).expect("it stays").values;
    let chosen: Vec<_> = values
        .iter()
        .map(|value| value.content.account().is_some_and(|content| content.account.is_some()))
        .collect();
    assert_eq!(chosen, [false, true, true]);
}

#[test]
fn approval_makes_one_gate_and_takes_it_away() {
    let ids = || (StepId::parse("s").expect("an id"), ActionId::parse("a").expect("an id"));
    let ask = |design: &Design, environment: &str, wanted: bool| {
        let (step, action) = ids();
        done(design, approvals::set(env(environment), wanted, step, action))
    };
    let design = ask(&three(), "prod", true);
    let design = ask(&design, "staging", true);
    assert_eq!(design.project.process.steps.len(), 1);
    let gates = |design: &Design| {
        ["dev", "staging", "prod"].map(|one| approvals::needs_approval(design, &env(one)))
    };
    assert_eq!(gates(&design), [false, true, true]);
    let design = ask(&design, "staging", false);
    assert_eq!(gates(&design), [false, false, true]);
    let design = ask(&design, "prod", false);
    assert!(design.project.process.steps.is_empty());
}

#[test]
fn a_new_approval_stands_after_the_preview_and_says_what_to_look_at() {
    use crate::catalog::Kind;
    use crate::edit::steps::{self, Spot};
    use crate::model::ProcessOwner;
    use crate::model::process::{StartTrigger, keys};
    let kinds = crate::catalog::PALETTE;
    let kind = |id: &str| kinds.iter().find(|one| one.id == id).expect("a kind").kind;
    let add = |design: &Design, id: &str, at: usize| {
        let owner = ProcessOwner::Deployment;
        let kind: Kind = kind(id);
        let fresh = format!("new-{id}{at}");
        done(design, steps::add(design, &owner, kind, id, Spot::Step(at), &fresh))
    };
    let ask = |design: &Design| {
        let (step, action) =
            (StepId::parse("gate").expect("an id"), ActionId::parse("ask").expect("an id"));
        done(design, approvals::set(env("prod"), true, step, action))
    };
    let order = |design: &Design| {
        let steps = design.project.process.steps.iter();
        steps.map(|step| step.name.to_string()).collect::<Vec<_>>()
    };
    let says = |design: &Design| {
        let mut actions = design.project.process.actions();
        let gate = actions.find(|(_, action)| action.is_manual()).expect("a gate").1;
        gate.properties.text(keys::MANUAL_INSTRUCTIONS).to_owned()
    };

    let design = add(&add(&three(), "pulumi-preview", 0), "pulumi-up", 1);
    let mut side_by_side = design.clone();
    let up = side_by_side.project.process.steps.nth(1).expect("up").id.clone();
    side_by_side.project.process.steps.update(&up, |step| step.start = StartTrigger::WithPrevious);
    for design in [ask(&design), ask(&side_by_side)] {
        assert_eq!(order(&design), ["pulumi-preview", "Approve", "pulumi-up"]);
        assert!(says(&design).contains("#{Octopus.Action[pulumi-preview].Output.Deletes}"));
        assert!(says(&design).contains("Proceed with **pulumi-up**?"));
        let up = design.project.process.steps.nth(2).expect("up");
        assert_eq!(up.start, StartTrigger::AfterPrevious);
    }
    // An up before any preview is not the one that the preview is of.
    let design = add(&design, "pulumi-up", 0);
    assert_eq!(order(&ask(&design))[2], "Approve");
    let design = ask(&add(&three(), "pulumi-preview", 0));
    assert_eq!(order(&design), ["pulumi-preview", "Approve"]);
    let design = ask(&add(&three(), "pulumi-up", 0));
    assert!(says(&design).contains("No preview ran before"));
}

#[test]
fn a_place_chosen_before_any_step_is_taken_by_the_steps_to_come() {
    use crate::edit::infrastructure as place;
    use crate::edit::steps::{self, Spot};
    use crate::model::ProcessOwner;
    let pool = crate::model::WorkerPoolId::parse("pool").expect("an id");
    let feed = crate::model::FeedId::parse("feed").expect("an id");
    let design = done(&three(), place::add_worker_pool(pool.clone(), "Prod"));
    let design = done(&design, place::run_on_pool(Some(pool)));
    let design = done(&design, place::run_in_container("pulumi/pulumi:3", feed));
    let shared = place::shared_place(&design);
    let kind = crate::catalog::PALETTE[0].kind;
    let add = |design: &Design, kind, label: &str| {
        let owner = ProcessOwner::Deployment;
        done(
            design,
            steps::add(design, &owner, kind, label, Spot::Step(0), &format!("new-{label}")),
        )
    };
    let after = add(&design, kind, "first");
    assert_eq!(place::shared_place(&after), shared);
    let action = after.project.process.actions().next().expect("a step").1;
    assert_eq!(Some(action.worker_pool.clone()), shared.0);
    assert_eq!(action.container.as_ref().map(|one| one.image.as_str()), Some("pulumi/pulumi:3"));
    let script = add(&design, crate::catalog::Kind::Octopus("Octopus.Script"), "script");
    let action = script.project.process.actions().next().expect("a step").1;
    assert_eq!(action.container, None, "Only Pulumi steps take it.");
}

#[test]
fn stacks_are_filled_all_or_not_at_all() {
    let design = three();
    refused(&design, stacks::fill("my-org/app/fixed"), "{environment}");
    refused(&design, stacks::fill("my org/app/{environment}"), "For Development");
    let design = done(&design, stacks::fill("my-org/app/{environment}"));
    let stacks: Vec<_> = design.pulumi.stacks.iter().map(|one| one.stack.to_string()).collect();
    assert_eq!(stacks, ["my-org/app/development", "my-org/app/staging", "my-org/app/production"]);
    assert_eq!(design.pulumi.project.as_ref().map(|one| one.as_str()), Some("app"));
    let design = done(&design, stacks::set(env("dev"), ""));
    assert!(design.pulumi.stack_of(&env("dev")).is_none());
    refused(&design, stacks::set(env("dev"), "app/dev"), "Two parts");
}

/// Any verb of the page, on ids that may or may not be there.
fn any_edit() -> impl Strategy<Value = (u8, u8, String)> {
    (0_u8..14, 0_u8..4, "[a-zA-Z/{} -]{0,24}")
}

fn make((verb, which, text): &(u8, u8, String)) -> Edit {
    let id = env(["dev", "staging", "prod", "new"][usize::from(*which) % 4]);
    let lifecycle = || LifecycleId::parse("l").expect("an id");
    let index = usize::from(*which);
    match verb {
        0 => environments::add(id, text),
        1 => environments::rename(id, text),
        2 => environments::move_to(id, index),
        3 => environments::delete(id),
        4 => environments::protect(id, text.len() % 2 == 0),
        5 => environments::set_hue(id, u32::from(*which) * 5),
        6 => stacks::set(id, text),
        7 => stacks::fill(&format!("my-org/app/{text}{{environment}}")),
        8 => lifecycles::one_phase_each(lifecycle()),
        9 => lifecycles::add_phase(lifecycle()),
        10 => lifecycles::set_phase_environments(index, vec![id], text.len() % 2 == 0),
        11 => lifecycles::delete_phase(index),
        12 => lifecycles::move_phase(index, text.len() % 4),
        _ => approvals::set(
            id,
            text.len() % 2 == 0,
            StepId::parse(&format!("s{}", text.len())).expect("an id"),
            ActionId::parse(&format!("a{}", text.len())).expect("an id"),
        ),
    }
}

proptest! {
    #[test]
    fn undoing_all_gives_the_start_and_redoing_all_the_end(
        verbs in prop::collection::vec(any_edit(), 0..24)
    ) {
        let start = three();
        let (mut history, mut design, mut count) = (History::default(), start.clone(), 0);
        for verb in &verbs {
            if let Ok(Some(after)) = history.run(&design, make(verb), 0.0) {
                prop_assert_ne!(&after, &design);
                design = after;
                count += 1;
            }
        }
        let end = design.clone();
        for _ in 0..count {
            let (_, before) = history.undo(&design).expect("an entry for each edit");
            design = before;
        }
        prop_assert_eq!(&design, &start);
        prop_assert!(history.undo(&design).is_none());
        while let Some((_, after)) = history.redo(&design) {
            design = after;
        }
        prop_assert_eq!(design, end);
    }
}
