//! Tests of the scope rules.
