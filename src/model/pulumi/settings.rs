//! The Pulumi project as a whole, and which stack belongs to which environment.

use serde_json::Value;

use super::names::{Organization, PulumiProjectName, StackReference};
use crate::model::ids::{EnvironmentId, PackageKey, VariableName};
use crate::model::process::{Container, WorkerPoolChoice};
use crate::record::{Extra, choices, records};

records! {
    /// The stack of one environment.
    pub struct StackMapping {
        /// The environment.
        environment: EnvironmentId = "environment",
        /// Its stack.
        stack: StackReference = "stack",
        /// The configuration in its settings file, in the file's order. A secret is
        /// what Pulumi wrote: `{secure: ciphertext}`, carried through unread.
        config: Vec<ConfigValue> = "config",
        /// The other members of its settings file, as they are there:
        /// `secretsprovider`, `encryptedkey`, `encryptionsalt`, `environment`.
        settings: Value = "settings",
    }

    /// One configuration value of a stack.
    pub struct ConfigValue {
        /// `namespace:name`, or a name of the project's own.
        key: String = "key",
        /// The value, as the settings file has it.
        value: Value = "value",
    }

    /// A configuration key that the project declares.
    pub struct ConfigKey {
        /// `namespace:name`, or a name of the project's own.
        key: String = "key",
        /// `string`, `integer`, `boolean`, `array` or `object`; empty where none is said.
        kind: String = "type",
        /// What it is for.
        description: String = "description",
        /// Whether its values are secrets.
        is_secret: bool = "secret",
        /// What stacks take that say nothing.
        default: Value = "default",
        /// What all stacks take; for keys of other namespaces.
        value: Value = "value",
    }

    /// Pulumi Cloud, with a token from a sensitive variable.
    #[derive(Default)]
    pub struct PulumiCloud {
        /// The sensitive variable that holds the access token.
        token: Option<VariableName> = "tokenVariable",
        /// The URL of a self-hosted Pulumi Cloud; empty for Pulumi's own.
        url: String = "url",
    }

    /// Pulumi Cloud, with a token exchanged for an OpenID Connect one.
    pub struct OidcLogin {
        /// The variable that holds the generic OIDC account.
        account: VariableName = "accountVariable",
        /// The organization that trusts it.
        organization: Organization = "organization",
    }

    /// State in a bucket, a database or on a disk.
    #[derive(Default)]
    pub struct SelfManaged {
        /// Such as `s3://bucket/path`.
        url: String = "url",
        /// The sensitive variable that holds the passphrase of the secrets.
        passphrase: Option<VariableName> = "passphraseVariable",
    }

    /// An account variable whose credentials the Pulumi steps get.
    pub struct AccountVariable {
        /// Its name.
        variable: VariableName = "variable",
        /// The region, or an expression; AWS only.
        region: String = "region",
    }

    /// The Pulumi project.
    #[derive(Default)]
    pub struct Pulumi {
        /// The `name` in its `Pulumi.yaml`.
        project: Option<PulumiProjectName> = "project",
        /// The `runtime` in its `Pulumi.yaml`, such as `nodejs`; empty if not known.
        runtime: String = "runtime",
        /// The package that holds the program.
        package: Option<PackageKey> = "package",
        /// The name under which steps refer to that package; empty is the package's id.
        reference: String = "reference",
        /// The folder in the package that holds `Pulumi.yaml`; empty is its root.
        folder: String = "folder",
        /// Where state is kept.
        backend: Backend = "backend",
        /// Whose cloud credentials the steps get.
        credentials: CloudCredentials = "credentials",
        /// Which workers new Pulumi steps run on.
        worker_pool: WorkerPoolChoice = "workerPool",
        /// The container that new Pulumi steps run in.
        container: Option<Container> = "container",
        /// The variable that holds the stack of the current environment.
        stack_variable: Option<VariableName> = "stackVariable",
        /// The pattern that stacks were last filled by.
        pattern: String = "pattern",
        /// The stack of each environment.
        stacks: Vec<StackMapping> = "stacks",
        /// The configuration keys that its `Pulumi.yaml` declares.
        config: Vec<ConfigKey> = "config",
        /// The other members of its `Pulumi.yaml`, as they are there.
        project_file: Value = "projectFile",
    }
}

choices! {
    /// Where Pulumi keeps state, and how steps log in there.
    pub enum Backend by "kind" or default {
        /// Pulumi Cloud with a token.
        Cloud(PulumiCloud) = "cloud",
        /// Pulumi Cloud with OpenID Connect.
        Oidc(OidcLogin) = "oidc",
        /// A backend of one's own.
        SelfManaged(SelfManaged) = "self-managed",
    }

    /// The cloud that the stacks deploy to.
    #[derive(Default)]
    pub enum CloudCredentials by "cloud" or default {
        /// None, or those the worker has by itself.
        #[default]
        Ambient = "ambient",
        /// AWS.
        Aws(AccountVariable) = "aws",
        /// Azure.
        Azure(AccountVariable) = "azure",
        /// Google Cloud.
        Google(AccountVariable) = "google",
    }
}

impl Default for Backend {
    fn default() -> Self {
        Self::Cloud(PulumiCloud::default())
    }
}

impl Pulumi {
    /// The name of the variable that holds the stack, unless the design says another.
    pub const STACK_VARIABLE: &'static str = "Pulumi.Stack";
    /// The name of the variable that holds the token, unless the design says another.
    pub const TOKEN_VARIABLE: &'static str = "PULUMI_ACCESS_TOKEN";

    /// The stack of `environment`.
    #[must_use]
    pub fn stack_of(&self, environment: &EnvironmentId) -> Option<&StackReference> {
        self.stacks.iter().find(|one| one.environment == *environment).map(|one| &one.stack)
    }

    /// The name of the variable that holds the stack.
    #[must_use]
    pub fn stack_variable(&self) -> &str {
        self.stack_variable.as_ref().map_or(Self::STACK_VARIABLE, VariableName::as_str)
    }

    /// The name of the variable that holds the access token, where there is one.
    #[must_use]
    pub fn token_variable(&self) -> Option<&str> {
        match &self.backend {
            Backend::Cloud(cloud) => {
                Some(cloud.token.as_ref().map_or(Self::TOKEN_VARIABLE, VariableName::as_str))
            }
            _ => None,
        }
    }

    /// The name of the variable that logs in to the backend, where there is one.
    #[must_use]
    pub fn login_variable(&self) -> Option<&str> {
        match &self.backend {
            Backend::Cloud(_) => self.token_variable(),
            Backend::Oidc(login) => Some(login.account.as_str()),
            Backend::SelfManaged(own) => own.passphrase.as_ref().map(VariableName::as_str),
        }
    }

    /// The name of the variable that holds the cloud account, where there is one.
    #[must_use]
    pub fn credential_variable(&self) -> Option<&str> {
        match &self.credentials {
            CloudCredentials::Ambient => None,
            CloudCredentials::Aws(account)
            | CloudCredentials::Azure(account)
            | CloudCredentials::Google(account) => Some(account.variable.as_str()),
        }
    }

    /// Sets or takes away the stack of `environment`; its settings stay with it.
    pub fn set_stack(&mut self, environment: &EnvironmentId, stack: Option<StackReference>) {
        match (stack, self.stacks.iter_mut().find(|one| one.environment == *environment)) {
            (None, _) => self.stacks.retain(|one| one.environment != *environment),
            (Some(stack), Some(mapping)) => mapping.stack = stack,
            (Some(stack), None) => self.stacks.push(StackMapping::new(environment.clone(), stack)),
        }
    }

    /// The keys that a stack's configuration has or the project declares, in
    /// that order.
    #[must_use]
    pub fn config_keys(&self) -> Vec<&str> {
        let declared = self.config.iter().map(|one| one.key.as_str());
        let used = self.stacks.iter().flat_map(|stack| stack.config.iter());
        let mut keys = Vec::new();
        for key in declared.chain(used.map(|one| one.key.as_str())) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

impl StackMapping {
    /// A stack without settings.
    #[must_use]
    pub fn new(environment: EnvironmentId, stack: StackReference) -> Self {
        Self {
            environment,
            stack,
            config: Vec::new(),
            settings: Value::Null,
            extra: Extra::default(),
        }
    }

    /// Its value of a configuration key.
    #[must_use]
    pub fn config_value(&self, key: &str) -> Option<&Value> {
        self.config.iter().find(|one| one.key == key).map(|one| &one.value)
    }
}

impl ConfigValue {
    /// Whether it is a secret that Pulumi has encrypted.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.value.as_object().is_some_and(|map| map.len() == 1 && map.contains_key("secure"))
    }
}
