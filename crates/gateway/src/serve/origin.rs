//! Whether a page that asks is one of ours (RFC 6454): a tunnel is opened for no other (faults S6).

use super::config::Config;
use axum::http::{HeaderMap, HeaderValue, header};

/// The Origin header if it is ours or one that the file names; exactly, and never where there is none.
pub(crate) fn allowed<'a>(config: &Config, headers: &'a HeaderMap) -> Option<&'a HeaderValue> {
    let mut all = headers.get_all(header::ORIGIN).iter();
    let origin = all.next().filter(|_| all.next().is_none())?;
    let text = origin.to_str().ok()?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok())?;
    // The host was checked before. Whoever stands in front speaks TLS to the browser.
    let scheme = if config.tls.is_some() || config.behind_proxy { "https" } else { "http" };
    let own = text.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://")).is_some_and(|rest| rest == host);
    (own || config.origins.iter().any(|other| other == text)).then_some(origin)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn s6_only_our_own_pages_and_those_that_are_named_open_tunnels() {
        let config = Config { origins: vec!["https://lab.example".into()], ..Config::default() };
        let ask = |host: &str, origins: &[&str]| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
            for origin in origins {
                headers.append(header::ORIGIN, HeaderValue::from_str(origin).unwrap());
            }
            allowed(&config, &headers).is_some()
        };
        for origin in ["http://localhost:8080", "https://lab.example"] {
            assert!(ask("localhost:8080", &[origin]), "{origin}");
        }
        for origin in [
            "http://localhost",
            "http://localhost:8081",
            "https://localhost:8080",
            "http://localhost:8080.evil.example",
            "http://evil.example",
            "https://lab.example:444",
            "https://lab.example/",
            "https://lab.example.evil.example",
            "http://lab.example",
            "HTTP://localhost:8080",
            "null",
            "",
        ] {
            assert!(!ask("localhost:8080", &[origin]), "{origin}");
        }
        assert!(!ask("localhost:8080", &[]), "none at all");
        assert!(!ask("localhost:8080", &["http://localhost:8080", "http://localhost:8080"]), "two");
    }
}
