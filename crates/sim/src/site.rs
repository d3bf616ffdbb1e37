//! A building's devices as their broker sees them: rooms, doors and pumps that report, go and come back, and obey.
//!
//! | topic | says |
//! | --- | --- |
//! | `site/DEVICE/state` | a JSON object, retained: `kind`, `area`, readings, and `output`, which can be set |
//! | `site/DEVICE/status` | `online` or `offline`, retained |
//! | `site/DEVICE/set` | what a device is asked: `{"output": true}`, `{"report": true}` |
//! | `site/DEVICE/reply` | what it answers: `{"ok": …}` or `{"error": …}` |

mod device;

use crate::random::Random;
use device::Device;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

const SECOND: i64 = 1_000_000_000;

/// A message of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its topic.
    pub topic: String,
    /// What it says.
    pub payload: String,
    /// Whether the broker keeps it for those who come later.
    pub retain: bool,
}

/// All devices of the building.
#[derive(Clone, Debug)]
pub struct Site {
    random: Random,
    devices: Vec<Device>,
    by_name: HashMap<String, usize>,
    /// When each has something to do, the next first.
    due: BinaryHeap<Reverse<(i64, usize)>>,
    started: Option<i64>,
}

impl Site {
    /// So many devices; equal seeds give equal buildings.
    #[must_use]
    pub fn new(count: u16, seed: u64) -> Site {
        let mut random = Random::new(seed);
        let devices: Vec<Device> = (0..count).map(|number| Device::new(number, &mut random)).collect();
        let by_name = devices.iter().enumerate().map(|(at, device)| (device.name.clone(), at)).collect();
        Site { random, devices, by_name, due: BinaryHeap::new(), started: None }
    }

    /// The names of all devices.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.devices.iter().map(|device| device.name.as_str())
    }

    /// When [`Site::poll`] next has something to do: nanoseconds since the Unix epoch; before the first call, 0.
    #[must_use]
    pub fn due(&self) -> i64 {
        self.due.peek().map_or(0, |Reverse((due, _))| *due)
    }

    /// Hands out what is to be said at `now` (nanoseconds since the Unix epoch). The first time each device says how it
    /// is and whether it is there. Whoever was not asked for long has missed what would have been said meanwhile.
    pub fn poll(&mut self, now: i64, say: &mut dyn FnMut(Said)) {
        if self.started.is_none() {
            self.started = Some(now);
            for (at, device) in self.devices.iter_mut().enumerate() {
                device.begin(at, now, &mut self.random, say);
                self.due.push(Reverse((device.next, at)));
            }
        }
        while let Some(Reverse((_, at))) = self.due.peek().copied().filter(|Reverse((due, _))| *due <= now) {
            self.due.pop();
            if let Some(device) = self.devices.get_mut(at) {
                device.act(now, &mut self.random, say);
                self.due.push(Reverse((device.next.max(now.saturating_add(1)), at)));
            }
        }
    }

    /// Takes a message that somebody published. Only what goes to the `set` topic of a device that is there is heard.
    pub fn receive(&mut self, now: i64, topic: &str, payload: &[u8], say: &mut dyn FnMut(Said)) {
        let name = topic.strip_prefix("site/").and_then(|rest| rest.strip_suffix("/set"));
        let device = name.and_then(|name| self.by_name.get(name)).and_then(|at| self.devices.get_mut(*at));
        if let Some(device) = device.filter(|device| device.online) {
            device.obey(now, payload, &mut self.random, say);
        }
    }
}
