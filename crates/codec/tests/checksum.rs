//! Every algorithm of the catalogue against its own check value and against the `crc` crate.
#![allow(clippy::unwrap_used, clippy::panic)]

use codec::checksum::{Checksum, Crc, algorithm};
use proptest::prelude::*;

/// The check values as the catalogue prints them, one algorithm a line; CRC-82/DARC is the widest.
const CHECKS: &str = include_str!("../../../tests/vectors/checksum/catalogue.txt");

#[test]
fn check_values_of_the_catalogue() {
    let mut seen = 0;
    for line in CHECKS.lines().filter(|line| !line.starts_with('#')) {
        let (name, check) = line.split_once(' ').unwrap();
        let sum = Checksum::find(name).unwrap_or_else(|| panic!("{name} is missing"));
        assert_eq!(format!("{:x}", sum.compute(b"123456789")), check, "{name}");
        seen += 1;
    }
    assert_eq!(seen, Checksum::names().filter(|name| name.starts_with("CRC")).count());
}

/// What is no CRC, as other implementations compute it.
const SUMS: &str = include_str!("../../../tests/vectors/checksum/sums.txt");

#[test]
fn sums_as_others_compute_them() {
    let mut seen = std::collections::BTreeSet::new();
    for line in SUMS.lines().filter(|line| !line.starts_with('#')) {
        let [name, message, value] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let digits = |at| u8::from_str_radix(&message[at..at + 2], 16).unwrap();
        let message: Vec<u8> = (0..message.len()).step_by(2).map(digits).collect();
        assert_eq!(format!("{:x}", Checksum::find(name).unwrap().compute(&message)), value, "{name} of {message:?}");
        seen.insert(name);
    }
    let ours = Checksum::names().filter(|name| !name.starts_with("CRC") && *name != "ubx");
    assert_eq!(seen, ours.collect());
}

#[test]
fn names() {
    for name in ["CRC-16/IBM-3740", "crc_16_ibm_3740", "CRC-16/CCITT-FALSE", "Crc-16/Autosar"] {
        let sum = Checksum::find(name).unwrap();
        assert_eq!((sum.name(), sum.bytes()), ("CRC-16/IBM-3740", 2), "{name}");
    }
    assert_eq!(Checksum::find("CRC-82/DARC").unwrap().bytes(), 11);
    assert_eq!(Checksum::find("CRC-12/UMTS").unwrap().bytes(), 2);
    assert!(Checksum::find("CRC-16/NONE").is_none());
    assert_eq!(Checksum::find("sum8").unwrap().compute(&[0xFF, 3]), 2);
    assert_eq!(Checksum::find("xor8").unwrap().compute(&[0xF0, 3]), 0xF3);
    assert_eq!(Checksum::find("sum16").unwrap().compute(&[0xFF; 3]), 765);
    // Modicon's reference guide PI-MBUS-300 Rev. J, chapter 6: the request of 17, 3, 0, 107, 0, 3.
    assert_eq!(Checksum::find("lrc8").unwrap().compute(&[17, 3, 0, 107, 0, 3]), 0x7E);
    // The well-known values of "abcde" and "abcdef".
    assert_eq!(Checksum::find("fletcher16").unwrap().compute(b"abcde"), 0xC8F0);
    assert_eq!(Checksum::find("fletcher16").unwrap().compute(b"abcdef"), 0x2057);
    // u-blox: UBX-ACK-ACK of CFG-MSG is b5 62 05 01 02 00 06 01 0f 38.
    assert_eq!(Checksum::find("ubx").unwrap().compute(&[5, 1, 2, 0, 6, 1]), 0x380F);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_length(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
        let sum = |name| Checksum::find(name).unwrap().compute(&bytes);
        macro_rules! agree { ($($constant:ident: $width:ty),*) => {$(
            let theirs = Crc::<$width>::new(&algorithm::$constant).checksum(&bytes);
            prop_assert_eq!(sum(stringify!($constant)), u128::from(theirs));
        )*} }
        agree!(CRC_3_GSM: u8, CRC_5_USB: u8, CRC_7_MMC: u8, CRC_8_SMBUS: u8, CRC_8_MAXIM_DOW: u8, CRC_10_ATM: u16,
            CRC_12_UMTS: u16, CRC_15_CAN: u16, CRC_16_IBM_3740: u16, CRC_16_MODBUS: u16, CRC_17_CAN_FD: u32,
            CRC_24_BLE: u32, CRC_24_OPENPGP: u32, CRC_31_PHILIPS: u32, CRC_32_ISO_HDLC: u32, CRC_32_MPEG_2: u32,
            CRC_40_GSM: u64, CRC_64_XZ: u64, CRC_82_DARC: u128);
    }
}
