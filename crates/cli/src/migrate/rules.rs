//! Rule files of the first edition: notices, and what every society shares.

use std::{
    io,
    path::{Path, PathBuf},
};

use mokuteki::{
    Engine, Finding,
    rules::{FORMAT_KEY, RULE_ENDINGS, Source, Sources, format_of},
};
use mokuteki_files::{Folder, limits};
use mokuteki_findings::{Place, Text};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml_edit::DocumentMut;

use super::{FOLDERS, Run, Status};

/// The file of the digests of what the first edition shipped.
const SHIPPED: &str = "migrate/first-edition.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    shipped: Vec<Shipped>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    path: String,
    sha256: Vec<String>,
}

impl Run<'_> {
    /// Every file of a directory of rules that tells its form.
    pub(super) fn directory(&mut self, dir: &Path) -> io::Result<()> {
        let folder = Folder::open(dir).map_err(io::Error::other)?;
        let (files, faults) = folder.files(Path::new(""));
        for (_, fault) in faults {
            self.terminal.finding(&fault);
            self.status = self.status.max(Status::CouldNotRun);
        }
        let names = files
            .iter()
            .map(|path| path.to_string_lossy().replace('\\', "/"));
        let is_rule = |path: &String| {
            let top = path.split('/').next().unwrap_or_default();
            let ending = Path::new(path).extension();
            ending.is_some_and(|ending| ending == "toml")
                && (FOLDERS.contains(&top) || path == "grounds.toml")
        };
        let rules: Vec<String> = names.filter(is_rule).collect();
        if rules.is_empty() {
            let message = Text::new("規則のファイルがない", "there are no rule files in it");
            let help = Text::new(
                "notices や terms のあるディレクトリを指す",
                "name a directory with `notices` or `terms`",
            );
            self.settle(Place::file(dir.to_string_lossy()), "", message, help);
        }
        for path in rules {
            self.rule_file(dir, &path)?;
        }
        Ok(())
    }

    /// A file of a directory of rules, by its path there.
    pub(super) fn rule_file(&mut self, root: &Path, path: &str) -> io::Result<()> {
        let file = root.join(path);
        let Some(text) = self.read(&file, &limits::RULES) else {
            return Ok(());
        };
        let shown = file.to_string_lossy().into_owned();
        let document: DocumentMut = match text.parse() {
            Ok(document) => document,
            Err(error) => {
                let error: toml_edit::TomlError = error;
                let at = error.span().map_or(0, |span| span.start);
                let message = Text::same(error.message().to_owned());
                let help = Text::new("その行を直す", "correct that line");
                self.settle(super::place(&shown, &text, at), "", message, help);
                return Ok(());
            }
        };
        let told = document.get(FORMAT_KEY).map(toml_edit::Item::as_integer);
        let reads = i64::from(format_of(path));
        match told {
            None | Some(Some(1)) if reads > 1 => {}
            Some(Some(number)) if number > reads => {
                let message = Text::new(
                    format!("このプログラムの知らない書式 {number} で書かれている"),
                    format!("it is in form {number}, which this edition does not know"),
                );
                let help = Text::new(
                    "それを書いた版以後の mokuteki を使う",
                    "use the edition of mokuteki that wrote it, or a later one",
                );
                self.settle(Place::file(&*shown), "", message, help);
                return Ok(());
            }
            _ => {
                self.as_it_is.push(shown);
                return Ok(());
            }
        }
        if path.starts_with("notices/") {
            self.notice(root, path, document);
            return Ok(());
        }
        self.shared(root, path, &text)
    }

    /// What every society shares: what nobody changed is what ships now; the rest a person compares.
    fn shared(&mut self, root: &Path, path: &str, text: &str) -> io::Result<()> {
        let shown = root.join(path).to_string_lossy().into_owned();
        let digest = mokuteki::notice::hex(&Sha256::digest(text.as_bytes()));
        let first = first()?;
        let mut known = first.shipped.iter();
        let unchanged = known.any(|one| one.path == path && one.sha256.contains(&digest));
        let now = shipped(path);
        if let (true, Some(now)) = (unchanged, now) {
            self.write(&root.join(path), &now);
            // The places of an act stand in a table beside it.
            if let Some(act) = path.strip_prefix("statutes/") {
                let table = format!("statutes/places/{}", act.replace(".toml", ".tsv"));
                if let Some(places) = shipped(&table) {
                    let written = self.writer.write_beneath(
                        root,
                        Path::new(&table),
                        places.as_bytes(),
                        mokuteki_files::Previous::Keep,
                    );
                    match written {
                        Ok(()) => self.written.push(root.join(&table).display().to_string()),
                        Err(fault) => {
                            self.terminal.finding(&fault);
                            self.status = self.status.max(Status::CouldNotRun);
                        }
                    }
                }
            }
            return Ok(());
        }
        let message = Text::new(
            "配られたものに手が加えられていて、直し方が決まらない",
            "it differs from what shipped, so that nothing says how to bring it up to date",
        );
        let help = Text::new(
            "今の内蔵のもの (rules/ の同じ名) と見比べて書き直す。内蔵のものでよければ、vocabulary・statutes・grounds.toml を規則のディレクトリに置かない",
            "compare it with the file of that name that ships now; where that one will do, keep `vocabulary`, `statutes` and `grounds.toml` out of the directory",
        );
        self.settle(Place::file(&*shown), "", message, help);
        Ok(())
    }

    /// Tells what loading a notice says besides the keys that a person must settle, which are told already.
    pub(super) fn check(&mut self, root: &Path, path: &str, text: &str) {
        let mut files: Vec<Source> = Sources::embedded().shared().cloned().collect();
        let own = |file: &PathBuf| {
            let bytes = mokuteki_files::bytes(&root.join(file), &limits::RULES).ok()?;
            let path = file.to_string_lossy().replace('\\', "/");
            Some(Source { path, bytes })
        };
        let folder = Folder::open(root);
        let listed = folder.map(|folder| folder.files(Path::new("")).0);
        let is_part = |file: &&PathBuf| {
            let shown = file.to_string_lossy();
            let ending = file.extension().unwrap_or_default().to_string_lossy();
            RULE_ENDINGS.contains(&&*ending)
                && (shown.starts_with("published") || shown.starts_with("terms"))
        };
        let beside = listed.unwrap_or_default();
        files.extend(beside.iter().filter(is_part).filter_map(own));
        files.push(Source {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec(),
        });
        let Err(problems) = Engine::from_sources(&Sources::new(files)) else {
            return;
        };
        for problem in problems.iter().filter(|one| one.code() != "unread") {
            let shown = root.join(problem.file()).to_string_lossy().into_owned();
            let place = Place::line(shown, problem.line().max(1));
            let message = Text::of(|lang| format!("{}: {}", problem.code(), problem.message(lang)));
            let help = Text::of(|lang| problem.help(lang));
            self.settle(place, "", message, help);
        }
    }
}

fn first() -> io::Result<First> {
    let text = mokuteki_rules::FILES
        .iter()
        .find(|(path, _)| *path == SHIPPED);
    let text = text.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    // INVARIANT: the rules have the file, which a test reads.
    toml::from_str(text.unwrap_or_default()).map_err(io::Error::other)
}

/// What ships under a path now.
fn shipped(path: &str) -> Option<String> {
    let found = mokuteki_rules::FILES.iter().find(|(own, _)| *own == path);
    found.and_then(|(_, bytes)| String::from_utf8(bytes.to_vec()).ok())
}
