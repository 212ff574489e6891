//! The shape of the source: imports point one way, and no file outgrows a reader.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::{
    fs,
    path::{Path, PathBuf},
};

/// From left to right; a module uses only what stands to its left. The modules of one group know
/// each other.
const ORDER: &[&[&str]] = &[
    &["text"],
    &["names"],
    &["decode"],
    &["parallel"],
    &["day"],
    &["problem"],
    &["rules"],
    &["citation"],
    &["law"],
    &["vocabulary"],
    &["grounds"],
    &["notice"],
    // A flow is made by the engine, and a decision and its permit are made by nothing else.
    &["flow", "engine", "decision"],
    &["report"],
    &["diagnostic"],
    &["space"],
    &["lint"],
    &["import"],
    &["scan"],
    &["audit"],
    &["page"],
    &["command"],
];

fn rank(module: &str) -> Option<usize> {
    ORDER.iter().position(|group| group.contains(&module))
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // What is built is written by nobody.
            if path.file_name().is_none_or(|name| name != "target") {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    sources(&root.join(folder), &mut found);
    found.sort();
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        (name.replace('\\', "/"), fs::read_to_string(&path).unwrap())
    };
    found.into_iter().map(read).collect()
}

/// The modules of the crate that a source names after `crate::`, alone or in braces.
fn used(source: &str) -> Vec<String> {
    let code: Vec<&str> = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    let word = |text: &str| -> String {
        let plain = |c: &char| c.is_ascii_lowercase() || *c == '_';
        text.trim_start().chars().take_while(plain).collect()
    };
    let mut modules = Vec::new();
    for after in code.split("crate::").skip(1) {
        let Some(list) = after.strip_prefix('{') else {
            modules.push(word(after));
            continue;
        };
        let (mut depth, mut start) = (0, true);
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                _ if start && !c.is_whitespace() => {
                    modules.push(word(list.split_at(at).1));
                    start = false;
                }
                _ => {}
            }
        }
    }
    modules.retain(|module| !module.is_empty());
    modules
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, source) in all("src") {
        let module = path.trim_start_matches("src/").trim_end_matches(".rs");
        let module = module.split('/').next().unwrap();
        let Some(own) = rank(module) else {
            assert!(
                matches!(module, "lib" | "main"),
                "{path} stands nowhere in the order"
            );
            continue;
        };
        for other in used(&source) {
            let Some(at) = rank(&other) else { continue };
            seen += 1;
            if at > own {
                wrong.push(format!("{path} uses {other}, which stands to its right"));
            }
        }
    }
    assert!(seen > 50, "only {seen} imports were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_import_is_found_in_braces_and_alone() {
    let source =
        "use crate::{\n    day::{Day, Period},\n    law,\n};\nuse crate::text::x;\n// crate::no";
    assert_eq!(used(source), ["day", "law", "text"]);
}

#[test]
fn no_source_file_outgrows_four_hundred_lines() {
    for (path, source) in all("src")
        .into_iter()
        .chain(all("tests"))
        .chain(all("benches"))
    {
        let lines = source.lines().count();
        assert!(lines <= 400, "{path} has {lines} lines");
    }
}
