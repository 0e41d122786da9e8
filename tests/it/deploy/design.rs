//! A small design that has one of everything that a deployment minds.

use pulpo::format::design_file;
use pulpo::model::Design;

const TEXT: &str = r##"{
  "format": "pulpo-design", "version": 1, "title": "Simulated",
  "space": {
    "environments": [
      { "id": "dev", "name": "Development" },
      { "id": "prod", "name": "Production", "octopusId": "Environments-7" }
    ],
    "lifecycles": [
      { "id": "short", "name": "Short", "phases": [ { "name": "One", "manual": ["dev"] } ] }
    ],
    "workerPools": [ { "id": "w", "name": "Workers", "default": true }, { "id": "x", "name": "Other" } ],
    "feeds": [ { "id": "f", "name": "Feed" } ],
    "accounts": [ { "id": "a", "name": "Cloud" } ],
    "teams": [ { "id": "t", "name": "Owners" } ],
    "targets": [
      { "id": "web-1", "name": "web-1", "tags": ["web"], "environments": ["prod"] },
      { "id": "web-2", "name": "web-2", "tags": ["web", "big"], "environments": ["prod"] }
    ],
    "tenants": [
      { "id": "acme", "name": "Acme", "tags": ["Ring/Early", "Region/EU"], "environments": ["prod"] }
    ]
  },
  "project": {
    "name": "Shop",
    "tenanted": "TenantedOrUntenanted",
    "packages": [ { "key": "p", "packageId": "shop", "feed": "f" } ],
    "channels": [
      { "id": "c", "name": "Default", "default": true },
      { "id": "h", "name": "Hotfix", "lifecycle": "short" }
    ],
    "variables": [
      { "id": "url", "name": "Url", "values": [
        { "id": "1", "content": { "type": "String", "value": "https://#{Host}/#{Octopus.Environment.Name | ToLower}" } } ] },
      { "id": "host", "name": "Host", "values": [
        { "id": "1", "content": { "type": "String", "value": "dev.example.com" } },
        { "id": "2", "content": { "type": "String", "value": "example.com" }, "scope": { "environments": ["prod"] } } ] },
      { "id": "secret", "name": "Secret", "values": [
        { "id": "1", "content": { "type": "Sensitive", "set": true }, "scope": { "environments": ["prod"] } } ] },
      { "id": "conn", "name": "Connection", "values": [
        { "id": "1", "content": { "type": "String", "value": "host=#{Host};password=#{Secret}" } } ] },
      { "id": "tie", "name": "Tie", "values": [
        { "id": "1", "content": { "type": "String", "value": "a" } },
        { "id": "2", "content": { "type": "String", "value": "b" } } ] },
      { "id": "same", "name": "Same", "values": [
        { "id": "1", "content": { "type": "String", "value": "a" } },
        { "id": "2", "content": { "type": "String", "value": "a" } } ] },
      { "id": "cloud", "name": "Cloud", "values": [
        { "id": "1", "content": { "type": "AmazonWebServicesAccount", "account": "a" } } ] },
      { "id": "asked", "name": "Asked", "values": [
        { "id": "1", "content": { "type": "String", "value": "usual" }, "prompt": { "label": "?" } } ] },
      { "id": "blank", "name": "AskedBlank", "values": [
        { "id": "1", "content": { "type": "String", "value": "" }, "prompt": { "label": "?" } } ] },
      { "id": "flag", "name": "Flag", "values": [
        { "id": "1", "content": { "type": "String", "value": "False" } },
        { "id": "2", "content": { "type": "String", "value": "True" }, "scope": { "environments": ["prod"] } } ] },
      { "id": "of-step", "name": "OfStep", "values": [
        { "id": "1", "content": { "type": "String", "value": "all" } },
        { "id": "2", "content": { "type": "String", "value": "second" }, "scope": { "actions": ["second"] } } ] },
      { "id": "of-tag", "name": "OfTag", "values": [
        { "id": "1", "content": { "type": "String", "value": "all" } },
        { "id": "2", "content": { "type": "String", "value": "big" }, "scope": { "targetTags": ["big"] } } ] },
      { "id": "pool", "name": "Pool", "values": [
        { "id": "1", "content": { "type": "WorkerPool", "pool": "x" }, "scope": { "environments": ["prod"] } } ] }
    ],
    "process": { "steps": [ STEPS ] },
    "runbooks": [
      { "id": "r", "name": "Tidy up", "environmentScope": "Specified", "environments": ["dev"],
        "process": { "steps": [
          { "id": "tidy", "name": "Tidy", "actions": [ { "id": "tidy", "name": "Tidy",
            "does": { "kind": "octopus", "type": "Octopus.Script" },
            "properties": { "Octopus.Action.RunOnServer": "true", "T": "#{Octopus.Runbook.Name} #{Octopus.Release.Number}" } } ] } ] } }
    ]
  }
}"##;

/// The design with these steps; `{}` is none.
pub fn with_steps(steps: &str) -> Design {
    let text = TEXT.replace("STEPS", steps);
    let opened = design_file::read(&text);
    let findings: Vec<_> = opened.findings.iter().map(ToString::to_string).collect();
    assert!(findings.is_empty(), "{findings:#?}");
    opened.design.expect("a design")
}

/// A step of one script action with more members of the action and the step.
pub fn step(id: &str, action: &str, step: &str) -> String {
    let comma = |text: &str| if text.is_empty() { String::new() } else { format!(", {text}") };
    format!(
        r##"{{ "id": "{id}", "name": "{id}"{}, "actions": [ {{ "id": "{id}", "name": "{id}",
        "does": {{ "kind": "octopus", "type": "Octopus.Script" }}{} }} ] }}"##,
        comma(step),
        comma(action),
    )
}

/// The properties of a script action on a worker.
pub fn worker(more: &str) -> String {
    let comma = if more.is_empty() { "" } else { ", " };
    format!(r##""properties": {{ "Octopus.Action.RunOnServer": "true"{comma}{more} }}"##)
}
