//! Finding a few bytes in a stream that comes in pieces (Knuth, Morris and Pratt).

/// What one byte of the stream has shown.
pub(super) struct Advance {
    /// So many bytes from the pattern's start, held back until now, are plain bytes.
    pub(super) released: usize,
    /// This byte is a plain one.
    pub(super) plain: bool,
}

/// Takes the next byte of the stream. `matched` is how many of the last bytes agree with the pattern's first; it is
/// complete once that is its length, and the caller starts again at 0.
pub(super) fn advance(pattern: &[u8], matched: &mut usize, byte: u8) -> Advance {
    let before = *matched;
    while *matched > 0 && pattern.get(*matched) != Some(&byte) {
        *matched = border(pattern, *matched);
    }
    let released = before.saturating_sub(*matched);
    let plain = pattern.get(*matched) != Some(&byte);
    *matched += usize::from(!plain);
    Advance { released, plain }
}

/// The longest proper prefix of `pattern[..matched]` that is also its suffix.
fn border(pattern: &[u8], matched: usize) -> usize {
    let matched = pattern.get(..matched).unwrap_or_default();
    (1..matched.len()).rev().find(|&n| matched.get(..n).is_some_and(|prefix| matched.ends_with(prefix))).unwrap_or(0)
}
