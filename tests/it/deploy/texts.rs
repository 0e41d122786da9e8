//! Texts as a run gets them, with where each piece came from.

use pretty_assertions::assert_eq;
use pulpo::deploy::{MASK, Rendered, Scenario, SpanKind};
use pulpo::model::{ProcessOwner, RunbookId, TargetId};

use super::design::{step, with_steps, worker};
use super::{details, to};

/// `text` as a setting of the second of two steps, in Production.
fn filled(text: &str) -> Rendered {
    let value = serde_json::Value::from(text);
    let steps = [step("first", "", ""), step("second", &worker(&format!("\"T\": {value}")), "")];
    let design = with_steps(&steps.join(","));
    setting(&design, &to(&design, "prod"), "second")
}

fn setting(design: &pulpo::model::Design, scenario: &Scenario, action: &str) -> Rendered {
    let details = details(design, scenario, action);
    let setting = details.settings.into_iter().find(|one| one.key == "T");
    setting.expect("the setting").text
}

/// The pieces as `kind:text`.
fn pieces(text: &Rendered) -> Vec<String> {
    text.spans.iter().map(|span| format!("{}:{}", span.kind.word(), span.text)).collect()
}

#[test]
fn pieces_say_what_they_are() {
    let text = filled(
        "a #{Host} #{Octopus.Deployment.Id} #{Secret} #{Octopus.Action[first].Output.X} \
         #{Nothing} #{if Secret}b#{/if}",
    );
    let expected = [
        "plain:a ".to_owned(),
        "value:example.com".to_owned(),
        "plain: ".to_owned(),
        "sample:Deployments-1".to_owned(),
        "plain: ".to_owned(),
        format!("secret:{MASK}"),
        "plain: ".to_owned(),
        "run-time:‹X, set by first›".to_owned(),
        "plain: ".to_owned(),
        "unresolved:#{Nothing}".to_owned(),
        "plain: ".to_owned(),
        "undecided:#{if Secret}b#{/if}".to_owned(),
    ];
    assert_eq!(pieces(&text), expected);
    assert_eq!(text.unresolved(), ["#{Nothing}"]);
}

#[test]
fn a_piece_is_traced_to_the_expression_and_the_names_it_read() {
    let text = filled("#{Url | ToUpper}!");
    assert_eq!(pieces(&text), ["value:HTTPS://EXAMPLE.COM/PRODUCTION", "plain:!"]);
    let trace = text.spans[0].trace.as_ref().expect("a trace");
    assert_eq!(trace.expression, "#{Url | ToUpper}");
    let sources: Vec<_> = trace
        .sources
        .iter()
        .map(|source| format!("{} from {}", source.name, source.origin.sentence()))
        .collect();
    let expected = [
        "Url from project, for all",
        "Host from project, for Production",
        "Octopus.Environment.Name from Octopus",
    ];
    assert_eq!(sources, expected);
}

#[test]
fn secrets_inside_values_are_masked_where_they_stand() {
    let text = filled("#{Connection}");
    let expected = ["value:host=example.com;password=".to_owned(), format!("secret:{MASK}")];
    assert_eq!(pieces(&text), expected);
    assert_eq!(pieces(&filled("#{Connection | Md5}")), [format!("secret:{MASK}")]);
    assert_eq!(pieces(&filled("#{Cloud.SecretKey}")), [format!("secret:{MASK}")]);
    assert_eq!(pieces(&filled("#{Cloud.AccessKey}")), ["run-time:‹AccessKey of Cloud›"]);
    assert_eq!(pieces(&filled("#{Cloud}")), ["run-time:‹id of the account Cloud›"]);
}

#[test]
fn ties_are_not_decided_unless_all_say_the_same() {
    assert_eq!(pieces(&filled("#{Tie}")), ["run-time:‹one of 2 values›"]);
    let same = filled("#{Same}");
    assert_eq!(pieces(&same), ["value:a"]);
    let trace = same.spans[0].trace.as_ref().expect("a trace");
    assert_eq!(trace.sources[0].origin.word(), "tie");
}

#[test]
fn prompted_values_are_samples() {
    assert_eq!(pieces(&filled("#{Asked}")), ["sample:usual"]);
    assert_eq!(pieces(&filled("#{AskedBlank}")), ["run-time:‹asked for when it is deployed›"]);
}

#[test]
fn what_octopus_has_is_there_and_what_it_has_not_is_not() {
    assert_eq!(pieces(&filled("#{Octopus.Environment.Id}")), ["value:Environments-7"]);
    assert_eq!(pieces(&filled("#{Octopus.Step.Number}")), ["value:2"]);
    assert_eq!(pieces(&filled("#{Octopus.Release.Notes}")), ["run-time:‹Octopus.Release.Notes›"]);
    assert_eq!(
        pieces(&filled("#{Octopus.Release.Nubmer}")),
        ["unresolved:#{Octopus.Release.Nubmer}"]
    );
    assert_eq!(
        pieces(&filled("#{if Octopus.Deployment.Tenant.Name}a#{else}b#{/if}")),
        ["plain:b"],
        "without a tenant there is no name of one"
    );
    let own = filled("#{Octopus.Action[second].Output.X}");
    assert_eq!(pieces(&own), ["unresolved:#{Octopus.Action[second].Output.X}"]);
    let notes = &own.spans[0].trace.as_ref().expect("a trace").sources[0].notes;
    assert_eq!(notes, &["No step called second comes before this one."]);
}

#[test]
fn runbooks_have_no_release() {
    let design = with_steps("");
    let runbook = ProcessOwner::Runbook(RunbookId::parse("r").expect("an id"));
    let scenario = Scenario { process: runbook, ..to(&design, "dev") };
    let text = setting(&design, &scenario, "tidy");
    assert_eq!(text.text(), "Tidy up #{Octopus.Release.Number}");
}

#[test]
fn values_scoped_to_the_step_and_the_target_count() {
    assert_eq!(filled("#{OfStep}").text(), "second");
    let on_target = step(
        "web",
        r##""properties": { "T": "#{OfTag} #{Octopus.Machine.Name}" }"##,
        r#""targetTags": ["web"]"#,
    );
    let design = with_steps(&on_target);
    let mut scenario = to(&design, "prod");
    assert_eq!(setting(&design, &scenario, "web").text(), "all web-1");
    scenario.target = TargetId::parse("web-2").ok();
    assert_eq!(setting(&design, &scenario, "web").text(), "big web-2");
}

#[test]
fn a_text_that_octopus_cannot_read_stays_whole_and_says_so() {
    let text = filled("#{Host} #{Host!}");
    assert_eq!(text.text(), "#{Host} #{Host!}");
    assert!(text.problem.expect("a problem").contains("leaves all of it as it is"));
    let text = filled("#{Asked | FromBase64}");
    assert!(text.problem.expect("a problem").contains("Octopus fails here"));
}

/// A script in Production.
fn script(body: &str) -> Rendered {
    let body = serde_json::Value::from(body);
    let more = format!(
        "\"Octopus.Action.Script.Syntax\": \"Bash\", \"Octopus.Action.Script.ScriptBody\": {body}"
    );
    let design = with_steps(&step("script", &worker(&more), ""));
    let details = details(&design, &to(&design, "prod"), "script");
    details.script.expect("a script").text
}

#[test]
fn scripts_tell_what_they_read_when_they_run() {
    let text = script(
        "a=$(get_octopusvariable \"Url\")\nb=$(get_octopusvariable \"url\")\n\
         c=$(get_octopusvariable 'Secret')$(get_octopusvariable \"Gone\")\necho #{Host} #{Host!}\n",
    );
    let gives: Vec<_> = text
        .spans
        .iter()
        .filter_map(|span| Some((span.kind.word(), span.trace.as_ref()?.gives.clone()?)))
        .collect();
    let expected = [
        ("value", "https://example.com/production".to_owned()),
        ("unresolved", String::new()),
        ("secret", MASK.to_owned()),
        ("unresolved", String::new()),
    ];
    assert_eq!(gives, expected);
    assert!(text.text().ends_with("echo example.com #{Host!}\n"), "{}", text.text());
    assert!(text.problem.expect("a problem").contains("leaves an expression as it is"));
    let wrong_case = text.spans.iter().find(|span| span.kind == SpanKind::Unresolved);
    let notes = &wrong_case.and_then(|span| span.trace.as_ref()).expect("a trace").sources[0].notes;
    assert!(notes.iter().any(|note| note.contains("It is spelt Url")), "{notes:?}");
}

#[test]
fn secrets_that_a_step_can_read_are_listed() {
    let design = with_steps(&step("script", &worker("\"T\": \"#{Connection}\""), ""));
    let read = |environment: &str| {
        details(&design, &to(&design, environment), "script")
            .secrets
            .into_iter()
            .map(|one| format!("{} {:?} {}", one.name, one.held_by, one.is_asked_for))
            .collect::<Vec<_>>()
    };
    assert_eq!(read("prod"), ["Secret None true", "Cloud Some(\"Cloud\") false"]);
    assert_eq!(read("dev"), ["Cloud Some(\"Cloud\") false"]);
}

#[test]
fn letters_that_look_like_marks_are_replaced() {
    let text = filled("\u{100000}#{Secret}");
    assert_eq!(pieces(&text), ["plain:\u{FFFD}".to_owned(), format!("secret:{MASK}")]);
}
