//! The fixed folder of the guide: the step that extracts to it, by Pulpo's
//! script or the guide's own, and the steps that leave things there for others.
//!
//! Source: reference, pulumi, sections 5.1 and 5.2, H1 to H5.

use super::spot::{Spot, actions, at, before, change_action, gone, process_mut, pulumi_mut};
use super::{Change, Finds, Kind, script};
use crate::catalog::community::FOLDER;
use crate::edit::{Refusal, steps};
use crate::export::design_reference;
use crate::model::process::{
    ActionKind, ConfigOverrideStep, ExtractStep, ExtractStyle, ProgramSource, PulumiAction, keys,
};
use crate::model::{Action, Design, PackageReference, PulumiStep};
use crate::record::{Extra, Field};

/// Where the guide's style extracts to unless the step says another folder.
const GUIDE_FOLDER: &str = "/tmp/pulumi-app";
/// What a settings file is called unless the step says another name.
const OVERRIDE_FILE: &str = "Pulumi.override.yaml";

/// An extraction to a fixed folder.
pub struct Extraction {
    /// The name of the package reference.
    pub reference: String,
    /// The folder of the package that is copied, without slashes around it.
    pub folder: String,
    /// The folder on the worker, without a slash at its end.
    pub target: String,
    /// The package, if the step or the design names it.
    pub package: Option<PackageReference>,
}

/// What `action` extracts, if it does so in the guide's manner.
pub fn extraction_of(design: &Design, action: &Action) -> Option<Extraction> {
    let found = match action.pulumi_step() {
        Some(PulumiStep::Extract(extract)) if extract.style == ExtractStyle::Guide => {
            let or = |own: &str, usual: &str| if own.is_empty() { usual } else { own }.to_owned();
            let reference = or(&extract.reference, &design_reference(design));
            let folder = or(&extract.folder, &design.pulumi.folder);
            (reference, folder, or(&extract.target, GUIDE_FOLDER))
        }
        Some(_) => return None,
        None => {
            let read = script::read(action)?;
            (read.reference, read.folder, read.target)
        }
    };
    let (reference, folder, target) = found;
    let target = target.trim_end_matches('/').to_owned();
    if target.is_empty() || target.contains("#{") {
        return None;
    }
    let own = action.packages.iter().find(|one| one.name == reference).cloned();
    let package = own.map(|one| PackageReference { octopus_id: String::new(), ..one });
    let usual = (reference == design_reference(design)).then_some(design.pulumi.package.as_ref());
    let usual = usual.flatten().map(|key| PackageReference::extracted(&*reference, key.clone()));
    let folder = folder.trim_matches('/').to_owned();
    Some(Extraction { folder, target, package: package.or(usual), reference })
}

/// The nearest extraction before `spot` that leaves `path`, and what of the
/// path is below its folder.
pub fn extraction_before(design: &Design, spot: &Spot, path: &str) -> Option<(Extraction, String)> {
    before(design, spot).into_iter().find_map(|(_, action)| {
        let found = extraction_of(design, action)?;
        let below = below(path, &found.target)?;
        Some((found, below))
    })
}

/// What of `path` is below `folder`; nothing where it is elsewhere.
fn below(path: &str, folder: &str) -> Option<String> {
    let rest = path.trim_end_matches('/').strip_prefix(folder)?;
    match rest.strip_prefix('/') {
        Some(rest) => Some(rest.to_owned()),
        None => rest.is_empty().then(String::new),
    }
}

/// The name of the file that a step writes.
pub fn file_of(config: &ConfigOverrideStep) -> &str {
    if config.file.is_empty() { OVERRIDE_FILE } else { &config.file }
}

/// The whole path of a file of the program.
pub fn absolute(source: &ProgramSource, file: &str) -> String {
    match source {
        ProgramSource::Folder(folder) if !file.starts_with('/') && !file.starts_with("#{") => {
            format!("{}/{file}", folder.path.trim_end_matches('/'))
        }
        _ => file.to_owned(),
    }
}

/// Finds steps whose settings file nobody reads any more.
pub fn find_override(design: &Design, earlier: &[Change], finds: &mut Finds) {
    for (spot, _, action) in actions(design) {
        let Some(PulumiStep::ConfigOverride(config)) = action.pulumi_step() else { continue };
        let ProgramSource::Folder(folder) = &config.source else { continue };
        if extraction_before(design, &spot, &folder.path).is_none() {
            continue;
        }
        let file = file_of(config);
        let name = file.rsplit('/').next().unwrap_or(file);
        let readers = after(design, earlier, &spot, Kind::OwnPackage);
        if !is_run_after(design, &spot) || is_spoken_of(design, &spot, &[name]) {
            continue;
        }
        let what = format!("“{}” goes; its settings are arguments of the steps.", action.name);
        finds.offer(&spot, what, readers);
    }
}

/// Finds extractions whose folder nobody uses any more.
pub fn find_extract(design: &Design, earlier: &[Change], finds: &mut Finds) {
    for (spot, _, action) in actions(design) {
        let Some(found) = extraction_of(design, action) else { continue };
        let mut needs = after(design, earlier, &spot, Kind::OwnPackage);
        // What is taken out is not there any more to be found behind the spot.
        let is_own = |one: &&Change| one.owner == spot.owner && one.kind == Kind::NoOverride;
        needs.extend(earlier.iter().filter(is_own).map(|one| one.id.clone()));
        if !is_run_after(design, &spot) || is_spoken_of(design, &spot, &[&found.target]) {
            continue;
        }
        finds.offer(&spot, format!("“{}” goes, and with it {}.", action.name, found.target), needs);
    }
}

/// Finds extractions whose folder is still used.
pub fn find_shared(design: &Design, _: &[Change], finds: &mut Finds) {
    for (spot, _, action) in actions(design) {
        let Some(found) = extraction_of(design, action) else { continue };
        let mut trial = design.clone();
        let mut is_possible = harden(&mut trial, &spot).is_ok();
        // A script that names the folder would look in vain.
        is_possible &= !is_spoken_of_by(&trial, &spot, &[&found.target]);
        if !is_possible {
            let why = format!("Another step speaks of {} in its own words.", found.target);
            finds.leave(design, &spot, why);
            continue;
        }
        let what = format!(
            "“{}” extracts to a folder of its own; the steps that use {} are told its path.",
            action.name, found.target
        );
        finds.offer(&spot, what, Vec::new());
    }
}

/// Whether Pulumi runs behind `spot`, so that something was left there for it.
fn is_run_after(design: &Design, spot: &Spot) -> bool {
    let all = actions(design);
    let own = all.iter().filter(|(one, _, _)| one.owner == spot.owner);
    own.skip_while(|(one, _, _)| one.action != spot.action)
        .any(|(_, _, action)| matches!(action.pulumi_step(), Some(PulumiStep::Run(_))))
}

/// The ids of earlier changes of `kind` at steps behind `spot`.
fn after(design: &Design, earlier: &[Change], spot: &Spot, kind: Kind) -> Vec<String> {
    let all = actions(design);
    let own = all.iter().filter(|(one, _, _)| one.owner == spot.owner);
    let later: Vec<&str> =
        own.map(|(one, _, _)| one.action.as_str()).skip_while(|id| *id != spot.action).collect();
    let is_later = |change: &&Change| {
        change.kind == kind && change.owner == spot.owner && later.contains(&change.action.as_str())
    };
    earlier.iter().filter(is_later).map(|change| change.id.clone()).collect()
}

/// Whether anything but the step at `spot` has one of these words, or speaks of
/// the step by its name.
fn is_spoken_of(design: &Design, spot: &Spot, words: &[&str]) -> bool {
    let Some((_, action)) = at(design, spot) else { return true };
    let names = [format!("Action[{}]", action.name), format!("Step[{}]", action.name)];
    let words: Vec<&str> = words.iter().copied().chain(names.iter().map(String::as_str)).collect();
    is_spoken_of_by(design, spot, &words)
}

/// Whether anything but the step at `spot` has one of these words: its own
/// process, or a variable. Other processes extract for themselves.
fn is_spoken_of_by(design: &Design, spot: &Spot, words: &[&str]) -> bool {
    let mut rest = design.clone();
    if take_out(&mut rest, spot).is_err() {
        return true;
    }
    let Some(process) = steps::process(&rest, &spot.owner) else { return true };
    let mut text = process.write().to_string();
    text.push_str(&rest.project.variables.write().to_string());
    for set in &rest.space.library_sets {
        text.push_str(&set.write().to_string());
    }
    words.iter().any(|word| {
        let quoted = serde_json::Value::from(*word).to_string();
        text.contains(quoted.trim_matches('"'))
    })
}

/// Takes the step at `spot` out of its process.
pub fn take_out(design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
    let Some((step, action)) = at(design, spot) else { return gone() };
    let address = format!("{}/{}", step.id, action.id);
    *design = steps::delete(design, &spot.owner, &address).apply(design)?;
    Ok(())
}

/// Lets the extraction at `spot` make a folder of the deployment's own, and
/// tells its path to all that use it.
pub fn harden(design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
    let Some((_, action)) = at(design, spot) else { return gone() };
    let Some(found) = extraction_of(design, action) else { return gone() };
    let path = format!("#{{Octopus.Action[{}].Output.AppPath}}", action.name);
    let target = found.target.clone();
    let is_usual = found.reference == design_reference(design);
    let usual_folder = design.pulumi.folder.trim_matches('/').to_owned();
    change_action(design, spot, |action| {
        if !action.packages.iter().any(|one| one.name == found.reference) {
            action.packages.extend(found.package);
        }
        let step = PulumiStep::Extract(ExtractStep {
            style: ExtractStyle::Hardened,
            reference: if is_usual { String::new() } else { found.reference },
            folder: if found.folder == usual_folder { String::new() } else { found.folder },
            ..ExtractStep::default()
        });
        if let Some(own) = pulumi_mut(action) {
            *own = step;
            return Ok(());
        }
        let made = PulumiAction { step, extra: Extra::default() };
        action.kind = ActionKind::Pulumi(Box::new(made));
        for key in keys::OF_SCRIPTS.into_iter().chain([keys::BUNDLED_TOOLING]) {
            action.properties.remove(key);
        }
        Ok(())
    })?;
    let Some(process) = process_mut(design, &spot.owner) else { return gone() };
    process.steps.update_each(|step| {
        let mut step = step.clone();
        let mut is_changed = false;
        for action in step.actions.iter_mut() {
            is_changed |= move_folder(action, &target, &path);
        }
        is_changed.then_some(step)
    });
    Ok(())
}

/// Puts `path` where `action` says `target`. Says whether it did.
fn move_folder(action: &mut Action, target: &str, path: &str) -> bool {
    let moved = |text: &str| {
        let rest = below(text, target)?;
        Some(if rest.is_empty() { path.to_owned() } else { format!("{path}/{rest}") })
    };
    let mut is_changed = false;
    let mut put = |text: &mut String| {
        if let Some(new) = moved(text) {
            *text = new;
            is_changed = true;
        }
    };
    if let Some(step) = pulumi_mut(action) {
        match step {
            PulumiStep::Extract(_) => {}
            PulumiStep::ConfigOverride(config) => {
                put(&mut config.file);
                if let ProgramSource::Folder(folder) = &mut config.source {
                    put(&mut folder.path);
                }
            }
            PulumiStep::Run(run) => {
                put(&mut run.config_file);
                if let ProgramSource::Folder(folder) = &mut run.source {
                    put(&mut folder.path);
                }
            }
        }
        return is_changed;
    }
    if let Some(new) = moved(action.properties.text(FOLDER)) {
        action.properties.set_text(FOLDER, &new);
        return true;
    }
    false
}
