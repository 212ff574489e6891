//! The code of a tree against its register, through the real command.

use std::{fs, path::Path, process::Output};

use super::{
    GOOD,
    register::{self, findings, told, tree},
};

/// The exit and the findings of a tree whose register is one flow, `review`, with its code in `src`.
fn audit(name: &str, files: &[(&str, &[u8])]) -> (i32, Vec<String>) {
    let out = run(name, &format!("{GOOD}code = \"src\"\n"), files);
    (out.status.code().unwrap(), told(&out))
}

fn run(name: &str, register: &str, files: &[(&str, &[u8])]) -> Output {
    let mut all = vec![("mokuteki.toml", register.as_bytes())];
    all.extend(files);
    let folder = tree(&format!("code/{name}"), &all);
    register::audit(&folder, &["--format", "json"])
}

const MARKED: (&str, &[u8]) = ("src/A.java", b"class A {}\n// mokuteki: review\n");

const MARKED_SEND: &[u8] =
    b"class A {\n// mokuteki: review\nvoid a() { client.newCall(r).execute(); } }\n";

#[test]
fn code_that_agrees_is_clean_and_what_was_looked_at_is_told() {
    let register = format!("{GOOD}code = \"src\"\n");
    let files: [(&str, &[u8]); 3] = [MARKED, ("a.png", b"\x89PNG\0\0"), ("x.txt", b"one\ntwo")];
    let out = run("clean", &register, &files);
    assert_eq!(out.status.code(), Some(0), "{out:?}");
    let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    let scan = &json["scan"];
    assert_eq!((&scan["files"], &scan["lines"]), (&2.into(), &4.into()));
    assert_eq!(scan["markers"], 1);
    assert_eq!(scan["binary"][0], "a.png");
    assert_eq!(scan["encodings"]["UTF-8"], 2);
}

#[test]
fn each_disagreement_is_told_at_the_code_and_at_the_register() {
    let told = |name: &str, files: &[(&str, &[u8])], expected: &str| {
        let (exit, said) = audit(name, files);
        assert_eq!((exit, said), (2, vec![expected.to_owned()]));
    };
    told(
        "without-flow",
        &[MARKED, ("x/b.py", b"\n# mokuteki: revue\n")],
        "x/b.py:2 marker-without-flow revue",
    );
    told(
        "without-marker",
        &[("src/A.java", b"// review\n")],
        "mokuteki.toml:8 flow-without-marker review -> src/A.java",
    );
    told(
        "outside",
        &[MARKED, ("x/b.sql", b"-- mokuteki: review\n")],
        "x/b.sql:1 marker-outside-code review -> mokuteki.toml:8",
    );
    let bare = b"# mokuteki: exempt\ncurl -d a b\n# mokuteki: exempt a ping\ncurl -d a b\n";
    told(
        "exempt",
        &[MARKED, ("x/b.sh", bare)],
        "x/b.sh:1 exempt-without-reason",
    );
}

#[test]
fn a_refused_flow_points_at_its_markers() {
    let register = GOOD.replace("当組合", "事業主") + "my_number = true\ncode = \"src\"\n";
    let marked = ("src/A.java", MARKED_SEND);
    let out = run("refused", &register, &[marked]);
    let said = told(&out);
    assert_eq!(out.status.code(), Some(2));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("mokuteki.toml:4 prohibited review"),
        "{said:?}"
    );
    assert!(said[0].contains(" -> src/A.java:2"), "{said:?}");
}

#[test]
fn nothing_scanned_is_no_pass() {
    let (exit, said) = audit("nothing", &[]);
    assert_eq!(
        (exit, said),
        (3, vec!["mokuteki.toml nothing-scanned".to_owned()])
    );
    let (exit, said) = audit("ignored", &[MARKED, (".gitignore", b"/src\n.gitignore\n")]);
    assert_eq!(
        (exit, said),
        (3, vec!["mokuteki.toml nothing-scanned".to_owned()])
    );
    let out = run("asked", &format!("{GOOD}\n[scan]\n"), &[]);
    assert_eq!(out.status.code(), Some(3), "a [scan] asks for a scan");
}

#[test]
fn what_the_tree_ignores_and_the_register_excludes_is_not_scanned() {
    let register = format!("{GOOD}code = \"src\"\n\n[scan]\nexclude = [\"gen/**\", \"*.log\"]\n");
    let stray: &[u8] = b"// mokuteki: stray\n";
    let files: [(&str, &[u8]); 7] = [
        MARKED,
        (".gitignore", b"/build/\n"),
        ("build/x.java", stray),
        ("gen/x.java", stray),
        ("a.log", stray),
        (".git/x.java", stray),
        ("sub/.gitignore", b"x.java\n"),
    ];
    let mut all = files.to_vec();
    all.push(("sub/x.java", stray));
    let out = run("excluded", &register, &all);
    assert_eq!((out.status.code(), told(&out)), (Some(0), Vec::new()));
    // Hidden folders hold code, too.
    all.push((".github/x.yml", b"# mokuteki: stray\n"));
    let out = run("hidden", &register, &all);
    assert_eq!(told(&out), [".github/x.yml:1 marker-without-flow stray"]);
}

#[test]
fn a_marker_is_read_in_old_encodings() {
    let text = "// 支払基金へ送る処理 (月次)。レセプトを対象とする\n// mokuteki: review\n";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // 支払基金 in Shift_JIS and in EUC-JP.
    let sjis = b"// \x8e\x78\x95\xa5\x8a\xee\x8b\xe0\n// mokuteki: review\n";
    let euc = b"// \xbb\xd9\xca\xa7\xb4\xf0\xb6\xe2\n// mokuteki: review\n";
    for (encoding, bytes) in [
        ("UTF-16LE", utf_16.as_slice()),
        ("Shift_JIS", sjis),
        ("EUC-JP", euc),
        ("UTF-8", text.as_bytes()),
    ] {
        let out = run(
            "encodings",
            &format!("{GOOD}code = \"src\"\n"),
            &[("src/A.java", bytes)],
        );
        assert_eq!(out.status.code(), Some(0), "{encoding}: {:?}", told(&out));
        let json: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        assert_eq!(json["scan"]["encodings"][encoding], 1, "{json:#}");
    }
}

#[test]
fn a_huge_text_is_told_and_a_huge_binary_is_passed_over() {
    let mut huge = vec![b' '; (16 << 20) + 1];
    let (exit, said) = audit("huge", &[MARKED, ("data.csv", &huge)]);
    assert_eq!(
        (exit, said),
        (3, vec!["data.csv file-too-large".to_owned()])
    );
    huge[0] = 0;
    let (exit, said) = audit("huge-binary", &[MARKED, ("data.bin", &huge)]);
    assert_eq!((exit, said), (0, Vec::new()));
}

#[test]
fn code_that_is_no_text_does_not_check() {
    let register = format!("{GOOD}code = [\"src\", \"lib/a.jar\"]\n");
    let out = run(
        "binary",
        &register,
        &[MARKED, ("lib/a.jar", b"PK\x03\x04\0\0")],
    );
    assert_eq!(out.status.code(), Some(3));
    assert!(
        told(&out).contains(&"mokuteki.toml:8 binary-code review -> lib/a.jar".to_owned()),
        "{:?}",
        told(&out)
    );
}

#[test]
fn a_glob_that_has_no_file_is_a_warning() {
    let register = format!("{GOOD}code = [\"src\", \"old/**\", \"**/*.kt\"]\n");
    let out = run("stale", &register, &[MARKED]);
    let expected = [
        "mokuteki.toml:8 code-glob-unmatched review",
        "mokuteki.toml:8 code-glob-unmatched review",
    ];
    assert_eq!(
        (out.status.code(), told(&out)),
        (Some(0), expected.map(str::to_owned).to_vec())
    );
}

#[test]
fn a_flow_that_could_not_be_read_does_not_make_its_markers_strays() {
    let register = GOOD.replace("activity", "activty") + "code = \"src\"\n[scan]\n";
    let out = run("unread", &register, &[MARKED]);
    assert_eq!(
        (out.status.code(), told(&out)),
        (
            Some(3),
            vec!["mokuteki.toml:6 unknown-key review -> src/A.java:2".to_owned()]
        )
    );
}

#[test]
fn runs_from_different_folders_give_the_same_bytes() {
    let register = GOOD.replace("当組合", "事業主") + "code = \"src\"\n";
    let here = tree(
        "code/folders",
        &[("mokuteki.toml", register.as_bytes()), MARKED],
    );
    let above = here.parent().unwrap().to_owned();
    let inside = here.join("src");
    let absolute = here.join("mokuteki.toml");
    for form in ["human", "json", "sarif", "junit", "github", "markdown"] {
        let run =
            |folder: &Path, file: &str| register::audit(folder, &[file, "--format", form]).stdout;
        let first = run(&here, "mokuteki.toml");
        assert!(!first.is_empty());
        for (folder, file) in [
            (&above, "folders/mokuteki.toml"),
            (&inside, "../mokuteki.toml"),
            (&inside, absolute.to_str().unwrap()),
        ] {
            assert_eq!(first, run(folder, file), "{form} {file}");
        }
    }
}

#[test]
fn a_root_above_the_register_makes_the_paths_those_of_the_repository() {
    let register = format!("{GOOD}code = \"claims/src\"\n");
    let files: [(&str, &[u8]); 3] = [
        ("claims/mokuteki.toml", register.as_bytes()),
        ("claims/src/A.java", b"//\n"),
        ("x.py", b"# mokuteki: stray\n"),
    ];
    let folder = tree("code/root", &files);
    let args = ["claims/mokuteki.toml", "--root", ".", "--format", "json"];
    let out = register::audit(&folder, &args);
    assert_eq!(
        told(&out),
        [
            "claims/mokuteki.toml:8 flow-without-marker review -> claims/src/A.java",
            "x.py:1 marker-without-flow stray"
        ]
    );
    let out = register::audit(
        &folder,
        &["claims/mokuteki.toml", "--root", "no", "--format", "json"],
    );
    assert_eq!(out.status.code(), Some(3), "{:?}", findings(&out));
}

#[test]
#[cfg(unix)]
fn links_that_loop_or_leave_the_tree_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let register = format!("{GOOD}code = \"src\"\n");
    let folder = tree(
        "code/links",
        &[("mokuteki.toml", register.as_bytes()), MARKED],
    );
    symlink("..", folder.join("src/up")).unwrap();
    symlink("me", folder.join("me")).unwrap();
    symlink("/usr", folder.join("usr")).unwrap();
    symlink("gone", folder.join("lost")).unwrap();
    symlink("src/A.java", folder.join("fine")).unwrap();
    let out = register::audit(&folder, &["--format", "json"]);
    assert_eq!(
        (out.status.code(), told(&out)),
        (
            Some(3),
            [
                "lost link-not-followed",
                "me symlink-loop",
                "src/up symlink-loop",
                "usr link-not-followed"
            ]
            .map(str::to_owned)
            .to_vec()
        )
    );
    for link in ["src/up", "me"] {
        fs::remove_file(folder.join(link)).unwrap();
    }
    let out = register::audit(&folder, &["--format", "json"]);
    assert_eq!(out.status.code(), Some(0), "the others are warnings");
}
