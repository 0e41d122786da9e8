//! References of an action to packages and Git repositories.
//!
//! Source: reference, process, section 4.

use crate::model::ids::PackageKey;
use crate::model::properties::Properties;
use crate::record::{Extra, records, words};

words! {
    /// Who fetches the package.
    pub enum Acquisition {
        /// The server, then it is sent on.
        Server = "Server", "The package will be acquired by the Octopus Server";
        /// The target itself.
        Target = "ExecutionTarget", "The package will be acquired by the execution target";
        /// Nobody: only its version counts.
        No = "NotAcquired", "The package will not be acquired";
    }
}

records! {
    /// A package that an action refers to.
    pub struct PackageReference {
        /// The name that scripts know it by; empty is the primary package.
        name: String = "name",
        /// Which package; absent where a template leaves it open.
        package: Option<PackageKey> = "package",
        /// Who fetches it.
        acquisition: Acquisition = "acquisition",
        /// An expression in place of the acquisition; rare.
        acquisition_expression: String = "acquisitionExpression",
        /// A fixed version, or an expression; empty is chosen with the release.
        version: String = "version",
        /// `Extract`, `SelectionMode`, `PackageParameterName`, `Purpose`.
        properties: Properties = "properties",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// A Git repository that an action refers to.
    pub struct GitDependency {
        /// The name that scripts know it by; empty is the primary one.
        name: String = "name",
        /// The repository's URL.
        repository: String = "repository",
        /// The branch taken unless a release says another.
        default_branch: String = "defaultBranch",
        /// `Anonymous`, `Library` or `GitHub`.
        credential_type: String = "credentialType",
        /// Octopus's id of the credential, where the type needs one.
        credential_id: String = "credentialId",
        /// Octopus's id of the GitHub connection, where the type needs one.
        connection_id: String = "connectionId",
        /// The only paths that count as changes.
        path_filters: Vec<String> = "pathFilters",
    }
}

impl PackageReference {
    /// The property that says whether the package is unpacked.
    pub const EXTRACT: &'static str = "Extract";
    /// The property that says whether the package is fixed or left to a parameter.
    pub const SELECTION_MODE: &'static str = "SelectionMode";
    /// The property that names that parameter.
    pub const PARAMETER: &'static str = "PackageParameterName";

    /// A package that the server fetches and the worker unpacks.
    #[must_use]
    pub fn extracted(name: impl Into<String>, package: PackageKey) -> Self {
        Self {
            name: name.into(),
            package: Some(package),
            acquisition: Acquisition::Server,
            acquisition_expression: String::new(),
            version: String::new(),
            properties: Properties::default()
                .with(Self::EXTRACT, "True")
                .with(Self::SELECTION_MODE, "immediate")
                .with(Self::PARAMETER, ""),
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }

    /// Whether the package is unpacked.
    #[must_use]
    pub fn is_extracted(&self) -> bool {
        self.properties.is_true(Self::EXTRACT)
    }
}
