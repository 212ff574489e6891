//! Reading globs: the code of a flow, and further files of the register.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{Part, Reader, Register};
use crate::scan::Pattern;
use crate::{
    codes,
    document::{Entry, Value},
};
use mokuteki_findings::{Diagnostic, Place, Text};
use rayon::prelude::*;

impl Reader<'_> {
    /// Globs, each with its place; bad ones are problems, and so is none at all.
    pub(super) fn globs(&mut self, entry: &Entry) -> Vec<Pattern> {
        if matches!(&entry.node.value, Value::List(items) if items.is_empty()) {
            let message = Text::new(
                format!("「{}」の一覧が空", entry.key),
                format!("`{}` is an empty list", entry.key),
            );
            let help = Text::new("値を書くか、鍵を消す", "write a value, or remove the key");
            let span = entry.node.span;
            self.problem(&codes::INVALID_VALUE, span, &entry.key, message, help);
        }
        let mut patterns = Vec::new();
        for (text, span) in self.texts(entry) {
            match Pattern::parse(&text, self.place(span)) {
                Ok(pattern) => patterns.push(pattern),
                Err(reason) => {
                    let message = Text::new(
                        format!("グロブとして読めない: 「{text}」 ({reason})"),
                        format!("not a glob: `{text}` ({reason})"),
                    );
                    let help = Text::new(
                        "木の根からの形で書く (例: src/claims/**)",
                        "write it from the root of the tree, such as src/claims/**",
                    );
                    self.problem(&codes::BAD_GLOB, span, &text, message, help);
                }
            }
        }
        patterns
    }
}

impl Register {
    /// Reads the files that the globs of a file have, in the order of their paths. The globs are relative
    /// to the folder of that file. A file is read once, whatever names it.
    pub(super) fn include(
        &mut self,
        file: &Path,
        shown: &str,
        patterns: &[Pattern],
        found: &mut Vec<Diagnostic>,
    ) {
        let folder = file.parent().unwrap_or(Path::new(""));
        let over = shown.rsplit_once('/').map(|(over, _)| over);
        for pattern in patterns {
            let files = files_of(folder, pattern, over, found);
            if files.is_empty() {
                let text = pattern.text();
                let message = Text::new(
                    format!("include「{text}」に当たるファイルがない"),
                    format!("include `{text}` has no file"),
                );
                let help = Text::new(
                    "グロブを直すか、ファイルを置く (この台帳のフォルダからの形で書く)",
                    "correct the glob, or add the file; it is relative to the folder of this register",
                );
                let place = pattern.place().clone();
                let problem = Diagnostic::new(&codes::INCLUDE_UNMATCHED, place, "", message, help);
                found.push(problem.with_detail(text));
            }
            let files = files
                .into_iter()
                .map(|(file, path)| (file, under(over, &path)));
            let new = files.filter(|(_, shown)| !self.seen.contains(shown));
            let new: Vec<_> = new.collect();
            let load = |(file, shown): &(PathBuf, String)| Part::load(file, shown);
            let parts: Vec<_> = new.par_iter().map(load).collect();
            for ((file, shown), part) in new.iter().zip(parts) {
                self.add(file, shown, part, found);
            }
        }
    }
}

/// A path of a folder, as it is shown.
fn under(folder: Option<&str>, path: &str) -> String {
    match folder {
        Some(folder) => format!("{folder}/{path}"),
        None => path.to_owned(),
    }
}

/// The files of a folder that a glob has, sorted. Links are not followed.
fn files_of(
    folder: &Path,
    pattern: &Pattern,
    over: Option<&str>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(PathBuf, String)> {
    let exact = folder.join(pattern.text());
    if pattern.is_path() && !exact.is_dir() {
        // What is there but cannot be read is told by whoever reads it.
        let there = exact.symlink_metadata().is_ok();
        return there
            .then(|| (exact, pattern.text().to_owned()))
            .into_iter()
            .collect();
    }
    let above = match pattern.prefix().rsplit_once('/') {
        _ if pattern.is_path() => exact,
        Some((above, _)) => folder.join(above),
        None if folder.as_os_str().is_empty() => PathBuf::from("."),
        None => folder.to_owned(),
    };
    if !above.is_dir() {
        return Vec::new();
    }
    let mut walk = WalkBuilder::new(above);
    walk.standard_filters(false);
    let mut files = Vec::new();
    for entry in walk.build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let path = entry.into_path();
                let relative = path.strip_prefix(folder).unwrap_or(&path);
                let relative = relative.to_string_lossy().replace('\\', "/");
                let relative = relative.strip_prefix("./").unwrap_or(&relative).to_owned();
                if pattern.matches(&relative) {
                    files.push((path, relative));
                }
            }
            Ok(_) => {}
            Err(error) => found.push(unwalked(&error, folder, over, pattern)),
        }
    }
    files.sort_by(|a, b| a.1.cmp(&b.1));
    files
}

/// A folder that could not be read.
fn unwalked(
    error: &ignore::Error,
    folder: &Path,
    over: Option<&str>,
    pattern: &Pattern,
) -> Diagnostic {
    let place = match error {
        ignore::Error::WithPath { path, .. } => {
            let path = path.strip_prefix(folder).unwrap_or(path);
            let path = path.to_string_lossy().replace('\\', "/");
            Place::file(under(over, &path))
        }
        _ => pattern.place().clone(),
    };
    let reason = error.io_error().map(ToString::to_string);
    let reason = reason.unwrap_or_else(|| error.to_string());
    let message = Text::new(
        format!("読めない: {reason}"),
        format!("cannot be read: {reason}"),
    );
    let help = Text::new("読み取りの権限を確かめる", "check that it may be read");
    Diagnostic::new(&codes::UNREADABLE, place, "", message, help)
}
