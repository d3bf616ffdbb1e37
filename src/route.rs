//! Every address of the console as a value, both ways. All live in the fragment, so that any static server will do,
//! and no address opens a link or sends anything by itself.

use session::wire::SessionId;

/// What the page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// The start page; its fields may be filled in by the address.
    #[default]
    Start,
    /// The start page with a form filled in: nothing is opened until the user says so.
    Prefilled {
        /// `websocket`, `http`, `mqtt` or `serial`.
        kind: String,
        /// The address to fill in.
        url: String,
        /// The profile to choose, by its file's name without ending; may be empty.
        profile: String,
        /// The topics of a broker, with a comma between two; may be empty.
        topics: String,
    },
    /// The demo device: opened at once, since it reaches nothing and nobody.
    Demo,
    /// Every profile that ships or is kept, to choose from.
    Gallery,
    /// What the profile of that id says and would do.
    Profile(String),
    /// What a profile that the address carries says and would do, packed by [`session::profile::share::pack`].
    Shared(String),
    /// The workspace of an open session.
    Session(SessionId),
    /// The dashboard of an open session, alone.
    Dashboard(SessionId),
    /// Nothing that there is: the start page, which says so.
    Unknown,
    /// The connection doctor, of an open session or of this browser.
    Doctor(Option<SessionId>),
    /// All open sessions on one clock.
    Timeline,
}

impl Route {
    /// Reads a fragment (without its hash sign).
    #[must_use]
    pub fn parse(fragment: &str) -> Route {
        let (path, query) = fragment.split_once('?').unwrap_or((fragment, ""));
        let field = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| percent_decode(value))
                .next_back()
                .unwrap_or_default()
        };
        match path.trim_start_matches('/').split('/').collect::<Vec<_>>().as_slice() {
            ["demo"] => Route::Demo,
            ["open"] => Route::Prefilled {
                kind: field("link"),
                url: field("url"),
                profile: field("profile"),
                topics: field("topics"),
            },
            ["session", id, "dashboard"] => id.parse().map_or(Route::Unknown, Route::Dashboard),
            ["session", id] => id.parse().map_or(Route::Unknown, Route::Session),
            ["gallery"] => Route::Gallery,
            ["gallery", id] => Route::Profile(percent_decode(id)),
            ["profile", packed] => Route::Shared((*packed).to_owned()),
            ["doctor"] => Route::Doctor(None),
            ["timeline"] => Route::Timeline,
            ["doctor", id] => id.parse().map_or(Route::Unknown, |id| Route::Doctor(Some(id))),
            [""] => Route::Start,
            _ => Route::Unknown,
        }
    }

    /// The fragment that leads here, without its hash sign.
    #[must_use]
    pub fn fragment(&self) -> String {
        match self {
            Route::Start | Route::Unknown => "/".to_owned(),
            Route::Demo => "/demo".to_owned(),
            Route::Gallery => "/gallery".to_owned(),
            Route::Profile(id) => format!("/gallery/{}", percent_encode(id)),
            Route::Shared(packed) => format!("/profile/{packed}"),
            Route::Session(id) => format!("/session/{id}"),
            Route::Doctor(None) => "/doctor".to_owned(),
            Route::Timeline => "/timeline".to_owned(),
            Route::Doctor(Some(id)) => format!("/doctor/{id}"),
            Route::Dashboard(id) => format!("/session/{id}/dashboard"),
            Route::Prefilled { kind, url, profile, topics } => {
                // It stays in the browser's history: what is a secret by its name is asked for.
                let url = &session::link::secret::without_values(url);
                let fields = [("link", kind), ("url", url), ("topics", topics), ("profile", profile)];
                let said = fields.iter().filter(|(_, value)| !value.is_empty());
                let said: Vec<String> = said.map(|(key, value)| format!("{key}={}", percent_encode(value))).collect();
                format!("/open?{}", said.join("&"))
            }
        }
    }
}

/// RFC 3986, section 2.1. What is not valid stays as it is.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |byte: &u8| char::from(*byte).to_digit(16);
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                bytes.push((hex(high).unwrap_or(0) * 16 + hex(low).unwrap_or(0)) as u8);
                rest = after;
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn percent_encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Route;

    #[test]
    fn every_address_leads_back_to_itself() {
        let prefilled = Route::Prefilled {
            kind: "websocket".into(),
            url: "ws://127.0.0.1:9001/a?b=c&d=ü".into(),
            profile: "demo".into(),
            topics: "meters/+/#, a".into(),
        };
        let profile = Route::Profile("own-Größe 2/3?".into());
        let shared = Route::Shared("7cGB-_".into());
        for route in [
            Route::Start,
            Route::Demo,
            Route::Session(7),
            Route::Dashboard(7),
            Route::Gallery,
            Route::Doctor(None),
            Route::Doctor(Some(7)),
            Route::Timeline,
            profile,
            shared,
            prefilled,
        ] {
            assert_eq!(Route::parse(&route.fragment()), route);
        }
    }

    #[test]
    fn s35_no_secret_stands_in_an_address_of_the_page() {
        let url = "http://h/supply?n=1&token=hush".into();
        let route = Route::Prefilled { kind: "http".into(), url, profile: String::new(), topics: String::new() };
        assert_eq!(route.fragment(), "/open?link=http&url=http%3A%2F%2Fh%2Fsupply%3Fn%3D1%26token%3D");
    }

    #[test]
    fn s36_what_is_not_understood_is_known_as_such() {
        for fragment in ["/nonsense", "/session/x", "/session/99999999999", "%%%", "/demo/extra", "/session/1/2"] {
            assert_eq!(Route::parse(fragment), Route::Unknown, "{fragment}");
        }
        for fragment in ["", "/"] {
            assert_eq!(Route::parse(fragment), Route::Start, "{fragment}");
        }
    }
}
