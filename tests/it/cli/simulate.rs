//! `pulpo resolve`, `render` and `preview`.

use insta::assert_snapshot;
use pretty_assertions::assert_eq;
use serde_json::Value;

use super::{Scratch, good, pulpo, refused, text};

const GUIDE: &str = "public/samples/aws-fargate.pulpo.json";
const MODERN: &str = "public/samples/aws-fargate-modern.pulpo.json";
const AZURE: &str = "public/samples/azure.pulpo.json";

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&text(&pulpo(arguments, b"").stdout)).expect("JSON")
}

/// A command that ends with 1, because there is something to say.
#[track_caller]
fn says(arguments: &[&str], stdin: &[u8]) -> String {
    let output = pulpo(arguments, stdin);
    assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn resolve_lists_what_an_environment_sees() {
    assert_snapshot!(good(&["resolve", GUIDE, "--environment", "production"], b""));
}

#[test]
fn resolve_says_why() {
    let arguments = ["resolve", AZURE, "-e", "Production", "--variable", "shop.url", "--why"];
    assert_snapshot!(good(&arguments, b""));
}

#[test]
fn resolve_writes_json() {
    let arguments =
        ["resolve", GUIDE, "-e", "Production", "--variable", "Region", "--why", "--json"];
    let object = json(&arguments);
    let region = &object["variables"][0];
    assert_eq!(object["environment"], "Production");
    assert_eq!((&region["name"], &region["outcome"]), (&"Region".into(), &"value".into()));
    assert_eq!(region["resolved"]["text"], "us-east-1");
    assert_eq!(region["from"], "project, for Production");
    assert_eq!(region["candidates"][0]["fared"], "Applies, but loses by the environment.");
    let all = json(&["resolve", GUIDE, "-e", "Staging", "--json"]);
    let stack = all["variables"].as_array().expect("a list").iter();
    let stack = stack.clone().find(|one| one["name"] == "Pulumi.Stack").expect("it is made");
    assert_eq!(stack["resolved"]["text"], "my-org/my-project/staging");
    assert_eq!(stack["from"], "the stacks of the environments, for Staging");
}

#[test]
fn resolve_minds_steps_tags_and_tenants() {
    let tenant = ["resolve", AZURE, "-e", "production", "--tenant", "contoso", "--json"];
    let names = |object: &Value| -> Vec<String> {
        let all = object["variables"].as_array().expect("a list").iter();
        let known = all.filter(|one| one["outcome"] != "undefined");
        known.map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
    };
    let without = ["resolve", AZURE, "-e", "production", "--json"];
    assert!(names(&json(&tenant)).len() > names(&json(&without)).len(), "tenants bring values");
    let level = |more: &[&str]| {
        let arguments = [&["resolve", AZURE, "-e", "production", "--json"], more].concat();
        let object = json(&[&arguments[..], &["--variable", "LogLevel"]].concat());
        object["variables"][0]["resolved"]["text"].clone()
    };
    assert_eq!(level(&[]), "info");
    assert_eq!(level(&["--step", "start"]), "trace");
}

#[test]
fn names_that_are_not_there_are_refused_with_what_was_meant() {
    let near = "there is no environment \"Prodution\"; did you mean \"Production\"?";
    refused(&["resolve", GUIDE, "-e", "Prodution"], b"", near);
    refused(&["preview", GUIDE, "-e", "x"], b"", "there are Development, Staging, Production");
    let none = "there is no channel \"a\"; the design has no channel at all";
    refused(&["preview", GUIDE, "-e", "staging", "--channel", "a"], b"", none);
    let variable = ["resolve", GUIDE, "-e", "staging", "--variable", "Regoin"];
    refused(&variable, b"", "did you mean \"Region\"?");
    let step = ["preview", GUIDE, "-e", "staging", "--step", "Pulumi u"];
    refused(&step, b"", "did you mean \"Pulumi up\"?");
    refused(&["preview", "-", "-e", "staging"], b"{", "can't be read as a design");
    refused(&["preview", GUIDE], b"", "--environment");
}

#[test]
fn preview_tells_the_story_of_the_sample() {
    assert_snapshot!(good(&["preview", GUIDE, "--environment", "Production"], b""));
    let development = good(&["preview", GUIDE, "--environment", "development"], b"");
    assert!(development.contains("skipped"), "{development}");
    assert!(development.contains("It runs only in Production."), "{development}");
}

#[test]
fn preview_shows_a_step_whole() {
    let arguments = ["preview", GUIDE, "-e", "Production", "--step", "approve"];
    assert_snapshot!(good(&arguments, b""));
    let arguments = ["preview", GUIDE, "-e", "Production", "--step", "Write config override"];
    let shown = good(&arguments, b"");
    let reads = shown.split_once("It reads").expect("what it reads").1;
    assert_snapshot!(reads);
}

#[test]
fn preview_leaves_open_what_only_a_run_knows() {
    assert_snapshot!(good(&["preview", MODERN, "-e", "production", "--release", "2.1.0"], b""));
    let runbook = says(&["preview", MODERN, "-e", "staging", "--runbook", "check drift"], b"");
    assert!(runbook.starts_with("Run Check drift in Staging\n"), "{runbook}");
    let open = runbook.split_once("Not resolved").expect("a run has no release").1;
    assert!(open.contains("get_octopusvariable \"Octopus.Release.Number\""), "{open}");
}

#[test]
fn preview_of_a_tenant() {
    let arguments = ["preview", AZURE, "-e", "production", "--tenant", "Contoso"];
    assert_snapshot!(text(&pulpo(&arguments, b"").stdout));
    let other = ["preview", AZURE, "-e", "test", "--tenant", "Contoso"];
    assert!(says(&other, b"").contains("Octopus would not offer this: Contoso is not connected"));
}

#[test]
fn preview_writes_json_with_final_scripts() {
    let object = json(&["preview", GUIDE, "-e", "Production", "--json"]);
    let groups = object["groups"].as_array().expect("groups");
    let actions: Vec<&Value> = groups.iter().map(|group| &group[0]["actions"][0]).collect();
    let names: Vec<_> = actions.iter().map(|one| one["name"].as_str().expect("a name")).collect();
    let expected = [
        "Extract the code package",
        "Write config override",
        "Pulumi preview",
        "Approve",
        "Pulumi up",
    ];
    assert_eq!(names, expected);
    assert_eq!(actions[3]["gate"]["teams"][0], "Release managers");
    let spans = actions[4]["script"]["body"]["spans"].as_array().expect("spans");
    let stack = spans.iter().find(|one| one["gives"] == "my-org/my-project/prod");
    let stack = stack.expect("the script reads the stack");
    assert_eq!(stack["expression"], "get_octopusvariable \"Pulumi.Stack\"");
    let whole: String = spans.iter().map(|one| one["text"].as_str().expect("a text")).collect();
    assert_eq!(whole, actions[4]["script"]["body"]["text"].as_str().expect("a text"));
    assert!(whole.starts_with("#!/usr/bin/env bash\n"));
}

#[test]
fn render_fills_in_and_says_what_is_left() {
    let scratch = Scratch::new("render");
    let file = scratch.file(
        "variables.json",
        r##"{ "Name": "Ada", "Greeting": "Hello #{Name}", "Count": 3, "Deep": { "a": [1] } }"##,
    );
    let variables = ["--variables", file.as_str()];
    let render = |template: &'static str| [&["render", template][..], &variables[..]].concat();
    let template = "#{Greeting | ToUpper} #{Count} #{Deep.a[0]}";
    assert_eq!(good(&render(template), b""), "HELLO ADA 3 1");
    assert_eq!(good(&render("-"), b"#{Name}\n"), "Ada\n");
    assert_eq!(says(&render("#{Name} #{Gone}"), b""), "Ada #{Gone}");
    assert_eq!(says(&render("#{Name} #{Name!}"), b""), "#{Name} #{Name!}");
    let lenient = [&render("#{Name} #{Name!}")[..], &["--lenient"]].concat();
    assert_eq!(good(&lenient, b""), "Ada #{Name!}");
    let object = says(&[&render("#{Name} #{Gone}")[..], &["--json"]].concat(), b"");
    assert_snapshot!(object);
}

#[test]
fn render_refuses_what_it_cannot_use() {
    let scratch = Scratch::new("render-bad");
    let list = scratch.file("list.json", "[]");
    let expected = "should hold an object of names and values";
    refused(&["render", "x", "--variables", &list], b"", expected);
    let broken = scratch.file("broken.json", "{");
    refused(&["render", "x", "--variables", &broken], b"", "it is not JSON");
    refused(&["render", "x", "--variables", "/nowhere.json"], b"", "it can't be read");
    let cycle = scratch.file("cycle.json", r##"{ "a": "#{a}" }"##);
    let expected = "Octopus fails here: An attempt to parse the variable symbol \"a\"";
    refused(&["render", "#{a}", "--variables", &cycle], b"", expected);
}
