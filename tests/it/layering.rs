//! The rules of the house that no compiler holds: who may name whom, what the
//! core may not know, and what stands nowhere. Failures say file and line.

#[path = "layering/code.rs"]
mod code;
#[path = "layering/colours.rs"]
mod colours;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use colours::raw_colours;
use pretty_assertions::assert_eq;

/// Each module of `src`, and the modules that it may name besides itself, inner
/// ones first; `platform::focus` is that part of `platform` only. Tests beside
/// the code may name more.
const LAYERS: [(&str, &str); 24] = [
    ("base", ""),
    ("highlight", ""),
    ("record", "base"),
    ("octostache", "base"),
    ("ocl", "base"),
    ("script", "base"),
    ("model", "base record"),
    ("scope", "base record model"),
    ("catalog", "base record model"),
    ("generate", "base record model"),
    ("edit", "base record model catalog scope"),
    ("compare", "base record model catalog edit"),
    ("format", "base record model catalog octostache ocl script"),
    ("export", "base record model catalog script format"),
    ("upgrade", "base record model catalog script format edit export"),
    ("deploy", "base record model catalog script format octostache scope export"),
    ("import", "base record model catalog edit format"),
    ("lint", "base record model catalog script format octostache ocl scope export"),
    ("reach", "base record model catalog script octostache scope export"),
    (
        "view",
        "base compare record model catalog script format octostache ocl scope export deploy import lint edit \
         reach highlight upgrade",
    ),
    (
        "cli",
        "base record model catalog script format octostache ocl scope export deploy import lint edit \
         reach highlight compare generate view upgrade",
    ),
    ("platform", "base"),
    (
        "state",
        "base record model catalog script format octostache ocl scope export deploy import lint edit \
         reach highlight compare generate view platform",
    ),
    (
        "ui",
        "base record model catalog script format octostache ocl scope export deploy import lint edit \
         reach highlight compare generate view upgrade state platform::files platform::focus platform::layer platform::near \
         platform::order platform::settings platform::size",
    ),
];

/// The modules that may know the browser; all others are the pure core and its
/// command line.
const BROWSER: [&str; 3] = ["platform", "state", "ui"];
const BROWSERS_CRATES: [&str; 10] = [
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo_net",
    "rexie",
    "reactive_stores",
    "tachys",
    "getrandom",
];

/// What only the command line may do: read, write, ask the time.
const IMPURE: [&str; 11] = [
    "std::fs",
    "std::net",
    "std::time",
    "std::env",
    "std::process",
    "std::thread",
    "io::stdin",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
];

/// What would end the program, or was left over; nowhere outside tests.
const NOWHERE: [&str; 6] = [".unwrap()", ".expect(", "panic!", "todo!", "unimplemented!", "dbg!"];
/// Text that would be taken for markup.
const MARKUP: [&str; 4] =
    ["inner_html", "set_inner_html", "set_outer_html", "insert_adjacent_html"];

const MOST_LINES: usize = 600;

/// Raw colours outside the tokens, each by its own line: shadows and what lies
/// behind a dialog are the same in both themes.
const COLOURS: [(&str, &str); 4] = [
    ("style/widgets.css", "background: rgb(15 18 30 / 40%);"),
    ("style/widgets.css", "background: light-dark(oklch(0.27 0.02 265), oklch(0.9 0.008 265));"),
    ("style/widgets.css", "color: light-dark(oklch(0.98 0 0), oklch(0.2 0.02 265));"),
    ("style/widgets.css", "box-shadow: 0 1px 2px rgb(0 0 0 / 12%);"),
];

/// Every file under `folder` that ends like this, by its path from the root.
fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut waiting = vec![root.join(folder)];
    let mut found = Vec::new();
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("readable").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if name != "node_modules" && name != "target" {
                    waiting.push(path);
                }
            } else if name.ends_with(ending) {
                let shown = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
                found.push((shown, fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    found.sort();
    found
}

/// The files of `src` that are compiled without tests, as code.
fn sources() -> Vec<(String, String)> {
    let is_test = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    let all = files("src", ".rs").into_iter().filter(|(path, _)| !is_test(path));
    all.map(|(path, text)| (path, code::of(&text))).collect()
}

/// The names of the modules that lead to the file: `src/a/b/mod.rs` is `[a, b]`.
fn module_of(path: &str) -> Vec<&str> {
    let inner = path.strip_prefix("src/").unwrap_or(path).trim_end_matches(".rs");
    let mut parts: Vec<_> = inner.split('/').collect();
    if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
        parts.pop();
    }
    parts
}

/// Where a file names what its layer may not.
fn wrong_names(path: &str, code: &str) -> Vec<String> {
    let module = module_of(path);
    let Some(own) = module.first() else { return Vec::new() };
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| layer == own) else {
        return vec![format!("{path}:1: no layer is said for `{own}`")];
    };
    let mut found = Vec::new();
    for (line, named) in code::crate_paths(code) {
        let mut parts = named.split("::");
        let first = parts.next().unwrap_or_default();
        let both = format!("{first}::{}", parts.next().unwrap_or_default());
        let may = allowed.split_whitespace().any(|one| one == first || one == both);
        if first != *own && !may {
            found.push(format!("{path}:{line}: `{own}` may not name `crate::{named}`"));
        }
    }
    for (line, length) in code::supers(code) {
        if length >= module.len() {
            found.push(format!("{path}:{line}: `super` leaves `{own}`; write `crate::`"));
        }
    }
    if !BROWSER.contains(own) {
        let impure = if *own == "cli" { &[][..] } else { &IMPURE[..] };
        for word in BROWSERS_CRATES.iter().chain(impure) {
            let lines = code::lines_with(code, word);
            let said = |line| format!("{path}:{line}: `{own}` may not use `{word}`");
            found.extend(lines.into_iter().map(said));
        }
    }
    found
}

/// Where a file has what stands nowhere.
fn forbidden(path: &str, code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in NOWHERE.iter().chain(&MARKUP) {
        let lines = code::lines_with(code, word);
        found.extend(lines.into_iter().map(|line| format!("{path}:{line}: `{word}`")));
    }
    found
}

#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn modules_name_only_what_lies_within() {
    let sources = sources();
    none(&sources.iter().flat_map(|(path, code)| wrong_names(path, code)).collect::<Vec<_>>());
    let there: BTreeSet<_> =
        sources.iter().filter_map(|(path, _)| module_of(path).first().copied()).collect();
    let said: BTreeSet<_> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    assert_eq!(there, said, "the table has every module and no other");
    // Inner ones first: what may be named has been said before.
    for (index, (layer, allowed)) in LAYERS.iter().enumerate() {
        for name in allowed.split_whitespace().filter_map(|name| name.split("::").next()) {
            let is_before = LAYERS[..index].iter().any(|(before, _)| *before == name);
            assert!(is_before, "`{layer}` may name `{name}`, which comes after it");
        }
    }
}

#[test]
fn nothing_in_src_gives_up_or_writes_html() {
    none(&sources().iter().flat_map(|(path, code)| forbidden(path, code)).collect::<Vec<_>>());
}

#[test]
fn no_file_is_long() {
    let mut all = files("src", ".rs");
    all.extend(files("tests", ".rs"));
    all.extend(files("xtask", ".rs"));
    let long = all.iter().filter_map(|(path, text)| {
        let lines = text.lines().count();
        (lines > MOST_LINES).then(|| format!("{path}:{}: {lines} lines", MOST_LINES + 1))
    });
    none(&long.collect::<Vec<_>>());
}

#[test]
fn colours_are_tokens() {
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for (path, text) in files("style", ".css") {
        if path == "style/tokens.css" {
            assert!(!raw_colours(&text).is_empty(), "the palette is here");
            continue;
        }
        for (line, text) in raw_colours(&text) {
            match COLOURS.iter().find(|one| **one == (path.as_str(), text.as_str())) {
                Some(allowed) => {
                    used.insert(*allowed);
                }
                None => found.push(format!("{path}:{line}: {text}")),
            }
        }
    }
    none(&found);
    let unused: Vec<_> = COLOURS.iter().filter(|one| !used.contains(*one)).collect();
    assert_eq!(unused, Vec::<&(&str, &str)>::new(), "these are gone; take them off the list");
}

#[test]
fn breaking_a_rule_is_told_with_its_place() {
    let check = |path: &str, text: &str, expected: &[&str]| {
        let code = code::of(text);
        let mut found = wrong_names(path, &code);
        found.extend(forbidden(path, &code));
        assert_eq!(found, expected, "{text}");
    };
    check("src/model/a.rs", "use crate::base::Finding;\nuse crate::{record, model};\n", &[]);
    check(
        "src/model/a.rs",
        "\nuse crate::{record::Table, lint::{Rule}};\n",
        &["src/model/a.rs:2: `model` may not name `crate::lint::`"],
    );
    check("src/ui/a/mod.rs", "use crate::platform::focus;", &[]);
    check(
        "src/ui/a/mod.rs",
        "use crate::platform::store;",
        &["src/ui/a/mod.rs:1: `ui` may not name `crate::platform::store`"],
    );
    check(
        "src/state/mod.rs",
        "use super::ui;",
        &["src/state/mod.rs:1: `super` leaves `state`; write `crate::`"],
    );
    check("src/state/a.rs", "use super::b; use leptos::prelude::*;", &[]);
    check(
        "src/edit/a.rs",
        "use leptos::prelude::*;",
        &["src/edit/a.rs:1: `edit` may not use `leptos`"],
    );
    check(
        "src/scope/a.rs",
        "let now = std::time::Instant::now();",
        &["src/scope/a.rs:1: `scope` may not use `std::time`"],
    );
    check("src/new/a.rs", "", &["src/new/a.rs:1: no layer is said for `new`"]);
    check(
        "src/ui/a.rs",
        "// a.unwrap()\nlet a = b\n    .unwrap();\nview! { <p inner_html=a/> }\na.unwrap_or(b);",
        &["src/ui/a.rs:3: `.unwrap()`", "src/ui/a.rs:4: `inner_html`"],
    );
}
