//! What is taken and what it means, rule by rule.

use super::super::{Document, Element, Fault, LineEnd, Value, decode, parse, read, write};

/// Reads `text`, which must be taken.
fn document(text: &str) -> Document {
    read(text).unwrap_or_else(|problems| panic!("{text:?} is refused: {}", problems[0]))
}

/// A short form of what `text` says: `a=1 b("label"){c="x"}`.
fn said(text: &str) -> String {
    body(&document(text).body)
}

fn body(elements: &[Element]) -> String {
    let shown: Vec<String> = elements
        .iter()
        .map(|element| match element {
            Element::Attribute(attribute) => {
                format!("{}={}", attribute.name, value(&attribute.value))
            }
            Element::Block(block) => {
                format!("{}{:?}{{{}}}", block.name, block.labels, body(&block.body))
            }
        })
        .collect();
    shown.join(" ")
}

fn value(of: &Value) -> String {
    match of {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Decimal(value) => value.to_string(),
        Value::String(value) => format!("{value:?}"),
        Value::Heredoc(heredoc) => {
            format!(
                "<<{}{}:{:?}",
                if heredoc.indented { "-" } else { "" },
                heredoc.tag,
                heredoc.text
            )
        }
        Value::Array(values) => format!("{:?}", values.iter().map(value).collect::<Vec<_>>()),
        Value::Map(entries) => {
            let shown: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}={}", entry.key, value(&entry.value)))
                .collect();
            format!("{{{}}}", shown.join(" "))
        }
    }
}

fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(said(text), *expected, "reading {text:?}");
        assert_eq!(parse(text).print(), *text);
    }
}

/// Each text has exactly the one mistake.
fn refused(cases: &[(&str, Fault)]) {
    for (text, fault) in cases {
        let syntax = parse(text);
        let faults: Vec<Fault> = syntax.problems.iter().map(|problem| problem.fault).collect();
        assert_eq!(faults, [*fault], "reading {text:?}");
        assert_eq!(syntax.print(), *text);
    }
}

/// T1, T2, T4, C1.
#[test]
fn white_space_and_comments() {
    check(&[
        ("", ""),
        (" \n\t\r\n\u{2028}", ""),
        ("\u{a0}a\u{3000}=\u{85}1\r\n\u{b}b = 2", "a=1 b=2"),
    ]);
    refused(&[
        ("# c", Fault::Comment),
        ("// c\na = 1", Fault::Comment),
        ("/* c\n c */ a = 1", Fault::Comment),
        ("a = 1 # c", Fault::Comment),
        ("a {\n # c\n}", Fault::Comment),
        ("a { // c\n b = 1\n}", Fault::Comment),
        ("a = {\n # c\n b = 1\n}", Fault::Comment),
        ("a = [ # c\n 1]", Fault::Comment),
        ("a /* c */ {}", Fault::Comment),
        ("\u{feff}a = 1", Fault::ByteOrderMark),
        ("a = 1\n\u{200b}b = 2", Fault::Invisible),
    ]);
    check(&[("a = \"# no // comment\"", "a=\"# no // comment\""), ("a = { # = 1 }", "a={#=1}")]);
}

/// T3.
#[test]
fn bytes_are_utf8() {
    assert_eq!(decode("é".as_bytes()), Ok("é"));
    let problem = decode(b"a\n\xff").unwrap_err();
    assert_eq!((problem.fault, problem.place.line, problem.place.column), (Fault::Encoding, 2, 1));
}

/// E1 to E3, N1 to N3.
#[test]
fn elements_and_names() {
    check(&[
        ("0foo = 1 Größe = 2 _ = 3", "0foo=1 Größe=2 _=3"),
        ("٣ = 1 ªº = 2 ʰ = 3", "٣=1 ªº=2 ʰ=3"),
        ("a = 1 b = 2", "a=1 b=2"),
        ("a = 1b = 2", "a=1 b=2"),
        ("a = 1 2b = 2", "a=1 2b=2"),
        ("a = nullb = 1", "a=null b=1"),
        ("a = \"x\"b = 2", "a=\"x\" b=2"),
        ("a = [] b {}c {}", "a=[] b[]{} c[]{}"),
        ("a = 1\na = 2", "a=1 a=2"),
        ("a {\nb = 1}", "a[]{b=1}"),
        ("a = 1e6 = 2", "a=1 e6=2"),
    ]);
    refused(&[
        ("foo-bar = 1", Fault::NameCharacter),
        ("foo.bar = 1", Fault::NameCharacter),
        ("foo-bar \"x\" {}", Fault::NameCharacter),
        ("a² = 1", Fault::NameCharacter),
        ("-a = 1", Fault::NameCharacter),
        ("𐐀 = 1", Fault::NameCharacter),
        ("\"foo\" = 1", Fault::NameQuoted),
        ("\"foo\" {}", Fault::NameQuoted),
        ("foo", Fault::NameAlone),
        ("foo\nbar = 1", Fault::NameAlone),
        ("foo bar = 1", Fault::NameAlone),
        ("foo\n= 1", Fault::EqualsLine),
        ("foo [1]", Fault::AfterName),
        ("foo : 1", Fault::Colon),
        ("a = 1; b = 2", Fault::Separator),
        ("a = 1,\nb = 2", Fault::Separator),
        ("}", Fault::StrayClose),
        ("a = 1\n}\nb = 2", Fault::StrayClose),
        ("@\na = 1", Fault::Unexpected),
    ]);
}

/// B1 to B3.
#[test]
fn blocks() {
    check(&[
        ("a {} b { } c {\n} d {\n\n}", "a[]{} b[]{} c[]{} d[]{}"),
        ("foo\n{\n}", "foo[]{}"),
        ("a \"x\" \"y\\\"\"\"z\"{}", "a[\"x\", \"y\\\"\", \"z\"]{}"),
        ("a {\n b {\n c = 1\n }\n d = 2\n}", "a[]{b[]{c=1} d=2}"),
        ("a \n\n{  \t\n b = 1 }", "a[]{b=1}"),
    ]);
    refused(&[
        ("foo { a = 1 }", Fault::BlockNewline),
        ("foo { a {\n } }", Fault::BlockNewline),
        ("foo bar {\n a = 1\n}", Fault::LabelBare),
        ("foo bar-1 \"x\" {\n}", Fault::LabelBare),
        ("foo 'bar' {\n}", Fault::StringQuote),
        ("foo\n\"bar\" {\n}", Fault::LabelLine),
        ("foo \"a\" = 1", Fault::LabelledAttribute),
        ("{\n a = 1\n}", Fault::BlockName),
        ("foo {\n a = 1\n", Fault::BlockOpen),
        ("foo {", Fault::BlockOpen),
        ("foo {\n bar {\n a = 1\n}", Fault::BlockOpen),
    ]);
}

/// V1 to V3, S1, S2.
#[test]
fn keywords_and_strings() {
    check(&[
        ("a = null b = true c = false", "a=null b=true c=false"),
        ("a = \"${x} %{y} $${z} #{v} 'q'\"", "a=\"${x} %{y} $${z} #{v} 'q'\""),
        ("a = \"\\r\\n\\t\\\\\\\"\"", "a=\"\\r\\n\\t\\\\\\\"\""),
        ("a = \"\t\u{1}é\"", "a=\"\\t\\u{1}é\""),
        ("a =\n{ }", "a={}"),
        ("a = { b =\n[\"q\"] }", "a={b=[\"\\\"q\\\"\"]}"),
    ]);
    refused(&[
        ("a = True", Fault::KeywordCase),
        ("a = truth = 1", Fault::BareWord),
        ("a = truest", Fault::NumberSuffix),
        ("a = yes", Fault::BareWord),
        ("a = 'x'", Fault::StringQuote),
        ("a = “x”", Fault::StringQuote),
        ("a = 1 + 2", Fault::Expression),
        ("a = var.x", Fault::Expression),
        ("a = f(\"x\")", Fault::Expression),
        ("a = ${x}", Fault::Expression),
        ("a =", Fault::MissingValue),
        ("a =\nb = 1", Fault::MissingValue),
        ("a =\n1", Fault::ValueLine),
        ("a =\n\"x\"", Fault::ValueLine),
        ("a =\n[1]", Fault::ValueLine),
        ("a = { b =\n1 }", Fault::ValueLine),
        ("a = == 1", Fault::Unexpected),
        ("a = \"x", Fault::StringOpen),
        ("a = \"x\\", Fault::StringOpen),
        ("a = \"x\nb = 1", Fault::StringOpen),
        ("a = \"x\ny\"", Fault::StringLines),
        ("a = \"x\ry\"", Fault::StringReturn),
        ("a = \"\\u0041\"", Fault::StringEscape),
        ("a = \"\\/\"", Fault::StringEscape),
        ("a = \"\\$\"", Fault::StringEscape),
        ("a \"\\q\" {}", Fault::StringEscape),
        ("a = { \"\\q\" = 1 }", Fault::StringEscape),
    ]);
}

/// I1, I2, D1 to D3.
#[test]
fn numbers() {
    check(&[
        ("a = 0 b = -0 c = 007 d = -12", "a=0 b=0 c=7 d=-12"),
        ("a = 2147483647 b = -2147483647", "a=2147483647 b=-2147483647"),
        ("a = 00.10 b = 1.500 c = -0.0", "a=0.10 b=1.500 c=0.0"),
        ("a = 0.12345678901234567890123456785", "a=0.1234567890123456789012345678"),
    ]);
    refused(&[
        ("a = 2147483648", Fault::IntegerRange),
        ("a = -2147483648", Fault::IntegerRange),
        ("a = 79228162514264337593543950335.5", Fault::DecimalRange),
        ("a = 1e6", Fault::NumberSuffix),
        ("a = 10s", Fault::NumberSuffix),
        ("a = { b = 10s }", Fault::NumberSuffix),
        ("a = +1", Fault::NumberSign),
        ("a = -", Fault::NumberSign),
        ("a = - 1", Fault::NumberSign),
        ("a = .5", Fault::NumberDot),
        ("a = 1.", Fault::NumberDot),
        ("a = 1.2.3", Fault::NumberDot),
        ("a = 1²", Fault::NumberDigits),
        ("a = 1٣ = 2", Fault::NumberDigits),
        ("a = 1.5٣ = 2", Fault::NumberDigits),
        ("a = { b = 1² = 2 }", Fault::NumberDigits),
    ]);
    check(&[("a = { b = 1.5² = 2 }", "a={b=1.5 ²=2}"), ("a = { b = 1. = 2 }", "a={b=1 .=2}")]);
}

/// A1, A2.
#[test]
fn arrays() {
    check(&[
        ("a=[] b = [ \n ]", "a=[] b=[]"),
        ("a = [\n \"x\" , \n\"y\"\n]", "a=[\"\\\"x\\\"\", \"\\\"y\\\"\"]"),
        ("a = [1,-2 ,3]", "a=[\"1\", \"-2\", \"3\"]"),
        ("a = [1.5, -2.50]", "a=[\"1.5\", \"-2.50\"]"),
    ]);
    refused(&[
        ("a = [\"a\", 1]", Fault::ArrayMixed),
        ("a = [1, 2.5]", Fault::ArrayMixed),
        ("a = [1.5, 2]", Fault::ArrayMixed),
        ("a = [true]", Fault::ArrayElement),
        ("a = [null]", Fault::ArrayElement),
    ]);
}

/// A1, A2: the rest of the mistakes, and the two in one text.
#[test]
fn mistakes_in_arrays() {
    refused(&[
        ("a = [[\"a\"]]", Fault::ArrayElement),
        ("a = [{ b = 1 }]", Fault::ArrayElement),
        ("a = [<<E\nx\nE\n]", Fault::ArrayElement),
        ("a = [\"a\",]", Fault::ArrayExtraComma),
        ("a = [1,,2]", Fault::ArrayExtraComma),
        ("a = [,1]", Fault::ArrayExtraComma),
        ("a = [\"a\" \"b\"]", Fault::ArrayComma),
        ("a = [1 2]", Fault::ArrayComma),
        ("a = [b]", Fault::BareWord),
        ("a = [1, 2\nb = 1", Fault::ArrayOpen),
        ("a = [", Fault::ArrayOpen),
        ("a {\n b = [1\n}", Fault::ArrayOpen),
    ]);
    let faults: Vec<Fault> =
        parse("a = [1, \"x\" 2]").problems.iter().map(|problem| problem.fault).collect();
    assert_eq!(faults, [Fault::ArrayMixed, Fault::ArrayComma]);
}

/// M1 to M6.
#[test]
fn maps() {
    check(&[
        ("x = {}", "x={}"),
        ("x = { a = \"1\" b = \"2\" }", "x={a=\"1\" b=\"2\"}"),
        ("x = {\n One.One = 1\n \"Two Two\" = 2\n a:b/c = 3\n}", "x={One.One=1 Two Two=2 a:b/c=3}"),
        ("x = { \"a\"=\"1\" }", "x={a=\"1\"}"),
        ("x = { a= = 1 = = 2 \"\" = 3 }", "x={a==1 ==2 =3}"),
        ("x = { a = 1b = 2 }", "x={a=1 b=2}"),
        ("x = { a = 1 A = 2 }", "x={a=1 A=2}"),
        (
            "x = { a = null b = [1] c = <<E\n t\nE\n d = 1.5 }",
            "x={a=null b=[\"1\"] c=<<E:\" t\" d=1.5}",
        ),
        ("x = { } = 1 }", "x={}=1}"),
        ("x = { a = 1 }b = 2 }", "x={a=1 }b=2}"),
        ("x = {} b = 2", "x={} b=2"),
        ("x = {}b {}", "x={} b[]{}"),
        ("x = {}b = {}", "x={} b={}"),
        ("x = {}a=<<E = 1 }", "x={}a=<<E=1}"),
        ("x = { a = 1,b = 2 }", "x={a=1 ,b=2}"),
    ]);
    refused(&[
        ("x = { a = 1 }b = 2", Fault::MapOpen),
        ("x = {\n a = 1\nfoo \"b\" {\n}", Fault::MapOpen),
        ("x = {", Fault::MapOpen),
        ("x = { a = \"1\", b = \"2\" }", Fault::MapComma),
        ("x = {\n a : \"1\"\n}", Fault::Colon),
        ("x = {\n a: \"1\"\n}", Fault::Colon),
        ("x = {\n \"a\": \"1\"\n}", Fault::Colon),
        ("x = { a = { b = 1 } }", Fault::MapNested),
        ("x = { a = {} b = 1 }", Fault::MapNested),
        ("x = { a=\"1\" }", Fault::MapKeyEquals),
        ("x = { a=1 }", Fault::MapKeyEquals),
        ("x = { a }", Fault::MapKeyAlone),
        ("x = { a\n b = 1 }", Fault::MapKeyAlone),
        ("x = { a \"1\" }", Fault::MapKeyAlone),
        ("x = { \"a\" }", Fault::MapKeyAlone),
        ("x = { a = }", Fault::MissingValue),
        ("x = { a = 1 + 2 }", Fault::Expression),
        ("x = { a = 1 \"a\" = 2 }", Fault::MapDuplicate),
        ("x = { \"\\t\" = 1 \"\t\" = 2 }", Fault::MapDuplicate),
    ]);
}

/// H1 to H5.
#[test]
fn heredocs() {
    check(&[
        ("a = <<E\n  x\n E y\n\n   E  \nb = 1", "a=<<E:\"  x\\n E y\\n\" b=1"),
        ("a = <<-E\n  x\n    y\n  E", "a=<<-E:\"x\\n  y\""),
        ("a = <<-E\n  x\n\n   \n  E", "a=<<-E:\"x\\n\\n \""),
        ("a = <<E\nE", "a=<<E:\"\""),
        ("a = <<E \t\r\nx\r\ny\r\nE\r\n", "a=<<E:\"x\\r\\ny\""),
        ("a = <<\"E\"\nx\n\"E\"", "a=<<\"E\":\"x\""),
        ("a = <<<E\nx\n<E", "a=<<<E:\"x\""),
        ("a = <<--E\n x\n -E", "a=<<--E:\"x\""),
        ("a = <<\nx\n \nb = 1", "a=<<:\"x\" b=1"),
        ("a = <<-\n  x\n   y\n", "a=<<-:\"x\\n y\""),
        ("a = <<\nx\n  ", "a=<<:\"x\""),
    ]);
    refused(&[
        ("a = << E\nx\nE", Fault::HeredocSpace),
        ("a = <<E x\ny\nE", Fault::HeredocLine),
        ("a = <<E", Fault::HeredocOpen),
        ("a = <<E\nx\n E y", Fault::HeredocOpen),
        ("a = <<\nx", Fault::HeredocOpen),
        ("a {\n b = { c = <<E\nx\n}\n}", Fault::HeredocOpen),
        ("a = <<E\nx\nE\nmore\nE\nb = 1", Fault::HeredocEarly),
        ("a = <E", Fault::BareWord),
    ]);
}

/// L1 to L3.
#[test]
fn limits_are_reported_once() {
    let levels = super::super::MAX_DEPTH;
    let nested = |levels: usize| "a {\n".repeat(levels) + &"}".repeat(levels);
    let syntax = parse(&nested(levels).replace("{\n}", "{}")).problems;
    assert_eq!(syntax, []);
    let deepest = nested(levels + 1).replacen("{\n}", "{\nb = 1\n}", 1);
    refused(&[(&deepest, Fault::TooDeep)]);

    let many = parse(&"@\n".repeat(5000)).problems;
    assert_eq!(many.len(), super::super::MAX_PROBLEMS + 1);
    assert_eq!(many.last().map(|problem| problem.fault), Some(Fault::TooMany));

    let large = " ".repeat((super::super::MAX_MEBIBYTES << 20) + 1);
    refused(&[(&large, Fault::TooLarge)]);
}

/// Places of elements are those of the text, and play no part in equality.
#[test]
fn elements_know_their_places() {
    let text = "a = 1\nb \"x\" {\n  m = { k = 2 }\n}";
    let document = document(text);
    let Some(Element::Block(block)) = document.body.get(1) else { panic!("no block") };
    assert!(block.at.0.of(text).starts_with("b \"x\" {") && block.at.0.of(text).ends_with('}'));
    let Some(Element::Attribute(map)) = block.body.first() else { panic!("no attribute") };
    assert_eq!(map.at.0.of(text), "m = { k = 2 }");
    let Value::Map(entries) = &map.value else { panic!("no map") };
    assert_eq!(entries[0].at.0.of(text), "k = 2");
    let canonical = write(&document, LineEnd::Lf).text;
    assert_eq!(read(&canonical), Ok(document));
}
