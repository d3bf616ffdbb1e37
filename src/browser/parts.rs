//! Files on their way, in pieces. The browser may keep them anywhere: they are joined into blobs as they grow.

use super::file::save_blob;
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use std::collections::BTreeMap;
use web_sys::{Blob, BlobPropertyBag};

/// So many pieces become one blob.
const JOINED: u32 = 256;

thread_local! {
    static PARTS: RefCell<BTreeMap<u32, Array>> = const { RefCell::new(BTreeMap::new()) };
}

/// Adds a piece to a file.
pub fn add(number: u32, piece: &Uint8Array) {
    PARTS.with_borrow_mut(|parts| {
        let pieces = parts.entry(number).or_default();
        pieces.push(piece);
        if pieces.length() >= JOINED
            && let Some(blob) = joined(pieces)
        {
            *pieces = Array::of1(&blob);
        }
    });
}

/// Gives a file up.
pub fn forget(number: u32) {
    PARTS.with_borrow_mut(|parts| parts.remove(&number));
}

/// Offers a file, or as much of it as there is, as a download.
pub fn save(number: u32, name: &str) {
    let blob = PARTS.with_borrow(|parts| joined(parts.get(&number).unwrap_or(&Array::new())));
    if let Some(blob) = blob {
        save_blob(name, &blob);
    }
}

fn joined(pieces: &Array) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    // Whatever a server calls it, a browser shall save it and not show it.
    options.set_type("application/octet-stream");
    Blob::new_with_u8_array_sequence_and_options(pieces, &options).ok()
}
