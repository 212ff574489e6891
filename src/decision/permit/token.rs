//! Permits for programs in other languages: a text with what the permit says and a seal over it.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

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
        let mac = mac(key, payload.as_bytes()).ok_or(TokenError::Seal)?;
        mac.verify_slice(&seal).map_err(|_| TokenError::Seal)?;
        let said = read(payload).ok_or(TokenError::Form)?;
        if said.sink != sink {
            return Err(TokenError::Sink);
        }
        Ok(Self(said))
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

fn mac(key: &[u8], payload: &[u8]) -> Option<Hmac<Sha256>> {
    // A key of any length will do.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(payload);
    Some(mac)
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
    let sealed = mac(key, payload.as_bytes()).map(|mac| mac.finalize().into_bytes());
    // Without a seal it verifies nowhere.
    let sealed = sealed.map(|seal| hex(&seal)).unwrap_or_default();
    format!("{payload}.{sealed}")
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
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    let digits = (0..text.len()).step_by(2).map(|at| text.get(at..at + 2));
    digits
        .map(|digits| u8::from_str_radix(digits?, 16).ok())
        .collect()
}
