//! Names that an account variable makes by itself.

use std::collections::HashSet;

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::Design;

/// The rule.
pub static RULE: Rule = Rule {
    id: "variables/derived-clash",
    severity: Severity::Warning,
    summary: "A variable has a name that an account variable makes by itself",
    why: "An account variable brings parts such as .AccessKey or .Client; which one wins is not \
          known.",
    remedy: "Choose another name.",
    check,
};

const PARTS: &[&str] = &[
    "accesskey",
    "secretkey",
    "rolearn",
    "sessionduration",
    "openidconnect.jwt",
    "subscriptionnumber",
    "client",
    "tenantid",
    "password",
    "azureenvironment",
    "audience",
    "jsonkey",
    "username",
];

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let accounts: HashSet<String> = walk::values(design)
        .iter()
        .filter(|at| at.value.content.account().is_some())
        .map(|at| at.variable.name.as_str().to_ascii_lowercase())
        .collect();
    for set in walk::sets(design) {
        for (index, variable) in set.variables.iter().enumerate() {
            let name = variable.name.as_str().to_ascii_lowercase();
            let clash = PARTS.iter().find(|part| {
                let account = name.strip_suffix(*part).and_then(|rest| rest.strip_suffix('.'));
                account.is_some_and(|account| accounts.contains(account))
            });
            if clash.is_some() {
                findings.push(RULE.at(
                    format!("{}[{index}].name", set.path()),
                    format!("{}{} is part of an account variable.", variable.name, set.suffix()),
                ));
            }
        }
    }
}
