//! As whom a server is entered, and whether by TLS.

use super::super::{Mistake, Secret};
use super::{Checker, written};
use crate::serve::tls;
use rustls::ClientConfig;
use std::sync::Arc;
use toml::Spanned;

impl Checker<'_> {
    /// The user, if one is named.
    pub(super) fn user(&self, target: &written::Target) -> Result<Option<String>, Mistake> {
        target.user.as_ref().map(|user| self.line(user, user.get_ref())).transpose()
    }

    /// The password: as it is written, or what a file or the environment holds.
    pub(super) fn password(&self, target: &written::Target) -> Result<Option<Secret>, Mistake> {
        let password = match (&target.password, &target.password_file, &target.password_env) {
            (None, None, None) => return Ok(None),
            (Some(password), None, None) => self.line(password, password.get_ref())?,
            (None, Some(file), None) => {
                let path = self.folder.join(file.get_ref());
                let text = std::fs::read_to_string(&path)
                    .map_err(|why| self.wrong(file, format!("{}: {why}", path.display())))?;
                self.line(file, text.trim_end_matches(['\r', '\n']))?
            }
            (None, None, Some(name)) => {
                let text = std::env::var(name.get_ref())
                    .map_err(|_| self.wrong(name, format!("the environment has no {}", name.get_ref())))?;
                self.line(name, &text)?
            }
            (first, second, third) => {
                let what = "a target has one of `password`, `password_file` and `password_env`";
                let last = third.as_ref().or(second.as_ref()).or(first.as_ref());
                return Err(last.map_or_else(|| Mistake::at(self.text, &(0..0), what), |last| self.wrong(last, what)));
            }
        };
        Ok(Some(Secret(password)))
    }

    /// TLS with the certificate that the file names; none where it names none.
    pub(super) fn tls(&self, target: &written::Target) -> Result<Option<Arc<ClientConfig>>, Mistake> {
        let Some(file) = &target.tls else { return Ok(None) };
        let path = self.folder.join(file.get_ref());
        tls::towards(&path).map(Some).map_err(|why| self.wrong(file, why))
    }

    /// One line of text: what ends a line would begin a command of somebody else's (faults S12).
    fn line(&self, at: &Spanned<String>, text: &str) -> Result<String, Mistake> {
        if text.is_empty() || text.len() > 256 || text.chars().any(char::is_control) {
            return Err(
                self.wrong(at, "users and passwords are one line of 1 to 256 bytes, without control characters")
            );
        }
        Ok(text.to_owned())
    }
}
