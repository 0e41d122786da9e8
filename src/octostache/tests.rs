//! Tests of the rules, by number.
