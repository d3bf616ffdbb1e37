//! The keys that work everywhere, and the list of all.

use crate::browser::{dom, settings};
use crate::engine::Engine;
use crate::route::Route;
use crate::ui::dialog::Dialog;
use crate::words::{keys, palette as words};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a key alone does something: for whoever dictates or has an unsteady hand it does not (WCAG 2.2, 2.1.4).
static SINGLE_KEYS: AtomicBool = AtomicBool::new(true);

/// Whether a key alone may do something while a panel has the focus.
#[must_use]
pub fn single_keys() -> bool {
    SINGLE_KEYS.load(Ordering::Relaxed)
}

/// Says whether a key alone may do something, from now on and at the next visit.
pub fn allow_single_keys(allow: bool) {
    SINGLE_KEYS.store(allow, Ordering::Relaxed);
    settings::write("single-keys", if allow { "on" } else { "off" });
}

/// What lies over the page when it is asked for.
#[derive(Clone, Copy)]
pub struct Overlays {
    /// The palette.
    pub palette: RwSignal<bool>,
    /// The list of keys.
    pub shortcuts: RwSignal<bool>,
}

impl Overlays {
    /// None is open; puts itself into the context.
    pub fn settle() -> Overlays {
        let overlays = Overlays { palette: RwSignal::new(false), shortcuts: RwSignal::new(false) };
        provide_context(overlays);
        overlays
    }

    fn any(self) -> bool {
        self.palette.get_untracked() || self.shortcuts.get_untracked()
    }
}

/// Listens to the keys that work everywhere, for as long as the page lives.
pub fn listen(engine: Engine, route: RwSignal<Route>, overlays: Overlays) {
    SINGLE_KEYS.store(settings::read("single-keys").as_deref() != Some("off"), Ordering::Relaxed);
    let heard = window_event_listener(leptos::ev::keydown, move |event| {
        if !event.default_prevented() && act(engine, route, overlays, &event) {
            event.prevent_default();
        }
    });
    // The page lives as long as it listens.
    std::mem::forget(heard);
}

/// What a key does everywhere. Whether it did something.
fn act(engine: Engine, route: RwSignal<Route>, overlays: Overlays, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let command = event.ctrl_key() || event.meta_key();
    if command && !event.alt_key() && !event.shift_key() && key.eq_ignore_ascii_case("k") {
        overlays.shortcuts.set(false);
        overlays.palette.update(|open| *open = !*open);
        return true;
    }
    if overlays.any() {
        return false;
    }
    match key.as_str() {
        "F6" if !command && !event.alt_key() => dom::focus_next_panel(event.shift_key()),
        // The number's own key, whatever else the layout types with Alt.
        _ if event.alt_key() && !command => nth_session(engine, route, &event.code()),
        // The last in the order of Escape: what is open and what is selected have had theirs.
        "Escape" if !command && dom::typing(event) => dom::leave_field(event),
        "/" if alone(event) => dom::find_in_panel(),
        "?" if alone(event) => {
            overlays.shortcuts.set(true);
            true
        }
        _ => false,
    }
}

/// Whether a key was pressed alone, in a panel, and not into a field.
fn alone(event: &KeyboardEvent) -> bool {
    single_keys() && !event.ctrl_key() && !event.meta_key() && !dom::typing(event) && dom::in_panel(event)
}

fn nth_session(engine: Engine, route: RwSignal<Route>, code: &str) -> bool {
    let number = code.strip_prefix("Digit").and_then(|digit| digit.parse::<usize>().ok());
    if number == Some(0) {
        dom::set_fragment(&Route::Timeline.fragment());
        route.set(Route::Timeline);
        return true;
    }
    let Some(index) = number.and_then(|number| number.checked_sub(1)) else { return false };
    let id = engine.sessions.with_untracked(|sessions| sessions.get(index).map(|open| open.id));
    if let Some(id) = id {
        dom::set_fragment(&Route::Session(id).fragment());
        route.set(Route::Session(id));
    }
    id.is_some()
}

/// Keys and what they do.
type Keys = (&'static [&'static str], fn() -> &'static str);

const EVERYWHERE: &[Keys] = &[
    (&["Ctrl K"], words::key_palette),
    (&["F6", "Shift F6"], words::key_panels),
    (&["Alt 1", "Alt 9"], words::key_sessions),
    (&["Alt 0"], crate::words::timeline::key),
    (&["Ctrl Z", "Ctrl Shift Z", "Ctrl Y"], words::key_undo),
    (&["Escape"], words::key_escape),
];

const IN_PANELS: &[Keys] = &[
    (&["/"], words::key_find),
    (&["?"], words::key_list),
    (&["←", "→", "Home", "End"], words::key_tabs),
    (&["←", "→", "↑", "↓", "Home"], words::key_split),
];

const ON_PLOT: &[Keys] = &[
    (&["Space"], words::key_pause),
    (&["←", "→"], words::key_cursor),
    (&["Page Up", "Page Down"], words::key_pan),
    (&["+", "−", "0"], words::key_zoom),
    (&["[", "]"], words::key_events),
    (&["c", "Shift c"], words::key_marks),
    (&["↑", "↓"], words::key_series),
];

const ON_VALUES: &[Keys] = &[
    (&["↑", "↓"], words::key_row),
    (&["→", "←"], words::key_in_row),
    (&["Enter"], words::key_bytes),
    (&["p", "c"], words::key_value),
];

const ON_TILE: &[Keys] = &[
    (&["←", "→", "↑", "↓"], words::key_tile),
    (&["Shift ←", "Shift ↓"], words::key_tile_size),
    (&["Delete", "Ctrl Z"], words::key_tile_remove),
];

const ON_TERMINAL: &[Keys] = &[(&["/", "Ctrl f"], words::key_find), (&["b"], words::key_rejected)];

const ON_LINE: &[Keys] = &[(&["Enter", "Ctrl Enter"], words::key_send), (&["↑", "↓"], words::key_history)];

/// The list of keys.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let open = expect_context::<Overlays>().shortcuts;
    let group = |head: &'static str, keys: &'static [Keys]| {
        let row = |(pressed, word): &Keys| {
            let keys = pressed.iter().map(|key| view! { <kbd>{keys::keys(key)}</kbd>" " }).collect_view();
            view! { <div><dt>{keys}</dt><dd>{word()}</dd></div> }
        };
        view! { <h3>{head}</h3><dl class="keys">{keys.iter().map(row).collect_view()}</dl> }
    };
    let inside = move || {
        view! {
            <header class="panel-head">
                <h2>{words::shortcuts()}</h2>
                <div class="panel-tools">
                    <button class="button button-plain button-small" type="button" on:click=move |_| open.set(false)>{words::close()}</button>
                </div>
            </header>
            <div class="shortcuts-list" tabindex="0">
                {group(words::everywhere(), EVERYWHERE)}
                {group(words::in_panels(), IN_PANELS)}
                {group(words::on_plot(), ON_PLOT)}
                {group(words::on_values(), ON_VALUES)}
                {group(words::on_tile(), ON_TILE)}
                {group(words::on_terminal(), ON_TERMINAL)}
                {group(words::on_line(), ON_LINE)}
            </div>
        }
    };
    view! { <Dialog open label=Signal::stored(words::shortcuts().to_owned()) class="shortcuts">{inside()}</Dialog> }
}
