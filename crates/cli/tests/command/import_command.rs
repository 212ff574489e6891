//! `mokuteki import` through the real binary: from a document to rules that decide.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod accept;
mod again;
mod documents;
mod refused;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// A folder of one test.
struct Desk {
    root: PathBuf,
}

/// What a run said.
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Desk {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("import_command")
            .join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(&root).unwrap();
        Self { root }
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// Runs the command in the folder, without an environment.
    fn run(&self, args: &[&str]) -> Said {
        self.run_with("", args)
    }

    /// The same with programs of a folder on the path.
    fn run_with(&self, path: &str, args: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
            .args(args)
            .env_clear()
            .env("PATH", path)
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let said = Said {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        };
        assert!(!said.err.contains("panicked"), "{}", said.err);
        said
    }

    /// Imports on a given day.
    fn import(&self, args: &[&str]) -> Said {
        self.run(&[&["import", "--read-on", "2026-11-26"], args].concat())
    }

    /// The review as JSON.
    fn review(&self, args: &[&str]) -> serde_json::Value {
        let said = self.import(&[&["--format", "json"], args].concat());
        assert!(said.code == 0 || said.code == 2, "{}{}", said.out, said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

/// A published text that ships with the library.
fn published(society: &str) -> String {
    let path = format!(
        "{}/rules/published/{society}.txt",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../..")
    );
    fs::read_to_string(path).unwrap()
}

/// The labels, sections and quotes of a review.
fn clauses(review: &serde_json::Value) -> Vec<[String; 4]> {
    let clauses = review["clauses"].as_array().unwrap().iter();
    clauses
        .map(|clause| {
            ["label", "purpose", "section", "quote"].map(|key| clause[key].as_str().unwrap().into())
        })
        .collect()
}

/// A small notice: one purpose, two sections, and what nothing is unread of.
const SMALL: &str = "青空健康保険組合 個人情報の利用目的\n\n\
    １．診療報酬明細書（レセプト）等の審査に必要な利用目的\n\
    【健保組合内部での利用に係る事例】\n\
    ・診療報酬明細書（レセプト）等の内容点検・審査\n\
    【他の事業者等への情報提供を伴う事例】\n\
    ・レセプトデータの内容点検・審査の委託\n";
