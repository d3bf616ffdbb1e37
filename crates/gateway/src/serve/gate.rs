//! What all connections share.

use super::audit::Audit;
use super::caps::Caps;
use super::config::{Config, Target};
use super::files::Files;
use super::metrics::Metrics;
use super::target::{Ports, Resolve};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::watch;

/// What all connections share.
pub(crate) struct Gate {
    /// The file.
    pub(crate) config: Config,
    /// The console, if there is one.
    pub(crate) files: Files,
    /// One line for each tunnel.
    pub(crate) audit: Audit,
    /// How many tunnels each may have.
    pub(crate) caps: Caps,
    /// What is counted.
    pub(crate) metrics: Metrics,
    /// How names are resolved.
    pub(crate) resolve: Resolve,
    /// The serial ports that are open.
    pub(crate) ports: Ports,
    /// Turns true when everything is to end.
    pub(crate) stopping: watch::Receiver<bool>,
    /// When it started.
    pub(crate) started: Instant,
    /// The number of the last tunnel.
    pub(crate) last_id: AtomicU64,
}

impl Gate {
    /// The number of the next tunnel, under which the log has it.
    pub(crate) fn next_id(&self) -> u64 {
        self.last_id.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    /// The target of a name.
    pub(crate) fn target(&self, name: &str) -> Option<&Target> {
        self.config.targets.iter().find(|target| target.name == name)
    }
}

/// Whom a request comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From(pub(crate) IpAddr);
