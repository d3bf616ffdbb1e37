//! Against lrzsz, the implementation that nearly every device and terminal program was tried with: both ways, every
//! protocol, over lines that spoil and lose bytes, and broken off by either side.
//!
//! Where lrzsz is missing the tests say so and pass; `cargo xtask test` installs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "lrzsz/peer.rs"]
mod peer;

use peer::{Fault, Peer, folder, noise, run, there};
use transfer::{Ending, File, Protocol, Transfer};

fn file(name: &str, len: usize) -> File {
    File { name: name.into(), bytes: noise(len), modified: Some(1_700_000_000) }
}

fn receive(protocol: Protocol, args: &[&str], files: &[File], fault: Fault) -> (Transfer, Vec<File>) {
    let folder = folder();
    let paths = files.iter().map(|file| {
        std::fs::write(folder.path.join(&file.name), &file.bytes).unwrap();
        file.name.as_str()
    });
    let words: Vec<&str> = args.iter().copied().chain(paths).collect();
    let mut peer = Peer::spawn("sz", &words, &folder.path);
    run(Transfer::receive(protocol, "named-here.bin", peer.now()), &mut peer, fault, |_| false)
}

fn send(protocol: Protocol, args: &[&str], files: &[File], fault: Fault) -> (Transfer, Vec<File>) {
    let folder = folder();
    let mut peer = Peer::spawn("rz", args, &folder.path);
    let (transfer, _) = run(Transfer::send(protocol, files.to_vec(), peer.now()), &mut peer, fault, |_| false);
    peer.wait();
    let mut found: Vec<File> = std::fs::read_dir(&folder.path)
        .unwrap()
        .flatten()
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let modified = entry.metadata().unwrap().modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
            File { name, bytes: std::fs::read(entry.path()).unwrap(), modified: Some(modified.as_secs()) }
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    (transfer, found)
}

fn same(got: &[File], sent: &[File]) {
    let names = |files: &[File]| files.iter().map(|file| (file.name.clone(), file.bytes.len())).collect::<Vec<_>>();
    assert_eq!(names(got), names(sent));
    assert!(got.iter().zip(sent).all(|(got, sent)| got.bytes == sent.bytes), "the contents differ");
}

fn batch() -> Vec<File> {
    vec![file("a-empty.bin", 0), file("b-one.bin", 1), file("c-block.bin", 1024), file("d-more.bin", 70_001)]
}

#[test]
fn zmodem_both_ways_with_names_sizes_and_times() {
    if !there() {
        return;
    }
    for args in [&["-b"] as &[&str], &["-b", "-o"], &["-b", "-e"], &["-b", "-l", "2048"], &["-b", "-8"]] {
        let (transfer, got) = receive(Protocol::Zmodem, args, &batch(), Fault::None);
        assert_eq!(transfer.ending(), Some(Ending::Complete), "sz {args:?}");
        same(&got, &batch());
    }
    for args in [&["-b"] as &[&str], &["-b", "-e"], &["-b", "-B", "4096"], &["-b", "-w", "2048"]] {
        let (transfer, got) = send(Protocol::Zmodem, args, &batch(), Fault::None);
        assert_eq!(transfer.ending(), Some(Ending::Complete), "rz {args:?}");
        same(&got, &batch());
        assert!(got.iter().all(|file| file.modified == Some(1_700_000_000)), "rz {args:?}");
    }
}

#[test]
fn ymodem_both_ways_with_names_and_sizes() {
    if !there() {
        return;
    }
    for args in [&["--ymodem"] as &[&str], &["--ymodem", "-k"]] {
        for protocol in [Protocol::Ymodem, Protocol::YmodemG] {
            let (transfer, got) = receive(protocol, args, &batch(), Fault::None);
            assert_eq!(transfer.ending(), Some(Ending::Complete), "{protocol:?} sz {args:?}");
            same(&got, &batch());
        }
    }
    let (transfer, got) = send(Protocol::Ymodem, &["--ymodem", "-b"], &batch(), Fault::None);
    assert_eq!(transfer.ending(), Some(Ending::Complete));
    same(&got, &batch());
}

#[test]
fn xmodem_both_ways_with_sums_and_crcs() {
    if !there() {
        return;
    }
    for (len, protocol, args) in [
        (1, Protocol::Xmodem, &["--xmodem"] as &[&str]),
        (5000, Protocol::Xmodem, &["--xmodem"]),
        (5000, Protocol::Xmodem1k, &["--xmodem", "-k"]),
        (40_000, Protocol::Xmodem, &["--xmodem"]),
    ] {
        let sent = file("x.bin", len);
        let (transfer, got) = receive(protocol, args, std::slice::from_ref(&sent), Fault::None);
        assert_eq!(transfer.ending(), Some(Ending::Complete), "{len} {args:?}");
        // The length is not said: the last block is full.
        assert_eq!(got[0].name, "named-here.bin");
        assert!(got[0].bytes.starts_with(&sent.bytes) && got[0].bytes.len() < len + 1024, "{len} {args:?}");
    }
    // rx asks with NAK for sums, with -c for CRCs.
    for (protocol, args) in [
        (Protocol::Xmodem, &["--xmodem", "-b", "x.bin"] as &[&str]),
        (Protocol::Xmodem, &["--xmodem", "-b", "-c", "x.bin"]),
        (Protocol::Xmodem1k, &["--xmodem", "-b", "-c", "x.bin"]),
    ] {
        let sent = file("x.bin", 5000);
        let (transfer, got) = send(protocol, args, std::slice::from_ref(&sent), Fault::None);
        assert_eq!(transfer.ending(), Some(Ending::Complete), "{args:?}");
        assert!(got[0].bytes.starts_with(&sent.bytes) && got[0].bytes.len() < 5000 + 1024, "{args:?}");
    }
}

#[test]
fn f1_spoilt_and_lost_bytes_are_sent_again() {
    if !there() {
        return;
    }
    let sent = &[file("noisy.bin", 30_000)];
    // Each of them spends most of its time waiting.
    std::thread::scope(|scope| {
        for fault in [Fault::Flip { every: 7000 }, Fault::Drop { every: 7000 }] {
            for (protocol, from, to) in [
                (Protocol::Zmodem, &["-b"] as &[&str], &["-b"] as &[&str]),
                (Protocol::Ymodem, &["--ymodem", "-k"], &["--ymodem", "-b"]),
            ] {
                let check = move |(transfer, got): (Transfer, Vec<File>), way: &str| {
                    assert_eq!(transfer.ending(), Some(Ending::Complete), "{way} {protocol:?} {fault:?}");
                    same(&got, sent);
                    assert!(transfer.progress().corrected > 0, "{way} {protocol:?} {fault:?}");
                };
                scope.spawn(move || check(receive(protocol, from, sent, fault), "from sz"));
                scope.spawn(move || check(send(protocol, to, sent, fault), "to rz"));
            }
        }
    });
}

#[test]
fn broken_off_here_the_far_end_stops() {
    if !there() {
        return;
    }
    let sent = vec![file("long.bin", 3_000_000)];
    let folder = folder();
    std::fs::write(folder.path.join("long.bin"), &sent[0].bytes).unwrap();
    for (protocol, args) in
        [(Protocol::Zmodem, &["-b", "long.bin"] as &[&str]), (Protocol::Ymodem, &["--ymodem", "long.bin"])]
    {
        let mut peer = Peer::spawn("sz", args, &folder.path);
        let begun = Transfer::receive(protocol, "", peer.now());
        let (transfer, got) = run(begun, &mut peer, Fault::None, |progress| progress.done > 20_000);
        assert_eq!(transfer.ending(), Some(Ending::Cancelled), "{protocol:?}");
        assert!(got.is_empty());
        assert!(!peer.wait(), "sz {args:?} must report that it failed");
    }
    for (protocol, args) in [(Protocol::Zmodem, &["-b"] as &[&str]), (Protocol::Ymodem, &["--ymodem", "-b"])] {
        let into = peer::folder();
        let mut peer = Peer::spawn("rz", args, &into.path);
        let begun = Transfer::send(protocol, sent.clone(), peer.now());
        let (transfer, _) = run(begun, &mut peer, Fault::None, |progress| progress.done > 20_000);
        assert_eq!(transfer.ending(), Some(Ending::Cancelled), "{protocol:?}");
        assert!(!peer.wait(), "rz {args:?} must report that it failed");
    }
}

#[test]
fn broken_off_by_the_far_end_is_said() {
    if !there() {
        return;
    }
    let folder = folder();
    std::fs::write(folder.path.join("long.bin"), noise(3_000_000)).unwrap();
    let mut peer = Peer::spawn("sz", &["-b", "long.bin"], &folder.path);
    // SIGTERM, since a program begun in the background may ignore SIGINT.
    let pid = peer.id();
    let begun = Transfer::receive(Protocol::Zmodem, "", peer.now());
    let mut told = false;
    let (transfer, _) = run(begun, &mut peer, Fault::None, |progress| {
        if progress.done > 20_000 && !told {
            told = std::process::Command::new("kill").args(["-TERM", &pid.to_string()]).status().unwrap().success();
        }
        false
    });
    assert_eq!(transfer.ending(), Some(Ending::CancelledByDevice));
}

#[test]
fn a_file_that_the_far_end_has_already_is_skipped_and_counted() {
    if !there() {
        return;
    }
    let into = folder();
    std::fs::write(into.path.join("known.bin"), b"older").unwrap();
    let mut peer = Peer::spawn("rz", &["-b", "--protect"], &into.path);
    let files = vec![file("known.bin", 300), file("new.bin", 300)];
    let (transfer, _) =
        run(Transfer::send(Protocol::Zmodem, files.clone(), peer.now()), &mut peer, Fault::None, |_| false);
    peer.wait();
    assert_eq!(transfer.ending(), Some(Ending::Complete));
    assert_eq!((transfer.progress().files_done, transfer.progress().skipped), (1, 1));
    assert_eq!(std::fs::read(into.path.join("known.bin")).unwrap(), b"older");
    assert_eq!(std::fs::read(into.path.join("new.bin")).unwrap(), files[1].bytes);
}

#[test]
fn a_file_half_received_is_resumed_where_the_far_end_says() {
    if !there() {
        return;
    }
    let into = folder();
    let sent = file("half.bin", 50_000);
    std::fs::write(into.path.join("half.bin"), &sent.bytes[..20_000]).unwrap();
    let mut peer = Peer::spawn("rz", &["-b", "--resume"], &into.path);
    let begun = Transfer::send(Protocol::Zmodem, vec![sent.clone()], peer.now());
    let (transfer, _) = run(begun, &mut peer, Fault::None, |_| false);
    peer.wait();
    assert_eq!(transfer.ending(), Some(Ending::Complete));
    assert_eq!(std::fs::read(into.path.join("half.bin")).unwrap(), sent.bytes);
    assert!(peer.taken < 40_000, "only the rest went over the line, not {} bytes", peer.taken);
}

/// The far end sends, is ended in the middle, and begins again; what the second run gives, and how much went over the line.
fn begun_again(between: impl FnOnce(&std::path::Path)) -> (Transfer, Vec<File>, u64) {
    let folder = folder();
    let sent = file("long.bin", 3_000_000);
    std::fs::write(folder.path.join("long.bin"), &sent.bytes).unwrap();
    let mut peer = Peer::spawn("sz", &["-b", "long.bin"], &folder.path);
    let pid = peer.id().to_string();
    let mut told = false;
    let begun = Transfer::receive(Protocol::Zmodem, "", peer.now());
    let (mut broken, none) = run(begun, &mut peer, Fault::None, |progress| {
        if progress.done > 1_000_000 && !told {
            told = std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success();
        }
        false
    });
    assert_eq!((broken.ending(), none.len()), (Some(Ending::CancelledByDevice), 0));
    let part = broken.take_part().expect("what came is kept");
    assert!(part.file.bytes.len() > 1_000_000 && sent.bytes.starts_with(&part.file.bytes));
    assert_eq!(broken.progress().kept, part.file.bytes.len() as u64);
    let there = part.file.bytes.len() as u64;
    between(&folder.path);
    let mut peer = Peer::spawn("sz", &["-b", "long.bin"], &folder.path);
    let mut again = Transfer::receive(Protocol::Zmodem, "", peer.now());
    again.resume(part);
    let (again, files) = run(again, &mut peer, Fault::None, |_| false);
    assert_eq!((again.ending(), files.len()), (Some(Ending::Complete), 1));
    if again.progress().resumed > 0 {
        let (said, rest) = (peer.said as u64, 3_000_000 - there);
        assert_eq!(again.progress().resumed, there);
        assert!(said < rest + rest / 8 + 4000, "only the rest goes over the line, not {said} bytes");
    }
    (again, files, there)
}

#[test]
fn f5_a_receive_that_was_broken_off_is_resumed_and_only_the_rest_is_sent() {
    if !there() {
        return;
    }
    let (again, files, there) = begun_again(|_| {});
    assert_eq!(again.progress().resumed, there, "the sender says the check sequence of what is there");
    same(&files, &[file("long.bin", 3_000_000)]);
}

#[test]
fn f5_another_file_of_the_same_name_size_and_time_is_not_joined_to_what_was_there() {
    if !there() {
        return;
    }
    let mut other = noise(3_000_001);
    other.remove(0);
    let (again, files, _) = begun_again(|folder| {
        let path = folder.join("long.bin");
        let time = std::fs::metadata(&path).unwrap().modified().unwrap();
        std::fs::write(&path, &other).unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    });
    assert_eq!(again.progress().resumed, 0);
    assert!(files[0].bytes == other, "the file is the one that is there now");
}
