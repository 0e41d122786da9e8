//! The rules, by area.

use super::Rule;

/// All rules, in the order in which they are shown.
pub static RULES: &[&Rule] = &[];
