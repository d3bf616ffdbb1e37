//! Secrets in the body of a request: strings and numbers of JSON objects, and pairs of a form, by their names.

use super::is_secret;
use std::ops::Range;

/// Where a secret's value stands in a body, and what it is called.
struct Place {
    name: Range<usize>,
    /// With the quotes, where there are any.
    value: Range<usize>,
}

/// A body with other values where its names say that they are secrets; `value` makes them of their names and what is there,
/// as it is written.
pub(super) fn with_values(body: &str, mut value: impl FnMut(&str, &str) -> String) -> String {
    let (mut made, mut from) = (String::new(), 0);
    let json = is_json(body);
    for place in if json { members(body) } else { pairs(body) } {
        let text = |range: &Range<usize>| body.get(range.clone()).unwrap_or_default();
        let old = text(&place.value).trim_matches('"');
        made.push_str(text(&(from..place.value.start)));
        let new = value(text(&place.name), old);
        match (new == old, json) {
            (true, _) => made.push_str(text(&place.value)),
            (false, true) => made.push_str(&format!("\"{new}\"")),
            (false, false) => made.push_str(&new),
        }
        from = place.value.end;
    }
    made + body.get(from..).unwrap_or_default()
}

/// The first secret of a body that is not there.
pub(super) fn missing(body: &str) -> Option<String> {
    let mut missing = None;
    with_values(body, |name, old| {
        if old.is_empty() && missing.is_none() {
            missing = Some(crate::screen::visible(name));
        }
        old.to_owned()
    });
    missing
}

/// With a value for the secret of that name, where it has none.
pub(super) fn filled(body: &str, wanted: &str, password: &str) -> String {
    let written = if is_json(body) {
        let quoted = serde_json::to_string(password).unwrap_or_default();
        quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default().to_owned()
    } else {
        super::escaped(password)
    };
    with_values(body, |name, old| match old {
        "" if crate::screen::visible(name) == wanted => written.clone(),
        _ => old.to_owned(),
    })
}

fn is_json(body: &str) -> bool {
    body.trim_start().starts_with(['{', '['])
}

/// The secrets of a form (`application/x-www-form-urlencoded`).
fn pairs(body: &str) -> Vec<Place> {
    let mut start = 0;
    let mut places = Vec::new();
    for pair in body.split('&') {
        if let Some((name, _)) = pair.split_once('=').filter(|(name, _)| is_secret(name)) {
            let (end, value) = (start + name.len(), start + name.len() + 1);
            places.push(Place { name: start..end, value: value..start + pair.len() });
        }
        start += pair.len() + 1;
    }
    places
}

/// The secrets of JSON (RFC 8259): strings and numbers.
fn members(body: &str) -> Vec<Place> {
    let bytes = body.as_bytes();
    let blank = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        at
    };
    let (mut at, mut places) = (0, Vec::new());
    while at < bytes.len() {
        let Some(end) = string(bytes, at) else {
            at += 1;
            continue;
        };
        let (name, colon) = (at + 1..end - 1, blank(end));
        at = end;
        if bytes.get(colon) != Some(&b':') || !body.get(name.clone()).is_some_and(is_secret) {
            continue;
        }
        let start = blank(colon + 1);
        let number = |byte: &&u8| byte.is_ascii_digit() || b"+-.eE".contains(*byte);
        let digits = || bytes.get(start..).unwrap_or_default().iter().take_while(number).count();
        let value = start..string(bytes, start).unwrap_or_else(|| start + digits());
        if !value.is_empty() {
            at = value.end;
            places.push(Place { name, value });
        }
    }
    places
}

/// The end of the string that begins there.
fn string(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?.strip_prefix(b"\"")?;
    let mut escaped = false;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return Some(start + at + 2),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s35_a_body_is_kept_without_its_secrets_and_asks_for_them() {
        let bare = |body: &str| with_values(body, |_, _| String::new());
        assert_eq!(
            bare(r#"{"user" : "me\"x", "a": {"password": "p\\", "pin":1234}, "n": 1, "token": {"x": "y"}}"#),
            r#"{"user" : "", "a": {"password": "", "pin":""}, "n": 1, "token": {"x": "y"}}"#
        );
        assert_eq!(bare("cmd=on&password=a%20b&n=1"), "cmd=on&password=&n=1");
        for plain in
            ["", "hello", "{\"a\":\"b\"}", "[1,2", "{\"password\"", "{\"password\":", "a\"b\\", "{\"password\":\"x"]
        {
            assert_eq!(bare(plain), plain);
        }
        assert_eq!(missing(r#"{"a":"","password":""}"#).as_deref(), Some("password"));
        assert_eq!(missing("n=&token="), Some("token".to_owned()));
        assert_eq!(missing(r#"{"password":"x"}"#), None);
        assert_eq!(filled(r#"{"password":"","token":""}"#, "password", "a\"b"), r#"{"password":"a\"b","token":""}"#);
        assert_eq!(filled("password=&n=", "password", "a&b"), "password=a%26b&n=");
    }
}
