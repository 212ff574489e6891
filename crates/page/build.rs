//! Knows the engine that this crate is built with by a digest of its source, and takes the WebAssembly module of the page from
//! `MOKUTEKI_PAGE_MODULE`, where that names one.
//!
//! No compiled module lies in the tree, so that none can be older than its source; and a module that was built from another
//! source is refused here, because the digest of its source stands in it.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by its environment"
)]

use std::{
    env,
    error::Error,
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

/// What the module is made of: what decides, what counts, and what answers the page.
const SOURCES: [&str; 4] = ["../../src", "../space/src", "src", "../page-module/src"];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let engine = digest()?;
    fs::write(out.join("engine.rs"), format!("{engine:?}"))?;
    println!("cargo::rerun-if-env-changed=MOKUTEKI_PAGE_MODULE");
    let module = match env::var("MOKUTEKI_PAGE_MODULE") {
        Ok(path) if !path.is_empty() => {
            println!("cargo::rerun-if-changed={path}");
            let path = fs::canonicalize(&path)
                .map_err(|error| format!("MOKUTEKI_PAGE_MODULE names {path}: {error}"))?;
            let mut module = Vec::new();
            GzDecoder::new(fs::File::open(&path)?).read_to_end(&mut module)?;
            let engine = engine.as_bytes();
            if !module.windows(engine.len()).any(|window| window == engine) {
                return Err(format!(
                    "{} was built from another source: build it again with crates/page-module/build",
                    path.display()
                )
                .into());
            }
            let path = path.display().to_string();
            format!("Some(include_bytes!({path:?}))")
        }
        _ => "None".to_owned(),
    };
    fs::write(out.join("module.rs"), module)?;
    Ok(())
}

/// SHA-256, in hex, over the sources in the order of their paths.
fn digest() -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    for folder in SOURCES {
        println!("cargo::rerun-if-changed={folder}");
        list(Path::new(folder), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        let text = fs::read_to_string(&file)?.replace("\r\n", "\n");
        let name = file.to_string_lossy().replace('\\', "/");
        digest.update(name.as_bytes());
        digest.update(text.len().to_le_bytes());
        digest.update(text.as_bytes());
    }
    Ok(digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}
