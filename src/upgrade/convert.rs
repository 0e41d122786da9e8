//! Community steps become steps of Pulpo's own.
//!
//! Source: reference, process, section 8; pulumi, section 3.2.

use super::Finds;
use super::command_line::{take, words};
use super::spot::{Spot, actions, at, change_action, gone};
use crate::catalog::community::{self, community_of};
use crate::catalog::{Community, Refers, refers};
use crate::edit::Refusal;
use crate::export::find_variable;
use crate::model::process::{
    ActionKind, ProgramFolder, ProgramPackage, ProgramSource, PulumiAction, PulumiOperation,
    Restore, RestoreKind, RunStep, keys,
};
use crate::model::pulumi::{AccountVariable, Backend};
use crate::model::{
    Action, CloudCredentials, Design, PropertyValue, PulumiStep, Step, VariableContent,
    VariableName,
};
use crate::record::Extra;

/// A community step as one of Pulpo's own, and what the whole design is told.
struct Converted {
    run: RunStep,
    /// The variable with the access token, where the design names another.
    token: Option<VariableName>,
    what: String,
}

/// Finds community steps.
pub fn find(design: &Design, finds: &mut Finds) {
    for (spot, step, action) in actions(design) {
        let Some(known) = community_of(design, action) else { continue };
        match convert(design, step, action, known) {
            Ok(done) => finds.offer(&spot, done.what, Vec::new()),
            Err(why) => finds.leave(design, &spot, why),
        }
    }
}

/// Makes the community step at `spot` one of Pulpo's own.
pub fn make(design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
    let Some((step, action)) = at(design, spot) else { return gone() };
    let Some(known) = community_of(design, action) else { return gone() };
    let done = convert(design, step, action, known).map_err(|why| Refusal(why.to_owned()))?;
    let credentials = credentials(design);
    let pulumi = &mut design.pulumi;
    if let (Some(token), Backend::Cloud(cloud)) = (done.token, &mut pulumi.backend) {
        cloud.token = Some(token);
    }
    if pulumi.credentials == CloudCredentials::Ambient {
        pulumi.credentials = credentials;
    }
    change_action(design, spot, |action| {
        let step = PulumiStep::Run(done.run);
        action.kind = ActionKind::Pulumi(Box::new(PulumiAction { step, extra: Extra::default() }));
        action.template = None;
        let own = action.properties.iter().filter(|(key, _)| !is_templates(key));
        action.properties = own.map(|(key, value)| (key.to_owned(), value.clone())).collect();
        Ok(())
    })
}

/// Whether the template, or the script that Pulpo writes, has this property.
fn is_templates(key: &str) -> bool {
    let others = [keys::BUNDLED_TOOLING, keys::TEMPLATE_VERSION];
    let mut scripts = keys::OF_SCRIPTS.iter().chain(&others);
    let asked = community::COMMUNITY.iter().flat_map(|one| one.parameters);
    refers(key) == Refers::StepTemplate
        || scripts.any(|own| own.eq_ignore_ascii_case(key))
        || asked.map(|one| one.name).any(|own| own.eq_ignore_ascii_case(key))
}

fn convert(
    design: &Design,
    step: &Step,
    action: &Action,
    known: &'static Community,
) -> Result<Converted, &'static str> {
    if !known.is_bash() {
        return Err("It runs PowerShell on Windows; the steps that Pulpo writes are bash.");
    }
    if !step.target_tags.is_empty() {
        return Err("It runs on deployment targets; the steps that Pulpo writes run on workers.");
    }
    let value = |key: &str| known.value(&action.properties, key).trim();
    let operation = match value(community::COMMAND) {
        "preview" => PulumiOperation::Preview,
        "up" | "update" => PulumiOperation::Up,
        "destroy" => PulumiOperation::Destroy,
        "refresh" => {
            return Err(
                "It runs pulumi refresh, which writes state; Pulpo's drift check does not.",
            );
        }
        _ => return Err("Its command is none that Pulpo has a step for."),
    };
    let mut run = RunStep { operation, ..RunStep::default() };
    let folder = value(community::FOLDER);
    let said = words(value(community::ARGUMENTS)).and_then(|words| take(&words, &mut run));
    let Some((other_folder, other_stack)) = said else {
        return Err("Its arguments can't be told apart.");
    };
    let folder = other_folder.unwrap_or_else(|| folder.to_owned());
    run.source = match folder.as_str() {
        "" if design.pulumi.package.is_none() => {
            return Err("It has no working directory, and the design names no package.");
        }
        "" => ProgramSource::Package(ProgramPackage::default()),
        path => ProgramSource::Folder(ProgramFolder {
            path: path.to_owned(),
            ..ProgramFolder::default()
        }),
    };
    run.stack =
        stack(design, action, &other_stack.unwrap_or_else(|| value(community::STACK).to_owned()));
    let is_on = |key: &str| value(key).eq_ignore_ascii_case("true");
    run.creates_stack = is_on(community::CREATE);
    let kind = if is_on(community::RESTORE) { RestoreKind::Pulumi } else { RestoreKind::No };
    run.restore = Restore { kind, ..Restore::default() };
    let token = token(design, action)?;
    let what = what(action, &run);
    Ok(Converted { run, token, what })
}

fn what(action: &Action, run: &RunStep) -> String {
    let mut what = format!("“{}” becomes a step {}.", action.name, run.operation.label());
    if run.operation == PulumiOperation::Destroy {
        what.push_str(
            " It asks for the stack's name when it is run, and destroys nothing in a protected \
             environment.",
        );
    }
    if run.restore.kind == RestoreKind::Pulumi {
        what.push_str(" Dependencies are restored, by pulumi install instead of npm.");
    }
    let secret = action.properties.get(community::TOKEN);
    if matches!(secret, Some(PropertyValue::Sensitive { has_value: true })) {
        what.push_str(
            " The access token that the step holds in Octopus has to be put into the variable that \
             the design signs in with.",
        );
    }
    what
}

/// The stack to say: nothing where it is the one that the design gives anyway.
fn stack(design: &Design, action: &Action, text: &str) -> String {
    let is_variable = text == format!("#{{{}}}", design.pulumi.stack_variable());
    let mut meant = design.space.environments.iter().filter(|one| action.runs_in(&one.id));
    let is_mapped = !text.contains("#{")
        && !design.pulumi.stacks.is_empty()
        && meant.all(|one| {
            design.pulumi.stack_of(&one.id).is_some_and(|stack| stack.to_string() == text)
        });
    if is_variable || is_mapped { String::new() } else { text.to_owned() }
}

/// The variable of the access token, if the design has to be told.
fn token(design: &Design, action: &Action) -> Result<Option<VariableName>, &'static str> {
    let Some(current) = design.pulumi.token_variable() else {
        return match design.pulumi.backend {
            Backend::SelfManaged(_) => {
                Err("It signs in to Pulumi Cloud, and the design keeps its state elsewhere.")
            }
            _ => Ok(None),
        };
    };
    let text = action.properties.text(community::TOKEN).trim();
    let name = text.strip_prefix("#{").and_then(|rest| rest.strip_suffix('}')).map(str::trim);
    let Some(name) = name.filter(|name| !name.eq_ignore_ascii_case(current)) else {
        return Ok(None);
    };
    let Ok(name) = VariableName::parse(name) else {
        return Err("Its access token is an expression that is no single variable.");
    };
    let runs = actions(design)
        .iter()
        .any(|(_, _, action)| matches!(action.pulumi_step(), Some(PulumiStep::Run(_))));
    if runs || find_variable(design, current).is_some() {
        return Err("It signs in with another access token than the design's other steps.");
    }
    Ok(Some(name))
}

/// The credentials that the community step reads: of the account variables AWS
/// or Azure, whichever the project has.
fn credentials(design: &Design) -> CloudCredentials {
    let has = |name: &str, is: fn(&VariableContent) -> bool| {
        let found = find_variable(design, name)?;
        found.values.iter().any(|one| is(&one.content)).then(|| found.name.clone())
    };
    let of = |variable: VariableName, region: String| AccountVariable {
        variable,
        region,
        extra: Extra::default(),
    };
    let regions = ["Region", "AWS.Region", "AwsRegion", "AWS_REGION"];
    if let Some(name) = has("AWS", |one| matches!(one, VariableContent::AwsAccount(_))) {
        let region = regions.iter().find_map(|name| find_variable(design, name));
        let region = region.map(|one| format!("#{{{}}}", one.name)).unwrap_or_default();
        return CloudCredentials::Aws(of(name, region));
    }
    match has("Azure", |one| matches!(one, VariableContent::AzureAccount(_))) {
        Some(name) => CloudCredentials::Azure(of(name, String::new())),
        None => CloudCredentials::Ambient,
    }
}
