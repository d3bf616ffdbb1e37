//! Many frames of one message at once, column by column.

use super::Layout;
use super::plan::{At, Plan, Read, Scale};
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
    let rows = agreeing(layout, plan, frames, from);
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
        fill(column, read, &Place { frames, from, rows, at });
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

/// How many frames from the first on, which is good, are good and of the same message.
fn agreeing(layout: &Layout, plan: &Plan, frames: &Frames<'_>, from: usize) -> usize {
    let together = |rows: usize| frames.payloads(from).take(rows);
    let mut rows = TOGETHER;
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
        Some(sum) => sum.checksum.agreeing(together(rows), sum.big),
        None => together(rows).count(),
    }
}

/// A number's place in the frames of a run.
struct Place<'a> {
    frames: &'a Frames<'a>,
    from: usize,
    rows: usize,
    at: usize,
}

impl Place<'_> {
    #[inline]
    fn parts<const N: usize>(&self) -> impl Iterator<Item = [u8; N]> {
        self.frames.parts(self.from, self.at).take(self.rows)
    }

    #[inline]
    fn bits(&self, number: Number) -> impl Iterator<Item = u64> {
        self.frames.payloads(self.from).take(self.rows).map(move |frame| number.bits(frame, self.at))
    }
}

fn fill(column: &mut Column, read: &Read, place: &Place<'_>) {
    let (number, scale) = match read {
        Read::Number(number) => (*number, None),
        Read::Scaled(number, scale) => (*number, Some(*scale)),
        Read::Label(..) | Read::Text(_) | Read::Bytes(_) => return,
    };
    // One loop for each type that hardware knows, one for all the others.
    macro_rules! read {
        ($cells:ident, $type:ty) => {
            match number.big {
                true => put($cells, place.parts().map(|bytes| <$type>::from_be_bytes(bytes).into())),
                false => put($cells, place.parts().map(|bytes| <$type>::from_le_bytes(bytes).into())),
            }
        };
    }
    match (column, number.width, scale) {
        (Column::U64(cells), 1, _) => read!(cells, u8),
        (Column::U64(cells), 2, _) => read!(cells, u16),
        (Column::U64(cells), 4, _) => read!(cells, u32),
        (Column::U64(cells), 8, _) => read!(cells, u64),
        (Column::U64(cells), ..) => put(cells, place.bits(number)),
        (Column::I64(cells), 1, _) => read!(cells, i8),
        (Column::I64(cells), 2, _) => read!(cells, i16),
        (Column::I64(cells), 4, _) => read!(cells, i32),
        (Column::I64(cells), 8, _) => read!(cells, i64),
        (Column::I64(cells), ..) => put(cells, place.bits(number).map(u64::cast_signed)),
        (Column::F32(cells), ..) => read!(cells, f32),
        (Column::F64(cells), _, None) => read!(cells, f64),
        (Column::F64(cells), _, Some(scale)) => scaled(cells, number, scale, place),
        (Column::Bool(cells), ..) => put(cells, place.bits(number).map(|bits| bits != 0)),
    }
}

fn scaled(cells: &mut Vec<f64>, number: Number, scale: Scale, place: &Place<'_>) {
    if (number.meaning, number.width, number.big) == (Meaning::Signed, 2, false) {
        return put(cells, place.parts().map(|bytes| scale.apply(i16::from_le_bytes(bytes).into())));
    }
    put(cells, place.bits(number).map(|bits| scale.apply(number.double(bits))));
}

#[inline]
fn put<T>(cells: &mut Vec<T>, values: impl Iterator<Item = T>) {
    cells.clear();
    cells.extend(values);
}
