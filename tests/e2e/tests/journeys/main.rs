//! Journeys through the published page, as a user makes them.

mod harness;
mod offline;
mod smoke;
mod variables;
