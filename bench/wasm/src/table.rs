//! Tables as the worker keeps them: the newest row of each key in a fleet, and every row that came in a store.

use crate::receive::Path;
use js_sys::Uint8Array;
use session::fleet::{Fleet, Heard, Taken};
use session::query::{Answer, FleetLine, FleetQuery, SortKey};
use session::wire::encode;
use session::{Profile, Time};
use wasm_bindgen::prelude::*;

/// Rows of an answer: what a screen has room for.
const ROWS: u16 = 40;

const PROFILE: &str = r#"
name = "Meters"
[link]
kind = "websocket"
url = "ws://meters.example"
[protocol]
name = "layout"
framing = "whole"
endian = "little"
[[protocol.messages]]
name = "state"
fields = [
  { name = "flow", type = "f32", unit = "L/h" },
  { name = "pressure", type = "f32", unit = "bar" },
  { name = "battery", type = "u8", unit = "%" },
]
"#;

/// The newest row of each key.
#[wasm_bindgen]
pub struct Keyed {
    fleet: Fleet,
    batch: Vec<u8>,
    answer: Vec<u8>,
    now: Time,
}

#[wasm_bindgen]
impl Keyed {
    /// Without a row.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Keyed, JsError> {
        let profile = Profile::parse(PROFILE).map_err(|why| JsError::new(&why.to_string()))?;
        let fleet = Fleet::new(&profile).map_err(|why| JsError::new(&why.to_string()))?;
        Ok(Keyed { fleet, batch: Vec::new(), answer: Vec::new(), now: Time(0) })
    }

    /// Takes messages, each with the name of its device before it: a length, the name, a length, the payload. Returns how
    /// many were good. What they mean is decoded, as it is in the worker.
    pub fn hear(&mut self, batch: &Uint8Array) -> u32 {
        self.batch.resize(batch.length() as usize, 0);
        batch.copy_to(&mut self.batch);
        // An order older than a second is found anew for the next answer.
        self.now = self.now.plus_millis(1000);
        let mut good = 0;
        let mut rest = self.batch.as_slice();
        while let Some((name, after)) = part(rest) {
            let Some((payload, after)) = part(after) else { break };
            rest = after;
            let Ok(device) = std::str::from_utf8(name) else { break };
            let taken = self.fleet.hear(self.now, &Heard { device, protocol: 0, payload, retained: false });
            good += u32::from(taken == Taken::Good);
        }
        good
    }

    /// The first rows with more than so much flow, the most pressure first, encoded as the page is told them: bytes.
    pub fn ask(&mut self, flow: f64) -> usize {
        let table = self.fleet.table(self.now, &query(flow));
        self.answer = encode(&Answer::Fleet(Box::new(table)), std::mem::take(&mut self.answer));
        self.answer.len()
    }

    /// How many rows pass, and the names of the first, for comparison.
    pub fn rows(&mut self, flow: f64) -> Vec<String> {
        let table = self.fleet.table(self.now, &query(flow));
        let name = |line: &FleetLine| match line {
            FleetLine::Device(row) => row.name.clone(),
            FleetLine::Group { name, .. } => name.clone(),
        };
        std::iter::once(table.shown.to_string()).chain(table.rows.iter().map(name)).collect()
    }
}

fn query(flow: f64) -> FleetQuery {
    FleetQuery {
        count: ROWS,
        sort: SortKey::Column(1),
        descending: true,
        filter: format!("flow > {flow}"),
        ..FleetQuery::default()
    }
}

/// What a length says, and what comes after it.
fn part(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (len, rest) = bytes.split_first()?;
    rest.split_at_checked(usize::from(*len))
}

/// Every row that came.
#[wasm_bindgen]
pub struct History {
    path: Path,
    piece: Vec<u8>,
    found: Vec<u64>,
}

#[wasm_bindgen]
impl History {
    /// With room for so many bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(budget: usize) -> Result<History, JsError> {
        let path = Path::new(budget).map_err(|why| JsError::new(&why))?;
        Ok(History { path, piece: Vec::new(), found: Vec::new() })
    }

    /// Takes a stream of frames, in pieces, each copied once. Returns how many rows there are.
    pub fn append(&mut self, stream: &Uint8Array) -> f64 {
        let mut at = 0;
        while at < stream.length() {
            let end = stream.length().min(at.saturating_add(crate::PIECE));
            self.piece.resize((end - at) as usize, 0);
            stream.subarray(at, end).copy_to(&mut self.piece);
            self.path.receive(&self.piece);
            at = end;
        }
        self.path.rows() as f64
    }

    /// The numbers of the rows in which a field is more than so much; how many there are.
    pub fn filter(&mut self, field: usize, more_than: f64) -> usize {
        self.found.clear();
        self.path.filter(field, more_than, &mut self.found);
        self.found.len()
    }
}
