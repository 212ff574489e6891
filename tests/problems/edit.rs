//! The rules that ship with the library, open to edits, and the places where a problem should stand.

use std::collections::BTreeMap;

use mokuteki::{
    Engine, Problems,
    rules::{Source, Sources},
};
use sha2::{Digest, Sha256};

pub(crate) const ACTIVITY: &str = "vocabulary/activity.toml";
pub(crate) const AEON: &str = "notices/aeon.toml";
pub(crate) const ATTORNEY: &str = "statutes/attorney-act.toml";
pub(crate) const CHANNEL: &str = "vocabulary/channel.toml";
pub(crate) const CRIMINAL: &str = "statutes/criminal-procedure-act.toml";
pub(crate) const DATA: &str = "vocabulary/data.toml";
pub(crate) const FORM: &str = "vocabulary/form.toml";
pub(crate) const GROUNDS: &str = "grounds.toml";
pub(crate) const HEALTH: &str = "statutes/health-insurance-act.toml";
pub(crate) const JOHAS: &str = "notices/johas.toml";
pub(crate) const MY_NUMBER: &str = "statutes/my-number-act.toml";
pub(crate) const PARTY: &str = "vocabulary/party.toml";
pub(crate) const PLACES: &str = "statutes/places/attorney-act.tsv";
pub(crate) const RELATION: &str = "vocabulary/relation.toml";
pub(crate) const SUBJECT: &str = "vocabulary/subject.toml";
pub(crate) const TEXT: &str = "published/aeon.txt";

/// Edits of the embedded rules, and everything that loading then says.
pub(crate) struct Case {
    /// What was done, in words.
    pub(crate) says: &'static str,
    pub(crate) edits: &'static [Edit],
    /// Code, file and place of each problem, in the order in which they are reported. The place is
    /// the line of the first occurrence of a text; `‸` inside of it marks a place further on. `^` is
    /// the first line, and an empty text the file as a whole.
    pub(crate) finds: &'static [(&'static str, &'static str, &'static str)],
}

/// One change of one file.
#[derive(Clone, Copy)]
pub(crate) enum Edit {
    /// A new file.
    Add(&'static str, &'static str),
    /// More at the end.
    Append(&'static str, &'static str),
    /// Other bytes; the digest in the notice follows those of a published text.
    Bytes(&'static str, fn(&[u8]) -> Vec<u8>),
    /// A copy under another path.
    Copy(&'static str, &'static str),
    /// A file less.
    Remove(&'static str),
    /// The first occurrence of a text becomes another; digests stay as they are.
    Swap(&'static str, &'static str, &'static str),
    /// The same in a published text, and the digest in the notice follows.
    Text(&'static str, &'static str, &'static str),
}

/// Rule files by path.
#[derive(Clone)]
pub(crate) struct Files(pub(crate) BTreeMap<String, Vec<u8>>);

impl Files {
    pub(crate) fn embedded() -> Self {
        let sources = Sources::embedded();
        let files = sources.iter();
        Self(
            files
                .map(|source| (source.path.clone(), source.bytes.clone()))
                .collect(),
        )
    }

    pub(crate) fn edited(edits: &[Edit]) -> Self {
        let mut files = Self::embedded();
        for edit in edits {
            files.apply(*edit);
        }
        files
    }

    fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Add(path, text) => {
                let before = self.0.insert(path.to_owned(), text.into());
                assert!(before.is_none(), "{path} is there already");
            }
            Edit::Append(path, text) => {
                let bytes = [self.bytes(path), text.as_bytes()].concat();
                self.0.insert(path.to_owned(), bytes);
            }
            Edit::Bytes(path, change) => {
                let bytes = change(self.bytes(path));
                assert_ne!(bytes, self.bytes(path), "{path} does not change");
                self.replace(path, bytes);
            }
            Edit::Copy(from, to) => {
                let bytes = self.bytes(from).to_vec();
                self.0.insert(to.to_owned(), bytes);
            }
            Edit::Remove(path) => {
                assert!(self.0.remove(path).is_some(), "no {path}");
            }
            Edit::Swap(path, old, new) => {
                let bytes = self.swapped(path, old, new);
                self.0.insert(path.to_owned(), bytes);
            }
            Edit::Text(path, old, new) => {
                let bytes = self.swapped(path, old, new);
                self.replace(path, bytes);
            }
        }
    }

    fn bytes(&self, path: &str) -> &[u8] {
        self.0.get(path).unwrap_or_else(|| panic!("no {path}"))
    }

    fn swapped(&self, path: &str, old: &str, new: &str) -> Vec<u8> {
        let text = String::from_utf8(self.bytes(path).to_vec()).unwrap();
        assert!(text.contains(old), "{path} does not hold {old:?}");
        assert_ne!(old, new, "{path}");
        text.replacen(old, new, 1).into_bytes()
    }

    /// Puts other bytes in the place of a file, and brings every digest of it up to date.
    pub(crate) fn replace(&mut self, path: &str, bytes: Vec<u8>) {
        let (old, new) = (digest(self.bytes(path)), digest(&bytes));
        self.0.insert(path.to_owned(), bytes);
        for file in self.0.values_mut() {
            let at = file
                .windows(old.len())
                .position(|window| window == old.as_bytes());
            if let Some(at) = at {
                file.splice(at..at + old.len(), new.bytes());
            }
        }
    }

    pub(crate) fn load(&self) -> Result<Engine, Problems> {
        let files = self.0.iter();
        let sources = files.map(|(path, bytes)| Source {
            path: path.clone(),
            bytes: bytes.clone(),
        });
        Engine::from_sources(&Sources::new(sources.collect()))
    }

    /// The line of a place, as [`Case::finds`] writes it.
    pub(crate) fn line(&self, path: &str, place: &str) -> u32 {
        match place {
            "" => return 0,
            "^" => return 1,
            _ => {}
        }
        let text = String::from_utf8_lossy(self.bytes(path));
        let (before, after) = place.split_once('‸').unwrap_or(("", place));
        let at = text.find(&format!("{before}{after}"));
        let at = at.unwrap_or_else(|| panic!("{path} does not hold {place:?}"));
        let until = at + before.len();
        let ends = text.bytes().take(until).filter(|byte| *byte == b'\n');
        u32::try_from(1 + ends.count()).unwrap()
    }
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
