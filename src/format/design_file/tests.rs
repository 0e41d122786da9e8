use super::*;

#[track_caller]
fn refused(text: &str, code: &str, says: &str) {
    let opened = read(text);
    assert!(opened.design.is_none(), "it should be refused");
    let finding = opened.findings.iter().find(|finding| finding.code == code);
    let finding = finding.unwrap_or_else(|| panic!("no {code} in {:#?}", opened.findings));
    assert!(finding.to_string().contains(says), "{finding}");
}

const ENVELOPE: &str = r#"{ "format": "pulpo-design", "version": 1"#;

#[test]
fn an_empty_design_is_an_envelope() {
    let text = write(&Design::default());
    assert_eq!(text, "{\n  \"format\": \"pulpo-design\",\n  \"version\": 1\n}\n");
    let opened = read(&text);
    assert!(opened.findings.is_empty());
    assert_eq!(opened.design, Some(Design::default()));
}

#[test]
fn unknown_members_are_kept_at_every_depth() {
    let text = format!(
        r#"{ENVELOPE}, "later": [1], "space": {{ "environments": [
            {{ "id": "dev", "name": "Development", "mood": {{ "is": "calm" }} }} ] }} }}"#
    );
    let design = read(&text).design.expect("it is sound");
    let again = write_value(&design);
    assert_eq!(again["later"], serde_json::json!([1]));
    assert_eq!(again["space"]["environments"][0]["mood"]["is"], "calm");
    assert_eq!(read_value(again).design, Some(design));
}

#[test]
fn bad_files_are_refused_with_place_and_cause() {
    refused("", "design/not-json", "empty");
    refused("{ \"format\": \"pulpo", "design/not-json", "cut off");
    refused("PK\u{3}\u{4}", "design/not-json", "not JSON");
    refused("[]", "design/not-a-design", "not an object");
    refused("{}", "design/not-a-design", "no design file");
    refused(r#"{ "format": "pulpo-design" }"#, "design/no-version", "does not say its version");
    refused(
        r#"{ "format": "pulpo-design", "version": 999 }"#,
        "design/newer-version",
        "version 999",
    );
    refused(&"[".repeat(100_000), "design/not-json", "nests values deeper");
    refused(&" ".repeat(LARGEST + 1), "design/too-large", "at most 32 MiB");
}

#[test]
fn wrong_members_are_named_with_path_and_line() {
    let text = format!(
        "{ENVELOPE},\n \"space\": {{ \"environments\": [\n  {{ \"id\": \"dev\", \"name\": 3 }},\n  {{ \"id\": \"dev\" }} ] }} }}"
    );
    refused(&text, "design/wrong-kind", "line 3, column 26, $.space.environments[0].name");
    refused(&text, "design/missing-member", "line 4, column 3, $.space.environments[1]");
}

#[test]
fn a_secret_in_a_file_never_gets_into_the_design() {
    let text = format!(
        r#"{ENVELOPE}, "project": {{ "variables": [ {{ "id": "t", "name": "Token", "values": [
            {{ "id": "v", "content": {{ "type": "Sensitive", "value": "pul-secret" }} }} ] }} ] }} }}"#
    );
    let opened = read(&text);
    let written = write(&opened.design.expect("only a warning"));
    assert!(!written.contains("pul-secret"));
    assert!(written.contains("\"set\": true"));
    assert_eq!(opened.findings[0].code, "design/secret-dropped");
}

#[test]
fn the_schema_names_what_must_be_there() {
    let schema = schema();
    let environment = &schema["$defs"]["Environment"];
    assert_eq!(environment["required"], serde_json::json!(["id", "name"]));
    assert_eq!(environment["properties"]["protected"]["type"], "boolean");
    assert_eq!(schema["$id"], SCHEMA_ID);
}
