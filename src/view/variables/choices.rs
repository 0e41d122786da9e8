//! What can be chosen for values that are not typed.

use crate::model::{Design, VariableContent};
use crate::record::Bound;

/// The choices of a value, as (what is kept, what is read); `None` for a text.
/// The first is nothing; what is chosen now is always among them.
#[must_use]
pub fn choices(design: &Design, content: &VariableContent) -> Option<Vec<(String, String)>> {
    let mut all = vec![(String::new(), "Not chosen".to_owned())];
    match content {
        VariableContent::Text(_) => return None,
        VariableContent::Sensitive(_) => {
            return Some(vec![
                (String::new(), "Not set".to_owned()),
                ("set".to_owned(), "Set in Octopus".to_owned()),
            ]);
        }
        VariableContent::Certificate(_) => {
            all.extend(
                design
                    .space
                    .certificates
                    .iter()
                    .map(|one| (one.id.to_string(), one.name.to_string())),
            );
        }
        VariableContent::WorkerPool(_) => {
            all.extend(
                design
                    .space
                    .worker_pools
                    .iter()
                    .map(|one| (one.id.to_string(), one.name.to_string())),
            );
        }
        _ => {
            let word = Some(content.word());
            let fitting =
                design.space.accounts.iter().filter(|one| one.kind.variable_type() == word);
            all.extend(fitting.map(|one| (one.id.to_string(), one.name.to_string())));
        }
    }
    let now = choice_of(content);
    if !all.iter().any(|(value, _)| *value == now) {
        let label = if now.contains("#{") { now.clone() } else { format!("{now} (unknown)") };
        all.push((now, label));
    }
    Some(all)
}

/// What is chosen now, as it is kept; empty for a text or nothing.
#[must_use]
pub fn choice_of(content: &VariableContent) -> String {
    fn text<T: std::fmt::Display>(bound: Option<&Bound<T>>) -> String {
        match bound {
            Some(Bound::Is(id)) => id.to_string(),
            Some(Bound::Expression(text)) => text.clone(),
            None => String::new(),
        }
    }
    match content {
        VariableContent::Text(_) => String::new(),
        VariableContent::Sensitive(own) => {
            if own.is_set {
                "set".to_owned()
            } else {
                String::new()
            }
        }
        VariableContent::Certificate(own) => text(own.certificate.as_ref()),
        VariableContent::WorkerPool(own) => text(own.pool.as_ref()),
        other => text(other.account().and_then(|own| own.account.as_ref())),
    }
}
