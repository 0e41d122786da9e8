//! Results, inspection, setting.

use super::*;

#[test]
fn e1_missing_variables_are_echoed_and_reported() {
    echoes(&[], "#{gone}");
    let result = run(&[("a", "1")], "x#{  gone  }y#{a}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("x#{gone}y1"));
    assert_eq!(result.missing, ["#{gone}"]);
}

#[test]
fn e2_the_report_lists_each_token_once() {
    let result = run(&[], "#{b}#{a}#{b}").expect("a result");
    assert_eq!(
        result.error().as_deref(),
        Some("The following tokens were unable to be evaluated: '#{b}', '#{a}'")
    );
}

#[test]
fn e3_what_does_not_parse_comes_back_with_an_error() {
    let result = run(&[("a", "1")], "#{a}#{").expect("a result");
    assert_eq!(result.text.as_deref(), Some("#{a}#{"));
    assert!(result.error().is_some_and(|error| error.contains("line 1")));
}

#[test]
fn e4_what_throws_is_an_error() {
    let cases = [
        ("#{v | FromBase64}", Failure::Base64),
        ("#{v | VersionMajor}", Failure::Version("**".to_owned())),
        ("#{v | Match \"(\"}", Failure::Pattern("a missing closing parenthesis")),
        ("#{v | Substring 1 2147483647}", Failure::Substring),
        ("#{ | NowDate q}", Failure::DateFormat("q".to_owned())),
    ];
    for (template, expected) in cases {
        assert_eq!(fails(&[("v", "**")], template), expected, "{template}");
    }
}

#[test]
fn e5_truthy_means_clean_and_true() {
    let variables = vars(&[("a", "yes"), ("b", "No")]);
    let engine = Engine::new(&variables);
    let truthy = |template| engine.truthy(template).expect("no failure");
    assert_eq!((truthy("#{a}"), truthy("#{b}"), truthy("#{gone}")), (true, false, false));
    assert_eq!((truthy("#{a}#{gone}"), truthy("text"), truthy("0")), (false, true, false));
    assert!(!truthy("#{a | null}"));
    assert!(!truthy("#{a"));
}

#[test]
fn e6_null_makes_the_result_null() {
    let is_null = |template: &str| {
        run(&[("a", "1"), ("n", "#{ | null}")], template).expect("a result").text.is_none()
    };
    assert!(is_null("x#{ | null}"));
    assert!(is_null("#{if a}#{a | null}#{/if}"));
    assert!(is_null("#{a | Append #{ | null}}"));
    assert!(!is_null("#{if gone}#{ | null}#{/if}"));
    assert!(!is_null("#{ | null | Append x}"));
    assert!(!is_null("#{n}"));
    echoes(&[], "#{ | Null}");
    check(&[("n", "#{ | null}")], "#{n}", "#{ | null}");
}

#[test]
fn e7_segments_tell_where_output_came_from() {
    let template = "Hi #{name}! #{gone}#{if yes}#{each i in list}#{i}#{/each}#{/if}";
    let pairs = [("name", "#{first} #{lost}"), ("first", "Ada"), ("yes", "1"), ("list", "x,y")];
    let result = run(&pairs, template).expect("a result");
    let text = result.text.as_deref().expect("a text");
    let seen: Vec<_> = result
        .segments
        .iter()
        .map(|segment| {
            let output = &text[segment.output.start..segment.output.end];
            let source = &template[segment.source.start..segment.source.end];
            let reads: Vec<&str> = segment.reads.iter().map(|read| read.name.as_str()).collect();
            (output, source, segment.kind, reads)
        })
        .collect();
    use SegmentKind::{Echoed, Literal, Substituted};
    assert_eq!(
        seen,
        [
            ("Hi ", "Hi ", Literal, vec![]),
            ("Ada #{lost}", "#{name}", Substituted, vec!["name", "first", "lost"]),
            ("! ", "! ", Literal, vec![]),
            ("#{gone}", "#{gone}", Echoed, vec!["gone"]),
            ("x", "#{i}", Substituted, vec!["i"]),
            ("y", "#{i}", Substituted, vec!["i"]),
        ]
    );
    assert_eq!(result.segments[1].missing, ["#{lost}"]);
    let plain = run(&[], "plain").expect("a result");
    assert_eq!(plain.segments.len(), 1);
    assert_eq!(plain.segments[0].kind, Literal);
}

#[test]
fn e8_all_reads_are_listed() {
    let pairs = [("a", "#{t[#{k}]}"), ("k", "x"), ("t[x]", "v")];
    let result = run(&pairs, "#{if gone}#{/if}#{a}#{a}").expect("a result");
    let reads: Vec<_> = result.reads.iter().map(|read| (read.name.as_str(), read.found)).collect();
    assert_eq!(reads, [("gone", false), ("a", true), ("k", true), ("t[x]", true)]);
}

#[test]
fn q1_arguments_are_single_steps() {
    let parsed = parse(
        "#{a.b[#{c}][lit] | F #{d} word}#{if e == \"text\"}#{f}#{else}#{g}#{/if}#{each i in h}#{j}#{/each}#{calc k+1}#{a}##{m}",
        Mode::Halt,
    )
    .expect("parses");
    assert_eq!(parsed.arguments(), ["a", "b", "c", "d", "e", "text", "f", "g", "h", "k"]);
}

#[test]
fn q2_reads_are_paths_with_places() {
    let text = "#{a.b[#{c}]}#{each i in d}#{i.n}#{e}#{Octopus.Template.Each.Last}#{/each}#{if i == f}#{/if}";
    let parsed = parse(text, Mode::Halt).expect("parses");
    let reads = parsed.reads();
    let seen: Vec<_> = reads.iter().map(|read| (read.name.as_str(), read.in_loop)).collect();
    assert_eq!(
        seen,
        [
            ("a.b[#{c}]", false),
            ("c", false),
            ("d", false),
            ("i.n", true),
            ("e", false),
            ("Octopus.Template.Each.Last", true),
            ("i", false),
            ("f", false),
        ]
    );
    for read in reads {
        assert_eq!(text[read.span.start..read.span.end].trim(), read.name);
    }
}

#[test]
fn s1_culture_comes_from_the_caller() {
    let variables = vars(&[("a", "1.234,5")]);
    let culture = Culture { name: "de", decimal: ',', group: '.', currency: "€" };
    let engine = Engine::with(&variables, Setting { culture, ..Setting::default() });
    let text = |template: &str| engine.evaluate(template).expect("a result").text;
    assert_eq!(text("#{calc a+1}").as_deref(), Some("1235,5"));
    assert_eq!(text("#{a | Format Double N1}").as_deref(), Some("1.234,5"));
    assert_eq!(text("#{a | Format C}").as_deref(), Some("€1.234,50"));
}

#[test]
fn s2_the_clock_comes_from_the_caller() {
    let variables = Variables::new();
    let now = Now { unix_millis: 86_400_000, offset_minutes: 90 };
    let engine = Engine::with(&variables, Setting { now, ..Setting::default() });
    let text = |template: &str| engine.evaluate(template).expect("a result").text;
    assert_eq!(text("#{ | NowDate}").as_deref(), Some("1970-01-02T01:30:00.0000000"));
    assert_eq!(text("#{ | NowDateUtc}").as_deref(), Some("1970-01-02T00:00:00.0000000Z"));
}

#[test]
fn s3_limits_end_an_evaluation() {
    // Each variable holds the one before it ten times.
    let mut pairs = vec![("v0".to_owned(), "0123456789".to_owned())];
    for level in 1..12 {
        let value = format!("#{{v{}}}", level - 1).repeat(10);
        pairs.push((format!("v{level}"), value));
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let variables = vars(&pairs);
    let with = |limits| {
        let engine = Engine::with(&variables, Setting { limits, ..Setting::default() });
        engine.evaluate("#{v11}").expect_err("a limit")
    };
    let usual = Limits::default();
    assert_eq!(with(usual), EvalError::Limit(Limit::Steps));
    assert_eq!(with(Limits { bytes: 1000, ..usual }), EvalError::Limit(Limit::Bytes));
    assert_eq!(with(Limits { depth: 9, ..usual }), EvalError::Limit(Limit::Depth));

    let chain: Vec<(String, String)> =
        (0..500).map(|level| (format!("c{level}"), format!("#{{c{}}}", level + 1))).collect();
    let chain: Vec<(&str, &str)> = chain.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(run(&chain, "#{c0}"), Err(EvalError::Limit(Limit::Depth)));
    check(&chain, "#{c480}", "#{c500}");

    let lines = "\n".repeat(100_000);
    let wide = "x".repeat(100_000);
    let huge = [("l", lines.as_str()), ("w", wide.as_str())];
    assert_eq!(run(&huge, "#{l | Indent #{w}}"), Err(EvalError::Limit(Limit::Bytes)));
    assert_eq!(run(&huge, "#{w | Replace x #{w}}"), Err(EvalError::Limit(Limit::Bytes)));
}

#[test]
fn s3_a_browsers_stack_suffices_for_the_depth() {
    let deep = || {
        let chain = |link: fn(usize) -> String| -> Vec<(String, String)> {
            (0..300).map(|level| (format!("c{level}"), link(level + 1))).collect()
        };
        let links: [fn(usize) -> String; 4] = [
            |next| format!("#{{c{next}}}"),
            |next| {
                format!("#{{if a}}#{{each i in a}}#{{c{next} | Append #{{a}}}}#{{/each}}#{{/if}}")
            },
            |next| format!("#{{a | Append #{{a | Append #{{c{next}}}}}}}"),
            |next| format!("{{x:'#{{t[#{{c{next}.x}}]}}'}}"),
        ];
        for link in links {
            let mut pairs = chain(link);
            pairs.push(("a".to_owned(), "1".to_owned()));
            let pairs: Vec<(&str, &str)> =
                pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let result = run(&pairs, "#{c0.x}#{c0}");
            assert_eq!(result, Err(EvalError::Limit(Limit::Depth)));
        }
        let nested = |open: &str, close: &str| {
            format!("{}a{}", open.repeat(MAX_DEPTH), close.repeat(MAX_DEPTH))
        };
        for (open, close) in [
            ("#{if a}", "#{/if}"),
            ("#{a | Append ", "}"),
            ("#{if a | Append ", "}#{/if}"),
            ("#{a[#{b[", "]}]}"),
            ("#{calc (", ")}"),
        ] {
            let text = nested(open, close);
            if let Ok(parsed) = parse(&text, Mode::Continue) {
                assert!(!parsed.to_string().is_empty());
                assert!(parsed.arguments().len() <= parsed.reads().len() + 1);
            }
            let result = run(&[("a", "1")], &text);
            assert!(matches!(result, Ok(_) | Err(EvalError::Limit(_))), "{result:?}");
        }
    };
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(deep).expect("a thread");
    thread.join().expect("no overflow and no panic");
}
