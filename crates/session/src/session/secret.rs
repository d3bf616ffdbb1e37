//! What a device asks for and is not to be seen: passwords (security S14). A wire says only by its words that it asks for
//! one, so the words are what counts, on every link.

use super::Session;
use super::notes::shown;
use store::Time;

/// Bytes kept of a line that has no end yet.
const KEPT: usize = 160;

/// What stands behind a question.
const ENDS: [char; 3] = [':', '?', '>'];

/// What a question ends with, or has before "for" someone.
const WORDS: [&str; 6] =
    ["password", "passphrase", "passcode", "passwort", "kennwort", "passphrase (empty for no passphrase)"];

/// The end of the line that the device has begun.
#[derive(Debug, Default)]
pub(super) struct Prompt {
    tail: Vec<u8>,
}

impl Prompt {
    pub(super) fn see(&mut self, bytes: &[u8]) {
        let line = match memchr::memrchr2(b'\n', b'\r', bytes) {
            Some(end) => {
                self.tail.clear();
                bytes.get(end.saturating_add(1)..)
            }
            None => Some(bytes),
        };
        let line = line.unwrap_or_default();
        self.tail.extend_from_slice(line.get(line.len().saturating_sub(KEPT)..).unwrap_or_default());
        let over = self.tail.len().saturating_sub(KEPT);
        self.tail.drain(..over);
    }

    pub(super) fn is_over(&mut self) {
        self.tail.clear();
    }

    /// Whether it asks for what is not to be seen.
    fn asks(&self) -> bool {
        if !self.tail.iter().any(|byte| ENDS.contains(&char::from(*byte))) {
            return false;
        }
        let text = crate::screen::plain(&String::from_utf8_lossy(&self.tail)).to_lowercase();
        let Some(question) = text.trim_end().strip_suffix(ENDS).map(str::trim_end) else { return false };
        let of_someone =
            |word: &&str| question.contains(&format!("{word} for ")) || question.contains(&format!("{word} für "));
        let pin = question.strip_suffix("pin").is_some_and(|before| !before.ends_with(|ch: char| ch.is_alphanumeric()));
        pin || WORDS.iter().any(|word| question.ends_with(word) || of_someone(word))
    }
}

impl Session {
    /// Whether the device asks for a password: what is sent now is shown and kept nowhere.
    pub(crate) fn asks_secret(&self) -> bool {
        self.is_open() && self.prompt.asks()
    }

    /// A line of which nothing is shown or kept but that it was sent.
    pub(super) fn send_secret(&mut self, now: Time, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let sent = self.transmit_as(now, bytes.to_vec(), &shown(bytes), true);
        if let Err(why) = sent {
            self.refuse(why, true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(pieces: &[&str]) -> bool {
        let mut prompt = Prompt::default();
        pieces.iter().for_each(|piece| prompt.see(piece.as_bytes()));
        prompt.asks()
    }

    #[test]
    fn s14_a_question_for_a_password_is_known_by_its_end() {
        for prompt in [
            "Password: ",
            "root@host's password:",
            "[sudo] password for joe: ",
            "Enter passphrase for key '/x': ",
            "Passwort: ",
            "Passwort für joe: ",
            "PIN:",
            "PIN? ",
            "Enter password> ",
            "Enter PIN :",
            "\x1b[1mPassword:\x1b[0m ",
            "New password: ",
            "Enter passphrase (empty for no passphrase): ",
        ] {
            assert!(asks(&[prompt]), "{prompt}");
            assert!(asks(&["login: root\r\n", prompt.split_at(3).0, prompt.split_at(3).1]), "{prompt} in pieces");
        }
        assert!(!asks(&["Password: ", "\r\n"]) && !asks(&["Password: ", "\r\n", "$ "]), "it was answered");
        for other in ["login: ", "GPIOPIN: ", "Password: ok\r\n", "Password", "wrong password, login:", "pin: 5"] {
            assert!(!asks(&[other]), "{other}");
        }
    }
}
