//! What the pages of processes show.

use std::sync::Arc;

use super::*;
use crate::catalog::{Kind, PALETTE};
use crate::edit::steps::Spot;
use crate::format::design_file;

const OWNER: ProcessOwner = ProcessOwner::Deployment;

fn sample(name: &str) -> Design {
    let file = format!("{}/public/samples/{name}.pulpo.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).expect("the sample is there");
    design_file::read(&text).design.expect("the sample is read")
}

#[test]
fn a_card_tells_what_runs_where_and_what_waits_for_whom() {
    let rows = pipeline(&sample("aws-fargate"), &OWNER);
    let names: Vec<_> = rows.iter().map(|row| row.card.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Extract the code package",
            "Write config override",
            "Pulumi preview",
            "Approve",
            "Pulumi up"
        ]
    );
    let approve = &rows[3];
    assert!(approve.card.is_gate);
    assert_eq!(approve.card.runs_in, [false, false, true]);
    assert_eq!(approve.gates, "Below waits for Release managers in Production");
    assert_eq!(
        rows[4].card.summary,
        "Pulumi up. In every environment. Runs once on a worker: Pulumi workers. Waits for Approve \
         and all steps before."
    );
}

#[test]
fn many_environments_are_counted_not_listed() {
    let rows = pipeline(&crate::generate::large(crate::generate::Size::LARGE), &OWNER);
    assert_eq!(rows[1].gates, "Below waits for anyone who may deploy in 25 of 100 environments");
    assert!(rows[1].card.summary.contains("Only in 25 of 100 environments."), "{rows:?}");
}

#[test]
fn parallel_steps_stand_under_one_bracket() {
    let mut design = sample("aws-fargate");
    for id in ["override", "preview"] {
        let edit = steps::set(&design, &OWNER, id, "start", "StartWithPrevious", "new-1");
        design = edit.apply(&design).expect("the edit is made");
    }
    let words: Vec<_> = pipeline(&design, &OWNER).iter().map(|row| row.parallel).collect();
    assert_eq!(words, ["first", "middle", "last", "", ""]);
}

#[test]
fn rows_that_are_kept_are_those_made_anew_whatever_is_edited() {
    let mut design = crate::generate::large(crate::generate::Size::LARGE);
    let mut kept = Pipeline::default();
    let mut before = kept.rows(&design, &OWNER);
    let count = before.len();
    let ids: Vec<String> = before.iter().map(|row| row.id.clone()).collect();
    let mut look = |design: &Design, word: &str, least: usize| {
        let rows = kept.rows(design, &OWNER);
        assert_eq!(rows, pipeline(design, &OWNER), "after {word}");
        let same = rows.iter().filter(|row| before.iter().any(|one| Arc::ptr_eq(one, row))).count();
        assert!(same >= least, "after {word} {same} of {count} rows are the same");
        before = rows;
    };
    let edit = steps::move_to(&design, &OWNER, &ids[120], Spot::Step(122), "new-1");
    design = edit.apply(&design).expect("the step is moved");
    look(&design, "a move", count - 3);
    let edit = steps::set(&design, &OWNER, &ids[7], "start", "StartWithPrevious", "new-2");
    design = edit.apply(&design).expect("the step starts with the one before");
    look(&design, "another start", count - 4);
    let edit = steps::delete(&design, &OWNER, &ids[190]);
    design = edit.apply(&design).expect("the step is deleted");
    look(&design, "a deletion", 189);
    let edit = crate::edit::Edit::new("Rename", |design| {
        let names: Vec<_> = design.space.worker_pools.iter().map(|pool| pool.id.clone()).collect();
        for id in names {
            design.space.worker_pools.update(&id, |pool| {
                pool.name = crate::model::Name::parse("Another").expect("a name");
            });
        }
        Ok(())
    });
    design = edit.apply(&design).expect("the pools are renamed");
    look(&design, "renamed pools", 0);
}

#[test]
fn every_field_of_every_form_can_be_set_to_what_it_holds() {
    for kind in PALETTE {
        let mut design = sample("aws-fargate-modern");
        let edit = steps::add(&design, &OWNER, kind.kind, kind.label, Spot::Step(1), "new-1");
        design = edit.apply(&design).expect("the step is added");
        let form = form(&design, &OWNER, "step-1").expect("a form");
        let is_octopus = matches!(kind.kind, Kind::Octopus(_) | Kind::Community(_));
        assert_eq!(form.is_pulumi, !is_octopus, "{}", kind.id);
        let fields = form.sections.iter().flat_map(|section| &section.fields);
        for field in fields {
            let is_verb = matches!(
                field.control,
                Control::Part | Control::Button | Control::Adder | Control::Note | Control::Script
            ) || field.key == "package-add";
            if is_verb {
                continue;
            }
            let edit = steps::set(&design, &OWNER, "step-1", &field.key, &field.value, "new-2");
            let after = edit.apply(&design);
            assert!(after.is_ok(), "{}: {} says {after:?}", kind.id, field.key);
            let again = super::form(&after.expect("made"), &OWNER, "step-1").expect("a form");
            let same = again
                .sections
                .iter()
                .flat_map(|section| &section.fields)
                .find(|one| one.key == field.key)
                .map(|one| one.value.clone());
            assert_eq!(same.as_deref(), Some(field.value.as_str()), "{}: {}", kind.id, field.key);
        }
    }
}

#[test]
fn forms_hide_no_property() {
    let design = sample("azure");
    for (step, action) in design.project.process.actions() {
        let address = format!("{}/{}", step.id, action.id);
        let form = form(&design, &OWNER, &address).expect("a form");
        let keys: Vec<&str> = form
            .sections
            .iter()
            .flat_map(|section| section.fields.iter().map(|field| field.key.as_str()))
            .collect();
        for (key, _) in action.properties.iter() {
            let is_shown =
                keys.iter().any(|shown| shown.ends_with(key)) || key == keys::ACTION_CONDITION;
            assert!(is_shown, "{}: {key}", action.name);
        }
    }
}

#[test]
fn pulpos_own_scripts_are_shown_and_turned_into_script_steps() {
    let design = sample("aws-fargate-modern");
    let shown = script(&design, &OWNER, "up").expect("a script");
    assert_eq!(shown.key, "");
    assert!(shown.text.contains("pulumi"));
    let edit = detach(&design, &OWNER, "up").expect("an edit");
    let after = edit.apply(&design).expect("it is made");
    let own = script(&after, &OWNER, "up").expect("a script");
    assert_eq!((own.key, own.text), (keys::SCRIPT_BODY, shown.text));
    assert!(detach(&after, &OWNER, "up").is_none());
}

#[test]
fn the_palette_is_found_by_words() {
    assert_eq!(palette("").len(), PALETTE.len());
    assert_eq!(palette("pulumi UP")[0].id, "pulumi-up");
    assert_eq!(palette("approv")[0].id, "manual");
    assert_eq!(
        palette("helm").iter().map(|row| row.id).collect::<Vec<_>>(),
        ["Octopus.HelmChartUpgrade"]
    );
}

#[test]
fn a_place_of_the_runbook_page_names_runbook_and_step() {
    let design = sample("aws-fargate-modern");
    let check = |selected: &str| {
        place(&design, selected).map(|place| format!("{} {}", place.runbook, place.address))
    };
    assert_eq!(check("").as_deref(), Some("drift "));
    assert_eq!(check("destroy").as_deref(), Some("destroy "));
    assert_eq!(check("drift/report").as_deref(), Some("drift report"));
    assert_eq!(check("report").as_deref(), Some("drift report"));
    assert_eq!(check("nothing").as_deref(), Some("drift "));
}

#[test]
fn a_community_step_is_a_form_of_its_parameters() {
    let mut design = sample("aws-fargate");
    let kind = Kind::Community("run-pulumi-linux");
    let edit = steps::add(&design, &OWNER, kind, "", Spot::Step(5), "new-1");
    design = edit.apply(&design).expect("the step is added");
    let shown = form(&design, &OWNER, "step-1").expect("a form");
    assert_eq!(shown.kind, "Run Pulumi (Linux), step template");
    let part = shown.sections.iter().find(|one| one.title == "Template parameters");
    let fields: Vec<_> = part
        .expect("the parameters")
        .fields
        .iter()
        .filter(|field| field.control != Control::Note)
        .map(|field| (field.label.as_str(), field.value.as_str()))
        .collect();
    assert_eq!(
        fields,
        [
            ("Stack Name", "#{Pulumi.Stack}"),
            ("Create Stack", ""),
            ("Command", "up"),
            ("Command Args", "--yes"),
            ("Pulumi Access Token", "#{PULUMI_ACCESS_TOKEN}"),
            ("Pulumi Working Directory", "/tmp/pulumi-app"),
            ("Restore Dependencies", "True"),
        ]
    );
    assert!(script(&design, &OWNER, "step-1").is_none(), "the script is the template's");
    // A second one uses the same template.
    let kind = Kind::Community("run-pulumi-linux");
    let edit = steps::add(&design, &OWNER, kind, "", Spot::Step(0), "new-2");
    design = edit.apply(&design).expect("the step is added");
    assert_eq!(design.space.step_templates.len(), 1);
    let set = |key: &str, text: &str| {
        steps::set(&design, &OWNER, "step-1", &format!("parameter:{key}"), text, "new-3")
            .apply(&design)
    };
    assert!(set("Pulumi.AccessToken", "pul-0123").is_err(), "no secret comes into a design");
    let after = set("Pulumi.Restore", "False").expect("it is set");
    let step = after.project.process.steps.nth(6).expect("the step");
    assert_eq!(step.actions.first().properties.text("Pulumi.Restore"), "False");
}
