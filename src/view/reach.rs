//! The leak view: credentials by environments, and what to say of a cell.

use std::collections::HashSet;

use crate::model::{Design, EnvironmentId, LibrarySetId, ProcessOwner, ValueId, VariableId};
use crate::reach::{
    Cell, Certainty, Credential, Holder, Identity, Leak, Mentions, Reach, leaks, reach,
};

/// How a cell looks, and its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Out of reach.
    Out,
    /// Octopus refuses it here.
    Refused,
    /// In reach, as it should be.
    Open,
    /// In reach, and it should not be.
    Leak,
}

impl Look {
    /// The word in the style sheet.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Out => "out",
            Self::Refused => "refused",
            Self::Open => "open",
            Self::Leak => "leak",
        }
    }
}

/// A credential in an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachCell {
    /// How it looks.
    pub look: Look,
    /// In short, such as `3 steps`.
    pub text: String,
    /// Which credential and where, as heard after `text`.
    pub rest: String,
    /// In full, as a sentence.
    pub title: String,
}

/// A credential as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachRow {
    /// Tells rows apart, and stays over edits.
    pub key: String,
    /// The variable.
    pub variable: String,
    /// What the credential is called.
    pub label: String,
    /// What it is: `Sensitive`, `AWS account`.
    pub kind: String,
    /// A cell for each environment.
    pub cells: Vec<ReachCell>,
    /// Whether it leaks.
    pub leaks: bool,
}

/// The matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct ReachTable {
    reach: Reach,
    leaks: Vec<Leak>,
    /// The rows, those of one variable together.
    pub rows: Vec<ReachRow>,
    /// Whether any environment is protected, and any is not.
    pub has_inside: bool,
}

/// A step that can read a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachStep {
    /// Its name.
    pub name: String,
    /// The fragment of its place.
    pub href: String,
    /// Whether it names the credential's variable.
    pub names_it: bool,
    /// Whether it only may be able to read it.
    pub may_be: bool,
}

/// A value that gives a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachValue {
    /// Where it stands, in words.
    pub text: String,
    /// The fragment of its place; empty for a tenant's.
    pub href: String,
}

/// What to limit so that a credential no longer leaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachFix {
    /// The verb: `Limit Token to Production`.
    pub label: String,
    /// What follows from it.
    pub then: String,
    /// The values, each with the environments that it is limited to.
    pub values: Vec<(Option<LibrarySetId>, VariableId, ValueId, Vec<EnvironmentId>)>,
}

/// A credential, in one environment or in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachDetail {
    /// What it is called.
    pub title: String,
    /// What it is, and by which variable.
    pub about: String,
    /// What a reader gets: the names that hold secrets.
    pub secrets: Vec<String>,
    /// What there is to know besides, a sentence each.
    pub notes: Vec<String>,
    /// For each environment asked for, its name, the cell and the steps.
    pub places: Vec<(String, ReachCell, Vec<ReachStep>)>,
    /// The values that give it.
    pub values: Vec<ReachValue>,
    /// Why it leaks, if it does.
    pub leak: String,
    /// What mends it in one go, if anything does.
    pub fix: Option<ReachFix>,
}

/// Names as a sentence lists them.
fn listed(names: &[String], word: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

fn environment_names(design: &Design, ids: &[EnvironmentId]) -> Vec<String> {
    let name = |id: &EnvironmentId| {
        let known = design.space.environments.get(id);
        known.map_or_else(|| id.to_string(), |one| one.name.to_string())
    };
    ids.iter().map(name).collect()
}

/// The matrix of `design`.
#[must_use]
pub fn reach_table(design: &Design) -> ReachTable {
    let reach = reach(design);
    let leaks = leaks(design, &reach);
    let names = environment_names(design, &reach.environments);
    let mut rows = Vec::with_capacity(reach.credentials.len());
    for (index, credential) in reach.credentials.iter().enumerate() {
        let leak = leaks.iter().find(|leak| leak.credential == index);
        let (label, kind) = label(design, credential);
        let cells = credential
            .cells
            .iter()
            .zip(reach.environments.iter().zip(&names))
            .map(|(cell, (id, name))| {
                let is_leak = leak.is_some_and(|leak| leak.outside.contains(id));
                shown(cell, is_leak, name, &label)
            })
            .collect();
        rows.push(ReachRow {
            key: key(credential),
            variable: credential.name.to_string(),
            label,
            kind,
            cells,
            leaks: leak.is_some(),
        });
    }
    let protected = design.space.environments.iter().filter(|one| one.is_protected).count();
    let has_inside = protected > 0 && protected < design.space.environments.len();
    ReachTable { reach, leaks, rows, has_inside }
}

fn key(credential: &Credential) -> String {
    match (&credential.identity, credential.holders.first()) {
        (_, Some(Holder::Value { variable, value, .. })) => format!("{variable}.{value}"),
        (Identity::Secret(id, whose), _) => format!("{id}.{}", whose.replace('/', ".")),
        _ => credential.name.to_string(),
    }
}

/// What a credential is called, and what it is.
fn label(design: &Design, credential: &Credential) -> (String, String) {
    match &credential.identity {
        Identity::Account(id) => match design.space.accounts.get(id) {
            Some(account) => (account.name.to_string(), account.kind.label().to_owned()),
            None => (id.to_string(), "Account that is not here".to_owned()),
        },
        Identity::AccountOf(text) => (text.clone(), "Account, by an expression".to_owned()),
        Identity::Certificate(id) => {
            let known = design.space.certificates.get(id);
            (known.map_or_else(|| id.to_string(), |one| one.name.to_string()), "Certificate".into())
        }
        Identity::CertificateOf(text) => (text.clone(), "Certificate, by an expression".to_owned()),
        Identity::Secret(..) => {
            let scope = credential.holders.first().map(|holder| standing(design, holder));
            (scope.unwrap_or_default(), "Sensitive".to_owned())
        }
    }
}

/// For whom a value is, in words.
fn standing(design: &Design, holder: &Holder) -> String {
    match holder {
        Holder::Tenant(name) => format!("Value of {name}"),
        Holder::Value { set, variable, value } => {
            let table = match set {
                None => Some(&design.project.variables),
                Some(id) => design.space.library_sets.get(id).map(|set| &set.variables),
            };
            let value = table.and_then(|table| table.get(variable)?.values.get(value));
            let Some(value) = value else { return String::new() };
            let chips = super::variables::chips(design, &value.scope);
            let names: Vec<String> = chips.into_iter().map(|chip| chip.label).collect();
            let place = if names.is_empty() { "Everywhere".to_owned() } else { names.join(", ") };
            let set = set.as_ref().and_then(|id| design.space.library_sets.get(id));
            set.map_or(place.clone(), |set| format!("{place} · {}", set.name))
        }
    }
}

fn shown(cell: &Cell, is_leak: bool, environment: &str, label: &str) -> ReachCell {
    let steps = match cell.steps() {
        0 => "no step yet".to_owned(),
        1 => "1 step".to_owned(),
        count => format!("{count} steps"),
    };
    let (look, text, title) = match cell.reach {
        None => {
            (Look::Out, "—".to_owned(), format!("{label}: nothing in {environment} can read it."))
        }
        Some(_) if cell.is_refused => (
            Look::Refused,
            "refused".to_owned(),
            format!(
                "{label}: Octopus refuses it in {environment}, because it is limited to other environments."
            ),
        ),
        Some(certainty) => {
            let may = if certainty == Certainty::May { "may read" } else { "can read" };
            let text =
                if certainty == Certainty::May { format!("maybe {steps}") } else { steps.clone() };
            let title = format!("{label}: {steps} {may} it in {environment}.");
            if is_leak {
                (Look::Leak, text, format!("Leak. {title}"))
            } else {
                (Look::Open, text, title)
            }
        }
    };
    let rest = format!("{label} in {environment}");
    ReachCell { look, text, rest, title }
}

impl ReachTable {
    /// How many credentials leak.
    #[must_use]
    pub fn leaks(&self) -> usize {
        self.leaks.len()
    }

    /// The places of the rows that are to be shown: with all words of `query`
    /// in their names, only what leaks where asked for, and only what is in
    /// reach of an environment where one is given.
    #[must_use]
    pub fn find(&self, query: &str, only_leaks: bool, environment: Option<&str>) -> Vec<usize> {
        let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
        let place = environment
            .and_then(|id| self.reach.environments.iter().position(|one| one.as_str() == id));
        let fits = |row: &ReachRow| {
            let text = format!("{} {} {}", row.variable, row.label, row.kind).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let is_read = |row: &ReachRow| match place.and_then(|place| row.cells.get(place)) {
            Some(cell) => {
                matches!(cell.look, Look::Open | Look::Leak)
                    && (!only_leaks || cell.look == Look::Leak)
            }
            None => environment.is_none() && (!only_leaks || row.leaks),
        };
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| fits(row) && is_read(row)).map(|(place, _)| place).collect()
    }

    /// All of one credential, in the environment `environment` or in all.
    #[must_use]
    pub fn detail(
        &self,
        design: &Design,
        mentions: &Mentions,
        key: &str,
        environment: Option<&str>,
    ) -> Option<ReachDetail> {
        let index = self.rows.iter().position(|row| row.key == key)?;
        let (row, credential) = (self.rows.get(index)?, self.reach.credentials.get(index)?);
        let leak = self.leaks.iter().find(|leak| leak.credential == index);
        let named = mentions.actions(credential.name.as_str());
        let names = environment_names(design, &self.reach.environments);
        let mut places = Vec::new();
        for (place, (id, name)) in self.reach.environments.iter().zip(&names).enumerate() {
            if environment.is_some_and(|wanted| wanted != id.as_str()) {
                continue;
            }
            let (Some(cell), Some(shown)) = (credential.cells.get(place), row.cells.get(place))
            else {
                continue;
            };
            let steps = self.reach.steps.iter().enumerate().filter_map(|(number, step)| {
                let certainty = cell.step(number)?;
                let href = match &step.owner {
                    ProcessOwner::Deployment => format!("#/process/{}", step.address),
                    ProcessOwner::Runbook(id) => format!("#/runbooks/{id}/{}", step.address),
                };
                Some(ReachStep {
                    name: step.name.clone(),
                    href,
                    names_it: named.contains(&step.action),
                    may_be: certainty == Certainty::May,
                })
            });
            places.push((name.clone(), shown.clone(), steps.collect()));
        }
        let values = credential.holders.iter().map(|holder| ReachValue {
            text: standing(design, holder),
            href: match holder {
                Holder::Value { variable, value, .. } => format!("#/variables/{variable}/{value}"),
                Holder::Tenant(_) => String::new(),
            },
        });
        let (title, about) = match &credential.identity {
            Identity::Secret(..) => {
                (credential.name.to_string(), format!("Sensitive value · {}", row.label))
            }
            _ => (row.label.clone(), format!("{} · by the variable {}", row.kind, row.variable)),
        };
        Some(ReachDetail {
            title,
            about,
            secrets: credential.secrets.clone(),
            notes: notes(credential),
            places,
            values: values.collect(),
            leak: leak.map(|leak| leak_words(design, leak)).unwrap_or_default(),
            fix: leak.and_then(|leak| fix(design, credential, leak)),
        })
    }

    /// How many steps of those that can read each row in an environment name
    /// it; for the rows at `rows`.
    #[must_use]
    pub fn naming(&self, mentions: &Mentions, rows: &[usize], environment: &str) -> Vec<usize> {
        let place = self.reach.environments.iter().position(|one| one.as_str() == environment);
        rows.iter()
            .map(|index| {
                let Some(credential) = self.reach.credentials.get(*index) else { return 0 };
                let cell = place.and_then(|place| credential.cells.get(place));
                let named: HashSet<_> = mentions.actions(credential.name.as_str());
                let steps = self.reach.steps.iter().enumerate();
                steps
                    .filter(|(number, step)| {
                        named.contains(&step.action)
                            && cell.is_some_and(|cell| cell.step(*number).is_some())
                    })
                    .count()
            })
            .collect()
    }
}

fn notes(credential: &Credential) -> Vec<String> {
    let mut notes = Vec::new();
    if !credential.is_set {
        notes.push("It is not marked as set: Octopus may hold nothing yet.".to_owned());
    }
    if credential.is_prompted {
        notes.push("It may be typed when a deployment is created.".to_owned());
    }
    let is_may = |cell: &Cell| cell.reach == Some(Certainty::May) && !cell.is_refused;
    if credential.cells.iter().any(is_may) {
        notes.push(
            "“Maybe” means that values tie, or that it takes a tenant, target or channel that \
             this design does not know."
                .to_owned(),
        );
    }
    notes
}

fn leak_words(design: &Design, leak: &Leak) -> String {
    let inside = listed(&environment_names(design, &leak.protected), "and");
    let outside = listed(&environment_names(design, &leak.outside), "and");
    let verb = if leak.certainty == Certainty::May { "may be read" } else { "can be read" };
    format!(
        "A credential of {inside} {verb} in {outside}. Whoever may deploy there, or change what \
         runs there, can take it."
    )
}

fn fix(design: &Design, credential: &Credential, leak: &Leak) -> Option<ReachFix> {
    if leak.narrowings.is_empty() {
        return None;
    }
    let inside = listed(&environment_names(design, &leak.protected), "and");
    let outside = listed(&environment_names(design, &leak.outside), "and");
    let goes = leak.narrowings.iter().all(|one| one.environments.is_empty());
    let label = if goes {
        format!("Take it away from {outside}")
    } else {
        format!("Limit {} to {inside}", credential.name)
    };
    let mut then = format!(
        "Then {} has no value in {outside} unless another one applies: give it one of its own there.",
        credential.name
    );
    if !leak.tenants.is_empty() {
        then.push_str(&format!(
            " What {} says has to be changed at the tenant.",
            listed(&leak.tenants, "and")
        ));
    }
    let values = leak.narrowings.iter().map(|one| {
        (one.set.clone(), one.variable.clone(), one.value.clone(), one.environments.clone())
    });
    Some(ReachFix { label, then, values: values.collect() })
}

/// What there is to say about all of it, as (severity, sentence).
#[must_use]
pub fn reach_verdict(design: &Design, table: &ReachTable) -> (&'static str, String) {
    let environments = &design.space.environments;
    if table.rows.is_empty() {
        return ("info", "There is no sensitive value, account or certificate yet.".to_owned());
    }
    if !environments.iter().any(|one| one.is_protected) {
        let text = "No environment is protected. Protect production on Stacks, and what can be \
                    read outside of it stands out here.";
        return ("info", text.to_owned());
    }
    let protected: Vec<_> =
        environments.iter().filter(|one| one.is_protected).map(|one| one.id.clone()).collect();
    let names = listed(&environment_names(design, &protected), "and");
    match table.leaks() {
        0 => ("success", format!("No credential of {names} can be read outside of it.")),
        1 => ("error", format!("1 credential of {names} can be read outside of it.")),
        count => ("error", format!("{count} credentials of {names} can be read outside of it.")),
    }
}
