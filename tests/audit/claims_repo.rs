//! The example repository through the real command: it is clean, and each fault seeded into a copy is told at
//! its file and line, with its code and exit status, in every form.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::register::{audit, told, tree};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/claims-repo");
const FORMS: [&str; 6] = ["human", "json", "sarif", "junit", "github", "markdown"];

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

fn copy(name: &str) -> PathBuf {
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for readme in ["README.md", "README.ja.md"] {
        let text = fs::read_to_string(root.join(readme)).unwrap();
        assert!(text.contains("mokuteki audit examples/claims-repo/mokuteki.toml\n"));
    }
    let out = audit(root, &["examples/claims-repo/mokuteki.toml"]);
    let said = String::from_utf8(out.stdout).unwrap();
    assert_eq!(out.status.code(), Some(0), "{said}");
    assert!(said.contains("markers 9, exempt 1"), "{said}");
    assert!(said.contains("with a marker 11, without 0"), "{said}");
    assert!(said.ends_with("0 errors, 0 warnings, 0 notes\n"), "{said}");
}

#[test]
fn each_fault_is_told_at_its_line_with_its_exit_in_every_form() {
    let seeds = [
        (
            "flows/health.toml",
            "consent = \"explicit\"\n",
            "",
            "flows/health.toml:27 conditional",
            2,
        ),
        (
            "mokuteki.toml",
            "recipient = \"分析会社\"",
            "recipient = \"事業主\"",
            "mokuteki.toml:29 out-of-scope",
            2,
        ),
        (
            "mokuteki.toml",
            "activity = \"疾病分析\"",
            "activity = \"疾病分析\"\nmy_number = true",
            "mokuteki.toml:29 prohibited",
            2,
        ),
        (
            "mokuteki.toml",
            "activity = \"疾病分析\"",
            "activity = \"疾病分折\"",
            "mokuteki.toml:32 unreadable-field",
            3,
        ),
        (
            "mokuteki.toml",
            "near = 5",
            "naer = 5",
            "mokuteki.toml:10 unknown-key",
            3,
        ),
        (
            "mokuteki.toml",
            "near = 5",
            "near = \"5\"",
            "mokuteki.toml:10 wrong-type",
            3,
        ),
        (
            "mokuteki.toml",
            "id = \"claims/check\"",
            "id = \"health/generic\"",
            "flows/health.toml:16 duplicate-id",
            3,
        ),
        (
            "mokuteki.toml",
            "flows/*.toml",
            "flow/*.toml",
            "mokuteki.toml:2 include-unmatched",
            3,
        ),
        (
            "mokuteki.toml",
            "\"java/**\"",
            "\"java/[\"",
            "mokuteki.toml:24 bad-glob",
            3,
        ),
        (
            "mokuteki.toml",
            "|push)",
            "|push",
            "mokuteki.toml:14 bad-pattern",
            3,
        ),
        (
            "mokuteki.toml",
            "\"java/**\"",
            "\"java/**\", \"old/**\"",
            "mokuteki.toml:24 code-glob-unmatched",
            0,
        ),
        (
            "rust/subrogation.rs",
            "// mokuteki: health/subrogation",
            "//",
            "flows/health.toml:32 flow-without-marker",
            2,
        ),
        (
            "sql/analysis.sql",
            "claims/analysis",
            "claims/analyses",
            "sql/analysis.sql:1 marker-without-flow",
            2,
        ),
        (
            "sql/analysis.sql",
            "claims/analysis",
            "claims/check",
            "sql/analysis.sql:1 marker-outside-code",
            2,
        ),
        (
            "batch/transfer.sh",
            "sftp",
            "\n\n\n\n\nsftp",
            "batch/transfer.sh:9 sink-without-marker",
            2,
        ),
        (
            "web/guidance.ts",
            "exempt a health check, no personal data",
            "exempt",
            "web/guidance.ts:11 exempt-without-reason",
            2,
        ),
    ];
    for (file, from, to, expected, exit) in seeds {
        let (_, code) = expected.split_once(' ').unwrap();
        let folder = copy(code);
        let path = folder.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file}: {from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let said = told(&audit(&folder, &["--format", "json"]));
        assert!(
            said.iter().any(|one| one.starts_with(expected)),
            "{expected}: {said:?}"
        );
        let (place, _) = expected.split_once(' ').unwrap();
        let (name, line) = place.rsplit_once(':').unwrap();
        for form in FORMS {
            let out = audit(&folder, &["--format", form]);
            assert_eq!(out.status.code(), Some(exit), "{form} {expected}");
            let text = String::from_utf8(out.stdout).unwrap();
            for part in [code, name, line] {
                assert!(
                    text.contains(part),
                    "{form} does not say {part} of {expected}"
                );
            }
        }
    }
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
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/audit");
    let bless = std::env::var_os("MOKUTEKI_BLESS").is_some();
    for (form, lang) in FORMS.iter().flat_map(|form| [(form, "ja"), (form, "en")]) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mokuteki"));
        let out = command
            .current_dir(&folder)
            .args(["audit", "--format", form, "--lang", lang]);
        let text = String::from_utf8(out.output().unwrap().stdout).unwrap();
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
