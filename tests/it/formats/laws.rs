//! Laws that hold for anything.

use proptest::prelude::*;
use pulpo::format::octopus_json as json;
use pulpo::model::Design;
use serde_json::{Value, json as value};

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0_u32..9).prop_map(Value::from),
        "[a-zA-Z#{} ,/-]{0,8}".prop_map(Value::from),
        Just(value!({ "HasValue": true, "NewValue": "top-secret" })),
    ];
    // Octopus's own words, so that readers get far.
    let key = prop_oneof![
        prop::sample::select(vec![
            "Id",
            "Name",
            "Steps",
            "Actions",
            "ActionType",
            "Properties",
            "Packages",
            "Slug",
            "Variables",
            "Version",
            "OwnerId",
            "Scope",
            "Environment",
            "Type",
            "Value",
            "Prompt",
            "DisplaySettings",
            "Octopus.ControlType",
            "Parameters",
            "Environments",
            "Container",
            "FeedId",
            "Condition",
            "Items",
            "ScopeValues",
            "Octopus.Action.TargetRoles",
            "Phases",
            "Octopus.Action.Template.Id",
            "WorkerPoolId",
            "RunbookId",
            "IsSensitive",
            "Templates",
            "SensitiveProperties",
            "AccountType",
            "Links",
            "$Meta",
            "DefaultValue",
            "Channels",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z]{1,4}",
    ];
    leaf.prop_recursive(6, 80, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        let fragment = json::read(&text);
        prop_assert!(fragment.is_read() || fragment.has_errors());
    }

    #[test]
    fn any_json_is_read_without_its_secrets(read in any_json()) {
        let fragment = json::read_value(read);
        let written = pulpo::format::design_file::write(&fragment.design);
        prop_assert!(!written.contains("top-secret"));
        let again = pulpo::format::design_file::read(&written);
        prop_assert_eq!(again.design, Some(fragment.design), "{:#?}", again.findings);
    }

    /// Whatever is taken for a step template comes out as it went in, but for
    /// secrets and for what is no object where one must be.
    #[test]
    fn any_step_template_comes_out_as_it_went_in(mut read in any_json()) {
        let Some(map) = read.as_object_mut() else { return Ok(()) };
        map.insert("Name".into(), "t".into());
        map.insert("ActionType".into(), "Octopus.Script".into());
        map.insert("$Meta".into(), value!({ "Type": "ActionTemplate" }));
        for key in ["Steps", "Actions", "Variables", "Items", "Parameters"] {
            map.remove(key);
        }
        let text = read.to_string();
        if text.contains("top-secret") || text.contains("IsSensitive") || text.contains("Sensitive") {
            return Ok(());
        }
        let fragment = json::read_value(read.clone());
        let template = fragment.design.space.step_templates.nth(0).expect("a template").clone();
        let meta = json::TemplateMeta::default();
        let written = json::step_template(&fragment.design, &template, meta).value;
        prop_assert_eq!(written, read);
    }

    /// The process of a design that was read once is the same when written and
    /// read again.
    #[test]
    fn a_process_survives(read in any_json()) {
        let read = value!({ "Version": 3, "Steps": [{ "Name": "s", "Actions": [
            { "Name": "a", "ActionType": "Octopus.Script", "Properties": read.clone(),
              "Packages": [read.clone()], "Container": read.clone() }] }] });
        let once = json::read_value(read).design;
        let again = json::read_value(json::deployment_process(&once).value).design;
        prop_assert_eq!(steps(&again), steps(&once));
    }
}

fn steps(design: &Design) -> Value {
    json::deployment_process(design).value
}

/// What Pulpo's own samples export is read back as the same process and the
/// same variables, but for what an export can't carry: colours and notes of the
/// design, and whether a secret is set where the server does not know the value.
#[test]
fn exports_of_the_samples_are_read_back() {
    let mut count = 0;
    for name in ["aws-fargate", "aws-fargate-modern", "azure"] {
        let path = format!("{}/public/samples/{name}.pulpo.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a sample");
        let design = pulpo::format::design_file::read(&text).design.expect("sound");
        let (lowered, _) = pulpo::export::lower_design(&design);
        let written = json::deployment_process(&lowered).value;
        let back = json::read_value(written.clone());
        assert_eq!(json::deployment_process(&back.design).value, written, "{name}");
        let written = json::project_variable_set(&lowered).value;
        let back = json::read_value(written.clone());
        assert_eq!(json::project_variable_set(&back.design).value, written, "{name}");
        for runbook in &lowered.project.runbooks {
            let written = json::runbook_process(&lowered, runbook).value;
            let back = json::read_value(written.clone()).design;
            let again = back.project.runbooks.nth(0).expect("a runbook");
            assert_eq!(json::runbook_process(&back, again).value, written, "{name}");
            count += 1;
        }
    }
    assert!(count > 0);
}
