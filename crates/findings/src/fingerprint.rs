//! Fingerprints: what a finding is, whatever line it stands on.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::Diagnostic;

/// One for each finding. Findings that differ only in their line are told apart by their order.
pub(super) fn all(found: &[Diagnostic]) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let one = |found: &Diagnostic| {
        let mut hash = Sha256::new();
        for part in [
            found.code,
            &found.subject,
            found.place.path(),
            &found.detail,
        ] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut text = String::with_capacity(34);
        for byte in digest.iter().take(16) {
            let _ = write!(text, "{byte:02x}");
        }
        let count = seen.entry(text.clone()).or_default();
        *count += 1;
        let _ = write!(text, ":{count}");
        text
    };
    found.iter().map(one).collect()
}
