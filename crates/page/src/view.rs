//! The page as its templates see it.

use askama::Template;

use super::{
    clause::{NoticeView, label},
    days::Change,
    words::{self, Both},
};
use mokuteki::{
    Engine, Lang,
    vocabulary::{Class, Term},
};

#[derive(Template)]
#[template(path = "page.html", config = "askama.toml")]
pub(super) struct Page<'e> {
    pub(super) lang: Lang,
    pub(super) tag: &'static str,
    pub(super) as_of: String,
    pub(super) policy: String,
    pub(super) style: &'static str,
    pub(super) script: &'static str,
    pub(super) digest: &'e str,
    pub(super) rows: Vec<TermView>,
    pub(super) columns: Vec<TermView>,
    pub(super) relations: Vec<TermView>,
    pub(super) activities: Vec<TermView>,
    pub(super) subjects: Vec<TermView>,
    pub(super) channels: Vec<TermView>,
    pub(super) inputs: [Input; 9],
    /// The forms of data but the first, which an open field means.
    pub(super) forms: Vec<Both>,
    pub(super) legend: [(&'static str, &'static str, &'static str); 5],
    pub(super) days: Vec<Change>,
    pub(super) data: String,
    pub(super) rules: String,
    pub(super) module: String,
    pub(super) societies: Vec<SocietyView<'e>>,
}

impl Page<'_> {
    /// The words under a key, in the language that the page opens with.
    fn w<'k>(&self, key: &'k str) -> &'k str {
        words::word(key, self.lang)
    }
}

/// The class and the mark of a cell.
pub(super) fn symbol(letter: char) -> (char, &'static str) {
    (
        letter,
        match letter {
            'p' => "○",
            'c' => "△",
            'o' => "×",
            'e' => "–",
            _ => "禁",
        },
    )
}

/// The terms of a class with their place in the hierarchy.
pub(super) fn axis(engine: &Engine, class: Class) -> Vec<TermView> {
    let words = engine.vocabulary();
    let terms: Vec<Term> = words.terms_of(class).collect();
    let view = |term: &Term| {
        let entry = words.entry(*term);
        TermView {
            name: Both::new(&entry.label, &entry.en),
            full: label(engine, *term),
            depth: words.lineage(*term).count(),
            sensitive: entry.sensitive,
        }
    };
    terms.iter().map(view).collect()
}

pub(super) struct TermView {
    pub(super) name: Both,
    pub(super) full: Both,
    /// From 1.
    pub(super) depth: usize,
    pub(super) sensitive: bool,
}

impl TermView {
    /// Narrower terms stand further in, where a list has no other way to show it.
    fn indent(&self) -> String {
        "\u{3000}".repeat(self.depth - 1)
    }
}

/// A field of the form: its name, the keys of its words and of its hint, and the list that
/// completes it; one without a list is the day.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) words: &'static str,
    pub(super) hint: &'static str,
    pub(super) list: &'static str,
    pub(super) required: bool,
}

pub(super) struct SocietyView<'e> {
    pub(super) id: &'e str,
    pub(super) name: &'e str,
    pub(super) notices: Vec<NoticeView<'e>>,
    pub(super) verdicts: Vec<(char, &'static str)>,
}

impl SocietyView<'_> {
    fn row(&self, row: &usize, width: usize) -> impl Iterator<Item = &(char, &'static str)> {
        self.verdicts.iter().skip(row * width).take(width)
    }
}

/// The fields of the form that people type into.
pub(super) fn inputs() -> [Input; 9] {
    let input = |name, words, hint, list, required| Input {
        name,
        words,
        hint,
        list,
        required,
    };
    [
        input("data", "data", "hint-data", "data", true),
        input("recipient", "recipient", "hint-recipient", "party", true),
        input("relation", "relation", "", "relation", false),
        input("activity", "activity", "", "activity", false),
        input("as_of", "as-of", "", "", true),
        input("sender", "sender", "hint-sender", "party", false),
        input("subject", "subject", "", "subject", false),
        input("channel", "channel", "", "channel", false),
        input("basis", "basis", "hint-basis", "basis", false),
    ]
}

/// The forms that data may have besides the one that an open field means.
pub(super) fn forms(engine: &Engine) -> Vec<Both> {
    let forms = engine.vocabulary().forms().skip(1);
    forms
        .map(|(_, form)| Both::new(&form.label, &form.en))
        .collect()
}

/// The verdicts: class of a cell, mark, key of the words.
pub(super) fn legend() -> [(&'static str, &'static str, &'static str); 5] {
    [
        ("p", "○", "verdict-p"),
        ("c", "△", "verdict-c"),
        ("o", "×", "verdict-o"),
        ("x", "禁", "verdict-x"),
        ("e", "–", "verdict-e"),
    ]
}
