//! docs/faults.md names every fault this console answers for, and tests that are there and name it themselves.

use super::root;

/// Those it must have a row for.
const FAULTS: &[&str] = &[
    "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "F12", "F13", "F14", "F15", "F16", "F17",
    "F18", "F19", "F20", "F21", "F22", "F23", "F24", "F25", "F26", "F27", "F28", "F29", "F30", "F31", "F32", "F33",
    "F34", "F35", "F43", "F44", "F45", "F46", "F47", "F48", "F49", "F50", "S1", "S2", "S3", "S4", "S5", "S6", "S7",
    "S8", "S9", "S10", "S11", "S12", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S23",
    "S24", "S25", "S29", "S30", "S31", "S32", "S33", "S34", "S35", "S36", "S37", "S38", "S40", "S41", "S42", "R10",
];

/// A row's id and the tests it names, as `path::name`.
fn rows(text: &str) -> Vec<(String, Vec<String>)> {
    let row = |line: &str| {
        let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
        let [id, _, _, tests] = cells[..] else { return None };
        let tests = tests.split('`').filter(|part| part.contains("::")).map(str::to_owned).collect();
        id.starts_with(['F', 'S', 'R']).then(|| (id.to_owned(), tests))
    };
    text.lines().filter_map(row).collect()
}

/// Whether a text says an id, and not one that only begins like it: "F1" in "f1_f3_a" and in "(F1)", not in "F12".
fn says(text: &str, id: &str) -> bool {
    let text = text.to_uppercase();
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| word == id)
}

/// What a test says of itself: its name, and the comments and attributes right above it. `None` if it is not there.
fn told(path: &str, name: &str) -> Option<String> {
    let text = std::fs::read_to_string(root().join(path)).ok()?;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    // A scenario is a line of its table.
    let scenario = |line: &&&str| line.split('"').nth(1) == Some(name) && line.ends_with(';');
    if path.ends_with("scenario.rs") {
        return lines.iter().find(scenario).map(|line| (*line).to_owned());
    }
    let function = format!("fn {name}(");
    let at = lines.iter().position(|line| line.strip_prefix("async ").unwrap_or(line).starts_with(&function))?;
    let above: Vec<&str> = lines[..at].iter().rev().copied().take_while(|line| line.starts_with(['/', '#'])).collect();
    above
        .iter()
        .any(|line| line.contains("test]") || line.contains("::test("))
        .then(|| format!("{name} {}", above.join(" ")))
}

#[test]
fn every_fault_has_a_row_and_every_row_has_tests_that_name_it() {
    let text = std::fs::read_to_string(root().join("docs/faults.md")).unwrap();
    let rows = rows(&text);
    for id in FAULTS {
        assert!(rows.iter().any(|(row, _)| row == id), "docs/faults.md has no row for {id}");
    }
    for (index, (id, _)) in rows.iter().enumerate() {
        assert!(rows.iter().skip(index + 1).all(|(other, _)| other != id), "docs/faults.md has two rows for {id}");
    }
    for (id, tests) in &rows {
        assert!(!tests.is_empty(), "{id} has no test in docs/faults.md");
        for test in tests {
            let (path, name) = test.split_once("::").unwrap();
            let told = told(path, name).unwrap_or_else(|| panic!("docs/faults.md, {id}: there is no test {test}"));
            assert!(says(&told, id), "docs/faults.md, {id}: {test} does not say {id} itself");
        }
    }
}

#[test]
fn an_id_is_a_word_of_its_own() {
    assert!(says("f1_f3_a_line_error", "F1") && says("/// F14, F15: noise", "F15") && says("(F25)", "F25"));
    assert!(!says("f12_silence", "F1") && !says("Value::F64", "F6") && !says("refused", "F1"));
}
