//! Takes the WebAssembly module of the page from `MOKUTEKI_PAGE_MODULE`, where that names one. No compiled module lies in the
//! tree, so that none can be older than its source.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=MOKUTEKI_PAGE_MODULE");
    let module = match env::var("MOKUTEKI_PAGE_MODULE") {
        Ok(path) if !path.is_empty() => {
            println!("cargo::rerun-if-changed={path}");
            let path = fs::canonicalize(&path)
                .map_err(|error| format!("MOKUTEKI_PAGE_MODULE names {path}: {error}"))?;
            format!("Some(include_bytes!({path:?}))")
        }
        _ => "None".to_owned(),
    };
    fs::write(Path::new(&env::var("OUT_DIR")?).join("module.rs"), module)?;
    Ok(())
}
