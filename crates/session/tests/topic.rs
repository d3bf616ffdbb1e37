//! Topic filters: the examples of MQTT 5.0, sections 4.7.1 to 4.7.3 and 4.8.2, and a device's own level.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use session::topic::{Filter, Found, Own, Table, check_name};

fn filter(text: &str) -> Filter {
    Filter::parse(text).unwrap()
}

/// Section 4.7.1.2, 4.7.1.3 and 4.7.2: filter, topic, whether it matches.
const EXAMPLES: &[(&str, &str, bool)] = &[
    ("sport/tennis/player1/#", "sport/tennis/player1", true),
    ("sport/tennis/player1/#", "sport/tennis/player1/ranking", true),
    ("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true),
    ("sport/#", "sport", true),
    ("#", "sport/tennis", true),
    ("sport/tennis/+", "sport/tennis/player1", true),
    ("sport/tennis/+", "sport/tennis/player2", true),
    ("sport/tennis/+", "sport/tennis/player1/ranking", false),
    ("sport/+", "sport", false),
    ("sport/+", "sport/", true),
    ("+/+", "/finance", true),
    ("/+", "/finance", true),
    ("+", "/finance", false),
    ("#", "$SYS/broker/uptime", false),
    ("+/monitor/Clients", "$SYS/monitor/Clients", false),
    ("$SYS/#", "$SYS/broker/uptime", true),
    ("$SYS/monitor/+", "$SYS/monitor/Clients", true),
    ("ACCOUNTS", "Accounts", false),
    ("$share/consumer1/sport/tennis/+", "sport/tennis/player1", true),
    ("$share/consumer2/sport/tennis/+", "sport/golf/player1", false),
    ("meters/{device}/state", "meters/7/state", true),
    ("meters/{device}/state", "meters/7/raw", false),
];

#[test]
fn the_standards_examples_match_as_it_says() {
    for (text, topic, matches) in EXAMPLES {
        let filter = filter(text);
        assert_eq!(filter.matches(topic), *matches, "{text} and {topic}");
        assert_eq!(Table::new([&filter]).find(topic).is_some(), *matches, "{text} and {topic} in a table");
    }
}

#[test]
fn what_is_no_filter_is_refused_with_its_reason() {
    for (text, why) in [
        ("sport/tennis#", "whole level"),
        ("sport/tennis/#/ranking", "nothing follows"),
        ("sport+", "whole level"),
        ("", "at least one"),
        ("a\0b", "NUL"),
        ("$share/group", "$share/NAME/FILTER"),
        ("$share//a", "$share/NAME/FILTER"),
        ("$share/a+/b", "$share/NAME/FILTER"),
        ("meters/{name}", "{device}"),
        ("{device}/{device}", "one level at most"),
    ] {
        let refused = Filter::parse(text).unwrap_err();
        assert!(refused.to_string().contains(why), "{text}: {refused}");
    }
    assert!(Filter::parse(&"a".repeat(65_536)).is_err());
    assert!(Filter::parse(&"a/".repeat(200)).is_err());
    assert_eq!(filter("meters/{device}/#").on_wire(), "meters/+/#");
    assert_eq!(filter("$share/g/meters/{device}").on_wire(), "$share/g/meters/+");
}

#[test]
fn other_levels_have_names_beside_the_device() {
    let site = filter("{site}/+/{device}/state");
    assert_eq!((site.on_wire().as_str(), site.named().collect::<Vec<_>>()), ("+/+/+/state", vec![(0, "site")]));
    assert!(site.matches("north/hall 2/wm-7/state"));
    assert_eq!(site.of_device("wm-7").as_deref(), Some("+/+/wm-7/state"));
    assert_eq!(site.device_in(&filter("+/+/wm-7/state")), Some("wm-7"));
    assert_eq!(site.device_in(&filter("+/+/wm-7/raw")), None);
    assert!(Filter::parse("{site}/{site}/{device}").is_err());
}

#[test]
fn what_a_filter_covers_matches_it_too() {
    for (one, other, covers) in [
        ("meters/+/state", "meters/7/state", true),
        ("meters/{device}/#", "meters/+/ack", true),
        ("#", "a/#", true),
        ("meters/+/state", "meters/+/ack", false),
        ("meters/7/state", "meters/+/state", false),
        ("meters/+", "meters/7/state", false),
        ("a/+", "a/#", false),
    ] {
        assert_eq!(filter(one).covers(&filter(other)), covers, "{one} and {other}");
    }
}

#[test]
fn a_message_goes_to_one_topic() {
    assert!(check_name("/finance").is_ok());
    assert!(check_name("Accounts payable").is_ok());
    for topic in ["", "a/+", "#", "a\0"] {
        assert!(check_name(topic).is_err(), "{topic:?}");
    }
}

#[test]
fn the_first_of_several_filters_counts_and_the_device_is_told() {
    let filters = ["meters/{device}/state", "meters/+/#", "#"].map(filter);
    let table = Table::new(&filters);
    assert_eq!(table.find("meters/7/state"), Some(Found { filter: 0, device: Some("7") }));
    assert_eq!(table.find("meters/7/raw"), Some(Found { filter: 1, device: None }));
    assert_eq!(table.find("other"), Some(Found { filter: 2, device: None }));
}

#[test]
fn what_is_a_topics_own_is_what_the_filters_leave_open() {
    let part = |filters: &[&str], topic: &'static str| {
        let filters: Vec<Filter> = filters.iter().map(|text| filter(text)).collect();
        Own::of(&filters).part(topic)
    };
    assert_eq!(part(&["meters/7/state"], "meters/7/state"), "");
    assert_eq!(part(&["zigbee2mqtt/+"], "zigbee2mqtt/kitchen"), "kitchen");
    assert_eq!(part(&["meters/+/state"], "meters/7/state"), "7");
    assert_eq!(part(&["meters/+/state", "meters/+/raw"], "meters/7/raw"), "7/raw");
    assert_eq!(part(&["meters/7/#"], "meters/7/power/l1"), "power/l1");
    assert_eq!(part(&["meters/7/#"], "meters/7"), "");
    assert_eq!(part(&["#"], "a/b"), "a/b");
    assert_eq!(part(&["tele/plug/SENSOR", "tele/plug/STATE"], "tele/plug/STATE"), "STATE");
}

proptest! {
    /// A table finds what the filters say one by one, whatever they are.
    #[test]
    fn a_table_agrees_with_its_filters(
        filters in prop::collection::vec(prop::collection::vec("[ab+]|\\{device\\}", 1..4), 1..8),
        rest in prop::collection::vec(any::<bool>(), 8),
        topic in prop::collection::vec("[abc]?", 1..5),
    ) {
        let text = |(levels, rest): (&Vec<String>, &bool)| levels.join("/") + if *rest { "/#" } else { "" };
        let filters: Vec<Filter> = filters.iter().zip(&rest).filter_map(|pair| Filter::parse(&text(pair)).ok()).collect();
        let topic = topic.join("/");
        let plain = filters.iter().position(|filter| filter.matches(&topic));
        prop_assert_eq!(Table::new(&filters).find(&topic).map(|found| found.filter), plain);
    }

    /// Two topics that filters tell apart have different parts of their own.
    #[test]
    fn no_two_topics_share_a_part(one in "[ab]/[ab]/[xy]", other in "[ab]/[ab]/[xy]", text in "a/\\+/x|a/#|\\+/\\+/y|\\+/b/\\+|#") {
        let filters = [filter(&text)];
        let own = Own::of(&filters);
        if one != other && filters[0].matches(&one) && filters[0].matches(&other) {
            prop_assert_ne!(own.part(&one), own.part(&other));
        }
    }
}
