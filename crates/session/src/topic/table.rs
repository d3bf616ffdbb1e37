//! Many filters at once: a tree with a level of text in each branch. A search takes no memory and no longer than the
//! branches that a topic can be on.

use super::filter::{Filter, Level};
use std::str::Split;

/// Filters, each with its number: the order in which they were put in.
#[derive(Clone, Debug, Default)]
pub struct Table {
    nodes: Vec<Node>,
    /// For each filter the level that is the device.
    devices: Vec<Option<usize>>,
}

/// What follows one level.
#[derive(Clone, Debug, Default)]
struct Node {
    /// By text, sorted.
    texts: Vec<(Box<str>, usize)>,
    /// After `+` and `{device}`.
    any: Option<usize>,
    /// The filter that ends here with `#`.
    rest: Option<usize>,
    /// The filter that ends here.
    end: Option<usize>,
}

/// The filter that a topic matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'t> {
    /// Its number.
    pub filter: usize,
    /// The level of the topic that is the device, where the filter names one.
    pub device: Option<&'t str>,
}

impl Table {
    /// A table of these filters.
    #[must_use]
    pub fn new<'f>(filters: impl IntoIterator<Item = &'f Filter>) -> Table {
        let mut table = Table { nodes: vec![Node::default()], devices: Vec::new() };
        filters.into_iter().for_each(|filter| table.put(filter));
        table
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.devices.is_empty()
    }

    fn put(&mut self, filter: &Filter) {
        let number = self.devices.len();
        self.devices.push(filter.levels.iter().position(|level| *level == Level::Device));
        let mut at = 0;
        for level in &filter.levels {
            let fresh = self.nodes.len();
            let Some(node) = self.nodes.get_mut(at) else { return };
            let next = match level {
                Level::Rest => {
                    node.rest.get_or_insert(number);
                    return;
                }
                Level::Any | Level::Device | Level::Named(_) => *node.any.get_or_insert(fresh),
                Level::Text(text) => match node.texts.binary_search_by(|(known, _)| known.as_ref().cmp(text)) {
                    Ok(found) => node.texts.get(found).map_or(fresh, |(_, next)| *next),
                    Err(place) => {
                        node.texts.insert(place, (text.as_str().into(), fresh));
                        fresh
                    }
                },
            };
            if next == fresh {
                self.nodes.push(Node::default());
            }
            at = next;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.end.get_or_insert(number);
        }
    }

    /// The first of the filters that a topic matches.
    #[must_use]
    pub fn find<'t>(&self, topic: &'t str) -> Option<Found<'t>> {
        let filter = self.look(0, topic.split('/'), topic.starts_with('$'))?;
        let level = self.devices.get(filter).copied().flatten();
        Some(Found { filter, device: level.and_then(|level| topic.split('/').nth(level)) })
    }

    /// The least number below a node. No wildcard stands for a first level that begins with `$` (section 4.7.2).
    fn look(&self, node: usize, mut parts: Split<'_, char>, dollar: bool) -> Option<usize> {
        let node = self.nodes.get(node)?;
        let rest = node.rest.filter(|_| !dollar);
        let Some(part) = parts.next() else { return least(rest, node.end) };
        let text = node.texts.binary_search_by(|(known, _)| known.as_ref().cmp(part)).ok();
        let text = text.and_then(|at| node.texts.get(at)).and_then(|(_, next)| self.look(*next, parts.clone(), false));
        let any = node.any.filter(|_| !dollar).and_then(|next| self.look(next, parts, false));
        least(rest, least(text, any))
    }
}

fn least(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one.into_iter().chain(other).min()
}

/// What of a topic tells it from the others that are subscribed to: without the levels that all filters begin with, and
/// without those that all end with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    before: usize,
    after: usize,
}

impl Own {
    /// Among topics that match these filters.
    #[must_use]
    pub fn of(filters: &[Filter]) -> Own {
        let common = |at: &dyn Fn(&Filter, usize) -> Option<Level>| {
            let same = |n: &usize| {
                let mut levels = filters.iter().map(|filter| at(filter, *n));
                let first = levels.next().flatten();
                matches!(first, Some(Level::Text(_))) && levels.all(|level| level == first)
            };
            (0..).take_while(same).count()
        };
        let before = common(&|filter, n| filter.levels.get(n).cloned());
        let shortest = filters.iter().map(|filter| filter.levels.len()).min().unwrap_or(0);
        let after = common(&|filter, n| filter.levels.iter().rev().nth(n).cloned());
        Own { before, after: after.min(shortest.saturating_sub(before)) }
    }

    /// The part of a topic; empty where there is only this one.
    #[must_use]
    pub fn part<'t>(&self, topic: &'t str) -> &'t str {
        let slashes = || topic.match_indices('/').map(|(at, _)| at);
        let from = match self.before {
            0 => 0,
            n => slashes().nth(n.saturating_sub(1)).map_or(topic.len(), |at| at.saturating_add(1)),
        };
        let to = match self.after {
            0 => topic.len(),
            n => slashes().rev().nth(n.saturating_sub(1)).unwrap_or(from),
        };
        topic.get(from..to).unwrap_or_default()
    }
}
