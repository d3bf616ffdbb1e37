//! Modes that make a line of text more than the next line on the screen.

use avt::Charset;
use avt::parser::{AnsiMode, DecMode, Function};

/// Which of them the device has set.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Modes {
    margins: bool,
    origin: bool,
    insert: bool,
    no_wrap: bool,
    unsure: bool,
    /// Line drawing as G0, as G1, and G1 in use.
    drawing: [bool; 2],
    shifted: bool,
}

impl Modes {
    /// Whether text is printed as it comes, one line below the other.
    pub(super) fn are_plain(self) -> bool {
        let drawn = self.drawing.get(usize::from(self.shifted)) == Some(&true);
        !(self.margins || self.origin || self.insert || self.no_wrap || self.unsure || drawn)
    }

    /// Takes note of a function that is executed.
    pub(super) fn see(&mut self, function: &Function, rows: usize) {
        let drawing = |charset: &Charset| *charset != Charset::Ascii;
        let [first, second] = &mut self.drawing;
        match function {
            Function::Ris | Function::Decstr => *self = Modes::default(),
            Function::Decstbm(top, bottom) => {
                self.margins = *top > 1 || !(*bottom == 0 || usize::from(*bottom) >= rows);
            }
            Function::Sm(modes) => self.insert |= modes.as_slice().contains(&AnsiMode::Insert),
            Function::Rm(modes) => self.insert &= !modes.as_slice().contains(&AnsiMode::Insert),
            Function::Gzd4(charset) => *first = drawing(charset),
            Function::G1d4(charset) => *second = drawing(charset),
            Function::So => self.shifted = true,
            Function::Si => self.shifted = false,
            Function::Decset(modes) => self.switch(modes.as_slice(), true),
            Function::Decrst(modes) => self.switch(modes.as_slice(), false),
            // A cursor that is restored brings its character sets and origin with it: nothing is known of those.
            Function::Decrc => self.unsure = true,
            _ => {}
        }
    }

    fn switch(&mut self, modes: &[DecMode], on: bool) {
        for mode in modes {
            match mode {
                DecMode::Origin => self.origin = on,
                DecMode::AutoWrap => self.no_wrap = !on,
                _ => {}
            }
        }
    }
}

/// Longest run of parameters looked at; a sequence that is longer sets nothing here.
const MOST_PARAMETERS: usize = 64;

/// Whether the device's program wants a paste between marks (xterm's private mode 2004, "Bracketed Paste Mode" in its
/// control sequences), which the terminal proper does not know.
#[derive(Clone, Debug, Default)]
pub(super) struct Brackets {
    on: bool,
    /// What has been read of `ESC [ ? … h`.
    read: Read,
    parameters: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Read {
    #[default]
    Nothing,
    Escape,
    Csi,
    Private,
}

impl Brackets {
    /// Whether it does now.
    pub(super) fn are_wanted(&self) -> bool {
        self.on
    }

    /// One character that is obeyed, be it of an escape sequence or not.
    pub(super) fn see(&mut self, ch: char) {
        self.read = match (self.read, ch) {
            (_, '\u{1b}') => Read::Escape,
            (Read::Escape, '[') => Read::Csi,
            // A full reset (RIS).
            (Read::Escape, 'c') => {
                self.on = false;
                Read::Nothing
            }
            (Read::Csi, '?') => {
                self.parameters.clear();
                Read::Private
            }
            (Read::Private, '0'..='9' | ';') if self.parameters.len() < MOST_PARAMETERS => {
                self.parameters.push(ch);
                Read::Private
            }
            (Read::Private, 'h' | 'l') => {
                if self.parameters.split(';').any(|one| one == "2004") {
                    self.on = ch == 'h';
                }
                Read::Nothing
            }
            _ => Read::Nothing,
        };
    }
}
