//! The settings of protocols and framings: how each is typed. A row for each of the codec's, which a test holds it to.

use super::rows::ENDIAN;
use super::values::{Kind, Offer, Value, value};
use crate::words::profile_form::endian;
use crate::words::setting as words;

const ORDER: Kind = Kind::Choice(&["little", "big"]);

const MESSAGE: Value = value("message", words::message, Kind::Text).note(words::message_note);
const CRC: Value = value("crc", words::crc, Kind::Picked(Offer::Checksums)).note(words::crc_note);
const SYNC: Value = value("sync", words::sync, Kind::Text).note(words::sync_note);
const CHECKSUM: Value = value("checksum", words::checksum, Kind::Picked(Offer::Checksums)).note(words::checksum_note);
const CHECKSUM_ENDIAN: Value = value("checksum_endian", words::checksum_endian, ORDER).note(words::endian_note);
const CHECKSUM_COVERS: Value = value("checksum_covers", words::checksum_covers, Kind::Choice(&["payload", "frame"]))
    .note(words::checksum_covers_note);

/// Those of protocols, lists of messages aside: they have sections of their own.
pub(super) static PROTOCOL_SETTINGS: &[(&str, &[Value])] = &[
    (
        "csv",
        &[
            value("separator", words::separator, Kind::Picked(Offer::Auto)).note(words::values_note).usual("auto"),
            value("header", words::heading, Kind::Choice(&["auto", "yes", "no"])).note(words::heading_note),
            value("names", words::names, Kind::Texts).note(words::names_note),
            MESSAGE.usual("csv"),
        ],
    ),
    (
        "pairs",
        &[
            value("separator", words::separator, Kind::Picked(Offer::Auto)).note(words::pairs_note).usual("auto"),
            value("assign", words::assign, Kind::Picked(Offer::Auto)).note(words::assign_note).usual("auto"),
            MESSAGE.usual("pairs"),
        ],
    ),
    (
        "teleplot",
        &[value("prefix", words::prefix, Kind::Text).note(words::prefix_note).usual(">"), MESSAGE.usual("teleplot")],
    ),
    ("json", &[MESSAGE.usual("json")]),
    (
        "postcard",
        &[
            value(
                "discriminator",
                words::discriminator,
                Kind::Choice(&["", "varint", "u8", "u16", "u24", "u32", "u40", "u48", "u56", "u64"]),
            )
            .note(words::variant_note),
            CRC,
            value("crc_endian", words::crc_endian, ORDER).note(words::endian_note),
        ],
    ),
    (
        "layout",
        &[
            value("endian", endian, ORDER).note(words::endian_note),
            value(
                "discriminator",
                words::discriminator,
                Kind::Choice(&[
                    "", "u8", "u16", "u24", "u32", "u40", "u48", "u56", "u64", "i8", "i16", "i24", "i32", "i40", "i48",
                    "i56", "i64",
                ]),
            )
            .note(words::discriminator_note),
            CRC,
            value("crc_endian", words::crc_endian, Kind::Choice(ENDIAN)).note(words::crc_endian_note),
        ],
    ),
];

/// Those of framings.
pub(super) static FRAMING_SETTINGS: &[(&str, &[Value])] = &[
    (
        "lines",
        &[
            value("delimiter", words::delimiter, Kind::Picked(Offer::Endings))
                .note(words::delimiter_note)
                .usual("auto"),
            value("checksum", words::checksum, Kind::Picked(Offer::Checksums)).note(words::line_checksum_note),
            value("checksum_missing", words::checksum_missing, Kind::Choice(&["rejected", "accepted"])),
        ],
    ),
    ("hdlc", &[value("fcs", words::fcs, Kind::Choice(&["16", "32", "none"])).note(words::fcs_note)]),
    (
        "length",
        &[
            SYNC,
            value("length_bytes", words::length_bytes, Kind::Choice(&["1", "2", "3", "4"])),
            value("length_offset", words::length_offset, Kind::Number).note(words::length_offset_note).usual("0"),
            value("length_endian", words::length_endian, ORDER).note(words::endian_note),
            value("length_counts", words::length_counts, Kind::Choice(&["payload", "rest", "frame"]))
                .note(words::length_counts_note),
            value("length_adds", words::length_adds, Kind::Number).note(words::length_adds_note).usual("0"),
            value("length_header", words::length_header, Kind::Choice(&["dropped", "kept"]))
                .note(words::length_header_note),
            CHECKSUM,
            CHECKSUM_ENDIAN,
            CHECKSUM_COVERS,
        ],
    ),
    (
        "fixed",
        &[
            value("length", words::length, Kind::Number).note(words::length_note),
            SYNC,
            CHECKSUM,
            CHECKSUM_ENDIAN,
            CHECKSUM_COVERS,
        ],
    ),
    (
        "sync",
        &[
            value("sync", words::sync, Kind::Text).note(words::sync_needed_note),
            value("end", words::end, Kind::Text).note(words::end_note),
        ],
    ),
    ("gap", &[value("gap_ms", words::gap, Kind::Number).note(words::gap_note).usual("20")]),
];

/// The settings of a protocol or a framing.
pub(super) fn of(table: &'static [(&str, &'static [Value])], name: &str) -> &'static [Value] {
    table.iter().find(|(known, _)| *known == name).map_or(&[], |(_, values)| values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use codec::{FRAMERS, PROTOCOLS, Parameter, Protocol, Setting, Settings};

    /// Messages have a place of their own in the form. The `header` of values with commas is none.
    fn written_out(protocol: &str, key: &str) -> bool {
        matches!(protocol, "layout" | "postcard") && matches!(key, "messages" | "commands" | "header")
    }

    /// The parameters of a row have their words and controls, in the same order, with the same defaults.
    fn hold(name: &str, parameters: &[Parameter], values: &[Value]) {
        let (keys, known): (Vec<_>, Vec<_>) =
            (parameters.iter().map(|one| one.name).collect(), values.iter().map(|value| value.key).collect());
        assert_eq!(keys, known, "{name}");
        for (parameter, value) in parameters.iter().zip(values) {
            let usual =
                if let Kind::Choice(words) = value.kind { words.first().copied().unwrap_or("") } else { value.usual };
            assert_eq!(usual, parameter.default, "{name}: {}", value.key);
            let label = (value.label)();
            assert!(!label.is_empty() && label != value.key && !label.contains('_'), "{name}: {label}");
        }
    }

    #[test]
    fn every_setting_of_a_protocol_and_of_a_framing_has_its_words_and_its_control() {
        for protocol in PROTOCOLS {
            let own: Vec<Parameter> = protocol
                .parameters
                .iter()
                .filter(|one| !written_out(protocol.name, one.name))
                .map(|one| Parameter { name: one.name, summary: one.summary, default: one.default })
                .collect();
            hold(protocol.name, &own, of(PROTOCOL_SETTINGS, protocol.name));
        }
        for framer in FRAMERS {
            hold(framer.name, framer.parameters, of(FRAMING_SETTINGS, framer.name));
        }
    }

    #[test]
    fn what_a_setting_offers_is_what_the_codec_takes() {
        let text = |key: &str, word: &str| (key.to_owned(), Setting::Text(word.to_owned()));
        let field = Setting::Table(Settings(vec![text("name", "f"), text("type", "u8")]));
        let message = |id: bool| {
            let mut pairs = vec![text("name", "m"), ("fields".to_owned(), Setting::List(vec![field.clone()]))];
            pairs.extend(id.then(|| ("id".to_owned(), Setting::Int(1))));
            ("messages".to_owned(), Setting::List(vec![Setting::Table(Settings(pairs))]))
        };
        let taken = |protocol: &str, mut settings: Vec<(String, Setting)>, key: &str, word: &str| {
            if matches!(protocol, "layout" | "postcard") {
                settings.push(message(key == "discriminator"));
            }
            settings.push(text(key, word));
            let said = Protocol::find(protocol).map(|known| known.declare(&Settings(settings)).map(drop));
            assert_eq!(said, Some(Ok(())), "{protocol}: {key} = {word}");
        };
        let mut tried = 0;
        for (protocol, values) in PROTOCOL_SETTINGS {
            for value in *values {
                let Kind::Choice(words) = value.kind else { continue };
                for word in words.iter().filter(|word| !word.is_empty()) {
                    taken(protocol, Vec::new(), value.key, word);
                    tried += 1;
                }
            }
        }
        for (framing, values) in FRAMING_SETTINGS {
            for value in *values {
                let Kind::Choice(words) = value.kind else { continue };
                for word in words.iter() {
                    let mut settings = vec![text("framing", framing)];
                    settings.extend((*framing == "fixed").then(|| ("length".to_owned(), Setting::Int(4))));
                    // What a check sequence says is looked at only where there is one.
                    settings.extend(value.key.starts_with("checksum").then(|| text("checksum", "xor8")));
                    taken("text", settings, value.key, word);
                    tried += 1;
                }
            }
        }
        assert!(tried > 40, "{tried}");
    }

    #[test]
    fn every_check_sequence_that_is_offered_is_known() {
        let offered = Offer::Checksums.fixed();
        assert!(offered.len() > 100 && offered.iter().all(|name| codec::checksum::Checksum::find(name).is_some()));
    }
}
