//! Macros: lines of steps that a session does one after the other.
//!
//! | line | does |
//! | --- | --- |
//! | `send TEXT` | sends the text and the profile's line ending |
//! | `bytes 01 02 ff` | sends these bytes as they are |
//! | `text TEXT` | sends the text alone |
//! | `command "NAME" 5 true "text"` | sends a command of the profile, with its arguments; waits for its reply if it has one |
//! | `wait 200 ms` | waits so long; also `2 s` |
//! | `expect TEXT` | waits until the device has said this since the last step that sent; a second at most |
//! | `match REGEX` | the same for a regular expression |
//! | `expect within 5 s: TEXT` | the same with a time |
//! | `repeat 3` … `end` | does what is between so many times; without a number, until it is stopped |
//! | `# …` | nothing |
//!
//! In texts `\r`, `\n`, `\t`, `\e`, `\0`, `\xHH` and `\\` stand for bytes. Regular expressions take linear time (the
//! `regex-lite` crate; faults S30).

mod read;
pub mod text;

use crate::profile::{ArgKind, Command, Profile, wanted};
use crate::query::Cell;
use crate::words::{Said, script as words};

/// Most steps of one macro.
pub const MAX_STEPS: usize = 1000;

/// Longest text of one macro, in bytes.
pub const MAX_TEXT: usize = 64 << 10;

/// A mistake in a macro.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptError {
    /// Its line, from 1.
    pub line: u32,
    /// What is wrong and what would be accepted, as a sentence without its full stop.
    pub reason: Said,
}

/// A macro that was read.
#[derive(Clone, Debug, Default)]
pub struct Script {
    pub(crate) lines: Vec<Line>,
}

/// One step and its line.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) number: u32,
    pub(crate) step: Step,
}

#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Sends text; `true` with the profile's ending.
    Text(Vec<u8>, bool),
    Bytes(Vec<u8>),
    Command {
        name: String,
        args: Vec<Word>,
    },
    Wait {
        millis: u32,
    },
    Expect {
        what: Pattern,
        within_millis: u32,
    },
    /// Begins a loop; where it ends.
    Repeat {
        count: Option<u32>,
        end: usize,
    },
    /// Ends the loop that began there.
    End {
        begin: usize,
    },
}

/// An argument as it is written: quoted or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) quoted: bool,
}

/// What is waited for.
#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    Text(Vec<u8>),
    Regex(regex_lite::Regex),
}

/// Memory for one regular expression.
const REGEX_BYTES: usize = 256 << 10;

/// Two patterns are the same if they were written so.
impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Pattern::Text(one), Pattern::Text(other)) => one == other,
            (Pattern::Regex(one), Pattern::Regex(other)) => one.as_str() == other.as_str(),
            _ => false,
        }
    }
}

impl Pattern {
    /// A regular expression; `^` and `$` are the ends of a line.
    pub(crate) fn regex(text: &str) -> Result<Pattern, Said> {
        let built = regex_lite::RegexBuilder::new(text).multi_line(true).size_limit(REGEX_BYTES).build();
        built.map(Pattern::Regex).map_err(|why| words::no_regex(&why.to_string()))
    }

    pub(crate) fn is_in(&self, heard: &[u8]) -> bool {
        match self {
            Pattern::Text(text) => memchr::memmem::find(heard, text).is_some(),
            Pattern::Regex(regex) => regex.is_match(&String::from_utf8_lossy(heard)),
        }
    }

    pub(crate) fn shown(&self) -> String {
        match self {
            Pattern::Text(text) => text::escaped(text),
            Pattern::Regex(regex) => regex.as_str().into(),
        }
    }
}

impl Script {
    /// Reads a macro.
    ///
    /// # Errors
    /// The first mistake, with its line.
    pub fn parse(text: &str) -> Result<Script, ScriptError> {
        read::script(text)
    }

    /// Whether a profile has the commands that it sends, and they take these arguments.
    ///
    /// # Errors
    /// The first that it has not, with its line.
    pub fn check(&self, profile: &Profile) -> Result<(), ScriptError> {
        self.check_commands(&profile.commands)
    }

    pub(crate) fn check_commands(&self, commands: &[Command]) -> Result<(), ScriptError> {
        for line in &self.lines {
            let Step::Command { name, args } = &line.step else { continue };
            let wrong = |reason: Said| ScriptError { line: line.number, reason };
            let command = commands.iter().find(|command| command.name == *name);
            let command = command.ok_or_else(|| wrong(words::no_command(name)))?;
            cells(command, args).map_err(wrong)?;
        }
        Ok(())
    }

    /// The commands it sends, by name, each with its line.
    pub fn commands(&self) -> impl Iterator<Item = (&str, u32)> {
        self.lines.iter().filter_map(|line| match &line.step {
            Step::Command { name, .. } => Some((name.as_str(), line.number)),
            _ => None,
        })
    }

    /// The commands it sends, with their arguments, where those fit.
    #[must_use]
    pub fn sends(&self, commands: &[Command]) -> Vec<(String, Vec<Cell>)> {
        let sent = |line: &Line| match &line.step {
            Step::Command { name, args } => {
                let command = commands.iter().find(|command| command.name == *name)?;
                Some((name.clone(), cells(command, args).ok()?))
            }
            _ => None,
        };
        self.lines.iter().filter_map(sent).collect()
    }

    /// How many steps it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it does nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// The line of a macro that sends a command with these arguments: what is recorded.
#[must_use]
pub fn command_line(name: &str, args: &[Cell]) -> String {
    let mut line = format!("command \"{}\"", text::quotable(name));
    for arg in args {
        let word = match arg {
            Cell::Text(text) => format!("\"{}\"", text::quotable(text)),
            Cell::Bytes(bytes) => format!("\"{}\"", text::hex(bytes)),
            Cell::Bool(truth) => truth.to_string(),
            Cell::I64(number) => number.to_string(),
            Cell::U64(number) => number.to_string(),
            Cell::F32(number) => number.to_string(),
            Cell::F64(number) => number.to_string(),
            Cell::Null => "\"\"".into(),
        };
        line.push(' ');
        line.push_str(&word);
    }
    line
}

/// The arguments of a command, as it takes them.
pub(crate) fn cells(command: &Command, given: &[Word]) -> Result<Vec<Cell>, Said> {
    if given.len() != command.args.len() {
        return Err(words::takes(&command.name, command.args.len(), given.len()));
    }
    let cell = |(arg, word): (&crate::profile::Arg, &Word)| {
        let wrong = || words::arg(&arg.name, &wanted(arg.kind), &word.text);
        let cell = match arg.kind {
            ArgKind::Number => word.text.parse().map(Cell::F64).map_err(|_| wrong()),
            ArgKind::Integer => word.text.parse().map(Cell::I64).map_err(|_| wrong()),
            ArgKind::Bool => word.text.parse().map(Cell::Bool).map_err(|_| wrong()),
            ArgKind::Text => Ok(Cell::Text(word.text.clone())),
            ArgKind::Bytes => text::unhex(&word.text).map(Cell::Bytes),
        }?;
        arg.check(&cell)?;
        Ok(cell)
    };
    command.args.iter().zip(given).map(cell).collect()
}
