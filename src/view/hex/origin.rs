//! The bytes that made a value: another panel asks for them, the bytes come forward with them selected.

use super::Kept;
use crate::browser::dom;
use crate::engine::Open;
use crate::ui::remark::Remark;
use crate::view::workspace::Workspace;
use crate::words::hex as words;
use leptos::prelude::*;
use session::query::{FieldId, Origin};

/// The id of the place with the bytes.
pub(super) const BYTES: &str = "hex-bytes";

/// Brings the bytes of a session forward, with those selected that made a field's latest value.
pub fn show(open: &Open, field: FieldId, name: String) {
    open.part::<Kept>().wanted.set(Some((field, name)));
    Workspace::of(open).show("Hex");
    request_animation_frame(|| dom::focus(BYTES));
}

/// Offsets of what is to be selected, and the row to be shown.
type Shown = ((u64, u64), u64);

/// What is to be shown, if it is held, and what there is to say of it.
pub(super) fn found(origin: Origin, name: &str) -> (Option<Shown>, Remark) {
    match origin {
        Origin::Held { field: Some(field), row, .. } => (Some((field, row)), Remark::Note(words::made(name))),
        Origin::Held { frame, row, .. } => (Some((frame, row)), Remark::Note(words::made_whole(name))),
        Origin::GivenUp => (None, Remark::Wrong(words::made_given_up(name))),
        Origin::Unknown => (None, Remark::Wrong(words::made_unknown(name))),
    }
}
