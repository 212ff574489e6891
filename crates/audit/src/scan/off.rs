//! Paths where no sink is looked for: data, in `rules/scan/paths.toml`.

use std::sync::LazyLock;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;

const DATA: &str = include_str!("../../../../rules/scan/paths.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    path: Vec<Kind>,
}

/// A kind of files where no sink is looked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its name.
    pub id: String,
    globs: Vec<String>,
    /// Why none is looked for, in Japanese.
    pub reason: String,
    /// What they are, in English.
    pub en: String,
}

struct Kinds {
    all: Vec<Kind>,
    set: GlobSet,
    /// The kind of each glob.
    of: Vec<usize>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    // INVARIANT: a test reads the data, so that it is never empty here.
    let all = toml::from_str(DATA).map_or_else(|_| Vec::new(), |data: Data| data.path);
    let (mut builder, mut of) = (GlobSetBuilder::new(), Vec::new());
    for (at, kind) in all.iter().enumerate() {
        for glob in &kind.globs {
            if let Ok(glob) = GlobBuilder::new(glob).literal_separator(true).build() {
                builder.add(glob);
                of.push(at);
            }
        }
    }
    let set = builder.build().unwrap_or_else(|_| GlobSet::empty());
    Kinds { all, set, of }
});

/// The kinds, in the order of the data.
#[must_use]
pub fn kinds() -> &'static [Kind] {
    &KINDS.all
}

/// The place in [`kinds`] of the kind of a path, if it is of one.
pub(super) fn kind_of(path: &str) -> Option<usize> {
    let first = KINDS.set.matches(path).into_iter().min()?;
    KINDS.of.get(first).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_glob_is_one_and_a_path_is_off_by_its_first_kind() {
        let data: Data = toml::from_str(DATA).unwrap();
        let globs: usize = data.path.iter().map(|kind| kind.globs.len()).sum();
        assert_eq!(KINDS.of.len(), globs);
        assert_eq!(KINDS.set.len(), globs);
        let kind = |path| kind_of(path).map(|at| kinds()[at].id.as_str());
        assert_eq!(kind("src/test/java/AppTest.java"), Some("test"));
        assert_eq!(kind("a/vendor/b/x.go"), Some("vendored"));
        assert_eq!(kind("web/app.min.js"), Some("bundle"));
        assert_eq!(kind("src/main/java/Latest.java"), None);
        assert_eq!(kind("tester/a.py"), None);
    }
}
