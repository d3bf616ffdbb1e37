//! What is kept of a tunnel, or of a request for a file, for the log and the metrics, and written when it ends, however it does.

use super::audit::Line;
use super::config::{Target, Verbs};
use super::gate::Gate;
use super::metrics::Counters;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

/// What is kept of a tunnel, or of a request for a file.
pub(super) struct Record {
    gate: Arc<Gate>,
    pub(super) id: u64,
    from: IpAddr,
    pub(super) target: String,
    pub(super) who: Option<String>,
    verbs: Option<Verbs>,
    counters: Option<Arc<Counters>>,
    up: AtomicU64,
    down: AtomicU64,
    dropped: AtomicU64,
    begun: Instant,
    end: Option<(&'static str, String)>,
}

impl Record {
    pub(super) fn new(gate: Arc<Gate>, from: IpAddr, target: String) -> Record {
        Record {
            id: gate.next_id(),
            gate,
            from,
            target,
            who: None,
            verbs: None,
            counters: None,
            up: AtomicU64::new(0),
            down: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
            begun: Instant::now(),
            end: None,
        }
    }

    /// It leads to a target that the visitor may use so.
    pub(super) fn knows(&mut self, target: &Target, verbs: Verbs) {
        let counters = self.gate.metrics.of(&target.name);
        counters.open.fetch_add(1, Ordering::Relaxed);
        self.counters = Some(counters);
        self.verbs = Some(verbs);
    }

    /// So many bytes went to the device.
    pub(super) fn up(&self, bytes: u32) {
        self.up.fetch_add(bytes.into(), Ordering::Relaxed);
        if let Some(counters) = &self.counters {
            counters.up.fetch_add(bytes.into(), Ordering::Relaxed);
        }
    }

    /// So many bytes came from it.
    pub(super) fn down(&self, bytes: u32) {
        self.down.fetch_add(bytes.into(), Ordering::Relaxed);
        if let Some(counters) = &self.counters {
            counters.down.fetch_add(bytes.into(), Ordering::Relaxed);
        }
    }

    /// So many of its bytes were given up.
    pub(super) fn given_up(&self, bytes: u64) {
        self.dropped.fetch_add(bytes, Ordering::Relaxed);
        if let Some(counters) = &self.counters {
            counters.dropped.fetch_add(bytes, Ordering::Relaxed);
        }
    }

    /// Why it ended, in a word, and what is known beyond that.
    pub(super) fn end(&mut self, why: &'static str, detail: String) {
        self.end = Some((why, detail));
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        // Whoever is dropped without an end was cut off by a fault of ours, or by the end of the process.
        let cut = if std::thread::panicking() { "fault" } else { "stopping" };
        let (why, detail) = self.end.take().unwrap_or((cut, String::new()));
        match &self.counters {
            Some(counters) => {
                counters.open.fetch_sub(1, Ordering::Relaxed);
                self.gate.metrics.ended(&self.target, why);
            }
            None => self.gate.metrics.refused(why),
        }
        self.gate.audit.write(&Line {
            id: self.id,
            who: self.who.as_deref(),
            from: self.from,
            target: &self.target,
            verbs: self.verbs.map(Verbs::names).unwrap_or_default(),
            up: self.up.load(Ordering::Relaxed),
            down: self.down.load(Ordering::Relaxed),
            dropped: self.dropped.load(Ordering::Relaxed),
            seconds: self.begun.elapsed().as_secs_f64(),
            why,
            detail: &detail,
        });
    }
}
