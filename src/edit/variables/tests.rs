use proptest::prelude::*;

use super::*;
use crate::edit::History;
use crate::model::pulumi::AccountVariable;
use crate::model::space::TenantValue;
use crate::model::{
    AccountId, AccountKind, ChannelId, Environment, EnvironmentId, EnvironmentName, Tenant,
    TenantId, VariableTemplate, VariableTemplateId,
};
use crate::record::{Bound, Extra};

fn design() -> Design {
    let mut design = Design::default();
    for name in ["dev", "prod"] {
        let id = EnvironmentId::parse(name).unwrap();
        design.space.environments.push(Environment::new(id, EnvironmentName::parse(name).unwrap()));
    }
    design
}

fn variable(id: &str) -> VariableId {
    VariableId::parse(id).unwrap()
}

fn value(id: &str, text: &str) -> VariableValue {
    let id = ValueId::parse(id).unwrap();
    VariableValue::new(id, VariableContent::text(text), Scope::default())
}

fn at(owner: &VariableOwner, var: &str, val: &str) -> ValueAt {
    ValueAt { owner: owner.clone(), variable: variable(var), value: ValueId::parse(val).unwrap() }
}

fn done(design: &Design, edit: Edit) -> Design {
    edit.apply(design).unwrap()
}

fn refused(design: &Design, edit: Edit, part: &str) {
    let refusal = edit.apply(design).unwrap_err();
    assert!(refusal.0.contains(part), "{refusal}");
}

fn with_two() -> Design {
    let design = done(&design(), add(VariableOwner::Project, "A", variable("a"), value("1", "x")));
    done(&design, add(VariableOwner::Project, " a ", variable("b"), value("2", "y")))
}

fn names(design: &Design) -> Vec<String> {
    design
        .project
        .variables
        .iter()
        .map(|one| format!("{}:{}", one.name, one.values.len()))
        .collect()
}

#[test]
fn a_known_name_gets_one_more_value() {
    assert_eq!(names(&with_two()), ["A:2"]);
    refused(
        &design(),
        add(VariableOwner::Project, " ", variable("a"), value("1", "")),
        "not empty",
    );
}

#[test]
fn names_are_unique_ignoring_case() {
    let owner = VariableOwner::Project;
    let design = done(&with_two(), add(owner.clone(), "B", variable("b"), value("3", "")));
    refused(&design, rename(owner.clone(), variable("b"), "a"), "already");
    let renamed = done(&design, rename(owner.clone(), variable("b"), "b"));
    assert_eq!(names(&renamed), ["A:2", "b:1"]);
    refused(&design, rename(owner, variable("zzz"), "c"), "not there");
}

#[test]
fn what_names_a_variable_follows_its_new_name() {
    let owner = VariableOwner::Project;
    let mut design = design();
    for (name, id) in [("PULUMI_ACCESS_TOKEN", "t"), ("AWS", "w"), ("Pulumi.Stack", "s")] {
        design = done(&design, add(owner.clone(), name, variable(id), value(id, "")));
    }
    design.pulumi.credentials = CloudCredentials::Aws(AccountVariable {
        variable: VariableName::parse("aws").unwrap(),
        region: String::new(),
        extra: Extra::default(),
    });
    for (id, name) in [("t", "Token"), ("w", "Cloud"), ("s", "Stack")] {
        design = done(&design, rename(owner.clone(), variable(id), name));
    }
    assert_eq!(design.pulumi.token_variable(), Some("Token"));
    assert_eq!(design.pulumi.stack_variable(), "Stack");
    assert!(matches!(
        &design.pulumi.credentials,
        CloudCredentials::Aws(one) if one.variable.as_str() == "Cloud"
    ));
}

#[test]
fn the_last_value_takes_its_variable_along() {
    let owner = VariableOwner::Project;
    let design = done(&with_two(), delete_value(at(&owner, "a", "1")));
    assert_eq!(names(&design), ["A:1"]);
    let design = done(&design, delete_value(at(&owner, "a", "2")));
    assert!(names(&design).is_empty());
}

#[test]
fn making_a_value_sensitive_drops_its_text() {
    let owner = VariableOwner::Project;
    let at = at(&owner, "a", "1");
    let design = done(&with_two(), make_sensitive(at.clone()));
    let text = crate::format::design_file::write(&design);
    assert!(!text.contains("\"x\""), "{text}");
    refused(&design, set_text(at.clone(), "z"), "Text");
    let design = done(&design, set_secret(at.clone(), true));
    let (_, value) = find(&design, &at).unwrap();
    assert!(matches!(&value.content, VariableContent::Sensitive(own) if own.is_set));
}

#[test]
fn accounts_are_of_the_kind_of_the_type() {
    let owner = VariableOwner::Project;
    let at = at(&owner, "a", "1");
    let design = done(&with_two(), set_type(at.clone(), "AzureAccount"));
    let id = |text| AccountId::parse(text).unwrap();
    let design = done(&design, add_account(at.clone(), id("acc"), "Azure dev"));
    assert_eq!(design.space.accounts.get(&id("acc")).unwrap().kind, AccountKind::Azure);
    let (_, value) = find(&design, &at).unwrap();
    assert_eq!(value.content.account().unwrap().account, Some(Bound::Is(id("acc"))));
    refused(&design, add_account(at.clone(), id("acc2"), "azure DEV"), "already");
    let design = done(&design, set_type(at.clone(), "GoogleCloudAccount"));
    refused(&design, choose(at.clone(), "acc"), "another kind");
    refused(&design, choose(at.clone(), "none"), "not there");
    done(&design, choose(at, "#{Account}"));
}

#[test]
fn a_library_set_knows_no_channels() {
    let id = LibrarySetId::parse("set").unwrap();
    let owner = VariableOwner::Set(id.clone());
    let design = done(&design(), sets::add(id.clone(), "Shared"));
    assert_eq!(design.project.included_sets, std::slice::from_ref(&id));
    let design = done(&design, add(owner.clone(), "A", variable("a"), value("1", "")));
    let scope = Scope { channels: vec![ChannelId::parse("c").unwrap()], ..Scope::default() };
    refused(&design, set_scope(at(&owner, "a", "1"), scope), "library");
    refused(&design, sets::add(LibrarySetId::parse("other").unwrap(), "shared"), "already");
    let without = done(&design, sets::include(id, false));
    assert!(without.project.included_sets.is_empty());
}

#[test]
fn a_deleted_set_leaves_nothing_behind() {
    let id = LibrarySetId::parse("set").unwrap();
    let mut design = done(&design(), sets::add(id.clone(), "Shared"));
    let template = VariableTemplateId::parse("tpl").unwrap();
    design.space.library_sets.update(&id, |set| {
        set.templates.push(VariableTemplate {
            id: template.clone(),
            name: VariableName::parse("T").unwrap(),
            label: String::new(),
            help: String::new(),
            default_value: String::new(),
            control: crate::model::ControlType::default(),
            options: String::new(),
            extra: Extra::default(),
        });
    });
    let mut tenant =
        Tenant::new(TenantId::parse("ten").unwrap(), crate::model::Name::parse("Ten").unwrap());
    tenant.values.push(TenantValue {
        template,
        environments: Vec::new(),
        value: "v".into(),
        is_sensitive: false,
        extra: Extra::default(),
    });
    design.space.tenants.push(tenant);
    let design = done(&design, sets::delete(id));
    assert!(design.project.included_sets.is_empty());
    assert!(design.space.tenants.nth(0).unwrap().values.is_empty());
}

#[test]
fn copies_have_ids_and_names_of_their_own() {
    let owner = VariableOwner::Project;
    let ids = vec![ValueId::parse("3").unwrap(), ValueId::parse("4").unwrap()];
    let copy = |ids| duplicate_variable(owner.clone(), variable("a"), variable("c"), ids);
    let design = done(&with_two(), copy(ids));
    assert_eq!(names(&design), ["A:2", "A copy:2"]);
    refused(&with_two(), copy(Vec::new()), "id");
    let design = done(&design, duplicate_value(at(&owner, "a", "1"), ValueId::parse("5").unwrap()));
    let ids: Vec<_> = design
        .project
        .variables
        .nth(0)
        .unwrap()
        .values
        .iter()
        .map(|one| one.id.to_string())
        .collect();
    assert_eq!(ids, ["1", "5", "2"]);
}

/// One of the verbs, with small numbers for what it is about.
fn verb(which: u8, a: u8, b: u8, fresh: usize) -> Edit {
    let set = LibrarySetId::parse("set").unwrap();
    let owner =
        if b.is_multiple_of(3) { VariableOwner::Set(set.clone()) } else { VariableOwner::Project };
    let var = format!("v{}", a % 4);
    let at = at(&owner, &var, &format!("w{}", b % 6));
    let id = ValueId::parse(&format!("new-{fresh}")).unwrap();
    let prod = Scope::environment(EnvironmentId::parse("prod").unwrap());
    match which % 13 {
        0 => add(owner, &format!("N{}", a % 3), variable(&var), value(&format!("w{}", b % 6), "t")),
        1 => rename(owner, variable(&var), &format!("n{}", b % 4)),
        2 => set_text(at, "text"),
        3 => make_sensitive(at),
        4 => set_type(at, VariableContent::TYPES[usize::from(a) % 9].0),
        5 => set_scope(at, prod),
        6 => set_prompt(at, Some(Prompt::default())),
        7 => duplicate_value(at, id),
        8 => delete_value(at),
        9 => delete_variable(owner, variable(&var)),
        10 => sets::add(set, "Set"),
        11 => sets::delete(set),
        _ => add_value(owner, variable(&var), id),
    }
}

proptest! {
    #[test]
    fn undoing_all_gives_back_the_start(
        steps in proptest::collection::vec((any::<u8>(), any::<u8>(), any::<u8>()), 0..40)
    ) {
        let start = design();
        let mut history = History::default();
        let mut now = start.clone();
        for (fresh, (which, a, b)) in steps.into_iter().enumerate() {
            if let Ok(Some(after)) = history.run(&now, verb(which, a, b, fresh), fresh as f64 * 5_000.0) {
                now = after;
            }
            let sets = now.space.library_sets.iter().map(|set| &set.variables);
            for table in std::iter::once(&now.project.variables).chain(sets) {
                let mut names: Vec<_> =
                    table.iter().map(|one| one.name.as_str().to_lowercase()).collect();
                names.sort();
                let count = names.len();
                names.dedup();
                prop_assert_eq!(count, names.len());
                prop_assert!(table.iter().all(|one| !one.values.is_empty()));
            }
        }
        while let Some((_, before)) = history.undo(&now) {
            now = before;
        }
        prop_assert_eq!(now, start);
    }
}

#[test]
fn one_more_value_of_a_known_name_has_the_type_of_the_others() {
    let owner = VariableOwner::Project;
    let add = |design: &Design, name: &str, held: &str, id: &str| {
        let new = (variable(&format!("v-{id}")), ValueId::parse(id).unwrap());
        add_next(owner.clone(), name, held, Scope::default(), new.0, new.1).apply(design)
    };
    let content = |design: &Design, name: &str| {
        let variable = find_name(design, &owner, name).unwrap();
        variable.values.iter().next_back().unwrap().content.clone()
    };
    let design = add(&design(), "Token", "", "1").unwrap();
    assert_eq!(content(&design, "Token"), VariableContent::text(""));
    let design = done(&design, set_type(at(&owner, "v-1", "1"), "Sensitive"));
    let after = add(&design, "token", "set", "2").unwrap();
    assert!(matches!(content(&after, "Token"), VariableContent::Sensitive(own) if own.is_set));
    // What was typed before the name was known is no secret that could be kept.
    let after = add(&design, "token", "hunter2", "2").unwrap();
    assert!(!crate::format::design_file::write(&after).contains("hunter2"));

    let mut design = add(&design, "AWS", "", "3").unwrap();
    let id = AccountId::parse("aws").unwrap();
    let name = crate::model::Name::parse("aws-prod").unwrap();
    design.space.accounts.push(crate::model::Account::new(id.clone(), name, AccountKind::Aws));
    let design = done(&design, set_type(at(&owner, "v-3", "3"), "AmazonWebServicesAccount"));
    let after = add(&design, "AWS", "aws", "4").unwrap();
    let chosen = content(&after, "AWS").account().and_then(|own| own.account.clone());
    assert_eq!(chosen, Some(Bound::Is(id)));
    assert!(add(&design, "AWS", "gone", "4").is_err());
    assert_eq!(add(&design, "AWS", "", "4").unwrap().project.variables.len(), 2);
}

#[test]
fn values_are_narrowed_at_once_and_what_has_no_place_goes() {
    let owner = VariableOwner::Project;
    let env = |id: &str| EnvironmentId::parse(id).unwrap();
    let design = with_two();
    let (first, second) = (at(&owner, "a", "1"), at(&owner, "a", "2"));
    let tags = Scope {
        tenant_tags: vec![crate::model::TenantTag::parse("T/x").unwrap()],
        ..Scope::default()
    };
    let design = done(&design, set_scope(first.clone(), tags));
    let edit = narrow("Limit A", vec![(first.clone(), vec![env("prod")]), (second, vec![])]);
    let after = done(&design, edit);
    let variable = find_name(&after, &owner, "A").unwrap();
    assert_eq!(variable.values.len(), 1);
    let scope = &find(&after, &first).unwrap().1.scope;
    assert_eq!(scope.environments, [env("prod")]);
    assert_eq!(scope.tenant_tags.len(), 1, "what else limits it stays");
    let mut history = History::default();
    let gone = vec![(first.clone(), vec![]), (first, vec![])];
    assert!(history.run(&after, narrow("Limit A", gone), 0.0).is_err());
}
