//! The menu of all panels: which are open, and the way back of the layout.

use super::Workspace;
use super::history::Change;
use crate::engine::Open;
use crate::ui::menu::{Item, Menu};
use crate::view::ViewInfo;
use crate::view::profile::write_layout;
use crate::words::workspace as words;
use leptos::prelude::*;

/// The menu of a session's panels.
#[component]
pub fn PanelsMenu(
    /// Whose.
    open: Open,
) -> impl IntoView {
    let workspace = Workspace::of(&open);
    let items = Callback::new(move |()| items(workspace, &open));
    view! { <Menu id="menu-panels" label=Signal::stored(words::panels().to_owned()) icon="panels" word=true items/> }
}

fn items(workspace: Workspace, open: &Open) -> Vec<Item> {
    let written = open.clone();
    let panel =
        |view: &'static crate::view::ViewInfo| {
            let open = workspace.with_untracked(|now| now.place_of(view.name).is_some());
            let toggle =
                move || {
                    workspace.change(Change::Panels, |layout| {
                        if open { layout.close(view.name) } else { layout.show(view.name) }
                    });
                };
            Item::new((view.word)(), toggle).checked(open)
        };
    let fleet = workspace.with_untracked(|now| now.of_fleet());
    let mut items: Vec<Item> = ViewInfo::of(fleet).map(panel).collect();
    let (can_undo, can_redo) = workspace.undoable();
    items.extend([
        Item::new(words::undo(), move || workspace.undo())
            .keys("Ctrl Z")
            .disabled((!can_undo).then(words::nothing_to_undo))
            .begins_group(),
        Item::new(words::redo(), move || workspace.redo())
            .keys("Ctrl Shift Z")
            .disabled((!can_redo).then(words::nothing_to_redo)),
        Item::new(words::reset(), move || workspace.reset()).begins_group(),
        Item::new(words::write(), move || {
            workspace.show("Profile");
            write_layout(&written, &workspace.with_untracked(|now| now.to_panels()));
        }),
    ]);
    items
}
