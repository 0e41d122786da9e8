use super::*;

#[test]
fn guids_are_well_formed_stable_and_differ() {
    let one = guid(&["pulpo/step-template/", "A"]);
    assert_eq!(one, guid(&["pulpo/", "step-template/A"]));
    assert_ne!(one, guid(&["pulpo/step-template/B"]));
    let lengths: Vec<_> = one.split('-').map(str::len).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12]);
    assert!(one.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()));
    assert_eq!(one.as_bytes()[14], b'8', "the version");
    assert!(matches!(one.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "the variant");
}
