use super::*;
use crate::edit::environments;
use crate::model::{
    Account, AccountId, AccountKind, Channel, Design, EnvironmentId, Name, ProcessOwner, Scope,
    StepId, Tenant, TenantId, TenantTag, ValueId, Variable, VariableContent, VariableId,
    VariableName, VariableValue,
};
use crate::record::Bound;
use crate::scope::{Context, Resolver, engine};
use proptest::prelude::*;

fn env(id: &str) -> EnvironmentId {
    EnvironmentId::parse(id).unwrap()
}

fn scope(json: serde_json::Value) -> Scope {
    crate::record::Field::read(&json, &mut crate::record::Reader::new()).unwrap()
}

/// Development, staging and a protected production.
fn three() -> Design {
    let mut design = Design::default();
    for name in ["dev", "staging", "prod"] {
        design = environments::add(env(name), name).apply(&design).unwrap();
    }
    environments::protect(env("prod"), true).apply(&design).unwrap()
}

fn add_step(design: &Design, kind: &str, name: &str) -> Design {
    let kind = crate::catalog::PALETTE.iter().find(|one| one.id == kind).unwrap().kind;
    let at = crate::edit::steps::Spot::Step(usize::MAX);
    let owner = ProcessOwner::Deployment;
    let fresh = format!("new-{name}");
    crate::edit::steps::add(design, &owner, kind, name, at, &fresh).apply(design).unwrap()
}

fn set(design: &mut Design, name: &str, values: Vec<(&str, VariableContent, Scope)>) {
    let id = VariableId::parse(&name.to_lowercase()).unwrap();
    let mut variable = Variable::new(id, VariableName::parse(name).unwrap());
    for (id, content, scope) in values {
        let id = ValueId::parse(id).unwrap();
        variable.values.push(VariableValue::new(id, content, scope));
    }
    design.project.variables.push(variable);
}

fn secret() -> VariableContent {
    VariableContent::empty("Sensitive").unwrap()
}

fn account(id: &str) -> VariableContent {
    let mut content = VariableContent::empty("AmazonWebServicesAccount").unwrap();
    if let VariableContent::AwsAccount(own) = &mut content {
        own.account = Some(Bound::Is(AccountId::parse(id).unwrap()));
    }
    content
}

fn add_account(design: &mut Design, id: &str, only: &[&str]) {
    let name = Name::parse(id).unwrap();
    let mut own = Account::new(AccountId::parse(id).unwrap(), name, AccountKind::Aws);
    own.environments = only.iter().map(|id| env(id)).collect();
    design.space.accounts.push(own);
}

/// `!` can be read, `?` may be, `x` is refused, `.` can't be read.
fn row(credential: &Credential) -> String {
    credential
        .cells
        .iter()
        .map(|cell| match (cell.reach, cell.is_refused) {
            (None, _) => '.',
            (Some(_), true) => 'x',
            (Some(Certainty::Certain), _) => '!',
            (Some(Certainty::May), _) => '?',
        })
        .collect()
}

fn rows(design: &Design) -> Vec<String> {
    reach(design).credentials.iter().map(|one| format!("{} {}", one.name, row(one))).collect()
}

fn only(json: serde_json::Value) -> Scope {
    scope(json)
}

#[test]
fn a_secret_reaches_where_it_wins_or_ties() {
    let mut design = three();
    let here = |id: &str| Scope::environment(env(id));
    set(&mut design, "Everywhere", vec![("e", secret(), Scope::default())]);
    set(
        &mut design,
        "Token",
        vec![("wide", secret(), Scope::default()), ("narrow", secret(), here("prod"))],
    );
    set(&mut design, "Tie", vec![("a", secret(), here("dev")), ("b", secret(), here("dev"))]);
    set(
        &mut design,
        "Hidden",
        vec![
            ("under", secret(), only(serde_json::json!({"environments": ["dev", "prod"]}))),
            ("over", VariableContent::text(""), here("dev")),
            ("tie", VariableContent::text(""), here("dev")),
        ],
    );
    assert_eq!(
        rows(&design),
        ["Everywhere !!!", "Token !!.", "Token ..!", "Tie ?..", "Tie ?..", "Hidden ?.!",]
    );
}

#[test]
fn steps_are_those_that_run_there_and_that_the_scope_allows() {
    let mut design = add_step(&add_step(&three(), "script", "one"), "script", "two");
    let two = design.project.process.steps.nth(1).unwrap().actions.first().id.clone();
    let id = StepId::parse("step-two").unwrap();
    design.project.process.steps.update(&id, |step| {
        step.actions.first_mut().excluded_environments = vec![env("dev")];
    });
    set(&mut design, "All", vec![("all", secret(), Scope::default())]);
    set(
        &mut design,
        "Two",
        vec![("two", secret(), Scope { actions: vec![two], ..Scope::default() })],
    );
    let found = reach(&design);
    let steps = |credential: usize, environment: usize| {
        let cell = &found.credentials[credential].cells[environment];
        (0..2).filter(|step| cell.step(*step).is_some()).collect::<Vec<_>>()
    };
    assert_eq!((steps(0, 0), steps(0, 1)), (vec![0], vec![0, 1]));
    // The step that could read it does not run in dev.
    assert_eq!((steps(1, 0), steps(1, 2)), (vec![], vec![1]));
    assert_eq!(row(&found.credentials[1]), ".!!");
}

#[test]
fn channels_and_tenants_are_looked_through() {
    let mut design = three();
    let channel = |id: &str| crate::model::ChannelId::parse(id).unwrap();
    for id in ["stable", "hotfix"] {
        design.project.channels.push(Channel::new(channel(id), Name::parse(id).unwrap()));
    }
    let limit = |channels: &[&str]| Scope {
        channels: channels.iter().map(|id| channel(id)).collect(),
        ..Scope::default()
    };
    // Both channels have a value of their own: nothing is left for the wide one.
    set(
        &mut design,
        "Covered",
        vec![
            ("c1", secret(), Scope::default()),
            ("c2", VariableContent::text(""), limit(&["stable"])),
            ("c3", VariableContent::text(""), limit(&["hotfix"])),
        ],
    );
    set(
        &mut design,
        "Open",
        vec![
            ("o1", secret(), Scope::default()),
            ("o2", VariableContent::text(""), limit(&["stable"])),
        ],
    );
    let tag = |text: &str| TenantTag::parse(text).unwrap();
    let mut tenant = Tenant::new(TenantId::parse("acme").unwrap(), Name::parse("Acme").unwrap());
    tenant.tags = vec![tag("Tier/Gold")];
    tenant.environments = vec![env("prod")];
    design.space.tenants.push(tenant);
    let of = |text: &str| Scope { tenant_tags: vec![tag(text)], ..Scope::default() };
    set(&mut design, "Gold", vec![("g", secret(), of("Tier/Gold"))]);
    set(&mut design, "Iron", vec![("i", secret(), of("Tier/Iron"))]);
    let found = rows(&design);
    // A runbook would have no channel, and there is none.
    assert!(found.contains(&"Covered ...".to_owned()), "{found:?}");
    assert!(found.contains(&"Open !!!".to_owned()), "{found:?}");
    // Acme is in prod only; other tenants with these tags may be anywhere.
    assert!(found.contains(&"Gold ??!".to_owned()), "{found:?}");
    assert!(found.contains(&"Iron ???".to_owned()), "{found:?}");
}

#[test]
fn an_account_is_one_credential_and_is_refused_where_it_may_not_be_used() {
    let mut design = three();
    add_account(&mut design, "aws-prod", &[]);
    add_account(&mut design, "aws-strict", &["prod"]);
    let here = |id: &str| Scope::environment(env(id));
    set(
        &mut design,
        "AWS",
        vec![("p", account("aws-prod"), here("prod")), ("s", account("aws-prod"), here("staging"))],
    );
    set(&mut design, "Strict", vec![("x", account("aws-strict"), Scope::default())]);
    let found = reach(&design);
    assert_eq!(found.credentials[0].secrets, ["AWS.SecretKey"]);
    assert_eq!(rows(&design), ["AWS .!!", "Strict xx!"]);

    let leaks = leaks(&design, &found);
    assert_eq!(leaks.len(), 1, "the strict one is refused outside: {leaks:?}");
    assert_eq!(
        (&leaks[0].protected[..], &leaks[0].outside[..]),
        (&[env("prod")][..], &[env("staging")][..])
    );
    // Limiting the value of staging to prod would leave it nowhere: it goes.
    assert_eq!(leaks[0].narrowings.len(), 1);
    assert_eq!(leaks[0].narrowings[0].value.as_str(), "s");
    assert!(leaks[0].narrowings[0].environments.is_empty());
}

#[test]
fn an_account_leaks_by_another_name_too() {
    let mut design = three();
    add_account(&mut design, "aws-prod", &[]);
    let here = |id: &str| Scope::environment(env(id));
    set(&mut design, "AWS", vec![("p", account("aws-prod"), here("prod"))]);
    set(&mut design, "Debug", vec![("d", account("aws-prod"), here("dev"))]);
    let found = reach(&design);
    let leaks = leaks(&design, &found);
    assert_eq!(leaks.len(), 1);
    assert_eq!(found.credentials[leaks[0].credential].name.as_str(), "Debug");
}

#[test]
fn a_wide_secret_leaks_and_is_narrowed_to_what_is_protected() {
    let mut design = three();
    set(&mut design, "Token", vec![("t", secret(), Scope::default())]);
    let leaks_of = |design: &Design| leaks(design, &reach(design));
    let leaks = leaks_of(&design);
    assert_eq!(leaks[0].outside, [env("dev"), env("staging")]);
    assert_eq!(leaks[0].narrowings[0].environments, [env("prod")]);
    // With nothing or with all protected, there is no outside.
    let open = environments::protect(env("prod"), false).apply(&design).unwrap();
    assert!(leaks_of(&open).is_empty());
}

#[test]
fn steps_name_what_their_scripts_settings_and_variables_read() {
    let mut design = add_step(&three(), "pulumi-up", "up");
    design = add_step(&add_step(&design, "script", "by"), "script", "idle");
    set(&mut design, "PULUMI_ACCESS_TOKEN", vec![("t", secret(), Scope::default())]);
    set(&mut design, "Inner", vec![("i", secret(), Scope::default())]);
    set(
        &mut design,
        "Outer",
        vec![("o", VariableContent::text("user:#{Inner}"), Scope::default())],
    );
    design.project.process.steps.update(&StepId::parse("step-by").unwrap(), |step| {
        step.actions.first_mut().properties.set_text(
            crate::model::process::keys::SCRIPT_BODY,
            "value=$(get_octopusvariable \"Outer\")\n",
        );
    });
    let mentions = Mentions::of(&design);
    let who = |name: &str| {
        let mut all: Vec<_> = mentions.actions(name).iter().map(|id| id.to_string()).collect();
        all.sort();
        all
    };
    assert_eq!(who("PULUMI_ACCESS_TOKEN"), ["action-up"]);
    assert_eq!(who("Inner"), ["action-by"]);
    assert_eq!(who("Nothing"), Vec::<String>::new());
}

#[test]
fn the_large_design_is_looked_through_in_a_moment() {
    let design = crate::generate::large(crate::generate::Size::LARGE);
    let start = std::time::Instant::now();
    let found = reach(&design);
    let leaks = leaks(&design, &found);
    println!(
        "{} credentials, {} leaks, {:?}",
        found.credentials.len(),
        leaks.len(),
        start.elapsed()
    );
}

proptest! {
    /// Whatever a context of the design looks up is found to be in reach.
    #[test]
    fn nothing_that_can_be_read_is_missing(
        values in prop::collection::vec((0_u8..3, 0_u8..3, 0_u8..3, 0_u8..3, any::<bool>()), 1..6),
    ) {
        let mut design = add_step(&add_step(&three(), "script", "one"), "script", "two");
        let channel = |id: &str| crate::model::ChannelId::parse(id).unwrap();
        for id in ["stable", "hotfix"] {
            design.project.channels.push(Channel::new(channel(id), Name::parse(id).unwrap()));
        }
        let tag = |text: &str| TenantTag::parse(text).unwrap();
        for (id, tags) in [("a", vec!["T/x"]), ("b", vec!["T/x", "T/y"])] {
            let mut tenant = Tenant::new(TenantId::parse(id).unwrap(), Name::parse(id).unwrap());
            tenant.tags = tags.into_iter().map(tag).collect();
            design.space.tenants.push(tenant);
        }
        let ids = ["v0", "v1", "v2", "v3", "v4", "v5"];
        let pick = |index: u8, names: [&'static str; 2]| names.get(usize::from(index)).copied();
        let made = values.iter().zip(ids).map(|((e, c, a, t, is_secret), id)| {
            let scope = Scope {
                environments: pick(*e, ["dev", "prod"]).map(env).into_iter().collect(),
                channels: pick(*c, ["stable", "hotfix"]).map(channel).into_iter().collect(),
                actions: pick(*a, ["action-one", "action-two"])
                    .map(|id| crate::model::ActionId::parse(id).unwrap())
                    .into_iter()
                    .collect(),
                tenant_tags: pick(*t, ["T/x", "T/y"]).map(tag).into_iter().collect(),
                ..Scope::default()
            };
            let content = if *is_secret { secret() } else { VariableContent::text("") };
            (id, content, scope)
        });
        let made: Vec<_> = made.collect();
        set(&mut design, "Name", made);
        let found = reach(&design);
        let resolver = Resolver::new(&design);
        let Some(name) = resolver.candidates("Name") else { return Ok(()) };
        for (place, environment) in found.environments.iter().enumerate() {
            for (number, step) in found.steps.iter().enumerate() {
                for channel_id in ["stable", "hotfix"] {
                    for tenant in std::iter::once(None).chain(design.space.tenants.iter().map(Some)) {
                        let mut context = Context::deployment()
                            .in_environment(environment.clone())
                            .in_channel(channel(channel_id));
                        context.action = Some(step.action.clone());
                        if let Some(tenant) = tenant {
                            context = context.for_tenant(tenant);
                        }
                        let ranks = engine::ranks(&name.plain(), &context);
                        let best = ranks.iter().flatten().max().copied();
                        for (entry, rank) in name.entries().iter().zip(ranks) {
                            if rank.is_none() || rank != best || !entry.content().is_sensitive() {
                                continue;
                            }
                            let id = &entry.value.id;
                            let credential = found.credentials.iter().find(
                                |one| matches!(&one.identity, Identity::Secret(value, _) if value == id),
                            ).unwrap();
                            prop_assert!(credential.cells[place].step(number).is_some());
                        }
                    }
                }
            }
        }
    }
}
