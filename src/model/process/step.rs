//! Steps: what is waited for, on which targets, under which condition.

use super::action::Action;
use super::keys;
use crate::model::ids::{Name, Slug, StepId, TargetTag};
use crate::model::properties::Properties;
use crate::model::space::entities;
use crate::record::{Extra, OneOrMore, Table, choices, records, words};

words! {
    /// When a step starts.
    pub enum StartTrigger {
        /// After the step before it.
        AfterPrevious = "StartAfterPrevious", "Wait for all previous steps to complete, then start";
        /// Together with the step before it.
        WithPrevious = "StartWithPrevious", "Run in parallel with the previous step";
    }

    /// When packages are fetched.
    pub enum PackageRequirement {
        /// When Octopus thinks best.
        Decide = "LetOctopusDecide", "Let Octopus decide";
        /// The step runs before.
        Before = "BeforePackageAcquisition", "Before package acquisition";
        /// The step runs after.
        After = "AfterPackageAcquisition", "After package acquisition";
    }
}

records! {
    /// A condition by expression.
    #[derive(Default)]
    pub struct VariableCondition {
        /// An expression; the step runs unless it gives nothing, `0`, `no` or `false`.
        expression: String = "expression",
    }
}

choices! {
    /// When a step runs at all.
    #[derive(Default)]
    pub enum StepCondition by "when" or default {
        /// Only if all before it succeeded.
        #[default]
        Success = "success",
        /// Only if one before it failed.
        Failure = "failure",
        /// Always.
        Always = "always",
        /// As an expression says.
        Variable(VariableCondition) = "variable",
    }
}

impl StepCondition {
    /// Octopus's word, and the portal's label.
    pub const ALL: &'static [(&'static str, &'static str)] = &[
        ("Success", "Success: only run when previous steps succeed"),
        ("Failure", "Failure: only run when a previous step failed"),
        ("Always", "Always run"),
        ("Variable", "Variable: only run when the variable expression is true"),
    ];

    /// Octopus's word.
    #[must_use]
    pub fn octopus_word(&self) -> &'static str {
        match self {
            Self::Success => "Success",
            Self::Failure => "Failure",
            Self::Always => "Always",
            Self::Variable(_) => "Variable",
        }
    }

    /// The condition that Octopus calls `word`; `expression` counts for `Variable` only.
    #[must_use]
    pub fn from_octopus(word: &str, expression: &str) -> Option<Self> {
        Some(match word {
            "Success" => Self::Success,
            "Failure" => Self::Failure,
            "Always" => Self::Always,
            "Variable" => Self::Variable(VariableCondition {
                expression: expression.to_owned(),
                extra: Extra::default(),
            }),
            _ => return None,
        })
    }

    /// The expression, where it goes by one.
    #[must_use]
    pub fn expression(&self) -> Option<&str> {
        match self {
            Self::Variable(condition) => Some(&condition.expression),
            _ => None,
        }
    }
}

records! {
    /// A step: one action, or several child steps that run one after another
    /// on each target.
    pub struct Step {
        /// Its id.
        id: StepId = "id",
        /// Its name, unique in the process, ignoring case.
        name: Name = "name",
        /// Its slug where it is not the one made of its name.
        slug: Option<Slug> = "slug",
        /// When it runs at all.
        condition: StepCondition = "condition",
        /// When it starts.
        start: StartTrigger = "start",
        /// When packages are fetched.
        package_requirement: PackageRequirement = "packageRequirement",
        /// The target tags it runs on; a target with any of them is taken.
        target_tags: Vec<TargetTag> = "targetTags",
        /// How many targets at once, a number or an expression; empty is all.
        window: String = "window",
        /// Properties of the step that have no field of their own.
        properties: Properties = "properties",
        /// Its actions.
        actions: OneOrMore<Action> = "actions",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
    }

    /// Steps in order.
    #[derive(Default)]
    pub struct Process {
        /// The steps.
        steps: Table<Step> = "steps",
        /// Octopus's id, if it is known.
        octopus_id: String = "octopusId",
        /// The version that was read last; Octopus takes changes to no other.
        version: u32 = "version",
    }
}

entities!(Step: StepId);

impl Step {
    /// Its properties as Octopus has them, where target tags, the window and the
    /// condition's expression are among them.
    #[must_use]
    pub fn octopus_properties(&self) -> Properties {
        let mut properties = Properties::default();
        let tags: Vec<_> = self.target_tags.iter().map(|tag| tag.as_str()).collect();
        properties.set_text(keys::TARGET_ROLES, &tags.join(","));
        properties.set_text(keys::MAX_PARALLELISM, &self.window);
        let condition = self.condition.expression().unwrap_or_default();
        properties.set_text(keys::STEP_CONDITION, condition);
        for (key, value) in self.properties.iter() {
            properties.set(key, value.clone());
        }
        properties
    }

    /// A step of one action, with the action's name.
    #[must_use]
    pub fn single(id: StepId, action: Action) -> Self {
        Self {
            id,
            name: action.name.clone(),
            slug: None,
            condition: StepCondition::default(),
            start: StartTrigger::default(),
            package_requirement: PackageRequirement::default(),
            target_tags: Vec::new(),
            window: String::new(),
            properties: Properties::default(),
            actions: OneOrMore::of(action),
            octopus_id: String::new(),
            extra: Extra::default(),
        }
    }

    /// Whether an action of it runs on a worker: Pulpo's own always do, others as
    /// their property says. Without the property it is on the targets, if there
    /// are any: files that Octopus writes leave it out for workers.
    ///
    /// Source: reference, process, section 3.1; OCL, section 4.2.
    #[must_use]
    pub fn runs_on_worker(&self, action: &Action) -> bool {
        let says = action.properties.text(keys::RUN_ON_SERVER).trim();
        action.pulumi_step().is_some()
            || action.is_manual()
            || action.properties.is_true(keys::RUN_ON_SERVER)
            || (says.is_empty() && self.target_tags.is_empty())
    }

    /// Whether it has child steps.
    #[must_use]
    pub fn has_children(&self) -> bool {
        self.actions.len() > 1
    }

    /// Its slug: its own, or the one made of its name, or its id.
    #[must_use]
    pub fn slug(&self) -> String {
        let slug = self.slug.clone().or_else(|| Slug::of(self.name.as_str()));
        slug.map_or_else(|| self.id.to_string(), |slug| slug.to_string())
    }
}

impl Process {
    /// The actions of all steps, in order, each with its step.
    pub fn actions(&self) -> impl Iterator<Item = (&Step, &Action)> {
        self.steps.iter().flat_map(|step| step.actions.iter().map(move |action| (&**step, action)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::ActionId;
    use crate::model::process::ActionType;

    #[test]
    fn without_the_property_it_runs_on_targets_only_where_there_are_some() {
        let id = ActionId::parse("a").expect("an id");
        let name = Name::parse("A").expect("a name");
        let kind = ActionType::parse("Octopus.Script").expect("a type");
        let action = Action::octopus(id, name, kind);
        let mut step = Step::single(StepId::parse("s").expect("an id"), action);
        for (says, tags, wanted) in [
            ("", "", true),
            ("", "web", false),
            ("true", "", true),
            ("True", "web", true),
            ("false", "web", false),
            ("false", "", false),
        ] {
            step.target_tags = TargetTag::parse(tags).into_iter().collect();
            step.actions.first_mut().properties.set_text(keys::RUN_ON_SERVER, says);
            assert_eq!(step.runs_on_worker(step.actions.first()), wanted, "{says} {tags}");
        }
    }
}
