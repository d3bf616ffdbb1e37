//! What is kept of the timeline while another screen is shown.

use crate::engine::{Engine, Open};
use crate::view::plot::SECOND;
use crate::view::plot::state::PlotState;
use leptos::prelude::*;
use session::query::{FieldId, MAX_TOGETHER, own_table};
use session::wire::SessionId;
use std::collections::{BTreeMap, BTreeSet};

/// Fields of each device that are drawn until somebody chooses.
const FIRST: usize = 2;
/// Series that can be told apart.
pub(super) const MOST: usize = 8;

/// The timeline as it was left.
#[derive(Clone, Copy)]
pub struct Kept {
    /// The sessions, each in its place for as long as it is open; 0 where nobody is.
    pub(super) places: RwSignal<Vec<SessionId>>,
    /// Sessions that are not shown.
    pub(super) hidden: RwSignal<BTreeSet<SessionId>>,
    /// The plot.
    pub(super) plot: RwSignal<PlotState>,
    /// The fields drawn, in the order of their colours.
    pub(super) chosen: RwSignal<Option<Vec<FieldId>>>,
    pub(super) as_table: RwSignal<bool>,
    pub(super) message: RwSignal<Option<u16>>,
    /// Whether the choice of series is unfolded.
    pub(super) choosing: RwSignal<bool>,
    /// What was chosen for each session without being asked.
    given: StoredValue<Given>,
    /// The first line in sight of a reader who has scrolled away from the end.
    pub(super) from: RwSignal<Option<u64>>,
    /// The instant whose lines are to be brought into sight: nanoseconds since the Unix epoch.
    pub(super) time: RwSignal<Option<i64>>,
    /// The time of the first line in sight of such a reader, and the sessions among whose lines it is that line: with others
    /// it has another number.
    pub(super) anchor: StoredValue<Option<(Vec<SessionId>, i64)>>,
    /// Until when lines are shown, where they stand still: nanoseconds since the Unix epoch.
    pub(super) held: RwSignal<Option<i64>>,
}

impl Kept {
    /// Follows the sessions, and puts itself into the context.
    pub fn settle(engine: Engine) {
        let kept = Kept {
            places: RwSignal::new(Vec::new()),
            hidden: RwSignal::new(BTreeSet::new()),
            plot: RwSignal::new(PlotState::live(30 * SECOND)),
            chosen: RwSignal::new(None),
            as_table: RwSignal::new(false),
            message: RwSignal::new(None),
            choosing: RwSignal::new(false),
            given: StoredValue::new(BTreeMap::new()),
            from: RwSignal::new(None),
            time: RwSignal::new(None),
            anchor: StoredValue::new(None),
            held: RwSignal::new(None),
        };
        Effect::new(move |life: Option<u32>| {
            let open: Vec<SessionId> = engine.sessions.with(|sessions| sessions.iter().map(|open| open.id).collect());
            let mut freed = kept.places.try_update(|places| settle(places, &open)).unwrap_or_default();
            // Another worker numbers lines and tables anew.
            let now = engine.life.get();
            if life.is_some_and(|before| before != now) {
                freed = (0..MAX_TOGETHER).collect();
                kept.given.update_value(BTreeMap::clear);
                kept.from.set(None);
                kept.held.set(None);
                kept.plot.update(PlotState::begin_again);
            }
            if !freed.is_empty() {
                kept.forget(&open, &freed);
            }
            now
        });
        provide_context(kept);
    }

    fn forget(self, open: &[SessionId], freed: &[usize]) {
        let gone = |id: &FieldId| freed.contains(&own_table(id.table).0);
        self.chosen.update(|chosen| {
            if let Some(chosen) = chosen {
                chosen.retain(|id| !gone(id));
            }
        });
        self.plot.update(|plot| plot.hidden.retain(|id| !gone(id)));
        self.hidden.update(|hidden| hidden.retain(|id| open.contains(id)));
        self.given.update_value(|given| given.retain(|id, _| open.contains(id)));
        if self.message.get_untracked().is_some_and(|table| freed.contains(&own_table(table).0)) {
            self.message.set(None);
        }
    }

    /// The sessions that have a place, with that.
    pub(super) fn sessions(self, engine: Engine) -> Vec<(usize, Open)> {
        let places = self.places.get();
        let of = |(place, id): (usize, &SessionId)| Some((place, engine.session(*id)?));
        places.iter().enumerate().filter_map(of).collect()
    }

    /// The places with those that are shown: whoever is hidden leaves his empty.
    pub(super) fn shown(self) -> Memo<Vec<SessionId>> {
        Memo::new(move |_| {
            let hidden = self.hidden.get();
            self.places.get().into_iter().map(|id| if hidden.contains(&id) { 0 } else { id }).collect()
        })
    }

    /// Chooses the first fields of a session as they come, as long as there is room for them.
    pub(super) fn offer(self, session: SessionId, first: &[FieldId]) {
        let mut chosen = self.chosen.get_untracked().unwrap_or_default();
        let changed = self.given.try_update_value(|given| offer(given, session, first, &mut chosen));
        if changed == Some(true) {
            self.chosen.set(Some(chosen));
        }
    }
}

/// Gives every session a place, and keeps it there. Returns the places of those that are gone.
fn settle(places: &mut Vec<SessionId>, open: &[SessionId]) -> Vec<usize> {
    let mut freed = Vec::new();
    for (place, id) in places.iter_mut().enumerate() {
        if *id != 0 && !open.contains(id) {
            *id = 0;
            freed.push(place);
        }
    }
    for id in open {
        if places.contains(id) {
            continue;
        }
        if let Some(free) = places.iter_mut().find(|id| **id == 0) {
            *free = *id;
        } else if places.len() < MAX_TOGETHER {
            places.push(*id);
        }
    }
    freed
}

/// What was chosen for each session without being asked.
type Given = BTreeMap<SessionId, Vec<FieldId>>;

/// Adds to what is chosen what a session was not given yet; where there is no room, in place of the second field of another
/// one. Whether it was anything.
fn offer(all: &mut Given, session: SessionId, first: &[FieldId], chosen: &mut Vec<FieldId>) -> bool {
    let mut given = all.remove(&session).unwrap_or_default();
    let before = given.len();
    for field in first {
        if given.len() >= FIRST || given.contains(field) {
            continue;
        }
        given.push(*field);
        if chosen.len() >= MOST && given.len() == 1 {
            make_room(all, chosen);
        }
        if chosen.len() < MOST && !chosen.contains(field) {
            chosen.push(*field);
        }
    }
    let more = given.len() > before;
    all.insert(session, given);
    more
}

/// Takes one of two away that a session was given and has both still, the latest session's.
fn make_room(all: &Given, chosen: &mut Vec<FieldId>) {
    let both = |given: &&Vec<FieldId>| given.len() == FIRST && given.iter().all(|field| chosen.contains(field));
    if let Some(last) = all.values().rev().find(both).and_then(|given| given.last()).copied() {
        chosen.retain(|field| *field != last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_keeps_its_place_and_leaves_it_free() {
        let mut places = Vec::new();
        assert_eq!(settle(&mut places, &[1, 2, 3]), Vec::<usize>::new());
        assert_eq!(settle(&mut places, &[1, 3]), [1]);
        assert_eq!(places, [1, 0, 3], "nobody moves");
        assert_eq!(settle(&mut places, &[3, 4]), [0], "the first is closed, and another opened");
        assert_eq!(places, [4, 0, 3]);
        let many: Vec<SessionId> = (1..=100).collect();
        settle(&mut places, &many);
        assert_eq!(places.len(), MAX_TOGETHER);
    }

    #[test]
    fn the_first_two_fields_of_a_device_are_drawn_once_and_eight_in_all() {
        let field = |table, field| FieldId { table, field };
        let (mut all, mut chosen) = (Given::new(), Vec::new());
        assert!(offer(&mut all, 1, &[field(0, 0)], &mut chosen));
        assert!(offer(&mut all, 1, &[field(0, 0), field(0, 1), field(0, 2)], &mut chosen));
        assert_eq!(chosen, [field(0, 0), field(0, 1)]);
        chosen.clear();
        assert!(!offer(&mut all, 1, &[field(0, 0), field(0, 1)], &mut chosen), "what was taken away stays away");
        let mut chosen: Vec<FieldId> = (0..7).map(|at| field(9, at)).collect();
        assert!(offer(&mut Given::new(), 1, &[field(1, 0), field(1, 1)], &mut chosen));
        assert_eq!(chosen.len(), MOST);
    }

    #[test]
    fn of_more_than_four_devices_one_field_each_is_drawn_but_for_what_was_chosen() {
        let (mut all, mut chosen) = (Given::new(), Vec::new());
        let fields = |table| [0, 1].map(|field| FieldId { table, field });
        for session in 1..=5 {
            offer(&mut all, session, &fields(session as u16), &mut chosen);
        }
        let of = |chosen: &[FieldId]| {
            let counts = (1..=9u16).map(|table| chosen.iter().filter(|field| field.table == table).count());
            counts.collect::<Vec<_>>()
        };
        assert_eq!(of(&chosen), [2, 2, 2, 1, 1, 0, 0, 0, 0]);
        for session in 6..=9 {
            offer(&mut all, session, &fields(session as u16), &mut chosen);
        }
        assert_eq!(of(&chosen), [1, 1, 1, 1, 1, 1, 1, 1, 0], "eight lines can be told apart");
        let mut own: Vec<FieldId> = (0..8).map(|field| FieldId { table: 1, field }).collect();
        offer(&mut Given::from([(1, vec![own[0]])]), 2, &fields(2), &mut own);
        assert_eq!(of(&own)[..2], [8, 0]);
    }
}
