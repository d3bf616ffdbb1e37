//! Many frames of one message at once, column by column.

use super::Layout;
use super::plan::{At, Plan, Read};
use crate::protocol::number::{Meaning, Number};
use crate::run::planes::{ABREAST, Abreast, Planes};
use crate::run::{Cells, Frames, Samples};
use alloc::vec::Vec;
use wide::u8x16;

/// What is kept from one run to the next: memory.
#[derive(Default)]
pub(super) struct Columns {
    columns: Vec<Column>,
    planes: Planes,
}

enum Column {
    Bool(Vec<bool>),
    I64(Vec<i64>),
    U64(Vec<u64>),
    F32(Vec<f32>),
    F64(Vec<f64>),
}

impl Column {
    fn new(read: &Read) -> Self {
        match read {
            Read::Number(Number { meaning: Meaning::Unsigned, .. }) => Self::U64(Vec::new()),
            Read::Number(Number { meaning: Meaning::Signed, .. }) => Self::I64(Vec::new()),
            Read::Number(Number { meaning: Meaning::Float, width: 4, .. }) => Self::F32(Vec::new()),
            Read::Number(Number { meaning: Meaning::Bool, .. }) => Self::Bool(Vec::new()),
            _ => Self::F64(Vec::new()),
        }
    }

    fn cells(&self) -> Cells<'_> {
        match self {
            Self::Bool(cells) => Cells::Bool(cells),
            Self::I64(cells) => Cells::I64(cells),
            Self::U64(cells) => Cells::U64(cells),
            Self::F32(cells) => Cells::F32(cells),
            Self::F64(cells) => Cells::F64(cells),
        }
    }
}

/// See [`Decoder::decode_many`](crate::Decoder::decode_many).
pub(super) fn decode(
    layout: &mut Layout,
    frames: &Frames<'_>,
    from: usize,
    emit: &mut dyn FnMut(Samples<'_>),
) -> usize {
    let Some(index) = frames.payload(from).and_then(|first| good(layout, first)) else { return 0 };
    let Some(plan) = layout.messages.get(index).filter(|plan| plan.columnar()) else { return 0 };
    layout.columns.planes.turn(frames, from);
    let rows = agreeing(layout, plan, frames, from);
    let Columns { columns, planes } = &mut layout.columns;
    // A column of another kind is another message's; a message stays the same for long.
    if columns.len() != plan.reads.len()
        || plan.reads.iter().zip(columns.iter()).any(|((_, read), column)| column.cells().kind() != read.kind())
    {
        *columns = plan.reads.iter().map(|(_, read)| Column::new(read)).collect();
    }
    for ((at, read), column) in plan.reads.iter().zip(columns.iter_mut()) {
        // Nothing varies in length here, so every place is counted from the start.
        let At::Start(at) = *at else { return 0 };
        column.fill(read, &Place { frames, from, planes, rows, at });
    }
    let cells: Vec<Cells<'_>> = columns.iter().map(Column::cells).collect();
    emit(Samples { schema: plan.schema.schema(), rows, columns: &cells });
    rows
}

/// The message that a good frame is.
#[inline]
fn good(layout: &Layout, frame: &[u8]) -> Option<usize> {
    let body = layout.body(frame).ok()?;
    let index = layout.select(body).ok()?;
    layout.messages.get(index)?.check(body).ok()?;
    Some(index)
}

/// How many of the frames that were turned, from the first on, which is good, are good and of the same message.
fn agreeing(layout: &Layout, plan: &Plan, frames: &Frames<'_>, from: usize) -> usize {
    let planes = &layout.columns.planes;
    let together = |rows: usize| frames.payloads(from).take(rows);
    let mut rows = planes.rows();
    // Cheap and seldom wrong first: the check sequence is looked at as far as the rest agrees.
    if let Some((at, number)) = plan.discriminator {
        let id = |frame: &[u8]| number.bits(frame, at);
        rows = together(rows).take_while(|frame| id(frame) == plan.id).count();
    }
    let trailer = layout.trailer.as_ref();
    if !plan.constants.is_empty() || !plan.sums.is_empty() {
        let len = trailer.map_or(0, |sum| sum.checksum.bytes());
        let body = |frame: &'_ [u8]| {
            frame.len().checked_sub(len).and_then(|len| frame.get(..len)).map(|body| plan.check(body))
        };
        rows = together(rows).take_while(|frame| body(frame).is_some_and(|checked| checked.is_ok())).count();
    }
    match trailer {
        Some(sum) => sum.checksum.agreeing(frames, from, planes, rows, sum.big),
        None => rows,
    }
}

impl Column {
    /// Reads the numbers at one place of the first `rows` frames.
    fn fill(&mut self, read: &Read, place: &Place<'_>) {
        let (number, scale) = match read {
            Read::Number(number) => (*number, None),
            Read::Scaled(number, scale) => (*number, Some(*scale)),
            Read::Label(..) | Read::Text(_) | Read::Bytes(_) => return,
        };
        // One loop for each type that hardware knows, one for all the others.
        macro_rules! read {
            ($cells:ident, $type:ty, $mean:expr) => {
                match number.big {
                    true => place.read($cells, |bytes| $mean(<$type>::from_be_bytes(bytes))),
                    false => place.read($cells, |bytes| $mean(<$type>::from_le_bytes(bytes))),
                }
            };
        }
        let width = if number.slice.is_none() { number.width } else { 0 };
        match (self, width, scale) {
            (Self::U64(cells), 1, _) => read!(cells, u8, u64::from),
            (Self::U64(cells), 2, _) => read!(cells, u16, u64::from),
            (Self::U64(cells), 4, _) => read!(cells, u32, u64::from),
            (Self::U64(cells), 8, _) => read!(cells, u64, u64::from),
            (Self::U64(cells), ..) => place.bits(number, cells, |bits| bits),
            (Self::I64(cells), 1, _) => read!(cells, i8, i64::from),
            (Self::I64(cells), 2, _) => read!(cells, i16, i64::from),
            (Self::I64(cells), 4, _) => read!(cells, i32, i64::from),
            (Self::I64(cells), 8, _) => read!(cells, i64, i64::from),
            (Self::I64(cells), ..) => place.bits(number, cells, u64::cast_signed),
            (Self::F32(cells), ..) => read!(cells, f32, f32::from),
            (Self::F64(cells), _, None) => read!(cells, f64, f64::from),
            (Self::F64(cells), 2, Some(scale)) if number.meaning == Meaning::Signed => {
                read!(cells, i16, |raw| scale.apply(f64::from(raw)));
            }
            (Self::F64(cells), _, Some(scale)) => {
                place.bits(number, cells, |bits| scale.apply(number.double(bits)));
            }
            (Self::Bool(cells), ..) => place.bits(number, cells, |bits| bits != 0),
        }
    }
}

/// A number's place in the first frames of a run.
struct Place<'a> {
    frames: &'a Frames<'a>,
    from: usize,
    planes: &'a Planes,
    rows: usize,
    at: usize,
}

impl Place<'_> {
    /// Numbers of `N` bytes, a power of two, sixteen at once.
    #[inline]
    fn read<const N: usize, T>(&self, cells: &mut Vec<T>, mean: impl Fn([u8; N]) -> T)
    where
        [u8x16; N]: Abreast + IntoIterator<Item = u8x16>,
    {
        cells.clear();
        for group in self.planes.groups().take(self.rows.div_ceil(ABREAST)) {
            let Some(planes) = group.get(self.at..).and_then(<[_]>::first_chunk::<N>) else { break };
            for vector in planes.interleaved() {
                cells.extend(vector.to_array().as_chunks().0.iter().map(|bytes| mean(*bytes)));
            }
        }
        cells.truncate(self.rows);
    }

    /// Numbers of any width, one after the other.
    #[inline]
    fn bits<T>(&self, number: Number, cells: &mut Vec<T>, mean: impl Fn(u64) -> T) {
        cells.clear();
        let frames = self.frames.payloads(self.from).take(self.rows);
        cells.extend(frames.map(|frame| mean(number.bits(frame, self.at))));
    }
}
