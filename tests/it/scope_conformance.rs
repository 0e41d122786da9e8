//! The scope vectors: scoped values, a context and the winner.
//!
//! They are no part of the repository: the variable `PULPO_CONFORMANCE` names
//! their folder, else it is looked for beside the checkout. Where it is
//! absent, the test says so and checks nothing.

use pulpo::model::*;
use pulpo::scope::{Candidate, Context, Dimension, Explanation, Outcome, Source, Verdict, engine};
use serde_json::Value;

use super::outside::{conformance, say};

fn texts(value: &Value) -> Vec<&str> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().map(|item| item.as_str().expect("a text")).collect()
}

fn ids<T>(value: &Value, parse: impl Fn(&str) -> Result<T, pulpo::record::NameError>) -> Vec<T> {
    texts(value).into_iter().map(|text| parse(text).expect("an id")).collect()
}

fn id<T>(value: &Value, parse: impl Fn(&str) -> Result<T, pulpo::record::NameError>) -> Option<T> {
    value.as_str().map(|text| parse(text).expect("an id"))
}

fn process(text: &str) -> ProcessOwner {
    if text.starts_with("Projects-") {
        ProcessOwner::Deployment
    } else {
        ProcessOwner::Runbook(RunbookId::parse(text).expect("an id"))
    }
}

fn context(value: &Value) -> Context {
    let known = [
        "environment",
        "channel",
        "processOwner",
        "action",
        "machine",
        "machineRoles",
        "stepRoles",
        "tenant",
        "tenantTags",
    ];
    for key in value.as_object().expect("an object").keys() {
        assert!(known.contains(&key.as_str()), "a context of an unknown kind: {key}");
    }
    Context {
        environment: id(&value["environment"], EnvironmentId::parse),
        channel: id(&value["channel"], ChannelId::parse),
        process: value["processOwner"].as_str().map(process),
        action: id(&value["action"], ActionId::parse),
        target: id(&value["machine"], TargetId::parse),
        target_tags: ids(&value["machineRoles"], TargetTag::parse),
        step_tags: ids(&value["stepRoles"], TargetTag::parse),
        tenant: id(&value["tenant"], TenantId::parse),
        tenant_tags: ids(&value["tenantTags"], TenantTag::parse),
    }
}

fn scope(value: &Value) -> Scope {
    let known = [
        "Environment",
        "Machine",
        "Role",
        "Action",
        "Channel",
        "TenantTag",
        "ProcessOwner",
        "Tenant",
    ];
    for key in value.as_object().expect("an object").keys() {
        assert!(known.contains(&key.as_str()), "a scope of an unknown kind: {key}");
    }
    Scope {
        environments: ids(&value["Environment"], EnvironmentId::parse),
        channels: ids(&value["Channel"], ChannelId::parse),
        actions: ids(&value["Action"], ActionId::parse),
        targets: ids(&value["Machine"], TargetId::parse),
        target_tags: ids(&value["Role"], TargetTag::parse),
        tenant_tags: ids(&value["TenantTag"], TenantTag::parse),
        processes: texts(&value["ProcessOwner"]).into_iter().map(process).collect(),
        ..Scope::default()
    }
}

/// What the case says against what the engine says.
fn judge(case: &Value) -> Result<(), String> {
    let context = context(&case["context"]);
    let values = case["values"].as_array().expect("values");
    let scopes: Vec<_> = values.iter().map(|value| scope(&value["scope"])).collect();
    let template = VariableTemplateId::parse("template").expect("an id");
    let tenants: Vec<_> =
        values.iter().map(|value| ids(&value["scope"]["Tenant"], TenantId::parse)).collect();
    let candidates: Vec<_> = values
        .iter()
        .zip(&scopes)
        .zip(&tenants)
        .map(|((value, scope), tenants)| {
            let source = match (value["source"].as_str(), tenants.first()) {
                (Some("project"), None) => Source::Project,
                (Some("library"), None) => Source::Library,
                (Some("tenant"), Some(tenant)) => {
                    Source::Tenant { tenant, template: &template, of_project: true }
                }
                other => panic!("a source of an unknown kind: {other:?}"),
            };
            Candidate { scope, source }
        })
        .collect();
    let resolution = engine::resolve(&candidates, &context);
    let expected = &case["expected"];
    let agrees = match resolution.outcome() {
        Outcome::Undefined => expected == "none",
        Outcome::Ambiguous { .. } => expected == "ambiguous",
        Outcome::Value(index) => *expected == index,
    };
    if !agrees {
        return Err(format!("expected {expected}, got {resolution:?}"));
    }
    // The explanation rests on the same ranks, so it must name the same winner,
    // and every value that does not apply must have a reason.
    let explanation = Explanation::of(&candidates, &context);
    assert_eq!(explanation.resolution, resolution);
    for one in explanation.candidates {
        assert_eq!(one.applies(), one.mismatches().next().is_none());
        let tenant = one.verdicts.iter().find(|(dimension, _)| *dimension == Dimension::Tenant);
        let is_own = values[one.index]["source"] != "tenant";
        assert_eq!(is_own, tenant.is_some_and(|(_, verdict)| *verdict == Verdict::Unlimited));
    }
    Ok(())
}

#[test]
fn the_engine_agrees_with_every_vector() {
    let Some(folder) = conformance("scope") else { return };
    let files = std::fs::read_dir(&folder).expect("a readable folder");
    let mut files: Vec<_> = files.flatten().map(|file| file.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let (mut ran, mut failures) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a readable file");
        let cases: Vec<Value> = serde_json::from_str(&text).expect("a list of cases");
        for case in &cases {
            ran += 1;
            if let Err(failure) = judge(case) {
                failures.push(format!("{}: {failure}", case["name"]));
            }
        }
    }
    say(&format!("scope conformance: {ran} cases, {} passed", ran - failures.len()));
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(ran > 0, "there are files, but no cases");
}
