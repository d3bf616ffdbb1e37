//! Widgets and words that know nothing of devices.

pub mod dialog;
pub mod editor;
pub mod file_button;
pub mod icon;
pub mod menu;
pub mod notice;
pub mod remark;
pub mod split;
pub mod state;
pub mod tabs;
pub mod whole;
