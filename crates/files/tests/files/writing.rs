//! What is written: whole or not at all, and never over what is read.

use std::{
    fs,
    os::unix::{
        fs::{PermissionsExt, symlink},
        process::ExitStatusExt,
    },
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use super::support::{folder_of_child, in_time, tree, why, without_rights};
use mokuteki::{Finding, Lang};
use mokuteki_files::{Fault, Previous, Writer};

fn write(path: &Path, text: &str) -> Result<(), Fault> {
    Writer::new().write(path, text.as_bytes(), Previous::Drop)
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_file_is_made_and_replaced_and_nothing_is_left_beside_it() {
    let top = tempfile::tempdir().unwrap();
    let path = top.path().join("rules.toml");
    write(&path, "one").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    write(&path, "two").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "two");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert_eq!(names(top.path()), ["rules.toml"]);
    Writer::new()
        .write(&path, b"three", Previous::Keep)
        .unwrap();
    // What is there already is no new version: the one before it is kept on.
    Writer::new()
        .write(&path, b"three", Previous::Keep)
        .unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "three");
    assert_eq!(
        fs::read_to_string(top.path().join("rules.toml.previous")).unwrap(),
        "two"
    );
    assert_eq!(names(top.path()), ["rules.toml", "rules.toml.previous"]);
}

#[test]
fn nothing_is_written_over_what_the_run_reads_or_has_written() {
    let top = tree();
    let root = top.path().join("in");
    let mut writer = Writer::new();
    writer.reads(&root.join("plain"));
    writer.reads(&root.join("chain-1"));
    let ways = ["plain", "folder/../plain", "./plain", "folder/below/file"];
    for name in ways {
        let fault = writer
            .write(&root.join(name), b"gone", Previous::Keep)
            .unwrap_err();
        assert_eq!(why(&fault), "Input", "{name}");
        assert_eq!(writer.check(&root.join(name)), Err(fault));
    }
    let beneath = writer.write_beneath(
        &root,
        Path::new("folder/below/file"),
        b"gone",
        Previous::Drop,
    );
    assert_eq!(why(&beneath.unwrap_err()), "Input");
    writer
        .write(&root.join("new"), b"one", Previous::Drop)
        .unwrap();
    let twice = writer
        .write(&root.join("folder/../new"), b"two", Previous::Drop)
        .unwrap_err();
    assert_eq!(
        twice.message(Lang::En),
        "cannot be written: this run has written it already (what was there is as before)"
    );
    assert_eq!(fs::read_to_string(root.join("new")).unwrap(), "one");
    for name in ["plain", "folder/below/file"] {
        assert_eq!(fs::read_to_string(root.join(name)).unwrap(), "words\n");
    }
}

#[test]
fn what_is_no_regular_file_is_not_written_over() {
    let top = tree();
    let root = top.path().join("in");
    let cases = [
        ("link-inside", "Link"),
        ("link-out", "Link"),
        ("link-absolute", "Link"),
        ("link-loop", "Link"),
        ("link-nowhere", "Link"),
        ("link-device", "Link"),
        ("link-environ", "Link"),
        ("pipe", "Special(Pipe)"),
        ("socket", "Special(Socket)"),
        ("folder", "Folder"),
        (".", "Folder"),
        ("no/such/folder", "Missing"),
        ("plain/file", "NoFolder"),
        ("/dev/null", "Special(Device)"),
        ("/dev/stdout", "Link"),
    ];
    for (name, reason) in cases {
        let path = root.join(name);
        let fault = in_time(name, move || write(&path, "gone")).unwrap_err();
        assert_eq!(
            (fault.code(), why(&fault).as_str()),
            ("not-written", reason),
            "{name}: {fault}"
        );
        for lang in [Lang::Ja, Lang::En] {
            assert!(!fault.message(lang).is_empty() && !fault.help(lang).is_empty());
        }
    }
    assert_eq!(
        fs::read_to_string(top.path().join("out/secret")).unwrap(),
        "SECRET\n"
    );
}

#[test]
fn below_a_folder_no_link_leads_out() {
    let top = tree();
    let root = top.path().join("in");
    let mut writer = Writer::new();
    writer
        .write_beneath(
            &root,
            Path::new("notices/new/aeon.toml"),
            b"one",
            Previous::Keep,
        )
        .unwrap();
    assert_eq!(
        fs::read_to_string(root.join("notices/new/aeon.toml")).unwrap(),
        "one"
    );
    symlink("folder", root.join("folder-inside")).unwrap();
    writer
        .write_beneath(
            &root,
            Path::new("folder-inside/new"),
            b"one",
            Previous::Keep,
        )
        .unwrap();
    assert_eq!(fs::read_to_string(root.join("folder/new")).unwrap(), "one");
    for path in [
        "folder-out/secret",
        "folder-out/new",
        "../out/secret",
        "../new",
        "/tmp/mokuteki-new",
    ] {
        let fault = writer
            .write_beneath(&root, Path::new(path), b"gone", Previous::Drop)
            .unwrap_err();
        assert!(
            ["Outside", "NoFolder"].contains(&why(&fault).as_str()),
            "{path}: {fault}"
        );
    }
    assert_eq!(names(&top.path().join("out")), ["secret"]);
    assert_eq!(names(top.path()), ["in", "out"]);
}

#[test]
fn a_folder_that_takes_no_writing_is_told() {
    if let Some(folder) = folder_of_child() {
        let fault = write(&folder.join("shut/file"), "new").unwrap_err();
        assert_eq!(why(&fault), "Denied", "{fault}");
        assert_eq!(fault.help(Lang::Ja), "書き込めるフォルダを指す");
        return;
    }
    let top = tempfile::tempdir().unwrap();
    let mode =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(top.path().join("shut")).unwrap();
    fs::write(top.path().join("shut/file"), "old").unwrap();
    // The file itself may be written to: what takes its place is a matter of the folder.
    mode(&top.path().join("shut/file"), 0o666);
    mode(&top.path().join("shut"), 0o555);
    mode(top.path(), 0o755);
    let ended = without_rights(
        "writing::a_folder_that_takes_no_writing_is_told",
        top.path(),
    )
    .output()
    .unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stdout)
    );
    assert!(String::from_utf8_lossy(&ended.stdout).contains("1 passed"));
    assert_eq!(
        fs::read_to_string(top.path().join("shut/file")).unwrap(),
        "old"
    );
    mode(&top.path().join("shut"), 0o700);
    assert_eq!(names(&top.path().join("shut")), ["file"]);
}

#[test]
fn a_disk_that_is_full_leaves_the_old_file() {
    if let Some(folder) = folder_of_child() {
        let fault = write(&folder.join("file"), &"新".repeat(100_000)).unwrap_err();
        assert_eq!(why(&fault), "DiskFull", "{fault}");
        // What is small still fits.
        write(&folder.join("other"), "new").unwrap();
        return;
    }
    let top = tempfile::tempdir().unwrap();
    fs::write(top.path().join("file"), "old").unwrap();
    // The system ends a process that writes beyond this limit, unless it wants to be told instead.
    let ended = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "writing::a_disk_that_is_full_leaves_the_old_file",
            "--nocapture",
        ])
        .env("MOKUTEKI_TEST_FOLDER", top.path())
        .output()
        .unwrap();
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stdout)
    );
    assert!(String::from_utf8_lossy(&ended.stdout).contains("1 passed"));
    assert_eq!(fs::read_to_string(top.path().join("file")).unwrap(), "old");
    assert_eq!(names(top.path()), ["file", "other"]);
}

/// A text that tells whether it is whole: each of its lines is the same number.
fn whole(number: usize) -> String {
    format!("{number}\n").repeat(20_000)
}

#[test]
fn whoever_is_killed_leaves_the_old_file_or_the_new_one() {
    if let Some(folder) = folder_of_child() {
        let path = folder.join("file");
        for number in 1.. {
            Writer::new()
                .write(&path, whole(number).as_bytes(), Previous::Keep)
                .unwrap();
        }
    }
    let top = tempfile::tempdir().unwrap();
    let path = top.path().join("file");
    fs::write(&path, whole(0)).unwrap();
    let mut last = 0;
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..25_u64 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "writing::whoever_is_killed_leaves_the_old_file_or_the_new_one",
                "--nocapture",
            ])
            .env("MOKUTEKI_TEST_FOLDER", top.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Between them, the rounds end at any place of a write, which takes some milliseconds.
        thread::sleep(Duration::from_micros(3_000 + round * 1_700));
        child.kill().unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(9));
        let mut numbers = Vec::new();
        for name in ["file", "file.previous"] {
            let Ok(text) = fs::read_to_string(top.path().join(name)) else {
                assert!(name != "file", "the file is gone");
                continue;
            };
            let number = text
                .lines()
                .next()
                .and_then(|line| line.parse().ok())
                .unwrap_or_default();
            assert_eq!(
                text.len(),
                whole(number).len(),
                "round {round}: {name} is a part"
            );
            assert!(text == whole(number), "round {round}: {name} is two files");
            numbers.push(number);
        }
        last = numbers[0].max(last);
        seen.extend(numbers);
    }
    assert!(
        last > 0 && seen.len() > 2,
        "nothing was written before the kills"
    );
}
