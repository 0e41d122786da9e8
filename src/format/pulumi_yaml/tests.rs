use super::*;
use crate::base::Severity;
use crate::format::fragment::Covers;
use serde_json::json;

const PROJECT: &str = "name: shop\nruntime:\n  name: nodejs\n  options: {typescript: true}\n\
    description: The shop\nbackend: {url: \"s3://state\"}\nconfig:\n  replicas: {type: integer, default: 1}\n\
    \x20 apiKey: {secret: true}\n  aws:region: {value: eu-west-1}\n";
const DEV: &str = "encryptionsalt: v1:salt\nconfig:\n  shop:replicas: 2\n  shop:apiKey:\n    \
    secure: v1:abc:def\n  shop:name: \"01\"\n  aws:tags: [a, {b: c}]\n";

fn files() -> Vec<Source<'static>> {
    vec![
        Source { path: "infra/Pulumi.dev.yaml", text: DEV },
        Source { path: "infra/Pulumi.yaml", text: PROJECT },
        Source { path: "infra/Pulumi.prod.eu.yaml", text: "config:\n  shop:replicas: 5\n" },
    ]
}

#[test]
fn a_project_is_read_with_its_stacks() {
    let fragment = read(&files());
    assert_eq!(fragment.findings, []);
    let pulumi = &fragment.design.pulumi;
    assert_eq!(pulumi.project.as_ref().map(ToString::to_string).as_deref(), Some("shop"));
    assert_eq!(pulumi.runtime, "nodejs");
    assert_eq!(pulumi.backend.word(), "self-managed");
    assert_eq!(pulumi.config.len(), 3);
    assert_eq!(pulumi.config[0].default, json!(1));
    let stacks: Vec<_> = pulumi.stacks.iter().map(|one| one.stack.to_string()).collect();
    assert_eq!(stacks, ["organization/shop/dev", "organization/shop/prod.eu"]);
    assert!(pulumi.stacks[0].config[1].is_secure());
    assert_eq!(pulumi.stacks[0].config_value("shop:name"), Some(&json!("01")));
    assert_eq!(fragment.covers.len(), 3);
    let names = fragment.design.space.environments.iter().map(|one| one.name.to_string());
    assert_eq!(names.collect::<Vec<_>>(), ["dev", "prod.eu"]);
}

#[test]
fn settings_are_written_as_they_were_read() {
    let design = read(&files()).design;
    let written = settings_file(&design, &design.pulumi.stacks[0]);
    assert_eq!(written.file, "Pulumi.dev.yaml");
    assert_eq!(written.findings, []);
    let read = yaml::parse(DEV).expect("YAML").value;
    assert_eq!(yaml::parse(&written.text).expect("YAML").value, read, "{}", written.text);
    let other = settings_file(&design, &design.pulumi.stacks[1]);
    assert!(
        other
            .text
            .contains("# pulumi config set --secret apiKey --stack organization/shop/prod.eu")
    );
    assert_eq!(other.findings.len(), 1);
}

#[test]
fn settings_alone_tell_their_project() {
    let fragment = read(&[Source { path: "Pulumi.dev.yaml", text: DEV }]);
    assert_eq!(fragment.design.pulumi.stacks[0].stack.project.as_str(), "shop");
    assert!(matches!(fragment.covers[..], [Covers::Stack(_)]));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let text = "name: shop\nruntime: go\nconfig:\n  a: {defualt: 1}\n  gcp:zone: {type: string}\n  b: {type: array}\n";
    let findings = read(&[Source { path: "Pulumi.yaml", text }]).findings;
    let texts: Vec<_> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(findings.len(), 3, "{texts:#?}");
    assert!(texts[0].contains("Did you mean \"default\"?"), "{texts:#?}");
    assert!(texts[0].contains("Pulumi.yaml, line 4"), "{texts:#?}");
    for text in ["a: b: c", "- 1", "name: [1]\nruntime: go\n", "config: 3"] {
        let findings = read(&[Source { path: "Pulumi.yaml", text }]).findings;
        assert!(findings.iter().any(|one| one.severity == Severity::Error), "{text}");
    }
}

#[test]
fn a_default_of_a_secret_is_left_out() {
    let text = "name: shop\nruntime: go\nconfig:\n  key: {secret: true, default: hush}\n";
    let fragment = read(&[Source { path: "", text }]);
    assert_eq!(fragment.design.pulumi.config[0].default, Value::Null);
    assert_eq!(fragment.findings[0].code, "import/secret-dropped");
}
