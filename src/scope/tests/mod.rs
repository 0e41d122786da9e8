//! Tests of the scope rules: each rule of `SPEC.md` has a test whose name
//! starts with its number.
//!
//! Values and contexts are written as words: `env=prod,stg step=up of=library`.

mod certainty;
mod design;
mod expansion;
mod matching;
mod order;
mod property;
mod ranking;

use super::*;
use crate::model::*;
use crate::record::NameError;

fn list<T>(text: &str, parse: impl Fn(&str) -> Result<T, NameError>) -> Vec<T> {
    text.split(',').map(|one| parse(one).expect("a good id or name")).collect()
}

fn processes(text: &str) -> Vec<ProcessOwner> {
    let process = |one: &str| match one {
        "deployment" => ProcessOwner::Deployment,
        runbook => ProcessOwner::Runbook(RunbookId::parse(runbook).expect("a good id")),
    };
    text.split(',').map(process).collect()
}

/// A context such as `env=prod channel=default target=t1 tags=web,app`.
fn context(text: &str) -> Context {
    let mut context = Context::default();
    for word in text.split_whitespace() {
        let (key, text) = word.split_once('=').expect("key=value");
        match key {
            "env" => context.environment = list(text, EnvironmentId::parse).pop(),
            "channel" => context.channel = list(text, ChannelId::parse).pop(),
            "process" => context.process = processes(text).pop(),
            "step" => context.action = list(text, ActionId::parse).pop(),
            "target" => context.target = list(text, TargetId::parse).pop(),
            "tags" => context.target_tags = list(text, TargetTag::parse),
            "steptags" => context.step_tags = list(text, TargetTag::parse),
            "tenant" => context.tenant = list(text, TenantId::parse).pop(),
            "tenanttags" => context.tenant_tags = list(text, TenantTag::parse),
            other => panic!("no such part of a context: {other}"),
        }
    }
    context
}

fn scope(text: &str) -> Scope {
    let mut scope = Scope::default();
    for word in text.split_whitespace() {
        let (key, text) = word.split_once('=').expect("key=value");
        match key {
            "env" => scope.environments = list(text, EnvironmentId::parse),
            "channel" => scope.channels = list(text, ChannelId::parse),
            "process" => scope.processes = processes(text),
            "step" => scope.actions = list(text, ActionId::parse),
            "target" => scope.targets = list(text, TargetId::parse),
            "tags" => scope.target_tags = list(text, TargetTag::parse),
            "tenanttags" => scope.tenant_tags = list(text, TenantTag::parse),
            "of" | "tenant" | "default" => {}
            other => panic!("no such part of a scope: {other}"),
        }
    }
    scope
}

/// A value of an owned kind, from which candidates borrow.
struct Given {
    scope: Scope,
    tenant: Option<TenantId>,
    template: Option<VariableTemplateId>,
    of_project: bool,
}

impl Given {
    /// `of=library` is of a library set; `tenant=acme/t` is the value of a
    /// tenant for the template `t`, `default=t` is that template's default.
    fn new(text: &str) -> Self {
        let word = |key: &str| {
            text.split_whitespace().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
        };
        let (tenant, template) = match (word("tenant"), word("default")) {
            (Some(both), _) => {
                let (tenant, template) = both.split_once('/').expect("tenant/template");
                (TenantId::parse(tenant).ok(), VariableTemplateId::parse(template).ok())
            }
            (None, Some(template)) => (None, VariableTemplateId::parse(template).ok()),
            (None, None) => (None, None),
        };
        Self { scope: scope(text), tenant, template, of_project: word("of") != Some("library") }
    }

    fn candidate(&self) -> Candidate<'_> {
        let of_project = self.of_project;
        let source = match (&self.tenant, &self.template) {
            (Some(tenant), Some(template)) => Source::Tenant { tenant, template, of_project },
            (None, Some(template)) => Source::Default { template, of_project },
            _ if of_project => Source::Project,
            _ => Source::Library,
        };
        Candidate { scope: &self.scope, source }
    }
}

fn explain(context_text: &str, values: &[&str]) -> Explanation {
    let given: Vec<_> = values.iter().map(|text| Given::new(text)).collect();
    let candidates: Vec<_> = given.iter().map(Given::candidate).collect();
    let context = context(context_text);
    let explanation = Explanation::of(&candidates, &context);
    assert_eq!(explanation.resolution, engine::resolve(&candidates, &context));
    explanation
}

/// The indexes of the winners are `expected`; more than one is ambiguous,
/// none is undefined.
#[track_caller]
fn check(context: &str, values: &[&str], expected: &[usize]) {
    let explanation = explain(context, values);
    let winners: Vec<_> = explanation.winners().collect();
    assert_eq!(winners, expected, "{context}: {values:?}\n{explanation:#?}");
    let outcome = match expected {
        [] => Outcome::Undefined,
        [one] => Outcome::Value(*one),
        [first, ..] => Outcome::Ambiguous { first: *first, count: expected.len() },
    };
    assert_eq!(explanation.resolution.outcome(), outcome);
}

#[test]
fn every_rule_has_a_test_and_every_numbered_test_a_rule() {
    let sources = [
        include_str!("certainty.rs"),
        include_str!("design.rs"),
        include_str!("expansion.rs"),
        include_str!("matching.rs"),
        include_str!("order.rs"),
        include_str!("property.rs"),
        include_str!("ranking.rs"),
    ];
    let spec = include_str!("../SPEC.md");
    let rules: Vec<_> = spec
        .lines()
        .filter_map(|line| line.strip_prefix("- **S")?.split_once("**"))
        .map(|(number, _)| number)
        .collect();
    assert!(rules.len() > 20, "the rules were found: {rules:?}");
    let tested: Vec<_> = sources
        .iter()
        .flat_map(|source| source.lines())
        .filter_map(|line| line.trim().strip_prefix("fn s")?.split_once('_'))
        .map(|(number, _)| number)
        .filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    for rule in &rules {
        assert!(tested.contains(rule), "S{rule} has no test");
    }
    for number in &tested {
        assert!(rules.contains(number), "a test names S{number}, which is no rule");
    }
}
