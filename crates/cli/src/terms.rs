//! `mokuteki terms`: the vocabulary.

use std::io::{self, Write};

use clap::Args as ClapArgs;
use clap_complete::engine::ArgValueCandidates;
use mokuteki::{
    Engine, text,
    vocabulary::{Class, Term},
};
use serde_json::json;

use super::{Status, args::Format, completions::words, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct TermsArgs {
    /// data, subject, party, relation, activity or channel; all when not given
    #[arg(add = ArgValueCandidates::new(|| words(&["data", "subject", "party", "relation", "activity", "channel"])))]
    class: Option<String>,
    /// Part of a term, synonym or id
    query: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(engine: &Engine, args: &TermsArgs, terminal: &Terminal) -> io::Result<Status> {
    let vocabulary = engine.vocabulary();
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
        let entry = vocabulary.entry(*term);
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
        for term in vocabulary.terms_of(class).filter(fits) {
            found += 1;
            let entry = vocabulary.entry(term);
            if args.format == Format::Json {
                let parent = entry.parent.map(|parent| vocabulary.label(parent));
                let record = json!({
                    "class": class.name(), "id": entry.id, "label": entry.label, "en": entry.en, "parent": parent,
                    "synonyms": entry.synonyms, "apart": entry.apart, "sensitive": entry.sensitive, "note": entry.note,
                });
                writeln!(out, "{record}")?;
                continue;
            }
            let depth = vocabulary.lineage(term).count().saturating_sub(1);
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
            .flat_map(|class| vocabulary.terms_of(class))
            .map(|term| vocabulary.entry(term));
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
