//! One place of the workspace: the panel in front, the tabs of those behind it, and what can be done with it.

use super::arrangement::Name;
use super::drag::Drag;
use super::history::Change;
use super::{Workspace, info};
use crate::browser::dom;
use crate::engine::{Open, use_engine};
use crate::ui::menu::{Item, Menu};
use crate::ui::tabs::{self, Tabs};
use crate::view::{Place, ViewInfo};
use crate::words::workspace as words;
use leptos::html;
use leptos::prelude::*;

/// Where the reader of a panel is that is no more than a body.
#[derive(Clone, Copy)]
pub struct Scroll {
    body: NodeRef<html::Div>,
    /// Whether its beginning is in sight.
    pub at_top: RwSignal<bool>,
}

impl Scroll {
    /// Shows its beginning.
    pub fn to_top(self) {
        if let Some(body) = self.body.get_untracked() {
            body.set_scroll_top(0);
        }
        self.at_top.set(true);
    }

    fn scrolled(self) {
        let Some(body) = self.body.try_get_untracked() else { return };
        let at_top = body.is_none_or(|body| body.scroll_top() <= 0);
        if self.at_top.get_untracked() != at_top {
            self.at_top.set(at_top);
        }
    }
}

/// Whether a panel has a head of its own; one that has none needs its tab.
fn has_head(view: &ViewInfo) -> bool {
    view.place != Place::Detail
}

/// The ids of a place: its tabs', its menu's.
fn ids(place: Place) -> (&'static str, &'static str) {
    match place {
        Place::Plot => ("upper-left", "menu-upper-left"),
        Place::Values => ("upper-right", "menu-upper-right"),
        Place::Terminal => ("lower-left", "menu-lower-left"),
        Place::Detail => ("details", "menu-details"),
    }
}

/// Whether a place is in the left column.
fn is_left(place: Place) -> bool {
    matches!(place, Place::Plot | Place::Terminal)
}

/// A place and what stands there.
#[component]
pub(super) fn PlaceView(open: Open, place: Place, workspace: Workspace, drag: Drag) -> impl IntoView {
    let visible = Memo::new(move |_| workspace.with(|now| now.visible(place)));
    let front = move || workspace.with(|now| now.stack(place).front);
    // Without the other place of its column it has the whole height.
    let whole_column = Memo::new(move |_| {
        let other = |other: &Place| *other != place && is_left(*other) == is_left(place);
        workspace.with(|now| !Place::ALL.iter().filter(|at| other(at)).any(|at| now.visible(*at)))
    });
    let class = match place {
        Place::Plot => "place place-upper place-left",
        Place::Values => "place place-upper",
        Place::Terminal => "place place-lower place-left",
        Place::Detail => "place place-lower",
    };
    let (role, label) = match place {
        Place::Detail => ("region", words::details()),
        _ => ("group", super::place_word(place)),
    };
    let node = NodeRef::<html::Div>::new();
    let moved = move |event: leptos::ev::PointerEvent| {
        if drag.moved(&event)
            && let Some(element) = node.get_untracked()
        {
            // From now on every move is told here, wherever the pointer goes.
            let _ = element.set_pointer_capture(event.pointer_id());
        }
    };
    view! {
        <div
            class=class
            class:place-whole=whole_column
            class:place-drop=move || drag.is_over(place)
            node_ref=node
            hidden=move || !visible.get()
            role=role
            aria-label=label
            data-panel=front
            data-place=super::place_word(place)
            on:pointerdown=move |event| drag.begin(&event, workspace, place)
            on:pointermove=moved
            on:pointerup=move |event| drag.dropped(&event, workspace)
            on:pointercancel=move |_| drag.give_up()
        >
            {move || visible.get().then(|| view! { <Stacked open=open.clone() place workspace/> })}
        </div>
    }
}

/// The tabs of a place, and the panel in front.
#[component]
fn Stacked(open: Open, place: Place, workspace: Workspace) -> impl IntoView {
    let (tabs_id, menu_id) = ids(place);
    let panels = Memo::new(move |_| workspace.with(|now| now.stack(place).panels.clone()));
    let front = Memo::new(move |_| workspace.with(|now| now.stack(place).front));
    let tabbed = Memo::new(move |_| {
        panels.with(|panels| panels.len() > 1 || !panels.iter().copied().filter_map(info).all(has_head))
    });
    let chosen = Memo::new(move |_| {
        let at = |panels: &Vec<Name>| panels.iter().position(|name| Some(*name) == front.get());
        panels.with(at).unwrap_or_default()
    });
    let tabs = move || {
        let names = panels.get();
        let words = names.iter().filter_map(|name| info(name)).map(|view| (view.word)()).collect();
        let choose = Callback::new(move |index: usize| {
            if let Some(name) = panels.with_untracked(|panels| panels.get(index).copied()) {
                workspace.change(Change::Front, |layout| layout.show(name));
            }
        });
        let label = if place == Place::Detail { words::details() } else { super::place_word(place) };
        view! { <Tabs id=tabs_id label names=words chosen choose/> }
    };
    let word = move || front.get().and_then(info).map_or("", |view| (view.word)());
    let items =
        Callback::new(move |()| front.get_untracked().map_or_else(Vec::new, |name| items(workspace, place, name)));
    // The profile may have been replaced since the workspace was made.
    let engine = use_engine();
    let current = move || untrack(|| engine.session(open.id)).unwrap_or_else(|| open.clone());
    let body = NodeRef::<html::Div>::new();
    let scroll = Scroll { body, at_top: RwSignal::new(true) };
    provide_context(scroll);
    let bare = Memo::new(move |_| front.get().and_then(info).is_some_and(|view| !has_head(view)));
    view! {
        <div class="place-head" class:place-tabs=tabbed>
            {move || tabbed.get().then(tabs)}
            <Menu id=menu_id label=Signal::derive(move || words::arrange(word())) icon="more" items/>
        </div>
        <div
            class="place-panel"
            class:panel-body=bare
            node_ref=body
            role=move || tabbed.get().then_some("tabpanel")
            tabindex=move || bare.get().then_some("0")
            aria-labelledby=move || tabbed.get().then(|| tabs::tab_id(tabs_id, chosen.get()))
            on:scroll=move |_| scroll.scrolled()
        >
            {move || {
                scroll.to_top();
                front.get().and_then(info).map(|view| (view.mount)(current()))
            }}
        </div>
    }
}

/// What can be done with a panel.
fn items(workspace: Workspace, place: Place, name: Name) -> Vec<Item> {
    let Some(view) = info(name) else { return Vec::new() };
    let change = move |act: fn(&mut super::Arrangement, Name, Place), to: Place| {
        move || {
            workspace.change(Change::Panels, |layout| act(layout, name, to));
            // Where the panel has gone, its menu has the focus.
            let now = workspace.with_untracked(|now| now.place_of(name)).unwrap_or(place);
            request_animation_frame(move || dom::focus(ids(now).1));
        }
    };
    let moves = [
        (Place::Plot, words::move_upper_left()),
        (Place::Values, words::move_upper_right()),
        (Place::Terminal, words::move_lower_left()),
        (Place::Detail, words::move_lower_right()),
    ];
    let moves = moves.into_iter().filter(|(to, _)| *to != place);
    let mut items: Vec<Item> =
        moves.map(|(to, word)| Item::new(word, change(|layout, name, to| layout.move_to(name, to), to))).collect();
    let (count, maximised) =
        workspace.with_untracked(|now| (now.stack(place).panels.len(), now.maximised() == Some(place)));
    if count > 1 {
        items.push(Item::new(words::earlier(), change(|layout, name, _| layout.shift(name, -1), place)).begins_group());
        items.push(Item::new(words::later(), change(|layout, name, _| layout.shift(name, 1), place)));
    }
    let word = if maximised { words::restore() } else { words::maximise() };
    items.push(Item::new(word, change(|layout, _, place| layout.maximise(place), place)).begins_group());
    items.push(Item::new(words::close((view.word)()), change(|layout, name, _| layout.close(name), place)));
    items
}
