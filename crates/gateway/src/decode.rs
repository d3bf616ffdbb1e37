//! `ferrule decode`: raw bytes in, JSON lines out.
//!
//! The same framers and decoders as in the console. Memory is bounded by one chunk of input and one frame, whatever
//! the length of the input.

mod json;
mod stream;

use crate::setting;
use codec::{Codec, Protocol};
use session::derive::{Derive, Derived};
use session::profile::Profile;
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use stream::Stream;

/// Printed below the options.
pub(crate) const HELP: &str = r#"A sample:          {"at":0,"len":17,"message":"pairs","values":{"temp":21.5,"hum":40}}
A rejected frame:  {"at":17,"len":9,"bad":"checksum 7a, expected 44"}

`at` is the offset of the frame's first byte, `len` its bytes on the wire, delimiters and stuffing included.
Integers beyond 2^53, NaN and infinities are strings; byte strings are hex; values the message did not give are left out."#;

/// Read at once; also how much may be decoded before the output is flushed.
const CHUNK_BYTES: usize = 64 * 1024;

/// What to decode, and how.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("how").required(true))]
pub(crate) struct Arguments {
    /// A device profile: its protocol is used.
    #[arg(long, value_name = "FILE", group = "how")]
    profile: Option<PathBuf>,
    /// A protocol by name; `ferrule protocols` lists them.
    #[arg(long, value_name = "NAME", group = "how")]
    protocol: Option<String>,
    /// A parameter of the protocol or its framing; may be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE", conflicts_with = "profile")]
    set: Vec<String>,
    /// Ends with one JSON object on stderr: what became of every byte.
    #[arg(long)]
    stats: bool,
    /// The capture; `-` or nothing for standard input.
    #[arg(value_name = "FILE")]
    input: Option<PathBuf>,
}

/// Decodes until the input ends.
///
/// # Errors
/// The profile, the parameters or the input that cannot be read, as a sentence.
pub(crate) fn run(arguments: &Arguments) -> Result<(), String> {
    let (codec, derived) = codec(arguments)?;
    let mut input = open(arguments.input.as_deref())?;
    let mut stream = Stream::new(codec, Derive::new(&derived));
    let mut output = BufWriter::with_capacity(CHUNK_BYTES, io::stdout().lock());
    let ended = copy(&mut input, &mut stream, &mut output);
    if arguments.stats {
        eprintln!("{}", stream.stats());
    }
    ended
}

/// The protocol, and the fields that the profile derives from its.
fn codec(arguments: &Arguments) -> Result<(Codec, Vec<Derived>), String> {
    let (name, settings, derived) = match (&arguments.profile, &arguments.protocol) {
        (Some(path), _) => {
            let profile = profile(path).map_err(|why| format!("{}: {why}", path.display()))?;
            (profile.protocol, profile.settings, profile.derived)
        }
        (None, Some(name)) => (name.clone(), setting::settings(&arguments.set)?, Vec::new()),
        (None, None) => return Err("name a --protocol or a --profile".into()),
    };
    let protocol = Protocol::find(&name).ok_or_else(|| {
        let names: Vec<_> = codec::PROTOCOLS.iter().map(|protocol| protocol.name).collect();
        format!("there is no protocol {name:?}; there are {}", names.join(", "))
    })?;
    let codec = protocol.open(&settings).map_err(|why| format!("protocol {name}: {why}"))?;
    Ok((codec, derived))
}

/// A profile from a file; no more of it is read than a profile may be long.
fn profile(path: &Path) -> Result<Profile, String> {
    let file = File::open(path).map_err(|why| why.to_string())?;
    let mut bytes = Vec::new();
    file.take(session::profile::MAX_TEXT as u64 + 1).read_to_end(&mut bytes).map_err(|why| why.to_string())?;
    let text = String::from_utf8(bytes).map_err(|why| {
        let good = why.utf8_error().valid_up_to();
        let lines = why.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count();
        format!("line {}: this is no UTF-8 text", lines.saturating_add(1))
    })?;
    Profile::parse(&text).map_err(|why| why.to_string())
}

fn open(path: Option<&Path>) -> Result<Box<dyn Read>, String> {
    match path {
        None => Ok(Box::new(io::stdin().lock())),
        Some(path) if path.as_os_str() == "-" => Ok(Box::new(io::stdin().lock())),
        Some(path) => {
            let file = File::open(path).map_err(|why| format!("{}: {why}", path.display()))?;
            Ok(Box::new(file))
        }
    }
}

/// Everything from `input` through `stream` to `output`, flushed chunk by chunk so that a live pipe is live.
fn copy(input: &mut dyn Read, stream: &mut Stream, output: &mut dyn Write) -> Result<(), String> {
    let mut chunk = vec![0; CHUNK_BYTES];
    let ended = loop {
        let taken = match input.read(&mut chunk) {
            Ok(0) => break Ok(()),
            Ok(taken) => taken,
            Err(why) if why.kind() == ErrorKind::Interrupted => continue,
            Err(why) => break Err(format!("the input cannot be read: {why}")),
        };
        let bytes = chunk.get(..taken).unwrap_or_default();
        match stream.feed(bytes, output).and_then(|()| output.flush()) {
            Ok(()) => {}
            Err(why) => return written(why),
        }
    };
    // Where reading failed, the input has not ended, and what is pending is no frame.
    ended?;
    stream.finish(output).and_then(|()| output.flush()).or_else(written)
}

/// Whoever reads our output may stop doing so (`| head`): that is no error.
fn written(why: io::Error) -> Result<(), String> {
    if why.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(format!("the output cannot be written: {why}")) }
}
