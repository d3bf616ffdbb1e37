//! The workspace of a session: four places with panels one behind another, and the lines between them.

pub mod arrangement;
pub mod drag;
pub mod history;
pub mod panels;
pub mod place;

use super::{Place, VIEWS, ViewInfo};
use crate::browser::{dom, settings};
use crate::engine::{Open, Part, Unwatched};
use crate::ui::split::{Line, SplitLine};
use crate::words::workspace as words;
use arrangement::{Arrangement, LEAST, LEAST_LEFT, Name, Split};
use drag::Drag;
use history::{Change, History};
use leptos::prelude::*;
use place::PlaceView;
use session::Profile;
use session::profile::Panels as ArrangedPanels;

/// What is kept of a session: how its workspace is arranged, and was.
#[derive(Clone)]
struct Arranged {
    history: ArcRwSignal<History>,
    /// As the profile says it.
    own: Unwatched<Arrangement>,
    /// Where it is kept for the next visit.
    key: Unwatched<String>,
}

/// Where the layout of a profile is kept.
fn key(profile: &str) -> String {
    format!("layout.{profile}")
}

impl Part for Arranged {
    fn first(open: &Open) -> Arranged {
        let (key, own) = of_profile(open);
        // What the user arranged before goes before what the profile says.
        let kept = settings::read(&key).filter(|lines| !lines.is_empty());
        let kept = kept.and_then(|lines| ArrangedPanels::parse(&lines).ok());
        let now = kept.map_or_else(|| own.clone(), |panels| Arrangement::of_panels(&panels, open.link.is_fleet()));
        let history = ArcRwSignal::new(History::new(now));
        Arranged { history, own: Unwatched::new(own), key: Unwatched::new(key) }
    }

    fn in_force(&self, open: &Open) {
        let (key, own) = of_profile(open);
        let same = self.own.with(|before| std::mem::replace(before, own.clone()).to_panels() == own.to_panels());
        let renamed = self.key.with(|before| std::mem::replace(before, key.clone()) != key);
        // A profile under a new name that says nothing else of its panels has them where they stand.
        if renamed && same && settings::read(&key).is_none() {
            self.history.with_untracked(|history| keep(&key, &own, history.now()));
        }
    }
}

/// Where the layout of a session's profile is kept, and what the profile says of it.
fn of_profile(open: &Open) -> (String, Arrangement) {
    let profile = Profile::parse(&open.profile).ok();
    let key = key(profile.as_ref().map_or("", |profile| &profile.name));
    (key, Arrangement::of_panels(&profile.map(|profile| profile.panels).unwrap_or_default(), open.link.is_fleet()))
}

/// Keeps a layout for the next session with its profile; what the profile itself says need not be kept.
fn keep(key: &str, own: &Arrangement, now: &Arrangement) {
    let now = now.to_panels();
    let lines = match now == own.to_panels() {
        true => String::new(),
        // Never empty, as that says nothing.
        false => format!("# layout\n{}", now.to_toml()),
    };
    settings::write(key, &lines);
}

/// A session's arrangement, to be looked at and changed. Copies are the same one.
#[derive(Clone, Copy)]
pub struct Workspace {
    history: RwSignal<History>,
    kept: StoredValue<(Unwatched<Arrangement>, Unwatched<String>)>,
}

impl Workspace {
    /// That of a session, for as long as whoever asks is on the screen.
    #[must_use]
    pub fn of(open: &Open) -> Workspace {
        let arranged = open.part::<Arranged>();
        Workspace { history: arranged.history.into(), kept: StoredValue::new((arranged.own, arranged.key)) }
    }

    /// Reads the arrangement, and is told when it changes.
    pub fn with<T>(self, read: impl FnOnce(&Arrangement) -> T) -> T {
        self.history.with(|history| read(history.now()))
    }

    /// Reads it once.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Arrangement) -> T) -> T {
        self.history.with_untracked(|history| read(history.now()))
    }

    /// Changes it.
    pub fn change(self, change: Change, act: impl FnOnce(&mut Arrangement)) {
        self.history.update(|history| history.change(change, act));
        if change != Change::Front {
            self.keep();
        }
    }

    fn keep(self) {
        let (own, key) = self.kept.get_value();
        let (own, key) = (own.with(|own| own.clone()), key.with(|key| key.clone()));
        self.with_untracked(|now| keep(&key, &own, now));
    }

    /// Brings a panel to the front, opened where it was closed.
    pub fn show(self, name: Name) {
        let open = self.with_untracked(|now| now.place_of(name).is_some_and(|place| now.visible(place)));
        self.change(if open { Change::Front } else { Change::Panels }, |layout| layout.show(name));
    }

    /// Takes the last change of the layout back.
    pub fn undo(self) {
        self.history.update(|history| {
            let _ = history.undo();
        });
        self.keep();
    }

    /// Makes it again.
    pub fn redo(self) {
        self.history.update(|history| {
            let _ = history.redo();
        });
        self.keep();
    }

    /// Whether there is something to take back, and something to make again.
    #[must_use]
    pub fn undoable(self) -> (bool, bool) {
        self.history.with_untracked(|history| (history.can_undo(), history.can_redo()))
    }

    /// Puts every panel where the profile has it, else at its own place.
    pub fn reset(self) {
        let (own, _) = self.kept.get_value();
        self.change(Change::Panels, |layout| *layout = own.with(|own| own.clone()));
    }

    fn settle(self) {
        self.history.update_untracked(History::settle);
    }
}

/// The row of a panel.
#[must_use]
pub fn info(name: Name) -> Option<&'static ViewInfo> {
    VIEWS.iter().find(|view| view.name == name)
}

/// The name of a place.
#[must_use]
pub fn place_word(place: Place) -> &'static str {
    match place {
        Place::Plot => words::upper_left(),
        Place::Values => words::upper_right(),
        Place::Terminal => words::lower_left(),
        Place::Detail => words::lower_right(),
    }
}

/// The panels of a session.
#[component]
pub fn Panels(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let workspace = Workspace::of(&open);
    let visible = Memo::new(move |_| workspace.with(|now| Place::ALL.map(|place| now.visible(place))));
    let shown = move |place: Place| {
        let [plot, values, terminal, detail] = visible.get();
        match place {
            Place::Plot => plot,
            Place::Values => values,
            Place::Terminal => terminal,
            Place::Detail => detail,
        }
    };
    let left = move || shown(Place::Plot) || shown(Place::Terminal);
    let right = move || shown(Place::Values) || shown(Place::Detail);
    let size = move |split| move || workspace.with(|now| now.split(split)).map(|pixels| format!("{pixels}px"));
    let line = move |split: Split, label, class, line| {
        let set = Signal::derive(move || workspace.with(|now| now.split(split)));
        let moved = Callback::new(move |to| {
            workspace.change(Change::Split(split), |layout| layout.move_split(split, to));
        });
        let settled = Callback::new(move |()| workspace.settle());
        let before = if split == Split::Columns { LEAST_LEFT } else { LEAST };
        view! { <SplitLine label class line least=(before, LEAST) set moved settled/> }
    };
    let key = window_event_listener(leptos::ev::keydown, move |event| {
        let redo = dom::undoes(&event).filter(|_| !event.default_prevented() && !dom::typing(&event));
        if let Some(redo) = redo {
            event.prevent_default();
            if redo { workspace.redo() } else { workspace.undo() }
        }
    });
    on_cleanup(move || key.remove());
    let drag = Drag::new();
    let escape = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" {
            drag.give_up();
        }
    });
    on_cleanup(move || escape.remove());
    let place = move |place: Place| view! { <PlaceView open=open.clone() place workspace drag/> };
    view! {
        <div
            class="work-panels"
            class:work-only-left=move || !right()
            class:work-only-right=move || !left()
            style:--right=size(Split::Columns)
            style:--lower-left=size(Split::Left)
            style:--lower-right=size(Split::Right)
        >
            {Place::ALL.map(place).collect_view()}
            {move || (left() && right()).then(|| line(Split::Columns, words::split_columns(), "split-columns", Line::Upright))}
            {move || {
                (shown(Place::Plot) && shown(Place::Terminal))
                    .then(|| line(Split::Left, words::split_left(), "split-left", Line::Level))
            }}
            {move || {
                (shown(Place::Values) && shown(Place::Detail))
                    .then(|| line(Split::Right, words::split_right(), "split-right", Line::Level))
            }}
            {move || (!left() && !right()).then(|| view! {
                <div class="work-none">
                    <p>{words::all_closed()}</p>
                    <button class="button" type="button" on:click=move |_| workspace.reset()>{words::reset()}</button>
                </div>
            })}
        </div>
    }
}
