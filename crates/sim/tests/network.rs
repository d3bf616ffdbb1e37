//! The simulated devices of a network, as those who talk to them see them, and by their profiles.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::Value;
use session::profile::Words;
use session::{Language, Profile};
use sim::{Boiler, Logger, Said, Site, Station, Supply};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const SECOND: i64 = 1_000_000_000;
const START: i64 = 1_700_000_000 * SECOND;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn text(id: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../profiles/demo/{id}.toml"))).unwrap()
}

/// What is said in so many seconds.
fn run(site: &mut Site, from: i64, seconds: i64) -> Vec<Said> {
    let mut all = Vec::new();
    let end = from + seconds * SECOND;
    let mut now = from;
    while now <= end {
        site.poll(now, &mut |said| all.push(said));
        assert!(site.due() > now, "it would never rest");
        now = site.due();
    }
    all
}

#[test]
fn every_device_says_how_it_is_and_whether_it_is_there() {
    let mut site = Site::new(100, 8);
    let said = run(&mut site, START, 0);
    for name in site.names() {
        let of = |what: &str| said.iter().find(|said| said.topic == format!("site/{name}/{what}")).unwrap();
        assert!(of("state").retain && of("status").retain);
        let state = json(&of("state").payload);
        assert!(state["output"].is_boolean() && state["area"].is_string(), "{state}");
        let reading = if state["kind"] == "door" { "battery" } else { "temperature" };
        assert!(state[reading].is_number(), "{state}");
    }
    let away = said.iter().filter(|said| said.payload == "offline").count();
    assert_eq!(away, 3, "every thirty-first is away at first");
    assert_eq!(site.names().collect::<BTreeSet<_>>().len(), 100);
}

#[test]
fn a_calm_rate_plausible_values_and_some_go_and_come_back() {
    let mut site = Site::new(240, 8);
    let said = run(&mut site, START, 600);
    let states = said.iter().filter(|said| said.topic.ends_with("/state")).count();
    assert!((20_000..40_000).contains(&states), "{states} in ten minutes");
    let mut presence: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for said in &said {
        if said.topic.ends_with("/status") {
            presence.entry(&said.topic).or_default().push(&said.payload);
        }
        if let Some(celsius) = said.topic.ends_with("/state").then(|| json(&said.payload)["temperature"].as_f64()) {
            assert!(celsius.is_none_or(|celsius| (15.0..45.0).contains(&celsius)), "{}", said.payload);
        }
    }
    let returned = presence.values().filter(|said| said.len() >= 3).count();
    assert!((5..200).contains(&returned), "{returned} of 240 went and came back");
    assert!(presence.values().all(|said| said.windows(2).all(|two| two[0] != two[1])), "said twice");
}

#[test]
fn a_command_is_answered_on_its_topic_and_shows_in_the_state() {
    let mut site = Site::new(40, 8);
    run(&mut site, START, 0);
    let mut ask = |topic: &str, payload: &str| {
        let mut said = Vec::new();
        site.receive(START + SECOND, topic, payload.as_bytes(), &mut |one| said.push(one));
        said
    };
    for on in [true, false] {
        let said = ask("site/pump-001/set", &format!("{{\"output\": {on}}}"));
        let word = if on { "on" } else { "off" };
        assert_eq!((said[0].topic.as_str(), said[0].retain), ("site/pump-001/reply", false));
        assert_eq!(json(&said[0].payload)["ok"], format!("output {word}"));
        assert_eq!((said[1].topic.as_str(), &json(&said[1].payload)["output"]), ("site/pump-001/state", &on.into()));
    }
    for wrong in ["", "{", "[]", "{\"output\": 1}", "{\"speed\": 3}"] {
        let said = ask("site/pump-001/set", wrong);
        assert!(said.len() == 1 && json(&said[0].payload)["error"].is_string(), "{wrong}: {said:?}");
    }
    // A device that is away hears nothing, and so does what is none.
    for topic in ["site/door-003/set", "site/pump-999/set", "site/pump-001/state", "other"] {
        assert!(ask(topic, "{\"output\": true}").is_empty(), "{topic}");
    }
}

#[test]
fn a_pump_that_is_switched_off_gives_no_flow() {
    let mut site = Site::new(40, 8);
    run(&mut site, START, 0);
    let mut flow = |on: bool, from: i64| {
        site.receive(from, "site/pump-002/set", format!("{{\"output\": {on}}}").as_bytes(), &mut |_| {});
        let said = run(&mut site, from, 30);
        let last = said.into_iter().rfind(|said| said.topic == "site/pump-002/state").unwrap();
        json(&last.payload)["flow"].as_f64().unwrap()
    };
    assert!(flow(true, START + SECOND) > 30.0);
    assert!(flow(false, START + 40 * SECOND) < 1.0);
}

#[test]
fn equal_seeds_give_equal_buildings() {
    let [one, two] = [(), ()].map(|()| run(&mut Site::new(60, 3), START, 60));
    assert!(one == two && one != run(&mut Site::new(60, 4), START, 60));
}

#[test]
fn a_power_supply_gives_what_is_set() {
    let mut supply = Supply::new(8);
    let volts =
        |supply: &mut Supply| (0..40).map(|_| json(&supply.reading())["voltage"].as_f64().unwrap()).last().unwrap();
    assert!((volts(&mut supply) - 12.0).abs() < 0.1);
    assert_eq!(json(&supply.receive(b"{\"voltage\": 5}"))["reply"], "ok voltage 5");
    assert!((volts(&mut supply) - 5.0).abs() < 0.1);
    assert_eq!(json(&supply.receive(b"{\"output\": false}"))["reply"], "ok output off");
    assert!(volts(&mut supply) < 0.1);
    for wrong in [&b"{\"voltage\": 31}"[..], b"{\"voltage\": \"5\"}", b"{}", b"\xff"] {
        assert!(json(&supply.receive(wrong))["reply"].as_str().unwrap().starts_with("error: "));
    }
}

#[test]
fn a_weather_station_answers_with_the_fields_of_its_profile() {
    let mut station = Station::new(8);
    for second in 0..600 {
        let document = json(&station.document(START + second * SECOND));
        let number = |pointer: &str| document.pointer(pointer).and_then(Value::as_f64).unwrap();
        assert!((0.0..20.0).contains(&number("/wind/speed")) && (0.0..360.0).contains(&number("/wind/direction")));
        assert!((5.0..13.0).contains(&number("/air/temperature")), "{document}");
    }
    assert_eq!(json(&station.command(b"{\"heater\": true}").unwrap())["reply"], "ok heater on");
    assert_eq!(json(&station.document(START))["heater"], true);
    assert!(station.command(b"{\"heater\": 1}").is_err() && station.command(b"").is_err());
}

fn typed(boiler: &mut Boiler, bytes: &[u8], echo: bool) -> String {
    let mut out = Vec::new();
    boiler.receive(bytes, echo, &mut out);
    String::from_utf8(out).unwrap()
}

#[test]
fn a_boilers_shell_echoes_obeys_and_says_goodbye() {
    let mut boiler = Boiler::new(8);
    assert!(boiler.greeting().ends_with("bc4> "));
    assert!(typed(&mut boiler, b"help\r\0", true).starts_with("help\r\nhelp  "));
    // Without an echo only the answer comes, and CR LF is one end.
    let said = typed(&mut boiler, b"set target 70\r\n", false);
    assert_eq!(said, "ok target 70\r\nbc4> ");
    assert!(typed(&mut boiler, b"set target 99\r\n", false).starts_with("error: "));
    assert!(typed(&mut boiler, b"dance\n", false).starts_with("error: \"dance\""));
    // What was typed wrong is taken back.
    assert!(typed(&mut boiler, b"statuz\x7fs\r\n", true).contains("\x08 \x08s\r\n>water:"));
    assert!(typed(&mut boiler, b"status\r\n", false).contains("\r\n>target:70.0\r\n"));
    assert!(typed(&mut boiler, &[b'x'; 5000], false).is_empty() && typed(&mut boiler, b"\r", false).contains("error"));
    typed(&mut boiler, b"exit\r\n", false);
    assert!(boiler.gone());
}

#[test]
fn whoever_watches_a_boiler_sees_it_come_to_its_target() {
    let mut boiler = Boiler::new(8);
    typed(&mut boiler, b"set target 65\r\nwatch\r\n", false);
    let mut out = Vec::new();
    (0..300).for_each(|_| boiler.second(&mut out));
    let text = String::from_utf8(out).unwrap();
    let water: Vec<f64> = text.lines().filter_map(|line| line.strip_prefix(">water:")?.parse().ok()).collect();
    assert_eq!(water.len(), 300);
    let water = water[299];
    assert!((62.0..67.0).contains(&water), "{water}");
    assert_eq!(typed(&mut boiler, b"\r\n", false), "bc4> ");
    let mut out = Vec::new();
    boiler.second(&mut out);
    assert!(out.is_empty());
}

#[test]
fn each_has_a_profile_with_words_in_both_languages() {
    for id in ["site", "station", "events", "lines", "supply", "boiler", "bench", "logger"] {
        let text = text(id);
        let profile = Profile::parse(&text).unwrap_or_else(|error| panic!("{id}: {error}"));
        let german = Words::of(&text, Language::German);
        let command = profile.commands.first().map(|command| &command.name);
        for english in [&profile.name, &profile.about].into_iter().chain(command) {
            assert!(german.say(english) != *english, "{id}: {english}");
        }
    }
}

#[test]
fn a_loggers_files_are_as_long_as_they_are_listed_and_only_todays_grows() {
    let (logger, now) = (Logger::new(8), START / SECOND);
    let top = logger.list("/", now).unwrap();
    assert_eq!(top.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["ARCHIVE", "README.TXT", "TODAY.CSV"]);
    let days = logger.list("/ARCHIVE", now).unwrap();
    assert_eq!((days.len(), days[0].name.as_str(), days[13].name.as_str()), (14, "2023-10-31.CSV", "2023-11-13.CSV"));
    for day in &days {
        let bytes = logger.read(&format!("/ARCHIVE/{}", day.name), now).unwrap();
        assert_eq!(day.size, Some(bytes.len() as u64));
        assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 8641);
    }
    let today = logger.read("/TODAY.CSV", now).unwrap();
    let later = logger.read("/TODAY.CSV", now + 60).unwrap();
    assert!(later.len() > today.len() && later.starts_with(&today));
    for none in ["/", "/ARCHIVE", "/ARCHIVE/2023-11-14.CSV", "/ARCHIVE/../TODAY.CSV", "TODAY.CSV"] {
        assert!(logger.read(none, now).is_none(), "{none}");
    }
    assert!(logger.list("/etc", now).is_none());
}
