//! The scripts that run Pulumi, at work.

use pulpo::script::{
    DestroySettings, Program, PublishOutputs, PulumiSettings, RefreshSettings, Restore,
    ScriptValue, UpSettings, pulumi_destroy, pulumi_preview, pulumi_refresh, pulumi_up,
};

use super::stub::{Case, Outcome, WRAPPERS, Wrapper};
use super::{HOSTILE, typical};

const CHANGES: &str = include_str!("preview.json");

pub fn case() -> Case {
    let mut case = Case::new();
    case.package("pulumi-app", "infrastructure");
    case.set("Pulumi.Stack", "my-org/web/dev");
    case.set("PULUMI_ACCESS_TOKEN", "pul-token");
    case.set("Octopus.Release.Number", "1.0.0");
    case.set("Octopus.Environment.Name", "Development");
    case.write("stub/answer-preview", "Previewing update (dev)\n");
    case.write("stub/answer-preview-json", CHANGES);
    case
}

pub fn up(settings: &PulumiSettings) -> String {
    pulumi_up(settings, &UpSettings::default())
}

#[track_caller]
pub fn clean(case: &Case, outcome: &Outcome) {
    assert_eq!(case.left_over(), Vec::<String>::new());
    for secret in ["pul-token", "s3cr3t"] {
        assert!(!format!("{outcome:?}").contains(secret), "{secret} was shown: {outcome:#?}");
    }
}

#[test]
fn a_preview_publishes_what_it_found() {
    for wrapper in WRAPPERS {
        let case = case();
        let outcome = case.run(&pulumi_preview(&typical()), wrapper);
        outcome.succeeded();
        for (name, value) in [
            ("Creates", "2"),
            ("Updates", "1"),
            ("Replaces", "1"),
            ("Deletes", "0"),
            ("HasChanges", "True"),
        ] {
            assert_eq!(outcome.output_variable(name), value, "{name}");
        }
        assert_eq!(outcome.output_variable("Digest").len(), 64);
        let line = "highlight Pulumi preview of my-org/web/dev: 2 to create, 1 to update, 1 to replace, 0 to delete";
        assert_eq!(outcome.calls.matches(line).count(), 1);
        assert!(outcome.ran("install"));
        assert!(outcome.ran("preview --stack my-org/web/dev --message Octopus\\ release\\ 1.0.0\\ to\\ Development --suppress-progress"));
        assert_eq!(case.read("stub/kept-preview.txt"), "Previewing update (dev)\n");
        let summary: serde_json::Value =
            serde_json::from_str(&case.read("stub/kept-preview.json")).expect("JSON");
        assert_eq!(summary["creates"], 2);
        assert_eq!(summary["changes"].as_array().map(Vec::len), Some(4));
        assert_eq!(summary["changes"][0]["op"], "create");
        assert!(!case.read("stub/kept-preview.json").contains("props"));
        assert!(case.read("stub/cwd").ends_with("work/pulumi-app/infrastructure\n"));
        let environment = case.read("stub/env");
        assert!(environment.contains("PULUMI_ACCESS_TOKEN=pul-token\n"));
        assert!(environment.contains("PULUMI_CI_SYSTEM=Octopus Deploy\n"));
        assert!(environment.contains("PULUMI_CI_BUILD_NUMBER=1.0.0\n"));
        assert!(environment.contains("AWS_SESSION_TOKEN=of-the-worker\n"));
        clean(&case, &outcome);
    }
}

#[test]
fn a_preview_without_changes() {
    let case = case();
    case.write(
        "stub/answer-preview-json",
        "{\n    \"steps\": [],\n    \"changeSummary\": {\n        \"same\": 3\n    },\n    \"duration\": 5\n}\n",
    );
    let outcome = case.run(&pulumi_preview(&typical()), Wrapper::Plain);
    assert_eq!(outcome.succeeded().output_variable("HasChanges"), "False");
    assert_eq!(outcome.output_variable("Creates"), "0");
    case.write("stub/answer-preview-json", "{\"changeSummary\":{\"create\":1}}\n");
    case.run(&pulumi_preview(&typical()), Wrapper::Plain).failed("could not be read");
}

#[test]
fn the_digest_follows_the_changes() {
    let case = case();
    let digest = |text: &str| {
        case.write("stub/answer-preview-json", text);
        let outcome = case.run(&pulumi_preview(&typical()), Wrapper::Plain);
        outcome.succeeded().output_variable("Digest").to_owned()
    };
    let first = digest(CHANGES);
    assert_eq!(digest(&CHANGES.replace("\"duration\": 1", "\"duration\": 2")), first);
    assert_eq!(digest(&CHANGES.replace("v1-of-a-property", "v2")), first);
    assert_ne!(digest(&CHANGES.replace("::bucket", "::other")), first);
    assert_ne!(digest(&CHANGES.replace("\"tags\"", "\"acl\"")), first);
    assert_ne!(digest(&CHANGES.replace("\"op\": \"update\"", "\"op\": \"delete\"")), first);
}

#[test]
fn up_applies() {
    for wrapper in WRAPPERS {
        let case = case();
        let outcome = case.run(&up(&typical()), wrapper);
        outcome.succeeded();
        assert_eq!(case.read("stub/umask"), "0077\n");
        assert!(outcome.ran("--suppress-progress --yes") && !outcome.ran("--skip-preview"));
        assert!(!outcome.ran("preview"));
        clean(&case, &outcome);
    }
}

#[test]
fn each_failure_fails_the_step() {
    for wrapper in WRAPPERS {
        for (name, words) in [
            ("install", "could not be restored"),
            ("stack-select", "neither be selected nor created"),
            ("preview", "preview failed"),
            ("preview-json", "preview failed"),
        ] {
            let case = case();
            case.write(&format!("stub/status-{name}"), "255");
            let settings = PulumiSettings { create_stack: true, ..typical() };
            let outcome = case.run(&pulumi_preview(&settings), wrapper);
            outcome.failed(words);
            clean(&case, &outcome);
        }
        let case = case();
        case.write("stub/status-up", "255");
        let outcome = case.run(&up(&typical()), wrapper);
        outcome.failed("pulumi up failed for stack my-org/web/dev with status 255");
        clean(&case, &outcome);
    }
}

#[test]
fn what_is_missing_is_said_before_pulumi_runs() {
    for wrapper in WRAPPERS {
        for (name, words) in [
            ("Octopus.Action.Package[pulumi-app].ExtractedPath", "no extracted path"),
            ("Pulumi.Stack", "The stack has no value"),
            ("PULUMI_ACCESS_TOKEN", "access token has no value"),
        ] {
            let mut case = case();
            case.set(name, "");
            let outcome = case.run(&up(&typical()), wrapper);
            outcome.failed(words);
            assert!(outcome.pulumi.is_empty());
            clean(&case, &outcome);
        }
        let mut case = case();
        case.set("Pulumi.Stack", "--remove");
        case.run(&up(&typical()), wrapper).failed("not the name of a stack");
        let mut settings = typical();
        settings.access.program = Program::Folder(case.text("work").as_str().into());
        case.set("Pulumi.Stack", "my-org/web/dev");
        case.run(&up(&settings), wrapper).failed("no Pulumi project file");
        settings = PulumiSettings { config_file: "absent.yaml".into(), ..typical() };
        case.run(&up(&settings), wrapper).failed("no config file");
    }
}

#[test]
fn the_private_folder_falls_back_to_the_temporary_one() {
    let case = case();
    let real = std::env::var("PATH").unwrap_or_default();
    let mktemp = format!(
        "#!/bin/sh\ncase \"$*\" in */work/*) exit 1 ;; esac\nPATH='{real}'\nexec mktemp \"$@\"\n"
    );
    case.program("mktemp", &mktemp);
    let outcome = case.run(&up(&typical()), Wrapper::Plain);
    outcome.succeeded();
    assert!(case.read("stub/env").contains("/tmp with blank/pulpo."));
    clean(&case, &outcome);
    case.program("mktemp", "#!/bin/sh\nexit 1\n");
    let outcome = case.run(&up(&typical()), Wrapper::Azure);
    outcome.failed("No private folder");
    assert!(outcome.pulumi.is_empty());
}

#[test]
fn up_stops_when_the_changes_are_others() {
    let settings = UpSettings {
        expected_digest: Some(UpSettings::digest_of("Preview")),
        arguments: vec!["--continue-on-error".into()],
        ..UpSettings::default()
    };
    for wrapper in WRAPPERS {
        let mut case = case();
        let script = pulumi_up(&typical(), &settings);
        case.run(&script, wrapper).failed("no digest of an earlier preview");
        case.set("Octopus.Action[Preview].Output.Digest", "0123");
        let outcome = case.run(&script, wrapper);
        outcome.failed("no longer those of the preview");
        assert!(outcome.ran("preview") && !outcome.ran("up"));

        let preview = case.run(&pulumi_preview(&typical()), wrapper);
        let digest = preview.succeeded().output_variable("Digest").to_owned();
        case.set("Octopus.Action[Preview].Output.Digest", &digest);
        let outcome = case.run(&script, wrapper);
        outcome.succeeded();
        assert!(outcome.ran("--yes --skip-preview --continue-on-error"));
        clean(&case, &outcome);
    }
}

#[test]
fn outputs_are_published() {
    let case = case();
    case.write(
        "stub/answer-stack-output-json",
        "{\n  \"list\": [\n    \"a\"\n  ],\n  \"password\": \"[secret]\",\n  \"url\": \"https://x\"\n}\n",
    );
    case.write("stub/answer-output-url", "https://x\n");
    case.write("stub/answer-output-list", "[\"a\"]\n");
    case.write("stub/answer-output-password", "[secret]\n");
    case.write("stub/answer-output-password-secret", "hidden value\n");
    for (outputs, password) in
        [(PublishOutputs::Plain, false), (PublishOutputs::All, true), (PublishOutputs::None, false)]
    {
        let script = pulumi_up(&typical(), &UpSettings { outputs, ..UpSettings::default() });
        let outcome = case.run(&script, Wrapper::Azure);
        outcome.succeeded();
        assert_eq!(outcome.calls.contains("set password = hidden value -sensitive"), password);
        assert_eq!(outcome.ran("--show-secrets"), password);
        assert!(!outcome.output.contains("hidden value"));
        if outputs != PublishOutputs::None {
            assert_eq!(outcome.output_variable("url"), "https://x");
            assert_eq!(outcome.output_variable("list"), "[\"a\"]");
        }
        assert!(!case.read("stub/kept-outputs.json").contains("hidden"));
    }
    case.write("stub/status-output-url", "1");
    let settings = UpSettings { outputs: PublishOutputs::Plain, ..UpSettings::default() };
    case.run(&pulumi_up(&typical(), &settings), Wrapper::Azure)
        .failed("its output url could not be read");
}

#[test]
fn every_option_reaches_pulumi() {
    let case = case();
    case.write("work/pulumi-app/infrastructure/Pulumi.override.yaml", "config: {}\n");
    let settings = PulumiSettings {
        create_stack: true,
        secrets_provider: "awskms://alias/x".into(),
        restore: Restore::Commands(vec![
            "touch restored".to_owned(),
            "test -f restored".to_owned(),
        ]),
        config_file: "Pulumi.override.yaml".into(),
        message: "two words".into(),
        parallel: Some(4),
        diff: true,
        refresh: true,
        arguments: vec!["--target".into(), "urn with blank".into()],
        ..typical()
    };
    let outcome = case.run(&up(&settings), Wrapper::Plain);
    outcome.succeeded();
    assert!(!outcome.ran("install"));
    assert!(case.path("work/pulumi-app/infrastructure/restored").exists());
    assert!(
        outcome.ran("stack select my-org/web/dev --create --secrets-provider awskms://alias/x")
    );
    assert!(outcome.ran("--non-interactive --color never up --stack my-org/web/dev --config-file"));
    assert!(outcome.ran("--parallel 4 --message two\\ words --target urn\\ with\\ blank --refresh --suppress-progress --diff --yes"));
    let restore = Restore::Commands(vec!["exit 3".to_owned()]);
    let outcome = case.run(&up(&PulumiSettings { restore, ..typical() }), Wrapper::Azure);
    outcome.failed("A command that restores dependencies failed: exit 3");
    assert!(outcome.pulumi.is_empty());
}

#[test]
fn hostile_values_stay_values() {
    for text in HOSTILE {
        let mut case = case();
        case.write("work/x", "keep");
        case.set("Hostile", text);
        let settings = PulumiSettings {
            message: ScriptValue::variable("Hostile"),
            arguments: vec![text.into(), ScriptValue::variable("Hostile")],
            artifacts: false,
            ..typical()
        };
        let outcome = case.run(&up(&settings), Wrapper::Plain);
        outcome.succeeded();
        assert_eq!(outcome.pulumi.len(), 2, "{outcome:#?}");
        case.set("Pulumi.Stack", text);
        case.run(&up(&settings), Wrapper::Plain).failed("not the name of a stack");
        assert!(case.path("work/x").exists() && !case.path("work/pwned").exists());
    }
}

#[test]
fn drift() {
    for wrapper in WRAPPERS {
        let case = case();
        let script = |fail_on_drift| pulumi_refresh(&typical(), &RefreshSettings { fail_on_drift });
        case.write("stub/answer-version", "v3.226.0\n");
        case.run(&script(false), wrapper).failed("3.227.0 or newer");
        case.write("stub/answer-version", "v3.259.0\n");
        let outcome = case.run(&script(true), wrapper);
        assert_eq!(outcome.succeeded().output_variable("HasDrift"), "False");
        assert!(outcome.ran("--preview-only --expect-no-changes"));
        case.write("stub/status-refresh", "7");
        let outcome = case.run(&script(false), wrapper);
        assert_eq!(outcome.succeeded().output_variable("HasDrift"), "True");
        let outcome = case.run(&script(true), wrapper);
        assert_eq!(outcome.failed("has drifted").output_variable("HasDrift"), "True");
        case.write("stub/status-refresh", "1");
        let outcome = case.run(&script(false), wrapper);
        outcome.failed("pulumi refresh failed");
        clean(&case, &outcome);
    }
}

#[test]
fn destroy_needs_every_guard() {
    let guards = DestroySettings {
        allowed_environments: vec!["Development".into(), "Test lab".into()],
        ..DestroySettings::default()
    };
    for wrapper in WRAPPERS {
        let mut case = case();
        let script = pulumi_destroy(&typical(), &guards);
        let mut refused = |name: &str, value: &str, words: &str| {
            case.set(name, value);
            let outcome = case.run(&script, wrapper);
            outcome.failed(words);
            assert!(outcome.pulumi.is_empty());
        };
        refused("Pulumi.ConfirmStack", "web/dev", "must be typed");
        refused("Pulumi.ConfirmStack", "", "must be typed");
        refused("Octopus.Environment.Name", "Production", "may not be destroyed");
        refused("Octopus.Environment.Name", "", "may not be destroyed");
        refused("Octopus.Environment.Name", "Development", "must be typed");
        refused("Pulumi.Stack", "my-org/web/PROD", "protected by its name");
        case.set("Pulumi.Stack", "my-org/web/dev");
        case.set("Pulumi.ConfirmStack", "my-org/web/dev");
        let outcome = case.run(&script, wrapper);
        outcome.succeeded();
        assert!(outcome.ran("--preview-only") && outcome.ran("--yes --skip-preview"));
        assert!(!outcome.ran("--remove") && !outcome.ran("--exclude-protected"));
        clean(&case, &outcome);
        case.write("stub/status-destroy", "1");
        case.run(&script, wrapper).failed("could not be previewed");

        case.write("stub/status-destroy", "0");
        let script =
            pulumi_destroy(&typical(), &DestroySettings { preview_only: true, ..guards.clone() });
        let outcome = case.run(&script, wrapper);
        assert!(!outcome.succeeded().ran("--yes"));
        let all = DestroySettings { remove_stack: true, exclude_protected: true, ..guards.clone() };
        let outcome = case.run(&pulumi_destroy(&typical(), &all), wrapper);
        assert!(
            outcome
                .succeeded()
                .ran("--exclude-protected --suppress-progress --yes --skip-preview --remove")
        );
    }
}
