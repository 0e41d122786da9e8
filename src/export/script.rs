//! From one of Pulpo's steps and the whole design's settings to its script.

use crate::base::{Finding, Place};
use crate::model::process::{
    ConfigOverrideStep, ExtractStep, ExtractStyle, ProgramSource, PulumiOperation, RestoreKind,
    RunStep,
};
use crate::model::pulumi::Backend;
use crate::model::{Action, CloudCredentials, Design, PulumiStep, Slug, Variable};
use crate::script;
use crate::script::{ScriptValue, StackAccess, Unsupported};

/// What steps call the package when the design names none.
const NO_PACKAGE: &str = "pulumi-app";
/// What the settings file is called when a step names none.
const OVERRIDE_FILE: &str = "Pulumi.override.yaml";
/// The folder that the guide of 2019 copies the program to.
const GUIDE_FOLDER: &str = "/tmp/pulumi-app";

/// The name under which steps refer to the program's package.
#[must_use]
pub fn design_reference(design: &Design) -> String {
    let pulumi = &design.pulumi;
    if !pulumi.reference.is_empty() {
        return pulumi.reference.clone();
    }
    let Some(key) = &pulumi.package else { return NO_PACKAGE.to_owned() };
    match design.project.packages.get(key) {
        Some(package) if !package.package_id.is_empty() && !package.package_id.contains("#{") => {
            package.package_id.clone()
        }
        _ => key.to_string(),
    }
}

/// The package reference that `step` needs, if it needs one.
#[must_use]
pub fn reference_of(design: &Design, step: &PulumiStep) -> Option<String> {
    let own = match step {
        PulumiStep::Extract(extract) => &extract.reference,
        PulumiStep::ConfigOverride(ConfigOverrideStep {
            source: ProgramSource::Package(package),
            ..
        })
        | PulumiStep::Run(RunStep { source: ProgramSource::Package(package), .. }) => {
            &package.reference
        }
        _ => return None,
    };
    Some(if own.is_empty() { design_reference(design) } else { own.clone() })
}

/// Whether `step` signs in to the backend, and so needs credentials.
#[must_use]
pub fn reaches_stack(step: &PulumiStep) -> bool {
    match step {
        PulumiStep::Extract(_) => false,
        PulumiStep::ConfigOverride(config) => config.entries.iter().any(|entry| entry.is_secret),
        PulumiStep::Run(_) => true,
    }
}

/// Makes the script of one action.
pub(super) struct Maker<'a> {
    pub(super) design: &'a Design,
    pub(super) action: &'a Action,
    pub(super) findings: Vec<Finding>,
    /// Expressions that the script reads by these names.
    pub(super) variables: Vec<(String, String)>,
}

impl<'a> Maker<'a> {
    pub(super) fn new(design: &'a Design, action: &'a Action) -> Self {
        Self { design, action, findings: Vec::new(), variables: Vec::new() }
    }

    pub(super) fn script(&mut self, step: &PulumiStep) -> script::Script {
        match step {
            PulumiStep::Extract(extract) => self.extract(step, extract),
            PulumiStep::ConfigOverride(config) => self.config(step, config),
            PulumiStep::Run(run) => self.run(step, run),
        }
    }

    fn place(&self) -> Place {
        Place::path(self.action.name.as_str())
    }

    pub(super) fn say(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// The text of one field. An expression that bash can't read by name becomes
    /// a variable, which Octopus fills in; one that nobody can read stays as it
    /// is typed, so that the step fails at it instead of doing something else.
    fn text(&mut self, field: &str, text: &str) -> ScriptValue {
        match ScriptValue::from_text(text) {
            Ok(value) => self.exact(value),
            Err(error) if is_expression(&error) => {
                ScriptValue::Variable(self.variable(field, text))
            }
            Err(error) => {
                let what = format!("{field}: {error}.");
                self.say(
                    Finding::error("export/expression-not-read", self.place(), what)
                        .because("Octopus can't fill it in.")
                        .do_this("Mend the expression, or write ##{ for a plain #{."),
                );
                ScriptValue::literal(text)
            }
        }
    }

    /// The name of a variable of the project that holds `text` for this action.
    fn variable(&mut self, field: &str, text: &str) -> String {
        let plain: String = field.chars().filter(char::is_ascii_alphanumeric).collect();
        // Steps of two processes may have one name, so a runbook's says whose it is.
        let mut name = "Pulpo.".to_owned();
        let owner = self.design.project.runbooks.iter().find(|runbook| {
            runbook.process.actions().any(|(_, action)| action.id == self.action.id)
        });
        if let Some(slug) = owner.and_then(|runbook| Slug::of(runbook.name.as_str())) {
            name.push_str(&[slug.as_str(), "."].concat());
        }
        name.push_str(&[&self.action.slug(), ".", &plain].concat());
        let mut free = name.clone();
        let mut count = 1_u32;
        while let Some((_, held)) = self.variables.iter().find(|(taken, _)| *taken == free) {
            if held == text {
                return free;
            }
            count += 1;
            free = format!("{name}{count}");
        }
        self.variables.push((free.clone(), text.to_owned()));
        free
    }

    /// Bash looks names up with their case, Octopus without: takes the case in
    /// which the design declares them.
    fn exact(&self, value: ScriptValue) -> ScriptValue {
        match value {
            ScriptValue::Variable(name) => ScriptValue::Variable(declared(self.design, &name)),
            ScriptValue::Joined(parts) => {
                ScriptValue::joined(parts.into_iter().map(|part| self.exact(part)).collect())
            }
            literal @ ScriptValue::Literal(_) => literal,
        }
    }

    fn folder(&mut self, own: &str) -> ScriptValue {
        let folder =
            if own.is_empty() { self.design.pulumi.folder.clone() } else { own.to_owned() };
        self.text("Folder", folder.trim_matches('/'))
    }

    fn extract(&mut self, step: &PulumiStep, extract: &ExtractStep) -> script::Script {
        let reference = reference_of(self.design, step).unwrap_or_default();
        let folder = self.folder(&extract.folder);
        match extract.style {
            // The target is the guide's: this style makes a folder of its own.
            ExtractStyle::Hardened => script::Script::ExtractHardened(script::ExtractHardened {
                reference,
                folder,
                ..script::ExtractHardened::default()
            }),
            ExtractStyle::Guide => {
                let target = if extract.target.is_empty() { GUIDE_FOLDER } else { &extract.target };
                let target = self.text("Target folder", target);
                script::Script::ExtractGuide(script::ExtractGuide { reference, folder, target })
            }
        }
    }

    fn config(&mut self, step: &PulumiStep, config: &ConfigOverrideStep) -> script::Script {
        let mut entries = Vec::new();
        let mut secrets = Vec::new();
        for entry in &config.entries {
            if !entry.is_secret {
                entries.push((entry.key.clone(), self.text(&entry.key, &entry.value)));
                continue;
            }
            match ScriptValue::from_text(&entry.value) {
                Ok(ScriptValue::Variable(name)) => {
                    secrets.push((entry.key.clone(), declared(self.design, &name)));
                }
                _ => {
                    let what = format!("The secret \"{}\" is left out.", entry.key);
                    self.say(
                        Finding::error("export/secret-not-a-variable", self.place(), what)
                            .because("A secret's value has to be one sensitive variable.")
                            .do_this("Write its value as #{Name}."),
                    );
                }
            }
        }
        let file = self.config_file(step, config);
        let secrets = (!secrets.is_empty()).then(|| script::ConfigSecrets {
            entries: secrets,
            access: self.access(step, &config.source, ""),
        });
        script::Script::ConfigOverride(script::ConfigOverride { file, entries, secrets })
    }

    /// The settings file's full path.
    fn config_file(&mut self, step: &PulumiStep, config: &ConfigOverrideStep) -> ScriptValue {
        let file = if config.file.is_empty() { OVERRIDE_FILE } else { &config.file };
        if file.starts_with('/') || file.starts_with("#{") {
            return self.text("File", file);
        }
        let slash = ScriptValue::from("/");
        let mut parts = match &config.source {
            ProgramSource::Folder(folder) => vec![self.text("Folder", &folder.path)],
            ProgramSource::Package(package) => {
                self.say(
                    Finding::warning(
                        "export/config-file-not-kept",
                        self.place(),
                        "The settings file is written into this step's own copy of the package.",
                    )
                    .because("Octopus removes that copy when the step ends.")
                    .do_this("Take the program from a folder that an extract step made."),
                );
                let reference = reference_of(self.design, step).unwrap_or_default();
                let root = ScriptValue::variable(script::extracted_path(&reference));
                let folder = self.folder(&package.folder);
                if folder.is_empty() { vec![root] } else { vec![root, slash.clone(), folder] }
            }
        };
        parts.push(slash);
        parts.push(self.text("File", file));
        ScriptValue::joined(parts)
    }

    fn access(&mut self, step: &PulumiStep, source: &ProgramSource, stack: &str) -> StackAccess {
        let design = self.design;
        let pulumi = &design.pulumi;
        let program = match source {
            ProgramSource::Package(package) => script::Program::Package {
                reference: reference_of(design, step).unwrap_or_default(),
                folder: self.folder(&package.folder),
            },
            ProgramSource::Folder(folder) => {
                script::Program::Folder(self.text("Folder", &folder.path))
            }
        };
        let stack = match stack {
            "" => ScriptValue::variable(declared(design, pulumi.stack_variable())),
            text => self.text("Stack", text),
        };
        let mut passphrase = None;
        let backend = match &pulumi.backend {
            Backend::Cloud(cloud) => {
                let token = pulumi.token_variable().unwrap_or_default();
                let url = self.text("Backend", &cloud.url);
                script::Backend::Cloud { token: declared(design, token), url }
            }
            Backend::Oidc(login) => script::Backend::Oidc {
                account: declared(design, login.account.as_str()),
                organization: login.organization.as_str().into(),
                url: ScriptValue::default(),
            },
            Backend::SelfManaged(own) => {
                passphrase = own.passphrase.as_ref().map(|name| declared(design, name.as_str()));
                script::Backend::SelfManaged { url: self.text("Backend", &own.url) }
            }
        };
        let mut clouds = script::Clouds::default();
        match &pulumi.credentials {
            // An AWS step has its credentials from Octopus itself.
            CloudCredentials::Ambient | CloudCredentials::Aws(_) => {}
            CloudCredentials::Azure(account) => {
                clouds.azure_account = Some(declared(design, account.variable.as_str()));
            }
            CloudCredentials::Google(account) => {
                clouds.google_account = Some(declared(design, account.variable.as_str()));
            }
        }
        StackAccess { program, stack, backend, passphrase, clouds, ..StackAccess::default() }
    }

    fn run(&mut self, step: &PulumiStep, run: &RunStep) -> script::Script {
        let message = match run.message.as_str() {
            "" => script::PulumiSettings::default_message(),
            text => self.text("Message", text),
        };
        let settings = script::PulumiSettings {
            access: self.access(step, &run.source, &run.stack),
            create_stack: run.creates_stack,
            secrets_provider: self.text("Secrets provider", &run.secrets_provider),
            restore: self.restore(run),
            config_file: self.text("Settings file", &run.config_file),
            message,
            parallel: self.parallel(&run.parallel),
            diff: run.shows_diff,
            refresh: run.refreshes,
            arguments: run.arguments.iter().map(|one| self.text("Arguments", one)).collect(),
            artifacts: true,
        };
        match run.operation {
            PulumiOperation::Preview => script::Script::Preview(settings),
            PulumiOperation::Up => script::Script::Up(settings, self.up(run)),
            PulumiOperation::Refresh => {
                script::Script::Refresh(settings, script::RefreshSettings::default())
            }
            PulumiOperation::Destroy => script::Script::Destroy(settings, self.destroy()),
        }
    }

    fn restore(&mut self, run: &RunStep) -> script::Restore {
        match run.restore.kind {
            RestoreKind::Pulumi => script::Restore::PulumiInstall,
            RestoreKind::No => script::Restore::None,
            RestoreKind::Command => {
                if run.restore.command.contains("#{") {
                    let what = "The restore command has #{…} in it, which is not filled in.";
                    self.say(
                        Finding::warning("export/expression-not-read", self.place(), what)
                            .do_this("Use get_octopusvariable in the command."),
                    );
                }
                script::Restore::Commands(vec![run.restore.command.clone()])
            }
        }
    }

    fn parallel(&mut self, text: &str) -> Option<u32> {
        let count = text.trim().parse().ok().filter(|count| *count > 0);
        if count.is_none() && !text.trim().is_empty() {
            let what =
                format!("\"{text}\" is no number of resources; Pulumi's own choice is taken.");
            self.say(
                Finding::warning("export/bad-number", self.place(), what)
                    .do_this("Write a whole number from 1, or nothing."),
            );
        }
        count
    }

    fn up(&mut self, run: &RunStep) -> script::UpSettings {
        let mut up = script::UpSettings::default();
        if let Some(id) = &run.verifies {
            up.expected_digest =
                self.preview_name(id).map(|name| script::UpSettings::digest_of(&name));
            if up.expected_digest.is_none() {
                let what = "The preview that this step should agree with is not in its process.";
                self.say(
                    Finding::error("export/no-preview", self.place(), what)
                        .because("The step applies whatever it finds.")
                        .do_this("Choose a preview step of the same process."),
                );
            }
        }
        up.outputs = match (run.publishes_outputs, run.publishes_secrets) {
            (_, true) => script::PublishOutputs::All,
            (true, false) => script::PublishOutputs::Plain,
            (false, false) => script::PublishOutputs::None,
        };
        up
    }

    /// The name of the action `id`, if it stands in the same process.
    fn preview_name(&self, id: &crate::model::ActionId) -> Option<String> {
        let project = &self.design.project;
        let runbooks = project.runbooks.iter().map(|runbook| &runbook.process);
        std::iter::once(&project.process)
            .chain(runbooks)
            .find(|process| process.actions().any(|(_, one)| one.id == self.action.id))?
            .actions()
            .find(|(_, one)| one.id == *id)
            .map(|(_, one)| one.name.to_string())
    }

    /// Lets the step destroy only where it may run and nothing is protected.
    fn destroy(&mut self) -> script::DestroySettings {
        let environments = self.design.space.environments.iter();
        let allowed: Vec<_> = environments
            .filter(|one| self.action.runs_in(&one.id) && !one.is_protected)
            .map(|one| ScriptValue::from(one.name.as_str()))
            .collect();
        if allowed.is_empty() {
            let what = "The step may destroy no stack at all.";
            self.say(
                Finding::warning("export/destroys-nothing", self.place(), what)
                    .because("It runs in protected environments only, or in none.")
                    .do_this("Limit it to an environment without protection."),
            );
        }
        script::DestroySettings {
            confirmation: ScriptValue::variable(declared(self.design, CONFIRM_VARIABLE)),
            allowed_environments: allowed,
            ..script::DestroySettings::default()
        }
    }
}

/// Whether Octopus can fill in what bash can't read.
fn is_expression(error: &Unsupported) -> bool {
    let broken = ["has a NUL", "is never closed", "names no variable"];
    !broken.iter().any(|start| error.reason.starts_with(start))
}

/// The prompted variable into which a person types the stack to destroy.
pub const CONFIRM_VARIABLE: &str = "Pulumi.ConfirmStack";

/// The variable called `name`, of the project or a set that it includes.
#[must_use]
pub fn find_variable<'a>(design: &'a Design, name: &str) -> Option<&'a Variable> {
    let project = &design.project;
    let sets = project.included_sets.iter().filter_map(|id| design.space.library_sets.get(id));
    std::iter::once(&project.variables)
        .chain(sets.map(|set| &set.variables))
        .flat_map(|variables| variables.iter())
        .find(|variable| variable.name.is_same(name))
        .map(|variable| &**variable)
}

/// The name as the design declares it; as it is where nobody declares it.
fn declared(design: &Design, name: &str) -> String {
    find_variable(design, name).map_or(name, |variable| variable.name.as_str()).to_owned()
}
