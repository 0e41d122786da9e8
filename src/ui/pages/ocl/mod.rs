//! The OCL doctor: paste or drop OCL, see what Octopus would refuse, repair it
//! one by one or all at once, and read what it means.
//!
//! The text stays in this page's memory until the tab is closed: it may hold
//! what must not be stored.

mod editor;
mod meaning;
mod problems;

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame;
use crate::ocl::MAX_MEBIBYTES;
use crate::platform::files;
use crate::platform::focus;
use crate::state::{App, late};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::chooser::Chooser;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::live;
use crate::view::ocl::{EXAMPLE, Meaning, Sheet, file_name, meaning as meaning_of};

const LEAD: &str = "Paste OCL or drop a file: see what Octopus would refuse, repair it, and read \
                    what it means. The text goes nowhere.";
/// How long after a change the text is read for its meaning.
const PAUSE: Duration = Duration::from_millis(200);
/// Texts over so many bytes are read a moment after typing, not while typing.
const LARGE: usize = 500_000;

thread_local! {
    /// The name and text that were here last.
    static LAST: RefCell<(String, String)> = const { RefCell::new((String::new(), String::new())) };
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Doctor {
    app: App,
    /// The name of the file that was opened; empty for pasted text.
    name: RwSignal<String>,
    sheet: RwSignal<Arc<Sheet>>,
    meaning: RwSignal<Arc<Meaning>>,
    /// The text before the last repair.
    before: RwSignal<Option<String>>,
    area: NodeRef<html::Textarea>,
    scroller: NodeRef<html::Div>,
}

impl Doctor {
    /// Shows another text, in place of what was typed.
    fn replace(self, text: String) {
        if let Some(area) = self.area.get_untracked() {
            area.set_value(&text);
        }
        self.take(text);
    }

    /// Takes the text that stands in the editor.
    fn take(self, text: String) {
        LAST.with_borrow_mut(|last| text.clone_into(&mut last.1));
        self.sheet.set(Arc::new(Sheet::of(text)));
    }

    /// Takes a repaired text, which can be taken back.
    fn repair(self, text: String, said: String) {
        let old = self.sheet.with_untracked(|sheet| sheet.text().to_owned());
        self.before.set(Some(old));
        self.replace(text);
        self.app.tell(said);
        focus::focus_soon("ocl-problems");
    }

    fn repair_all(self) {
        let (text, edits) = self.sheet.with_untracked(|sheet| sheet.all_repaired());
        let left = Sheet::of(text.clone()).rows().len();
        let said = match (edits, left) {
            (0, 0) => return self.app.tell("There is nothing to repair."),
            (0, _) => return self.app.tell("None of this can be repaired by itself."),
            (1, _) => "1 repair made".to_owned(),
            (edits, _) => format!("{edits} repairs made"),
        };
        let rest = match left {
            0 => ".".to_owned(),
            1 => ", 1 problem is left.".to_owned(),
            left => format!(", {left} problems are left."),
        };
        self.repair(text, said + &rest);
    }

    fn open(self, file: web_sys::File) {
        spawn_local(async move {
            match files::read_text(&file, MAX_MEBIBYTES << 20).await {
                Ok(Some(text)) => self.show(file.name(), text),
                Ok(None) => self.app.tell(format!("{} is too large.", file.name())),
                Err(failure) => self.app.tell(format!("{} was not read. {failure}", file.name())),
            }
        });
    }

    fn show(self, name: String, text: String) {
        LAST.with_borrow_mut(|last| name.clone_into(&mut last.0));
        self.name.set(name);
        self.before.set(None);
        self.replace(text);
    }

    fn copy(self) {
        let text = self.sheet.with_untracked(|sheet| sheet.text().to_owned());
        spawn_local(async move {
            match files::copy(&text).await {
                Ok(()) => self.app.tell("OCL copied."),
                Err(failure) => self.app.tell(format!("Not copied. {failure}")),
            }
        });
    }

    fn download(self) {
        let name = self.name.get_untracked();
        let kind = self.meaning.with_untracked(|meaning| meaning.kind);
        let name = if name.is_empty() { file_name(kind).to_owned() } else { name };
        let text = self.sheet.with_untracked(|sheet| sheet.text().to_owned());
        match files::download(&name, "text/plain", text.as_bytes()) {
            Ok(()) => self.app.tell(format!("Saved as {name}.")),
            Err(failure) => self.app.tell(format!("{name} was not saved. {failure}")),
        }
    }

    fn lay_out(self) {
        match self.sheet.with_untracked(|sheet| sheet.laid_out()) {
            Some(text) => self.repair(text, "Laid out as Octopus does.".to_owned()),
            None => self.app.tell("Repair the problems first; then the text can be laid out."),
        }
    }
}

/// The page.
pub fn ocl(app: App) -> AnyView {
    let (name, text) = LAST.with_borrow(Clone::clone);
    let doctor = Doctor {
        app,
        name: RwSignal::new(name),
        sheet: RwSignal::new(Arc::new(Sheet::of(text))),
        meaning: RwSignal::default(),
        before: RwSignal::new(None),
        area: NodeRef::new(),
        scroller: NodeRef::new(),
    };
    late(
        move || {
            doctor.sheet.track();
            doctor.name.track();
            PAUSE
        },
        move || {
            let name = doctor.name.get_untracked();
            let found = doctor.sheet.with_untracked(|sheet| meaning_of(&name, sheet.text()));
            doctor.meaning.set(Arc::new(found));
        },
    );
    let over = move |event: web_sys::DragEvent| event.prevent_default();
    let dropped = move |event: web_sys::DragEvent| {
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            event.prevent_default();
            event.stop_propagation();
            doctor.open(file);
        }
    };
    let body = view! {
        <div class="ocl" on:dragover=over on:drop=dropped>
            {editor::editor(doctor)}
            <div class="ocl__side">
                {live(move || if doctor.sheet.with(|sheet| sheet.is_empty()) { nothing(doctor) } else {
                    view! { {problems::problems(doctor)} {meaning::meaning(doctor)} }.into_any()
                })}
            </div>
        </div>
    }
    .into_any();
    frame(app, "OCL doctor", LEAD, tools(doctor), body)
}

fn tools(doctor: Doctor) -> AnyView {
    let chooser = Chooser::default();
    view! {
        {button(Look::Plain, Some(Icon::Import), "Open a file…", move || chooser.open())}
        {button(Look::Plain, None, "Lay out", move || doctor.lay_out())}
        {button(Look::Plain, Some(Icon::Copy), "Copy OCL", move || doctor.copy())}
        {button(Look::Plain, Some(Icon::Download), "Download", move || doctor.download())}
        {button(Look::Main, None, "Repair all", move || doctor.repair_all())}
        {chooser.input("OCL file", ".ocl", move |file| doctor.open(file))}
    }
    .into_any()
}

/// Nothing is there yet.
fn nothing(doctor: Doctor) -> AnyView {
    let show = move || doctor.show(String::new(), EXAMPLE.to_owned());
    crate::ui::widgets::empty::empty(
        "The files of an .octopus folder are read here: processes, runbooks, variables, settings.",
        button(Look::Plain, None, "Show an example", show),
    )
}
