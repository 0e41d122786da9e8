//! A project's `.octopus` folder, taken in as any other file.

use pulpo::base::Severity;
use pulpo::export::lower_design;
use pulpo::format::{design_file, octopus_ocl};
use pulpo::import::{self, File, How};
use pulpo::model::Design;

fn samples() -> impl Iterator<Item = (&'static str, Design)> {
    ["aws-fargate", "aws-fargate-modern", "azure"].into_iter().map(|name| {
        let path = format!("{}/public/samples/{name}.pulpo.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a sample");
        let design = design_file::read(&text).design.expect("sound");
        (name, lower_design(&design).0)
    })
}

fn texts(design: &Design) -> String {
    let files = octopus_ocl::write(design).files;
    files.iter().map(|(path, text)| format!("--- {path}\n{text}\n")).collect()
}

/// The lines that only one of the two has, as whole folders are long.
#[track_caller]
fn same(name: &str, design: &Design, wanted: &Design) {
    let (got, wanted) = (texts(design), texts(wanted));
    let only = |one: &str, other: &str| {
        let other: std::collections::HashSet<_> = other.lines().collect();
        one.lines().filter(|line| !other.contains(line)).take(20).collect::<Vec<_>>().join("\n")
    };
    assert!(
        got == wanted,
        "{name}: only now:\n{}\nonly before:\n{}",
        only(&got, &wanted),
        only(&wanted, &got)
    );
}

fn folder(design: &Design) -> Vec<File> {
    let files = octopus_ocl::write(design).files.into_iter();
    files
        .map(|(path, text)| File { path: format!("repo/{path}"), bytes: text.into_bytes() })
        .collect()
}

#[test]
fn the_folder_of_a_sample_comes_in_and_goes_out_the_same() {
    for (name, design) in samples() {
        let mut files = folder(&design);
        let tf = "terraform {\n  required_version = \">= 1\"\n}\n";
        files.push(File { path: "repo/main.tf".to_owned(), bytes: tf.as_bytes().to_vec() });
        let imported = import::read(&files);
        assert_eq!(imported.left_out, ["repo/main.tf"], "{name}");
        let bad: Vec<_> =
            imported.all_findings().filter(|one| one.severity != Severity::Info).collect();
        assert!(bad.is_empty(), "{name}: {bad:#?}");
        assert_eq!(imported.documents.len(), 1, "{name}: one folder is one thing");
        let fragment = import::gather(&imported, |_| true);
        let fresh = import::into_new(fragment.clone(), &How::default());
        same(&format!("{name}: as a new design"), &lower_design(&fresh).0, &design);
        let merged = import::edit(fragment, How::default()).apply(&Design::default()).expect(name);
        same(&format!("{name}: into an empty one"), &lower_design(&merged).0, &design);
    }
}

#[test]
fn the_folder_says_it_again_to_the_design_it_came_from() {
    for (name, design) in samples() {
        let fragment = import::gather(&import::read(&folder(&design)), |_| true);
        let how = How { process: import::Mode::Replace, ..How::default() };
        let after = import::edit(fragment, how).apply(&design).expect(name);
        let changes = import::summary(&design, &after);
        let removed: Vec<_> = changes.iter().filter(|one| one.verb == "Removes").collect();
        assert!(removed.is_empty(), "{name}: {removed:#?}");
        same(name, &lower_design(&after).0, &design);
        assert_eq!(after.project.name, design.project.name);
    }
}

#[test]
fn a_file_alone_is_known_by_what_it_says() {
    let process = "step \"look\" {\n    name = \"Look\"\n\n    action {\n        action_type = \
                   \"Octopus.Script\"\n    }\n}";
    let file = |text: &str| [File { path: String::new(), bytes: text.as_bytes().to_vec() }];
    let imported = import::read(&file(process));
    assert_eq!(imported.documents[0].what, "Deployment process, 1 step");
    let imported = import::read(&file(&process.replace(" {\n    name", " { name")));
    let said: Vec<_> = imported.all_findings().collect();
    assert!(said.iter().any(|one| one.place.position.is_some()), "{said:#?}");
    let imported = import::read(&file("a = 1\n"));
    assert!(imported.is_empty() && !imported.findings.is_empty());
}
