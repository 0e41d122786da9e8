use proptest::prelude::*;

use super::*;
use crate::catalog::Kind as StepKind;
use crate::compare;
use crate::edit::steps::{self, Spot as Place};
use crate::format::design_file;
use crate::model::process::{ProgramSource, keys};
use crate::model::{Action, ActionId, ActionType, Name};
use crate::record::Field;

const OWNER: ProcessOwner = ProcessOwner::Deployment;

fn sample(name: &str) -> Design {
    let text = match name {
        "guide" => include_str!("../../public/samples/aws-fargate.pulpo.json"),
        "modern" => include_str!("../../public/samples/aws-fargate-modern.pulpo.json"),
        _ => include_str!("../../public/samples/azure.pulpo.json"),
    };
    design_file::read(text).design.expect("a sample")
}

fn ids(changes: &[Change]) -> Vec<String> {
    changes.iter().map(|one| one.id.clone()).collect()
}

fn all(design: &Design) -> Design {
    apply(design, &ids(&recognise(design))).expect("all of them can be made")
}

fn step_names(design: &Design) -> Vec<String> {
    design.project.process.steps.iter().map(|step| step.name.to_string()).collect()
}

/// The guide's script, with words of its own around it.
const SCRIPT: &str = "# make room\nrm -rf /tmp/pulumi-app\nunpacked=$(get_octopusvariable \
                      \"Octopus.Action.Package[aws-typescript].ExtractedPath\")\n\ncp -r \
                      \"${unpacked}/infrastructure/\" /tmp/pulumi-app\ncd /tmp/pulumi-app\n";

/// The sample as a server has it: a script, and community steps.
fn as_on_a_server() -> Design {
    let mut design = sample("guide");
    design.pulumi.credentials = crate::model::CloudCredentials::Ambient;
    let script = design.project.process.steps.nth(0).expect("a step").actions.first().clone();
    let id = ActionId::parse("extract").expect("an id");
    let mut extract = Action::octopus(
        id,
        Name::parse("Extract the code package").expect("a name"),
        ActionType::parse("Octopus.Script").expect("a type"),
    );
    extract.packages = script.packages;
    extract.properties = extract
        .properties
        .with(keys::RUN_ON_SERVER, "true")
        .with(keys::SCRIPT_SOURCE, "Inline")
        .with(keys::SCRIPT_SYNTAX, "Bash")
        .with(keys::SCRIPT_BODY, SCRIPT);
    let first = design.project.process.steps.nth(0).expect("a step").id.clone();
    design.project.process.steps.update(&first, |step| *step.actions.first_mut() = extract);
    for step in ["up", "preview"] {
        let at = if step == "up" { 5 } else { 2 };
        let kind = StepKind::Community("run-pulumi-linux");
        let fresh = format!("new-{step}");
        design = steps::add(&design, &OWNER, kind, "", Place::Step(at), &fresh)
            .apply(&design)
            .expect("it is added");
        design = steps::delete(&design, &OWNER, step).apply(&design).expect("it is deleted");
    }
    // The approval goes between them.
    for (address, key, text) in [
        ("step-preview", "parameter:Pulumi.Command", "preview"),
        ("step-preview", "parameter:Pulumi.Args", "--config-file Pulumi.override.yaml --diff"),
        ("step-preview", "parameter:Pulumi.WorkingDirectory", "/tmp/pulumi-app"),
        ("step-up", "parameter:Pulumi.Command", "up"),
        (
            "step-up",
            "parameter:Pulumi.Args",
            "--yes --config-file Pulumi.override.yaml --message \"Release #{Octopus.Release.Number}\"",
        ),
        ("step-up", "parameter:Pulumi.WorkingDirectory", "/tmp/pulumi-app/"),
    ] {
        let edit = steps::set(&design, &OWNER, address, key, text, "new-x");
        design = edit.apply(&design).expect("it is set");
    }
    design
}

#[test]
fn the_sample_of_2019_is_recognised() {
    let found = look(&sample("guide"));
    assert_eq!(found.left, []);
    let told: Vec<_> = found
        .changes
        .iter()
        .map(|one| format!("{} <- {}", one.id, one.requires.join(" ")))
        .collect();
    assert_eq!(
        told,
        [
            "own-package:preview <- ",
            "own-package:up <- ",
            "no-override:override <- own-package:preview own-package:up",
            "no-extract:extract <- own-package:preview own-package:up no-override:override",
            "agree:up <- ",
            "only-changes:approve <- ",
            "only-changes:up <- ",
            "container:preview <- own-package:preview",
            "container:up <- own-package:up",
        ]
    );
    assert_eq!(
        found.changes[1].what,
        "“Pulumi up” takes the folder infrastructure of the package aws-typescript, instead of \
         /tmp/pulumi-app. The 8 settings of “Write config override” become arguments; besides \
         them, the stack's own settings file in the package counts. It restores the program's \
         dependencies itself."
    );
}

#[test]
fn what_is_modern_is_left_alone() {
    for name in ["modern", "azure"] {
        assert!(!is_of_the_guide(&sample(name)), "{name}");
    }
    assert_eq!(look(&sample("modern")), Found::default());
    assert_eq!(look(&Design::default()), Found::default());
    assert!(is_of_the_guide(&sample("guide")));
    assert!(is_of_the_guide(&as_on_a_server()));
}

#[test]
fn all_of_it_makes_a_modern_design() {
    let after = all(&sample("guide"));
    assert_eq!(step_names(&after), ["Pulumi preview", "Approve", "Pulumi up"]);
    assert!(!is_of_the_guide(&after));
    let process = after.project.process.write().to_string();
    assert!(!process.contains("/tmp/pulumi-app"));
    for id in ["preview", "up"] {
        let process = &after.project.process;
        let (_, action) =
            process.actions().find(|(_, one)| one.id.as_str() == id).expect("the action");
        let Some(PulumiStep::Run(run)) = action.pulumi_step() else { panic!("{id} runs Pulumi") };
        assert!(matches!(run.source, ProgramSource::Package(_)));
        assert_eq!(action.packages.len(), 1, "it has the package");
        assert_eq!(run.config_file, "");
        assert_eq!(run.arguments.len(), 16);
        assert_eq!(run.arguments[1], "aws:region=#{Region}");
        assert_eq!(run.restore, crate::model::process::Restore::default(), "it restores");
        let image = action.container.as_ref().map(|one| one.image.as_str());
        assert_eq!(image, Some("pulumi/pulumi:3.259.0"));
    }
    // Nothing else has changed.
    assert_eq!(after.project.variables, sample("guide").project.variables);
    assert_eq!(after.pulumi.stacks, sample("guide").pulumi.stacks);
}

#[test]
fn a_design_of_a_server_is_recognised_and_becomes_the_same() {
    let design = as_on_a_server();
    let found = look(&design);
    assert_eq!(found.left, []);
    let told: Vec<_> = found.changes.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(
        told,
        [
            "own-step:action-preview",
            "own-step:action-up",
            "own-package:action-preview",
            "own-package:action-up",
            "no-override:override",
            "no-extract:extract",
            "agree:action-up",
            "only-changes:approve",
            "only-changes:action-up",
            "container:action-preview",
            "container:action-up",
        ]
    );
    let agree = found.changes.iter().find(|one| one.id == "agree:action-up").expect("it");
    assert_eq!(agree.requires, ["own-step:action-preview", "own-step:action-up"]);
    let after = all(&design);
    assert_eq!(step_names(&after), ["Run Pulumi (Linux) 2", "Approve", "Run Pulumi (Linux)"]);
    let up = after.project.process.steps.nth(2).expect("the step").actions.first();
    let Some(PulumiStep::Run(run)) = up.pulumi_step() else { panic!("it runs Pulumi") };
    assert_eq!(run.message, "Release #{Octopus.Release.Number}");
    assert_eq!(run.stack, "", "the design says the stack");
    assert!(up.properties.is_empty(), "{:?}", up.properties);
    assert!(up.template.is_none());
    let crate::model::CloudCredentials::Aws(account) = &after.pulumi.credentials else {
        panic!("the account variable is taken")
    };
    assert_eq!((account.variable.as_str(), account.region.as_str()), ("AWS", "#{Region}"));
}

#[test]
fn what_cannot_be_upgraded_says_why() {
    let mut design = as_on_a_server();
    let set = |design: &Design, key: &str, text: &str| {
        let edit = steps::set(design, &OWNER, "step-up", key, text, "new-x");
        edit.apply(design).expect("it is set")
    };
    let why = |design: &Design| look(design).left.into_iter().map(|one| one.why).next();
    let stuck = set(&design, "parameter:Pulumi.Command", "refresh");
    assert!(why(&stuck).is_some_and(|why| why.contains("pulumi refresh")));
    let stuck = set(&design, "parameter:Pulumi.Args", "#{Flags}");
    assert!(why(&stuck).is_some_and(|why| why.contains("told apart")));
    let stuck = set(&design, "parameter:Pulumi.AccessToken", "#{Other}");
    assert!(why(&stuck).is_some_and(|why| why.contains("another access token")));
    // A script that does more than the guide's stays, and so does its folder.
    let id = design.project.process.steps.nth(0).expect("a step").id.clone();
    design.project.process.steps.update(&id, |step| {
        let more = format!("{SCRIPT}npm test\n");
        step.actions.first_mut().properties.set_text(keys::SCRIPT_BODY, &more);
    });
    let told = ids(&recognise(&design));
    assert!(
        told.iter().all(|id| !id.starts_with("own-package") && !id.starts_with("no-")),
        "{told:?}"
    );
}

#[test]
fn secrets_stay_in_their_file_and_the_folder_becomes_its_own() {
    let mut design = sample("guide");
    let id = design.project.process.steps.nth(1).expect("a step").id.clone();
    design.project.process.steps.update(&id, |step| {
        let action = step.actions.first_mut();
        let Some(PulumiStep::ConfigOverride(config)) = spot::pulumi_mut(action) else {
            panic!("it writes settings")
        };
        config.entries[0].is_secret = true;
    });
    let found = look(&design);
    assert_eq!(found.left.len(), 2, "{:?}", found.left);
    let told = ids(&found.changes);
    assert_eq!(told, ["own-folder:extract", "agree:up", "only-changes:approve", "only-changes:up"]);
    let after = all(&design);
    let text = after.project.process.write().to_string();
    assert!(!text.contains("/tmp/pulumi-app"));
    assert_eq!(
        text.matches("#{Octopus.Action[Extract the code package].Output.AppPath}").count(),
        3
    );
    assert_eq!(recognise(&after), []);
}

#[test]
fn a_setting_from_a_sensitive_variable_is_a_secret_too() {
    let mut design = sample("guide");
    let id = design.project.process.steps.nth(1).expect("a step").id.clone();
    design.project.process.steps.update(&id, |step| {
        let action = step.actions.first_mut();
        let Some(PulumiStep::ConfigOverride(config)) = spot::pulumi_mut(action) else {
            panic!("it writes settings")
        };
        "#{pulumi_access_token}".clone_into(&mut config.entries[0].value);
    });
    let found = look(&design);
    assert!(found.left.iter().all(|one| one.why.contains("in plain text")), "{:?}", found.left);
    assert!(found.changes.iter().all(|one| one.kind != Kind::OwnPackage));
}

#[test]
fn a_folder_that_another_script_uses_stays() {
    let mut design = sample("guide");
    let kind = StepKind::Octopus("Octopus.Script");
    design = steps::add(&design, &OWNER, kind, "Look", Place::Step(2), "new-look")
        .apply(&design)
        .expect("added");
    let id = design.project.process.steps.nth(2).expect("a step").id.clone();
    design.project.process.steps.update(&id, |step| {
        step.actions.first_mut().properties.set_text(keys::SCRIPT_BODY, "ls /tmp/pulumi-app");
    });
    let found = look(&design);
    let told = ids(&found.changes);
    assert!(told.contains(&"own-package:up".to_owned()));
    assert!(told.iter().all(|id| !id.ends_with(":extract")), "{told:?}");
    assert!(found.left.iter().any(|one| one.step == "Extract the code package"));
}

#[test]
fn a_choice_brings_what_it_needs_and_takes_along_what_needs_it() {
    let changes = recognise(&sample("guide"));
    let chosen = with_needs(&changes, &["no-extract:extract".to_owned()]);
    assert_eq!(
        chosen,
        ["own-package:preview", "own-package:up", "no-override:override", "no-extract:extract"]
    );
    let left = without(&changes, &ids(&changes), "own-package:up");
    assert_eq!(
        left,
        [
            "own-package:preview",
            "agree:up",
            "only-changes:approve",
            "only-changes:up",
            "container:preview"
        ]
    );
    let design = sample("guide");
    let refused = apply(&design, &["container:up".to_owned()]).expect_err("it needs another");
    assert_eq!(refused.0, "The change “container:up” needs “own-package:up” as well.");
    let refused = apply(&design, &["container:down".to_owned()]).expect_err("there is none");
    assert!(refused.0.contains("container:down"));
}

#[test]
fn one_edit_makes_all_that_is_chosen() {
    let design = sample("guide");
    let chosen = without(&recognise(&design), &ids(&recognise(&design)), "agree:up");
    let edit = edit(chosen.clone());
    assert_eq!(edit.label, "Upgrade: 8 changes");
    let after = edit.apply(&design).expect("it is made");
    assert_eq!(after, apply(&design, &chosen).expect("the same"));
    let left = ids(&recognise(&after));
    assert_eq!(left, ["agree:up"], "what was refused can be had later");
}

#[test]
fn a_reviewer_reads_what_an_upgrade_changes() {
    let design = sample("guide");
    let comparison = compare::compare(&design, &all(&design));
    insta::assert_snapshot!(compare::markdown(&comparison.differences, "2019", "modern"));
}

#[test]
fn runbooks_are_upgraded_with_ids_of_their_own() {
    let mut design = sample("guide");
    let runbook = crate::model::RunbookId::parse("again").expect("an id");
    let mut made =
        crate::model::Runbook::new(runbook.clone(), Name::parse("Again").expect("a name"));
    made.process = design.project.process.clone();
    design.project.runbooks.push(made);
    let changes = recognise(&design);
    let own = changes.iter().find(|one| one.id == "own-package:again/up").expect("it");
    assert_eq!(own.step, "Again: Pulumi up");
    let only: Vec<_> = ids(&changes).into_iter().filter(|id| id.contains("again/")).collect();
    let after = apply(&design, &only).expect("they need nothing of the deployment");
    assert_eq!(after.project.process, design.project.process);
    assert_eq!(after.project.runbooks.get(&runbook).expect("it").process.steps.len(), 3);
}

fn design_of(which: u8) -> Design {
    match which % 3 {
        0 => sample("guide"),
        1 => as_on_a_server(),
        _ => {
            let mut design = as_on_a_server();
            let kind = StepKind::Community("run-pulumi-windows");
            design = steps::add(&design, &OWNER, kind, "", Place::Step(9), "new-w")
                .apply(&design)
                .expect("added");
            design
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(
        std::env::var("PROPTEST_CASES").ok().and_then(|many| many.parse().ok()).unwrap_or(64)
    ))]

    #[test]
    fn any_choice_with_its_needs_can_be_made(which in 0_u8..3, picks in any::<u64>()) {
        let design = design_of(which);
        let changes = recognise(&design);
        let picked: Vec<String> = changes
            .iter()
            .enumerate()
            .filter(|(at, _)| picks >> (at % 64) & 1 == 1)
            .map(|(_, one)| one.id.clone())
            .collect();
        let chosen = with_needs(&changes, &picked);
        let after = apply(&design, &chosen).map_err(|error| TestCaseError::fail(error.0))?;
        prop_assert_eq!(chosen.is_empty(), after == design, "each change changes something");
        // It is a design that can be kept.
        let text = design_file::write(&after);
        let again = design_file::read(&text);
        prop_assert!(again.findings.is_empty(), "{:?}", again.findings);
        prop_assert!(again.design.as_ref() == Some(&after));
        // Nothing that was taken is offered again, and the rest leads to the same.
        let left = recognise(&after);
        prop_assert!(left.iter().all(|one| !chosen.contains(&one.id)), "{:?}", ids(&left));
        let whole = apply(&after, &ids(&left)).map_err(|error| TestCaseError::fail(error.0))?;
        prop_assert_eq!(ids(&recognise(&whole)), Vec::<String>::new());
        // A folder of its own is another way than packages of their own.
        let is_other = chosen.iter().any(|id| id.starts_with("own-folder"));
        prop_assert!(is_other || whole == all(&design), "{:?}", chosen);
    }

    #[test]
    fn any_script_is_read_or_left_alone(body in "(rm -rf|cp -r|cd|[a-z=$(){}\"/ \\[\\]]|\n){0,60}") {
        let mut design = as_on_a_server();
        let id = design.project.process.steps.nth(0).expect("a step").id.clone();
        design.project.process.steps.update(&id, |step| {
            step.actions.first_mut().properties.set_text(keys::SCRIPT_BODY, &body);
        });
        apply(&design, &ids(&recognise(&design))).map_err(|error| TestCaseError::fail(error.0))?;
    }

    #[test]
    fn any_arguments_are_told_apart_or_left_alone(text in any::<String>()) {
        if let Some(words) = command_line::words(&text) {
            prop_assert!(words.iter().all(|word| word.len() <= text.len()));
            command_line::take(&words, &mut crate::model::process::RunStep::default());
        }
    }
}

#[test]
fn arguments_are_taken_as_they_were_meant() {
    use crate::model::process::RunStep;
    let take = |text: &str| {
        let mut run = RunStep::default();
        let words = command_line::words(text).expect("words");
        command_line::take(&words, &mut run).map(|_| run)
    };
    let run = take("--yes --message \"a b\" --parallel=4 -r --target urn:x --diff=false -v 3");
    let run = run.expect("flags");
    assert_eq!((run.message.as_str(), run.parallel.as_str()), ("a b", "4"));
    assert!(run.refreshes && !run.shows_diff);
    assert_eq!(run.arguments, ["--target", "urn:x", "-v", "3"]);
    assert_eq!(take("#{Flags}"), None, "it could be several words");
    assert_eq!(take("up"), None);
    assert_eq!(command_line::words("--message 'open"), None);
    assert_eq!(
        command_line::words("--message #{A | Replace \"a b\" c} x").expect("words"),
        ["--message", "#{A | Replace \"a b\" c}", "x"]
    );
}

/// A choice that once asked for the update's own step without naming it.
#[test]
fn what_is_skipped_needs_the_update_that_it_is_skipped_for() {
    let design = as_on_a_server();
    let changes = recognise(&design);
    for picked in ["only-changes:approve", "only-changes:action-up"] {
        let chosen = with_needs(&changes, &[picked.to_owned()]);
        assert!(chosen.contains(&"own-step:action-up".to_owned()), "{chosen:?}");
        apply(&design, &chosen).expect("it can be made");
    }
}
