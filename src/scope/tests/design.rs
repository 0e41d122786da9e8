//! The resolver over a design: S5, S8, S21 and S23 to S26, rows, and refreshing.

use std::sync::Arc;

use super::*;
use crate::generate::{Size, large};
use crate::model::space::TenantValue;
use crate::model::variable::{ControlType, Prompt};
use crate::record::Extra;

/// A design with environments, and variables as `name: scopes`.
pub(super) fn design(environments: &[&str], variables: &[(&str, &[&str])]) -> Design {
    let mut design = Design::default();
    for environment in environments {
        let name = EnvironmentName::parse(environment).expect("a name");
        let id = EnvironmentId::parse(environment).expect("an id");
        design.space.environments.push(Environment::new(id, name));
    }
    for (at, (name, scopes)) in variables.iter().enumerate() {
        design.project.variables.push(variable(&format!("v{at}"), name, scopes));
    }
    design
}

pub(super) fn variable(id: &str, name: &str, scopes: &[&str]) -> Variable {
    let name = VariableName::parse(name).expect("a name");
    let mut variable = Variable::new(VariableId::parse(id).expect("an id"), name);
    for (at, text) in scopes.iter().enumerate() {
        let value_id = ValueId::parse(&format!("{id}-{at}")).expect("an id");
        let content = VariableContent::text(format!("{id}-{at}"));
        variable.values.push(VariableValue::new(value_id, content, scope(text)));
    }
    variable
}

fn library(design: &mut Design, id: &str, variables: Vec<Variable>) {
    let id = LibrarySetId::parse(id).expect("an id");
    let mut set = LibrarySet::new(id, Name::parse("Set").expect("a name"));
    set.variables = variables.into_iter().collect();
    design.space.library_sets.push(set);
}

fn include(design: &mut Design, sets: &[&str]) {
    let parse = |set: &&str| LibrarySetId::parse(set).expect("an id");
    design.project.included_sets = sets.iter().map(parse).collect();
}

fn template(id: &str, name: &str, default_value: &str) -> VariableTemplate {
    VariableTemplate {
        id: VariableTemplateId::parse(id).expect("an id"),
        name: VariableName::parse(name).expect("a name"),
        label: String::new(),
        help: String::new(),
        default_value: default_value.to_owned(),
        control: ControlType::default(),
        options: String::new(),
        extra: Extra::default(),
    }
}

/// A tenant with values as `(template, environments, value)`.
fn tenant(id: &str, values: &[(&str, &str, &str)]) -> Tenant {
    let mut tenant =
        Tenant::new(TenantId::parse(id).expect("an id"), Name::parse(id).expect("a name"));
    for (template, environments, value) in values {
        tenant.values.push(TenantValue {
            template: VariableTemplateId::parse(template).expect("an id"),
            environments: match *environments {
                "" => Vec::new(),
                some => list(some, EnvironmentId::parse),
            },
            value: (*value).to_owned(),
            is_sensitive: false,
            extra: Extra::default(),
        });
    }
    tenant
}

/// The texts that win for `name`, joined by blanks.
#[track_caller]
fn check_texts(design: &Design, name: &str, at: &str, expected: &str) {
    let resolver = Resolver::new(design);
    let context = context(at);
    let Some(candidates) = resolver.candidates(name) else {
        assert_eq!(expected, "no such name");
        return;
    };
    let texts: Vec<_> = candidates
        .winners(&context)
        .map(|entry| match entry.content() {
            VariableContent::Text(text) => text.text.clone(),
            other => other.word().to_owned(),
        })
        .collect();
    assert_eq!(texts.join(" "), expected, "{name} at {at}");
    let quick = resolver.resolve(name, &context);
    assert_eq!(quick, candidates.explain(&context).resolution, "{name} at {at}");
}

#[test]
fn s5_names_ignore_case_and_meet_across_sets() {
    let mut design = design(&["dev"], &[("Api:Url", &[""]), ("API:url", &["env=dev"])]);
    library(&mut design, "set", vec![variable("l", "api:URL", &["env=dev"])]);
    include(&mut design, &["set"]);
    let resolver = Resolver::new(&design);
    assert_eq!(resolver.names().len(), 1);
    assert_eq!(resolver.names()[0].name().as_str(), "Api:Url");
    check_texts(&design, "aPI:uRL", "env=dev", "v1-0");
    check_texts(&design, "other", "env=dev", "no such name");
    assert_eq!(folded("ÄB"), folded("äb"));
}

#[test]
fn s8_what_the_design_lacks_is_no_error() {
    let design = design(&["dev"], &[("a", &["", "env=gone", "env=gone,dev channel=gone"])]);
    check_texts(&design, "a", "env=dev", "v0-0");
    check_texts(&design, "a", "env=gone", "v0-1");
    check_texts(&design, "a", "env=gone channel=gone", "v0-2");
    check_texts(&design, "a", "env=unheard-of", "v0-0");
}

#[test]
fn s21_values_in_another_order_have_the_same_winners() {
    let there = design(&["dev"], &[("a", &["env=dev", "", "env=dev"])]);
    check_texts(&there, "a", "env=dev", "v0-0 v0-2");
    assert!(Resolver::new(&there).value("a", &context("env=dev")).is_none(), "nobody is picked");
}

#[test]
fn s23_a_prompt_keeps_the_scope_of_its_row() {
    let mut asked = design(&["dev", "prod"], &[("a", &["", "env=prod"])]);
    let id = asked.project.variables.nth(0).expect("it").id.clone();
    asked.project.variables.update(&id, |variable| {
        let first = ValueId::parse("v0-0").expect("an id");
        variable.values.update(&first, |value| value.prompt = Some(Prompt::default()));
    });
    check_texts(&asked, "a", "env=prod", "v0-1");
    check_texts(&asked, "a", "env=dev", "v0-0");
    let resolver = Resolver::new(&asked);
    let entry = resolver.value("a", &context("env=dev")).expect("one winner");
    assert!(entry.value.prompt.is_some(), "it is known that it is asked for");
}

#[test]
fn s24_values_come_from_included_sets_once_each() {
    let mut design = design(&["dev"], &[("a", &["of=project"])]);
    library(&mut design, "in", vec![variable("x", "a", &["env=dev"]), variable("y", "b", &[""])]);
    library(&mut design, "out", vec![variable("z", "a", &["env=dev"])]);
    include(&mut design, &["in", "gone", "in"]);
    check_texts(&design, "a", "env=dev", "x-0");
    check_texts(&design, "b", "env=dev", "y-0");
    include(&mut design, &["in", "out"]);
    check_texts(&design, "a", "env=dev", "x-0 z-0");
    include(&mut design, &[]);
    check_texts(&design, "a", "env=dev", "v0-0");
    check_texts(&design, "b", "env=dev", "no such name");
}

fn tenanted() -> Design {
    let mut design = design(&["dev", "prod"], &[("Url", &["env=prod", "env=prod channel=c"])]);
    design.project.templates.push(template("url", "URL", "default"));
    design.project.templates.push(template("empty", "Empty", ""));
    design.space.tenants.push(tenant("acme", &[("url", "prod", "acme"), ("gone", "", "x")]));
    design.space.tenants.push(tenant("globex", &[]));
    design
}

#[test]
fn s25_a_tenants_value_has_the_level_of_the_tenant() {
    let design = tenanted();
    check_texts(&design, "Url", "env=prod channel=c tenant=acme", "acme");
    check_texts(&design, "Url", "env=prod channel=c", "v0-1");
    check_texts(&design, "Url", "env=prod", "v0-0");
    let rank = Resolver::new(&design).resolve("url", &context("env=prod tenant=acme")).rank();
    let levels: Vec<_> = rank.expect("it applies").levels().collect();
    assert_eq!(levels, [Level::Tenant, Level::Environment, Level::Project]);
}

#[test]
fn s26_a_default_stands_in_where_the_tenant_has_no_value() {
    let design = tenanted();
    check_texts(&design, "Url", "env=dev tenant=acme", "default");
    check_texts(&design, "Url", "env=dev tenant=globex", "default");
    check_texts(&design, "Url", "env=prod tenant=globex", "default");
    check_texts(&design, "Url", "env=dev", "");
    check_texts(&design, "Empty", "env=dev tenant=acme", "");
    let replaced = Resolver::new(&design).explain("url", &context("env=prod tenant=acme"));
    let last = replaced.candidates.last().expect("the default is the last");
    assert_eq!(last.standing, Standing::Replaced);
}

#[test]
fn s25_a_tenants_value_is_what_its_control_says() {
    let mut design = tenanted();
    for (id, control, value, expected) in [
        ("aws", ControlType::AwsAccount, "account-1", "AmazonWebServicesAccount"),
        ("secret", ControlType::Sensitive, "", "Sensitive"),
        ("pool", ControlType::WorkerPool, "#{Pool}", "WorkerPool"),
    ] {
        let mut template = template(id, id, "");
        template.control = control;
        design.project.templates.push(template);
        design.space.tenants.push(tenant(&format!("t-{id}"), &[(id, "", value)]));
        check_texts(&design, id, &format!("tenant=t-{id}"), expected);
    }
}

#[test]
fn rows_agree_with_single_lookups_in_every_environment() {
    let design = tenanted();
    let resolver = Resolver::new(&design);
    for at in ["", "tenant=acme", "tenant=globex", "channel=c tenant=acme", "env=prod channel=c"] {
        let row = resolver.resolve_row("url", &context(at));
        assert_eq!(row.len(), 2);
        for (cell, environment) in row.iter().zip(resolver.environments()) {
            let context = context(at).in_environment(environment.clone());
            assert_eq!(*cell, resolver.resolve("url", &context), "{at} {environment}");
        }
    }
    assert!(resolver.resolve_row("gone", &context("")).iter().all(|cell| cell.is_undefined()));
}

#[test]
fn s31_the_index_has_the_caveats_of_the_engine() {
    let scopes: &[&str] = &["tags=svc,lob", "tags=svc"];
    let design = design(&["dev"], &[("a", scopes), ("b", &["tags=svc", "tags=lob"])]);
    let resolver = Resolver::new(&design);
    let context = context("env=dev target=t tags=svc,lob steptags=svc");
    let caveats = |name: &str| resolver.resolve(name, &context).caveats();
    assert_eq!(caveats("a"), Caveats::NONE.with(Caveat::SecondTargetTag));
    assert_eq!(caveats("b"), Caveats::NONE);
    assert_eq!(resolver.resolve_row("a", &context)[0].caveats(), caveats("a"));
    check_texts(&design, "a", "env=dev target=t tags=svc,lob steptags=svc", "v0-0");
}

/// The names whose candidates a refresh makes anew, sorted.
#[track_caller]
fn check_refresh(design: &Design, change: impl FnOnce(&mut Design), expected: &[&str]) {
    let mut resolver = Resolver::new(design);
    let mut edited = design.clone();
    change(&mut edited);
    let mut changed: Vec<_> =
        resolver.refresh(&edited).iter().map(|one| one.name().to_string()).collect();
    changed.sort();
    assert_eq!(changed, expected);
    let fresh = Resolver::new(&edited);
    let names = |resolver: &Resolver| -> Vec<_> {
        resolver.names().iter().map(|one| (one.name().clone(), one.entries().len())).collect()
    };
    assert_eq!(names(&resolver), names(&fresh));
    for environment in fresh.environments() {
        let context = context("tenant=acme").in_environment(environment.clone());
        for name in fresh.names() {
            let name = name.name().as_str();
            assert_eq!(resolver.resolve(name, &context), fresh.resolve(name, &context), "{name}");
        }
    }
}

#[test]
fn a_refresh_renews_only_the_names_that_changed() {
    let mut design = tenanted();
    design.project.variables.push(variable("w", "Other", &["", "env=dev"]));
    design.project.variables.push(variable("x", "Third", &["env=prod"]));
    library(&mut design, "set", vec![variable("l", "other", &["env=dev"])]);
    include(&mut design, &["set"]);
    let id = |text: &str| VariableId::parse(text).expect("an id");
    check_refresh(&design, |_| {}, &[]);
    check_refresh(&design, |design| design.notes = "more".to_owned(), &[]);
    check_refresh(
        &design,
        |design| {
            design.project.variables.update(&id("x"), |variable| {
                let value = VariableValue::new(
                    ValueId::parse("new").expect("an id"),
                    VariableContent::text("new"),
                    Scope::default(),
                );
                variable.values.push(value);
            });
        },
        &["Third"],
    );
    check_refresh(&design, |design| drop(design.project.variables.remove(&id("v0"))), &["URL"]);
    check_refresh(&design, |design| drop(design.project.variables.remove(&id("x"))), &[]);
    check_refresh(&design, |design| include(design, &[]), &["Other"]);
    let rename = |variable: &mut Variable| {
        variable.name = VariableName::parse("Renamed").expect("a name");
    };
    check_refresh(
        &design,
        |design| assert!(design.project.variables.update(&id("w"), rename)),
        &["Renamed", "other"],
    );
    check_refresh(
        &design,
        |design| assert!(design.space.tenants.push(tenant("new", &[]))),
        &["Empty", "Url"],
    );
    check_refresh(
        &design,
        |design| {
            let first = design.space.environments.nth(0).expect("there is one").id.clone();
            assert!(design.space.environments.move_to(&first, 1));
        },
        &["Empty", "Other", "Third", "Url"],
    );
}

#[test]
fn a_refresh_keeps_the_candidates_of_other_names() {
    let design = tenanted();
    let mut resolver = Resolver::new(&design);
    let before = Arc::clone(resolver.candidates("url").expect("it is there"));
    let mut edited = design.clone();
    edited.project.variables.push(variable("n", "New", &[""]));
    assert_eq!(resolver.refresh(&edited).len(), 1);
    assert!(Arc::ptr_eq(&before, resolver.candidates("url").expect("it is there")));
}

#[test]
fn contexts_are_made_of_parts_of_a_design() {
    let design = large(Size { environments: 5, variables: 20, values: 60, steps: 5 });
    let step = design.project.process.steps.nth(3).expect("a step");
    let target = design.space.targets.nth(0).expect("a target");
    let tenant = design.space.tenants.nth(0).expect("a tenant");
    let made = Context::default_deployment(&design)
        .in_environment(target.environments[0].clone())
        .at_action(step, step.actions.first())
        .on_target(target)
        .for_tenant(tenant);
    let expected = context(
        "env=env-0 channel=default process=deployment step=step-3 target=target-0 tags=web,linux \
         steptags=web tenant=tenant-0 tenanttags=Ring/Early",
    );
    assert_eq!(made, expected);
    let runbook = Context::runbook(RunbookId::parse("drift").expect("an id"));
    assert_eq!(runbook, context("process=drift"));
    let hotfix = Context::deployment().in_channel(ChannelId::parse("hotfix").expect("an id"));
    assert_eq!(hotfix, context("process=deployment channel=hotfix"));
}
