//! What is said about fields.

use std::collections::HashSet;

use serde_json::json;

use super::{Check, Meaning, One, dictionary::Dictionary};
use crate::{Declared, Options, Register, codes};
use mokuteki::{Engine, Lang, report::words, vocabulary::Term};
use mokuteki_findings::{Diagnostic, Findings, Place, Severity, Table, Text};

/// How many fields a finding names.
const POINTED_AT: usize = 10;
/// How many fields a finding points at, of which forms for people show fewer.
const LINKED: usize = 100;

/// What was looked at, and what was found.
#[derive(Default)]
pub(super) struct Told {
    pub(super) found: Vec<Diagnostic>,
    pub(super) flows: usize,
    pub(super) fields: usize,
    /// Fields whose names are of no pattern.
    pub(super) unknown: usize,
    /// How many files were read, and how many tables and columns they have.
    pub(super) read: (usize, usize, usize),
    /// What was ignored, with its place and reason.
    pub(super) ignored: Vec<Vec<Text>>,
}

impl Told {
    /// A field that is ignored and not there.
    pub(super) fn unused(&mut self, flow: &str, name: &str, place: &Place) {
        let message = Text::new(
            format!("この流れに項目「{name}」はない"),
            format!("the flow has no field `{name}`"),
        );
        let help = Text::new("消すか、名を直す", "remove it, or correct the name");
        let code = &codes::IGNORED_FIELD_UNUSED;
        let one = Diagnostic::new(code, place.clone(), flow, message, help);
        self.found.push(one.with_detail(name));
    }

    /// A field that a pattern of the team says to carry no personal data.
    pub(super) fn said_to_be_none(&mut self, dictionary: &Dictionary, pattern: usize, one: &One) {
        let Some(pattern) = dictionary.all.get(pattern) else {
            return;
        };
        let place = pattern.place.as_ref().map(Place::shown);
        let place = Text::same(place.unwrap_or_default());
        let row = vec![place, Text::same(&one.name), pattern.label.clone()];
        self.ignored.push(row);
    }

    /// Adds all of it to the findings of an audit.
    pub(super) fn say(self, findings: &mut Findings, register: &Register) {
        let patterns = register.field_patterns().len();
        let Self {
            found,
            flows,
            fields,
            unknown,
            read: (files, tables, columns),
            mut ignored,
        } = self;
        findings.diagnostics.extend(found);
        let mut seen = HashSet::new();
        ignored.retain(|row| seen.insert(row.clone()));
        if flows == 0 && files == 0 && patterns == 0 {
            return;
        }
        let (known, silent) = (fields - unknown, ignored.len());
        findings.facts.push((
            Text::new("項目", "fields"),
            Text::new(
                format!("流れ {flows}、ファイル {files} (表 {tables}、列 {columns})、項目 {fields} (パターンに当たるもの {known}、当たらないもの {unknown}、除いたもの {silent})"),
                format!("flows {flows}, files {files} (tables {tables}, columns {columns}), fields {fields} (of a pattern {known}, of none {unknown}, ignored {silent})"),
            ),
        ));
        findings.tables.push(Table {
            title: Text::new("所見から除いた項目", "Fields that are no finding"),
            columns: vec![
                Text::new("場所", "place"),
                Text::new("項目", "field"),
                Text::new("理由", "reason"),
            ],
            rows: ignored,
        });
        let data = json!({
            "flows": flows, "files": files, "tables": tables, "columns": columns, "fields": fields, "known": known, "unknown": unknown,
            "ignored": silent, "team_patterns": patterns,
        });
        findings.data.insert("fields".to_owned(), data);
    }
}

impl Check<'_> {
    /// A kind that a flow does not declare and whose fields it carries; `None` is 個人番号.
    pub(super) fn undeclared(
        &self,
        flow: &Declared,
        kind: Option<Term>,
        fields: &[(&One, usize)],
        options: &Options,
    ) -> Diagnostic {
        let names: Vec<&str> = fields.iter().map(|(one, _)| one.name.as_str()).collect();
        let listed = |lang: Lang| {
            let shown = names.iter().take(POINTED_AT);
            let shown = shown.copied().collect::<Vec<_>>();
            let more = names.len() - shown.len();
            let shown = shown.join(lang.pick("、", ", "));
            match more {
                0 => shown,
                _ => lang.pick(
                    format!("{shown} ほか {more}"),
                    format!("{shown} and {more} more"),
                ),
            }
        };
        let said = |lang: Lang| match kind {
            Some(term) => words::term(self.engine, term, lang),
            None => lang
                .pick("個人番号", "個人番号 (Individual Number)")
                .to_owned(),
        };
        let message = Text::of(|lang| {
            lang.pick(
                format!(
                    "流れが宣言していない{}の項目がある: {}",
                    quoted(&said(lang)),
                    listed(lang)
                ),
                format!(
                    "carries fields of a kind that it does not declare, {}: {}",
                    said(lang),
                    listed(lang)
                ),
            )
        });
        let (code, help) = match kind {
            None => (
                &codes::UNDECLARED_MY_NUMBER,
                Text::new(
                    "my_number = true を宣言して判定を受けるか、項目を除く。個人番号でなければ ignore_fields に理由とともに書く",
                    "declare my_number = true and have it decided, or drop the field; if it is none, name it in ignore_fields with the reason",
                ),
            ),
            Some(_) => (
                &codes::UNDECLARED_FIELD,
                Text::new(
                    "data に加えて判定を受けるか、項目を除く。違うものなら ignore_fields に理由とともに書く",
                    "add it to data and have it decided, or drop the field; if it is something else, name it in ignore_fields with the reason",
                ),
            ),
        };
        let place = fields
            .first()
            .map_or_else(|| flow.place(), |(one, _)| &one.asked);
        let key = kind.map_or("my_number", |term| self.engine.vocabulary().label(term));
        let mut found = Diagnostic::new(code, place.clone(), flow.id(), message, help);
        found = found.with_key("kind", key);
        if options.fail_on.iter().any(|name| name == code.name) {
            found.severity = Severity::Error;
        }
        found.notes.extend(self.reasons(fields));
        found
            .notes
            .extend(decided(self.engine, flow, kind, options));
        let mut names = names.clone();
        names.sort_unstable();
        names.dedup();
        found.detail = format!("{} {}", said(Lang::Ja), names.join(" "));
        for (one, _) in fields.iter().take(LINKED) {
            let place = one.place.as_ref().unwrap_or(&one.asked);
            if *place != found.place {
                let name = match &one.label {
                    Some(label) => format!("{} ({label})", one.name),
                    None => one.name.clone(),
                };
                found = found.with_related(place.clone(), Text::same(name));
            }
        }
        found
    }

    /// What the patterns of the fields say, each once.
    fn reasons(&self, fields: &[(&One, usize)]) -> Vec<Text> {
        let mut patterns: Vec<usize> = fields.iter().map(|(_, pattern)| *pattern).collect();
        patterns.sort_unstable();
        patterns.dedup();
        let said = patterns.into_iter().filter_map(|at| {
            debug_assert!(!matches!(self.meanings.get(at), Some(Meaning::Unknown)));
            let pattern = self.dictionary.all.get(at)?;
            let of = fields.iter().filter(|(_, pattern)| *pattern == at);
            let names = of.map(|(one, _)| one.name.as_str()).take(POINTED_AT);
            let names = names.collect::<Vec<_>>().join(", ");
            Some(Text::of(|lang| {
                lang.pick(
                    format!("{names} は「{}」と読んだ", pattern.label.ja),
                    format!("{names}: read as {}", pattern.label.en),
                )
            }))
        });
        said.collect()
    }
}

fn quoted(text: &str) -> String {
    format!("「{text}」")
}

/// What the flow would be with what it does not declare.
fn decided(
    engine: &Engine,
    flow: &Declared,
    kind: Option<Term>,
    options: &Options,
) -> Option<Text> {
    let data = flow.data();
    let mut spec = flow.spec(&data);
    let as_of = options.as_of.map(|day| day.to_string());
    spec.as_of = as_of.as_deref().unwrap_or(spec.as_of);
    let first = engine.flows(&spec).ok()?.into_iter().next()?;
    let with = match kind {
        Some(term) => first.with_data(term)?,
        None => first.with_my_number(true),
    };
    let verdict = engine.explain(&with).verdict();
    Some(Text::of(|lang| {
        let verdict = words::verdict(verdict, lang);
        lang.pick(
            format!("宣言すれば、その種類についての判定は {verdict}"),
            format!("declared, it would be decided as {verdict}"),
        )
    }))
}
