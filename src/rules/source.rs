//! Where rule files come from.

use std::path::Path;

use super::directory;
use crate::problem::{Kind, Problem, Problems};

/// One file of rules: its path relative to the rules directory, with `/`, and its bytes.
#[derive(Clone, Debug)]
pub struct Source {
    /// For example `notices/aeon.toml`.
    pub path: String,
    /// The bytes as they are.
    pub bytes: Vec<u8>,
}

/// A whole set of rule files, sorted by path.
///
/// The layout is that of `rules/` in this repository: `vocabulary/*.toml`, `statutes/*.toml`,
/// `grounds.toml`, `notices/**/*.toml`, `lists/**/*.toml` and the texts that these name; and `terms/*.toml`, in
/// which a team adds terms of its own below those of the vocabulary.
#[derive(Clone, Debug, Default)]
pub struct Sources(Vec<Source>);

/// The folders and files that every society shares: the vocabulary, the statutes and the grounds.
const COMMON: [&str; 3] = ["vocabulary/", "statutes/", "grounds.toml"];

/// The folders of what societies publish.
const PUBLISHED: [&str; 3] = ["lists/", "notices/", "published/"];

/// The files of some parts of the rules that ship with the library.
fn shipped(parts: &[&'static str]) -> impl Iterator<Item = Source> {
    let is_part = |path: &str| parts.iter().any(|part| path.starts_with(part));
    let files = mokuteki_rules::FILES.iter();
    files.filter(move |(path, _)| is_part(path)).map(own)
}

impl Sources {
    /// Any files, for example made in memory.
    #[must_use]
    pub fn new(mut files: Vec<Source>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self(files)
    }

    /// The rules that ship with the library.
    #[must_use]
    pub fn embedded() -> Self {
        Self::new(shipped(&COMMON).chain(shipped(&PUBLISHED)).collect())
    }

    /// Every file under a directory that can be part of the rules (`.toml`, `.tsv` and `.txt`).
    ///
    /// Parts that every society shares and that the directory does not have (no file under
    /// `vocabulary/`, none under `statutes/`, no `grounds.toml`) are those that ship with the
    /// library, so that a directory may hold notices alone. A directory that holds terms of its own
    /// (`terms/*.toml`) and no notice adds them to the notices that ship with the library.
    ///
    /// # Errors
    ///
    /// A directory or file cannot be read or is too large, a link leads out of the directory, something other than a
    /// regular file is named like a rule, or the directory holds neither a notice nor terms.
    pub fn from_dir(dir: &Path) -> Result<Self, Problems> {
        let mut found = directory::read(dir).map_err(Problems::new)?;
        let holds = |part: fn(&str) -> bool| found.iter().any(|source| part(&source.path));
        let notices = holds(is_notice);
        let adds = holds(|path| path.starts_with("terms/") && has_extension(path, "toml"));
        if !notices && !adds {
            let kind = Kind::NoRules {
                pattern: "notices/**/*.toml".to_owned(),
            };
            let problem = Problem::new(&dir.display().to_string(), 0, kind);
            return Err(Problems::new(vec![problem]));
        }
        for part in COMMON {
            if !found.iter().any(|source| source.path.starts_with(part)) {
                found.extend(shipped(&[part]));
            }
        }
        if !notices {
            found.extend(shipped(&PUBLISHED));
        }
        Ok(Self::new(found))
    }

    /// The same files and one more, such as a file of `terms/` beside the rules that ship with the library.
    ///
    /// ```
    /// use mokuteki::{Engine, rules::{Source, Sources}, vocabulary::Class};
    /// let terms = r#"
    /// [[term]]
    /// class = "party"
    /// id = "our-checker"
    /// label = "みどりデータ"
    /// en = "Midori Data"
    /// parent = "点検業者"
    /// reason = "2026年度のレセプト点検の委託先"
    /// "#;
    /// let terms = Source { path: "terms/ours.toml".to_owned(), bytes: terms.into() };
    /// let engine = Engine::from_sources(&Sources::embedded().with(terms))?;
    /// assert!(engine.vocabulary().find(Class::Party, "みどりデータ").is_some());
    /// # Ok::<(), mokuteki::Problems>(())
    /// ```
    #[must_use]
    pub fn with(self, file: Source) -> Self {
        let Self(mut files) = self;
        files.retain(|other| other.path != file.path);
        files.push(file);
        Self::new(files)
    }

    /// The files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }

    /// The files that every society shares: all but the notices, the lists and their published texts.
    pub fn shared(&self) -> impl Iterator<Item = &Source> {
        let of_notice = |path: &str| PUBLISHED.iter().any(|part| path.starts_with(part));
        self.iter().filter(move |source| !of_notice(&source.path))
    }

    /// The file at a path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Source> {
        self.0
            .binary_search_by(|source| source.path.as_str().cmp(path))
            .ok()
            .and_then(|at| self.0.get(at))
    }
}

/// Whether the file describes a published list: of implied consent, or of joint uses.
pub(crate) fn is_list(path: &str) -> bool {
    path.starts_with("lists/") && has_extension(path, "toml")
}

/// Whether the file describes a notice.
pub(crate) fn is_notice(path: &str) -> bool {
    path.starts_with("notices/") && has_extension(path, "toml")
}

fn own((path, bytes): &(&str, &[u8])) -> Source {
    Source {
        path: (*path).to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// Whether a file that every society shares is the one that ships, byte for byte.
pub(crate) fn is_embedded(source: &Source) -> bool {
    let files = mokuteki_rules::FILES;
    let found = files.binary_search_by_key(&source.path.as_str(), |(path, _)| path);
    found
        .ok()
        .and_then(|at| files.get(at))
        .is_some_and(|(_, bytes)| *bytes == source.bytes)
}

pub(super) fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|found| found.eq_ignore_ascii_case(extension))
}
