//! Lowering: each of Pulpo's steps, under each backend and each cloud.

use pretty_assertions::assert_eq;
use pulpo::export::{
    Lowered, final_script, generated_variables, lower_action, lower_design, script_of,
};
use pulpo::model::process::{
    ConfigEntry, ConfigOverrideStep, ExtractStep, ExtractStyle, ProgramFolder, ProgramSource,
    PulumiOperation, RestoreKind, RunStep, TemplateUse, keys,
};
use pulpo::model::space::{LibrarySet, StepTemplate};
use pulpo::model::*;
use pulpo::record::{Bound, Extra};
use pulpo::script::{Recognised, ScriptKind, recognise};

use super::design::*;
use super::{codes, sound};

/// Lowers `step`, made the only step of `design`.
fn lower(design: &mut Design, step: PulumiStep) -> Lowered {
    let step = pulumi("it", "It", step);
    design.project.process.steps.push(step.clone());
    lower_action(design, &step, step.actions.first())
}

fn folder() -> ProgramSource {
    ProgramSource::Folder(ProgramFolder { path: "/srv/app".to_owned(), extra: Extra::default() })
}

fn config(is_secret: bool) -> PulumiStep {
    let mut entry = ConfigEntry::new("app:password", "#{Db.Password}");
    entry.is_secret = is_secret;
    PulumiStep::ConfigOverride(ConfigOverrideStep {
        source: folder(),
        entries: vec![entry],
        ..ConfigOverrideStep::default()
    })
}

fn every_step() -> Vec<(ScriptKind, PulumiStep)> {
    let extract = |style| PulumiStep::Extract(ExtractStep { style, ..ExtractStep::default() });
    vec![
        (ScriptKind::ExtractHardened, extract(ExtractStyle::Hardened)),
        (ScriptKind::ExtractGuide, extract(ExtractStyle::Guide)),
        (ScriptKind::ConfigOverride, config(false)),
        (ScriptKind::ConfigSecrets, config(true)),
        (ScriptKind::Preview, PulumiStep::run(PulumiOperation::Preview)),
        (ScriptKind::Up, PulumiStep::run(PulumiOperation::Up)),
        (ScriptKind::Refresh, PulumiStep::run(PulumiOperation::Refresh)),
        (ScriptKind::Destroy, PulumiStep::run(PulumiOperation::Destroy)),
    ]
}

#[test]
fn every_step_under_every_backend_and_cloud() {
    let clouds = [
        CloudCredentials::Ambient,
        CloudCredentials::Aws(account("AWS", "eu-west-1")),
        CloudCredentials::Azure(account("Azure", "")),
        CloudCredentials::Google(account("Google", "")),
    ];
    for (kind, step) in every_step() {
        for backend in [cloud(), oidc(), self_managed()] {
            for credentials in &clouds {
                let mut design = bare();
                design.pulumi.backend = backend.clone();
                design.pulumi.credentials = credentials.clone();
                let lowered = lower(&mut design, step.clone());
                check(kind, &design, &lowered);
            }
        }
    }
}

#[track_caller]
fn check(kind: ScriptKind, design: &Design, lowered: &Lowered) {
    let case = format!("{kind:?} {:?} {:?}", design.pulumi.backend, design.pulumi.credentials);
    sound(&lowered.findings);
    let body = lowered.properties.text(keys::SCRIPT_BODY);
    let Some(Recognised::Step(script)) = recognise(body) else { panic!("{case}: {body}") };
    assert_eq!(script.kind(), kind, "{case}");
    assert!(!body.contains("#{"), "{case}: Octostache would change the script");
    assert_eq!(lowered.properties.text(keys::RUN_ON_SERVER), "true", "{case}");
    assert_eq!(lowered.properties.text(keys::SCRIPT_SYNTAX), "Bash", "{case}");
    let reaches = !matches!(
        kind,
        ScriptKind::ExtractGuide | ScriptKind::ExtractHardened | ScriptKind::ConfigOverride
    );
    let is_aws = matches!(design.pulumi.credentials, CloudCredentials::Aws(_)) && reaches;
    let expected = if is_aws { "Octopus.AwsRunScript" } else { "Octopus.Script" };
    assert_eq!(lowered.action_type, expected, "{case}");
    assert_eq!(lowered.properties.text(keys::AWS_ACCOUNT), if is_aws { "AWS" } else { "" });
    assert_eq!(lowered.properties.text(keys::AWS_REGION), if is_aws { "eu-west-1" } else { "" });
    assert!(!body.contains("aws_account='AWS'"), "{case}: AWS comes from the step's type");
    let azure = matches!(design.pulumi.credentials, CloudCredentials::Azure(_)) && reaches;
    assert_eq!(
        body.contains("azure_account=Azure") || body.contains("azure_account='Azure'"),
        azure,
        "{case}"
    );
    // The folder of the config steps is on the worker, so they need no package.
    let needs_package = !matches!(kind, ScriptKind::ConfigOverride | ScriptKind::ConfigSecrets);
    let names: Vec<_> = lowered.packages.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, if needs_package { vec!["pulumi-app"] } else { vec![] }, "{case}");
    assert!(lowered.packages.iter().all(PackageReference::is_extracted), "{case}");
    if reaches && matches!(design.pulumi.backend, Backend::Cloud(_)) {
        assert!(body.contains("get_octopusvariable \"PULUMI_ACCESS_TOKEN\""), "{case}: {body}");
    }
}

#[test]
fn a_reference_of_the_step_is_not_doubled() {
    let mut design = bare();
    let mut step = pulumi("it", "It", PulumiStep::run(PulumiOperation::Preview));
    let key = PackageKey::parse("app").expect("a key");
    step.actions.first_mut().packages.push(PackageReference::extracted("pulumi-app", key));
    let lowered = lower_action(&design, &step, step.actions.first());
    assert_eq!(lowered.packages, step.actions.first().packages);
    sound(&lowered.findings);

    let reference = &mut step.actions.first_mut().packages[0];
    reference.properties.set_text(PackageReference::EXTRACT, "False");
    let lowered = lower_action(&design, &step, step.actions.first());
    assert_eq!(codes(&lowered.findings), ["export/not-extracted"]);

    design.pulumi.package = None;
    step.actions.first_mut().packages.clear();
    let lowered = lower_action(&design, &step, step.actions.first());
    assert_eq!(codes(&lowered.findings), ["export/no-package"]);
}

#[test]
fn only_the_guides_style_has_a_fixed_folder() {
    let extract = |style| {
        let target = "/srv/guide".to_owned();
        PulumiStep::Extract(ExtractStep { style, target, ..ExtractStep::default() })
    };
    for (style, is_there) in [(ExtractStyle::Guide, true), (ExtractStyle::Hardened, false)] {
        let lowered = lower(&mut bare(), extract(style));
        let body = lowered.properties.text(keys::SCRIPT_BODY);
        assert_eq!(body.contains("/srv/guide"), is_there, "{style:?}");
    }
}

#[test]
fn the_reference_is_named_after_the_package_unless_the_design_says_otherwise() {
    let mut design = bare();
    design.pulumi.reference = String::new();
    let lowered = lower(&mut design, PulumiStep::run(PulumiOperation::Up));
    assert_eq!(lowered.packages[0].name, "Acme.Infra");
    let body = lowered.properties.text(keys::SCRIPT_BODY);
    assert!(body.contains("Octopus.Action.Package[Acme.Infra].ExtractedPath"));
}

#[track_caller]
fn said(step: PulumiStep, expected: &[&str]) -> Lowered {
    let lowered = lower(&mut bare(), step);
    assert_eq!(codes(&lowered.findings), expected);
    lowered
}

#[test]
fn what_a_script_cannot_do_is_said() {
    let base = || run(PulumiOperation::Up);
    said(
        PulumiStep::Run(RunStep { stack: "o/p/#{Env".to_owned(), ..base() }),
        &["export/expression-not-read"],
    );
    said(
        PulumiStep::Run(RunStep { parallel: "many".to_owned(), ..base() }),
        &["export/bad-number"],
    );
    let mut restores = base();
    restores.restore.kind = RestoreKind::Command;
    restores.restore.command = "npm ci --token #{Npm}".to_owned();
    said(PulumiStep::Run(restores), &["export/expression-not-read"]);
    said(
        PulumiStep::Run(RunStep { verifies: Some(action_id("gone")), ..base() }),
        &["export/no-preview"],
    );
    let mut secret = ConfigEntry::new("app:password", "x#{Db.Password}");
    secret.is_secret = true;
    let lowered = said(
        PulumiStep::ConfigOverride(ConfigOverrideStep {
            source: folder(),
            entries: vec![secret],
            ..ConfigOverrideStep::default()
        }),
        &["export/secret-not-a-variable"],
    );
    assert!(!lowered.properties.text(keys::SCRIPT_BODY).contains("Db.Password"));
    said(
        PulumiStep::ConfigOverride(ConfigOverrideStep::default()),
        &["export/config-file-not-kept"],
    );
    let mut design = bare();
    design.pulumi.credentials = CloudCredentials::Aws(account("AWS", ""));
    let lowered = lower(&mut design, PulumiStep::run(PulumiOperation::Up));
    assert_eq!(codes(&lowered.findings), ["export/no-region"]);
}

#[test]
fn an_up_asks_for_the_digest_of_the_preview_it_names() {
    let design = guide();
    let (step, action) = design
        .project
        .process
        .actions()
        .find(|(_, action)| action.id.as_str() == "up")
        .expect("there is one");
    let body = final_script(&design, step, action).expect("it has a script");
    assert!(body.contains("Octopus.Action[Pulumi preview].Output.Digest"), "{body}");
    assert_eq!(script_of(&design, action).map(|script| script.kind()), Some(ScriptKind::Up));
}

#[test]
fn scripts_read_variables_in_the_case_that_the_design_declares() {
    let mut design = bare();
    design.project.variables.push(variable(
        "s",
        "pulumi.STACK",
        &[(VariableContent::text("a/b/c"), Scope::default())],
    ));
    let lowered = lower(&mut design, PulumiStep::run(PulumiOperation::Up));
    let body = lowered.properties.text(keys::SCRIPT_BODY);
    assert!(body.contains("get_octopusvariable \"pulumi.STACK\""), "{body}");
}

#[test]
fn a_destroy_may_only_happen_where_nothing_is_protected() {
    let lowered = lower(&mut bare(), PulumiStep::run(PulumiOperation::Destroy));
    let body = lowered.properties.text(keys::SCRIPT_BODY);
    let start = body.find("allowed_environments=").expect("a setting");
    let allowed = body[start..].split(')').next().expect("its end");
    assert!(allowed.contains("Development") && allowed.contains("Staging"), "{allowed}");
    assert!(!allowed.contains("Production"), "{allowed}");

    let mut design = bare();
    let mut step = pulumi("it", "It", PulumiStep::run(PulumiOperation::Destroy));
    step.actions.first_mut().environments = vec![environment_id("prod")];
    design.project.process.steps.push(step.clone());
    let lowered = lower_action(&design, &step, step.actions.first());
    assert_eq!(codes(&lowered.findings), ["export/destroys-nothing"]);
}

#[test]
fn own_properties_are_kept_but_never_the_script() {
    let mut design = bare();
    let mut step = pulumi("it", "It", PulumiStep::run(PulumiOperation::Up));
    let own = &mut step.actions.first_mut().properties;
    own.set_text(keys::TIMEOUT, "60");
    own.set_text(keys::SCRIPT_BODY, "echo mine");
    own.set_text(keys::RUN_ON_SERVER, "false");
    design.project.process.steps.push(step.clone());
    let lowered = lower_action(&design, &step, step.actions.first());
    assert_eq!(lowered.properties.text(keys::TIMEOUT), "60");
    assert_eq!(lowered.properties.text(keys::RUN_ON_SERVER), "true");
    assert!(!lowered.properties.text(keys::SCRIPT_BODY).contains("echo mine"));
}

#[test]
fn a_primary_package_stands_in_the_properties_too() {
    let design = bare();
    let mut action = octopus("it", "It", "Octopus.TentaclePackage");
    let key = PackageKey::parse("app").expect("a key");
    action.packages.push(PackageReference::extracted("", key));
    let step = single("it", action);
    let lowered = lower_action(&design, &step, step.actions.first());
    assert_eq!(lowered.properties.text(keys::PACKAGE_ID), "Acme.Infra");
    assert_eq!(lowered.properties.text(keys::PACKAGE_FEED), "built-in");
    assert_eq!(lowered.properties.text(keys::PACKAGE_ON_TARGET), "False");
    assert_eq!(codes(&lowered.findings), ["export/no-target-tags"]);
}

#[test]
fn an_action_of_a_template_has_a_copy_of_it() {
    let mut design = bare();
    let id = StepTemplateId::parse("t").expect("an id");
    design.space.step_templates.push(StepTemplate {
        id: id.clone(),
        name: name("Run it"),
        description: String::new(),
        action_type: ActionType::parse("Octopus.Script").expect("a type"),
        version: 3,
        parameters: Vec::new(),
        properties: Properties::default()
            .with(keys::SCRIPT_BODY, "echo template")
            .with(keys::RUN_ON_SERVER, "false"),
        packages: Vec::new(),
        community_id: String::new(),
        octopus_id: "ActionTemplates-7".to_owned(),
        extra: Extra::default(),
    });
    let action_type = ActionType::parse("Octopus.Script").expect("a type");
    let mut action = Action::octopus(action_id("it"), name("It"), action_type);
    action.properties.set_text(keys::RUN_ON_SERVER, "true");
    action.properties.set_text("Run.What", "all");
    action.template =
        Some(TemplateUse { template: id, version: "3".to_owned(), extra: Extra::default() });
    let step = single("it", action);
    let properties = lower_action(&design, &step, step.actions.first()).properties;
    assert_eq!(properties.text(keys::SCRIPT_BODY), "echo template");
    assert_eq!(properties.text(keys::RUN_ON_SERVER), "true", "the step's own wins");
    assert_eq!(properties.text("Run.What"), "all");
    assert_eq!(properties.text(keys::TEMPLATE_ID), "t", "formats map it");
    assert_eq!(properties.text(keys::TEMPLATE_VERSION), "3");
}

#[test]
fn the_stack_of_each_environment_becomes_a_variable() {
    let mut design = bare();
    design.pulumi.set_stack(&environment_id("staging"), None);
    design.project.process.steps.push(pulumi("up", "Up", PulumiStep::run(PulumiOperation::Up)));
    let made = generated_variables(&design);
    let names: Vec<_> = made.variables.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Pulumi.Stack", "PULUMI_ACCESS_TOKEN"]);
    let stacks: Vec<_> = made.variables[0]
        .values
        .iter()
        .map(|value| (value.scope.environments.clone(), value.content.clone()))
        .collect();
    let of = |id: &str| {
        let stack = format!("my-org/web/{id}");
        (vec![environment_id(id)], VariableContent::text(stack))
    };
    assert_eq!(stacks, [of("dev"), of("prod")]);
    let VariableContent::Sensitive(token) = &made.variables[1].values.nth(0).expect("one").content
    else {
        panic!("the token is a secret")
    };
    assert!(!token.is_set);

    // What the project or an included set has is not made again, in any case.
    let mut set = LibrarySet::new(LibrarySetId::parse("l").expect("an id"), name("L"));
    set.variables.push(variable("t", "pulumi_access_token", &[(secret(), Scope::default())]));
    design.space.library_sets.push(set);
    design.project.included_sets.push(LibrarySetId::parse("l").expect("an id"));
    design.project.variables.push(variable("s", "PULUMI.stack", &[]));
    assert_eq!(generated_variables(&design).variables, []);
}

#[test]
fn what_bash_cannot_read_becomes_a_variable_that_octopus_fills_in() {
    let mut design = bare();
    let step = RunStep {
        stack: "o/p/#{Env | ToLower}".to_owned(),
        arguments: ["#{if A}-a#{/if}", "#{if B}-b#{/if}", "#{if A}-a#{/if}"]
            .map(str::to_owned)
            .to_vec(),
        ..run(PulumiOperation::Preview)
    };
    let lowered = lower(&mut design, PulumiStep::Run(step));
    sound(&lowered.findings);
    let body = lowered.properties.text(keys::SCRIPT_BODY);
    assert!(body.contains("get_octopusvariable \"Pulpo.it.Stack\""), "{body}");
    let other = RunStep { stack: "o/q/#{Env | ToUpper}".to_owned(), ..run(PulumiOperation::Up) };
    let mut runbook = Runbook::new(RunbookId::parse("r").expect("an id"), name("Other way"));
    let mut other = pulumi("other", "It", PulumiStep::Run(other));
    other.actions.first_mut().id = action_id("other");
    runbook.process.steps.push(other);
    design.project.runbooks.push(runbook);
    let (design, _) = lower_design(&design);
    let value = |name: &str| {
        let variable = design.project.variables.iter().find(|one| one.name.as_str() == name);
        variable.expect(name).values.nth(0).expect("one").content.clone()
    };
    assert_eq!(value("Pulpo.it.Stack"), VariableContent::text("o/p/#{Env | ToLower}"));
    assert_eq!(value("Pulpo.it.Arguments"), VariableContent::text("#{if A}-a#{/if}"));
    assert_eq!(value("Pulpo.it.Arguments2"), VariableContent::text("#{if B}-b#{/if}"));
    let theirs = VariableContent::text("o/q/#{Env | ToUpper}");
    assert_eq!(value("Pulpo.other-way.it.Stack"), theirs, "a step of the same name");
    assert_eq!(design.project.variables.len(), 6, "with the stack and the token");
}

#[test]
fn a_destroy_asks_for_the_name_in_its_own_process_only() {
    let mut design = bare();
    let mut runbook = Runbook::new(RunbookId::parse("down").expect("an id"), name("Down"));
    let destroy = PulumiStep::run(PulumiOperation::Destroy);
    runbook.process.steps.push(pulumi("destroy", "Destroy", destroy));
    design.project.runbooks.push(runbook);
    let made = generated_variables(&design);
    let confirm =
        made.variables.iter().find(|one| one.name.as_str() == "Pulumi.ConfirmStack").expect("it");
    let value = confirm.values.nth(0).expect("one");
    let owner = ProcessOwner::Runbook(RunbookId::parse("down").expect("an id"));
    assert_eq!(value.scope.processes, [owner]);
    assert!(value.prompt.as_ref().is_some_and(|prompt| prompt.required));
}

#[test]
fn a_design_without_steps_of_pulpos_is_left_alone() {
    let mut design = bare();
    for kind in ["Octopus.Manual", "Octopus.Script", "Octopus.Email", "Octopus.AwsRunScript"] {
        let id = kind.to_lowercase();
        design.project.process.steps.push(single(&id, octopus(&id, kind, kind)));
    }
    let (lowered, findings) = lower_design(&design);
    assert_eq!(lowered, design);
    assert_eq!(findings, []);
}

#[test]
fn a_lowered_design_has_steps_of_octopus_only_and_does_not_change_again() {
    let (lowered, findings) = lower_design(&guide());
    sound(&findings);
    let actions: Vec<_> = lowered.project.process.actions().collect();
    assert!(actions.iter().all(|(_, action)| action.pulumi_step().is_none()));
    let (again, findings) = lower_design(&lowered);
    assert_eq!(again, lowered);
    assert_eq!(findings, []);
}

#[test]
fn an_expression_may_choose_the_feed() {
    let mut design = bare();
    let key = PackageKey::parse("app").expect("a key");
    design.project.packages.update(&key, |package| {
        package.feed = Some(Bound::Expression("#{Feed}".to_owned()));
    });
    let mut action = octopus("it", "It", "Octopus.TransferPackage");
    action.packages.push(PackageReference::extracted("", key));
    let step = single("it", action);
    let lowered = lower_action(&design, &step, step.actions.first());
    assert_eq!(lowered.properties.text(keys::PACKAGE_FEED), "#{Feed}");
}
