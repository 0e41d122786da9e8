//! The variables that the scripts of Pulpo's steps read and that nobody made.

use super::script::{CONFIRM_VARIABLE, Maker, find_variable};
use crate::base::{Finding, Place};
use crate::model::process::PulumiOperation;
use crate::model::variable::SensitiveContent;
use crate::model::{
    ControlType, Design, Process, ProcessOwner, Prompt, PulumiStep, Scope, ValueId, Variable,
    VariableContent, VariableId, VariableName, VariableValue,
};
use crate::record::Extra;

/// Variables to add to the project's own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Generated {
    /// They have names that neither the project nor its library sets have.
    pub variables: Vec<Variable>,
    /// What they stand for, and what they still need.
    pub findings: Vec<Finding>,
}

/// What the steps of the design read and the design does not declare: the
/// stack of each environment, the access token or passphrase, the confirmation
/// of a destroy, and expressions that bash can't read by name.
#[must_use]
pub fn generated_variables(design: &Design) -> Generated {
    let mut made = Generated::default();
    expression_variables(design, &mut made);
    let runs = runs_of(design);
    if runs.is_empty() {
        // Steps of community templates read what they are given.
        if is_read(design, design.pulumi.stack_variable()) {
            stack_variable(design, &mut made);
        }
        if let Some(name) = design.pulumi.token_variable().filter(|name| is_read(design, name)) {
            secret_variable(design, name, &mut made);
        }
        return made;
    }
    stack_variable(design, &mut made);
    let backend = &design.pulumi.backend;
    let secret = match backend {
        crate::model::Backend::Cloud(_) => design.pulumi.token_variable(),
        crate::model::Backend::Oidc(_) => None,
        crate::model::Backend::SelfManaged(own) => {
            own.passphrase.as_ref().map(VariableName::as_str)
        }
    };
    if let Some(name) = secret {
        secret_variable(design, name, &mut made);
    }
    account_variables(design, &mut made);
    confirm_variable(design, &runs, &mut made);
    made
}

/// Whether a step of a community template is given the variable `name`.
fn is_read(design: &Design, name: &str) -> bool {
    let project = &design.project;
    let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
    let expression = ["#{", name, "}"].concat();
    std::iter::once(&project.process)
        .chain(runbooks)
        .flat_map(|process| process.actions())
        .filter(|(_, action)| crate::catalog::community_of(design, action).is_some())
        .flat_map(|(_, action)| action.properties.iter())
        .any(|(_, value)| value.as_text() == Some(&expression))
}

/// A process with what Pulumi is told in it.
fn runs_of(design: &Design) -> Vec<(ProcessOwner, PulumiOperation)> {
    let project = &design.project;
    let of = |owner: ProcessOwner, process: &Process| {
        process
            .actions()
            .filter_map(|(_, action)| match action.pulumi_step() {
                Some(PulumiStep::Run(run)) => Some((owner.clone(), run.operation)),
                Some(PulumiStep::ConfigOverride(config))
                    if config.entries.iter().any(|entry| entry.is_secret) =>
                {
                    Some((owner.clone(), PulumiOperation::Preview))
                }
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let mut runs = of(ProcessOwner::Deployment, &project.process);
    for runbook in &project.runbooks {
        runs.extend(of(ProcessOwner::Runbook(runbook.id.clone()), &runbook.process));
    }
    runs
}

/// Bash reads variables by plain names; Octopus fills in the rest, if a
/// variable holds it.
fn expression_variables(design: &Design, made: &mut Generated) {
    let project = &design.project;
    let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
    let actions =
        std::iter::once(&project.process).chain(runbooks).flat_map(|process| process.actions());
    for (_, action) in actions {
        let Some(step) = action.pulumi_step() else { continue };
        let mut maker = Maker::new(design, action);
        maker.script(step);
        for (name, text) in maker.variables {
            let is_there = made.variables.iter().any(|one| one.name.is_same(&name));
            if is_there || find_variable(design, &name).is_some() {
                continue;
            }
            let what = format!("The variable \"{name}\" is made for the step \"{}\".", action.name);
            made.findings.push(
                Finding::info("export/made-expression-variable", place(&name), what)
                    .because(format!("A script can't read {text} by itself; Octopus can.")),
            );
            let values = value(0, VariableContent::text(text), Scope::default());
            made.variables.extend(new_variable(design, &name, values.into_iter().collect()));
        }
    }
}

fn place(name: &str) -> Place {
    Place::path(name)
}

/// A variable with an id that the project does not have yet.
fn new_variable(design: &Design, name: &str, values: Vec<VariableValue>) -> Option<Variable> {
    let name = VariableName::parse(name).ok()?;
    let mut count = 0_u32;
    let id = loop {
        let id = VariableId::parse(&format!("generated-{count}-{}", slug(name.as_str()))).ok()?;
        if design.project.variables.get(&id).is_none() {
            break id;
        }
        count += 1;
    };
    let values = values.into_iter().collect();
    Some(Variable { id, name, values, extra: Extra::default() })
}

fn slug(name: &str) -> String {
    // A hash keeps names apart that differ in what an id can't hold.
    let guid = crate::format::octopus_json::guid(&["pulpo/variable/", &name.to_lowercase()]);
    name.chars().filter(char::is_ascii_alphanumeric).take(16).chain(guid.chars().take(8)).collect()
}

fn value(index: usize, content: VariableContent, scope: Scope) -> Option<VariableValue> {
    let id = ValueId::parse(&format!("value-{index}")).ok()?;
    Some(VariableValue::new(id, content, scope))
}

fn stack_variable(design: &Design, made: &mut Generated) {
    let name = design.pulumi.stack_variable();
    if find_variable(design, name).is_some() {
        return;
    }
    let environments = design.space.environments.iter();
    let mapped =
        environments.filter_map(|one| Some((one, design.pulumi.stack_of(&one.id)?))).enumerate();
    let values: Vec<_> = mapped
        .filter_map(|(index, (one, stack))| {
            let content = VariableContent::text(stack.to_string());
            let mut value = value(index, content, Scope::environment(one.id.clone()))?;
            value.description = "The Pulumi stack of this environment.".to_owned();
            Some(value)
        })
        .collect();
    if values.is_empty() {
        made.findings.push(
            Finding::warning("export/no-stacks", place(name), "No environment has a stack yet.")
                .because(format!("The steps read the stack from the variable \"{name}\"."))
                .do_this("Give each environment its stack."),
        );
        return;
    }
    made.variables.extend(new_variable(design, name, values));
    let what = format!("The variable \"{name}\" is made of the stacks of the environments.");
    made.findings.push(Finding::info("export/made-stack-variable", place(name), what));
}

fn secret_variable(design: &Design, name: &str, made: &mut Generated) {
    if find_variable(design, name).is_some() {
        return;
    }
    let content = VariableContent::Sensitive(SensitiveContent::default());
    let values = value(0, content, Scope::default()).into_iter().collect();
    made.variables.extend(new_variable(design, name, values));
    let what =
        format!("The sensitive variable \"{name}\" is added, because the Pulumi steps read it.");
    made.findings.push(Finding::info("export/made-secret-variable", place(name), what));
}

/// An account can't be made up: only says that it is missing.
fn account_variables(design: &Design, made: &mut Generated) {
    use crate::model::{Backend, CloudCredentials};
    let cloud = match &design.pulumi.credentials {
        CloudCredentials::Ambient => None,
        CloudCredentials::Aws(account)
        | CloudCredentials::Azure(account)
        | CloudCredentials::Google(account) => Some(&account.variable),
    };
    let login = match &design.pulumi.backend {
        Backend::Oidc(login) => Some(&login.account),
        _ => None,
    };
    for name in cloud.into_iter().chain(login) {
        if find_variable(design, name.as_str()).is_none() {
            made.findings.push(
                Finding::warning(
                    "export/no-account-variable",
                    place(name.as_str()),
                    format!("There is no account variable \"{name}\"."),
                )
                .because("The Pulumi steps take their credentials from it.")
                .do_this("Add it to the project, with an account for each environment."),
            );
        }
    }
}

fn confirm_variable(
    design: &Design,
    runs: &[(ProcessOwner, PulumiOperation)],
    made: &mut Generated,
) {
    let mut owners: Vec<_> = runs
        .iter()
        .filter(|(_, operation)| *operation == PulumiOperation::Destroy)
        .map(|(owner, _)| owner.clone())
        .collect();
    owners.dedup();
    if owners.is_empty() || find_variable(design, CONFIRM_VARIABLE).is_some() {
        return;
    }
    let scope = Scope { processes: owners, ..Scope::default() };
    let values = value(0, VariableContent::text(""), scope).map(|mut value| {
        value.prompt = Some(Prompt {
            label: "Stack to destroy".to_owned(),
            description: "Type its full name: organization/project/stack.".to_owned(),
            required: true,
            control: ControlType::SingleLine,
            ..Prompt::default()
        });
        value
    });
    made.variables.extend(new_variable(design, CONFIRM_VARIABLE, values.into_iter().collect()));
    let what = format!(
        "The prompted variable \"{CONFIRM_VARIABLE}\" is added: whoever destroys a stack types its \
         name there."
    );
    let finding = Finding::info("export/made-confirm-variable", place(CONFIRM_VARIABLE), what);
    made.findings.push(finding);
}
