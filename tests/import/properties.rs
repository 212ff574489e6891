//! What must hold for any text: no panic, no character lost, the same outline for the same text
//! in another line ending. Texts come from a seeded generator, so a failure can be repeated.
//!
//! `MOKUTEKI_FUZZ=100000 cargo test --test import properties` runs so many rounds of each.

use std::collections::BTreeMap;

use mokuteki::import::{Outline, segment};

use crate::corpus::corpus;

const ROUNDS: u64 = 200;

fn rounds() -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told to run longer"
    )]
    let asked = std::env::var("MOKUTEKI_FUZZ");
    asked.ok().map_or(ROUNDS, |rounds| rounds.parse().unwrap())
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    fn one<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }
}

const MARKS: &[&str] = &[
    "",
    "",
    "・",
    "○",
    "• ",
    "- ",
    "１．",
    "2. ",
    "(1)",
    "（３） ",
    "①",
    "③",
    "@ ",
    "B ",
    "◆",
    "一、",
    "ア ",
    "ロ ",
    "第１ ",
    "1-2 ",
    "※",
    "●",
    "\u{FFFD}",
    "?",
    "Ⅱ．",
    "　　・",
    "\t- ",
    "■",
    "3",
];
const BODIES: &[&str] = &[
    "保険給付に必要な利用目的",
    "【健保組合内部での利用に係る事例】",
    "〔他の事業者等への情報提供〕",
    "療養費の審査の委託",
    "健診の案内",
    "その他",
    "個人情報の利用目的",
    "当組合は、次の目的に利用します。",
    "以上",
    "令和7年4月1日",
    "健康保険法（大正11年法律第70号）",
    "ページの先頭へ",
    "安全管理措置",
    "医療費分析・疾病分析の委託・健診の実施",
    "受ける場合",
    "他の事業者等への情報提供を伴うもの",
    "次の業務",
    "課税・非課税情報",
    "－ 3 －",
    "12",
    "に係る",
    "（以下「他機関」",
    "という。）",
    "組合内部での利用    他の事業者等への情報提供",
    "｜内部利用｜外部提供｜",
    "レセプ",
    "ト",
    "",
    " ",
    "】",
    "【",
    "\u{C}",
    "利用目的\t組合内部での利用\t外部への提供",
    "ICT を用いた\u{200B}健康づくり",
    "e\u{301}か\u{3099}",
    "⼈",
    "𠮷野家",
    "🙂",
    "\u{0}",
];
const ENDS: &[&str] = &[
    "\n", "\n", "\n", "\n\n", "", " ", "　", "\t", "     ", "\n\u{C}",
];

fn mixture(random: &mut Random) -> String {
    let parts = random.below(40);
    (0..parts)
        .map(|_| [random.one(MARKS), random.one(BODIES), random.one(ENDS)].concat())
        .collect()
}

fn noise(random: &mut Random) -> String {
    let letters: Vec<char> = "・【】（）()1２①@Aア一の、。\n\r\t 　|利用目的\u{FEFF}\u{FFFD}"
        .chars()
        .collect();
    let length = random.below(120);
    let any = |random: &mut Random| {
        let code = u32::try_from(random.below(0x11_0000)).unwrap();
        char::from_u32(code).unwrap_or('・')
    };
    (0..length)
        .map(|_| match random.below(4) {
            0 => any(random),
            _ => letters[random.below(letters.len())],
        })
        .collect()
}

/// A notice of the corpus with lines dropped, doubled, cut and moved.
fn broken(random: &mut Random, notices: &[String]) -> String {
    let notice = &notices[random.below(notices.len())];
    let mut lines: Vec<String> = notice.lines().map(str::to_owned).collect();
    for _ in 0..random.below(8) {
        let (from, to) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(4) {
            0 => lines.swap(from, to),
            1 => {
                let line = lines[from].clone();
                lines[to] = line;
            }
            2 => lines[from].clear(),
            _ => {
                let keep = random.below(lines[from].chars().count() + 1);
                lines[from] = lines[from].chars().take(keep).collect();
            }
        }
    }
    lines.join(random.one(&["\n", "\n\n", "\r\n", " ", ""]))
}

fn count(texts: impl IntoIterator<Item = String>) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in texts
        .into_iter()
        .flat_map(|text| text.chars().collect::<Vec<_>>())
    {
        if !c.is_whitespace() && c != '\u{FEFF}' {
            *counts.entry(c).or_default() += 1;
        }
    }
    counts
}

/// All texts of an outline. A text that leads in several clauses is one text.
fn texts(outline: &Outline) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let pieces = outline.title.iter().chain(&outline.preamble);
    let left = outline.left_out.iter().map(|left| &left.piece);
    texts.extend(pieces.chain(left).map(|piece| piece.text.clone()));
    for purpose in &outline.purposes {
        let headings = purpose.sections.iter().map(|section| &section.heading);
        let pieces = purpose.piece.iter().chain(&purpose.texts).chain(headings);
        texts.extend(pieces.map(|piece| piece.text.clone()));
        let mut parent = None;
        for clause in &purpose.clauses {
            texts.push(format!("{}{}", clause.bullet, clause.quote));
            if clause.parent != parent {
                texts.extend(clause.parent.iter().map(|lead| lead.text.clone()));
            }
            parent.clone_from(&clause.parent);
        }
    }
    texts
}

/// Every printed character is in the outline as often as in the text, but that the head of a
/// column of a table stands over each of its cells.
fn accounted(text: &str) {
    let outline = segment(text);
    let (given, found) = (count([text.to_owned()]), count(texts(&outline)));
    for (c, times) in &given {
        let found = found.get(c).copied().unwrap_or_default();
        assert!(found >= *times, "{c:?} is lost\n{text:?}\n{outline:#?}");
    }
    for c in found.keys() {
        assert!(given.contains_key(c), "{c:?} is new\n{text:?}");
    }
    let columns = text.contains(['\t', '|', '｜', '│']) || text.contains("    ");
    if !columns && !text.contains("　　") {
        assert_eq!(given, found, "{text:?}\n{outline:#?}");
    }
    let last = u32::try_from(
        text.replace("\r\n", "\n")
            .replace('\r', "\n")
            .split('\n')
            .count(),
    );
    for purpose in &outline.purposes {
        for clause in &purpose.clauses {
            let (from, to) = clause.lines;
            assert!(1 <= from && from <= to && to <= last.unwrap(), "{text:?}");
            assert!(!clause.quote.is_empty(), "{text:?}");
        }
    }
}

#[test]
fn properties_no_character_of_any_text_is_lost_and_nothing_panics() {
    let notices: Vec<String> = corpus().into_iter().map(|(_, text, _)| text).collect();
    for seed in 0..rounds() {
        let mut random = Random(seed);
        accounted(&mixture(&mut random));
        accounted(&noise(&mut random));
        accounted(&broken(&mut random, &notices));
    }
    for notice in &notices {
        accounted(notice);
    }
}

#[test]
fn properties_line_ends_and_a_byte_order_mark_change_nothing() {
    let notices: Vec<String> = corpus().into_iter().map(|(_, text, _)| text).collect();
    let mixed = (0..rounds()).map(|seed| mixture(&mut Random(seed ^ 0xA5A5)));
    for text in notices.iter().cloned().chain(mixed) {
        let plain = segment(&text);
        for other in [
            text.replace('\n', "\r\n"),
            text.replace('\n', "\r"),
            format!("\u{FEFF}{text}"),
        ] {
            assert_eq!(segment(&other), plain, "{other:?}");
        }
    }
}

#[test]
fn properties_the_same_text_has_the_same_outline() {
    for (_, text, _) in corpus() {
        let first = format!("{:?}", segment(&text));
        assert_eq!(first, format!("{:?}", segment(&text)));
    }
}

#[test]
fn properties_an_empty_text_has_an_empty_outline() {
    for text in ["", "\n", "\u{FEFF}", " \r\n\u{3000}\t\u{C}"] {
        assert_eq!(segment(text), Outline::default());
    }
}
