//! Community steps that find no credentials they know of.

use crate::base::{Finding, Severity};
use crate::lint::{Rule, walk};
use crate::model::space::AccountKind;
use crate::model::{Design, VariableContent};

/// The rule. Source: reference, process, section 8.1, L7, L10 and L11.
pub static RULE: Rule = Rule {
    id: "community/no-cloud-secret",
    severity: Severity::Error,
    summary: "A community step finds neither AWS keys nor an Azure secret",
    why: "\"Run Pulumi (Linux)\" stops without the secret of an account variable that is called AWS \
          or Azure, whatever cloud the program is for. Accounts with OpenID Connect have no such \
          secret.",
    remedy: "Let a Pulumi step of Pulpo's own take its place, or add the variable AWS or Azure with \
             an account that has keys.",
    check,
};

/// Whether the project gives the secret that the step asks for, as far as is known.
fn has_secret(design: &Design) -> bool {
    let account = |name: &str, kinds: [AccountKind; 2]| {
        walk::values_of(design, name).iter().any(|at| {
            let content = &at.value.content;
            let is_typed = match name {
                "AWS" => matches!(content, VariableContent::AwsAccount(_)),
                _ => matches!(content, VariableContent::AzureAccount(_)),
            };
            let id = content.account().and_then(|one| one.account.as_ref()?.known());
            let found = id.and_then(|id| design.space.accounts.get(id));
            is_typed && found.is_none_or(|account| kinds.contains(&account.kind))
        })
    };
    account("AWS", [AccountKind::Aws; 2])
        || account("Azure", [AccountKind::Azure, AccountKind::AzureCertificate])
        || ["AWS.SecretKey", "Azure.Password"]
            .iter()
            .any(|name| !walk::values_of(design, name).is_empty())
}

fn check(design: &Design, findings: &mut Vec<Finding>) {
    let steps = walk::community_steps(design);
    if steps.is_empty() || has_secret(design) {
        return;
    }
    for (at, known) in steps {
        if known.is_bash() {
            let what = format!("{at} finds no AWS keys and no Azure secret.");
            findings.push(RULE.at(at.member("properties"), what));
        }
    }
}
