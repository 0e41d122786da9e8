//! Puts small parts of the app into one file. What some parts share is a file
//! for each set of them, most below a few hundred bytes; a page that needs twenty
//! would wait for twenty answers.
//!
//! A pack is a wasm module of custom sections alone, each with one part: hosts
//! know and compress the type.

use crate::bundle::Files;
use crate::split;
use std::collections::BTreeMap;
use std::ops::Range;

/// Larger parts stay files of their own, in bytes.
const SMALL: usize = 16 * 1024;

/// The part that is loaded soon after the first page; what it needs is apart
/// from what only other pages need.
const EARLY: &str = "late_";

/// Small parts in one file.
#[derive(Debug)]
pub struct Pack {
    /// What its name begins with.
    pub stem: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// Where each part stands in it.
    pub places: BTreeMap<String, Range<usize>>,
}

/// The packs of all small parts that `loader` loads. What is alone is not packed.
pub fn packs(loader: &str, files: &Files) -> Vec<Pack> {
    let is_small = |(name, bytes): &(&String, &Vec<u8>)| {
        name.starts_with(split::SHARED) && bytes.len() <= SMALL
    };
    let small = files.iter().filter(is_small);
    let mut groups: BTreeMap<&str, Vec<(&String, &Vec<u8>)>> = BTreeMap::new();
    for (name, bytes) in small {
        let group = match users(loader, name) {
            None => continue,
            Some(users) if users.contains(EARLY) => "part-small-early",
            Some(_) => "part-small",
        };
        groups.entry(group).or_default().push((name, bytes));
    }
    groups.retain(|_, parts| parts.len() > 1);
    groups.into_iter().map(|(stem, parts)| pack(stem, &parts)).collect()
}

fn pack(stem: &str, parts: &[(&String, &Vec<u8>)]) -> Pack {
    let mut bytes = b"\0asm\x01\0\0\0".to_vec();
    let mut places = BTreeMap::new();
    for (name, part) in parts {
        let mut head = Vec::new();
        number(name.len(), &mut head);
        head.extend(name.bytes());
        bytes.push(0);
        number(head.len() + part.len(), &mut bytes);
        bytes.append(&mut head);
        let from = bytes.len();
        bytes.extend_from_slice(part);
        places.insert((*name).clone(), from..bytes.len());
    }
    Pack { stem: stem.to_owned(), bytes, places }
}

/// A number as wasm writes it: LEB128.
fn number(mut number: usize, out: &mut Vec<u8>) {
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            return out.push(byte);
        }
        out.push(byte | 0x80);
    }
}

/// The parts that use `name`: the comment above what loads it.
fn users<'a>(loader: &'a str, name: &str) -> Option<&'a str> {
    let before = &loader[..loader.find(&fetching(name))?];
    let comment = &before[before.rfind("/*")?..];
    Some(&comment[..comment.find("*/")?])
}

fn fetching(name: &str) -> String {
    format!("fetch(new URL(\"./{name}\", import.meta.url))")
}

/// The loader, with the part `name` taken from a place in the file `pack`.
pub fn taken_from(loader: &str, name: &str, pack: &str, place: &Range<usize>) -> String {
    let taking = format!("taken(\"./{pack}\", {}, {})", place.start, place.end);
    loader.replace(&fetching(name), &taking)
}

/// The loader, with the part `name` fetched as the file `published`.
pub fn fetched_from(loader: &str, name: &str, published: &str) -> String {
    loader.replace(&fetching(name), &format!("fetched(\"./{published}\")"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = r#"import { initSync } from "./pulpo.js";
/* a_1, late_2 */
const x = makeLoad(() => { const src = fetch(new URL("./chunk_1.wasm", import.meta.url)); });
/* a_1, late_2, b_3 */
const y = makeLoad(() => { const src = fetch(new URL("./chunk_2.wasm", import.meta.url)); });
/* a_1, b_3 */
const z = makeLoad(() => { const src = fetch(new URL("./chunk_3.wasm", import.meta.url)); });
"#;

    fn files() -> Files {
        let sizes = [("chunk_1.wasm", 300), ("chunk_2.wasm", 9), ("chunk_3.wasm", 7)];
        let mut all: Files =
            sizes.iter().map(|(name, size)| ((*name).to_owned(), vec![7; *size])).collect();
        all.insert("chunk_4.wasm".to_owned(), vec![7; SMALL + 1]);
        all
    }

    #[test]
    fn what_is_needed_together_stands_together() {
        let packs = packs(LOADER, &files());
        assert_eq!(packs.len(), 1, "a pack of one is none");
        let pack = &packs[0];
        assert_eq!(pack.stem, "part-small-early");
        let names: Vec<&str> = pack.places.keys().map(String::as_str).collect();
        assert_eq!(names, ["chunk_1.wasm", "chunk_2.wasm"]);
        for (name, place) in &pack.places {
            assert_eq!(pack.bytes[place.clone()], files()[name]);
        }
        // Header, then a section: its id, its length in two bytes, its name.
        assert_eq!(pack.bytes[..13], *b"\0asm\x01\0\0\0\0\xb9\x02\x0cc");
    }

    #[test]
    fn the_loader_takes_from_the_pack() {
        let loader = taken_from(LOADER, "chunk_1.wasm", "p.wasm", &(22..322));
        let loader = fetched_from(&loader, "chunk_2.wasm", "part-1.wasm");
        assert!(loader.contains(r#"const src = taken("./p.wasm", 22, 322);"#), "{loader}");
        assert!(loader.contains(r#"const src = fetched("./part-1.wasm");"#), "{loader}");
        assert!(!loader.contains("chunk_1.wasm") && loader.contains("chunk_3.wasm"), "{loader}");
    }
}
