//! What an OCL body says that no field of the design holds: kept in the record
//! that the body became, and written back (K1 to K3).
//!
//! It stands in the record's unknown members under `ocl`: as text, so that a
//! design file stays as flat as it is, however deep the blocks were.

use serde_json::{Map, Value as Json};

use crate::ocl::{self, Document, Element, LineEnd};
use crate::record::Extra;

/// Where it stands.
pub(super) const KEY: &str = "ocl";

/// What one body says besides.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Kept {
    /// Attributes that stood there although they say what their absence says.
    said: Vec<String>,
    /// Attributes and blocks that no field holds.
    pub other: Vec<Element>,
}

impl Kept {
    pub(super) fn new(said: Vec<String>, other: Vec<Element>) -> Self {
        Self { said, other }
    }

    /// What `extra` keeps under `key`.
    pub(super) fn of(extra: &Extra, key: &str) -> Self {
        let Some(Json::Object(map)) = extra.get(key) else { return Self::default() };
        let said = match map.get("said") {
            Some(Json::Array(names)) => {
                names.iter().filter_map(Json::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let text = map.get("other").and_then(Json::as_str).unwrap_or_default();
        Self { said, other: ocl::read(text).unwrap_or_default().body }
    }

    /// Keeps it in `extra` under `key`, unless there is nothing to keep.
    pub(super) fn keep(self, extra: &mut Extra, key: &str) {
        let mut map = Map::new();
        if !self.said.is_empty() {
            map.insert("said".to_owned(), self.said.into());
        }
        if !self.other.is_empty() {
            let text = ocl::write(&Document { body: self.other }, LineEnd::Lf).text;
            map.insert("other".to_owned(), text.into());
        }
        if !map.is_empty() {
            extra.set(key, Json::Object(map));
        }
    }

    /// Whether the attribute `name` stood there although it need not.
    pub(super) fn is_said(&self, name: &str) -> bool {
        self.said.iter().any(|one| one == name)
    }
}
