//! Check sequences that are no CRC: sums and exclusive ors.

/// The check sequence of some bytes, as a number.
pub(super) type Compute = fn(&[u8]) -> u32;

/// Name, bytes it takes, and how it is computed.
pub(super) static SUMS: &[(&str, usize, Compute)] = &[
    ("sum8", 1, |bytes| u32::from(sum8(bytes))),
    ("sum16", 2, |bytes| sum32(bytes) & 0xFFFF),
    ("sum32", 4, sum32),
    // The two's complement of the sum: MODBUS over Serial Line V1.02, 6.2.1; Intel HEX.
    ("lrc8", 1, |bytes| u32::from(sum8(bytes).wrapping_neg())),
    ("xor8", 1, |bytes| u32::from(bytes.iter().fold(0, |sum, byte| sum ^ byte))),
    // RFC 1146, appendix I: both sums modulo 255.
    ("fletcher16", 2, |bytes| {
        let (a, b) = double(bytes, 0, 255);
        b << 8 | a
    }),
    // u-blox protocol description, "UBX checksum": both sums modulo 256. CK_A is sent first.
    ("ubx", 2, |bytes| {
        let add = |(a, b): (u8, u8), byte: &u8| {
            let a = a.wrapping_add(*byte);
            (a, b.wrapping_add(a))
        };
        let (a, b) = bytes.iter().fold((0, 0), add);
        u32::from(u16::from_le_bytes([a, b]))
    }),
    // RFC 1950, section 2.2: both sums modulo 65521, the first from 1 on.
    ("adler32", 4, |bytes| {
        let (a, b) = double(bytes, 1, 65_521);
        b << 16 | a
    }),
];

/// The sum of the bytes from `first` on, and the sum of these sums, both modulo `modulus`.
fn double(bytes: &[u8], first: u32, modulus: u32) -> (u32, u32) {
    bytes.iter().fold((first, 0), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % modulus;
        (a, (b + a) % modulus)
    })
}

fn sum32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |sum: u32, byte| sum.wrapping_add(u32::from(*byte)))
}

fn sum8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}
