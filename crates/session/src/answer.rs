//! Answers to what views ask. What has not changed since the last batch is not computed again: each kind of query has
//! a token made of generation counters and, where the clock matters, the clock.

pub(crate) mod csv;
mod decimals;
mod figures;
mod origin;
mod spectrum;
mod status;
mod values;

use crate::Session;
use crate::query::{
    Answer, Batch, ByteKind, ByteRow, Bytes, Envelope, FieldId, LinkState, Query, QueryId, Series, Span, Stretch,
};
use crate::rate;
use std::collections::HashMap;
use std::ops::Range;
use store::{Time, TimeBase};

/// Fields of one envelope at most.
pub(crate) const MAX_FIELDS: usize = 64;
/// Pixel columns of one envelope at most.
const MAX_WIDTH: u16 = 8192;
/// Gaps of one envelope at most.
const MAX_GAPS: usize = 256;
/// Columns that a span which follows the data moves by, where it is not drawn.
const SPAN_WIDTH: u16 = 1024;
/// What no answer is made of.
const UNFINISHED: [i64; 4] = [i64::MIN; 4];
/// Bytes of one stretch at most.
const MAX_STRETCH: u64 = 65_536;
/// Lines of a screen, and rows of a table, at most.
const MAX_ROWS: u16 = 400;

/// What a query was answered with.
#[derive(Default)]
pub(crate) struct Answered {
    query: Option<Query>,
    /// What the answer was made of.
    token: [i64; 4],
    memory: Memory,
}

/// What cannot change any more, from one answer to the next.
#[derive(Default)]
struct Memory {
    /// An envelope's columns.
    picture: store::Envelope,
    /// What was counted for statistics.
    tally: store::Tally,
}

pub(crate) use decimals::{Decimals, Exact, needed};
pub(crate) use values::{Kept, cell};

/// The queries of the last batch.
pub(crate) type Answers = HashMap<QueryId, Answered>;

impl Session {
    /// Answers the queries of one animation frame, in their order. A query whose answer is the same as in the batch
    /// before, under the same number, gets [`Answer::Unchanged`].
    pub fn answer(&mut self, now: Time, queries: &[(QueryId, Query)]) -> Batch {
        let mut before = std::mem::take(&mut self.answered);
        let mut after = Answers::with_capacity(queries.len());
        let mut answers = Vec::with_capacity(queries.len());
        for (id, query) in queries {
            let mut answered = before.remove(id).unwrap_or_default();
            if let Query::Terminal(reader) = query {
                self.data.screen.obey(reader);
            }
            let (asked, base) = query.plain();
            let token = self.token(now, asked, base);
            let same = answered.query.as_ref() == Some(query);
            let answer = if same && answered.token == token {
                Answer::Unchanged
            } else {
                let (query, base) = query.plain();
                self.compute(now, query, base, &mut answered.memory)
            };
            // What is not finished goes on with the next batch, whether anything changed or not.
            answered.token = if answer == Answer::Statistics(None) { UNFINISHED } else { token };
            if !same {
                answered.query = Some(query.clone());
            }
            answers.push((*id, answer));
            after.insert(*id, answered);
        }
        self.answered = after;
        self.say_window();
        Batch { time_nanos: now.0, answers }
    }

    /// Changes whenever the answer may.
    pub(crate) fn token(&mut self, now: Time, query: &Query, base: TimeBase) -> [i64; 4] {
        let data = &self.data;
        match query {
            Query::Status | Query::Values => {
                // Rates and hints fall after the last input; six seconds later nothing moves any more.
                let last = data.last_input.unwrap_or(Time(i64::MIN));
                let moving = now.nanos_since(last) < 6_000_000_000;
                let generation = if *query == Query::Status { data.generation } else { data.sample_generation };
                [generation.cast_signed(), if moving { rate::slot(now) } else { i64::MIN }, 0, 0]
            }
            Query::Envelope { span, width, .. } => {
                let (from, to) = self.span(now, base, *span, *width);
                [data.sample_generation.cast_signed(), from.0, to.0, data.counters.gaps.cast_signed()]
            }
            Query::Screen { .. } => [data.screen.generation().cast_signed(), 0, 0, 0],
            Query::Rows { .. } => [data.sample_generation.cast_signed(), 0, 0, 0],
            // A search goes on until it is through.
            Query::Terminal(reader) => [data.screen.generation().cast_signed(), data.screen.searched(reader), 0, 0],
            Query::Bytes { .. } => [data.generation.cast_signed(), 0, 0, 0],
            // Asked once, answered once.
            Query::FindBytes { .. }
            | Query::Origin { .. }
            | Query::RejectedFrame { .. }
            | Query::LastBytes { .. }
            | Query::LastGap => [0; 4],
            // What a device is depends on how long it has been heard of: its row is looked at again each second.
            Query::Fleet(_) => {
                let heard = self.many.as_ref().map_or(0, |many| many.fleet.generation());
                [heard.cast_signed(), now.0.div_euclid(1_000_000_000), 0, 0]
            }
            // What is held does not change; it is only given up.
            Query::Stretch { .. } => [data.store.log_rows().start.cast_signed(), 0, 0, 0],
            Query::Text { .. } => [data.screen.generation().cast_signed(), 0, 0, 0],
            Query::Rejected { .. } => [data.rejected_generation.cast_signed(), 0, 0, 0],
            Query::Transfer => [data.generation.cast_signed(), self.files.slot(now), 0, 0],
            Query::Signals | Query::Evidence => [data.generation.cast_signed(), 0, 0, 0],
            Query::Statistics { span, .. }
            | Query::Xy { span, .. }
            | Query::Spectrum { span, .. }
            | Query::Histogram { span, .. } => {
                let (from, to) = self.span(now, base, *span, SPAN_WIDTH);
                [data.sample_generation.cast_signed(), from.0, to.0, 0]
            }
            Query::Marks { .. } => [data.sample_generation.cast_signed(), 0, 0, 0],
            Query::Happenings => [data.counters.gaps.cast_signed(), data.rejected_generation.cast_signed(), 0, 0],
            // A piece that is asked for again is wanted again.
            Query::Csv { .. } | Query::FleetText { .. } => [now.0, 1, 0, 0],
            Query::Macro => [data.generation.cast_signed(), 0, 0, 0],
            // Asked by the device's clock twice over: no question.
            // Nor is one to several sessions a question to this one.
            Query::Device(_) | Query::Together(_) | Query::Merge(_) => [0; 4],
        }
    }

    fn compute(&mut self, now: Time, query: &Query, base: TimeBase, memory: &mut Memory) -> Answer {
        match query {
            Query::Status => Answer::Status(Box::new(self.status(now))),
            Query::Values => Answer::Values(self.values(now)),
            Query::Envelope { fields, span, width } => {
                let width = (*width).clamp(1, MAX_WIDTH);
                let fields = fields.get(..fields.len().min(MAX_FIELDS)).unwrap_or_default();
                Answer::Envelope(self.envelope(
                    base,
                    self.span(now, base, *span, width),
                    fields,
                    width,
                    &mut memory.picture,
                ))
            }
            Query::Screen { from, rows } => Answer::Screen(self.data.screen.lines(*from, (*rows).min(MAX_ROWS))),
            Query::Terminal(reader) => Answer::Screen(self.data.screen.read(reader, MAX_ROWS)),
            Query::Bytes { from, rows } => Answer::Bytes(self.bytes_shown(*from, *rows)),
            Query::FindBytes { bytes, from, back } => {
                Answer::FoundBytes(self.data.store.find_in_log(bytes, *from, *back))
            }
            Query::Stretch { from, to, find } => Answer::Stretch(self.stretch(*from, *to, *find)),
            Query::Origin { field } => Answer::Origin(self.origin(*field)),
            Query::Fleet(query) => {
                let table = self.many.as_mut().map(|many| many.fleet.table(now, query));
                Answer::Fleet(Box::new(table.unwrap_or_default()))
            }
            Query::FleetText { query, columns, tabs } => {
                let text = self.many.as_ref().map(|many| many.fleet.text(now, query, columns, *tabs));
                Answer::Csv(text.unwrap_or_default())
            }
            Query::RejectedFrame { at, time_nanos } => Answer::Origin(self.rejected_frame(*at, *time_nanos)),
            Query::LastBytes { kind } => Answer::Origin(self.last_bytes(*kind)),
            Query::LastGap => Answer::Line(self.last_gap()),
            Query::Text { from, until, only } => Answer::Text(self.data.screen.text(*from, *until, only.as_ref())),
            Query::Rows { table, until_nanos, count } => {
                Answer::Rows(self.rows(base, *table, until_nanos.map(Time), usize::from((*count).min(MAX_ROWS))))
            }
            Query::Rejected { count } => {
                Answer::Rejected(self.data.rejected.iter().rev().take(usize::from(*count)).cloned().collect())
            }
            Query::Transfer => Answer::Transfer(self.files.answer(now).map(Box::new)),
            Query::Signals => Answer::Signals(self.signals.clone()),
            Query::Evidence => Answer::Evidence(self.evidence(), self.data.recent_evidence()),
            Query::Statistics { fields, span, width } => Answer::Statistics(self.statistics(
                base,
                self.span(now, base, *span, *width),
                fields,
                &mut memory.tally,
            )),
            Query::Marks { fields, at_nanos } => Answer::Marks(self.marks(base, fields, at_nanos)),
            Query::Happenings => Answer::Happenings(self.happenings()),
            Query::Xy { x, y, span } => Answer::Xy(self.xy(base, *x, *y, self.span(now, base, *span, SPAN_WIDTH))),
            Query::Spectrum { field, span } => {
                Answer::Spectrum(self.spectrum(base, *field, self.span(now, base, *span, SPAN_WIDTH)))
            }
            Query::Histogram { field, span, bins } => {
                Answer::Histogram(self.histogram(base, *field, self.span(now, base, *span, SPAN_WIDTH), *bins))
            }
            Query::Csv { fields, from_nanos, to_nanos, next } => {
                Answer::Csv(self.csv(base, fields, Time(*from_nanos)..Time(*to_nanos), next))
            }
            Query::Macro => Answer::Macro(self.macros.answer()),
            Query::Device(_) | Query::Together(_) | Query::Merge(_) => Answer::Unchanged,
        }
    }

    /// The span of time meant. One that follows the data moves by whole pixel columns.
    fn span(&self, now: Time, base: TimeBase, span: Span, width: u16) -> (Time, Time) {
        let held = self.data.store.span_by(base);
        match span {
            Span::Fixed { from_nanos, to_nanos } => (Time(from_nanos), Time(to_nanos)),
            Span::All => held.map_or((now, now), |(from, to)| (from, to.plus_nanos(1))),
            Span::Last { nanos } => {
                let newest = match (&self.state, held) {
                    (LinkState::Connected, _) if base == TimeBase::Arrival => now,
                    (_, None) => now,
                    (_, Some((_, newest))) => newest,
                };
                let range = store::snap(newest, nanos, width.clamp(1, MAX_WIDTH));
                (range.start, range.end)
            }
        }
    }

    pub(crate) fn envelope(
        &self,
        base: TimeBase,
        (from, to): (Time, Time),
        fields: &[FieldId],
        width: u16,
        picture: &mut store::Envelope,
    ) -> Envelope {
        let store = &self.data.store;
        let columns: Vec<(usize, usize)> =
            fields.iter().map(|id| (usize::from(id.table), usize::from(id.field))).collect();
        picture.refresh_by(base, store, &columns, from..to, width);
        let series = fields.iter().enumerate().map(|(index, id)| {
            let sides = picture.sides(index);
            let point = |side: Option<(Time, f64)>| side.map(|(time, value)| (time.0, value));
            Series {
                id: *id,
                columns: picture.columns(index).collect(),
                before: point(sides.before),
                after: point(sides.after),
                after_broken: sides.after_broken,
            }
        });
        let series = series.collect();
        let mut gaps: Vec<(i64, i64)> = match base {
            TimeBase::Arrival => store.gaps(from..to).take(MAX_GAPS).map(|(from, to)| (from.0, to.0)).collect(),
            TimeBase::Device => Vec::new(),
        };
        if !self.data.order.is_empty() {
            self.breaks(base, from..to, &columns, &mut gaps);
        }
        // A gap that is not over yet reaches to the end.
        if let Some(gone) = self.gone.filter(|_| base == TimeBase::Arrival)
            && gone < to
            && gaps.len() < MAX_GAPS
        {
            gaps.push((gone.0, to.0));
        }
        Envelope { from_nanos: from.0, to_nanos: to.0, series, gaps, whose: Vec::new() }
    }

    /// Adds the gaps in the lines of these fields' tables that are not among the gaps: numbers that did not come, a clock
    /// that jumped.
    fn breaks(&self, base: TimeBase, span: Range<Time>, fields: &[(usize, usize)], gaps: &mut Vec<(i64, i64)>) {
        let mut tables: Vec<usize> = fields.iter().map(|(table, _)| *table).collect();
        tables.sort_unstable();
        tables.dedup();
        for table in tables.into_iter().filter_map(|table| self.data.store.tables().get(table)) {
            for (from, to) in table.breaks_by(base, span.clone()) {
                let known = gaps.iter().any(|gap| gap.0 < to.0 && from.0 < gap.1 || *gap == (from.0, to.0));
                if !known && gaps.len() < MAX_GAPS {
                    gaps.push((from.0, to.0));
                }
            }
        }
        gaps.sort_unstable();
    }

    /// Bytes of the log from one offset to another.
    fn stretch(&self, from: u64, to: u64, find: u64) -> Stretch {
        let store = &self.data.store;
        let held = store.log_range();
        let end = to.saturating_add(1).min(from.saturating_add(MAX_STRETCH));
        let bytes = if held.contains(&from) { store.log_bytes(from..end) } else { Vec::new() };
        Stretch { from, to, bytes, row: store.log_row_of(find), held: (held.start, held.end) }
    }

    /// Rows of the byte log.
    fn bytes_shown(&self, from: Option<u64>, rows: u16) -> Bytes {
        let data = &self.data;
        let held = data.store.log_rows();
        let rows = u64::from(rows.min(MAX_ROWS));
        let from = from.unwrap_or_else(|| held.end.saturating_sub(rows)).clamp(held.start, held.end);
        let found = data.store.log_rows_from(from, usize::try_from(rows).unwrap_or(0));
        let row = |row: store::LogRow| {
            let span = |index: usize| match row.received {
                Some(at) => data.spans.of(at.saturating_add(index as u64)),
                None => (ByteKind::Unknown, false),
            };
            ByteRow {
                at: row.at,
                time_nanos: row.time.0,
                sent: row.direction == store::Direction::Sent,
                spans: (0..row.bytes.len()).map(span).collect(),
                bytes: row.bytes,
            }
        };
        Bytes { from, oldest: held.start, total: held.end, rows: found.into_iter().map(row).collect() }
    }
}
