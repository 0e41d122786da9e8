//! Findings to read: what, where, why it matters, what to do.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::base::{Finding, Severity};

/// The icon of a severity.
#[must_use]
pub fn icon_of(severity: Severity) -> Icon {
    match severity {
        Severity::Error => Icon::Error,
        Severity::Warning => Icon::Warning,
        Severity::Info => Icon::Info,
    }
}

/// One finding as a list item; empty texts are left out. `place` stands below
/// what it says.
pub fn finding(
    severity: Severity,
    code: &'static str,
    what: String,
    place: AnyView,
    why: String,
    fix: String,
) -> AnyView {
    let line = |label: &'static str, text: String| {
        (!text.is_empty()).then(|| {
            view! { <p class="finding__line"><span class="finding__label">{label}</span>{text}</p> }
                .into_any()
        })
    };
    view! {
        <li class="finding" data-severity=severity.word()>
            <span class="finding__sign">
                {icon(icon_of(severity))}
                <span class="unseen">{severity.word()}": "</span>
            </span>
            <div class="finding__body">
                {(!what.is_empty()).then(|| view! { <p class="finding__what">{what}</p> })}
                {place}
                {line("Why", why)}
                {line("Do", fix)}
            </div>
            <code class="finding__code">{code}</code>
        </li>
    }
    .into_any()
}

/// Findings as a list, the first `most` of them, and how many more there are.
pub fn findings(all: &[&Finding], most: usize) -> AnyView {
    let lines: Vec<_> = all
        .iter()
        .take(most)
        .map(|one| {
            let place = one.place.to_string();
            let place = (!place.is_empty()).then(|| view! { <p class="muted small">{place}</p> });
            let (what, why, fix) = (one.what.clone(), one.why.clone(), one.fix.clone());
            finding(one.severity, one.code, what, place.into_any(), why, fix)
        })
        .collect();
    let more = all.len().saturating_sub(most);
    view! {
        <ul class="findings">{lines}</ul>
        {(more > 0).then(|| view! { <p class="muted small">{format!("And {more} more.")}</p> })}
    }
    .into_any()
}
