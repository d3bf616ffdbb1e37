//! The far end of a pty without a device: what is said there, and what was heard.

use super::{end_of_a_pty, slave};
use crate::failure::Failure;
use rustix::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The far end.
pub struct Far {
    end: OwnedFd,
    path: PathBuf,
    heard: Arc<Mutex<Vec<u8>>>,
    _line: OwnedFd,
}

impl Far {
    /// A pty whose near end is there for whoever opens it.
    pub fn new() -> Result<Far, Failure> {
        let end = end_of_a_pty()?;
        let (path, line) = slave(&end)?;
        let (listening, heard) = (end.try_clone()?, Arc::<Mutex<Vec<u8>>>::default());
        let hears = Arc::clone(&heard);
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = rustix::io::read(&listening, &mut buffer) {
                hears.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(&buffer[..count]);
            }
        });
        Ok(Far { end, path, heard, _line: line })
    }

    /// The near end.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says something, all of it.
    pub fn say(&self, mut bytes: &[u8]) -> Result<(), Failure> {
        while !bytes.is_empty() {
            let count = rustix::io::write(&self.end, bytes)?;
            bytes = &bytes[count..];
        }
        Ok(())
    }

    /// What was heard so far.
    pub fn heard(&self) -> Vec<u8> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
