//! One step of `cargo xtask test`: runs programs, shows what they print, and counts the tests they report.

use crate::shell::{Failure, name};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

/// Tests counted so far in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Runs a program to its end, its output on ours.
    pub(crate) fn run(&mut self, command: &mut Command) -> Result<(), Failure> {
        let mut child =
            command.stdout(Stdio::piped()).spawn().map_err(|why| format!("{} does not start: {why}", name(command)))?;
        for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
            // A program may print what is not UTF-8; the line is then not a summary of ours.
            let line = line.unwrap_or_else(|_| "(a line that is not text)".into());
            println!("{line}");
            self.add(counted(&line).unwrap_or_default());
        }
        let status = child.wait().map_err(|why| format!("{} was lost: {why}", name(command)))?;
        if status.success() { Ok(()) } else { Err(format!("{} failed ({status})", name(command))) }
    }
}

/// The counts of a summary line: `test result: ok. 3 passed; 0 failed; …` or `3 passed, 0 failed`.
fn counted(line: &str) -> Option<Tally> {
    let line = line.trim().strip_prefix("test result:").map_or(line.trim(), |rest| rest.trim_start());
    let line = line.strip_prefix("ok. ").or_else(|| line.strip_prefix("FAILED. ")).unwrap_or(line);
    let mut passed = None;
    let mut failed = None;
    for part in line.split([';', ',']) {
        match part.trim().split_once(' ') {
            Some((number, "passed")) => passed = number.parse().ok(),
            Some((number, "failed")) => failed = number.parse().ok(),
            _ => {}
        }
    }
    Some(Tally { passed: passed?, failed: failed? })
}

#[cfg(test)]
mod tests {
    use super::{Tally, counted};

    #[test]
    fn summaries_of_cargo_and_of_the_rig_are_counted() {
        let tally = |passed, failed| Some(Tally { passed, failed });
        assert_eq!(
            counted("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; finished in 0.01s"),
            tally(12, 0)
        );
        assert_eq!(counted("test result: FAILED. 3 passed; 2 failed; 0 ignored"), tally(3, 2));
        assert_eq!(counted("7 passed, 1 failed"), tally(7, 1));
        assert_eq!(counted("running 7 tests"), None);
        assert_eq!(counted("test it_has_passed ... ok"), None);
    }
}
