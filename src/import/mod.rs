//! Importing: from files of any kind to one undoable edit.
//!
//! [`Reading`] takes files one by one, so that a caller can give way between
//! them; what was recognised is an [`Imported`]. [`gather`] makes one fragment
//! of its documents, [`foreign`] proposes what of the open design is meant by
//! what the documents refer to, and [`edit`] takes it in.
//!
//! Never: a part of a document dropped in silence; a secret; an edit by halves.

mod gather;
mod kinds;
mod matching;
mod merge;
mod processes;
mod remap;
mod sniff;
mod stacks;
mod summary;
mod unzip;

pub use gather::{gather, into_new};
pub use matching::{Choice, Choices, Foreign, foreign};
pub use merge::{How, Mode, edit, label, merge};
pub use sniff::{Form, form_of};
pub use summary::{Change, Summary, summary};

use std::collections::{HashMap, HashSet};

use crate::base::{Finding, Place, Severity};
use crate::format::fragment::{Covers, Fragment};
use crate::format::octopus_ocl::{self, DocumentKind};
use crate::format::pulumi_yaml::{self, Source};
use crate::format::{design_file, json_text, octopus_json};

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// With `/` between; empty where a text was pasted.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// One thing that was recognised, in one file or several.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The files it was read from.
    pub files: Vec<String>,
    /// What it is, in words.
    pub what: String,
    /// What it says.
    pub fragment: Fragment,
}

/// What all files are together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imported {
    /// What was recognised, in the order of the files.
    pub documents: Vec<Document>,
    /// Files that are nothing Pulpo knows.
    pub left_out: Vec<String>,
    /// What could not be read, each with its file.
    pub findings: Vec<Finding>,
}

impl Imported {
    /// Whether nothing was recognised.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// All findings, those of documents among them.
    pub fn all_findings(&self) -> impl Iterator<Item = &Finding> {
        let inner = self.documents.iter().flat_map(|document| &document.fragment.findings);
        self.findings.iter().chain(inner)
    }
}

/// Files that a dropped folder has besides.
#[must_use]
pub fn is_noise(path: &str) -> bool {
    const FOLDERS: [&str; 7] = ["node_modules", ".git", "__MACOSX", ".venv", "venv", "bin", "obj"];
    let mut parts = path.split('/').rev();
    let name = parts.next().unwrap_or_default();
    name.is_empty() || name == ".DS_Store" || parts.any(|part| FOLDERS.contains(&part))
}

/// Files being read, one at a time.
#[derive(Debug, Default)]
pub struct Reading {
    imported: Imported,
    yaml: Vec<(String, String)>,
    ocl: Vec<(String, String)>,
    count: usize,
}

impl Reading {
    /// Takes in one file.
    pub fn add(&mut self, file: &File) {
        self.count += 1;
        if sniff::is_zip(&file.bytes) {
            match unzip::unzip(&file.bytes) {
                Ok(files) => {
                    for mut inner in files {
                        if !file.path.is_empty() {
                            inner.path = format!("{}/{}", file.path, inner.path);
                        }
                        if sniff::is_zip(&inner.bytes) {
                            self.imported.left_out.push(inner.path);
                        } else {
                            self.add(&inner);
                        }
                    }
                }
                Err(finding) => self.say(*finding, &file.path),
            }
            return;
        }
        if file.bytes.len() > json_text::LARGEST {
            self.say(json_text::too_large(file.bytes.len()), &file.path);
            return;
        }
        let text = match sniff::text_of(&file.bytes) {
            Ok(text) => text,
            Err(finding) => return self.unknown(*finding, &file.path),
        };
        match sniff::form_of(text) {
            Form::Json => self.json(text, &file.path),
            Form::Yaml => self.yaml.push((file.path.clone(), text.to_owned())),
            Form::Ocl => self.ocl.push((file.path.clone(), text.to_owned())),
            Form::Text | Form::Zip => self.unknown(unknown_text(text), &file.path),
        }
    }

    fn say(&mut self, finding: Finding, path: &str) {
        self.imported.findings.push(in_file(finding, path));
    }

    /// A file that is nothing known is worth a word by itself, and left out
    /// among others: folders hold much besides.
    fn unknown(&mut self, finding: Finding, path: &str) {
        self.imported.left_out.push(path.to_owned());
        let finding = Finding { severity: Severity::Warning, ..finding };
        self.say(finding, path);
    }

    fn json(&mut self, text: &str, path: &str) {
        let is_ours = OCTOPUS.iter().any(|word| text.contains(word));
        let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value = match json_text::parse(bare) {
            Ok(value) => value,
            Err(finding) if is_ours || self.count == 1 => return self.say(*finding, path),
            Err(finding) => return self.unknown(*finding, path),
        };
        let format = value.get("format").and_then(serde_json::Value::as_str);
        let mut fragment = if format == Some(design_file::FORMAT) {
            let opened = design_file::read_value(value);
            let covers = opened.design.is_some().then_some(Covers::Design);
            Fragment {
                design: opened.design.unwrap_or_default(),
                covers: covers.into_iter().collect(),
                actions: Vec::new(),
                findings: opened.findings,
            }
        } else {
            octopus_json::read_value(value)
        };
        design_file::locate_all(bare, &mut fragment.findings);
        if fragment.is_read() {
            self.document(vec![path.to_owned()], fragment);
        } else {
            for finding in fragment.findings {
                match finding.code {
                    "import/unknown-json" => self.unknown(finding, path),
                    _ => self.say(finding, path),
                }
            }
        }
    }

    fn document(&mut self, files: Vec<String>, mut fragment: Fragment) {
        if let [path] = &files[..] {
            let findings = std::mem::take(&mut fragment.findings);
            fragment.findings = findings.into_iter().map(|one| in_file(one, path)).collect();
        }
        let what = describe(&fragment);
        self.imported.documents.push(Document { files, what, fragment });
    }

    /// Says of a file that it was too large to be read at all.
    pub fn too_large(&mut self, path: &str, length: usize) {
        self.count += 1;
        self.say(json_text::too_large(length), path);
    }

    /// Says of a file why it could not be read.
    pub fn unreadable(&mut self, path: &str, why: &str) {
        self.count += 1;
        let finding = Finding::error("import/unreadable", Place::default(), "It can't be read.");
        self.say(finding.because(why), path);
    }

    /// What all files are together.
    #[must_use]
    pub fn finish(mut self) -> Imported {
        let yaml = std::mem::take(&mut self.yaml);
        self.pulumi(&yaml);
        let ocl = std::mem::take(&mut self.ocl);
        self.octopus_folders(&ocl);
        // Among others, a file that is nothing known is no news of its own.
        if self.count > 1 {
            let left_out = &self.imported.left_out;
            self.imported.findings.retain(|one| {
                let file = one.place.file.as_deref().unwrap_or_default();
                one.severity == Severity::Error || !left_out.iter().any(|path| path == file)
            });
        }
        self.imported
    }

    /// The YAML files, those of one folder together.
    fn pulumi(&mut self, files: &[(String, String)]) {
        let mut known = Vec::new();
        for (path, text) in files {
            let shape = crate::format::yaml::parse(text)
                .map(|yaml| pulumi_yaml::shape_of(&yaml.value, path));
            if let Ok(None) = shape {
                let what = "It is YAML, but no file of Pulumi's.";
                let finding = Finding::warning("import/unknown-yaml", Place::default(), what);
                self.unknown(finding, path);
            } else {
                known.push((path.as_str(), text.as_str()));
            }
        }
        // A folder of settings files below a project's own belongs to it.
        for group in projects(&known, is_pulumi_project) {
            let sources: Vec<_> = group.iter().map(|(path, text)| Source { path, text }).collect();
            let fragment = pulumi_yaml::read(&sources);
            self.documents(&group, fragment);
        }
    }

    /// The OCL files, those of one `.octopus` folder together.
    fn octopus_folders(&mut self, files: &[(String, String)]) {
        let known: Vec<_> =
            files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        for group in projects(&known, is_of_octopus_folder) {
            let sources: Vec<_> =
                group.iter().map(|(path, text)| octopus_ocl::Source { path, text }).collect();
            let read = octopus_ocl::read(&sources);
            let mut fragment = read.fragment;
            let mut taken = Vec::with_capacity(group.len());
            for (file, kind) in group.iter().zip(read.kinds) {
                if kind.is_some() {
                    taken.push(*file);
                } else if self.count > 1 {
                    // Terraform's language looks like OCL, and stands beside it.
                    self.imported.left_out.push(file.0.to_owned());
                    fragment.findings.retain(|one| one.place.file.as_deref() != Some(file.0));
                }
            }
            self.documents(&taken, fragment);
        }
    }

    fn documents(&mut self, files: &[(&str, &str)], fragment: Fragment) {
        if fragment.is_read() {
            let files = files.iter().map(|(path, _)| (*path).to_owned()).collect();
            let what = describe(&fragment);
            self.imported.documents.push(Document { files, what, fragment });
        } else {
            self.imported.findings.extend(fragment.findings);
        }
    }
}

/// Files by the project that they are of: that of the nearest folder above them
/// which holds a file that `marks` one, else that of their own folder.
fn projects<'f>(
    files: &[(&'f str, &'f str)],
    marks: impl Fn(&str) -> bool,
) -> Vec<Vec<(&'f str, &'f str)>> {
    let roots: HashSet<&str> =
        files.iter().filter(|(path, _)| marks(path)).map(|(path, _)| folder(path)).collect();
    let mut groups: Vec<Vec<(&str, &str)>> = Vec::new();
    let mut by_root: HashMap<&str, usize> = HashMap::new();
    for file in files {
        let own = folder(file.0);
        let root = above(own).find(|folder| roots.contains(folder)).unwrap_or(own);
        let at = *by_root.entry(root).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.push(*file);
        }
    }
    groups
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A folder and those that it stands in, inner ones first.
fn above(start: &str) -> impl Iterator<Item = &str> {
    let mut next = Some(start);
    std::iter::from_fn(move || {
        let this = next?;
        next = (!this.is_empty()).then(|| folder(this));
        Some(this)
    })
}

fn is_pulumi_project(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    matches!(name, "Pulumi.yaml" | "Pulumi.yml")
}

/// A document that stands directly in a project's `.octopus` folder.
fn is_of_octopus_folder(path: &str) -> bool {
    DocumentKind::of_path(path).is_some_and(|kind| kind != DocumentKind::Runbook)
}

/// Words that documents of Octopus's and designs have and others do not.
const OCTOPUS: [&str; 6] = [
    "\"ActionType\"",
    "\"Steps\"",
    "\"ScopeValues\"",
    "\"pulpo-design\"",
    "\"OwnerId\"",
    "\"SpaceId\"",
];

fn in_file(mut finding: Finding, path: &str) -> Finding {
    if !path.is_empty() && finding.place.file.is_none() {
        finding.place.file = Some(path.to_owned());
    }
    finding
}

fn unknown_text(text: &str) -> Finding {
    if text.trim().is_empty() {
        return Finding::error("import/empty", Place::default(), "The file is empty.")
            .do_this("Choose another file.");
    }
    let what = "It is a text, but none that Pulpo knows.";
    Finding::error("import/unknown", Place::default(), what)
        .because("Pulpo reads Octopus's JSON and OCL, Pulumi's YAML, and its own designs.")
        .do_this("Check that this is the file you meant.")
}

/// Reads files all at once.
#[must_use]
pub fn read(files: &[File]) -> Imported {
    let mut reading = Reading::default();
    for file in files {
        reading.add(file);
    }
    reading.finish()
}

/// What a fragment is, in words: "Deployment process, 4 steps".
#[must_use]
pub fn describe(fragment: &Fragment) -> String {
    let design = &fragment.design;
    let count = |many: usize, one: &str, more: &str| {
        format!("{many} {}", if many == 1 { one } else { more })
    };
    let mut parts = Vec::new();
    let (mut templates, mut stacks) = (Vec::new(), 0);
    for covers in &fragment.covers {
        match covers {
            Covers::Design => parts.push(match design.title.as_str() {
                "" => "Pulpo design".to_owned(),
                title => format!("Pulpo design “{title}”"),
            }),
            Covers::Project => parts.push(format!("Project “{}”", design.project.name)),
            Covers::Process => {
                let steps = design.project.process.steps.len();
                parts.push(format!("Deployment process, {}", count(steps, "step", "steps")));
            }
            Covers::Steps => {
                let steps = design.project.process.steps.len();
                parts.push(count(steps, "step by itself", "steps by themselves"));
            }
            Covers::Runbook(id) => {
                let steps =
                    design.project.runbooks.get(id).map_or(0, |one| one.process.steps.len());
                parts.push(format!("Runbook process, {}", count(steps, "step", "steps")));
            }
            Covers::Variables => {
                let many = design.project.variables.len();
                parts.push(format!("Variable set, {}", count(many, "variable", "variables")));
            }
            Covers::LibrarySet(id) => {
                let set = design.space.library_sets.get(id);
                let name = set.map_or("", |set| set.name.as_str());
                let many = set.map_or(0, |set| set.variables.len());
                let many = count(many, "variable", "variables");
                parts.push(format!("Library variable set “{name}”, {many}"));
            }
            Covers::StepTemplate(id) => {
                let row = design.space.step_templates.get(id);
                templates.push(row.map_or("", |row| row.name.as_str()));
            }
            Covers::Rows(kind) => {
                let (one, more) = kind.words();
                let many = summary::held(design, *kind);
                parts.push(count(many, one, more));
            }
            Covers::Pulumi => {
                let name = design.pulumi.project.as_ref().map_or("", |name| name.as_str());
                parts.push(format!("Pulumi project “{name}”"));
            }
            Covers::Stack(_) => stacks += 1,
        }
    }
    match &templates[..] {
        [] => {}
        [one] => parts.push(format!("Step template “{one}”")),
        many => parts.push(format!("{} step templates", many.len())),
    }
    if stacks > 0 {
        parts.push(format!("settings of {}", count(stacks, "stack", "stacks")));
    }
    let mut text = parts.join("; ");
    if let Some(first) = text.get(..1) {
        let upper = first.to_uppercase();
        text.replace_range(..1, &upper);
    }
    text
}

#[cfg(test)]
mod tests;
