//! The profiles of the simulated devices, with the addresses that they have here.

use super::super::gate::Gate;
use super::super::status;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, header};
use serde_json::json;
use std::sync::Arc;

/// As they ship. Their addresses lead to where `ferrule serve` listens unless it is told otherwise.
const PROFILES: [&str; 8] = [
    include_str!("../../../../../profiles/demo/site.toml"),
    include_str!("../../../../../profiles/demo/station.toml"),
    include_str!("../../../../../profiles/demo/events.toml"),
    include_str!("../../../../../profiles/demo/lines.toml"),
    include_str!("../../../../../profiles/demo/supply.toml"),
    include_str!("../../../../../profiles/demo/boiler.toml"),
    include_str!("../../../../../profiles/demo/bench.toml"),
    include_str!("../../../../../profiles/demo/logger.toml"),
];

/// `GET /demo`: the profiles, as a list of texts; an empty one where there is no demo.
pub(crate) async fn answer(State(gate): State<Arc<Gate>>, headers: HeaderMap) -> Response<Body> {
    // The host was checked before.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or(super::super::LISTEN);
    let list = if gate.demo.is_some() { PROFILES.map(|profile| at(profile, host)).to_vec() } else { Vec::new() };
    status::said("application/json", format!("{}\n", json!(list)))
}

/// The profile with this host in its addresses.
fn at(profile: &str, host: &str) -> String {
    profile.replace(super::super::LISTEN, host)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]
    use super::*;
    use session::Profile;
    use session::link::Link;

    #[test]
    fn each_is_read_and_leads_to_where_it_was_asked_for() {
        let links = PROFILES.map(|text| Profile::parse(&at(text, "localhost:9000")).unwrap().link);
        let urls = links.map(|link| match link {
            Link::Mqtt(mqtt) => mqtt.url,
            Link::Http(http) => format!("{} {}", http.url, http.command_url.unwrap_or_default()),
            Link::WebSocket(socket) => socket.url,
            Link::Tunnel(tunnel) => tunnel.place(),
            other => panic!("{other:?}"),
        });
        let expected = [
            "ws://localhost:9000/demo/mqtt",
            "http://localhost:9000/demo/station http://localhost:9000/demo/station",
            "http://localhost:9000/demo/station http://localhost:9000/demo/station",
            "http://localhost:9000/demo/lines http://localhost:9000/demo/station",
            "ws://localhost:9000/demo/supply",
            super::super::BOILER.0,
            super::super::BENCH.0,
            super::super::LOGGER.0,
        ];
        assert_eq!(urls, expected);
    }
}
