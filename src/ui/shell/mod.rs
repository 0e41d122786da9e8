//! The frame: bar, navigation, notices, palette of commands.

pub mod bar;
pub mod drops;
pub mod navigation;
pub mod notices;
pub mod opening;
pub mod palette;
pub mod question;
