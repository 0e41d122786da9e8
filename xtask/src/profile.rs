//! `cargo xtask profile`: sees which functions of the app a start runs, and
//! notes them in `xtask/start.txt`, by which the binary is divided; see
//! `halves.rs`.
//!
//! A line holds a function's path and, where the path does not tell it from
//! namesakes that a start does not run, the compiler's numbers of those that
//! it does. A new compiler gives other numbers; then all namesakes count as
//! run, until the next profile tells them apart again.

use crate::sh::{self, fs, say};
use crate::{Result, args::Args, dist, root, suite, tools};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub fn run(args: Args) -> Result {
    args.finish()?;
    let browser = tools::browser()?;
    let folder = root().join("target/counted");
    dist::build_counted(&folder)?;
    say("Starting the page, to see what it runs");
    let seen = root().join("target/counted.txt");
    let mut command = suite::e2e("run", &browser);
    command.args(["--quiet", "--bin", "profile"]);
    sh::run(command.env("PULPO_COUNTED", &folder).env("PULPO_SEEN", &seen))?;
    let profile = Profile::of_seen(&fs::read_text(&seen)?);
    fs::write(&file(), profile.written().as_bytes())?;
    say(&format!("Noted {} paths in {}", profile.0.len(), file().display()));
    Ok(())
}

fn file() -> PathBuf {
    root().join("xtask/start.txt")
}

/// The functions that a start runs: for each path the numbers of those that do,
/// or none where all do.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Profile(BTreeMap<String, BTreeSet<String>>);

/// A profile, held against the functions of one build.
#[derive(Debug)]
pub struct Running<'p> {
    profile: &'p Profile,
    /// The build's numbers by path.
    numbers: BTreeMap<String, BTreeSet<String>>,
}

impl Profile {
    /// What is noted in the repository.
    pub fn noted() -> Result<Self> {
        Ok(Self::parse(&fs::read_text(&file())?))
    }

    fn parse(text: &str) -> Self {
        let line = |line: &str| {
            let (path, numbers) = line.split_once('\t').unwrap_or((line, ""));
            (path.to_owned(), numbers.split_whitespace().map(str::to_owned).collect())
        };
        Self(text.lines().filter(|line| !line.is_empty()).map(line).collect())
    }

    fn written(&self) -> String {
        let line = |(path, numbers): (&String, &BTreeSet<String>)| {
            let numbers: Vec<_> = numbers.iter().map(String::as_str).collect();
            let tab = if numbers.is_empty() { "" } else { "\t" };
            format!("{path}{tab}{}\n", numbers.join(" "))
        };
        self.0.iter().map(line).collect()
    }

    /// Of a list of all functions, a line each: `1` or `0` for whether it ran, a
    /// space, its name.
    pub fn of_seen(list: &str) -> Self {
        let mut seen: BTreeMap<String, (BTreeSet<String>, bool)> = BTreeMap::new();
        for line in list.lines() {
            let Some((ran, name)) = line.split_once(' ') else { continue };
            let (path, number) = parts(name);
            if path.is_empty() {
                continue;
            }
            let (numbers, all) = seen.entry(path).or_insert_with(|| (BTreeSet::new(), true));
            if ran == "1" {
                numbers.insert(number);
            } else {
                *all = false;
            }
        }
        let noted = |(path, (numbers, all)): (String, (BTreeSet<String>, bool))| {
            let is_told_apart = numbers.iter().all(|number| !number.is_empty());
            (path, if all || !is_told_apart { BTreeSet::new() } else { numbers })
        };
        seen.retain(|_, (numbers, _)| !numbers.is_empty());
        Self(seen.into_iter().map(noted).collect())
    }

    /// Holds the profile against a build with functions of these names.
    pub fn in_build<'n>(&self, names: impl Iterator<Item = &'n str>) -> Running<'_> {
        let mut numbers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (path, number) in names.map(parts) {
            numbers.entry(path).or_default().insert(number);
        }
        Running { profile: self, numbers }
    }
}

impl Running<'_> {
    /// Whether a start runs the function of this name.
    pub fn has(&self, name: &str) -> bool {
        let (path, number) = parts(name);
        let Some(noted) = self.profile.0.get(&path) else { return false };
        let are_known = self.numbers.get(&path).is_some_and(|build| noted.is_subset(build));
        noted.is_empty() || !are_known || noted.contains(&number)
    }
}

/// A function's path and the number that the compiler gave it, or nothing.
///
/// The number of a crate in the path (`core[0123456789abcdef]`) and the one that
/// a function got from the linker (`.12`) are left out: they say nothing.
fn parts(name: &str) -> (String, String) {
    const DIGITS: usize = 16;
    let is_number =
        |text: &str| text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut path = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        path.push_str(before);
        rest = match after.get(..DIGITS).filter(|text| is_number(text)) {
            Some(_) if after[DIGITS..].starts_with(']') => &after[DIGITS + 1..],
            _ => {
                path.push('[');
                after
            }
        };
    }
    path.push_str(rest);
    if let Some((before, after)) = path.rsplit_once('.')
        && !after.is_empty()
        && after.bytes().all(|byte| byte.is_ascii_digit())
    {
        path.truncate(before.len());
    }
    let at = path.match_indices("::h").map(|(at, _)| at).find(|at| {
        let number = path.get(at + 3..at + 3 + DIGITS);
        number.is_some_and(is_number)
    });
    match at {
        Some(at) => {
            let number = path[at + 3..at + 3 + DIGITS / 2].to_owned();
            path.replace_range(at..at + 3 + DIGITS, "");
            (path, number)
        }
        None => (path, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_path_and_a_number() {
        let owned = |path: &str, number: &str| (path.to_owned(), number.to_owned());
        assert_eq!(parts("a::b::h0123456789abcdef"), owned("a::b", "01234567"));
        assert_eq!(
            parts("a::b::h0123456789abcdef externref shim"),
            owned("a::b externref shim", "01234567")
        );
        assert_eq!(parts("<core[0123456789abcdef]::X as Y>::z.17"), owned("<core::X as Y>::z", ""));
        assert_eq!(parts("<[T] as Y>::z"), owned("<[T] as Y>::z", ""));
        assert_eq!(parts("[é"), owned("[é", ""));
        assert_eq!(parts("a::h"), owned("a::h", ""));
    }

    const SEEN: &str = "1 all::ran::h0000000000000001\n\
                        1 all::ran::h0000000100000002\n\
                        0 none::ran::h0000000000000003\n\
                        1 some::ran::h0000000400000000\n\
                        0 some::ran::h0000000500000000\n\
                        1 memcpy\n";

    #[test]
    fn notes_numbers_only_where_they_tell_namesakes_apart() {
        let profile = Profile::of_seen(SEEN);
        assert_eq!(profile.written(), "all::ran\nmemcpy\nsome::ran\t00000004\n");
        assert_eq!(Profile::parse(&profile.written()), profile);
    }

    #[test]
    fn takes_all_namesakes_where_the_numbers_are_others() {
        let profile = Profile::of_seen(SEEN);
        let names = ["some::ran::h0000000400000000", "some::ran::h0000000500000000", "new"];
        let same = profile.in_build(names.into_iter());
        assert!(same.has(names[0]) && !same.has(names[1]) && !same.has("new"));
        let others = ["some::ran::h0000000500000000", "some::ran::h0000000600000000"];
        let other = profile.in_build(others.into_iter());
        assert!(other.has(others[0]) && other.has(others[1]));
    }
}
