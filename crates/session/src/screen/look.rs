//! How a run of text looks, in a few bytes.

use crate::query::{Colour, Run};
use avt::{Color, Pen};

const BOLD: u8 = 1;
const FAINT: u8 = 1 << 1;
const ITALIC: u8 = 1 << 2;
const UNDERLINE: u8 = 1 << 3;
const INVERSE: u8 = 1 << 4;

/// Colours and flags of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) fg: Colour,
    pub(super) bg: Colour,
    pub(super) flags: u8,
}

impl Look {
    pub(super) fn is_default(self) -> bool {
        self == Look::default()
    }

    /// Whether a blank can be seen in it.
    pub(super) fn shows_blanks(self) -> bool {
        self.bg != Colour::Default || self.flags & (UNDERLINE | INVERSE) != 0
    }

    /// The flags, each with whether it is set.
    pub(super) fn flags(bold: bool, faint: bool, italic: bool, underline: bool, inverse: bool) -> u8 {
        let flags = [(bold, BOLD), (faint, FAINT), (italic, ITALIC), (underline, UNDERLINE), (inverse, INVERSE)];
        flags.iter().filter(|(set, _)| *set).fold(0, |sum, (_, flag)| sum | flag)
    }

    pub(super) fn run(self, text: &str) -> Run {
        Run {
            text: text.into(),
            fg: self.fg,
            bg: self.bg,
            bold: self.flags & BOLD != 0,
            faint: self.flags & FAINT != 0,
            italic: self.flags & ITALIC != 0,
            underline: self.flags & UNDERLINE != 0,
            inverse: self.flags & INVERSE != 0,
        }
    }
}

impl From<&Pen> for Look {
    fn from(pen: &Pen) -> Look {
        let flags = Look::flags(pen.is_bold(), pen.is_faint(), pen.is_italic(), pen.is_underline(), pen.is_inverse());
        Look { fg: colour(pen.foreground()), bg: colour(pen.background()), flags }
    }
}

pub(super) fn colour(colour: Option<Color>) -> Colour {
    match colour {
        None => Colour::Default,
        Some(Color::Indexed(index)) => Colour::Indexed(index),
        Some(Color::RGB(rgb)) => Colour::Rgb(rgb.r, rgb.g, rgb.b),
    }
}
