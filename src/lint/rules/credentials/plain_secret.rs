//! Variables with the name of a secret and a plain value.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{Design, VariableContent};

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/plain-secret",
    severity: Severity::Warning,
    summary: "A variable with the name of a secret is not sensitive",
    why: "Plain values can be read by everybody who may see the project, and stand in logs.",
    remedy: "Change its type to Sensitive, or give it a name that does not promise a secret.",
    check,
};

/// Ends of names that promise a secret; `PasswordPolicyUrl` promises none.
const WORDS: &[&str] = &[
    "password",
    "passphrase",
    "secret",
    "secretkey",
    "accesskey",
    "apikey",
    "privatekey",
    "token",
];

fn check(design: &Design, findings: &mut Vec<Finding>) {
    for at in walk::values(design) {
        let VariableContent::Text(content) = &at.value.content else { continue };
        let name: String =
            at.variable.name.as_str().chars().filter(|one| one.is_alphanumeric()).collect();
        let name = name.to_ascii_lowercase();
        let is_secret = WORDS.iter().any(|word| name.ends_with(word));
        // An expression points at the secret elsewhere; a flag or number is none.
        let is_plain = content.text.len() > 5 && !content.text.contains("#{");
        if is_secret && is_plain {
            findings.push(RULE.at(
                at.path(),
                format!("{}{} has a plain value.", at.variable.name, at.set.suffix()),
            ));
        }
    }
}
