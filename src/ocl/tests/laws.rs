//! What holds for every text and every document, and within what time.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::{
    Attribute, Block, Decimal, Document, Element, Entry, Heredoc, LineEnd, MAX_PROBLEMS, Value,
    decode, highlight, mend, parse, read, write,
};
use super::oracle::pieces;

/// What must hold whatever the text.
fn check_any(text: &str) -> Result<(), TestCaseError> {
    let syntax = parse(text);
    prop_assert_eq!(syntax.print(), text);
    prop_assert!(syntax.problems.len() <= MAX_PROBLEMS + 1);
    let mut last = 0;
    for problem in &syntax.problems {
        prop_assert!(problem.span.start >= last, "problems are in order");
        last = problem.span.start;
        prop_assert!(text.get(problem.span.start..problem.span.end).is_some());
        prop_assert!(problem.noticed.line >= 1 && problem.place.line >= 1);
        prop_assert!(!problem.report(text).is_empty());
        if let Some(edit) = &problem.edit {
            prop_assert!(text.get(edit.span.start..edit.span.end).is_some());
        }
    }
    for (kind, span) in syntax.nodes() {
        prop_assert!(text.get(span.start..span.end).is_some(), "{:?} {:?}", kind, span);
    }
    let mut end = 0;
    for (span, _) in highlight(text) {
        prop_assert!(span.start >= end && span.end > span.start);
        end = span.end;
    }
    let document = syntax.document();
    if syntax.problems.is_empty() {
        prop_assert_eq!(&mend(text, true).text, text);
        let written = write(&document, LineEnd::Lf);
        if written.losses.is_empty() {
            let again = read(&written.text);
            prop_assert_eq!(
                again.as_ref().map(|again| write(again, LineEnd::Lf).text),
                Ok(written.text)
            );
            prop_assert_eq!(again, Ok(settled(document)));
        }
    }
    Ok(())
}

/// The document as it reads after writing: strings with line feeds are
/// heredocs, maps are in order.
fn settled(mut document: Document) -> Document {
    fn body(elements: &mut [Element]) {
        for element in elements {
            match element {
                Element::Attribute(attribute) => value(&mut attribute.value),
                Element::Block(block) => body(&mut block.body),
            }
        }
    }
    fn value(of: &mut Value) {
        match of {
            Value::String(text) if text.contains('\n') => {
                let text = std::mem::take(text);
                *of = Value::Heredoc(Heredoc { tag: "EOT".to_owned(), indented: true, text });
            }
            Value::Map(entries) => {
                entries.iter_mut().for_each(|entry| value(&mut entry.value));
                entries.sort_by(|a, b| super::super::order::compare(&a.key, &b.key));
            }
            _ => {}
        }
    }
    body(&mut document.body);
    document
}

fn name() -> impl Strategy<Value = String> {
    "[a-zA-Zé_][a-zA-Z0-9_é]{0,6}"
}

fn scalar() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[ -~é\t]{0,12}",
        "([ a-zE\t\"]{0,6}(\n|\r\n)){0,4}[ EOT]{0,4}",
        any::<String>()
    ];
    let heredoc = ("[!-~]{0,4}", any::<bool>(), text.clone())
        .prop_map(|(tag, indented, text)| Value::Heredoc(Heredoc { tag, indented, text }));
    let decimal = "-?[0-9]{1,40}\\.[0-9]{1,40}"
        .prop_filter_map("too large", |text| Decimal::parse(&text).map(Value::Decimal));
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i32>().prop_map(Value::Integer),
        decimal,
        text.prop_map(Value::String),
        heredoc,
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let array = prop_oneof![
        proptest::collection::vec(any::<i32>().prop_map(Value::Integer), 0..4),
        proptest::collection::vec("[ -~]{0,5}".prop_map(Value::String), 0..4),
    ];
    let entry = ("[ -~é]{0,6}", scalar()).prop_map(|(key, value)| Entry::new(key, value));
    let map = proptest::collection::vec(entry, 0..5);
    prop_oneof![4 => scalar(), 1 => array.prop_map(Value::Array), 1 => map.prop_map(Value::Map)]
}

fn element() -> impl Strategy<Value = Element> {
    let attribute =
        (name(), value()).prop_map(|(name, value)| Element::from(Attribute::new(name, value)));
    attribute.prop_recursive(4, 24, 4, |inner| {
        let labels = proptest::collection::vec(any::<String>(), 0..3);
        (name(), labels, proptest::collection::vec(inner, 0..4)).prop_map(|(name, labels, body)| {
            Element::from(Block { labels, body, ..Block::new(name) })
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: law_cases(), failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_read_without_loss(text in any::<String>()) {
        check_any(&text)?;
    }

    #[test]
    fn any_nearly_right_text_is_read_without_loss(text in pieces()) {
        check_any(&text)?;
    }

    #[test]
    fn any_bytes_are_decoded_or_refused(bytes in any::<Vec<u8>>()) {
        match decode(&bytes) {
            Ok(text) => check_any(text)?,
            Err(problem) => prop_assert!(std::str::from_utf8(&bytes).is_err() && problem.span.start <= bytes.len()),
        }
    }

    #[test]
    fn mending_ends_and_leaves_a_readable_report(text in pieces()) {
        for unsure in [false, true] {
            let mended = mend(&text, unsure);
            prop_assert_eq!(&parse(&mended.text).problems, &mended.left);
        }
    }

    #[test]
    fn what_is_written_without_loss_reads_back(body in proptest::collection::vec(element(), 0..5)) {
        let document = Document { body };
        let written = write(&document, LineEnd::Lf);
        if written.losses.is_empty() {
            prop_assert_eq!(read(&written.text), Ok(settled(document)));
        }
    }
}

/// Reads, prints and mends on a stack of a quarter of what a browser gives.
fn check_time(name: &str, text: String) {
    let name = name.to_owned();
    let work = move || {
        let started = Instant::now();
        let syntax = parse(&text);
        let document = syntax.document();
        assert_eq!(syntax.print().len(), text.len());
        assert!(syntax.problems.len() <= MAX_PROBLEMS + 1);
        assert!(write(&document, LineEnd::Lf).text.len() <= 8 * text.len() + 1000);
        drop(document);
        for problem in &syntax.problems {
            assert!(problem.report(&text).len() < 2000);
        }
        started.elapsed()
    };
    let handle = std::thread::Builder::new().stack_size(256 << 10).spawn(work);
    let elapsed = handle.expect("a thread").join().expect("no overflow");
    // Quadratic time would take minutes; the slack is for a busy machine.
    assert!(elapsed < Duration::from_secs(20), "{name} took {elapsed:?}");
}

/// L1: nesting is no matter of the stack.
#[test]
fn a_hundred_thousand_levels_do_no_harm() {
    let levels = 100_000;
    check_time("blocks", "a {\n".repeat(levels));
    check_time("closed blocks", "a {\n".repeat(levels) + &"}\n".repeat(levels));
    check_time("braces", "{".repeat(levels));
    check_time("maps", "a = {".repeat(levels));
    check_time("maps in a map", format!("a = {}", "{ b = ".repeat(levels)));
    check_time("arrays", format!("a = {}", "[".repeat(levels)));
    check_time("calls", format!("a = {}", "f(".repeat(levels)));
}

/// Time grows with length alone, whatever is repeated.
#[test]
fn time_is_linear() {
    let size = 1 << 17;
    for piece in [
        "a = 1\n",
        "a = \"x\\n\" ",
        "a {\n}\n",
        "a={}b=",
        "a={}",
        "x = { a = 1 }\n",
        "a = [1, 2]\n",
        "foo ",
        "foo \"a\" ",
        "foo 'a' ",
        "a = {\n",
        "a = <<E\nx\nE\n",
        "a = <<E\n",
        "}",
        "]",
        "\"",
        "\\",
        "'",
        "#",
        "# c\n",
        "/*",
        "é",
        " ",
        "\r",
        "\n",
        "1",
        "1.",
        "-",
        "<<E ",
        ",",
        ";",
        "@{",
        "a.",
        "a:",
        "=",
        "a=",
        "\u{200b}",
        "a = \"\n",
        "a = truth = ",
        "a = f(",
        "a {\n b = <<-E\n  x\n",
    ] {
        check_time(piece, piece.repeat(size / piece.len()));
        check_time(piece, format!("a = {{ {}", piece.repeat(size / piece.len())));
        check_time(piece, format!("a = [ {}", piece.repeat(size / piece.len())));
        check_time(piece, format!("a = \"{}", piece.repeat(size / piece.len())));
    }
    let units = size / 8;
    check_time("refused keys", format!("x={}1 = [{}b", "{}b=".repeat(units), "1,".repeat(units)));
    let tags: String = (0..size / 16).map(|n| format!("a = <<E{n}\n")).collect();
    check_time("tags", tags);
    let keys: String = (0..size / 16).map(|n| format!("k{n} = 1\n")).collect();
    check_time("keys", format!("a = {{\n{keys}}}"));
    let text: String = (0..size / 8).map(|n| format!("EOT{n}\\n")).collect();
    check_time("tags in a text", format!("a = \"EOT\\n{text}\""));
}

/// Cases a law; `PULPO_OCL_CASES` asks for more.
fn law_cases() -> u32 {
    std::env::var("PULPO_OCL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300)
}
