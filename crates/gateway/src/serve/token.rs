//! Who may use what: tokens, compared without telling by the time it takes how near a guess was (faults S16).

use super::config::{Config, Target, Token, Verbs};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Someone who was let in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Visitor<'a>(Option<&'a Token>);

/// Whom a token belongs to. Where no tokens are configured everybody of this machine is let in.
pub(crate) fn visitor<'a>(config: &'a Config, given: &str, now: jiff::Timestamp) -> Option<Visitor<'a>> {
    if config.tokens.is_empty() {
        return Some(Visitor(None));
    }
    let digest: [u8; 32] = Sha256::digest(given).into();
    let mut found = None;
    // Every token is compared, whichever fits.
    for token in &config.tokens {
        if bool::from(digest.ct_eq(&token.hash)) {
            found = Some(token);
        }
    }
    found.filter(|token| token.expires.is_none_or(|end| now < end)).map(|token| Visitor(Some(token)))
}

impl<'a> Visitor<'a> {
    /// What the log calls them.
    pub(crate) fn name(self) -> Option<&'a str> {
        self.0.map(|token| token.name.as_str())
    }

    /// When their token ends.
    pub(crate) fn expires(self) -> Option<jiff::Timestamp> {
        self.0.and_then(|token| token.expires)
    }

    /// What they may do with a target; nothing known of it where their token does not name it.
    pub(crate) fn verbs(self, target: &Target) -> Option<Verbs> {
        let Some(token) = self.0 else { return Some(target.verbs) };
        let named = token.targets.as_ref().is_none_or(|names| names.contains(&target.name));
        named.then(|| target.verbs.and(token.verbs))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::path::Path;

    #[test]
    fn s16_a_token_opens_its_targets_for_its_verbs_until_it_ends() {
        let text = "\
            target = [{ name = 'a', kind = 'tcp', address = '10.0.0.1:1', verbs = ['read', 'write'] }, \
                      { name = 'b', kind = 'tcp', address = '10.0.0.1:1' }]\n\
            [[token]]\nname = 'reader'\ntargets = ['a']\n\
            sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'\n\
            [[token]]\nname = 'all'\ntargets = ['*']\nverbs = ['read', 'write']\nexpires = 2027-01-31\n\
            sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\n";
        let config = Config::parse(text, Path::new(".")).unwrap();
        let [a, b] = config.targets.as_slice() else { unreachable!() };
        let now = "2027-01-31T23:59:59Z".parse().unwrap();
        // SHA-256 of "abc" (FIPS 180-2, B.1) and of nothing.
        let reader = visitor(&config, "abc", now).unwrap();
        assert_eq!(reader.name(), Some("reader"));
        assert_eq!(reader.verbs(a), Some(Verbs { read: true, write: false }));
        assert_eq!(reader.verbs(b), None);
        let all = visitor(&config, "", now).unwrap();
        assert_eq!(all.verbs(a), Some(Verbs { read: true, write: true }));
        assert_eq!(all.verbs(b), Some(Verbs { read: true, write: false }));
        assert!(visitor(&config, "", "2027-02-01T00:00:00Z".parse().unwrap()).is_none());
        assert!(visitor(&config, "abd", now).is_none());
    }
}
