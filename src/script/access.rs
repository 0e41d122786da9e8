//! How a step reaches one stack: the program, the stack's name, the backend
//! and the cloud accounts.
//!
//! Never: a secret. Tokens, passphrases and keys are names of Octopus
//! variables, read when the step runs.
//! Sources: Octopus's account variables and the environment variables that
//! Pulumi and its providers read. The external-account file for
//! Google's OpenID Connect login has not been tried against Google.

use super::block::Block;
use super::value::ScriptValue;

/// The Octopus variable that holds the extracted path of package reference `reference`.
#[must_use]
pub fn extracted_path(reference: &str) -> String {
    [PACKAGE, reference, EXTRACTED].concat()
}

const PACKAGE: &str = "Octopus.Action.Package[";
const EXTRACTED: &str = "].ExtractedPath";

/// The package reference whose extracted path variable `name` holds.
#[must_use]
pub fn package_reference(name: &str) -> Option<&str> {
    name.strip_prefix(PACKAGE)?.strip_suffix(EXTRACTED)
}

/// Where the Pulumi program lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// In a package that this step references and extracts.
    Package {
        /// Name of the package reference.
        reference: String,
        /// Folder in it that holds `Pulumi.yaml`; empty for the package's root.
        folder: ScriptValue,
    },
    /// In a folder that an earlier step made.
    Folder(ScriptValue),
}

impl Default for Program {
    fn default() -> Self {
        Self::Folder(ScriptValue::default())
    }
}

/// Where the state of the stack is kept, and how the step signs in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Backend {
    /// Pulumi Cloud, with an access token.
    Cloud {
        /// Octopus variable that holds the token.
        token: String,
        /// Address of a self-hosted Pulumi Cloud; empty for Pulumi's own.
        url: ScriptValue,
    },
    /// Pulumi Cloud, with a token that Octopus issues for each run.
    Oidc {
        /// Octopus variable of type Generic OIDC account.
        account: String,
        /// Pulumi organization.
        organization: ScriptValue,
        /// Address of a self-hosted Pulumi Cloud; empty for Pulumi's own.
        url: ScriptValue,
    },
    /// A bucket, a database or a folder.
    SelfManaged {
        /// Its address, such as `s3://bucket`.
        url: ScriptValue,
    },
}

impl Backend {
    /// Pulumi Cloud with the access token in Octopus variable `token`.
    #[must_use]
    pub fn cloud(token: impl Into<String>) -> Self {
        Self::Cloud { token: token.into(), url: ScriptValue::default() }
    }
}

impl Default for Backend {
    fn default() -> Self {
        Self::cloud("PULUMI_ACCESS_TOKEN")
    }
}

/// The Octopus accounts that the step hands to Pulumi's providers; with none,
/// they use what the worker or the step type gives them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clouds {
    /// AWS account variable. Leave it out in an `Octopus.AwsRunScript` step.
    pub aws_account: Option<String>,
    /// AWS region; empty to leave it to the stack's config.
    pub aws_region: ScriptValue,
    /// Azure account variable.
    pub azure_account: Option<String>,
    /// Google account variable.
    pub google_account: Option<String>,
    /// Google project; empty to leave it to the stack's config.
    pub google_project: ScriptValue,
}

/// Everything a step needs to reach one stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackAccess {
    /// Where the program lies.
    pub program: Program,
    /// The stack, as `organization/project/stack`.
    pub stack: ScriptValue,
    /// Where its state is kept.
    pub backend: Backend,
    /// Octopus variable with the passphrase of the stack's secrets, when it has one.
    pub passphrase: Option<String>,
    /// Cloud accounts.
    pub clouds: Clouds,
    /// Use the plugins that the worker already has, instead of fetching them each time.
    pub share_plugins: bool,
}

impl Default for StackAccess {
    fn default() -> Self {
        Self {
            program: Program::default(),
            stack: ScriptValue::default(),
            backend: Backend::default(),
            passphrase: None,
            clouds: Clouds::default(),
            share_plugins: true,
        }
    }
}

impl StackAccess {
    pub(super) fn write(&self, block: &mut Block) {
        match &self.program {
            Program::Package { reference, folder } => {
                block.text("program_source", "package");
                block.variable_or_empty("program_root", Some(&extracted_path(reference)));
                block.one("program_folder", folder);
            }
            Program::Folder(folder) => {
                block.text("program_source", "folder");
                block.one("program_root", folder);
                block.text("program_folder", "");
            }
        }
        block.one("stack", &self.stack);
        let empty = ScriptValue::default();
        let (word, url, token, account, organization) = match &self.backend {
            Backend::Cloud { token, url } => ("cloud", url, Some(token.as_str()), "", &empty),
            Backend::Oidc { account, organization, url } => {
                ("oidc", url, None, account.as_str(), organization)
            }
            Backend::SelfManaged { url } => ("self-managed", url, None, "", &empty),
        };
        block.text("backend", word);
        block.one("backend_url", url);
        block.variable_or_empty("access_token", token);
        block.text("oidc_account", account);
        block.one("oidc_organization", organization);
        block.variable_or_empty("passphrase", self.passphrase.as_deref());
        block.text("aws_account", self.clouds.aws_account.as_deref().unwrap_or_default());
        block.one("aws_region", &self.clouds.aws_region);
        block.text("azure_account", self.clouds.azure_account.as_deref().unwrap_or_default());
        block.text("google_account", self.clouds.google_account.as_deref().unwrap_or_default());
        block.one("google_project", &self.clouds.google_project);
        block.flag("share_plugins", self.share_plugins);
    }

    pub(super) fn read(block: &Block) -> Option<Self> {
        let root = block.get_one("program_root")?;
        let program = match block.get_text("program_source")?.as_str() {
            "package" => Program::Package {
                reference: match &root {
                    ScriptValue::Variable(name) => package_reference(name)?.to_owned(),
                    _ => return None,
                },
                folder: block.get_one("program_folder")?,
            },
            _ => Program::Folder(root),
        };
        let url = block.get_one("backend_url")?;
        let backend = match block.get_text("backend")?.as_str() {
            "cloud" => Backend::Cloud { token: block.get_variable("access_token")??, url },
            "oidc" => Backend::Oidc {
                account: block.get_text("oidc_account")?,
                organization: block.get_one("oidc_organization")?,
                url,
            },
            _ => Backend::SelfManaged { url },
        };
        let account = |name: &str| -> Option<Option<String>> {
            Some(Some(block.get_text(name)?).filter(|variable| !variable.is_empty()))
        };
        Some(Self {
            program,
            stack: block.get_one("stack")?,
            backend,
            passphrase: block.get_variable("passphrase")?,
            clouds: Clouds {
                aws_account: account("aws_account")?,
                aws_region: block.get_one("aws_region")?,
                azure_account: account("azure_account")?,
                google_account: account("google_account")?,
                google_project: block.get_one("google_project")?,
            },
            share_plugins: block.get_flag("share_plugins")?,
        })
    }
}
