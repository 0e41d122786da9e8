//! Octopus's own variables whose values nobody knows before a run.
//!
//! Source: reference, variables, section 7.

/// Those of every run.
const ALWAYS: &[&str] = &[
    "Octopus.Action",
    "Octopus.Step",
    "Octopus.Step.Status",
    "Octopus.Action.IsSkipped",
    "Octopus.Action.Status",
    "Octopus.Environment.MachinesInRole",
    "Octopus.ProjectGroup.Name",
    "Octopus.Project.Name",
];

/// Those of deployments.
const DEPLOYMENTS: &[&str] = &[
    "Octopus.Deployment.Created",
    "Octopus.Deployment.CreatedUtc",
    "Octopus.Deployment.Comments",
    "Octopus.Deployment.CreatedBy",
    "Octopus.Deployment.PreviousSuccessful",
    "Octopus.Deployment.Machines",
    "Octopus.Deployment.SpecificMachines",
    "Octopus.Deployment.ExcludedMachines",
    "Octopus.Deployment.Targets",
    "Octopus.Deployment.Trigger",
    "Octopus.Release.Notes",
    "Octopus.Release.Created",
    "Octopus.Release.Previous",
    "Octopus.Release.PreviousForEnvironment",
    "Octopus.Release.CurrentForEnvironment",
    "Octopus.Release.Git",
    "Octopus.Release.CustomFields",
];

/// Those of runs of runbooks.
const RUNBOOKS: &[&str] = &[
    "Octopus.RunbookRun.Created",
    "Octopus.RunbookRun.CreatedUtc",
    "Octopus.RunbookRun.Git",
    "Octopus.RunbookSnapshot",
];

/// Those of steps on a target.
const TARGETS: &[&str] = &["Octopus.Machine"];

/// Whether `name` is one of them, or a part of one.
pub(super) fn is_of_a_run(name: &str, is_runbook: bool, has_target: bool) -> bool {
    let of_process = if is_runbook { RUNBOOKS } else { DEPLOYMENTS };
    let of_target = if has_target { TARGETS } else { &[] };
    let mut all = ALWAYS.iter().chain(of_process).chain(of_target);
    all.any(|known| is_part(name, known)) || starts(name, "env:")
}

fn starts(name: &str, start: &str) -> bool {
    name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}

/// Whether `name` is `whole`, or goes on after it by a dot or an index. The
/// names of whole collections stand for themselves only.
fn is_part(name: &str, whole: &str) -> bool {
    let is_collection = matches!(whole, "Octopus.Action" | "Octopus.Step");
    starts(name, whole)
        && match name.as_bytes().get(whole.len()) {
            None => true,
            Some(next) => !is_collection && matches!(next, b'.' | b'['),
        }
}

/// The step and the rest of `Octopus.Action[Step].rest`.
pub(super) fn of_other_action(name: &str) -> Option<(&str, &str)> {
    const START: &str = "Octopus.Action[";
    if !starts(name, START) {
        return None;
    }
    let inside = name.get(START.len()..)?;
    let (step, rest) = inside.split_once(']')?;
    Some((step, rest.strip_prefix('.').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_run_are_known_by_their_start() {
        assert!(is_of_a_run("octopus.deployment.CreatedBy.Username", false, false));
        assert!(!is_of_a_run("Octopus.Deployment.CreatedByMe", false, false));
        assert!(!is_of_a_run("Octopus.Deployment.Created", true, false));
        assert!(is_of_a_run("Octopus.Action", false, false));
        assert!(!is_of_a_run("Octopus.Action.Nmae", false, false));
        assert!(is_of_a_run("env:PATH", true, false));
        assert!(!is_of_a_run("Octopus.Machine.Hostname", false, false));
        assert!(is_of_a_run("Octopus.Machine.Hostname", false, true));
    }

    #[test]
    fn other_actions_are_told_from_their_variables() {
        let split = of_other_action("Octopus.Action[Pulumi up].Output.Url");
        assert_eq!(split, Some(("Pulumi up", "Output.Url")));
        assert_eq!(of_other_action("Octopus.Action.Name"), None);
    }
}
