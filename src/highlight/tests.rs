use super::*;

#[track_caller]
fn check(pieces: &[Piece], text: &str, expected: &[(Kind, &str)]) {
    let mut start = 0;
    let found: Vec<_> = pieces
        .iter()
        .map(|piece| {
            let part = &text[start..piece.end];
            start = piece.end;
            (piece.kind, part)
        })
        .filter(|(kind, _)| *kind != Kind::Plain)
        .collect();
    assert_eq!(start, text.len(), "the pieces cover the text");
    assert_eq!(found, expected);
}

#[test]
fn bash_is_told_apart() {
    use Kind::{Comment, Keyword, Octostache, String, Variable};
    let text = "if [ \"$a\" ]; then # why\n  x='é' y=${#a} z=#{Name | ToUpper}\nfi";
    check(
        &bash(text),
        text,
        &[
            (Keyword, "if"),
            (String, "\""),
            (Variable, "$a"),
            (String, "\""),
            (Keyword, "then"),
            (Comment, "# why"),
            (String, "'é'"),
            (Variable, "${#a}"),
            (Octostache, "#{Name | ToUpper}"),
            (Keyword, "fi"),
        ],
    );
}

#[test]
fn json_is_told_apart() {
    let text = r#"{ "a\"": ["b", 1.5, null] }"#;
    check(
        &json(text),
        text,
        &[
            (Kind::Variable, r#""a\"""#),
            (Kind::String, "\"b\""),
            (Kind::Keyword, "1.5"),
            (Kind::Keyword, "null"),
        ],
    );
}

#[test]
fn no_text_breaks_it() {
    for text in
        ["", "\"", "'", "$", "${", "#{", "#{{{", "\\", "é\"é", "\"\\", "\"$", "é#é", "$é", "-é"]
    {
        for pieces in [bash(text), json(text)] {
            let mut start = 0;
            for piece in &pieces {
                assert!(text.get(start..piece.end).is_some(), "{text:?}: {pieces:?}");
                start = piece.end;
            }
            assert_eq!(start, text.len(), "{text:?}");
        }
    }
}

#[test]
fn ocl_is_told_apart() {
    use Kind::{Keyword, Octostache, String, Variable};
    let text = "b \"l\" {\n  a = true\n  t = <<-EOT\n    é #{X}\n    EOT\n  u = 1\n}";
    check(
        &ocl(text),
        text,
        &[
            (Variable, "b"),
            (String, "\"l\""),
            (Variable, "a"),
            (Keyword, "true"),
            (Variable, "t"),
            (String, "<<-EOT\n    é "),
            (Octostache, "#{X}"),
            (String, "\n    EOT"),
            (Variable, "u"),
        ],
    );
    for text in ["\"", "\"\\", "<<", "<<-", "\"#{", "é\"é\\é", "a = <<E\nx"] {
        assert_eq!(ocl(text).last().map(|piece| piece.end), Some(text.len()), "{text}");
    }
}
