//! A program at the other end of a pair of pipes, the faults of the line between, and the loop that a session is.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};
use transfer::{File, Progress, Transfer};

/// Whether lrzsz is there.
pub(crate) fn there() -> bool {
    let found = Command::new("sz").arg("--version").output().is_ok();
    if !found {
        eprintln!("lrzsz is not installed: nothing was tried against it (cargo xtask test installs it)");
    }
    found
}

/// A folder that goes when it is dropped.
pub(crate) struct Folder {
    pub(crate) path: PathBuf,
}

pub(crate) fn folder() -> Folder {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!("transfer-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let path = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&path).unwrap();
    Folder { path }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// Bytes of every kind, the same each time.
pub(crate) fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[1]
    };
    (0..len).map(|_| next()).collect()
}

/// What the line does to bytes, both ways.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    None,
    /// Turns one bit of every so-manieth byte.
    Flip {
        every: usize,
    },
    /// Loses every so-manieth byte.
    Drop {
        every: usize,
    },
}

impl Fault {
    fn apply(self, count: &mut usize, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        for byte in bytes {
            *count += 1;
            match self {
                Fault::Flip { every } if count.is_multiple_of(every) => out.push(byte ^ 0x20),
                Fault::Drop { every } if count.is_multiple_of(every) => {}
                _ => out.push(*byte),
            }
        }
        out
    }
}

/// The program.
pub(crate) struct Peer {
    child: Child,
    says: Receiver<Vec<u8>>,
    begun: Instant,
    /// Bytes it was given, and bytes it said.
    pub(crate) taken: usize,
    pub(crate) said: usize,
}

impl Peer {
    pub(crate) fn spawn(program: &str, args: &[&str], folder: &Path) -> Peer {
        let mut command = Command::new(program);
        command.args(args).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        let mut output = child.stdout.take().unwrap();
        // Bounded: a program that is read slowly is slow.
        let (say, says) = sync_channel(2);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(len @ 1..) = output.read(&mut buffer) {
                if say.send(buffer[..len].to_vec()).is_err() {
                    return;
                }
            }
        });
        Peer { child, says, begun: Instant::now(), taken: 0, said: 0 }
    }

    pub(crate) fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap()
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it ended well; it is waited for.
    pub(crate) fn wait(&mut self) -> bool {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            assert!(Instant::now() < until, "the far end goes on");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a transfer to its end, and gives what was received. It is broken off where `cancel` says so.
pub(crate) fn run(
    mut transfer: Transfer,
    peer: &mut Peer,
    fault: Fault,
    mut cancel: impl FnMut(&Progress) -> bool,
) -> (Transfer, Vec<File>) {
    let mut input = peer.child.stdin.take().unwrap();
    let (mut to, mut from) = (0, 0);
    let mut cancelled = false;
    let mut files = Vec::new();
    loop {
        if !cancelled && cancel(transfer.progress()) {
            cancelled = true;
            transfer.cancel(peer.now());
        }
        // Some at a time, so that what the far end says is heard between.
        for _ in 0..4 {
            let Some(bytes) = transfer.poll_bytes(peer.now()) else { break };
            peer.taken += bytes.len();
            // It may be gone already, as after the last word.
            let _ = input.write_all(&fault.apply(&mut to, &bytes));
        }
        let _ = input.flush();
        files.extend(std::iter::from_fn(|| transfer.poll_file()));
        let idle = transfer.poll_timeout().map_or(0, |until| until.saturating_sub(peer.now()));
        let Some(said) = next(peer, if transfer.ending().is_some() { 0 } else { idle.min(50) }) else {
            if transfer.ending().is_some() {
                while let Some(bytes) = transfer.poll_bytes(peer.now()) {
                    let _ = input.write_all(&bytes);
                }
                return (transfer, files);
            }
            transfer.handle_timeout(peer.now());
            assert!(peer.now() < 180_000, "the transfer does not end: {:?}", transfer.progress());
            continue;
        };
        peer.said += said.len();
        transfer.handle_bytes(peer.now(), &fault.apply(&mut from, &said));
    }
}

fn next(peer: &Peer, millis: u64) -> Option<Vec<u8>> {
    match peer.says.recv_timeout(Duration::from_millis(millis)) {
        Ok(bytes) => Some(bytes),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => {
            std::thread::sleep(Duration::from_millis(millis));
            None
        }
    }
}
