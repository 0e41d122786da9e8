//! Scripts: a script that is taken for Pulpo's own writes just that script, a
//! text with expressions becomes bash without any, and colouring covers all.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::highlight;
use pulpo::script::{Recognised, ScriptValue, recognise};

fuzz_target!(|text: &str| {
    match recognise(text) {
        Some(Recognised::Step(script)) => {
            let again = recognise(&script.text());
            assert!(again == Some(Recognised::Step(script)), "it reads back");
        }
        Some(Recognised::Template(template)) => {
            let again = recognise(&template.text());
            assert!(again == Some(Recognised::Template(template)), "it reads back");
        }
        None => {}
    }
    let _ = ScriptValue::from_text(text);
    let pieces = highlight::bash(text);
    assert_eq!(pieces.last().map_or(0, |piece| piece.end), text.len());
    assert!(pieces.iter().all(|piece| text.is_char_boundary(piece.end)));
    assert!(pieces.windows(2).all(|two| two[0].end < two[1].end));
});
