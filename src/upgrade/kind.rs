//! The kinds of changes, in the order in which they are made, each with its
//! reason and where that stands.

use super::spot::Spot;
use super::{Change, Finds, container, convert, folder, package, preview};
use crate::edit::Refusal;
use crate::model::{Design, ProcessOwner};

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A community step becomes one of Pulpo's own.
    OwnStep,
    /// A step takes the program from a package of its own.
    OwnPackage,
    /// A step that wrote settings for others goes.
    NoOverride,
    /// The extraction goes.
    NoExtract,
    /// The extraction goes to a folder of the deployment's own.
    OwnFolder,
    /// An up must agree with what was previewed.
    Agree,
    /// A step is skipped when there is nothing to change.
    OnlyChanges,
    /// A step runs in a container.
    Container,
}

impl Kind {
    /// All of them, in the order in which they are made.
    pub const ALL: &'static [Self] = &[
        Self::OwnStep,
        Self::OwnPackage,
        Self::NoOverride,
        Self::NoExtract,
        Self::OwnFolder,
        Self::Agree,
        Self::OnlyChanges,
        Self::Container,
    ];

    /// The word in ids.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OwnStep => "own-step",
            Self::OwnPackage => "own-package",
            Self::NoOverride => "no-override",
            Self::NoExtract => "no-extract",
            Self::OwnFolder => "own-folder",
            Self::Agree => "agree",
            Self::OnlyChanges => "only-changes",
            Self::Container => "container",
        }
    }

    /// What it is, as a verb phrase.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OwnStep => "Replace community steps",
            Self::OwnPackage => "Give each step its own copy of the package",
            Self::NoOverride => "Take out the step that wrote settings",
            Self::NoExtract => "Take out the extraction",
            Self::OwnFolder => "Extract to a folder of the deployment's own",
            Self::Agree => "Apply only what was previewed",
            Self::OnlyChanges => "Skip what has nothing to do",
            Self::Container => "Run in a container with a fixed Pulumi CLI",
        }
    }

    /// Why one would, in a few sentences.
    #[must_use]
    pub fn why(self) -> &'static str {
        match self {
            Self::OwnStep => {
                "The community step reports a failed update as a success, runs against whatever \
                 stack was selected before when selecting fails, splits arguments at spaces, and \
                 installs the newest CLI from the network. Pulpo's steps stop at the first failure \
                 and say what it was."
            }
            Self::OwnPackage => {
                "One fixed folder is shared by all deployments on a worker, and Octopus does not \
                 promise that the next step runs on the same one. Only output variables and \
                 artifacts cross steps; one release gives all of them the same version of the \
                 package. Settings that another step wrote into the folder become arguments."
            }
            Self::NoOverride => "Nobody reads its file any more.",
            Self::NoExtract => "Nobody uses its folder any more.",
            Self::OwnFolder => {
                "Two deployments that extract to the same folder change each other's program. The \
                 steps still have to run on one worker: some of them can't have a package of \
                 their own."
            }
            Self::Agree => {
                "Between a preview and the update, the cloud or the program can change. The update \
                 previews again, and stops when that is not what somebody approved."
            }
            Self::OnlyChanges => {
                "A preview without changes needs neither approval nor update. Output variables of a \
                 step that is skipped have no value."
            }
            Self::Container => {
                "The CLI on a worker changes when somebody updates it, and a step that leaves files \
                 behind leaves them to the next. A container has one version and starts clean. The \
                 workers need Docker, and the image has to have what the program's runtime needs."
            }
        }
    }

    /// Where the reason stands, for whoever wants to read it there.
    ///
    /// Source: reference, process, 8.1 (L1 to L3, L9, L14, seen in runs); pulumi,
    /// 5.2 (H1 to H5, H14), 3.2 (`--config`), 5.4 and 6.1.
    #[must_use]
    pub fn source(self) -> &'static str {
        match self {
            Self::OwnStep => {
                "The template's script, version 3, in OctopusDeploy/Library \
                 (step-templates/run-pulumi-on-linux.json), run with a stub"
            }
            Self::OwnPackage | Self::NoOverride | Self::NoExtract | Self::OwnFolder => {
                "Octopus's documentation, Infrastructure, Workers and Worker pools"
            }
            Self::Agree => {
                "Octopus's documentation, Deployments, Databases, Manual approvals: report, pause, \
                 apply"
            }
            Self::OnlyChanges => {
                "Octopus's documentation, Projects, Steps, Conditions, and Manual intervention"
            }
            Self::Container => {
                "Pulumi's documentation, Continuous delivery, Octopus Deploy, as of May 2026"
            }
        }
    }

    /// The id of this kind of change at `spot`.
    pub(super) fn id(self, spot: &Spot) -> String {
        let word = self.word();
        match &spot.owner {
            ProcessOwner::Deployment => format!("{word}:{}", spot.action),
            ProcessOwner::Runbook(runbook) => format!("{word}:{runbook}/{}", spot.action),
        }
    }

    /// Finds where it can be made; `earlier` are the changes found before.
    pub(super) fn find(self, design: &Design, earlier: &[Change], finds: &mut Finds) {
        match self {
            Self::OwnStep => convert::find(design, finds),
            Self::OwnPackage => package::find(design, earlier, finds),
            Self::NoOverride => folder::find_override(design, earlier, finds),
            Self::NoExtract => folder::find_extract(design, earlier, finds),
            Self::OwnFolder => folder::find_shared(design, earlier, finds),
            Self::Agree => preview::find_up(design, earlier, finds),
            Self::OnlyChanges => preview::find_skipped(design, earlier, finds),
            Self::Container => container::find(design, earlier, finds),
        }
    }

    /// Makes it.
    pub(super) fn make(self, design: &mut Design, spot: &Spot) -> Result<(), Refusal> {
        match self {
            Self::OwnStep => convert::make(design, spot),
            Self::OwnPackage => package::make(design, spot),
            Self::NoOverride | Self::NoExtract => folder::take_out(design, spot),
            Self::OwnFolder => folder::harden(design, spot),
            Self::Agree => preview::agree(design, spot),
            Self::OnlyChanges => preview::skip(design, spot),
            Self::Container => container::make(design, spot),
        }
    }
}
