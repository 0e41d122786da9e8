//! Takes secrets out of a document before anything else looks at it.
//!
//! Where a secret may stand: `NewValue` of a sensitive value, `Value` of a
//! sensitive variable (reference: variables, sections 1 and 6), and the
//! sensitive properties of exports from before Octopus 3.3.

use serde_json::Value;

use super::reading::Reading;

/// The member that says of a sensitive variable that a secret stood there.
pub(super) const WAS_SET: &str = "pulpoWasSet";

/// Takes all secrets out and says where one was.
pub(super) fn take_out(value: &mut Value, reading: &mut Reading) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                if matches!(item, Value::Array(_) | Value::Object(_)) {
                    reading.at(index, |reading| take_out(item, reading));
                }
            }
        }
        Value::Object(map) => {
            let is_value = map.contains_key("HasValue") || map.contains_key("NewValue");
            if is_value && map.get("NewValue").is_some_and(|secret| !secret.is_null()) {
                map.insert("NewValue".to_owned(), Value::Null);
                map.entry("HasValue").or_insert(Value::Bool(true));
                dropped("NewValue", reading);
            }
            let is_sensitive = map.get("IsSensitive") == Some(&Value::Bool(true))
                || map.get("Type").and_then(Value::as_str) == Some("Sensitive");
            let has_text = |secret: &Value| !secret.is_null() && secret.as_str() != Some("");
            if is_sensitive && map.get("Value").is_some_and(has_text) {
                map.insert("Value".to_owned(), Value::Null);
                map.insert(WAS_SET.to_owned(), Value::Bool(true));
                dropped("Value", reading);
            }
            for (key, inner) in map {
                if key == "SensitiveProperties" {
                    old_properties(inner, reading);
                }
                if matches!(inner, Value::Array(_) | Value::Object(_)) {
                    reading.within(key, |reading| take_out(inner, reading));
                }
            }
        }
        _ => {}
    }
}

fn old_properties(value: &mut Value, reading: &mut Reading) {
    for (key, secret) in value.as_object_mut().into_iter().flatten() {
        if secret.is_string() {
            *secret = Value::Null;
            dropped(key, reading);
        }
    }
}

fn dropped(key: &str, reading: &mut Reading) {
    let what = "A secret stands here; only that it is set was taken in.";
    reading.within(key, |reading| reading.warning("import/secret-dropped", what));
}
