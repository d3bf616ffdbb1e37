//! Against lrzsz on a shell's terminal, as on a board's console: what is killed or cancelled ends in words, and the shell
//! is there afterwards.
//!
//! Where lrzsz is missing the tests say so and pass; `cargo xtask test` installs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[path = "lrzsz/peer.rs"]
#[allow(dead_code)]
mod peer;
#[path = "lrzsz/shell.rs"]
mod shell;

use peer::{noise, there};
use shell::Shell;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use transfer::{Ending, File, Protocol, Transfer};

fn file(name: &str, len: usize) -> File {
    File { name: name.into(), bytes: noise(len), modified: None }
}

/// How a transfer is disturbed once it is under way.
#[derive(Clone, Copy, Debug, PartialEq)]
enum What {
    Signal(&'static str),
    Cancel,
}

struct Disturbed {
    transfer: Transfer,
    /// Milliseconds from the disturbance to the end.
    took: u64,
    shell: Shell,
}

/// Begins this command on the shell and a transfer here, and disturbs it after so many bytes of the file, or at once after
/// `delay` milliseconds.
fn disturb(command: &str, protocol: Protocol, sends: bool, after: u64, delay: u64, what: What) -> Disturbed {
    let mut shell = Shell::open();
    let sent = file("long.bin", 6_000_000);
    if !sends {
        std::fs::write(shell.folder.path.join("long.bin"), &sent.bytes).unwrap();
    }
    shell.send(format!("sh -c 'echo $$ > pid; exec {command}'\r").as_bytes());
    shell.listen(if delay == 0 { 1000 } else { 0 });
    let begun = shell.now();
    let transfer =
        if sends { Transfer::send(protocol, vec![sent], begun) } else { Transfer::receive(protocol, "got.bin", begun) };
    let mut at = None;
    let (transfer, files) = shell.run(transfer, |transfer, shell| {
        if at.is_none() && transfer.progress().done >= after && shell.now() >= begun + delay {
            at = Some(shell.now());
            match what {
                What::Cancel => transfer.cancel(shell.now()),
                What::Signal(signal) => {
                    let pid = std::fs::read_to_string(shell.folder.path.join("pid")).unwrap();
                    Command::new("kill").args([signal, pid.trim()]).status().unwrap();
                }
            }
        }
    });
    assert!(at.is_some(), "{command} after {delay} ms: {:?} {}", transfer.progress(), shell.says());
    assert!(files.is_empty(), "{command} {what:?}: a part is no file");
    Disturbed { transfer, took: shell.now() - at.unwrap_or_default(), shell }
}

/// Whether the program that was begun is still there.
fn alive(shell: &Shell) -> bool {
    let pid = std::fs::read_to_string(shell.folder.path.join("pid")).unwrap_or_default();
    std::path::Path::new("/proc").join(pid.trim()).exists()
}

/// Each test has dozens of processes, whose far ends wait only so long: one after the other.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn f5_a_far_end_that_is_killed_in_the_middle_is_given_up_within_half_a_minute_and_the_shell_answers() {
    if !there() {
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    std::thread::scope(|scope| {
        for (protocol, sends, command) in [
            (Protocol::Zmodem, true, "rz -q"),
            (Protocol::Zmodem, false, "sz -q long.bin"),
            (Protocol::Ymodem, true, "rb -q"),
            (Protocol::Ymodem, false, "sb -q long.bin"),
            (Protocol::Xmodem, true, "rx -q x.bin"),
            (Protocol::Xmodem, false, "sx -q long.bin"),
        ] {
            scope.spawn(move || {
                let mut end = disturb(command, protocol, sends, 30_000, 0, What::Signal("-KILL"));
                assert_eq!(end.transfer.ending(), Some(Ending::NoAnswer), "{command}");
                assert!(end.transfer.progress().heard && end.took < 40_000, "{command}: after {} ms", end.took);
                assert!(end.shell.answers(), "{command}: {}", end.shell.says());
            });
        }
    });
}

#[test]
fn a_receiver_stops_whenever_it_is_cancelled_even_while_it_begins() {
    if !there() {
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    std::thread::scope(|scope| {
        for (protocol, command) in [
            (Protocol::Zmodem, "rz"),
            (Protocol::Ymodem, "rb"),
            (Protocol::Xmodem, "rx x.bin"),
            (Protocol::Xmodem, "rx -c x.bin"),
        ] {
            for delay in [0, 5, 50, 100, 300, 700] {
                scope.spawn(move || {
                    let mut end = disturb(command, protocol, true, 0, delay, What::Cancel);
                    assert_eq!(end.transfer.ending(), Some(Ending::Cancelled));
                    let mut after = end.transfer.aftermath(end.shell.now()).expect("an aftermath");
                    let until = end.shell.now() + 40_000;
                    while end.shell.now() < until && (alive(&end.shell) || end.shell.now() + 37_000 < until) {
                        let said = end.shell.read(50);
                        if let Some(told) = after.answer(end.shell.now(), &said) {
                            end.shell.send(&told);
                        }
                        end.shell.screen.extend(said);
                    }
                    assert!(!alive(&end.shell), "{command} goes on after {delay} ms: {}", end.shell.says());
                    assert!(end.shell.answers(), "{command} after {delay} ms: {}", end.shell.says());
                });
            }
        }
    });
}

#[test]
fn several_files_go_both_ways_over_a_terminal_and_the_shell_answers() {
    if !there() {
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let batch = || vec![file("a-empty.bin", 0), file("b-one.bin", 1), file("c-more.bin", 70_001)];
    let names = "a-empty.bin b-one.bin c-more.bin";
    std::thread::scope(|scope| {
        for (protocol, sends, command) in [
            (Protocol::Zmodem, true, "rz -q"),
            (Protocol::Zmodem, false, "sz -q"),
            (Protocol::Ymodem, true, "rb -q"),
            (Protocol::Ymodem, false, "sb -q"),
            (Protocol::YmodemG, false, "sb -q"),
        ] {
            scope.spawn(move || {
                let mut shell = Shell::open();
                let path = shell.folder.path.clone();
                if sends {
                    shell.send(format!("{command}\r").as_bytes());
                } else {
                    batch().iter().for_each(|file| std::fs::write(path.join(&file.name), &file.bytes).unwrap());
                    shell.send(format!("{command} {names}\r").as_bytes());
                }
                shell.listen(1000);
                let begun = shell.now();
                let transfer = if sends {
                    Transfer::send(protocol, batch(), begun)
                } else {
                    Transfer::receive(protocol, "", begun)
                };
                let (transfer, mut files) = shell.run(transfer, |_, _| {});
                assert_eq!(transfer.ending(), Some(Ending::Complete), "{protocol:?} {command}");
                assert!(shell.answers(), "{protocol:?} {command}: {}", shell.says());
                if sends {
                    let read = |file: File| File { bytes: std::fs::read(path.join(&file.name)).unwrap(), ..file };
                    files = batch().into_iter().map(read).collect();
                }
                let all = |files: &[File]| files.iter().map(|f| (f.name.clone(), f.bytes.clone())).collect::<Vec<_>>();
                assert!(all(&files) == all(&batch()), "{protocol:?} {command}: the files differ");
            });
        }
    });
}

#[test]
fn a_stream_of_files_that_ends_before_its_last_word_is_read_is_complete() {
    if !there() {
        return;
    }
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    // Whether `sb` throws its last word away with the terminal, or it is read before, is a matter of luck: read late, it
    // always does.
    let mut shell = Shell::open();
    let sent = file("late.bin", 3000);
    std::fs::write(shell.folder.path.join("late.bin"), &sent.bytes).unwrap();
    shell.send(b"sb -q late.bin\r");
    shell.listen(1000);
    let begun = shell.now();
    let mut whole = false;
    let (transfer, files) = shell.run(Transfer::receive(Protocol::YmodemG, "", begun), |transfer, shell| {
        if !whole && transfer.progress().files_done == 1 {
            whole = true;
            while let Some(bytes) = transfer.poll_bytes(shell.now()) {
                shell.send(&bytes);
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
    });
    assert_eq!(transfer.ending(), Some(Ending::Complete), "{}", shell.says());
    assert!(shell.now() - begun < 15_000, "nobody waits for what is gone");
    assert!(files.len() == 1 && files[0].bytes == sent.bytes);
    assert!(shell.answers(), "{}", shell.says());
}
