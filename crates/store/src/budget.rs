//! Staying within the byte budget: the way of an append that needs memory.

use crate::{Store, Table, Time, TimeBase};
use alloc::vec::Vec;
use codec::{Cells, Sample, Samples, Value};

/// No segment or page is to take more than this part of the budget, so that eviction stays fine-grained.
const SHARES: usize = 16;

impl Store {
    /// Appends where a table, a column or memory must be had first.
    #[cold]
    #[inline(never)]
    pub(crate) fn append_slowly(&mut self, time: Time, device: Time, sample: &Sample<'_>) {
        let Some(index) = self.bind(&sample.schema) else {
            self.evicted.rows = self.evicted.rows.saturating_add(1);
            return;
        };
        loop {
            let share = self.share();
            let Some(table) = self.tables.get_mut(index) else { return };
            let before = table.bytes();
            let reserved = table.reserve(sample.values, share);
            let after = table.bytes();
            self.account(before, after);
            match reserved {
                Ok(()) => self.trim(Some(index)),
                Err(_) => self.refused(Some(index)),
            }
            let fits = self.memory <= self.budget;
            if fits && reserved.is_err() {
                // Something was given up: once more.
                continue;
            }
            let Some(table) = self.tables.get_mut(index) else { return };
            if fits && table.push(time.0, device.0, sample) {
                return;
            }
            let before = table.bytes();
            let rows = table.evict_open();
            if rows == 0 {
                table.skip_rows(1);
            }
            let after = table.bytes();
            self.account(before, after);
            self.evicted.rows = self.evicted.rows.saturating_add(rows.max(1));
            if rows == 0 {
                return;
            }
        }
    }

    /// Appends one sample of a run, as a row.
    #[cold]
    pub(crate) fn append_one(&mut self, time: Time, device: Time, samples: &Samples<'_>, row: usize) {
        let value = |cells: &Cells<'_>| match *cells {
            Cells::Bool(run) => run.get(row).copied().map_or(Value::Null, Value::Bool),
            Cells::I64(run) => run.get(row).copied().map_or(Value::Null, Value::I64),
            Cells::U64(run) => run.get(row).copied().map_or(Value::Null, Value::U64),
            Cells::F32(run) => run.get(row).copied().map_or(Value::Null, Value::F32),
            Cells::F64(run) => run.get(row).copied().map_or(Value::Null, Value::F64),
        };
        let values: Vec<Value<'_>> = samples.columns.iter().map(value).collect();
        self.append_at(time, device, &Sample { schema: samples.schema, values: &values });
    }

    /// Makes room in the log; `false` where there is none, and `count` bytes are given up.
    #[cold]
    pub(crate) fn reserve_log(&mut self, count: usize) -> bool {
        let share = self.share();
        let before = self.log.bytes();
        let reserved = self.log.reserve(count, share);
        self.account(before, self.log.bytes());
        match reserved {
            Ok(()) => self.trim(None),
            Err(_) => self.refused(None),
        }
        let kept = self.memory <= self.budget;
        if !kept {
            let before = self.log.bytes();
            let mut bytes = count as u64;
            while !self.log.range().is_empty() || self.log.has_room() {
                bytes = bytes.saturating_add(self.log.evict());
            }
            self.log.skip(count as u64);
            self.account(before, self.log.bytes());
            self.evicted.bytes = self.evicted.bytes.saturating_add(bytes);
        }
        kept
    }

    /// Evicts, oldest first, until the memory is within the budget or only the open segment of `keep` is left.
    pub(crate) fn trim(&mut self, keep: Option<usize>) {
        while self.memory > self.budget && self.evict(keep) {}
    }

    /// The system has no more memory: be content with less from now on.
    fn refused(&mut self, keep: Option<usize>) {
        self.evicted.refusals = self.evicted.refusals.saturating_add(1);
        self.budget = self.budget.min(self.memory.saturating_sub(self.memory / SHARES));
        self.trim(keep);
    }

    /// Gives up the oldest segment or page there is: of the full ones while there are any.
    fn evict(&mut self, keep: Option<usize>) -> bool {
        let full = self
            .tables
            .iter()
            .enumerate()
            .filter_map(|(i, table)| Some((table.sealed.front()?.last_time(TimeBase::Arrival)?, i)));
        let (full, page) = (full.min(), self.log.oldest(true));
        if full.is_some() || page.is_some() {
            self.evict_older(full, page, |table| table.evict_sealed());
        } else {
            let open = self.tables.iter().enumerate().filter(|(i, _)| Some(*i) != keep);
            let open = open.filter_map(|(i, table)| Some((table.open.last_time(TimeBase::Arrival)?, i)));
            let (open, page) = (open.min(), self.log.oldest(false));
            if open.is_none() && page.is_none() {
                return false;
            }
            self.evict_older(open, page, |table| table.evict_open());
        }
        self.forget_gaps();
        true
    }

    fn evict_older(&mut self, segment: Option<(i64, usize)>, page: Option<i64>, evict: impl Fn(&mut Table) -> u64) {
        if let Some((time, index)) = segment
            && page.is_none_or(|page| time <= page)
            && let Some(table) = self.tables.get_mut(index)
        {
            let before = table.bytes();
            let rows = evict(table);
            let after = table.bytes();
            self.account(before, after);
            self.evicted.rows = self.evicted.rows.saturating_add(rows);
        } else {
            let before = self.log.bytes();
            let bytes = self.log.evict();
            self.account(before, self.log.bytes());
            self.evicted.bytes = self.evicted.bytes.saturating_add(bytes);
        }
    }

    /// Gaps before all that is held are of no use.
    fn forget_gaps(&mut self) {
        let before = self.gaps.bytes();
        if let Some(span) = self.span() {
            self.gaps.forget(span.0);
        }
        self.account(before, self.gaps.bytes());
    }

    pub(crate) fn account(&mut self, before: usize, after: usize) {
        self.memory = self.memory.saturating_add(after).saturating_sub(before);
    }

    fn share(&self) -> usize {
        self.budget / SHARES
    }
}
