//! `pulpo diff`.

use pretty_assertions::assert_eq;
use serde_json::Value;

use super::{Scratch, good, pulpo, refused, text};

#[test]
fn a_design_does_not_differ_from_itself() {
    let scratch = Scratch::new("diff-same");
    let sample = good(&["sample", "azure"], b"");
    let file = scratch.file("a.pulpo.json", &sample);
    assert_eq!(good(&["diff", &file, "-"], sample.as_bytes()), "No differences.\n");
    assert_eq!(good(&["diff", &file, &file, "--format", "json"], b""), "[]\n");
}

#[test]
fn differences_are_told_in_three_forms_and_by_the_exit_code() {
    let scratch = Scratch::new("diff");
    let sample = good(&["sample", "aws-fargate"], b"");
    let old = scratch.file("old.pulpo.json", &sample);
    let new = sample.replace("\"us-east-1\"", "\"eu-west-1\"");
    let output = pulpo(&["diff", &old, "-"], new.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        text(&output.stdout),
        "Variables\n  ~ Region › for Production › Value: us-east-1 → eu-west-1\n\n1 changed.\n"
    );
    let output = pulpo(&["diff", &old, "-", "--format", "markdown"], new.as_bytes());
    let markdown = text(&output.stdout);
    let line = "- **Changed** Region › for Production › Value: `us-east-1` → `eu-west-1`\n";
    assert!(markdown.ends_with(&format!("1 changed.\n\n### Variables\n\n{line}")), "{markdown}");
    let output = pulpo(&["diff", &old, "-", "--format", "json"], new.as_bytes());
    let list: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        list,
        serde_json::json!([{
            "area": "Variables",
            "path": ["Region", "for Production", "Value"],
            "change": "changed",
            "before": "us-east-1",
            "after": "eu-west-1",
        }])
    );
}

/// What Pulpo exported and somebody changed in Octopus, beside the design.
#[test]
fn a_design_is_compared_with_any_file_that_is_read() {
    let scratch = Scratch::new("diff-any");
    let sample = scratch.file("a.pulpo.json", good(&["sample", "aws-fargate"], b""));
    for (target, path, old, new, told) in [
        ("process-json", "process/deployment-process.json", "rm -rf", "rm -r", "Script"),
        ("variables-json", "variables/project.json", "us-east-1", "eu-west-1", "Region"),
        ("ocl", ".octopus/variables.ocl", "us-east-1", "eu-west-1", "Region"),
    ] {
        let out = scratch.path(target);
        pulpo(&["export", &sample, "--to", target, "--out", &out], b"");
        let file = std::path::Path::new(&out).join(path);
        let read = std::fs::read_to_string(&file).expect("it is exported");
        let same = text(&pulpo(&["diff", &sample, &file.to_string_lossy()], b"").stdout);
        // OCL has no secrets at all, which is told.
        let wanted = if target == "ocl" { "1 removed.\n" } else { "No differences.\n" };
        assert!(same.ends_with(wanted), "{target}: {same}");
        std::fs::write(&file, read.replace(old, new)).expect("a file");
        let output = pulpo(&["diff", &sample, &file.to_string_lossy()], b"");
        let said = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{target}: {said}");
        assert!(said.contains(told), "{target}: {said}");
    }
}

#[test]
fn what_can_not_be_read_is_named() {
    let scratch = Scratch::new("diff-bad");
    let sample = scratch.file("a.pulpo.json", good(&["sample", "empty"], b""));
    refused(&["diff", &sample, &scratch.path("missing.json")], b"", "missing.json");
    refused(&["diff", "-", &sample], b"{}", "not a Pulpo design");
    refused(&["diff", "-", "-"], b"", "only one of the designs");
    refused(&["diff", &sample], b"", "<SECOND>");
}
