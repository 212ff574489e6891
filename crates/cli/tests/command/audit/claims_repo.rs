//! The example repository through the real command: it is clean, and the reports of a faulty copy are as reviewed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::register::{audit, tree};

const EXAMPLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../..",
    "/examples/claims-repo"
);
pub(crate) const FORMS: [&str; 6] = ["human", "json", "sarif", "junit", "github", "markdown"];

fn files(dir: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            let name = path.strip_prefix(EXAMPLE).unwrap();
            let name = name.to_str().unwrap().replace('\\', "/");
            found.push((name, fs::read(&path).unwrap()));
        }
    }
}

/// What a report says, but for the digest of the rules, which changes with every rule.
pub(crate) fn without_digest(text: &str) -> String {
    text.replace(mokuteki::Engine::embedded().digest(), "…")
}

pub(crate) fn copy(name: &str) -> PathBuf {
    let mut all = Vec::new();
    files(Path::new(EXAMPLE), &mut all);
    let all: Vec<_> = all
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    tree(&format!("claims-repo/{name}"), &all)
}

#[test]
fn the_example_is_clean_by_the_command_of_each_readme() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    for readme in ["README.md", "README.ja.md"] {
        let text = fs::read_to_string(root.join(readme)).unwrap();
        assert!(text.contains("mokuteki audit examples/claims-repo/mokuteki.toml\n"));
    }
    let out = audit(root, &["examples/claims-repo/mokuteki.toml"]);
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(said.contains("markers 9, exempt 1"), "{said}");
    assert!(said.contains("with a marker 10, without 0"), "{said}");
    assert!(said.ends_with("0 errors, 0 warnings, 0 notes\n"), "{said}");
}

/// Faults of several kinds in one copy, in every form and both languages.
#[test]
fn the_reports_of_a_faulty_copy_are_the_golden_ones() {
    let folder = copy("golden");
    for (file, from, to) in [
        ("flows/health.toml", "consent = \"explicit\"\n", ""),
        (
            "mokuteki.toml",
            "recipient = \"分析会社\"",
            "recipient = \"事業主\"",
        ),
        (
            "rust/subrogation.rs",
            "// mokuteki: health/subrogation",
            "//",
        ),
        ("sql/analysis.sql", "claims/analysis", "claims/analyses"),
        ("batch/transfer.sh", "sftp", "\n\n\n\n\nsftp"),
    ] {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
    }
    let golden =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join("tests/golden/audit");
    let bless = std::env::var_os("MOKUTEKI_BLESS").is_some();
    for (form, lang) in FORMS.iter().flat_map(|form| [(form, "ja"), (form, "en")]) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mokuteki"));
        let out = command
            .current_dir(&folder)
            .args(["audit", "--format", form, "--lang", lang]);
        let text = String::from_utf8(out.output().unwrap().stdout).unwrap();
        let text = without_digest(&text);
        let path = golden.join(format!("{form}.{lang}.txt"));
        if bless {
            fs::create_dir_all(&golden).unwrap();
            fs::write(&path, &text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            expected,
            "{}; MOKUTEKI_BLESS=1 rewrites it",
            path.display()
        );
    }
}
