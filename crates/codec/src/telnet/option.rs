/// An option this side knows (IANA, Telnet Options).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum TelnetOption {
    /// Eight bits as they are (RFC 856).
    Binary = 0,
    /// The device shows what is typed (RFC 857).
    Echo = 1,
    /// No go-ahead: both may speak at any time (RFC 858).
    SuppressGoAhead = 3,
    /// The terminal's name (RFC 1091).
    TerminalType = 24,
    /// The window's size (RFC 1073).
    WindowSize = 31,
    /// A serial port's settings (RFC 2217).
    ComPort = 44,
}

impl TelnetOption {
    /// All of them.
    pub(super) const ALL: [TelnetOption; 6] = [
        TelnetOption::Binary,
        TelnetOption::Echo,
        TelnetOption::SuppressGoAhead,
        TelnetOption::TerminalType,
        TelnetOption::WindowSize,
        TelnetOption::ComPort,
    ];

    /// Its number on the wire.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The option of this number, if it is one of ours.
    #[must_use]
    pub fn from_code(code: u8) -> Option<TelnetOption> {
        TelnetOption::ALL.into_iter().find(|option| option.code() == code)
    }

    /// Whether we do it when asked.
    pub(super) fn ours(self, com_port: bool) -> bool {
        match self {
            TelnetOption::Echo => false,
            TelnetOption::ComPort => com_port,
            _ => true,
        }
    }

    /// Whether the device may do it.
    pub(super) fn theirs(self) -> bool {
        matches!(self, TelnetOption::Binary | TelnetOption::Echo | TelnetOption::SuppressGoAhead)
    }

    /// Its place in a table of all.
    pub(super) fn place(self) -> usize {
        TelnetOption::ALL.iter().position(|option| *option == self).unwrap_or_default()
    }
}
