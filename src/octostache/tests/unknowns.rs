//! U rules: values that only a run knows.

use super::*;

const MARK: &str = "\u{100000}";
const OTHER: &str = "\u{100001}";

/// `secret` and `other` are opaque, `id` is a sample; the rest is firm.
fn ground() -> Variables {
    let mut variables = vars(&[
        ("host", "db"),
        ("both", "#{host}:#{secret}"),
        ("T[a]", "1"),
        ("json", "{\"a\":\"#{secret}\",\"b\":\"x\"}"),
        ("maybe", "#{if secret}a#{/if}"),
        ("either", "#{if id == \"x\"}a#{/if}"),
    ]);
    variables.set_stand_in("secret", MARK, Standing::Opaque);
    variables.set_stand_in("other", OTHER, Standing::Opaque);
    variables.set_stand_in("id", "Deployments-1", Standing::Sample);
    variables
}

fn evaluated(template: &str) -> Evaluation {
    let variables = ground();
    let mut engine = Engine::new(&variables);
    engine.set_unknown(Box::new(|name| name.starts_with("run.").then(|| OTHER.into())));
    engine.evaluate(template).unwrap_or_else(|error| panic!("{template}: {error}"))
}

#[track_caller]
fn gives(template: &str, text: &str, doubt: Doubt) {
    let result = evaluated(template);
    assert_eq!(result.text.as_deref(), Some(text), "{template}");
    assert_eq!(result.doubt, doubt, "{template}");
    let worst = result.segments.iter().map(|one| one.doubt).max().unwrap_or_default();
    assert!(worst <= doubt, "the segments of {template}");
}

#[test]
fn u1_stand_ins_go_where_the_value_goes() {
    gives("a #{secret} b", &format!("a {MARK} b"), Doubt::Opaque);
    gives("#{both}", &format!("db:{MARK}"), Doubt::Opaque);
    gives("#{id | ToUpper}", "DEPLOYMENTS-1", Doubt::Sample);
    gives("#{host}", "db", Doubt::None);
}

#[test]
fn u2_what_is_made_of_something_opaque_is_opaque() {
    gives("#{secret | ToUpper | Truncate 2}", MARK, Doubt::Opaque);
    gives("#{both | Md5}", MARK, Doubt::Opaque);
    gives(
        "#{host | Replace #{secret} #{other}}",
        "#{host | Replace #{secret} #{other}}",
        Doubt::None,
    );
    gives("#{host | Replace #{secret}#{other}}", &format!("{MARK}{OTHER}"), Doubt::Opaque);
    gives("#{calc secret + 1}", MARK, Doubt::Opaque);
    gives("#{T[#{secret}]}", MARK, Doubt::Opaque);
    gives("#{secret.A[0]}", MARK, Doubt::Opaque);
    gives("#{json.a}", MARK, Doubt::Opaque);
    gives("#{json.b}", "x", Doubt::Opaque);
    gives("#{maybe | ToUpper}", MARK, Doubt::Undecided);
    gives("#{either | ToUpper}", "#{if id == \"x\" }a#{/if}", Doubt::Undecided);
}

#[test]
fn u3_blocks_on_something_opaque_are_not_decided() {
    for block in [
        "#{if secret}a#{else}b#{/if}",
        "#{if host == secret }a#{/if}",
        "#{if id == \"x\" }a#{/if}",
        "#{if missing != id }a#{/if}",
        "#{each x in secret}#{x}#{/each}",
        "#{each x in both}#{x}#{/each}",
    ] {
        gives(block, block, Doubt::Undecided);
        let segments = evaluated(block).segments;
        assert!(segments.iter().all(|one| one.kind == SegmentKind::Undecided), "{block}");
        assert!(segments.iter().any(|one| !one.reads.is_empty()), "{block}");
        assert_eq!(evaluated(block).missing, [""; 0], "{block}");
    }
    gives("#{if id}a#{else}b#{/if}", "a", Doubt::Sample);
    gives("#{maybe}", "#{if secret}a#{/if}", Doubt::Undecided);
    gives("#{if host}#{secret}#{/if}", MARK, Doubt::Opaque);
}

#[test]
fn u4_the_host_says_what_may_be_there() {
    gives("#{run.A[b].c}", OTHER, Doubt::Opaque);
    gives("#{if run.A}a#{/if}", "#{if run.A}a#{/if}", Doubt::Undecided);
    gives("#{each x in host}#{run.A}#{/each}", OTHER, Doubt::Opaque);
    let result = evaluated("#{walk.A}#{run.A}");
    assert_eq!(result.missing, ["#{walk.A}"]);
    let found: Vec<_> = result.reads.iter().map(|one| (one.name.as_str(), one.found)).collect();
    assert_eq!(found, [("walk.A", false), ("run.A", true)]);
}

#[test]
fn u5_every_segment_says_its_doubt() {
    let result = evaluated("a#{host}#{id}#{secret}#{maybe}");
    let doubts: Vec<_> = result.segments.iter().map(|one| one.doubt).collect();
    let expected = [Doubt::None, Doubt::None, Doubt::Sample, Doubt::Opaque, Doubt::Undecided];
    assert_eq!(doubts, expected);
    assert_eq!(result.doubt, Doubt::Undecided);
}
