//! Latest readings, and rows.

use super::Decimals;
use super::decimals::as_their_inputs;
use crate::Session;
use crate::link::Link;
use crate::order::clock::CountsFrom;
use crate::query::{Cell, Message, Reading, Rows};
use crate::screen::{plain, visible};
use codec::{Field, Kind, Sample, Value};
use store::{Time, TimeBase};

/// Bytes of a text cell at most.
const MAX_TEXT: usize = 4096;
/// Bytes of a bytes cell at most.
const MAX_BYTES: usize = 1024;
/// Fields told of in one answer at most; a device that makes up names must not fill the page.
const MAX_READINGS: usize = 4096;

impl Session {
    pub(crate) fn values(&mut self, now: Time) -> Vec<Message> {
        let mut room = MAX_READINGS;
        let mut messages = Vec::new();
        let clock = self.profile.clock.as_ref().filter(|clock| clock.counts_from != CountsFrom::Rows);
        let topic = matches!(self.profile.link, Link::Mqtt(_));
        let decoders = self.sources.decoders();
        let (data, decimals) = (&mut self.data, &mut self.decimals);
        for (index, table) in data.store.tables().iter().enumerate() {
            let Ok(number) = u16::try_from(index) else { break };
            let counted = data.table_rates.get_mut(index).map(|(_, rate)| (rate.per_second(now), rate.window(now)));
            let (rate, window) = counted.unwrap_or((0.0, None));
            // What has this field of what the rate counts.
            let rate_of = |field: usize| {
                let (span, per_second) = window.clone()?;
                let present = table.present(field, span)?;
                Some(f64::from(u32::try_from(present).unwrap_or(u32::MAX)) * per_second)
            };
            let fields = table.fields().enumerate().take(room);
            let of_table = index;
            let usual = || (&*self.codec.decoder, table.schema());
            let (decoder, bare) = decoders.get(table.schema()).copied().unwrap_or_else(usual);
            let fields: Vec<Reading> = fields
                .map_while(|(index, field)| {
                    // A field that was words at first may have had numbers since.
                    let extent = table.extent(index);
                    let numeric = !matches!(field.kind, Kind::Text | Kind::Bytes) || extent.is_some();
                    let reading = table.reading(index);
                    let value = reading.map_or(Cell::Null, |(_, value)| cell(value));
                    Some(Reading {
                        field: u16::try_from(index).ok()?,
                        name: visible(field.name),
                        unit: data.unit(of_table, field.name).unwrap_or(field.unit).into(),
                        decimals: decimals.of(of_table, index, &value, extent),
                        value,
                        min: extent.map(|(min, _)| min),
                        max: extent.map(|(_, max)| max),
                        time_nanos: reading.map_or(0, |(time, _)| time.0),
                        numeric,
                        rate: rate_of(index),
                        unplotted: decoder.unplotted(bare, field.name)
                            || clock.is_some_and(|clock| clock.is_told_by(bare, field.name)),
                    })
                })
                .collect();
            room = room.saturating_sub(fields.len());
            let (fields, retained) = match data.kept.get(table.name()) {
                Some(kept) => (kept.over(fields), true),
                None => (fields, false),
            };
            messages.push(Message {
                table: number,
                name: visible(table.name()),
                schema: visible(table.schema()),
                rate,
                count: table.rows().end,
                fields,
                topic,
                retained,
                ended: index < data.ended && !data.store.goes_on(index),
            });
        }
        as_their_inputs(&mut messages, &self.data.derive);
        messages
    }

    pub(crate) fn rows(&self, base: TimeBase, table: u16, until: Option<Time>, count: usize) -> Rows {
        let Some(held) = self.data.store.tables().get(usize::from(table)) else {
            return Rows { table, fields: Vec::new(), rows: Vec::new(), device_nanos: Vec::new() };
        };
        let fields = held.fields().map(|field| {
            let unit = self.data.unit(usize::from(table), field.name).unwrap_or(field.unit);
            (visible(field.name), unit.to_owned())
        });
        let rows = || held.rows_until_by(base, until).take(count);
        let device_nanos = rows().filter_map(|row| Some(row.device?.0)).collect();
        let rows = rows().map(|row| (row.time.0, row.values().map(cell).collect()));
        Rows { table, fields: fields.collect(), rows: rows.collect(), device_nanos }
    }
}

/// What a broker had kept of a message.
#[derive(Debug)]
pub(crate) struct Kept {
    fields: Vec<Reading>,
}

impl Kept {
    /// What this sample says.
    pub(crate) fn of(now: Time, sample: &Sample<'_>) -> Kept {
        let reading = |(index, (field, value)): (usize, (&Field<'_>, &Value<'_>))| {
            let numeric = !matches!(field.kind, Kind::Text | Kind::Bytes);
            let value = cell(*value);
            Some(Reading {
                field: u16::try_from(index).ok()?,
                name: visible(field.name),
                unit: field.unit.into(),
                decimals: Decimals::default().of(0, 0, &value, None),
                value,
                min: None,
                max: None,
                time_nanos: now.0,
                numeric,
                rate: None,
                unplotted: false,
            })
        };
        let fields = sample.schema.fields.iter().zip(sample.values).enumerate().take(MAX_READINGS);
        Kept { fields: fields.filter_map(reading).collect() }
    }

    /// These readings, with what was kept in the place of what came before it.
    fn over(&self, mut readings: Vec<Reading>) -> Vec<Reading> {
        for reading in &mut readings {
            if let Some(kept) = self.fields.iter().find(|kept| kept.field == reading.field) {
                (reading.value, reading.time_nanos) = (kept.value.clone(), kept.time_nanos);
                reading.decimals = reading.decimals.max(kept.decimals);
            }
        }
        readings
    }
}

/// A value, owned and bounded.
pub(crate) fn cell(value: Value<'_>) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(truth) => Cell::Bool(truth),
        Value::I64(number) => Cell::I64(number),
        Value::U64(number) => Cell::U64(number),
        Value::F32(number) => Cell::F32(number),
        Value::F64(number) => Cell::F64(number),
        Value::Text(text) => {
            let text = plain(text);
            Cell::Text(visible(text.get(..text.floor_char_boundary(MAX_TEXT)).unwrap_or(&text)))
        }
        Value::Bytes(bytes) => Cell::Bytes(bytes.get(..bytes.len().min(MAX_BYTES)).unwrap_or_default().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_without_the_colours_it_came_in() {
        let of = |text| match cell(Value::Text(text)) {
            Cell::Text(text) => text,
            other => format!("{other:?}"),
        };
        assert_eq!(of("\x1b[0;32mI (123) wifi: up\x1b[0m"), "I (123) wifi: up");
        assert_eq!(of("\x1b[38;5;208;1ma\x1b[Kb\x1b[m"), "ab");
        // What else is no colour stays to be seen, cut off ones too.
        assert_eq!(of("\x1b[2Ja\x1b[31"), "\u{241b}[2Ja\u{241b}[31");
    }
}
