//! What the codec refuses, in the words of both languages: its own are English.

mod setting;

pub(crate) use setting::{refused, refused_there};

use super::{Language, Speak};
use codec::{DecodeError, EncodeError, FrameError, WrapError};

impl Speak for FrameError {
    type Form = String;
    fn speak(self, language: Language) -> String {
        if language == Language::English {
            return self.to_string();
        }
        match self {
            FrameError::Checksum { expected, got, bytes } => {
                return DecodeError::Checksum { expected, got, bytes }.speak(language);
            }
            FrameError::Malformed => "Regeln des Framings verletzt",
            FrameError::Oversize => "länger als ein Rahmen sein darf",
            FrameError::Skipped => "auf der Suche nach dem nächsten Rahmen übergangen",
        }
        .to_owned()
    }
}

impl Speak for DecodeError {
    type Form = String;
    fn speak(self, language: Language) -> String {
        if language == Language::English {
            return self.to_string();
        }
        match self {
            DecodeError::TooShort { need, got } => format!("zu kurz: {got} Bytes, mindestens {need} nötig"),
            DecodeError::TooLong { need, got } => format!("zu lang: {got} Bytes, {need} verstanden"),
            DecodeError::Syntax { at } => format!("ab Byte {at} nicht verstanden"),
            DecodeError::Checksum { expected, got, bytes } => {
                let digits = usize::from(bytes.min(8)).saturating_mul(2);
                format!("Prüfsumme {got:0digits$x}, erwartet {expected:0digits$x}")
            }
            DecodeError::UnknownMessage { id } => format!("unbekannte Nachricht {id}"),
            DecodeError::NoChecksum => "keine Prüfsumme, wo eine sein muss".into(),
            DecodeError::Limit { at } => format!("zu viele Einträge oder zu tief geschachtelt ab Byte {at}"),
            DecodeError::Fields { most, at } => {
                format!("ein Feld mehr als die {most}, die eine Nachricht haben kann, ab Byte {at}")
            }
            DecodeError::Name { most, at } => format!("ein Name von mehr als {most} Bytes, ab Byte {at}"),
        }
    }
}

impl Speak for EncodeError {
    type Form = String;
    fn speak(self, language: Language) -> String {
        if language == Language::English {
            return self.to_string();
        }
        match self {
            EncodeError::UnknownCommand => "diesen Befehl gibt es nicht".to_owned(),
            EncodeError::Argument { index } => format!("Argument {} passt nicht", index.saturating_add(1)),
            EncodeError::BufferTooSmall { need } => format!("der Befehl braucht {need} Bytes"),
        }
    }
}

impl Speak for WrapError {
    type Form = String;
    fn speak(self, language: Language) -> String {
        if language == Language::English {
            return self.to_string();
        }
        match self {
            WrapError::BufferTooSmall { need } => format!("der Rahmen braucht {need} Bytes"),
            WrapError::Length { least, most } if least == most => format!("ein Rahmen trägt genau {least} Bytes"),
            WrapError::Length { least, most: usize::MAX } => format!("ein Rahmen trägt mindestens {least} Bytes"),
            WrapError::Length { least, most } => format!("ein Rahmen trägt {least} bis {most} Bytes"),
            WrapError::Ends { at } => {
                format!("der Rahmen endete bei Byte {at} der Nutzdaten, denn dort steht, was einen Rahmen beendet")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FrameError, Language, Speak};

    #[test]
    fn f17_both_sums_of_a_frame_are_told_in_both_languages() {
        let why = FrameError::Checksum { expected: 0x0a1b, got: 0xff, bytes: 2 };
        assert_eq!(why.speak(Language::English), "checksum 00ff, expected 0a1b");
        assert_eq!(why.speak(Language::German), "Prüfsumme 00ff, erwartet 0a1b");
    }
}
