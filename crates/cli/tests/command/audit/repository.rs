//! What a change brings along does not hide what it changes: each case is a repository of git.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    GOOD,
    register::{self, told, tree},
};

const LEAK: &[u8] =
    b"class Sofu {\n  void okuru(Request r) {\n    client.newCall(r).execute();\n  }\n}\n";

fn git(folder: &Path, arguments: &[&str]) {
    let out = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.com",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .output()
        .unwrap();
    assert!(out.status.success(), "{arguments:?}: {out:?}");
}

/// A repository with all of its files tracked, whatever its ignore files say.
fn repository(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = tree(&format!("repository/{name}"), files);
    drop(fs::remove_dir_all(folder.join(".git")));
    git(&folder, &["init", "-q"]);
    git(&folder, &["add", "-A", "-f"]);
    git(&folder, &["commit", "-q", "-m", "a"]);
    folder
}

fn said(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let out = register::audit(folder, &[&["--format", "json"], arguments].concat());
    (out.status.code().unwrap(), told(&out))
}

#[test]
fn an_ignore_file_hides_nothing_that_is_tracked() {
    let register = format!("{GOOD}\n[scan]\n");
    for (name, ignore, text) in [
        ("root", ".gitignore", "src\n"),
        ("folder", "src/.gitignore", "S*.java\n"),
        ("tools", "src/.ignore", "*.java\n"),
    ] {
        let files: [(&str, &[u8]); 3] = [
            ("mokuteki.toml", register.as_bytes()),
            ("src/Sofu.java", LEAK),
            (ignore, text.as_bytes()),
        ];
        let (exit, told) = said(&repository(name, &files), &[]);
        assert_eq!(
            (exit, told),
            (2, vec!["src/Sofu.java:3 sink-without-marker".to_owned()]),
            "{name}"
        );
    }
}

#[test]
fn what_is_ignored_and_not_tracked_is_no_code_of_the_repository() {
    let register = format!("{GOOD}\n[scan]\n");
    let files: [(&str, &[u8]); 2] = [
        ("mokuteki.toml", register.as_bytes()),
        (".gitignore", b"build/\n"),
    ];
    let folder = repository("untracked", &files);
    fs::create_dir_all(folder.join("build")).unwrap();
    fs::write(folder.join("build/Made.java"), LEAK).unwrap();
    assert_eq!(said(&folder, &[]), (0, Vec::new()));
}

#[test]
fn a_submodule_and_a_repository_below_are_borders_that_are_told() {
    let register = format!("{GOOD}\n[scan]\n");
    let other = repository("other", &[("Sofu.java", LEAK)]);
    let folder = repository("borders", &[("mokuteki.toml", register.as_bytes())]);
    git(
        &folder,
        &[
            "submodule",
            "add",
            "-q",
            other.to_str().unwrap(),
            "lib/other",
        ],
    );
    git(&folder, &["init", "-q", "work"]);
    fs::write(folder.join("work/Sofu.java"), LEAK).unwrap();
    let expected = [
        "lib/other submodule-not-scanned",
        "work repository-not-scanned",
    ];
    let (exit, told) = said(&folder, &[]);
    assert_eq!((exit, told), (2, expected.map(str::to_owned).to_vec()));
    let register = format!("{GOOD}\n[scan]\nexclude = [\"lib/other\", \"work\"]\n");
    fs::write(folder.join("mokuteki.toml"), register).unwrap();
    assert_eq!(said(&folder, &[]), (0, Vec::new()));
}

#[test]
fn each_of_several_registers_has_its_own_tree() {
    let register = |id: &str| {
        format!(
            "{}\n[scan]\n",
            GOOD.replace("\"review\"", &format!("\"{id}\""))
        )
    };
    let (one, other) = (register("a"), register("b"));
    let files: [(&str, &[u8]); 4] = [
        ("services/a/mokuteki.toml", one.as_bytes()),
        ("services/b/mokuteki.toml", other.as_bytes()),
        ("services/b/src/Sofu.java", LEAK),
        ("services/a/src/x/mokuteki.toml", b""),
    ];
    let folder = repository("several", &files);
    let registers = ["services/a/mokuteki.toml", "services/b/mokuteki.toml"];
    let (exit, told) = said(&folder, &registers);
    assert_eq!(
        (exit, told),
        (
            2,
            vec!["services/b/src/Sofu.java:3 sink-without-marker".to_owned()]
        )
    );
}

#[test]
fn tests_and_vendored_code_are_left_out_by_their_paths_and_counted() {
    let register = format!("{GOOD}\n[scan]\nlook_in = [\"tests/live\"]\n");
    let files: [(&str, &[u8]); 4] = [
        ("mokuteki.toml", register.as_bytes()),
        ("src/test/Sofu.java", LEAK),
        ("vendor/Sofu.java", LEAK),
        ("tests/live/Sofu.java", LEAK),
    ];
    let folder = repository("off", &files);
    let out = register::audit(&folder, &["--format", "json"]);
    assert_eq!(told(&out), ["tests/live/Sofu.java:3 sink-without-marker"]);
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(json["scan"]["left_out"]["test"][0], "src/test/Sofu.java");
    assert_eq!(json["scan"]["left_out"]["vendored"][0], "vendor/Sofu.java");
}
