//! Properties of steps as Octopus sends them: no secret is kept, and what was
//! read is written to what reads as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use pulpo::model::Properties;
use pulpo::record::{Field, Reader};
use serde_json::Value;

fuzz_target!(|text: &str| {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return };
    let Some(properties) = Properties::read(&value, &mut Reader::new()) else { return };
    let written = properties.write();
    for value in written.as_object().into_iter().flat_map(|map| map.values()) {
        let is_secret = value.get("HasValue").is_some() || value.get("NewValue").is_some();
        assert!(!is_secret || value["NewValue"].is_null(), "no secret is kept");
    }
    let again = Properties::read(&written, &mut Reader::new());
    assert_eq!(again, Some(properties));
});
