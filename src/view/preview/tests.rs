//! Addresses, choices, rows, marks.

use super::*;
use crate::deploy::{Rendered, Simulation, Span, SpanKind, Trace};
use crate::format::design_file;
use crate::highlight::{Kind, bash};
use crate::model::Design;

fn sample(name: &str) -> Design {
    let path = format!("{}/public/samples/{name}.pulpo.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("the sample");
    design_file::read(&text).design.expect("a design")
}

#[test]
fn addresses_are_written_and_read() {
    let address = Address {
        environment: "prod".to_owned(),
        step: "up".to_owned(),
        release: "1.0 é/?&=%".to_owned(),
        with: "dev".to_owned(),
        ..Address::default()
    };
    assert_eq!(address.text(), "prod/up?release=1.0%20%C3%A9%2F%3F%26%3D%25&with=dev");
    assert_eq!(Address::parse(&address.text()), address);
    assert_eq!(Address::parse(""), Address::default());
    assert_eq!(Address::default().text(), "");
    let odd = Address::parse("a/b?with&x=1&release=%zz%4");
    assert_eq!((odd.step.as_str(), odd.release.as_str()), ("b", "%zz%4"));
}

#[test]
fn an_address_of_things_that_are_gone_shows_the_usual() {
    let design = sample("aws-fargate");
    let gone = Address::parse("gone?channel=x&tenant=y&runbook=z&with=gone");
    let shown = scenario(&design, &gone).expect("a scenario");
    assert_eq!(Some(&shown), crate::deploy::Scenario::first(&design).as_ref());
    assert_eq!(shown.environment.as_str(), "prod", "the last environment is what matters");
    assert_eq!(compared(&design, &gone, &shown), None);
    assert_eq!(scenario(&Design::default(), &gone), None);
    let same = Address::parse("prod?with=prod");
    assert_eq!(compared(&design, &same, &shown), None);
}

#[test]
fn choices_are_what_the_design_has() {
    let design = sample("azure");
    let all = choices(&design, &scenario(&design, &Address::default()).expect("a scenario"));
    let labels = |options: &Options| options.iter().map(|one| one.1.clone()).collect::<Vec<_>>();
    assert_eq!(labels(&all.runs), ["Deployment", "Runbook: Check drift", "Runbook: Try settings"]);
    assert_eq!(labels(&all.tenants), ["No tenant", "Contoso", "Fabrikam"]);
    assert_eq!(labels(&all.targets), ["web-1", "web-2"]);
    assert_eq!(labels(&all.others), ["Nothing", "Test", "Acceptance"]);
    let runbook = Address::parse("test?runbook=drift");
    let all = choices(&design, &scenario(&design, &runbook).expect("a scenario"));
    assert_eq!(all.channels, [], "a run of a runbook has no channel");
}

#[test]
fn the_timeline_tells_what_becomes_of_each_step() {
    let design = sample("aws-fargate");
    let simulation = Simulation::new(&design);
    let at = |text: &str| scenario(&design, &Address::parse(text)).expect("a scenario");
    let (production, development) = (simulation.plan(&at("prod")), simulation.plan(&at("dev")));
    let flow = flow(&production, Some(&development), &|_| None);
    assert_eq!(flow.summary, "5 steps run, 1 waits for a person");
    let rows: Vec<_> = flow.groups.iter().map(|group| &group.steps[0].rows[0]).collect();
    assert_eq!(rows[3].line, "Waits for Release managers");
    assert_eq!(rows[3].other.as_deref(), Some("Skipped"));
    assert_eq!(rows[4].other, None);
    let flow = super::flow(&development, None, &|_| None);
    assert_eq!(flow.summary, "4 steps run, 1 skipped");
    assert_eq!(flow.groups[3].steps[0].rows[0].state, State::Skipped);
    assert_eq!(flow.groups[3].steps[0].rows[0].reasons, ["It runs only in Production."]);
}

#[test]
fn code_keeps_its_colours_around_marks() {
    let trace = Trace { expression: "#{X}".to_owned(), ..Trace::default() };
    let text = Rendered {
        spans: vec![
            Span { text: "echo \"a".to_owned(), kind: SpanKind::Plain, trace: None },
            Span { text: "b c".to_owned(), kind: SpanKind::Value, trace: Some(Box::new(trace)) },
            Span { text: "\" # d\n".to_owned(), kind: SpanKind::Plain, trace: None },
        ],
        problem: None,
    };
    let runs = code_runs(&plain_marks(&text), bash);
    let all: String = runs.iter().flat_map(|run| &run.pieces).map(|piece| &*piece.1).collect();
    assert_eq!(all, text.text());
    assert_eq!(runs[1].pieces, [(Kind::String, "b c".to_owned())]);
    assert!(runs[2].pieces.iter().any(|piece| piece.0 == Kind::Comment));
}

#[test]
fn marks_say_where_they_come_from() {
    let design = sample("aws-fargate");
    let simulation = Simulation::new(&design);
    let shown = scenario(&design, &Address::parse("prod")).expect("a scenario");
    let plan = simulation.plan(&shown);
    let id = crate::model::ActionId::parse("up").expect("an id");
    let script = simulation.details(&plan, &id).and_then(|one| one.script).expect("a script");
    let said: Vec<_> =
        script.text.spans.iter().filter(|span| span.trace.is_some()).map(said).collect();
    assert_eq!(
        said[0],
        "get_octopusvariable \"Pulumi.Stack\" gives my-org/my-project/prod, read when the script \
         runs: Pulumi.Stack from the stacks of the environments, for Production"
    );
    assert_eq!(
        said[1],
        "get_octopusvariable \"PULUMI_ACCESS_TOKEN\" gives a secret: PULUMI_ACCESS_TOKEN from \
         project, for Production"
    );
    let tips: Vec<_> =
        script.text.spans.iter().filter(|span| span.trace.is_some()).map(tip).collect();
    assert_eq!(tips[0].lines[0].link.as_deref(), Some("#/stacks"));
    assert_eq!(tips[1].lines[0].link.as_deref(), Some("#/variables/token/prod"));
}
