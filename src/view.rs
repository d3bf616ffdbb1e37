//! The screens and panels. Each panel is one file and one row in [`VIEWS`].

pub mod bar;
pub mod commands;
pub mod device;
pub mod format;
pub mod language;
pub mod ledger;
pub mod nameplate;
pub mod plot;
pub mod profile;
pub mod rejected;
pub mod scheme;
pub mod start;
pub mod terminal;
pub mod values;

use crate::engine::Open;
use crate::ui::whole::whole;
use leptos::prelude::*;

/// Where a panel stands in the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Upper left, the widest.
    Plot,
    /// Upper right.
    Values,
    /// Lower left.
    Terminal,
    /// Lower right, one of several behind tabs.
    Detail,
}

/// One row of [`VIEWS`].
pub struct ViewInfo {
    /// Its heading.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// Makes it.
    pub mount: fn(Open) -> AnyView,
}

/// Every panel of a device's workspace, in reading order.
pub static VIEWS: &[ViewInfo] = &[
    ViewInfo { name: "Plot", place: Place::Plot, mount: |open| whole(view! { <plot::Plot open/> }) },
    ViewInfo { name: "Values", place: Place::Values, mount: |open| whole(view! { <values::Values open/> }) },
    ViewInfo { name: "Terminal", place: Place::Terminal, mount: |open| whole(view! { <terminal::Terminal open/> }) },
    ViewInfo { name: "Commands", place: Place::Detail, mount: |open| whole(view! { <commands::Commands open/> }) },
    ViewInfo { name: "Rejected", place: Place::Detail, mount: |open| whole(view! { <rejected::Rejected open/> }) },
    ViewInfo { name: "Profile", place: Place::Detail, mount: |open| whole(view! { <profile::ProfileEditor open/> }) },
];
