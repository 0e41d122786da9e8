//! Text, names, filters in general, blocks, calculations, parsing, printing.

use super::*;

const AB: [(&str, &str); 2] = [("a", "one"), ("b", "two")];

#[track_caller]
fn prints(template: &str, expected: &str) {
    let parsed = parse(template, Mode::Halt).unwrap_or_else(|error| panic!("{template}: {error}"));
    assert_eq!(parsed.to_string(), expected);
}

#[test]
fn t1_text_without_a_token_is_untouched() {
    for text in ["", "#", "## # ###", "a ##b }", "# {a}"] {
        check(&AB, text, text);
    }
}

#[test]
fn t2_hashes_escape_by_the_first_rule_that_fits() {
    check(&AB, "##{a}", "#{a}");
    check(&AB, "###{a}", "#one");
    check(&AB, "####{a}", "###{a}");
    check(&AB, "#####{a}", "###one");
    check(&AB, "#{a}#", "one#");
    check(&AB, "#{a} #x ##", "one #x ##");
}

#[test]
fn t3_escapes_in_values_are_undone_once() {
    check(&[("a", "##{b}"), ("b", "two")], "#{a}", "#{b}");
    check(&[("a", "#{b}"), ("b", "##{a}")], "#{a}", "#{a}");
}

#[test]
fn t4_end_tags_are_no_substitutions() {
    broken("x#{/if}y");
    broken("#{/a}");
    broken("#{/each}");
}

#[test]
fn i1_characters_of_names() {
    for name in ["a/b", "a:b", "@a", "(x)", "a~b", "a-b_c", "Ünïcode", "x١"] {
        check(&[(name, "v")], &format!("#{{{name}}}"), "v");
    }
    for name in ["a!", "a+b", "a$b", "a,b", "a😀", "Ⅷ"] {
        broken(&format!("#{{{name}}}"));
    }
}

#[test]
fn i2_blanks_in_names() {
    check(&[("two words", "v")], "#{  two words  }.", "v.");
    check(&[("two words", "v")], "#{two words | ToUpper}", "V");
    check(&[("two\nlines", "v")], "#{two\nlines}", "v");
    check(&[("sign in", "v")], "#{sign in}", "v");
    broken("#{sign in here}");
    broken("#{a == b}");
    broken("#{ }");
    // The look-ahead does not reach the very end of the text.
    check(&[], "#{a. }", "#{a.}");
    broken("#{a. } ");
}

#[test]
fn i3_paths_have_steps() {
    check(&[("a.b[c].d", "v")], "#{a.b[c].d}", "v");
    check(&[("a[b][c]", "v")], "#{a[b][c]}", "v");
    broken("#{a..b}");
    broken("#{a[b}");
    broken("#{.a}");
}

#[test]
fn i4_an_index_is_looked_up_whole_or_literal() {
    let map = [("t[one]", "1"), ("t[x y]", "2"), ("t[p[0].q]", "3"), ("a", "one"), ("t[]", "4")];
    check(&map, "#{t[#{a}]}", "1");
    check(&map, "#{t[ #{a} ]}", "1");
    check(&map, "#{t[  x y]}", "2");
    check(&map, "#{t[p[ 0].q]}", "3");
    check(&map, "#{t[]}", "4");
    echoes(&map, "#{t[x y ]}");
    echoes(&map, "#{t[#{a | Trim}]}");
    echoes(&map, "#{t[o#{a}]}");
}

#[test]
fn i5_a_star_is_the_first_entry() {
    check(&[("t[z].n", "1"), ("t[y].n", "2")], "#{t[*].n}", "1");
    check(&[("t[*]", "own")], "#{t[*]}", "own");
    echoes(&[("t.n", "1")], "#{t[*]}");
}

#[test]
fn f1_filters_follow_a_path_or_stand_alone() {
    check(&AB, "#{a|ToUpper|ToLower}", "one");
    check(&AB, "#{ | Append x}", "x");
    broken("#{a | }");
    broken("#{a | | Trim}");
}

#[test]
fn f2_filters_apply_in_order_whatever_their_case() {
    check(&AB, "#{a | toupper | APPEND x | Prepend y}", "yONEx");
    check(&[], "#{a | Nope | Append x}", "x");
    echoes(&[], "#{a | Nope | ToUpper}");
}

#[test]
fn f3_options_are_words_quotes_or_tokens() {
    check(&AB, "#{a | Append -1 255/3 x@y}", "one-1255/3x@y");
    check(&AB, r#"#{a | Append "b\c d"}"#, r"oneb\c d");
    check(&AB, r##"#{a | Append \" "#{x}\"}"##, r##"one "#{x}"##);
    check(&AB, "#{a | Append #{if b}yes#{/if}}", "oneyes");
    check(&AB, "#{a | Append #{calc 1+1}}", "one2");
    check(&AB, "#{a | Append #{each x in b}<#{x}>#{/each}}", "one<two>");
    broken(r##"#{a | Append "#"}"##);
    broken(r#"#{a | Append 1.5}"#);
    broken(r#"#{a | Append "x}"#);
}

#[test]
fn f4_blanks_after_an_option_that_is_a_token() {
    check(&AB, "#{a | Append #{b}#{a}}", "onetwoone");
    check(&AB, "#{a | Append #{b} x}", "onetwox");
    check(&AB, "#{a | Append #{b}| ToUpper}", "ONETWO");
    check(&AB, "#{a | Append #{b} }", "onetwo");
    broken("#{a | Append #{b} #{a}}");
    broken("#{a | Append #{b} | ToUpper}");
}

#[test]
fn f5_an_option_that_is_missing_is_its_echo() {
    let result = run(&AB, "#{a | Append #{ gone }}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("one#{gone}"));
    assert_eq!(result.missing, ["#{gone}"]);
}

#[test]
fn f6_a_filter_that_can_not_is_echoed() {
    echoes(&AB, "#{a | Nope}");
    echoes(&AB, "#{a | ToUpper \"x\"}");
    echoes(&AB, "#{gone | ToUpper}");
    echoes(&AB, "#{ | Trim}");
}

#[test]
fn f7_host_filters_are_for_the_outermost_text() {
    let variables = vars(&[("a", "one"), ("inner", "#{a | Shout}")]);
    let mut engine = Engine::new(&variables);
    engine.add_filter("shout", |input, _| input.map(|text| format!("{text}!")));
    engine.add_filter("ToUpper", |_, _| Some("never".to_owned()));
    let text = |template: &str| engine.evaluate(template).expect("a result").text;
    assert_eq!(text("#{a | SHOUT}").as_deref(), Some("one!"));
    assert_eq!(text("#{a | ToUpper}").as_deref(), Some("ONE"));
    assert_eq!(text("#{if a}#{a | Shout}#{/if}").as_deref(), Some("one!"));
    assert_eq!(text("#{inner}").as_deref(), Some("#{a | Shout}"));
    assert_eq!(text("#{each x in a}#{x | Shout}#{/each}").as_deref(), Some("#{x | Shout}"));
    assert_eq!(text("#{a | Append #{a | Shout}}").as_deref(), Some("one#{a | Shout}"));
}

#[test]
fn b1_conditions_compare_in_every_combination() {
    check(&AB, r#"#{if a == "one"}y#{/if}"#, "y");
    check(&AB, r#"#{if "one" == a}y#{/if}"#, "y");
    check(&AB, "#{if a != b}y#{/if}", "y");
    check(&AB, r#"#{if a=="one"}y#{/if}"#, "y");
    check(&AB, r#"#{if "ONE" == a | ToUpper}y#{/if}"#, "y");
    check(&AB, "#{if a | ToUpper == b | Replace two ONE}y#{/if}", "y");
    check(&[("h", "a#b")], r##"#{if h == \"a#b\"}y#{/if}"##, "y");
    broken(r#"#{if "a" == "a"}y#{/if}"#);
    broken(r##"#{if h == "a#b"}y#{/if}"##);
}

#[test]
fn b2_comparison_is_exact_and_missing_is_empty() {
    check(&AB, r#"#{if a == "One"}y#{else}n#{/if}"#, "n");
    check(&AB, r#"#{if gone == ""}y#{/if}"#, "y");
    check(&AB, "#{if gone == lost}y#{/if}", "y");
    check(&AB, "#{if 1 == 2}y#{/if}", "y");
    assert_eq!(run(&AB, "#{if gone}x#{/if}").expect("a result").missing, Vec::<String>::new());
}

#[test]
fn b3_truthiness() {
    let cases = [
        ("", "f"),
        ("0", "f"),
        ("no", "f"),
        (" NO ", "f"),
        ("False", "f"),
        ("\tfalse\n", "f"),
        (" ", "t"),
        ("00", "t"),
        (" 0", "t"),
        ("n", "t"),
        ("null", "t"),
        ("-1", "t"),
    ];
    for (value, expected) in cases {
        check(&[("v", value)], "#{if v}t#{else}f#{/if}", expected);
    }
    check(&[], "#{if v}t#{else}f#{/if}", "f");
}

#[test]
fn b4_collections() {
    let body = "#{each x in c}[#{x}]#{/each}";
    check(&[("c[z].n", "1"), ("C[a].n", "2"), ("c[Z].m", "3")], body, "[z][a]");
    check(&[("c[z]", "own"), ("c[a].n", "2")], body, "[own][a]");
    check(&[("c[z].n", "1"), ("c", "p, q,")], body, "[p][ q][]");
    check(&[("c", "[1,\"two\",{\"k\":3}]")], body, "[1][two][{\"k\":3}]");
    check(&[("c", "")], body, "[]");
    check(&[], body, "");
    check(&[("c.n", "1")], body, "");
    check(
        &[("c", "{\"k\":1,\"l\":[2]}")],
        "#{each x in c}#{x}=#{x.Key}=#{x.value};#{/each}",
        "k=k=1;l=l=[2];",
    );
    check(&[("c[z].n", "1"), ("c", "#{bad!}")], body, "[z]");
}

#[test]
fn b5_loops_have_variables_of_their_own() {
    let specials = "#{Octopus.Template.Each.Index}#{Octopus.Template.Each.First}#{octopus.template.each.last} ";
    check(
        &[("c", "x,y")],
        &format!("#{{each i in c}}{specials}#{{/each}}"),
        "0TrueFalse 1FalseTrue ",
    );
    check(
        &[("c", "x,y")],
        "#{each i in c}#{each j in c}#{Octopus.Template.Each.Index}#{/each}#{Octopus.Template.Each.Index} #{/each}",
        "010 011 ",
    );
    echoes(&[], "#{Octopus.Template.Each.Index}");
    assert_eq!(fails(&[("c", "x")], "#{each octopus in c}#{/each}"), Failure::LoopName);
    check(&[], "#{each Octopus in c}#{/each}", "");
}

#[test]
fn b6_keywords_and_branches() {
    check(
        &AB,
        "#{IF a}y#{/if}#{Unless gone}n#{/unless}#{EACH x in a}#{x}#{/each}#{CALC 1}",
        "ynone1",
    );
    check(&AB, "#{unless a}y#{else}n#{/unless}", "n");
    check(&AB, "#{if gone}1#{elseif lost}2#{elseif b}3#{else}4#{/if}", "3");
    check(&AB, "#{if gone}1#{elseif lost}2#{else}4#{/if}", "4");
    check(&AB, "#{if a}1#{ else}2#{/if}", "1#{else}2");
    check(&AB, "#{if a}1#{elsewhere}#{/if}", "1#{elsewhere}");
    check(&AB, "#{if gone}1#{else}2#{else}3#{/if}", "2#{else}3");
    check(&AB, "#{unless gone}1#{elseif b}2#{/unless}", "1#{elseif b}2");
    broken("#{each x IN a}#{/each}");
    broken("#{if a == b}x#{/IF}");
}

#[test]
fn b7_a_condition_that_gives_nothing_is_echoed_whole() {
    let result = run(&AB, "#{if gone | Trim == \"x\"}1#{else}#{a}#{/if}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("#{if gone | Trim == \"x\" }1#{else}#{a}#{/if}"));
    assert_eq!(result.missing, ["gone | Trim"]);
    let result = run(&AB, "#{if a == gone | Trim}1#{/if}").expect("a result");
    assert_eq!(result.missing, ["gone | Trim"]);
}

#[test]
fn b8_a_block_without_end_is_a_variable() {
    echoes(&AB, "#{if a}");
    check(&[("if a", "v")], "#{if a}!", "v!");
    check(&[("if", "v"), ("each", "w")], "#{if}#{each}", "vw");
    broken("#{each x in a}y");
    broken("#{if a == b}y");
}

#[test]
fn k1_calculations() {
    let numbers = [("a", "5"), ("b", "7")];
    check(&numbers, "#{calc a + b}", "12");
    check(&numbers, "#{calc 2+3*4-10/4}", "11.5");
    check(&numbers, "#{calc 10-4-3}", "3");
    check(&numbers, "#{calc (1+2)*(3+{a})}", "24");
    check(&numbers, "#{ calc  .5 * 4 }", "2");
    check(&numbers, "#{calc 1/0} #{calc 0/0} #{calc 0-1/0}", "Infinity NaN -Infinity");
}

#[test]
fn k2_operators_that_belong_to_names() {
    let numbers = [("a", "5"), ("b", "7")];
    check(&numbers, "#{calc 9-b}", "2");
    check(&numbers, "#{calc {b}-9}", "-2");
    check(&numbers, "#{calc b-9}", "#{b-9}");
    check(&numbers, "#{calc (b*2)-9}", "5");
    check(&[("a - 1", "3")], "#{calc a - 1}", "3");
    broken("#{calc (b)*2}");
    check(&[("calc 2x", "v")], "#{calc 2x}!", "v!");
}

#[test]
fn k3_numbers_print_shortest() {
    let cases = [
        ("0.1+0.2", "0.30000000000000004"),
        ("2/7", "0.2857142857142857"),
        ("100000000*100000000", "10000000000000000"),
        ("1000000000*100000000", "1E+17"),
        ("1/10000", "0.0001"),
        ("1/100000", "1E-05"),
        ("1.5/100000", "1.5E-05"),
        ("0-0", "0"),
        ("0*(0-1)", "-0"),
    ];
    for (sum, expected) in cases {
        check(&[], &format!("#{{calc {sum}}}"), expected);
    }
}

#[test]
fn k4_values_may_have_groups() {
    check(&[("a", " 1,234.5 ")], "#{calc a+1}", "1235.5");
    check(&[("a", "-1e3")], "#{calc a+1}", "-999");
    check(&[("a", "1.5,0")], "#{calc a+1}", "#{a+1}");
}

#[test]
fn k5_a_calculation_that_can_not_be_made_is_not_reported() {
    let result = run(&[("a", "x")], "#{calc (a+ 1)*2}#{calc gone}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("#{a+1*2}#{gone}"));
    assert_eq!(result.error(), None);
}

#[test]
fn k6_digits_of_other_scripts_fail() {
    assert!(matches!(fails(&[], "#{calc ½}"), Failure::Number(_)));
    assert!(matches!(fails(&[("a", "#{calc ٣+1}")], "#{a}"), Failure::Number(_)));
}

#[test]
fn p1_blocks_come_before_substitutions() {
    check(&[("if a", "no"), ("a", "1")], "#{if a}yes#{/if}", "yes");
    check(&[("calc 1", "no")], "#{calc 1}", "1");
    check(&[("calc a!", "no")], "#{calc a}", "#{a}");
}

#[test]
fn p2_one_bad_token_spoils_the_text() {
    let result = run(&AB, "#{a} #{b").expect("a result");
    assert_eq!(result.text.as_deref(), Some("#{a} #{b"));
    let error = result.parse_error.expect("an error");
    assert_eq!((error.at, error.place.line, error.place.column), (8, 1, 9));
    let error = parse("fine\n #{a !}", Mode::Halt).expect_err("does not parse");
    assert_eq!((error.place.line, error.place.column), (2, 6));
    assert!(error.to_string().contains("line 2, column 6"), "{error}");
}

#[test]
fn p3_a_value_that_does_not_parse_stays() {
    let result = run(&[("a", "x #{b ! ##{"), ("b", "2")], "#{a}").expect("a result");
    assert_eq!(result.text.as_deref(), Some("x #{b ! ##{"));
    assert_eq!(result.error(), None);
}

#[test]
fn p4_continue_mode_goes_on_after_a_bad_token() {
    let variables = vars(&AB);
    let engine = Engine::new(&variables);
    let text = |template| engine.evaluate_in(template, Mode::Continue).expect("a result").text;
    assert_eq!(text("#{b !} #{a}").as_deref(), Some("#{b !} one"));
    assert_eq!(text("#{/if} #{a}").as_deref(), Some("#{/if} one"));
    assert_eq!(text("#{a} #{").as_deref(), Some("one #{"));
    assert_eq!(text("#{}##{#{a}").as_deref(), Some("#{}#{one"));
    // The block is read to its end before it fails, so its inside stays too.
    assert_eq!(text("#{if a == b}#{a}").as_deref(), Some("#{if a == b}#{a}"));
}

#[test]
fn p5_nesting_is_limited_and_parsing_stays_linear() {
    let nested = |depth: usize| format!("{}x{}", "#{if a}".repeat(depth), "#{/if}".repeat(depth));
    assert!(parse(&nested(MAX_DEPTH), Mode::Halt).is_ok());
    let error = parse(&nested(MAX_DEPTH + 1), Mode::Halt).expect_err("too deep");
    assert_eq!(error.kind, ParseErrorKind::TooDeep);
    assert!(matches!(run(&[], &nested(200)), Err(EvalError::Limit(Limit::Depth))));
    // Reading every failed block again would take two to the power of 40 steps.
    let unclosed = "#{if a}".repeat(40);
    assert!(parse(&unclosed, Mode::Halt).is_ok());
    let options = format!("{}a{}", "#{if a | b ".repeat(40), "}".repeat(40));
    assert!(parse(&options, Mode::Halt).is_ok());
    assert!(parse(&"#{a[".repeat(20_000), Mode::Halt).is_err());
    assert!(parse(&format!("#{{a{}}}", " | Trim".repeat(20_000)), Mode::Halt).is_ok());
    assert!(parse(&format!("#{{calc 1{}}}", "+1".repeat(20_000)), Mode::Halt).is_ok());
}

#[test]
fn p6_pieces_know_their_bytes() {
    let text = "é#{ a.b | Trim }#{if c}d#{/if}";
    let parsed = parse(text, Mode::Halt).expect("parses");
    let slices: Vec<&str> =
        parsed.nodes.iter().map(|node| &text[node.span.start..node.span.end]).collect();
    assert_eq!(slices, ["é", "#{ a.b | Trim }", "#{if c}d#{/if}"]);
    let Kind::Substitution(expression) = &parsed.nodes[1].kind else { panic!("a substitution") };
    let symbol = expression.symbol.as_ref().expect("a path");
    assert_eq!(text[symbol.span.start..symbol.span.end].trim(), "a.b");
    let span = expression.filters[0].span;
    assert_eq!(&text[span.start..span.end], "Trim");
}

#[test]
fn o1_blanks_are_normalised() {
    prints("#{  a.b[ c]|Trim  }", "#{a.b[c] | Trim}");
    prints("#{ if  a==b }x#{/if}", "#{if a == b }x#{/if}");
    prints("#{each  x  in  a }y#{/each}", "#{each x in a}y#{/each}");
    prints("#{t[ #{x} ]}", "#{t[#{x}]}");
}

#[test]
fn o2_text_options_are_quoted() {
    prints("#{a|Replace x  \"y z\"#{b}}", "#{a | Replace \"x\" \"y z\" #{b}}");
    prints(r##"#{a | Append \"#{\"}"##, "#{a | Append \"##{\"}");
    prints("x##{y}", "x##{y}");
}

#[test]
fn o3_unless_and_elseif_print_as_ifs() {
    prints("#{unless a}1#{else}2#{/unless}", "#{if a}2#{else}1#{/if}");
    prints("#{if a}1#{elseif b}2#{else}3#{/if}", "#{if a}1#{else}#{if b}2#{else}3#{/if}#{/if}");
    prints("#{if a}1#{else}#{/if}", "#{if a}1#{/if}");
    prints("#{if \"x\" == a}1#{/if}", "#{if a == \"x\" }1#{/if}");
}

#[test]
fn o4_calculations_print_bare() {
    prints("#{calc (1.50+{b})*c}", "#{1.5+b*c}");
}
