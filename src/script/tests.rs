//! Round trips of whole scripts; `tests/it/scripts.rs` runs them.

use super::*;

fn settings() -> PulumiSettings {
    PulumiSettings {
        access: StackAccess {
            program: Program::Package {
                reference: "pulumi-app".to_owned(),
                folder: "infrastructure".into(),
            },
            stack: ScriptValue::from_text("my-org/web/#{Octopus.Environment.Name}")
                .unwrap_or_default(),
            ..StackAccess::default()
        },
        ..PulumiSettings::default()
    }
}

#[track_caller]
fn check(script: Script) {
    let text = script.text();
    assert!(!text.contains("#{"), "{text}");
    assert!(!text.contains('\r') && text.ends_with('\n'));
    assert_eq!(recognise(&text), Some(Recognised::Step(script)));
    let windows = text.replace('\n', "\r\n");
    assert!(recognise(windows.trim_end()).is_some());
    assert_eq!(
        recognise(&text.replace("\numask 077\n", "\numask 022\n")).is_some(),
        !text.contains("umask")
    );
    assert_eq!(recognise(&[&text, "echo more\n"].concat()), None);
}

#[test]
fn scripts_are_recognised() {
    check(Script::ExtractGuide(ExtractGuide::default()));
    check(Script::ExtractHardened(ExtractHardened::default()));
    check(Script::ConfigOverride(ConfigOverride {
        file: "/tmp/x/Pulumi.override.yaml".into(),
        entries: vec![
            ("app:a".to_owned(), "b=c".into()),
            ("app:empty".to_owned(), ScriptValue::default()),
            ("app:b".to_owned(), ScriptValue::variable("B")),
        ],
        secrets: None,
    }));
    check(Script::ConfigOverride(ConfigOverride {
        secrets: Some(ConfigSecrets {
            entries: vec![("app:password".to_owned(), "Db.Password".to_owned())],
            access: settings().access,
        }),
        ..ConfigOverride::default()
    }));
    check(Script::Preview(settings()));
    check(Script::Preview(PulumiSettings {
        access: StackAccess {
            program: Program::Folder("/tmp/pulumi-app".into()),
            stack: ScriptValue::variable("Pulumi.Stack"),
            backend: Backend::SelfManaged { url: "s3://state".into() },
            passphrase: Some("Pulumi.Passphrase".to_owned()),
            clouds: Clouds {
                aws_account: Some("Aws".to_owned()),
                aws_region: "eu-west-1".into(),
                azure_account: Some("Azure".to_owned()),
                google_account: Some("Google".to_owned()),
                google_project: "p".into(),
            },
            share_plugins: false,
        },
        create_stack: true,
        secrets_provider: "passphrase".into(),
        restore: Restore::Commands(vec!["npm ci".to_owned()]),
        config_file: "Pulumi.override.yaml".into(),
        message: PulumiSettings::default_message(),
        parallel: Some(4),
        diff: true,
        refresh: true,
        arguments: vec!["--target".into(), ScriptValue::variable("Target")],
        artifacts: true,
    }));
    let mut oidc = settings();
    oidc.access.backend = Backend::Oidc {
        account: "PulumiCloud".to_owned(),
        organization: "my-org".into(),
        url: ScriptValue::default(),
    };
    check(Script::Up(oidc, UpSettings::default()));
    check(Script::Up(
        settings(),
        UpSettings {
            expected_digest: Some(UpSettings::digest_of("Preview")),
            arguments: vec!["--continue-on-error".into()],
            outputs: PublishOutputs::All,
        },
    ));
    check(Script::Refresh(settings(), RefreshSettings { fail_on_drift: true }));
    check(Script::Destroy(settings(), DestroySettings::default()));

    // What drift check and destroy have no use for does not reach their text.
    let creating = PulumiSettings { create_stack: true, ..settings() };
    let destroy = DestroySettings::default();
    assert_eq!(pulumi_destroy(&creating, &destroy), pulumi_destroy(&settings(), &destroy));
}

#[test]
fn templates_are_recognised_and_read_their_own_parameters() {
    for kind in ScriptKind::ALL {
        for program in [TemplateProgram::Package, TemplateProgram::Folder] {
            for prefix in ["", "My.Own"] {
                let template = TemplateScript::new(kind, prefix, program);
                let text = template.text();
                assert!(!text.contains("#{"), "{text}");
                let mut names = Vec::new();
                for parameter in template.parameters() {
                    let start = [template.prefix(), "."].concat();
                    assert!(parameter.name.starts_with(&start), "{}", parameter.name);
                    assert!(!parameter.label.is_empty() && !parameter.help.is_empty());
                    let read = match parameter.control {
                        Control::Package => extracted_path(&parameter.name),
                        _ => parameter.name.clone(),
                    };
                    assert!(
                        text.contains(&quote::get(&read)[2..])
                            || text.contains(&quote::get(&read)[2..].replace(')', " |")),
                        "{read}"
                    );
                    let default =
                        parameter.options.iter().any(|(value, _)| *value == parameter.default);
                    assert_eq!(default, parameter.control == Control::Select, "{}", parameter.name);
                    names.push(parameter.name);
                }
                let count = names.len();
                names.sort();
                names.dedup();
                assert_eq!(names.len(), count, "a parameter stands twice");
                assert_eq!(recognise(&text), Some(Recognised::Template(template)));
            }
        }
    }
}

#[test]
fn other_texts_are_not_recognised() {
    for text in
        ["", "echo", "# Pulpo script: pulumi-up 2\n", "# Pulpo script: x 1\n# >>> settings\n"]
    {
        assert_eq!(recognise(text), None, "{text}");
    }
    // A setting may be changed by hand, in the same way of writing.
    let text = Script::ExtractGuide(ExtractGuide::default()).text();
    let edited = text.replace("'/tmp/pulumi-app'", "'/srv/app'");
    let expected = ExtractGuide { target: "/srv/app".into(), ..ExtractGuide::default() };
    assert_eq!(recognise(&edited), Some(Recognised::Step(Script::ExtractGuide(expected))));
}

#[test]
fn a_script_names_the_variables_it_reads() {
    let mut settings = settings();
    settings.access.clouds.aws_account = Some("Aws Account".to_owned());
    settings.arguments = vec![ScriptValue::variable("Target"), ScriptValue::variable("Target")];
    assert_eq!(
        Script::Preview(settings).variables(),
        [
            "Aws Account",
            "Octopus.Action.Package[pulumi-app].ExtractedPath",
            "Octopus.Environment.Name",
            "PULUMI_ACCESS_TOKEN",
            "Target",
        ]
    );
}
