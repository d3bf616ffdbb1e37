//! Which table a schema's samples go to.

use crate::{Store, Table};
use alloc::format;
use codec::Schema;

/// Tables a store keeps at most; samples of further schemas count as evicted.
const TABLES: usize = 4096;
/// Fields a table keeps at most; samples of wider schemas count as evicted.
const FIELDS: usize = 65_536;

impl Store {
    /// Makes the table of a schema without a row, where there is none yet.
    pub fn declare(&mut self, schema: &Schema<'_>) {
        self.bind(schema);
    }

    /// The table for a schema in this epoch, made or widened if need be. `None` where the limits, or half of the
    /// budget for names alone, forbid that.
    pub(crate) fn bind(&mut self, schema: &Schema<'_>) -> Option<usize> {
        if schema.fields.len() > FIELDS || schema.index >= TABLES {
            return None;
        }
        let held = self.table_of(schema.index);
        let held =
            held.filter(|index| self.tables.get(*index).is_some_and(|table| table.accepts(schema, self.clocked)));
        let index = match held.or_else(|| self.known(schema)) {
            Some(index) => index,
            None => self.add_table(schema)?,
        };
        let table = self.tables.get_mut(index)?;
        let names = table.names_of(schema);
        if names > 0 {
            if self.names.saturating_add(names) > self.budget / 2 {
                return None;
            }
            let before = table.bytes();
            table.widen(schema);
            let after = table.bytes();
            self.names = self.names.saturating_add(names);
            self.account(before, after);
        }
        if self.bound.len() <= schema.index {
            self.bound.resize(schema.index.saturating_add(1), usize::MAX);
        }
        *self.bound.get_mut(schema.index)? = index;
        Some(index)
    }

    /// The newest table of an earlier epoch in which rows of this schema can go on.
    fn known(&self, schema: &Schema<'_>) -> Option<usize> {
        let mut tables = self.tables.iter().enumerate().rev();
        tables
            .find(|(index, table)| {
                *index >= self.retired && table.accepts(schema, self.clocked) && !self.bound.contains(index)
            })
            .map(|(index, _)| index)
    }

    fn add_table(&mut self, schema: &Schema<'_>) -> Option<usize> {
        let table = size_of::<Table>().saturating_add(schema.name.len().saturating_mul(2));
        if self.tables.len() >= TABLES || self.names.saturating_add(table) > self.budget / 2 {
            return None;
        }
        let name = match self.tables.iter().filter(|table| table.schema() == schema.name).count() {
            0 => schema.name.into(),
            namesakes => format!("{}#{}", schema.name, namesakes.saturating_add(1)),
        };
        let table = Table::new(name, schema.name, self.clocked);
        self.names = self.names.saturating_add(size_of::<Table>()).saturating_add(schema.name.len().saturating_mul(2));
        self.account(0, table.bytes());
        self.tables.push(table);
        self.tables.len().checked_sub(1)
    }
}
