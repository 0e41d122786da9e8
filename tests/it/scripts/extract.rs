//! The two extraction scripts at work.

use std::fs;

use pulpo::script::{ExtractGuide, ExtractHardened, extract_guide, extract_hardened};

use super::HOSTILE;
use super::stub::{Case, WRAPPERS, Wrapper};

fn guide(case: &Case) -> String {
    extract_guide(&ExtractGuide {
        target: case.text("tmp with blank/pulumi-app").as_str().into(),
        ..ExtractGuide::default()
    })
}

fn hardened() -> String {
    extract_hardened(&ExtractHardened::default())
}

#[test]
fn the_guide_replaces_its_folder_each_time() {
    for wrapper in WRAPPERS {
        let mut case = Case::new();
        case.package("pulumi-app", "infrastructure");
        case.write("tmp with blank/pulumi-app/stale.txt", "old");
        for _ in 0..2 {
            case.run(&guide(&case), wrapper).succeeded();
            assert!(case.path("tmp with blank/pulumi-app/Pulumi.yaml").exists());
            assert!(!case.path("tmp with blank/pulumi-app/stale.txt").exists());
        }
    }
}

#[test]
fn the_guide_fails_without_its_folder() {
    for wrapper in WRAPPERS {
        let mut case = Case::new();
        assert_eq!(case.run(&guide(&case), wrapper).status, 1);
        case.package("pulumi-app", "other");
        assert_eq!(case.run(&guide(&case), wrapper).status, 1);
    }
}

#[test]
fn the_hardened_one_copies_and_tells_where() {
    for wrapper in WRAPPERS {
        let mut case = Case::new();
        case.package("pulumi-app", "infrastructure");
        case.set("Octopus.Deployment.Id", "Deployments-12");
        case.set("Octopus.Environment.Id", "Environments-3");
        case.set("Octopus.Deployment.Tenant.Id", "Tenants-4");
        let outcome = case.run(&hardened(), wrapper);
        let app = outcome.succeeded().output_variable("AppPath").to_owned();
        assert!(app.contains("tmp with blank/pulpo-app-Deployments-12-Environments-3-Tenants-4."));
        assert!(fs::exists(format!("{app}/Pulumi.yaml")).unwrap_or_default());
        assert!(fs::exists(format!("{app}/.hidden")).unwrap_or_default());
        let mode = fs::metadata(&app).expect("the folder").permissions();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777, 0o700);

        // Another step of the deployment leaves it alone.
        case.set("Octopus.Action.Id", "a-guid");
        case.run(&hardened(), wrapper).succeeded();
        assert!(fs::exists(&app).unwrap_or_default());
        case.set("Octopus.Action.Id", "");

        // Another deployment has a folder of its own; a retry replaces its earlier try.
        case.set("Octopus.Deployment.Id", "Deployments-13");
        let other = case.run(&hardened(), wrapper);
        assert_ne!(other.succeeded().output_variable("AppPath"), app);
        case.set("Octopus.Deployment.Id", "Deployments-12");
        let again = case.run(&hardened(), wrapper);
        assert_ne!(again.succeeded().output_variable("AppPath"), app);
        assert!(!fs::exists(&app).unwrap_or(true));
        assert_eq!(case.left_over().len(), 6, "{:?}", case.left_over());
    }
}

#[test]
fn the_hardened_one_removes_only_what_is_old_and_its_own() {
    let mut case = Case::new();
    case.package("pulumi-app", "infrastructure");
    case.set("Octopus.Deployment.Id", "Deployments-1");
    let first = case.run(&hardened(), Wrapper::Plain);
    let first = first.succeeded().output_variable("AppPath").to_owned();
    case.write("tmp with blank/pulpo-app-Deployments-1.mine", "not made by the script");
    let touch = std::process::Command::new("touch")
        .args(["-d", "40 days ago", &format!("{first}.made")])
        .status();
    assert!(touch.expect("touch").success());
    case.set("Octopus.Deployment.Id", "Deployments-2");
    case.run(&hardened(), Wrapper::Plain).succeeded();
    assert!(!fs::exists(&first).unwrap_or(true));
    assert!(case.path("tmp with blank/pulpo-app-Deployments-1.mine").exists());
}

#[test]
fn the_hardened_one_says_what_is_missing() {
    for wrapper in WRAPPERS {
        let mut case = Case::new();
        case.run(&hardened(), wrapper).failed("no extracted path");
        case.package("pulumi-app", "other");
        case.run(&hardened(), wrapper).failed("no folder infrastructure");
        case.write("work/pulumi-app/infrastructure/readme", "");
        case.run(&hardened(), wrapper).failed("no Pulumi project file");
        assert_eq!(case.left_over(), Vec::<String>::new());
    }
}

#[test]
fn a_failing_copy_leaves_nothing() {
    for wrapper in WRAPPERS {
        let mut case = Case::new();
        case.package("pulumi-app", "infrastructure");
        case.program("cp", "#!/bin/sh\nexit 1\n");
        case.run(&hardened(), wrapper).failed("could not be copied");
        assert_eq!(case.left_over(), Vec::<String>::new());
    }
}

#[test]
fn hostile_values_stay_values() {
    for text in HOSTILE {
        let mut case = Case::new();
        case.write("work/x", "keep");
        let extracted = case.text("work/app");
        case.set(&format!("Octopus.Action.Package[{text}].ExtractedPath"), &extracted);
        case.set("Folder", text);
        case.write(&format!("work/app/{text}{text}/Pulumi.yaml"), "name: web\n");
        let outcome = case.run(
            &extract_hardened(&ExtractHardened {
                reference: text.to_owned(),
                folder: pulpo::script::ScriptValue::joined(vec![
                    text.into(),
                    pulpo::script::ScriptValue::variable("Folder"),
                ]),
                ..ExtractHardened::default()
            }),
            Wrapper::Plain,
        );
        outcome.succeeded();
        assert!(case.path("work/x").exists() && !case.path("work/pwned").exists());
    }
}
