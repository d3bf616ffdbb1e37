//! While a session is open in a tab, the tab holds a Web Lock: the service worker lets no new release take over then, and
//! browsers do not freeze the tab.

use super::Engine;
use crate::link::web_lock::Named;
use leptos::prelude::*;

/// The lock's name, which the service worker knows too.
const SESSION: &str = "ferrule: a session is open";

impl Engine {
    /// Whether no session is open in this tab.
    #[must_use]
    pub fn idle(self) -> bool {
        self.sessions.with(Vec::is_empty)
    }

    /// Holds the lock whenever there is a session.
    pub(super) fn hold_while_open(self) {
        Effect::new(move |held: Option<Option<Named>>| {
            (!self.idle()).then(|| held.flatten().unwrap_or_else(|| Named::hold(SESSION)))
        });
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn f45_the_service_worker_knows_the_lock_by_the_same_name() {
        let worker = include_str!("../../public/sw.js");
        assert!(worker.contains(&format!("\"{}\"", super::SESSION)));
    }
}
