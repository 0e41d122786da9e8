//! Variables, lookup, JSON, cycles.

use super::*;

#[test]
fn n1_names_have_no_case_and_keep_their_place() {
    let mut variables = vars(&[("First", "1"), ("Second", "2")]);
    variables.set("FIRST", Some("3"));
    let all: Vec<_> = variables.iter().collect();
    assert_eq!(all, [("First", Some("3")), ("Second", Some("2"))]);
    assert_eq!(variables.get_raw("first"), Some("3"));
    assert_eq!((variables.len(), variables.is_empty()), (2, false));
    let umlaut = vars(&[("Straße-Ä", "x")]);
    assert_eq!(umlaut.get_raw("sTRAßE-ä"), Some("x"));
    assert_eq!(umlaut.get_raw("STRASSE-Ä"), None);
}

#[test]
fn n2_null_is_missing_by_name_and_empty_in_text() {
    let mut variables = Variables::new();
    variables.set("a", None);
    assert_eq!(variables.get_raw("a"), None);
    let engine = Engine::new(&variables);
    assert_eq!(engine.get("a"), Ok(None));
    assert_eq!(engine.evaluate("[#{a}]").expect("a result").text.as_deref(), Some("[]"));
}

#[test]
fn n3_only_the_path_at_the_start_of_a_name_counts() {
    check(&[("a", "1"), ("a!", "2")], "#{a}", "2");
    check(&[("a!", "2"), ("a", "1")], "#{a}", "1");
    check(&[("sign in here", "x")], "#{sign}", "x");
    check(&[(" padded ", "x")], "#{padded}", "x");
    let variables = vars(&[("$odd", "x")]);
    let engine = Engine::new(&variables);
    assert_eq!(engine.get("$odd").expect("no failure").and_then(|r| r.text).as_deref(), Some("x"));
}

#[test]
fn n4_indexes_in_order() {
    let variables =
        vars(&[("p[z].n", "1"), ("p[a[0]].n", "2"), ("p[Z].m", "3"), ("p[t]", "own"), ("p[]", "")]);
    let engine = Engine::new(&variables);
    assert_eq!(engine.indexes("P").expect("a path"), ["z", "a[0]", "own", ""]);
    assert_eq!(engine.indexes("q.r").expect("a path"), Vec::<String>::new());
    assert!(matches!(engine.indexes(" "), Err(EvalError::Failed(Failure::Path(_)))));
    assert!(matches!(engine.indexes("!"), Err(EvalError::Failed(Failure::Path(_)))));
}

#[test]
fn n5_saved_as_json() {
    let mut variables = vars(&[("b", "x\"\n\u{1}é"), ("a", "")]);
    variables.set("n", None);
    assert_eq!(
        variables.save_as_string(),
        "{\n  \"b\": \"x\\\"\\n\\u0001é\",\n  \"a\": \"\",\n  \"n\": null\n}"
    );
    assert_eq!(Variables::new().save_as_string(), "{}");
}

#[test]
fn n6_a_name_with_a_substituted_index_fails_all() {
    let pairs = [("t[#{x}]", "1"), ("a", "2")];
    assert_eq!(fails(&pairs, "#{a}"), Failure::Name("t[#{x}]".to_owned()));
    check(&pairs, "plain", "plain");
}

#[test]
fn n7_typed_reads() {
    let variables = vars(&[
        ("yes", " TRUE "),
        ("no", "False"),
        ("odd", "1"),
        ("n", " -12 "),
        ("big", "2147483648"),
        ("list", " a, #{odd},, b "),
        ("empty", ""),
    ]);
    let engine = Engine::new(&variables);
    let flag = |name| engine.get_flag(name, true).expect("no failure");
    assert_eq!((flag("yes"), flag("no"), flag("odd"), flag("gone")), (true, false, true, true));
    assert_eq!(engine.get_int32("n"), Ok(Some(-12)));
    assert_eq!((engine.get_int32("big"), engine.get_int32("gone")), (Ok(None), Ok(None)));
    assert_eq!(engine.get_strings("list", &[',']), Ok(vec!["a".into(), "1".into(), "b".into()]));
    assert_eq!(engine.require("odd").as_deref(), Ok("1"));
    for name in ["empty", "gone"] {
        assert_eq!(engine.require(name), Err(EvalError::Required { name: name.to_owned() }));
    }
}

#[test]
fn l1_substituted_indexes_come_first() {
    let map = [("t[b].n", "1"), ("x", "#{y}"), ("y", "b"), ("z", "gone")];
    check(&map, "#{t[#{x}].n}", "1");
    echoes(&map, "#{t[#{lost}].n}");
    echoes(&map, "#{t[#{z}].n}");
    check(&[("s[1].d", "x"), ("c[p].s", "1")], "#{each i in c}#{s[#{i.s}].d}#{/each}", "x");
}

#[test]
fn l2_steps_have_no_case() {
    check(&[("Some.Path[Key]", "v")], "#{sOME.pATH[kEY]}", "v");
}

#[test]
fn l3_the_whole_path_is_tried_further_out() {
    check(&[("c", "x"), ("i.n", "global")], "#{each i in c}#{i.n}#{/each}", "global");
    check(&[("c", "x"), ("i", "global")], "#{each i in c}#{i}#{/each}#{i}", "xglobal");
    check(
        &[("c", "1"), ("d", "2"), ("v", "#{i}#{j}")],
        "#{each i in c}#{each j in d}#{i}#{j}#{v}#{/each}#{/each}",
        "12#{i}#{j}",
    );
    check(&[("Octopus.X", "v"), ("c", "1")], "#{each i in c}#{Octopus.X}#{/each}", "v");
}

#[test]
fn l4_the_text_found_is_evaluated() {
    check(&[("a", "<#{b}>"), ("b", "#{c | ToUpper}"), ("c", "x")], "#{a}", "<X>");
    let result = run(&[("a", "x#{gone}y")], "#{a}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("x#{gone}y"));
    assert_eq!(result.missing, ["#{gone}"]);
}

#[test]
fn l5_what_has_no_text() {
    echoes(&[("a.b", "1")], "#{a}");
    check(&[("a[k].b", "1")], "#{a[K]}", "k");
}

#[test]
fn j1_json_is_looked_into_behind_the_variables() {
    let json = [("t", "{\"a\":{\"b\":[1,2]},\"c\":3}"), ("t.c", "own"), ("t.a.x", "y")];
    check(&json[..1], "#{t.a.b[1]}#{t[a][b].0}#{t.c}", "213");
    check(&json, "#{t.c}#{t.a.x}", "owny");
    echoes(&json, "#{t.a.b}");
}

#[test]
fn j2_what_is_not_there() {
    let json = [("o", "{\"a\":1}"), ("l", "[2,3]"), ("s", "12"), ("q", "\"x\""), ("bad", "{a: b}")];
    check(&json, "[#{o.A}#{o.zz}#{l[7]}]", "[]");
    echoes(&json, "#{o.zz.y}");
    echoes(&json, "#{l.x}");
    echoes(&json, "#{s.x}");
    echoes(&json, "#{q.x}");
    echoes(&json, "#{bad.a}");
    assert_eq!(fails(&json, "#{l[-1]}"), Failure::NegativeIndex);
}

#[test]
fn j3_tokens_in_json_are_evaluated_first() {
    check(&[("t", "{#{k}: \"#{v}\"}"), ("k", "a"), ("v", "1")], "#{t.a}", "1");
    check(&[("t", "{\"a\":\"##{b}\"}"), ("b", "again")], "#{t.a}", "again");
}

#[test]
fn j4_how_values_print() {
    let cases = [
        ("true", "True"),
        ("false", "False"),
        ("null", ""),
        ("1.0", "1"),
        ("-0.5e1", "-5"),
        ("9223372036854775807", "9223372036854775807"),
        ("\"2030-05-22T09:05:00Z\"", "05/22/2030 09:05:00"),
        ("\"2030-05-22T09:05:00.5\"", "05/22/2030 09:05:00"),
        ("\"2030-05-22\"", "2030-05-22"),
        ("\"/Date(0)/\"", "01/01/1970 00:00:00"),
        ("new Date(0)", "01/01/1970 00:00:00"),
        ("{ \"x\" : [ 1.0, true, null, \"a\\/b\\u00e9\" ] }", "{\"x\":[1.0,true,null,\"a/bé\"]}"),
        ("[\"2030-05-22T09:05:00.50Z\"]", "[\"2030-05-22T09:05:00.5Z\"]"),
    ];
    for (json, expected) in cases {
        check(&[("t", &format!("{{\"v\":{json}}}"))], "#{t.v}", expected);
    }
    assert_eq!(fails(&[("t", "[9223372036854775808]")], "#{t[0]}"), Failure::JsonInteger);
    check(&[("t", "[[9223372036854775808]]")], "#{t[0]}", "[9223372036854775808]");
    let variables = vars(&[("t", "[\"2030-05-22T09:05:00+02:00\"]")]);
    let now = Now { unix_millis: 0, offset_minutes: 60 };
    let engine = Engine::with(&variables, Setting { now, ..Setting::default() });
    let text = engine.evaluate("#{t[0]}").expect("a result").text;
    assert_eq!(text.as_deref(), Some("05/22/2030 08:05:00"));
}

#[test]
fn j5_json_is_read_leniently() {
    for json in
        ["{v:1}", "{'v':1}", "{\"v\":1,}", "/*c*/{v://d\n1}", "{v:0x1}", "{v:01}", "{v:2,v:1}"]
    {
        check(&[("t", json)], "#{t.v}", "1");
    }
    check(&[("t", "[1,,2]")], "#{t[0]}#{t[1]}#{t[2]}", "12");
    check(&[("t", "[1,2")], "#{t[1]}", "2");
    check(&[("t", "[.5,NaN,-Infinity]")], "#{t[0]}#{t[1]}#{t[2]}", "0.5NaN-Infinity");
    for json in ["{v:1", "{v:1}x", "{v:True}", "{v:+1}", "\u{feff}{v:1}", "{v:x}", "{v}", "{v:1 2}"]
    {
        echoes(&[("t", json)], "#{t.v}");
    }
    let deep = |depth: usize| format!("{{v:{}{}}}", "[".repeat(depth), "]".repeat(depth));
    check(&[("t", &deep(63))], "#{t.v}", &deep(63)[3..129]);
    echoes(&[("t", &deep(64))], "#{t.v}");
}

#[test]
fn r1_a_cycle_fails_with_its_chain() {
    let error = run(&[("a", "#{b}"), ("b", "-#{c}"), ("c", "#{b}")], "#{a}").expect_err("a cycle");
    let EvalError::Recursion { symbol, chain } = &error else { panic!("{error:?}") };
    assert_eq!(symbol, "b");
    assert_eq!(chain, &["a", "b", "c"]);
    assert!(error.to_string().contains("(a -> b -> c -> b)"), "{error}");
    assert!(matches!(run(&[("a", "#{A}")], "#{a}"), Err(EvalError::Recursion { .. })));
}

#[test]
fn r2_the_place_counts() {
    check(&[("m", "#{m[#{k}]}"), ("k", "x"), ("m[x]", "end")], "#{m}", "end");
    let pairs = [("a", "  #{if go}#{a}#{/if}")];
    assert!(run(&[("go", "1"), pairs[0]], "#{a}").is_err());
    check(&pairs, "#{a}", "  ");
    // Both letters stand at the same offset but for the line feed.
    check(&[("t", "{\"A\":\"#{t.B}\",\"B\":\"2\"}")], "#{t.A}", "2");
}

#[test]
fn r3_a_cycle_inside_json_is_a_missing_step() {
    check(&[("t", "{x:'#{t.y}',y:'ok'}")], "#{t.x}", "ok");
    // Met again outside the look into JSON, it is a cycle.
    let itself = run(&[("t", "{x:'#{t.x}'}")], "#{t.x}");
    assert!(matches!(itself, Err(EvalError::Recursion { .. })), "{itself:?}");
}
