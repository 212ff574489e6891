//! Decisions as people read them.

use std::fmt::Write as _;

use super::{Lang, words};
use crate::{
    decision::Decision,
    flow::{FlowError, FlowErrors},
    notice::Clause,
    problem::Finding,
};

/// How many near misses are shown; the record has them all.
const SHOWN: usize = 3;

/// A decision as text: the verdict first, then the sentence, what is asked, and where it is from.
#[must_use]
pub fn render(decision: &Decision<'_>, lang: Lang) -> String {
    let mut page = Page {
        text: String::new(),
        lang,
    };
    let verdict = words::verdict_of(decision, lang);
    let society = decision
        .notice()
        .map(|notice| notice.society.as_str())
        .unwrap_or_default();
    match decision.clause() {
        Some(clause) => page.line(&format!(
            "{verdict}  {society} {} 「{}」",
            clause.label, clause.quote
        )),
        None => page.line(verdict),
    }
    page.flow(decision);
    if let Some(clause) = decision.clause() {
        page.clause(decision, clause);
    }
    for condition in decision.conditions() {
        let head = lang.pick("条件 (次のいずれか)", "to be declared (any one of)");
        let ways = condition
            .any_of
            .iter()
            .map(|ask| words::ask(decision, condition.kind, ask, lang))
            .collect::<Vec<_>>();
        page.list(
            head,
            if ways.is_empty() {
                vec![words::condition(decision, condition, lang)]
            } else {
                ways
            },
        );
    }
    page.list(
        lang.pick("義務", "duties"),
        decision
            .duties()
            .map(|duty| words::duty(decision, duty, lang)),
    );
    let remarks = decision.remarks().iter();
    page.list(
        lang.pick("所見", "findings"),
        remarks.map(|remark| {
            format!(
                "[{}] {}",
                remark.code(),
                super::remark(decision, remark, lang)
            )
        }),
    );
    page.otherwise(decision);
    page.why_not(decision);
    page.rules(decision);
    page.text
}

/// The errors of a flow as text.
#[must_use]
pub fn render_errors(errors: &FlowErrors, lang: Lang) -> String {
    let mut text = String::new();
    for error in errors.iter() {
        let _ = writeln!(text, "{}", error.render(lang));
    }
    text
}

impl Finding for FlowError {
    fn code(&self) -> &'static str {
        Self::code(self)
    }

    /// Nothing: a flow that a program hands in stands nowhere; who read it from a file knows the line.
    fn place(&self) -> String {
        String::new()
    }

    fn message(&self, lang: Lang) -> String {
        words::error(self, lang)
    }

    fn help(&self, lang: Lang) -> String {
        words::help(self, lang)
    }
}

struct Page {
    text: String,
    lang: Lang,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn field(&mut self, name: &str, value: &str) {
        self.line(&format!("  {name}: {value}"));
    }

    fn list(&mut self, name: &str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.line(&format!("  {name}:"));
        }
        items.for_each(|item| self.line(&format!("    - {item}")));
    }

    fn flow(&mut self, decision: &Decision<'_>) {
        let engine = decision.engine();
        let flow = decision.flow();
        let lang = self.lang;
        let term = |term| words::term(engine, term, lang);
        let mut parts = vec![
            format!("{}={}", lang.pick("データ", "data"), term(flow.data())),
            format!("{}→{}", term(flow.sender()), term(flow.recipient())),
        ];
        let form = engine.vocabulary().form(flow.form());
        if flow.form() != crate::vocabulary::Form::default()
            && let Some(form) = form
        {
            parts.push(lang.pick(&form.label, &form.en).clone());
        }
        let optional = [
            flow.subject(),
            flow.relation(),
            flow.activity(),
            flow.channel(),
        ];
        parts.extend(optional.into_iter().flatten().map(term));
        if let Some(cited) = flow.basis() {
            parts.push(engine.law().print(cited.provision(), cited.place()));
        }
        parts.extend(flow.no_ground().map(|law| law.text().to_owned()));
        if flow.my_number {
            parts.push(
                lang.pick("個人番号を含む", "carries the Individual Number")
                    .to_owned(),
            );
        }
        if flow.consent != crate::grounds::Consent::None {
            parts.push(format!("consent={}", flow.consent.word()));
        }
        if !flow.abroad.word().is_empty() {
            parts.push(format!("abroad={}", flow.abroad.word()));
        }
        self.field(lang.pick("流れ", "flow"), &parts.join(" / "));
        self.field(lang.pick("基準日", "as of"), &flow.day().to_string());
    }

    fn clause(&mut self, decision: &Decision<'_>, clause: &Clause) {
        let lang = self.lang;
        if let Some(purpose) = decision.purpose() {
            self.field(lang.pick("利用目的", "purpose"), &purpose.shown());
        }
        if !clause.section.is_empty() {
            self.field(lang.pick("区分", "section"), &clause.section);
        }
        let file = decision
            .notice()
            .map(|notice| notice.text_file.as_str())
            .unwrap_or_default();
        let (first, last) = clause.lines;
        let lines = if first == last {
            first.to_string()
        } else {
            format!("{first}-{last}")
        };
        self.field(lang.pick("出典", "source"), &format!("{file}:{lines}"));
        if let Some(ground) = decision.ground() {
            self.field(
                lang.pick("根拠", "ground"),
                &words::ground(decision, ground, lang),
            );
        }
        let limits = decision.limited_to().iter().map(|(field, terms)| {
            format!(
                "{} = {}",
                field.label(lang),
                words::terms(decision.engine(), terms, lang)
            )
        });
        self.list(lang.pick("この用途に限る", "limited to"), limits);
        let also = decision
            .also()
            .map(|clause| format!("{} 「{}」", clause.label, clause.quote));
        self.list(lang.pick("他に当たる事例", "also covered by"), also);
    }

    fn otherwise(&mut self, decision: &Decision<'_>) {
        let lang = self.lang;
        let law = decision.engine().law();
        let cited = |id: &crate::law::ProvisionId| {
            let content = law
                .provision(*id)
                .map(|provision| lang.pick(&provision.content, &provision.en).clone());
            format!(
                "{} ({})",
                law.cite(*id, decision.flow().day()),
                content.unwrap_or_default()
            )
        };
        self.list(
            lang.pick("禁じる条項", "forbidden by"),
            decision.prohibited_by().iter().map(cited),
        );
        let items = decision.lawful_otherwise().iter().map(cited);
        let head = lang.pick(
            "公表の外だが法令が認め得る (人が判断する)",
            "outside the notice, yet a statute may allow it (a person decides)",
        );
        self.list(head, items);
    }

    fn why_not(&mut self, decision: &Decision<'_>) {
        let lang = self.lang;
        let misses = decision.nearest();
        let shown = misses.iter().take(SHOWN);
        let shown = shown.filter_map(|miss| words::near_miss(decision, miss, lang));
        let shown: Vec<String> = shown.collect();
        self.list(lang.pick("近い事例", "nearest clauses"), shown);
        if misses.len() > SHOWN {
            let more = misses.len() - SHOWN;
            self.line(&lang.pick(
                format!("    (他に {more} 件)"),
                format!("    ({more} more)"),
            ));
        }
    }

    fn rules(&mut self, decision: &Decision<'_>) {
        let lang = self.lang;
        let Some(notice) = decision.notice() else {
            let none = lang.pick(
                "この日に有効な公表文書がない",
                "no notice is in force on this day",
            );
            return self.field(lang.pick("規則", "rules"), none);
        };
        let dates = match (notice.undated, notice.period.from, notice.period.until) {
            (true, from, _) => {
                let from = from.map(|day| day.to_string()).unwrap_or_default();
                lang.pick(
                    format!("日付不明 (undated)。{from} から有効とみなす"),
                    format!("undated, taken as in force from {from} on"),
                )
            }
            (false, from, until) => {
                let bound =
                    |day: Option<crate::Day>| day.map(|day| day.to_string()).unwrap_or_default();
                format!("{} – {}", bound(from), bound(until))
            }
        };
        let digest = notice.digest.get(..16).unwrap_or_default();
        self.field(
            lang.pick("規則", "rules"),
            &format!(
                "{} 「{}」 {dates} sha256:{digest}",
                notice.name, notice.edition
            ),
        );
    }
}
