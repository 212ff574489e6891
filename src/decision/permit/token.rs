//! Permits for programs in other languages: a text with what the permit says and a seal over it.

use std::fmt;

use sha2::{Digest, Sha256};

use super::Said;
use crate::flow::Field;

/// The version of the form of tokens.
const VERSION: &str = "mokuteki-permit-1";

/// What a token says, once its seal is verified.
///
/// ```
/// # use mokuteki::{Engine, FlowSpec, decision::{Accepted, Sink, Token, TokenError}};
/// # struct ClaimChecker;
/// # impl Sink for ClaimChecker {
/// #     const NAME: &'static str = "claim-checker";
/// #     const RECIPIENT: &'static str = "点検業者";
/// # }
/// # let engine = Engine::embedded();
/// # let spec = FlowSpec { society: "aeon", data: &["レセプト"], recipient: "点検業者", activity: "レセプト点検", as_of: "2026-04-01", ..FlowSpec::default() };
/// # let flow = engine.flow(&spec)?;
/// let accepted = Accepted::of(&["assumed"])?;
/// let token = engine.permit::<ClaimChecker>(&flow, &accepted, None)?.token(b"a key of the caller");
/// let said = Token::verify(&token, b"a key of the caller", "claim-checker")?;
/// assert_eq!(said.clause(), "5-3");
/// assert_eq!(Token::verify(&token, b"another key", "claim-checker"), Err(TokenError::Seal));
/// assert_eq!(Token::verify(&token, b"a key of the caller", "insurer"), Err(TokenError::Sink));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token(Said);

/// Why a token proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is no token of this form.
    Form,
    /// The seal is not that of the key: it was made elsewhere, or changed.
    Seal,
    /// It is for another sink.
    Sink,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "not a token of a permit",
            Self::Seal => "the seal is not that of this key",
            Self::Sink => "the permit is for another sink",
        })
    }
}

impl std::error::Error for TokenError {}

impl Token {
    /// Reads a token whose seal is that of the key and which is for this sink.
    ///
    /// # Errors
    ///
    /// Why it proves nothing.
    pub fn verify(token: &str, key: &[u8], sink: &str) -> Result<Self, TokenError> {
        let (payload, seal) = token.rsplit_once('.').ok_or(TokenError::Form)?;
        let seal = unhex(seal).ok_or(TokenError::Form)?;
        let right = hmac_sha256(key, payload.as_bytes());
        // What is compared is known to nobody who has not the key: where they begin to differ tells nothing of the seal.
        if hmac_sha256(key, &seal) != hmac_sha256(key, &right) {
            return Err(TokenError::Seal);
        }
        let said = read(payload).ok_or(TokenError::Form)?;
        if said.sink != sink {
            return Err(TokenError::Sink);
        }
        Ok(Self(said))
    }

    /// What it says, as [`NamedPermit::record`](super::NamedPermit::record) gives it.
    #[must_use]
    pub fn record(&self) -> impl serde::Serialize + '_ {
        &self.0
    }

    /// The flow that is permitted: its fields in canonical terms.
    pub fn flow(&self) -> impl Iterator<Item = (Field, &str)> {
        let fields = self.0.flow.iter();
        fields.map(|(field, value)| (*field, value.as_str()))
    }

    /// The label of the clause that permits it.
    #[must_use]
    pub fn clause(&self) -> &str {
        &self.0.clause
    }

    /// SHA-256, in hex, over every rule file that decided.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.0.digest
    }

    /// The keys of the persons concerned.
    pub fn persons(&self) -> impl Iterator<Item = &str> {
        self.0.persons.iter().map(String::as_str)
    }

    /// The events of the register on which it rests.
    pub fn events(&self) -> impl Iterator<Item = &str> {
        self.0.events.iter().map(String::as_str)
    }
}

/// HMAC-SHA-256 (RFC 2104). It is a few lines on the hash that is here in any case; the crate for it brings three more.
fn hmac_sha256(key: &[u8], text: &[u8]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let mut padded = [0; BLOCK];
    let hashed = Sha256::digest(key);
    let key = if key.len() > BLOCK {
        hashed.as_slice()
    } else {
        key
    };
    for (place, byte) in padded.iter_mut().zip(key) {
        *place = *byte;
    }
    let with = |pad: u8| padded.map(|byte| byte ^ pad);
    let inner = Sha256::new().chain_update(with(0x36)).chain_update(text);
    let outer = Sha256::new().chain_update(with(0x5c));
    outer.chain_update(inner.finalize()).finalize().into()
}

/// A token of what is said: its version, its fields as `name=value` in hex, and the seal.
pub(super) fn seal(said: &Said, key: &[u8]) -> String {
    let mut parts = vec![VERSION.to_owned()];
    let mut part = |name: &str, value: &str| parts.push(hex(format!("{name}={value}").as_bytes()));
    part("sink", &said.sink);
    for (field, value) in &said.flow {
        part(&format!("flow.{}", field.name()), value);
    }
    part("clause_id", &said.clause_id);
    part("clause", &said.clause);
    part("digest", &said.digest);
    for (name, values) in [
        ("accepted", &said.accepted),
        ("person", &said.persons),
        ("event", &said.events),
    ] {
        for value in values {
            part(name, value);
        }
    }
    let payload = parts.join(".");
    let seal = hmac_sha256(key, payload.as_bytes());
    format!("{payload}.{}", hex(&seal))
}

fn read(payload: &str) -> Option<Said> {
    let mut said = Said {
        sink: String::new(),
        flow: Vec::new(),
        clause_id: String::new(),
        clause: String::new(),
        digest: String::new(),
        accepted: Vec::new(),
        persons: Vec::new(),
        events: Vec::new(),
    };
    let mut parts = payload.split('.');
    if parts.next() != Some(VERSION) {
        return None;
    }
    for part in parts {
        let text = String::from_utf8(unhex(part)?).ok()?;
        let (name, value) = text.split_once('=')?;
        let value = value.to_owned();
        match name {
            "sink" => said.sink = value,
            "clause_id" => said.clause_id = value,
            "clause" => said.clause = value,
            "digest" => said.digest = value,
            "accepted" => said.accepted.push(value),
            "person" => said.persons.push(value),
            "event" => said.events.push(value),
            name => {
                let field = Field::of(name.strip_prefix("flow.")?)?;
                said.flow.push((field, value));
            }
        }
    }
    Some(said)
}

fn hex(bytes: &[u8]) -> String {
    crate::notice::hex(bytes)
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    // One spelling for each seal.
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if !text.bytes().all(digit) || !text.len().is_multiple_of(2) {
        return None;
    }
    let digits = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    digits
        .map(|digits| u8::from_str_radix(digits?, 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{hex, hmac_sha256, unhex};

    /// The key, the text and the seal of RFC 4231, test cases 1, 2, 6 and 7: short and long keys and texts.
    #[test]
    fn seals_are_those_of_rfc_4231() {
        let long = [0xaa; 131];
        let cases: [(&[u8], &[u8], &str); 4] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
            (
                &long,
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &long,
                b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, text, seal) in cases {
            assert_eq!(hex(&hmac_sha256(key, text)), seal);
        }
    }

    #[test]
    fn a_seal_has_one_spelling() {
        assert_eq!(unhex("0aff"), Some(vec![0x0a, 0xff]));
        for other in ["0AFF", "+a+f", "0af", "０ａ", "0 af"] {
            assert_eq!(unhex(other), None, "{other}");
        }
    }
}
