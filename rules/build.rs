//! Lists the files of the rules, so that a file that is added cannot be forgotten.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by its environment"
)]

use std::{env, error::Error, fmt::Write, fs, path::Path};

/// The folders of rules that decide, and of rules that check and read.
const FOLDERS: [&str; 10] = [
    "import",
    "input",
    "lint",
    "migrate",
    "notices",
    "published",
    "records",
    "scan",
    "statutes",
    "vocabulary",
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let root = Path::new(&root);
    let mut paths = vec!["grounds.toml".to_owned()];
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        list(root, folder, &mut paths)?;
    }
    println!("cargo::rerun-if-changed=grounds.toml");
    paths.sort();
    let mut code = "&[\n".to_owned();
    for path in paths {
        let file = format!("/{path}");
        writeln!(
            code,
            "    ({path:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?}))),"
        )?;
    }
    code.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("files.rs"), code)?;
    Ok(())
}

fn list(root: &Path, folder: &str, paths: &mut Vec<String>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().ok_or("a name that is no Unicode")?;
        let path = format!("{folder}/{name}");
        if entry.file_type()?.is_dir() {
            list(root, &path, paths)?;
        } else if [".toml", ".txt", ".tsv"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            paths.push(path);
        }
    }
    Ok(())
}
