//! The mark of an environment: a dot in its colour and its name.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::model::{Design, EnvironmentId};

/// What is needed to show an environment by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentMark {
    /// Its id.
    pub id: EnvironmentId,
    /// Its name.
    pub name: String,
    /// Its colour, 1 to 12.
    pub hue: u32,
    /// Whether it is protected.
    pub is_protected: bool,
}

/// The marks of all environments in promotion order.
#[must_use]
pub fn marks(design: &Design) -> Vec<EnvironmentMark> {
    design
        .space
        .environments
        .iter()
        .zip(0_u32..)
        .map(|(environment, place)| EnvironmentMark {
            id: environment.id.clone(),
            name: environment.name.to_string(),
            hue: if (1..=12).contains(&environment.hue) { environment.hue } else { place % 12 + 1 },
            is_protected: environment.is_protected,
        })
        .collect()
}

/// The mark as a chip without a frame: dot, name, shield.
pub fn environment(mark: &EnvironmentMark) -> AnyView {
    let shield = mark.is_protected.then(|| {
        view! { <span title="Protected">{icon(Icon::Shield)}<span class="unseen">" (protected)"</span></span> }
    });
    view! {
        <span class="environment">
            <span class="dot" data-hue=mark.hue></span>
            <span class="chip__text">{mark.name.clone()}</span>
            {shield}
        </span>
    }
    .into_any()
}

/// A dot alone, filled or hollow, with its meaning for screen readers.
pub fn environment_dot(mark: &EnvironmentMark, is_filled: bool) -> AnyView {
    view! {
        <span
            class="dot"
            data-hue=mark.hue
            data-hollow=(!is_filled).then_some("")
            title=if is_filled { mark.name.clone() } else { format!("Not in {}", mark.name) }
        ></span>
    }
    .into_any()
}
