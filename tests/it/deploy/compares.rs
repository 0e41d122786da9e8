//! Two environments side by side.

use pretty_assertions::assert_eq;
use pulpo::deploy::{Marked, Simulation, difference, marked};
use pulpo::model::ActionId;

use super::design::{step, with_steps, worker};
use super::to;

/// The differing pieces of a setting in Development and in Production.
fn differing(text: &str) -> (Vec<String>, Vec<String>) {
    let value = serde_json::Value::from(text);
    let design = with_steps(&step("one", &worker(&format!("\"T\": {value}")), ""));
    let texts = ["dev", "prod"].map(|environment| {
        let details = super::details(&design, &to(&design, environment), "one");
        details.settings.into_iter().find(|one| one.key == "T").expect("the setting").text
    });
    let (left, right) = marked(&texts[0], &texts[1]);
    for (text, marks) in texts.iter().zip([&left, &right]) {
        let all: String = marks.iter().map(|one| one.span.text.as_str()).collect();
        assert_eq!(all, text.text(), "the pieces are the text");
    }
    let pick = |all: Vec<Marked>| {
        all.into_iter().filter(|one| one.differs).map(|one| one.span.text).collect()
    };
    (pick(left), pick(right))
}

fn texts(all: &[&str]) -> Vec<String> {
    all.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn only_what_differs_is_marked() {
    assert_eq!(differing("at #{Host} now"), (texts(&["dev.example.com"]), texts(&["example.com"])));
    assert_eq!(differing("#{Same} stays"), (texts(&[]), texts(&[])));
    let (left, right) = differing("#{if Flag == \"True\"}on it goes#{else}off it goes#{/if}");
    assert_eq!((left, right), (texts(&["off"]), texts(&["on"])));
    let (left, right) = differing("a#{if Flag == \"True\"} and b#{/if}");
    assert_eq!(
        (left, right),
        (texts(&[]), texts(&["and b"])),
        "blanks at the edge are no difference"
    );
}

#[test]
fn a_secret_that_is_another_differs_though_both_are_masks() {
    let (left, right) = differing("#{Secret}");
    assert_eq!(left, ["#{Secret}"], "Development has none");
    assert_eq!(right, [pulpo::deploy::MASK]);
}

#[test]
fn differences_are_told_by_what_they_are_in() {
    let script = "\"Octopus.Action.Script.ScriptBody\": \"get_octopusvariable \\\"Host\\\"\", \
                  \"Octopus.Action.Script.Syntax\": \"Bash\"";
    let pool = "\"workerPool\": { \"by\": \"variable\", \"variable\": \"Pool\" }";
    let steps = [
        step("same", &worker("\"T\": \"#{Same}\""), ""),
        step("script", &worker(script), ""),
        step("skipped", &[r#""environments": ["prod"], "#, &worker("")].concat(), ""),
        step("place", &[pool, ", ", &worker("")].concat(), ""),
    ];
    let design = with_steps(&steps.join(","));
    let simulation = Simulation::new(&design);
    let plans = ["dev", "prod"].map(|environment| simulation.plan(&to(&design, environment)));
    let of = |id: &str| {
        let id = ActionId::parse(id).expect("an id");
        let sides = plans.each_ref().map(|plan| {
            (plan.action(&id).expect("there").1, simulation.details(plan, &id).expect("there"))
        });
        let [(left, own), (right, theirs)] = &sides;
        difference((left, own), (right, theirs)).words()
    };
    // Production has a secret that Development has not.
    assert_eq!(of("same"), ["secrets"]);
    assert_eq!(of("script"), ["script", "secrets"]);
    assert_eq!(of("skipped"), ["whether it runs", "secrets"]);
    assert_eq!(of("place"), ["where it runs", "secrets"]);
}
