//! The steps of `cargo xtask test`, in order: cheap ones first.

use crate::shell::{Failure, cargo, root, say, target, tools as tool_folder, which};
use crate::step::Tally;
use crate::{apt, budget, build, tools, wasm};

/// A step: its name, what it shows, how it is done.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    /// Whether it reports tests of its own; then none at all is a failure.
    pub(crate) counts: bool,
    pub(crate) run: fn(&mut Tally) -> Result<(), Failure>,
}

/// Every step.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "fmt", about: "the sources are formatted", counts: false, run: fmt },
    Step {
        name: "clippy",
        about: "the lints find nothing, natively, in the browser, in the firmware, in the fuzz targets",
        counts: false,
        run: clippy,
    },
    Step { name: "native", about: "unit, property, vector, golden and tidy tests", counts: true, run: native },
    Step { name: "bare-metal", about: "codec builds for a Cortex-M4 without std", counts: false, run: bare_metal },
    Step { name: "pure", about: "codec, store and session import nothing from their host", counts: false, run: pure },
    Step { name: "browser", about: "the browser parts, in headless Chromium", counts: true, run: browser },
    Step {
        name: "console",
        about: "the console builds in release, within its size budget",
        counts: false,
        run: console,
    },
    Step { name: "firmware", about: "the reference device builds for a Cortex-M3", counts: false, run: firmware },
    Step { name: "e2e", about: "the built console in Chromium, against real peers", counts: true, run: end_to_end },
];

/// Workspaces of their own, with their own lock files.
const OTHERS: &[&str] = &["tests/e2e", "firmware", "fuzz"];

/// What the firmware is compiled for.
const BOARD: &str = "thumbv7m-none-eabi";

fn fmt(tally: &mut Tally) -> Result<(), Failure> {
    tally.run(&mut cargo(&["fmt", "--all", "--check"]))?;
    for folder in OTHERS {
        let manifest = format!("{folder}/Cargo.toml");
        tally.run(&mut cargo(&["fmt", "--manifest-path", &manifest, "--check"]))?;
    }
    Ok(())
}

fn clippy(tally: &mut Tally) -> Result<(), Failure> {
    tools::target("wasm32-unknown-unknown")?;
    tools::target(BOARD)?;
    let lint = |words: &[&str]| cargo(&[&["clippy", "--quiet"], words, &["--", "-D", "warnings"]].concat());
    tally.run(&mut lint(&["--workspace", "--all-targets"]))?;
    tally.run(&mut lint(&["--package", "ferrule-web", "--target", "wasm32-unknown-unknown"]))?;
    tally.run(&mut lint(&["--manifest-path", "tests/e2e/Cargo.toml", "--all-targets"]))?;
    tally.run(&mut lint(&["--manifest-path", "bench/wasm/Cargo.toml", "--target", "wasm32-unknown-unknown"]))?;
    // Its own .cargo/config.toml names the board.
    tally.run(lint(&[]).current_dir(root().join("firmware")))?;
    // Without the fuzzer itself, which wants a C++ compiler; the targets are compiled all the same, and the native tests
    // run what they run over the same corpus.
    tally.run(&mut lint(&["--manifest-path", "fuzz/Cargo.toml", "--no-default-features"]))
}

fn native(tally: &mut Tally) -> Result<(), Failure> {
    // Where it cannot be installed the tests that need it say so.
    if let Err(why) = apt::ensure(apt::PEERS) {
        say(&why);
    }
    tally.run(&mut cargo(&["test", "--quiet", "--workspace", "--no-fail-fast"]))
}

fn bare_metal(tally: &mut Tally) -> Result<(), Failure> {
    const TRIPLE: &str = "thumbv7em-none-eabihf";
    tools::target(TRIPLE)?;
    tally.run(&mut cargo(&["build", "--quiet", "--package", "codec", "--target", TRIPLE]))?;
    tally.run(&mut cargo(&["build", "--quiet", "--package", "codec", "--target", TRIPLE, "--no-default-features"]))
}

/// What a module imports it could do I/O or read a clock with; one that imports nothing can do neither.
fn pure(tally: &mut Tally) -> Result<(), Failure> {
    const TRIPLE: &str = "wasm32-unknown-unknown";
    tools::target(TRIPLE)?;
    tally.run(&mut cargo(&["build", "--quiet", "--package", "pure", "--target", TRIPLE]))?;
    let path = target().join(TRIPLE).join("debug").join("pure.wasm");
    let module = std::fs::read(&path).map_err(|why| format!("{} is unreadable: {why}", path.display()))?;
    let imports = wasm::imports(&module)?;
    if imports.is_empty() { Ok(()) } else { Err(format!("the pure crates import {}", imports.join(", "))) }
}

fn browser(tally: &mut Tally) -> Result<(), Failure> {
    tools::web()?;
    apt::ensure(apt::BROWSER)?;
    let driver = which("chromedriver").ok_or("chromedriver is not on the path")?;
    tally.run(
        cargo(&["test", "--package", "ferrule-web", "--test", "browser", "--target", "wasm32-unknown-unknown"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tool_folder().join("bin/wasm-bindgen-test-runner"))
            .env("CHROMEDRIVER", driver)
            // A loaded machine starts a browser slowly.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}

fn console(_: &mut Tally) -> Result<(), Failure> {
    let dist = build::console()?;
    for line in budget::check(&dist)? {
        println!("{line}");
    }
    Ok(())
}

fn firmware(tally: &mut Tally) -> Result<(), Failure> {
    tools::target(BOARD)?;
    // Its own .cargo/config.toml names the linker script.
    tally.run(cargo(&["build", "--quiet", "--release"]).current_dir(root().join("firmware")))
}

fn end_to_end(tally: &mut Tally) -> Result<(), Failure> {
    apt::ensure(apt::BROWSER)?;
    apt::ensure(apt::RIG)?;
    apt::ensure(apt::PEERS)?;
    // axe-core comes with npm; whichever npm is there will do.
    if which("npm").is_none() {
        apt::ensure(&["npm"])?;
    }
    firmware(tally)?;
    // Always: what is in dist/ may be of other sources.
    let dist = build::console()?;
    let ferrule = build::gateway(&dist)?;
    tally.run(
        cargo(&["run", "--quiet", "--release", "--manifest-path", "tests/e2e/Cargo.toml"])
            .env("FERRULE_DIST", dist)
            .env("FERRULE_BIN", ferrule),
    )
}
