//! The table as text, for other programs.

use super::Fleet;
use super::order::{Known, Order};
use crate::answer::csv::{write_text, write_time, write_value};
use crate::query::{Cell, Csv, FleetQuery, Outcome, OutcomeKind, State};
use store::Time;

impl Fleet {
    /// Every row that the query wants, in its order, as text: values as they came, times in UTC (RFC 3339).
    pub(crate) fn text(&self, now: Time, query: &FleetQuery, columns: &[u16], tabs: bool) -> Csv {
        let states = self.devices.states(now, self.stale_nanos);
        // An order of its own: the one on the screen stays as it is held.
        let mut order = Order::default();
        let bulk = self.bulk.as_ref();
        let known = Known { devices: &self.devices, columns: &self.columns, states: &states, bulk };
        order.arrange(now, &FleetQuery { group: None, ..query.clone() }, &known);
        let told = self.columns.told();
        let (between, end) = if tabs { ('\t', "\n") } else { (',', "\r\n") };
        let mut text =
            String::from("device,state,last seen,messages,rejected,missing").replace(',', &between.to_string());
        for column in columns.iter().filter_map(|column| told.get(usize::from(*column))) {
            text.push(between);
            let unit = if column.unit.is_empty() { String::new() } else { format!(" [{}]", column.unit) };
            write_text(&mut text, &format!("{}{unit}", column.name));
        }
        if let Some(bulk) = bulk {
            text.push(between);
            write_text(&mut text, &bulk.command.name);
            for head in ["milliseconds", "reply"] {
                text.push(between);
                text.push_str(head);
            }
        }
        text.push_str(end);
        for number in order.devices() {
            let Some(device) = self.devices.get(*number) else { continue };
            write_text(&mut text, &crate::screen::visible(&device.name));
            text.push(between);
            text.push_str(word(states.get(*number as usize).copied().unwrap_or(State::Silent)));
            text.push(between);
            if let Some(seen) = device.seen {
                write_time(&mut text, seen.0);
            }
            for count in [device.messages, device.rejected, device.missing] {
                text.push(between);
                text.push_str(&count.to_string());
            }
            for column in columns {
                text.push(between);
                match self.columns.cell(*column, *number) {
                    Cell::Text(said) if tabs => write_text(&mut text, &said.replace(['\t', '\n', '\r'], " ")),
                    cell => write_value(&mut text, &cell),
                }
            }
            if let Some(bulk) = bulk {
                let outcome = bulk.outcome(*number);
                let millis =
                    outcome.filter(|outcome| outcome.kind == OutcomeKind::Replied).map(|outcome| outcome.millis);
                for cell in [outcome.map_or("", came), &millis.map(|n| n.to_string()).unwrap_or_default()] {
                    text.push(between);
                    text.push_str(cell);
                }
                text.push(between);
                // A tab or a line break in a reply would begin another cell or row of the clipboard's table.
                write_text(
                    &mut text,
                    &outcome.map(|outcome| outcome.text.replace(['\t', '\n', '\r'], " ")).unwrap_or_default(),
                );
            }
            text.push_str(end);
        }
        Csv { text, rows: order.devices().len() as u64, next: None, missed: 0 }
    }
}

/// Words for programs: the same in every language.
fn word(state: State) -> &'static str {
    match state {
        State::Error => "not understood",
        State::Offline => "offline",
        State::Stale => "stale",
        State::Silent => "silent",
        State::Connected => "connected",
    }
}

fn came(outcome: &Outcome) -> &'static str {
    match outcome.kind {
        OutcomeKind::Refused => "refused",
        OutcomeKind::NoReply => "no reply",
        OutcomeKind::NotSent => "not sent",
        OutcomeKind::Waiting => "waiting",
        OutcomeKind::UnderWay => "on its way",
        OutcomeKind::Sent => "sent",
        OutcomeKind::Replied => "replied",
    }
}
