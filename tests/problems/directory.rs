//! Problems of directories, on real ones.

use std::{fs, path::PathBuf};

use mokuteki::{
    Engine, Problems,
    problem::{Kind, Lang},
    rules::Sources,
};

/// A directory of its own that goes away with the value.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str) -> Self {
        let name = format!("mokuteki-problems-{}-{name}", std::process::id());
        let dir = Self(std::env::temp_dir().join(name));
        fs::create_dir_all(&dir.0).unwrap();
        dir
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn problems(dir: &Temporary, below: &str) -> Problems {
    Engine::from_dir(&dir.0.join(below)).unwrap_err()
}

pub(crate) fn codes() -> [&'static str; 2] {
    let dir = Temporary::new("codes");
    let codes = ["", "missing"].map(|below| {
        let problems = problems(&dir, below);
        assert_eq!(problems.len(), 1, "{problems}");
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.file(), dir.0.join(below).display().to_string());
        assert_eq!(problem.line(), 0);
        problem.code()
    });
    assert_eq!(codes, ["no-rules", "unreadable"]);
    codes
}

/// The problems as rendered, with the directory as `rules` and the system's reason as `…`.
pub(crate) fn rendered(lang: Lang) -> Vec<(&'static str, String)> {
    let dir = Temporary::new(lang.pick("ja", "en"));
    let shown = dir.0.display().to_string();
    let cases = [
        ("a directory without a rule file", ""),
        ("a directory that does not exist", "missing"),
    ];
    cases
        .into_iter()
        .map(|(says, below)| {
            let problems = problems(&dir, below);
            let problem = problems.iter().next().unwrap();
            let mut text = problem.render(lang).replace(&shown, "rules");
            if let Kind::Unreadable { reason } = problem.kind() {
                text = text.replace(reason, "…");
            }
            (says, text.replace('\\', "/"))
        })
        .collect()
}

#[test]
fn a_directory_of_notices_alone_takes_the_rest_from_the_library() {
    let dir = Temporary::new("notices");
    for source in Sources::embedded().iter() {
        if source.path.starts_with("notices/") || source.path.starts_with("published/") {
            let path = dir.0.join(&source.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &source.bytes).unwrap();
        }
    }
    let engine = Engine::from_dir(&dir.0).unwrap();
    assert_eq!(engine.digest(), Engine::embedded().digest());
}

#[test]
fn a_folder_that_bears_the_name_of_a_rule_file_is_a_folder() {
    let dir = Temporary::new("folder");
    fs::create_dir_all(dir.0.join("notices/aeon.toml")).unwrap();
    let codes: Vec<_> = problems(&dir, "")
        .iter()
        .map(mokuteki::Problem::code)
        .collect();
    assert_eq!(codes, ["no-rules"]);
}
