//! Person keys: opaque, made from a member id with a secret, so that no store holds a name or a number.

use std::{fmt, str::FromStr};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization;

/// The opaque key of a person: 128 bits, written as 32 hex digits.
///
/// It is equal for equal members under one secret, and says nothing of the member without it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey([u8; 16]);

impl PersonKey {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// From bytes that were stored.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonKey({self})")
    }
}

/// The text is not 32 lower-case hex digits. A member id in place of a key is such a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAKey;

impl fmt::Display for NotAKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a person key: 32 lower-case hex digits")
    }
}

impl std::error::Error for NotAKey {}

impl FromStr for PersonKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        hex(text).map(Self).ok_or(NotAKey)
    }
}

/// Bytes from lower-case hex of exactly their length.
pub(crate) fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
        return None;
    };
    if pairs.len() != N {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

/// The society's secret for person keys. Whoever has it can find out which key is whose by trying every
/// member id, so it stands apart from the store.
#[derive(Clone)]
pub struct KeySecret(Vec<u8>);

impl fmt::Debug for KeySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeySecret(…)")
    }
}

/// A secret shorter than this can be guessed: 32 bytes, the length of the digest (RFC 2104 section 3).
const SHORTEST: usize = 32;

impl KeySecret {
    /// `None` if the secret is shorter than 32 bytes.
    #[must_use]
    pub fn new(secret: &[u8]) -> Option<Self> {
        (secret.len() >= SHORTEST).then(|| Self(secret.to_vec()))
    }

    /// The key of a member of a society: HMAC-SHA-256 (RFC 2104), cut to 128 bits.
    ///
    /// Widths and spaces do not part one member from another: ids are compared in NFKC without spaces.
    /// `None` for an id without any other character.
    #[must_use]
    pub fn key(&self, society: &str, member: &str) -> Option<PersonKey> {
        let member: String = member
            .nfkc()
            .filter(|c| !c.is_whitespace() && !c.is_control())
            .collect();
        if member.is_empty() {
            return None;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        // The length keeps `a` + `bc` apart from `ab` + `c`.
        mac.update(&u64::try_from(society.len()).ok()?.to_le_bytes());
        mac.update(society.as_bytes());
        mac.update(member.as_bytes());
        let digest = mac.finalize().into_bytes();
        let (key, _) = digest.as_slice().split_first_chunk::<16>()?;
        Some(PersonKey(*key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_of_one_member_of_one_society_under_one_secret() {
        let secret = KeySecret::new(&[7; 32]).unwrap();
        let key = secret.key("aeon", "1234-567-01").unwrap();
        assert_eq!(secret.key("aeon", "１２３４-５６７-０１ "), Some(key));
        assert_ne!(secret.key("johas", "1234-567-01"), Some(key));
        assert_ne!(secret.key("aeon", "1234-567-02"), Some(key));
        assert_ne!(secret.key("aeon1", "234-567-01"), Some(key));
        let other = KeySecret::new(&[8; 32]).unwrap();
        assert_ne!(other.key("aeon", "1234-567-01"), Some(key));
        assert_eq!(secret.key("aeon", " \u{3000}"), None);
        assert!(KeySecret::new(&[7; 31]).is_none());
    }

    #[test]
    fn only_a_key_is_read_as_one() {
        let secret = KeySecret::new(&[7; 32]).unwrap();
        let key = secret.key("aeon", "1").unwrap();
        assert_eq!(key.to_string().parse(), Ok(key));
        let upper = key.to_string().to_uppercase();
        for text in ["", "1234-567-01", &upper, &format!("{key}0"), "0"] {
            assert_eq!(text.parse::<PersonKey>(), Err(NotAKey), "{text}");
        }
        assert!(!format!("{secret:?}").contains('7'));
    }
}
