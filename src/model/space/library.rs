//! What the space's library lends to projects: variable sets and step templates.

use serde_json::Value;

use super::entities;
use crate::model::ids::{LibrarySetId, Name, StepTemplateId};
use crate::model::process::{ActionType, PackageReference};
use crate::model::properties::Properties;
use crate::model::variable::{ControlType, Variable, VariableTemplate};
use crate::record::{Extra, Table, records};

records! {
    /// A library variable set.
    pub struct LibrarySet {
        /// Its id.
        id: LibrarySetId = "id",
        /// Its name.
        name: Name = "name",
        /// What it is for.
        description: String = "description",
        /// Its variables.
        variables: Table<Variable> = "variables",
        /// Variables that every tenant fills in.
        templates: Table<VariableTemplate> = "templates",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// A parameter of a step template.
    pub struct TemplateParameter {
        /// Its name, which is also the key of the property that holds it.
        name: Name = "name",
        /// What it asks.
        label: String = "label",
        /// Help below it, in Markdown.
        help: String = "help",
        /// Its default, as Octopus writes it; never a secret.
        default_value: Value = "defaultValue",
        /// How it is entered.
        control: ControlType = "control",
        /// Options of a drop down, a line each: `value|Label`.
        options: String = "options",
        /// Octopus's id of the parameter, if it is known.
        octopus_id: String = "octopusId",
    }

    /// A step template.
    pub struct StepTemplate {
        /// Its id.
        id: StepTemplateId = "id",
        /// Its name.
        name: Name = "name",
        /// What it does, in Markdown.
        description: String = "description",
        /// The type of action it makes.
        action_type: ActionType = "actionType",
        /// Its version; Octopus counts from 0.
        version: u32 = "version",
        /// Its parameters.
        parameters: Vec<TemplateParameter> = "parameters",
        /// The properties it sets.
        properties: Properties = "properties",
        /// The packages it refers to.
        packages: Vec<PackageReference> = "packages",
        /// Its id in the community library, if it comes from there.
        community_id: String = "communityId",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }
}

entities!(LibrarySet: LibrarySetId, StepTemplate: StepTemplateId);

impl LibrarySet {
    /// A set without variables.
    #[must_use]
    pub fn new(id: LibrarySetId, name: Name) -> Self {
        Self {
            id,
            name,
            description: String::new(),
            variables: Table::default(),
            templates: Table::default(),
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }
}
