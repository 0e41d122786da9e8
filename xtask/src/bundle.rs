//! Turns what trunk built into what is published: style sheets joined, all
//! scripts in the page, a content security policy, names with content hashes,
//! and the service worker's list of files.
//!
//! Never: an absolute path (the folder must work at any sub-path), an inline
//! style, an inline script but the one that the policy names by its hash, or a
//! file that the service worker does not know.

use crate::sh::fs;
use crate::{Result, css, html, pack, script, sizes, split};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// What the page may do: run the one script that stands in it, its own scripts
/// and wasm, and talk to its own origin.
fn policy(script: &str) -> String {
    let hash = BASE64_STANDARD.encode(Sha256::digest(script));
    format!(
        "default-src 'none'; script-src 'self' 'sha256-{hash}' 'wasm-unsafe-eval'; \
         style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; \
         worker-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// Where the script will stand, so that shrinking the page leaves it alone.
const START_PLACE: &str = "<script type=\"module\" async></script>";

/// The published files by their path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What `wasm-opt` needs to know of Rust's output; the same as in `index.html`.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-call-indirect-overlong",
];

/// Makes the parts of the app small, a few at a time; trunk does so for the main one.
pub fn optimise(parts: &Path, folders: &[PathBuf]) -> Result {
    let program = folders
        .iter()
        .map(|folder| folder.join(format!("wasm-opt{}", std::env::consts::EXE_SUFFIX)))
        .find(|path| path.is_file())
        .unwrap_or_else(|| PathBuf::from("wasm-opt"));
    let mut left = fs::files_under(parts)?;
    left.retain(|name| name.ends_with(".wasm") && name != "pulpo.wasm");
    let left = Mutex::new(left);
    let work = || {
        while let Some(name) = left.lock().ok().and_then(|mut left| left.pop()) {
            let path = parts.join(&name);
            let mut command = Command::new(&program);
            command.args(["-Oz", "--converge", "--strip-debug", "--strip-producers"]);
            crate::sh::run(command.args(WASM_FEATURES).arg(&path).arg("-o").arg(&path))?;
        }
        Ok(())
    };
    let hands = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..hands).map(|_| scope.spawn(work)).collect();
        all.into_iter().try_for_each(|hand| {
            hand.join().unwrap_or_else(|_| Err("wasm-opt's thread stopped".to_owned()))
        })
    })
}

/// Reads trunk's output, the parts that were split off and the scripts of
/// `public/`, gives the files to publish.
pub fn bundle(built: &Path, parts: &Path, public: &Path) -> Result<Files> {
    let mut files = Files::new();
    for name in fs::files_under(built)? {
        let bytes = fs::read(&built.join(&name))?;
        files.insert(name, bytes);
    }
    for name in fs::files_under(parts)? {
        if name != "pulpo.wasm" {
            let bytes = fs::read(&parts.join(&name))?;
            files.insert(name, bytes);
        }
    }
    let page = take_text(&mut files, "index.html")?;
    let script = |name| fs::read_text(&public.join(name));
    let scripts = Scripts {
        start: script("start.js")?,
        parts: script("parts.js")?,
        worker: script("sw.js")?,
    };
    rewrite(&page, files, &scripts)
}

/// The scripts of `public/`.
#[derive(Debug)]
struct Scripts {
    /// What starts the app.
    start: String,
    /// What its parts are fetched with.
    parts: String,
    /// The service worker.
    worker: String,
}

fn rewrite(page: &str, mut files: Files, scripts: &Scripts) -> Result<Files> {
    let mut edits = Vec::new();
    let mut sheets = Vec::new();
    let (mut glue, mut wasm) = (None, None);
    for link in html::tags(page, "link") {
        let href = link.attribute("href").unwrap_or_default();
        let name = href.strip_prefix("./").unwrap_or(href).to_owned();
        let rel = link.attribute("rel").unwrap_or_default();
        match rel {
            "stylesheet" => sheets.push(take_text(&mut files, &name)?),
            "modulepreload" => glue = Some(name),
            "preload" if name.ends_with(".wasm") => wasm = Some(name),
            _ => {
                if href.starts_with('/') || href.contains("//") {
                    return Err(format!("index.html links {href}, which is no relative path"));
                }
                continue;
            }
        }
        edits.push((link.at, String::new()));
    }
    let (Some(glue), Some(wasm)) = (glue, wasm) else {
        return Err("trunk's page has no preload links for the app".to_owned());
    };

    let wasm_bytes = take(&mut files, &wasm)?;
    let wasm = add(&mut files, "pulpo", "wasm", wasm_bytes);
    let bindgen = take_text(&mut files, &glue)?;
    let loader = loader(&mut files, &scripts.parts)?;
    let rest = files.keys().find(|name| name.starts_with("rest-")).cloned().unwrap_or_default();
    let start = scripts
        .start
        .replace("__WASM__", &wasm)
        .replace("__REST__", &rest)
        .replace("__SAMPLE__", sizes::FIRST_SAMPLE);
    let script = script::joined(&start, loader.as_deref(), &bindgen)?;
    let sheet = add(&mut files, "style", "css", css::join(&sheets)?.into_bytes());

    let sample = sizes::FIRST_SAMPLE;
    let policy = policy(&script);
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <link rel=\"preload\" href=\"./{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin>\n\
         <link rel=\"preload\" href=\"./{sample}\" as=\"fetch\" type=\"application/json\" crossorigin>\n\
         <link rel=\"stylesheet\" href=\"./{sheet}\">\n\
         {START_PLACE}\n"
    );
    edits.push((one_script(page)?, String::new()));
    let charset = html::tags(page, "meta").into_iter().next().ok_or("index.html has no <meta>")?;
    edits.push((charset.at.end..charset.at.end, format!("\n{head}")));
    let page = html::shrink(&html::replace(page, edits));
    let script = START_PLACE.replace("></", &format!(">{script}</"));
    let page = page.replace(START_PLACE, &script);
    files.insert("index.html".to_owned(), page.into_bytes());

    let worker = worker_for(&scripts.worker, &files);
    files.insert("sw.js".to_owned(), worker.into_bytes());
    Ok(files)
}

/// The loader of the app's parts, with the names that they are published by;
/// nothing if the app was not split.
fn loader(files: &mut Files, fetcher: &str) -> Result<Option<String>> {
    if !files.contains_key(split::LOADER) {
        return Ok(None);
    }
    let mut loader = take_text(files, split::LOADER)?;
    for pack in pack::packs(&loader, files) {
        let published = add(files, &pack.stem, "wasm", pack.bytes);
        for (name, range) in pack.places {
            take(files, &name)?;
            loader = pack::taken_from(&loader, &name, &published, &range);
        }
    }
    let rest = take(files, split::REST)?;
    let rest = add(files, "rest", "wasm", rest);
    let parts: Vec<String> = files.keys().filter(|name| is_part(name)).cloned().collect();
    for name in parts {
        let bytes = take(files, &name)?;
        let stem = name.trim_end_matches(".wasm").to_owned();
        let stem = stem.strip_prefix("split_").unwrap_or(&stem);
        let stem = stem.rsplit_once('_').map_or(stem, |(stem, _)| stem);
        let published = add(files, &format!("part-{stem}"), "wasm", bytes);
        loader = pack::fetched_from(&loader, &name, &published);
    }
    if loader.contains("fetch(") {
        return Err("the splitter's loader fetches in a way that is not known".to_owned());
    }
    Ok(Some(loader + &fetcher.replace("__REST__", &rest)))
}

fn is_part(name: &str) -> bool {
    name.ends_with(".wasm") && (name.starts_with("split_") || name.starts_with(split::SHARED))
}

/// The range of the one inline script, trunk's own, with its end tag.
fn one_script(page: &str) -> Result<std::ops::Range<usize>> {
    const END: &str = "</script>";
    let scripts = html::tags(page, "script");
    let [script] = scripts.as_slice() else {
        return Err(format!("index.html has {} scripts, not only trunk's own", scripts.len()));
    };
    let after = page.get(script.at.end..).unwrap_or_default();
    let length = after.find(END).ok_or("index.html has a script without an end")?;
    Ok(script.at.start..script.at.end + length + END.len())
}

/// The service worker with its list of files and a version made of their content.
fn worker_for(template: &str, files: &Files) -> String {
    let mut everything = Hash::default();
    everything.add(template.as_bytes());
    let mut list = Vec::new();
    for (name, bytes) in files {
        everything.add(name.as_bytes());
        everything.add(bytes);
        // Hosts serve the page at the folder itself, and some redirect the long name to it.
        let path = if name == "index.html" { "./" } else { name };
        list.push(format!("'{path}'"));
    }
    script::shrunk(template)
        .replace("__VERSION__", &everything.hex())
        .replace("__FILES__", &format!("[{}]", list.join(",")))
}

fn take(files: &mut Files, name: &str) -> Result<Vec<u8>> {
    files.remove(name).ok_or_else(|| format!("trunk built no {name}"))
}

fn take_text(files: &mut Files, name: &str) -> Result<String> {
    String::from_utf8(take(files, name)?).map_err(|_| format!("{name} is not UTF-8"))
}

fn add(files: &mut Files, stem: &str, extension: &str, bytes: Vec<u8>) -> String {
    let mut hash = Hash::default();
    hash.add(&bytes);
    let name = format!("{stem}-{}.{extension}", hash.hex());
    files.insert(name.clone(), bytes);
    name
}

/// 64-bit FNV-1a, which is the same in every build, as std's hasher need not be.
#[derive(Debug)]
struct Hash(u64);

impl Default for Hash {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hash {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn hex(&self) -> String {
        format!("{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html><head><meta charset="utf-8">
  <link rel="icon" href="./icon.svg">
  <link rel="stylesheet" href="./a-1.css"><link rel="stylesheet" href="./b-2.css">
<script type="module">import init from './p-3.js';</script>
<link rel="modulepreload" href="./p-3.js" crossorigin="anonymous">
<link rel="preload" href="./p-3_bg.wasm" crossorigin="anonymous" as="fetch" type="application/wasm"></head></html>"#;

    fn built() -> Files {
        let texts = [
            ("a-1.css", "@layer x, y;\n"),
            ("b-2.css", "@layer x { a { b: c; } }\n"),
            ("icon.svg", "<svg/>"),
            ("p-3.js", "/**\n * Doc.\n */\nexport default 1;\n"),
            ("p-3_bg.wasm", "\0asm"),
        ];
        texts.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
    }

    fn bundled(files: Files) -> Files {
        let scripts = Scripts {
            start: "// Says.\n  go('./__WASM__');\n".to_owned(),
            parts: "// How.\nfunction fetched() {}\n".to_owned(),
            worker: "const V = '__VERSION__', F = __FILES__;\n".to_owned(),
        };
        rewrite(PAGE, files, &scripts).expect("a bundle")
    }

    fn text(files: &Files, stem: &str, extension: &str) -> String {
        let named = |name: &&String| name.starts_with(stem) && name.ends_with(extension);
        let name = files.keys().find(named).expect("a file of that name");
        String::from_utf8(files[name].clone()).expect("text")
    }

    #[test]
    fn publishes_one_sheet_one_script_and_a_policy_that_names_it() {
        let files = bundled(built());
        assert_eq!(text(&files, "style-", ".css"), "@layer x,y;@layer x{a{b:c}}");
        let page = text(&files, "index", ".html");
        let (_, after) = page.split_once("async>").expect("the script");
        let (script, _) = after.split_once("</script>").expect("its end");
        assert!(script.starts_with("{\ngo('./pulpo-"), "{script}");
        assert!(script.ends_with("}\nexport default 1;\n"), "{script}");
        let hash = BASE64_STANDARD.encode(Sha256::digest(script));
        assert!(page.contains(&format!("'sha256-{hash}'")), "{page}");
        assert!(page.contains("Content-Security-Policy") && page.contains("./icon.svg"), "{page}");
        assert_eq!(html::tags(&page, "script").len(), 1);
        assert!(!page.contains("p-3.js") && !page.contains("a-1.css"), "{page}");
        assert_eq!(files.len(), 5, "{:?}", files.keys());
    }

    #[test]
    fn lists_every_file_and_changes_the_version_with_any() {
        let files = bundled(built());
        let worker = text(&files, "sw", ".js");
        for name in files.keys().filter(|name| !["index.html", "sw.js"].contains(&name.as_str())) {
            assert!(worker.contains(&format!("'{name}'")), "{name} is missing in {worker}");
        }
        assert!(worker.contains("'./'") && !worker.contains("index.html"), "{worker}");
        let mut other = built();
        other.insert("icon.svg".to_owned(), b"<svg></svg>".to_vec());
        assert_ne!(worker, text(&bundled(other), "sw", ".js"));
        assert_eq!(
            worker,
            text(&bundled(built()), "sw", ".js"),
            "the same input, the same version"
        );
    }
}
