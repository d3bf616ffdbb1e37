//! What is missing of each device's messages, and what came twice, by the numbers that they carry (fault F23).

use super::MAX_COLUMNS;
use super::devices::Device;
use crate::order::sequence::{Sequence, SequenceNumber, Step};
use crate::order::whole;
use codec::Sample;

/// Where the number stands in a schema: looked up again when it has grown.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    known: usize,
    field: Option<usize>,
}

/// The numbers of all devices.
#[derive(Debug)]
pub(super) struct Numbers {
    declared: Option<SequenceNumber>,
    /// By protocol, by schema.
    places: Vec<Vec<Place>>,
}

impl Numbers {
    pub(super) fn new(declared: Option<SequenceNumber>) -> Numbers {
        Numbers { declared, places: Vec::new() }
    }

    /// Counts by the number of a sample, if it has one.
    pub(super) fn count(&mut self, protocol: usize, device: &mut Device, sample: &Sample<'_>) {
        let Some(declared) = &self.declared else { return };
        let field = place(&mut self.places, protocol, sample, declared);
        let number = field.and_then(|field| whole(sample.values.get(field)?));
        let Some(number) = number else { return };
        let sequence = device.sequence.get_or_insert_with(|| Box::new(Sequence::new(declared.clone())));
        match sequence.step(number) {
            Step::Gap { missing } => device.missing = device.missing.saturating_add(missing),
            Step::Late { missed: true } => device.missing = device.missing.saturating_sub(1),
            Step::Again => device.repeated = device.repeated.saturating_add(1),
            Step::Next | Step::Late { missed: false } | Step::Restart => {}
        }
    }
}

fn place(
    places: &mut Vec<Vec<Place>>,
    protocol: usize,
    sample: &Sample<'_>,
    declared: &SequenceNumber,
) -> Option<usize> {
    let schema = &sample.schema;
    if places.len() <= protocol {
        places.resize_with(protocol.saturating_add(1), Vec::new);
    }
    let schemas = places.get_mut(protocol)?;
    if schemas.len() <= schema.index && schema.index < MAX_COLUMNS {
        schemas.resize_with(schema.index.saturating_add(1), Place::default);
    }
    let place = schemas.get_mut(schema.index)?;
    if place.known != schema.fields.len() {
        let of = |name: &str| declared.is_of(schema.name, name);
        *place = Place { known: schema.fields.len(), field: schema.fields.iter().position(|field| of(field.name)) };
    }
    place.field
}
