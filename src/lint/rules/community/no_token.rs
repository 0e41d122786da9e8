//! Community steps without an access token.

use crate::base::{Finding, Severity};
use crate::catalog::community::TOKEN;
use crate::lint::{Rule, walk};
use crate::model::{Design, PropertyValue};

/// The rule. Source: reference, process, section 8.
pub static RULE: Rule = Rule {
    id: "community/no-token",
    severity: Severity::Error,
    summary: "A community step has no access token",
    why: "The step stops before anything else when Pulumi Access Token is empty; it can sign in to \
          Pulumi Cloud in no other way.",
    remedy: "Name a sensitive variable in Pulumi Access Token, such as #{PULUMI_ACCESS_TOKEN}.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for (at, _) in walk::community_steps(design) {
        let is_set = match at.action.properties.get(TOKEN) {
            Some(PropertyValue::Text(text)) => !text.trim().is_empty(),
            Some(PropertyValue::Sensitive { has_value }) => *has_value,
            Some(PropertyValue::Other(_)) | None => false,
        };
        if !is_set {
            let what = format!("{at} is given no access token.");
            findings.push(RULE.at(at.property(TOKEN), what));
        }
    }
}
