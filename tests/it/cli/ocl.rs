//! `pulpo ocl`, and `pulpo check` of OCL files.

use pretty_assertions::assert_eq;

use super::{Scratch, good, pulpo, refused, text};

const BROKEN: &str = "step \"up\" { name = 'Up'\n    // notes\n    action {\n        action_type = \
                      \"Octopus.Script\",\n        environments: [\"production\",]\n    }\n}\n";

#[test]
fn all_mistakes_come_in_one_go_with_marks() {
    let scratch = Scratch::new("ocl-check");
    let file = scratch.file("deployment_process.ocl", BROKEN);
    for arguments in [&["ocl", "check", &file][..], &["check", &file]] {
        let output = pulpo(arguments, b"");
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        let told = text(&output.stdout);
        for said in [
            "line 1, column 10: the body of the block begins on the line of its `{`",
            "OCL has no comments",
            "^^^^^^^^",
            "to mend it:",
            "`:` stands where `=` belongs",
        ] {
            assert!(told.contains(said), "{said}: {told}");
        }
        assert!(told.lines().last().is_some_and(|last| last.contains("findings in 1 file.")));
    }
}

#[test]
fn repairs_are_made_and_files_laid_out() {
    let scratch = Scratch::new("ocl-fix");
    let file = scratch.file("deployment_process.ocl", BROKEN);
    let output = pulpo(&["ocl", "fix", &file, "--unsure"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("repaired, 0 left."));
    assert!(good(&["ocl", "check", &file], b"").contains("Nothing found in 1 file."));
    let output = pulpo(&["ocl", "fmt", "--check", &file], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), format!("{file}\n"));
    good(&["ocl", "fmt", &file], b"");
    let expected = "step \"up\" {\n    name = \"Up\"\n\n    action {\n        action_type = \
                    \"Octopus.Script\"\n        environments = [\"production\"]\n    }\n}";
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), expected);
    assert_eq!(good(&["ocl", "fmt", "--check", &file], b""), "");
    let again = pulpo(&["ocl", "fmt", "-"], b"a=1");
    assert_eq!(text(&again.stdout), "a = 1");
}

#[test]
fn what_is_not_understood_is_told_and_secrets_are_errors() {
    let scratch = Scratch::new("ocl-meaning");
    let file = scratch.file(
        "variables.ocl",
        "variable \"Key\" {\n    type = \"Sensitive\"\n    value \"x\" {}\n}\n",
    );
    let output = pulpo(&["ocl", "check", &file], b"");
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stdout);
    assert!(told.contains("error[octopus-ocl/sensitive]") && told.contains("line 3, column 5"));
    refused(&["ocl", "check", "nowhere.ocl"], b"", "can't read nowhere.ocl");
    refused(&["ocl", "fix", "-"], b"\xff", "not UTF-8");
}
