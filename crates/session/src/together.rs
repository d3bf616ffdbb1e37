//! What is asked of several sessions at once. Each chunk is stamped by one clock, whichever link it came on, so that
//! what they said can be put in one order and drawn on one axis.

mod merge;

use crate::Session;
use crate::answer::MAX_FIELDS;
use crate::answer::csv::rows_as_text;
use crate::query::{
    Answer, Batch, Csv, Envelope, FieldId, Happening, LinkState, MAX_TOGETHER, Message, Query, QueryId, Rows, Series,
    Span, own_table, table_of,
};
use crate::wire::SessionId;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use store::{Time, TimeBase};

/// The sessions by their numbers, lent for one question.
pub type Sessions<'s> = BTreeMap<SessionId, &'s mut Session>;

/// Answers what is asked of several sessions. It remembers what cannot have changed since the question before.
#[derive(Default)]
pub struct Together {
    answered: HashMap<QueryId, Answered>,
}

#[derive(Default)]
struct Answered {
    query: Option<Query>,
    /// What the answer was made of, by session.
    tokens: Vec<(SessionId, [i64; 4])>,
    /// The columns of each session's part of a plot.
    pictures: HashMap<SessionId, store::Envelope>,
}

impl Together {
    /// Answers the questions of one animation frame, in their order, as [`Session::answer`] does. One that is no question
    /// to several sessions gets [`Answer::Unchanged`], and a session that is not there has nothing to say.
    pub fn answer(&mut self, now: Time, sessions: &mut Sessions<'_>, queries: &[(QueryId, Query)]) -> Batch {
        let mut before = std::mem::take(&mut self.answered);
        let mut answers = Vec::with_capacity(queries.len());
        for (id, query) in queries {
            let mut answered = before.remove(id).unwrap_or_default();
            let tokens = tokens(now, sessions, query);
            let answer = if answered.query.as_ref() == Some(query) && answered.tokens == tokens {
                Answer::Unchanged
            } else {
                compute(now, sessions, query, &mut answered.pictures)
            };
            answered.tokens = tokens;
            if answered.query.as_ref() != Some(query) {
                answered.query = Some(query.clone());
            }
            answers.push((*id, answer));
            self.answered.insert(*id, answered);
        }
        Batch { time_nanos: now.0, answers }
    }
}

/// Change whenever the answer may.
fn tokens(now: Time, sessions: &mut Sessions<'_>, query: &Query) -> Vec<(SessionId, [i64; 4])> {
    let (ids, span) = match query {
        Query::Together(together) => {
            let span = match &together.query {
                Query::Envelope { span, width, .. } => {
                    let (from, to) = span_of(now, sessions, &together.sessions, *span, *width);
                    Some((from.0, to.0))
                }
                _ => None,
            };
            (&together.sessions, span)
        }
        Query::Merge(merge) => (&merge.sessions, None),
        _ => return Vec::new(),
    };
    let token = |id: &SessionId| {
        let session = sessions.get_mut(id)?;
        let token = match (query, span) {
            (_, Some((from, to))) => {
                let data = &session.data;
                [data.sample_generation.cast_signed(), data.counters.gaps.cast_signed(), from, to]
            }
            (Query::Together(together), None) => session.token(now, &together.query, TimeBase::Arrival),
            _ => [session.data.screen.generation().cast_signed(), 0, 0, 0],
        };
        Some((*id, token))
    };
    ids.iter().filter_map(token).collect()
}

fn compute(
    now: Time,
    sessions: &mut Sessions<'_>,
    query: &Query,
    pictures: &mut HashMap<SessionId, store::Envelope>,
) -> Answer {
    match query {
        Query::Merge(merge) => Answer::Merged(Box::new(merge::merged(sessions, merge))),
        Query::Together(together) => {
            let ids = together.sessions.get(..together.sessions.len().min(MAX_TOGETHER)).unwrap_or_default();
            match &together.query {
                Query::Values => Answer::Values(values(now, sessions, ids)),
                Query::Happenings => Answer::Happenings(happenings(sessions, ids)),
                Query::Rows { table, until_nanos, count } => {
                    Answer::Rows(rows(sessions, ids, *table, until_nanos.map(Time), *count))
                }
                Query::Csv { fields, from_nanos, to_nanos, next } => {
                    Answer::Csv(csv(sessions, ids, fields, Time(*from_nanos)..Time(*to_nanos), next))
                }
                Query::Envelope { fields, span, width } => {
                    let span = span_of(now, sessions, ids, *span, *width);
                    Answer::Envelope(envelope(sessions, ids, fields, (span, *width), pictures))
                }
                _ => Answer::Unchanged,
            }
        }
        _ => Answer::Unchanged,
    }
}

/// The messages of all, their tables numbered by the sessions' places too.
fn values(now: Time, sessions: &mut Sessions<'_>, ids: &[SessionId]) -> Vec<Message> {
    let mut all = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let Some(session) = sessions.get_mut(id) else { continue };
        let messages = session.values(now).into_iter();
        all.extend(messages.filter_map(|message| Some(Message { table: table_of(place, message.table)?, ..message })));
    }
    all
}

fn happenings(sessions: &Sessions<'_>, ids: &[SessionId]) -> Vec<Happening> {
    let of = |id: &SessionId| sessions.get(id).map(|session| session.happenings());
    let mut all: Vec<Happening> = ids.iter().filter_map(of).flatten().collect();
    all.sort_by_key(|happening| happening.time_nanos);
    all
}

fn rows(sessions: &Sessions<'_>, ids: &[SessionId], table: u16, until: Option<Time>, count: u16) -> Rows {
    let (place, own) = own_table(table);
    let session = ids.get(place).and_then(|id| sessions.get(id));
    let rows = session.map(|session| session.rows(TimeBase::Arrival, own, until, usize::from(count.min(400))));
    let none = || Rows { table, fields: Vec::new(), rows: Vec::new(), device_nanos: Vec::new() };
    Rows { table, ..rows.unwrap_or_else(none) }
}

/// The rows of fields of several sessions as text, by arrival and without a line of heads: whoever asks knows what the
/// sessions are called.
fn csv(sessions: &Sessions<'_>, ids: &[SessionId], fields: &[FieldId], span: Range<Time>, next: &[u64]) -> Csv {
    let table_of = |id: &FieldId| {
        let (place, own) = own_table(id.table);
        sessions.get(ids.get(place)?)?.data.store.tables().get(usize::from(own))
    };
    let fields = fields.get(..fields.len().min(MAX_FIELDS)).unwrap_or_default();
    rows_as_text(fields, &table_of, (TimeBase::Arrival, span), next, String::new(), None)
}

/// The span of time meant, the same for all. One that follows the data goes up to now while any device is there.
fn span_of(now: Time, sessions: &Sessions<'_>, ids: &[SessionId], span: Span, width: u16) -> (Time, Time) {
    let here = || ids.iter().filter_map(|id| sessions.get(id));
    let held = || here().filter_map(|session| session.data.store.span_by(TimeBase::Arrival));
    match span {
        Span::Fixed { from_nanos, to_nanos } => (Time(from_nanos), Time(to_nanos)),
        Span::All => {
            let (from, to) = (held().map(|(from, _)| from).min(), held().map(|(_, to)| to).max());
            (from.unwrap_or(now), to.map_or(now, |to| to.plus_nanos(1)))
        }
        Span::Last { nanos } => {
            let live = here().any(|session| session.state == LinkState::Connected);
            let newest = held().map(|(_, to)| to).max().filter(|_| !live).unwrap_or(now);
            let range = store::snap(newest, nanos, width.max(1));
            (range.start, range.end)
        }
    }
}

/// One picture of fields of several sessions. Each session's gaps are its own.
fn envelope(
    sessions: &Sessions<'_>,
    ids: &[SessionId],
    fields: &[FieldId],
    ((from, to), width): ((Time, Time), u16),
    pictures: &mut HashMap<SessionId, store::Envelope>,
) -> Envelope {
    let width = width.clamp(1, 8192);
    let mut parts: BTreeMap<FieldId, Series> = BTreeMap::new();
    let mut gaps = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let own = |field: &&FieldId| own_table(field.table).0 == place;
        let own: Vec<FieldId> = fields.iter().filter(own).take(64).copied().collect();
        let Some(session) = sessions.get(id).filter(|_| !own.is_empty()) else { continue };
        let asked: Vec<FieldId> =
            own.iter().map(|id| FieldId { table: own_table(id.table).1, field: id.field }).collect();
        let picture = pictures.entry(*id).or_default();
        let part = session.envelope(TimeBase::Arrival, (from, to), &asked, width, picture);
        gaps.extend(part.gaps.into_iter().map(|gap| (gap, u16::try_from(place).unwrap_or(u16::MAX))));
        for (id, series) in own.into_iter().zip(part.series) {
            parts.insert(id, Series { id, ..series });
        }
    }
    gaps.sort_unstable();
    let (gaps, whose) = gaps.into_iter().unzip();
    let series = fields.iter().filter_map(|id| parts.remove(id)).collect();
    Envelope { from_nanos: from.0, to_nanos: to.0, series, gaps, whose }
}

#[cfg(test)]
mod tests;
