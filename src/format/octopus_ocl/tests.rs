//! Rules of `SPEC.md`, by number.

use pretty_assertions::assert_eq;

use super::{Read, Source, read, write};
use crate::base::Severity;
use crate::format::design_file;
use crate::format::fragment::Covers;
use crate::model::process::keys;
use crate::model::{ActionId, Design, Name, ProcessOwner, VariableContent};
use crate::record::Bound;

fn one(path: &str, text: &str) -> Read {
    read(&[Source { path, text }])
}

fn codes(read: &Read) -> Vec<&'static str> {
    read.fragment.findings.iter().map(|one| one.code).collect()
}

fn file(design: &Design, path: &str) -> String {
    let path = [super::FOLDER, path].concat();
    let written = write(design);
    let found = written.files.into_iter().find(|(one, _)| *one == path);
    found.map(|(_, text)| text).unwrap_or_else(|| panic!("no {path}"))
}

/// Reads and writes `text`, which comes out as it is, before and after the
/// design was kept in a file.
#[track_caller]
fn stays(path: &str, text: &str) -> Design {
    let read = one(path, text);
    let errors: Vec<_> =
        read.fragment.findings.iter().filter(|one| one.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let design = read.fragment.design;
    assert_eq!(file(&design, path), text);
    let kept = design_file::read(&design_file::write(&design));
    assert_eq!(file(&kept.design.expect("a design"), path), text);
    design
}

const STEP: &str = r##"step "seed" {
    colour = "blue"
    condition = "Sometimes"
    name = "Seed"

    action {
        action_type = "Octopus.Script"
        is_disabled = false
        mood = [1, 2]
        notes = ""
        properties = {
            Mode = 3
            Octopus.Action.RunOnServer = "true"
        }
        worker_pool = "hosted"
        worker_pool_variable = ""

        weather "windy" {
            degrees = 1.50

            deeper {}
        }

        inputs {
            count = 1
        }
    }

    shadow {}
}"##;

/// K1, K2, A6: nothing that a document says is lost.
#[test]
fn unknown_things_are_kept_and_told() {
    let design = stays("deployment_process.ocl", STEP);
    let told = codes(&one("deployment_process.ocl", STEP));
    for code in ["unknown-attribute", "unknown-block", "unknown-word", "property-kind"] {
        assert!(told.iter().any(|told| told.ends_with(code)), "{code}: {told:?}");
    }
    let action = design.project.process.steps.nth(0).expect("a step").actions.first();
    assert_eq!(action.octopus_type(), Some("Octopus.Script"));
}

/// K3: an edit goes before what was kept.
#[test]
fn an_edit_is_not_hidden_by_the_old_text() {
    let mut design = stays("deployment_process.ocl", STEP);
    let id = design.project.process.steps.nth(0).expect("a step").id.clone();
    design.project.process.steps.update(&id, |step| {
        let step_name = Name::parse("Sow").expect("a name");
        step.condition = crate::model::StepCondition::Always;
        step.name = step_name;
        step.actions.first_mut().notes = "By hand".to_owned();
        step.actions.first_mut().is_disabled = true;
    });
    let text = file(&design, "deployment_process.ocl");
    assert!(text.contains("    condition = \"Always\"\n"), "{text}");
    assert!(text.contains("    name = \"Sow\"\n"), "{text}");
    assert!(text.contains("        name = \"Seed\"\n        notes = \"By hand\"\n"), "{text}");
    assert!(text.contains("is_disabled = true\n"), "{text}");
    assert!(!text.contains("Sometimes"), "{text}");
}

/// A1, A2: labels and names stand only where they say something.
#[test]
fn labels_and_names_of_actions() {
    let text = r##"step "a" {
    name = "One"

    action "b" {
        action_type = "Octopus.Manual"
    }
}

step "c" {
    name = "Two"

    action "c" {
        action_type = "Octopus.Script"
        name = "First"
    }

    action "d" {
        action_type = "Octopus.Script"
        name = "Second"
    }
}"##;
    let design = stays("deployment_process.ocl", text);
    let process = &design.project.process;
    let names: Vec<_> = process.actions().map(|(_, one)| (one.name.as_str(), one.slug())).collect();
    let expected = [("One", "b"), ("First", "c"), ("Second", "d")];
    assert_eq!(names, expected.map(|(name, slug)| (name, slug.to_owned())));
}

/// A5: what OCL has as properties of a step is in fields.
#[test]
fn targets_window_and_condition_are_fields() {
    let text = r##"step "roll" {
    condition = "Variable"
    name = "Roll"
    properties = {
        Octopus.Action.MaxParallelism = "2"
        Octopus.Action.TargetRoles = "web,api"
        Octopus.Step.ConditionVariableExpression = "#{Go}"
        Own = "kept"
    }
    start_trigger = "StartWithPrevious"

    action {
        action_type = "Octopus.Script"
        environments = ["production"]
        properties = {
            Octopus.Action.RunOnServer = "false"
        }
        tenant_tags = ["Region/EU"]
    }
}"##;
    let design = stays("deployment_process.ocl", text);
    let step = design.project.process.steps.nth(0).expect("a step");
    assert_eq!(step.window, "2");
    assert_eq!(step.target_tags.len(), 2);
    assert_eq!(step.condition.expression(), Some("#{Go}"));
    assert_eq!(step.properties.iter().count(), 1);
    let environment = &step.actions.first().environments[0];
    assert_eq!(design.space.environments.get(environment).expect("it").slug(), "production");
}

/// A7: process templates keep their place among the steps.
#[test]
fn a_use_of_a_process_template_is_a_step() {
    let text = r##"process_template "scan" {
    name = "Scan"
    process_template_slug = "scan-all"
    version_mask = "2.X"

    package_parameter "Image" {
        feed = "docker-hub"
        package_id = "acme/web"
    }

    parameter "Pool" {
        value = "WorkerPools-2"
    }

    parameter "Text" {
        value = <<-EOT
                two
                lines
                EOT
    }
}

step "after" {
    name = "After"

    action {
        action_type = "Octopus.Manual"
    }
}"##;
    let design = stays("deployment_process.ocl", text);
    let step = design.project.process.steps.nth(0).expect("a step");
    let action = step.actions.first();
    assert_eq!(action.octopus_type(), Some(super::PROCESS_TEMPLATE));
    assert_eq!(action.properties.text("Pool"), "WorkerPools-2");
    assert_eq!(action.packages.len(), 1);
}

/// I3, I5, P2: teams, ids, and the primary package.
#[test]
fn things_stand_by_slug_or_id() {
    let text = r##"step "a" {
    name = "A"

    action {
        action_type = "Octopus.Manual"
        properties = {
            Octopus.Action.Manual.ResponsibleTeamIds = "platform,global/octopus-managers"
        }

        packages {
            acquisition_location = "#{Where}"
            feed = "Feeds-12"
            package_id = "Acme"
            step_package_inputs_reference_id = "x"
            version = "1.0"
        }

        packages "more" {
            acquisition_location = "ExecutionTarget"
            feed = "#{Feed}"
            package_id = "Acme"
        }
    }
}"##;
    let design = stays("deployment_process.ocl", text);
    let teams: Vec<_> = design.space.teams.iter().map(|one| one.is_system).collect();
    assert_eq!(teams, [false, true]);
    let feed = design.space.feeds.nth(0).expect("a feed");
    assert_eq!(feed.octopus_id, "Feeds-12");
    let told = write(&design).findings;
    assert!(told.iter().any(|one| one.code == "export/id-for-slug"), "{told:#?}");
    let action = design.project.process.steps.nth(0).expect("a step").actions.first();
    assert!(!action.properties.text(keys::MANUAL_TEAMS).contains("global/"));
}

/// T1 to T5.
#[test]
fn variables_with_all_their_scopes() {
    let text = r##"variable "A" {
    value "1" {
        action = ["up"]
        channel = ["default"]
        description = "why"
        environment = ["dev", "prod"]
        machine = ["web-01"]
        process = ["deployment-process", "runbook/fix"]
        role = ["web server"]
        tenant_tag = ["Region/EU"]
    }

    value "" {}

    value {}

    value {
        value = <<-EOT
                a
                b
                EOT
    }

    value {
        prompt {
            description = ""
            display_settings = {
                Octopus.ControlType = "Select"
                Octopus.SelectOptions = <<-EOT
                    a|A
                    b|B
                    EOT
                Own = "x"
            }
            label = "L"
            required = true
        }
    }
}

variable "B" {
    value "p" {
        type = "WorkerPool"
    }

    value "c" {
        type = "String"
    }
}

variable "C" {
    type = "Certificate"

    value "Certificates-1" {}
}

variable "D" {
    type = "AzureAccount"

    value "#{Account}" {}
}"##;
    let design = stays("variables.ocl", text);
    let values = &design.project.variables.nth(0).expect("A").values;
    let scope = &values.nth(0).expect("a value").scope;
    assert!(matches!(scope.processes[..], [ProcessOwner::Deployment, ProcessOwner::Runbook(_)]));
    let account = design.project.variables.nth(3).expect("D").values.nth(0).expect("one");
    let VariableContent::AzureAccount(account) = &account.content else { panic!("an account") };
    assert_eq!(account.account, Some(Bound::Expression("#{Account}".to_owned())));

    let twice = one(
        "variables.ocl",
        "variable \"a\" {\n value \"1\" {}\n}\nvariable \"A\" {\n value \"2\" {}\n}",
    );
    assert_eq!(twice.fragment.design.project.variables.len(), 1);
    assert!(codes(&twice).contains(&"octopus-ocl/variable-twice"));
}

/// T3: a secret neither comes in nor goes out.
#[test]
fn secrets_are_dropped_and_told() {
    let odd = "variable \"K\" {\n type = \"sensitive\"\n value {\n value = [\"s3cret\"]\n }\n}";
    let odd = one("variables.ocl", odd).fragment;
    assert!(!format!("{:?}", odd.design).contains("s3cret"));
    let text = "variable \"Key\" {\n type = \"Sensitive\"\n value \"s3cret\" {}\n}";
    let read = one("variables.ocl", text);
    assert_eq!(codes(&read), ["octopus-ocl/sensitive"]);
    assert!(!format!("{:?}", read.fragment).contains("s3cret"));
    let written = write(&read.fragment.design);
    assert!(!format!("{written:?}").contains("s3cret"));
    assert_eq!(file(&read.fragment.design, "variables.ocl"), "");
    assert!(written.findings.iter().any(|one| one.code == "export/secret-left-out"));
}

/// R1, R3, D1, F1: a folder.
#[test]
fn a_folder_is_one_project() {
    let sources = [
        ("a/runbooks/fix.ocl", "name = \"Fix it\"\nprocess {\n}"),
        ("a/runbooks/migrated-drafts/fix-1.ocl", "name = \"Old\"\nprocess {\n}"),
        (
            "a/variables.ocl",
            "variable \"A\" {\n value \"1\" {\n  action = [\"up\"]\n  process = [\"runbook/fix\"]\n }\n}",
        ),
        (
            "a/deployment_settings.ocl",
            "versioning_strategy {\n donor_package {\n  step = \"s\"\n  package = \"app\"\n }\n}",
        ),
        (
            "a/deployment_process.ocl",
            "step \"s\" {\n name = \"S\"\n action \"up\" {\n  action_type = \"Octopus.Script\"\n  name = \"Up\"\n }\n}",
        ),
        ("a/schema_version.ocl", "version = 14"),
        ("a/channels.ocl", "channel \"x\" {}"),
        ("a/templated_project_values.ocl", "parameter \"N\" {\n    value = \"1\"\n}"),
        ("a/other.ocl", "thing {}"),
    ];
    let sources = sources.map(|(path, text)| Source { path, text });
    let read = read(&sources);
    let design = &read.fragment.design;
    let runbook = design.project.runbooks.nth(0).expect("a runbook");
    assert_eq!(
        (design.project.runbooks.len(), runbook.slug.as_ref().expect("one").as_str()),
        (1, "fix")
    );
    let scope = &design.project.variables.nth(0).expect("A").values.nth(0).expect("1").scope;
    let action = &design.project.process.steps.nth(0).expect("a step").actions.first().id;
    assert_eq!(&scope.actions[..], std::slice::from_ref(action));
    assert_eq!(scope.processes, [ProcessOwner::Runbook(runbook.id.clone())]);
    let donor = &design.project.extra.get("VersioningStrategy").expect("one")["DonorPackage"];
    assert_eq!(donor["DeploymentAction"], "Up");
    assert!(read.fragment.covers.contains(&Covers::Process));
    assert_eq!(read.schema_version, Some(14));
    let told = codes(&read);
    for code in ["draft", "channels", "templated-values", "other-document"] {
        assert!(told.iter().any(|told| told.ends_with(code)), "{code}: {told:?}");
    }
    let paths: Vec<_> = write(design).files.into_iter().map(|(path, _)| path).collect();
    let expected = [
        ".octopus/deployment_process.ocl",
        ".octopus/deployment_settings.ocl",
        ".octopus/runbooks/fix.ocl",
        ".octopus/schema_version.ocl",
        ".octopus/templated_project_values.ocl",
        ".octopus/variables.ocl",
    ];
    assert_eq!(paths, expected);
    assert_eq!(file(design, "schema_version.ocl"), "version = 14");
    let settings = file(design, "deployment_settings.ocl");
    assert!(settings.contains("        step = \"s\"\n"), "{settings}");
    let runbook = file(design, "runbooks/fix.ocl");
    assert!(runbook.starts_with("name = \"Fix it\"\ndefault_guided"), "{runbook}");
}

/// Places of findings are lines and columns of the file.
#[test]
fn findings_say_where() {
    let text = "step \"a\" {\n    name = 1\n    action {\n        what = 2\n    }\n}\n# no\n";
    let read = one("x/deployment_process.ocl", text);
    let places: Vec<_> =
        read.fragment.findings.iter().map(|one| (one.code, one.place.to_string())).collect();
    let at = |line, column| format!("x/deployment_process.ocl, line {line}, column {column}");
    let expected = [
        ("ocl/comment", at(7, 1)),
        ("octopus-ocl/other-kind", at(2, 5)),
        ("octopus-ocl/unknown-attribute", at(2, 5)),
        ("octopus-ocl/no-type", at(3, 5)),
        ("octopus-ocl/unknown-attribute", at(4, 9)),
    ];
    assert_eq!(places, expected);
}

/// An action that no document holds is referred to all the same.
#[test]
fn a_scope_may_name_an_action_elsewhere() {
    let text = "variable \"A\" {\n    value \"1\" {\n        action = [\"far-away\"]\n    }\n}";
    let design = stays("variables.ocl", text);
    let scope = &design.project.variables.nth(0).expect("A").values.nth(0).expect("1").scope;
    assert_eq!(scope.actions, [ActionId::parse("far-away").expect("an id")]);
    assert_eq!(one("variables.ocl", text).fragment.actions.len(), 1);
}
