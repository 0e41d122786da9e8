//! Cloud credentials from a variable of another type.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::{CloudCredentials, Design};

/// The rule.
pub static RULE: Rule = Rule {
    id: "credentials/wrong-type",
    severity: Severity::Error,
    summary: "The variable with the cloud account has another type",
    why: "Only an account variable has the parts, such as AccessKey or Client, that become \
          credentials.",
    remedy: "Change the variable's type to the cloud's account type, or name another variable.",
    check,
};

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let wanted = match &design.pulumi.credentials {
        CloudCredentials::Ambient => return,
        CloudCredentials::Aws(_) => "AmazonWebServicesAccount",
        CloudCredentials::Azure(_) => "AzureAccount",
        CloudCredentials::Google(_) => "GoogleCloudAccount",
    };
    let Some((_, name)) = walk::credential_variable(design) else { return };
    for at in walk::values_of(design, name) {
        if at.value.content.word() != wanted {
            findings.push(RULE.at(
                format!("{}.content", at.path()),
                format!("{name} is of type {}.", at.value.content.label()),
            ));
        }
    }
}
