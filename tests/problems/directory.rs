//! Problems of directories, on real ones.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mokuteki::{
    Engine, Finding, Problems,
    problem::{Kind, Lang},
    rules::{LARGEST_FILE, MOST_FILES, Sources},
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

pub(crate) fn codes() -> Vec<&'static str> {
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
    let refused = refused();
    codes
        .into_iter()
        .chain(refused.into_iter().map(|(code, _)| code))
        .collect()
}

/// Directories that hold what is not read, each with the code and the path that is told.
fn refused() -> Vec<(&'static str, String)> {
    let told = |make: &dyn Fn(&Path)| {
        let dir = Temporary::new("refused");
        make(&dir.0);
        let problems = problems(&dir, "");
        let told = problems.iter().map(|problem| {
            let path = problem
                .file()
                .replace(&dir.0.display().to_string(), "rules");
            (problem.code(), path)
        });
        told.collect::<Vec<_>>()
    };
    let large = |dir: &Path| {
        // A hole: it takes no room on the disk.
        let file = fs::File::create(dir.join("large.toml")).unwrap();
        file.set_len(LARGEST_FILE + 1).unwrap();
    };
    let many = |dir: &Path| {
        for at in 0..=MOST_FILES {
            fs::write(dir.join(format!("{at}.md")), "").unwrap();
        }
    };
    let mut all = [told(&large), told(&many)].concat();
    #[cfg(unix)]
    {
        use std::os::unix::{fs::symlink, net::UnixListener};
        let links = |dir: &Path| {
            symlink("/proc/self/environ", dir.join("environ.toml")).unwrap();
            symlink("/dev/zero", dir.join("zero.txt")).unwrap();
            symlink("..", dir.join("up")).unwrap();
            symlink(".", dir.join("loop")).unwrap();
        };
        let socket = |dir: &Path| drop(UnixListener::bind(dir.join("socket.toml")).unwrap());
        all.extend([told(&links), told(&socket)].concat());
    }
    all
}

#[test]
#[cfg(unix)]
fn what_leads_out_or_is_no_file_of_rules_is_not_read() {
    let told = refused();
    let told: Vec<_> = told
        .iter()
        .map(|(code, path)| (*code, path.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("file-too-large", "large.toml"),
            ("too-many-files", "rules/"),
            ("outside-folder", "environ.toml"),
            ("outside-folder", "loop"),
            ("outside-folder", "up"),
            ("outside-folder", "zero.txt"),
            ("not-a-file", "socket.toml"),
        ]
    );
}

#[test]
#[cfg(unix)]
fn files_may_be_shared_by_links_within_the_directory() {
    use std::os::unix::fs::symlink;
    let dir = Temporary::new("links");
    for source in Sources::embedded().iter() {
        // As a container mounts a directory: the files in one folder, and links to them.
        let path = dir.0.join("..data").join(&source.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &source.bytes).unwrap();
    }
    for entry in fs::read_dir(dir.0.join("..data")).unwrap() {
        let name = entry.unwrap().file_name();
        symlink(PathBuf::from("..data").join(&name), dir.0.join(&name)).unwrap();
    }
    let engine = Engine::from_dir(&dir.0).unwrap();
    assert_eq!(engine.digest(), Engine::embedded().digest());
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
