//! Both languages of the book, and both READMEs, have the same chapters, headings, files and commands.

use std::{collections::BTreeSet, path::PathBuf, process::Command};

use super::{
    below,
    page::{Block, Part, blocks, links, parts},
    read,
};

/// The chapters of a language in the order of its table of contents.
pub(super) fn chapters(lang: &str) -> Vec<String> {
    links(&read(format!("docs/book/{lang}/src/SUMMARY.md")))
}

/// What both languages of a page have in common.
fn skeleton(text: &str) -> Vec<String> {
    let common = parts(text).into_iter().filter_map(|part| match part {
        Part::Heading(level) => Some(format!("{level}")),
        Part::Block(Block {
            file,
            language,
            text,
        }) => Some(match language.as_str() {
            "sh" | "rust" => format!("{language}\n{text}"),
            _ => format!("{language} {}", file.unwrap_or_default()),
        }),
        Part::Prose | Part::Code(_) | Part::Link(_) => None,
    });
    common.collect()
}

#[test]
fn both_languages_have_the_same_chapters_and_every_page_is_one() {
    let english = chapters("en");
    assert_eq!(english, chapters("ja"));
    assert!(english.len() > 20, "{english:?}");
    for lang in ["en", "ja"] {
        let src = format!("docs/book/{lang}/src");
        let named: BTreeSet<PathBuf> = english
            .iter()
            .map(|chapter| PathBuf::from(&src).join(chapter))
            .collect();
        let mut there: BTreeSet<PathBuf> = below(&src, "").into_iter().collect();
        assert!(there.remove(&PathBuf::from(&src).join("SUMMARY.md")));
        assert_eq!(named, there);
    }
}

#[test]
fn both_languages_have_the_same_headings_files_and_commands() {
    for chapter in chapters("en") {
        let [english, japanese] =
            ["en", "ja"].map(|lang| skeleton(&read(format!("docs/book/{lang}/src/{chapter}"))));
        assert_eq!(english, japanese, "{chapter}");
    }
    assert_eq!(
        skeleton(&read("README.md")),
        skeleton(&read("README.ja.md"))
    );
}

#[test]
fn a_readme_is_read_in_one_go_and_the_japanese_one_shows_what_is_printed() {
    for readme in ["README.md", "README.ja.md"] {
        let lines = read(readme).lines().count();
        assert!(
            lines <= 120,
            "{readme} has {lines} lines; details belong in the book"
        );
    }
    let readme = read("README.ja.md");
    let command = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run --release -- "))
        .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .args(command.split(' '))
        .args(["--lang", "ja"])
        .env_clear()
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let shown = blocks(&readme)
        .into_iter()
        .find(|block| block.language == "text")
        .unwrap();
    assert!(super::commands::shows(&shown.text, &printed), "{printed}");
}

#[test]
fn the_index_has_every_code_that_has_a_page() {
    for lang in ["en", "ja"] {
        let page = format!("docs/book/{lang}/src/reference/codes.md");
        let named: BTreeSet<String> = links(&read(&page)).into_iter().collect();
        for code in below("docs/codes", ".md") {
            let name = code.file_name().unwrap().to_str().unwrap();
            assert!(
                named.contains(&format!("../../../../codes/{name}")),
                "{page} lacks {name}"
            );
        }
    }
}
