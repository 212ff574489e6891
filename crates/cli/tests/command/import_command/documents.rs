//! Documents of every kind become the same rules.

use std::fs;

use encoding_rs::{EUC_JP, SHIFT_JIS};

use super::{Desk, SMALL, clauses, published};

#[test]
fn both_notices_from_every_kind_of_document_are_the_same_clauses() {
    for (society, purposes, count) in [("aeon", 9, 49), ("johas", 8, 38)] {
        let desk = Desk::new(&format!("kinds-{society}"));
        desk.write("page.txt", published(society));
        let text = desk.review(&["page.txt", "--society", society, "-o", "rules"]);
        assert_eq!(text["notice"]["purposes"], purposes);
        assert_eq!(text["notice"]["clauses"], count);
        for made in [
            "chromium",
            "chromium-heads",
            "libreoffice",
            "libreoffice-text",
        ] {
            let pdf = format!("tests/data/import-pdf/{society}-{made}.pdf");
            let pdf = format!("{}/{pdf}", concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
            desk.write("page.pdf", fs::read(pdf).unwrap());
            let read = desk.review(&["page.pdf", "--society", society, "-o", made]);
            assert_eq!(clauses(&read), clauses(&text), "{society} {made}");
            let told = read["document"].to_string();
            assert!(told.contains("PDF"), "{told}");
        }
    }
}

#[test]
fn a_text_in_any_encoding_gives_the_same_files() {
    let desk = Desk::new("encodings");
    desk.write("utf8.txt", SMALL);
    desk.write("bom.txt", format!("\u{FEFF}{SMALL}"));
    desk.write("crlf.txt", SMALL.replace('\n', "\r\n"));
    desk.write("sjis.txt", SHIFT_JIS.encode(SMALL).0);
    desk.write("euc.txt", EUC_JP.encode(SMALL).0);
    let mut files = Vec::new();
    for name in ["utf8", "bom", "crlf", "sjis", "euc"] {
        let document = format!("{name}.txt");
        let said = desk.import(&[&document, "--society", "aozora", "-o", name]);
        assert_eq!(said.code, 0, "{name}: {}{}", said.out, said.err);
        files.push(
            ["notices/aozora.toml", "published/aozora.txt"]
                .map(|file| desk.read(&format!("{name}/{file}"))),
        );
    }
    assert_eq!(files[0][1], SMALL);
    assert!(files.iter().all(|other| *other == files[0]));
}

#[test]
fn what_a_page_hides_is_a_warning_and_what_it_drops_is_told() {
    let desk = Desk::new("html");
    let items: String = SMALL
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p>{line}</p>\n"))
        .collect();
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>窓の題</title><body>{items}\
         <p style='display:none'>見えない文</p><img src=a.png></body>"
    );
    desk.write("aozora.html", page);
    let said = desk.import(&["aozora.html", "-o", "rules"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    for words in [
        "titles of the window are no part of the text: 1「窓の題」",
        "warning[document-doubt]: hidden elements are no part of the text: 1「見えない文」",
        "1 images have none",
        "written: rules/notices/aozora.toml",
    ] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    let ja = desk.import(&["aozora.html", "-o", "rules", "--lang", "ja"]);
    for words in ["隠された要素 1 か所", "診療報酬明細書", "書いたもの"] {
        assert!(ja.out.contains(words), "{words}: {}", ja.out);
    }
    assert!(!desk.read("rules/published/aozora.txt").contains("見えない"));
}

#[test]
fn many_documents_are_one_table_and_the_same_files_whatever_the_threads() {
    let desk = Desk::new("many");
    for (society, of) in [("iruka", "aeon"), ("johas", "johas")] {
        desk.write(&format!("pages/{society}.txt"), published(of));
    }
    desk.write("pages/below/aozora.txt", SMALL);
    desk.write("pages/read-me.md", "not a document");
    let mut made = Vec::new();
    for threads in ["1", "3"] {
        let out = format!("rules-{threads}");
        let said = desk.import(&["pages", "-o", &out, "--threads", threads]);
        assert_eq!(said.code, 2, "{}{}", said.out, said.err);
        assert!(said.err.is_empty(), "{}", said.err);
        let files = ["iruka", "aozora", "johas"]
            .map(|society| desk.read(&format!("{out}/notices/{society}.toml")));
        made.push((said.out.replace(&out, "rules"), files));
    }
    assert!(made[0] == made[1], "{}{}", made[0].0, made[1].0);
    for words in [
        "3 documents (0 not imported), 89 clauses",
        "pages/below/aozora.txt",
    ] {
        assert!(made[0].0.contains(words), "{}", made[0].0);
    }
    let many = desk.import(&["pages/*.txt", "-o", "rules-3", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&many.out).unwrap();
    assert_eq!(json["summary"]["documents"], 2);
    assert_eq!(json["documents"][0]["nearest"]["share"], 100);
    let table = desk.import(&["pages", "-o", "rules-3", "--format", "markdown"]);
    let rows = table.out.lines().filter(|line| line.starts_with('|'));
    assert_eq!(rows.count(), 5, "{}", table.out);
}

#[test]
fn the_review_is_written_in_each_form_and_language() {
    let desk = Desk::new("forms");
    desk.write("aozora.txt", SMALL);
    let forms = [
        ("human", "en", "published sentence"),
        ("human", "ja", "公表文"),
        (
            "markdown",
            "en",
            "| clause | published sentence | reading |",
        ),
        ("markdown", "ja", "| 事例 | 公表文 | 読み |"),
    ];
    for (form, lang, head) in forms {
        let said = desk.import(&[
            "aozora.txt",
            "-o",
            "rules",
            "--format",
            form,
            "--lang",
            lang,
        ]);
        assert_eq!(said.code, 0, "{}", said.err);
        for words in [head, "レセプトデータの内容点検・審査の委託", "委託業者"]
        {
            assert!(said.out.contains(words), "{form} {lang}: {}", said.out);
        }
    }
    let review = desk.review(&["aozora.txt", "-o", "rules"]);
    assert_eq!(review["notice"]["unread"], 0);
    assert_eq!(review["clauses"][1]["label"], "1-2");
    let evidence = &review["clauses"][1]["dimensions"];
    let relation = evidence.as_array().unwrap().iter();
    let relation: Vec<_> = relation
        .filter(|row| row["dimension"] == "relation")
        .collect();
    assert_eq!(relation[0]["values"][0], "委託");
    assert_eq!(relation[0]["evidence"][0]["words"], "委託");
}

/// A PDF whose fonts tell no characters, with a `pdftotext` on the path and without one.
#[cfg(unix)]
#[test]
fn glyphs_without_characters_are_read_by_the_program_that_is_installed() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new("pdftotext");
    let pdf = format!(
        "{}/tests/data/import-pdf/no-characters.pdf",
        concat!(env!("CARGO_MANIFEST_DIR"), "/../..")
    );
    desk.write("aozora.pdf", fs::read(pdf).unwrap());
    desk.write(
        "bin/pdftotext",
        format!("#!/bin/sh\ncat > /dev/null\ncat <<'END'\n{SMALL}\nEND\n"),
    );
    let program = desk.root.join("bin/pdftotext");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let import = |path: &str, output: &str| {
        let args = [
            "import",
            "--read-on",
            "2026-11-26",
            "aozora.pdf",
            "-o",
            output,
        ];
        desk.run_with(path, &args)
    };
    // The program is a script, which needs those of the system.
    let installed = program.parent().unwrap().to_str().unwrap();
    let read = import(&format!("{installed}:/usr/bin:/bin"), "rules");
    assert_eq!(read.code, 0, "{}{}", read.out, read.err);
    assert!(read.out.contains("pdftotext"), "{}", read.out);
    assert!(
        desk.read("rules/published/aozora.txt")
            .contains(SMALL.trim_end())
    );
    let told = import("", "other");
    assert_eq!(told.code, 3, "{}{}", told.out, told.err);
    for part in ["aozora.pdf", "pdftotext", "not installed"] {
        assert!(told.err.contains(part), "{part}: {}", told.err);
    }
    assert!(!desk.has("other/notices/aozora.toml"));
}
