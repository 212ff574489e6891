//! What cannot be imported: one clear error each, all at once, and the rest is imported.

use super::{Desk, SMALL};

#[test]
fn each_bad_document_is_one_error_and_the_good_ones_are_imported() {
    let desk = Desk::new("refused-many");
    desk.write("pages/aozora.txt", SMALL);
    desk.write("pages/binary.pdf", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.write("pages/broken.pdf", b"%PDF-1.7\nnothing");
    desk.write("pages/empty.txt", "");
    desk.write("pages/poem.txt", "2026年11月26日\n");
    desk.write("pages/日本.txt", SMALL);
    desk.write("pages/sub/AOZORA.txt", SMALL);
    let said = desk.import(&["pages", "pages/none.txt", "-o", "rules"]);
    assert_eq!(said.code, 3, "{}{}", said.out, said.err);
    for words in [
        "binary.pdf",
        "broken.pdf",
        "empty.txt",
        "poem.txt",
        "no purpose and no clause",
        "no id of a society: `日本`",
        "two documents of one society",
        "none.txt",
        "document-empty",
        "document-binary",
        "document-broken",
    ] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    let errors = said.err.lines().filter(|line| line.starts_with("error: "));
    let helps = said.err.lines().filter(|line| line.contains("= help: "));
    assert_eq!(errors.count(), 7, "{}", said.err);
    assert_eq!(helps.count(), 7, "{}", said.err);
    assert!(
        said.out.contains("6 documents (5 not imported)"),
        "{}",
        said.out
    );
    assert!(desk.has("rules/notices/aozora.toml"));
    assert!(!desk.has("rules/notices/poem.toml"));

    let json = desk.import(&["pages", "-o", "rules", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["summary"]["failed"], 4);
    let failed = json["documents"].as_array().unwrap().iter();
    assert_eq!(failed.filter(|one| one["error"].is_object()).count(), 4);
}

#[test]
fn arguments_that_do_not_fit_say_what_to_write() {
    let desk = Desk::new("refused-arguments");
    desk.write("a.txt", SMALL);
    desk.write("b.txt", SMALL);
    desk.write("empty/read-me.md", "");
    let cases: &[(&[&str], i32, &str)] = &[
        (&["a.txt"], 1, "--output"),
        (
            &["a.txt", "b.txt", "--society", "x", "-o", "r"],
            1,
            "one document",
        ),
        (
            &["a.txt", "--society", "あ", "-o", "r"],
            3,
            "no id of a society",
        ),
        (
            &["a.txt", "--society", "../x", "-o", "r"],
            3,
            "no id of a society",
        ),
        (&["a.txt", "--name", "青空", "-o", "r"], 1, "--society"),
        (&["empty", "-o", "r"], 3, "no document is here"),
        (&["none/*.txt", "-o", "r"], 3, "none"),
        (&["[", "-o", "r"], 3, "["),
        (
            &["a.txt", "-o", "r", "--read-on", "2026-13-01"],
            3,
            "2026-13-01",
        ),
        (&["a.txt", "-o", "r", "--threads", "x"], 1, "--threads"),
        (&["a.txt", "-o", "a.txt"], 1, "a.txt"),
    ];
    for (args, code, words) in cases {
        let said = desk.run(&[&["import"], *args].concat());
        assert_eq!(said.code, *code, "{args:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(words), "{args:?}: {}", said.err);
        assert!(!desk.has("r"), "{args:?}");
    }
}

#[test]
fn the_day_that_is_not_given_is_printed() {
    let desk = Desk::new("refused-day");
    desk.write("a.txt", SMALL);
    let said = desk.run(&["import", "a.txt", "-o", "r"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("--read-on"), "{}", said.err);
}
