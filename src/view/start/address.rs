//! What was typed as an address: as it is opened, or what is wrong with it and what to do.

use crate::words::start as words;
use session::address::Address;

/// The address as the browser writes it (`normal` asks the browser), with one of the two schemes of its kind.
///
/// # Errors
/// What is wrong with it and what to type instead.
pub(super) fn checked(
    typed: &str,
    schemes: [&str; 2],
    normal: impl FnOnce(&str) -> Option<String>,
) -> Result<String, String> {
    let address = Address::new(typed);
    let [plain, secure] = schemes;
    if !(address.is(plain) || address.is(secure)) {
        let other = match plain {
            "ws" if address.is("http") || address.is("https") => words::choose_http(),
            "http" if address.is("ws") || address.is("wss") => words::choose_websocket(),
            "ws" if ["mqtt", "mqtts", "tcp", "ssl"].iter().any(|scheme| address.is(scheme)) => {
                words::broker_by_gateway()
            }
            _ => "",
        };
        return Err(words::scheme(plain, secure) + other);
    }
    if address.has_user() {
        return Err(words::user().to_owned());
    }
    let host = address.host();
    if host.is_empty() {
        return Err(words::no_host(plain, secure));
    }
    // Some browsers take a space for %20, and look for a host of that name.
    let normal = normal(address.whole()).filter(|_| !host.contains(char::is_whitespace));
    normal.ok_or_else(|| words::bad_host(host))
}

#[cfg(test)]
mod tests {
    use super::checked;

    const SOCKET: [&str; 2] = ["ws", "wss"];

    fn refused(typed: &str, schemes: [&str; 2]) -> String {
        checked(typed, schemes, |_| None).expect_err(typed)
    }

    #[test]
    fn an_address_without_a_host_or_of_another_kind_is_refused_in_words() {
        for wrong in ["", "word", "host:80", "javascript:alert(1)", "//host/"] {
            let why = refused(wrong, SOCKET);
            assert!(why.starts_with("The address must begin with ws:// or wss:// and name a host."), "{wrong}: {why}");
        }
        assert!(refused("HTTP://host/", SOCKET).ends_with("choose HTTP."));
        assert!(refused("ws://host/", ["http", "https"]).ends_with("choose WebSocket."));
        for wrong in ["ws://", "ws:///x", "WSS://?a"] {
            assert!(refused(wrong, SOCKET).starts_with("The address names no host."), "{wrong}");
        }
    }

    #[test]
    fn what_cannot_be_an_address_is_named() {
        for host in ["host:99999", "host:80:x", "[::1]x", "999.1.1.1"] {
            let said = refused(&format!("ws://{host}/"), SOCKET);
            assert!(said.starts_with(&format!("\"{host}\" is no host. Correct it")), "{said}");
        }
        let escaped = |text: &str| Some(text.replace(' ', "%20"));
        assert!(checked("ws://a b", SOCKET, escaped).is_err_and(|said| said.contains("no spaces")));
        assert_eq!(checked("ws://a/b c", SOCKET, escaped).as_deref(), Ok("ws://a/b%20c"));
    }

    #[test]
    fn s35_a_password_is_refused_and_not_repeated() {
        for secret in ["ws://user:secret@host/", "wss://secret@host/"] {
            let why = refused(secret, SOCKET);
            assert!(why.contains("before the @") && !why.contains("secret"), "{why}");
        }
    }

    #[test]
    fn what_is_opened_is_what_the_browser_makes_of_it() {
        let lower = |text: &str| Some(text.to_lowercase());
        assert_eq!(checked(" WS://Host/#part ", SOCKET, lower).as_deref(), Ok("ws://host/"));
        assert_eq!(checked("https://h/a?b=c", ["http", "https"], lower).as_deref(), Ok("https://h/a?b=c"));
    }
}
