mod read;

pub(crate) use read::line_checksum;

use crate::frame::{Cobs, Framer, Slip, VeDirect, Whole};
use crate::protocol::Parameter;
use crate::{SettingError, Settings};
use alloc::boxed::Box;

/// One row of [`FRAMERS`].
pub struct FramerInfo {
    /// The name in profiles (`framing = "cobs"`).
    pub name: &'static str,
    /// What it is, as a sentence.
    pub summary: &'static str,
    /// The standard or document it follows.
    pub source: &'static str,
    /// Its parameters; they stand beside the protocol's own.
    pub parameters: &'static [Parameter],
    /// Builds it.
    pub build: fn(&Settings) -> Result<Box<dyn Framer>, SettingError>,
}

impl FramerInfo {
    /// The framer of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static FramerInfo> {
        FRAMERS.iter().find(|framer| framer.name == name)
    }
}

/// Every framer. Adding one is a file in `frame/` and a row here.
pub static FRAMERS: &[FramerInfo] = &[
    FramerInfo {
        name: "lines",
        summary: "Frames end with a line ending or any other delimiter, which is not part of them.",
        source: "ECMA-48, 8.3.15 CR and 8.3.74 LF",
        parameters: &[
            Parameter {
                name: "delimiter",
                summary: "\"auto\" (LF, CR LF or CR), \"lf\", \"cr\", \"crlf\", or 1 to 8 bytes as text with \
                          escapes (\";\", \"\\\\r\\\\n\", \"\\\\x03\") or as hex (\"0x0d0a\").",
                default: "auto",
            },
            Parameter {
                name: "checksum",
                summary: "The check sequence at the end of each frame, by its catalogue name (\"CRC-16/MODBUS\"), \"sum8\" or \
                          \"xor8\"; at the end of a line as hexadecimal digits behind an asterisk, over what stands before \
                          that, a `$` or `!` in front aside (NMEA 0183, IEC 61162-1: `$GPGLL,…*1D`).",
                default: "",
            },
            Parameter {
                name: "checksum_missing",
                summary: "What becomes of a line without one: \"rejected\" or \"accepted\".",
                default: "rejected",
            },
        ],
        build: read::lines,
    },
    FramerInfo {
        name: "cobs",
        summary: "Consistent Overhead Byte Stuffing: frames of any bytes, each ended by 0x00.",
        source: "Cheshire and Baker, IEEE/ACM Transactions on Networking 7(2), 1999",
        parameters: &[],
        build: |_| Ok(Box::new(Cobs::new())),
    },
    FramerInfo {
        name: "slip",
        summary: "SLIP: frames of any bytes between END bytes, 0xC0.",
        source: "RFC 1055",
        parameters: &[],
        build: |_| Ok(Box::new(Slip::new())),
    },
    FramerInfo {
        name: "hdlc",
        summary: "HDLC-like framing on an octet line: flags 0x7E, escapes 0x7D, a frame check sequence.",
        source: "RFC 1662, sections 3, 4 and C",
        parameters: &[Parameter {
            name: "fcs",
            summary: "Bits of the frame check sequence: \"16\", \"32\" or \"none\".",
            default: "16",
        }],
        build: read::hdlc,
    },
    FramerInfo {
        name: "length",
        summary: "Each frame says in a field how long it is; a sync word before it and a check sequence after it if wished.",
        source: "none: the usual form of binary protocols, u-blox UBX and MAVLink among them",
        parameters: &[
            read::SYNC,
            Parameter { name: "length_bytes", summary: "Bytes of the length field, 1 to 4.", default: "1" },
            Parameter {
                name: "length_offset",
                summary: "Bytes between the sync word and the length field, 0 to 64.",
                default: "0",
            },
            Parameter {
                name: "length_endian",
                summary: "\"little\": the field's least significant byte comes first; \"big\": the most significant.",
                default: "little",
            },
            Parameter {
                name: "length_counts",
                summary: "What the field counts: \"payload\", the bytes between it and the check sequence; \"rest\", all \
                          bytes after it; \"frame\", all bytes from the sync word on.",
                default: "payload",
            },
            Parameter {
                name: "length_adds",
                summary: "A number to be added to the field's value, if it counts otherwise.",
                default: "0",
            },
            Parameter {
                name: "length_header",
                summary: "\"dropped\": the payload begins after the length field; \"kept\": right after the sync word.",
                default: "dropped",
            },
            read::CHECKSUM,
            read::CHECKSUM_ENDIAN,
            read::CHECKSUM_COVERS,
        ],
        build: read::length,
    },
    FramerInfo {
        name: "fixed",
        summary: "Frames of a fixed length; a sync word before each and a check sequence after it if wished.",
        source: "none: frames of one length, one after the other",
        parameters: &[
            Parameter { name: "length", summary: "Bytes of payload, 1 to 16777216.", default: "" },
            read::SYNC,
            read::CHECKSUM,
            read::CHECKSUM_ENDIAN,
            read::CHECKSUM_COVERS,
        ],
        build: read::fixed,
    },
    FramerInfo {
        name: "sync",
        summary: "Frames begin with a sync word, and end with another or where the next begins.",
        source: "none: STX and ETX of ECMA-48 are its oldest form",
        parameters: &[
            Parameter {
                name: "sync",
                summary: "What a frame begins with: 1 to 8 bytes as text with escapes, or as hex (\"0xaa55\").",
                default: "",
            },
            Parameter {
                name: "end",
                summary: "What it ends with, written like sync; without it, a frame ends where the next begins, or after a second of silence.",
                default: "",
            },
        ],
        build: read::sync,
    },
    FramerInfo {
        name: "gap",
        summary: "A frame is what comes without a rest; after a silence the next begins. A file has no silence: all of \
                  it is one frame.",
        source: "Modbus over Serial Line V1.02, section 2.5.1.1",
        parameters: &[Parameter {
            name: "gap_ms",
            summary: "The silence in milliseconds, 1 to 60000. Adapters and browsers hold bytes back for some \
                      milliseconds: less than 10 seldom works.",
            default: "20",
        }],
        build: read::gap,
    },
    FramerInfo {
        name: "ve-direct",
        summary: "Text blocks of VE.Direct: lines that sum to 0 with the byte that the last one, Checksum, ends with. HEX \
                  messages between them are skipped.",
        source: "Victron Energy, VE.Direct protocol 3.33, \"Text mode\"",
        parameters: &[],
        build: |_| Ok(Box::new(VeDirect::new())),
    },
    FramerInfo {
        name: "whole",
        summary: "A message of the link is a frame (WebSocket, HTTP).",
        source: "RFC 6455, section 5.4",
        parameters: &[],
        build: |_| Ok(Box::new(Whole::new())),
    },
];
