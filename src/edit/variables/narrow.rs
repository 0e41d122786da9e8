//! Limiting values to fewer environments, several at once.

use super::{ValueAt, delete_value, set_scope};
use crate::edit::Edit;
use crate::model::{EnvironmentId, Scope};

/// Limits each value to the environments beside it, and keeps what else limits
/// it; a value with none left goes. One edit, so that it is undone as one.
#[must_use]
pub fn narrow(label: impl Into<String>, values: Vec<(ValueAt, Vec<EnvironmentId>)>) -> Edit {
    Edit::new(label, move |design| {
        for (at, environments) in values {
            let Some((_, value)) = super::find(design, &at) else { return super::gone() };
            let edit = if environments.is_empty() {
                delete_value(at)
            } else {
                let scope = Scope { environments, ..value.scope.clone() };
                set_scope(at, scope)
            };
            *design = edit.apply(design)?;
        }
        Ok(())
    })
}
