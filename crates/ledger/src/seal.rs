//! Secrets, and what is sealed with them: who the persons are, under the key of their segment.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use rand_core::{OsRng, RngCore};

use crate::error::{Error, Result};

/// A key of 256 bits.
#[derive(Clone)]
pub(crate) struct Secret([u8; 32]);

/// Random bytes of the system.
///
/// # Errors
///
/// It has none.
pub(crate) fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    let filled = OsRng.try_fill_bytes(&mut bytes);
    filled.map_err(|_| Error::Keys("the system has no random bytes"))?;
    Ok(bytes)
}

impl Secret {
    pub(crate) fn random() -> Result<Self> {
        random().map(Self)
    }

    pub(crate) fn to_hex(&self) -> String {
        hex(&self.0)
    }

    pub(crate) fn from_hex(text: &str) -> Option<Self> {
        text.parse::<mokuteki_consent::Sha256Hex>()
            .ok()
            .map(|digits| Self(digits.0))
    }

    /// Seals a text, bound to what it belongs to: sealed bytes that are moved elsewhere do not open.
    pub(crate) fn seal(&self, nonce: [u8; 24], bytes: &[u8], belongs: &[u8]) -> Result<Vec<u8>> {
        let payload = Payload {
            msg: bytes,
            aad: belongs,
        };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| Error::Keys("it cannot be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what was sealed. `None` under another key, or where a bit has changed.
    pub(crate) fn open(&self, sealed: &[u8], belongs: &[u8]) -> Option<Vec<u8>> {
        let (nonce, bytes) = sealed.split_first_chunk::<24>()?;
        let payload = Payload {
            msg: bytes,
            aad: belongs,
        };
        self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()
    }

    /// This key, sealed under another one.
    pub(crate) fn wrap(&self, under: &Self, belongs: &str) -> Result<Vec<u8>> {
        under.seal(random()?, &self.0, belongs.as_bytes())
    }

    /// A key that was sealed under this one.
    pub(crate) fn unwrap(&self, wrapped: &[u8], belongs: &str) -> Result<Self> {
        let bytes = self.open(wrapped, belongs.as_bytes());
        let key = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        key.map(Self)
            .ok_or(Error::Keys("the key of a segment does not open"))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string does not fail.
        _ = write!(text, "{byte:02x}");
        text
    })
}
