//! What a framer makes of a stream.

use codec::{Found, FrameError, Framer};

#[derive(Debug, PartialEq)]
pub enum Span {
    Frame(Vec<u8>, usize),
    Bad(FrameError, usize),
}

/// Feeds the input in pieces; the spans, and the bytes pending at the end.
pub fn feed(framer: &mut dyn Framer, input: &[u8], cuts: &[usize], cap: usize) -> (Vec<Span>, usize) {
    let mut frame = vec![0; cap];
    let mut spans = Vec::new();
    let mut taken = 0;
    let mut at = 0;
    let mut wire = 0;
    let mut note = |found: Found, frame: &[u8], taken: usize| {
        let span = match found {
            Found::Frame { len, wire } => Span::Frame(frame[..len].to_vec(), wire),
            Found::Bad { why, wire } => Span::Bad(why, wire),
        };
        wire += match span {
            Span::Frame(_, wire) | Span::Bad(_, wire) => wire,
        };
        // A span ends within what was consumed, and the next begins there.
        assert!(wire <= taken, "{wire} bytes in spans, {taken} taken");
        spans.push(span);
    };
    for &cut in cuts.iter().chain([&input.len()]) {
        while at < cut.min(input.len()) {
            let step = framer.feed(&input[at..cut.min(input.len())], &mut frame);
            assert!(step.consumed > 0 || step.found.is_some(), "no progress");
            at += step.consumed;
            taken += step.consumed;
            if let Some(found) = step.found {
                note(found, &frame, taken);
            }
        }
    }
    (spans, framer.reset())
}

pub fn consumed(spans: &[Span]) -> usize {
    spans.iter().map(|(Span::Frame(_, wire) | Span::Bad(_, wire))| wire).sum()
}

/// A frame that was found.
pub fn frame(bytes: &[u8], wire: usize) -> Span {
    Span::Frame(bytes.to_vec(), wire)
}
