//! Widgets and words that know nothing of devices.

pub mod file_button;
pub mod icon;
pub mod state;
pub mod tabs;
