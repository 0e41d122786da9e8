//! Journeys through the published page, as a user makes them.

mod board;
mod compare;
mod everywhere;
mod export;
mod harness;
mod import;
mod kept;
mod keyboard;
mod large;
mod library;
mod names;
mod ocl;
mod offline;
mod palette;
mod phone;
mod preview;
mod problems;
mod process;
mod reach;
mod smoke;
mod stacks;
mod start;
mod story;
mod upgrade;
mod variables;
