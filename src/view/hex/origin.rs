//! The bytes that made a value, or a rejected frame: another panel asks for them, the bytes come forward with them selected.

use super::Kept;
use crate::browser::dom;
use crate::engine::Open;
use crate::ui::remark::Remark;
use crate::view::workspace::Workspace;
use crate::words::hex as words;
use leptos::prelude::*;
use session::query::{ByteKind, FieldId, Origin, Part, Query};

/// The id of the place with the bytes.
pub(super) const BYTES: &str = "hex-bytes";

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wanted {
    /// What made a field's latest value, and the field's name.
    Value(FieldId, String),
    /// A rejected frame: the one at that offset in what was received, else the first rejected at that time or later, in
    /// nanoseconds since the Unix epoch.
    Rejected(Option<u64>, i64),
    /// The last bytes of a kind; of those that are unknown, those that wait for the rest of their frame. Where there are
    /// none, the newest bytes.
    Last(ByteKind),
}

impl Wanted {
    pub(super) fn query(&self) -> Query {
        match *self {
            Wanted::Value(field, _) => Query::Origin { field },
            Wanted::Rejected(at, time_nanos) => Query::RejectedFrame { at, time_nanos },
            Wanted::Last(kind) => Query::LastBytes { kind },
        }
    }
}

/// Brings the bytes of a session forward, with those selected.
pub fn show(open: &Open, wanted: Wanted) {
    open.part::<Kept>().wanted.set(Some(wanted));
    Workspace::of(open).show("Hex");
    request_animation_frame(|| dom::focus(BYTES));
}

/// Brings the bytes of a session forward, the newest at the end.
pub fn show_newest(open: &Open) {
    let kept = open.part::<Kept>();
    kept.selected.set(None);
    kept.from.set(None);
    Workspace::of(open).show("Hex");
    request_animation_frame(|| dom::focus(BYTES));
}

/// Offsets of what is to be selected, and the row to be shown.
pub(super) type Shown = ((u64, u64), u64);

/// What is to be shown, if it is held, and what there is to say of it.
pub(super) fn found(origin: Origin, wanted: &Wanted) -> (Option<Shown>, Remark) {
    let name = match (wanted, &origin) {
        (Wanted::Value(_, name), _) => name,
        (Wanted::Last(kind), origin) => return last(*kind, origin),
        (_, Origin::Held { frame, row, .. }) => {
            return (Some((*frame, *row)), Remark::Note(words::rejected().to_owned()));
        }
        _ => return (None, Remark::Wrong(words::rejected_gone().to_owned())),
    };
    match origin {
        Origin::Computed { frame, row, ref parts, remembers, .. } => {
            let said = words::computed(name, parts.is_empty(), remembers);
            (Some((frame, row)), Remark::Note(said))
        }
        Origin::Held { field: Some(field), row, .. } => (Some((field, row)), Remark::Note(words::made(name))),
        Origin::Held { frame, row, .. } => (Some((frame, row)), Remark::Note(words::made_whole(name))),
        Origin::GivenUp => (None, Remark::Wrong(words::made_given_up(name))),
        Origin::Unknown => (None, Remark::Wrong(words::made_unknown(name))),
    }
}

/// The last bytes of a kind, if there are any.
fn last(kind: ByteKind, origin: &Origin) -> (Option<Shown>, Remark) {
    let (there, none) = match kind {
        ByteKind::Good => (words::last_good(), words::none_good()),
        ByteKind::Skipped => (words::last_skipped(), words::none_skipped()),
        _ => (words::waiting(), words::none_waiting()),
    };
    match origin {
        Origin::Held { frame, row, .. } => (Some((*frame, *row)), Remark::Note(there.to_owned())),
        Origin::GivenUp => (None, Remark::Wrong(words::last_gone().to_owned())),
        _ => (None, Remark::Note(none.to_owned())),
    }
}

/// How a computed field is made, and what to do when one of its parts is chosen: its bytes are selected and its row shown.
pub(super) fn made(
    steps: &[(String, String)],
    parts: Vec<Part>,
    choose: Callback<Shown>,
    frame: (u64, u64),
) -> AnyView {
    let step = |(name, text): &(String, String)| view! { <code>{format!("{name} = {text}")}</code> };
    let part = move |part: Part| {
        let shown = (part.bytes.unwrap_or(frame), part.row);
        let name = match part.bytes {
            Some(_) => words::bytes_of(&part.name),
            None => words::frame_of(&part.name),
        };
        view! {
            <button class="button button-plain button-small" type="button" aria-label=name on:click=move |_| choose.run(shown)>
                {part.name}
            </button>
        }
    };
    let steps = steps.iter().map(step).collect_view();
    view! {
        <div class="hex-made" role="group" aria-label=words::made_of()>
            {steps}
            {parts.into_iter().map(part).collect_view()}
        </div>
    }
    .into_any()
}
