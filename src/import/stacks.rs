//! The Pulumi project and its stacks going into a design.

use super::merge::Merging;
use super::remap::to;
use crate::format::fragment::Covers;
use crate::model::pulumi::Organization;
use crate::model::{Backend, StackReference};

impl Merging<'_> {
    pub(super) fn pulumi(&mut self) {
        let from = &self.fragment.design.pulumi;
        let is_design = self.covers(&Covers::Design);
        let organization = self.organization();
        let pulumi = &mut *self.design.pulumi;
        if self.fragment.covers.iter().any(|one| matches!(one, Covers::Pulumi | Covers::Design)) {
            if from.project.is_some() {
                pulumi.project.clone_from(&from.project);
            }
            if !from.runtime.is_empty() {
                from.runtime.clone_into(&mut pulumi.runtime);
            }
            if from.backend != Backend::default() {
                pulumi.backend = from.backend.clone();
            }
            if !from.config.is_empty() {
                pulumi.config.clone_from(&from.config);
            }
            if !from.project_file.is_null() {
                pulumi.project_file = from.project_file.clone();
            }
        }
        if is_design {
            self.rest_of_design();
        }
        for mapping in &from.stacks {
            if !is_design
                && !self.fragment.covers.contains(&Covers::Stack(mapping.environment.clone()))
            {
                continue;
            }
            let mut mapping = mapping.clone();
            to(&self.maps.environments, &mut mapping.environment);
            let pulumi = &mut *self.design.pulumi;
            let old = pulumi.stacks.iter_mut().find(|one| one.environment == mapping.environment);
            if !is_design {
                let known = old.as_ref().filter(|old| old.stack.stack == mapping.stack.stack);
                // What the design says of the stack is more than the file does.
                mapping.stack = match known {
                    Some(old) => old.stack.clone(),
                    None => StackReference {
                        organization: organization.clone().unwrap_or(mapping.stack.organization),
                        ..mapping.stack
                    },
                };
            }
            match old {
                Some(old) => *old = mapping,
                None => pulumi.stacks.push(mapping),
            }
        }
    }

    /// Whose new stacks are: as was said, else as the design's other stacks.
    fn organization(&self) -> Option<Organization> {
        let said = Organization::parse(self.how.organization.trim()).ok();
        let own = || self.design.pulumi.stacks.first().map(|one| one.stack.organization.clone());
        said.or_else(own)
    }

    /// What only a whole design says.
    fn rest_of_design(&mut self) {
        let from = &self.fragment.design.pulumi;
        let pulumi = &mut *self.design.pulumi;
        if let Some(package) = &from.package {
            let mut package = package.clone();
            to(&self.maps.packages, &mut package);
            pulumi.package = Some(package);
        }
        for (text, own) in [
            (&from.reference, &mut pulumi.reference),
            (&from.folder, &mut pulumi.folder),
            (&from.pattern, &mut pulumi.pattern),
        ] {
            if !text.is_empty() {
                text.clone_into(own);
            }
        }
        pulumi.credentials = from.credentials.clone();
        pulumi.stack_variable.clone_from(&from.stack_variable);
    }
}
