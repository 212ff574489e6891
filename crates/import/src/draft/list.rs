//! Lists of implied consent and notices of joint use as rule files (`lists/ID-….toml`), drafted beside
//! the purposes of the same society. What the words do not tell stands as `unread` and blocks its item.

use std::{collections::BTreeSet, fmt::Write};

use sha2::{Digest, Sha256};

use super::{
    Drafter, Society,
    comments::{ASKED, DRAFT, PROPOSED, begun},
    template::fill,
    toml::{list, text},
};
use crate::{
    joint::JointUse,
    kind::{DocumentKind, Line, lines},
    lists::ConsentItem,
};
use mokuteki::{notice::hex, text::squeeze, vocabulary::Class};

/// A drafted list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct ListDraft {
    /// What it lists: implied consent, or joint uses.
    pub kind: DocumentKind,
    /// The path of the rule file, relative to the rules directory.
    pub rule_path: String,
    /// The rule file.
    pub rules: String,
    /// The path of the verbatim text, relative to the rules directory.
    pub text_path: String,
    /// How many items it has.
    pub items: usize,
    /// How many keys a person must settle.
    pub unread: usize,
}

impl Drafter<'_> {
    /// The list of the items of implied consent of a text.
    pub(super) fn consent_list(
        &self,
        society: &Society,
        printed: &str,
        items: &[ConsentItem],
        told: DocumentKind,
    ) -> ListDraft {
        let marks = items.iter().map(|item| item.mark.as_str());
        let mut out = head(society, printed, told, marks);
        let quoted: Vec<u32> = items.iter().map(|item| item.line).collect();
        out += &self.outside(printed, &quoted);
        let all = lines(printed);
        for item in items {
            // What is done then may stand in the next cell of the same line.
            let line = all.iter().find(|line| line.number == item.line);
            let cells = line
                .into_iter()
                .flat_map(|line| line.printed.split('\t').skip(1));
            for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
                let at = item.line;
                _ = writeln!(
                    out,
                    "\n[[text]]\nquote = {}\nlines = [{at}, {at}]",
                    text(cell)
                );
            }
        }
        let mut ids = BTreeSet::new();
        let mut unread = 0;
        for item in items {
            let base = self.item_id(item);
            let id = unique(&base, &mut ids);
            let at = item.line;
            _ = writeln!(
                out,
                "\n[[consent]]\nid = {}\nlines = [{at}, {at}]\nquote = {}\nmode = \"implied\"",
                text(&id),
                text(&item.quote)
            );
            let mut open: Vec<&str> = Vec::new();
            for (key, values) in [
                ("data", &item.data),
                ("to", &item.to),
                ("activity", &item.activity),
            ] {
                if values.is_empty() {
                    open.push(key);
                } else {
                    _ = writeln!(out, "{key} = {}", list(values));
                }
            }
            if !item.via.is_empty() {
                _ = writeln!(out, "via = {}", list(&item.via));
            }
            _ = writeln!(out, "household = {}", item.household);
            for (key, words) in [
                ("objection", &item.objection),
                ("then", &item.then),
                ("from", &item.from),
            ] {
                if let Some(words) = words {
                    _ = writeln!(out, "{key} = {}", text(words));
                }
            }
            unread += self.left_open(&mut out, &open, &item.quote, "consent", society);
        }
        ListDraft {
            kind: DocumentKind::ConsentList,
            rule_path: format!("lists/{}-consent.toml", society.id),
            rules: out,
            text_path: format!("published/{}.txt", society.id),
            items: items.len(),
            unread,
        }
    }

    /// The list of the joint uses of a text.
    pub(super) fn joint_list(
        &self,
        society: &Society,
        printed: &str,
        uses: &[JointUse],
    ) -> ListDraft {
        let marks = uses.iter().map(|one| one.mark.as_str());
        let mut out = head(society, printed, DocumentKind::JointUse, marks);
        let quoted: Vec<u32> = uses.iter().map(|one| one.line).collect();
        out += &self.outside(printed, &quoted);
        let mut ids = BTreeSet::new();
        let mut unread = 0;
        for one in uses {
            let id = unique("joint-use", &mut ids);
            let at = one.line;
            _ = writeln!(
                out,
                "\n[[joint_use]]\nid = {}\nlines = [{at}, {at}]\nquote = {}",
                text(&id),
                text(&one.quote)
            );
            for key in ["fact", "items", "users", "purpose", "responsible"] {
                let values = one.fields.iter().filter(|(field, _, _)| *field == key);
                let values: Vec<&str> = values.map(|(_, words, _)| words.as_str()).collect();
                match values.as_slice() {
                    [] => {}
                    [words] => _ = writeln!(out, "{key} = {}", text(words)),
                    many => _ = writeln!(out, "{key} = {}", list(many)),
                }
            }
            let mut open: Vec<&str> = Vec::new();
            for (key, field, class) in [
                ("data", "items", Class::Data),
                ("party", "users", Class::Party),
                ("activity", "purpose", Class::Activity),
            ] {
                let words = one.fields.iter().filter(|(name, _, _)| *name == field);
                let words: Vec<&str> = words.map(|(_, words, _)| words.as_str()).collect();
                match self.exactly(class, &words) {
                    (true, terms) if !terms.is_empty() => {
                        _ = writeln!(out, "{key} = {}", list(&terms));
                    }
                    (_, terms) => {
                        open.push(key);
                        if !terms.is_empty() {
                            out += &begun(PROPOSED, &format!("{key} = {}", list(&terms)));
                        }
                    }
                }
            }
            unread += self.left_open(&mut out, &open, &one.quote, "joint_use", society);
        }
        ListDraft {
            kind: DocumentKind::JointUse,
            rule_path: format!("lists/{}-joint.toml", society.id),
            rules: out,
            text_path: format!("published/{}.txt", society.id),
            items: uses.len(),
            unread,
        }
    }

    /// The terms that words name, and whether each of the words is a term: 氏名 beside 健診結果 is
    /// none, and no term is taken for the whole.
    fn exactly(&self, class: Class, words: &[&str]) -> (bool, Vec<String>) {
        let vocabulary = self.engine.vocabulary();
        let mut whole = true;
        let mut terms: Vec<String> = Vec::new();
        let parts = words
            .iter()
            .flat_map(|words| words.split(['、', '，', ',', '・']));
        for part in parts.map(squeeze).filter(|part| !part.is_empty()) {
            match vocabulary.find(class, &part) {
                Some(term) => {
                    let label = vocabulary.label(term).to_owned();
                    if !terms.contains(&label) {
                        terms.push(label);
                    }
                }
                None => whole = false,
            }
        }
        (whole, terms)
    }

    /// What a person must settle, the reason, and the note on 「等」.
    fn left_open(
        &self,
        out: &mut String,
        open: &[&str],
        quote: &str,
        table: &str,
        society: &Society,
    ) -> usize {
        for key in open {
            *out += &begun(ASKED, &format!("{key} — {}", self.template.lists.unsaid));
        }
        if !open.is_empty() {
            _ = writeln!(out, "unread = {}", list(open));
        }
        let quoted = format!("「{quote}」");
        let reason = fill(&self.template.reason.word, &[("words", &quoted)]);
        _ = writeln!(out, "reason = {}", text(&reason));
        let etc = self.etc(quote);
        if !etc.is_empty() {
            let note = fill(&self.template.notes.etc, &[("words", &etc)]);
            _ = writeln!(
                out,
                "[[{table}.note]]\nkind = \"etc\"\non = {}\ntext = {}",
                society.read_on,
                text(&note)
            );
        }
        open.len()
    }

    /// The lines that are no item, with the reason.
    fn outside(&self, printed: &str, quoted: &[u32]) -> String {
        let mut spans: Vec<(u32, u32)> = Vec::new();
        let mut open = false;
        for Line { number, .. } in lines(printed) {
            if quoted.contains(&number) {
                open = false;
                continue;
            }
            match spans.last_mut().filter(|_| open) {
                Some(span) => span.1 = number,
                None => spans.push((number, number)),
            }
            open = true;
        }
        let reason = text(&self.template.lists.outside);
        let write = |(first, last): &(u32, u32)| {
            format!("\n[[left_out]]\nlines = [{first}, {last}]\nreason = {reason}\n")
        };
        spans.iter().map(write).collect()
    }

    /// A lasting id from the data and who receives it.
    fn item_id(&self, item: &ConsentItem) -> String {
        let words = self.engine.vocabulary();
        let id = |class: Class, labels: &[String]| {
            let term = labels.first().and_then(|label| words.find(class, label))?;
            Some(words.entry(term).id.clone())
        };
        match (id(Class::Data, &item.data), id(Class::Party, &item.to)) {
            (Some(data), Some(to)) => format!("{data}-to-{to}"),
            (Some(data), None) => data,
            _ => "item".to_owned(),
        }
    }
}

fn unique(base: &str, ids: &mut BTreeSet<String>) -> String {
    let mut id = base.to_owned();
    let mut numbered = (2..).map(|number| format!("{base}-{number}"));
    while !ids.insert(id.clone()) {
        id = numbered.next().unwrap_or_default();
    }
    id
}

fn head<'m>(
    society: &Society,
    printed: &str,
    kind: DocumentKind,
    marks: impl Iterator<Item = &'m str>,
) -> String {
    let mut bullets: Vec<&str> = Vec::new();
    for mark in marks.filter(|mark| !mark.is_empty()) {
        if !bullets.contains(&mark) {
            bullets.push(mark);
        }
    }
    let bullet = match bullets.as_slice() {
        [] => text(""),
        [one] => text(one),
        many => list(many),
    };
    let advice = format!(
        "原文 (published/{}.txt) は編集しない。unread に挙げたキーは、人が読みを決めて書き、unread から消す。",
        society.id
    );
    let mut out = begun(DRAFT, &advice);
    _ = writeln!(
        out,
        "\n[notice]\nkind = \"{}\"\nsociety = {}\nname = {}\nedition = {}\nundated = true\nread_on = {}\nbullet = {bullet}",
        kind.name(),
        text(&society.id),
        text(&society.name),
        text(&format!("{} 収録", society.read_on)),
        society.read_on
    );
    let digest = hex(&Sha256::digest(printed.as_bytes()));
    _ = writeln!(
        out,
        "\n[notice.text]\nfile = {}\nsha256 = {}",
        text(&format!("published/{}.txt", society.id)),
        text(&digest)
    );
    out
}
