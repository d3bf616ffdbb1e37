//! `cargo xtask test`: every step, its outcome by name, and the sum.

use crate::shell::say;
use crate::step::Tally;
use crate::steps::{STEPS, Step};
use std::process::ExitCode;
use std::time::Instant;

/// Runs all steps, or those named; the last line says how many tests passed and failed.
pub(crate) fn test(words: &[String]) -> ExitCode {
    if words.iter().any(|word| word == "--list") {
        for step in STEPS {
            println!("{:<12}{}", step.name, step.about);
        }
        return ExitCode::SUCCESS;
    }
    if let Some(unknown) = words.iter().find(|word| STEPS.iter().all(|step| step.name != **word)) {
        eprintln!("no step {unknown:?}; `cargo xtask test --list` names them");
        return ExitCode::FAILURE;
    }
    let mut sum = Tally::default();
    let mut outcomes = Vec::new();
    for step in STEPS.iter().filter(|step| words.is_empty() || words.iter().any(|word| word == step.name)) {
        let (tally, outcome) = take(step);
        sum.add(tally);
        outcomes.push(outcome);
    }
    println!();
    for outcome in outcomes {
        println!("{outcome}");
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Runs one step. One that reports no tests of its own counts as one.
fn take(step: &Step) -> (Tally, String) {
    say(&format!("{}: {}", step.name, step.about));
    let begun = Instant::now();
    let mut tally = Tally::default();
    let mut result = (step.run)(&mut tally);
    if result.is_ok() && step.counts && tally == Tally::default() {
        result = Err("it ran no test".into());
    }
    if result.is_ok() && tally.failed > 0 {
        result = Err("a test failed".into());
    }
    match &result {
        Ok(()) if tally == Tally::default() => tally.passed = 1,
        Err(_) if tally.failed == 0 => tally.failed = 1,
        _ => {}
    }
    let seconds = begun.elapsed().as_secs();
    let counts = format!("{} passed, {} failed, {seconds} s", tally.passed, tally.failed);
    let outcome = match result {
        Ok(()) => format!("ok    {:<12}{counts}", step.name),
        Err(why) => format!("FAIL  {:<12}{counts}: {why}", step.name),
    };
    println!("{outcome}");
    (tally, outcome)
}
