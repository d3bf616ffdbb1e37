//! `ferrule`, the native tool: decodes captures, lists the protocols, serves the console.

mod decode;
mod protocols;
mod schema;
mod serve;
mod setting;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Decodes device data, and serves the Ferrule console.
#[derive(Parser)]
#[command(name = "ferrule", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Reads raw bytes and writes one JSON line per sample and per rejected frame.
    #[command(after_help = decode::HELP)]
    Decode(decode::Arguments),
    /// Lists the protocols and the framings with their parameters.
    Protocols,
    /// Prints the form of a profile as JSON Schema, for editors that complete TOML by one.
    Schema,
    /// Serves the console, and tunnels from it to devices that no browser reaches.
    #[command(after_help = serve::HELP)]
    Serve(serve::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().verb {
        Verb::Decode(arguments) => decode::run(&arguments),
        Verb::Protocols => protocols::run(),
        Verb::Schema => schema::run(),
        Verb::Serve(arguments) => serve::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("ferrule: {why}");
            ExitCode::from(2)
        }
    }
}
