//! Programs in a fixed folder under /tmp.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::process::{ExtractStyle, ProgramSource};
use crate::model::{Design, PulumiStep};

/// The rule.
pub static RULE: Rule = Rule {
    id: "pulumi/fixed-folder",
    severity: Severity::Warning,
    summary: "The program is handed on in a fixed folder",
    why: "Workers run many steps at once: two deployments that use the same folder change each \
          other's program, and the next step may run on another worker.",
    remedy: "Let each step bring its own package, or extract to a folder of the deployment's own.",
    check,
};

/// Where the guide's style extracts to unless the step says another folder.
const GUIDE_FOLDER: &str = "/tmp/pulumi-app";

fn check(design: &Design, findings: &mut Vec<Finding>) {
    // One finding a folder, at the first step that uses it.
    let mut uses: Vec<(&str, String, String)> = Vec::new();
    let mut more: HashMap<&str, usize> = HashMap::new();
    for at in walk::actions(design) {
        let Some(step) = at.action.pulumi_step() else { continue };
        let (path, folder) = match (step, walk::source_of(step)) {
            (PulumiStep::Extract(extract), _) if extract.style == ExtractStyle::Guide => {
                let target = extract.target.as_str();
                ("does.step.target", if target.is_empty() { GUIDE_FOLDER } else { target })
            }
            (_, Some(ProgramSource::Folder(folder))) => {
                ("does.step.source.path", folder.path.as_str())
            }
            _ => continue,
        };
        if !folder.starts_with("/tmp") || folder.contains("#{") {
            continue;
        }
        let count = more.entry(folder).or_default();
        *count += 1;
        if *count == 1 {
            uses.push((folder, at.member(path), at.to_string()));
        }
    }
    for (folder, path, step) in uses {
        let later = match more.get(folder).copied().unwrap_or_default() {
            0 | 1 => String::new(),
            2 => ", and so does another step".to_owned(),
            many => format!(", and so do {} other steps", many - 1),
        };
        findings.push(RULE.at(path, format!("{step} uses the folder {folder}{later}.")));
    }
}
