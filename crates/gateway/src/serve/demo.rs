//! `ferrule serve --demo`: simulated devices on a network, so that the console can be tried without accounts or hardware.
//!
//! All of it is reached through the console's own address, Telnet and FTP through targets of the gateway. Only loopback is
//! listened on, and pages of other origins are refused.

mod broker;
mod client;
mod packets;
mod profiles;
mod routes;
mod telnet;

use super::config::{Config, Place, Target, Verbs};
use broker::Broker;
use sim::{Said, Site, Station};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(crate) use profiles::answer as profiles;
pub(crate) use routes::routes;

/// How many devices the broker's site has unless it is told otherwise.
pub(crate) const DEVICES: &str = "240";
/// The seed of everything here: each start shows the same building.
const SEED: u64 = 8;
/// The name of the boiler's target.
const BOILER: &str = "demo-boiler";
/// The port that the boiler listens on, or another one where that is taken.
const TELNET_PORT: u16 = 2323;

/// The simulated network.
pub(crate) struct Demo {
    count: u16,
    broker: Broker,
    site: Mutex<Site>,
    station: Mutex<Station>,
    /// Where the boiler listens, until it does.
    telnet: Mutex<Option<std::net::TcpListener>>,
    telnet_at: SocketAddr,
}

impl Demo {
    /// Takes the ports that it needs, and adds its targets to the file's.
    ///
    /// # Errors
    /// A port that cannot be had, a file that names other machines, or a target that is called like one of these.
    pub(crate) fn new(count: u16, listen: SocketAddr, config: &mut Config) -> Result<Demo, String> {
        let elsewhere = !config.hosts.is_empty() || config.behind_proxy || config.tls.is_some();
        if elsewhere || !listen.ip().is_loopback() {
            return Err(
                "--demo is for this machine alone: listen on 127.0.0.1, without hosts, behind_proxy and [tls]".into()
            );
        }
        if config.targets.iter().any(|target| target.name == BOILER) {
            return Err(format!("--demo has a target {BOILER}; give the one in the file another name"));
        }
        let telnet = std::net::TcpListener::bind(("127.0.0.1", TELNET_PORT))
            .or_else(|_| std::net::TcpListener::bind(("127.0.0.1", 0)))
            .and_then(|listener| listener.set_nonblocking(true).map(|()| listener))
            .map_err(|why| format!("the demo's Telnet port: {why}"))?;
        let telnet_at = telnet.local_addr().map_err(|why| why.to_string())?;
        config.targets.push(Target {
            name: BOILER.into(),
            title: "Boiler of the demo network".into(),
            place: Place::Network { telnet: true, host: "127.0.0.1".into(), port: telnet_at.port(), local: true },
            verbs: Verbs { read: true, write: true },
            profile: String::new(),
        });
        Ok(Demo {
            count,
            broker: Broker::default(),
            site: Mutex::new(Site::new(count, SEED)),
            station: Mutex::new(Station::new(SEED)),
            telnet: Mutex::new(Some(telnet)),
            telnet_at,
        })
    }

    /// What was started and where, for the terminal.
    pub(crate) fn said(&self, address: SocketAddr) -> String {
        let Demo { count, telnet_at, .. } = self;
        format!(
            "Simulated devices, on this machine alone:\n\
             \x20 MQTT       ws://{address}/demo/mqtt ({count} devices)\n\
             \x20 HTTP       http://{address}/demo/station\n\
             \x20 WebSocket  ws://{address}/demo/supply\n\
             \x20 Telnet     {telnet_at} (target {BOILER})"
        )
    }

    /// Runs the devices until the process ends.
    pub(crate) fn start(self: &Arc<Self>) {
        if let Some(listener) = lock(&self.telnet).take() {
            tokio::spawn(telnet::listen(listener));
        }
        tokio::spawn(Arc::clone(self).run());
    }

    /// Has the site's devices say what is due.
    async fn run(self: Arc<Self>) {
        loop {
            let due = {
                let mut site = lock(&self.site);
                site.poll(now(), &mut |said| self.say(&said));
                site.due()
            };
            let wait = u64::try_from(due.saturating_sub(now())).unwrap_or(0);
            tokio::time::sleep(Duration::from_nanos(wait.max(1_000_000))).await;
        }
    }

    /// A client's message: to whoever has subscribed to it, and to the device it is for.
    fn publish(&self, topic: &str, payload: &[u8], retain: bool, from: u64) {
        self.broker.publish(topic, payload, retain, from);
        lock(&self.site).receive(now(), topic, payload, &mut |said| self.say(&said));
    }

    fn say(&self, said: &Said) {
        self.broker.publish(&said.topic, said.payload.as_bytes(), said.retain, 0);
    }
}

/// Nanoseconds since the Unix epoch.
fn now() -> i64 {
    i64::try_from(jiff::Timestamp::now().as_nanosecond()).unwrap_or(0)
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
