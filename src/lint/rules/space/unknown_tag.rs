//! Tenant tags that no tag set has.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, TenantTag};

/// The rule.
pub static RULE: Rule = Rule {
    id: "space/unknown-tag",
    severity: Severity::Warning,
    summary: "No tag set has this tenant tag",
    why: "Octopus refuses tags that are not in a tag set.",
    remedy: "Add the tag to its set, or mend its name.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    // Without any tag set the design says nothing of them.
    if design.space.tag_sets.is_empty() {
        return;
    }
    let mut look = |path: String, tags: &[TenantTag]| {
        for tag in tags.iter().filter(|tag| !is_known(design, tag)) {
            findings.push(RULE.at(path.as_str(), format!("There is no tenant tag {tag}.")));
        }
    };
    for (index, tenant) in design.space.tenants.iter().enumerate() {
        look(format!("$.space.tenants[{index}].tags"), &tenant.tags);
    }
    for (index, account) in design.space.accounts.iter().enumerate() {
        look(format!("$.space.accounts[{index}].tenantTags"), &account.tenant_tags);
    }
    for (index, channel) in design.project.channels.iter().enumerate() {
        look(format!("$.project.channels[{index}].tenantTags"), &channel.tenant_tags);
    }
    for at in walk::actions(design) {
        look(at.member("tenantTags"), &at.action.tenant_tags);
    }
    for at in walk::values(design) {
        if !at.value.scope.tenant_tags.is_empty() {
            look(format!("{}.scope.tenantTags", at.path()), &at.value.scope.tenant_tags);
        }
    }
}

fn is_known(design: &Design, tag: &TenantTag) -> bool {
    let Some((set, tag)) = tag.as_str().split_once('/') else { return false };
    design.space.tag_sets.iter().any(|one| {
        one.name.as_str().eq_ignore_ascii_case(set)
            && one.tags.iter().any(|known| known.as_str().eq_ignore_ascii_case(tag))
    })
}
