//! Which rows there are, and where each stands. Rows move once a second at most, and not at all while they are held.

use super::bulk::Bulk;
use super::columns::Columns;
use super::count;
use super::devices::Devices;
use super::filter::Filter;
use crate::query::{Cell, Counts, FleetQuery, GroupKey, OutcomeKind, SortKey, State};
use crate::words::Said;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashSet};
use store::Time;

/// Rows are put in order again after so long.
const PERIOD: i64 = 1_000_000_000;
/// Parts of the ruler at most.
const PARTS: usize = 200;

/// A line of the table.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    Group { name: String, state: Option<State>, counts: Counts },
    Device(u32),
}

/// What the rows are ordered by.
pub(super) struct Known<'a> {
    pub(super) devices: &'a Devices,
    pub(super) columns: &'a Columns,
    /// By device.
    pub(super) states: &'a [State],
    pub(super) bulk: Option<&'a Bulk>,
}

impl Known<'_> {
    fn state(&self, number: u32) -> State {
        self.states.get(number as usize).copied().unwrap_or(State::Silent)
    }

    fn outcome(&self, number: u32) -> Option<OutcomeKind> {
        self.bulk.and_then(|bulk| bulk.outcome(number)).map(|outcome| outcome.kind)
    }
}

/// The rows in order.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// What it was arranged for; positions and what is kept from batch to batch do not count.
    query: FleetQuery,
    at: Option<Time>,
    devices: Vec<u32>,
    lines: Vec<Line>,
    would_move: u32,
    mistake: Option<Said>,
    /// Place of each device by its name, and for how many devices that was found out.
    by_name: Vec<u32>,
}

impl Order {
    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub(super) fn devices(&self) -> &[u32] {
        &self.devices
    }

    pub(super) fn shown(&self) -> u32 {
        u32::try_from(self.devices.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn would_move(&self) -> u32 {
        self.would_move
    }

    pub(super) fn mistake(&self) -> Option<&Said> {
        self.mistake.as_ref()
    }

    /// Puts the rows in order, if it is time.
    pub(super) fn arrange(&mut self, now: Time, query: &FleetQuery, known: &Known<'_>) {
        let asked = FleetQuery { from: 0, count: 0, hold: false, all: false, trend: None, ..query.clone() };
        let other = asked != self.query;
        let due = self.at.is_none_or(|at| now.nanos_since(at) >= PERIOD || now < at);
        if !other && !due {
            return;
        }
        let (wanted, mistake) = self.wanted(query, known);
        self.at = Some(now);
        self.mistake = mistake;
        if other || !query.hold {
            self.lines = lines(&wanted, query, known);
            (self.devices, self.would_move, self.query) = (wanted, 0, asked);
            return;
        }
        // Held: those that are there keep their places, new ones are put at the end; under the heads of groups there is no
        // such place, and they come when the rows are put in order again.
        let there: HashSet<u32> = self.devices.iter().copied().collect();
        let mut rank = vec![None; known.devices.len()];
        let new_lines = query.group.map(|_| lines(&wanted, query, known));
        let ordered: Vec<u32> = match &new_lines {
            Some(lines) => devices_of(lines).collect(),
            None => wanted.clone(),
        };
        for (at, number) in (0_u32..).zip(&ordered) {
            if let Some(rank) = rank.get_mut(*number as usize) {
                *rank = Some(at);
            }
        }
        let place = |number: &u32| rank.get(*number as usize).copied().flatten();
        match new_lines {
            None => {
                let new: Vec<u32> = wanted.into_iter().filter(|number| !there.contains(number)).collect();
                self.lines.extend(new.iter().copied().map(Line::Device));
                self.devices.extend(new);
                self.would_move = would_move(self.devices.iter().map(place));
            }
            Some(new) => {
                let held: HashSet<u32> = devices_of(&self.lines).collect();
                let come = ordered.iter().filter(|number| !held.contains(number)).count();
                self.would_move = would_move(devices_of(&self.lines).map(|number| place(&number)))
                    .saturating_add(u32::try_from(come).unwrap_or(u32::MAX));
                // The heads tell how it is now.
                for line in &mut self.lines {
                    let Line::Group { name, counts, .. } = line else { continue };
                    let now = new.iter().find_map(|line| match line {
                        Line::Group { name: other, counts, .. } if other == name => Some(*counts),
                        _ => None,
                    });
                    *counts = now.unwrap_or_default();
                }
            }
        }
    }

    /// The order that is asked for.
    fn wanted(&mut self, query: &FleetQuery, known: &Known<'_>) -> (Vec<u32>, Option<Said>) {
        let Known { devices, columns, .. } = known;
        let (filter, mistake) = match Filter::read(&query.filter, columns) {
            Ok(filter) => (filter, None),
            Err(why) => (Filter::default(), Some(why)),
        };
        self.rank_names(devices);
        let by_name = |number: &u32| self.by_name.get(*number as usize).copied().unwrap_or(u32::MAX);
        let state = |number: u32| known.state(number);
        let came = |number: u32| known.outcome(number).is_some_and(|kind| query.outcomes.contains(&kind));
        let wanted = devices.all().filter(|(number, device)| {
            let wanted = query.states.is_empty() || query.states.contains(&state(*number));
            wanted && (query.outcomes.is_empty() || came(*number)) && filter.lets(*number, device, columns)
        });
        let mut order: Vec<u32> = wanted.map(|(number, _)| number).collect();
        let mistake = mistake.or_else(|| filter.misread(columns).filter(|_| order.is_empty()));
        let turned = |ordering: Ordering| if query.descending { ordering.reverse() } else { ordering };
        let device = |number: &u32| devices.get(*number);
        order.sort_by(|one, other| {
            let ordering = match query.sort {
                SortKey::Name => turned(by_name(one).cmp(&by_name(other))),
                SortKey::State => turned(state(*one).cmp(&state(*other))),
                SortKey::LastSeen => {
                    let seen = |number: &u32| device(number).and_then(|device| device.seen);
                    none_last(seen(one), seen(other), |one, other| turned(one.cmp(&other)))
                }
                SortKey::Messages => {
                    let messages = |number: &u32| device(number).map(|device| device.messages);
                    turned(messages(one).cmp(&messages(other)))
                }
                SortKey::Outcome => {
                    let outcome = |number: &u32| known.outcome(*number);
                    none_last(outcome(one), outcome(other), |one, other| turned(one.cmp(&other)))
                }
                SortKey::Column(column) if columns.is_numeric(column) => {
                    let number = |device: &u32| columns.number(column, *device);
                    none_last(number(one), number(other), |one, other| turned(one.total_cmp(&other)))
                }
                SortKey::Column(column) => {
                    let text = |device: &u32| text(&columns.cell(column, *device));
                    none_last(text(one), text(other), |one, other| turned(natural(&one, &other)))
                }
            };
            ordering.then_with(|| by_name(one).cmp(&by_name(other)))
        });
        (order, mistake)
    }

    /// The places of all names in their order, found out again when there are more.
    fn rank_names(&mut self, devices: &Devices) {
        if self.by_name.len() == devices.len() {
            return;
        }
        let mut names: Vec<(u32, &str)> = devices.all().map(|(number, device)| (number, &*device.name)).collect();
        names.sort_by(|(_, one), (_, other)| natural(one, other));
        self.by_name = vec![0; names.len()];
        for (rank, (number, _)) in (0..).zip(names) {
            if let Some(place) = self.by_name.get_mut(number as usize) {
                *place = rank;
            }
        }
    }

    /// For each part of the table the state that wants looking at most.
    pub(super) fn ruler(&self, states: &[State]) -> Vec<State> {
        let part = self.lines.len().div_ceil(PARTS).max(1);
        let state = |line: &Line| match line {
            Line::Device(number) => states.get(*number as usize).copied(),
            Line::Group { .. } => None,
        };
        self.lines.chunks(part).map(|lines| lines.iter().filter_map(state).min().unwrap_or(State::Connected)).collect()
    }
}

/// How many have to move at least, for what stands in this order by its wanted places to stand in that of them: all but the
/// longest part that rises already (Fredman 1975). What is not wanted any more moves too.
fn would_move(places: impl Iterator<Item = Option<u32>>) -> u32 {
    let (mut all, mut ends) = (0_u32, Vec::<u32>::new());
    for place in places {
        all = all.saturating_add(1);
        let Some(place) = place else { continue };
        let at = ends.partition_point(|end| *end < place);
        match ends.get_mut(at) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    all.saturating_sub(u32::try_from(ends.len()).unwrap_or(u32::MAX))
}

/// The devices of lines.
fn devices_of(lines: &[Line]) -> impl Iterator<Item = u32> {
    lines.iter().filter_map(|line| match line {
        Line::Device(number) => Some(*number),
        Line::Group { .. } => None,
    })
}

/// The rows under the heads of their groups, without those of folded ones.
fn lines(devices: &[u32], query: &FleetQuery, known: &Known<'_>) -> Vec<Line> {
    let Some(key) = query.group else { return devices.iter().map(|device| Line::Device(*device)).collect() };
    let mut groups: BTreeMap<(bool, Natural), Vec<u32>> = BTreeMap::new();
    for device in devices {
        let name = match key {
            GroupKey::Column(column) => text(&known.columns.cell(column, *device)).unwrap_or_default(),
            GroupKey::State => {
                State::ALL.iter().position(|state| *state == known.state(*device)).unwrap_or(0).to_string()
            }
        };
        groups.entry((name.is_empty(), Natural(name))).or_default().push(*device);
    }
    let mut lines = Vec::with_capacity(devices.len().saturating_add(groups.len()));
    for ((_, Natural(name)), members) in groups {
        let mut counts = [0; 5];
        for device in &members {
            count(&mut counts, known.state(*device));
        }
        let folded = query.folded.contains(&name);
        let state = members.first().filter(|_| key == GroupKey::State).map(|device| known.state(*device));
        lines.push(Line::Group { name, state, counts });
        if !folded {
            lines.extend(members.into_iter().map(Line::Device));
        }
    }
    lines
}

/// What a cell says, as text; nothing where it says nothing.
pub(super) fn text(cell: &Cell) -> Option<String> {
    Some(match cell {
        Cell::Null => return None,
        Cell::Bool(truth) => truth.to_string(),
        Cell::I64(number) => number.to_string(),
        Cell::U64(number) => number.to_string(),
        Cell::F32(number) => number.to_string(),
        Cell::F64(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    })
}

/// What is not there comes last, whichever way the rest is turned.
fn none_last<T>(one: Option<T>, other: Option<T>, compare: impl Fn(T, T) -> Ordering) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => compare(one, other),
        (one, other) => other.is_some().cmp(&one.is_some()),
    }
}

/// A text in the order of [`natural`].
#[derive(PartialEq, Eq)]
struct Natural(String);

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.0, &other.0)
    }
}

/// Texts in the order in which people put them: digits by the number that they make, `wm-9` before `wm-10`.
fn natural(one: &str, other: &str) -> Ordering {
    let (mut left, mut right) = (one, other);
    loop {
        let (Some(a), Some(b)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| one.cmp(other));
        };
        if a.is_ascii_digit() && b.is_ascii_digit() {
            let ((one, after_one), (other, after_other)) = (digits(left), digits(right));
            let ordering = one.len().cmp(&other.len()).then_with(|| one.cmp(other));
            if ordering.is_ne() {
                return ordering;
            }
            (left, right) = (after_one, after_other);
        } else {
            let ordering = a.to_lowercase().cmp(b.to_lowercase());
            if ordering.is_ne() {
                return ordering;
            }
            left = left.get(a.len_utf8()..).unwrap_or_default();
            right = right.get(b.len_utf8()..).unwrap_or_default();
        }
    }
}

/// The digits that a text begins with, without leading zeros, and what follows them.
fn digits(text: &str) -> (&str, &str) {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at_checked(len).unwrap_or((text, ""));
    (digits.trim_start_matches('0'), rest)
}
