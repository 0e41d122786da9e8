//! The forms for step templates at work: the same bodies, fed by parameters.

use pulpo::script::{Control, ScriptKind, TemplateProgram, TemplateScript};

use super::run::{case, clean};
use super::stub::{Case, Outcome, WRAPPERS, Wrapper};

/// Gives every parameter its default, as Octopus does, then these values.
fn run(
    case: &mut Case,
    template: &TemplateScript,
    values: &[(&str, &str)],
    wrapper: Wrapper,
) -> Outcome {
    for parameter in template.parameters() {
        if parameter.control != Control::Package {
            case.set(&parameter.name, parameter.default);
        }
    }
    for package in template.packages() {
        case.package(&package.reference, "infrastructure");
    }
    for (name, value) in values {
        let name = format!("{}.{name}", template.prefix());
        assert!(template.parameters().iter().any(|known| known.name == name), "{name}");
        case.set(&name, value);
    }
    case.run(&template.text(), wrapper)
}

const STACK: [(&str, &str); 2] = [("Stack", "my-org/web/dev"), ("AccessToken", "pul-token")];

#[test]
fn extractions() {
    for kind in [ScriptKind::ExtractGuide, ScriptKind::ExtractHardened] {
        let mut case = Case::new();
        let template = TemplateScript::new(kind, "", TemplateProgram::Folder);
        assert_eq!(template.program(), TemplateProgram::Package);
        let target = case.text("work/target");
        let place = if kind == ScriptKind::ExtractGuide { "Target" } else { "Root" };
        case.write("work/target/old", "");
        run(&mut case, &template, &[(place, &target)], Wrapper::Plain).succeeded();
        assert_eq!(case.path("work/target/old").exists(), kind == ScriptKind::ExtractHardened);
    }
}

#[test]
fn preview_then_up() {
    for wrapper in WRAPPERS {
        let mut case = case();
        let template = TemplateScript::new(ScriptKind::Preview, "", TemplateProgram::Package);
        run(&mut case, &template, &[], wrapper).failed("The stack has no value");
        let outcome = run(&mut case, &template, &STACK, wrapper);
        let digest = outcome.succeeded().output_variable("Digest").to_owned();
        clean(&case, &outcome);

        let template = TemplateScript::new(ScriptKind::Up, "", TemplateProgram::Package);
        let mut values = STACK.to_vec();
        values.extend([
            ("VerifyPreview", "true"),
            ("PreviewStep", "Preview it"),
            ("Arguments", "--target\r\nurn with blank\r\n\r\n"),
            ("Restore", "commands"),
            ("RestoreCommands", "touch one\ntouch 'two words'\n"),
        ]);
        run(&mut case, &template, &values, wrapper).failed("no digest");
        case.set("Octopus.Action[Preview it].Output.Digest", "00");
        let outcome = run(&mut case, &template, &values, wrapper);
        outcome.failed("no longer those of the preview");
        // The arguments are the same in the preview, so they change nothing in the digest.
        case.set("Octopus.Action[Preview it].Output.Digest", &digest);
        let outcome = run(&mut case, &template, &values, wrapper);
        outcome.succeeded();
        assert!(
            outcome.ran("--target urn\\ with\\ blank --suppress-progress --yes --skip-preview")
        );
        assert!(case.path("work/PulumiUp.Package/infrastructure/two words").exists());
        clean(&case, &outcome);
    }
}

#[test]
fn a_folder_made_by_an_earlier_step() {
    let mut case = case();
    case.write("tmp with blank/app/Pulumi.yml", "name: web\n");
    let folder = case.text("tmp with blank/app");
    let template = TemplateScript::new(ScriptKind::Up, "My.Up", TemplateProgram::Folder);
    assert!(template.packages().is_empty());
    let mut values = STACK.to_vec();
    values.push(("Folder", &folder));
    run(&mut case, &template, &values, Wrapper::Azure).succeeded();
    assert_eq!(case.read("stub/cwd"), format!("{folder}\n"));
}

#[test]
fn config_with_secrets() {
    for wrapper in WRAPPERS {
        let mut case = case();
        let template = TemplateScript::new(ScriptKind::ConfigSecrets, "", TemplateProgram::Package);
        case.set("Db Password", "s3cr3t\nwith two lines");
        let file = case.text("work/config.yaml");
        let mut values = STACK.to_vec();
        values.extend([
            ("File", file.as_str()),
            ("Config", "aws:region=eu-west-1\r\nweb:text=a: \"b\"=c"),
            ("SecretConfig", "web:password=Db Password\r\n"),
        ]);
        let outcome = run(&mut case, &template, &values, wrapper);
        outcome.succeeded();
        assert_eq!(
            case.read("work/config.yaml"),
            "config:\n  \"aws:region\": \"eu-west-1\"\n  \"web:text\": \"a: \\\"b\\\"=c\"\n"
        );
        assert_eq!(case.read("stub/secret-web:password"), "s3cr3t\nwith two lines");
        clean(&case, &outcome);
        values.push(("Config", "no value"));
        run(&mut case, &template, &values, wrapper).failed("needs the form key=value");
    }
}

#[test]
fn drift_and_destroy() {
    let mut case = case();
    case.write("stub/answer-version", "v3.259.0\n");
    let template = TemplateScript::new(ScriptKind::Refresh, "", TemplateProgram::Package);
    let outcome = run(&mut case, &template, &STACK, Wrapper::Azure);
    assert_eq!(outcome.succeeded().output_variable("HasDrift"), "False");
    let template = TemplateScript::new(ScriptKind::Destroy, "", TemplateProgram::Package);
    let mut values = STACK.to_vec();
    values.push(("Confirmation", "my-org/web/dev"));
    let outcome = run(&mut case, &template, &values, Wrapper::Azure);
    outcome.failed("may not be destroyed");
    values.push(("AllowedEnvironments", "Test\r\nDevelopment\r\n"));
    run(&mut case, &template, &values, Wrapper::Azure).succeeded();
    values.push(("ProtectedWords", "live\ndev"));
    run(&mut case, &template, &values, Wrapper::Azure).failed("protected by its name");
}
