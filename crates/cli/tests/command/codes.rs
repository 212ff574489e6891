//! Codes: each is one thing over the whole product, has a page, and `explain` prints it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::PathBuf,
};

use mokuteki::{Lang, decision::Remark, flow::FlowError, problem::Kind};

/// Who tells which codes, by the name of the part.
fn tellers() -> Vec<(&'static str, Vec<&'static str>)> {
    let names =
        |codes: &[&'static mokuteki_findings::Code]| codes.iter().map(|code| code.name).collect();
    let import = [
        mokuteki_import::review::codes::ALL,
        mokuteki_import::source::codes::ALL,
    ]
    .concat();
    let consent = mokuteki_consent::TroubleKind::ALL.iter();
    vec![
        ("audit", names(mokuteki_audit::codes::ALL)),
        ("consent", consent.map(|kind| kind.code()).collect()),
        ("door", mokuteki_door::Fault::CODES.to_vec()),
        ("files", mokuteki_files::Fault::CODES.to_vec()),
        ("flow", FlowError::CODES.to_vec()),
        ("import", names(&import)),
        ("input", mokuteki_cli::CODES_OF_INPUTS.to_vec()),
        ("ledger", mokuteki_ledger::Error::CODES.to_vec()),
        ("lint", names(mokuteki_lint::codes::ALL)),
        ("remark", Remark::CODES.to_vec()),
        ("rules", Kind::CODES.to_vec()),
    ]
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn each_part_lists_a_code_once() {
    for (part, codes) in tellers() {
        let once: BTreeSet<_> = codes.iter().collect();
        assert_eq!(once.len(), codes.len(), "{part}");
    }
}

/// A code that two parts tell must mean the same in both, so sharing one is a decision that this table keeps.
#[test]
fn only_what_means_the_same_everywhere_is_told_by_two_parts() {
    let mut by_code: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (part, codes) in tellers() {
        for code in codes {
            by_code.entry(code).or_default().push(part);
        }
    }
    let shared = by_code.iter().filter(|(_, parts)| parts.len() > 1);
    let mut text = "code\ttold by\n".to_owned();
    for (code, parts) in shared {
        writeln!(text, "{code}\t{}", parts.join(" ")).unwrap();
    }
    let path = root().join("tests/data/shared-codes.tsv");
    if std::env::var_os("MOKUTEKI_BLESS").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(text, fs::read_to_string(&path).unwrap());
}

#[test]
fn every_code_that_anything_tells_is_explained_and_no_other() {
    let told: BTreeSet<&str> = tellers().into_iter().flat_map(|(_, codes)| codes).collect();
    let known: BTreeSet<&str> = mokuteki_cli::codes().iter().map(|code| code.name).collect();
    assert_eq!(told, known);
    let folder = fs::read_dir(root().join("docs/codes")).unwrap();
    let pages: BTreeSet<String> = folder
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<String> = known.iter().map(|name| format!("{name}.md")).collect();
    assert_eq!(pages, expected);
}

#[test]
fn every_page_is_whole_and_has_a_title_of_its_own() {
    let codes = mokuteki_cli::codes();
    let broken = codes.iter().filter(|code| !code.is_whole());
    let broken: Vec<&str> = broken.map(|code| code.name).collect();
    assert_eq!(broken, [""; 0]);
    for lang in [Lang::Ja, Lang::En] {
        let mut titles: Vec<&str> = codes.iter().map(|code| code.title(lang)).collect();
        titles.sort_unstable();
        let twice = titles.windows(2).filter(|pair| pair[0] == pair[1]);
        let twice: Vec<&str> = twice.map(|pair| pair[0]).collect();
        assert_eq!(twice, [""; 0]);
        // The first paragraph says what it means, the next what to do.
        let short = codes
            .iter()
            .filter(|code| !code.body(lang).contains("\n\n"));
        let short: Vec<&str> = short.map(|code| code.name).collect();
        assert_eq!(short, [""; 0], "no next step");
    }
}

/// What several checks give is defined once for each; the definitions are equal.
#[test]
fn a_code_has_one_severity_and_one_page_wherever_it_is_declared() {
    let lists = [
        mokuteki_audit::codes::ALL,
        mokuteki_import::review::codes::ALL,
        mokuteki_import::source::codes::ALL,
        mokuteki_lint::codes::ALL,
    ];
    let known = mokuteki_cli::codes();
    for code in lists.into_iter().flatten() {
        let first = known.iter().find(|other| other.name == code.name);
        assert_eq!(first, Some(code));
    }
}
