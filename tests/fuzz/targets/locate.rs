//! Places in JSON: a path on the first line, the text after it. The place lies
//! in the text, and colouring the text covers all of it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::format::design_file::locate;
use pulpo::highlight;

fuzz_target!(|input: &str| {
    let (path, text) = input.split_once('\n').unwrap_or(("$", input));
    if let Some(place) = locate(text, path) {
        assert!(place.line >= 1 && place.column >= 1);
        assert!(place.line as usize <= text.split(['\n', '\r']).count());
    }
    let pieces = highlight::json(text);
    assert_eq!(pieces.last().map_or(0, |piece| piece.end), text.len());
    assert!(pieces.iter().all(|piece| text.is_char_boundary(piece.end)));
    assert!(pieces.windows(2).all(|two| two[0].end < two[1].end));
});
