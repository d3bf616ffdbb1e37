//! Whether a request names this machine, or a name that the file gives it, so that a page elsewhere cannot reach us under its own name (DNS rebinding).

use super::gate::Gate;
use super::page;
use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, Response, StatusCode, header, uri::Authority};
use axum::middleware::Next;
use std::net::IpAddr;
use std::sync::Arc;

/// Answers 421 (RFC 9110, section 15.5.20) to a request for another host's name.
pub(crate) async fn check(State(gate): State<Arc<Gate>>, request: Request<Body>, next: Next) -> Response<Body> {
    let is_ours = |host: &str| is_ours(host, &gate.config.hosts);
    let header = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    // A request line may name the host too; then both must be ours (RFC 9112, section 3.2.2).
    let line = request.uri().authority();
    if header.is_some_and(is_ours) && line.is_none_or(|host| is_ours(host.as_str())) {
        next.run(request).await
    } else {
        gate.metrics.refused("host");
        page::refusal(StatusCode::MISDIRECTED_REQUEST, "this server does not answer to that name\n")
    }
}

/// Loopback names and addresses and those of the file, with any port: an SSH tunnel keeps the name but not the port.
fn is_ours(host: &str, named: &[String]) -> bool {
    let Ok(authority) = host.parse::<Authority>() else { return false };
    let name = authority.host();
    // What is left of it is a port or nothing; in particular no user.
    let port = host.strip_prefix(name).and_then(|rest| rest.strip_prefix(':').or(rest.is_empty().then_some("0")));
    if port.is_none_or(|port| port.parse::<u16>().is_err()) {
        return false;
    }
    let address = name.trim_start_matches('[').trim_end_matches(']');
    if named.iter().any(|known| known.eq_ignore_ascii_case(address)) {
        return true;
    }
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn loopback_names_are_ours_and_no_others() {
        // S7
        for host in ["localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080", "127.0.0.2"] {
            assert!(is_ours(host, &[]), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example:8080",
            "evil@localhost",
            "192.168.1.2",
            "0.0.0.0:8080",
            "2130706433",
            "[::]:8080",
            "localhost:x",
        ] {
            assert!(!is_ours(host, &[]), "{host}");
        }
    }

    #[test]
    fn s7_names_of_the_file_are_ours_and_no_others() {
        let named = ["console.example.org".to_owned(), "fd00::7".to_owned()];
        for host in ["console.example.org", "Console.Example.org:8443", "[fd00::7]:8443", "localhost"] {
            assert!(is_ours(host, &named), "{host}");
        }
        for host in ["example.org", "console.example.org.evil.example", "x@console.example.org", "[fd00::8]"] {
            assert!(!is_ours(host, &named), "{host}");
        }
    }
}
