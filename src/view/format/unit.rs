//! Units as they are printed on an instrument, from the codes of UCUM (the Unified Code for Units of Measure).

/// Codes with a sign of their own (UCUM, sections 4.2 to 4.5), and those that no prefix goes with.
const SIGNS: [(&str, &str); 15] = [
    ("Cel", "°C"),
    ("[degF]", "°F"),
    ("deg", "°"),
    ("Ohm", "Ω"),
    ("[g]", "g"),
    ("[ppm]", "ppm"),
    ("[ppb]", "ppb"),
    ("[pH]", "pH"),
    ("[kn_i]", "kn"),
    ("By", "B"),
    ("min", "min"),
    ("h", "h"),
    ("d", "d"),
    ("r", "r"),
    ("%", "%"),
];

/// Codes that are their own sign and go with a prefix.
const METRIC: [&str; 30] = [
    "m", "s", "g", "A", "K", "mol", "cd", "Hz", "N", "Pa", "J", "W", "V", "F", "S", "Wb", "T", "H", "lm", "lx", "Bq",
    "Sv", "L", "l", "bar", "B", "eV", "t", "rad", "bit",
];

/// Prefixes (UCUM, sections 4.1.1 and 4.1.2), and how they are printed.
const PREFIXES: [(&str, &str); 16] = [
    ("da", "da"),
    ("Ki", "Ki"),
    ("Mi", "Mi"),
    ("Gi", "Gi"),
    ("T", "T"),
    ("G", "G"),
    ("M", "M"),
    ("k", "k"),
    ("h", "h"),
    ("d", "d"),
    ("c", "c"),
    ("m", "m"),
    ("u", "µ"),
    ("n", "n"),
    ("p", "p"),
    ("f", "f"),
];

/// A UCUM unit as it is printed on an instrument. A text of which some part is no code of it stands as the device wrote it.
#[must_use]
pub fn unit(text: &str) -> String {
    match text {
        "1" => String::new(),
        "{rpm}" | "/min" => "r/min".to_owned(),
        _ => printed(text).unwrap_or_else(|| text.to_owned()),
    }
}

fn printed(text: &str) -> Option<String> {
    let mut all = String::new();
    let mut rest = text;
    loop {
        let end = rest.find(['.', '/']).unwrap_or(rest.len());
        let (atom, after) = rest.split_at(end);
        match atom {
            // One part of many: "/dL".
            "" if all.is_empty() && after.starts_with('/') => {}
            _ => all.push_str(&raised(atom)?),
        }
        let Some(sign) = after.chars().next() else { return Some(all) };
        all.push(if sign == '.' { '·' } else { '/' });
        rest = after.get(1..)?;
    }
}

/// A code with its exponent.
fn raised(atom: &str) -> Option<String> {
    if let Some(counted) = atom.strip_prefix('{').and_then(|atom| atom.strip_suffix('}')) {
        return (!counted.contains(['{', '}'])).then(|| counted.to_owned());
    }
    let base = atom.trim_end_matches(|ch: char| ch.is_ascii_digit());
    let (base, minus) = base.strip_suffix('-').map_or((base, ""), |base| (base, "⁻"));
    let exponent = atom.get(base.len()..)?.trim_start_matches('-');
    let sign = |ch: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(ch.to_digit(10)? as usize);
    let raised: String = exponent.chars().filter_map(sign).collect();
    if raised.is_empty() && !minus.is_empty() {
        return None;
    }
    Some(format!("{}{minus}{raised}", known(base)?))
}

/// A code, with its prefix if it has one.
fn known(code: &str) -> Option<String> {
    let sign = |code: &str| {
        let own = SIGNS.iter().find(|(known, _)| *known == code).map(|(_, sign)| *sign);
        own.or_else(|| METRIC.into_iter().find(|known| *known == code))
    };
    if let Some(sign) = sign(code) {
        return Some(sign.to_owned());
    }
    PREFIXES.iter().find_map(|(prefix, shown)| {
        let base = code.strip_prefix(prefix)?;
        // A prefix goes with what is measured, not with minutes or percent.
        let goes = METRIC.contains(&base) || matches!(base, "Ohm" | "[g]" | "By" | "deg");
        goes.then(|| Some(format!("{shown}{}", sign(base)?)))?
    })
}

#[cfg(test)]
mod tests {
    use super::unit;

    #[test]
    fn units_are_printed_as_on_an_instrument() {
        for (code, printed) in [
            ("Cel", "°C"),
            ("N.m", "N·m"),
            ("{rpm}", "r/min"),
            ("r/min", "r/min"),
            ("1", ""),
            ("ug/m3", "µg/m³"),
            ("m/s2", "m/s²"),
            ("m.s-2", "m·s⁻²"),
            ("deg/s", "°/s"),
            ("kOhm", "kΩ"),
            ("uA", "µA"),
            ("m[g]", "mg"),
            ("[g]", "g"),
            ("[ppm]", "ppm"),
            ("/dL", "/dL"),
            ("kW.h", "kW·h"),
            ("By", "B"),
            ("{count}", "count"),
            ("min", "min"),
            ("[kn_i]", "kn"),
            ("dB", "dB"),
        ] {
            assert_eq!(unit(code), printed, "{code}");
        }
    }

    #[test]
    fn what_is_no_code_stands_as_the_device_wrote_it() {
        for own in [
            "Celsius",
            "Grad Celsius",
            "No.",
            "PM2.5",
            "°C",
            "rpm",
            "m³",
            "Einheit",
            "a.",
            ".",
            "/",
            "m-",
            "{a",
            "",
            "V?",
        ] {
            assert_eq!(unit(own), own);
        }
    }
}
