//! Regular expressions.

use super::*;

#[track_caller]
fn found(pattern: &str, text: &str, expected: bool) {
    let pairs = [("v", text), ("p", pattern)];
    // The pattern is a value, so that it needs no quoting.
    check(&pairs, "#{v | Match #{p}}", if expected { "true" } else { "false" });
}

#[track_caller]
fn replaced(pattern: &str, replacement: &str, text: &str, expected: &str) {
    let pairs = [("v", text), ("p", pattern), ("r", replacement)];
    check(&pairs, "#{v | Replace #{p}#{r}}", expected);
}

#[test]
fn x1_syntax() {
    for (pattern, text, expected) in [
        ("^a.c$", "abc", true),
        ("colou?r", "my color", true),
        ("^[^0-9]+$", "a1", false),
        ("^[a-z-[aeiou]]+$", "xyz", true),
        ("^[a-z-[aeiou]]+$", "xez", false),
        ("^[]a]+$", "]a", true),
        ("^[a\\-\\]z]+$", "-]", true),
        ("^\\d{2,3}$", "1234", false),
        ("^\\d{2,}$", "1234", true),
        ("^x{,2}$", "x{,2}", true),
        ("\\bfoo\\b", "a foo b", true),
        ("\\Boo", "foo", true),
        ("^(?:ab|cd)+$", "abcdab", true),
        ("^(a|b)\\1$", "aa", true),
        ("^(a|b)\\1$", "ab", false),
        ("^(?<q>['\"]).*\\k<q>$", "'x'", true),
        ("foo(?=bar)", "foobar", true),
        ("foo(?!bar)", "foobar", false),
        ("(?<=a+)b", "aab", true),
        ("(?<!a)b", "ab", false),
        ("(?<=\\bfoo\\b) bar", "foo bar", true),
        ("^(?>a*)a", "aaa", false),
        ("(?i)HELLO", "hello", true),
        ("a(?i:B)c", "abc", true),
        ("a(?i:B)c", "ABc", false),
        ("(?i)[A-C]", "b", true),
        ("(?m)^b$", "a\nb\nc", true),
        ("(?s)a.b", "a\nb", true),
        ("(?x) a b # c\n", "ab", true),
        ("a(?#note)b", "ab", true),
        ("\\x41\\u0042\\t\\103", "AB\tC", true),
        ("^\\w+\\s\\S+$", "wört 1", true),
        ("^\\p{L}\\P{L}$", "é1", true),
        ("\\Aab\\z", "ab", true),
        ("^(a*)*$", "aab", false),
        ("^(a*)*$", "aaa", true),
        ("^(?:){3}$", "", true),
        ("", "x", true),
        ("^.{2}$", "😀", true),
    ] {
        found(pattern, text, expected);
    }
    replaced("<.+?>", "", "<a>b<c>", "b");
    replaced("<.+>", "", "<a>b<c>", "");
}

#[test]
fn x2_ends_and_dots() {
    found("a$", "a\n", true);
    found("a\\Z", "a\n", true);
    found("a\\z", "a\n", false);
    found("a$", "a\nb", false);
    found("a.b", "a\nb", false);
    found("a.b", "a\rb", true);
}

#[test]
fn x3_replacements() {
    replaced("(\\w)(\\d)", "$2$1", "a1 b2", "1a 2b");
    replaced("(?<x>b)(c)", "[${x}|$1|${2}]", "abc", "a[b|c|b]");
    replaced("b", "$$$&$`$'", "abc", "a$bacc");
    replaced("(a)|b", "<$1$+$_>", "ab", "<aaab><ab>");
    replaced("b", "$3${y}$", "abc", "a$3${y}$c");
    replaced("x*", "-", "abc", "-a-b-c-");
    replaced("b*", "-", "abc", "-a--c-");
    replaced("\\Ga", "x", "aaba", "xxba");
}

#[test]
fn x4_refusals() {
    for bad in [
        "(",
        ")",
        "[a",
        "*a",
        "a**",
        "a{2}{3}",
        "\\",
        "\\y",
        "[z-a]",
        "a{3,2}",
        "(?<n>a",
        "\\2(a)",
        "(?z)",
        "\\x4",
        "(?<>a)",
        "[\\d-z]x(",
    ] {
        let error = run(&[("v", "a"), ("p", bad)], "#{v | Match #{p}}");
        assert!(matches!(error, Err(EvalError::Failed(Failure::Pattern(_)))), "{bad}: {error:?}");
    }
    let nested = format!("{}a{}", "(".repeat(100), ")".repeat(100));
    for unknown in ["(?(a)b|c)", "(?<a-b>x)", "(?<1>x)", "\\p{IsGreek}", "(a{1000}){1000}", &nested]
    {
        let error = run(&[("v", "a"), ("p", unknown)], "#{v | Match #{p}}");
        assert!(matches!(error, Err(EvalError::Limit(Limit::Pattern(_)))), "{unknown}: {error:?}");
    }
}

#[test]
fn x5_matching_ends() {
    let text = "a".repeat(60);
    let error = run(&[("v", &text), ("p", "^(a+)+$b")], "#{v | Match #{p}}");
    assert_eq!(error, Err(EvalError::Limit(Limit::Steps)));
    let long = "ab".repeat(20_000);
    replaced("^(?:ab)*$", "x", &long, "x");
}
