//! What the palette finds.

use crate::browser::dom;
use crate::engine::{Engine, Open};
use crate::route::Route;
use crate::view::language::Spoken;
use crate::view::scheme::{Chosen, SCHEMES};
use crate::view::shortcuts::Overlays;
use crate::view::start::open_demo;
use crate::view::workspace::Workspace;
use crate::view::{ViewInfo, dashboard};
use crate::words::dashboard as dashboard_words;
use crate::words::device;
use crate::words::palette as words;
use crate::words::{Language, doctor, gallery, plot, start, timeline, workspace};
use leptos::prelude::*;
use session::profile::Command;
use session::query::{Answer, LinkState};
use session::wire::{Request, SessionId};
use std::sync::Arc;

/// Fields found at most: a device may make up names without end.
const FIELDS: usize = 500;

/// A line of the palette.
#[derive(Clone)]
pub(super) struct Entry {
    /// What it is: a session, a panel, …
    pub kind: &'static str,
    /// What it is called.
    pub name: String,
    /// What more there is to say.
    pub detail: &'static str,
    /// The keys that do the same.
    pub keys: &'static str,
    /// Goes there, or does it.
    pub act: Arc<dyn Fn() + Send + Sync>,
    words: String,
}

impl PartialEq for Entry {
    /// Two of the same words look the same.
    fn eq(&self, other: &Entry) -> bool {
        self.words == other.words && self.detail == other.detail
    }
}

impl Entry {
    fn new(kind: &'static str, name: impl Into<String>, act: impl Fn() + Send + Sync + 'static) -> Entry {
        let name = name.into();
        let words = format!("{name} {kind}");
        Entry { kind, name, detail: "", keys: "", act: Arc::new(act), words }
    }

    fn detail(self, detail: &'static str) -> Entry {
        Entry { detail, ..self }
    }

    fn keys(self, keys: &'static str) -> Entry {
        Entry { keys, ..self }
    }

    /// It is found by this too: what the device itself calls it.
    fn also(self, name: &str) -> Entry {
        let words = if self.name == name { self.words } else { format!("{} {name}", self.words) };
        Entry { words, ..self }
    }

    /// What it is found by.
    pub(super) fn words(&self) -> &str {
        &self.words
    }
}

/// Everything but the fields, which only the worker knows.
pub(super) fn all(engine: Engine, route: RwSignal<Route>, shown: Option<&Open>) -> Vec<Entry> {
    let mut entries = sessions(engine, route, shown.map(|open| open.id));
    if let Some(open) = shown {
        entries.extend(panels(open));
        entries.extend(commands(engine, open));
        entries.extend(actions(engine, open));
    }
    entries.extend(everywhere(engine, route, shown.map(|open| open.id)));
    if shown.is_some() {
        entries.extend(buttons(&entries));
    }
    entries
}

fn go(route: RwSignal<Route>, to: Route) {
    dom::set_fragment(&to.fragment());
    route.set(to);
}

fn sessions(engine: Engine, route: RwSignal<Route>, shown: Option<SessionId>) -> Vec<Entry> {
    const KEYS: [&str; 9] = ["Alt 1", "Alt 2", "Alt 3", "Alt 4", "Alt 5", "Alt 6", "Alt 7", "Alt 8", "Alt 9"];
    let sessions = engine.sessions.get_untracked();
    let entry = |(index, open): (usize, Open)| {
        let entry = Entry::new(words::session(), open.shown_name(), move || go(route, Route::Session(open.id)));
        (Some(open.id) != shown).then(|| entry.keys(KEYS.get(index).copied().unwrap_or_default()))
    };
    sessions.into_iter().enumerate().filter_map(entry).collect()
}

fn panels(open: &Open) -> Vec<Entry> {
    let entry = |view: &'static crate::view::ViewInfo| {
        let open = open.clone();
        Entry::new(words::panel(), (view.word)(), move || {
            Workspace::of(&open).show(view.name);
            request_animation_frame(move || dom::focus_front(view.name));
        })
    };
    // A server with files has none of them.
    ViewInfo::of(open.link.is_fleet()).filter(|_| !open.link.is_store()).map(entry).collect()
}

/// The commands of the profile. One that takes no values and is not dangerous is sent; any other leads to its form.
fn commands(engine: Engine, open: &Open) -> Vec<Entry> {
    let commands = session::Profile::parse(&open.profile).map(|profile| profile.commands).unwrap_or_default();
    let entry = |command: Command| {
        let (open, id, name) = (open.clone(), open.id, command.name.clone());
        let straight = command.args.is_empty() && !command.dangerous;
        let detail = match (straight, command.dangerous) {
            (true, _) => words::sends(),
            (false, true) => words::dangerous(),
            (false, false) => words::has_form(),
        };
        let act = move || {
            Workspace::of(&open).show("Commands");
            if straight {
                engine.post(Request::Command { session: id, name: name.clone(), args: Vec::new() });
            }
            let name = name.clone();
            // Its form, or where it is told what became of it.
            request_animation_frame(move || {
                let _ = dom::focus_named(".commands button[type=submit]", &device::word(&name));
            });
        };
        Entry::new(words::command(), device::word(&command.name), act).also(&command.name).detail(detail)
    };
    commands.into_iter().map(entry).collect()
}

fn actions(engine: Engine, open: &Open) -> Vec<Entry> {
    let id = open.id;
    let live = engine.statuses.with_untracked(|statuses| {
        statuses.get(&id).is_none_or(|status| !matches!(status.state, LinkState::Closed { .. } | LinkState::Done))
    });
    let link = if live {
        Entry::new(words::action(), words::disconnect(), move || engine.post(Request::Disconnect { session: id }))
    } else {
        Entry::new(words::action(), words::connect_again(), move || engine.post(Request::Reopen { session: id }))
    };
    let layout = |word: &'static str, act: fn(Workspace)| {
        let open = open.clone();
        Entry::new(words::action(), word, move || act(Workspace::of(&open)))
    };
    let (can_undo, can_redo) = dashboard::steps(open);
    let tiles = |word: &'static str, redo: bool| {
        let open = open.clone();
        Entry::new(words::action(), word, move || dashboard::step(engine, &open, redo))
    };
    let tiles = [
        can_undo.then(|| tiles(dashboard_words::undo_tiles(), false)),
        can_redo.then(|| tiles(dashboard_words::redo_tiles(), true)),
    ];
    let mut entries = vec![
        link,
        layout(workspace::undo(), Workspace::undo).keys("Ctrl Z"),
        layout(workspace::redo(), Workspace::redo).keys("Ctrl Shift Z"),
        layout(workspace::reset(), Workspace::reset),
    ];
    entries.extend(tiles.into_iter().flatten());
    if !open.link.is_fleet() && !open.link.is_store() {
        entries.push(save_csv(open));
    }
    entries
}

/// What can be pressed on the screen, by its own name.
fn buttons(known: &[Entry]) -> Vec<Entry> {
    const BUTTONS: &str =
        ".plate-acts button, .trouble button, .place .panel-tools button, .hex-bar button[aria-pressed]";
    let names = dom::buttons(BUTTONS).into_iter().filter(|name| known.iter().all(|entry| entry.name != *name));
    let entry = |name: String| {
        Entry::new(words::action(), name.clone(), move || {
            dom::press(BUTTONS, &name);
        })
    };
    names.map(entry).collect()
}

/// Saves what the plot shows; its tools are unfolded for that, where it is told what becomes of it.
fn save_csv(open: &Open) -> Entry {
    let open = open.clone();
    let press = || dom::press(".plot-more button", plot::save_csv());
    Entry::new(words::action(), plot::save_csv(), move || {
        Workspace::of(&open).show("Plot");
        request_animation_frame(move || {
            if !press() && dom::press(".work-plot .panel-tools button", plot::more()) {
                request_animation_frame(move || {
                    press();
                });
            }
        });
    })
}

fn everywhere(engine: Engine, route: RwSignal<Route>, shown: Option<SessionId>) -> Vec<Entry> {
    let (overlays, chosen, spoken) =
        (expect_context::<Overlays>(), expect_context::<Chosen>(), expect_context::<Spoken>());
    let import = move || {
        go(route, Route::Start);
        request_animation_frame(|| {
            dom::focus_first(".file-button input");
        });
    };
    let mut entries = vec![
        Entry::new(words::action(), words::open_another(), move || go(route, Route::Start)),
        Entry::new(words::action(), start::demo(), move || open_demo(engine, dom::set_fragment)),
        Entry::new(words::action(), gallery::title(), move || go(route, Route::Gallery)).also("profiles gallery"),
        Entry::new(words::action(), start::import(), import),
        Entry::new(words::action(), doctor::name(), move || go(route, Route::Doctor(shown))),
        Entry::new(words::action(), words::settings(), || {
            dom::press("#settings", words::settings());
        }),
        Entry::new(words::action(), timeline::open_timeline(), move || go(route, Route::Timeline)).keys("Alt 0"),
        Entry::new(words::action(), words::shortcuts(), move || overlays.shortcuts.set(true)).keys("?"),
    ];
    entries.extend(
        SCHEMES.iter().map(|(id, word)| Entry::new(words::action(), words::scheme(word()), move || chosen.choose(id))),
    );
    entries.extend(Language::ALL.map(|language| {
        Entry::new(words::action(), words::language(language.name()), move || spoken.choose(language.tag()))
    }));
    entries
}

/// The fields of a session, by the names the device or the profile gives them.
pub(super) fn fields(open: &Open, answer: Option<&Answer>) -> Vec<Entry> {
    let Some(Answer::Values(messages)) = answer else { return Vec::new() };
    let names = messages.iter().flat_map(|message| message.fields.iter().map(|field| field.name.clone()));
    let entry = |name: String| {
        let open = open.clone();
        let own = name.clone();
        let name = device::word(&name);
        Entry::new(words::field(), name.clone(), move || {
            Workspace::of(&open).show("Values");
            let name = name.clone();
            request_animation_frame(move || {
                if !dom::focus_named(".work-values button", &name) {
                    dom::focus_front("Values");
                }
            });
        })
        .also(&own)
    };
    names.take(FIELDS).map(entry).collect()
}
