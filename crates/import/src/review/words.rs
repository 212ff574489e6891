//! The words of a review, for people.

use super::{Nearest, Row, State, Told};
use crate::{outline::Reason, reading::Evidence};
use mokuteki::problem::Lang;

/// The words of a review in a language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    lang: Lang,
}

impl Words {
    /// The words in a language.
    #[must_use]
    pub fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// One thing about how the document was read, with its line.
    #[must_use]
    pub fn told(self, told: &Told) -> String {
        let text = told.text.pick(self.lang);
        match told.line {
            Some(line) => self
                .lang
                .pick(format!("{line} 行: {text}"), format!("line {line}: {text}")),
            None => text.to_owned(),
        }
    }

    /// A key with its values, as a rule file writes them; empty where there is none.
    pub(super) fn list(key: &str, values: &[String]) -> String {
        match (key, values) {
            (_, []) => String::new(),
            ("my_number", [one, ..]) => format!("{key} = \"{one}\""),
            _ => format!("{key} = [\"{}\"]", values.join("\", \"")),
        }
    }

    /// The values of a dimension.
    #[must_use]
    pub fn values(self, row: &Row) -> String {
        let way = |value: &str| match value {
            "internal" => self.lang.pick("内部", "internal").to_owned(),
            "outward" => self.lang.pick("提供する", "outward").to_owned(),
            "inward" => self.lang.pick("受ける", "inward").to_owned(),
            other => other.to_owned(),
        };
        let join = |values: &[String]| {
            let values: Vec<String> = values.iter().map(|value| way(value)).collect();
            values.join(self.lang.pick("、", ", "))
        };
        match &row.state {
            State::Settled { values } if values.is_empty() => {
                self.lang.pick("限定なし", "unrestricted").to_owned()
            }
            State::Read { values, .. } | State::Settled { values } => join(values),
            State::Unread { proposal, .. } if proposal.is_empty() => "？".to_owned(),
            State::Unread { proposal, .. } => format!("？ {}", join(proposal)),
        }
    }

    /// From which words a dimension was read, and how sure they are; or why it is unread.
    #[must_use]
    pub fn source(self, row: &Row) -> String {
        match &row.state {
            State::Read { evidence, .. } => self.evidence(evidence),
            State::Settled { .. } => self
                .lang
                .pick("人が決めた", "settled by a person")
                .to_owned(),
            State::Unread { .. } => {
                let settle = self.lang.pick("人が決める", "to settle");
                format!("{settle}: {}", self.asked(&row.state))
            }
        }
    }

    fn evidence(self, evidence: &[Evidence]) -> String {
        let mut said: Vec<String> = Vec::new();
        for one in evidence {
            let sure = one.sure.name(self.lang);
            let quoted = match one.words.as_str() {
                "" => sure.to_owned(),
                words => format!("「{words}」 ({sure})"),
            };
            if !said.contains(&quoted) {
                said.push(quoted);
            }
        }
        said.join(" ")
    }

    /// Why a dimension is unread.
    pub(super) fn asked(self, state: &State) -> String {
        let State::Unread {
            why, words, reason, ..
        } = state
        else {
            return String::new();
        };
        let mut text = why.name(self.lang).to_owned();
        if !words.is_empty() {
            text = format!("{text} 「{words}」");
        }
        if !reason.is_empty() {
            text = format!("{text} ({reason})");
        }
        text
    }

    /// Why text is left out.
    #[must_use]
    pub fn reason(self, reason: Option<Reason>) -> &'static str {
        let lang = self.lang;
        match reason {
            None => lang.pick("前文", "preamble"),
            Some(Reason::Chrome) => {
                lang.pick("ページに共通の表示", "what every page of the site bears")
            }
            Some(Reason::Date) => lang.pick("日付", "a day"),
            Some(Reason::Closing) => lang.pick("結び", "the end mark"),
            Some(Reason::Page) => lang.pick("ページ番号・罫線", "a page number or a rule"),
            Some(Reason::Law) => lang.pick("法令の一覧", "a list of laws"),
            Some(Reason::Heading) => lang.pick("事例のない見出し", "a heading without a clause"),
            Some(Reason::Remark) => lang.pick("注記", "a remark"),
            Some(Reason::TableHead) => lang.pick("表の見出し", "the head of a table"),
            Some(Reason::OtherPart) => {
                lang.pick("同じ文書のほかの部分", "another part of the document")
            }
            Some(Reason::Unplaced) => lang.pick("人が確かめる", "a person must look at it"),
        }
    }

    /// How the nearest notice differs, one fact a line.
    #[must_use]
    pub fn nearest(self, near: &Nearest) -> Vec<String> {
        let lang = self.lang;
        let mut lines = vec![lang.pick(
            format!("文も読みも同じ事例 {}", near.equal),
            format!(
                "clauses in the same words with the same reading: {}",
                near.equal
            ),
        )];
        for one in &near.changed {
            let differ = one.dimensions.iter().map(|(dimension, here, there)| {
                let all = lang.pick("限定なし", "unrestricted").to_owned();
                let list = |values: &[String]| match values {
                    [] => all.clone(),
                    values => values.join(lang.pick("、", ", ")),
                };
                let name = dimension.name(lang);
                format!("{name}: {} ≠ {}", list(here), list(there))
            });
            let differ: Vec<String> = differ.collect();
            let name = if differ.is_empty() {
                lang.pick("まだ決めていない", "not settled yet")
            } else {
                lang.pick("読みが違う", "read in another way")
            };
            let differ = differ.join("; ");
            lines.push(format!(
                "{name}: {} = {} 「{}」 {differ}",
                one.label, one.other, one.quote
            ));
        }
        for one in &near.reworded {
            let name = lang.pick("文が違う", "in other words");
            lines.push(format!(
                "{name}: {} 「{}」 = {} 「{}」",
                one.label, one.quote, one.other, one.other_quote
            ));
        }
        let lists = [
            (lang.pick("加わっている", "added"), &near.added),
            (lang.pick("ない", "missing"), &near.missing),
        ];
        for (name, list) in lists {
            for (label, quote) in list {
                lines.push(format!("{name}: {label} 「{quote}」"));
            }
        }
        lines
    }

    /// Lines as people write them.
    #[must_use]
    pub fn lines((first, last): (u32, u32)) -> String {
        if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        }
    }
}
