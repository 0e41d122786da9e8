//! The Export page: the tree of files, how much of a text is shown, names.

use std::collections::BTreeSet;

use crate::export::{OutFile, TARGETS, Target};
use crate::model::Slug;

/// A line of the tree: a file, or a folder that may be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the export; a folder's ends with `/`.
    pub path: String,
    /// The last part of it.
    pub name: String,
    /// How deep it stands, from 1.
    pub level: usize,
    /// Whether it shows what is in it; `None` for a file.
    pub is_open: Option<bool>,
    /// Its place among its neighbours, from 1.
    pub place: usize,
    /// How many neighbours there are with it.
    pub among: usize,
}

/// The lines of the tree of `paths`, which are sorted; what is in a folder that
/// is `closed` is left out.
#[must_use]
pub fn rows(paths: &[String], closed: &BTreeSet<String>) -> Vec<Row> {
    let mut rows = Vec::new();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    add_rows(&mut rows, &paths, "", closed);
    rows
}

/// Adds what stands in `folder`; all `paths` start with it.
fn add_rows(rows: &mut Vec<Row>, paths: &[&str], folder: &str, closed: &BTreeSet<String>) {
    let name_of = |path: &str| {
        let rest = path.get(folder.len()..).unwrap_or_default();
        rest.find('/').map_or(rest, |end| rest.get(..=end).unwrap_or_default()).to_owned()
    };
    let mut names: Vec<String> = Vec::new();
    for name in paths.iter().map(|path| name_of(path)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let among = names.len();
    let level = folder.matches('/').count() + 1;
    for (index, name) in names.into_iter().enumerate() {
        let path = [folder, &name].concat();
        let is_folder = name.ends_with('/');
        let is_open = is_folder.then(|| !closed.contains(&path));
        let short = name.trim_end_matches('/').to_owned();
        rows.push(Row { path: path.clone(), name: short, level, is_open, place: index + 1, among });
        if is_open == Some(true) {
            let inner: Vec<_> =
                paths.iter().copied().filter(|one| one.starts_with(&path)).collect();
            add_rows(rows, &inner, &path, closed);
        }
    }
}

/// What a key does in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Goes to the line of this path.
    Go(String),
    /// Opens this folder.
    Open(String),
    /// Closes this folder.
    Close(String),
}

/// What `key` does on the line `active`, by the pattern of trees.
#[must_use]
pub fn step(rows: &[Row], active: &str, key: &str) -> Option<Step> {
    let at = rows.iter().position(|row| row.path == active).unwrap_or(0);
    let row = rows.get(at)?;
    let go = |index: usize| rows.get(index).map(|row| Step::Go(row.path.clone()));
    let parent = || {
        let before = rows.get(..at)?.iter().rev();
        before.into_iter().find(|one| one.level < row.level).map(|one| Step::Go(one.path.clone()))
    };
    match (key, row.is_open) {
        ("ArrowDown", _) => go(at + 1),
        ("ArrowUp", _) => go(at.checked_sub(1)?),
        ("Home", _) => go(0),
        ("End", _) => go(rows.len().checked_sub(1)?),
        ("ArrowRight", Some(true)) => go(at + 1),
        ("ArrowRight" | "Enter" | " ", Some(false)) => Some(Step::Open(row.path.clone())),
        ("ArrowLeft" | "Enter" | " ", Some(true)) => Some(Step::Close(row.path.clone())),
        ("ArrowLeft", _) => parent(),
        (letter, _) if letter.chars().count() == 1 && letter != " " => {
            let wanted = letter.to_lowercase();
            let starts = |row: &&Row| row.name.to_lowercase().starts_with(&wanted);
            let (before, after) = rows.split_at_checked(at + 1)?;
            let found = after.iter().chain(before).find(starts)?;
            Some(Step::Go(found.path.clone()))
        }
        _ => None,
    }
}

/// The most lines and bytes of a file that are put on the screen.
const MOST_LINES: usize = 1500;
const MOST_BYTES: usize = 120_000;

/// The start of `text` that is shown, and its number of lines; the whole where
/// it is not large.
#[must_use]
pub fn start_of(text: &str) -> (&str, usize) {
    let mut end = 0;
    let mut lines = 0;
    for line in text.split_inclusive('\n') {
        if lines == MOST_LINES || end + line.len() > MOST_BYTES {
            break;
        }
        end += line.len();
        lines += 1;
    }
    if lines == 0 {
        // A first line that is too long by itself.
        end = text.len().min(MOST_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        lines = usize::from(end > 0);
    }
    (text.get(..end).unwrap_or_default(), lines)
}

/// How large a file is, such as `2.4 KB, 120 lines`.
#[must_use]
pub fn size_of(text: &str) -> String {
    let bytes = text.len();
    let size = match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{}.{} KB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    };
    format!("{size}, {}", counted(text.lines().count(), "line"))
}

/// A number and its noun, such as `1 file` and `2 files`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}

/// What an export amounts to, such as `14 files, 3 notes`.
#[must_use]
pub fn summary(files: &[OutFile], notes: usize) -> String {
    format!("{}, {}", counted(files.len(), "file"), counted(notes, "note"))
}

/// The name of the zip for a design of this title.
#[must_use]
pub fn zip_name(title: &str) -> String {
    let slug = Slug::of(title);
    let stem = slug.as_ref().map_or("design", |slug| slug.as_ref());
    [stem, "-octopus.zip"].concat()
}

/// The targets that `words` name, in the registry's order; all without words.
#[must_use]
pub fn targets_of(words: Option<&str>) -> Vec<Target> {
    let is_chosen =
        |id: &str| words.is_none_or(|words| words.split(',').any(|word| word.trim() == id));
    TARGETS.iter().filter(|info| is_chosen(info.id)).map(|info| info.target).collect()
}

/// What [`targets_of`] reads.
#[must_use]
pub fn words_of(targets: &[Target]) -> String {
    let ids: Vec<_> = targets.iter().map(|target| target.info().id).collect();
    ids.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths() -> Vec<String> {
        ["README.md", "a/1.sh", "a/b/x.sh", "a/b/y.sh", "a/z.sh", "c/1.json"]
            .map(str::to_owned)
            .to_vec()
    }

    fn shown(closed: &[&str]) -> Vec<Row> {
        rows(&paths(), &closed.iter().map(|&one| one.to_owned()).collect())
    }

    #[test]
    fn folders_hold_their_files() {
        let lines: Vec<_> = shown(&[])
            .iter()
            .map(|row| format!("{}{} {}/{}", " ".repeat(row.level), row.name, row.place, row.among))
            .collect();
        let expected = [
            " README.md 1/3",
            " a 2/3",
            "  1.sh 1/3",
            "  b 2/3",
            "   x.sh 1/2",
            "   y.sh 2/2",
            "  z.sh 3/3",
            " c 3/3",
            "  1.json 1/1",
        ];
        assert_eq!(lines, expected);
        let open: Vec<_> = shown(&["a/", "b/"]).into_iter().map(|row| row.path).collect();
        assert_eq!(open, ["README.md", "a/", "c/", "c/1.json"]);
        assert_eq!(rows(&[], &BTreeSet::new()), []);
    }

    #[track_caller]
    fn check(closed: &[&str], active: &str, key: &str, expected: Option<Step>) {
        assert_eq!(step(&shown(closed), active, key), expected, "{key} on {active}");
    }

    #[test]
    fn keys_move_open_and_close() {
        let go = |path: &str| Some(Step::Go(path.to_owned()));
        check(&[], "README.md", "ArrowDown", go("a/"));
        check(&[], "README.md", "ArrowUp", None);
        check(&[], "a/", "ArrowRight", go("a/1.sh"));
        check(&["a/"], "a/", "ArrowRight", Some(Step::Open("a/".into())));
        check(&["a/"], "a/", "Enter", Some(Step::Open("a/".into())));
        check(&[], "a/", " ", Some(Step::Close("a/".into())));
        check(&[], "a/b/y.sh", "ArrowLeft", go("a/b/"));
        check(&["a/b/"], "a/b/", "ArrowLeft", go("a/"));
        check(&[], "c/", "End", go("c/1.json"));
        check(&[], "c/1.json", "ArrowDown", None);
        check(&[], "c/", "Home", go("README.md"));
        check(&[], "a/1.sh", "1", go("c/1.json"));
        check(&[], "c/1.json", "R", go("README.md"));
        check(&[], "c/1.json", "q", None);
        check(&[], "gone", "ArrowDown", go("a/"));
        check(&[], "c/1.json", "Tab", None);
        assert_eq!(step(&[], "", "ArrowDown"), None);
    }

    #[test]
    fn large_texts_are_shown_in_part() {
        let (start, lines) = start_of("a\nb");
        assert_eq!((start, lines), ("a\nb", 2));
        let long = "line\n".repeat(MOST_LINES + 5);
        let (start, lines) = start_of(&long);
        assert_eq!((start.len(), lines), (MOST_LINES * 5, MOST_LINES));
        let wide = "é".repeat(MOST_BYTES);
        assert_eq!(start_of(&wide).0.len(), MOST_BYTES);
        assert_eq!(start_of(""), ("", 0));
    }

    #[test]
    fn names_sizes_and_words() {
        assert_eq!(zip_name("AWS Fargate, three"), "aws-fargate-three-octopus.zip");
        assert_eq!(zip_name("…"), "design-octopus.zip");
        assert_eq!(size_of("a\n"), "2 bytes, 1 line");
        assert_eq!(size_of(&"x\n".repeat(1_250)), "2.5 KB, 1250 lines");
        assert_eq!(targets_of(None).len(), TARGETS.len());
        assert_eq!(targets_of(Some("")), []);
        let some = targets_of(Some("scripts, nothing,step-templates"));
        assert_eq!(some, [Target::StepTemplates, Target::Scripts]);
        assert_eq!(targets_of(Some(&words_of(&some))), some);
    }
}
