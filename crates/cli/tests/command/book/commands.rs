//! Every command of the book that begins with `$ mokuteki` is run, and ends and prints as the page says. How a page says it
//! is told in CONTRIBUTING.md.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{
    below,
    chapters::chapters,
    page::{Block, Part, parts},
    read, root,
};

/// What a page without files of its own is run beside.
const FIXTURE: [&str; 3] = ["examples", "rules", "crates/statutes/tests/data"];

/// Each command of a block with the status with which it ends.
fn commands(block: &Block) -> Vec<(Vec<String>, i32)> {
    let joined = block.text.replace("\\\n", " ");
    let one = |line: &str| {
        let (command, status) = line.split_once("  # exit ").unwrap_or((line, "0"));
        let command = command
            .strip_prefix("$ mokuteki ")
            .unwrap_or_else(|| panic!("not `$ mokuteki …`: {line}"));
        (
            shlex::split(command).unwrap(),
            status.trim().parse().unwrap(),
        )
    };
    joined.lines().map(one).collect()
}

/// Whether what is shown is what was printed: `…` stands for what was left out.
pub(super) fn shows(shown: &str, printed: &str) -> bool {
    let trimmed = |text: &str| -> String {
        let lines: Vec<_> = text.lines().map(str::trim_end).collect();
        lines.join("\n").trim_end().to_owned()
    };
    let (shown, printed) = (trimmed(shown), trimmed(printed));
    let Some((first, others)) = shown.split_once('…') else {
        return shown == printed;
    };
    let Some(mut rest) = printed.strip_prefix(first) else {
        return false;
    };
    let mut others: Vec<_> = others.split('…').collect();
    let last = others.pop().unwrap();
    for piece in others {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

/// A folder of one page alone, empty or with the fixture.
fn folder(lang: &str, chapter: &str, empty: bool) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("book")
        .join(lang)
        .join(chapter.replace('/', "-"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    if !empty {
        for path in FIXTURE.iter().flat_map(|part| below(part, "")) {
            write(&folder.join(&path), &fs::read(root().join(&path)).unwrap());
        }
    }
    folder
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Runs a page: how many commands it has, and what is not as it says.
fn run(lang: &str, chapter: &str) -> (usize, Vec<String>) {
    let parts = parts(&read(format!("docs/book/{lang}/src/{chapter}")));
    let runs = |block: &Block| block.language == "sh" && block.text.starts_with("$ ");
    let blocks = || {
        parts.iter().filter_map(|part| {
            if let Part::Block(block) = part {
                Some(block)
            } else {
                None
            }
        })
    };
    if !blocks().any(runs) {
        return (0, Vec::new());
    }
    let folder = folder(lang, chapter, blocks().any(|block| block.file.is_some()));
    let (mut count, mut wrong, mut printed) = (0, Vec::new(), None);
    for part in &parts {
        match part {
            Part::Block(block) if runs(block) => {
                for (words, status) in commands(block) {
                    let output = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
                        .args(&words)
                        .current_dir(&folder)
                        .env_clear()
                        .env(
                            "LANG",
                            if lang == "ja" {
                                "ja_JP.UTF-8"
                            } else {
                                "en_US.UTF-8"
                            },
                        )
                        .stdin(Stdio::null())
                        .output()
                        .unwrap();
                    let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
                    let ended = output.status.code();
                    if ended != Some(status) {
                        wrong.push(format!(
                            "{lang} {chapter}: {words:?} ended with {ended:?}, not {status}: {said}"
                        ));
                    }
                    printed = Some(said);
                    count += 1;
                }
            }
            Part::Block(block) => {
                if let Some(name) = &block.file {
                    write(&folder.join(name), block.text.as_bytes());
                } else if let Some(said) = printed.take().filter(|_| block.language == "text")
                    && !shows(&block.text, &said)
                {
                    wrong.push(format!(
                        "{lang} {chapter} shows\n{}\nand what is printed is\n{said}",
                        block.text
                    ));
                }
            }
            // Between a command and what it prints stands nothing.
            _ => printed = None,
        }
    }
    (count, wrong)
}

/// Runs a book.
fn run_all(lang: &str) {
    let runs = chapters(lang)
        .into_iter()
        .map(|chapter| run(lang, &chapter));
    let (counts, wrong): (Vec<usize>, Vec<Vec<String>>) = runs.unzip();
    assert!(wrong.concat().is_empty(), "{}", wrong.concat().join("\n\n"));
    let count: usize = counts.iter().sum();
    assert!(count >= 50, "the book shows only {count} commands");
}

#[test]
fn every_command_of_the_english_book_runs_and_prints_what_the_book_says() {
    run_all("en");
}

#[test]
fn every_command_of_the_japanese_book_runs_and_prints_what_the_book_says() {
    run_all("ja");
}

#[test]
fn what_is_shown_is_compared_around_what_is_left_out() {
    assert!(shows("a\nb\n", "a\nb\n\n"));
    assert!(shows("a\n…\nd", "a\nb\nc\nd\n"));
    assert!(shows("sha256:…\nd", "sha256:0f1e\nd"));
    assert!(shows("…\nd", "b\nd"));
    assert!(shows("a\n…", "a\nb"));
    assert!(!shows("a", "a\nb"));
    assert!(!shows("b\n…", "a\nb\nc"));
    assert!(!shows("a\n…\nc", "a\nb\nd"));
    assert!(!shows("a\n…\nc\n…\nb\n…", "a\nb\nc\nd"));
}
