//! Library: the designs that this browser keeps, samples, files in and out.

mod kept;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::frame;
use crate::state::{App, Failure, SampleInfo, samples};
use crate::ui::widgets::button::{Look, button};
use crate::ui::widgets::chooser::Chooser;
use crate::ui::widgets::icon::Icon;
use crate::ui::widgets::live::live;

const LEAD: &str = "Designs stay in this browser and go nowhere else. Save one as a file to keep \
                    it elsewhere or to give it to others.";

/// The page.
pub fn library(app: App) -> AnyView {
    let chooser = Chooser::default();
    let tools = view! {
        {button(Look::Plain, Some(Icon::Import), "Open a file…", move || chooser.open())}
        {button(Look::Plain, Some(Icon::Download), "Save design as a file", move || app.save_file())}
        {button(Look::Main, Some(Icon::Plus), "Start a new design", move || app.new_design())}
        {chooser.input("Design file", ".json,application/json", move |file| app.open_file(file))}
    }
    .into_any();
    let body = view! {
        {kept::kept(app)}
        {sample_cards(app)}
    }
    .into_any();
    frame(app, "Library", LEAD, tools, body)
}

/// The samples that come with Pulpo.
fn sample_cards(app: App) -> AnyView {
    let all = RwSignal::new(None::<Result<Vec<SampleInfo>, Failure>>);
    spawn_local(async move {
        let found = samples().await;
        // The page may be gone by now.
        all.try_set(Some(found));
    });
    let cards = move || match all.get() {
        None => ().into_any(),
        Some(Err(failure)) => view! { <p class="muted">{failure.0}</p> }.into_any(),
        Some(Ok(samples)) => {
            let cards: Vec<_> = samples
                .into_iter()
                .map(|sample| {
                    let SampleInfo { file, title, description } = sample;
                    view! {
                        <li>
                            <button type="button" class="sample" on:click=move |_| app.open_sample(file.clone())>
                                <span class="strong">{title}</span>
                                <span class="muted small">{description}</span>
                            </button>
                        </li>
                    }
                    .into_any()
                })
                .collect();
            view! { <ul class="samples">{cards}</ul> }.into_any()
        }
    };
    view! {
        <section class="library__part" aria-labelledby="library-samples">
            <h2 id="library-samples">"Samples"</h2>
            <p class="muted">"Each opens as a design of its own, and is kept with your first change."</p>
            {live(cards)}
        </section>
    }
    .into_any()
}
