//! `ferrule decode` as its users meet it: the documentation's examples, split input, hostile input, exit codes.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const FERRULE: &str = env!("CARGO_BIN_EXE_ferrule");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn decode(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(FERRULE)
        .arg("decode")
        .args(arguments)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // It may refuse its arguments before it reads.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Every `$ command` in docs/decode.md prints what stands below it.
#[test]
fn the_documentation_is_true() {
    let folder = Path::new(FERRULE).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let document = std::fs::read_to_string(root().join("docs/decode.md")).unwrap();
    let mut commands = 0;
    for block in document.split("```console\n$ ").skip(1) {
        let (command, expected) = block.split("```").next().unwrap().split_once('\n').unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {command}\n}} 2>&1")])
            .current_dir(root())
            .env("PATH", &path)
            .output()
            .unwrap();
        assert_eq!(text(&output.stdout), expected, "$ {command}");
        commands += 1;
    }
    assert!(commands >= 5, "only {commands} examples were found");
}

#[test]
fn the_sum_of_all_bytes_holds_at_every_length() {
    let capture = std::fs::read(root().join("docs/decode/station.bin")).unwrap();
    for len in [0, 1, 16, 17, 18, 70, 85, 112, capture.len()] {
        let output = decode(&["--profile", "docs/decode/station.toml", "--stats", "-"], capture.get(..len).unwrap());
        assert!(output.status.success());
        let stats: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
        let bytes = stats["bytes"].as_object().unwrap();
        let sum: u64 = bytes.values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!((stats["bytes_in"].as_u64(), sum), (Some(len as u64), len as u64));
        assert_eq!(stats["samples"].as_u64().unwrap() + stats["rejected"].as_u64().unwrap(), {
            text(&output.stdout).lines().count() as u64
        });
    }
}

/// F15, F24: a megabyte without a delimiter, broken UTF-8, every byte there is.
#[test]
fn hostile_input_is_reported_and_survived() {
    let mut input = vec![b'x'; 1 << 20];
    input.extend_from_slice(b"\na:1\n\xff\xfe:2\n");
    input.extend((0..=255u8).cycle().take(10_000));
    input.extend_from_slice(b"\nlast:1\n");
    for protocol in ["text", "csv", "pairs", "json"] {
        let output = decode(&["--protocol", protocol, "--stats"], &input);
        assert!(output.status.success(), "{protocol}");
        for line in text(&output.stdout).lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(
                line["at"].is_u64() && line["len"].is_u64() && (line["bad"].is_string() || line["values"].is_object())
            );
        }
        let stats: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
        let sum: u64 = stats["bytes"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
        assert_eq!(sum, input.len() as u64, "{protocol}");
    }
}

/// A capture without delimiters is one message: its end is the end of the input.
#[test]
fn the_end_of_the_input_ends_a_whole_message() {
    let output = decode(&["--protocol", "json", "--set", "framing=whole"], b"{\n\"a\": {\"b\": 1.5}}");
    assert_eq!(text(&output.stdout), "{\"at\":0,\"len\":18,\"message\":\"json\",\"values\":{\"a.b\":1.5}}\n");
}

/// Many captures end so, and RFC 4180 permits it (section 2, rule 2). A frame of COBS without its zero is cut off.
#[test]
fn the_last_line_needs_no_ending() {
    let output = decode(&["--protocol", "csv", "--stats"], b"t,h\n1,2\n3,4");
    assert_eq!(text(&output.stdout).lines().last(), Some(r#"{"at":8,"len":3,"message":"csv","values":{"t":3,"h":4}}"#));
    let bytes = r#""bytes":{"good":11,"rejected":0,"skipped":0,"pending":0}}"#;
    assert!(text(&output.stderr).trim_end().ends_with(bytes), "{}", text(&output.stderr));
    let output = decode(&["--protocol", "json", "--stats"], b"{\"a\":1}\n{\"a\":");
    assert_eq!(text(&output.stdout).lines().last(), Some(r#"{"at":8,"len":5,"bad":"not understood at byte 4"}"#));
    let output = decode(&["--protocol", "text", "--set", "framing=cobs", "--stats"], b"\x00\x03ok\x00\x03no");
    assert_eq!(text(&output.stdout), "{\"at\":1,\"len\":4,\"message\":\"text\",\"values\":{\"line\":\"ok\"}}\n");
    assert!(text(&output.stderr).trim_end().ends_with(r#""skipped":1,"pending":3}}"#), "{}", text(&output.stderr));
}

#[test]
fn mistakes_are_named_and_end_with_status_2() {
    for (arguments, expected) in [
        (&["--protocol", "morse"] as &[&str], "there is no protocol \"morse\"; there are text"),
        (&["--protocol", "pairs", "--set", "speed=3"], "speed"),
        (&["--protocol", "pairs", "--set", "speed"], "key=value"),
        (&["--profile", "no/such.toml"], "no/such.toml"),
        (&["--protocol", "text", "no/such.bin"], "no/such.bin"),
        (&["--protocol", "text", "docs"], "directory"),
        (&[], "--protocol"),
    ] {
        let output = decode(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{arguments:?}: {}", text(&output.stderr));
    }
}

/// `| head -1` is no error, and nothing is said about it.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = Command::new(FERRULE)
        .args(["decode", "--protocol", "text"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"first\n").unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 1]).unwrap();
    drop(stdout);
    // Until the other side notices, or has read everything.
    for _ in 0..1000 {
        if stdin.write_all(&b"more\n".repeat(1000)).is_err() {
            break;
        }
    }
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(text(&output.stderr), "");
}

/// A live pipe: the sample is out while the input is still open.
#[test]
fn a_sample_does_not_wait_for_the_end() {
    let mut child = Command::new(FERRULE)
        .args(["decode", "--protocol", "pairs"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"a:1\n").unwrap();
    let mut first = [0; 7];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    assert_eq!(&first, b"{\"at\":0");
    drop(stdin);
    child.wait().unwrap();
}

/// A profile means the same here as in the console: its derived fields follow each sample.
#[test]
fn derived_fields_follow_their_message() {
    let folder = std::env::temp_dir().join(format!("ferrule-derived-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("power.toml");
    let profile = "name = \"p\"\n[link]\nkind = \"serial\"\n[protocol]\nname = \"pairs\"\n[[derived]]\nmessage = \"pairs\"\n\
                   name = \"p\"\nexpression = \"u * i\"\n";
    std::fs::write(&path, profile).unwrap();
    let output = decode(&["--profile", path.to_str().unwrap()], b"u:2,i:3\nx:1\n");
    let lines = "{\"at\":0,\"len\":8,\"message\":\"pairs\",\"values\":{\"u\":2,\"i\":3}}\n\
                 {\"at\":0,\"len\":8,\"message\":\"pairs derived\",\"values\":{\"p\":6}}\n\
                 {\"at\":8,\"len\":4,\"message\":\"pairs\",\"values\":{\"x\":1}}\n";
    assert_eq!(text(&output.stdout), lines);
    std::fs::write(&path, b"name = \"p\"\n# \xFF\n").unwrap();
    let output = decode(&["--profile", path.to_str().unwrap()], b"");
    assert!(text(&output.stderr).contains("line 2: this is no UTF-8 text"), "{}", text(&output.stderr));
    assert_eq!(output.status.code(), Some(2));
}
