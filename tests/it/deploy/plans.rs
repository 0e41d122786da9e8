//! What runs, what is skipped, who is asked, and where.

use pretty_assertions::assert_eq;
use pulpo::deploy::{Fate, Plan};
use pulpo::model::{ChannelId, ProcessOwner, RunbookId, TenantId};

use super::design::{step, with_steps, worker};
use super::{plan, to};

/// Each action with its fate and the reasons.
fn fates(plan: &Plan) -> Vec<String> {
    let line = |fate: &Fate| {
        let reasons: Vec<_> = fate.reasons().iter().map(|one| one.what.as_str()).collect();
        [fate.word(), ": ", &reasons.join(" ")].concat()
    };
    plan.actions().map(|(_, action)| format!("{} {}", action.name, line(&action.fate))).collect()
}

#[test]
fn every_reason_to_skip_is_told() {
    let steps = [
        step("off", r#""disabled": true"#, ""),
        step("only", r#""environments": ["prod"]"#, ""),
        step("not", r#""excludedEnvironments": ["dev"]"#, ""),
        step("channel", r#""channels": ["h"]"#, ""),
        step("targets", "", r#""targetTags": ["web"]"#),
        step("failure", "", r#""condition": { "when": "failure" }"#),
        step("flag", "", r##""condition": { "when": "variable", "expression": "#{Flag}" }"##),
        step("missing", "", r##""condition": { "when": "variable", "expression": "#{Nothing}" }"##),
        step("always", "", r#""condition": { "when": "always" }"#),
    ];
    let design = with_steps(&steps.join(","));
    let expected = [
        "off skipped: It is disabled.",
        "only skipped: It runs only in Production.",
        "not skipped: It is excluded from Development.",
        "channel skipped: It runs only for releases of Hotfix.",
        "targets skipped: No target of Development is tagged web.",
        "failure on-failure: ",
        "flag skipped: Its condition is not met.",
        "missing skipped: Its condition is not met.",
        "always runs: ",
    ];
    assert_eq!(fates(&plan(&design, "dev")), expected);
    let expected = [
        "off skipped: It is disabled.",
        "only runs: ",
        "not runs: ",
        "channel skipped: It runs only for releases of Hotfix.",
        "targets runs: ",
        "failure on-failure: ",
        "flag runs: ",
        "missing skipped: Its condition is not met.",
        "always runs: ",
    ];
    assert_eq!(fates(&plan(&design, "prod")), expected);
}

#[test]
fn a_reason_for_each_that_holds() {
    let two = r#""disabled": true, "environments": ["prod"], "channels": ["h"]"#;
    let design = with_steps(&step("off", two, ""));
    let plan = plan(&design, "dev");
    let (_, action) = plan.actions().next().expect("an action");
    let on: Vec<_> = action.fate.reasons().iter().map(|one| one.on).collect();
    assert_eq!(on, ["disabled", "environment", "channel"]);
}

#[test]
fn conditions_are_not_guessed() {
    let condition = |id: &str, expression: &str| {
        let text = serde_json::Value::from(expression);
        step(id, "", &format!(r#""condition": {{ "when": "variable", "expression": {text} }}"#))
    };
    let steps = [
        step("first", "", ""),
        condition("output", "#{Octopus.Action[first].Output.Go}"),
        condition("secret", "#{if Secret}True#{/if}"),
        condition("sample", "#{if Octopus.Deployment.Id == \"Deployments-1\"}True#{/if}"),
        condition("there", "#{if Octopus.Deployment.Id}True#{/if}"),
        condition("error", "#{unless Octopus.Deployment.Error}True#{/unless}"),
        condition("later", "#{Octopus.Action[first of all].Output.Go}"),
        condition("tie", "#{if Tie == \"a\"}True#{/if}"),
        condition("same", "#{if Same == \"a\"}True#{/if}"),
        condition("asked", "#{if Asked == \"usual\"}True#{/if}"),
        condition("fails", "#{Asked | FromBase64}"),
    ];
    let plan = plan(&with_steps(&steps.join(",")), "prod");
    let words: Vec<_> = plan
        .actions()
        .map(|(_, action)| format!("{} {}", action.name, action.fate.word()))
        .collect();
    let expected = [
        "first runs",
        "output undecided",
        "secret undecided",
        "sample undecided",
        "there runs",
        "error runs",
        "later skipped",
        "tie undecided",
        "same runs",
        "asked undecided",
        "fails undecided",
    ];
    assert_eq!(words, expected);
    let fates = fates(&plan);
    assert!(fates[1].contains("depends on Octopus.Action[first].Output.Go"), "{}", fates[1]);
    assert!(fates[10].contains("fails at its condition"), "{}", fates[10]);
}

#[test]
fn outputs_of_a_step_that_is_skipped_are_not_there() {
    let steps = [
        step("first", r#""environments": ["dev"]"#, ""),
        step(
            "second",
            "",
            r##""condition": { "when": "variable", "expression": "#{Octopus.Action[First].Output.Go}" }"##,
        ),
    ];
    let design = with_steps(&steps.join(","));
    assert_eq!(fates(&plan(&design, "prod"))[1], "second skipped: Its condition is not met.");
    assert!(fates(&plan(&design, "dev"))[1].starts_with("second undecided"));
}

#[test]
fn tenant_tags_of_a_step() {
    let tags = |id: &str, tags: &str| step(id, &format!(r#""tenantTags": [{tags}]"#), "");
    let steps = [
        tags("one", r#""Ring/Early", "Ring/Late""#),
        tags("both", r#""ring/early", "Region/EU""#),
        tags("half", r#""Ring/Early", "Region/US""#),
        tags("none", r#""Ring/Late""#),
    ];
    let design = with_steps(&steps.join(","));
    let mut scenario = to(&design, "prod");
    let words = |scenario: &pulpo::deploy::Scenario| {
        let plan = pulpo::deploy::Simulation::new(&design).plan(scenario);
        plan.actions().map(|(_, action)| action.fate.word()).collect::<Vec<_>>()
    };
    assert_eq!(words(&scenario), ["undecided"; 4], "what they mean without a tenant is not known");
    scenario.tenant = TenantId::parse("acme").ok();
    assert_eq!(words(&scenario), ["runs", "runs", "undecided", "skipped"]);
}

#[test]
fn steps_that_start_together_are_one_group() {
    let with = r#""start": "StartWithPrevious""#;
    let steps = [
        step("a", "", with),
        step("b", "", ""),
        step("c", "", with),
        step("d", "", with),
        step("e", "", ""),
    ];
    let plan = plan(&with_steps(&steps.join(",")), "dev");
    let groups: Vec<Vec<_>> = plan
        .groups
        .iter()
        .map(|group| group.steps.iter().map(|step| step.name.as_str()).collect())
        .collect();
    assert_eq!(groups, [vec!["a"], vec!["b", "c", "d"], vec!["e"]]);
}

#[test]
fn gates_say_who_is_asked() {
    let gate = r#"{ "id": "g", "name": "g", "actions": [ { "id": "g", "name": "g",
        "does": { "kind": "octopus", "type": "Octopus.Manual" },
        "properties": { "Octopus.Action.Manual.ResponsibleTeamIds": "t,Teams-4" } } ] }"#;
    let plan = plan(&with_steps(gate), "dev");
    let (_, action) = plan.actions().next().expect("an action");
    assert_eq!(action.gate.as_ref().map(|gate| gate.who()).as_deref(), Some("Owners or Teams-4"));
    assert_eq!(action.runs_on.pool, None, "a person is no worker");
}

#[test]
fn places_are_pools_targets_and_containers() {
    let pool = r##""workerPool": { "by": "variable", "variable": "Pool" },
        "container": { "image": "node:#{Octopus.Release.Number}", "feed": "f" }"##;
    let steps = [
        step("default", &worker(""), ""),
        step("variable", &[pool, ", ", &worker("")].concat(), ""),
        step("targets", "", r#""targetTags": ["web"], "window": "1""#),
    ];
    let design = with_steps(&steps.join(","));
    let words = |environment: &str| {
        let plan = plan(&design, environment);
        plan.actions().map(|(_, action)| action.runs_on.words()).collect::<Vec<_>>()
    };
    assert_eq!(words("prod"), ["Workers", "Other, in node:1.0.0", "web"]);
    assert_eq!(words("dev")[1], "the pool in Pool, which has no value here, in node:1.0.0");
    let plan = plan(&design, "prod");
    let (_, targets) = plan.actions().nth(2).expect("three");
    assert_eq!(targets.runs_on.targets, ["web-1", "web-2"]);
    assert_eq!(targets.runs_on.shown.as_deref(), Some("web-1"));
}

#[test]
fn obstacles_say_what_octopus_would_not_offer() {
    let design = with_steps("");
    let simulation = pulpo::deploy::Simulation::new(&design);
    let mut scenario = to(&design, "prod");
    assert_eq!(simulation.plan(&scenario).obstacles, [""; 0]);
    scenario.channel = ChannelId::parse("h").ok();
    let expected = "The lifecycle \"Short\" does not have Production, so no release gets there.";
    assert_eq!(simulation.plan(&scenario).obstacles, [expected]);
    scenario.process = ProcessOwner::Runbook(RunbookId::parse("r").expect("an id"));
    scenario.tenant = TenantId::parse("acme").ok();
    let expected = [
        "\"Tidy up\" may not run in Production.",
        "This never runs for a tenant, so not for Acme.",
    ];
    assert_eq!(simulation.plan(&scenario).obstacles, expected);
}

#[test]
fn a_scenario_of_an_empty_design_is_none() {
    assert!(pulpo::deploy::Scenario::first(&pulpo::model::Design::default()).is_none());
    let design = with_steps("");
    assert_eq!(plan(&design, "prod").groups, []);
    assert_eq!(plan(&design, "gone").groups, []);
}
