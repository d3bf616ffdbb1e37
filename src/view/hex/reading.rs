//! What is selected, read.

use super::number;
use crate::words::hex as words;
use leptos::prelude::*;
use std::ops::RangeInclusive;

/// What is selected, as any number.
pub(super) fn readings(
    range: &RangeInclusive<u64>,
    bytes: &[u8],
    copy: impl Fn(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    let rows = number::readings(bytes).into_iter().map(|(kind, little, big)| {
        view! { <tr><th scope="row">{kind}</th><td class="num">{little}</td><td class="num">{big}</td></tr> }
    });
    let text: String =
        String::from_utf8_lossy(bytes).chars().take(64).map(|ch| if ch.is_control() { '·' } else { ch }).collect();
    view! {
        <p class="hex-said">
            <span>{words::selected(range.end() - range.start() + 1, *range.start())}</span>
            <button class="button button-small" type="button" on:click=copy>{words::copy()}</button>
        </p>
        <table class="rows hex-table">
            <thead>
                <tr><th>{words::kind()}</th><th class="num">{words::little()}</th><th class="num">{words::big()}</th></tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
        <p class="hex-said mono">{words::bits()}" "{number::bits(bytes)}</p>
        <p class="hex-said mono">{words::text()}" "{text}</p>
    }
    .into_any()
}
