//! How many tunnels there may be: in all, from one address, with one token (faults S17).

use super::config::Limits;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    All,
    Address(IpAddr),
    Token(String),
}

/// Counts of what is open now.
#[derive(Clone)]
pub(crate) struct Caps {
    limits: Limits,
    open: Arc<Mutex<HashMap<Key, u32>>>,
}

/// Places taken; given back when this is dropped, however a tunnel ends.
pub(crate) struct Place {
    caps: Caps,
    keys: Vec<Key>,
}

impl Caps {
    pub(crate) fn new(limits: Limits) -> Caps {
        Caps { limits, open: Arc::default() }
    }

    /// A place for a tunnel from an address, if there is one.
    pub(crate) fn place(&self, from: IpAddr) -> Option<Place> {
        let mut place = Place { caps: self.clone(), keys: Vec::new() };
        (place.take(Key::All, self.limits.tunnels) && place.take(Key::Address(from), self.limits.tunnels_per_address))
            .then_some(place)
    }
}

impl Place {
    /// Whether the token may have one more tunnel.
    pub(crate) fn with_token(&mut self, name: &str) -> bool {
        self.take(Key::Token(name.to_owned()), self.caps.limits.tunnels_per_token)
    }

    fn take(&mut self, key: Key, most: u32) -> bool {
        let mut open = self.caps.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(key.clone()).or_default();
        if *count >= most {
            return false;
        }
        *count = count.saturating_add(1);
        self.keys.push(key);
        true
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.caps.open.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            if let Some(count) = open.get_mut(key) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    open.remove(key);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn s17_places_are_bounded_and_given_back() {
        let limits = Limits { tunnels: 3, tunnels_per_address: 2, tunnels_per_token: 1, ..Limits::default() };
        let caps = Caps::new(limits);
        let [one, other] = ["10.0.0.1", "10.0.0.2"].map(|address| address.parse::<IpAddr>().unwrap());
        let mut first = caps.place(one).unwrap();
        let mut second = caps.place(one).unwrap();
        assert!(caps.place(one).is_none(), "two from one address");
        assert!(first.with_token("a") && !second.with_token("a"), "one with a token");
        let third = caps.place(other).unwrap();
        assert!(caps.place("10.0.0.3".parse().unwrap()).is_none(), "three in all");
        drop((first, second, third));
        assert!(caps.open.lock().unwrap().is_empty());
    }
}
