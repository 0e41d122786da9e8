//! Tokens and passphrases in plain variables, OIDC accounts in others.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Backend, Design, VariableContent};

/// The rule.
pub static RULE: Rule = Rule {
    id: "backend/wrong-type",
    severity: Severity::Error,
    summary: "A variable that logs in to the backend has the wrong type",
    why: "A token or passphrase that is not sensitive can be read by everybody who may see the \
          project, and stands in logs; an OIDC login needs a Generic OIDC account.",
    remedy: "Change the variable's type: Sensitive for tokens and passphrases, Generic OIDC \
          Account for OIDC.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let Some((_, name)) = walk::login_variable(design) else { return };
    let is_oidc = matches!(design.pulumi.backend, Backend::Oidc(_));
    for at in walk::values_of(design, name) {
        let content = &at.value.content;
        let is_right = if is_oidc {
            matches!(content, VariableContent::GenericOidc(_))
        } else {
            content.is_sensitive()
        };
        if !is_right {
            let wanted = if is_oidc { "a Generic OIDC account" } else { "sensitive" };
            findings.push(RULE.at(
                format!("{}.content", at.path()),
                format!("{name} should be {wanted}, but is of type {}.", content.label()),
            ));
        }
    }
}
