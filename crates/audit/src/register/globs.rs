//! Reading globs: the code of a flow, and further files of the register.

use std::path::{Path, PathBuf};

use super::{Part, Reader, Register};
use crate::scan::Pattern;
use crate::{
    codes,
    document::{Entry, Value, unread},
};
use mokuteki_files::Folder;
use mokuteki_findings::{Diagnostic, Text};
use rayon::prelude::*;

impl Reader<'_> {
    /// Globs, each with its place; bad ones are problems, and so is none at all.
    pub(super) fn globs(&mut self, entry: &Entry) -> Vec<Pattern> {
        if matches!(&entry.node.value, Value::List(items) if items.is_empty()) {
            let message = Text::new(
                format!("「{}」の一覧が空", entry.key),
                format!("`{}` is an empty list", entry.key),
            );
            let help = Text::new("値を書くか、キーを消す", "write a value, or remove the key");
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
                        "ツリーのルートからの形で書く (例: src/claims/**)",
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
        folder: &Folder,
        path: &Path,
        shown: &str,
        patterns: &[Pattern],
        found: &mut Vec<Diagnostic>,
    ) {
        let own = path.parent().unwrap_or(Path::new(""));
        let over = shown.rsplit_once('/').map(|(over, _)| over);
        for pattern in patterns {
            let files = files_of(folder, own, pattern, over, found);
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
                .map(|(path, name)| (path, under(over, &name)));
            let new = files.filter(|(_, shown)| !self.seen.contains(shown));
            let new: Vec<_> = new.collect();
            let parts: Vec<Part> = new
                .par_iter()
                .map(|(path, shown)| Part::load(folder, path, shown))
                .collect();
            for ((path, shown), part) in new.iter().zip(parts) {
                self.add(folder, path, shown, part, found);
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

/// The files that a pattern has, sorted: the path in the folder of the register, and the path from the folder of the
/// file that includes them. A link is one of them; whether it may be followed is for the reader to say.
fn files_of(
    folder: &Folder,
    own: &Path,
    pattern: &Pattern,
    over: Option<&str>,
    found: &mut Vec<Diagnostic>,
) -> Vec<(PathBuf, String)> {
    let exact = own.join(pattern.text());
    if pattern.is_path() && !folder.is_folder(&exact) {
        // What is there but cannot be read is told by whoever reads it.
        let there = folder.is_there(&exact);
        return there
            .then(|| (exact, pattern.text().to_owned()))
            .into_iter()
            .collect();
    }
    let above = match pattern.prefix().rsplit_once('/') {
        _ if pattern.is_path() => exact,
        Some((above, _)) => own.join(above),
        None => own.to_owned(),
    };
    if !folder.is_there(&above) {
        return Vec::new();
    }
    let (below, faults) = folder.files(&above);
    let mut files = Vec::new();
    for path in below {
        let relative = path.strip_prefix(own).unwrap_or(&path);
        let relative = relative.to_string_lossy().replace('\\', "/");
        if pattern.matches(&relative) {
            files.push((path, relative));
        }
    }
    for (path, fault) in faults {
        let path = path.strip_prefix(own).unwrap_or(&path);
        let path = path.to_string_lossy().replace('\\', "/");
        found.push(unread(&fault, &under(over, &path)));
    }
    files
}
