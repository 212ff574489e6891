//! What is read, by kind of what is there: every reader is tried on every kind.

use std::{
    fs,
    io::Read,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::support::{folder_of_child, in_time, tree, why, without_rights};
use mokuteki::{Finding, Lang};
use mokuteki_files::{Fault, Folder, bytes, limits::REGISTER, stream, text};

/// The ways to read a file.
const READERS: [&str; 5] = ["Folder::bytes", "Folder::text", "bytes", "text", "stream"];

fn read(reader: &str, root: &Path, name: &str) -> Result<Vec<u8>, Fault> {
    let (name, whole) = (Path::new(name), root.join(name));
    match reader {
        "Folder::bytes" => Folder::open(root)?.bytes(name, &REGISTER),
        "Folder::text" => Folder::open(root)?
            .text(name, &REGISTER)
            .map(String::into_bytes),
        "bytes" => bytes(&whole, &REGISTER),
        "text" => text(&whole, &REGISTER).map(String::into_bytes),
        "stream" => {
            let mut head = Vec::new();
            let read = stream(&whole)?
                .reader
                .take(REGISTER.bytes)
                .read_to_end(&mut head);
            read.map(|_| head).map_err(|error| panic!("{error}"))
        }
        _ => unreachable!(),
    }
}

fn read_in_time(reader: &'static str, root: &Path, name: &'static str) -> Result<Vec<u8>, Fault> {
    let root = root.to_owned();
    in_time(&format!("{reader} of {name}"), move || {
        read(reader, &root, name)
    })
}

#[test]
fn what_may_be_read_is_read_by_every_reader() {
    let top = tree();
    let root = top.path().join("in");
    let files = ["plain", "link-inside", "folder/below/file", "./plain"];
    for reader in READERS {
        for name in files {
            assert_eq!(
                read_in_time(reader, &root, name).as_deref(),
                Ok(&b"words\n"[..]),
                "{reader} of {name}"
            );
        }
        assert_eq!(
            read_in_time(reader, &root, "empty").as_deref(),
            Ok(&b""[..])
        );
    }
    // A file that is named stands in its own folder; a folder is wider, so that links within it are followed.
    for name in ["folder/link-up-inside", "chain-1", "folder/../plain"] {
        assert_eq!(
            read_in_time("Folder::text", &root, name).as_deref(),
            Ok(&b"words\n"[..]),
            "{name}"
        );
    }
}

#[test]
fn what_may_not_be_read_is_refused_by_every_reader_and_nobody_is_waited_for() {
    let top = tree();
    let root = top.path().join("in");
    let cases = [
        ("link-out", "Outside"),
        ("link-absolute", "Outside"),
        ("link-absolute-inside", "Outside"),
        ("chain-out-1", "Outside"),
        ("link-environ", "Outside"),
        ("link-device", "Outside"),
        ("link-loop", "LinkLoop"),
        ("long-0", "LinkLoop"),
        ("link-nowhere", "Missing"),
        ("nothing", "Missing"),
        ("pipe", "Special(Pipe)"),
        ("socket", "Special(Socket)"),
        ("folder", "Folder"),
        (".", "Folder"),
    ];
    for reader in READERS {
        for (name, reason) in cases {
            let fault = read_in_time(reader, &root, name).expect_err(name);
            assert_eq!(why(&fault), reason, "{reader} of {name}: {fault}");
            for lang in [Lang::Ja, Lang::En] {
                let told = format!(
                    "{} {} {}",
                    fault.place(),
                    fault.message(lang),
                    fault.help(lang)
                );
                assert!(
                    !told.contains("SECRET") && !told.contains("os error"),
                    "{told}"
                );
                assert!(!fault.help(lang).is_empty());
            }
        }
    }
    for name in [
        "../out/secret",
        "folder/../../out/secret",
        "folder-out/secret",
        "/etc/passwd",
    ] {
        let fault = read_in_time("Folder::bytes", &root, name).expect_err(name);
        assert_eq!(fault.code(), "outside-folder", "{name}: {fault}");
    }
}

#[test]
fn a_device_is_refused_where_it_stands() {
    for reader in READERS {
        for name in ["zero", "random", "tty"] {
            let fault = read_in_time(reader, Path::new("/dev"), name).expect_err(name);
            // A process without a terminal cannot open the one of the terminal at all.
            assert_eq!(fault.code(), "not-a-file", "{reader} of {name}: {fault}");
        }
    }
}

#[test]
fn what_is_beyond_the_limits_is_refused_before_it_is_in_memory() {
    let top = tree();
    let root = top.path().join("in");
    for reader in ["Folder::bytes", "Folder::text", "bytes", "text"] {
        let fault = read_in_time(reader, &root, "huge").unwrap_err();
        assert_eq!(fault.code(), "file-too-large", "{reader}");
        assert_eq!(
            fault.message(Lang::En),
            "cannot be read: it is larger than 16 MiB"
        );
        assert_eq!(fault.message(Lang::Ja), "読めない: 16 MiB を超える");
    }
    fs::write(root.join("at"), "12345").unwrap();
    let folder = Folder::open(&root).unwrap();
    let at = |limit| folder.bytes(Path::new("at"), &REGISTER.with_bytes(limit));
    assert_eq!(at(5).unwrap(), b"12345");
    assert_eq!(at(4).unwrap_err().code(), "file-too-large");
    // A file of /proc tells no size, and is read to its end all the same.
    let status = bytes(Path::new("/proc/self/status"), &REGISTER).unwrap();
    assert!(status.starts_with(b"Name:"));
}

#[test]
fn a_text_is_utf8_and_its_bad_line_is_told() {
    let top = tree();
    let root = top.path().join("in");
    fs::write(root.join("sjis"), b"a\n\x82\xa0\n").unwrap();
    for (name, place, guess) in [("binary", 1, "binary data"), ("sjis", 2, "Shift_JIS")] {
        let fault = read("text", &root, name).unwrap_err();
        assert_eq!((fault.code(), fault.line()), ("not-utf8", Some(place)));
        assert!(fault.message(Lang::En).contains(guess), "{fault}");
        assert!(fault.place().ends_with(&format!("{name}:{place}")));
    }
}

#[test]
fn deep_folders_are_read_and_paths_that_no_system_takes_are_told() {
    let top = tempfile::tempdir().unwrap();
    let mut deep = PathBuf::new();
    for _ in 0..200 {
        deep.push("d");
    }
    fs::create_dir_all(top.path().join(&deep)).unwrap();
    fs::write(top.path().join(&deep).join("file"), "words\n").unwrap();
    let folder = Folder::open(top.path()).unwrap();
    assert_eq!(
        folder.text(&deep.join("file"), &REGISTER).unwrap(),
        "words\n"
    );
    for name in ["x".repeat(300), "d/".repeat(9000), "a\0b".to_owned()] {
        let fault = folder.bytes(Path::new(&name), &REGISTER).unwrap_err();
        assert_eq!(why(&fault), "System", "{fault}");
        assert!(!fault.place().contains('\0'));
    }
}

#[test]
fn what_may_not_be_read_by_its_permissions_is_told() {
    if let Some(folder) = folder_of_child() {
        let inside = Folder::open(&folder).unwrap();
        for name in ["closed", "shut/file"] {
            let fault = inside.bytes(Path::new(name), &REGISTER).unwrap_err();
            assert_eq!(why(&fault), "Denied", "{fault}");
            assert_eq!(fault.help(Lang::En), "check that it may be read");
        }
        return;
    }
    let top = tempfile::tempdir().unwrap();
    let mode =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    fs::write(top.path().join("closed"), "SECRET").unwrap();
    fs::create_dir(top.path().join("shut")).unwrap();
    mode(&top.path().join("closed"), 0o000);
    mode(&top.path().join("shut"), 0o000);
    mode(top.path(), 0o755);
    let ended = without_rights(
        "reading::what_may_not_be_read_by_its_permissions_is_told",
        top.path(),
    )
    .output()
    .unwrap();
    mode(&top.path().join("shut"), 0o700);
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stdout)
    );
    assert!(String::from_utf8_lossy(&ended.stdout).contains("1 passed"));
}

#[test]
fn rows_may_come_through_a_pipe_that_a_shell_hands_over() {
    let (reader, mut writer) = std::io::pipe().unwrap();
    std::io::Write::write_all(&mut writer, b"rows").unwrap();
    drop(writer);
    let handed = format!("/dev/fd/{}", std::os::fd::AsRawFd::as_raw_fd(&reader));
    let opened = stream(Path::new(&handed)).unwrap();
    let (mut reader, size) = (opened.reader, opened.size);
    let mut text = String::new();
    reader.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), size), ("rows", None));
}
