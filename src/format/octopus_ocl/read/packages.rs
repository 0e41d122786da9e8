//! References of actions to packages and Git repositories.

use super::Reader;
use super::body::Body;
use crate::base::Severity;
use crate::format::octopus_ocl::extras;
use crate::format::octopus_ocl::kept::KEY;
use crate::model::process::Acquisition;
use crate::model::{GitDependency, PackageReference, Properties};
use crate::ocl::Block;
use crate::record::Extra;

impl Reader {
    pub(super) fn package_reference(&mut self, block: &Block) -> PackageReference {
        let mut body = Body::of(&block.body);
        let mut reference = PackageReference {
            name: block.labels.first().cloned().unwrap_or_default(),
            package: None,
            acquisition: Acquisition::default(),
            acquisition_expression: String::new(),
            version: String::new(),
            properties: Properties::default(),
            octopus_id: String::new(),
            extra: Extra::default(),
        };
        let package = body.maybe_text(self, "package_id").unwrap_or_default();
        let feed = body.maybe_text(self, "feed").filter(|text| !text.is_empty());
        if !package.is_empty() || feed.is_some() {
            reference.package = Some(self.package(package, feed));
        }
        match body.maybe_text(self, "acquisition_location") {
            None => {}
            Some(text) => match Acquisition::from_word(text) {
                Some(word) => reference.acquisition = word,
                None => text.clone_into(&mut reference.acquisition_expression),
            },
        }
        if block.name == "packages" && reference.acquisition_expression.is_empty() {
            let has = block.attribute("acquisition_location").is_some();
            if !has {
                let what = "The package does not say who acquires it; \"Server\" is taken.";
                let code = "octopus-ocl/no-acquisition";
                self.say(block.at, Severity::Info, code, what.to_owned());
            }
        }
        reference.version = body.text(self, "version");
        let entries = body.map(self, "properties");
        let mut left = self.properties(entries, &mut reference.properties);
        if let Some(id) = body.maybe_text(self, "step_package_inputs_reference_id") {
            reference.extra.set(extras::INPUTS_REFERENCE, id.into());
        }
        let mut kept = body.rest(self);
        kept.other.append(&mut left);
        kept.keep(&mut reference.extra, KEY);
        reference
    }

    pub(super) fn git_dependency(&mut self, block: &Block) -> GitDependency {
        let mut body = Body::of(&block.body);
        let filters = body.list(self, "file_path_filters");
        let mut dependency = GitDependency {
            name: block.labels.first().cloned().unwrap_or_default(),
            repository: body.text(self, "repository_uri"),
            default_branch: body.text(self, "default_branch"),
            credential_type: body.text(self, "git_credential_type"),
            credential_id: body.text(self, "git_credential_id"),
            connection_id: body.text(self, "github_connection_id"),
            path_filters: filters.into_iter().map(str::to_owned).collect(),
            extra: Extra::default(),
        };
        if let Some(id) = body.maybe_text(self, "step_package_inputs_reference_id") {
            dependency.extra.set(extras::INPUTS_REFERENCE, id.into());
        }
        body.rest(self).keep(&mut dependency.extra, KEY);
        dependency
    }
}
