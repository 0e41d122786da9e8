//! Any bytes end in bounded time: 50 MB, 100,000 levels, ten million commas.

use pulpo::format::octopus_json as json;
use pulpo_hostile::within;

#[track_caller]
fn ends(what: &str, text: &str) {
    within(what, || {
        let fragment = json::read(text);
        let count = fragment.findings.len();
        assert!(count <= 1_100, "{what}: {count} findings");
    });
}

#[test]
fn large_and_deep_texts_end_at_once() {
    ends("50 MB of blanks", &" ".repeat(50_000_000));
    ends("50 MB of text", &format!("{{\"Steps\": \"{}\"}}", "x".repeat(50_000_000)));
    ends("100,000 lists", &"[".repeat(100_000));
    ends("100,000 objects", &"{\"Steps\":".repeat(100_000));
    ends("ten million commas", &format!("{{\"Steps\":[{}]}}", ",".repeat(10_000_000)));
    ends("ten million numbers", &format!("{{\"Steps\":[{}1]}}", "1,".repeat(10_000_000)));
    ends("a quote that never ends", &format!("{{\"{}", "\\\"".repeat(1_000_000)));
}

/// Rows that are looked up in lists would take hours.
#[test]
fn many_references_take_no_longer_than_they_must() {
    let many = |text: &dyn Fn(usize) -> String, count: usize| {
        (0..count).map(text).collect::<Vec<_>>().join(",")
    };
    let ids = many(&|at| format!("\"Environments-{at}\""), 20_000);
    let action = format!("{{\"Name\":\"a\",\"ActionType\":\"x\",\"Environments\":[{ids}]}}");
    ends("environments", &format!("{{\"Steps\":[{{\"Name\":\"s\",\"Actions\":[{action}]}}]}}"));
    let teams = (0..20_000).map(|at| format!("Teams-{at}")).collect::<Vec<_>>().join(",");
    let key = "Octopus.Action.Manual.ResponsibleTeamIds";
    let action =
        format!("{{\"Name\":\"a\",\"ActionType\":\"x\",\"Properties\":{{\"{key}\":\"{teams}\"}}}}");
    ends("teams", &format!("{{\"Steps\":[{{\"Name\":\"s\",\"Actions\":[{action}]}}]}}"));
    let steps = many(
        &|_| "{\"Name\":\"s\",\"Actions\":[{\"Name\":\"s\",\"ActionType\":\"x\"}]}".to_owned(),
        5_000,
    );
    ends("steps of one name", &format!("{{\"Steps\":[{steps}]}}"));
    let values =
        many(&|at| format!("{{\"Name\":\"v\",\"Scope\":{{\"Action\":[\"a-{at}\"]}}}}"), 20_000);
    ends("values of one name", &format!("{{\"Version\":1,\"Variables\":[{values}]}}"));
    let wrong = many(&|_| "1".to_owned(), 100_000);
    ends("wrong items", &format!("{{\"Steps\":[{wrong}]}}"));
    let templates = many(&|_| "{\"Name\":\"t\",\"ActionType\":\"x\"}".to_owned(), 20_000);
    ends("step templates", &format!("[{templates}]"));
}
