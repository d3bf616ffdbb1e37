//! `cargo xtask serve`: the console in release, on loopback, with the headers it ships with and simulated devices.

use crate::build;
use crate::shell::{Failure, command, run};
use std::net::TcpListener;

const FIRST_PORT: u16 = 8080;

/// Builds and serves until interrupted.
pub(crate) fn serve(words: &[String]) -> Result<(), Failure> {
    let port = match words {
        [] => FIRST_PORT,
        [flag, port] if flag == "--port" => {
            port.parse().map_err(|_| format!("--port wants a number from 1 to 65535, not {port:?}"))?
        }
        _ => return Err("usage: cargo xtask serve [--port N]".into()),
    };
    let dist = build::console()?;
    let ferrule = build::gateway(&dist)?;
    let listen = format!("127.0.0.1:{}", free_port(port)?);
    run(&mut command(ferrule, &["serve", "--demo", "--listen", &listen]))
}

/// The first free port from `first` on.
fn free_port(first: u16) -> Result<u16, Failure> {
    (first..=first.saturating_add(50))
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .ok_or_else(|| format!("no free port from {first} on; name another with --port"))
}
