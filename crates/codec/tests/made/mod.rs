//! Layouts made up at random: as a profile writes them, and their good frames put together by hand.

use codec::checksum::Checksum;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::LazyLock;

/// xorshift64 (Marsaglia, "Xorshift RNGs", 2003).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 8
    }

    /// Bytes of any kind; those at the ends of ranges come often.
    pub(crate) fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            let random = self.next();
            *byte = [0, 0xFF, 0x7F, 0x80, random as u8, random as u8][(random >> 8) as usize % 6];
        }
    }
}

const NUMBERS: &[(&str, usize)] = &[
    ("u8", 1),
    ("u16", 2),
    ("u24", 3),
    ("u32", 4),
    ("u40", 5),
    ("u48", 6),
    ("u56", 7),
    ("u64", 8),
    ("i8", 1),
    ("i16", 2),
    ("i24", 3),
    ("i32", 4),
    ("i40", 5),
    ("i48", 6),
    ("i56", 7),
    ("i64", 8),
    ("f32", 4),
    ("f64", 8),
    ("bool", 1),
];

/// What a number means beside itself.
#[derive(Clone, Debug)]
pub(crate) enum Meaning {
    Plain,
    Scaled(f64, f64),
    Labels,
}

#[derive(Clone, Debug)]
pub(crate) enum Part {
    Number {
        kind: usize,
        big: Option<bool>,
        meaning: Meaning,
        count: Option<usize>,
    },
    Bytes {
        text: bool,
        len: usize,
    },
    /// Whatever the others leave.
    Rest {
        text: bool,
    },
    Pad(usize),
    Constant(Vec<u8>),
    Sum {
        name: usize,
        big: Option<bool>,
        from: usize,
    },
}

/// Every algorithm of the catalogue; their tables take a while to make.
static SUMS: LazyLock<Vec<Checksum>> = LazyLock::new(|| Checksum::names().filter_map(Checksum::find).collect());

impl Part {
    fn len(&self) -> usize {
        match self {
            Part::Number { kind, count, .. } => NUMBERS[*kind].1 * count.unwrap_or(1),
            Part::Bytes { len, .. } | Part::Pad(len) => *len,
            Part::Rest { .. } => 0,
            Part::Constant(bytes) => bytes.len(),
            Part::Sum { name, .. } => SUMS[*name].bytes(),
        }
    }

    fn toml(&self, name: &str, before: usize) -> String {
        let endian = |big: &Option<bool>| match big {
            None => String::new(),
            Some(big) => format!(", endian = \"{}\"", if *big { "big" } else { "little" }),
        };
        let kind_of = |text: bool| if text { "text" } else { "bytes" };
        match self {
            Part::Number { kind, big, meaning, count } => {
                let mut text = format!("{{ name = \"{name}\", type = \"{}\"{}", NUMBERS[*kind].0, endian(big));
                match meaning {
                    Meaning::Plain => {}
                    Meaning::Scaled(scale, offset) => write!(text, ", scale = {scale:?}, offset = {offset:?}").unwrap(),
                    Meaning::Labels => text += ", enum = { 0 = \"zero\", 7 = \"seven\", 127 = \"most\" }",
                }
                if let Some(count) = count {
                    write!(text, ", count = {count}").unwrap();
                }
                text + " }"
            }
            Part::Bytes { text, len } => {
                format!("{{ name = \"{name}\", type = \"{}\", count = {len} }}", kind_of(*text))
            }
            Part::Rest { text } => format!("{{ name = \"{name}\", type = \"{}\" }}", kind_of(*text)),
            Part::Pad(len) => format!("{{ type = \"pad\", count = {len} }}"),
            Part::Constant(bytes) => {
                let hex: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
                format!("{{ type = \"const\", value = \"0x{hex}\" }}")
            }
            Part::Sum { name, big, from } => {
                let (from, big) = ((*from).min(before), endian(big));
                format!("{{ type = \"checksum\", algorithm = \"{}\", from = {from}{big} }}", SUMS[*name].name())
            }
        }
    }
}

/// A layout: where its discriminator is, if any, its messages, the checksum at the end of each.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    big: bool,
    /// The width of the discriminator in front of every message; else there is one message.
    discriminator: Option<usize>,
    header: Vec<Part>,
    pub(crate) messages: Vec<Vec<Part>>,
    trailer: Option<(usize, Option<bool>)>,
}

impl Layout {
    fn parts(&self, message: usize) -> impl Iterator<Item = &Part> {
        self.header.iter().chain(&self.messages[message])
    }

    /// Whether every field is a number without labels, at a fixed place.
    pub(crate) fn columnar(&self) -> bool {
        let number = |part: &Part| match part {
            Part::Number { meaning, .. } => !matches!(meaning, Meaning::Labels),
            Part::Bytes { .. } | Part::Rest { .. } => false,
            Part::Pad(_) | Part::Constant(_) | Part::Sum { .. } => true,
        };
        (0..self.messages.len()).all(|message| self.parts(message).all(number))
    }

    /// As a profile has it.
    pub(crate) fn toml(&self) -> String {
        let order = |big: bool| if big { "big" } else { "little" };
        let mut text = format!("name = \"layout\"\nendian = \"{}\"\n", order(self.big));
        if let Some(width) = self.discriminator {
            writeln!(text, "discriminator = \"u{}\"", width * 8).unwrap();
        }
        if let Some((name, big)) = self.trailer {
            writeln!(text, "crc = \"{}\"", SUMS[name].name()).unwrap();
            if let Some(big) = big {
                writeln!(text, "crc_endian = \"{}\"", order(big)).unwrap();
            }
        }
        let mut at = self.discriminator.unwrap_or(0);
        let mut list = |parts: &[Part], prefix: &str, from: Option<usize>| {
            at = from.unwrap_or(at);
            let mut fields = Vec::new();
            for (index, part) in parts.iter().enumerate() {
                fields.push(part.toml(&format!("{prefix}{index}"), at));
                at += part.len();
            }
            (fields.join(",\n  "), at)
        };
        let (header, behind) = list(&self.header, "h", None);
        writeln!(text, "header = [{header}]").unwrap();
        for (index, parts) in self.messages.iter().enumerate() {
            let id = self.discriminator.map_or_else(String::new, |_| format!("id = {}\n", index * 3));
            let (fields, _) = list(parts, "f", Some(behind));
            writeln!(text, "[[messages]]\nname = \"m{index}\"\n{id}fields = [\n  {fields}\n]").unwrap();
        }
        text
    }

    /// A good frame of one of its messages.
    pub(crate) fn frame(&self, message: usize, random: &mut Random) -> Vec<u8> {
        let put = |sum: u128, len: usize, big: bool| -> Vec<u8> {
            let little = sum.to_le_bytes()[..len].to_vec();
            if big { little.into_iter().rev().collect() } else { little }
        };
        let id = (message * 3) as u128;
        let mut frame = self.discriminator.map_or_else(Vec::new, |width| put(id, width, self.big));
        for part in self.parts(message) {
            match part {
                Part::Constant(bytes) => frame.extend_from_slice(bytes),
                Part::Sum { name, big, from } => {
                    let sum = &SUMS[*name];
                    let covered = &frame[(*from).min(frame.len())..];
                    let sum = put(sum.compute(covered), sum.bytes(), big.unwrap_or(self.big));
                    frame.extend(sum);
                }
                other => {
                    let rest = matches!(other, Part::Rest { .. }).then(|| random.next() as usize % 9);
                    let mut bytes = vec![0; rest.unwrap_or(other.len())];
                    random.fill(&mut bytes);
                    frame.extend(bytes);
                }
            }
        }
        if let Some((name, big)) = self.trailer {
            let sum = &SUMS[name];
            let sum = put(sum.compute(&frame), sum.bytes(), big.unwrap_or(self.big));
            frame.extend(sum);
        }
        frame
    }
}

fn big() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![2 => Just(None), 1 => Just(Some(false)), 1 => Just(Some(true))]
}

fn number() -> impl Strategy<Value = Part> {
    let scale = prop_oneof![Just(0.1), Just(0.01), Just(1.0), Just(-2.5), Just(1e-9), Just(1.0 / 3.0), Just(1e300)];
    let offset = prop_oneof![2 => Just(0.0), 1 => Just(-40.0), 1 => Just(0.3)];
    let meaning = prop_oneof![
        6 => Just(Meaning::Plain),
        3 => (scale, offset).prop_map(|(scale, offset)| Meaning::Scaled(scale, offset)),
    ];
    let count = prop_oneof![5 => Just(None), 1 => (1..4usize).prop_map(Some)];
    (0..NUMBERS.len(), big(), meaning, count).prop_map(|(kind, big, meaning, count)| Part::Number {
        kind,
        big,
        meaning,
        count,
    })
}

fn sum() -> impl Strategy<Value = Part> {
    (0..SUMS.len(), big(), prop_oneof![Just(0usize), 0..8usize]).prop_map(|(name, big, from)| Part::Sum {
        name,
        big,
        from,
    })
}

/// Parts at a fixed place; with some probability only numbers, which is what goes the short way.
fn part(mixed: bool) -> impl Strategy<Value = Part> {
    let labels = (0..16usize, big()).prop_map(|(kind, big)| {
        let (meaning, count) = (Meaning::Labels, None);
        Part::Number { kind, big, meaning, count }
    });
    let odd = u32::from(mixed);
    prop_oneof![
        12 => number(),
        1 => (1..4usize).prop_map(Part::Pad),
        1 => prop::collection::vec(any::<u8>(), 1..3).prop_map(Part::Constant),
        1 => sum(),
        odd => labels,
        odd => (any::<bool>(), 1..9usize).prop_map(|(text, len)| Part::Bytes { text, len }),
    ]
}

/// A layout.
pub(crate) fn layout() -> impl Strategy<Value = Layout> {
    let kind = (prop::bool::weighted(0.3), prop::option::of(1..5usize), any::<bool>());
    let trailer = prop::option::weighted(0.7, (0..SUMS.len(), big()));
    (kind, trailer).prop_flat_map(|((mixed, discriminator, big), trailer)| {
        let messages = if discriminator.is_some() { 1..4usize } else { 1..2 };
        let fields = prop::collection::vec(part(mixed), 0..9);
        let rest = prop::option::weighted(0.3, (any::<bool>(), 0..9usize));
        let message = (fields, rest).prop_map(move |(mut parts, rest)| {
            // A field of variable length, and sums that begin before it.
            if let Some((text, at)) = rest.filter(|_| mixed) {
                for part in &mut parts {
                    if let Part::Sum { from, .. } = part {
                        *from = 0;
                    }
                }
                parts.insert(at.min(parts.len()), Part::Rest { text });
            }
            parts
        });
        let header = prop::collection::vec(part(mixed), 0..3);
        (header, prop::collection::vec(message, messages)).prop_map(move |(header, messages)| Layout {
            big,
            discriminator,
            header,
            messages,
            trailer,
        })
    })
}
