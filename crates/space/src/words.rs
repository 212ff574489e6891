//! Answers and differences for people, as text and as Markdown.

use std::fmt::Write;

use super::{
    ask::Answers,
    diff::{Change, Diff, Kind},
    matching::Fate,
    record::AnswerRecord,
    set::Product,
    side::Side,
    sweep::Answer,
    universe::Universe,
};
use mokuteki::{
    Verdict,
    problem::Lang,
    report::{ClauseRecord, words},
};

/// Text for a terminal, or Markdown for a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are no other forms")]
pub enum Form {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

/// How people read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// The form.
    pub form: Form,
    /// Whether every box is told, not the first few.
    pub all: bool,
}

/// How many boxes of one change are told where not all are asked for.
const FEW: usize = 3;

impl Style {
    pub(super) fn head(self, level: usize, text: &str) -> String {
        match self.form {
            Form::Markdown => format!("{} {text}\n\n", "#".repeat(level)),
            Form::Text if level < 3 => format!("{text}\n"),
            Form::Text => format!("\n{text}\n"),
        }
    }

    pub(super) fn item(self, depth: usize, text: &str) -> String {
        match self.form {
            Form::Markdown => format!("{}- {text}\n", "  ".repeat(depth)),
            Form::Text => format!("{}{text}\n", "  ".repeat(depth + 1)),
        }
    }

    pub(super) fn end(self) -> &'static str {
        match self.form {
            Form::Markdown => "\n",
            Form::Text => "",
        }
    }

    fn boxes(self, out: &mut String, universe: &Universe<'_>, boxes: &[Product], whole: &Product) {
        let most = if self.all { boxes.len() } else { FEW };
        let every = self
            .lang
            .pick("尋ねた流れのすべて", "every flow asked about");
        for one in boxes.iter().take(most) {
            let told = universe.describe(one, whole);
            let told: Vec<String> = told.iter().map(|one| one.text(self.lang)).collect();
            let line = if told.is_empty() {
                every.to_owned()
            } else {
                told.join(" / ")
            };
            out.push_str(&self.item(1, &line));
        }
        if boxes.len() > most {
            let more = boxes.len() - most;
            let line = self.lang.pick(
                format!("ほかに {more} 組 (--all で示す)"),
                format!("{more} more (--all shows them)"),
            );
            out.push_str(&self.item(1, &line));
        }
        if let Some(first) = boxes.first() {
            let fields = universe.fields(&universe.example(first));
            let fields: Vec<String> = fields
                .iter()
                .map(|(field, value)| format!("{field}={value}"))
                .collect();
            let name = self.lang.pick("例", "for example");
            out.push_str(&self.item(1, &format!("{name}: {}", fields.join(" "))));
        }
    }
}

fn mark_of(answer: Answer, lang: Lang) -> &'static str {
    match answer {
        Answer::NotWorkedOut => lang.pick(
            "? 判定していない (流れの類が多すぎる。項目を定めて問う)",
            "? not worked out (too many classes of flows: ask with more of the fields given)",
        ),
        answer => mark(answer.verdict(), lang),
    }
}

fn mark(verdict: Option<Verdict>, lang: Lang) -> &'static str {
    match verdict {
        Some(Verdict::Exempt) => lang.pick("– 個人データでない", "– exempt"),
        Some(Verdict::Permitted) => lang.pick("○ 目的内", "○ permitted"),
        Some(Verdict::Conditional) => lang.pick("△ 条件付き", "△ conditional"),
        Some(Verdict::OutOfScope) => lang.pick("× 目的外", "× out of scope"),
        Some(Verdict::Prohibited) => lang.pick("禁 法令により不可", "禁 prohibited"),
        None => lang.pick("! 引用が読めない", "! the basis cannot be read"),
    }
}

fn sentence(clause: Option<&ClauseRecord>, lang: Lang) -> String {
    clause.map_or_else(
        || lang.pick("当たる事例なし", "no clause").to_owned(),
        |clause| format!("{} 「{}」", clause.label, clause.quote),
    )
}

fn flows(count: u128, lang: Lang) -> String {
    lang.pick(format!("{count} 通り"), format!("{count} flows"))
}

fn title(side: &Side<'_>) -> String {
    let edition = side.notice().map(|notice| {
        let name = notice.name.as_str();
        format!(" {name}「{}」", notice.edition)
    });
    format!(
        "{}{} {}",
        side.society(),
        edition.unwrap_or_default(),
        side.day()
    )
}

impl Answers<'_> {
    /// For people.
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        let lang = style.lang;
        let mut out = style.head(2, &title(self.side()));
        for group in &self.groups {
            let record = self.side().answer(group.answer);
            let head = format!(
                "{}  {}  ({})",
                mark_of(group.answer, lang),
                sentence(record.clause.as_ref(), lang),
                flows(group.count, lang)
            );
            out.push_str(&style.head(3, &head));
            style.boxes(&mut out, self.universe(), &group.boxes, self.asked());
            for (dimension, terms) in self.limited_to(group) {
                let name = dimension.label(lang);
                let terms = words::terms(self.side().engine, &terms, lang);
                let head = lang.pick("この用途に限る", "limited to");
                out.push_str(&style.item(1, &format!("{head}: {name}={terms}")));
            }
            out.push_str(style.end());
        }
        out
    }
}

impl Diff<'_> {
    /// For people: what a reviewer of a change of rules reads.
    #[must_use]
    pub fn render(&self, style: Style) -> String {
        let lang = style.lang;
        let [left, right] = self.sides();
        let mut out = style.head(2, &format!("{} → {}", title(left), title(right)));
        if self.is_equal() {
            let line = lang.pick(
                "どの流れの判定も、決める事例も、根拠も変わらない",
                "every flow is decided in the same way, by the same clause, on the same ground",
            );
            out.push_str(&style.item(0, line));
        } else {
            self.counts(style, &mut out);
        }
        self.fates(style, &mut out);
        self.other_conditions(style, &mut out);
        self.only_one(style, &mut out);
        self.cited(style, &mut out);
        let mut at = 0;
        while let Some(first) = self.changes.get(at) {
            let same = |change: &&Change| {
                change.kind == first.kind
                    && change.answers.map(Answer::clause) == first.answers.map(Answer::clause)
            };
            let count = self.changes.iter().skip(at).take_while(same).count();
            let changes = self.changes.get(at..at + count).unwrap_or_default();
            self.clause_pair(style, changes, &mut out);
            at += count.max(1);
        }
        out
    }

    fn counts(&self, style: Style, out: &mut String) {
        for kind in Kind::ALL {
            let of_kind = self.changes.iter().filter(|change| change.kind == kind);
            let count: u128 = of_kind.clone().map(|change| change.count).sum();
            if count > 0 {
                let line = format!("{}: {}", kind.name(style.lang), flows(count, style.lang));
                out.push_str(&style.item(0, &line));
            }
        }
    }

    fn fates(&self, style: Style, out: &mut String) {
        let lang = style.lang;
        let changed = self
            .clauses
            .iter()
            .filter(|change| change.fate != Fate::Same);
        let mut head = true;
        for change in changed {
            if std::mem::take(&mut head) {
                out.push_str(style.end());
                out.push_str(&style.head(3, lang.pick("事例", "clauses")));
            }
            let record = self.fate(change);
            let both = match (&record.left, &record.right) {
                (Some(one), Some(other)) if one.quote == other.quote => {
                    format!("{} → {} 「{}」", one.label, other.label, one.quote)
                }
                (Some(one), Some(other)) => format!(
                    "{} → {}",
                    sentence(Some(one), lang),
                    sentence(Some(other), lang)
                ),
                (one, other) => sentence(one.as_ref().or(other.as_ref()), lang),
            };
            out.push_str(&style.item(0, &format!("{}: {both}", change.fate.name(lang))));
            if change.fate == Fate::Reread {
                for facet in self.reading(change) {
                    out.push_str(&style.item(1, &facet.text(lang)));
                }
            }
        }
    }

    fn only_one(&self, style: Style, out: &mut String) {
        let lang = style.lang;
        let names = [
            lang.pick("左にだけある語", "terms of the left side only"),
            lang.pick("右にだけある語", "terms of the right side only"),
        ];
        for (name, terms) in names.into_iter().zip(self.universe().only()) {
            if !terms.is_empty() {
                let listed: Vec<&str> = terms.iter().map(|one| one.label.as_str()).collect();
                out.push_str(style.end());
                out.push_str(&style.head(3, name));
                out.push_str(&style.item(0, &listed.join(lang.pick("・", ", "))));
            }
        }
    }

    fn cited(&self, style: Style, out: &mut String) {
        let lang = style.lang;
        if self.citations.is_empty() {
            return;
        }
        out.push_str(style.end());
        out.push_str(&style.head(
            3,
            lang.pick("指すものが変わる引用", "citations that name something else"),
        ));
        for change in &self.citations {
            let content = |content: &Option<(String, String)>| {
                let none = lang.pick("(なし)", "(nothing)").to_owned();
                content
                    .as_ref()
                    .map_or(none, |(ja, en)| lang.pick(ja, en).clone())
            };
            let [left, right] = &change.contents;
            let line = format!("{}: {} → {}", change.text, content(left), content(right));
            out.push_str(&style.item(0, &line));
        }
    }

    fn clause_pair(&self, style: Style, changes: &[Change], out: &mut String) {
        let lang = style.lang;
        let Some(first) = changes.first() else { return };
        let [one, other] = self.answers(first);
        let head = format!(
            "{}: {} → {}",
            first.kind.name(lang),
            sentence(one.clause.as_ref(), lang),
            sentence(other.clause.as_ref(), lang)
        );
        out.push_str(style.end());
        out.push_str(&style.head(3, &head));
        for change in changes {
            let [one, other] = self.answers(change);
            let ground = |answer: &AnswerRecord| {
                let ground = answer.ground.as_ref().map(|ground| format!(" [{ground}]"));
                let stale = if answer.stale {
                    " [stale-citation]"
                } else {
                    ""
                };
                format!("{}{stale}", ground.unwrap_or_default())
            };
            let [left, right] = change.answers.map(|answer| mark_of(answer, lang));
            let mut line = String::new();
            _ = write!(
                line,
                "{left}{} → {right}{} ({})",
                ground(&one),
                ground(&other),
                flows(change.count, lang)
            );
            out.push_str(&style.item(0, &line));
            style.boxes(out, self.universe(), &change.boxes, self.asked());
        }
    }
}
