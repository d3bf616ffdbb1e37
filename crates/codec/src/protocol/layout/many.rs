//! Many frames of one message at once, column by column.

use super::Layout;
use super::plan::{At, Read, Scale};
use crate::protocol::number::{Meaning, Number};
use crate::run::{Cells, Frames, Samples};
use alloc::vec::Vec;

/// Frames that are decoded together: few enough that they and their columns stay in the first-level cache.
const TOGETHER: usize = 256;

/// The memory of the columns.
#[derive(Default)]
pub(super) struct Columns(Vec<Column>);

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
    let rest = frames.payloads(from).take(TOGETHER);
    let rows = rest.take_while(|frame| good(layout, frame) == Some(index)).count();
    // A column of another kind is another message's; a message stays the same for long.
    let columns = &mut layout.columns.0;
    if columns.len() != plan.reads.len()
        || plan.reads.iter().zip(columns.iter()).any(|((_, read), column)| column.cells().kind() != read.kind())
    {
        *columns = plan.reads.iter().map(|(_, read)| Column::new(read)).collect();
    }
    for ((at, read), column) in plan.reads.iter().zip(columns.iter_mut()) {
        // Nothing varies in length here, so every place is counted from the start.
        let At::Start(at) = *at else { return 0 };
        fill(column, read, frames.payloads(from).take(rows), at);
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

/// The bytes of a number that is known to be there.
#[inline]
fn array<const N: usize>(frame: &[u8], at: usize) -> [u8; N] {
    frame.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or([0; N])
}

fn fill<'a>(column: &mut Column, read: &Read, frames: impl Iterator<Item = &'a [u8]>, at: usize) {
    let (number, scale) = match read {
        Read::Number(number) => (*number, None),
        Read::Scaled(number, scale) => (*number, Some(*scale)),
        Read::Label(..) | Read::Text(_) | Read::Bytes(_) => return,
    };
    // One loop for each type that hardware knows, one for all the others.
    macro_rules! read {
        ($cells:ident, $type:ty) => {
            match number.big {
                true => put($cells, frames.map(|frame| <$type>::from_be_bytes(array(frame, at)).into())),
                false => put($cells, frames.map(|frame| <$type>::from_le_bytes(array(frame, at)).into())),
            }
        };
    }
    match (column, number.width, scale) {
        (Column::U64(cells), 1, _) => read!(cells, u8),
        (Column::U64(cells), 2, _) => read!(cells, u16),
        (Column::U64(cells), 4, _) => read!(cells, u32),
        (Column::U64(cells), 8, _) => read!(cells, u64),
        (Column::U64(cells), ..) => put(cells, frames.map(|frame| number.bits(frame, at))),
        (Column::I64(cells), 1, _) => read!(cells, i8),
        (Column::I64(cells), 2, _) => read!(cells, i16),
        (Column::I64(cells), 4, _) => read!(cells, i32),
        (Column::I64(cells), 8, _) => read!(cells, i64),
        (Column::I64(cells), ..) => put(cells, frames.map(|frame| number.bits(frame, at).cast_signed())),
        (Column::F32(cells), ..) => read!(cells, f32),
        (Column::F64(cells), _, None) => read!(cells, f64),
        (Column::F64(cells), _, Some(scale)) => scaled(cells, number, scale, frames, at),
        (Column::Bool(cells), ..) => put(cells, frames.map(|frame| number.bits(frame, at) != 0)),
    }
}

fn scaled<'a>(cells: &mut Vec<f64>, number: Number, scale: Scale, frames: impl Iterator<Item = &'a [u8]>, at: usize) {
    if (number.meaning, number.width, number.big) == (Meaning::Signed, 2, false) {
        return put(cells, frames.map(|frame| scale.apply(i16::from_le_bytes(array(frame, at)).into())));
    }
    put(cells, frames.map(|frame| scale.apply(number.double(number.bits(frame, at)))));
}

#[inline]
fn put<T>(cells: &mut Vec<T>, values: impl Iterator<Item = T>) {
    cells.clear();
    cells.extend(values);
}
