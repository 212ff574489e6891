//! The map of the code leads to files that are there.

use std::{collections::BTreeSet, path::Path};

/// The paths of a page: what stands in backticks, has a slash or an ending of a file, and begins with a folder of the tree.
fn paths(text: &str) -> BTreeSet<&str> {
    let code = text.split('`').skip(1).step_by(2);
    let folders = ["src/", "crates/", "rules/", "tests/", "docs/", "benches/"];
    code.filter(|path| folders.iter().any(|folder| path.starts_with(folder)))
        .collect()
}

#[test]
fn every_path_of_the_map_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (name, text) in [
        ("ARCHITECTURE.md", include_str!("../../ARCHITECTURE.md")),
        ("CONTRIBUTING.md", include_str!("../../CONTRIBUTING.md")),
    ] {
        let gone: Vec<_> = paths(text)
            .into_iter()
            .filter(|path| !root.join(path).exists())
            .collect();
        assert!(gone.is_empty(), "{name} names what is not there: {gone:?}");
    }
    assert!(paths(include_str!("../../ARCHITECTURE.md")).len() > 30);
}

#[test]
fn a_path_is_told_from_other_code() {
    let found = paths("`src/a.rs` or `decide`, `crates/x/` and `cargo test`");
    assert_eq!(
        found.into_iter().collect::<Vec<_>>(),
        ["crates/x/", "src/a.rs"]
    );
}
