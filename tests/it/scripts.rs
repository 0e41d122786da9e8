//! The scripts that Pulpo writes: their text, what shellcheck says of them, and
//! what they do under bash.

#[path = "scripts/access.rs"]
mod access;
#[path = "scripts/config.rs"]
mod config;
#[path = "scripts/extract.rs"]
mod extract;
#[path = "scripts/quoting.rs"]
mod quoting;
#[path = "scripts/run.rs"]
mod run;
#[path = "scripts/stub.rs"]
pub mod stub;
#[path = "scripts/templates.rs"]
mod templates;

use std::process::Command;

use pulpo::script::{
    Backend, Clouds, ConfigOverride, ConfigSecrets, DestroySettings, ExtractGuide, ExtractHardened,
    Program, PublishOutputs, PulumiSettings, RefreshSettings, Restore, Script, ScriptKind,
    ScriptValue, StackAccess, TemplateProgram, TemplateScript, UpSettings,
};

use stub::{Case, has_tool, save};

/// Values that break careless quoting.
const HOSTILE: [&str; 9] = [
    "'; rm -rf x; '",
    "$(touch pwned)",
    "`touch pwned`",
    "a\nb\r\n\tc",
    "#{Octopus.Machine.Name}",
    "##{x}",
    "\\' \" * ? [a] {b} ~",
    "--flag=é \u{2019}quoted\u{2019} \u{a0}",
    "${x#{y} !! \u{1}\u{7f}",
];

fn typical() -> PulumiSettings {
    PulumiSettings {
        access: StackAccess {
            program: Program::Package {
                reference: "pulumi-app".to_owned(),
                folder: "infrastructure".into(),
            },
            stack: ScriptValue::variable("Pulumi.Stack"),
            ..StackAccess::default()
        },
        message: PulumiSettings::default_message(),
        artifacts: true,
        ..PulumiSettings::default()
    }
}

fn full(text: &str) -> PulumiSettings {
    let value = ScriptValue::joined(vec![text.into(), ScriptValue::variable(text)]);
    PulumiSettings {
        access: StackAccess {
            program: Program::Package { reference: "my app".to_owned(), folder: value.clone() },
            stack: value.clone(),
            backend: Backend::Oidc {
                account: text.to_owned(),
                organization: value.clone(),
                url: value.clone(),
            },
            passphrase: Some(text.to_owned()),
            clouds: Clouds {
                aws_account: Some(text.to_owned()),
                aws_region: value.clone(),
                azure_account: Some(text.to_owned()),
                google_account: Some(text.to_owned()),
                google_project: value.clone(),
            },
            share_plugins: false,
        },
        create_stack: true,
        secrets_provider: value.clone(),
        restore: Restore::Commands(vec![text.to_owned()]),
        config_file: value.clone(),
        message: value.clone(),
        parallel: Some(8),
        diff: true,
        refresh: false,
        arguments: vec![text.into(), value],
        artifacts: true,
    }
}

/// Every kind of script in typical settings, named for its snapshot.
fn typical_scripts() -> Vec<(&'static str, Script)> {
    let file = ScriptValue::joined(vec![
        ScriptValue::variable("Octopus.Action[Extract the app].Output.AppPath"),
        "/Pulumi.override.yaml".into(),
    ]);
    let entries = vec![
        ("aws:region".to_owned(), "eu-west-1".into()),
        ("my-project:replicas".to_owned(), ScriptValue::variable("App.Replicas")),
    ];
    vec![
        (
            "extract_guide",
            Script::ExtractGuide(ExtractGuide {
                reference: "aws-typescript".to_owned(),
                ..ExtractGuide::default()
            }),
        ),
        ("extract_hardened", Script::ExtractHardened(ExtractHardened::default())),
        (
            "config_override",
            Script::ConfigOverride(ConfigOverride {
                file: file.clone(),
                entries: entries.clone(),
                secrets: None,
            }),
        ),
        (
            "config_secrets",
            Script::ConfigOverride(ConfigOverride {
                file,
                entries,
                secrets: Some(ConfigSecrets {
                    entries: vec![("my-project:password".to_owned(), "Db.Password".to_owned())],
                    access: typical().access,
                }),
            }),
        ),
        ("preview", Script::Preview(typical())),
        (
            "up",
            Script::Up(
                typical(),
                UpSettings {
                    expected_digest: Some(UpSettings::digest_of("Preview")),
                    outputs: PublishOutputs::Plain,
                    ..UpSettings::default()
                },
            ),
        ),
        ("refresh", Script::Refresh(typical(), RefreshSettings::default())),
        (
            "destroy",
            Script::Destroy(
                typical(),
                DestroySettings {
                    allowed_environments: vec!["Development".into()],
                    ..DestroySettings::default()
                },
            ),
        ),
    ]
}

#[test]
fn texts() {
    for (name, script) in typical_scripts() {
        insta::assert_snapshot!(name, script.text());
    }
}

#[test]
fn template_settings_and_parameters() {
    for kind in ScriptKind::ALL {
        let template = TemplateScript::new(kind, "", TemplateProgram::Package);
        let text = template.text();
        let (head, _) = text.split_once("# <<< settings").expect("a settings block");
        let mut shown = head.to_owned();
        for parameter in template.parameters() {
            shown.push_str(&format!(
                "\n{} ({}, default `{}`)\n  {}: {}\n",
                parameter.name,
                parameter.control.word(),
                parameter.default,
                parameter.label,
                parameter.help,
            ));
            for line in parameter.select_options().lines() {
                shown.push_str(&format!("  - {line}\n"));
            }
        }
        insta::assert_snapshot!(format!("template_{}", kind.id()), shown);
    }
}

/// Every variant that is linted: typical, full, hostile, and the templates.
fn variants() -> Vec<String> {
    let mut texts: Vec<_> =
        typical_scripts().into_iter().map(|(_, script)| script.text()).collect();
    // The long bodies once with everything at once, the short ones with each text.
    let all = HOSTILE.concat();
    for text in HOSTILE.into_iter().chain(["x", "", &all]) {
        let value =
            ScriptValue::joined(vec![text.into(), ScriptValue::variable(text), text.into()]);
        let list = vec![value.clone(), text.into()];
        let mut scripts = vec![
            Script::ExtractGuide(ExtractGuide {
                reference: text.to_owned(),
                folder: value.clone(),
                target: value.clone(),
            }),
            Script::ExtractHardened(ExtractHardened {
                reference: text.to_owned(),
                folder: value.clone(),
                root: value.clone(),
                keep_days: 3,
            }),
        ];
        if text == all {
            let secrets = ConfigSecrets {
                entries: vec![(text.to_owned(), text.to_owned())],
                access: full(text).access,
            };
            let entries = vec![(text.to_owned(), value.clone())];
            let config = ConfigOverride { file: value.clone(), entries, secrets: Some(secrets) };
            let up = UpSettings {
                expected_digest: Some(value.clone()),
                arguments: list.clone(),
                outputs: PublishOutputs::All,
            };
            let destroy = DestroySettings {
                confirmation: value.clone(),
                allowed_environments: list.clone(),
                protected_words: list,
                exclude_protected: true,
                preview_only: true,
                remove_stack: true,
            };
            scripts.push(Script::ConfigOverride(config));
            scripts.push(Script::Preview(full(text)));
            scripts.push(Script::Up(full(text), up));
            scripts.push(Script::Refresh(full(text), RefreshSettings { fail_on_drift: true }));
            scripts.push(Script::Destroy(full(text), destroy));
        }
        texts.extend(scripts.iter().map(Script::text));
    }
    for kind in ScriptKind::ALL {
        for program in [TemplateProgram::Package, TemplateProgram::Folder] {
            texts.push(TemplateScript::new(kind, "", program).text());
        }
    }
    texts
}

#[test]
fn every_variant_is_clean_under_bash_and_shellcheck() {
    let case = Case::new();
    let prelude = include_str!("scripts/prelude.sh");
    let get = "get_octopusvariable() {\n  printf '%s\\n' \"$1\"\n}\n";
    let mut files = Vec::new();
    for (number, text) in variants().iter().enumerate() {
        assert!(!text.contains("#{") && !text.contains('\r'), "{text}");
        // Without the helper functions, as a person would check an exported file.
        if number < typical_scripts().len() {
            files.push(save(&case.dir, &format!("alone{number}.sh"), text));
        }
        // With them, shellcheck also follows where they end the script.
        let whole = format!("{prelude}{get}{text}");
        files.push(save(&case.dir, &format!("whole{number}.sh"), &whole));
    }
    if has_tool("bash") {
        for file in &files {
            let output = Command::new("bash").arg("-n").arg(file).output().expect("bash");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    if has_tool("shellcheck") {
        let output = Command::new("shellcheck")
            .args(["--shell=bash", "--severity=style"])
            .args(&files)
            .env("LC_ALL", "C.UTF-8")
            .output()
            .expect("shellcheck");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
