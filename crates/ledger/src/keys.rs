//! The keys of a store. They stand in a file of their own, never in the store.

use signed_note::{Note, StandardSigner, StandardVerifier, VerifierList};
use tlog_tiles::{checkpoint::Checkpoint, tlog::Hash};

use crate::{
    error::{Error, Result},
    seal::Secret,
};

/// The keys of a store: one that signs its checkpoints, and one that wraps the keys of its segments.
#[derive(Clone)]
pub struct Keys {
    signing: String,
    verifying: String,
    pub(crate) wrapping: Secret,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.verifying)
    }
}

impl Keys {
    /// New keys for a store of a name without spaces or `+`, such as `aeon-ledger`.
    ///
    /// # Errors
    ///
    /// The name will not do, or the system has no random bytes.
    pub fn generate(name: &str) -> Result<Self> {
        if !signed_note::is_key_name_valid(name) {
            return Err(Error::Keys("the name has a space or a +"));
        }
        let (signing, verifying) = signed_note::generate_key(&mut rand_core::OsRng, name);
        Ok(Self {
            signing,
            verifying,
            wrapping: Secret::random()?,
        })
    }

    /// The public key, as C2SP signed-note writes it: what others check a checkpoint with.
    #[must_use]
    pub fn verifying(&self) -> &str {
        &self.verifying
    }

    /// The text of the key file. Whoever has it can sign, and read who the persons are.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!(
            "{}\n{}\n{}\n",
            self.signing,
            self.verifying,
            self.wrapping.to_hex()
        )
    }

    /// Reads a key file.
    ///
    /// # Errors
    ///
    /// It is no key file.
    pub fn from_text(text: &str) -> Result<Self> {
        let mut lines = text.lines();
        let (Some(signing), Some(verifying), Some(wrapping), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(Error::Keys("a key file has three lines"));
        };
        StandardSigner::new(signing)
            .map_err(|_| Error::Keys("the first line is no signing key"))?;
        StandardVerifier::new(verifying)
            .map_err(|_| Error::Keys("the second line is no verifying key"))?;
        let wrapping =
            Secret::from_hex(wrapping).ok_or(Error::Keys("the third line is no wrapping key"))?;
        Ok(Self {
            signing: signing.to_owned(),
            verifying: verifying.to_owned(),
            wrapping,
        })
    }

    /// The same signing key with a new wrapping key.
    ///
    /// # Errors
    ///
    /// The system has no random bytes.
    pub fn with_new_wrapping(&self) -> Result<Self> {
        Ok(Self {
            wrapping: Secret::random()?,
            ..self.clone()
        })
    }

    /// A signed checkpoint (C2SP tlog-checkpoint in a signed note).
    pub(crate) fn sign(&self, origin: &str, size: u64, root: [u8; 32]) -> Result<String> {
        let bad = Error::Keys("the checkpoint cannot be signed");
        let checkpoint = Checkpoint::new(origin, size, Hash(root), "")
            .map_err(|_| Error::Keys("the checkpoint cannot be written"))?;
        let signer =
            StandardSigner::new(&self.signing).map_err(|_| Error::Keys("no signing key"))?;
        let mut note = Note::new(&checkpoint.to_bytes(), &[])
            .map_err(|_| Error::Keys("the checkpoint is no note"))?;
        note.add_sigs(&[&signer]).map_err(|_| bad)?;
        String::from_utf8(note.to_bytes()).map_err(|_| Error::Keys("the note is no text"))
    }
}

/// What a checkpoint says, if the key has signed it: its origin, size and root.
pub(crate) fn opened(note: &str, verifying: &str) -> Option<(String, u64, [u8; 32])> {
    let verifier = StandardVerifier::new(verifying).ok()?;
    let parsed = Note::from_bytes(note.as_bytes()).ok()?;
    parsed
        .verify(&VerifierList::new(vec![Box::new(verifier)]))
        .ok()?;
    // Bytes that the parser passes over are not what was signed.
    if parsed.to_bytes() != note.as_bytes() {
        return None;
    }
    let checkpoint = Checkpoint::from_bytes(parsed.text()).ok()?;
    Some((
        checkpoint.origin().to_owned(),
        checkpoint.size(),
        checkpoint.hash().0,
    ))
}
