//! How many new connections a second one address may open, so that a flood from it costs the others nothing (faults S18).

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, Instant};

/// Addresses remembered at once. Whoever is forgotten begins anew.
const MOST: usize = 65_536;

/// A bucket of tokens for each address: a second's worth at once, then so many a second.
pub(crate) struct Rate {
    per_second: u32,
    buckets: HashMap<IpAddr, (f64, Instant)>,
}

impl Rate {
    pub(crate) fn new(per_second: u32) -> Rate {
        Rate { per_second, buckets: HashMap::new() }
    }

    /// Whether one more connection is let in.
    pub(crate) fn lets(&mut self, from: IpAddr, now: Instant) -> bool {
        let full = f64::from(self.per_second);
        if self.buckets.len() >= MOST {
            // A bucket that has been left alone for a second is full, which is as good as none.
            self.buckets.retain(|_, (_, at)| now.saturating_duration_since(*at) < Duration::from_secs(1));
            if self.buckets.len() >= MOST {
                self.buckets.clear();
            }
        }
        let (left, at) = self.buckets.entry(from).or_insert((full, now));
        *left = (*left + now.saturating_duration_since(*at).as_secs_f64() * full).min(full);
        *at = now;
        if *left < 1.0 {
            return false;
        }
        *left -= 1.0;
        true
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn s18_a_flood_from_one_address_is_thinned_and_no_other_is() {
        let mut rate = Rate::new(10);
        let begun = Instant::now();
        let [flood, calm] = ["10.0.0.1", "10.0.0.2"].map(|address| address.parse::<IpAddr>().unwrap());
        let mut let_in = 0;
        for millis in 0..2000_u64 {
            let_in += u32::from(rate.lets(flood, begun + Duration::from_millis(millis)));
        }
        assert!((28..=31).contains(&let_in), "{let_in} of 2000 in two seconds at 10 a second");
        assert!(rate.lets(calm, begun + Duration::from_secs(2)));
    }

    #[test]
    fn s18_what_is_remembered_is_bounded() {
        let mut rate = Rate::new(1);
        let now = Instant::now();
        for address in 0..200_000_u32 {
            rate.lets(IpAddr::from(address.to_be_bytes()), now);
        }
        assert!(rate.buckets.len() <= MOST);
    }
}
