//! What the scan sees of code and of files with fields that its patterns were not made from: the judged rows of `tests/data/audit`,
//! through the real command, against the bars of the gate.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::register::{self, findings, tree};

const EGRESS: [(&str, &str); 2] = [
    (
        "first",
        include_str!("../../../../../tests/data/audit/egress-1.tsv"),
    ),
    (
        "second",
        include_str!("../../../../../tests/data/audit/egress-2.tsv"),
    ),
];
const FIELDS: [(&str, &str); 2] = [
    (
        "first",
        include_str!("../../../../../tests/data/audit/fields-1.tsv"),
    ),
    (
        "second",
        include_str!("../../../../../tests/data/audit/fields-2.tsv"),
    ),
];

const HEAD: &str = "[defaults]\nsociety = \"aeon\"\nas_of = \"2026-04-01\"\n";

/// A cell, with `\n`, `\t` and `\\` as what they stand for.
fn unescape(cell: &str) -> String {
    let mut said = String::new();
    let mut all = cell.chars();
    while let Some(c) = all.next() {
        match c {
            '\\' => match all.next().unwrap() {
                'n' => said.push('\n'),
                't' => said.push('\t'),
                other => {
                    assert_eq!(other, '\\', "no escape");
                    said.push(other);
                }
            },
            _ => said.push(c),
        }
    }
    said
}

fn rows(table: &str) -> Vec<Vec<&str>> {
    let rows = table.lines().skip(1).map(|line| line.split('\t').collect());
    rows.collect()
}

/// Whether so many of so many are at least so many of a hundred.
fn reaches(hit: usize, of: usize, percent: usize) -> bool {
    hit * 100 >= of * percent
}

#[test]
fn the_scan_sees_where_data_leaves_code_that_it_was_not_made_from() {
    for (name, table) in EGRESS {
        let rows = rows(table);
        let mut files: Vec<(String, String)> = rows
            .iter()
            .map(|row| (format!("{}/{}", row[0], row[2]), unescape(row[5]) + "\n"))
            .collect();
        let flow = "[scan]\n[[flow]]\nid = \"review\"\ndata = [\"レセプト\"]\nrecipient = \"当組合\"\nactivity = \"レセプト点検\"\n";
        files.push(("mokuteki.toml".to_owned(), format!("{HEAD}{flow}")));
        let bytes: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_bytes()))
            .collect();
        let folder = tree(&format!("unseen/egress-{name}"), &bytes);
        let told: BTreeSet<String> = findings(&register::audit(&folder, &["--format", "json"]))
            .iter()
            .filter(|one| one["code"] == "sink-without-marker")
            .filter_map(|one| {
                one["place"]["file"]
                    .as_str()?
                    .split('/')
                    .next()
                    .map(str::to_owned)
            })
            .collect();
        let mut languages: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        let (mut hit, mut of, mut wrong) = (0, 0, Vec::new());
        for row in &rows {
            let (id, is_told) = (row[0], told.contains(row[0]));
            let is_egress = row[4] == "yes";
            if is_egress {
                let language = languages.entry(row[1]).or_default();
                language.0 += usize::from(is_told);
                language.1 += 1;
                hit += usize::from(is_told);
                of += 1;
            }
            if is_egress != is_told {
                wrong.push(format!("{id} {} {}: {}", row[1], row[2], row[6]));
            }
        }
        let wrong = wrong.join("\n");
        assert!(rows.len() > 200 && languages.len() > 25, "{name}");
        assert!(reaches(hit, of, 85), "{name}: {hit} of {of}\n{wrong}");
        let all = told.len();
        assert!(
            reaches(hit, all, 85),
            "{name}: {hit} of {all} told\n{wrong}"
        );
        for (language, (hit, of)) in languages {
            assert!(
                reaches(hit, of, 70),
                "{name}, {language}: {hit} of {of}\n{wrong}"
            );
        }
    }
}

/// Whether the name in a finding is that of a column: alone, with its comment behind it, or under a table or a parent.
fn is_same(told: &str, column: &str) -> bool {
    let plain = |name: &str| name.trim_matches(['"', '\'', '`', '[', ']']).to_lowercase();
    let (told, column) = (plain(told), plain(column));
    let alone = told.split(" (").next().unwrap_or_default().to_owned();
    [told, alone].iter().any(|name| {
        *name == column
            || [".", "/", "#"]
                .iter()
                .any(|sign| name.ends_with(&format!("{sign}{column}")))
    })
}

/// A file of a table: its name, what it says, and what each column is.
struct Judged<'t> {
    path: String,
    text: String,
    columns: Vec<(&'t str, Vec<&'t str>)>,
}

#[test]
fn the_fields_of_files_that_it_was_not_made_from_are_told() {
    for (name, table) in FIELDS {
        let mut files: BTreeMap<&str, Judged<'_>> = BTreeMap::new();
        for row in rows(table) {
            let one = files.entry(row[0]).or_insert_with(|| Judged {
                path: format!("{}/{}", row[0], row[2]),
                text: unescape(row[3]),
                columns: Vec::new(),
            });
            one.columns.push((row[4], row[5].split('|').collect()));
        }
        // Two flows carry each file, declared with kinds that cover no other.
        let mut flows = HEAD.to_owned();
        for (id, file) in &files {
            for (declared, data) in [("a", "葬祭給付"), ("b", "海外療養費申請書")] {
                write!(
                    flows,
                    "[[flow]]\nid = \"{id}-{declared}\"\ndata = [\"{data}\"]\nrecipient = \"当組合\"\nactivity = \"レセプト点検\"\nfields_from = [\"{}\"]\n",
                    file.path
                )
                .unwrap();
            }
        }
        let mut written: Vec<(&str, &[u8])> = files
            .values()
            .map(|file| (file.path.as_str(), file.text.as_bytes()))
            .collect();
        written.push(("mokuteki.toml", flows.as_bytes()));
        let folder = tree(&format!("unseen/fields-{name}"), &written);
        let mut told: BTreeSet<(String, String, String)> = BTreeSet::new();
        let mut refused = Vec::new();
        for one in findings(&register::audit(&folder, &["--format", "json"])) {
            let subject = one["subject"].as_str().unwrap_or_default();
            let id = subject.split('-').next().unwrap_or_default().to_owned();
            let kind = match one["code"].as_str() {
                Some("undeclared-my-number") => "my_number",
                Some("undeclared-field") => one["keys"]["kind"].as_str().unwrap(),
                Some("bad-field-file") => {
                    refused.push(format!("{id}: {}", one["message"]));
                    continue;
                }
                _ => continue,
            };
            let names = one["related"].as_array().unwrap().iter();
            let names = names.filter_map(|one| one["message"].as_str());
            told.extend(names.map(|name| (id.clone(), name.to_owned(), kind.to_owned())));
        }
        assert!(refused.is_empty(), "{name}: {refused:?}");
        let (mut hit, mut of, mut right, mut all) = (0, 0, 0, 0);
        let mut wrong = Vec::new();
        for (id, file) in &files {
            let here = || told.iter().filter(|(told, ..)| told == id);
            for (column, kinds) in &file.columns {
                if kinds.contains(&"any") || kinds.contains(&"none") {
                    continue;
                }
                of += 1;
                let mut here = here();
                let is_told = here
                    .any(|(_, name, kind)| kinds.contains(&kind.as_str()) && is_same(name, column));
                hit += usize::from(is_told);
                if !is_told {
                    wrong.push(format!("missed {id} {} {column}", file.path));
                }
            }
            for (_, name, kind) in here() {
                let columns = file.columns.iter();
                let columns: Vec<_> = columns
                    .filter(|(column, _)| is_same(name, column))
                    .collect();
                if columns.iter().any(|(_, kinds)| kinds.contains(&"any")) {
                    continue;
                }
                all += 1;
                let is_right = columns
                    .iter()
                    .any(|(_, kinds)| kinds.contains(&kind.as_str()));
                right += usize::from(is_right);
                if !is_right {
                    wrong.push(format!("false {id} {} {name}: {kind}", file.path));
                }
            }
        }
        let wrong = wrong.join("\n");
        assert!(files.len() > 30 && of > 70, "{name}");
        assert!(reaches(hit, of, 85), "{name}: {hit} of {of}\n{wrong}");
        assert!(
            reaches(right, all, 90),
            "{name}: {right} of {all} told\n{wrong}"
        );
    }
}
