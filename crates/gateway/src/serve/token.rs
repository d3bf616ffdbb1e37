//! Who may use what: tokens, compared without telling by the time it takes how near a guess was (faults S16).

use super::config::{Target, Token, Verbs};
use sha2::{Digest, Sha256};
use std::sync::{Arc, PoisonError, RwLock};
use subtle::ConstantTimeEq;

/// The tokens that are in force.
pub(crate) struct Tokens(RwLock<Vec<Arc<Token>>>);

/// Someone who was let in.
#[derive(Clone, Debug)]
pub(crate) struct Visitor(Option<Arc<Token>>);

impl Tokens {
    pub(crate) fn new(tokens: Vec<Arc<Token>>) -> Tokens {
        Tokens(RwLock::new(tokens))
    }

    /// Puts others in their place. Whoever was let in by one that is not among them, as it was, is not any more.
    pub(crate) fn replace(&self, tokens: Vec<Arc<Token>>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = tokens;
    }

    /// Whom a token belongs to. Where there are no tokens everybody of this machine is let in.
    pub(crate) fn visitor(&self, given: &str, now: jiff::Timestamp) -> Option<Visitor> {
        let tokens = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if tokens.is_empty() {
            return Some(Visitor(None));
        }
        let digest: [u8; 32] = Sha256::digest(given).into();
        let mut found = None;
        // Every token is compared, whichever fits.
        for token in tokens.iter() {
            if bool::from(digest.ct_eq(&token.hash)) {
                found = Some(token);
            }
        }
        found.filter(|token| token.lasts(now)).map(|token| Visitor(Some(token.clone())))
    }

    /// Whether someone who was let in still is.
    pub(crate) fn still(&self, visitor: &Visitor, now: jiff::Timestamp) -> bool {
        let tokens = self.0.read().unwrap_or_else(PoisonError::into_inner);
        match &visitor.0 {
            None => tokens.is_empty(),
            Some(token) => token.lasts(now) && tokens.iter().any(|other| other == token),
        }
    }
}

impl Token {
    /// Whether it still lets anybody in.
    pub(crate) fn lasts(&self, now: jiff::Timestamp) -> bool {
        self.expires.is_none_or(|end| now < end)
    }
}

impl Visitor {
    /// What the log calls them.
    pub(crate) fn name(&self) -> Option<&str> {
        self.0.as_ref().map(|token| token.name.as_str())
    }

    /// What they may do with a target; nothing known of it where their token does not name it.
    pub(crate) fn verbs(&self, target: &Target) -> Option<Verbs> {
        let Some(token) = &self.0 else { return Some(target.verbs) };
        let named = token.targets.as_ref().is_none_or(|names| names.contains(&target.name));
        named.then(|| target.verbs.and(token.verbs))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::config::Config;
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
        let tokens = Tokens::new(config.tokens.clone());
        let now = "2027-01-31T23:59:59Z".parse().unwrap();
        // SHA-256 of "abc" (FIPS 180-2, B.1) and of nothing.
        let reader = tokens.visitor("abc", now).unwrap();
        assert_eq!(reader.name(), Some("reader"));
        assert_eq!(reader.verbs(a), Some(Verbs { read: true, write: false }));
        assert_eq!(reader.verbs(b), None);
        let all = tokens.visitor("", now).unwrap();
        assert_eq!(all.verbs(a), Some(Verbs { read: true, write: true }));
        assert_eq!(all.verbs(b), Some(Verbs { read: true, write: false }));
        assert!(tokens.visitor("", "2027-02-01T00:00:00Z".parse().unwrap()).is_none());
        assert!(tokens.visitor("abd", now).is_none());
        // Taken away, or made to allow less: it does not hold any more.
        assert!(tokens.still(&reader, now) && tokens.still(&all, now));
        tokens.replace(config.tokens.iter().take(1).cloned().collect());
        assert!(tokens.still(&reader, now) && !tokens.still(&all, now) && tokens.visitor("", now).is_none());
    }
}
