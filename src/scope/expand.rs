//! What the value of an account or certificate variable brings with it: the
//! sub-variables `V.AccessKey` and so on, made after the choice of the value.
//!
//! Source: reference, variables, section 5. Rules: `SPEC.md`, S40 to S44.

use super::candidates::{Candidates, Entry};
use super::context::Context;
use super::resolver::Resolver;
use crate::model::space::AccountKind;
use crate::model::{Space, VariableContent};
use crate::record::Bound;

/// One sub-variable of a variable `V`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubVariable {
    /// What stands after `V.`.
    pub suffix: &'static str,
    /// Whether it holds a secret.
    pub is_secret: bool,
    /// Whether its name, or that it is a secret, is known and not assumed.
    pub is_verified: bool,
}

/// How sure it is that a sub-variable is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// It is there.
    Certain,
    /// Some accounts that the variable may hold have it: which one it holds
    /// is not known before run time, or several values tie.
    Possible,
}

/// The sub-variables of a value.
pub type SubVariables = Vec<(SubVariable, Certainty)>;

const fn plain(suffix: &'static str) -> SubVariable {
    SubVariable { suffix, is_secret: false, is_verified: true }
}

const fn secret(suffix: &'static str) -> SubVariable {
    SubVariable { suffix, is_secret: true, is_verified: true }
}

const fn unverified(sub: SubVariable) -> SubVariable {
    SubVariable { is_verified: false, ..sub }
}

const JWT: SubVariable = secret("OpenIdConnect.Jwt");

const AWS: &[SubVariable] = &[plain("AccessKey"), secret("SecretKey")];

const AWS_OIDC: &[SubVariable] =
    &[plain("RoleArn"), plain("SessionDuration"), JWT, unverified(plain("Audience"))];

const AZURE: &[SubVariable] = &[
    plain("SubscriptionNumber"),
    plain("Client"),
    plain("TenantId"),
    secret("Password"),
    plain("AzureEnvironment"),
    plain("ResourceManagementEndpointBaseUri"),
    plain("ActiveDirectoryEndpointBaseUri"),
];

const AZURE_OIDC: &[SubVariable] = &[
    plain("SubscriptionNumber"),
    plain("Client"),
    plain("TenantId"),
    plain("AzureEnvironment"),
    plain("ResourceManagementEndpointBaseUri"),
    plain("ActiveDirectoryEndpointBaseUri"),
    JWT,
    plain("Audience"),
];

const AZURE_CERTIFICATE: &[SubVariable] = &[
    plain("SubscriptionNumber"),
    plain("CertificateThumbprint"),
    plain("ServiceManagementEndpointBaseUri"),
    plain("ServiceManagementEndpointSuffix"),
    plain("AzureEnvironment"),
];

const GOOGLE: &[SubVariable] = &[secret("JsonKey")];

const GOOGLE_OIDC: &[SubVariable] =
    &[JWT, plain("Audience"), plain("OpenIdConnect.TokenLifetimeSeconds")];

const USERNAME_PASSWORD: &[SubVariable] = &[plain("Username"), secret("Password")];

const GENERIC_OIDC: &[SubVariable] = &[unverified(JWT), unverified(plain("Audience"))];

const CERTIFICATE: &[SubVariable] = &[
    plain("Type"),
    plain("Name"),
    plain("Thumbprint"),
    plain("RawOriginal"),
    unverified(secret("Password")),
    unverified(secret("Pfx")),
    plain("Certificate"),
    secret("PrivateKey"),
    plain("CertificatePem"),
    unverified(secret("PrivateKeyPem")),
    plain("ChainPem"),
    plain("Subject"),
    plain("SubjectCommonName"),
    plain("Issuer"),
    plain("NotBefore"),
    plain("NotAfter"),
];

/// The sub-variables of an account of a kind.
#[must_use]
pub fn sub_variables_of_account(kind: AccountKind) -> &'static [SubVariable] {
    match kind {
        AccountKind::Aws => AWS,
        AccountKind::AwsOidc => AWS_OIDC,
        AccountKind::Azure => AZURE,
        AccountKind::AzureOidc => AZURE_OIDC,
        AccountKind::AzureCertificate => AZURE_CERTIFICATE,
        AccountKind::Google => GOOGLE,
        AccountKind::GoogleOidc => GOOGLE_OIDC,
        AccountKind::UsernamePassword => USERNAME_PASSWORD,
        AccountKind::GenericOidc => GENERIC_OIDC,
        AccountKind::Token | AccountKind::Ssh => &[],
    }
}

/// The sub-variables that `content` brings with it. Where the account is not
/// known, those of every kind that a variable of this type can hold.
#[must_use]
pub fn sub_variables(content: &VariableContent, space: &Space) -> SubVariables {
    if let VariableContent::Certificate(_) = content {
        return CERTIFICATE.iter().map(|sub| (*sub, Certainty::Certain)).collect();
    }
    let Some(holder) = content.account() else { return Vec::new() };
    let account = holder.account.as_ref().and_then(Bound::known);
    if let Some(account) = account.and_then(|id| space.accounts.get(id)) {
        let subs = sub_variables_of_account(account.kind).iter();
        return subs.map(|sub| (*sub, Certainty::Certain)).collect();
    }
    let mut subs: SubVariables = Vec::new();
    for kind in AccountKind::ALL {
        if kind.variable_type() == Some(content.word()) {
            for sub in sub_variables_of_account(*kind) {
                merge(&mut subs, *sub, Certainty::Possible);
            }
        }
    }
    subs
}

/// Adds `sub`, once for each suffix; whichever says secret or unverified counts.
fn merge(subs: &mut SubVariables, sub: SubVariable, certainty: Certainty) {
    match subs.iter_mut().find(|(known, _)| known.suffix == sub.suffix) {
        Some((known, known_certainty)) => {
            known.is_secret |= sub.is_secret;
            known.is_verified &= sub.is_verified;
            *known_certainty = (*known_certainty).max(certainty);
        }
        None => subs.push((sub, certainty)),
    }
}

/// A sub-variable of a name in a context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expanded {
    /// Its full name, `V.Suffix`.
    pub name: String,
    /// What it is.
    pub sub: SubVariable,
    /// How sure it is that it is there.
    pub certainty: Certainty,
    /// Whether a value of the design that applies here has the same name; who
    /// wins then is not known.
    pub clashes: bool,
}

impl Resolver {
    /// The sub-variables of `candidates`' winner in `context`. Where several
    /// tie, those of all of them, as possible.
    #[must_use]
    pub fn expand(
        &self,
        candidates: &Candidates,
        context: &Context,
        space: &Space,
    ) -> Vec<Expanded> {
        let has_subs = |entry: &Entry| {
            let content = entry.content();
            content.account().is_some() || matches!(content, VariableContent::Certificate(_))
        };
        if !candidates.entries().iter().any(has_subs) {
            return Vec::new();
        }
        let winners: Vec<_> = candidates.winners(context).collect();
        let mut subs = SubVariables::new();
        for winner in &winners {
            for (sub, certainty) in sub_variables(winner.content(), space) {
                let certainty = if winners.len() > 1 { Certainty::Possible } else { certainty };
                merge(&mut subs, sub, certainty);
            }
        }
        subs.into_iter()
            .map(|(sub, certainty)| {
                let name = [candidates.name().as_str(), ".", sub.suffix].concat();
                let clashes = !self.resolve(&name, context).is_undefined();
                Expanded { name, sub, certainty, clashes }
            })
            .collect()
    }
}
