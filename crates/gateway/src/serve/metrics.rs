//! What is counted, as Prometheus reads it (text exposition format 0.0.4).

use session::tunnel::Ending;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Counters of one target.
#[derive(Default)]
pub(crate) struct Counters {
    /// Tunnels that are open.
    pub(crate) open: AtomicU64,
    /// Bytes for the device.
    pub(crate) up: AtomicU64,
    /// Bytes of the device.
    pub(crate) down: AtomicU64,
    /// Bytes of the device that were given up.
    pub(crate) dropped: AtomicU64,
}

/// One of them.
type Counter = fn(&Counters) -> &AtomicU64;

/// All counters.
#[derive(Default)]
pub(crate) struct Metrics {
    targets: BTreeMap<String, Arc<Counters>>,
    ended: Mutex<BTreeMap<(String, &'static str), u64>>,
    refused: Mutex<BTreeMap<&'static str, u64>>,
}

impl Metrics {
    /// For these targets. Nothing else becomes a label, so nobody can make the list grow.
    pub(crate) fn new<'a>(targets: impl Iterator<Item = &'a str>) -> Metrics {
        Metrics { targets: targets.map(|name| (name.to_owned(), Arc::default())).collect(), ..Metrics::default() }
    }

    /// The counters of a target.
    pub(crate) fn of(&self, target: &str) -> Arc<Counters> {
        self.targets.get(target).cloned().unwrap_or_default()
    }

    /// A tunnel to a target has ended.
    pub(crate) fn ended(&self, target: &str, why: &'static str) {
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let count = ended.entry((target.to_owned(), why)).or_default();
        *count = count.saturating_add(1);
    }

    /// A request or a tunnel was refused before there was a target.
    pub(crate) fn refused(&self, why: &'static str) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let count = refused.entry(why).or_default();
        *count = count.saturating_add(1);
    }

    /// The text.
    pub(crate) fn text(&self, uptime_s: f64) -> String {
        let mut text = String::new();
        let head = |text: &mut String, name: &str, kind: &str, says: &str| {
            let _ = write!(text, "# HELP ferrule_{name} {says}\n# TYPE ferrule_{name} {kind}\n");
        };
        head(&mut text, "uptime_seconds", "gauge", "Seconds since the gateway started.");
        let _ = writeln!(text, "ferrule_uptime_seconds {uptime_s:.3}");
        let families: [(&str, &str, &str, Counter); 4] = [
            ("tunnels_open", "gauge", "Tunnels that are open.", |of| &of.open),
            ("bytes_to_device_total", "counter", "Bytes that went to the device.", |of| &of.up),
            ("bytes_from_device_total", "counter", "Bytes of the device that went to consoles.", |of| &of.down),
            ("bytes_dropped_total", "counter", "Bytes of the device that were given up.", |of| &of.dropped),
        ];
        for (name, kind, says, counter) in families {
            head(&mut text, name, kind, says);
            for (target, counters) in &self.targets {
                let value = counter(counters).load(Ordering::Relaxed);
                let _ = writeln!(text, "ferrule_{name}{{target=\"{target}\"}} {value}");
            }
        }
        head(&mut text, "tunnels_total", "counter", "Tunnels that ended, by why.");
        for ((target, why), count) in self.ended.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(text, "ferrule_tunnels_total{{target=\"{target}\",ending=\"{why}\"}} {count}");
        }
        head(&mut text, "refused_total", "counter", "What was refused before there was a target, by why.");
        for (why, count) in self.refused.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(text, "ferrule_refused_total{{why=\"{why}\"}} {count}");
        }
        text
    }
}

/// An ending in a word, as log and metrics have it.
pub(crate) fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::ByDevice => "by-device",
        Ending::Refused => "refused",
        Ending::Silent => "silent",
        Ending::NoSuchName => "no-such-name",
        Ending::Forbidden => "forbidden",
        Ending::Broken => "broken",
        Ending::InUse => "in-use",
        Ending::Absent => "absent",
        Ending::Token => "token",
        Ending::Verb => "verb",
        Ending::TooMany => "too-many",
        Ending::Idle => "idle",
        Ending::Protocol => "protocol",
        Ending::Stopping => "stopping",
        Ending::NoSuchTarget => "no-such-target",
        Ending::Login => "login",
        Ending::Busy => "busy",
        Ending::NoSuchFile => "no-such-file",
        Ending::NotStored => "not-stored",
        Ending::Exists => "exists",
        Ending::Full => "full",
        Ending::Name => "name",
        Ending::Server => "server",
    }
}
