//! The sections of Pulpo's own steps.

use super::choices;
use super::form::{Control, Field, Section};
use crate::model::process::{
    ConfigOverrideStep, ExtractStep, ExtractStyle, ProgramSource, PulumiOperation, PulumiStep,
    RestoreKind, RunStep,
};
use crate::model::{Design, Process};

/// What the step does, as fields.
pub(super) fn sections(design: &Design, process: &Process, step: &PulumiStep) -> Vec<Section> {
    match step {
        PulumiStep::Extract(step) => vec![extract(design, step)],
        PulumiStep::ConfigOverride(step) => config(design, step),
        PulumiStep::Run(step) => run(design, process, step),
    }
}

fn field(key: &str, label: &str, help: &'static str, control: Control, value: &str) -> Field {
    Field::new(format!("pulumi:{key}"), label, help, control, value)
}

fn check(key: &str, label: &str, help: &'static str, is_on: bool) -> Field {
    Field::check(format!("pulumi:{key}"), label, help, is_on)
}

fn pairs(all: impl Iterator<Item = (&'static str, &'static str)>) -> Control {
    Control::Select(all.map(|(word, label)| (word.to_owned(), label.to_owned())).collect())
}

fn reference(design: &Design, value: &str) -> Field {
    let usual = match design.pulumi.reference.as_str() {
        "" => design
            .pulumi
            .package
            .as_ref()
            .and_then(|key| design.project.packages.get(key))
            .map_or("The design's package", |one| one.package_id.as_str()),
        name => name,
    };
    field(
        "reference",
        "Package reference",
        "The name of one of the packages below.",
        Control::Text,
        value,
    )
    .hint(usual)
}

fn folder(design: &Design, value: &str) -> Field {
    let usual = match design.pulumi.folder.as_str() {
        "" => "The package's root",
        folder => folder,
    };
    let help = "The folder in the package that holds Pulumi.yaml.";
    field("folder", "Folder in the package", help, Control::Code, value).hint(usual)
}

fn source(design: &Design, source: &ProgramSource) -> Vec<Field> {
    let from = field(
        "from",
        "The program is in",
        "",
        pairs(
            [("package", "A package of this step"), ("folder", "A folder on the worker")]
                .into_iter(),
        ),
        source.word(),
    );
    match source {
        ProgramSource::Package(package) => {
            vec![from, reference(design, &package.reference), folder(design, &package.folder)]
        }
        ProgramSource::Folder(path) => {
            let help = "A path, or the output of an extract step. Both steps need the same worker.";
            let mut path = field("path", "Folder on the worker", help, Control::Code, &path.path)
                .hint("#{Octopus.Action[Extract package].Output.AppPath}");
            path.is_missing = path.value.is_empty();
            vec![from, path]
        }
    }
}

fn extract(design: &Design, step: &ExtractStep) -> Section {
    let styles = ExtractStyle::ALL.iter().map(|one| (one.word(), one.label()));
    let mut fields = vec![
        field("style", "Extract to", "", pairs(styles), step.style.word()),
        reference(design, &step.reference),
        folder(design, &step.folder),
    ];
    if step.style == ExtractStyle::Guide {
        let help = "Shared by all deployments on this worker.";
        fields.push(field("target", "Folder on the worker", help, Control::Code, &step.target));
    }
    Section { title: "What it does", fields }
}

fn config(design: &Design, step: &ConfigOverrideStep) -> Vec<Section> {
    let mut fields = source(design, &step.source);
    let help = "From the program's folder.";
    fields.push(
        field("file", "Settings file", help, Control::Code, &step.file)
            .hint("Pulumi.override.yaml"),
    );
    let mut entries = Vec::new();
    for (index, entry) in step.entries.iter().enumerate() {
        let key = |what: &str| format!("entry:{index}:{what}");
        entries.push(field(&key("remove"), &entry.key, "", Control::Part, ""));
        let label = format!("Value of {}", entry.key);
        entries.push(field(&key("value"), &label, "", Control::Code, &entry.value));
        let help = "Then the value is #{Name} of one sensitive variable.";
        entries.push(check(
            &key("secret"),
            &format!("{} is a secret", entry.key),
            help,
            entry.is_secret,
        ));
    }
    entries.push(
        field("entry:add", "Add a setting", "Its configuration key.", Control::Adder, "")
            .hint("aws:region"),
    );
    vec![Section { title: "What it does", fields }, Section { title: "Settings", fields: entries }]
}

fn run(design: &Design, process: &Process, step: &RunStep) -> Vec<Section> {
    let mut fields = source(design, &step.source);
    let is_up = step.operation == PulumiOperation::Up;
    if is_up {
        let value = step.verifies.as_ref().map(ToString::to_string).unwrap_or_default();
        let help = "It stops if the changes are no longer those that the preview showed.";
        let control = Control::PickOne(choices::previews(process), false);
        fields.push(
            field("verifies", "Must agree with the preview", help, control, &value)
                .hint("No preview"),
        );
    }
    fields.push(check("diff", "Show differences in full", "--diff", step.shows_diff));
    if step.operation != PulumiOperation::Refresh {
        let help = "--refresh: reads from the cloud what is really there.";
        fields.push(check("refresh", "Refresh the state first", help, step.refreshes));
    }
    if is_up {
        let help = "As output variables of this step.";
        fields.push(check("outputs", "Publish stack outputs", help, step.publishes_outputs));
        if step.publishes_outputs || step.publishes_secrets {
            let help = "As sensitive output variables.";
            let is_on = step.publishes_secrets;
            fields.push(check("secret-outputs", "Publish secret outputs too", help, is_on));
        }
    }
    vec![Section { title: "What it does", fields }, options(design, step, is_up)]
}

fn options(design: &Design, step: &RunStep, is_up: bool) -> Section {
    let mut fields = vec![
        field("stack", "Stack", "", Control::Code, &step.stack)
            .hint(format!("#{{{}}}", design.pulumi.stack_variable())),
        check("creates", "Create the stack if it is missing", "", step.creates_stack),
    ];
    if step.creates_stack {
        fields.push(
            field(
                "secrets-provider",
                "Secrets provider",
                "",
                Control::Code,
                &step.secrets_provider,
            )
            .hint("The backend's own"),
        );
    }
    let kinds = RestoreKind::ALL.iter().map(|one| (one.word(), one.label()));
    let kind = step.restore.kind;
    fields.push(field("restore", "Restore dependencies by", "", pairs(kinds), kind.word()));
    if kind == RestoreKind::Command {
        let command = &step.restore.command;
        fields.push(field("restore-command", "Command", "", Control::Code, command));
    }
    let help = "In place of the stack's own, from the program's folder.";
    fields.push(
        field("config-file", "Settings file", help, Control::Code, &step.config_file)
            .hint("The stack's own"),
    );
    fields.push(
        field("parallel", "Resources at once", "", Control::Text, &step.parallel)
            .hint("Pulumi's choice"),
    );
    if is_up || step.operation == PulumiOperation::Destroy {
        let help = "Stands in the stack's history.";
        fields.push(
            field("message", "Message", help, Control::Code, &step.message)
                .hint("Release, environment and deployment"),
        );
    }
    let arguments = step.arguments.join("\n");
    fields.push(field(
        "arguments",
        "Further arguments",
        "One a line.",
        Control::Lines(2),
        &arguments,
    ));
    Section { title: "Pulumi options", fields }
}
