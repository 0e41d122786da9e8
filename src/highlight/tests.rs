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
