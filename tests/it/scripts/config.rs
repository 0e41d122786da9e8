//! The config file: what stands in it, and what must not.

use pulpo::script::{ConfigOverride, ConfigSecrets, ScriptValue, config_override};

use super::stub::{Case, WRAPPERS, Wrapper};
use super::{HOSTILE, typical};

fn settings(case: &Case, entries: &[(&str, ScriptValue)]) -> ConfigOverride {
    ConfigOverride {
        file: case.text("work/out dir/Pulumi.override.yaml").as_str().into(),
        entries: entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
        secrets: None,
    }
}

fn case() -> Case {
    let case = Case::new();
    case.write("work/out dir/keep", "");
    case
}

/// Reads one YAML string in double quotes; its own words for YAML's escapes.
fn yaml_string(text: &str) -> (String, &str) {
    let mut out = String::new();
    let mut chars = text.strip_prefix('"').expect("a quote").chars();
    loop {
        match chars.next().expect("a closing quote") {
            '"' => return (out, chars.as_str()),
            '\\' => match chars.next().expect("an escape") {
                'n' => out.push('\n'),
                'r' => out.push('\r'),
                't' => out.push('\t'),
                'L' => out.push('\u{2028}'),
                'P' => out.push('\u{2029}'),
                'x' => {
                    let code: String = chars.by_ref().take(2).collect();
                    out.push(char::from(u8::from_str_radix(&code, 16).expect("two digits")));
                }
                c @ ('"' | '\\') => out.push(c),
                c => panic!("unknown escape {c}"),
            },
            c => {
                assert!(!c.is_control(), "a raw control character");
                out.push(c);
            }
        }
    }
}

fn entries(yaml: &str) -> Vec<(String, String)> {
    let rest = yaml.strip_prefix("config:\n").unwrap_or_else(|| panic!("{yaml}"));
    rest.lines()
        .map(|line| {
            let (key, rest) = yaml_string(line.strip_prefix("  ").expect("an indent"));
            let (value, rest) = yaml_string(rest.strip_prefix(": ").expect("a colon"));
            assert_eq!(rest, "");
            (key, value)
        })
        .collect()
}

#[test]
fn plain_entries() {
    for wrapper in WRAPPERS {
        let mut case = case();
        case.set("App.Replicas", "3");
        let script = config_override(&settings(
            &case,
            &[
                ("aws:region", "eu-west-1".into()),
                ("web:replicas", ScriptValue::variable("App.Replicas")),
                ("web:empty", "".into()),
            ],
        ));
        let outcome = case.run(&script, wrapper);
        let file = outcome.succeeded().output_variable("ConfigFile");
        assert_eq!(file, case.text("work/out dir/Pulumi.override.yaml"));
        assert_eq!(
            case.read("work/out dir/Pulumi.override.yaml"),
            "config:\n  \"aws:region\": \"eu-west-1\"\n  \"web:replicas\": \"3\"\n  \"web:empty\": \"\"\n"
        );
        assert!(outcome.pulumi.is_empty());
    }
}

#[test]
fn no_entries_at_all() {
    let case = case();
    case.run(&config_override(&settings(&case, &[])), Wrapper::Plain).succeeded();
    assert_eq!(case.read("work/out dir/Pulumi.override.yaml"), "config: {}\n");
}

#[test]
fn hostile_keys_and_values() {
    let mut case = case();
    let mut list = Vec::new();
    let mut expected = Vec::new();
    let odd = ["a: b # c", "\u{85}\u{2028}\u{2029}", "&x *y \\& \\\\", "=", "é"];
    let controls: String = (1..0x20_u8).chain(0x7f..0xa0).map(char::from).collect();
    let texts: Vec<&str> = HOSTILE.into_iter().chain(odd).chain([controls.as_str()]).collect();
    for (number, text) in texts.iter().enumerate() {
        let name = format!("Variable {number}");
        case.set(&name, text);
        let key = text.replace('=', "-");
        list.push((key.clone(), ScriptValue::literal(*text)));
        list.push((format!("k{number}"), ScriptValue::variable(name)));
        expected.push((key, (*text).to_owned()));
        // `$( )` takes the line ends off a variable's value; none has one.
        expected.push((format!("k{number}"), (*text).to_owned()));
    }
    let mut settings = settings(&case, &[]);
    settings.entries = list;
    case.run(&config_override(&settings), Wrapper::Plain).succeeded();
    assert_eq!(entries(&case.read("work/out dir/Pulumi.override.yaml")), expected);
}

#[test]
fn secrets_go_through_pulumi_alone() {
    for wrapper in WRAPPERS {
        let mut case = case();
        case.package("pulumi-app", "infrastructure");
        case.set("Pulumi.Stack", "my-org/web/dev");
        case.set("PULUMI_ACCESS_TOKEN", "pul-token");
        let secret = "s3cr3t '$(x)\nwith two lines";
        case.set("Db.Password", secret);
        let mut settings = settings(&case, &[("web:a", "b".into())]);
        settings.secrets = Some(ConfigSecrets {
            entries: vec![("web:password".to_owned(), "Db.Password".to_owned())],
            access: typical().access,
        });
        let script = config_override(&settings);
        let outcome = case.run(&script, wrapper);
        outcome.succeeded();
        assert!(outcome.ran("config set --secret --stack my-org/web/dev --config-file"));
        assert_eq!(case.read("stub/secret-web:password"), secret);
        let everything = format!("{outcome:?}{}", case.read("work/out dir/Pulumi.override.yaml"));
        assert!(!everything.contains("s3cr3t") && !everything.contains("pul-token"));
        assert!(case.left_over().is_empty());

        case.write("stub/status-config-set", "1");
        case.run(&script, wrapper).failed("could not store the secret for config key web:password");
        case.set("Db.Password", "");
        case.run(&script, wrapper).failed("has no value in this environment");
        assert!(case.left_over().is_empty());
    }
}

#[test]
fn what_is_wrong_is_said() {
    for wrapper in WRAPPERS {
        let case = case();
        let mut settings = settings(&case, &[("a", "b".into())]);
        settings.file = "Pulumi.override.yaml".into();
        case.run(&config_override(&settings), wrapper).failed("full path");
        settings.file = "/nowhere-at-all/Pulumi.override.yaml".into();
        case.run(&config_override(&settings), wrapper).failed("no folder /nowhere-at-all");
        settings.file = case.text("work/out dir/f.yaml").as_str().into();
        settings.entries = vec![(String::new(), "b".into())];
        case.run(&config_override(&settings), wrapper).failed("no key");
    }
}
