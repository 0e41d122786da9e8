//! What an OCL text means, as an outline.

use std::collections::HashMap;

use crate::base::{Finding, Severity};
use crate::catalog::type_name;
use crate::format::octopus_ocl::{
    DocumentKind, PROCESS_TEMPLATE, Source, TEMPLATE_SLUG, UNKNOWN_TYPE, read,
};
use crate::model::{
    Action, ActionCondition, Design, Process, ProcessOwner, Scope, StartTrigger, Step,
    StepCondition, Variable, WorkerPoolChoice,
};

/// A line of the outline, with what stands under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub title: String,
    /// What is to be said of it; empty for nothing.
    pub detail: String,
    /// What it consists of.
    pub children: Vec<Node>,
}

/// What a text means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meaning {
    /// What document it is.
    pub kind: Option<DocumentKind>,
    /// What it says.
    pub nodes: Vec<Node>,
    /// What was not understood, beyond its syntax.
    pub findings: Vec<Finding>,
}

fn node(title: impl Into<String>, details: Vec<String>, children: Vec<Node>) -> Node {
    let details: Vec<_> = details.into_iter().filter(|one| !one.is_empty()).collect();
    Node { title: title.into(), detail: details.join(" · "), children }
}

/// What the text of the file called `name` means, as far as it can be read.
#[must_use]
pub fn meaning(name: &str, text: &str) -> Meaning {
    let read = read(&[Source { path: name, text }]);
    let kind = read.kinds.first().copied().flatten();
    let design = &read.fragment.design;
    let nodes = match kind {
        None => Vec::new(),
        Some(DocumentKind::SchemaVersion) => {
            let version = read.schema_version.map(|version| version.to_string());
            vec![node("Schema version", vec![version.unwrap_or_default()], Vec::new())]
        }
        Some(DocumentKind::Process) => steps(design, &design.project.process),
        Some(DocumentKind::Runbook) => runbooks(design),
        Some(DocumentKind::Variables) => {
            let variables = &design.project.variables;
            variables.iter().map(|one| variable(design, one)).collect()
        }
        Some(DocumentKind::Settings) => settings(design),
    };
    let findings = read.fragment.findings.into_iter();
    let findings = findings.filter(|one| !one.code.starts_with("ocl/")).collect();
    Meaning { kind, nodes, findings }
}

fn steps(design: &Design, process: &Process) -> Vec<Node> {
    let rows = process.steps.iter().enumerate();
    rows.map(|(index, row)| step(design, row, index + 1)).collect()
}

fn step(design: &Design, step: &Step, number: usize) -> Node {
    let mut details = Vec::new();
    if step.start == StartTrigger::WithPrevious {
        details.push("beside the step before".to_owned());
    }
    match &step.condition {
        StepCondition::Success => {}
        StepCondition::Failure => details.push("only after a failure".to_owned()),
        StepCondition::Always => details.push("always".to_owned()),
        StepCondition::Variable(one) => details.push(format!("if {}", one.expression)),
    }
    let tags: Vec<_> = step.target_tags.iter().map(|tag| tag.as_str()).collect();
    if !tags.is_empty() {
        details.push(format!("on targets with {}", tags.join(" or ")));
    }
    let title = format!("{number}. {}", step.name);
    if step.has_children() {
        let children = step.actions.iter();
        let children =
            children.map(|one| node(one.name.as_str(), action(design, one), Vec::new())).collect();
        return node(title, details, children);
    }
    let mut own = action(design, step.actions.first());
    own.append(&mut details);
    node(title, own, Vec::new())
}

fn action(design: &Design, action: &Action) -> Vec<String> {
    let kind = match action.octopus_type().unwrap_or_default() {
        PROCESS_TEMPLATE => format!("process template {}", action.properties.text(TEMPLATE_SLUG)),
        UNKNOWN_TYPE => match &action.template {
            Some(used) => format!("step template {}", used.template),
            None => "of no type".to_owned(),
        },
        known => type_name(known).to_owned(),
    };
    let mut details = vec![kind];
    match &action.worker_pool {
        WorkerPoolChoice::Default => {}
        WorkerPoolChoice::Pool(pick) => details.push(format!("on {}", pick.pool)),
        WorkerPoolChoice::Variable(pick) => {
            details.push(format!("on the pool of {}", pick.variable))
        }
    }
    if let Some(container) = action.container.as_ref().filter(|one| !one.image.is_empty()) {
        details.push(format!("in {}", container.image));
    }
    let names = |ids: &[crate::model::EnvironmentId]| {
        let names = ids.iter().map(|id| match design.space.environments.get(id) {
            Some(row) => row.name.to_string(),
            None => id.to_string(),
        });
        names.collect::<Vec<_>>().join(", ")
    };
    if !action.environments.is_empty() {
        details.push(format!("only in {}", names(&action.environments)));
    }
    if !action.excluded_environments.is_empty() {
        details.push(format!("not in {}", names(&action.excluded_environments)));
    }
    if !action.channels.is_empty() {
        let channels: Vec<_> = action.channels.iter().map(|id| id.as_str()).collect();
        details.push(format!("for {}", channels.join(", ")));
    }
    if !action.tenant_tags.is_empty() {
        let tags: Vec<_> = action.tenant_tags.iter().map(|tag| tag.as_str()).collect();
        details.push(format!("for tenants with {}", tags.join(" or ")));
    }
    if action.condition == ActionCondition::Variable {
        details.push("by a condition".to_owned());
    }
    match action.packages.len() {
        0 => {}
        1 => details.push("1 package".to_owned()),
        count => details.push(format!("{count} packages")),
    }
    if action.is_disabled {
        details.push("disabled".to_owned());
    }
    details
}

fn runbooks(design: &Design) -> Vec<Node> {
    let runbooks = design.project.runbooks.iter();
    let runbooks = runbooks.map(|runbook| {
        let places: Vec<_> = runbook.environments.iter().map(|id| id.as_str()).collect();
        let places = match places.is_empty() {
            true => String::new(),
            false => format!("in {}", places.join(", ")),
        };
        let details = vec!["runbook".to_owned(), places, runbook.description.clone()];
        node(runbook.name.as_str(), details, steps(design, &runbook.process))
    });
    runbooks.collect()
}

fn variable(design: &Design, variable: &Variable) -> Node {
    let first = variable.values.nth(0).map(|value| value.content.word()).unwrap_or("String");
    let kind = if first == "String" { String::new() } else { first.to_owned() };
    let actions: HashMap<_, _> = HashMap::from_iter(
        design.project.process.actions().map(|(_, action)| (&action.id, action.name.as_str())),
    );
    let values = variable.values.iter().map(|value| {
        let text = match &value.content {
            crate::model::VariableContent::Text(text) => {
                let mut lines = text.text.split('\n');
                let line = lines.next().unwrap_or_default().trim_end();
                let more = if lines.next().is_some() { " …" } else { "" };
                if line.is_empty() && more.is_empty() {
                    "(empty)".to_owned()
                } else {
                    format!("{line}{more}")
                }
            }
            crate::model::VariableContent::Sensitive(_) => "(secret)".to_owned(),
            other => chosen(other),
        };
        let mut details = scope(&value.scope, &actions);
        if value.prompt.is_some() {
            details.push("asked for at deployment".to_owned());
        }
        node(text, details, Vec::new())
    });
    node(variable.name.as_str(), vec![kind], values.collect())
}

fn chosen(content: &crate::model::VariableContent) -> String {
    use crate::model::VariableContent as Content;
    use crate::record::Bound;
    let of = |text: Option<String>| text.unwrap_or_else(|| "(nothing chosen)".to_owned());
    match content {
        Content::Certificate(one) => of(one.certificate.as_ref().map(|one| match one {
            Bound::Is(id) => id.to_string(),
            Bound::Expression(text) => text.clone(),
        })),
        Content::WorkerPool(one) => of(one.pool.as_ref().map(|one| match one {
            Bound::Is(id) => id.to_string(),
            Bound::Expression(text) => text.clone(),
        })),
        other => {
            let account = other.account().and_then(|one| one.account.as_ref());
            of(account.map(|one| match one {
                Bound::Is(id) => id.to_string(),
                Bound::Expression(text) => text.clone(),
            }))
        }
    }
}

fn scope(scope: &Scope, actions: &HashMap<&crate::model::ActionId, &str>) -> Vec<String> {
    let mut details = Vec::new();
    let mut put = |what: &str, names: Vec<&str>| {
        if !names.is_empty() {
            details.push(format!("{what} {}", names.join(", ")));
        }
    };
    put("in", scope.environments.iter().map(|id| id.as_str()).collect());
    put("for the channel", scope.channels.iter().map(|id| id.as_str()).collect());
    let named = |id| actions.get(id).copied();
    put("for the step", scope.actions.iter().map(|id| named(id).unwrap_or(id.as_str())).collect());
    put("on", scope.targets.iter().map(|id| id.as_str()).collect());
    put("on targets with", scope.target_tags.iter().map(|tag| tag.as_str()).collect());
    put("for tenants with", scope.tenant_tags.iter().map(|tag| tag.as_str()).collect());
    let processes = scope.processes.iter().map(|one| match one {
        ProcessOwner::Deployment => "the deployment process",
        ProcessOwner::Runbook(id) => id.as_str(),
    });
    put("for", processes.collect());
    details
}

fn settings(design: &Design) -> Vec<Node> {
    let project = &design.project;
    let mut nodes =
        vec![node("Guided failure", vec![project.guided_failure.label().to_owned()], Vec::new())];
    for (title, member) in [
        ("Connectivity", "ProjectConnectivityPolicy"),
        ("Release versions", "VersioningStrategy"),
        ("Release notes", "ReleaseNotesTemplate"),
        ("Deployment changes", "DeploymentChangesTemplate"),
    ] {
        let Some(value) = project.extra.get(member) else { continue };
        let mut texts = Vec::new();
        gather(value, &mut texts);
        if texts.is_empty() {
            texts.push("as usual".to_owned());
        }
        nodes.push(node(title, texts, Vec::new()));
    }
    nodes
}

/// The leaves of a JSON value in words.
fn gather(value: &serde_json::Value, texts: &mut Vec<String>) {
    use serde_json::Value;
    match value {
        Value::String(text) => {
            let mut lines = text.split('\n');
            let first = lines.next().unwrap_or_default().trim_end();
            let more = if lines.next().is_some() { " …" } else { "" };
            texts.push(format!("{first}{more}"));
        }
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::Bool(true) => texts.push(words(key)),
                    Value::Bool(false) => {}
                    other => gather(other, texts),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        Value::Null => {}
        other => texts.push(other.to_string()),
    }
}

/// `AllowDeploymentsToNoTargets` in words.
fn words(key: &str) -> String {
    let mut words = String::new();
    for letter in key.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

impl Meaning {
    /// The findings that matter most first.
    #[must_use]
    pub fn worst_first(&self) -> Vec<Finding> {
        let mut findings = self.findings.clone();
        findings.sort_by_key(|one| one.severity);
        findings
    }

    /// Whether something would be refused although the text can be read.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|one| one.severity == Severity::Error)
    }
}
