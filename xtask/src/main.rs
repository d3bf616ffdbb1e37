//! `cargo xtask serve | test | bench | build`: sets up what is missing, then does the work.

mod apt;
mod bench;
mod budget;
mod build;
mod release;
mod serve;
mod shell;
mod step;
mod steps;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--port N]   build the console in release and serve it on loopback (8080, or the next free port), with
                     simulated devices on a network
  test [STEP]...     run every test, or only the steps named; `test --list` names them
  bench [BENCH]...   run every bench, or only those named, beside the peers
  build              build the console in release into dist/, and the native tool with it inside
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let outcome = match command.as_str() {
        "serve" => serve::serve(&rest),
        "test" => return test::test(&rest),
        "bench" => bench::bench(&rest),
        "build" => {
            build::console().and_then(|dist| build::gateway(&dist)).map(|ferrule| println!("{}", ferrule.display()))
        }
        // For trunk, which says by its environment what it has built.
        "release" => release::after_trunk(),
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
