//! `pulpo reach`.

use pretty_assertions::assert_eq;
use serde_json::Value;

use super::{good, pulpo, refused, text};

const GUIDE: &str = "public/samples/aws-fargate.pulpo.json";

/// The guide's design with production's token for all environments.
fn planted() -> Vec<u8> {
    let sample = std::fs::read_to_string(GUIDE).expect("the sample");
    let mut design: Value = serde_json::from_str(&sample).expect("JSON");
    let variables = design["project"]["variables"].as_array_mut().expect("variables");
    let token = variables.iter_mut().find(|one| one["name"] == "PULUMI_ACCESS_TOKEN");
    let values = token.expect("the token")["values"].as_array_mut().expect("values");
    values.retain(|value| value["id"] == "prod");
    values[0].as_object_mut().expect("a value").remove("scope");
    design.to_string().into_bytes()
}

#[test]
fn reach_says_where_each_credential_can_be_read() {
    let said = good(&["reach", GUIDE], b"");
    assert!(said.contains("AWS Production (AWS account · by the variable AWS)"), "{said}");
    assert!(said.contains("named by Write config override, Pulumi preview, Pulumi up"), "{said}");
    assert!(!said.contains("LEAK"), "{said}");
    let there = good(&["reach", GUIDE, "--environment", "staging"], b"");
    assert!(there.contains("AWS Staging") && !there.contains("AWS Production"), "{there}");
    refused(&["reach", GUIDE, "-e", "Stagin"], b"", "did you mean \"Staging\"?");
}

#[test]
fn reach_ends_with_one_where_something_leaks() {
    let output = pulpo(&["reach", "-"], &planted());
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    assert!(said.contains("LEAK, 4 steps"), "{said}");
    assert!(said.contains("Limit PULUMI_ACCESS_TOKEN to Production."), "{said}");
}

#[test]
fn reach_writes_json() {
    let output = pulpo(&["reach", "-", "--json"], &planted());
    let object: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let all = object["credentials"].as_array().expect("a list");
    let token = all.iter().find(|one| one["credential"] == "PULUMI_ACCESS_TOKEN").expect("there");
    assert_eq!(token["fix"], "Limit PULUMI_ACCESS_TOKEN to Production");
    assert_eq!(token["environments"][0]["reach"], "leak");
    assert_eq!(token["environments"][2]["reach"], "open");
    let steps = token["environments"][0]["steps"].as_array().expect("steps");
    let up = steps.iter().find(|one| one["name"] == "Pulumi up").expect("up");
    assert_eq!((&up["namesIt"], &up["certain"]), (&true.into(), &true.into()));
}
