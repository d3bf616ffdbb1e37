//! One lane per unit: series that share a unit share a lane, and nothing else does. Numbers without a unit are not
//! comparable, so each has a lane of its own; only the items of an array share one.

use super::fields::Plottable;
use crate::words::device;
use session::query::FieldId;
use std::collections::BTreeSet;

/// A lane and its series.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Its unit, as UCUM text.
    pub unit: String,
    /// What its series have in common where they have no unit: the name of their array, or the one's own name.
    pub array: String,
    /// Its series.
    pub series: Vec<Line>,
}

/// One series: its field, its name, and how it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The field.
    pub id: FieldId,
    /// Its name.
    pub name: String,
    /// Its colour: 0 to 7, by the order in which fields were chosen.
    pub colour: usize,
    /// Its dash pattern: 0 for none; from the second series of a lane on.
    pub dash: usize,
}

/// The lanes for the chosen fields, in order.
#[must_use]
pub fn lanes(fields: &[Plottable], chosen: &[FieldId]) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for (order, id) in chosen.iter().enumerate() {
        let Some(field) = fields.iter().find(|field| field.id == *id) else { continue };
        let key = if field.unit.is_empty() { array_of(&field.name) } else { "" };
        let same = |lane: &Lane| lane.unit == field.unit && lane.array == key;
        let index = lanes.iter().position(same).unwrap_or_else(|| {
            lanes.push(Lane { unit: field.unit.clone(), array: key.to_owned(), series: Vec::new() });
            lanes.len() - 1
        });
        if let Some(lane) = lanes.get_mut(index) {
            let dash = lane.series.len() % 4;
            lane.series.push(Line { id: *id, name: field.name.clone(), colour: order % 8, dash });
        }
    }
    lanes
}

/// The lanes that are drawn: those with a series that is not hidden. The others leave their room to them.
pub fn drawn<'a>(lanes: &'a [Lane], hidden: &BTreeSet<FieldId>) -> Vec<&'a Lane> {
    lanes.iter().filter(|lane| lane.series.iter().any(|line| !hidden.contains(&line.id))).collect()
}

/// Where the legend's rows stand, in order: for each lane drawn its share of the height, and how many rows are beside
/// it. The rows of a lane that is not drawn stand with the lane before it, or with the first.
#[must_use]
pub fn beside(lanes: &[Lane], hidden: &BTreeSet<FieldId>) -> Vec<(f64, usize)> {
    let mut groups: Vec<(f64, usize)> = Vec::new();
    let mut first = 0;
    for lane in lanes {
        let is_drawn = !drawn(std::slice::from_ref(lane), hidden).is_empty();
        match groups.last_mut() {
            Some((_, rows)) if !is_drawn => *rows += lane.series.len(),
            None if !is_drawn => first += lane.series.len(),
            _ => groups.push((lane.weight(), lane.series.len() + std::mem::take(&mut first))),
        }
    }
    if first > 0 {
        groups.push((1.0, first));
    }
    groups
}

/// The name without the index of an item: `cells` of `cells.3`.
fn array_of(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((array, index)) if !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit()) => array,
        _ => name,
    }
}

impl Lane {
    /// What it is known by while its series come and go.
    #[must_use]
    pub fn key(&self) -> String {
        if self.unit.is_empty() { format!("·{}", self.array) } else { self.unit.clone() }
    }

    /// What it is called: its unit as it is printed, or the name of its only series or its array.
    #[must_use]
    pub fn name(&self) -> String {
        if self.unit.is_empty() { device::field(&self.array) } else { crate::view::format::unit(&self.unit) }
    }

    /// Its share of the height: a lane with more series gets more room, within reason.
    #[must_use]
    pub fn weight(&self) -> f64 {
        match self.series.len() {
            0 | 1 => 1.0,
            2 => 1.25,
            _ => 1.5,
        }
    }
}

/// The colour token of a series.
#[must_use]
pub fn colour_token(colour: usize) -> String {
    format!("--plot-{}", colour % 8 + 1)
}

/// The dash pattern, in the canvas' pixels.
#[must_use]
pub fn dashes(dash: usize) -> &'static [f64] {
    match dash {
        0 => &[],
        1 => &[7.0, 3.0],
        2 => &[2.0, 3.0],
        _ => &[9.0, 3.0, 2.0, 3.0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_a_unit_stand_alone_but_for_arrays() {
        let field =
            |field, name: &str| Plottable { id: FieldId { table: 0, field }, name: name.into(), unit: String::new() };
        let fields = [field(0, "count"), field(1, "cells.0"), field(2, "cells.1"), field(3, "load")];
        let lanes = lanes(&fields, &fields.each_ref().map(|field| field.id));
        assert_eq!(lanes.iter().map(|lane| lane.series.len()).collect::<Vec<_>>(), [1, 2, 1]);
    }

    #[test]
    fn a_lane_without_a_series_to_show_leaves_its_room_and_its_rows_to_another() {
        let field = |field, unit: &str| Plottable {
            id: FieldId { table: 0, field },
            name: format!("f{field}"),
            unit: unit.into(),
        };
        let fields = [field(0, "A"), field(1, "V"), field(2, "A"), field(3, "K")];
        let ids = fields.each_ref().map(|field| field.id);
        let lanes = lanes(&fields, &ids);
        let with = |hidden: &[usize]| {
            let hidden = hidden.iter().map(|index| ids[*index]).collect();
            let units: String = drawn(&lanes, &hidden).iter().map(|lane| lane.unit.as_str()).collect();
            (units, beside(&lanes, &hidden))
        };
        assert_eq!(with(&[]), ("AVK".into(), vec![(1.25, 2), (1.0, 1), (1.0, 1)]));
        assert_eq!(with(&[0]), ("AVK".into(), vec![(1.25, 2), (1.0, 1), (1.0, 1)]), "one of two is still drawn");
        assert_eq!(with(&[1]), ("AK".into(), vec![(1.25, 3), (1.0, 1)]));
        assert_eq!(with(&[0, 2]), ("VK".into(), vec![(1.0, 3), (1.0, 1)]));
        assert_eq!(with(&[0, 2, 3]), ("V".into(), vec![(1.0, 4)]));
        assert_eq!(with(&[0, 1, 2, 3]), (String::new(), vec![(1.0, 4)]), "all can be shown again");
    }

    #[test]
    fn units_are_never_mixed_in_a_lane_and_colours_follow_the_order() {
        let field = |field, unit: &str| Plottable {
            id: FieldId { table: 0, field },
            name: format!("f{field}"),
            unit: unit.into(),
        };
        let fields = [field(0, "A"), field(1, "V"), field(2, "A")];
        let lanes = lanes(&fields, &fields.each_ref().map(|field| field.id));
        assert_eq!(lanes.iter().map(|lane| lane.unit.as_str()).collect::<Vec<_>>(), ["A", "V"]);
        assert_eq!(lanes[0].series.iter().map(|line| (line.colour, line.dash)).collect::<Vec<_>>(), [(0, 0), (2, 1)]);
    }
}
