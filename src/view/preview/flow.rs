//! The timeline: the steps of a plan as rows.

use crate::deploy::{Difference, Fate, Plan, PlannedAction, PlannedStep};
use crate::model::ActionId;

/// How a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It runs.
    Runs,
    /// It waits for a person.
    Gate,
    /// It runs only if something fails.
    Failure,
    /// Only the run decides.
    Open,
    /// It is skipped.
    Skipped,
}

impl State {
    /// The word in the style sheet.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Runs => "runs",
            Self::Gate => "gate",
            Self::Failure => "failure",
            Self::Open => "open",
            Self::Skipped => "skipped",
        }
    }

    fn of(action: &PlannedAction) -> Self {
        match (&action.fate, &action.gate) {
            (Fate::Skipped(_), _) => Self::Skipped,
            (Fate::Undecided(_), _) => Self::Open,
            (Fate::OnFailure, _) => Self::Failure,
            (Fate::Runs, Some(_)) => Self::Gate,
            (Fate::Runs, None) => Self::Runs,
        }
    }
}

/// An action as a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowRow {
    /// The action's id.
    pub action: String,
    /// `3`, or `3.1` for a child step.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The id of its kind.
    pub kind: String,
    /// What people call the kind.
    pub kind_name: String,
    /// How it looks.
    pub state: State,
    /// What becomes of it, in a few words.
    pub line: String,
    /// Why it is skipped or open, as sentences.
    pub reasons: Vec<String>,
    /// Where it runs; empty where it does not.
    pub place: String,
    /// What becomes of it in the other environment, where that is another.
    pub other: Option<String>,
    /// What differs from the other environment, in words.
    pub differs: Vec<&'static str>,
}

/// A step as rows: one, or its child steps under a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowStep {
    /// The title of a step with child steps: number, name, how they run.
    pub title: Option<(String, String, String)>,
    /// Its rows.
    pub rows: Vec<FlowRow>,
}

/// Steps that start together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowGroup {
    /// Its steps.
    pub steps: Vec<FlowStep>,
}

/// The whole timeline.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flow {
    /// Its groups in order.
    pub groups: Vec<FlowGroup>,
    /// How many steps run, wait, are skipped.
    pub summary: String,
}

/// The timeline of `plan`. `other` is the plan it is compared with, `differs`
/// what of each action is known to differ.
#[must_use]
pub fn flow(
    plan: &Plan,
    other: Option<&Plan>,
    differs: &dyn Fn(&ActionId) -> Option<Difference>,
) -> Flow {
    let row = |action: &PlannedAction| {
        let there = other.and_then(|other| other.action(&action.id)).map(|(_, action)| action);
        let is_other = there.is_some_and(|there| line(there) != line(action));
        let state = State::of(action);
        FlowRow {
            action: action.id.to_string(),
            number: action.number.clone(),
            name: action.name.clone(),
            kind: action.kind.clone(),
            kind_name: action.kind_name.clone(),
            state,
            line: line(action),
            reasons: action.fate.reasons().iter().map(|reason| reason.what.clone()).collect(),
            place: match state {
                State::Skipped => String::new(),
                _ => action.runs_on.words(),
            },
            other: there.filter(|_| is_other).map(line),
            differs: differs(&action.id).map(Difference::words).unwrap_or_default(),
        }
    };
    let step = |step: &PlannedStep| {
        let title = (step.actions.len() > 1).then(|| {
            let how = match step.window.as_str() {
                "" => "child steps, one after another on each target".to_owned(),
                window => format!("child steps, on {window} targets at a time"),
            };
            (step.number.to_string(), step.name.clone(), how)
        });
        FlowStep { title, rows: step.actions.iter().map(row).collect() }
    };
    let groups = plan
        .groups
        .iter()
        .map(|group| FlowGroup { steps: group.steps.iter().map(step).collect() })
        .collect();
    Flow { groups, summary: summary(plan) }
}

/// What becomes of an action, in a few words.
fn line(action: &PlannedAction) -> String {
    match (State::of(action), &action.gate) {
        (State::Gate, Some(gate)) => format!("Waits for {}", gate.who()),
        _ => action.fate.label().to_owned(),
    }
}

fn summary(plan: &Plan) -> String {
    let of = |wanted: &[State]| {
        plan.actions().filter(|(_, action)| wanted.contains(&State::of(action))).count()
    };
    let counts = [
        (of(&[State::Runs, State::Gate]), "run"),
        (of(&[State::Gate]), "wait for a person"),
        (of(&[State::Open]), "decided at run time"),
        (of(&[State::Failure]), "only on failure"),
        (of(&[State::Skipped]), "skipped"),
    ];
    let parts: Vec<_> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| match (count, what) {
            (1, "run") => "1 step runs".to_owned(),
            (count, "run") => format!("{count} steps run"),
            (1, "wait for a person") => "1 waits for a person".to_owned(),
            (count, what) => format!("{count} {what}"),
        })
        .collect();
    parts.join(", ")
}
