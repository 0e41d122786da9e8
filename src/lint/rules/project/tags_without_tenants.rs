//! Tenant tags in a project without tenants.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;
use crate::model::project::TenantedMode;

/// The rule.
pub static RULE: Rule = Rule {
    id: "project/tags-without-tenants",
    severity: Severity::Warning,
    summary: "Tenant tags have no effect without tenants",
    why: "The project is deployed without tenants, so a value or channel for tenants never counts.",
    remedy: "Let the project be deployed for tenants, or take the tags away.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    if design.project.tenanted != TenantedMode::Untenanted {
        return;
    }
    for at in walk::actions(design) {
        let is_untenanted = at
            .owner
            .runbook
            .is_none_or(|(_, runbook)| runbook.tenanted == TenantedMode::Untenanted);
        if is_untenanted && !at.action.tenant_tags.is_empty() {
            findings.push(RULE.at(at.member("tenantTags"), format!("{at} is limited to tenants.")));
        }
    }
}
