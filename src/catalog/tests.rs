use std::collections::HashSet;

use super::*;
use crate::model::process::keys;
use crate::model::{ActionId, Name, Properties};

fn made(kind: Kind) -> crate::model::Action {
    let id = ActionId::parse("a").expect("an id");
    new_action(kind, id, Name::parse("A step").expect("a name"))
}

#[test]
fn ids_and_keys_are_unique_and_defaults_can_be_chosen() {
    let mut types = HashSet::new();
    for info in ACTION_TYPES {
        assert!(types.insert(info.id), "{} stands twice", info.id);
        let mut keys = HashSet::new();
        for property in info.properties() {
            assert!(keys.insert(property.key), "{}: {} stands twice", info.id, property.key);
            assert!(!property.label.is_empty(), "{} has no label", property.key);
            match property.control {
                Control::Select(options) if !property.default.is_empty() => assert!(
                    options.iter().any(|(value, _)| *value == property.default),
                    "{}: its default is no option",
                    property.key
                ),
                Control::Checkbox => {
                    assert!(matches!(property.default, "" | "True" | "False"), "{}", property.key);
                }
                _ => {}
            }
            if let When::Is(other, _) = property.when {
                assert!(info.property(other).is_some(), "{}: no {other}", property.key);
            }
        }
        for key in info.one_of {
            assert!(info.property(key).is_some(), "{}: no {key}", info.id);
        }
    }
    for (id, _) in OTHER_TYPES {
        assert!(types.insert(id), "{id} stands twice");
    }
}

#[test]
fn every_kind_makes_an_action_that_is_recognised_again() {
    let mut ids = HashSet::new();
    for kind in &PALETTE {
        assert!(ids.insert(kind.id), "{} stands twice", kind.id);
        assert_eq!(step_kind(kind.id), Some(kind));
        let action = made(kind.kind);
        assert_eq!(kind_of(&action).map(|one| one.id), Some(kind.id));
        if let Kind::Octopus(id) = kind.kind {
            assert_eq!(action.octopus_type(), Some(id));
            assert!(action_type(id).is_some(), "{id} has no table");
        }
    }
}

#[test]
fn a_new_script_has_what_octopus_needs() {
    let action = made(Kind::Octopus("Octopus.Script"));
    let properties = &action.properties;
    assert_eq!(properties.text(keys::RUN_ON_SERVER), "true");
    assert_eq!(properties.text(keys::BUNDLED_TOOLING), "False");
    assert_eq!(properties.text(keys::SCRIPT_SOURCE), "Inline");
    assert_eq!(properties.text(keys::SCRIPT_SYNTAX), "Bash");
    assert!(properties.get(keys::SCRIPT_FILE).is_none());
    let info = action_type("octopus.script").expect("known, in any case");
    assert_eq!(info.missing(properties).count(), 0);
}

#[track_caller]
fn missing(type_id: &str, properties: Properties, expected: &[&str]) {
    let info = action_type(type_id).expect("known");
    let found: Vec<_> = info.missing(&properties).map(|property| property.key).collect();
    assert_eq!(found, expected, "{type_id}");
}

#[test]
fn only_what_is_shown_is_required() {
    missing("Octopus.Manual", Properties::default(), &[keys::MANUAL_INSTRUCTIONS]);
    missing("Octopus.Script", Properties::default(), &[keys::SCRIPT_BODY]);
    let packaged = Properties::default().with(keys::SCRIPT_SOURCE, "package");
    missing("Octopus.Script", packaged, &[keys::SCRIPT_FILE]);
    let inline = Properties::default().with(keys::SCRIPT_BODY, "true");
    missing("Octopus.AwsRunScript", inline.clone(), &[keys::AWS_ACCOUNT, keys::AWS_REGION]);
    let instance = inline.with(keys::AWS_INSTANCE_ROLE, "True").with(keys::AWS_REGION, "eu-west-1");
    missing("Octopus.AwsRunScript", instance, &[]);
    let installs =
        Properties::default().with(keys::ENABLED_FEATURES, ",Octopus.Features.CustomDirectory");
    missing(
        "Octopus.TentaclePackage",
        installs,
        &["Octopus.Action.Package.CustomInstallationDirectory"],
    );
}

#[test]
fn references_are_known_by_key_alone() {
    assert_eq!(refers(keys::MANUAL_TEAMS), Refers::Teams);
    assert_eq!(refers("octopus.action.azure.accountid"), Refers::Account);
    assert_eq!(refers(keys::AWS_ACCOUNT), Refers::Variable("AmazonWebServicesAccount"));
    assert_eq!(refers(keys::RELEASE_PROJECT), Refers::Project);
    assert_eq!(refers(keys::PACKAGE_FEED), Refers::Feed);
    assert_eq!(refers(keys::TEMPLATE_ID), Refers::StepTemplate);
    assert_eq!(refers("Mine"), Refers::Nothing);
}

#[test]
fn types_without_a_table_have_a_name() {
    assert_eq!(type_name("Octopus.Manual"), "Manual Intervention Required");
    assert_eq!(type_name("Octopus.HelmChartUpgrade"), "Deploy a Helm Chart");
    assert_eq!(type_name("Acme.Own"), "Acme.Own");
}
