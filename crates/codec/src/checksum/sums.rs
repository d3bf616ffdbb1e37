//! Check sequences that are no CRC: sums and exclusive ors.

/// The check sequence of some bytes, as a number.
type Compute = fn(&[u8]) -> u16;

/// Name, bytes it takes, and how it is computed.
pub(super) static SUMS: &[(&str, usize, Compute)] = &[
    ("sum8", 1, |bytes| u16::from(sum8(bytes))),
    ("sum16", 2, |bytes| bytes.iter().fold(0, |sum: u16, byte| sum.wrapping_add(u16::from(*byte)))),
    // The two's complement of the sum: MODBUS over Serial Line V1.02, 6.2.1; Intel HEX.
    ("lrc8", 1, |bytes| u16::from(sum8(bytes).wrapping_neg())),
    ("xor8", 1, |bytes| u16::from(bytes.iter().fold(0, |sum, byte| sum ^ byte))),
    // RFC 1146, appendix I: both sums modulo 255.
    ("fletcher16", 2, |bytes| {
        let add = |(a, b): (u32, u32), byte: &u8| {
            let a = (a + u32::from(*byte)) % 255;
            (a, (b + a) % 255)
        };
        let (a, b) = bytes.iter().fold((0, 0), add);
        u16::try_from(b << 8 | a).unwrap_or(0)
    }),
    // u-blox protocol description, "UBX checksum": both sums modulo 256. CK_A is sent first.
    ("ubx", 2, |bytes| {
        let add = |(a, b): (u8, u8), byte: &u8| {
            let a = a.wrapping_add(*byte);
            (a, b.wrapping_add(a))
        };
        let (a, b) = bytes.iter().fold((0, 0), add);
        u16::from_le_bytes([a, b])
    }),
];

fn sum8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}
