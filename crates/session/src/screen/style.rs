//! Which look the device has set, so that a line of ours can be put in between and the look restored.

use super::look::{Look, colour};
use avt::parser::{SgrOp, SgrOps};

/// The last operation of each kind, none where it is the default.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    fg: Option<SgrOp>,
    bg: Option<SgrOp>,
    intensity: Option<SgrOp>,
    flags: [Option<SgrOp>; 5],
}

/// The default look.
pub(super) fn reset() -> SgrOps {
    SgrOps::from(vec![SgrOp::Reset])
}

impl Style {
    pub(super) fn apply(&mut self, ops: &[SgrOp]) {
        for op in ops {
            let set = Some(*op);
            let [italic, underline, blink, inverse, strike] = &mut self.flags;
            match op {
                SgrOp::Reset => *self = Style::default(),
                SgrOp::SetForegroundColor(_) => self.fg = set,
                SgrOp::ResetForegroundColor => self.fg = None,
                SgrOp::SetBackgroundColor(_) => self.bg = set,
                SgrOp::ResetBackgroundColor => self.bg = None,
                SgrOp::SetBoldIntensity | SgrOp::SetFaintIntensity => self.intensity = set,
                SgrOp::ResetIntensity => self.intensity = None,
                SgrOp::SetItalic => *italic = set,
                SgrOp::ResetItalic => *italic = None,
                SgrOp::SetUnderline => *underline = set,
                SgrOp::ResetUnderline => *underline = None,
                SgrOp::SetBlink => *blink = set,
                SgrOp::ResetBlink => *blink = None,
                SgrOp::SetInverse => *inverse = set,
                SgrOp::ResetInverse => *inverse = None,
                SgrOp::SetStrikethrough => *strike = set,
                SgrOp::ResetStrikethrough => *strike = None,
            }
        }
    }

    /// This look, as lines keep it.
    pub(super) fn look(&self) -> Look {
        let set = |op: Option<SgrOp>| match op {
            Some(SgrOp::SetForegroundColor(set) | SgrOp::SetBackgroundColor(set)) => colour(Some(set)),
            _ => colour(None),
        };
        let [italic, underline, _, inverse, _] = self.flags;
        let intensity = |op| self.intensity == Some(op);
        let (bold, faint) = (intensity(SgrOp::SetBoldIntensity), intensity(SgrOp::SetFaintIntensity));
        let flags = Look::flags(bold, faint, italic.is_some(), underline.is_some(), inverse.is_some());
        Look { fg: set(self.fg), bg: set(self.bg), flags }
    }

    /// What sets this look on top of the default; `None` where it is the default.
    pub(super) fn pen(&self) -> Option<SgrOps> {
        let ops: Vec<SgrOp> = [self.fg, self.bg, self.intensity].into_iter().chain(self.flags).flatten().collect();
        (!ops.is_empty()).then(|| SgrOps::from(ops))
    }
}
