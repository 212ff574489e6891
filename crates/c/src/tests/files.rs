//! The header and the copybook are those of the source. `MOKUTEKI_BLESS=1` writes them.

use std::{fmt::Write as _, fs, path::Path};

const HEADER: &str = "include/mokuteki.h";
const COPYBOOK: &str = "../cobol/mokuteki.cpy";

fn header() -> String {
    let source = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(name);
    let config = cbindgen::Config {
        language: cbindgen::Language::C,
        include_guard: Some("MOKUTEKI_H".to_owned()),
        header: Some(include_str!("header.txt").trim_end().to_owned()),
        cpp_compat: true,
        usize_is_size_t: true,
        documentation_style: cbindgen::DocumentationStyle::C99,
        line_length: 110,
        ..cbindgen::Config::default()
    };
    let built = cbindgen::Builder::new()
        .with_config(config)
        .with_src(source("constants.rs"))
        .with_src(source("calls.rs"))
        .generate()
        .unwrap();
    let mut text = Vec::new();
    built.write(&mut text);
    // What Rust asks of a caller stands in the header once.
    let text = String::from_utf8(text).unwrap();
    text.replace(
        "//\n// # Safety\n//\n// Pointers are as the header says.\n",
        "",
    )
}

/// The copybook: the numbers of the header as constants, and the room for a flow.
fn copybook(header: &str) -> String {
    let mut text = include_str!("copybook.txt").to_owned();
    for line in header.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let ["#define", name, value] = words.as_slice() else {
            continue;
        };
        writeln!(text, "       78  {} VALUE {value}.", cobol(name)).unwrap();
    }
    text.push_str("      *> A flow: for each field the address and the length of a text.\n");
    text.push_str("       01  MOKUTEKI-FLOW.\n");
    for field in mokuteki::flow::FIELDS {
        let name = cobol(field);
        writeln!(text, "           05  FLOW-{name}.").unwrap();
        writeln!(
            text,
            "               10  FLOW-{name}-AT     USAGE POINTER VALUE NULL."
        )
        .unwrap();
        writeln!(
            text,
            "               10  FLOW-{name}-LENGTH PIC 9(18) COMP-5 VALUE 0."
        )
        .unwrap();
    }
    text.push_str("      *> The same by the numbers of the fields, which are one less.\n");
    text.push_str("       01  MOKUTEKI-FIELDS-OF-FLOW REDEFINES MOKUTEKI-FLOW.\n");
    writeln!(
        text,
        "           05  FLOW-FIELD OCCURS {} TIMES.",
        mokuteki::flow::FIELDS.len()
    )
    .unwrap();
    text.push_str("               10  FLOW-AT               USAGE POINTER.\n");
    text.push_str("               10  FLOW-LENGTH           PIC 9(18) COMP-5.\n");
    let widest = text.lines().map(str::len).max();
    assert!(widest <= Some(72), "a line of COBOL ends in column 72");
    text
}

fn cobol(name: &str) -> String {
    name.to_uppercase().replace('_', "-")
}

#[test]
fn the_header_and_the_copybook_are_those_of_the_source() {
    let header = header();
    let copybook = copybook(&header);
    for (name, text) in [(HEADER, &header), (COPYBOOK, &copybook)] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if std::env::var_os("MOKUTEKI_BLESS").is_some() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, text).unwrap();
        }
        let found = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(&found, text, "{name} is old: MOKUTEKI_BLESS=1 writes it");
    }
    // Every call of the library stands in the header, and no other.
    let calls = header.matches("mokuteki_").count();
    assert!(calls > 20, "{header}");
    assert!(
        !header.contains("probe"),
        "a call of tests stands in the header"
    );
}
