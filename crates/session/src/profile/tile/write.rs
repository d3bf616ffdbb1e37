//! Tiles that were laid out by hand, back into the profile's text. Everything else in it stays as it is, and so does the
//! text of a tile that stayed the same.

use super::super::Profile;
use super::{Area, Tile, TileKind};
use crate::words::{Said, tile as words};
use std::fmt::Write as _;
use std::ops::Range;

/// The profile's text with these tiles in place of those it has.
///
/// # Errors
/// A sentence: the text is no profile, or its tiles stand in it in a form that cannot be changed here.
pub fn with_tiles(text: &str, tiles: &[Tile]) -> Result<String, Said> {
    let old = Profile::parse(text).map_err(|error| error.said())?.dashboard.tiles;
    let blocks = blocks(text);
    if blocks.len() != old.len() {
        return Err(words::no_form());
    }
    let mut left: Vec<Option<&Tile>> = tiles.iter().map(Some).collect();
    let mut out = String::new();
    let mut done = 0;
    for (old, block) in old.iter().zip(&blocks) {
        let same = |tile: &&Tile| Tile { area: old.area, ..(*tile).clone() } == *old;
        let slot = left.iter_mut().find(|slot| slot.as_ref().is_some_and(same));
        let kept = slot.and_then(Option::take);
        let from = if kept.is_some() { block.start } else { comments_before(text, block.start).max(done) };
        out.push_str(text.get(done..from).unwrap_or_default());
        let own = text.get(block.clone()).unwrap_or_default();
        match kept {
            Some(tile) if tile.area == old.area => out.push_str(own),
            Some(tile) => out.push_str(&moved(own, tile.area)),
            None => {}
        }
        done = block.end;
        if kept.is_none() {
            // One of the empty lines around it goes with it.
            let rest = text.get(done..).unwrap_or_default();
            done = done.saturating_add(rest.len().saturating_sub(rest.trim_start_matches(['\n', '\r']).len()));
        }
    }
    let rest = text.get(done..).unwrap_or_default();
    let added: String = left.iter().flatten().map(|tile| block(tile)).collect();
    // What is added stands behind the last tile, or at the end.
    if blocks.is_empty() {
        out.push_str(rest);
    }
    if !added.is_empty() {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&added);
    }
    if !blocks.is_empty() {
        out.push_str(rest);
    }
    checked(out, tiles)
}

/// Tiles as a text of their own, to be kept beside the profile that they were laid out for.
#[must_use]
pub fn kept(tiles: &[Tile]) -> String {
    tiles.iter().map(block).collect()
}

/// The tiles of such a text as far as a profile takes them: those whose fields and commands it does not have are left out.
///
/// # Errors
/// A sentence: the text is no profile, or its tiles stand in it in a form that cannot be changed here.
pub fn with_kept(text: &str, kept: &str) -> Result<Vec<Tile>, Said> {
    let mut bare = with_tiles(text, &[])?;
    bare.push('\n');
    let read = |tiles: &str| Profile::parse(&format!("{bare}{tiles}")).map(|profile| profile.dashboard.tiles);
    Ok(read(kept).unwrap_or_else(|_| {
        let one = |block: Range<usize>| kept.get(block).and_then(|tile| read(tile).ok()).unwrap_or_default();
        blocks(kept).into_iter().flat_map(one).collect()
    }))
}

/// The text, if it says what was meant.
fn checked(text: String, tiles: &[Tile]) -> Result<String, Said> {
    let said = Profile::parse(&text).map_err(|error| error.said())?.dashboard.tiles;
    if said.len() == tiles.len() && tiles.iter().all(|tile| said.contains(tile)) {
        Ok(text)
    } else {
        Err(words::not_written())
    }
}

/// The `[[tile]]` tables: each from its header to the last line that is its own.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let headers = headers(text);
    let ends = headers.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let tiles = headers.iter().zip(ends).filter(|((_, is_tile), _)| *is_tile);
    tiles.map(|((start, _), end)| *start..own_end(text, *start, end)).collect()
}

/// Empty lines and comments before the next header are that one's.
fn own_end(text: &str, start: usize, end: usize) -> usize {
    let mut own = start;
    let mut at = start;
    for line in text.get(start..end).unwrap_or_default().split_inclusive('\n') {
        at = at.saturating_add(line.len());
        let line = line.trim();
        if !(line.is_empty() || line.starts_with('#')) {
            own = at;
        }
    }
    own
}

/// The start of the comments that stand directly above a place.
fn comments_before(text: &str, at: usize) -> usize {
    let mut start = at;
    for line in text.get(..at).unwrap_or_default().split_inclusive('\n').rev() {
        if !line.trim_start().starts_with('#') {
            break;
        }
        start = start.saturating_sub(line.len());
    }
    start
}

/// Where the headers of tables stand, and whether each is `[[tile]]`: outside of texts, comments and lists.
fn headers(text: &str) -> Vec<(usize, bool)> {
    let mut found = Vec::new();
    let mut line = 0;
    let mut depth: u32 = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        let before = text.get(line..at).unwrap_or_default();
        let to_end = rest.find('\n').unwrap_or(rest.len());
        let step = match first {
            '\n' => {
                line = at.saturating_add(1);
                1
            }
            '#' => to_end,
            '[' if depth == 0 && before.trim().is_empty() => {
                let name = rest.get(..to_end).unwrap_or_default();
                let name =
                    name.strip_prefix("[[").and_then(|inner| inner.split_once("]]")).map(|(name, _)| name.trim());
                found.push((line, matches!(name, Some("tile" | "\"tile\"" | "'tile'"))));
                to_end
            }
            '[' | '{' => {
                depth = depth.saturating_add(1);
                1
            }
            ']' | '}' => {
                depth = depth.saturating_sub(1);
                1
            }
            '"' | '\'' => quoted(rest, first),
            other => other.len_utf8(),
        };
        at = at.saturating_add(step.max(1));
    }
    found
}

/// The length of a text with its quotes, of one line or of many.
fn quoted(rest: &str, quote: char) -> usize {
    let three = [quote; 3].iter().collect::<String>();
    let (fence, many) =
        if rest.starts_with(&three) { (three.as_str(), true) } else { (three.get(..1).unwrap_or("\""), false) };
    let mut at = fence.len();
    while let Some(tail) = rest.get(at..) {
        let Some(first) = tail.chars().next() else { break };
        if tail.starts_with(fence) {
            // Up to two quotes may stand before the closing three.
            let more = if many { tail.chars().skip(3).take_while(|char| *char == quote).count().min(2) } else { 0 };
            return at.saturating_add(fence.len()).saturating_add(more);
        }
        if first == '\n' && !many {
            return at;
        }
        let escaped = first == '\\' && quote == '"';
        let second = if escaped { tail.chars().nth(1).map_or(0, char::len_utf8) } else { 0 };
        at = at.saturating_add(first.len_utf8()).saturating_add(second);
    }
    rest.len()
}

/// A tile's own text at another place.
fn moved(own: &str, area: Option<Area>) -> String {
    let is_at =
        |line: &&str| line.trim_start().strip_prefix("at").is_some_and(|rest| rest.trim_start().starts_with('='));
    let mut out: String = own.split_inclusive('\n').filter(|line| !is_at(line)).collect();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    if let Some(area) = area {
        write_area(&mut out, area);
    }
    out
}

fn write_area(out: &mut String, Area { x, y, wide, high }: Area) {
    let _ = writeln!(out, "at = [{x}, {y}, {wide}, {high}]");
}

/// A tile as a table of its own.
fn block(tile: &Tile) -> String {
    let mut out = format!("\n[[tile]]\nkind = \"{}\"\nlabel = {}\n", tile.kind.word(), quote(&tile.label));
    let list = |texts: &[String]| texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", ");
    let mut line = |key: &str, value: String| {
        let _ = writeln!(out, "{key} = {value}");
    };
    match (tile.kind, tile.fields.as_slice()) {
        (TileKind::Map, [latitude, longitude]) => {
            line("latitude", quote(latitude));
            line("longitude", quote(longitude));
        }
        (_, [field]) => line("field", quote(field)),
        (_, []) => {}
        (_, fields) => line("fields", format!("[{}]", list(fields))),
    }
    if !tile.command.is_empty() {
        line("command", quote(&tile.command));
    }
    for (key, value) in [("min", tile.min), ("max", tile.max)] {
        if let Some(value) = value {
            line(key, float(value));
        }
    }
    if let Some((low, high)) = tile.band {
        line("band", format!("[{}, {}]", float(low), float(high)));
    }
    if tile.span_s != super::SPAN_S {
        line("span_s", tile.span_s.to_string());
    }
    if !tile.on.is_empty() {
        line("on", format!("[{}]", list(&tile.on)));
    }
    if let Some(area) = tile.area {
        write_area(&mut out, area);
    }
    out
}

/// A number as TOML has it: `inf` is one, and digits without a point are a whole number of 64 bits.
fn float(value: f64) -> String {
    if value == value.trunc() && value.abs() < 1e15 { format!("{value}") } else { format!("{value:?}") }
}

/// A basic string (TOML 1.0, section "String").
fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for char in text.chars() {
        match char {
            '"' | '\\' => {
                out.push('\\');
                out.push(char);
            }
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    const HEAD: &str = "name = \"x\"\n[link]\nkind = \"demo\"\n[protocol]\nname = \"pairs\"\n";

    fn tiles(text: &str) -> Vec<Tile> {
        Profile::parse(text).unwrap().dashboard.tiles
    }

    #[test]
    fn what_is_not_a_tile_stays_letter_for_letter() {
        let text = format!(
            "# first\n{HEAD}\n# one\n[[tile]] # a\nkind = \"number\" # b\nfield = \"speed\"\n\n# the log\n[[tile]]\nkind = \
             \"log\"\nat = [0, 4, 6, 3]\n\n[layout] # last\nspan_s = 60\n"
        );
        let text = text.replace("name = \"x\"\n", "name = \"x\"\nabout = '''\n[[tile]]\nno tile'''\n");
        let before = tiles(&text);
        assert_eq!(before.len(), 2);
        assert_eq!(with_tiles(&text, &before).unwrap(), text);

        let mut moved = before.clone();
        moved[0].area = Some(Area { x: 3, y: 0, wide: 4, high: 2 });
        let expected = text.replace("field = \"speed\"\n", "field = \"speed\"\nat = [3, 0, 4, 2]\n");
        assert_eq!(with_tiles(&text, &moved).unwrap(), expected);

        let removed = with_tiles(&text, &before[1..]).unwrap();
        assert!(!removed.contains("# one") && removed.contains("# the log\n[[tile]]"), "{removed}");
        assert!(removed.contains("about = '''\n[[tile]]\nno tile'''"));
        assert_eq!(tiles(&removed), before[1..]);
    }

    #[test]
    fn tiles_that_are_kept_come_again_and_what_the_profile_does_not_have_is_left_out() {
        let command = "[[commands]]\nname = \"Stop\"\ntext = \"stop\"\n";
        let text = format!("{HEAD}{command}\n[[tile]] # own\nkind = \"number\"\nfield = \"speed\"\n");
        let mut number = tiles(&text).remove(0);
        number.area = Some(Area { x: 4, y: 1, wide: 5, high: 2 });
        let stop = Tile { command: "Stop".into(), ..Tile::new(TileKind::Button, "Halt".into(), Vec::new()) };
        let laid_out = vec![stop, number.clone()];
        assert_eq!(with_kept(&text, &kept(&laid_out)).unwrap(), laid_out);
        assert_eq!(with_kept(&text, "").unwrap(), []);
        assert_eq!(with_kept(&text.replace("\"Stop\"", "\"Halt\""), &kept(&laid_out)).unwrap(), [number]);
        assert!(with_kept("no profile", "").is_err());
    }

    #[test]
    fn every_kind_of_tile_is_written_so_that_it_is_read_again() {
        let commands = "[[commands]]\nname = \"Say \\\"hi\\\"\"\ntext = \"hi\"\n";
        let text = format!("{HEAD}{commands}");
        let mut all: Vec<Tile> = Vec::new();
        for (index, (_, kind)) in TileKind::ALL.into_iter().enumerate() {
            let fields: &[&str] = match kind {
                TileKind::Map => &["lat", "lon"],
                TileKind::Plot => &["a", "b \"c\""],
                TileKind::Log | TileKind::Button => &[],
                _ => &["a.b"],
            };
            let fields = fields.iter().map(|name| (*name).to_owned()).collect();
            let mut tile = Tile::new(kind, format!("{} \\ \u{7}ü", kind.word()), fields);
            if matches!(kind, TileKind::Gauge | TileKind::Bar) {
                (tile.min, tile.max) = (Some(-1e300), Some(0.25));
            }
            if kind == TileKind::Gauge {
                tile.band = Some((f64::NEG_INFINITY, -0.5));
                tile.span_s = 7;
            }
            if kind == TileKind::Lamp {
                tile.on = vec!["running".into(), "on".into()];
            }
            if kind == TileKind::Button {
                tile.command = "Say \"hi\"".into();
            }
            tile.area = Some(Area { x: 0, y: u16::try_from(index).unwrap() * 5, wide: 6, high: 5 });
            all.push(tile);
        }
        let written = with_tiles(&text, &all).unwrap();
        assert!(written.starts_with(&text), "{written}");
        assert_eq!(tiles(&written), all);
        assert_eq!(with_tiles(&written, &[]).unwrap().trim_end(), text.trim_end());
    }

    #[test]
    fn tiles_in_a_form_that_cannot_be_changed_are_said_to_be() {
        let text = format!("tile = [{{ kind = \"log\" }}]\n{HEAD}");
        let why = with_tiles(&text, &[]).unwrap_err();
        assert!(why.to_string().contains("[[tile]]"), "{why}");
        assert!(with_tiles("name =", &[]).is_err());
    }
}
