//! `ferrule serve --demo`: simulated devices on a network, so that the console can be tried without accounts or hardware.
//!
//! All of it is reached through the console's own address, Telnet and FTP through targets of the gateway. Only loopback is
//! listened on, and pages of other origins are refused.

mod bench;
mod broker;
mod client;
mod ftp;
mod packets;
mod profiles;
mod routes;
mod telnet;
mod users;

use super::config::{Config, Ftp, Place, Secret, Target, Verbs};
use broker::Broker;
use sim::{Boiler, Said, Site, Station};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

pub(crate) use profiles::answer as profiles;
pub(crate) use routes::routes;

/// How many devices the broker's site has unless it is told otherwise.
pub(crate) const DEVICES: &str = "240";
/// The seed of everything here: each start shows the same building.
const SEED: u64 = 8;
/// The name of the boiler's target, and the port it listens on, or another one where that is taken.
const BOILER: (&str, u16) = ("demo-boiler", 2323);
/// The same of the data logger's.
const LOGGER: (&str, u16) = ("demo-logger", 2121);

/// The same of the power supply's with a plain socket.
const BENCH: (&str, u16) = ("demo-bench", 5025);

/// The simulated network.
pub(crate) struct Demo {
    count: u16,
    broker: Broker,
    site: Mutex<Site>,
    station: Mutex<Station>,
    /// The ports of boiler, logger and power supply, until they listen there.
    ports: Mutex<Option<[TcpListener; 3]>>,
    telnet_at: SocketAddr,
    ftp_at: SocketAddr,
    tcp_at: SocketAddr,
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
        for (name, _) in [BOILER, LOGGER, BENCH] {
            if config.targets.iter().any(|target| target.name == name) {
                return Err(format!("--demo has a target {name}; give the one in the file another name"));
            }
        }
        let (telnet, telnet_at) = port(BOILER.1)?;
        let (ftp, ftp_at) = port(LOGGER.1)?;
        let (tcp, tcp_at) = port(BENCH.1)?;
        let host = || telnet_at.ip().to_string();
        let boiler = Place::Network { telnet: true, host: host(), port: telnet_at.port(), local: true };
        let bench = Place::Network { telnet: false, host: host(), port: tcp_at.port(), local: true };
        let logger = Place::Ftp(Ftp {
            host: host(),
            port: ftp_at.port(),
            local: true,
            user: "anonymous".into(),
            password: Secret("demo".into()),
            tls: None,
        });
        let target = |name: &str, title: &str, place, write, profile: &str| Target {
            name: name.into(),
            title: title.into(),
            place,
            verbs: Verbs { read: true, write },
            profile: profile.into(),
        };
        config.targets.push(target(BOILER.0, "Boiler of the demo network", boiler, true, ""));
        config.targets.push(target(LOGGER.0, "Data logger of the demo network", logger, false, "logger"));
        config.targets.push(target(BENCH.0, "Bench supply of the demo network", bench, true, "json-lines"));
        Ok(Demo {
            count,
            broker: Broker::default(),
            site: Mutex::new(Site::new(count, SEED)),
            station: Mutex::new(Station::new(SEED)),
            ports: Mutex::new(Some([telnet, ftp, tcp])),
            telnet_at,
            ftp_at,
            tcp_at,
        })
    }

    /// What was started and where, for the terminal.
    pub(crate) fn said(&self, address: SocketAddr) -> String {
        let Demo { count, telnet_at, ftp_at, tcp_at, .. } = self;
        format!(
            "Simulated devices, on this machine alone:\n\
             \x20 MQTT       ws://{address}/demo/mqtt ({count} devices)\n\
             \x20 HTTP       http://{address}/demo/station, and as lines at /demo/lines\n\
             \x20 WebSocket  ws://{address}/demo/supply\n\
             \x20 Telnet     {telnet_at} (target {})\n\
             \x20 TCP        {tcp_at} (target {})\n\
             \x20 FTP        {ftp_at} (target {})",
            BOILER.0, BENCH.0, LOGGER.0
        )
    }

    /// Runs the devices until the process ends.
    pub(crate) fn start(self: &Arc<Self>) {
        if let Some([telnet, ftp, tcp]) = lock(&self.ports).take() {
            let boilers = AtomicU64::new(SEED);
            let boiler = move || Boiler::new(boilers.fetch_add(1, Ordering::Relaxed));
            tokio::spawn(users::of(tcp, bench::serve));
            tokio::spawn(users::of(telnet, move |stream| telnet::serve(stream, boiler())));
            tokio::spawn(users::of(ftp, ftp::serve));
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

/// A port of loopback: this one, or any.
fn port(wanted: u16) -> Result<(TcpListener, SocketAddr), String> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let bound = bind(wanted).or_else(|_| bind(0)).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    bound.map_err(|why| format!("--demo: no port of 127.0.0.1 can be had: {why}"))
}

/// Nanoseconds since the Unix epoch.
fn now() -> i64 {
    i64::try_from(jiff::Timestamp::now().as_nanosecond()).unwrap_or(0)
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
