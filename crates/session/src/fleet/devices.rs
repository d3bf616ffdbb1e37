//! Who is in the fleet.

use super::MAX_DEVICES;
use crate::order::sequence::Sequence;
use crate::query::State;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use store::Time;

/// What is known of a device beside its values.
#[derive(Clone, Debug)]
pub(super) struct Device {
    /// As its topic says it.
    pub(super) name: Box<str>,
    /// When it was last heard itself.
    pub(super) seen: Option<Time>,
    pub(super) messages: u64,
    pub(super) rejected: u64,
    /// Whether the latest message made no sense.
    pub(super) bad: bool,
    /// Whether that was one that the broker had kept.
    pub(super) retained: bool,
    /// Whether it was told to be gone.
    pub(super) offline: bool,
    /// The numbers of its messages, where it has any; then what is missing, and what came again.
    pub(super) sequence: Option<Box<Sequence>>,
    pub(super) missing: u64,
    pub(super) repeated: u64,
}

impl Device {
    fn new(name: &str) -> Device {
        Device {
            name: name.into(),
            seen: None,
            messages: 0,
            rejected: 0,
            bad: false,
            retained: false,
            offline: false,
            sequence: None,
            missing: 0,
            repeated: 0,
        }
    }
}

/// Devices by number and by name.
#[derive(Debug, Default)]
pub(super) struct Devices {
    known: Vec<Device>,
    numbers: HashMap<Box<str>, u32, BuildHasherDefault<Fnv>>,
    left_out: u64,
}

impl Devices {
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    pub(super) fn left_out(&self) -> u64 {
        self.left_out
    }

    /// The device's number; a new one where it was not known. `None` where there is no room.
    pub(super) fn number(&mut self, name: &str) -> Option<u32> {
        if let Some(number) = self.numbers.get(name) {
            return Some(*number);
        }
        let number = u32::try_from(self.known.len()).ok().filter(|_| self.known.len() < MAX_DEVICES);
        let Some(number) = number else {
            self.left_out = self.left_out.saturating_add(1);
            return None;
        };
        self.known.push(Device::new(name));
        self.numbers.insert(name.into(), number);
        Some(number)
    }

    /// The number of one that is known.
    pub(super) fn known(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub(super) fn get(&self, number: u32) -> Option<&Device> {
        self.known.get(number as usize)
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut Device> {
        self.known.get_mut(number as usize)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (u32, &Device)> {
        (0_u32..).zip(&self.known)
    }

    /// The state of each.
    pub(super) fn states(&self, now: Time, stale_nanos: i64) -> Vec<State> {
        let state = |device: &Device| match device.seen {
            _ if device.offline => State::Offline,
            _ if device.bad => State::Error,
            None => State::Silent,
            Some(seen) if now.nanos_since(seen) > stale_nanos => State::Stale,
            Some(_) => State::Connected,
        };
        self.known.iter().map(state).collect()
    }
}

/// FNV-1a: names are short, and each message has one. Somebody who chooses names to collide slows down their own table;
/// their number is bounded.
#[derive(Debug)]
pub(super) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}
