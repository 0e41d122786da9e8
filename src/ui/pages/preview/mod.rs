//! Preview: what Octopus does when this is deployed: in which order, with
//! which texts, and how that differs from another environment.
//!
//! What is shown is in the URL, so that a reload and a link show the same.

mod choices;
mod differences;
mod flow;
mod step;
mod text;
mod tip;

use std::sync::Arc;

use leptos::prelude::*;

use super::frame;
use crate::deploy::{Details, Plan, PlannedAction, Scenario, Simulation};
use crate::model::{ActionId, Process};
use crate::state::{App, Derived, Page as PageName};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::empty::empty;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, when};
use crate::view::preview::{Address, compared, scenario};
use crate::view::why::Question;

const LEAD: &str = "What Octopus does when this is deployed, as far as it can be known before. \
                    It follows a run in which nothing fails; ids and paths are samples.";

/// A thing that is the same only if it is the very same.
#[derive(Debug)]
struct Same<T>(Arc<T>);

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Page {
    app: App,
    address: Derived<Address>,
    scenario: Derived<Option<Scenario>>,
    simulation: Derived<Same<Simulation>>,
    plan: Derived<Option<Same<Plan>>>,
    /// The plan of the environment that it is compared with.
    other: Derived<Option<Same<Plan>>>,
    tip: tip::Shown,
    /// The name whose value is explained at the side.
    asked: RwSignal<String>,
}

impl Page {
    fn new(app: App) -> Self {
        let selected = app.selected(PageName::Preview);
        let address = Derived::new(move || Address::parse(&selected.get()));
        let scenario = Derived::new(move || {
            let mut address = address.get();
            address.step.clear();
            app.read(|design| scenario(design, &address))
        });
        let other = Derived::new(move || {
            let shown = scenario.get()?;
            app.read(|design| compared(design, &address.get(), &shown))
        });
        let simulation = Derived::new(move || Same(Arc::new(app.read(Simulation::new))));
        let plan_of = move |scenario: Derived<Option<Scenario>>| {
            Derived::new(move || {
                let scenario = scenario.get()?;
                Some(Same(Arc::new(simulation.with(|ready| ready.0.plan(&scenario)))))
            })
        };
        let (plan, other) = (plan_of(scenario), plan_of(other));
        Self {
            app,
            address,
            scenario,
            simulation,
            plan,
            other,
            tip: tip::Shown::new(),
            asked: RwSignal::new(String::new()),
        }
    }

    /// Shows something else.
    fn show(self, change: impl FnOnce(&mut Address)) {
        let mut address = self.address.get_untracked();
        change(&mut address);
        self.app.select(PageName::Preview, &address.text());
    }

    /// The link that opens a step.
    fn link(self, step: &str) -> String {
        let mut address = self.address.get();
        step.clone_into(&mut address.step);
        address.fragment()
    }

    /// The id of the action that is open: the address's, or the first that runs.
    fn open(self) -> Option<ActionId> {
        let wanted = ActionId::parse(&self.address.with(|address| address.step.clone())).ok();
        self.plan.with(|plan| {
            let plan = &plan.as_ref()?.0;
            let wanted = wanted.filter(|id| plan.action(id).is_some());
            wanted.or_else(|| {
                let runs = |action: &PlannedAction| action.fate.reasons().is_empty();
                let first = plan.actions().next();
                let found = plan.actions().find(|(_, action)| runs(action)).or(first);
                found.map(|(_, action)| action.id.clone())
            })
        })
    }

    /// Explains at the side why a name has its value in the step that is open.
    fn ask_why(self, name: &str) {
        self.tip.close();
        self.asked.set(name.to_owned());
        self.app.say(&format!("Why {name} has its value is told at the side."));
    }

    /// What is explained: the name as the open step reads it.
    fn question(self) -> Option<Question> {
        let name = self.asked.get();
        let scenario = self.scenario.get().filter(|_| !name.is_empty())?;
        let open = self.open();
        self.app.read(|design| {
            let mut context = scenario.context(design);
            let mut actions = scenario.process(design).into_iter().flat_map(Process::actions);
            if let Some((step, action)) = actions.find(|(_, one)| Some(&one.id) == open.as_ref()) {
                context = context.at_action(step, action);
            }
            Some(Question { name, context })
        })
    }

    fn details(self, plan: &Plan, id: &ActionId) -> Details {
        self.simulation.with(|ready| ready.0.details(plan, id).unwrap_or_default())
    }
}

/// The page.
pub fn preview(app: App) -> AnyView {
    let page = Page::new(app);
    let has_steps = Derived::new(move || {
        page.plan.with(|plan| plan.as_ref().map(|plan| !plan.0.groups.is_empty()))
    });
    let body = live(move || match has_steps.get() {
        None => empty(
            "There is no environment yet, so there is nowhere to deploy to.",
            button(Look::Plain, Some(Icon::Plus), "Add environments", move || {
                app.go(PageName::Stacks);
            }),
        ),
        Some(false) => view! {
            {choices::choices(page)}
            {no_steps(page)}
        }
        .into_any(),
        Some(true) => view! {
            {choices::choices(page)}
            {obstacles(page)}
            <div class="sim">
                {flow::flow(page)}
                {step::step(page)}
            </div>
        }
        .into_any(),
    });
    view! {
        {frame(app, "Preview", LEAD, ().into_any(), body)}
        {tip::tip(page)}
        {when(move || page.asked.with(|name| !name.is_empty()), move || {
            let question = Derived::new(move || page.question());
            super::why(
                app,
                Signal::derive(move || question.get()),
                Arc::new(move || page.asked.set(String::new())),
            )
        })}
    }
    .into_any()
}

fn no_steps(page: Page) -> AnyView {
    let is_runbook = page.scenario.with(|one| one.as_ref().is_some_and(Scenario::is_runbook));
    if is_runbook {
        return empty(
            "This runbook has no steps yet.",
            button(Look::Plain, Some(Icon::Plus), "Go to its steps", move || {
                let runbook = page.address.with_untracked(|address| address.runbook.clone());
                page.app.select(PageName::Runbooks, &runbook);
            }),
        );
    }
    empty(
        "The process has no steps yet, so nothing would run.",
        button(Look::Plain, Some(Icon::Plus), "Add steps", move || page.app.go(PageName::Process)),
    )
}

/// Why Octopus would not offer this.
fn obstacles(page: Page) -> AnyView {
    let obstacles = Derived::new(move || {
        page.plan
            .with(|plan| plan.as_ref().map(|plan| plan.0.obstacles.clone()).unwrap_or_default())
    });
    when(
        move || obstacles.with(|all| !all.is_empty()),
        move || {
            let text = obstacles.get().join(" ");
            view! {
                <p class="note sim__obstacle" data-severity="warning">
                    {icon(Icon::Warning)}
                    <span>{format!("Octopus would not offer this. {text}")}</span>
                </p>
            }
            .into_any()
        },
    )
}
