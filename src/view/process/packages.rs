//! The sections of packages and Git repositories.

use super::choices;
use super::form::{Control, Field, Section};
use super::sections::{Context, bound, words};
use crate::catalog::PrimaryPackage;
use crate::model::PackageReference;
use crate::model::process::{Acquisition, keys};

impl Context<'_> {
    /// Packages and Git repositories.
    pub fn packages(&self) -> Vec<Section> {
        let is_pulumi = self.action.pulumi_step().is_some();
        let info = self.info();
        let has_primary = !is_pulumi
            && info.is_some_and(|info| match info.primary_package {
                PrimaryPackage::Always => true,
                PrimaryPackage::Script => {
                    info.value(keys::SCRIPT_SOURCE, &self.action.properties) == "Package"
                }
                PrimaryPackage::Never | PrimaryPackage::Release => false,
            });
        let has_named = is_pulumi || info.is_none_or(|info| info.has_named_packages);
        let mut fields = Vec::new();
        let options = choices::packages(self.design);
        if has_primary {
            let primary = self.action.packages.iter().find(|one| one.name.is_empty());
            let key = primary.and_then(|one| one.package.as_ref());
            let mut field = Field::new(
                "primary",
                "Package",
                "Its package ID; a new one is added to the design.",
                Control::PickOne(options.clone(), true),
                key.map(ToString::to_string).unwrap_or_default(),
            );
            field.is_missing = key.is_none();
            fields.push(field);
        }
        for (index, reference) in self.action.packages.iter().enumerate() {
            self.package(index, reference, has_primary, &mut fields);
        }
        if has_named {
            fields.push(
                Field::new(
                    "package-add",
                    "Add a package",
                    "Its package ID in a feed, such as my-app.",
                    Control::PickOne(options, true),
                    "",
                )
                .hint("Package ID"),
            );
        }
        let git = self.git(has_named);
        vec![Section { title: "Referenced packages", fields }, git]
    }

    fn package(
        &self,
        index: usize,
        reference: &PackageReference,
        has_primary: bool,
        fields: &mut Vec<Field>,
    ) {
        let key = |what: &str| format!("package:{index}:{what}");
        let package =
            reference.package.as_ref().and_then(|key| self.design.project.packages.get(key));
        let id = package.map_or("a package that is gone", |one| one.package_id.as_str());
        let is_primary = reference.name.is_empty();
        if !is_primary || !has_primary {
            fields.push(Field::new(key("remove"), id, "", Control::Part, ""));
        }
        if !is_primary {
            fields.push(Field::new(
                key("name"),
                "Reference name",
                "Scripts find the package by it.",
                Control::Text,
                reference.name.as_str(),
            ));
        }
        if let Some(package) = package {
            let mut feed = Field::new(
                key("feed"),
                "Package feed",
                "A new name adds a feed.",
                Control::PickOne(choices::feeds(self.design, false), true),
                bound(package.feed.as_ref()),
            );
            feed.is_missing = feed.value.is_empty();
            fields.push(feed);
        }
        if !is_primary {
            let is_on = reference.is_extracted();
            fields.push(Field::check(key("extract"), "Extract the package", "", is_on));
        }
        let acquisition = if reference.acquisition_expression.is_empty() {
            reference.acquisition.word()
        } else {
            reference.acquisition_expression.as_str()
        };
        let mut options: Vec<(String, String)> = Acquisition::ALL
            .iter()
            .map(|one| (one.word().to_owned(), one.label().to_owned()))
            .collect();
        if !reference.acquisition_expression.is_empty() {
            let text = reference.acquisition_expression.clone();
            options.push((text.clone(), text));
        }
        let control = Control::Select(options);
        fields.push(Field::new(
            key("acquisition"),
            "Package acquisition",
            "",
            control,
            acquisition,
        ));
        fields.push(
            Field::new(key("version"), "Version", "", Control::Code, reference.version.as_str())
                .hint("Chosen with the release"),
        );
    }

    fn git(&self, can_add: bool) -> Section {
        let mut fields = Vec::new();
        for (index, git) in self.action.git_dependencies.iter().enumerate() {
            let key = |what: &str| format!("git:{index}:{what}");
            let title =
                if git.repository.is_empty() { "A Git repository" } else { &git.repository };
            fields.push(Field::new(key("remove"), title, "", Control::Part, ""));
            let mut url = Field::new(
                key("repository"),
                "Repository URL",
                "",
                Control::Code,
                git.repository.as_str(),
            );
            url.is_missing = git.repository.is_empty();
            fields.push(url);
            fields.push(Field::new(
                key("name"),
                "Reference name",
                "Nothing for the one that the script itself comes from.",
                Control::Text,
                git.name.as_str(),
            ));
            fields.push(Field::new(
                key("branch"),
                "Default branch",
                "",
                Control::Text,
                git.default_branch.as_str(),
            ));
            fields.push(Field::new(
                key("credential"),
                "Authentication",
                "",
                words(&[
                    ("Anonymous", "Anonymous"),
                    ("Library", "Git credential of the library"),
                    ("GitHub", "GitHub connection"),
                ]),
                git.credential_type.as_str(),
            ));
            fields.push(Field::new(
                key("paths"),
                "File path filters",
                "One a line; none means all files.",
                Control::Lines(2),
                git.path_filters.join("\n"),
            ));
        }
        if can_add {
            fields.push(Field::new("git-add", "Add a Git repository", "", Control::Button, ""));
        }
        Section { title: "Git dependencies", fields }
    }
}
