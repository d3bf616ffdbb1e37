//! Many devices in one table: what each said last, how it is doing, and a little of how it went.
//!
//! A fleet keeps no history of its devices. It costs memory by their number and not by what they say: the latest value
//! of each field, the counts, and a trend of sixty points for one field at a time. Whoever wants more of one device
//! opens it as a session of its own.
//!
//! ```
//! use session::fleet::{Fleet, Heard};
//! use session::query::{FleetLine, FleetQuery};
//! use session::{Profile, Time};
//!
//! let profile = Profile::parse("name = \"Meters\"\n[link]\nkind = \"websocket\"\nurl = \"ws://meters.example\"\n[protocol]\nname = \"json\"\n")?;
//! let mut fleet = Fleet::new(&profile)?;
//! fleet.hear(Time(5), &Heard { device: "wm-7", protocol: 0, payload: br#"{"flow": 46}"#, retained: false });
//! let table = fleet.table(Time(6), &FleetQuery { count: 10, ..FleetQuery::default() });
//! let [FleetLine::Device(row)] = &table.rows[..] else { panic!() };
//! assert_eq!((row.name.as_str(), table.columns[0].name.as_str()), ("wm-7", "flow"));
//! # Ok::<(), session::ProfileError>(())
//! ```

pub(crate) mod bulk;
mod columns;
mod devices;
mod filter;
mod numbers;
mod order;
mod text;
mod trend;

use crate::profile::{FieldUnit, Profile, ProfileError};
use crate::query::{FleetLine, FleetQuery, FleetRow, FleetTable, State};
use bulk::Bulk;
use codec::{Codec, DecodeError};
use columns::Columns;
use devices::Devices;
use numbers::Numbers;
use order::Order;
use store::Time;
use trend::Trend;

/// Seconds after which a device that says nothing is stale, where the profile does not say.
pub const STALE_S: u32 = 60;
/// Devices at most; what further ones say is counted and left out.
pub const MAX_DEVICES: usize = 100_000;
/// Columns at most.
pub const MAX_COLUMNS: usize = 256;
/// Lines of one answer at most.
const MAX_LINES: u16 = 400;

/// A message of a device.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// Whose.
    pub device: &'a str,
    /// Which of the profile's protocols it speaks: 0 is `[protocol]`.
    pub protocol: usize,
    /// What it says.
    pub payload: &'a [u8],
    /// Whether the broker kept it from earlier: it tells what the device last said, not that it is there.
    pub retained: bool,
}

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It was understood.
    Good,
    /// It was not.
    Rejected(DecodeError),
    /// There was no room for its device.
    NoRoom,
}

/// Every device of a broker or a list.
pub struct Fleet {
    codecs: Vec<Codec>,
    units: Vec<FieldUnit>,
    devices: Devices,
    columns: Columns,
    numbers: Numbers,
    trend: Trend,
    order: Order,
    stale_nanos: i64,
    /// The last command to many.
    pub(crate) bulk: Option<Bulk>,
    /// Changes with every message.
    generation: u64,
}

impl std::fmt::Debug for Fleet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fleet").field("devices", &self.devices.len()).finish_non_exhaustive()
    }
}

impl Fleet {
    /// A fleet whose devices speak what the profile says; nobody is in it yet.
    ///
    /// # Errors
    /// A profile whose protocol cannot be opened, which [`Profile::parse`] has refused already.
    pub fn new(profile: &Profile) -> Result<Fleet, ProfileError> {
        Ok(Fleet::with(profile, vec![crate::session::open(profile)?]))
    }

    /// The same with several protocols, of which [`Heard::protocol`] names one.
    pub(crate) fn with(profile: &Profile, codecs: Vec<Codec>) -> Fleet {
        Fleet {
            codecs,
            units: profile.fields.clone(),
            devices: Devices::default(),
            columns: Columns::default(),
            numbers: Numbers::new(profile.sequence.clone()),
            trend: Trend::default(),
            order: Order::default(),
            stale_nanos: i64::from(profile.fleet.stale_s).saturating_mul(1_000_000_000),
            bulk: None,
            generation: 0,
        }
    }

    /// How long a device may say nothing before it is stale.
    pub fn set_stale(&mut self, seconds: u32) {
        self.stale_nanos = i64::from(seconds).saturating_mul(1_000_000_000);
    }

    /// How many devices there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.devices.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The device of a number.
    #[must_use]
    pub fn name(&self, device: u32) -> Option<&str> {
        self.devices.get(device).map(|device| &*device.name)
    }

    /// Changes whenever something was heard.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Something of it changed, without a word from a device.
    pub(crate) fn touch(&mut self) {
        self.generation = self.generation.wrapping_add(1);
    }

    /// The number of a device that is known.
    #[must_use]
    pub fn known(&self, name: &str) -> Option<u32> {
        self.devices.known(name)
    }

    /// A column for what a level of the topics says; the same one for the same name. `None` where there is no room.
    pub(crate) fn level(&mut self, name: &str) -> Option<u16> {
        self.columns.level(name)
    }

    /// What it says for a device that is known.
    pub(crate) fn place(&mut self, device: &str, column: u16, text: &str) {
        if let Some(number) = self.devices.known(device) {
            self.columns.place(column, number, text);
        }
    }

    /// Takes a message.
    pub fn hear(&mut self, now: Time, heard: &Heard<'_>) -> Taken {
        self.generation = self.generation.wrapping_add(1);
        let Some(number) = self.devices.number(heard.device) else { return Taken::NoRoom };
        self.trend.reach(now);
        let Fleet { codecs, units, columns, numbers, trend, devices, .. } = self;
        let Some(device) = devices.get_mut(number) else { return Taken::NoRoom };
        let followed = trend.wanted().filter(|_| !heard.retained);
        let outcome = match codecs.get_mut(heard.protocol) {
            Some(codec) => codec.decoder.decode(heard.payload, &mut |sample| {
                numbers.count(heard.protocol, device, &sample);
                if let Some(value) = columns.take(heard.protocol, number, &sample, units, followed) {
                    trend.put(number, value);
                }
            }),
            None => Err(DecodeError::Limit { at: 0 }),
        };
        device.messages = device.messages.saturating_add(1);
        device.bad = outcome.is_err();
        device.rejected = device.rejected.saturating_add(u64::from(outcome.is_err()));
        device.retained = heard.retained;
        if !heard.retained {
            device.seen = Some(now);
            device.offline = false;
        }
        outcome.map_or_else(Taken::Rejected, |()| Taken::Good)
    }

    /// Takes word of whether a device is there, as a status topic or a will tells it. `fresh` says when it was told, where
    /// that was now: one that tells so itself was heard. What the broker had kept says of one that is gone that it is, and of
    /// one that was there nothing more than that it was.
    pub fn tell_presence(&mut self, device: &str, online: bool, fresh: Option<Time>) -> Taken {
        self.generation = self.generation.wrapping_add(1);
        let Some(number) = self.devices.number(device) else { return Taken::NoRoom };
        if let Some(device) = self.devices.get_mut(number) {
            device.messages = device.messages.saturating_add(1);
            device.offline = !online;
            device.retained = fresh.is_none();
            device.seen = fresh.filter(|_| online).or(device.seen);
        }
        Taken::Good
    }

    /// A part of the table.
    pub fn table(&mut self, now: Time, query: &FleetQuery) -> FleetTable {
        self.trend.want(query.trend.filter(|column| self.columns.is_numeric(*column)));
        self.trend.reach(now);
        let Fleet { devices, columns, order, trend, stale_nanos, bulk, .. } = self;
        let bulk = bulk.as_ref();
        let states = devices.states(now, *stale_nanos);
        order.arrange(now, query, &order::Known { devices, columns, states: &states, bulk });
        let mut counts = [0; 5];
        for state in &states {
            count(&mut counts, *state);
        }
        let lines = order.lines();
        let from = query.from.min(u32::try_from(lines.len()).unwrap_or(u32::MAX));
        let wanted = lines.iter().skip(from as usize).take(usize::from(query.count.min(MAX_LINES)));
        let rows = wanted.filter_map(|line| {
            Some(match line {
                order::Line::Group { name, state, counts } => {
                    FleetLine::Group { name: name.clone(), state: *state, counts: *counts }
                }
                order::Line::Device(number) => {
                    let device = devices.get(*number)?;
                    FleetLine::Device(FleetRow {
                        device: *number,
                        name: crate::screen::visible(&device.name),
                        state: states.get(*number as usize).copied().unwrap_or(State::Silent),
                        seen_nanos: device.seen.map(|time| time.0),
                        messages: device.messages,
                        rejected: device.rejected,
                        missing: device.missing,
                        repeated: device.repeated,
                        cells: columns.cells(*number),
                        trend: trend.of(*number, *stale_nanos),
                        retained: device.retained,
                        outcome: bulk.and_then(|bulk| bulk.outcome(*number)).cloned(),
                    })
                }
            })
        });
        FleetTable {
            rows: rows.collect(),
            from,
            lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            shown: order.shown(),
            would_move: order.would_move(),
            filter: order.mistake().cloned(),
            ruler: order.ruler(&states),
            all: if query.all { order.devices().to_vec() } else { Vec::new() },
            columns: columns.told(),
            counts,
            trend_nanos: trend.nanos(),
            devices_left_out: devices.left_out(),
            columns_left_out: columns.left_out(),
            bulk: bulk.map(Bulk::status),
        }
    }
}

/// One more in this state.
fn count(counts: &mut crate::query::Counts, state: State) {
    for (known, count) in State::ALL.into_iter().zip(counts) {
        *count += u32::from(known == state);
    }
}
