//! Any literal comes out of bash as it went in.

use std::process::Command;

use proptest::prelude::*;
use pulpo::script::{Recognised, Script, ScriptValue, quote, recognise};

use super::{HOSTILE, typical};

/// What bash makes of these words, under this locale.
fn through_bash(words: &str, locale: &str) -> Vec<u8> {
    let script = format!("set --{words}\nprintf '%s\\0' \"$@\"\n");
    let output =
        Command::new("bash").args(["-c", &script]).env("LC_ALL", locale).output().expect("bash");
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn check(texts: &[String]) {
    let mut words = String::new();
    let mut expected = Vec::new();
    for text in texts {
        let word = quote::literal(text);
        assert!(!word.contains("#{") && !word.contains(['\n', '\r']), "{word}");
        assert_eq!(quote::read(&word), Some(ScriptValue::literal(text.as_str())));
        words.push(' ');
        words.push_str(&word);
        expected.extend_from_slice(text.as_bytes());
        expected.push(0);
    }
    for locale in ["C", "C.UTF-8"] {
        assert_eq!(through_bash(&words, locale), expected, "{words}");
    }
}

#[test]
fn hostile_literals_survive() {
    check(&HOSTILE.map(str::to_owned));
    let bytes: Vec<_> = (1..=0x7f_u8).map(|byte| format!("a{}0", char::from(byte))).collect();
    check(&bytes);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_literals_survive(texts in prop::collection::vec("[\u{1}-\u{10ffff}]{0,12}|[#{}$'\"`\\\\ ()a~!*\n]{0,12}", 1..24)) {
        check(&texts);
    }

    #[test]
    fn any_settings_are_read_back(
        texts in prop::collection::vec("[\u{1}-\u{10ffff}]{0,8}|[#{}$'\"`\\\\ ()a=\n<>]{0,12}", 6),
        flag in any::<bool>(),
        parallel in prop::option::of(any::<u32>()),
    ) {
        let value = |at: usize| ScriptValue::joined(vec![
            texts[at].as_str().into(),
            ScriptValue::variable(&texts[at + 1]),
            texts[at + 2].as_str().into(),
        ]);
        let mut settings = typical();
        settings.access.stack = value(0);
        settings.config_file = value(1);
        settings.message = texts[2].as_str().into();
        settings.arguments = vec![value(2), texts[5].as_str().into(), value(3)];
        settings.parallel = parallel;
        settings.diff = flag;
        let script = Script::Preview(settings);
        let text = script.text();
        prop_assert_eq!(text.find("#{"), None);
        prop_assert_eq!(recognise(&text), Some(Recognised::Step(script)));
    }
}
