//! What of a link's settings is a secret, by its name: it is never kept, and asked for where it is missing (security S35).

mod body;

use super::tunnel::escape;
use super::{Http, Mqtt, WebSocket};
use crate::address::Address;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Parts of names whose values are secrets, in small letters.
const PARTS: [&str; 11] =
    ["auth", "token", "key", "secret", "passw", "pwd", "credential", "signature", "session", "jwt", "bearer"];
/// Such words of a name, between its signs.
const WORDS: [&str; 3] = ["pass", "otp", "cookie"];
/// Such names as a whole.
const WHOLE: [&str; 3] = ["pin", "sig", "user"];

/// Whether a header field or a part of a query of that name holds a secret.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let mut words = name.split(|sign: char| !sign.is_ascii_alphanumeric());
    PARTS.iter().any(|part| name.contains(part))
        || words.any(|word| WORDS.contains(&word))
        || WHOLE.contains(&name.as_str())
}

/// A secret that is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing<'a> {
    /// Its name, as it can be shown.
    pub name: String,
    /// The address that it is for: it goes to no other origin.
    pub url: &'a str,
}

/// An address with other values where its query holds secrets; `value` makes them of their names and what is there.
#[must_use]
pub fn with_values(url: &str, mut value: impl FnMut(&str, &str) -> String) -> String {
    let (before, rest) = url.split_at(url.find('?').unwrap_or(url.len()));
    let (query, fragment) = rest.split_at(rest.find('#').unwrap_or(rest.len()));
    let mut made = before.to_owned();
    for (at, pair) in query.get(1..).into_iter().flat_map(|query| query.split('&')).enumerate() {
        made.push(if at == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((name, old)) if is_secret(name) => made.extend([name, "=", &value(name, old)]),
            _ => made.push_str(pair),
        }
    }
    made + fragment
}

/// The first part of an address' query that is a secret and not there.
fn missing(url: &str) -> Option<Missing<'_>> {
    let query = url.split('#').next()?.split_once('?')?.1;
    let mut names = query.split('&').filter_map(|pair| pair.strip_suffix('='));
    names.find(|name| is_secret(name)).map(|name| Missing { name: crate::screen::visible(name), url })
}

/// With a value for that secret, where it has none. What is typed for one goes to no other, and to no other origin.
fn filled(url: &str, wanted: &Missing<'_>, password: &str) -> String {
    if !Address::new(url).has_origin_of(Address::new(wanted.url)) {
        return url.to_owned();
    }
    with_values(url, |name, old| {
        if old.is_empty() && crate::screen::visible(name) == wanted.name { escaped(password) } else { old.to_owned() }
    })
}

/// With a value for the first secret that it lacks.
fn completed(url: &str, password: &str) -> String {
    missing(url).map_or_else(|| url.to_owned(), |wanted| filled(url, &wanted, password))
}

/// A value as a query or a form has it.
fn escaped(value: &str) -> String {
    let mut made = String::new();
    escape(value, &mut made);
    made
}

impl Http {
    /// The first secret of these settings that is not there.
    #[must_use]
    pub fn missing(&self) -> Option<Missing<'_>> {
        let header = self.headers.iter().find(|(name, value)| value.is_empty() && is_secret(name));
        let header = header.map(|(name, _)| Missing { name: name.clone(), url: &self.url });
        let body = || body::missing(&self.body).map(|name| Missing { name, url: &self.url });
        header.or_else(|| missing(&self.url)).or_else(body).or_else(|| missing(self.command_url.as_deref()?))
    }

    /// The header fields that go to an address: to another origin than that of the readings, none that is a secret.
    #[must_use]
    pub fn headers_at(&self, url: &str) -> Vec<(String, String)> {
        let ours = Address::new(url).has_origin_of(Address::new(&self.url));
        self.headers.iter().filter(|(name, _)| ours || !is_secret(name)).cloned().collect()
    }

    /// The same with what the user typed: in place of the first that is missing, else as `Authorization`. With a user name that is
    /// Basic (RFC 7617), without one a token (RFC 6750) unless it names its scheme itself.
    #[must_use]
    pub fn with_credentials(&self, username: &str, password: &str) -> Http {
        let mut http = self.clone();
        let authorization = match username {
            "" if password.contains(' ') => password.to_owned(),
            "" => format!("Bearer {password}"),
            _ => format!("Basic {}", STANDARD.encode(format!("{username}:{password}"))),
        };
        let is_authorization = |name: &str| name.eq_ignore_ascii_case("authorization");
        let Some(wanted) = self.missing() else {
            http.headers.retain(|(name, _)| !is_authorization(name));
            http.headers.push(("Authorization".to_owned(), authorization));
            return http;
        };
        let header = http.headers.iter_mut().find(|(name, value)| value.is_empty() && *name == wanted.name);
        if let Some((name, value)) = header {
            *value = if is_authorization(name) { authorization } else { password.to_owned() };
        } else if missing(&self.url).is_none() && body::missing(&self.body).is_some() {
            http.body = body::filled(&self.body, &wanted.name, password);
        } else {
            http.url = filled(&self.url, &wanted, password);
            http.command_url = self.command_url.as_ref().map(|url| filled(url, &wanted, password));
        }
        http
    }
}

impl WebSocket {
    /// The first secret of these settings that is not there.
    #[must_use]
    pub fn missing(&self) -> Option<Missing<'_>> {
        missing(&self.url)
    }

    /// The same with what the user typed in place of the first that is missing.
    #[must_use]
    pub fn with_credentials(&self, password: &str) -> WebSocket {
        WebSocket { url: completed(&self.url, password), ..self.clone() }
    }
}

/// A body without the values of its secrets.
#[must_use]
pub(crate) fn body_without_values(body: &str) -> String {
    body::with_values(body, |_, _| String::new())
}

impl Mqtt {
    /// What is a secret of the address and not there.
    #[must_use]
    pub fn missing(&self) -> Option<Missing<'_>> {
        missing(&self.url)
    }

    /// The same with what the user typed in place of the first that is missing.
    #[must_use]
    pub fn with_secret(&self, secret: &str) -> Mqtt {
        Mqtt { url: completed(&self.url, secret), ..self.clone() }
    }
}

/// An address without the values of its secrets: of its query, and a user name and password.
#[must_use]
pub fn without_values(url: &str) -> String {
    let url = with_values(url, |_, _| String::new());
    if !Address::new(&url).has_user() {
        return url;
    }
    let Some((scheme, rest)) = url.split_once("//") else { return url };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    format!("{scheme}//{}{path}", authority.rsplit('@').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(http: &Http, name: &str) -> Option<String> {
        http.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    fn name(http: &Http) -> Option<String> {
        http.missing().map(|missing| missing.name)
    }

    #[test]
    fn s35_what_is_typed_for_one_origin_goes_to_no_other() {
        let mut http = Http::new("http://a/v?token=".into());
        http.headers = vec![("Authorization".into(), String::new()), ("Accept".into(), "text/plain".into())];
        http.command_url = Some("http://b/cmd?token=".into());
        http = http.with_credentials("", "for-a").with_credentials("", "for-a-too");
        assert_eq!(
            (http.url.as_str(), http.command_url.as_deref()),
            ("http://a/v?token=for-a-too", Some("http://b/cmd?token="))
        );
        assert_eq!(http.headers_at("http://a/other").len(), 2);
        assert_eq!(http.headers_at("http://b/cmd"), [("Accept".to_owned(), "text/plain".to_owned())]);
        assert_eq!(http.headers_at("http://a:81/cmd").len(), 1, "another port is another origin");
        assert_eq!(http.headers_at("https://a/cmd").len(), 1);
        assert_eq!(http.headers_at("http://a@b/cmd").len(), 1);
        let missing = http.missing();
        assert_eq!(missing.map(|missing| (missing.name, missing.url)), Some(("token".into(), "http://b/cmd?token=")));
        http = http.with_credentials("", "for-b");
        assert_eq!(http.command_url.as_deref(), Some("http://b/cmd?token=for-b"));
    }

    #[test]
    fn s35_names_of_secrets() {
        for name in ["Authorization", "X-Api-Key", "X-JWT", "jwt", "X-Pass", "user", "otp", "Cookie"] {
            assert!(is_secret(name), "{name}");
        }
        for name in ["User-Agent", "Accept", "compass", "cmnd", "pinout", "n"] {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn s35_what_is_missing_is_asked_for_and_filled_in() {
        let mut http = Http::new("http://h/cm?cmnd=Status%208&password=#x".into());
        assert_eq!(name(&http).as_deref(), Some("password"));
        let filled = http.with_credentials("", "a&b");
        assert_eq!((filled.url.as_str(), name(&filled)), ("http://h/cm?cmnd=Status%208&password=a%26b#x", None));
        assert_eq!(header(&filled, "Authorization"), None, "it went where it was missing");
        // What was typed for one goes to no other, and the next is asked for then.
        http = Http::new("http://h/x?key=&token=".into());
        http.headers = vec![("Authorization".into(), String::new())];
        assert_eq!(name(&http).as_deref(), Some("Authorization"));
        http = http.with_credentials("", "tok-2");
        assert_eq!(header(&http, "Authorization").as_deref(), Some("Bearer tok-2"));
        assert_eq!((http.url.as_str(), name(&http).as_deref()), ("http://h/x?key=&token=", Some("key")));
        http = http.with_credentials("", "k");
        assert_eq!((http.url.as_str(), name(&http).as_deref()), ("http://h/x?key=k&token=", Some("token")));
        http = Http::new("http://h/".into());
        http.headers = vec![("X-Api-Key".into(), String::new()), ("Accept".into(), String::new())];
        assert_eq!(name(&http).as_deref(), Some("X-Api-Key"));
        assert_eq!(header(&http.with_credentials("", "k"), "X-Api-Key").as_deref(), Some("k"));
    }

    #[test]
    fn who_is_asked_for_a_name_says_it_as_the_standards_have_it() {
        let http = Http::new("http://h/".into());
        let says = |user: &str, password: &str| header(&http.with_credentials(user, password), "Authorization");
        // The example of RFC 7617, section 2.
        assert_eq!(says("Aladdin", "open sesame").as_deref(), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
        assert_eq!(says("", "mF_9.B5f-4.1JqM").as_deref(), Some("Bearer mF_9.B5f-4.1JqM"));
        assert_eq!(says("", "Digest x").as_deref(), Some("Digest x"));
    }

    #[test]
    fn s35_what_a_brokers_address_lacks_is_asked_for() {
        let broker = Mqtt::new("wss://h/mqtt?tenant=7&token=".into(), Vec::new());
        assert_eq!(broker.missing().map(|wanted| wanted.name).as_deref(), Some("token"));
        let filled = broker.with_secret("a&b");
        assert_eq!((filled.url.as_str(), filled.missing()), ("wss://h/mqtt?tenant=7&token=a%26b", None));
    }

    #[test]
    fn s35_an_address_is_kept_without_its_secrets_and_with_all_else() {
        let kept = without_values("https://user:pw@h:81/x?cmnd=on&token=abc&n=1#f");
        assert_eq!(kept, "https://h:81/x?cmnd=on&token=&n=1#f");
        assert_eq!(without_values("ws://h/data?key"), "ws://h/data?key");
        assert_eq!(missing("http://h/?n=&token=1"), None);
    }
}
