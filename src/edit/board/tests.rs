//! A cell's edit changes its environment and no other.

use proptest::prelude::*;

use super::*;
use crate::model::process::ActionType;
use crate::model::variable::{AccountContent, SensitiveContent};
use crate::model::{
    Account, AccountId, AccountKind, Action, Environment, EnvironmentName, LibrarySet,
    LibrarySetId, Name, ProcessOwner, Scope, Step, ValueId, Variable, VariableContent, VariableId,
    VariableName, VariableValue,
};
use crate::record::{Bound, Extra};
use crate::scope::{Context, Resolver};

const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];

fn env(id: &str) -> EnvironmentId {
    EnvironmentId::parse(id).expect("an id")
}

fn three() -> Design {
    let mut design = Design::default();
    for id in ENVIRONMENTS {
        let name = EnvironmentName::parse(id).expect("a name");
        design.space.environments.push(Environment::new(env(id), name));
    }
    let account = AccountId::parse("acc-1").expect("an id");
    let name = Name::parse("AWS prod").expect("a name");
    design.space.accounts.push(Account::new(account, name, AccountKind::Aws));
    let id = LibrarySetId::parse("lib").expect("an id");
    design.space.library_sets.push(LibrarySet::new(id.clone(), Name::parse("Lib").expect("ok")));
    design.project.included_sets.push(id);
    design
}

fn scope(ids: &[&str]) -> Scope {
    Scope { environments: ids.iter().map(|id| env(id)).collect(), ..Scope::default() }
}

fn variable(name: &str, values: Vec<(VariableContent, Scope)>) -> Variable {
    let id = VariableId::parse(&name.to_ascii_lowercase()).expect("an id");
    let mut made = Variable::new(id, VariableName::parse(name).expect("a name"));
    for (at, (content, scope)) in values.into_iter().enumerate() {
        let id = ValueId::parse(&format!("v{at}")).expect("an id");
        made.values.push(VariableValue::new(id, content, scope));
    }
    made
}

fn texts(values: &[(&str, &[&str])]) -> Design {
    let mut design = three();
    let values = values.iter().map(|(text, ids)| (VariableContent::text(*text), scope(ids)));
    design.project.variables.push(variable("Size", values.collect()));
    design
}

fn size() -> Spot {
    Spot::Variable { name: "size".to_owned(), word: "String" }
}

fn one(spot: Spot, environment: &str, change: Change) -> Edit {
    let cell = CellEdit { spot, environment: env(environment), change };
    super::change(vec![cell], "new", Skipped::default())
}

fn put(design: &Design, environment: &str, text: &str) -> Design {
    one(size(), environment, Change::Text(text.to_owned())).apply(design).expect("it is put")
}

fn clear(design: &Design, environment: &str) -> Result<Design, Refusal> {
    one(size(), environment, Change::Clear).apply(design)
}

/// All values as `text: environments`.
fn values(design: &Design) -> Vec<String> {
    let all = design.project.variables.iter().flat_map(|one| one.values.iter());
    all.map(|value| {
        let ids: Vec<_> = value.scope.environments.iter().map(|id| id.as_str()).collect();
        format!("{}: {}", shown(&value.content), ids.join(" "))
    })
    .collect()
}

fn shown(content: &VariableContent) -> String {
    match content {
        VariableContent::Text(own) => own.text.clone(),
        VariableContent::Sensitive(own) => format!("secret {}", own.is_set),
        other => format!("{:?}", other.account().and_then(|own| own.account.clone())),
    }
}

#[test]
fn an_inherited_value_stays_and_the_environment_gets_its_own() {
    let design = put(&texts(&[("1", &[])]), "prod", "6");
    assert_eq!(values(&design), ["1: ", "6: prod"]);
    assert_eq!(values(&put(&design, "prod", "7")), ["1: ", "7: prod"]);
}

#[test]
fn a_value_shared_with_others_is_split() {
    let design = put(&texts(&[("1", &["dev", "prod"]), ("2", &[])]), "prod", "6");
    assert_eq!(values(&design), ["1: dev", "6: prod", "2: "]);
}

#[test]
fn a_hole_is_filled_and_a_tie_ends() {
    assert_eq!(values(&put(&texts(&[("1", &["dev"])]), "prod", "6")), ["1: dev", "6: prod"]);
    let tie = texts(&[("1", &["dev"]), ("2", &["dev", "prod"]), ("3", &["dev"])]);
    assert_eq!(values(&put(&tie, "dev", "x")), ["x: dev", "2: prod"]);
}

#[test]
fn clearing_takes_only_what_names_the_environment() {
    let design = texts(&[("1", &[]), ("2", &["dev", "prod"]), ("3", &["staging"])]);
    assert_eq!(
        values(&clear(&design, "dev").expect("it has one")),
        ["1: ", "2: prod", "3: staging"]
    );
    assert_eq!(values(&clear(&design, "staging").expect("it has one")), ["1: ", "2: dev prod"]);
    let refusal = clear(&texts(&[("1", &[])]), "dev").expect_err("nothing of its own");
    assert!(refusal.0.contains("wider scope"), "{refusal}");
    let emptied = clear(&texts(&[("1", &["dev"])]), "dev").expect("it has one");
    assert!(emptied.project.variables.is_empty(), "a variable has at least one value");
}

#[test]
fn what_a_library_set_says_is_changed_there() {
    let mut design = three();
    let id = LibrarySetId::parse("lib").expect("an id");
    let own = variable("Size", vec![(VariableContent::text("1"), Scope::default())]);
    design.space.library_sets.update(&id, |set| {
        set.variables.push(own);
    });
    let design = put(&design, "prod", "6");
    assert!(design.project.variables.is_empty());
    let set = design.space.library_sets.get(&id).expect("it is there");
    assert_eq!(set.variables.nth(0).map(|one| one.values.len()), Some(2));
}

#[test]
fn a_secret_is_never_taken_and_choices_go_by_name_or_id() {
    let mut design = three();
    let secret =
        VariableContent::Sensitive(SensitiveContent { is_set: true, extra: Extra::default() });
    design.project.variables.push(variable("Size", vec![(secret, Scope::default())]));
    let refusal =
        one(size(), "dev", Change::Text("hunter2".into())).apply(&design).expect_err("no");
    assert!(refusal.0.contains("no secret"), "{refusal}");
    let unset = one(size(), "dev", Change::Text("not set".into())).apply(&design).expect("yes");
    assert_eq!(values(&unset), ["secret true: ", "secret false: dev"]);

    let mut design = three();
    let none = VariableContent::AwsAccount(AccountContent::default());
    design.project.variables.push(variable("Size", vec![(none, Scope::default())]));
    let by_name = put(&design, "dev", "aws PROD");
    let by_id = one(size(), "dev", Change::Choice("acc-1".into())).apply(&design).expect("it is");
    assert_eq!(by_name, by_id);
    let account = by_id.project.variables.nth(0).and_then(|one| one.values.nth(1).cloned());
    let account =
        account.and_then(|one| one.content.account().cloned()).and_then(|one| one.account);
    assert_eq!(account, AccountId::parse("acc-1").ok().map(Bound::Is));
    let wrong = one(size(), "dev", Change::Text("nobody".into())).apply(&design).expect_err("no");
    assert!(wrong.0.contains("nobody"), "{wrong}");
}

#[test]
fn a_name_that_is_not_there_becomes_a_variable() {
    let spot = Spot::Variable { name: "AWS".into(), word: "AmazonWebServicesAccount" };
    let design = one(spot, "dev", Change::Choice("acc-1".into())).apply(&three()).expect("it is");
    let made = design.project.variables.nth(0).expect("a variable");
    assert_eq!((made.name.as_str(), made.values.len()), ("AWS", 1));
}

#[test]
fn many_cells_are_one_edit_and_those_that_cannot_are_told_of() {
    let mut design = texts(&[("1", &[])]);
    let secret = VariableContent::empty("Sensitive").expect("a type");
    design.project.variables.push(variable("Token", vec![(secret, Scope::default())]));
    let token = Spot::Variable { name: "Token".into(), word: "String" };
    let cell = |spot: &Spot, id: &str| CellEdit {
        spot: spot.clone(),
        environment: env(id),
        change: Change::Text("x".into()),
    };
    let skipped = Skipped::default();
    let cells = vec![cell(&size(), "dev"), cell(&token, "dev"), cell(&size(), "prod")];
    let edit = super::change(cells, "new", Skipped::clone(&skipped));
    assert_eq!(edit.label, "Change 3 cells");
    let after = edit.apply(&design).expect("two can");
    assert_eq!(values(&after)[..3], ["1: ", "x: prod", "x: dev"]);
    assert_eq!(skipped.borrow().len(), 1);
}

fn process(environments: &[&str], excluded: &[&str]) -> Design {
    let mut design = three();
    let mut action = Action::octopus(
        crate::model::ActionId::parse("a").expect("an id"),
        Name::parse("Up").expect("a name"),
        ActionType::parse("Octopus.Script").expect("a type"),
    );
    action.environments = environments.iter().map(|id| env(id)).collect();
    action.excluded_environments = excluded.iter().map(|id| env(id)).collect();
    design.project.process.steps.push(Step::single(StepId::parse("s").expect("an id"), action));
    design
}

fn switch(design: &Design, environment: &str, is_on: bool) -> Design {
    one(Spot::Step("s".into()), environment, Change::On(is_on)).apply(design).expect("it is there")
}

/// Where the step runs, and its lists.
fn runs(design: &Design) -> (Vec<&'static str>, usize, usize) {
    let (_, action) = design.project.process.actions().next().expect("an action");
    let runs = |id: &&str| !action.is_disabled && action.runs_in(&env(id));
    let there = ENVIRONMENTS.into_iter().filter(runs).collect();
    (there, action.environments.len(), action.excluded_environments.len())
}

#[test]
fn a_step_goes_out_of_an_environment_and_in_again() {
    let out = switch(&process(&[], &[]), "dev", false);
    assert_eq!(runs(&out), (vec!["staging", "prod"], 0, 1), "new environments still run it");
    assert_eq!(switch(&out, "dev", true), process(&[], &[]));
    let fewer = switch(&process(&["dev", "prod"], &[]), "dev", false);
    assert_eq!(runs(&fewer), (vec!["prod"], 1, 0));
    let none = switch(&fewer, "prod", false);
    assert_eq!(runs(&none).0, Vec::<&str>::new(), "an empty list would run it everywhere");
    assert_eq!(runs(&switch(&none, "staging", true)).0, ["staging"]);
    let both = switch(&process(&["dev", "prod"], &["prod"]), "prod", true);
    assert_eq!(runs(&both).0, ["dev", "prod"]);
}

#[test]
fn stacks_and_gates_are_cells_too() {
    let typed = |design: &Design, id: &str, text: &str| {
        one(Spot::Stack, id, Change::Text(text.into())).apply(design)
    };
    let design = typed(&three(), "dev", "my-org/app/{environment}").expect("a stack");
    assert_eq!(
        design.pulumi.stack_of(&env("dev")).map(ToString::to_string).as_deref(),
        Some("my-org/app/dev")
    );
    assert!(typed(&design, "dev", "what").is_err());
    let cleared = one(Spot::Stack, "dev", Change::Clear).apply(&design).expect("it goes");
    assert!(cleared.pulumi.stacks.is_empty());
    let gated = one(Spot::Gate, "prod", Change::On(true)).apply(&three()).expect("a gate");
    assert!(approvals::needs_approval(&gated, &env("prod")));
    assert!(!approvals::needs_approval(&gated, &env("dev")));
    let free = one(Spot::Gate, "prod", Change::Text("—".into())).apply(&gated).expect("none");
    assert!(!approvals::needs_approval(&free, &env("prod")));
}

fn any_scope() -> impl Strategy<Value = Scope> {
    (prop::collection::vec(0_usize..3, 0..3), any::<bool>(), 0_u8..4).prop_map(
        |(places, is_process, channel)| {
            let mut scope = Scope::default();
            for place in places {
                let id = env(ENVIRONMENTS[place]);
                if !scope.environments.contains(&id) {
                    scope.environments.push(id);
                }
            }
            if is_process {
                scope.processes = vec![ProcessOwner::Deployment];
            }
            if channel == 0 {
                scope.channels = vec![crate::model::ChannelId::parse("c").expect("an id")];
            }
            scope
        },
    )
}

proptest! {
    #[test]
    fn only_the_cell_changes(
        own in prop::collection::vec(any_scope(), 0..5),
        library in prop::collection::vec(any_scope(), 0..3),
        place in 0_usize..3,
        clears in any::<bool>(),
    ) {
        let mut design = three();
        let contents = |start: &str, scopes: Vec<Scope>| {
            let named = scopes.into_iter().enumerate();
            named.map(|(at, one)| (VariableContent::text(format!("{start}{at}")), one)).collect::<Vec<_>>()
        };
        if !own.is_empty() {
            design.project.variables.push(variable("Size", contents("own", own)));
        }
        if !library.is_empty() {
            let id = LibrarySetId::parse("lib").expect("an id");
            let mut made = variable("SIZE", contents("lib", library));
            made.values.update_each(|value| {
                let mut value = value.clone();
                value.scope.channels.clear();
                value.scope.processes.clear();
                Some(value)
            });
            design.space.library_sets.update(&id, |set| { set.variables.push(made); });
        }
        // What wins in each environment, in the deployment process and outside of it.
        let winning = |design: &Design| -> Vec<Vec<String>> {
            let resolver = Resolver::new(design);
            let mut all = Vec::new();
            for context in [Context::deployment(), Context::default()] {
                for id in ENVIRONMENTS {
                    let context = context.clone().in_environment(env(id));
                    let mut texts: Vec<String> = resolver.candidates("size").map_or(Vec::new(), |one| {
                        one.winners(&context).map(|entry| shown(entry.content())).collect()
                    });
                    texts.sort();
                    all.push(texts);
                }
            }
            all
        };
        let before = winning(&design);
        let target = ENVIRONMENTS[place];
        let edit = one(size(), target, if clears { Change::Clear } else { Change::Text("new".into()) });
        let Ok(after) = edit.apply(&design) else {
            prop_assert!(clears);
            return Ok(());
        };
        let after = winning(&after);
        for (at, (before, after)) in before.iter().zip(&after).enumerate() {
            if at % 3 != place {
                prop_assert_eq!(before, after);
            }
        }
        if !clears {
            prop_assert_eq!(&after[place], &vec!["new".to_owned()]);
        }
    }

    #[test]
    fn many_cells_at_once_mean_the_same_as_one_after_another(
        own in prop::collection::vec(any_scope(), 0..4),
        library in prop::collection::vec(any_scope(), 0..3),
        cells in prop::collection::vec((0_usize..2, 0_usize..3, prop::option::of("[a-c]")), 5..12),
    ) {
        let mut design = three();
        let contents = |start: &str, scopes: Vec<Scope>| {
            let named = scopes.into_iter().enumerate();
            named.map(|(at, one)| (VariableContent::text(format!("{start}{at}")), one)).collect::<Vec<_>>()
        };
        design.project.variables.push(variable("Size", contents("own", own)));
        let id = LibrarySetId::parse("lib").expect("an id");
        let made = variable("Kind", contents("lib", library));
        design.space.library_sets.update(&id, |set| { set.variables.push(made); });
        let names = ["size", "KIND"];
        let cells: Vec<CellEdit> = cells.into_iter().map(|(name, place, text)| CellEdit {
            spot: Spot::Variable { name: names[name].to_owned(), word: "String" },
            environment: env(ENVIRONMENTS[place]),
            change: text.map_or(Change::Clear, Change::Text),
        }).collect();
        let winning = |design: &Design| -> Vec<Vec<String>> {
            let resolver = Resolver::new(design);
            names.iter().flat_map(|name| ENVIRONMENTS.iter().map(|id| {
                let context = Context::deployment().in_environment(env(id));
                let mut texts: Vec<String> = resolver.candidates(name).map_or(Vec::new(), |one| {
                    one.winners(&context).map(|entry| shown(entry.content())).collect()
                });
                texts.sort();
                texts
            }).collect::<Vec<_>>()).collect()
        };
        let at_once = super::change(cells.clone(), "new", Skipped::default()).apply(&design);
        let mut by_turns = design.clone();
        let mut done = 0;
        for (at, cell) in cells.into_iter().enumerate() {
            let edit = super::change(vec![cell], &format!("turn{at}"), Skipped::default());
            if let Ok(after) = edit.apply(&by_turns) {
                by_turns = after;
                done += 1;
            }
        }
        prop_assert_eq!(at_once.is_ok(), done > 0);
        let at_once = at_once.unwrap_or(design);
        prop_assert_eq!(winning(&at_once), winning(&by_turns));
        prop_assert!(
            at_once.project.variables.iter().all(|one| !one.values.is_empty() || one.name.as_str() == "Size")
        );
    }
}
