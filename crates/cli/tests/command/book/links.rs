//! Every link of a document leads to something that is there.

use std::path::{Path, PathBuf};

use super::{below, page::links, read, root};

/// The documents for people.
fn documents() -> Vec<PathBuf> {
    let top = [
        "README.md",
        "README.ja.md",
        "ARCHITECTURE.md",
        "BENCHMARKS.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ];
    let mut documents: Vec<PathBuf> = top.map(PathBuf::from).into();
    documents.extend(below("docs", ".md"));
    documents.push(PathBuf::from("rules/README.md"));
    documents.extend(below("crates", "README.md"));
    documents
}

/// The path that a link names, if it is one of this repository.
fn target(page: &Path, link: &str) -> Option<PathBuf> {
    let (path, _) = link.split_once('#').unwrap_or((link, ""));
    let elsewhere = link.contains("://") || link.starts_with("mailto:") || path.is_empty();
    (!elsewhere).then(|| page.parent().unwrap().join(path))
}

#[test]
fn every_relative_link_leads_to_what_is_there() {
    let (mut count, mut broken) = (0, Vec::new());
    for page in documents() {
        for link in links(&read(&page)) {
            let Some(path) = target(&page, &link) else {
                continue;
            };
            count += 1;
            if !root().join(path).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(count > 300, "only {count} links were looked at");
}
