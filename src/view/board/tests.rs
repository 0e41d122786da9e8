//! The board's cells on small designs, and how little is computed again on a large one.

use super::*;
use crate::edit::{Edit, environments, variables as edit};
use crate::generate::{Size, large};
use crate::model::process::{ActionType, keys};
use crate::model::variable::{AccountContent, SensitiveContent, VariableTemplate};
use crate::model::{
    Account, AccountId, AccountKind, Action, ActionId, Environment, EnvironmentName, LibrarySet,
    Name, Scope, StartTrigger, Step, StepId, ValueId, Variable, VariableContent, VariableId,
    VariableName, VariableTemplateId, VariableValue,
};
use crate::record::{Bound, Extra};

fn env(id: &str) -> EnvironmentId {
    EnvironmentId::parse(id).expect("an id")
}

/// Development, Staging and Production, which is protected.
fn three() -> Design {
    let mut design = Design::default();
    for (id, name) in [("dev", "Development"), ("staging", "Staging"), ("prod", "Production")] {
        let mut one = Environment::new(env(id), EnvironmentName::parse(name).expect("a name"));
        one.is_protected = id == "prod";
        design.space.environments.push(one);
    }
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

fn text(text: &str) -> VariableContent {
    VariableContent::text(text)
}

fn secret() -> VariableContent {
    VariableContent::Sensitive(SensitiveContent { is_set: true, extra: Extra::default() })
}

fn aws(id: &str) -> VariableContent {
    let account = Some(Bound::Is(AccountId::parse(id).expect("an id")));
    VariableContent::AwsAccount(AccountContent { account, extra: Extra::default() })
}

fn with(variables: Vec<Variable>) -> Board {
    let mut design = three();
    for id in ["aws-dev", "aws-prod"] {
        let (id, name) = (AccountId::parse(id).expect("an id"), Name::parse(id).expect("a name"));
        design.space.accounts.push(Account::new(id, name, AccountKind::Aws));
    }
    for one in variables {
        design.project.variables.push(one);
    }
    Board::new(&design)
}

fn line(board: &Board, name: &str) -> Line {
    let query = Query::default();
    let mut lines = board.lines(&query).into_iter();
    lines.find(|line| board.head(line, &query).name == name).expect("a row")
}

/// What the row says in each environment: text and marks.
fn row(board: &Board, name: &str) -> Vec<String> {
    let line = line(board, name);
    let cells = (0..board.columns().len()).map(|at| board.cell(&line, at));
    cells.map(|cell| format!("{} [{}]", cell.text, cell.marks.words())).collect()
}

#[test]
fn a_value_is_own_shared_or_inherited() {
    let board = with(vec![variable(
        "Region",
        vec![
            (text("us"), Scope::default()),
            (text("eu"), scope(&["dev"])),
            (text("ap"), scope(&["staging", "prod"])),
        ],
    )]);
    assert_eq!(row(&board, "Region"), ["eu [code]", "ap [shared code]", "ap [shared code]"]);
    let board = with(vec![variable("Region", vec![(text("us"), Scope::default())])]);
    assert_eq!(row(&board, "Region")[2], "us [inherited code]");
    let cell = board.cell(&line(&board, "Region"), 2);
    assert_eq!(cell.words(), "us: inherited, it applies in every environment");
}

#[test]
fn holes_ties_and_values_that_need_more_are_told_apart() {
    let mut only_hotfix = scope(&["dev"]);
    only_hotfix.channels = vec![crate::model::ChannelId::parse("hotfix").expect("an id")];
    let board = with(vec![
        variable("Hole", vec![(text("1"), scope(&["prod"]))]),
        variable("Tie", vec![(text("a"), scope(&["dev"])), (text("b"), scope(&["dev", "prod"]))]),
        variable("More", vec![(text("x"), only_hotfix)]),
    ]);
    assert_eq!(row(&board, "Hole"), [" [hole]", " [hole]", "1 [code]"]);
    assert_eq!(row(&board, "Tie"), ["2 values tie [tie code]", " [hole]", "b [shared code]"]);
    assert_eq!(row(&board, "More")[..2], ["only sometimes [elsewhere]", " [hole]"]);
}

#[test]
fn a_credential_of_a_protected_environment_leaks_elsewhere() {
    let board = with(vec![
        variable("Shared", vec![(secret(), Scope::default())]),
        variable("Own", vec![(secret(), scope(&["dev"])), (secret(), scope(&["prod"]))]),
        variable(
            "Cloud",
            vec![(aws("aws-dev"), scope(&["dev"])), (aws("aws-prod"), scope(&["prod"]))],
        ),
        variable("Other", vec![(aws("aws-prod"), scope(&["staging"]))]),
    ]);
    let marks = |name: &str| -> Vec<bool> {
        let line = line(&board, name);
        (0..3).map(|at| board.cell(&line, at).marks.has(Mark::Leak)).collect()
    };
    assert_eq!(marks("Shared"), [true, true, false]);
    assert_eq!(marks("Own"), [false; 3]);
    assert_eq!(marks("Cloud"), [false; 3]);
    assert_eq!(marks("Other"), [false, true, false], "the same account by another variable");
}

#[test]
fn a_leak_ends_when_the_protected_environment_gets_another_account() {
    let mut board = with(vec![
        variable("Cloud", vec![(aws("aws-prod"), scope(&["prod"]))]),
        variable("Other", vec![(aws("aws-prod"), scope(&["dev"]))]),
    ]);
    assert!(board.cell(&line(&board, "Other"), 0).marks.has(Mark::Leak));
    let at = edit::ValueAt {
        owner: VariableOwner::Project,
        variable: VariableId::parse("cloud").expect("an id"),
        value: ValueId::parse("v0").expect("an id"),
    };
    let design = edit::choose(at, "aws-dev").apply(board.design()).expect("it is there");
    board.refresh(&design);
    assert!(!board.cell(&line(&board, "Other"), 0).marks.has(Mark::Leak));
}

#[test]
fn secrets_and_choices_that_are_missing_are_marked() {
    let unset = VariableContent::empty("Sensitive").expect("a type");
    let board = with(vec![
        variable("Token", vec![(unset, Scope::default())]),
        variable("Cloud", vec![(aws("aws-dev"), scope(&["dev"])), (aws("gone"), scope(&["prod"]))]),
    ]);
    assert_eq!(row(&board, "Token")[0], "not set [inherited secret unset]");
    assert_eq!(row(&board, "Cloud"), ["aws-dev []", " [hole]", "gone (unknown) []"]);
}

#[test]
fn names_stand_under_the_set_that_defines_them_first() {
    let mut design = three();
    let id = LibrarySetId::parse("shared").expect("an id");
    let mut set = LibrarySet::new(id.clone(), Name::parse("Shared").expect("a name"));
    set.variables.push(variable("Owner", vec![(text("team"), Scope::default())]));
    set.variables.push(variable("Level", vec![(text("info"), Scope::default())]));
    set.templates.push(VariableTemplate {
        id: VariableTemplateId::parse("t").expect("an id"),
        name: VariableName::parse("Subdomain").expect("a name"),
        label: String::new(),
        help: String::new(),
        default_value: "www".to_owned(),
        control: Default::default(),
        options: String::new(),
        extra: Extra::default(),
    });
    design.space.library_sets.push(set);
    design.project.included_sets.push(id);
    design.project.variables.push(variable("LEVEL", vec![(text("debug"), scope(&["dev"]))]));
    let board = Board::new(&design);
    let query = Query::default();
    let names: Vec<_> =
        board.lines(&query).iter().map(|line| board.head(line, &query).name).collect();
    let expected = [
        "Stack",
        "Runs on",
        "Credentials",
        "Pulumi login",
        "Gate",
        "Process",
        "Variables",
        "LEVEL",
        "From Shared",
        "Owner",
        "Subdomain",
    ];
    assert_eq!(names, expected);
    let cell = board.cell(&line(&board, "LEVEL"), 1);
    assert!(cell.says.contains("from the library set Shared"), "{}", cell.says);
    assert_eq!(row(&board, "Subdomain")[0], "per tenant [elsewhere]");
}

fn step(id: &str, action_type: &str) -> Step {
    let name = Name::parse(id).expect("a name");
    let action = Action::octopus(
        ActionId::parse(id).expect("an id"),
        name,
        ActionType::parse(action_type).expect("a type"),
    );
    Step::single(StepId::parse(id).expect("an id"), action)
}

#[test]
fn steps_run_wait_or_are_skipped_for_a_reason() {
    let mut design = three();
    let mut gate = step("Approve", "Octopus.Manual");
    gate.actions.first_mut().environments = vec![env("prod")];
    gate.actions.first_mut().properties.set_text(keys::MANUAL_TEAMS, "managers");
    let mut up = step("Up", "Octopus.Script");
    up.actions.first_mut().excluded_environments = vec![env("dev")];
    let mut beside = step("Beside", "Octopus.Script");
    beside.start = StartTrigger::WithPrevious;
    let mut off = step("Off", "Octopus.Script");
    off.actions.first_mut().is_disabled = true;
    for one in [step("First", "Octopus.Script"), gate, up, beside, off] {
        design.project.process.steps.push(one);
    }
    let board = Board::new(&design);
    assert_eq!(row(&board, "First"), [" [runs]"; 3]);
    assert_eq!(
        row(&board, "Approve"),
        ["not here [skipped]", "not here [skipped]", "managers [gate]"]
    );
    assert_eq!(row(&board, "Up"), ["not here [skipped]", " [runs]", "after 2 [runs]"]);
    assert_eq!(row(&board, "Beside")[0], "with 3 [runs]");
    assert_eq!(row(&board, "Off")[0], "disabled [disabled]");
    let says = |name: &str, at| board.cell(&line(&board, name), at).says;
    assert_eq!(says("Up", 0), "skipped, because Development is excluded");
    assert_eq!(says("Approve", 0), "skipped, because it runs only in Production");
    assert_eq!(row(&board, "Gate"), ["— [skipped]", "— [skipped]", "managers [gate]"]);
}

#[test]
fn the_query_narrows_down_and_closes() {
    let board = with(vec![
        variable("Fine", vec![(text("1"), Scope::default())]),
        variable("Hole", vec![(text("1"), scope(&["prod"]))]),
    ]);
    let names = |query: &Query| -> Vec<String> {
        board.lines(query).iter().map(|line| board.head(line, query).name.clone()).collect()
    };
    let problems = Query { only_problems: true, ..Query::default() };
    assert_eq!(names(&problems), ["Stack", "Pulumi login", "Variables", "Hole"]);
    let found = Query { search: " hOl".to_owned(), ..Query::default() };
    assert_eq!(names(&found), ["Variables", "Hole"]);
    let closed = Query { closed: [Group::Project].into(), ..Query::default() };
    assert_eq!(names(&closed).last().map(String::as_str), Some("Variables"));
    assert_eq!(row(&board, "Variables"), ["1 [wrong]", "1 [wrong]", " []"]);
}

/// The edit of one text of the large design.
fn retype(design: &Design, at: usize, text: &str) -> Design {
    let variable = design.project.variables.nth(at).expect("a variable");
    let is_text = |value: &&Arc<VariableValue>| matches!(value.content, VariableContent::Text(_));
    let value = variable.values.iter().find(is_text).expect("a text");
    let at = edit::ValueAt {
        owner: VariableOwner::Project,
        variable: variable.id.clone(),
        value: value.id.clone(),
    };
    edit::set_text(at, text).apply(design).expect("it is there")
}

#[test]
fn after_an_edit_only_what_depends_on_it_is_computed_again() {
    let design = large(Size::LARGE);
    let mut board = Board::default();
    assert!(board.refresh(&design) >= 2_000);
    assert_eq!(board.refresh(&design), 0, "nothing changed");

    let edited = retype(&design, 1_000, "another");
    assert_eq!(board.refresh(&edited), 1);
    assert_eq!(board.refresh(&design), 1, "undo");

    let up = |design: &Design| {
        let step = design.project.process.steps.nth(2).expect("a step").id.clone();
        let mut design = design.clone();
        design.project.process.steps.update(&step, |step| step.window = "2".to_owned());
        design
    };
    assert_eq!(board.refresh(&up(&design)), 0, "a step is no variable");

    let first = design.project.variables.nth(5).expect("a variable").id.clone();
    let apply = |edit: Edit| edit.apply(&design).expect("it can be made");
    let fewer = apply(edit::delete_variable(VariableOwner::Project, first));
    assert_eq!(board.refresh(&fewer), 0, "a row went, the others stay");
    assert_eq!(board.refresh(&design), 1, "and came back");

    let moved = apply(environments::move_to(env("env-0"), 1));
    assert!(board.refresh(&moved) >= 2_000, "another order of environments concerns all");
}

#[test]
fn what_was_kept_is_what_would_be_computed_anew() {
    let design = large(Size { environments: 12, variables: 60, values: 300, steps: 10 });
    let mut board = Board::new(&design);
    let mut now = design;
    for at in [3, 17, 40] {
        now = retype(&now, at, "changed");
        board.refresh(&now);
    }
    let anew = Board::new(&now);
    let query = Query::default();
    let (kept, fresh) = (board.lines(&query), anew.lines(&query));
    assert_eq!(kept.len(), fresh.len());
    for (kept, fresh) in kept.iter().zip(&fresh) {
        for at in 0..12 {
            assert_eq!(board.cell(kept, at), anew.cell(fresh, at), "{}", kept.key());
        }
    }
}

#[test]
fn the_same_row_says_the_same_while_its_surroundings_stay() {
    let values = vec![(text("a"), scope(&[])), (text("b"), scope(&["prod"]))];
    let mut board =
        with(vec![variable("Size", values), variable("Other", vec![(text("x"), scope(&[]))])]);
    let rows = |board: &Board| board.lines(&Query::default());
    let (before, start) = (rows(&board), board.surroundings());
    let same = |board: &Board| -> usize {
        rows(board).iter().zip(&before).filter(|(new, old)| new.is_same(old)).count()
    };
    let all = same(&board);
    let after = Edit::new("change", |design| {
        design.project.variables.update_nth(0, |one| {
            one.values.update_nth(0, |value| value.content = text("c"));
        });
        Ok(())
    });
    let after = after.apply(board.design()).expect("it is changed");
    board.refresh(&after);
    assert_eq!((board.surroundings(), same(&board)), (start, all - 1), "one row is another");
    let renamed = Edit::new("rename", |design| {
        design.space.accounts.update_nth(0, |one| one.name = Name::parse("New").expect("a name"));
        Ok(())
    });
    let after = renamed.apply(board.design()).expect("it is renamed");
    board.refresh(&after);
    assert_ne!(board.surroundings(), start, "cells may name the account");
}
