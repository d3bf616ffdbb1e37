//! The console's plot without the console: the store's envelopes, painted by the view's own painter.

use codec::{Field, Kind, Sample, Schema, Value};
use ferrule_web::browser::canvas::Canvas;
use ferrule_web::view::plot::lanes::{Lane, Line};
use ferrule_web::view::plot::paint::{Painter, Scene, columns};
use ferrule_web::view::plot::times::Times;
use session::query::{Envelope, FieldId, Series};
use std::collections::BTreeSet;
use store::{Store, Time};

/// Lanes, however many channels there are.
const LANES: usize = 8;

pub struct Plot {
    store: Store,
    picture: store::Envelope,
    names: Vec<String>,
    lanes: Vec<Lane>,
    painter: Painter,
    time: Time,
}

impl Plot {
    pub fn new(channels: usize) -> Plot {
        let channels = channels.max(1);
        let lanes = LANES.min(channels);
        let lane = |lane: usize| Lane {
            unit: format!("u{lane}"),
            array: String::new(),
            series: (lane..channels).step_by(lanes).map(line).collect(),
        };
        Plot {
            store: Store::new(1 << 30),
            picture: store::Envelope::new(),
            names: (0..channels).map(|channel| format!("c{channel}")).collect(),
            lanes: (0..lanes).map(lane).collect(),
            painter: Painter::default(),
            time: Time(0),
        }
    }

    /// Appends rows: what `next` writes, until it has no more.
    pub fn append(&mut self, kind: Kind, mut next: impl FnMut(&mut [Value<'static>]) -> Option<Time>) {
        let fields: Vec<Field<'_>> = self.names.iter().map(|name| Field { name, kind, unit: "" }).collect();
        let schema = Schema { index: 0, name: "signals", fields: &fields };
        let mut values = vec![Value::Null; fields.len()];
        while let Some(time) = next(&mut values) {
            self.store.append(time, &Sample { schema, values: &values });
            self.time = time;
        }
    }

    /// How many channels; at least one.
    pub fn channels(&self) -> usize {
        self.names.len()
    }

    /// The time of the newest row.
    pub fn time(&self) -> Time {
        self.time
    }

    /// Paints the last `nanos`.
    pub fn draw(&mut self, element: &web_sys::HtmlCanvasElement, nanos: i64) {
        let Some(canvas) = Canvas::fit(element) else { return };
        let width = columns(canvas.width, canvas.ratio());
        let columns: Vec<(usize, usize)> = (0..self.names.len()).map(|channel| (0, channel)).collect();
        let span = store::snap(self.time, nanos, width);
        self.picture.refresh(&self.store, &columns, span.clone(), width);
        let series = columns.iter().map(|(_, channel)| Series {
            id: id(*channel),
            columns: self.picture.columns(*channel).collect(),
            before: None,
            after: None,
            after_broken: false,
        });
        let envelope =
            Envelope { from_nanos: span.start.0, to_nanos: span.end.0, series: series.collect(), gaps: Vec::new(), whose: Vec::new() };
        let hidden = BTreeSet::new();
        let scene = Scene {
            by_device: false,
            lanes: &self.lanes,
            envelope: &envelope,
            hidden: &hidden,
            cursor: None,
            marks: [None; 2],
            selecting: None,
            ranges: &std::collections::BTreeMap::new(),
            live: true,
            ended: false,
            times: Times::Instants,
        };
        self.painter.paint(&canvas, &scene);
    }

    pub fn samples(&self) -> u64 {
        self.store.rows_held().saturating_mul(self.names.len() as u64)
    }
}

fn id(channel: usize) -> FieldId {
    FieldId { table: 0, field: channel as u16 }
}

fn line(channel: usize) -> Line {
    // A dashed path costs more to stroke; the peer strokes plain ones.
    Line { id: id(channel), name: format!("c{channel}"), colour: channel % 8, dash: 0 }
}
