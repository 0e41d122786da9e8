//! What the writer writes (W1 to W9).

use super::super::{
    Attribute, Block, Decimal, Document, Entry, Heredoc, LineEnd, LossKind, Value, read, write,
};

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

fn document(attributes: Vec<(&str, Value)>) -> Document {
    let body = attributes.into_iter().map(|(name, value)| Attribute::new(name, value).into());
    Document { body: body.collect() }
}

/// Writes, and expects the text, these losses, and to read the same back.
fn check(document: &Document, expected: &str, losses: &[LossKind]) {
    let written = write(document, LineEnd::Lf);
    assert_eq!(written.text, expected);
    let found: Vec<LossKind> = written.losses.iter().map(|loss| loss.kind).collect();
    assert_eq!(found, losses, "losses of {expected:?}");
    if losses.is_empty() {
        let again = read(expected).unwrap_or_else(|problems| panic!("{}", problems[0]));
        assert_eq!(write(&again, LineEnd::Lf).text, expected, "a fixed point");
    }
}

/// Reads and writes.
fn rewritten(source: &str) -> String {
    write(&read(source).unwrap_or_default(), LineEnd::Lf).text
}

/// W1, W3: blank lines only around blocks that have a neighbour.
#[test]
fn layout() {
    assert_eq!(rewritten(""), "");
    assert_eq!(rewritten("a=1\n\n\nb=2\n"), "a = 1\nb = 2");
    assert_eq!(
        rewritten(
            "a {\n\n\n}\nb \"x\" {\nc {\nd {\n e = 1\n}\n}\nf = 1\ng = {}\nh = 1\ni {}}\nj = 1"
        ),
        "a {}\n\nb \"x\" {\n    c {\n        d {\n            e = 1\n        }\n    }\n\n    \
         f = 1\n    g = {\n    }\n    h = 1\n\n    i {}\n}\n\nj = 1"
    );
}

/// W2.
#[test]
fn names_are_made_readable_where_the_reference_does_so() {
    let loss = &[LossKind::Name];
    check(&document(vec![("a b.c", Value::Null)]), "a_b_c = null", loss);
    check(&document(vec![("0a", Value::Null)]), "_0a = null", loss);
    check(&document(vec![("a-b", Value::Null)]), "a-b = null", loss);
    check(&document(vec![("é𐐀", Value::Null)]), "é__ = null", loss);
    check(&document(vec![("", Value::Null)]), "_ = null", loss);
    check(&document(vec![("aB_9ß", Value::Null)]), "aB_9ß = null", &[]);
}

/// W4, W5.
#[test]
fn values_on_one_line() {
    let decimal = Decimal::parse("-1.50").map(Value::Decimal);
    check(
        &document(vec![
            ("a", Value::Bool(true)),
            ("b", Value::Integer(-7)),
            ("c", decimal.unwrap_or(Value::Null)),
            ("d", text("\\ \r \t \" $ # é ' \u{1}")),
            ("e", text("")),
        ]),
        "a = true\nb = -7\nc = -1.50\nd = \"\\\\ \\r \\t \\\" $ # é ' \u{1}\"\ne = \"\"",
        &[],
    );
    let least = document(vec![("a", Value::Integer(i32::MIN))]);
    check(&least, "a = -2147483648", &[LossKind::Number]);
    let block = Block { labels: vec!["x\ny".to_owned(), String::new()], ..Block::new("b") };
    check(&Document { body: vec![block.into()] }, "b \"x\\ny\" \"\" {}", &[]);
}

/// W6.
#[test]
fn texts_of_several_lines_are_heredocs() {
    check(
        &document(vec![("a", text("x\n\n  y"))]),
        "a = <<-EOT\n        x\n        \n          y\n        EOT",
        &[],
    );
    let mut block = Block::new("b");
    let entry = Entry::new("k", text("x\n"));
    block.body.push(Attribute::new("m", Value::Map(vec![entry])).into());
    check(
        &Document { body: vec![block.into()] },
        "b {\n    m = {\n        k = <<-EOT\n            x\n            \n            EOT\n    }\n}",
        &[],
    );
    let plain = |tag: &str, text: &str| {
        let (tag, text) = (tag.to_owned(), text.to_owned());
        Value::Heredoc(Heredoc { tag, indented: false, text })
    };
    check(&document(vec![("a", plain("E", " x\ny"))]), "a = <<E\n x\ny\nE", &[]);
    check(&document(vec![("a", plain("E", ""))]), "a = <<E\n\nE", &[]);
    check(&document(vec![("a", plain("-E", "x"))]), "a = <<EOT\nx\nEOT", &[LossKind::Tag]);
    let untagged = Heredoc { tag: String::new(), indented: true, text: " x".to_owned() };
    check(
        &document(vec![("a", Value::Heredoc(untagged))]),
        "a = <<-EOT\n         x\n        EOT",
        &[LossKind::Tag],
    );
    check(&document(vec![("a", plain("E F", "x"))]), "a = <<EOT\nx\nEOT", &[LossKind::Tag]);
    check(&document(vec![("a", plain("", "x\n\ny"))]), "a = <<EOT\nx\n\ny\nEOT", &[LossKind::Tag]);
}

/// W6: what the reference would write and not read gets another tag, and reads.
#[test]
fn a_text_that_holds_the_tag_gets_another() {
    for (value, tag) in
        [("cat <<EOT\nhi\n  EOT\t", "EOT1"), ("EOT\nEOT1\nEOT3", "EOT2"), ("EOTX\nEOT 1\n", "EOT")]
    {
        let document = document(vec![("a", text(value))]);
        let written = write(&document, LineEnd::Lf);
        assert!(written.text.starts_with(&format!("a = <<-{tag}\n")), "{}", written.text);
        assert_eq!(written.losses.is_empty(), tag == "EOT");
        let again = read(&written.text).unwrap_or_default();
        let crate::ocl::Element::Attribute(attribute) = &again.body[0] else { panic!("no block") };
        assert_eq!(attribute.value.text(), Some(value));
    }
}

/// W6, H3: line ends that do not survive are reported, others do survive.
#[test]
fn line_ends_within_texts() {
    for (value, kept) in [
        ("x\ny", true),
        ("x\r\ny\r\nz", true),
        ("x\r\ny\nz", false),
        ("x\ny\r", false),
        ("x\r\r\ny", false),
        ("x\ry\nz", true),
        ("\r\n", true),
        ("\n\r\n", false),
    ] {
        let written = write(&document(vec![("a", text(value))]), LineEnd::Lf);
        assert_eq!(written.losses.is_empty(), kept, "{value:?}: {:?}", written.losses);
        let again = read(&written.text).unwrap_or_default();
        let crate::ocl::Element::Attribute(attribute) = &again.body[0] else { panic!("no block") };
        assert_eq!(attribute.value.text() == Some(value), kept, "{value:?}");
    }
}

/// W7.
#[test]
fn arrays_are_on_one_line() {
    let array = |values: Vec<Value>| document(vec![("a", Value::Array(values))]);
    check(&array(vec![]), "a = []", &[]);
    check(&array(vec![text("x"), text("\"")]), "a = [\"x\", \"\\\"\"]", &[]);
    check(&array(vec![Value::Integer(1), Value::Integer(2)]), "a = [1, 2]", &[]);
    check(&array(vec![text("x"), Value::Integer(2)]), "a = [\"x\", 2]", &[LossKind::Array]);
    check(&array(vec![Value::Null]), "a = [null]", &[LossKind::Array]);
    check(&array(vec![text("x\ny")]), "a = [\"x\\ny\"]", &[LossKind::ArrayLines]);
}

/// W8, O1.
#[test]
fn maps_are_sorted() {
    let map = |keys: &[&str]| {
        let entries = keys.iter().map(|key| Entry::new(*key, Value::Integer(1))).collect();
        document(vec![("m", Value::Map(entries))])
    };
    check(&map(&[]), "m = {\n}", &[]);
    check(
        &map(&["b.c", "a b", "B", "a", "\"", "", "a="]),
        "m = {\n    \"\" = 1\n    \"\\\"\" = 1\n    a = 1\n    \"a b\" = 1\n    a= = 1\n    B = 1\n    \
         b.c = 1\n}",
        &[],
    );
    check(&map(&["a", "a"]), "m = {\n    a = 1\n    a = 1\n}", &[LossKind::DuplicateKey]);
    check(&map(&["\u{1}"]), "m = {\n    \u{1} = 1\n}", &[LossKind::Key]);
    let inner = Value::Map(vec![Entry::new("b", Value::Map(vec![]))]);
    let written = write(&document(vec![("m", inner)]), LineEnd::Lf);
    assert_eq!(written.losses[0].kind, LossKind::NestedMap);
    assert_eq!(written.losses[0].to_string(), "m/b: a map in a map cannot be read back");
}

/// W9.
#[test]
fn crlf_ends_lines_of_the_document_only() {
    let written = write(&document(vec![("a", text("x\ny")), ("b", Value::Null)]), LineEnd::CrLf);
    assert_eq!(written.text, "a = <<-EOT\r\n        x\n        y\r\n        EOT\r\nb = null");
    assert_eq!(read(&written.text).map(|read| write(&read, LineEnd::CrLf)), Ok(written));
}

/// L1: what no reader would take is left out and reported, without recursion
/// deeper than that.
#[test]
fn blocks_nested_too_deep_are_left_out() {
    let mut block = Block::new("a");
    for _ in 0..super::super::MAX_DEPTH + 1 {
        block = Block { body: vec![block.into()], ..Block::new("a") };
    }
    let written = write(&Document { body: vec![block.into()] }, LineEnd::Lf);
    assert_eq!(written.losses.iter().map(|l| l.kind).collect::<Vec<_>>(), [LossKind::TooDeep]);
    assert!(read(&written.text).is_ok());
}
