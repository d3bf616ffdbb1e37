//! A shell on a terminal, as on a board's serial console, with the far end's programs in it.

use crate::peer::Folder;
use rustix::{fs, io, pty};
use std::fs::File as Line;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use transfer::{File, Transfer};

/// Bytes that may wait for the line, as in a session.
const AHEAD: usize = 8 << 10;

pub(crate) struct Shell {
    child: Child,
    line: Line,
    begun: Instant,
    /// What it says while no transfer is under way.
    pub(crate) screen: Vec<u8>,
    pub(crate) folder: Folder,
}

impl Shell {
    pub(crate) fn open() -> Shell {
        let end = pty::openpt(pty::OpenptFlags::RDWR | pty::OpenptFlags::NOCTTY).unwrap();
        pty::grantpt(&end).unwrap();
        pty::unlockpt(&end).unwrap();
        let path = pty::ptsname(&end, Vec::new()).unwrap().into_string().unwrap();
        io::ioctl_fionbio(&end, true).unwrap();
        let own = || Stdio::from(fs::open(&path, fs::OFlags::RDWR | fs::OFlags::NOCTTY, fs::Mode::empty()).unwrap());
        let folder = crate::peer::folder();
        let mut command = Command::new("setsid");
        command.args(["--ctty", "bash", "--norc", "--noprofile", "-i"]).current_dir(&folder.path);
        command.env("PS1", "board$ ").env("TERM", "vt100").env("HISTFILE", "/dev/null");
        // What is poured into it may have a Ctrl D in it.
        command.env("IGNOREEOF", "1000");
        let child = command.stdin(own()).stdout(own()).stderr(own()).spawn().unwrap();
        let mut shell = Shell { child, line: Line::from(end), begun: Instant::now(), screen: Vec::new(), folder };
        shell.until("board$ ");
        shell
    }

    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap()
    }

    pub(crate) fn says(&self) -> String {
        self.screen.escape_ascii().to_string()
    }

    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let mut bytes = bytes;
        while let Ok(len @ 1..) = self.line.write(bytes) {
            bytes = &bytes[len..];
        }
    }

    pub(crate) fn read(&mut self, millis: u64) -> Vec<u8> {
        let until = Instant::now() + Duration::from_millis(millis);
        let mut buffer = [0; 4096];
        loop {
            match self.line.read(&mut buffer) {
                Ok(len @ 1..) => return buffer[..len].to_vec(),
                _ if Instant::now() >= until => return Vec::new(),
                _ => std::thread::sleep(Duration::from_millis(2)),
            }
        }
    }

    /// Listens for so long.
    pub(crate) fn listen(&mut self, millis: u64) {
        let until = Instant::now() + Duration::from_millis(millis);
        while Instant::now() < until {
            let bytes = self.read(20);
            self.screen.extend(bytes);
        }
    }

    /// Waits until it has said this.
    pub(crate) fn until(&mut self, text: &str) {
        let until = Instant::now() + Duration::from_secs(15);
        while !self.screen.windows(text.len()).any(|window| window == text.as_bytes()) {
            assert!(Instant::now() < until, "{text:?} is not said: {}", self.says());
            self.listen(20);
        }
    }

    /// Whether a command that is typed after Ctrl C is done, as by a user who sees that something was typed already.
    pub(crate) fn answers(&mut self) -> bool {
        self.screen.clear();
        self.send(b"\x03");
        self.listen(300);
        self.send(b"echo $((40+2))is-the-answer\r");
        let until = Instant::now() + Duration::from_secs(3);
        while Instant::now() < until {
            self.listen(20);
            if self.screen.windows(15).any(|window| window == b"42is-the-answer") {
                return true;
            }
        }
        false
    }

    /// Runs a transfer to its end, and gives what was received; each time `meanwhile` may do something to either.
    pub(crate) fn run(
        &mut self,
        mut transfer: Transfer,
        mut meanwhile: impl FnMut(&mut Transfer, &mut Shell),
    ) -> (Transfer, Vec<File>) {
        let (mut waiting, mut files) = (Vec::new(), Vec::new());
        let begun = self.now();
        loop {
            meanwhile(&mut transfer, self);
            transfer.handle_timeout(self.now());
            while waiting.len() < AHEAD
                && let Some(bytes) = transfer.poll_bytes(self.now())
            {
                waiting.extend(bytes);
            }
            if let Ok(len @ 1..) = self.line.write(&waiting) {
                waiting.drain(..len);
            }
            files.extend(std::iter::from_fn(|| transfer.poll_file()));
            if transfer.ending().is_some() && waiting.is_empty() {
                return (transfer, files);
            }
            let said = self.read(5);
            let taken = transfer.handle_bytes(self.now(), &said);
            self.screen.extend(&said[taken..]);
            assert!(self.now() < begun + 120_000, "the transfer does not end: {:?}", transfer.progress());
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
