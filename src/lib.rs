//! The console: what its two binaries, the page and the worker, are made of.

pub mod link;

/// Identifies one build of page and worker together; they compare it in their first messages.
pub const BUILD: &str = match option_env!("FERRULE_BUILD") {
    Some(build) => build,
    None => concat!(env!("CARGO_PKG_VERSION"), "-dev"),
};
