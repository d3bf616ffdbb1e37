//! Rows of bytes: offset, time, direction, the bytes, and what they are as text.

use crate::browser::clock;
use crate::view::format;
use crate::words::hex as words;
use leptos::prelude::*;
use session::query::{ByteKind, ByteRow};
use std::ops::RangeInclusive;

/// One row; `selected` are offsets.
pub(super) fn row(row: &ByteRow, selected: Option<&RangeInclusive<u64>>) -> AnyView {
    let byte = |(index, (byte, (kind, begins))): (usize, (&u8, &(ByteKind, bool)))| {
        let at = row.at + index as u64;
        let class = class(*kind, *begins, selected.is_some_and(|range| range.contains(&at)));
        view! { <span class=class data-at=at.to_string()>{format!("{byte:02x}")}</span> }
    };
    let cell = |(index, byte): (usize, &u8)| {
        let shown = if (b' '..=b'~').contains(byte) { char::from(*byte) } else { '·' };
        let selected = selected.is_some_and(|range| range.contains(&(row.at + index as u64)));
        let class = if selected { "hex-on" } else { "" };
        view! { <span class=class data-at=(row.at + index as u64).to_string()>{shown.to_string()}</span> }
    };
    let bytes = row.bytes.iter().zip(&row.spans).enumerate().map(byte).collect_view();
    let text = row.bytes.iter().enumerate().map(cell).collect_view();
    view! {
        <div class="hex-row" class:hex-sent=row.sent>
            <span class="hex-at">{format!("{:08x}", row.at)}</span>
            <time>{format::clock(row.time_nanos, clock::zone_seconds(), 3)}</time>
            <span class="hex-way">{if row.sent { words::sent() } else { words::received() }}</span>
            <span class="hex-bytes">{bytes}</span>
            <span class="hex-text">{text}</span>
        </div>
    }
    .into_any()
}

fn class(kind: ByteKind, begins: bool, selected: bool) -> &'static str {
    match (kind, begins, selected) {
        (ByteKind::Rejected, true, false) => "hex-begins hex-rejected",
        (ByteKind::Rejected, false, false) => "hex-rejected",
        (ByteKind::Skipped, true, false) => "hex-begins hex-skipped",
        (ByteKind::Skipped, false, false) => "hex-skipped",
        (_, true, false) => "hex-begins",
        (_, false, false) => "",
        (_, true, true) => "hex-begins hex-on",
        (_, false, true) => "hex-on",
    }
}
