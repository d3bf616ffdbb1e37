use crate::schema::{Field, Kind, Schema};
use alloc::{string::String, vec::Vec};
use self_cell::self_cell;

#[derive(Clone, Debug, Default)]
struct Names {
    message: String,
    fields: Vec<(String, Kind, String)>,
}

type Fields<'a> = Vec<Field<'a>>;

self_cell!(
    /// The names, and the fields that borrow them: a schema is lent as it is, without work for each sample.
    struct Cell {
        owner: Names,
        #[covariant]
        dependent: Fields,
    }
    impl {Debug}
);

/// A schema that owns its names and can grow.
#[derive(Debug)]
pub struct OwnedSchema {
    index: usize,
    cell: Cell,
}

impl OwnedSchema {
    /// A message without fields.
    #[must_use]
    pub fn new(index: usize, name: &str) -> Self {
        Self { index, cell: build(Names { message: name.into(), fields: Vec::new() }) }
    }

    /// Adds fields (name, kind, unit) at the end.
    pub fn extend(&mut self, fields: impl IntoIterator<Item = (String, Kind, String)>) {
        let empty = build(Names::default());
        let mut names = core::mem::replace(&mut self.cell, empty).into_owner();
        names.fields.extend(fields);
        self.cell = build(names);
    }

    /// The same under another number.
    #[must_use]
    pub fn copy(&self, index: usize) -> Self {
        Self { index, cell: build(self.cell.borrow_owner().clone()) }
    }

    /// As it is now.
    #[must_use]
    pub fn schema(&self) -> Schema<'_> {
        Schema { index: self.index, name: &self.cell.borrow_owner().message, fields: self.cell.borrow_dependent() }
    }

    /// The number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cell.borrow_dependent().len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn build(names: Names) -> Cell {
    Cell::new(names, |names| names.fields.iter().map(|(name, kind, unit)| Field { name, kind: *kind, unit }).collect())
}
