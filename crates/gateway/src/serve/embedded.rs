//! The console that was built into this program, if it was.

use super::files::Files;

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The files; none where the program was built without them.
pub(crate) fn files() -> Files {
    Files::of(CONSOLE)
}
