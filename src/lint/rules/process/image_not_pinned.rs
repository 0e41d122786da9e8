//! Container images without a fixed version.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/image-not-pinned",
    severity: Severity::Warning,
    summary: "A container image has no fixed version",
    why: "The image can change between the preview and the deployment, and between two \
          environments.",
    remedy: "Name the version in the tag, such as pulumi/pulumi:3.259.0.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(container) = &at.action.container else { continue };
        let image = container.image.as_str();
        if image.is_empty() || image.contains("#{") || image.contains("@sha256:") {
            continue;
        }
        // A colon before the last slash belongs to the registry's port.
        let name = image.rsplit('/').next().unwrap_or(image);
        let tag = name.split_once(':').map(|(_, tag)| tag);
        if matches!(tag, None | Some("" | "latest")) {
            findings.push(RULE.at(at.member("container.image"), format!("{at} runs in {image}.")));
        }
    }
}
