//! Accounts and certificates: that they exist, and for whom; never their secrets.
//!
//! Source: reference, variables, section 5.

use super::entities;
use crate::model::ids::{AccountId, CertificateId, EnvironmentId, Name, Slug, TenantId, TenantTag};
use crate::record::{Extra, records, words};

words! {
    /// The kinds of accounts, as Octopus writes them.
    pub enum AccountKind {
        /// AWS access keys.
        Aws = "AmazonWebServicesAccount", "AWS account";
        /// AWS through OpenID Connect.
        AwsOidc = "AmazonWebServicesOidcAccount", "AWS OIDC account";
        /// Azure service principal.
        Azure = "AzureServicePrincipal", "Azure service principal";
        /// Azure through OpenID Connect.
        AzureOidc = "AzureOidc", "Azure OIDC account";
        /// Azure management certificate.
        AzureCertificate = "AzureSubscription", "Azure management certificate";
        /// Google Cloud key file.
        Google = "GoogleCloudAccount", "Google Cloud account";
        /// Google Cloud through OpenID Connect.
        GoogleOidc = "GoogleCloudOidcAccount", "Google Cloud OIDC account";
        /// OpenID Connect with anything else, such as Pulumi Cloud.
        GenericOidc = "GenericOidcAccount", "Generic OIDC account";
        /// Username and password.
        UsernamePassword = "UsernamePassword", "Username/password";
        /// A token.
        Token = "Token", "Token";
        /// An SSH key pair.
        Ssh = "SshKeyPair", "SSH key pair";
    }
}

records! {
    /// An account of the space.
    pub struct Account {
        /// Its id.
        id: AccountId = "id",
        /// Its name.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// What kind of account it is.
        kind: AccountKind = "kind",
        /// What it is for.
        description: String = "description",
        /// The only environments it may be used in; none means all.
        environments: Vec<EnvironmentId> = "environments",
        /// The only tenants it may be used for; none means all.
        tenants: Vec<TenantId> = "tenants",
        /// The only tenant tags it may be used for; none means all.
        tenant_tags: Vec<TenantTag> = "tenantTags",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// A certificate of the space.
    pub struct Certificate {
        /// Its id.
        id: CertificateId = "id",
        /// Its name.
        name: Name = "name",
        /// The only environments it may be used in; none means all.
        environments: Vec<EnvironmentId> = "environments",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

entities!(Account: AccountId, Certificate: CertificateId);

impl Account {
    /// An account of a kind that may be used everywhere.
    #[must_use]
    pub fn new(id: AccountId, name: Name, kind: AccountKind) -> Self {
        Self {
            id,
            name,
            slug: None,
            kind,
            description: String::new(),
            environments: Vec::new(),
            tenants: Vec::new(),
            tenant_tags: Vec::new(),
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}

impl AccountKind {
    /// The variable type that can hold such an account, if any can.
    #[must_use]
    pub fn variable_type(self) -> Option<&'static str> {
        Some(match self {
            Self::Aws | Self::AwsOidc => "AmazonWebServicesAccount",
            Self::Azure | Self::AzureOidc | Self::AzureCertificate => "AzureAccount",
            Self::Google | Self::GoogleOidc => "GoogleCloudAccount",
            Self::GenericOidc => "GenericOidcAccount",
            Self::UsernamePassword => "UsernamePasswordAccount",
            Self::Token | Self::Ssh => return None,
        })
    }
}
