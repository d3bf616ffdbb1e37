//! `[dashboard]` and `[[tile]]`: what is read, and the line of every mistake.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use session::profile::{Area, Tile, TileKind};
use session::{Profile, ProfileError};

/// Seven lines; a layout, so that names of fields can be wrong.
const HEAD: &str = "name = \"x\"\n[link]\nkind = \"demo\"\n[protocol]\nname = \"layout\"\nmessages = [{ name = \"drive\", \
                    fields = [{ name = \"speed\", type = \"i16\" }, { name = \"lat\", type = \"f32\" }] }]\n";

const COMMANDS: &str = "[[commands]]\nname = \"Stop\"\ntext = \"stop\"\n[[commands]]\nname = \"Set\"\ntext = \"set \
                        {v}\"\nargs = [{ name = \"v\" }]\n";

fn tiles(tiles: &str) -> Result<Vec<Tile>, ProfileError> {
    Profile::parse(&format!("{HEAD}{tiles}\n{COMMANDS}")).map(|profile| profile.dashboard.tiles)
}

#[test]
fn every_kind_of_tile_is_read() {
    let text = "[dashboard]\ntitle = \"Bench\"\nstale_s = 3\n[[tile]]\nkind = \"gauge\"\nfield = \"drive.speed\"\nmin = \
                0\nmax = 3000\nband = [-inf, 2000.5]\nat = [9, 2, 3, 4]\n[[tile]]\nkind = \"plot\"\nfields = [\"speed\", \
                \"lat\"]\nspan_s = 10\nlabel = \"Both\"\n[[tile]]\nkind = \"map\"\nlatitude = \"lat\"\nlongitude = \
                \"drive.lat\"\n[[tile]]\nkind = \"lamp\"\nfield = \"speed\"\non = [\"1\"]\n[[tile]]\nkind = \
                \"log\"\n[[tile]]\nkind = \"button\"\ncommand = \"Stop\"\n";
    let dashboard = Profile::parse(&format!("{HEAD}{text}{COMMANDS}")).unwrap().dashboard;
    assert_eq!((dashboard.title.as_str(), dashboard.stale_s), ("Bench", 3));
    let gauge = &dashboard.tiles[0];
    assert_eq!((gauge.label.as_str(), gauge.min, gauge.max), ("speed", Some(0.0), Some(3000.0)));
    assert_eq!(gauge.band, Some((f64::NEG_INFINITY, 2000.5)));
    assert_eq!(gauge.area, Some(Area { x: 9, y: 2, wide: 3, high: 4 }));
    let said: Vec<_> = dashboard.tiles[1..].iter().map(|tile| (tile.kind, tile.label.as_str(), tile.span_s)).collect();
    let expected = [
        (TileKind::Plot, "Both", 10),
        (TileKind::Map, "Position", 60),
        (TileKind::Lamp, "speed", 60),
        (TileKind::Log, "Log", 60),
        (TileKind::Button, "Stop", 60),
    ];
    assert_eq!(said, expected);
    assert_eq!(dashboard.tiles[2].fields, ["lat", "drive.lat"]);
}

#[test]
fn every_mistake_in_a_tile_is_named_with_its_line() {
    let cases = [
        ("[[tile]]\nlabel = \"a\"", 7, "needs the key `kind`: one of number, gauge"),
        ("[[tile]]\nkind = \"dial\"", 8, "must be one of number"),
        ("[[tile]]\nkind = \"number\"\nfield = \"sped\"", 9, "did you mean `speed`?"),
        ("[[tile]]\nkind = \"number\"\nfield = \"speed\"\nmin = 3", 10, "has no key `min`"),
        ("[[tile]]\nkind = \"gauge\"\nfield = \"speed\"\nmin = 3", 9, "it needs `min` and `max`"),
        ("[[tile]]\nkind = \"gauge\"\nfield = \"speed\"\nmin = 3\nmax = 3", 10, "is not below"),
        ("[[tile]]\nkind = \"number\"\nfield = \"speed\"\nband = [3, 1]", 10, "the lower first"),
        ("[[tile]]\nkind = \"number\"\nfield = \"speed\"\nband = [nan, 1]", 10, "two numbers"),
        ("[[tile]]\nkind = \"log\"\nat = [10, 0, 3, 2]", 9, "together at most 12"),
        ("[[tile]]\nkind = \"log\"\nat = [0, 0, 3]", 9, "four whole numbers"),
        (
            "[[tile]]\nkind = \"log\"\nat = [0, 0, 3, 2]\n[[tile]]\nkind = \"log\"\nat = [2, 1, 3, 2]",
            12,
            "lies on \"Log\"",
        ),
        ("[[tile]]\nkind = \"button\"\ncommand = \"Stopp\"", 9, "did you mean `Stop`?"),
        ("[[tile]]\nkind = \"button\"\ncommand = \"Set\"", 9, "`v` of \"Set\" has no `default`"),
        ("[[tile]]\nkind = \"plot\"\nfields = []", 9, "from 1 to 8"),
        ("[[tile]]\nkind = \"map\"\nlatitude = \"lat\"", 7, "needs the key `longitude`"),
        ("[dashboard]\nstale_s = 0", 8, "`stale_s` must be"),
    ];
    for (text, line, part) in cases {
        let error = tiles(text).unwrap_err();
        assert!(error.reason.to_string().contains(part), "{text}\n{error}");
        assert_eq!(error.line, line, "{text}\n{error}");
    }
}
