//! The console: a page that draws and a worker that holds the sessions, in one library shared by both binaries.

pub mod app;
pub mod browser;
pub mod engine;
pub mod host;
pub mod link;
pub mod profiles;
pub mod remembered;
pub mod route;
pub mod ui;
pub mod view;
pub mod words;

/// Identifies one build of the console. Page and worker exchange it in their first message, since a browser
/// may still hold an older worker when the page is new.
pub const BUILD: &str = match option_env!("FERRULE_BUILD") {
    Some(build) => build,
    None => concat!(env!("CARGO_PKG_VERSION"), "-dev"),
};
