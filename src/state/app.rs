//! What every view can reach: a handful of signals and the verbs on them.

use std::sync::Arc;

use leptos::prelude::*;

use super::autosave::{self, Saved};
use super::derived::Derived;
use super::incoming::Incoming;
use super::library::Opening;
use super::place::{Page, Place};
use crate::base::Finding;
use crate::edit::{Edit, History, Refusal};
use crate::format::design_file::Writer;
use crate::model::Design;
use crate::platform::{chance, clock, crash, store::Kept};

/// A short message at the foot of the page; never the only place of what it says.
#[derive(Clone)]
pub struct Toast {
    /// What it says.
    pub text: String,
    /// What its button to undo does, if it has one.
    pub undo: Option<Arc<dyn Fn(App) + Send + Sync>>,
}

/// A question for one line of text.
#[derive(Clone)]
pub struct Question {
    /// What it is about.
    pub title: &'static str,
    /// The label of the text.
    pub label: &'static str,
    /// The text to begin with.
    pub start: String,
    /// Takes the text, or says why not.
    pub answer: Answer,
    /// Says why not while one types, where that can be known without taking it.
    pub check: Option<Answer>,
}

/// Takes a text, or says why not.
pub type Answer = Arc<dyn Fn(String) -> Result<(), Refusal> + Send + Sync>;

/// The app's state; copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct App {
    design: RwSignal<Design>,
    history: StoredValue<History>,
    /// Counts the changes of the design, so that late work can tell it is late.
    pub(super) revision: RwSignal<u32>,
    undo_label: RwSignal<Option<String>>,
    redo_label: RwSignal<Option<String>>,
    pub(super) saved: RwSignal<Saved>,
    /// Whether a save is under way.
    pub(super) is_saving: StoredValue<bool>,
    /// What was saved, row by row, so that the next save writes only what is new.
    pub(super) writer: StoredValue<Writer>,
    /// When that save began, as it will be kept; empty for none.
    pub(super) saving_since: StoredValue<String>,
    pub(super) kept: RwSignal<Kept>,
    pub(super) is_sample: RwSignal<bool>,
    pub(super) update: RwSignal<bool>,
    /// Whether there is something to show, and whether it is on the page.
    pub(super) is_shown: RwSignal<bool>,
    pub(super) is_ready: RwSignal<bool>,
    pub(super) problems: RwSignal<Option<Arc<Vec<Finding>>>>,
    /// Counts the changes of what this browser keeps, beside those of the open design.
    pub(super) library: RwSignal<u32>,
    /// What there is to say about the file that was opened last, or not.
    pub opening: RwSignal<Option<Opening>>,
    /// Files that were dropped or chosen and are not read yet.
    pub(super) incoming: RwSignal<Option<Incoming>>,
    place: RwSignal<Place>,
    said: RwSignal<String>,
    toast: RwSignal<Option<Toast>>,
    /// Whether the palette of commands is open.
    pub palette: RwSignal<bool>,
    /// The question that is open, if one is.
    pub question: RwSignal<Option<Question>>,
}

/// The app's state, in any view.
#[must_use]
pub fn use_app() -> App {
    expect_context::<App>()
}

impl App {
    /// The app with an empty design, before anything was opened.
    #[must_use]
    pub fn new() -> Self {
        let fragment = location().hash().unwrap_or_default();
        Self {
            design: RwSignal::new(Design::default()),
            history: StoredValue::new(History::default()),
            revision: RwSignal::new(0),
            undo_label: RwSignal::new(None),
            redo_label: RwSignal::new(None),
            saved: RwSignal::new(Saved::Yes),
            is_saving: StoredValue::new(false),
            writer: StoredValue::new(Writer::default()),
            saving_since: StoredValue::new(String::new()),
            kept: RwSignal::new(autosave::unkept(String::new())),
            is_sample: RwSignal::new(false),
            update: RwSignal::new(false),
            is_shown: RwSignal::new(false),
            is_ready: RwSignal::new(false),
            problems: RwSignal::new(None),
            library: RwSignal::new(0),
            opening: RwSignal::new(None),
            incoming: RwSignal::new(None),
            place: RwSignal::new(Place::parse(&fragment)),
            said: RwSignal::new(String::new()),
            toast: RwSignal::new(None),
            palette: RwSignal::new(false),
            question: RwSignal::new(None),
        }
    }

    /// Reads the design; what reads it runs again when it changes.
    pub fn read<T>(&self, read: impl FnOnce(&Design) -> T) -> T {
        self.design.with(read)
    }

    /// Reads the design as it is now, for handlers.
    pub fn peek<T>(&self, read: impl FnOnce(&Design) -> T) -> T {
        self.design.with_untracked(read)
    }

    /// Something derived from the design, computed again after an edit and
    /// passed on only when it differs.
    pub fn memo<T: PartialEq + Send + Sync + 'static>(
        &self,
        derive: impl Fn(&Design) -> T + Send + Sync + 'static,
    ) -> Derived<T> {
        let design = self.design;
        Derived::new(move || design.with(|design| derive(design)))
    }

    /// Makes an edit; a refusal is said to the person and given back.
    ///
    /// # Errors
    /// When the edit refuses; then nothing changed.
    pub fn run(&self, edit: Edit) -> Result<(), Refusal> {
        let now = clock::now();
        let before = self.design.get_untracked();
        let result = self.history.try_update_value(|history| history.run(&before, edit, now));
        match result.unwrap_or(Ok(None)) {
            Ok(Some(after)) => {
                self.show(after);
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(refusal) => {
                self.tell(refusal.0.clone());
                Err(refusal)
            }
        }
    }

    /// Tries an edit on a copy and leaves the design as it is.
    ///
    /// # Errors
    /// When the edit would refuse; nothing is said to the person.
    pub fn would_refuse(&self, edit: Edit) -> Result<(), Refusal> {
        self.peek(|design| edit.apply(design)).map(drop)
    }

    /// Makes an edit where a refusal, already said, needs no further answer.
    pub fn run_or_tell(&self, edit: Edit) {
        self.run(edit).ok();
    }

    /// Makes an edit that takes something away, and offers to undo it.
    pub fn run_with_undo(&self, edit: Edit) {
        let text = format!("{}.", edit.label);
        if self.run(edit).is_ok() {
            self.say(&text);
            self.toast.set(Some(Toast { text, undo: Some(Arc::new(|app| app.undo())) }));
        }
    }

    /// Undoes the last edit and says which.
    pub fn undo(&self) {
        self.step("Undone", History::undo);
    }

    /// Does the edit again that was undone last, and says which.
    pub fn redo(&self) {
        self.step("Done again", History::redo);
    }

    fn step(&self, word: &str, step: impl Fn(&mut History, &Design) -> Option<(String, Design)>) {
        let now = self.design.get_untracked();
        let stepped = self.history.try_update_value(|history| step(history, &now)).flatten();
        if let Some((label, design)) = stepped {
            self.show(design);
            self.toast.set(None);
            self.say(&format!("{word}: {label}"));
        }
    }

    fn show(&self, design: Design) {
        self.design.set(design);
        self.revision.update(|revision| *revision += 1);
        self.refresh_labels();
        autosave::soon(*self);
    }

    fn refresh_labels(&self) {
        let labels = self.history.with_value(|history| {
            (history.undo_label().map(str::to_owned), history.redo_label().map(str::to_owned))
        });
        self.undo_label.set(labels.0);
        self.redo_label.set(labels.1);
    }

    /// Takes in another design, kept as `kept`; its history starts anew.
    pub(super) fn open(&self, design: Design, kept: Kept, is_sample: bool) {
        self.history.set_value(History::default());
        self.kept.set(kept);
        crash::forget_saved();
        self.is_sample.set(is_sample);
        self.saved.set(Saved::Yes);
        self.design.set(design);
        self.revision.update(|revision| *revision += 1);
        self.toast.set(None);
        self.refresh_labels();
    }

    /// The design before the first edit that can be undone.
    pub(super) fn first_of_history(&self) -> Option<Design> {
        self.history.try_with_value(|history| history.first().cloned()).flatten()
    }

    /// Counts the changes of the design; for work that follows them later.
    #[must_use]
    pub fn revision(&self) -> Signal<u32> {
        self.revision.into()
    }

    /// What undo would undo.
    #[must_use]
    pub fn undo_label(&self) -> Signal<Option<String>> {
        self.undo_label.into()
    }

    /// What redo would redo.
    #[must_use]
    pub fn redo_label(&self) -> Signal<Option<String>> {
        self.redo_label.into()
    }

    /// Whether the design is kept.
    #[must_use]
    pub fn saved(&self) -> Signal<Saved> {
        self.saved.into()
    }

    /// What is known of the open design as a kept one.
    #[must_use]
    pub fn kept(&self) -> Signal<Kept> {
        self.kept.into()
    }

    /// Whether the open design is a sample that nobody has changed.
    #[must_use]
    pub fn is_sample(&self) -> Signal<bool> {
        self.is_sample.into()
    }

    /// Where one is.
    #[must_use]
    pub fn place(&self) -> Signal<Place> {
        self.place.into()
    }

    /// The page that is shown.
    #[must_use]
    pub fn page(&self) -> Page {
        self.place.with(|place| place.page)
    }

    /// The id of what is selected on `page`; empty for nothing or another page.
    #[must_use]
    pub fn selected(&self, page: Page) -> Derived<String> {
        let place = self.place;
        Derived::new(move || {
            place.with(
                |place| {
                    if place.page == page { place.selected.clone() } else { String::new() }
                },
            )
        })
    }

    /// Goes to another page.
    pub fn go(&self, page: Page) {
        self.go_to(Place::page(page));
    }

    /// Selects `id` on `page`; an empty id selects nothing.
    pub fn select(&self, page: Page, id: &str) {
        self.go_to(Place { page, selected: id.to_owned() });
    }

    fn go_to(&self, place: Place) {
        // The browser tells us of the change, see `listen_to_url`.
        location().set_hash(&place.fragment()).ok();
        self.place.set(place);
    }

    /// Follows the URL: back, forward, links.
    pub fn listen_to_url(&self) {
        let place = self.place;
        let handle = window_event_listener(leptos::ev::hashchange, move |_| {
            let now = Place::parse(&location().hash().unwrap_or_default());
            if place.with_untracked(|place| *place != now) {
                place.set(now);
            }
        });
        on_cleanup(move || handle.remove());
    }

    /// Says `text` to a screen reader, politely.
    pub fn say(&self, text: &str) {
        // The same text said twice would not be noticed: a trailing blank makes it another.
        self.said.update(|said| {
            let again = said == text;
            text.clone_into(said);
            if again {
                said.push('\u{a0}');
            }
        });
    }

    /// Shows `text` at the foot of the page and says it.
    pub fn tell(&self, text: impl Into<String>) {
        let text = text.into();
        self.say(&text);
        self.toast.set(Some(Toast { text, undo: None }));
    }

    /// Shows `text` with a button to undo it, which does `undo`.
    pub fn tell_with_undo(&self, text: String, undo: impl Fn(Self) + Send + Sync + 'static) {
        self.say(&text);
        self.toast.set(Some(Toast { text, undo: Some(Arc::new(undo)) }));
    }

    /// Asks for a line of text in a dialog; a refused answer is said there, and it stays.
    pub fn ask(
        &self,
        title: &'static str,
        label: &'static str,
        start: String,
        answer: impl Fn(String) -> Result<(), Refusal> + Send + Sync + 'static,
    ) {
        let answer: Answer = Arc::new(answer);
        self.question.set(Some(Question { title, label, start, answer, check: None }));
    }

    /// Asks for a line of text that `make` makes an edit of; what the edit would
    /// refuse is said while one types. Afterwards `then` is done.
    pub fn ask_edit(
        &self,
        title: &'static str,
        label: &'static str,
        start: String,
        make: impl Fn(&str) -> Edit + Send + Sync + 'static,
        then: impl Fn() + Send + Sync + 'static,
    ) {
        let (app, make) = (*self, Arc::new(make));
        let answer: Answer = {
            let make = Arc::clone(&make);
            Arc::new(move |text| app.run(make(&text)).map(|()| then()))
        };
        let check: Answer = Arc::new(move |text| app.would_refuse(make(&text)));
        self.question.set(Some(Question { title, label, start, answer, check: Some(check) }));
    }

    /// What was said last.
    #[must_use]
    pub fn said(&self) -> Signal<String> {
        self.said.into()
    }

    /// The message at the foot of the page.
    #[must_use]
    pub fn toast(&self) -> RwSignal<Option<Toast>> {
        self.toast
    }

    /// A fresh id for something of a kind, such as `step`.
    #[must_use]
    pub fn new_id(&self, kind: &str) -> String {
        chance::new_id(kind)
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
