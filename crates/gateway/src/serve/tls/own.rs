//! The gateway's own certificate, which is read again where its files have changed: those of public authorities last for
//! weeks, and whoever renews them should not have to end anybody's tunnel.

use super::super::config::Tls;
use super::acceptor;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};
use tokio_rustls::TlsAcceptor;

/// How often the files are looked at, at most: connections may come by the thousand.
const LOOK: Duration = Duration::from_secs(1);

/// What tells one state of a file from another; nothing of one that is not there.
type State = Option<(SystemTime, u64)>;

/// The certificate in force, with its key.
pub(crate) struct Own {
    files: Tls,
    acceptor: TlsAcceptor,
    /// The files that it was read from.
    states: [State; 2],
    /// Those that could not be used, so that it is said once of them.
    refused: Option<[State; 2]>,
    looked: Instant,
}

impl Own {
    /// Reads certificate and key.
    ///
    /// # Errors
    /// Files that cannot be read, hold none, or do not belong together.
    pub(crate) fn read(files: &Tls) -> Result<Own, String> {
        let states = states(files);
        let acceptor = acceptor(files)?;
        Ok(Own { files: files.clone(), acceptor, states, refused: None, looked: Instant::now() })
    }

    /// The one in force.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    /// Whether the files have changed, where that was not looked at just now; what there is to say of it.
    pub(crate) fn look(&mut self, now: Instant) -> Option<String> {
        if now.saturating_duration_since(self.looked) < LOOK {
            return None;
        }
        self.looked = now;
        let states = states(&self.files);
        if states == self.states {
            self.refused = None;
            return None;
        }
        let known = self.refused.is_some_and(|refused| refused == states);
        match self.take(states) {
            // Whoever writes two files writes one first: it is tried again, and said once.
            Err(_) if known => None,
            outcome => Some(said(outcome)),
        }
    }

    /// Reads the files whether they have changed or not; what there is to say of it.
    pub(crate) fn again(&mut self) -> String {
        let states = states(&self.files);
        said(self.take(states))
    }

    fn take(&mut self, states: [State; 2]) -> Result<(), String> {
        match acceptor(&self.files) {
            Ok(acceptor) => {
                (self.acceptor, self.states, self.refused) = (acceptor, states, None);
                Ok(())
            }
            Err(why) => {
                self.refused = Some(states);
                Err(why)
            }
        }
    }
}

fn said(outcome: Result<(), String>) -> String {
    match outcome {
        Ok(()) => "the certificate was read again and is in force".to_owned(),
        Err(why) => format!("{why}; the certificate stays as it was"),
    }
}

/// Of certificate and key. Links are followed: those who renew mostly change a link.
fn states(files: &Tls) -> [State; 2] {
    let state =
        |file: &Path| std::fs::metadata(file).ok().and_then(|about| Some((about.modified().ok()?, about.len())));
    [state(&files.certificate), state(&files.key)]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_broken_is_said_once_and_the_one_in_force_stays() {
        let folder = std::env::temp_dir().join(format!("ferrule-own-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let files = Tls { certificate: folder.join("cert.pem"), key: folder.join("key.pem") };
        let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
        let make = || rcgen::generate_simple_self_signed(vec!["a.example".to_owned()]).unwrap();
        let (first, second) = (make(), make());
        write("cert.pem", &first.cert.pem());
        write("key.pem", &first.signing_key.serialize_pem());
        let mut own = Own::read(&files).unwrap();
        let mut now = own.looked;
        let mut look = |own: &mut Own| {
            now += LOOK;
            own.look(now)
        };
        assert_eq!(look(&mut own), None);
        // Half of a renewal: certificate and key do not belong together.
        write("cert.pem", &format!("{}\n\n", second.cert.pem()));
        assert!(look(&mut own).unwrap().contains("stays as it was"));
        assert_eq!(look(&mut own), None);
        write("key.pem", &format!("{}\n\n", second.signing_key.serialize_pem()));
        assert!(look(&mut own).unwrap().contains("is in force"));
        assert_eq!(look(&mut own), None);
        assert_eq!(own.look(now), None);
        let _ = std::fs::remove_dir_all(folder);
    }
}
