//! Where Pulumi runs: the worker pool and the container of all Pulumi steps,
//! and the pools that the space has.

use leptos::prelude::*;

use super::card;
use crate::edit::{Edit, Refusal, infrastructure as edit, refuse};
use crate::model::{FeedId, WorkerPoolChoice, WorkerPoolId};
use crate::state::App;
use crate::ui::widgets::field::{FieldOptions, checkbox, edit_field, select_field};
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::live_text;
use crate::ui::widgets::rows::rows;

const VARIOUS: &str = "various";

/// The card.
pub fn place(app: App) -> AnyView {
    let chosen = app.memo(|design| match edit::shared_place(design) {
        (Some(WorkerPoolChoice::Default), _) => String::new(),
        (Some(WorkerPoolChoice::Pool(pick)), _) => pick.pool.to_string(),
        _ => VARIOUS.to_owned(),
    });
    let image = app.memo(|design| {
        let container = edit::shared_place(design).1.flatten();
        container.map(|container| container.image).unwrap_or_default()
    });
    let options = move || {
        let mut options = vec![(String::new(), "The default pool".to_owned())];
        app.read(|design| {
            for pool in &design.space.worker_pools {
                options.push((pool.id.to_string(), pool.name.to_string()));
            }
        });
        if chosen.get() == VARIOUS {
            options.push((VARIOUS.to_owned(), "Different from step to step".to_owned()));
        }
        options
    };
    let pick = move |id: String| {
        if id != VARIOUS {
            app.run_or_tell(edit::run_on_pool(WorkerPoolId::parse(&id).ok()));
        }
    };
    let run_in = move |text: &str| match FeedId::parse(&app.new_id("feed")) {
        Ok(feed) => Ok(edit::run_in_container(text, feed)),
        Err(_) => refuse("No id could be made."),
    };
    let body = view! {
        <div class="card__body">
            {select_field("Worker pool", move || chosen.get(), options, false, pick)}
            {edit_field("Container image", move || image.get(), FieldOptions {
                help: "Runs the steps in this image, which has the Pulumi CLI; empty needs it on the workers.",
                placeholder: "pulumi/pulumi:3.200.0".into(),
                is_code: true,
                ..FieldOptions::default()
            }, run_in)}
            <p class="field__help">
                "Both hold for the Pulumi steps that are there and for those to come. A step can still choose its own."
            </p>
            <fieldset class="fieldset">
                <legend>"Worker pools of the space"</legend>
                {pools(app)}
            </fieldset>
        </div>
    }
    .into_any();
    card("Where Pulumi runs", ().into_any(), body)
}

fn pools(app: App) -> AnyView {
    let ids = app.memo(|design| {
        design.space.worker_pools.iter().map(|pool| pool.id.to_string()).collect::<Vec<_>>()
    });
    let add = move |text: &str| -> Result<Edit, Refusal> {
        if text.trim().is_empty() {
            return Ok(Edit::nothing());
        }
        match WorkerPoolId::parse(&app.new_id("pool")) {
            Ok(id) => Ok(edit::add_worker_pool(id, text)),
            Err(_) => refuse("No id could be made."),
        }
    };
    view! {
        <ul class="pools">
            {rows(move || ids.get(), move |id| match WorkerPoolId::parse(&id) {
                Ok(id) => pool(app, id),
                Err(_) => ().into_any(),
            })}
        </ul>
        <div class="stacks__name">
            {icon(Icon::Plus)}
            {edit_field("Add worker pool", String::new, FieldOptions {
                is_cell: true,
                placeholder: "Add worker pool".into(),
                ..FieldOptions::default()
            }, add)}
        </div>
    }
    .into_any()
}

fn pool(app: App, id: WorkerPoolId) -> AnyView {
    let row = {
        let id = id.clone();
        app.memo(move |design| {
            let pool = design.space.worker_pools.get(&id);
            pool.map(|pool| (pool.name.to_string(), pool.is_single_worker)).unwrap_or_default()
        })
    };
    view! {
        <li class="pools__pool">
            <span class="chip__text">{live_text(move || row.get().0)}</span>
            {checkbox("Has a single worker", move || row.get().1, move |is_single| {
                app.run_or_tell(edit::change_worker_pool(id.clone(), "Change worker pool", move |pool| {
                    pool.is_single_worker = is_single;
                }));
            })}
        </li>
    }
    .into_any()
}
