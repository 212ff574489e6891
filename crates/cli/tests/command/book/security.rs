//! What SECURITY.md promises is shown by tests that exist.

use super::{
    page::{Part, parts},
    read, root,
};

#[test]
fn every_test_that_the_promises_name_is_there() {
    let named: Vec<(String, String)> = parts(&read("SECURITY.md"))
        .into_iter()
        .filter_map(|part| match part {
            Part::Code(code) => code
                .split_once(".rs::")
                .map(|(file, name)| (format!("{file}.rs"), name.to_owned())),
            _ => None,
        })
        .collect();
    assert!(named.len() > 25, "{}", named.len());
    let gone: Vec<_> = named
        .iter()
        .filter(|(file, name)| {
            let there = root().join(file).is_file();
            let test = |text: String| {
                let (before, _) = text.split_once(&format!("fn {name}("))?;
                let (_, attributes) = before.rsplit_once("#[test]")?;
                Some(!attributes.contains("fn "))
            };
            !(there && test(read(file)).unwrap_or(false))
        })
        .collect();
    assert!(
        gone.is_empty(),
        "SECURITY.md names tests that are not there: {gone:?}"
    );
}
