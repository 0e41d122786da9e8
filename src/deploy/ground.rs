//! The variables that one action sees in a scenario.
//!
//! Only those that a text can reach are looked up: expressions reach names by
//! their first step, so `need` takes the names of a root in when a text asks
//! for it, and what their values ask for in turn.
//!
//! Invariants: a secret is never more than a mark; what is not known stays a
//! mark or is not there. Never: a guess.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::names;
use super::origin::{MASK, Origin, ValueAt};
use super::scenario::Scenario;
use super::simulation::Simulation;
use super::system;
use crate::model::process::keys;
use crate::model::{Action, Design, PropertyValue, Step, VariableContent};
use crate::octostache::{Doubt, Engine, Mode, Standing, Variables, parse, root_of};
use crate::record::Bound;
use crate::scope::{Candidates, Context, Outcome, folded};

/// Marks are the characters from here on: private use, so that nobody types them.
const FIRST_MARK: u32 = 0x10_0000;

/// What a mark in a text stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// What is shown in its place.
    pub(super) shown: String,
    /// Whether it is a secret.
    pub(super) is_secret: bool,
}

/// What is known of a name.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// The name as it is spelt where it is defined.
    pub(super) name: String,
    /// Where its value comes from.
    pub(super) origin: Origin,
    /// What else is to be said of it.
    pub(super) notes: Vec<String>,
}

/// What earlier steps came to: by the folded name of each action before this one.
pub(super) type Before = HashMap<String, Earlier>;

/// What is to know of an action that comes before.
#[derive(Debug, Clone)]
pub(super) struct Earlier {
    /// Its name.
    pub(super) name: String,
    /// Whether it is skipped for sure.
    pub(super) is_skipped: bool,
}

/// The variables of one action, or of none.
pub(super) struct Ground<'s> {
    pub(super) simulation: &'s Simulation,
    pub(super) scenario: &'s Scenario,
    /// The step's number, the step and its action.
    pub(super) at: Option<(usize, &'s Step, &'s Action)>,
    pub(super) context: Context,
    variables: Variables,
    known: RefCell<HashMap<String, Known>>,
    marks: RefCell<Vec<Mark>>,
    /// Names that were asked for and that a run may have, by their marks.
    asked: RefCell<HashMap<String, Option<Arc<str>>>>,
    /// The roots whose names are in `variables`.
    roots: HashSet<String>,
    has_target: bool,
    before: &'s Before,
}

impl<'s> Ground<'s> {
    /// The variables of `at` in a scenario.
    pub(super) fn new(
        simulation: &'s Simulation,
        scenario: &'s Scenario,
        at: Option<(usize, &'s Step, &'s Action)>,
        before: &'s Before,
    ) -> Self {
        let mut context = scenario.context(&simulation.lowered);
        if let Some((_, step, action)) = at {
            context = context.at_action(step, action);
        }
        let mut ground = Self {
            simulation,
            scenario,
            at,
            context,
            variables: Variables::new(),
            known: RefCell::default(),
            marks: RefCell::default(),
            asked: RefCell::default(),
            roots: HashSet::new(),
            has_target: false,
            before,
        };
        system::of_run(&mut ground);
        system::of_action(&mut ground);
        ground.properties();
        ground
    }

    /// The same on a target.
    pub(super) fn on_target(mut self, target: &crate::model::Target) -> Self {
        self.context = self.context.on_target(target);
        self.has_target = true;
        system::of_target(&mut self, target);
        self
    }

    /// Takes in the pool that the action runs in.
    pub(super) fn in_pool(&mut self, pool: Option<&str>) {
        if let Some(pool) = pool {
            self.sample("Octopus.WorkerPool.Id", "WorkerPools-1");
            self.system("Octopus.WorkerPool.Name", pool);
        }
    }

    pub(super) fn design(&self) -> &'s Design {
        &self.simulation.lowered
    }

    /// The settings of the action are variables too, parameters of a step
    /// template among them.
    fn properties(&mut self) {
        let Some((_, _, action)) = self.at else { return };
        for (key, value) in action.properties.iter() {
            // The script itself is what is filled in, not what fills in.
            if key.eq_ignore_ascii_case(keys::SCRIPT_BODY) {
                continue;
            }
            match value {
                PropertyValue::Text(text) => {
                    self.put(key, text, Standing::Firm, Origin::Step);
                }
                PropertyValue::Sensitive { .. } => self.secret(key, Origin::Step),
                PropertyValue::Other(_) => {}
            }
        }
    }

    /// Sets a name.
    pub(super) fn put(&mut self, name: &str, value: &str, standing: Standing, origin: Origin) {
        self.variables.set_stand_in(name, &plain(value), standing);
        self.know(name, origin, Vec::new());
    }

    pub(super) fn system(&mut self, name: &str, value: &str) {
        self.put(name, value, Standing::Firm, Origin::System);
    }

    pub(super) fn sample(&mut self, name: &str, value: &str) {
        self.put(name, value, Standing::Sample, Origin::Sample);
    }

    /// An id of Octopus: the real one where the design has it.
    pub(super) fn id(&mut self, name: &str, known: &str, sample: &str) {
        if known.is_empty() { self.sample(name, sample) } else { self.system(name, known) }
    }

    /// A name whose value only a run knows.
    pub(super) fn run_time(&mut self, name: &str, about: &str) {
        self.opaque(name, about, false, Origin::RunTime);
    }

    fn secret(&mut self, name: &str, origin: Origin) {
        self.opaque(name, MASK, true, origin);
    }

    fn opaque(&mut self, name: &str, about: &str, is_secret: bool, origin: Origin) {
        let shown = if is_secret { about.to_owned() } else { bracketed(about) };
        let mark = self.mark(Mark { shown, is_secret });
        self.variables.set_stand_in(name, &mark, Standing::Opaque);
        self.know(name, origin, Vec::new());
    }

    fn know(&self, name: &str, origin: Origin, notes: Vec<String>) {
        let known = Known { name: name.to_owned(), origin, notes };
        self.known.borrow_mut().insert(folded(name), known);
    }

    fn mark(&self, mark: Mark) -> Arc<str> {
        let mut marks = self.marks.borrow_mut();
        let letter = u32::try_from(marks.len()).ok().and_then(|at| char::from_u32(FIRST_MARK + at));
        marks.push(mark);
        // There are 65,534 such letters; nobody asks for more.
        Arc::from(letter.unwrap_or(char::REPLACEMENT_CHARACTER).to_string())
    }

    /// What `letter` stands for, if it is a mark.
    pub(super) fn marked(&self, letter: char) -> Option<Mark> {
        let at = u32::from(letter).checked_sub(FIRST_MARK)?;
        self.marks.borrow().get(at as usize).cloned()
    }

    /// What is known of `name`, or of what it is a part of.
    pub(super) fn known(&self, name: &str) -> Option<Known> {
        let known = self.known.borrow();
        let name = folded(name);
        if let Some(found) = known.get(&name) {
            return Some(found.clone());
        }
        let ends = name.rmatch_indices(['.', '[']);
        ends.filter_map(|(end, _)| name.get(..end)).find_map(|start| known.get(start)).cloned()
    }

    /// Makes everything ready that `text` can ask for.
    pub(super) fn need(&mut self, text: &str) {
        let mut texts = vec![Arc::<str>::from(text)];
        while let Some(text) = texts.pop() {
            if !text.contains("#{") {
                continue;
            }
            // What is escaped may be read again, as a part of JSON.
            if text.contains("##{") {
                let all: Vec<_> = self.simulation.roots.keys().cloned().collect();
                all.iter().for_each(|root| self.need_root(root, &mut texts));
            }
            let Ok(template) = parse(&text, Mode::Continue) else { continue };
            for read in template.reads() {
                if let Some(root) = root_of(&read.name) {
                    self.need_root(&root, &mut texts);
                }
            }
        }
    }

    /// Makes `name` itself ready, as a script reads it.
    pub(super) fn need_name(&mut self, name: &str) {
        let mut texts = Vec::new();
        match root_of(name) {
            Some(root) => self.need_root(&root, &mut texts),
            // Names that no expression can reach are looked up one by one.
            None => self.need_root("", &mut texts),
        }
        texts.iter().for_each(|text| self.need(text));
    }

    fn need_root(&mut self, root: &str, texts: &mut Vec<Arc<str>>) {
        if self.roots.contains(root) {
            return;
        }
        self.roots.insert(root.to_owned());
        // Values that Octopus itself has may ask for more as well.
        let own: Vec<_> = self
            .variables
            .iter()
            .filter(|(name, _)| root_of(name).unwrap_or_default() == root)
            .filter_map(|(_, value)| value.map(Arc::from))
            .collect();
        texts.extend(own);
        let simulation = self.simulation;
        for index in simulation.roots.get(root).into_iter().flatten() {
            if let Some(candidates) = simulation.resolver.names().get(*index) {
                self.take(candidates, texts);
            }
        }
    }

    /// Takes in what `candidates` give here.
    fn take(&mut self, candidates: &Candidates, texts: &mut Vec<Arc<str>>) {
        let resolution = self.simulation.resolver.resolve_one(candidates, &self.context);
        let name = candidates.name().as_str();
        let winners: Vec<_> = match resolution.outcome() {
            Outcome::Undefined => return,
            Outcome::Value(index) => candidates.get(index).into_iter().collect(),
            Outcome::Ambiguous { .. } => candidates.winners(&self.context).collect(),
        };
        let Some(first) = winners.first() else { return };
        let original = &self.simulation.original;
        let mut notes: Vec<_> =
            resolution.caveats().iter().map(|one| one.sentence().to_owned()).collect();
        let clash = self.known(name).filter(|known| known.name.eq_ignore_ascii_case(name));
        let is_clash = clash
            .as_ref()
            .is_some_and(|known| matches!(known.origin, Origin::Step | Origin::SubVariable { .. }));
        let origin = match winners.as_slice() {
            [only] => Origin::Value(ValueAt::of(original, only)),
            all => Origin::Tie(all.iter().map(|one| ValueAt::of(original, one)).collect()),
        };
        if let Some(clash) = &clash {
            notes.push(match &clash.origin {
                Origin::Step => format!(
                    "The step has a setting called {name} too; which of both Octopus takes is \
                     not documented."
                ),
                Origin::SubVariable { of } => format!(
                    "{of} brings {name} along too; which of both Octopus takes is not known."
                ),
                _ => format!(
                    "Octopus has a variable {name} of its own; that yours overrides it is not \
                     documented for every name."
                ),
            });
        }
        let agree = winners.iter().all(|one| one.content() == first.content());
        if is_clash {
            self.opaque(name, "one of two of that name", false, origin);
        } else if !agree {
            let about = format!("one of {} values", winners.len());
            self.opaque(name, &about, false, origin);
        } else {
            self.content(name, first.content(), first.value.prompt.is_some(), origin, texts);
        }
        if let Some(known) = self.known.borrow_mut().get_mut(&folded(name)) {
            known.notes.append(&mut notes);
        }
        self.sub_variables(candidates);
    }

    fn content(
        &mut self,
        name: &str,
        content: &VariableContent,
        is_prompted: bool,
        origin: Origin,
        texts: &mut Vec<Arc<str>>,
    ) {
        let space = &self.simulation.original.space;
        let mut bound = |ground: &mut Self, about: Option<String>, expression: Option<&str>| match (
            about, expression,
        ) {
            (_, Some(text)) => {
                texts.push(Arc::from(text));
                ground.put(name, text, Standing::Firm, origin.clone());
            }
            (Some(about), None) => ground.opaque(name, &about, false, origin.clone()),
            (None, None) => ground.put(name, "", Standing::Firm, origin.clone()),
        };
        match content {
            VariableContent::Text(content) if is_prompted && content.text.is_empty() => {
                self.opaque(name, "asked for when it is deployed", false, origin);
            }
            VariableContent::Text(content) => {
                texts.push(Arc::from(content.text.as_str()));
                let standing = if is_prompted { Standing::Sample } else { Standing::Firm };
                self.put(name, &content.text, standing, origin);
            }
            VariableContent::Sensitive(_) => self.secret(name, origin),
            VariableContent::Certificate(content) => {
                let (id, text) = parts(content.certificate.as_ref());
                let about = id.map(|id| {
                    let found = space.certificates.get(id);
                    let shown = found.map_or(id.as_str(), |one| one.name.as_str());
                    format!("id of the certificate {shown}")
                });
                bound(self, about, text);
            }
            VariableContent::WorkerPool(content) => {
                let (id, text) = parts(content.pool.as_ref());
                let about = id.map(|id| {
                    let found = space.worker_pools.get(id);
                    let shown = found.map_or(id.as_str(), |one| one.name.as_str());
                    format!("id of the worker pool {shown}")
                });
                bound(self, about, text);
            }
            VariableContent::AwsAccount(content)
            | VariableContent::AzureAccount(content)
            | VariableContent::GoogleAccount(content)
            | VariableContent::UsernamePassword(content)
            | VariableContent::GenericOidc(content) => {
                let (id, text) = parts(content.account.as_ref());
                let about = id.map(|id| {
                    let found = space.accounts.get(id);
                    let shown = found.map_or(id.as_str(), |one| one.name.as_str());
                    format!("id of the account {shown}")
                });
                bound(self, about, text);
            }
        }
    }

    fn sub_variables(&mut self, candidates: &Candidates) {
        let of = candidates.name().to_string();
        let space = &self.simulation.original.space;
        for sub in self.simulation.resolver.expand(candidates, &self.context, space) {
            // Which of both Octopus takes is not known, so neither is shown.
            let origin = Origin::SubVariable { of: of.clone() };
            if sub.clashes {
                let about = format!("a variable of that name, or what {of} brings");
                self.opaque(&sub.name, &about, false, origin);
            } else if sub.sub.is_secret {
                self.secret(&sub.name, origin);
            } else {
                self.opaque(&sub.name, &format!("{} of {of}", sub.sub.suffix), false, origin);
            }
        }
    }

    /// Evaluates within what `need` made ready.
    pub(super) fn engine(&self) -> Engine<'_> {
        let mut engine = Engine::new(&self.variables);
        engine.set_unknown(Box::new(|name| self.unknown(name)));
        engine
    }

    /// How far the value of a name itself may be another in a run.
    pub(super) fn standing(&self, name: &str) -> Doubt {
        match self.variables.standing(name) {
            Standing::Firm => Doubt::None,
            Standing::Sample => Doubt::Sample,
            Standing::Opaque => Doubt::Opaque,
        }
    }

    /// The raw value of a name.
    pub(super) fn raw(&self, name: &str) -> Option<&str> {
        self.variables.get_raw(name)
    }

    /// What stands for a name that is not defined, if a run may have it.
    pub(super) fn unknown(&self, name: &str) -> Option<Arc<str>> {
        let key = folded(name);
        if let Some(answer) = self.asked.borrow().get(&key) {
            return answer.clone();
        }
        let answer = self.look_for(name).map(|(about, origin)| {
            self.know(name, origin, Vec::new());
            self.mark(Mark { shown: bracketed(&about), is_secret: false })
        });
        self.asked.borrow_mut().insert(key, answer.clone());
        answer
    }

    fn look_for(&self, name: &str) -> Option<(String, Origin)> {
        if let Some((step, rest)) = names::of_other_action(name) {
            let earlier = self.before.get(&folded(step))?;
            let output = rest.strip_prefix("Output").filter(|rest| rest.starts_with(['.', '[']));
            if earlier.is_skipped && output.is_some() {
                return None;
            }
            return Some(match output {
                Some(output) => {
                    let output = output.strip_prefix('.').unwrap_or(output);
                    let origin = Origin::Output { step: earlier.name.clone() };
                    (format!("{output}, set by {}", earlier.name), origin)
                }
                None => (format!("{rest} of {}", earlier.name), Origin::RunTime),
            });
        }
        let is_of_a_run = names::is_of_a_run(name, self.scenario.is_runbook(), self.has_target);
        is_of_a_run.then(|| (name.to_owned(), Origin::RunTime))
    }

    /// Why a name that nothing defines is not there, where there is a reason.
    pub(super) fn why_missing(&self, name: &str) -> Option<String> {
        if let Some((step, rest)) = names::of_other_action(name) {
            return Some(match self.before.get(&folded(step)) {
                Some(earlier) if earlier.is_skipped => {
                    format!("{} is skipped here, so it sets nothing.", earlier.name)
                }
                Some(_) => format!("Octopus has no {rest} of a step."),
                None => format!("No step called {step} comes before this one."),
            });
        }
        let candidates = self.simulation.resolver.candidates(name)?;
        let explanation = candidates.explain(&self.context);
        Some(explanation.decision.sentence())
    }
}

/// The id or the expression of a reference.
pub(super) fn parts<T>(bound: Option<&Bound<T>>) -> (Option<&T>, Option<&str>) {
    match bound {
        Some(Bound::Is(id)) => (Some(id), None),
        Some(Bound::Expression(text)) => (None, Some(text)),
        None => (None, None),
    }
}

/// How what is not known stands in a text.
fn bracketed(about: &str) -> String {
    ["‹", about, "›"].concat()
}

/// `text` without letters that could be taken for marks.
pub(super) fn plain(text: &str) -> String {
    let is_mark = |letter: char| u32::from(letter) >= FIRST_MARK;
    if text.contains(is_mark) { text.replace(is_mark, "\u{FFFD}") } else { text.to_owned() }
}
