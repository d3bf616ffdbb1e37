//! How many satellites of which system: GSA names those that are used, GSV counts those in view.

use super::decimal;

/// Whose satellites.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Gps,
    Glonass,
    Galileo,
    BeiDou,
    /// QZSS, NavIC and those that help.
    Other,
}

impl System {
    /// Who says it (IEC 61162-1, table of talkers); `None` for all systems at once.
    fn of_talker(talker: &str) -> Option<System> {
        Some(match talker {
            "GP" => System::Gps,
            "GL" => System::Glonass,
            "GA" => System::Galileo,
            "GB" | "BD" => System::BeiDou,
            "GN" => return None,
            _ => System::Other,
        })
    }

    /// The identifier that edition 4.1 puts behind the last field of GSA.
    fn of_number(number: &str) -> Option<System> {
        Some(match number {
            "1" => System::Gps,
            "2" => System::Glonass,
            "3" => System::Galileo,
            "4" => System::BeiDou,
            "" => return None,
            _ => System::Other,
        })
    }

    /// Whose a satellite's number is where nothing else tells: GPS has 1 to 32, GLONASS 65 to 96.
    fn of_satellite(number: &str) -> Option<System> {
        let number: u16 = number.parse().ok()?;
        Some(match number {
            1..=32 => System::Gps,
            65..=96 => System::Glonass,
            _ => System::Other,
        })
    }
}

/// Numbers of satellites in GSA.
const USED: core::ops::Range<usize> = 3..15;

/// Satellites of a system, where the sentence tells of it; else nothing, or the number of a field that is wrong.
pub(super) fn count(system: System, talker: &str, kind: &str, parts: &[&str]) -> Result<Option<f64>, usize> {
    let part = |at: usize| parts.get(at).map_or("", |part| part.trim());
    if kind == "GSV" {
        // The same count stands in each sentence of a group.
        if System::of_talker(talker).unwrap_or(System::Other) != system || part(2) != "1" || part(3).is_empty() {
            return Ok(None);
        }
        return decimal(part(3)).ok_or(3).map(Some);
    }
    let used = || USED.map(part).filter(|number| !number.is_empty());
    let told = System::of_talker(talker).or_else(|| System::of_number(part(18)));
    let whose = told.or_else(|| System::of_satellite(used().next()?));
    let count = u32::try_from(used().count()).map_err(|_| 0_usize)?;
    Ok((whose == Some(system)).then(|| f64::from(count)))
}
