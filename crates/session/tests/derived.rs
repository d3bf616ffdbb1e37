//! Derived fields: the language, and what becomes of them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::*;
use proptest::prelude::*;
use session::Profile;
use session::derive::Expression;
use session::query::{Answer, Cell, Query};

/// The last value of each derived field of a pairs device whose profile has these expressions.
fn computed(expressions: &[&str], lines: &[(i64, &str)]) -> Vec<f64> {
    let tables = expressions.iter().enumerate().map(|(index, expression)| {
        format!("[[derived]]\nmessage = \"pairs\"\nname = \"d{index}\"\nexpression = \"{expression}\"\n")
    });
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", &tables.collect::<String>()));
    for (at, line) in lines {
        bench.at(*at).bytes(format!("{line}\n").as_bytes());
    }
    let Answer::Rows(rows) = bench.ask(Query::Rows { table: 1, until_nanos: None, count: 400 }) else { panic!() };
    let last = rows.rows.iter().max_by_key(|(time, _)| *time).map(|(_, cells)| cells.clone());
    let value = |cell: &Cell| if let Cell::F64(value) = cell { *value } else { panic!("{cell:?}") };
    last.unwrap_or_default().iter().map(value).collect()
}

/// Precedence and associativity are those of Python 3 (The Python Language Reference, 6.17), where it has the sign.
#[test]
fn arithmetic() {
    let expressions = [
        "1 + 2 * 3",
        "-2 ^ 2",
        "2 ^ 3 ^ 2",
        "8 - 3 - 2",
        "7 % 4 / 2",
        "(1 + 2) * -3",
        "2 ^ -1",
        "1 < 2 && 2 < 1 || 3 >= 3",
    ];
    let expected = [7.0, -4.0, 512.0, 3.0, 1.5, -9.0, 0.5, 1.0];
    assert_eq!(computed(&expressions, &[(0, "a:1")]), expected);
    let fields = [
        "volt * `my amp`",
        "sqrt(a.x ^ 2 + a.y ^ 2)",
        "if(volt > 11, 1, 0)",
        "clamp(volt, 0, 5)",
        "1.5e1 * (pi / pi)",
        "d0 / 2",
    ];
    let said = computed(&fields, &[(0, "volt:12,my amp:0.5,a.x:3,a.y:4")]);
    assert_eq!(said, [6.0, 5.0, 1.0, 5.0, 15.0, 3.0]);
}

/// As Python 3 computes them, for whole numbers; what is none has no bits.
#[test]
fn bits() {
    let expressions = [
        "0xA5 & 0b1111 == 5",
        "1 | 6 & 3",
        "1 << 2 + 1",
        "-8 >> 1",
        "+a - +2",
        "-1 & 255",
        "status >> 4 & 0x0F",
        "1 << 62 >> 62",
    ];
    let said = computed(&expressions, &[(0, "a:5,status:165")]);
    assert_eq!(said[..7], [1.0, 3.0, 8.0, -4.0, 3.0, 255.0, 10.0]);
    assert!(said[7].is_nan(), "too large to be told apart from the next");
    assert!(computed(&["a & 1", "1 << -1", "b | 1"], &[(0, "a:1.5")]).iter().all(|value| value.is_nan()));
    let error = |text: &str| Expression::parse(text).unwrap_err().to_string();
    assert_eq!(error("0xG1"), error("1e"));
}

#[test]
fn what_is_missing_is_no_number_and_spoils_nothing() {
    let said =
        computed(&["a + b", "if(a > 0, a, b)", "integral(b, a)"], &[(0, "a:1,b:2"), (10, "a:3"), (20, "a:5,b:4")]);
    assert_eq!(said[..2], [9.0, 5.0]);
    assert_eq!(said[2], 12.0, "from (1, 2) to (5, 4)");
}

#[test]
fn time() {
    let lines = [(0, "x:0,t:65000"), (1000, "x:5,t:65500"), (2000, "x:5,t:200"), (4000, "x:1,t:1200")];
    let said = computed(
        &["rate(x)", "delta(x)", "unwrap(t, 65536)", "rate(x, d2 / 1000)", "integral(x)", "average(x, 1e9)"],
        &lines,
    );
    assert_eq!(said[..3], [-2.0, -4.0, 66736.0]);
    assert_eq!(said[3], -4.0, "over a second of the device's own clock");
    assert_eq!(said[4], 2.5 + 5.0 + 6.0);
    assert!(said[5].abs() < 1e-3);
}

/// A capture does not say when its bytes came: what needs that is no number, and what has the device's clock is one.
#[test]
fn without_a_time_of_arrival() {
    let text = "name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"pairs\"\n".to_owned();
    let field = |name: &str, expression: &str| {
        format!("[[derived]]\nmessage = \"pairs\"\nname = \"{name}\"\nexpression = \"{expression}\"\n")
    };
    let expressions = ["rate(x)", "average(x, 2)", "integral(x)", "integral(x, t)", "average(x, 2, t)"];
    let text = expressions.iter().enumerate().fold(text, |text, (i, of)| text + &field(&format!("f{i}"), of));
    let mut derive = session::derive::Derive::new(&Profile::parse(&text).unwrap().derived);
    let fields = ["x", "t"].map(|name| codec::Field { name, kind: codec::Kind::F64, unit: "" });
    let mut last = Vec::new();
    for values in [[2.0, 0.0], [4.0, 1.0]] {
        let schema = codec::Schema { index: 0, name: "pairs", fields: &fields };
        let values = values.map(codec::Value::F64);
        derive.sample(None, &codec::Sample { schema, values: &values }, &mut |derived| {
            last = derived.values.iter().map(|value| format!("{value:?}")).collect();
        });
    }
    assert_eq!(last[..4], ["F64(NaN)", "F64(NaN)", "F64(NaN)", "F64(3.0)"]);
    assert_ne!(last[4], "F64(NaN)");
}

/// What came in one chunk came at one instant; its rate is that to the chunk before.
#[test]
fn a_rate_within_a_chunk() {
    let said = computed(&["rate(x)"], &[(0, "x:0"), (1000, "x:4\nx:5\nx:6")]);
    assert_eq!(said, [4.0]);
}

#[test]
fn mistakes_are_named_with_their_place() {
    let error = |text: &str| Expression::parse(text).unwrap_err().to_string();
    assert_eq!(error("1 +"), "at character 4: something is missing: a number, a field or a parenthesis");
    assert_eq!(error("(1"), "at character 3: a `)` is missing");
    assert_eq!(error("1 2"), "at character 3: the number 2 is not expected here");
    assert_eq!(error("a $ b"), "at character 3: `$` means nothing here; a field of that name stands in ` `");
    assert!(error("sine(1)").starts_with("at character 1: there is no function `sine`; there are abs, sqrt"));
    assert_eq!(error("rate()"), "at character 1: `rate` is not given 0 values so; write rate(x) or rate(x, clock)");
    assert_eq!(error("1.2.3"), "at character 1: this is no number");
    assert!(error(&"(".repeat(100)).contains("more than 64 parentheses"));
    assert!(error(&"-".repeat(1000)).contains("more than 64 parentheses"));
    assert!(error(&"t+".repeat(1_000_000)).contains("more than 1024 operations"));
    assert!(error(&"1+".repeat(5000)).contains("more than 1024 operations"));

    let text = "name = \"x\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"layout\"\n[[protocol.messages]]\nname = \"m\"\n\
                fields = [{ name = \"volt\", type = \"u8\" }]\n[[derived]]\nmessage = \"m\"\nname = \"p\"\nexpression = \"vlt * 2\"\n";
    let error = Profile::parse(text).unwrap_err();
    assert_eq!((error.line, error.reason.to_string().as_str()), (12, "`m` has no field `vlt`; did you mean `volt`?"));
    let good = format!("{}[layout]\nplot = [\"m derived.p\"]\n", text.replace("vlt", "volt"));
    assert!(Profile::parse(&good).is_ok_and(|profile| profile.derived.len() == 1));
}

/// The way of many frames at once and the way of one at a time give the same.
#[test]
fn runs_of_frames_are_computed_too() {
    let text = format!(
        "{}[[derived]]\nmessage = \"drive\"\nname = \"power\"\nunit = \"W\"\nexpression = \"speed * torque\"\n",
        layout().to_toml()
    );
    let profile = Profile::parse(&text).unwrap();
    let frames: Vec<u8> = (0..500i16).flat_map(|i| drive(i, f32::from(i) / 4.0)).collect();
    let ask = |chunk: usize| {
        let mut bench = Bench::open(&profile);
        frames.chunks(chunk).for_each(|bytes| drop(bench.bytes(bytes)));
        let Answer::Values(messages) = bench.ask(Query::Values) else { panic!() };
        messages.iter().map(|message| (message.name.clone(), message.count, message.fields.clone())).collect::<Vec<_>>()
    };
    let (many, single) = (ask(frames.len()), ask(5));
    assert_eq!(many, single);
    assert_eq!((many[1].0.as_str(), many[1].1, many[1].2[0].unit.as_str()), ("drive derived", 500, "W"));
    assert_eq!(many[1].2[0].value, Cell::F64(49.9 * 124.75));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_an_expression_or_a_mistake(text in "[-+*/%^<>=!&|(),.` a-c0-9eé]{0,40}") {
        if let Err(error) = Expression::parse(&text) {
            prop_assert!(error.at >= 1 && error.at <= text.chars().count() + 1, "{}", error);
        }
    }
}

/// A span or a modulus that can only be a mistake is refused where it stands; one that the device says is not known yet.
#[test]
fn a_span_or_a_modulus_that_is_not_above_0_is_refused() {
    for (text, at, what) in [
        ("unwrap(t, 0)", 11, "`modulus` of `unwrap` must be above 0, not 0"),
        ("average(t, -3)", 12, "`seconds` of `average` must be above 0, not -3"),
        ("1 + average(t, 2 - 2, t)", 16, "`span` of `average` must be above 0, not 0"),
        ("unwrap(t, 1 / 0)", 11, "`modulus` of `unwrap` must be above 0, not inf"),
    ] {
        let error = Expression::parse(text).unwrap_err();
        assert_eq!((error.at, error.reason.to_string().as_str()), (at, what), "{text}");
    }
    for text in ["unwrap(t, 65536)", "average(t, 2 * 30)", "average(t, span)", "average(t, abs(-3))"] {
        assert!(Expression::parse(text).is_ok(), "{text}");
    }
}

/// Where fields are found in the data, a mistyped name cannot be refused when the profile is read.
#[test]
fn a_name_that_never_comes_is_told_of_with_the_nearest_that_does() {
    let derived = "[[derived]]\nmessage = \"pairs\"\nname = \"d\"\nexpression = \"speeed * 2\"\n";
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", derived));
    let line = |bench: &mut Bench, at: i64| drop(bench.at(at).bytes(b"speed:1\n"));
    (0..9).for_each(|at| line(&mut bench, at));
    assert_eq!(bench.status().hint, None, "it may come yet");
    (9..12).for_each(|at| line(&mut bench, at));
    assert_eq!(
        bench.status().hint.as_deref(),
        Some(
            "`speeed` has not come in any message `pairs`: what is computed from it is no number. Did you mean `speed`?"
        )
    );
    bench.at(20).bytes(b"speed:1,speeed:2\n");
    assert_eq!(bench.status().hint, None);
}

/// A name that is nothing like any: the message's own are named, and no field of no numbers is kept.
#[test]
fn a_name_like_no_other_is_told_of_with_those_there_are() {
    let derived = "[[derived]]\nmessage = \"pairs\"\nname = \"d\"\nexpression = \"nosuch * 2\"\n";
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", derived));
    (0..12).for_each(|at| drop(bench.at(at).bytes(b"a:1,b:2\na:2,b:3\n")));
    let hint = bench.status().hint.unwrap_or_default();
    assert!(hint.contains("`nosuch` has not come") && hint.ends_with("The message has: a, b."), "{hint}");
    let messages = bench.values();
    assert!(messages.iter().all(|message| message.name != "pairs derived"), "{messages:?}");
}

/// NaN where nothing is to come, as the law in docs/profiles.md has it.
fn same(said: &[f64], expected: &[f64]) {
    let text = |values: &[f64]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(text(said), text(expected));
}

/// The device never says `a`; no reading, no lamp and no comparison is invented for it.
#[test]
fn f21_what_the_device_does_not_say_gives_no_reading_and_no_lamp() {
    const NONE: f64 = f64::NAN;
    let expressions = [
        "clamp(a, 1, 3)",
        "clamp(b, a, 3)",
        "min(a, b)",
        "max(b, a)",
        "bit(a, 2)",
        "bit(b, a)",
        "a > 5",
        "a <= 5",
        "a == a",
        "a != b",
        "!a",
        "if(a > 5, 1, 0)",
        "if(a, 1, 1)",
        "hypot(a, 1 / 0)",
        "a ^ 0",
        "1 ^ a",
        "0 * a",
        "bit(1 / 0, 2)",
        "min(0 / 0, b)",
    ];
    let said = computed(&[&expressions[..], &["b"]].concat(), &[(0, "b:2")]);
    for (expression, said) in expressions.iter().zip(&said) {
        assert!(said.is_nan(), "{expression} = {said}");
    }
    // What the device says is no number is not said either.
    let said = computed(&["clamp(a, 1, 3)", "bit(a, 1)", "b"], &[(0, "a:nan,b:2")]);
    same(&said, &[NONE, NONE, 2.0]);
    // A true side is enough for `||`, a false one for `&&`: S. C. Kleene, Introduction to Metamathematics, section 64.
    let logic = ["a || b", "b || a", "a || !b", "a && b", "a && !b", "!b && a", "a || a", "a && a"];
    same(&computed(&logic, &[(0, "b:2")]), &[1.0, 1.0, NONE, NONE, 0.0, 0.0, NONE, NONE]);
    // Only what is chosen needs to be there, and whether something is there can be asked.
    let asked = [
        "if(b > 1, b, a)",
        "if(b > 1, a, b)",
        "known(a)",
        "known(b)",
        "coalesce(a, 0)",
        "coalesce(b, 0)",
        "if(known(a), a, -1)",
    ];
    same(&computed(&asked, &[(0, "b:2")]), &[2.0, NONE, 0.0, 1.0, 0.0, 2.0, -1.0]);
}

/// A device that restarts, or whose counter wraps, does not run backwards.
#[test]
fn f22_a_clock_that_goes_back_gives_no_rate() {
    let line = |at: i64| {
        [(0, "x:10,t:100"), (10, "x:12,t:101"), (20, "x:13,t:0"), (30, "x:16,t:1")][..][usize::try_from(at).unwrap()]
    };
    let all: Vec<(i64, &str)> = (0..4).map(line).collect();
    same(&computed(&["rate(x, t)", "x"], &all[..2]), &[2.0, 12.0]);
    same(&computed(&["rate(x, t)", "x"], &all[..3]), &[f64::NAN, 13.0]);
    same(&computed(&["rate(x, t)", "x"], &all), &[3.0, 16.0]);
}

/// The decimals of a derived field after these lines.
fn decimals(expression: &str, lines: &[&str]) -> u8 {
    let derived = format!("[[derived]]\nmessage = \"pairs\"\nname = \"d\"\nexpression = \"{expression}\"\n");
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", &derived));
    for line in lines {
        bench.bytes(format!("{line}\n").as_bytes());
        // What is on the screen is looked at again and again.
        bench.values();
    }
    bench.values()[1].fields[0].decimals
}

#[test]
fn a_computed_value_has_no_more_digits_than_what_it_is_computed_of() {
    let power = ["v:24.02,i:0.832", "v:24.05,i:0.841", "v:23.98,i:0.79"];
    assert_eq!(decimals("v * i", &power), 2, "19.98 W, not 19.98464 W");
    assert_eq!(decimals("v * i * 1000", &power), 1, "of 20225.05 mW, as a fraction is told");
    assert_eq!(decimals("v + i", &power), 2);
    let sum = ["v:24.02,offset:0.5", "v:24.13,offset:0.5"];
    assert_eq!(decimals("v + offset", &sum), 1, "a sum is as fine as its coarsest part");
    assert_eq!(decimals("v * i", &["v:24.00,i:0.500"]), 0, "what is whole stays so");
    assert_eq!(decimals("counts / 3", &["counts:1", "counts:0"]), 3, "of ones and zeros three digits");
    assert_eq!(decimals("counts * 3.3 / 4096", &["counts:3300", "counts:12"]), 3);
    assert_eq!(decimals("sin(1)", &["x:1"]), u8::MAX, "nobody knows");
    // The file has all that was computed.
    let derived = "[[derived]]\nmessage = \"pairs\"\nname = \"d\"\nexpression = \"v * i\"\n";
    let mut bench = Bench::open(&profile(SERIAL, "name = \"pairs\"", derived));
    bench.bytes(b"v:24.02,i:0.832\n");
    let fields = vec![session::query::FieldId { table: 1, field: 0 }];
    let query = Query::Csv { fields, from_nanos: i64::MIN / 4, to_nanos: i64::MAX / 2, next: Vec::new() };
    let Answer::Csv(csv) = bench.ask(query) else { panic!("rows as text") };
    assert!(csv.text.contains("19.98464"), "{}", csv.text);
}
