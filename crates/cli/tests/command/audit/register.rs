//! Registers given to the real command.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// A folder of one test alone with a register in it.
pub(crate) fn folder(test: &str, file: &str, text: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(file), text).unwrap();
    folder
}

/// A folder of one test alone with these files and nothing else.
pub(crate) fn tree(test: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Each finding as `file:line code subject -> related file:line …`.
pub(crate) fn told(output: &Output) -> Vec<String> {
    let place = |place: &serde_json::Value| {
        let line = place["line"].as_u64().map(|line| format!(":{line}"));
        let file = place["file"].as_str().unwrap();
        format!("{file}{}", line.unwrap_or_default())
    };
    let said = findings(output).into_iter().map(|one| {
        let (code, subject) = (one["code"].as_str().unwrap(), one["subject"].as_str());
        let related = one["related"].as_array().unwrap().iter();
        let related = related.map(|other| format!(" -> {}", place(&other["place"])));
        let subject = subject.unwrap_or_default();
        let said = format!("{} {code} {subject}", place(&one["place"]));
        said.trim_end().to_owned() + &related.collect::<String>()
    });
    said.collect()
}

/// `mokuteki audit` in a folder, in English.
pub(crate) fn audit(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mokuteki"));
    command.current_dir(folder).args(["audit", "--lang", "en"]);
    command.args(args).output().unwrap()
}

/// The findings of an audit as JSON.
pub(crate) fn findings(output: &Output) -> Vec<serde_json::Value> {
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    json.get("findings").unwrap().as_array().unwrap().clone()
}

/// The languages of the book.
pub(crate) const BOOKS: [&str; 2] = ["en", "ja"];

/// The part of a register that the book shows in a language, from a line on.
pub(crate) fn shown(lang: &str, first: &str) -> String {
    let pages = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join("docs/book")
        .join(lang)
        .join("src/how-to");
    let text = ["register.md", "code.md", "fields.md"].map(|page| {
        let page = fs::read_to_string(pages.join(page)).unwrap();
        let (_, rest) = page.split_once(&format!("```toml\n{first}\n"))?;
        let (text, _) = rest.split_once("```")?;
        Some(format!("{first}\n{text}"))
    });
    text.into_iter().flatten().next().unwrap()
}
