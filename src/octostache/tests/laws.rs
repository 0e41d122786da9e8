//! What must hold for any input.

use proptest::prelude::*;

use super::*;

/// Pieces that templates are made of, so that chance meets the grammar.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "#{",
        "}",
        "#",
        "##{",
        "###{",
        "#{if ",
        "#{unless ",
        "#{else}",
        "#{elseif ",
        "#{/if}",
        "#{/unless}",
        "#{each i in ",
        "#{/each}",
        "#{calc ",
        "a",
        "b",
        "i",
        "t",
        ".",
        "[",
        "]",
        "[#{",
        "}]",
        " | ",
        "|",
        " ",
        "\n",
        "\"",
        "\\\"",
        "\"x\"",
        " == ",
        " != ",
        "+",
        "-",
        "*",
        "/",
        "(",
        ")",
        "{",
        "1",
        "2.5",
        ",",
        "ToUpper",
        "Replace",
        "Match",
        "Format",
        "Substring",
        "Indent 9",
        "null",
        "Truncate 2",
        "AddDays 1",
        "NowDate",
        "UriPart Host",
        "VersionMajor",
        "FromBase64",
        "JsonEscape",
        "Md5",
        "Markdown",
        "\"(a*)*\"",
        "é",
        "😀",
        "½",
        "Octopus",
        "*",
        "[*]",
        "$1",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

fn template() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

fn variables() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop::sample::select(vec![
        "a",
        "b",
        "t",
        "t[a]",
        "t[b].a",
        "t.a",
        "i.a",
        "a.b[a]",
        "a!",
        "if a",
        "Octopus.Template",
    ]);
    let value = prop_oneof![
        template(),
        prop::sample::select(vec![
            "1",
            "",
            "x,y",
            "{\"a\":[1,{\"b\":null}]}",
            "[1,\"#{a}\",",
            "2030-05-22",
            "http://x/y",
            "#{a}#{b}",
            "#{b}#{b}",
            "{a:'#{t.b}',b:1}",
            "1.2.3-x",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((name.prop_map(str::to_owned), value), 0..6)
}

const SMALL: Limits = Limits { steps: 20_000, bytes: 100_000, depth: 120 };

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn s3_evaluation_ends_without_panic(
        pairs in variables(),
        text in template(),
        go_on in any::<bool>(),
    ) {
        let pairs: Vec<(&str, &str)> =
            pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let variables = vars(&pairs);
        let engine = Engine::with(&variables, Setting { limits: SMALL, ..Setting::default() });
        let mode = if go_on { Mode::Continue } else { Mode::Halt };
        if let Ok(result) = engine.evaluate_in(&text, mode)
            && let Some(output) = &result.text
        {
            prop_assert!(result.parse_error.is_some() || output.len() <= SMALL.bytes);
            let cut: String = result
                .segments
                .iter()
                .map(|segment| &output[segment.output.start..segment.output.end])
                .collect();
            prop_assert_eq!(&cut, output);
            for segment in &result.segments {
                prop_assert!(text.get(segment.source.start..segment.source.end).is_some());
            }
        }
    }

    #[test]
    fn p6_spans_cover_the_text_in_order(text in template()) {
        if let Ok(parsed) = parse(&text, Mode::Continue) {
            let mut at = 0;
            for node in &parsed.nodes {
                prop_assert_eq!(node.span.start, at);
                at = node.span.end;
            }
            prop_assert_eq!(at, text.len());
            for read in parsed.reads() {
                prop_assert!(text.get(read.span.start..read.span.end).is_some());
            }
        }
    }

    #[test]
    fn x5_any_pattern_ends(pattern in "[ab(){}|*+?.^$\\[\\]\\\\<>=!:i0-3-]{0,16}", text in "[ab\n]{0,12}") {
        let pairs = [("v", text.as_str()), ("p", pattern.as_str())];
        let variables = vars(&pairs);
        let engine = Engine::with(&variables, Setting { limits: SMALL, ..Setting::default() });
        if let Ok(result) = engine.evaluate("#{v | Match #{p}}") {
            let answer = result.text.unwrap_or_default();
            prop_assert!(answer == "true" || answer == "false", "{}", answer);
        }
    }

    #[test]
    fn t1_text_without_tokens_is_the_result(text in any::<String>()) {
        prop_assume!(!text.contains("#{"));
        let variables = Variables::new();
        let result = Engine::new(&variables).evaluate(&text).expect("no failure");
        prop_assert_eq!(result.text.as_deref(), Some(text.as_str()));
    }

    #[test]
    fn g14_base64_goes_there_and_back(text in any::<String>()) {
        prop_assume!(!text.contains("#{"));
        filter(&text, "ToBase64 | FromBase64", &text);
        filter(&text, "ToBase64 unicode | FromBase64 unicode", &text);
    }

    #[test]
    fn d5_adding_and_taking_away_is_nothing(days in 0..3_000_000i64, shift in -500_000..500_000i64) {
        prop_assume!((0..3_652_058).contains(&(days + shift)));
        let moved = format!("AddDays {days} | AddDays {shift} | AddDays {} | AddDays {}", -shift, -days);
        filter("0001-01-01", &moved, "0001-01-01T00:00:00.0000000");
    }
}
