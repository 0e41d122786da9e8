use std::collections::HashSet;

use super::*;
use crate::format::design_file;
use crate::generate::{Size, large};
use crate::model::{LibrarySetId, Scope};

/// A small design: a variable with four values, a secret, a set that is
/// included and one that is not, a stack for each environment.
fn sample() -> Design {
    let text = r#"{
      "format": "pulpo-design", "version": 1,
      "space": {
        "environments": [
          { "id": "dev", "name": "Development" },
          { "id": "prod", "name": "Production", "hue": 9 }
        ],
        "accounts": [
          { "id": "aws-1", "name": "AWS one", "kind": "AmazonWebServicesAccount" },
          { "id": "az-1", "name": "Azure one", "kind": "AzureServicePrincipal" }
        ],
        "tagSets": [{ "id": "ring", "name": "Ring", "tags": ["Early"] }],
        "librarySets": [
          { "id": "in", "name": "Shared", "variables": [
            { "id": "s", "name": "Shared.One", "values": [{ "id": "s1", "content": { "type": "String", "value": "1" } }] }
          ] },
          { "id": "out", "name": "Left out", "variables": [
            { "id": "o", "name": "Other", "values": [{ "id": "o1", "content": { "type": "String", "value": "1" } }] }
          ] }
        ]
      },
      "project": {
        "name": "P",
        "includedSets": ["in"],
        "channels": [{ "id": "hot", "name": "Hotfix" }],
        "process": { "steps": [{ "id": "p", "name": "Pulumi preview", "actions": [
          { "id": "p", "name": "Pulumi preview", "does": { "kind": "pulumi", "step": { "do": "run" } } }
        ] }] },
        "variables": [
          { "id": "r", "name": "Region", "values": [
            { "id": "r1", "content": { "type": "String", "value": "eu" }, "scope": { "environments": ["dev"] } },
            { "id": "r2", "content": { "type": "String", "value": "us\nline" }, "scope": { "environments": ["prod"], "channels": ["hot"], "tenantTags": ["Ring/Early"] } },
            { "id": "r3", "content": { "type": "String", "value": "xx" }, "scope": { "environments": ["dev"] } },
            { "id": "r4", "content": { "type": "AmazonWebServicesAccount", "account": "aws-1" }, "description": "fallback" }
          ] },
          { "id": "k", "name": "Key", "values": [{ "id": "k1", "content": { "type": "Sensitive", "set": true } }] }
        ]
      },
      "pulumi": {
        "stacks": [{ "environment": "prod", "stack": "org/app/prod" }]
      }
    }"#;
    let opened = design_file::read(text);
    assert_eq!(opened.findings, []);
    opened.design.unwrap()
}

/// The rows in words: key, text, scope, marks.
fn said(design: &Design, tab: &VariableOwner, query: &Query, closed: &[&str]) -> Vec<String> {
    let closed: HashSet<_> = closed.iter().map(|id| VariableId::parse(id).unwrap()).collect();
    rows(design, tab, query, &closed)
        .iter()
        .map(|row| {
            let cells = cells(design, tab, row);
            let chips: Vec<_> = cells.chips.iter().map(|chip| chip.label.as_str()).collect();
            let name = if cells.is_first { cells.name.as_str() } else { "" };
            let tie = if cells.is_tie { " tie" } else { "" };
            let set = cells.set.map(|set| format!(" of {set}")).unwrap_or_default();
            format!("{name}|{}|{}{tie}{set}", cells.text, chips.join(","))
        })
        .collect()
}

#[test]
fn rows_stand_in_the_order_of_the_design_with_sets_after() {
    let all = said(&sample(), &VariableOwner::Project, &Query::default(), &[]);
    assert_eq!(
        all,
        [
            "Region|eu|Development tie",
            "|us … 2 lines|Production,Hotfix,Ring/Early",
            "|xx|Development tie",
            "|AWS one|",
            "Key|Set in Octopus|",
            "Pulumi.Stack|org/app/prod|Production",
            "PULUMI_ACCESS_TOKEN|Not set|",
            "Shared.One|1| of Shared",
        ]
    );
    let closed = said(&sample(), &VariableOwner::Project, &Query::default(), &["r", "k"]);
    assert_eq!(closed[0], "Region|4 values|Development,Production");
    assert_eq!(closed.len(), 5);
}

#[test]
fn filters_look_at_names_values_scopes_and_types() {
    fn check(search: &str, environment: &str, kind: &str, wanted: &[&str]) {
        let query =
            Query { search: search.into(), environment: environment.into(), kind: kind.into() };
        let found: Vec<_> = rows(&sample(), &VariableOwner::Project, &query, &HashSet::new())
            .iter()
            .map(Row::key)
            .collect();
        assert_eq!(found, wanted, "{query:?}");
    }
    check("REGION", "", "", &["r/r1", "r/r2", "r/r3", "r/r4"]);
    check("US", "", "", &["r/r2"]);
    check("fallback", "", "", &["r/r4"]);
    check("", "prod", "String", &["r/r2", "generated-0-PulumiStack09d1fc85/value-0", "s/s1"]);
    check("", "", "Sensitive", &["k/k1", "generated-0-PULUMIACCESSTOKE6e4c1255/value-0"]);
    check("nothing", "", "", &[]);
}

#[test]
fn scopes_go_to_options_and_back() {
    let design = sample();
    let owner = VariableOwner::Project;
    for variable in &design.project.variables {
        for value in &variable.values {
            assert!(scope_of(&scope_codes(&value.scope)).is_same(&value.scope));
        }
    }
    let options = |owner: &VariableOwner| -> Vec<String> {
        let options = scope_options(&design, owner, &Scope::default());
        assert!(options.is_sorted_by_key(|chip| chip.dimension));
        options.into_iter().map(|chip| chip.code).collect()
    };
    assert_eq!(
        options(&owner),
        [
            "environment:dev",
            "environment:prod",
            "channel:hot",
            "step:p",
            "tenant-tag:Ring/Early",
            "process:deployment"
        ]
    );
    let set = VariableOwner::Set(LibrarySetId::parse("in").unwrap());
    assert_eq!(options(&set), ["environment:dev", "environment:prod", "tenant-tag:Ring/Early"]);
    let unknown =
        scope_of(&["target-tag:web".into(), "step:gone".into(), "x".into(), "step: ".into()]);
    let all = scope_options(&design, &owner, &unknown);
    assert!(all.is_sorted_by_key(|chip| chip.dimension));
    assert!(all.iter().any(|chip| chip.code == "step:gone" && chip.label == "gone (unknown)"));
    assert_eq!(chips(&design, &unknown).len(), 2);
}

#[test]
fn choices_are_of_the_fitting_kind_and_keep_what_is_chosen() {
    let design = sample();
    let at = resolve(&design, "r4").unwrap();
    let (_, value) = crate::edit::variables::find(&design, &at).unwrap();
    let labels = |content: &VariableContent| -> Vec<String> {
        choices(&design, content).unwrap().into_iter().map(|(_, label)| label).collect()
    };
    assert_eq!(labels(&value.content), ["Not chosen", "AWS one"]);
    let azure = VariableContent::empty("AzureAccount").unwrap();
    assert_eq!(labels(&azure), ["Not chosen", "Azure one"]);
    assert_eq!(choices(&design, &VariableContent::text("")), None);
}

#[test]
fn links_find_values_by_key_and_by_either_id() {
    fn check(text: &str, wanted: Option<&str>) {
        let found = resolve(&sample(), text);
        let found = found.map(|at| key(at.variable.as_str(), at.value.as_str()));
        assert_eq!(found.as_deref(), wanted, "{text}");
    }
    check("r/r2", Some("r/r2"));
    check("r/gone", Some("r/r1"));
    check("r", Some("r/r1"));
    check("k1", Some("k/k1"));
    check("o", Some("o/o1"));
    check("", None);
    check("gone/r1", None);
}

#[test]
fn secrets_are_known_by_their_looks() {
    fn check(name: &str, text: &str, wanted: Option<&str>) {
        assert_eq!(secret_doubt(name, text), wanted, "{name} = {text}");
    }
    let random = "Zm9vYmFyMTIzNDU2Nzg5MA==";
    check("Anything", &format!("pul-{}", "0a".repeat(20)), Some("a Pulumi access token"));
    check("Anything", "AKIAIOSFODNN7EXAMPLE", Some("an AWS access key"));
    check("Anything", &format!("ghp_{}", "a1".repeat(18)), Some("a GitHub token"));
    check("Anything", &format!("xoxb-{}", "1".repeat(20)), Some("a Slack token"));
    check("Db.Password", random, Some("a secret"));
    check("ApiKey", "0123456789abcdef0123", Some("a secret"));
    check("Region", random, None);
    check("Db.Password", "#{Vault.Password.Number1}", None);
    check("Db.Password", "please ask the team 1", None);
    check("Secret.Name", "production-database", None);
    check("Token", "", None);
}

#[test]
fn ten_thousand_values_are_rows_within_a_frame() {
    let design = large(Size::LARGE);
    let start = std::time::Instant::now();
    let all = rows(&design, &VariableOwner::Project, &Query::default(), &HashSet::new());
    let took = start.elapsed();
    assert!(all.len() >= 9_000, "{}", all.len());
    println!("{} rows in {took:?}", all.len());
    let names: HashSet<_> = all.iter().map(Row::key).collect();
    assert_eq!(names.len(), all.len());
}
