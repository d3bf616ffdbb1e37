//! Lines that hold a text or match a pattern. Those that do not change any more are looked through once, a slice for each
//! question, so that a million of them stall nobody.

use super::pages::Pages;
use crate::query::{Find, Found};
use crate::words::Said;
use memchr::memmem::Finder;
use regex_lite::{Regex, RegexBuilder};
use std::collections::VecDeque;

/// Bytes of a pattern.
const MAX_PATTERN: usize = 256;

/// Bytes looked through for one question, where a text is sought.
const SLICE: usize = 4 << 20;

/// Sizes of compiled patterns, and bytes looked through for one question by a pattern of no more than that: the time that a
/// line takes is at most the product of both.
const PATTERNS: [(usize, usize); 3] = [(4 << 10, 256 << 10), (16 << 10, 64 << 10), (64 << 10, 16 << 10)];

/// Matches shown in one line.
const MAX_MATCHES: usize = 64;

enum Matcher {
    /// Wherever these bytes are.
    Text(Finder<'static>),
    /// The same in ASCII capitals and small letters; the text sought is in small ones.
    AnyCase(Finder<'static>),
    Pattern(Regex),
}

/// What is sought, and where it was found.
pub(super) struct Search {
    pub(super) find: Find,
    matcher: Result<Matcher, Said>,
    slice: usize,
    /// Numbers of lines, ascending.
    hits: VecDeque<u64>,
    /// Lines found that have been given up since.
    gone: u64,
    /// The next line to look at.
    pub(super) at: u64,
    lower: String,
}

impl Search {
    pub(super) fn new(find: &Find) -> Search {
        let (matcher, slice) = match matcher(find) {
            Ok((matcher, slice)) => (Ok(matcher), slice),
            Err(why) => (Err(why), 0),
        };
        Search { find: find.clone(), matcher, slice, hits: VecDeque::new(), gone: 0, at: 0, lower: String::new() }
    }

    /// Looks at a slice of the lines from where it left off up to, without, a line.
    pub(super) fn go_on(&mut self, pages: &Pages, until: u64) {
        let oldest = pages.oldest();
        while self.hits.front().is_some_and(|hit| *hit < oldest) {
            self.hits.pop_front();
            self.gone = self.gone.saturating_add(1);
        }
        let Ok(matcher) = &self.matcher else { return };
        self.at = self.at.max(oldest);
        let mut budget = self.slice;
        while self.at < until && budget > 0 {
            let Some(block) = pages.text_from(self.at) else { break };
            let lines = block.lines().min(until.saturating_sub(self.at));
            match matcher {
                Matcher::Pattern(pattern) => {
                    for line in pages.from(self.at).take(usize::try_from(lines).unwrap_or(usize::MAX)) {
                        if pattern.is_match(line.text) {
                            self.hits.push_back(line.number);
                        }
                        self.at = line.number.saturating_add(1);
                        budget = budget.saturating_sub(line.text.len().max(16));
                        if budget == 0 {
                            break;
                        }
                    }
                }
                Matcher::Text(finder) | Matcher::AnyCase(finder) => {
                    let text = if matches!(matcher, Matcher::AnyCase(_)) {
                        self.lower.clear();
                        self.lower.push_str(block.text);
                        self.lower.make_ascii_lowercase();
                        &self.lower
                    } else {
                        block.text
                    };
                    let end = self.at.saturating_add(lines);
                    let mut from = 0;
                    while let Some(hit) = text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
                        let hit = hit.saturating_add(from);
                        let (number, line_end) = block.line_at(hit);
                        if number >= end {
                            break;
                        }
                        if hit.saturating_add(finder.needle().len()) <= line_end {
                            self.hits.push_back(number);
                            from = line_end;
                        } else {
                            // It would reach into the next line.
                            from = hit.saturating_add(1);
                        }
                    }
                    budget = budget.saturating_sub(text.len().max(1));
                    self.at = end;
                }
            }
        }
    }

    /// Where it is in a line: bytes from and to.
    pub(super) fn matches(&self, text: &str) -> Vec<(u16, u16)> {
        let mut found = Vec::new();
        let mut add = |from: usize, to: usize| {
            if let (Ok(from), Ok(to), true) = (u16::try_from(from), u16::try_from(to), from < to) {
                found.push((from, to));
            }
        };
        let text_matches = |text: &str, finder: &Finder<'_>, add: &mut dyn FnMut(usize, usize)| {
            let len = finder.needle().len();
            finder.find_iter(text.as_bytes()).take(MAX_MATCHES).for_each(|at| add(at, at.saturating_add(len)));
        };
        match &self.matcher {
            Ok(Matcher::Text(finder)) => text_matches(text, finder, &mut add),
            Ok(Matcher::AnyCase(finder)) => text_matches(&text.to_ascii_lowercase(), finder, &mut add),
            Ok(Matcher::Pattern(pattern)) => {
                pattern.find_iter(text).take(MAX_MATCHES).for_each(|found| add(found.start(), found.end()));
            }
            Err(_) => {}
        }
        found
    }

    /// Whether anything can be found: not by a pattern that is none.
    pub(super) fn can_find(&self) -> bool {
        self.matcher.is_ok()
    }

    /// Whether a line is one of those sought.
    pub(super) fn is_in(&self, text: &str) -> bool {
        match &self.matcher {
            Ok(Matcher::Text(finder)) => finder.find(text.as_bytes()).is_some(),
            Ok(Matcher::AnyCase(finder)) => finder.find(text.to_ascii_lowercase().as_bytes()).is_some(),
            Ok(Matcher::Pattern(pattern)) => pattern.is_match(text),
            Err(_) => false,
        }
    }

    /// Places of the lines found from one line up to, without, another; those given up since count as well.
    pub(super) fn range(&self, since: u64, until: Option<u64>) -> (u64, u64) {
        let place = |line: u64| self.gone.saturating_add(self.hits.partition_point(|hit| *hit < line) as u64);
        let end = until.map_or(self.gone.saturating_add(self.hits.len() as u64), place);
        (place(since).min(end), end)
    }

    /// How many bytes may be looked through for one question; `None` where nothing can be found.
    pub(super) fn slice(&self) -> Option<usize> {
        self.matcher.is_ok().then_some(self.slice)
    }

    pub(super) fn hits_from(&self, index: u64) -> impl Iterator<Item = u64> {
        let skip = usize::try_from(index.saturating_sub(self.gone)).unwrap_or(usize::MAX).min(self.hits.len());
        self.hits.range(skip..).copied()
    }

    /// What is told of it: `fresh` are lines that may still change and hold it, ascending.
    pub(super) fn found(&self, current: Option<u64>, oldest: u64, until: u64, fresh: &[u64]) -> Found {
        let all = || self.hits.iter().chain(fresh).copied();
        let count = (self.hits.len() as u64).saturating_add(fresh.len() as u64);
        let before = |at: u64| {
            let before = self.hits.partition_point(|hit| *hit < at);
            before.saturating_add(fresh.iter().filter(|hit| **hit < at).count())
        };
        let nth =
            |index: usize| self.hits.get(index).or_else(|| fresh.get(index.checked_sub(self.hits.len())?)).copied();
        let (mut previous, mut next, mut place) = (None, None, None);
        if let Some(at) = current {
            let index = before(at);
            let is_hit = nth(index) == Some(at);
            place = is_hit.then(|| (index as u64).saturating_add(1));
            next = nth(index.saturating_add(usize::from(is_hit))).or_else(|| all().next());
            previous = index.checked_sub(1).and_then(nth).or_else(|| all().next_back());
        }
        let held = until.saturating_sub(oldest).max(1);
        let done = self.at.saturating_sub(oldest).min(held);
        let percent = u8::try_from(done.saturating_mul(100).checked_div(held).unwrap_or(100)).unwrap_or(100);
        let complete = self.matcher.is_err() || self.at >= until;
        Found {
            lines: count,
            place,
            previous,
            next,
            percent: if complete { 100 } else { percent.min(99) },
            wrong: self.matcher.as_ref().err().cloned(),
        }
    }

    /// Whether there is more to look at.
    pub(super) fn is_behind(&self, until: u64) -> bool {
        self.matcher.is_ok() && self.at < until
    }
}

fn matcher(find: &Find) -> Result<(Matcher, usize), Said> {
    if find.text.len() > MAX_PATTERN {
        return Err(crate::words::script::pattern_too_long(MAX_PATTERN, find.text.len()));
    }
    if !find.pattern {
        let matcher = if find.case {
            Matcher::Text(Finder::new(find.text.as_bytes()).into_owned())
        } else {
            Matcher::AnyCase(Finder::new(find.text.to_ascii_lowercase().as_bytes()).into_owned())
        };
        return Ok((matcher, SLICE));
    }
    let mut why = String::new();
    for (size, slice) in PATTERNS {
        let built = RegexBuilder::new(&find.text).case_insensitive(!find.case).size_limit(size).nest_limit(32).build();
        match built {
            Ok(pattern) => return Ok((Matcher::Pattern(pattern), slice)),
            Err(error) => why = error.to_string(),
        }
    }
    Err(crate::words::script::no_regex(&why))
}
