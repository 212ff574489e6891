//! `mokuteki societies`, `terms` and `law`: looking things up.

use std::io::{self, Write};

use mokuteki::{
    Day, Engine, Lang,
    flow::{FlowError, FlowErrorReason, FlowErrors},
    law::{CitationError, DatedCitation, Law, Printed, Provision, ProvisionId},
    report, text,
    vocabulary::{Class, Term},
};
use serde_json::json;

use super::{
    Status,
    args::{Format, LawArgs, List, Terms},
    terminal::Terminal,
};

pub(crate) fn societies(engine: &Engine, list: &List, terminal: &Terminal) -> io::Result<Status> {
    let mut out = terminal.stdout();
    for notice in engine.notices() {
        match list.format {
            Format::Json => {
                let record = json!({
                    "society": notice.society, "name": notice.name, "edition": notice.edition,
                    "from": notice.period.from.map(|day| day.to_string()), "until": notice.period.until.map(|day| day.to_string()),
                    "undated": notice.undated, "purposes": notice.purposes.len(), "clauses": notice.clauses.len(),
                    "text": notice.text_file, "digest": notice.digest,
                });
                writeln!(out, "{record}")?;
            }
            Format::Human => {
                let dates = match (notice.undated, notice.period.from, notice.period.until) {
                    (true, ..) => terminal.lang.pick("日付不明", "undated").to_owned(),
                    (false, from, until) => period(from, until),
                };
                let counts = terminal.lang.pick(
                    format!(
                        "目的 {} 事例 {}",
                        notice.purposes.len(),
                        notice.clauses.len()
                    ),
                    format!(
                        "{} purposes, {} clauses",
                        notice.purposes.len(),
                        notice.clauses.len()
                    ),
                );
                writeln!(
                    out,
                    "{}  {}  「{}」 {dates}  {counts}  sha256:{}",
                    notice.society, notice.name, notice.edition, notice.digest
                )?;
            }
        }
    }
    Ok(Status::Clean)
}

pub(crate) fn terms(engine: &Engine, args: &Terms, terminal: &Terminal) -> io::Result<Status> {
    let words = engine.vocabulary();
    let named = args
        .class
        .as_deref()
        .and_then(|name| Class::ALL.into_iter().find(|class| class.name() == name));
    // One argument that is no class is what to look for.
    let (classes, query) = match (named, &args.class, &args.query) {
        (Some(class), _, query) => (vec![class], query.as_deref()),
        (None, Some(word), None) => (Class::ALL.to_vec(), Some(word.as_str())),
        (None, None, query) => (Class::ALL.to_vec(), query.as_deref()),
        (None, Some(word), Some(_)) => {
            let known = Class::ALL.map(Class::name).join(", ");
            terminal.fail(
                &terminal.lang.pick(
                    format!("語彙の種類ではない (次のどれか: {known})"),
                    format!("no such class (one of: {known})"),
                ),
                word,
            );
            return Ok(Status::DoesNotCheck);
        }
    };
    let query = query.map(text::normalize);
    let fits = |term: &Term| {
        let entry = words.entry(*term);
        let mut names = [&entry.id, &entry.label, &entry.en]
            .into_iter()
            .chain(&entry.synonyms);
        query
            .as_ref()
            .is_none_or(|query| names.any(|name| text::normalize(name).contains(query.as_ref())))
    };
    let mut out = terminal.stdout();
    let mut found = 0;
    for class in classes {
        for term in words.terms_of(class).filter(fits) {
            found += 1;
            let entry = words.entry(term);
            if args.format == Format::Json {
                let parent = entry.parent.map(|parent| words.label(parent));
                let record = json!({
                    "class": class.name(), "id": entry.id, "label": entry.label, "en": entry.en, "parent": parent,
                    "synonyms": entry.synonyms, "apart": entry.apart, "sensitive": entry.sensitive, "note": entry.note,
                });
                writeln!(out, "{record}")?;
                continue;
            }
            let depth = words.lineage(term).count().saturating_sub(1);
            let synonyms = if entry.synonyms.is_empty() {
                String::new()
            } else {
                format!("  = {}", entry.synonyms.join("、"))
            };
            let apart = if entry.apart.is_empty() {
                String::new()
            } else {
                format!("  ≠ {}", entry.apart.join("、"))
            };
            writeln!(
                out,
                "{}  {}{} ({}, {}){synonyms}{apart}",
                class.name(),
                "  ".repeat(depth),
                entry.label,
                entry.id,
                entry.en
            )?;
        }
    }
    if found == 0 {
        let wanted = query.unwrap_or_default();
        // Over all classes at once: the nearest of them all comes first.
        let entries = Class::ALL
            .into_iter()
            .flat_map(|class| words.terms_of(class))
            .map(|term| words.entry(term));
        let names = entries.flat_map(|entry| std::iter::once(&entry.label).chain(&entry.synonyms));
        let near = text::nearest(&wanted, names.map(String::as_str), 3);
        terminal.fail(
            terminal.lang.pick("当たる語がない", "no such term"),
            &wanted,
        );
        terminal.help(&if near.is_empty() {
            let all = "mokuteki terms";
            terminal.lang.pick(
                format!("`{all}` がすべての語を示す"),
                format!("`{all}` lists every term"),
            )
        } else {
            let list = format!("`{}`", near.join("`, `"));
            terminal.lang.pick(
                format!("もしかして: {list}"),
                format!("did you mean {list}?"),
            )
        });
        return Ok(Status::DoesNotCheck);
    }
    Ok(Status::Clean)
}

pub(crate) fn law(engine: &Engine, args: &LawArgs, terminal: &Terminal) -> io::Result<Status> {
    let law = engine.law();
    let Some(query) = args.query.as_deref() else {
        return provisions(law, law.provisions(), args.format, terminal);
    };
    let Some(day) = terminal.day(args.as_of.as_deref()) else {
        return Ok(Status::DoesNotCheck);
    };
    let none: &[Printed] = &[];
    match law.resolve(query, day, none) {
        Ok(cited) => {
            let found = law
                .provision(cited.provision())
                .map(|provision| (cited.provision(), provision));
            provisions(law, found.into_iter(), args.format, terminal)
        }
        Err(error) => {
            // Not a citation: a word to look for.
            let wanted = text::normalize(query);
            let fits = |provision: &Provision| {
                [&provision.id, &provision.content, &provision.en]
                    .into_iter()
                    .any(|name| text::normalize(name).contains(wanted.as_ref()))
            };
            let statute = |id: ProvisionId| {
                law.statute(id).is_some_and(|statute| {
                    [&statute.name, &statute.full_name]
                        .into_iter()
                        .chain(&statute.abbreviations)
                        .any(|name| text::normalize(name) == wanted)
                })
            };
            let found: Vec<_> = law
                .provisions()
                .filter(|(id, provision)| fits(provision) || statute(*id))
                .collect();
            if matches!(error, CitationError::Malformed(_)) && !found.is_empty() {
                return provisions(law, found.into_iter(), args.format, terminal);
            }
            let (content, content_en) = match &error {
                CitationError::NotInForce { named, .. } => law
                    .provision(*named)
                    .map(|named| (named.content.clone(), named.en.clone()))
                    .unwrap_or_default(),
                _ => Default::default(),
            };
            let reason = FlowErrorReason::Citation {
                error,
                content,
                content_en,
                day: Some(day),
            };
            let errors = FlowErrors::from(FlowError {
                field: "basis",
                value: query.to_owned(),
                reason,
            });
            io::stderr().write_all(report::render_errors(&errors, terminal.lang).as_bytes())?;
            Ok(Status::DoesNotCheck)
        }
    }
}

fn provisions<'l>(
    law: &Law,
    found: impl Iterator<Item = (ProvisionId, &'l Provision)>,
    format: Format,
    terminal: &Terminal,
) -> io::Result<Status> {
    let mut out = terminal.stdout();
    for (id, provision) in found {
        let name = law
            .statute(id)
            .map(|statute| statute.name.as_str())
            .unwrap_or_default();
        if format == Format::Json {
            let citations: Vec<_> = provision.citations.iter().map(|citation| json!({
                "citation": format!("{name}{}", citation.at),
                "from": citation.period.from.map(|day| day.to_string()), "until": citation.period.until.map(|day| day.to_string()),
                "from_memory": citation.memory, "source": citation.source,
            })).collect();
            let record = json!({
                "id": provision.id, "statute": name, "content": provision.content, "en": provision.en,
                "note": provision.note, "citations": citations,
            });
            writeln!(out, "{record}")?;
            continue;
        }
        writeln!(
            out,
            "{}  {}",
            provision.id,
            terminal.lang.pick(&provision.content, &provision.en)
        )?;
        for citation in &provision.citations {
            writeln!(
                out,
                "    {name}{}  {}{}",
                citation.at,
                period(citation.period.from, citation.period.until),
                memory(citation, terminal.lang)
            )?;
        }
        if let Some(note) = &provision.note {
            writeln!(out, "    {}: {note}", terminal.lang.pick("注", "note"))?;
        }
    }
    Ok(Status::Clean)
}

/// What of a citation is from memory, not seen in a source.
pub(crate) fn memory(citation: &DatedCitation, lang: Lang) -> String {
    if citation.memory.is_empty() {
        return String::new();
    }
    let list = citation.memory.join(", ");
    lang.pick(
        format!("  (未確認: {list})"),
        format!("  (from memory: {list})"),
    )
}

/// A period as a first and a last day.
pub(crate) fn period(from: Option<Day>, until: Option<Day>) -> String {
    let from = from.map(|day| day.to_string()).unwrap_or_default();
    let last = until
        .map(|day| day.before().to_string())
        .unwrap_or_default();
    format!("{from} – {last}")
}
