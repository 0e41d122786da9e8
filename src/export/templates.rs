//! Step templates: Pulpo's own, and those made of a step of a design.
//!
//! Never: a value of the design in a template that is not meant to be shared;
//! an id of a server.
//! Source: reference, process, section 7; variables and packages as the
//! script's own template form asks for them.

use std::collections::HashSet;

use crate::base::{Finding, Place};
use crate::catalog::{Refers, refers};
use crate::model::process::{Acquisition, ActionKind, ProgramSource, RunStep, keys};
use crate::model::space::TemplateParameter;
use crate::model::{
    Action, ActionType, ControlType, Design, Name, PackageReference, Properties, PropertyValue,
    PulumiStep, Step, StepCondition, StepTemplate, StepTemplateId, VariableContent,
    WorkerPoolChoice,
};
use crate::record::Extra;
use crate::script::{ScriptKind, TemplateProgram, TemplateScript, extracted_path};

use super::lower::{lower_action, script_of};

/// Pulpo's own step templates: kind of script and name.
pub static BUILT_IN: [(ScriptKind, &str); 8] = [
    (ScriptKind::ExtractHardened, "Pulumi - Extract package"),
    (ScriptKind::ExtractGuide, "Pulumi - Extract package (2019 guide)"),
    (ScriptKind::ConfigOverride, "Pulumi - Write config override"),
    (ScriptKind::ConfigSecrets, "Pulumi - Write config override with secrets"),
    (ScriptKind::Preview, "Pulumi - Preview"),
    (ScriptKind::Up, "Pulumi - Up"),
    (ScriptKind::Refresh, "Pulumi - Drift check"),
    (ScriptKind::Destroy, "Pulumi - Destroy"),
];

/// The kinds that are exported whether the design uses them or not.
const ALWAYS: [ScriptKind; 5] = [
    ScriptKind::ExtractHardened,
    ScriptKind::ExtractGuide,
    ScriptKind::ConfigOverride,
    ScriptKind::Preview,
    ScriptKind::Up,
];

/// Pulpo's own step template for `kind`.
#[must_use]
pub fn built_in(kind: ScriptKind) -> Option<StepTemplate> {
    let (_, name) = BUILT_IN.iter().find(|(one, _)| *one == kind)?;
    of_script(name, &TemplateScript::new(kind, "", TemplateProgram::Package))
}

/// The step templates to export with `design`: Pulpo's own, those of the design,
/// and one for every script step of the design's that comes from no template. Names are unique.
#[must_use]
pub fn templates_of(design: &Design) -> (Vec<StepTemplate>, Vec<Finding>) {
    let project = &design.project;
    let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
    let actions: Vec<_> = std::iter::once(&project.process)
        .chain(runbooks)
        .flat_map(|process| process.actions())
        .collect();
    let used: HashSet<_> =
        actions.iter().filter_map(|(_, action)| Some(script_of(design, action)?.kind())).collect();
    let kinds = BUILT_IN.iter().map(|(kind, _)| *kind);
    let mut list: Vec<_> = kinds
        .filter(|kind| ALWAYS.contains(kind) || used.contains(kind))
        .filter_map(built_in)
        .collect();
    // Those of the design itself, where it knows more of them than that they are.
    let own = design.space.step_templates.iter();
    for template in own.filter(|one| !one.properties.is_empty() || !one.parameters.is_empty()) {
        let mut template = (**template).clone();
        template.name = free_name(&template.name, &list);
        // A server's own number means nothing to another one, which gives its own.
        if template.octopus_id.starts_with("ActionTemplates-") {
            template.octopus_id.clear();
        }
        list.push(template);
    }
    let mut findings = Vec::new();
    for (step, action) in actions {
        let is_script = !action.properties.text(keys::SCRIPT_BODY).is_empty();
        if action.pulumi_step().is_some() || !is_script || action.template.is_some() {
            continue;
        }
        if let Some((mut template, lost)) = template_of_action(design, step, action) {
            template.name = free_name(&template.name, &list);
            findings.extend(lost);
            list.push(template);
        }
    }
    (list, findings)
}

fn free_name(name: &Name, taken: &[StepTemplate]) -> Name {
    let mut free = name.clone();
    let mut count = 1_u32;
    while taken.iter().any(|one| one.name.as_str().eq_ignore_ascii_case(free.as_str())) {
        count += 1;
        match Name::parse(&format!("{name} ({count})")) {
            Ok(next) => free = next,
            Err(_) => break,
        }
    }
    free
}

fn empty(name: &Name, action_type: ActionType) -> Option<StepTemplate> {
    let id = crate::format::octopus_json::guid(&["pulpo/step-template/", name.as_str()]);
    Some(StepTemplate {
        id: StepTemplateId::parse(&id).ok()?,
        name: name.clone(),
        description: String::new(),
        action_type,
        version: 0,
        parameters: Vec::new(),
        properties: Properties::default(),
        packages: Vec::new(),
        community_id: String::new(),
        octopus_id: String::new(),
        extra: Extra::default(),
    })
}

fn of_script(name: &str, script: &TemplateScript) -> Option<StepTemplate> {
    let name = Name::parse(name).ok()?;
    let mut template = empty(&name, ActionType::parse("Octopus.Script").ok()?)?;
    template.description = script.kind().about().replace('\n', " ");
    template.version = script.kind().version();
    template.properties = Properties::default()
        .with(keys::RUN_ON_SERVER, "true")
        .with(keys::SCRIPT_SOURCE, "Inline")
        .with(keys::SCRIPT_SYNTAX, "Bash")
        .with(keys::SCRIPT_BODY, &script.text())
        .with(keys::BUNDLED_TOOLING, "False");
    for one in script.parameters() {
        let control = ControlType::from_word(one.control.word()).unwrap_or_default();
        let mut made = parameter(&one.name, one.label, one.help, one.default, control)?;
        made.options = one.select_options();
        template.parameters.push(made);
    }
    template.packages =
        script.packages().iter().map(|one| deferred(&one.reference, &one.parameter)).collect();
    Some(template)
}

fn parameter(
    name: &str,
    label: &str,
    help: &str,
    default: &str,
    control: ControlType,
) -> Option<TemplateParameter> {
    Some(TemplateParameter {
        name: Name::parse(name).ok()?,
        label: label.to_owned(),
        help: help.to_owned(),
        default_value: default.into(),
        control,
        options: String::new(),
        octopus_id: String::new(),
        extra: Extra::default(),
    })
}

/// A package that is chosen where the template is used.
fn deferred(reference: &str, parameter: &str) -> PackageReference {
    let text = |text: &str| PropertyValue::Text(text.to_owned());
    let properties = [
        (PackageReference::EXTRACT, "True"),
        (PackageReference::SELECTION_MODE, "deferred"),
        (PackageReference::PARAMETER, parameter),
        ("Purpose", ""),
    ];
    PackageReference {
        name: reference.to_owned(),
        package: None,
        acquisition: Acquisition::Server,
        acquisition_expression: String::new(),
        version: String::new(),
        properties: properties
            .iter()
            .map(|(key, value)| ((*key).to_owned(), text(value)))
            .collect(),
        octopus_id: String::new(),
        extra: Extra::default(),
    }
}

/// The step template that `action` would make, and what of it a template can't
/// carry. What the step takes from variables, accounts and packages becomes
/// parameters, named after the step.
#[must_use]
pub fn template_of_action(
    design: &Design,
    step: &Step,
    action: &Action,
) -> Option<(StepTemplate, Vec<Finding>)> {
    let mut findings = not_carried(step, action);
    let prefix: String = action.name.as_str().chars().filter(char::is_ascii_alphanumeric).collect();
    let action_type = match &action.kind {
        ActionKind::Octopus(octopus) => octopus.action_type.clone(),
        ActionKind::Pulumi(pulumi) => {
            let program = match &pulumi.step {
                PulumiStep::Run(RunStep { source: ProgramSource::Folder(_), .. }) => {
                    TemplateProgram::Folder
                }
                _ => TemplateProgram::Package,
            };
            let kind = script_of(design, action)?.kind();
            let form = TemplateScript::new(kind, &prefix, program);
            return Some((of_script(action.name.as_str(), &form)?, findings));
        }
    };
    let lowered = lower_action(design, step, action);
    let mut made = Made {
        prefix: if prefix.is_empty() { "Step".to_owned() } else { prefix },
        parameters: Vec::new(),
        findings: Vec::new(),
        action,
    };
    let mut packages = Vec::new();
    let mut properties = lowered.properties;
    let mut body = properties.text(keys::SCRIPT_BODY).to_owned();
    for package in &lowered.packages {
        packages.push(made.package(package, &mut body));
    }
    made.variables(design, &mut body);
    properties.set_text(keys::SCRIPT_BODY, &body);
    let properties = made.properties(&properties);
    let mut template = empty(&action.name, action_type)?;
    template.description.clone_from(&action.notes);
    template.parameters = made.parameters;
    template.properties = properties;
    template.packages = packages;
    findings.extend(made.findings);
    Some((template, findings))
}

/// What belongs to a place in a process and not to a template.
fn not_carried(step: &Step, action: &Action) -> Vec<Finding> {
    let lost = [
        (
            !action.environments.is_empty() || !action.excluded_environments.is_empty(),
            "environments",
        ),
        (!action.channels.is_empty(), "channels"),
        (!action.tenant_tags.is_empty(), "tenant tags"),
        (action.worker_pool != WorkerPoolChoice::Default, "worker pool"),
        (action.container.is_some(), "container"),
        (step.condition != StepCondition::Success, "run condition"),
        (!step.target_tags.is_empty(), "target tags"),
        (!action.git_dependencies.is_empty(), "Git repositories"),
    ];
    let lost: Vec<_> = lost.iter().filter(|(is_set, _)| *is_set).map(|(_, what)| *what).collect();
    if lost.is_empty() {
        return Vec::new();
    }
    let what = format!("The step template leaves out: {}.", lost.join(", "));
    vec![
        Finding::info("export/template-loss", Place::path(action.name.as_str()), what)
            .because("They belong to a step in a process, not to a template.")
            .do_this("Set them on each step that uses the template."),
    ]
}

/// A step template under construction.
struct Made<'a> {
    prefix: String,
    parameters: Vec<TemplateParameter>,
    findings: Vec<Finding>,
    action: &'a Action,
}

impl Made<'_> {
    /// Adds a parameter and gives its full name.
    fn ask(&mut self, name: &str, label: &str, default: &str, control: ControlType) -> String {
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
        let name: String = name.chars().filter(plain).collect();
        let full =
            [self.prefix.as_str(), ".", if name.is_empty() { "Value" } else { name.as_str() }]
                .concat();
        let mut free = full.clone();
        let mut count = 1_u32;
        let is_taken = |free: &str, list: &[TemplateParameter]| {
            list.iter().any(|one| one.name.as_str() == free)
        };
        while is_taken(&free, &self.parameters) {
            count += 1;
            free = format!("{full}{count}");
        }
        self.parameters.extend(parameter(&free, label, "", default, control));
        free
    }

    fn package(&mut self, package: &PackageReference, body: &mut String) -> PackageReference {
        let name = if package.name.is_empty() { "Package" } else { &package.name };
        let parameter = self.ask(name, name, "", ControlType::Package);
        let mut reference = deferred(&parameter, &parameter);
        let extract = package.properties.text(PackageReference::EXTRACT);
        reference
            .properties
            .set(PackageReference::EXTRACT, PropertyValue::Text(extract.to_owned()));
        if package.acquisition != Acquisition::Server {
            reference.acquisition = package.acquisition;
        }
        if package.name.is_empty() {
            reference.name = String::new();
        } else {
            // Scripts find a package by its reference's name.
            let index = |name: &str| {
                let path = extracted_path(name);
                path.trim_end_matches("ExtractedPath").to_owned()
            };
            *body = body.replace(&index(&package.name), &index(&parameter));
        }
        reference
    }

    /// Makes a parameter of each variable of the design that the script reads by name.
    fn variables(&mut self, design: &Design, body: &mut String) {
        let project = &design.project;
        let sets = project.included_sets.iter().filter_map(|id| design.space.library_sets.get(id));
        let variables: Vec<_> = std::iter::once(&project.variables)
            .chain(sets.map(|set| &set.variables))
            .flat_map(|variables| variables.iter())
            .collect();
        for variable in variables {
            let name = variable.name.as_str();
            if !body.contains(name) {
                continue;
            }
            let forms = |name: &str| {
                [
                    ["get_octopusvariable \"", name, "\""].concat(),
                    ["get_octopusvariable '", name, "'"].concat(),
                    ["OctopusParameters[\"", name, "\"]"].concat(),
                    ["OctopusParameters['", name, "']"].concat(),
                    ["#{", name, "}"].concat(),
                ]
            };
            let old = forms(name);
            if !old.iter().any(|form| body.contains(form)) {
                continue;
            }
            let content = variable.values.iter().map(|value| &value.content).next();
            let is_sensitive = content.is_some_and(VariableContent::is_sensitive);
            let parameter = if is_sensitive {
                self.ask(name, name, "", ControlType::Sensitive)
            } else {
                let default = ["#{", name, "}"].concat();
                self.ask(name, name, &default, ControlType::SingleLine)
            };
            for (old, new) in old.iter().zip(forms(&parameter)) {
                *body = body.replace(old, &new);
            }
        }
    }

    fn properties(&mut self, properties: &Properties) -> Properties {
        let mut kept = Properties::default();
        for (key, value) in properties.iter() {
            if let Some(value) = self.property(key, value) {
                kept.set(key, value);
            }
        }
        kept
    }

    fn property(&mut self, key: &str, value: &PropertyValue) -> Option<PropertyValue> {
        let short = key.rsplit('.').next().unwrap_or(key);
        let bound = |parameter: String| PropertyValue::Text(["#{", &parameter, "}"].concat());
        let text = match value {
            PropertyValue::Sensitive { .. } => {
                return Some(bound(self.ask(short, short, "", ControlType::Sensitive)));
            }
            PropertyValue::Other(_) => return None,
            PropertyValue::Text(text) => text,
        };
        let dropped = [
            keys::PACKAGE_ID,
            keys::PACKAGE_FEED,
            keys::PACKAGE_ON_TARGET,
            keys::TEMPLATE_ID,
            keys::TEMPLATE_VERSION,
            keys::ACTION_CONDITION,
        ];
        if dropped.iter().any(|one| one.eq_ignore_ascii_case(key)) {
            return None;
        }
        if key.eq_ignore_ascii_case(keys::SCRIPT_BODY) {
            return Some(value.clone());
        }
        match refers(key) {
            Refers::Variable(word) => {
                let control = ControlType::from_word(word).unwrap_or_default();
                // Octopus wants the variable's name here, and the parameter is one.
                Some(PropertyValue::Text(self.ask("Account", "Account", "", control)))
            }
            Refers::Account => {
                Some(bound(self.ask("Account", "Account", "", ControlType::AzureAccount)))
            }
            Refers::Nothing if text.contains("#{") => {
                let control = if text.contains('\n') {
                    ControlType::MultiLine
                } else {
                    ControlType::SingleLine
                };
                Some(bound(self.ask(short, short, text, control)))
            }
            Refers::Nothing => Some(value.clone()),
            Refers::Teams | Refers::Feed | Refers::Project | Refers::StepTemplate => {
                let what = format!("The step template leaves out \"{key}\".");
                let place = Place::path(self.action.name.as_str());
                self.findings.push(
                    Finding::info("export/template-loss", place, what)
                        .because("It names things of one server by their ids.")
                        .do_this("Set it on each step that uses the template."),
                );
                None
            }
        }
    }
}
