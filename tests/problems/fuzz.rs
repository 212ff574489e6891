//! No input makes loading panic, and every problem of any input is whole.

use std::collections::BTreeSet;

use mokuteki::{Finding, Problems, problem::Lang};

use super::edit::{AEON, Files, JOHAS, TEXT};

/// The constants of Knuth's MMIX.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let high = usize::try_from(self.0 >> 33).unwrap();
        high % end.max(1)
    }

    /// A place and a length inside of a text of this many bytes.
    fn span(&mut self, bytes: usize, longest: usize) -> (usize, usize) {
        let start = self.below(bytes);
        (start, start + self.below(longest.min(bytes - start) + 1))
    }
}

/// Values that fit the syntax and not the sense, so that mutations come past the parser.
const TOKENS: &[&str] = &[
    "[]",
    "\"\"",
    "\" \"",
    "true",
    "0",
    "-1",
    "[0, 0]",
    "[9, 1]",
    "[4294967295, 4294967295]",
    "[1, 4294967295]",
    "9999-12-31",
    "0000-01-01",
    "12:00:00",
    "\"当組合\"",
    "[\"本人\"]",
    "[\"個人データ\"]",
    "\"内部利用\"",
    "\"第0条\"",
    "\"第99999999999条\"",
    "\"internal-use\"",
    "[\"network\", \"network\"]",
    "\"../x\"",
    "\"等\"",
    "\u{200B}",
    "\u{1F600}",
    "\0",
];

fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let lines: Vec<Vec<u8>> = bytes
        .split_inclusive(|b| *b == b'\n')
        .map(<[u8]>::to_vec)
        .collect();
    match random.below(9) {
        0 => {
            let at = random.below(bytes.len());
            bytes[at] = u8::try_from(random.below(256)).unwrap();
        }
        1 => {
            let (start, end) = random.span(bytes.len(), 200);
            bytes.drain(start..end);
        }
        2 => {
            let (start, end) = random.span(bytes.len(), 400);
            let chunk = bytes[start..end].to_vec();
            let at = random.below(bytes.len());
            bytes.splice(at..at, chunk);
        }
        3 => bytes.truncate(random.below(bytes.len())),
        4 => {
            let mut lines = lines;
            lines.remove(random.below(lines.len()));
            bytes = lines.concat();
        }
        5 => {
            let mut lines = lines;
            let line = lines[random.below(lines.len())].clone();
            lines.insert(random.below(lines.len()), line);
            bytes = lines.concat();
        }
        6 => {
            let mut lines = lines;
            let (one, other) = (random.below(lines.len()), random.below(lines.len()));
            lines.swap(one, other);
            bytes = lines.concat();
        }
        // A key keeps its name and takes another value: a token, or that of another key.
        kind => {
            let mut lines = lines;
            let keys: Vec<usize> = (0..lines.len())
                .filter(|at| value(&lines[*at]).is_some())
                .collect();
            if !keys.is_empty() {
                let at = keys[random.below(keys.len())];
                let other = &lines[keys[random.below(keys.len())]];
                let new = if kind == 7 {
                    TOKENS[random.below(TOKENS.len())].as_bytes().to_vec()
                } else {
                    other[value(other).unwrap()..].trim_ascii_end().to_vec()
                };
                let keep = value(&lines[at]).unwrap();
                lines[at] = [&lines[at][..keep], &new, b"\n"].concat();
            }
            bytes = lines.concat();
        }
    }
    bytes
}

/// Where the value of a line of TOML begins.
fn value(line: &[u8]) -> Option<usize> {
    let at = line.windows(3).position(|window| window == b" = ");
    at.filter(|_| !line.starts_with(b"#")).map(|at| at + 3)
}

/// Folders for which a whole class of files is missing.
const FOLDERS: &[&str] = &["notices", "vocabulary", "grounds.toml"];

fn check(files: &Files, problems: &Problems, what: &str) {
    assert!(problems.len() > 0, "{what}: an error without a problem");
    for problem in problems.iter() {
        for lang in [Lang::En, Lang::Ja] {
            let (message, help) = (problem.message(lang), problem.help(lang));
            assert!(
                !message.trim().is_empty() && !help.trim().is_empty(),
                "{what}: {problem}"
            );
            assert!(
                !message.contains(char::is_control) && !help.contains(char::is_control),
                "{what}: {problem}"
            );
        }
        match files.0.get(problem.file()) {
            Some(bytes) => {
                let lines = 1 + bytes.iter().filter(|b| **b == b'\n').count();
                assert!(problem.line() as usize <= lines, "{what}: {problem}");
            }
            None => {
                assert!(FOLDERS.contains(&problem.file()), "{what}: {problem}");
                assert_eq!(problem.line(), 0, "{what}: {problem}");
            }
        }
    }
    let order: Vec<_> = problems
        .iter()
        .map(|one| (one.file(), one.line(), one.code()))
        .collect();
    assert!(order.is_sorted(), "{what}: {order:?}");
}

fn fuzz(paths: &[&str], each: usize, follow: bool) {
    let clean = Files::embedded();
    let untouched = clean.load().unwrap().digest().to_owned();
    let mut random = Random(19);
    let (mut loaded, mut codes) = (0, BTreeSet::new());
    for path in paths {
        for round in 0..each {
            let mut files = clean.clone();
            let bytes = mutate(&clean.0[*path], &mut random);
            let same = bytes == clean.0[*path];
            if follow {
                files.replace(path, bytes);
            } else {
                files.0.insert((*path).to_owned(), bytes);
            }
            let what = format!("{path}, mutation {round}");
            match files.load() {
                Ok(engine) => {
                    loaded += 1;
                    assert_eq!(engine.digest() == untouched, same, "{what}");
                }
                Err(problems) => {
                    check(&files, &problems, &what);
                    codes.extend(problems.iter().map(mokuteki::Problem::code));
                }
            }
        }
    }
    // The mutations are worth something only while they reach past the parser.
    assert!(codes.len() >= 5 && loaded > 0, "{loaded} loaded, {codes:?}");
}

#[test]
fn mutated_notices_and_texts_never_panic() {
    fuzz(&[AEON, JOHAS, TEXT, "published/johas.txt"], 500, true);
}

#[test]
fn mutated_common_rules_never_panic() {
    let files = Files::embedded();
    let paths: Vec<&str> = files.0.keys().map(String::as_str).collect();
    let common: Vec<&str> = paths
        .into_iter()
        .filter(|path| !path.starts_with("notices/") && !path.starts_with("published/"))
        .collect();
    fuzz(&common, 200, false);
}

/// Every third character of a text, with its byte range.
fn thirds(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().step_by(3)
}

fn without(text: &str, at: usize, c: char) -> Vec<u8> {
    [
        &text.as_bytes()[..at],
        &text.as_bytes()[at + c.len_utf8()..],
    ]
    .concat()
}

#[test]
fn a_character_less_in_a_published_text_is_an_error() {
    let clean = Files::embedded();
    for path in [TEXT, "published/johas.txt"] {
        let text = String::from_utf8(clean.0[path].clone()).unwrap();
        for (at, c) in thirds(&text) {
            let mut files = clean.clone();
            files.0.insert(path.to_owned(), without(&text, at, c));
            let problems = files.load().err().unwrap();
            let codes: Vec<_> = problems.iter().map(mokuteki::Problem::code).collect();
            assert!(
                codes.contains(&"text-changed"),
                "{path} byte {at}: {codes:?}"
            );
        }
    }
}

#[test]
fn a_character_less_is_an_error_even_when_the_digest_is_brought_up_to_date() {
    let clean = Files::embedded();
    let text = String::from_utf8(clean.0[TEXT].clone()).unwrap();
    let begins = |at: usize| {
        let line = text.split_at(at).0.rsplit('\n').next().unwrap();
        line.chars().all(char::is_whitespace)
    };
    let mut accepted = String::new();
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        // The mark of a bullet is layout.
        if c == '・' && begins(at) {
            continue;
        }
        let mut files = clean.clone();
        files.replace(TEXT, without(&text, at, c));
        if files.load().is_ok() {
            accepted.push(c);
        }
    }
    // The mark between the two clauses that share a line, and the one passage that is left out.
    assert_eq!(accepted, "・以上");
}
