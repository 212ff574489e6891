//! Globs over paths of the tree. Most are a path or a folder, which need no automaton.

use globset::{GlobBuilder, GlobMatcher};

use mokuteki_findings::Place;

/// A glob as written in a register, checked and ready.
///
/// `*` and `?` do not cross `/`, `**` does; a path without any of these is that file, or everything
/// under that folder.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    place: Place,
    shape: Shape,
}

#[derive(Clone, Debug)]
enum Shape {
    /// A file, or everything under a folder.
    Path,
    /// Everything under a folder, which ends with `/`.
    Under(String),
    /// Every file whose path ends so, such as `.java`.
    Ending(String),
    Any(Box<GlobMatcher>),
}

const SPECIAL: [char; 8] = ['*', '?', '[', ']', '{', '}', '\\', '!'];

impl Pattern {
    /// Reads a glob that stands at a place.
    ///
    /// # Errors
    ///
    /// It is empty, leaves the tree, or is no glob: the reason, in English.
    pub fn parse(text: &str, place: Place) -> Result<Self, String> {
        let text = text.strip_prefix("./").unwrap_or(text);
        let text = text.strip_suffix('/').unwrap_or(text);
        let plain = |text: &str| !text.contains(SPECIAL);
        let under = text.strip_suffix("**");
        let under = under.filter(|folder| folder.ends_with('/') && plain(folder));
        let ending = text.strip_prefix("**/*");
        let ending = ending.filter(|end| end.starts_with('.') && plain(end) && !end.contains('/'));
        let shape = if text.trim().is_empty() {
            return Err("empty".to_owned());
        } else if text.starts_with('/') || text.split('/').any(|part| part == "..") {
            return Err("it must stay inside the tree".to_owned());
        } else if plain(text) {
            Shape::Path
        } else if let Some(folder) = under {
            Shape::Under(folder.to_owned())
        } else if let Some(end) = ending {
            Shape::Ending(end.to_owned())
        } else {
            let mut glob = GlobBuilder::new(text);
            // The same on every system.
            let glob = glob.literal_separator(true).backslash_escape(true).build();
            let glob = glob.map_err(|error| error.kind().to_string())?;
            Shape::Any(Box::new(glob.compile_matcher()))
        };
        Ok(Self {
            text: text.to_owned(),
            place,
            shape,
        })
    }

    /// As written, without a `./` before it or a `/` behind it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it is written.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Whether it has a path: relative, with `/`.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        match &self.shape {
            Shape::Path => path
                .strip_prefix(self.text.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Shape::Under(folder) => path.len() > folder.len() && path.starts_with(folder.as_str()),
            Shape::Ending(end) => path.ends_with(end.as_str()),
            Shape::Any(matcher) => matcher.is_match(path),
        }
    }

    /// Whether it surely has everything under a folder.
    #[must_use]
    pub fn has_folder(&self, path: &str) -> bool {
        match &self.shape {
            Shape::Path => self.matches(path),
            Shape::Under(folder) => {
                let whole = folder.strip_suffix('/').unwrap_or(folder);
                path == whole || path.starts_with(folder.as_str())
            }
            Shape::Ending(_) | Shape::Any(_) => false,
        }
    }

    /// Whether it is the path of a file or of a folder.
    #[must_use]
    pub fn is_path(&self) -> bool {
        matches!(self.shape, Shape::Path)
    }

    /// What every match begins with.
    #[must_use]
    pub fn prefix(&self) -> &str {
        let end = self.text.find(SPECIAL).unwrap_or(self.text.len());
        self.text.get(..end).unwrap_or_default()
    }

    /// The first of sorted paths that it has.
    #[must_use]
    pub fn first_of<'p>(&self, sorted: &[&'p str]) -> Option<&'p str> {
        let prefix = self.prefix();
        let from = sorted.partition_point(|path| *path < prefix);
        let near = sorted.get(from..).unwrap_or_default().iter();
        let mut near = near.take_while(|path| path.starts_with(prefix));
        near.find(|path| self.matches(path)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text, Place::file("x")).unwrap()
    }

    #[test]
    fn the_shapes_without_an_automaton_match_what_the_glob_would() {
        let paths = [
            "src/a.java",
            "src/b/c.java",
            "a.java",
            ".java",
            "src/b/c.javax",
            "src",
            "srcs/a.java",
        ];
        for text in ["src/**", "**/*.java", "src/*.java", "src/{a,b}*"] {
            let mut glob = GlobBuilder::new(text);
            let glob = glob.literal_separator(true).build().unwrap();
            let (pattern, glob) = (pattern(text), glob.compile_matcher());
            for path in paths {
                assert_eq!(pattern.matches(path), glob.is_match(path), "{text} {path}");
                assert!(!pattern.matches(path) || path.starts_with(pattern.prefix()));
            }
        }
    }

    #[test]
    fn a_path_is_a_file_or_everything_under_a_folder() {
        for text in ["src/b", "./src/b", "src/b/"] {
            let pattern = pattern(text);
            let paths = ["src/b", "src/b/c.java", "src/bc", "src"];
            assert_eq!(
                paths.map(|path| pattern.matches(path)),
                [true, true, false, false]
            );
        }
    }

    #[test]
    fn the_first_match_is_found_among_sorted_paths() {
        let paths = ["a/b-c.rs", "a/b.rs", "a/b/x.rs", "a/c.rs", "z.py"];
        for (text, first) in [
            ("a/b", Some("a/b/x.rs")),
            ("a/*.rs", Some("a/b-c.rs")),
            ("**/*.py", Some("z.py")),
            ("a/[c-d].rs", Some("a/c.rs")),
            ("b/**", None),
        ] {
            assert_eq!(pattern(text).first_of(&paths), first, "{text}");
        }
    }

    #[test]
    fn a_glob_that_leaves_the_tree_or_does_not_close_is_refused() {
        for text in ["", " ", "/etc/**", "../x", "a/../../b", "src/[", "{a"] {
            assert!(Pattern::parse(text, Place::file("x")).is_err(), "{text}");
        }
    }
}
