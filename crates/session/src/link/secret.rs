//! What of a link's settings is a secret, by its name: it is never kept, and asked for where it is missing (security S35).

use super::tunnel::escape;
use super::{Http, WebSocket};
use crate::address::Address;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Parts of names whose values are secrets, in small letters.
const PARTS: [&str; 9] = ["auth", "token", "key", "secret", "passw", "pwd", "credential", "signature", "session"];
/// Such names as a whole.
const WHOLE: [&str; 4] = ["pass", "pin", "sig", "user"];

/// Whether a header field or a part of a query of that name holds a secret.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    PARTS.iter().any(|part| name.contains(part)) || WHOLE.contains(&name.as_str())
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

/// The name of a part of an address' query that is a secret and not there.
fn missing(url: &str) -> Option<String> {
    let query = url.split('#').next()?.split_once('?')?.1;
    let names = query.split('&').filter_map(|pair| pair.strip_suffix('='));
    names.filter(|name| is_secret(name)).map(crate::screen::visible).next()
}

/// With a value for the secret of that name, where it has none. What is typed for one goes to no other.
fn filled(url: &str, wanted: &str, password: &str) -> String {
    with_values(url, |name, old| {
        let mut made = old.to_owned();
        if old.is_empty() && crate::screen::visible(name) == wanted {
            escape(password, &mut made);
        }
        made
    })
}

impl Http {
    /// The name of what is a secret of these settings and not there.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        let header = self.headers.iter().find(|(name, value)| value.is_empty() && is_secret(name));
        let header = header.map(|(name, _)| name.clone());
        header.or_else(|| missing(&self.url)).or_else(|| missing(self.command_url.as_deref()?))
    }

    /// The same with what the user typed: in place of what is missing, else as `Authorization`. With a user name that is
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
        let header = http.headers.iter_mut().find(|(name, value)| value.is_empty() && *name == wanted);
        if let Some((name, value)) = header {
            *value = if is_authorization(name) { authorization } else { password.to_owned() };
        } else {
            http.url = filled(&self.url, &wanted, password);
            http.command_url = self.command_url.as_ref().map(|url| filled(url, &wanted, password));
        }
        http
    }
}

impl WebSocket {
    /// The name of what is a secret of these settings and not there.
    #[must_use]
    pub fn missing(&self) -> Option<String> {
        missing(&self.url)
    }

    /// The same with what the user typed in place of what is missing.
    #[must_use]
    pub fn with_credentials(&self, password: &str) -> WebSocket {
        let wanted = self.missing().unwrap_or_default();
        WebSocket { url: filled(&self.url, &wanted, password), ..self.clone() }
    }
}

/// An address without the values of its secrets: of its query, and a user name and password.
#[must_use]
pub(crate) fn without_values(url: &str) -> String {
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

    #[test]
    fn s35_what_is_missing_is_asked_for_and_filled_in() {
        let mut http = Http::new("http://h/cm?cmnd=Status%208&password=#x".into());
        assert_eq!(http.missing().as_deref(), Some("password"));
        let filled = http.with_credentials("", "a&b");
        assert_eq!((filled.url.as_str(), filled.missing()), ("http://h/cm?cmnd=Status%208&password=a%26b#x", None));
        assert_eq!(header(&filled, "Authorization"), None, "it went where it was missing");
        // What was typed for one goes to no other, and the next is asked for then.
        http = Http::new("http://h/x?key=&token=".into());
        http.headers = vec![("Authorization".into(), String::new())];
        assert_eq!(http.missing().as_deref(), Some("Authorization"));
        http = http.with_credentials("", "tok-2");
        assert_eq!(header(&http, "Authorization").as_deref(), Some("Bearer tok-2"));
        assert_eq!((http.url.as_str(), http.missing().as_deref()), ("http://h/x?key=&token=", Some("key")));
        http = http.with_credentials("", "k");
        assert_eq!((http.url.as_str(), http.missing().as_deref()), ("http://h/x?key=k&token=", Some("token")));
        http = Http::new("http://h/".into());
        http.headers = vec![("X-Api-Key".into(), String::new()), ("Accept".into(), String::new())];
        assert_eq!(http.missing().as_deref(), Some("X-Api-Key"));
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
    fn s35_an_address_is_kept_without_its_secrets_and_with_all_else() {
        let kept = without_values("https://user:pw@h:81/x?cmnd=on&token=abc&n=1#f");
        assert_eq!(kept, "https://h:81/x?cmnd=on&token=&n=1#f");
        assert_eq!(without_values("ws://h/data?key"), "ws://h/data?key");
        assert_eq!(missing("http://h/?n=&token=1"), None);
    }
}
