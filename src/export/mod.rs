//! Exports: from a design to the files that people import, with what each
//! could not carry.
//!
//! The same design gives the same bytes: there is no clock and no chance here.
//!
//! Never: a secret; a file that says less than the design without a finding
//! that says so.

mod losses;
mod lower;
mod readme;
mod script;
mod secrets;
mod target;
mod templates;
mod variables;
mod zip;

pub use lower::{Lowered, final_script, lower_action, lower_design, script_of};
pub use readme::BEFORE;
pub use script::{CONFIRM_VARIABLE, design_reference, find_variable, reaches_stack, reference_of};
pub use target::{TARGETS, Target, TargetInfo};
pub use templates::{BUILT_IN, built_in, template_of_action, templates_of};
pub use variables::{Generated, generated_variables};
pub use zip::zip;

use crate::base::{Finding, Place};
use crate::format::octopus_json::{self, Placeholder, TemplateMeta, Written};
use crate::format::{octopus_ocl, pulumi_yaml};
use crate::model::process::keys;
use crate::model::{Design, Process, Slug};
use crate::script::{ScriptKind, ScriptValue};

/// A file to hand over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutFile {
    /// Where it stands in the export, with `/` between.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What an export made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// The files, sorted by path.
    pub files: Vec<OutFile>,
    /// The ids to fill in, each once, in the order in which they are first needed.
    pub placeholders: Vec<Placeholder>,
    /// What was lost, and what is left to do.
    pub findings: Vec<Finding>,
    /// Steps whose script the server has with their template, each with its name.
    pub borrowed: Vec<String>,
}

/// What an export may be told besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options<'a> {
    /// What step templates say of their export.
    pub meta: TemplateMeta<'a>,
}

/// Exports `design` to `targets`, with a `README.md` that says how to import.
#[must_use]
pub fn export(design: &Design, targets: &[Target]) -> Exported {
    export_with(design, targets, Options::default())
}

/// [`export`], told when and for which server.
#[must_use]
pub fn export_with(design: &Design, targets: &[Target], options: Options) -> Exported {
    let has = |target| targets.contains(&target);
    let mut out = Export::default();
    let (mut lowered, findings) = lower::lower_steps(design);
    if has(Target::ProcessJson) || has(Target::Ocl) || has(Target::Scripts) {
        out.done.findings.extend(findings);
    }
    let findings = lower::add_variables(design, &mut lowered);
    if has(Target::VariablesJson) || has(Target::Ocl) {
        out.done.findings.extend(findings);
    }
    if has(Target::StepTemplates) {
        out.step_templates(design, options.meta);
    }
    if has(Target::ProcessJson) {
        out.processes(&lowered);
    }
    if has(Target::ProcessJson) || has(Target::Ocl) {
        out.borrowed_scripts(&lowered, has(Target::ProcessJson));
    }
    if has(Target::VariablesJson) {
        out.variables(&lowered);
    }
    if has(Target::Ocl) {
        out.ocl(&lowered);
    }
    if has(Target::Scripts) {
        out.scripts(design, &lowered);
    }
    if has(Target::PulumiSettings) {
        out.pulumi_settings(design);
    }
    if has(Target::ProcessJson) || has(Target::VariablesJson) {
        out.rest_tools();
        out.done.findings.extend(losses::not_made(design));
        out.done.findings.extend(losses::not_in_json(design));
    } else if has(Target::Ocl) {
        out.done.findings.extend(losses::not_made(design));
    } else if has(Target::StepTemplates) {
        out.done.findings.extend(losses::no_process(design));
    }
    let mut done = out.done;
    done.findings.extend(secrets::findings(&done.files));
    let readme = readme::readme(design, targets, &done);
    done.files.push(OutFile { path: "README.md".to_owned(), text: readme });
    // What to do with the files comes before them.
    done.files.sort_by(|left, right| {
        let key = |file: &OutFile| file.path != "README.md";
        (key(left), &left.path).cmp(&(key(right), &right.path))
    });
    done
}

/// An export under construction.
#[derive(Default)]
struct Export {
    done: Exported,
}

impl Export {
    /// Adds a file; a path that is taken gets a number.
    fn add(&mut self, folder: &str, name: &str, ending: &str, text: String) -> String {
        let path = |count: u32| match count {
            1 => [folder, name, ending].concat(),
            _ => format!("{folder}{name}-{count}{ending}"),
        };
        let mut count = 1;
        while self.done.files.iter().any(|file| file.path == path(count)) {
            count += 1;
        }
        let path = path(count);
        self.done.files.push(OutFile { path: path.clone(), text });
        path
    }

    fn add_json(&mut self, folder: &str, name: &str, written: Written) {
        let path = self.add(folder, name, ".json", written.text());
        let said = written.findings.into_iter().map(|mut finding| {
            finding.place = finding.place.in_file(&path);
            finding
        });
        self.done.findings.extend(said);
        for one in written.placeholders {
            if !self.done.placeholders.contains(&one) {
                self.done.placeholders.push(one);
            }
        }
    }

    fn step_templates(&mut self, design: &Design, meta: TemplateMeta) {
        let (templates, findings) = templates_of(design);
        self.done.findings.extend(findings);
        for template in templates {
            let written = octopus_json::step_template(design, &template, meta);
            let name = file_name(template.name.as_str(), template.id.as_str());
            self.add_json("step-templates/", &name, written);
        }
    }

    fn processes(&mut self, lowered: &Design) {
        let written = octopus_json::deployment_process(lowered);
        self.add_json("process/", "deployment-process", written);
        for runbook in &lowered.project.runbooks {
            let name = file_name(runbook.name.as_str(), runbook.id.as_str());
            let written = octopus_json::runbook_process(lowered, runbook);
            self.add_json("process/", &["runbook-", &name].concat(), written);
        }
    }

    fn variables(&mut self, lowered: &Design) {
        let written = octopus_json::project_variable_set(lowered);
        self.add_json("variables/", "project", written);
        for id in &lowered.project.included_sets {
            if let Some(set) = lowered.space.library_sets.get(id) {
                let name = file_name(set.name.as_str(), id.as_str());
                let written = octopus_json::library_variable_set(lowered, set);
                self.add_json("variables/", &["library-", &name].concat(), written);
            }
        }
    }

    fn scripts(&mut self, design: &Design, lowered: &Design) {
        self.scripts_of("scripts/", &lowered.project.process);
        for runbook in &lowered.project.runbooks {
            let name = file_name(runbook.name.as_str(), runbook.id.as_str());
            self.scripts_of(&["scripts/runbook-", &name, "/"].concat(), &runbook.process);
        }
        let reference = design_reference(design);
        let folder = ScriptValue::from(design.pulumi.folder.trim_matches('/'));
        let extractions = [
            crate::script::Script::ExtractHardened(crate::script::ExtractHardened {
                reference: reference.clone(),
                folder: folder.clone(),
                ..crate::script::ExtractHardened::default()
            }),
            crate::script::Script::ExtractGuide(crate::script::ExtractGuide {
                reference,
                folder,
                ..crate::script::ExtractGuide::default()
            }),
        ];
        for script in extractions {
            let name = match script.kind() {
                ScriptKind::ExtractGuide => "extract-as-the-2019-guide",
                _ => "extract",
            };
            self.add("scripts/ready-made/", name, ".sh", script.text());
        }
    }

    fn ocl(&mut self, lowered: &Design) {
        let written = octopus_ocl::write(lowered);
        self.done.findings.extend(written.findings);
        self.done.findings.extend(losses::not_in_git(lowered));
        for (path, text) in written.files {
            self.done.files.push(OutFile { path, text });
        }
        for one in written.placeholders {
            if !self.done.placeholders.contains(&one) {
                self.done.placeholders.push(one);
            }
        }
    }

    /// A file for each stack that has settings, or needs some.
    fn pulumi_settings(&mut self, design: &Design) {
        for mapping in &design.pulumi.stacks {
            let says = !mapping.config.is_empty() || !mapping.settings.is_null();
            if !says && design.pulumi.config.is_empty() {
                continue;
            }
            let made = pulumi_yaml::settings_file(design, mapping);
            let path = ["pulumi/", &made.file].concat();
            // Stacks of one name share their file, as they do for Pulumi.
            if self.done.files.iter().any(|file| file.path == path && file.text == made.text) {
                continue;
            }
            self.add("pulumi/", made.file.trim_end_matches(".yaml"), ".yaml", made.text);
            self.done.findings.extend(made.findings);
        }
    }

    /// Each inline bash script of a process, numbered as its steps are.
    fn scripts_of(&mut self, folder: &str, process: &Process) {
        for (index, step) in process.steps.iter().enumerate() {
            for action in step.actions.iter() {
                let body = action.properties.text(keys::SCRIPT_BODY);
                let syntax = action.properties.text(keys::SCRIPT_SYNTAX);
                if body.is_empty() || !(syntax.is_empty() || syntax.eq_ignore_ascii_case("Bash")) {
                    continue;
                }
                let name = file_name(action.name.as_str(), action.id.as_str());
                let mut text = body.replace("\r\n", "\n");
                if !text.ends_with('\n') {
                    text.push('\n');
                }
                self.add(folder, &format!("{:02}-{name}", index + 1), ".sh", text);
            }
        }
    }

    /// What the commands in the README need beside them.
    fn rest_tools(&mut self) {
        let ids = self.done.placeholders.iter().map(|one| (one.text(), "".into()));
        let ids = octopus_json::text_of(&serde_json::Value::Object(ids.collect()));
        self.add("rest/", "ids", ".json", ids);
        let tools = [
            ("fill-ids", include_str!("rest/fill-ids.jq")),
            ("merge-process", include_str!("rest/merge-process.jq")),
            ("merge-variables", include_str!("rest/merge-variables.jq")),
        ];
        for (name, text) in tools {
            self.add("rest/", name, ".jq", text.to_owned());
        }
        if !self.done.borrowed.is_empty() {
            self.add(
                "rest/",
                "add-templates",
                ".jq",
                include_str!("rest/add-templates.jq").to_owned(),
            );
        }
    }

    /// Steps of community templates get their script on the server only.
    fn borrowed_scripts(&mut self, lowered: &Design, is_json: bool) {
        let runbooks = lowered.project.runbooks.iter().map(|runbook| &runbook.process);
        let processes = std::iter::once(&lowered.project.process).chain(runbooks);
        for (_, action) in processes.flat_map(Process::actions) {
            let known = crate::catalog::community_of(lowered, action);
            let has_script = !action.properties.text(keys::SCRIPT_BODY).is_empty();
            let Some(known) = known.filter(|_| action.template.is_some() && !has_script) else {
                continue;
            };
            let name = action.name.as_str();
            let what = format!("The script of \"{name}\" is not in the file.");
            self.done.findings.push(
                Finding::warning("export/script-of-template", Place::path(name), what)
                    .because(format!(
                        "It is that of the community step template \"{}\", which Pulpo does not \
                         carry.",
                        known.name
                    ))
                    .do_this(if is_json {
                        "Install the template in Octopus and add its script by the commands of \
                         README.md."
                    } else {
                        "Install the template in Octopus, and copy its script and its id into the \
                         step."
                    }),
            );
            // The commands that add it are for JSON.
            if is_json {
                self.done.borrowed.push(format!("\"{name}\": {}", known.name));
            }
        }
    }
}

/// A name that any file system takes.
fn file_name(name: &str, id: &str) -> String {
    let slug = Slug::of(name).or_else(|| Slug::of(id));
    slug.map_or_else(|| "unnamed".to_owned(), |slug| slug.to_string())
}
