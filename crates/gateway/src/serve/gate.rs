//! What all connections share.

use super::audit::Audit;
use super::caps::Caps;
use super::config::{Config, Target};
use super::console::Console;
use super::demo::Demo;
use super::metrics::Metrics;
use super::target::{Ports, Resolve};
use super::token::Tokens;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tokio::sync::watch;

/// What all connections share.
pub(crate) struct Gate {
    /// The file.
    pub(crate) config: Config,
    /// Where it is, to read its tokens again.
    pub(crate) file: Option<PathBuf>,
    /// Who may use what.
    pub(crate) tokens: Tokens,
    /// The console, if there is one.
    pub(crate) console: Console,
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
    /// Simulated devices, if they are asked for.
    pub(crate) demo: Option<Arc<Demo>>,
}

impl Gate {
    /// The number of the next tunnel, under which the log has it.
    pub(crate) fn next_id(&self) -> u64 {
        self.last_id.fetch_add(1, Ordering::Relaxed).wrapping_add(1)
    }

    /// Reads the tokens of the file again, and no other setting. With a mistake in it those in force stay.
    ///
    /// # Errors
    /// Why they cannot be used.
    pub(crate) fn reload(&self, listen: SocketAddr) -> Result<usize, String> {
        let Some(file) = &self.file else { return Err("there is no file to read again".into()) };
        let config = Config::read(file)?;
        super::may_listen(listen, &config)?;
        let count = config.tokens.len();
        self.tokens.replace(config.tokens);
        Ok(count)
    }

    /// The target of a name.
    pub(crate) fn target(&self, name: &str) -> Option<&Target> {
        self.config.targets.iter().find(|target| target.name == name)
    }
}

/// Whom a request comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct From(pub(crate) IpAddr);
