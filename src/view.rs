//! The screens and panels. Each panel is one file and one row in [`VIEWS`].

pub mod at_stake;
pub mod bar;
pub mod commands;
pub mod dashboard;
pub mod device;
pub mod doctor;
pub mod files;
pub mod fleet;
pub mod format;
pub mod gallery;
pub mod hex;
pub mod language;
pub mod ledger;
mod line_format;
pub mod macros;
pub mod nameplate;
pub mod narrow;
pub mod palette;
pub mod plot;
pub mod profile;
pub mod rejected;
pub mod scheme;
pub mod settings;
pub mod shortcuts;
pub mod signals;
pub mod speed;
pub mod start;
pub mod terminal;
pub mod text_size;
pub mod timeline;
pub mod transfer;
pub mod update;
pub mod values;
pub mod workspace;

use crate::engine::Open;
use crate::ui::whole::whole;
use crate::words::views as words;
use leptos::prelude::*;

/// A place of the workspace, where panels stand one behind another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Upper left, the widest.
    Plot,
    /// Upper right.
    Values,
    /// Lower left.
    Terminal,
    /// Lower right.
    Detail,
}

impl Place {
    /// All four, in reading order.
    pub const ALL: [Place; 4] = [Place::Plot, Place::Values, Place::Terminal, Place::Detail];
}

/// Whose workspace a panel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fits {
    /// One device's.
    One,
    /// A fleet's.
    Many,
    /// Either's.
    Both,
}

/// One row of [`VIEWS`].
pub struct ViewInfo {
    /// Its English heading, by which it is kept and found.
    pub name: &'static str,
    /// Its heading in the language in force.
    pub word: fn() -> &'static str,
    /// Where it stands until the user moves it. One of [`Place::Detail`] draws its body only, and its tab is its heading;
    /// any other draws a `section` of class `panel` with a `panel-head`.
    pub place: Place,
    /// Whose workspace it is for.
    pub fits: Fits,
    /// Makes it.
    pub mount: fn(Open) -> AnyView,
}

macro_rules! views {
    ($($name:literal $word:ident $place:ident $fits:ident $view:path;)*) => {
        /// Every panel of a workspace, in reading order.
        pub static VIEWS: &[ViewInfo] = &[$({
            use $view as View;
            const { assert!(session::profile::is_panel($name), "a profile must know the panel: add it to PANELS") };
            ViewInfo {
                name: $name,
                word: words::$word,
                place: Place::$place,
                fits: Fits::$fits,
                mount: |open| whole(view! { <View open/> }),
            }
        }),*];
    };
}

impl ViewInfo {
    /// Every panel of a fleet's workspace, or of a device's.
    pub fn of(fleet: bool) -> impl Iterator<Item = &'static ViewInfo> {
        VIEWS.iter().filter(move |view| view.fits == Fits::Both || (view.fits == Fits::Many) == fleet)
    }
}

views! {
    "Plot" plot Plot One plot::Plot;
    "Values" values Values One values::Values;
    "Terminal" terminal Terminal Both terminal::Terminal;
    "Commands" commands Detail One commands::Commands;
    "Macros" macros Detail One macros::Macros;
    "Transfer" transfer Detail One transfer::Transfer;
    "Rejected" rejected Detail Both rejected::Rejected;
    "Profile" profile Detail Both profile::ProfileEditor;
    "Hex" hex Detail One hex::Hex;
    "Dashboard" dashboard Detail One dashboard::Dashboard;
    "Fleet" fleet Plot Many fleet::Fleet;
}
