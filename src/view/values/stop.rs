//! Where the keyboard goes in the table: one stop of the tab key, and from there the arrow keys.

use super::arrange::{Group, Heading};
use super::row::row_id;
use session::query::FieldId;
use std::collections::BTreeSet;

/// Something in the table that can have the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The heading of a group, which folds it.
    Heading(Heading),
    /// A row.
    Row(FieldId),
}

impl Stop {
    /// The id of its element.
    pub(super) fn id(self) -> String {
        match self {
            Stop::Heading(Heading::Message(table)) => format!("values-group-{table}"),
            Stop::Heading(_) => "values-group-pinned".to_owned(),
            Stop::Row(id) => row_id(id),
        }
    }
}

/// All of them, in order: headings, and the rows that are not folded away.
pub(super) fn stops(groups: &[Group], folded: &BTreeSet<Heading>) -> Vec<Stop> {
    let mut out = Vec::new();
    for group in groups {
        if group.heading != Heading::All {
            out.push(Stop::Heading(group.heading));
        }
        if !folded.contains(&group.heading) {
            out.extend(group.lines.iter().map(|line| Stop::Row(line.id)));
        }
    }
    out
}

/// Where the tab key stops: at what had the focus last, else at the first row, else at the first heading.
pub(super) fn first_of(stops: &[Stop], wished: [Option<Stop>; 2]) -> Option<Stop> {
    let held = wished.into_iter().flatten().find(|stop| stops.contains(stop));
    let row = stops.iter().find(|stop| matches!(stop, Stop::Row(_)));
    held.or(row.copied()).or(stops.first().copied())
}

/// Where a key leads from there; Home and End to the first row and to the last.
pub(super) fn led_to(stops: &[Stop], now: Option<Stop>, key: &str) -> Option<Stop> {
    let at = stops.iter().position(|stop| Some(*stop) == now).unwrap_or(0);
    let mut rows = stops.iter().filter(|stop| matches!(stop, Stop::Row(_)));
    let to = match key {
        "ArrowDown" => stops.get(at + 1),
        "ArrowUp" => at.checked_sub(1).and_then(|at| stops.get(at)),
        "Home" => rows.next(),
        _ => rows.next_back(),
    };
    to.copied()
}

#[cfg(test)]
mod tests {
    use super::super::arrange::Line;
    use super::*;

    fn group(table: u16, fields: u16) -> Group {
        let line = |field| Line { id: FieldId { table, field }, of: String::new(), name: "f".into(), numeric: true };
        Group { heading: Heading::Message(table), name: "m".into(), lines: (0..fields).map(line).collect() }
    }

    #[test]
    fn the_arrow_keys_pass_headings_and_what_is_folded() {
        let groups = [group(0, 2), group(1, 1), group(2, 1)];
        let folded = BTreeSet::from([Heading::Message(1)]);
        let all = stops(&groups, &folded);
        let row = |table, field| Stop::Row(FieldId { table, field });
        let head = |table| Stop::Heading(Heading::Message(table));
        assert_eq!(all, [head(0), row(0, 0), row(0, 1), head(1), head(2), row(2, 0)]);
        assert_eq!(led_to(&all, Some(row(0, 1)), "ArrowDown"), Some(head(1)));
        assert_eq!(led_to(&all, Some(head(2)), "ArrowUp"), Some(head(1)));
        assert_eq!(led_to(&all, Some(head(0)), "ArrowUp"), None);
        assert_eq!([led_to(&all, None, "Home"), led_to(&all, None, "End")], [Some(row(0, 0)), Some(row(2, 0))]);
        assert_eq!(first_of(&all, [None, None]), Some(row(0, 0)));
        assert_eq!(first_of(&all, [Some(head(1)), Some(row(0, 1))]), Some(head(1)));
        assert_eq!(first_of(&all, [None, Some(row(1, 0))]), Some(row(0, 0)), "a row that is folded away is none");
        assert_eq!(first_of(&all[3..4], [None, None]), Some(head(1)));
    }
}
