//! Files of servers behind a gateway, as far as the page has to do with them.

pub use crate::link::files::{Entry, Failure, Listing, list, store};

use crate::browser::parts;
use crate::link::files::Reading;
use session::link::Tunnel;
use session::tunnel::Ending;

/// How far a file is that is being fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that came.
    pub done: u64,
    /// Bytes there are, if that is known.
    pub size: Option<u64>,
    /// What tells this state of the file from another.
    pub tag: Option<String>,
}

/// Fetches a file, or the rest of one, into the parts of that number; `told` hears how far it is.
///
/// # Errors
/// Why it is not whole: what came stays.
pub async fn fetch(
    tunnel: &Tunnel,
    path: &str,
    number: u32,
    mut progress: Progress,
    told: impl Fn(&Progress),
) -> Result<(), String> {
    let reading = Reading::begin(tunnel, path, progress.done, progress.tag.as_deref()).await;
    let mut reading = reading.map_err(|why| why.words())?;
    if reading.from < progress.done {
        // Another file than before, or a server that gives no rest: what was there is no part of it.
        parts::forget(number);
    }
    progress = Progress { done: reading.from, size: reading.size, tag: reading.tag.take() };
    told(&progress);
    while let Some(piece) = reading.next().await? {
        progress.done = progress.done.saturating_add(piece.length().into());
        parts::add(number, &piece);
        told(&progress);
    }
    told(&Progress { size: Some(progress.done), ..progress });
    Ok(())
}

impl Failure {
    /// Whether there is a file of that name already.
    #[must_use]
    pub fn exists(&self) -> bool {
        matches!(self.ending, Some((Ending::Exists, _)))
    }
}
