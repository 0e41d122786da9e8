//! Container images without a feed of images.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, FeedKind};

/// The rule.
pub static RULE: Rule = Rule {
    id: "process/container-feed",
    severity: Severity::Error,
    summary: "A container image does not come from a feed of images",
    why: "Octopus fetches images from a container registry feed only.",
    remedy: "Choose a container registry.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::actions(design) {
        let Some(container) = &at.action.container else { continue };
        if container.image.is_empty() {
            continue;
        }
        match &container.feed {
            None => findings.push(RULE.at(
                at.member("container"),
                format!("{at} runs in {} without a feed.", container.image),
            )),
            Some(bound) => {
                let feed = bound.known().and_then(|id| design.space.feeds.get(id));
                if let Some(feed) = feed
                    && !matches!(feed.kind, FeedKind::Docker | FeedKind::Ecr | FeedKind::Other)
                {
                    findings.push(RULE.at(
                        at.member("container.feed"),
                        format!(
                            "{at} takes its image from \"{}\", a {}.",
                            feed.name,
                            feed.kind.label()
                        ),
                    ));
                }
            }
        }
    }
}
