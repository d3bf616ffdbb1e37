//! What a folder holds: lines of a server, which are written as each server likes (RFC 3659, section 7; `ls -l`; DOS).

use super::path;
use serde::Serialize;
use std::time::UNIX_EPOCH;
use suppaftp::list::ListParser;

/// The most entries of a folder that are told of.
pub(super) const MOST: usize = 10_000;
/// The most bytes of a listing that are read.
pub(super) const MOST_BYTES: usize = 4 << 20;

/// What a folder holds.
#[derive(Debug, Default, Serialize)]
pub(super) struct Listing {
    /// What is in it.
    pub(super) entries: Vec<Entry>,
    /// Lines that could not be read.
    pub(super) unreadable: u32,
    /// Whether there was more than is told of.
    pub(super) cut: bool,
}

/// Something in a folder.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Entry {
    /// Its name.
    pub(super) name: String,
    /// Whether it is a folder.
    pub(super) folder: bool,
    /// Bytes; of a file whose size the server tells.
    pub(super) size: Option<u64>,
    /// When it was changed, in seconds since 1970. Servers without MLSD tell it by their own clock, often without a year.
    pub(super) modified: Option<u64>,
    /// Whether its name is one that can be asked for.
    pub(super) named: bool,
}

impl Listing {
    /// Takes one line. `facts` says that it is of MLSD.
    pub(super) fn take(&mut self, line: &[u8], facts: bool) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() || is_heading(line) || (facts && is_own(line)) {
            return;
        }
        let parsed = if facts {
            ListParser::parse_mlsd(line)
        } else {
            ListParser::parse_posix(line).or_else(|_| ListParser::parse_dos(line))
        };
        let Some(file) = parsed.ok().filter(|_| !facts || has_facts(line)) else {
            self.unreadable = self.unreadable.saturating_add(1);
            return;
        };
        if matches!(file.name(), "." | "..") {
            return;
        }
        if self.entries.len() >= MOST {
            self.cut = true;
            return;
        }
        let folder = file.is_directory();
        let modified = file.modified().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
        self.entries.push(Entry {
            name: file.name().to_owned(),
            folder,
            size: u64::try_from(file.size()).ok().filter(|_| !folder),
            modified: modified.filter(|seconds| *seconds > 0),
            named: path::is_name(file.name()),
        });
    }

    /// Folders first, then by name.
    pub(super) fn sort(&mut self) {
        self.entries.sort_by(|a, b| b.folder.cmp(&a.folder).then_with(|| a.name.cmp(&b.name)));
    }
}

/// `total 12`, with which `ls -l` begins.
fn is_heading(line: &str) -> bool {
    line.strip_prefix("total ").is_some_and(|rest| rest.trim().bytes().all(|digit| digit.is_ascii_digit()))
}

/// Whether a line of MLSD begins with facts, or with the space that stands where there are none.
fn has_facts(line: &str) -> bool {
    line.split(' ').next().is_some_and(|facts| facts.is_empty() || (facts.contains('=') && facts.ends_with(';')))
}

/// The folder itself, or the one above it.
fn is_own(line: &str) -> bool {
    let facts = line.split(' ').next().unwrap_or_default().to_ascii_lowercase();
    facts.contains("type=cdir") || facts.contains("type=pdir")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(text: &[&str], facts: bool) -> Listing {
        let mut listing = Listing::default();
        for line in text {
            listing.take(line.as_bytes(), facts);
        }
        listing.sort();
        listing
    }

    #[test]
    fn facts_are_read_as_rfc_3659_has_them() {
        // RFC 3659, section 7.7.4, and what a server adds.
        let listing = read(
            &[
                "type=cdir;unique=AQkAAAAAAAABCAAA; /",
                "type=pdir; ..",
                "Type=dir;Modify=19981220052703;Perm=el; tmp",
                "Type=file;Size=25730;Modify=19940728095854;Perm=r; cap60.pl198.tar.gz",
            ],
            true,
        );
        let names: Vec<_> =
            listing.entries.iter().map(|entry| (entry.name.as_str(), entry.folder, entry.size)).collect();
        assert_eq!(names, [("tmp", true, None), ("cap60.pl198.tar.gz", false, Some(25_730))]);
        // `date -u -d '1994-07-28 09:58:54' +%s`
        assert_eq!(listing.entries.last().unwrap().modified, Some(775_389_534));
    }

    #[test]
    fn f47_odd_listings_are_read_as_far_as_they_can_be() {
        let listing = read(
            &[
                "total 12",
                "drwxr-xr-x    2 1000     1000         4096 Jan 01  2026 log",
                "-rw-r--r--    1 1000     1000          731 Jan 01  2026 data 1.csv",
                "04-08-14  03:09PM                  403 readme.txt",
                "04-08-14  03:09PM       <DIR>          docs",
                "\u{1b}[2J nothing of the kind",
                "-rw-r--r--    1 1000     1000            1 Jan 01  2026 ../../etc/passwd",
            ],
            false,
        );
        let names: Vec<_> = listing.entries.iter().map(|entry| (entry.name.as_str(), entry.named)).collect();
        let expected =
            [("docs", true), ("log", true), ("../../etc/passwd", false), ("data 1.csv", true), ("readme.txt", true)];
        assert_eq!(names, expected);
        assert_eq!(listing.unreadable, 1);
    }

    #[test]
    fn f47_a_listing_without_end_has_one() {
        let mut listing = Listing::default();
        for at in 0..MOST + 5 {
            listing.take(format!("Type=file;Size=1; {at}").as_bytes(), true);
        }
        assert!(listing.entries.len() == MOST && listing.cut);
    }
}
