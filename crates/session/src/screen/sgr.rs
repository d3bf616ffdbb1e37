//! Select graphic rendition (ECMA-48, section 8.3.117), where blanks stay blanks: colours of the text, bold, faint,
//! italic, blinking, and what resets. No background, no underline, nothing inverse.

use avt::Color;
use avt::parser::SgrOp;

/// Bytes looked at for the end of a sequence.
const MOST: usize = 64;

/// Parameters of one sequence.
const PARAMETERS: usize = 16;

/// Reads a sequence after its introducer (`ESC [`) and calls `each` with what it sets; returns its length. `None`, and
/// nothing is called, where it is none, has no end here or sets something else.
pub(super) fn read(bytes: &[u8], each: impl FnMut(SgrOp)) -> Option<usize> {
    let mut parameters = [0u16; PARAMETERS];
    let mut count = 0usize;
    let mut number = 0u16;
    for (at, byte) in bytes.iter().take(MOST).enumerate() {
        match byte {
            b'0'..=b'9' => number = number.checked_mul(10)?.checked_add(u16::from(byte.wrapping_sub(b'0')))?,
            b';' | b'm' => {
                *parameters.get_mut(count)? = std::mem::take(&mut number);
                count = count.saturating_add(1);
                if *byte == b'm' {
                    operations(parameters.get(..count)?, each)?;
                    return Some(at.saturating_add(1));
                }
            }
            _ => return None,
        }
    }
    None
}

fn operations(parameters: &[u16], mut each: impl FnMut(SgrOp)) -> Option<()> {
    // The usual ones: one parameter.
    if let [_] = parameters {
        let (set, _) = operation(parameters)?;
        each(set);
        return Some(());
    }
    let mut rest = parameters;
    while !rest.is_empty() {
        (_, rest) = operation(rest)?;
    }
    rest = parameters;
    while !rest.is_empty() {
        let (set, after) = operation(rest)?;
        each(set);
        rest = after;
    }
    Some(())
}

/// The first of them, and the parameters after it.
fn operation(parameters: &[u16]) -> Option<(SgrOp, &[u16])> {
    let byte = |value: u16| u8::try_from(value).ok();
    if let [38, 5, index, after @ ..] = parameters {
        return Some((SgrOp::SetForegroundColor(Color::Indexed(byte(*index)?)), after));
    }
    if let [38, 2, red, green, blue, after @ ..] = parameters {
        return Some((SgrOp::SetForegroundColor(Color::rgb(byte(*red)?, byte(*green)?, byte(*blue)?)), after));
    }
    let (first, after) = parameters.split_first()?;
    let set = match first {
        0 => SgrOp::Reset,
        1 => SgrOp::SetBoldIntensity,
        2 => SgrOp::SetFaintIntensity,
        3 => SgrOp::SetItalic,
        5 => SgrOp::SetBlink,
        21 | 22 => SgrOp::ResetIntensity,
        23 => SgrOp::ResetItalic,
        24 => SgrOp::ResetUnderline,
        25 => SgrOp::ResetBlink,
        27 => SgrOp::ResetInverse,
        29 => SgrOp::ResetStrikethrough,
        30..=37 => SgrOp::SetForegroundColor(Color::Indexed(byte(first.checked_sub(30)?)?)),
        39 => SgrOp::ResetForegroundColor,
        90..=97 => SgrOp::SetForegroundColor(Color::Indexed(byte(first.checked_sub(82)?)?)),
        _ => return None,
    };
    Some((set, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use avt::Parser;
    use avt::parser::Function;
    use proptest::prelude::*;

    /// What the terminal proper makes of it.
    fn by_avt(text: &str) -> Vec<SgrOp> {
        let mut parser = Parser::new();
        let functions: Vec<Function> = text.chars().filter_map(|ch| parser.feed(ch)).collect();
        match functions.as_slice() {
            [Function::Sgr(ops)] => ops.as_slice().to_vec(),
            _ => Vec::new(),
        }
    }

    fn ours(text: &str) -> Option<Vec<SgrOp>> {
        let mut ops = Vec::new();
        let len = read(text.as_bytes(), |op| ops.push(op))?;
        assert_eq!(len, text.len());
        Some(ops)
    }

    #[test]
    fn what_makes_blanks_seen_or_is_no_whole_sequence_is_left_alone() {
        for text in [
            "7m",
            "4m",
            "44m",
            "1;44m",
            "48;5;1m",
            "100m",
            "38;5;1;44m",
            "38;5m",
            "38;5;256m",
            "38:5:1m",
            "1",
            "1;",
            "1x",
            "99999m",
        ] {
            let mut called = false;
            assert_eq!(read(text.as_bytes(), |_| called = true), None, "{text}");
            assert!(!called, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_the_terminal_reads(
            parts in prop::collection::vec(prop_oneof!["[0-9]{0,2}", "38;5;[0-9]{1,3}", "38;2;[0-9]{1,2};[0-9];[0-9]{1,3}"], 0..6),
        ) {
            let text = format!("{}m", parts.join(";"));
            if let Some(ops) = ours(&text) {
                prop_assert_eq!(ops, by_avt(&format!("\x1b[{text}")));
            }
        }
    }
}
