//! Registers of many files, and globs, through the real command.

use std::fs;

use super::{
    GOOD,
    register::{self, findings},
};

/// The exit, and each finding as `file:line code`, for a folder with these files.
fn audit(name: &str, files: &[(&str, String)]) -> (i32, Vec<String>) {
    let folder = register::folder(&format!("files/{name}"), "mokuteki.toml", "");
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let out = register::audit(&folder, &["--format", "json"]);
    let said = findings(&out).into_iter().map(|one| {
        let (file, line) = (&one["place"]["file"], &one["place"]["line"]);
        format!("{file}:{line} {}", one["code"]).replace('"', "")
    });
    (out.status.code().unwrap(), said.collect())
}

fn flow(id: &str) -> String {
    GOOD.replace("review", id)
}

fn refused(id: &str) -> String {
    flow(id).replace("当組合", "事業主") + "my_number = true\n"
}

#[test]
fn included_files_are_read_in_the_order_of_their_paths() {
    let files = [
        (
            "mokuteki.toml",
            format!(
                "include = [\"flows/**/*.toml\", \"more.yaml\"]\n{}",
                flow("root")
            ),
        ),
        ("flows/b.toml", refused("b")),
        ("flows/a/x.toml", refused("x")),
        (
            "more.yaml",
            "flow: [{id: root, society: aeon}]\n".to_owned(),
        ),
    ];
    let (exit, said) = audit("order", &files);
    assert_eq!(exit, 3);
    assert_eq!(
        said,
        [
            "flows/a/x.toml:4 prohibited",
            "flows/b.toml:4 prohibited",
            "more.yaml:1 duplicate-id"
        ]
    );
}

#[test]
fn files_that_include_each_other_are_read_once_and_globs_are_relative_to_their_file() {
    let files = [
        (
            "mokuteki.toml",
            format!("include = \"teams\"\n{}", flow("root")),
        ),
        (
            "teams/a.toml",
            format!("include = [\"*.toml\", \"deep/c.json\"]\n{}", refused("a")),
        ),
        (
            "teams/b.toml",
            format!("include = \"a.toml\"\n{}", flow("b")),
        ),
        ("teams/deep/c.json", "{\"flow\": [{}]}".to_owned()),
    ];
    let (exit, said) = audit("loop", &files);
    assert_eq!(exit, 3);
    assert_eq!(
        said,
        [
            "teams/a.toml:5 prohibited",
            "teams/deep/c.json:1 missing-key"
        ]
    );
}

#[test]
fn an_include_without_a_file_does_not_check_and_the_rest_is_decided() {
    for (name, glob) in [
        ("star", "flows/*.toml"),
        ("path", "flows.toml"),
        ("folder", "flow"),
    ] {
        let text = format!("include = [\"{glob}\"]\n{}", refused("a"));
        let (exit, said) = audit(name, &[("mokuteki.toml", text)]);
        assert_eq!(exit, 3, "{glob}");
        assert_eq!(
            said,
            [
                "mokuteki.toml:1 include-unmatched",
                "mokuteki.toml:5 prohibited"
            ]
        );
    }
}

#[test]
fn a_bad_glob_is_told_at_its_place_wherever_it_stands() {
    for (name, glob) in [
        ("open", "src/["),
        ("outside", "../x"),
        ("root", "/etc/*"),
        ("empty", ""),
    ] {
        let text = format!("include = [\n  \"{glob}\",\n]\n{}", flow("a"));
        let (exit, said) = audit(&format!("include-{name}"), &[("mokuteki.toml", text)]);
        assert_eq!(
            (exit, said),
            (3, vec!["mokuteki.toml:2 bad-glob".to_owned()])
        );
        let text = format!("{}code = [\"src/**\", \"{glob}\"]\n", flow("a"));
        let (exit, said) = audit(&format!("code-{name}"), &[("mokuteki.toml", text)]);
        assert_eq!(exit, 3);
        assert!(
            said.contains(&"mokuteki.toml:8 bad-glob".to_owned()),
            "{said:?}"
        );
    }
}

#[test]
fn an_empty_list_and_a_wrong_type_of_globs_are_told() {
    for (value, code) in [
        ("[]", "invalid-value"),
        ("7", "wrong-type"),
        ("[7]", "wrong-type"),
    ] {
        let text = format!("{}code = {value}\n", flow("a"));
        let (exit, said) = audit("types", &[("mokuteki.toml", text)]);
        assert_eq!((exit, said), (3, vec![format!("mokuteki.toml:8 {code}")]));
    }
}
