//! Tests of the rules in `SPEC.md`.
