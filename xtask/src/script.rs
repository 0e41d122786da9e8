//! The one script of the published page: ours that starts the app, the loader
//! of its parts, and `wasm-bindgen`'s, in the page itself. As files they would
//! have to be fetched, read and linked before the wasm may run, one after the
//! other, and the page starts no sooner than that.

use crate::{Result, split};

/// What a script is called in the others, where they imported it.
const LOADER: &str = "loader";

/// All scripts as one. `start` is ours, and calls what `wasm-bindgen`'s script
/// declares; `loader` is nothing for an app that was not split.
pub fn joined(start: &str, loader: Option<&str>, bindgen: &str) -> Result<String> {
    let mut script = String::new();
    // In a block, so that its names are its own; first, so that the wasm comes soon.
    push_block(&mut script, "{\n", start, "}\n");
    if let Some(loader) = loader {
        let (loader, names) = closed(loader);
        let end = format!("return {{ {} }};\n}})();\n", names.join(", "));
        push_block(&mut script, &format!("const {LOADER} = (() => {{\n"), &loader, &end);
    }
    for line in shrunk(bindgen).lines() {
        script.push_str(&taken_from_loader(line)?);
        script.push('\n');
    }
    if script.contains("</") || script.contains("<!--") {
        return Err("a script holds what would end or hide it in a page".to_owned());
    }
    Ok(script)
}

fn push_block(script: &mut String, start: &str, body: &str, end: &str) {
    script.push_str(start);
    script.push_str(&shrunk(body));
    script.push_str(end);
}

/// The loader without what makes it a module of its own, and the names of what
/// it exports. What it imports stands in the same script.
fn closed(loader: &str) -> (String, Vec<&str>) {
    let mut names = Vec::new();
    let mut body = String::with_capacity(loader.len());
    for line in loader.lines().filter(|line| !line.starts_with("import ")) {
        let declared = line.strip_prefix("export ");
        let words = declared.unwrap_or_default().split(|c: char| !c.is_alphanumeric() && c != '_');
        let is_name = |word: &&str| !["", "const", "function", "async"].contains(word);
        names.extend(words.into_iter().find(is_name));
        body.push_str(declared.unwrap_or(line));
        body.push('\n');
    }
    (body, names)
}

/// A line of `wasm-bindgen`'s script; instead of importing the loader it takes
/// what it needs from it.
fn taken_from_loader(line: &str) -> Result<String> {
    let Some(import) = line.strip_prefix("import ") else { return Ok(line.to_owned()) };
    match import.split_once(" from ") {
        Some((what, file)) if file.contains(split::LOADER) => {
            let what = what.trim_start_matches("* as ").trim();
            Ok(format!("const {what} = {LOADER};"))
        }
        _ => Err(format!("wasm-bindgen's script imports what is not known: {line}")),
    }
}

/// A script without its indentation and its comment lines. What a line holds
/// besides is left alone, and so is a script with a template that spans lines.
pub fn shrunk(script: &str) -> String {
    if script.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return script.to_owned();
    }
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        if in_comment || line.starts_with("/*") {
            in_comment = !line.contains("*/");
        } else if !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: &str = "// Says.\nconst wasm = 1;\n  go(init);\n";
    const LOADER: &str = "import { initSync } from \"./pulpo.js\";\n\
                          let shared;\n\
                          export const load_1 = wrap(() => {\n}, \"\");\n\
                          export async function bring_rest(now) {\n}\n";
    const BINDGEN: &str = "/**\n * Doc.\n */\n\
                           import { bring_rest } from './__wasm_split.js';\n\
                           import * as import1 from \"./__wasm_split.js\"\n\
                           let wasm;\nexport { init as default };\n";

    #[test]
    fn three_scripts_become_one() {
        let script = joined(START, Some(LOADER), BINDGEN).expect("a script");
        assert_eq!(
            script,
            "{\nconst wasm = 1;\ngo(init);\n}\n\
             const loader = (() => {\n\
             let shared;\n\
             const load_1 = wrap(() => {\n}, \"\");\n\
             async function bring_rest(now) {\n}\n\
             return { load_1, bring_rest };\n})();\n\
             const { bring_rest } = loader;\n\
             const import1 = loader;\n\
             let wasm;\nexport { init as default };\n"
        );
        let script = joined(START, None, "let wasm;\n").expect("a script");
        assert_eq!(script, "{\nconst wasm = 1;\ngo(init);\n}\nlet wasm;\n");
    }

    #[test]
    fn what_a_page_cannot_hold_is_an_error() {
        assert!(joined("a('</script>');", None, "").is_err());
        assert!(joined(START, None, "import x from './other.js';\n").is_err());
    }

    #[test]
    fn leaves_scripts_with_long_templates_alone() {
        let script = "  a(`x\n  y`);\n";
        assert_eq!(shrunk(script), script);
        assert_eq!(shrunk("  a(`x`); // y\n\n/* b\n c */\n// d\n"), "a(`x`); // y\n");
    }
}
