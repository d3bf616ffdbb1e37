//! Widgets and words that know nothing of devices.

pub mod format;
pub mod icon;
pub mod state;
pub mod tabs;
