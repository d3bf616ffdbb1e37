//! A walked message as a sample.

use super::super::{chars, made, number_value};
use super::{Flow, Size, Step, walk};
use crate::protocol::discover::{sample, set};
use crate::protocol::scratch::Scratch;
use crate::{DecodeError, Kind, Sample, Value};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::ops::Range;

impl Step {
    /// How the values of its field are kept.
    pub(in super::super) fn kind(&self) -> Kind {
        match self {
            Self::Number { read, .. } => read.kind(),
            Self::Span { text: true, .. } => Kind::Text,
            _ => Kind::Bytes,
        }
    }

    pub(in super::super) fn unit(&self) -> &str {
        match self {
            Self::Number { leaf, .. } | Self::Span { leaf, .. } => &leaf.unit,
            _ => "",
        }
    }

    /// Padding is no part of a text.
    fn text<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        match self {
            Self::Span { size: Size::Fixed(len), .. } => chars(bytes, Some(*len)),
            _ => bytes,
        }
    }

    /// Text that is not in the frame as it is.
    fn made(&self, body: &[u8], bytes: &Range<usize>) -> Option<String> {
        match self {
            Self::Number { read, .. } => made(read, body, bytes.start),
            Self::Span { text: true, .. } => {
                let bytes = self.text(body.get(bytes.clone()).unwrap_or_default());
                core::str::from_utf8(bytes).is_err().then(|| String::from_utf8_lossy(bytes).to_string())
            }
            _ => None,
        }
    }

    fn value<'a>(
        &'a self,
        body: &'a [u8],
        bytes: &Range<usize>,
        spill: &mut core::slice::Iter<'a, String>,
    ) -> Value<'a> {
        let part = body.get(bytes.clone()).unwrap_or_default();
        match self {
            Self::Number { read, .. } => number_value(read, body, bytes.start, spill),
            Self::Span { text: true, .. } => {
                let text = core::str::from_utf8(self.text(part));
                Value::Text(text.unwrap_or_else(|_| spill.next().map_or("", String::as_str)))
            }
            _ => Value::Bytes(part),
        }
    }
}

impl Flow {
    /// See [`Decoder::decode`](crate::Decoder::decode).
    pub(in super::super) fn decode(
        &mut self,
        body: &[u8],
        scratch: &mut Scratch,
        spill: &mut Vec<String>,
        emit: &mut dyn FnMut(Sample<'_>),
    ) -> Result<(), DecodeError> {
        let Self { steps, kept, message, .. } = self;
        let (mut names, mut met) = (String::new(), Vec::new());
        walk(steps, *kept, body, &mut |name, step, bytes| {
            let from = names.len();
            names.push_str(name);
            met.push((from..names.len(), step, bytes));
        })?;
        // Only now is the frame known to be good.
        let mut places = Vec::with_capacity(met.len());
        for (guess, (name, step, bytes)) in met.iter().enumerate() {
            let name = names.get(name.clone()).unwrap_or_default();
            let place = match message.find(name, guess) {
                Some(place) => place,
                None => message.add(name, step.kind(), step.unit()).map_err(|excess| excess.at(bytes.start))?,
            };
            places.push(place);
        }
        spill.clear();
        spill.extend(met.iter().filter_map(|(_, step, bytes)| step.made(body, bytes)));
        let mut spill = spill.iter();
        let mut values = scratch.take();
        for ((_, step, bytes), place) in met.iter().zip(places) {
            set(&mut values, place, step.value(body, bytes, &mut spill));
        }
        emit(sample(message.schema(), &values));
        scratch.put(values);
        Ok(())
    }
}
