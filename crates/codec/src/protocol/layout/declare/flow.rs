//! Parts whose length, or number, the data say.

use super::{Declared, FIELD_KEYS, LONGEST, Part, endian, field, size};
use crate::protocol::discover::{Discovered, FIELDS};
use crate::protocol::layout::flow::{Flow, Leaf, Size, Step};
use crate::protocol::layout::plan::{Plan, Read};
use crate::protocol::number::{Meaning, Number};
use crate::schema::OwnedSchema;
use crate::setting::{Named, Refusal, unescape, unknown};
use crate::{Kind, Setting, SettingError, Settings};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// The types that a length may have.
const LENGTHS: [&str; 4] = ["u8", "u16", "u24", "u32"];

/// Whether the data say how long any of these fields is, or how often it comes.
pub(super) fn flows(fields: &[Setting]) -> bool {
    fields.iter().filter_map(|field| field.table("").ok()).any(|table| {
        let says = |key| table.get(key).is_some();
        let named = || table.get("count").is_some_and(|count| count.int("count").is_err());
        says("length") || says("until") || named() || table.list("fields").is_ok_and(flows)
    })
}

/// What is known while a message is read.
#[derive(Default)]
struct Reading {
    /// Integers before this place that can be seen from it: their names, and where they are kept.
    seen: Vec<(String, usize)>,
    kept: usize,
    discriminator: Option<(usize, Number)>,
    discriminators: usize,
}

/// The plan of a message that is walked. `first` stands in front of the lists of fields.
pub(super) fn plan(
    first: Vec<Part>,
    lists: [(&str, &[Setting]); 2],
    big: bool,
    index: usize,
    name: &str,
) -> Result<Plan, SettingError> {
    let mut reading = Reading::default();
    let mut steps = Vec::new();
    first.into_iter().try_for_each(|part| reading.part(part, &mut steps))?;
    for (key, list) in lists {
        reading.fields(key, list, big, &mut steps)?;
    }
    let error = |reason: Refusal| Err(SettingError::new("fields", reason));
    if !settle(&mut steps) {
        return error(Refusal::RestTwice);
    }
    if reading.discriminators > 1 {
        return error(Refusal::DiscriminatorTwice);
    }
    if reading.discriminators > 0 && reading.discriminator.is_none() {
        return error(Refusal::DiscriminatorBehind);
    }
    if least(&steps) > LONGEST {
        return error(Refusal::LongMessage);
    }
    let mut known = Known { fields: Vec::new(), open: Vec::new() };
    known.list("", &steps)?;
    let mut message = Discovered::numbered(index, name);
    let mut schema = OwnedSchema::new(index, name);
    for (name, kind, unit) in known.fields {
        message.add(&name, kind, &unit).map_err(|_| SettingError::new("fields", Refusal::FieldsOrNames))?;
        schema.extend([(name, kind, unit)]);
    }
    Ok(Plan {
        reads: Vec::new(),
        constants: Vec::new(),
        sums: Vec::new(),
        discriminator: reading.discriminator,
        id: 0,
        len: least(&steps),
        variable: true,
        schema,
        name: name.to_string(),
        flow: Some(Flow { steps, kept: reading.kept, message, open: known.open }),
    })
}

impl Reading {
    fn fields(&mut self, key: &str, list: &[Setting], big: bool, steps: &mut Vec<Step>) -> Result<(), SettingError> {
        for (index, setting) in list.iter().enumerate() {
            let at = |error: SettingError| error.within(&format!("{key}[{index}]"));
            self.field(setting.table("").map_err(at)?, big, steps).map_err(at)?;
        }
        Ok(())
    }

    fn field(&mut self, table: &Settings, big: bool, steps: &mut Vec<Step>) -> Result<(), SettingError> {
        table.only(FIELD_KEYS)?;
        let kind = table.text("type")?.ok_or_else(|| SettingError::new("type", Refusal::FieldType))?;
        let own = endian(table, "endian", big)?;
        let said = self.size(table, own)?;
        let name = table.text("name")?.unwrap_or("").to_string();
        if kind == "group" {
            if name.is_empty() {
                return Err(SettingError::new("name", Refusal::FieldOrPad));
            }
            let numbered = table.get("count").is_some();
            let count = match said {
                Some(said) => said,
                None => Size::Fixed(size(table, "count", 1)?.unwrap_or(1)),
            };
            if matches!(count, Size::Prefix(_) | Size::Until(_)) {
                return Err(SettingError::new("type", Refusal::LengthOf));
            }
            let fields = table.list("fields")?;
            if fields.is_empty() {
                return Err(SettingError::new("fields", Refusal::Group));
            }
            let (outer, mut inner) = (self.seen.len(), Vec::new());
            self.fields("fields", fields, own, &mut inner)?;
            self.seen.truncate(outer);
            let least = least(&inner);
            steps.push(Step::Group { name, numbered, count, steps: inner, least });
            return Ok(());
        }
        let Some(said) = said else {
            let mut parts = Vec::new();
            field(table, big, &mut parts)?;
            return parts.into_iter().try_for_each(|part| self.part(part, steps));
        };
        let leaf = Leaf { name, unit: table.text("unit")?.unwrap_or("").to_string() };
        match kind {
            "text" | "bytes" if leaf.name.is_empty() => {
                return Err(SettingError::new("name", Refusal::FieldOrPad));
            }
            "text" | "bytes" => steps.push(Step::Span { leaf, text: kind == "text", size: said }),
            "pad" => steps.push(Step::Skip(said)),
            _ if matches!(said, Size::Prefix(_) | Size::Until(_)) => {
                return Err(SettingError::new("type", Refusal::LengthOf));
            }
            _ => {
                // An array: the same field without a count, under numbers instead of a name.
                let mut one = table.clone();
                one.0.retain(|(key, _)| key != "count");
                let mut parts = Vec::new();
                field(&one, big, &mut parts)?;
                let [Part::Field(declared)] = parts.as_mut_slice() else {
                    return Err(SettingError::new("count", Refusal::BitsOnce));
                };
                let name = core::mem::take(&mut declared.name);
                let (outer, mut inner) = (self.seen.len(), Vec::new());
                parts.into_iter().try_for_each(|part| self.part(part, &mut inner))?;
                self.seen.truncate(outer);
                let least = least(&inner);
                steps.push(Step::Group { name, numbered: true, count: said, steps: inner, least });
            }
        }
        Ok(())
    }

    /// What the data say of a field's length or number; `None` where the profile says it.
    fn size(&self, table: &Settings, big: bool) -> Result<Option<Size>, SettingError> {
        let count = table.get("count").filter(|count| count.int("count").is_err());
        let given = usize::from(table.get("count").is_some())
            + usize::from(table.get("length").is_some())
            + usize::from(table.get("until").is_some());
        if given > 1 {
            return Err(SettingError::new("count", Refusal::LengthTwice));
        }
        if let Some(name) = table.text("length")? {
            let number = Number::parse(name, big).filter(|_| LENGTHS.contains(&name));
            let wrong = || SettingError::new("length", unknown(Named::Type, name, LENGTHS.into_iter()));
            return Ok(Some(Size::Prefix(number.ok_or_else(wrong)?)));
        }
        if let Some(end) = table.text("until")? {
            let bytes = unescape(end).filter(|bytes| !bytes.is_empty());
            let wrong = || {
                SettingError::new(
                    "until",
                    Refusal::Bytes { text: end.into(), instead: &["\"\\\\0\"", "\"\\\\r\\\\n\""] },
                )
            };
            return Ok(Some(Size::Until(bytes.ok_or_else(wrong)?)));
        }
        let Some(name) = count.map(|count| count.text("count")).transpose()? else { return Ok(None) };
        if name == "rest" {
            return Ok(Some(Size::Rest(0)));
        }
        let seen = self.seen.iter().rev().find(|(known, _)| known == name).map(|(_, kept)| *kept);
        seen.map(|kept| Some(Size::Said(kept)))
            .ok_or_else(|| SettingError::new("count", Refusal::CountOf { name: name.into() }))
    }

    /// A part whose length is known, or the rest.
    fn part(&mut self, part: Part, steps: &mut Vec<Step>) -> Result<(), SettingError> {
        match part {
            Part::Field(declared) => match declared.read {
                Read::Text(len) | Read::Bytes(len) => {
                    let text = matches!(declared.read, Read::Text(_));
                    let leaf = Leaf { name: declared.name, unit: declared.unit };
                    steps.push(Step::Span { leaf, text, size: len.map_or(Size::Rest(0), Size::Fixed) });
                }
                _ => self.number(declared, None, steps),
            },
            Part::Bits(fields, width) => {
                let last = fields.len().saturating_sub(1);
                if fields.is_empty() {
                    steps.push(Step::Skip(Size::Fixed(width)));
                }
                for (index, declared) in fields.into_iter().enumerate() {
                    self.number(declared, Some(if index == last { width } else { 0 }), steps);
                }
            }
            Part::Discriminator(number) => {
                // What stands before it must have a known length.
                if self.discriminators == 0 && steps.iter().all(|step| extent(step).is_some()) {
                    self.discriminator = Some((least(steps), number));
                }
                self.discriminators += 1;
                steps.push(Step::Skip(Size::Fixed(number.width())));
            }
            Part::Pad(len) => steps.push(Step::Skip(Size::Fixed(len))),
            Part::Constant(bytes) => steps.push(Step::Constant(bytes)),
            Part::Sum { checksum, big, from, to } => {
                let at = crate::protocol::layout::plan::At::Start(0);
                steps.push(Step::Sum(crate::protocol::layout::plan::Sum { at, checksum, big, from, to }));
            }
        }
        Ok(())
    }

    fn number(&mut self, declared: Declared, advance: Option<usize>, steps: &mut Vec<Step>) {
        let (Read::Number(number) | Read::Scaled(number, _) | Read::Label(number, _)) = &declared.read else { return };
        let (number, kept) = (*number, self.kept);
        let integer = matches!(number.meaning, Meaning::Unsigned | Meaning::Signed);
        if integer {
            self.seen.push((declared.name.clone(), kept));
            self.kept = kept.saturating_add(1);
        }
        steps.push(Step::Number {
            leaf: Leaf { name: declared.name, unit: declared.unit },
            read: declared.read,
            kept: integer.then_some(kept),
            advance: advance.unwrap_or(number.width()),
        });
    }
}

/// Bytes that a part always takes; `None` where the data say.
fn extent(step: &Step) -> Option<usize> {
    match step {
        Step::Number { advance, .. } => Some(*advance),
        Step::Span { size: Size::Fixed(len), .. } | Step::Skip(Size::Fixed(len)) => Some(*len),
        Step::Span { .. } | Step::Skip(_) => None,
        Step::Constant(bytes) => Some(bytes.len()),
        Step::Sum(sum) => Some(sum.checksum.bytes()),
        Step::Group { count: Size::Fixed(times), steps, .. } => {
            steps.iter().map(extent).sum::<Option<usize>>().map(|one| one.saturating_mul(*times))
        }
        Step::Group { .. } => None,
    }
}

/// Bytes that these parts take at least.
fn least(steps: &[Step]) -> usize {
    let least = |step: &Step| match step {
        Step::Span { size: Size::Prefix(number), .. } => number.width(),
        Step::Span { size: Size::Until(end), .. } => end.len(),
        Step::Group { count: Size::Fixed(times), least, .. } => least.saturating_mul(*times),
        other => extent(other).unwrap_or(0),
    };
    steps.iter().map(least).fold(0, usize::saturating_add)
}

/// Tells the part that takes the rest how much follows it; false where that is not known, or where it stands in a group.
fn settle(steps: &mut [Step]) -> bool {
    let mut after = Some(0usize);
    for step in steps.iter_mut().rev() {
        match step {
            Step::Span { size: Size::Rest(left), .. } | Step::Skip(Size::Rest(left)) => match after {
                Some(after) => *left = after,
                None => return false,
            },
            Step::Group { count, steps, .. } => {
                if rest(steps) {
                    return false;
                }
                match (count, after) {
                    (Size::Rest(left), Some(after)) => *left = after,
                    (Size::Rest(_), None) => return false,
                    _ => {}
                }
            }
            _ => {}
        }
        after = after.zip(extent(step)).map(|(after, own)| after.saturating_add(own));
    }
    true
}

fn rest(steps: &[Step]) -> bool {
    steps.iter().any(|step| match step {
        Step::Span { size: Size::Rest(_), .. } | Step::Skip(Size::Rest(_)) => true,
        Step::Group { count, steps, .. } => matches!(count, Size::Rest(_)) || rest(steps),
        _ => false,
    })
}

/// Fields that come in every message, and the names of those that come as often as the data say.
struct Known {
    fields: Vec<(String, Kind, String)>,
    open: Vec<String>,
}

impl Known {
    fn list(&mut self, prefix: &str, steps: &[Step]) -> Result<(), SettingError> {
        for step in steps {
            match step {
                Step::Number { leaf, .. } | Step::Span { leaf, .. } => {
                    let name = format!("{prefix}{}", leaf.name);
                    let name = if leaf.name.is_empty() { prefix.trim_end_matches('.').to_string() } else { name };
                    if self.open.contains(&name) || self.fields.iter().any(|(known, ..)| *known == name) {
                        return Err(SettingError::new("fields", Refusal::FieldTwice { name }));
                    }
                    self.fields.push((name, step.kind(), step.unit().to_string()));
                }
                Step::Group { name, numbered, count: Size::Fixed(times), steps, .. } => {
                    for number in 0..*times {
                        let number = if *numbered { format!("{number}.") } else { String::new() };
                        self.list(&format!("{prefix}{name}.{number}"), steps)?;
                    }
                }
                Step::Group { name, steps, .. } => {
                    let name = format!("{prefix}{name}");
                    if self.open.contains(&name) || self.fields.iter().any(|(known, ..)| *known == name) {
                        return Err(SettingError::new("fields", Refusal::FieldTwice { name }));
                    }
                    self.open.push(name);
                    // Each time it comes, its fields must differ in their names too.
                    Known { fields: Vec::new(), open: Vec::new() }.list("x.", steps)?;
                }
                _ => {}
            }
            if self.fields.len() > FIELDS {
                return Err(super::too_many());
            }
        }
        Ok(())
    }
}
