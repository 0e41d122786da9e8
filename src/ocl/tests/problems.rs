//! Places, words and edits of problems.

use super::super::{Edit, Fault, apply, mend, parse};

/// The text after all edits, and whether only sure ones were needed.
fn mended(text: &str) -> (String, bool) {
    let sure = mend(text, false);
    if sure.left.is_empty() {
        return (sure.text, true);
    }
    let all = mend(text, true);
    assert_eq!(all.left, [], "left of {text:?}: {:?}", all.text);
    (all.text, false)
}

fn check(cases: &[(&str, &str)], is_sure: bool) {
    for (text, expected) in cases {
        let (found, sure) = mended(text);
        assert_eq!(found, *expected, "mending {text:?}");
        assert_eq!(sure, is_sure, "how sure the edit of {text:?} is");
        assert_eq!(parse(&found).problems, [], "mending {text:?}");
    }
}

#[test]
fn edits_whose_meaning_is_beyond_doubt() {
    check(
        &[
            ("\u{feff}a = 1", "a = 1"),
            ("a = 1\n  # c\nb = 2 // d\n/* e */\n", "a = 1\nb = 2\n"),
            ("a = 1\n\n# c\r\nb {\n}", "a = 1\n\nb {\n}"),
            ("foo { # c\n a = 1\n}", "foo {\n a = 1\n}"),
            ("\"a\" = 1", "a = 1"),
            ("foo { a = 1 }", "foo {\n a = 1 }"),
            ("foo { bar { a = 1 } }", "foo {\n bar {\n a = 1 } }"),
            ("foo bar 'b c' {\n}", "foo \"bar\" \"b c\" {\n}"),
            ("foo\n\"bar\" {\n}", "foo \"bar\" {\n}"),
            ("foo\n  = 1", "foo = 1"),
            ("foo: 1", "foo= 1"),
            ("foo := 1", "foo = 1"),
            ("a = 1;\nb = 2,\n", "a = 1\nb = 2\n"),
            ("a = 1\u{200b}\nb\u{200b} = 2", "a = 1\nb = 2"),
            ("foo {\n a = 1", "foo {\n a = 1\n}\n"),
            ("a =\n  1\nb =\n\"x\"", "a = 1\nb = \"x\""),
            ("a = TRUE\nb = Null", "a = true\nb = null"),
            ("a == 1", "a = 1"),
            ("a = 'it \"is\" \\'", "a = \"it \\\"is\\\" \\\\\""),
            ("a = “x”", "a = \"x\""),
            ("a = \"x\n  y\"", "a = \"x\\n  y\""),
            ("a = \"x\r\ny\nz\" b = 1", "a = \"x\\ny\\nz\" b = 1"),
            ("a = \"x\ry\"", "a = \"x\\ry\""),
            ("a = \"\\u00e9 \\/ \\'\"", "a = \"é / '\""),
            ("a = +1\nb = .5\nc = 1.", "a = 1\nb = 0.5\nc = 1.0"),
            ("a = << E\nx\nE", "a = <<E\nx\nE"),
            ("a = <<-E\n x", "a = <<-E\n x\nE\n"),
            ("a = [1, 2,]\nb = [,1,,2]", "a = [1, 2]\nb = [1,2]"),
        ],
        true,
    );
    check(
        &[
            ("a = [1 2]", "a = [1, 2]"),
            ("a = [\"x\"\"y\"]", "a = [\"x\", \"y\"]"),
            ("a = [1, 2\nb = 1", "a = [1, 2]\nb = 1"),
            ("a = [1.5, 2]", "a = [1.5, 2.0]"),
            ("m = { a = 1, b = 2 }", "m = { a = 1 b = 2 }"),
            (
                "m = { a = 1\n b: 2\n c : 3\n \"d\": 4\n e:5\n}",
                "m = { a = 1\n b =  2\n c = 3\n \"d\"= 4\n e = 5\n}",
            ),
            ("m = { a=\"1\" b=2 }", "m = { a =\"1\" b =2 }"),
        ],
        true,
    );
}

#[test]
fn edits_that_guess() {
    check(
        &[
            ("foo.bar = 1\nb-c {}", "foo_bar = 1\nb_c {}"),
            ("}\na = 1", "\na = 1"),
            ("foo {\n bar {\n  a = 1\n}", "foo {\n bar {\n  a = 1\n}\n}\n"),
            ("a = yes", "a = \"yes\""),
            ("a = 1e6\nb = 10s", "a = \"1e6\"\nb = \"10s\""),
            ("a = \"x\nb = 1", "a = \"x\"\nb = 1"),
            ("a = \"\\q \\$\"", "a = \"\\\\q $\""),
            ("b {\n a = <<-E\n  x\n c = 1\n}", "b {\n a = <<-E\n  x\n E\n c = 1\n}"),
            ("a = <<E x\nE", "a = <<E\nx\nE"),
            ("a = [\"x\", 1, true]", "a = [\"x\", \"1\", \"true\"]"),
            ("m = {\n a = 1\nfoo {}", "m = {\n a = 1\n}\nfoo {}"),
        ],
        false,
    );
}

#[test]
fn edits_that_overlap_are_not_both_made() {
    let edit = |start, end, with: &str| Edit {
        span: super::super::Span::new(start, end),
        with: with.to_owned(),
        sure: true,
    };
    let (a, b, c, d) = (edit(1, 3, "X"), edit(2, 4, "Y"), edit(5, 5, "Z"), edit(4, 99, "W"));
    assert_eq!(apply("abcdef", &[&c, &b, &a, &d]), ("aXdeZf".to_owned(), 2));
    assert_eq!(apply("é", &[&edit(1, 1, "x")]), ("é".to_owned(), 0));
}

#[test]
fn several_mistakes_are_told_in_one_go_and_in_order() {
    let text = "foo { a = 1 }\nb = True\nc = [1, \"x\",]\nd-e = 'f'\nbar {\n  g = \"\\q\"\n  # h\n}\ni = 1";
    let syntax = parse(text);
    let found: Vec<(u32, Fault)> =
        syntax.problems.iter().map(|problem| (problem.place.line, problem.fault)).collect();
    assert_eq!(
        found,
        [
            (1, Fault::BlockNewline),
            (2, Fault::KeywordCase),
            (3, Fault::ArrayMixed),
            (3, Fault::ArrayExtraComma),
            (4, Fault::NameCharacter),
            (4, Fault::StringQuote),
            (6, Fault::StringEscape),
            (7, Fault::Comment),
        ]
    );
    let names: Vec<String> = syntax
        .document()
        .body
        .iter()
        .map(|element| match element {
            super::super::Element::Attribute(attribute) => attribute.name.clone(),
            super::super::Element::Block(block) => format!("{} {}", block.name, block.body.len()),
        })
        .collect();
    assert_eq!(names.first().map(String::as_str), Some("foo 1"));
    assert_eq!(names.last().map(String::as_str), Some("i"));
}

#[test]
fn a_report_says_where_why_and_what_to_do() {
    let text = "foo { a = 1 }";
    let problem = &parse(text).problems[0];
    assert_eq!(
        problem.report(text),
        "line 1, column 5: the body of the block begins on the line of its `{`\n\
         1 | foo { a = 1 }\n  |     ^\n\
         to mend it: a newline must follow `{`, unless the block is empty"
    );
    let finding = problem.to_finding();
    assert_eq!(finding.code, "ocl/block-on-one-line");
    assert_eq!(finding.place.position, Some(problem.place));
    assert_eq!(finding.fix, problem.repair());
}

/// Where Octopus's own message points differs from where the mistake is.
#[test]
fn the_place_is_that_of_the_mistake_and_octopus_notices_later() {
    for (text, place, noticed) in [
        ("a {\n b = 1\n", (1, 1), (3, 1)),
        ("a {\n b {\n  c = 1\n}\nd = 1\n", (2, 2), (6, 1)),
        ("a = <<E\nx\n", (1, 5), (3, 1)),
        ("a = 1e6\n\nb = 1", (1, 5), (3, 1)),
        ("a = <<E\nx\nE\nmore\nE\n", (4, 1), (5, 1)),
        ("m = {\n a = {\n }\n}", (2, 6), (2, 2)),
    ] {
        let problem = &parse(text).problems[0];
        let at = |place: crate::base::LineColumn| (place.line, place.column);
        assert_eq!((at(problem.place), at(problem.noticed)), (place, noticed), "{text:?}");
    }
}
