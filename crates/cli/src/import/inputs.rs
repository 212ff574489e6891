//! The documents that are named: files, folders and patterns, each with the id of its society.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use globset::GlobBuilder;
use ignore::WalkBuilder;

use super::ImportArgs;
use crate::{Status, terminal::Terminal};

/// A document and the society whose it is.
pub(super) struct Input {
    pub(super) path: PathBuf,
    /// The path as it is shown.
    pub(super) shown: String,
    pub(super) society: String,
}

/// The endings of the documents that are looked for in folders.
const ENDINGS: [&str; 5] = ["txt", "text", "html", "htm", "pdf"];

/// All documents in the order of their paths. What cannot be one is told, and the rest is taken.
pub(super) fn all(args: &ImportArgs, terminal: &Terminal) -> io::Result<(Vec<Input>, Status)> {
    let lang = terminal.lang;
    let mut status = Status::Clean;
    let mut paths: Vec<PathBuf> = Vec::new();
    for named in &args.files {
        let text = named.to_string_lossy();
        let pattern = !named.exists() && text.contains(['*', '?', '[', '{']);
        let found = if named.is_dir() {
            folder(named)?
        } else if pattern {
            match matching(&text) {
                Ok(found) => found,
                Err(error) => {
                    terminal.fail(
                        lang.pick("パターンを読めない", "the pattern cannot be read"),
                        &error,
                    );
                    status = status.max(Status::DoesNotCheck);
                    continue;
                }
            }
        } else {
            vec![named.clone()]
        };
        if found.is_empty() {
            let head = lang.pick("文書がない", "no document is here");
            terminal.fail(head, &text);
            terminal.help(&lang.pick(
                format!(
                    "{} のファイルを置くか、ファイルを名指す",
                    ENDINGS.join("・")
                ),
                format!(
                    "put files ending in {} here, or name a file",
                    ENDINGS.join(", ")
                ),
            ));
            status = status.max(Status::DoesNotCheck);
        }
        paths.extend(found);
    }
    paths.sort();
    paths.dedup();
    if let Some(society) = &args.society
        && paths.len() > 1
    {
        let head = lang.pick(
            "--society は一つの文書だけに使う",
            "--society is for one document",
        );
        terminal.fail(head, society);
        terminal.help(lang.pick(
            "--society を外し、ファイルの名を組合の id にする",
            "leave --society out, and name the files by the ids of their societies",
        ));
        return Ok((Vec::new(), Status::CouldNotRun));
    }
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut inputs = Vec::new();
    for path in paths {
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let society = args.society.clone().or(stem).unwrap_or_default();
        let shown = path.display().to_string();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if society.is_empty() || !society.bytes().all(plain) {
            let head = lang.pick("組合の id にできない名", "no id of a society");
            terminal.fail(head, &format!("`{society}` ({shown})"));
            terminal.help(lang.pick(
                "英数字と - _ だけの id を --society で与えるか、ファイルの名を改める",
                "give an id of letters, digits, - and _ by --society, or rename the file",
            ));
            status = status.max(Status::DoesNotCheck);
            continue;
        }
        if let Some(other) = seen.insert(society.to_ascii_lowercase(), shown.clone()) {
            let head = lang.pick("同じ組合の文書が二つある", "two documents of one society");
            terminal.fail(head, &format!("{other}, {shown}"));
            terminal.help(lang.pick("どちらかを除く", "take one of them out"));
            status = status.max(Status::DoesNotCheck);
            seen.insert(society.to_ascii_lowercase(), other);
            continue;
        }
        inputs.push(Input {
            path,
            shown,
            society,
        });
    }
    Ok((inputs, status))
}

fn is_document(path: &Path) -> bool {
    let ending = path
        .extension()
        .map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// The documents of a folder and of the folders below it.
fn folder(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = walk(dir)?;
    found.retain(|path| is_document(path));
    Ok(found)
}

fn walk(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in WalkBuilder::new(dir).standard_filters(false).build() {
        let entry = entry.map_err(io::Error::other)?;
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

/// The files that a pattern names, from the folder before its first sign.
fn matching(pattern: &str) -> Result<Vec<PathBuf>, String> {
    let glob = GlobBuilder::new(pattern).literal_separator(true).build();
    let glob = glob.map_err(|error| error.to_string())?.compile_matcher();
    let plain = pattern
        .split(['*', '?', '[', '{'])
        .next()
        .unwrap_or_default();
    let folder = plain.rsplit_once('/').map_or(
        ".",
        |(folder, _)| if folder.is_empty() { "/" } else { folder },
    );
    let found = walk(Path::new(folder)).map_err(|error| error.to_string())?;
    let bare = |path: PathBuf| {
        path.strip_prefix("./")
            .map_or(path.clone(), Path::to_path_buf)
    };
    let found = found.into_iter().map(bare);
    Ok(found.filter(|path| glob.is_match(path)).collect())
}
