//! Settings of Pulpo's own steps, by the keys of their forms.

use super::gone;
use crate::edit::{Refusal, refuse};
use crate::model::ActionId;
use crate::model::process::{
    ConfigEntry, ConfigOverrideStep, ExtractStep, ExtractStyle, ProgramFolder, ProgramPackage,
    ProgramSource, PulumiStep, RestoreKind, RunStep,
};

/// Sets what `key` names to `text`.
pub(super) fn set(step: &mut PulumiStep, key: &str, text: &str) -> Result<(), Refusal> {
    match step {
        PulumiStep::Extract(step) => set_extract(step, key, text),
        PulumiStep::ConfigOverride(step) => set_config(step, key, text),
        PulumiStep::Run(step) => set_run(step, key, text),
    }
}

fn set_extract(step: &mut ExtractStep, key: &str, text: &str) -> Result<(), Refusal> {
    match key {
        "style" => step.style = ExtractStyle::from_word(text).unwrap_or_default(),
        "reference" => text.trim().clone_into(&mut step.reference),
        "folder" => text.trim().clone_into(&mut step.folder),
        "target" => text.trim().clone_into(&mut step.target),
        _ => return gone(),
    }
    Ok(())
}

fn set_source(source: &mut ProgramSource, key: &str, text: &str) -> Result<(), Refusal> {
    match (key, source) {
        ("from", source) => {
            *source = match text {
                "folder" => ProgramSource::Folder(ProgramFolder::default()),
                _ => ProgramSource::Package(ProgramPackage::default()),
            };
        }
        ("reference", ProgramSource::Package(package)) => {
            text.trim().clone_into(&mut package.reference);
        }
        ("folder", ProgramSource::Package(package)) => text.trim().clone_into(&mut package.folder),
        ("path", ProgramSource::Folder(folder)) => text.trim().clone_into(&mut folder.path),
        _ => return gone(),
    }
    Ok(())
}

fn set_config(step: &mut ConfigOverrideStep, key: &str, text: &str) -> Result<(), Refusal> {
    if key == "file" {
        text.trim().clone_into(&mut step.file);
        return Ok(());
    }
    let Some(entry) = key.strip_prefix("entry:") else {
        return set_source(&mut step.source, key, text);
    };
    if entry == "add" {
        let name = text.trim();
        if name.is_empty() {
            return refuse("A setting has a key, such as aws:region.");
        }
        if step.entries.iter().any(|one| one.key == name) {
            return refuse(format!("There is a setting {name} already."));
        }
        step.entries.push(ConfigEntry::new(name, ""));
        return Ok(());
    }
    let (index, what) = entry.split_once(':').unwrap_or((entry, ""));
    let index = index.parse::<usize>().unwrap_or(usize::MAX);
    if what == "remove" {
        if index < step.entries.len() {
            step.entries.remove(index);
        }
        return Ok(());
    }
    let Some(entry) = step.entries.get_mut(index) else { return gone() };
    match what {
        "key" => text.trim().clone_into(&mut entry.key),
        "value" => text.clone_into(&mut entry.value),
        "secret" => entry.is_secret = text == "True",
        _ => return gone(),
    }
    Ok(())
}

fn set_run(step: &mut RunStep, key: &str, text: &str) -> Result<(), Refusal> {
    let is_on = text == "True";
    match key {
        "stack" => text.trim().clone_into(&mut step.stack),
        "creates" => step.creates_stack = is_on,
        "secrets-provider" => text.trim().clone_into(&mut step.secrets_provider),
        "restore" => step.restore.kind = RestoreKind::from_word(text).unwrap_or_default(),
        "restore-command" => text.trim().clone_into(&mut step.restore.command),
        "config-file" => text.trim().clone_into(&mut step.config_file),
        "diff" => step.shows_diff = is_on,
        "refresh" => step.refreshes = is_on,
        "parallel" => {
            let text = text.trim();
            if !text.is_empty() && text.parse::<u32>().map_or(true, |count| count == 0) {
                return refuse("A whole number from 1, or nothing for Pulumi's own choice.");
            }
            text.clone_into(&mut step.parallel);
        }
        "message" => text.trim().clone_into(&mut step.message),
        "arguments" => step.arguments = super::field::lines(text),
        "verifies" => step.verifies = ActionId::parse(text).ok(),
        "outputs" => step.publishes_outputs = is_on,
        "secret-outputs" => step.publishes_secrets = is_on,
        _ => return set_source(&mut step.source, key, text),
    }
    Ok(())
}
