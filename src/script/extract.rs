//! Settings of the two extraction scripts.

use super::access::{extracted_path, package_reference};
use super::block::Block;
use super::value::ScriptValue;

/// The extraction as Pulumi's 2019 guide has it: one fixed folder that later
/// steps know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractGuide {
    /// Name of the package reference.
    pub reference: String,
    /// Folder of the package that is copied.
    pub folder: ScriptValue,
    /// Folder that is removed and made again.
    pub target: ScriptValue,
}

impl Default for ExtractGuide {
    fn default() -> Self {
        Self {
            reference: "pulumi-app".to_owned(),
            folder: "infrastructure".into(),
            target: "/tmp/pulumi-app".into(),
        }
    }
}

impl ExtractGuide {
    pub(super) fn block(&self) -> Block {
        let mut block = Block::default();
        block.variable_or_empty("extracted", Some(&extracted_path(&self.reference)));
        block.one("folder", &self.folder);
        block.one("target", &self.target);
        block
    }

    pub(super) fn read(block: &Block) -> Option<Self> {
        Some(Self {
            reference: reference(block)?,
            folder: block.get_one("folder")?,
            target: block.get_one("target")?,
        })
    }
}

/// The extraction that shares nothing: a new folder for each run, named after
/// the deployment, environment and tenant, and told to later steps as output
/// variable `AppPath`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtractHardened {
    /// Name of the package reference.
    pub reference: String,
    /// Folder of the package that is copied; empty for all of it.
    pub folder: ScriptValue,
    /// Folder in which the new one is made; empty for the worker's `TMPDIR`.
    pub root: ScriptValue,
    /// Days after which what earlier runs left behind is removed.
    pub keep_days: u32,
}

impl Default for ExtractHardened {
    fn default() -> Self {
        Self {
            reference: "pulumi-app".to_owned(),
            folder: "infrastructure".into(),
            root: ScriptValue::default(),
            keep_days: 30,
        }
    }
}

impl ExtractHardened {
    /// The output variable that holds the folder, for a later step.
    pub const OUTPUT: &'static str = "AppPath";

    pub(super) fn block(&self) -> Block {
        let mut block = Block::default();
        block.variable_or_empty("extracted", Some(&extracted_path(&self.reference)));
        block.one("folder", &self.folder);
        block.one("root", &self.root);
        block.text("keep_days", &self.keep_days.to_string());
        block
    }

    pub(super) fn read(block: &Block) -> Option<Self> {
        Some(Self {
            reference: reference(block)?,
            folder: block.get_one("folder")?,
            root: block.get_one("root")?,
            keep_days: block.get_text("keep_days")?.parse().ok()?,
        })
    }
}

fn reference(block: &Block) -> Option<String> {
    match block.get_one("extracted")? {
        ScriptValue::Variable(name) => package_reference(&name).map(str::to_owned),
        _ => None,
    }
}
