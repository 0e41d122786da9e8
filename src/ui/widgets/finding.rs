//! Findings to read: what, where, why it matters, what to do.

use leptos::prelude::*;

use super::icon::{Icon, icon};
use crate::base::Severity;

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
