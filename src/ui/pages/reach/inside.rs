//! The reverse: everything that can be read in one environment.

use leptos::prelude::*;

use super::matrix::face;
use super::{Desk, below};
use crate::state::Derived;
use crate::ui::widgets::icon::{Icon, icon};
use crate::ui::widgets::live::{live, press};
use crate::view::reach::Look;

/// The table.
pub fn inside(desk: Desk) -> AnyView {
    // What each row shows: key, variable, label, kind, cell, how many name it.
    let lines = Derived::new(move || {
        let id = desk.inside.get();
        let found = desk.found.get();
        let shown: Vec<usize> = found.into_iter().take(desk.most.get()).collect();
        let table = desk.table.get();
        let naming = desk.mentions.with(|mentions| table.naming(mentions, &shown, &id));
        let place = desk
            .app
            .read(|design| design.space.environments.iter().position(|one| one.id.as_str() == id));
        let rows = shown.iter().zip(naming).filter_map(|(index, naming)| {
            let row = table.rows.get(*index)?;
            Some((row.clone(), row.cells.get(place?)?.clone(), naming))
        });
        rows.collect::<Vec<_>>()
    });
    let body = live(move || {
        let id = desk.inside.get_untracked();
        let rows: Vec<_> = lines
            .get()
            .into_iter()
            .map(|(row, cell, naming)| {
                let is_leak = cell.look == Look::Leak;
                let (key, id) = (row.key.clone(), id.clone());
                view! {
                    <tr>
                        <th scope="row">
                            <button
                                type="button"
                                class="reach__name"
                                on:click=press(move || desk.open(&key, &id))
                            >
                                {face(&row, true)}
                            </button>
                        </th>
                        <td>{cell.text}</td>
                        <td>{match naming { 0 => "none".to_owned(), 1 => "1 step".to_owned(), many => format!("{many} steps") }}</td>
                        <td>
                            {is_leak.then(|| view! {
                                <span class="mark" data-severity="error">{icon(Icon::Warning)}"Leak: of a protected environment"</span>
                            })}
                        </td>
                    </tr>
                }
                .into_any()
            })
            .collect();
        rows.into_any()
    });
    view! {
        <div class="scroll reach__scroll">
            <table class="table reach" aria-label="Credentials that can be read here">
                <thead><tr>
                    <th scope="col">"Credential"</th>
                    <th scope="col">"Can read it"</th>
                    <th scope="col">"Name it"</th>
                    <th scope="col"><span class="unseen">"Leak"</span></th>
                </tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
        {below(desk)}
    }
    .into_any()
}
