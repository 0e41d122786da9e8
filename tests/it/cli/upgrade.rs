//! `pulpo upgrade`: lists, takes some, takes all; and what the others say of it then.

use pretty_assertions::assert_eq;
use serde_json::Value;

use super::{Scratch, good, pulpo, refused, text};

/// What `check` finds in `design`, by severity.
fn found(design: &str) -> Vec<String> {
    let output = pulpo(&["check", "-", "--format", "json"], design.as_bytes());
    let list: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = list.as_array().expect("a list").iter();
    list.map(|one| one["severity"].as_str().expect("a severity").to_owned()).collect()
}

#[test]
fn upgrade_lists_what_it_would_change_and_why() {
    let sample = good(&["sample", "aws-fargate"], b"");
    let output = pulpo(&["upgrade", "-"], sample.as_bytes());
    assert_eq!(output.status.code(), Some(1), "there is something to change");
    let told = text(&output.stdout);
    for part in [
        "Give each step its own copy of the package\n  why: ",
        "  source: Octopus's documentation, Infrastructure",
        "  no-override:override\n",
        "      needs: own-package:preview, own-package:up\n",
        "9 changes. Take them with --take ID,… or --all.\n",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let listed = pulpo(&["upgrade", "-", "--list", "--format", "json"], sample.as_bytes());
    let list: Value = serde_json::from_slice(&listed.stdout).expect("JSON");
    let changes = list["changes"].as_array().expect("changes");
    assert_eq!(changes.len(), 9);
    for change in changes {
        for member in ["id", "kind", "step", "what", "why", "source"] {
            assert!(change[member].as_str().is_some_and(|text| !text.is_empty()), "{member}");
        }
    }
    let modern = good(&["sample", "aws-fargate-modern"], b"");
    assert_eq!(good(&["upgrade", "-"], modern.as_bytes()), "Nothing to upgrade.\n");
}

#[test]
fn upgrade_takes_all_and_less_is_found_then() {
    let sample = good(&["sample", "aws-fargate"], b"");
    let after = good(&["upgrade", "-", "--all"], sample.as_bytes());
    assert_eq!(good(&["upgrade", "-"], after.as_bytes()), "Nothing to upgrade.\n");
    let (old, new) = (found(&sample), found(&after));
    assert!(new.len() < old.len(), "{old:?} became {new:?}");
    assert!(!new.iter().any(|severity| severity == "error"), "{new:?}");
    let scratch = Scratch::new("upgraded");
    let (first, second) = (scratch.file("old.json", &sample), scratch.file("new.json", &after));
    let diff = pulpo(&["diff", &first, &second], b"");
    assert_eq!(diff.status.code(), Some(1));
    let told = text(&diff.stdout);
    for part in ["- Extract the code package", "- Write config override", "~ Pulumi up › Program"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    // The same goes into a file.
    let out = scratch.path("out.json");
    assert_eq!(good(&["upgrade", &first, "--all", "--out", &out], b""), "");
    assert_eq!(std::fs::read_to_string(&out).expect("written"), after);
}

#[test]
fn upgrade_takes_some_and_refuses_what_lacks_its_needs() {
    let sample = good(&["sample", "aws-fargate"], b"");
    let some = "own-package:preview,container:preview";
    let after = good(&["upgrade", "-", "--take", some], sample.as_bytes());
    assert!(after.contains("/tmp/pulumi-app") && after.contains("pulumi/pulumi:"));
    let refuse = |arguments: &[&str], says: &str| refused(arguments, sample.as_bytes(), says);
    refuse(&["upgrade", "-", "--take", "container:up"], "needs “own-package:up” as well");
    refuse(&["upgrade", "-", "--take", "nothing:up"], "No change “nothing:up” is offered");
    refuse(&["upgrade", "-", "--out", "x.json"], "--out needs --take or --all");
    refused(&["upgrade", "-", "--all"], b"{", "<stdin>");
}
