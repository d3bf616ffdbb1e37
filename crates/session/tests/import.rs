//! Set-ups of other programs as profiles. The projects here are our own, in the form of Serial Studio's own files
//! (`examples/` of github.com/Serial-Studio/Serial-Studio, versions 3.0 and 4.0).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use session::import::{self, Imported};
use session::profile::{Body, Ending};
use session::{Language, Profile, Said};

const PROJECT: &str = r#"{
  "actions": [
    { "binary": false, "eol": "\n", "icon": "Gears", "title": "Tare {all}", "txData": "tare {1}" },
    { "binary": true, "eol": "", "icon": "Gears", "title": "Raw", "txData": "AA 55" },
    { "binary": false, "eol": "\n", "title": "Poll", "txData": "?", "timerMode": 1 }
  ],
  "decoder": 0, "frameDetection": 1, "frameEnd": ";", "frameStart": "$",
  "frameParser": "/** Splits.\n * frame.split('|') in a comment */\nfunction parse(frame) {\n    return frame.split(','); // values\n}\n",
  "groups": [
    { "title": "Scale", "widget": "accelerometer", "datasets": [
      { "index": 2, "title": "Load", "units": "kg", "min": 0, "max": 50, "alarm": 40, "graph": true, "fft": false },
      { "index": 1, "title": "Temp", "units": "℃", "min": 0, "max": 0, "alarm": 0, "graph": true, "fft": true }
    ] },
    { "title": "More", "widget": "", "datasets": [{ "index": 4, "title": "Load", "units": "", "graph": false }] }
  ],
  "mapTilerApiKey": "", "title": "Kitchen \"scale\""
}"#;

fn import(text: &str) -> Option<Result<Imported, Said>> {
    import::import(text, Language::English)
}

fn project(text: &str) -> (Profile, Vec<String>, String) {
    let imported = import(text).unwrap().unwrap();
    (
        Profile::parse(&imported.profile).unwrap(),
        imported.left.iter().map(ToString::to_string).collect(),
        imported.profile,
    )
}

#[test]
fn a_serial_studio_project_becomes_a_profile_and_what_is_left_is_listed() {
    let (profile, left, text) = project(PROJECT);
    assert_eq!(profile.name, "Kitchen \"scale\"");
    assert_eq!((profile.protocol.as_str(), profile.ending), ("csv", Ending::Lf));
    assert_eq!(profile.unit("frame", "Temp"), Some("Cel"));
    assert_eq!(profile.layout.plot, ["frame.Temp", "frame.Load"]);
    let commands: Vec<&str> = profile.commands.iter().map(|command| command.name.as_str()).collect();
    assert_eq!(commands, ["Tare {all}", "Raw", "Poll"]);
    assert_eq!(profile.commands[0].body, Body::Text("tare {{1}}".into()));
    assert_eq!(profile.commands[1].body, Body::Hex("aa 55".into()));
    for part in ["range 0 to 50", "accelerometer", "spectrum", "\"Poll\" is done by itself", "speed of the port"] {
        assert!(left.iter().any(|sentence| sentence.contains(part)), "{part}: {left:?}");
        assert!(text.lines().any(|line| line.starts_with("# - ") && line.contains(part)), "{part}");
    }
    assert_eq!(left.len(), 5, "{left:?}");
    let tiles: Vec<_> =
        profile.dashboard.tiles.iter().map(|tile| (tile.kind.word(), tile.label.as_str(), tile.band)).collect();
    assert_eq!(tiles, [("number", "Load", Some((f64::NEG_INFINITY, 40.0)))]);
    // And it reads what such a device sends.
    let mut codec = codec::Protocol::find("csv").unwrap().open(&profile.settings).unwrap();
    let (mut frame, mut rest, mut said) = ([0; 256], &b"boot$21.5,3.25,x,7;$"[..], Vec::new());
    while !rest.is_empty() {
        let step = codec.framer.feed(rest, &mut frame);
        rest = &rest[step.consumed..];
        if let Some(codec::Found::Frame { len, .. }) = step.found {
            codec
                .decoder
                .decode(&frame[..len], &mut |sample| {
                    said.extend(sample.schema.fields.iter().map(|field| field.name.to_owned()));
                    said.push(format!("{:?}", sample.values));
                })
                .unwrap();
        }
    }
    assert_eq!(said[..4], ["Temp", "Load", "c3", "More Load 4"]);
    assert!(said[4].contains("21.5") && said[4].contains("3.25"), "{said:?}");
}

#[test]
fn programs_and_bytes_are_not_guessed() {
    let program =
        PROJECT.replace("return frame.split(',');", "let a = frame.split('\\\\t'); return a.map(x => x * 2);");
    let (profile, left, _) = project(&program);
    assert!(left.iter().any(|sentence| sentence.contains("only its separator")), "{left:?}");
    assert_eq!(profile.settings.text("separator"), Ok(Some("\\t")));
    let bytes = PROJECT.replace("\"decoder\": 0", "\"hexadecimalDelimiters\": true, \"decoder\": 1");
    let (profile, left, _) = project(&bytes.replace("\"$\"", "\"C0 DE\"").replace("\";\"", "\"DE C0\""));
    assert_eq!((profile.protocol.as_str(), profile.settings.text("sync")), ("layout", Ok(Some("0xc0de"))));
    assert!(left.iter().any(|sentence| sentence.contains("kept as bytes")), "{left:?}");
}

#[test]
fn the_newer_form_with_sources_is_read_too() {
    let newer = r#"{ "schemaVersion": 3, "title": "Two", "groups": [{ "title": "A", "datasets": [{ "title": "A0", "index": 1, "graph": true }] }],
      "sources": [
        { "sourceId": 0, "busType": 0, "frameStart": "", "frameEnd": "\\n", "frameDetection": 0, "decoderMethod": 0,
          "frameParserTemplate": "delimited", "frameParserParams": { "separator": ";" }, "connection": { "baudRate": 9600 } },
        { "sourceId": 1, "busType": 1 }
      ], "actions": [] }"#;
    let (profile, left, text) = project(newer);
    assert_eq!(profile.settings.text("separator"), Ok(Some(";")));
    assert_eq!(profile.settings.text("delimiter"), Ok(Some("\\n")));
    assert!(text.contains("baud = 9600\n"), "{text}");
    assert_eq!(left, ["Its other sources (1): a profile describes one device."]);
}

/// As releases 1 to 3.0 wrote it: a separator of its own, which the program is given; one alarm, above a number.
const OLDER: &str = r#"{
  "decoder": 0, "frameDetection": 1, "frameEnd": "*/", "frameStart": "/*", "separator": ";",
  "frameParser": "/* value1;value2 */\nfunction parse(frame, separator) {\n    return frame.split(separator);\n}\n",
  "groups": [
    { "title": "Air", "widget": "", "datasets": [
      { "index": 1, "title": "Inside", "units": "℃", "widget": "bar", "min": 0, "max": 100, "alarm": 40, "graph": false },
      { "index": 2, "title": "Door", "units": "", "widget": "", "min": 0, "max": 0, "alarm": 0, "led": true }
    ] },
    { "title": "Where", "widget": "map", "datasets": [
      { "index": 3, "title": "Latitude", "units": "°", "widget": "lat" },
      { "index": 4, "title": "Longitude", "units": "°", "widget": "lon" }
    ] }
  ],
  "title": "Shed"
}"#;

#[test]
fn the_older_form_with_a_separator_of_its_own_is_read_and_its_widgets_become_tiles() {
    let (profile, left, text) = project(OLDER);
    assert_eq!(profile.settings.text("separator"), Ok(Some(";")));
    let tiles: Vec<_> = profile.dashboard.tiles.iter().map(|tile| (tile.kind.word(), tile.fields.clone())).collect();
    assert_eq!(
        tiles,
        [
            ("map", vec!["frame.Latitude".to_owned(), "frame.Longitude".to_owned()]),
            ("bar", vec!["frame.Inside".to_owned()]),
            ("lamp", vec!["frame.Door".to_owned()]),
        ]
    );
    let bar = &profile.dashboard.tiles[1];
    assert_eq!((bar.min, bar.max, bar.band), (Some(0.0), Some(100.0), Some((f64::NEG_INFINITY, 40.0))), "{text}");
    // What became a tile is not told as left out.
    assert_eq!(left, ["The speed of the port is not in the project: 115200 baud is assumed."]);
    // A program that does more is said to, and one without any is read by its separator.
    let more = OLDER.replace("return frame.split(separator);", "return frame.split(separator).reverse();");
    let (profile, left, _) = project(&more.replace("\"separator\": \";\"", "\"separator\": \"\\t\""));
    assert_eq!(profile.settings.text("separator"), Ok(Some("\\t")));
    assert!(left.iter().any(|sentence| sentence.contains("only its separator")), "{left:?}");
    let start = OLDER.find("\"frameParser\"").unwrap();
    let end = OLDER.find("\"groups\"").unwrap();
    let (profile, ..) = project(&format!("{}{}", &OLDER[..start], &OLDER[end..]));
    assert_eq!(profile.settings.text("separator"), Ok(Some(";")));
}

#[test]
fn two_alarms_are_a_band_and_groups_of_other_sources_are_left() {
    let newer = r#"{ "title": "Two", "groups": [
        { "title": "A", "sourceId": 0, "datasets": [
          { "title": "A0", "index": 1, "widget": "gauge", "widgetMin": -5, "widgetMax": 5, "alarmEnabled": true, "alarmLow": -1, "alarmHigh": 2 },
          { "title": "A1", "index": 2, "widget": "gauge", "widgetMin": 0, "widgetMax": 9, "alarmEnabled": false, "alarmLow": 1, "alarmHigh": 2 }] },
        { "title": "B", "sourceId": 1, "datasets": [{ "title": "B0", "index": 1 }] }],
      "sources": [{ "sourceId": 0, "busType": 0, "frameEnd": "\\n", "frameDetection": 0 }, { "sourceId": 1, "busType": 0 }] }"#;
    let (profile, left, _) = project(newer);
    let bands: Vec<_> = profile.dashboard.tiles.iter().map(|tile| tile.band).collect();
    assert_eq!(bands, [Some((-1.0, 2.0)), None]);
    assert!(left.contains(&"The group \"B\": it is another source's.".to_owned()), "{left:?}");
    let Ok(Some(codec::Setting::List(names))) = Ok::<_, ()>(profile.settings.get("names").cloned()) else { panic!() };
    assert_eq!(names.len(), 2);
}

/// Release 4: ranges with a severity each, lamps that are lit in theirs, one value in several groups (as in the project's own
/// examples "OBD-II", "ECU simulator", "System Monitor", "EM Wave Simulator").
#[test]
fn ranges_of_alarms_become_bands_and_lamps_are_lit_in_theirs() {
    let newer = r#"{ "title": "Four", "mqttPublisher": { "enabled": false, "topic": "x" }, "groups": [
        { "title": "Car", "datasets": [
          { "title": "RPM", "index": 1, "widget": "gauge", "widgetMin": 0, "widgetMax": 8000,
            "alarmBands": [{ "min": 7000, "max": 8000, "severity": 3 }, { "min": 6000, "max": 7000, "severity": 2 }] },
          { "title": "Coolant", "index": 2, "widget": "bar", "widgetMin": -40, "widgetMax": 150, "alarmBands": [
            { "min": -40, "max": 80, "severity": 0 }, { "min": 80, "max": 100, "severity": 1 },
            { "min": 100, "max": 150, "severity": 3 }] },
          { "title": "Battery", "index": 3, "widget": "meter", "widgetMin": 0, "widgetMax": 16, "alarmBands": [
            { "min": 0, "max": 8, "severity": 3 }, { "min": 8, "max": 11.8, "severity": 2 },
            { "min": 15, "max": 16, "severity": 2 }] },
          { "title": "CPU", "index": 4, "widget": "", "plotMin": 0, "plotMax": 100,
            "alarmBands": [{ "min": 90, "max": 100, "severity": 2 }] },
          { "title": "Odd", "index": 5, "widget": "gauge", "widgetMin": 0, "widgetMax": 9, "alarmBands": [{ "min": 3, "max": 5 }] },
          { "title": "Door `1`", "index": 6, "led": true, "ledHigh": 1 },
          { "title": "Stop", "index": 7, "led": true, "ledHigh": 1, "alarmBands": [{ "min": 0.5, "max": 1, "severity": 3 }] },
          { "title": "Old lamp", "index": 8, "led": true, "ledHigh": 80 }] },
        { "title": "Again", "widget": "plot3d", "datasets": [{ "title": "RPM", "index": 1, "graph": true }] }],
      "sources": [{ "sourceId": 0, "busType": 0, "frameEnd": "\\n", "frameDetection": 0, "connection": { "baudRate": 9600 } }] }"#;
    let (profile, left, text) = project(newer);
    let tiles: Vec<_> =
        profile.dashboard.tiles.iter().map(|tile| (tile.kind.word(), tile.fields[0].as_str(), tile.band)).collect();
    let infinity = f64::INFINITY;
    assert_eq!(
        tiles,
        [
            ("gauge", "frame.RPM", Some((-infinity, 6000.0))),
            ("bar", "frame.Coolant", Some((-infinity, 100.0))),
            ("gauge", "frame.Battery", Some((11.8, 15.0))),
            ("number", "frame.CPU", Some((-infinity, 90.0))),
            ("gauge", "frame.Odd", None),
            ("lamp", "frame derived.Stop", None),
            ("lamp", "frame derived.Old lamp", None),
        ],
        "{text}"
    );
    assert_eq!(profile.layout.plot, ["frame.RPM"]);
    assert_eq!(
        left,
        [
            "\"CPU\" has the range 0 to 100.",
            "\"Odd\" has alarms in 3–5.",
            "\"Door `1`\" is shown as a lamp.",
            "The group \"Again\" is shown as plot3d.",
        ]
    );
    // Lit from a number on, or within a range; a lamp whose value did not come is neither lit nor dark.
    let mut derive = session::derive::Derive::new(&profile.derived);
    let mut codec = codec::Protocol::find("csv").unwrap().open(&profile.settings).unwrap();
    let mut lit = |line: &str| {
        let mut said = Vec::new();
        let decoded = codec.decoder.decode(line.as_bytes(), &mut |sample| {
            derive.sample(None, &sample, &mut |derived| {
                said = derived.values.iter().map(|value| format!("{value:?}")).collect()
            });
        });
        decoded.unwrap();
        said
    };
    assert_eq!(lit("0,0,0,0,0,0,1,79"), ["F64(1.0)", "F64(0.0)"]);
    assert_eq!(lit("0,0,0,0,0,0,0,80"), ["F64(0.0)", "F64(1.0)"]);
    assert_eq!(lit("0,0,0,0,0,0,,80"), ["F64(NaN)", "F64(1.0)"]);
}

/// What cannot be had is left out, and the rest of the project is not refused for it (as in "ISS Tracker", "HexadecimalADC").
#[test]
fn a_start_that_is_too_long_falls_back_to_the_end_and_a_known_check_sequence_is_taken_over() {
    let iss = PROJECT.replace("\"$\"", r#""\"iss_position\":""#).replace("\";\"", "\"},\"");
    let (profile, left, _) = project(&iss);
    assert_eq!(
        (profile.settings.text("framing"), profile.settings.text("delimiter")),
        (Ok(Some("lines")), Ok(Some("},")))
    );
    assert!(
        left.contains(&"The delimiter \"\"iss_position\":\" of its frames: here it has 8 bytes at most.".to_owned()),
        "{left:?}"
    );
    let adc = r#"{ "title": "ADC", "groups": [{ "title": "A", "datasets": [{ "title": "A0", "index": 1 }] }], "sources": [
      { "sourceId": 0, "busType": 0, "frameStart": "C0 DE", "frameEnd": "", "frameDetection": 3, "decoderMethod": 3,
        "hexadecimalDelimiters": true, "checksumAlgorithm": "CRC-16-CCITT", "connection": { "baudRate": 9600 } }] }"#;
    let (profile, left, _) = project(adc);
    assert!(!left.iter().any(|sentence| sentence.contains("check sequence")), "{left:?}");
    // "123456789" and its check sequence by Serial Studio's crc16_ccitt (initial value 0): 0x31C3.
    let mut codec = codec::Protocol::find("layout").unwrap().open(&profile.settings).unwrap();
    let mut decode = |frame: &[u8]| codec.decoder.decode(frame, &mut |_| ());
    assert_eq!(decode(b"123456789\x31\xC3"), Ok(()));
    assert!(decode(b"123456789\x31\xC4").is_err());
    // Behind an end it stands outside of the frame.
    let (_, left, _) = project(
        &adc.replace("\"frameEnd\": \"\", \"frameDetection\": 3", "\"frameEnd\": \"0A\", \"frameDetection\": 0"),
    );
    assert!(left.contains(&"The check sequence of its frames, CRC-16-CCITT.".to_owned()), "{left:?}");
}

#[test]
fn s36_a_hostile_project_is_data_or_refused_in_words() {
    let why = import(r#"{ "groups": [], "frameEnd": "\n" }"#).unwrap().unwrap_err();
    assert!(why.to_string().contains("no dataset"), "{why}");
    // A name cannot end the string, the comment or the table that it stands in.
    let evil = PROJECT
        .replace("\"Load\"", "\"x\\\"\\n[link]\\nkind = \\\"http\\\"\"")
        .replace("Poll", "y\\n[terminal]\\nending = 1");
    let (profile, ..) = project(&evil);
    assert!(matches!(profile.link, session::link::Link::Serial(_)));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(import(&deep).unwrap().is_err());
    assert!(import(&"x".repeat(2 << 20)).is_none());
}

#[test]
fn lines_of_a_plotter_become_the_profile_that_reads_them() {
    for (lines, protocol) in [
        (">temp:21.5§°C|np\n>hum:40\n>temp:1627551892437:21.6\n", "teleplot"),
        ("temp:21.5,hum:40\ntemp:21.6,hum:41\ntemp:21.7,hum:41\n", "pairs"),
        ("temp\thum\n21.5\t40\n21.6\t41\n21.7\t41\n1\t2\n1\t2\n1\t2\n1\t2\n1\t2\n1\t2\n", "csv"),
    ] {
        let (profile, ..) = project(lines);
        assert_eq!(profile.protocol, protocol, "{lines}");
    }
    // A recording begins anywhere, and the Arduino IDE puts the time in front.
    for (lines, protocol, said) in [
        ("p:21.5 cut,off\nboot v1.2\n1,2,3\n4,5,6\n7,8,9\n", "csv", Some("(2)")),
        ("12:00:01.123 -> t:21.5,h:40\n12:00:02.123 -> t:21.5,h:40\n12:00:03.123 -> t:21.5,h:40\n", "pairs", None),
        (">state:ON|t\n>a:1|g\n>a:2|g\n", "teleplot", None),
    ] {
        let (profile, left, _) = project(lines);
        assert_eq!(profile.protocol, protocol, "{lines}");
        assert_eq!(left.len(), 1 + usize::from(said.is_some()), "{left:?}");
        assert!(said.is_none_or(|said| left[1].contains(said)), "{left:?}");
    }
    let toml = "name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"text\"\n";
    for other in [toml, ""] {
        assert_eq!(import(other), None, "{other}");
    }
    for other in ["21.5\n", "hello\nworld\nagain\n"] {
        assert!(import(other).unwrap().is_err(), "{other}");
    }
}

#[test]
fn what_an_import_left_out_is_said_in_the_language_of_who_imports() {
    let imported = import::import(&PROJECT.replace("AA 55", "no hex"), Language::German).unwrap().unwrap();
    assert!(imported.profile.starts_with("# Gemacht aus: ein Projekt von Serial Studio. Nicht übernommen:\n"));
    assert!(
        imported.profile.contains("# - Die Aktion „Raw“ sendet Bytes, die kein Text sind.\n"),
        "{}",
        imported.profile
    );
    let left: Vec<&str> = imported.left.iter().map(|said| said.say(Language::German)).collect();
    assert!(left.contains(&"„Load“ hat den Bereich 0 bis 50."), "{left:?}");
}

#[test]
fn what_is_neither_a_project_nor_lines_nor_a_profile_is_told_what_is_taken() {
    for text in ["temp:21.5\ntemp:21.6\n", ">a:1\n", "{\"groups\": [", "{\"x\": 1}", "hello"] {
        let said = import(text).unwrap().unwrap_err();
        assert!(said.to_string().contains("three lines or more"), "{said}");
    }
    // A mistake of a profile's is told with its line, by who reads profiles.
    assert_eq!(import("name = \"x\"\n[link\n"), None);
}

#[test]
fn what_has_no_name_of_its_own_is_called_as_its_file() {
    let lines = "temp:21.5,hum:40\ntemp:21.6,hum:41\ntemp:21.7,hum:41\n";
    let name = |text: &str, file: &str| {
        let imported = import(text).unwrap().unwrap().named_after(file);
        Profile::parse(&imported.profile).unwrap().name
    };
    assert_eq!(name(lines, "green house \"2\".txt"), "green house \"2\"");
    assert_eq!(name(lines, "run.1"), "run");
    assert_eq!(name(lines, ".txt"), "Imported lines");
    assert_ne!(name(PROJECT, "another.ssproj"), "another", "a project has its own name");
}

#[test]
fn the_looks_of_alarm_bands_are_noted() {
    let band = |more: &str| {
        let text = format!(
            r#"{{ "groups": [{{ "title": "g", "widget": "", "datasets": [{{ "title": "T", "index": 1, "alarmBands":
                [{{ "min": 1, "max": 2, "severity": 2{more} }}] }}] }}], "frameEnd": "\\n", "frameParser": "" }}"#
        );
        let left = project(&text).1;
        left.iter().filter(|sentence| sentence.contains("colours and the words of the alarm bands of \"T\"")).count()
    };
    assert_eq!(band(""), 0);
    assert_eq!(band(r##", "color": "#ff0000""##), 1);
    assert_eq!(band(r#", "label": "too hot""#), 1);
    assert_eq!(band(r#", "color": "", "label": """#), 0);
}

#[test]
fn a_large_project_is_read_and_one_too_large_is_said_to_be() {
    // Such as one with a picture in it.
    let grown = |bytes: usize| PROJECT.replacen('{', &format!("{{ \"image\": \"{}\",", "A".repeat(bytes)), 1);
    let small = import(PROJECT).unwrap().unwrap();
    let large = import(&grown(3 << 20)).unwrap().unwrap();
    assert_eq!(large.profile, small.profile);
    let refused = import(&grown(import::LARGEST)).unwrap().unwrap_err();
    assert!(refused.to_string().contains("longer than 16 MiB"), "{refused}");
    // A profile has its own bound, and says so.
    let profile = format!("# {}\nname = \"x\"\n", "x".repeat(2 << 20));
    assert!(import(&profile).is_none());
    assert!(Profile::parse(&profile).unwrap_err().to_string().contains("1 MiB"));
}
