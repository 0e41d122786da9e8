//! The doctor's rows.

use pretty_assertions::assert_eq;

use super::*;

fn line_text(line: &Line) -> String {
    line.iter().map(|mark| mark.text.as_str()).collect()
}

#[test]
fn lines_are_the_text_and_marks_are_where_problems_are() {
    for text in [EXAMPLE, "", "a", "\n\n", "é = \"x\ny = 1\r\n", "x {\r\n  y = [1,\n  'a' }\n"] {
        let sheet = Sheet::of(text.to_owned());
        let lines = sheet.lines(0, usize::MAX);
        let joined = lines.iter().map(line_text).collect::<Vec<_>>().join("\n");
        assert_eq!(joined, text);
        assert_eq!(lines.len(), sheet.len());
        assert_eq!(sheet.lines(1, 1), lines.get(1..2).unwrap_or_default());
        for row in sheet.rows() {
            let line = &lines[row.place.line as usize - 1];
            let before = row.place.line as usize > 1 && line_text(line).is_empty();
            assert!(before || line.iter().any(|mark| mark.is_wrong), "{text:?}: {row:?}");
        }
    }
}

#[test]
fn the_example_has_five_mistakes_and_can_be_mended() {
    let sheet = Sheet::of(EXAMPLE.to_owned());
    assert_eq!(sheet.rows().len(), 6, "{:#?}", sheet.rows());
    let mut text = EXAMPLE.to_owned();
    // One by one, or all at once: no mistake is left.
    for _ in 0..20 {
        let sheet = Sheet::of(text.clone());
        let Some(row) = sheet.rows().into_iter().find(|row| row.can_repair) else { break };
        text = sheet.repaired(row.index).expect("it can be repaired");
    }
    assert_eq!(Sheet::of(text).rows(), []);
    let (mended, edits) = sheet.all_repaired();
    assert!(edits >= 5);
    let sheet = Sheet::of(mended.clone());
    assert_eq!(sheet.rows(), []);
    assert!(sheet.laid_out().is_some());
    let meaning = meaning("", &mended);
    let nodes: Vec<_> =
        meaning.nodes.iter().map(|one| (one.title.as_str(), one.detail.as_str())).collect();
    assert_eq!(nodes, [("1. Pulumi up", "Run a Script · on hosted-ubuntu · only in production")]);
    assert_eq!(file_name(meaning.kind), "deployment_process.ocl");
}

#[test]
fn keys_go_from_problem_to_problem_and_round() {
    let sheet = Sheet::of("é = x\nb = y\nc = z".to_owned());
    let starts: Vec<_> = (0..3).filter_map(|index| sheet.selection(index)).collect();
    assert_eq!(starts, [(4, 5), (10, 11), (16, 17)]);
    assert_eq!(sheet.next_problem(0, false), Some(0));
    assert_eq!(sheet.next_problem(4, false), Some(1));
    assert_eq!(sheet.next_problem(16, false), Some(0));
    assert_eq!(sheet.next_problem(4, true), Some(2));
    assert_eq!(sheet.next_problem(17, true), Some(2));
    assert_eq!(Sheet::of(String::new()).next_problem(0, false), None);
}

#[test]
fn each_kind_of_document_has_an_outline() {
    let of = |text: &str| {
        let shown = |node: &Node| {
            let children: Vec<_> =
                node.children.iter().map(|one| format!("{} ({})", one.title, one.detail)).collect();
            format!("{} ({}) [{}]", node.title, node.detail, children.join("; "))
        };
        meaning("", text).nodes.iter().map(shown).collect::<Vec<_>>().join(" | ")
    };
    assert_eq!(of("version = 10"), "Schema version (10) []");
    assert_eq!(
        of(
            "variable \"A\" {\n value \"1\" {\n environment = [\"dev\"]\n }\n value {\n prompt {\n label = \"\"\n}\n }\n}"
        ),
        "A () [1 (in dev); (empty) (asked for at deployment)]"
    );
    assert_eq!(
        of(
            "connectivity_policy {\n allow_deployments_to_no_targets = true\n}\nversioning_strategy {\n template = \"1.i\"\n}"
        ),
        "Guided failure (As the environment says) [] | Connectivity (allow deployments to no targets) [] | \
         Release versions (1.i) []"
    );
    assert_eq!(
        of(
            "name = \"Fix\"\nprocess {\n step \"a\" {\n name = \"A\"\n action {\n action_type = \"Octopus.Manual\"\n is_disabled = true\n }\n }\n}"
        ),
        "Fix (runbook) [1. A (Manual Intervention Required · disabled)]"
    );
}
