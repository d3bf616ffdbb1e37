//! Bytes as any number.

use std::fmt::{Display, LowerExp};

/// A reading: its type, and the number with the least and the most significant byte first; once for a single byte.
pub(super) type Reading = (&'static str, String, String);

/// What the bytes are as every number that they are long enough for.
pub(super) fn readings(bytes: &[u8]) -> Vec<Reading> {
    macro_rules! read {
        ($($kind:ident),*) => {{
            let mut all: Vec<Reading> = Vec::new();
            $(
                if let Some(first) = bytes.first_chunk::<{ size_of::<$kind>() }>() {
                    let (little, big) = ($kind::from_le_bytes(*first), $kind::from_be_bytes(*first));
                    all.push((stringify!($kind), little.to_string(), big.to_string()));
                }
            )*
            all
        }};
    }
    let mut all = read!(u8, i8, u16, i16);
    // No computer counts in three bytes, many a converter does.
    if let Some(&[a, b, c]) = bytes.first_chunk::<3>() {
        let (little, big) = (u32::from_le_bytes([a, b, c, 0]), u32::from_be_bytes([0, a, b, c]));
        let signed = |number: u32| (number << 8).cast_signed() >> 8;
        all.push(("u24", little.to_string(), big.to_string()));
        all.push(("i24", signed(little).to_string(), signed(big).to_string()));
    }
    all.extend(read!(u32, i32, u64, i64));
    // As few digits as name the number among those of its own width.
    if let Some(first) = bytes.first_chunk::<4>() {
        let (little, big) = (f32::from_le_bytes(*first), f32::from_be_bytes(*first));
        all.push(("f32", float(little, little.into()), float(big, big.into())));
    }
    if let Some(first) = bytes.first_chunk::<8>() {
        let (little, big) = (f64::from_le_bytes(*first), f64::from_be_bytes(*first));
        all.push(("f64", float(little, little), float(big, big)));
    }
    all
}

fn float(number: impl Display + LowerExp, size: f64) -> String {
    if size == 0.0 || (1e-4..1e9).contains(&size.abs()) { number.to_string() } else { format!("{number:e}") }
}

/// The bits of the first bytes, the most significant first in each.
pub(super) fn bits(bytes: &[u8]) -> String {
    bytes.iter().take(4).map(|byte| format!("{byte:08b}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_both_ways() {
        let all = readings(&[0x01, 0x02, 0x80, 0x3f, 0, 0, 0, 0x80]);
        let of = |kind| {
            all.iter().find(|(known, ..)| *known == kind).map(|(_, little, big)| (little.as_str(), big.as_str()))
        };
        assert_eq!(of("u8"), Some(("1", "1")));
        assert_eq!(of("u16"), Some(("513", "258")));
        assert_eq!(of("i64"), Some(("-9223372035789422079", "72761552062644352")));
        let float = &readings(&[0, 0, 0x80, 0x3f])[8];
        assert!(float.0 == "f32" && float.1 == "1" && float.2 == "4.6006e-41", "{float:?}");
        assert_eq!(readings(&[]), []);
        assert_eq!(readings(&[0xff])[1], ("i8", "-1".into(), "-1".into()));
        assert_eq!(bits(&[0x80, 1]), "10000000 00000001");
    }

    #[test]
    fn three_bytes_are_a_number_of_24_bits() {
        let of = |bytes: &[u8]| {
            let all = readings(bytes);
            let row =
                |kind| all.iter().find(|(known, ..)| *known == kind).map(|(_, little, big)| format!("{little} {big}"));
            (row("u24"), row("i24"))
        };
        let said = |unsigned: &str, signed: &str| (Some(unsigned.to_owned()), Some(signed.to_owned()));
        assert_eq!(of(&[0xfe, 0xff, 0xff]), said("16777214 16711679", "-2 -65537"));
        assert_eq!(
            of(&[0x01, 0x00, 0x80, 0xaa]),
            said("8388609 65664", "-8388607 65664"),
            "what comes after is no part of it"
        );
        assert_eq!(of(&[1, 2]), (None, None));
    }
}
