//! How the terminal is read: what its view keeps, and of that in the browser too how lines are shown.

use crate::browser::dom;
use crate::engine::{Open, Part};
use crate::remembered::choices::Choices;
use crate::view::workspace::Workspace;
use leptos::prelude::*;
use session::query::{Find, Reader};
use session::screen::ROWS;

/// What is kept of it while another session is shown.
#[derive(Clone)]
pub(super) struct Kept {
    from: ArcRwSignal<Option<u64>>,
    held: ArcRwSignal<Option<u64>>,
    cleared: ArcRwSignal<u64>,
    /// Announce, times, since, levels, silent, controls, more tools, the search, pattern, case, only found,
    /// direct typing.
    switches: [ArcRwSignal<bool>; 12],
    text: ArcRwSignal<String>,
    current: ArcRwSignal<Option<u64>>,
    /// Whether another panel asked for the last gap.
    gap: ArcRwSignal<bool>,
    size: ArcRwSignal<Option<(u16, u16)>>,
}

/// Brings the terminal forward, with the last gap in sight.
pub fn show_gap(open: &Open) {
    open.part::<Kept>().gap.set(true);
    Workspace::of(open).show("Terminal");
    request_animation_frame(|| dom::focus(super::ID));
}

/// The switches that are kept in the browser too, first among all, and which of them are on by themselves.
const KEPT: [(&str, bool); 6] =
    [("announce", false), ("times", true), ("since", false), ("levels", true), ("silent", false), ("controls", false)];

/// Where those are kept that were switched to what they are not by themselves.
fn choices(open: &Open) -> Choices {
    Choices::of("terminal", open)
}

impl Part for Kept {
    fn first(open: &Open) -> Kept {
        let turned = choices(open).read();
        let on =
            |index: usize| KEPT.get(index).is_some_and(|(name, on)| *on != turned.iter().any(|turned| turned == name));
        Kept {
            from: ArcRwSignal::new(None),
            held: ArcRwSignal::new(None),
            cleared: ArcRwSignal::new(0),
            switches: std::array::from_fn(|index| ArcRwSignal::new(on(index))),
            text: ArcRwSignal::new(String::new()),
            current: ArcRwSignal::new(None),
            gap: ArcRwSignal::new(false),
            size: ArcRwSignal::new(None),
        }
    }

    fn begin_again(&self) {
        self.from.set(None);
        self.held.set(None);
        self.cleared.set(0);
        self.current.set(None);
        self.gap.set(false);
    }
}

/// The same while it is shown.
#[derive(Clone, Copy)]
pub(super) struct Reading {
    /// The first line in sight when the reader has scrolled away from the end; none while following. Where only lines
    /// found are shown, it is counted among those.
    pub(super) from: RwSignal<Option<u64>>,
    /// How many lines there were when the view was made to stand still.
    pub(super) held: RwSignal<Option<u64>>,
    /// Lines before this one are not shown.
    pub(super) cleared: RwSignal<u64>,
    pub(super) announce: RwSignal<bool>,
    pub(super) times: RwSignal<bool>,
    pub(super) since: RwSignal<bool>,
    pub(super) levels: RwSignal<bool>,
    pub(super) silent: RwSignal<bool>,
    pub(super) controls: RwSignal<bool>,
    pub(super) more: RwSignal<bool>,
    pub(super) finding: RwSignal<bool>,
    pub(super) pattern: RwSignal<bool>,
    pub(super) case: RwSignal<bool>,
    pub(super) only: RwSignal<bool>,
    /// Whether every key goes to the device.
    pub(super) keys: RwSignal<bool>,
    pub(super) text: RwSignal<String>,
    /// The line found that the reader is at.
    pub(super) current: RwSignal<Option<u64>>,
    /// Whether another panel asked for the last gap.
    pub(super) gap: RwSignal<bool>,
    /// Columns and rows, where they are not those of the panel.
    pub(super) size: RwSignal<Option<(u16, u16)>>,
}

impl Reading {
    pub(super) fn of(open: &Open) -> Reading {
        let kept = open.part::<Kept>();
        let [announce, times, since, levels, silent, controls, more, finding, pattern, case, only, keys] =
            kept.switches.map(RwSignal::from);
        let switches = [announce, times, since, levels, silent, controls];
        choices(open).follow(move || {
            let turned = KEPT.iter().zip(switches).filter(|((_, on), switch)| *on != switch.get());
            turned.map(|((name, _), _)| (*name).to_owned()).collect()
        });
        Reading {
            from: kept.from.into(),
            held: kept.held.into(),
            cleared: kept.cleared.into(),
            announce,
            times,
            since,
            levels,
            silent,
            controls,
            more,
            finding,
            pattern,
            case,
            only,
            keys,
            text: kept.text.into(),
            current: kept.current.into(),
            gap: kept.gap.into(),
            size: kept.size.into(),
        }
    }

    /// What is sought, if anything is.
    pub(super) fn find(self) -> Option<Find> {
        let text = self.text.get();
        (self.finding.get() && !text.is_empty()).then(|| Find {
            text,
            pattern: self.pattern.get(),
            case: self.case.get(),
        })
    }

    /// Whether only lines found are shown.
    pub(super) fn filters(self) -> bool {
        self.only.get() && self.find().is_some()
    }

    /// The question for so many rows.
    /// `size` is that of the terminal as it is seen: its columns, and for a device that wants to know them its rows.
    pub(super) fn reader(self, from: Option<u64>, rows: u16, size: (Option<u16>, Option<u16>)) -> Reader {
        let own = self.size.get();
        let (columns, screen_rows) =
            own.map_or((size.0, size.1.unwrap_or(ROWS as u16)), |(columns, rows)| (Some(columns), rows));
        Reader {
            from,
            rows,
            columns,
            screen_rows: Some(screen_rows),
            exact: own.is_some() || size.1.is_some(),
            controls: self.controls.get(),
            silent: self.silent.get(),
            find: self.find(),
            only_found: self.filters(),
            since: self.cleared.get(),
            until: self.held.get(),
            // Before the first step, the newest line found is the nearest.
            current: Some(self.current.get().unwrap_or(u64::MAX)),
        }
    }
}
