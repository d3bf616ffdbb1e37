//! From a chunk to columns: what the session does with received bytes, without its terminal, log and counters.

use codec::{Codec, Found, Frames, Protocol, Setting, Settings, Value};
use store::{Store, Time};

/// Frames in a run are kept in the second-level cache.
const RUN_BYTES: usize = 32 << 10;

pub struct Path {
    codec: Codec,
    store: Store,
    /// A frame that is not complete yet.
    frame: Vec<u8>,
    /// Frames in a row.
    run: Vec<u8>,
    time: Time,
    samples: u64,
    bad: u64,
}

fn text(text: &str) -> Setting {
    Setting::Text(text.into())
}

fn table(entries: impl IntoIterator<Item = (&'static str, Setting)>) -> Settings {
    Settings(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
}

/// What a profile would say under `[protocol]`.
pub fn settings() -> Settings {
    let fields =
        [("seq", "u32"), ("time", "u64"), ("a", "f32"), ("b", "f32"), ("c", "f32"), ("d", "f32"), ("state", "u16")];
    let fields = fields.map(|(name, kind)| Setting::Table(table([("name", text(name)), ("type", text(kind))])));
    let message = table([("name", text("record")), ("fields", Setting::List(fields.into()))]);
    table([
        ("framing", text("cobs")),
        ("endian", text("little")),
        ("crc", text("CRC-16/IBM-3740")),
        ("messages", Setting::List(vec![Setting::Table(message)])),
    ])
}

impl Path {
    pub fn new(budget: usize) -> Result<Path, String> {
        let protocol = Protocol::find("layout").ok_or("no layout protocol")?;
        let codec = protocol.open(&settings()).map_err(|why| why.to_string())?;
        let frame = vec![0; codec.limit_bytes];
        let run = vec![0; RUN_BYTES];
        Ok(Path { codec, store: Store::new(budget), frame, run, time: Time(0), samples: 0, bad: 0 })
    }

    pub fn samples(&self) -> u64 {
        self.samples
    }

    pub fn bad(&self) -> u64 {
        self.bad
    }

    pub fn receive(&mut self, chunk: &[u8]) {
        let Path { codec, store, frame, run, time, samples, bad } = self;
        let now = time.plus_millis(1);
        *time = now;
        let mut rest = chunk;
        while !rest.is_empty() {
            let mut frames = Frames::new(run, frame.len());
            let taken = codec.framer.feed_many(rest, &mut frames);
            rest = rest.get(taken..).unwrap_or_default();
            let mut at = 0;
            while at < frames.run().count {
                let done = codec.decoder.decode_many(&frames, at, &mut |many| {
                    *samples += many.rows as u64;
                    store.append_many(now, &many);
                });
                at += done;
                if done == 0 {
                    let payload = frames.payload(at).unwrap_or_default();
                    let decoded = codec.decoder.decode(payload, &mut |sample| {
                        *samples += 1;
                        store.append(now, &sample);
                    });
                    *bad += u64::from(decoded.is_err());
                    at += 1;
                }
            }
            if taken > 0 {
                continue;
            }
            let step = codec.framer.feed(rest, frame);
            rest = rest.get(step.consumed..).unwrap_or_default();
            match step.found {
                Some(Found::Frame { len, .. }) => {
                    let payload = frame.get(..len).unwrap_or_default();
                    let decoded = codec.decoder.decode(payload, &mut |sample| {
                        *samples += 1;
                        store.append(now, &sample);
                    });
                    *bad += u64::from(decoded.is_err());
                }
                Some(Found::Bad { .. }) => *bad += 1,
                None => {}
            }
        }
    }

    /// Rows held.
    pub fn rows(&self) -> u64 {
        self.store.rows_held()
    }

    /// The numbers of the rows in which a field is more than so much.
    pub fn filter(&self, field: usize, more_than: f64, found: &mut Vec<u64>) {
        let Some(table) = self.store.tables().first() else { return };
        table.numbers(field, table.rows(), |row, _, number| {
            if number > more_than {
                found.push(row);
            }
        });
    }

    fn values<T>(&self, field: usize, count: usize, value: impl Fn(Value<'_>) -> Option<T>) -> Vec<T> {
        let Some(table) = self.store.tables().first() else { return Vec::new() };
        let start = table.rows().start;
        let rows = (start..).take(count).filter_map(|number| table.row(number));
        rows.filter_map(|row| value(row.value(field))).collect()
    }

    pub fn integers(&self, field: usize, count: usize) -> Vec<u64> {
        self.values(field, count, |value| match value {
            Value::U64(value) => Some(value),
            _ => None,
        })
    }

    pub fn numbers(&self, field: usize, count: usize) -> Vec<f64> {
        self.values(field, count, |value| match value {
            Value::U64(value) => Some(value as f64),
            Value::F32(value) => Some(f64::from(value)),
            _ => None,
        })
    }
}
