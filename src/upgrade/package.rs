//! Steps that run Pulumi take the program from a package of their own, and what
//! another step wrote into the shared folder as arguments.
//!
//! Source: reference, pulumi, section 5.2, H1 and H5; `--config` is section 3.2.

use super::folder::{Extraction, absolute, extraction_before};
use super::spot::{Spot, actions, at, before, change_action, gone, pulumi_mut};
use super::{Change, Finds, Kind};
use crate::edit::{Refusal, refuse};
use crate::export::design_reference;
use crate::model::process::{
    ConfigEntry, ProgramPackage, ProgramSource, Restore, RestoreKind, RunStep,
};
use crate::model::{Action, Design, PulumiStep};

/// The settings file that a step reads, once the folder is not shared any more.
enum Settings {
    /// This one, in the package; or none.
    File(String),
    /// What the step of this name wrote.
    Of(String, Vec<ConfigEntry>),
}

/// How a step is changed.
struct Plan {
    extraction: Extraction,
    folder: String,
    settings: Settings,
    restore: Option<Restore>,
}

/// Finds steps that run Pulumi in the folder of an extraction.
pub fn find(design: &Design, earlier: &[Change], finds: &mut Finds) {
    for (spot, _, action) in actions(design) {
        let Some(PulumiStep::Run(run)) = action.pulumi_step() else { continue };
        match plan(design, &spot, run) {
            None => {}
            Some(Err(why)) => finds.leave(design, &spot, why),
            Some(Ok(plan)) => {
                let needs = needs(earlier, &spot, &[Kind::OwnStep]);
                finds.offer(&spot, what(action, &plan), needs);
            }
        }
    }
}

/// The ids of earlier changes of these kinds at `spot`.
pub fn needs(earlier: &[Change], spot: &Spot, kinds: &[Kind]) -> Vec<String> {
    let is_there = |id: &String| earlier.iter().any(|change| change.id == *id);
    kinds.iter().map(|kind| kind.id(spot)).filter(is_there).collect()
}

fn plan(design: &Design, spot: &Spot, run: &RunStep) -> Option<Result<Plan, String>> {
    let ProgramSource::Folder(folder) = &run.source else { return None };
    let (extraction, below) = extraction_before(design, spot, &folder.path)?;
    if extraction.package.is_none() {
        return Some(Err("The design does not say which package its program is in.".to_owned()));
    }
    let folder = match (extraction.folder.as_str(), below.as_str()) {
        (folder, "") => folder.to_owned(),
        ("", below) => below.to_owned(),
        (folder, below) => format!("{folder}/{below}"),
    };
    let settings = match settings(design, spot, run) {
        Ok(settings) => settings,
        Err(why) => return Some(Err(why)),
    };
    // A folder of its own has nothing of what an earlier step restored.
    let restore = (run.restore.kind == RestoreKind::No)
        .then(|| {
            let runs = before(design, spot).into_iter().filter(|(_, one)| !one.is_disabled);
            let mut kinds = runs.filter_map(|(_, one)| match one.pulumi_step() {
                Some(PulumiStep::Run(run)) => Some(&run.restore),
                _ => None,
            });
            kinds.find(|one| one.kind != RestoreKind::No).cloned()
        })
        .flatten();
    Some(Ok(Plan { extraction, folder, settings, restore }))
}

fn settings(design: &Design, spot: &Spot, run: &RunStep) -> Result<Settings, String> {
    let file = run.config_file.as_str();
    if file.is_empty() {
        return Ok(Settings::File(String::new()));
    }
    let own = absolute(&run.source, file);
    for (_, action) in before(design, spot) {
        let Some(PulumiStep::ConfigOverride(config)) = action.pulumi_step() else { continue };
        let output = format!("#{{Octopus.Action[{}].Output.ConfigFile}}", action.name);
        if file != output && absolute(&config.source, super::folder::file_of(config)) != own {
            continue;
        }
        let secrets = sensitive_names(design);
        let is_secret = |entry: &ConfigEntry| {
            let value = entry.value.to_lowercase();
            entry.is_secret || secrets.iter().any(|name| value.contains(name))
        };
        if config.entries.iter().any(is_secret) {
            return Err(format!(
                "It reads secrets from the file of “{}”; as arguments they would stand in plain \
                 text.",
                action.name
            ));
        }
        return Ok(Settings::Of(action.name.to_string(), config.entries.clone()));
    }
    let ProgramSource::Folder(folder) = &run.source else {
        return Ok(Settings::File(file.to_owned()));
    };
    let inside = file.strip_prefix(folder.path.trim_end_matches('/'));
    match inside.and_then(|rest| rest.strip_prefix('/')) {
        Some(inside) => Ok(Settings::File(inside.to_owned())),
        None if file.starts_with('/') || file.contains("#{") => {
            Err(format!("It reads the settings file {file}, which is in no package."))
        }
        None => Ok(Settings::File(file.to_owned())),
    }
}

/// The sensitive variables that the project sees, as expressions read them, in
/// lower case.
fn sensitive_names(design: &Design) -> Vec<String> {
    let sets = design.project.included_sets.iter();
    let sets = sets.filter_map(|id| design.space.library_sets.get(id)).map(|set| &set.variables);
    std::iter::once(&design.project.variables)
        .chain(sets)
        .flat_map(|variables| variables.iter())
        .filter(|variable| variable.values.iter().any(|one| one.content.is_sensitive()))
        .map(|variable| format!("{{{}", variable.name).to_lowercase())
        .collect()
}

fn what(action: &Action, plan: &Plan) -> String {
    let Extraction { reference, target, .. } = &plan.extraction;
    let from = match plan.folder.as_str() {
        "" => format!("the package {reference}"),
        folder => format!("the folder {folder} of the package {reference}"),
    };
    let mut what = format!("“{}” takes {from}, instead of {target}.", action.name);
    if let Settings::Of(name, entries) = &plan.settings {
        let many = match entries.len() {
            1 => "The setting".to_owned(),
            many => format!("The {many} settings"),
        };
        what.push_str(&format!(
            " {many} of “{name}” become arguments; besides them, the stack's own settings file in \
             the package counts."
        ));
    }
    if plan.restore.is_some() {
        what.push_str(" It restores the program's dependencies itself.");
    }
    what
}

/// Lets the step at `spot` take the program from a package of its own.
pub fn make(design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
    let Some((_, action)) = at(design, spot) else { return gone() };
    let Some(PulumiStep::Run(run)) = action.pulumi_step() else { return gone() };
    let plan = match plan(design, spot, run) {
        Some(Ok(plan)) => plan,
        Some(Err(why)) => return refuse(why),
        None => return gone(),
    };
    let is_usual = plan.extraction.reference == design_reference(design);
    let reference = if is_usual { String::new() } else { plan.extraction.reference.clone() };
    let is_usual = plan.folder == design.pulumi.folder.trim_matches('/');
    let folder = if is_usual { String::new() } else { plan.folder };
    change_action(design, spot, |action| {
        let name = &plan.extraction.reference;
        if let Some(package) = plan.extraction.package
            && !action.packages.iter().any(|one| one.name == *name)
        {
            action.packages.push(package);
        }
        let Some(PulumiStep::Run(run)) = pulumi_mut(action) else { return gone() };
        run.source = ProgramSource::Package(ProgramPackage {
            reference,
            folder,
            ..ProgramPackage::default()
        });
        match plan.settings {
            Settings::File(file) => run.config_file = file,
            Settings::Of(_, entries) => {
                run.config_file = String::new();
                for entry in entries {
                    run.arguments.push("--config".to_owned());
                    run.arguments.push(format!("{}={}", entry.key, entry.value));
                }
            }
        }
        if let Some(restore) = plan.restore {
            run.restore = restore;
        }
        Ok(())
    })
}
