//! `mokuteki terms`: the words that a flow may use, and what the rules say of each once for all notices.

use std::io::{self, Write};

use clap::Args as ClapArgs;
use clap_complete::engine::ArgValueCandidates;
use mokuteki::{
    Engine, Lang, text,
    vocabulary::{Class, Entry, Following, FormEntry, Term, Treatment, Vocabulary},
};
use serde_json::json;

use super::{Status, args::Format, completions::words, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct TermsArgs {
    /// data, subject, party, relation, activity, channel or form; all when not given
    #[arg(add = ArgValueCandidates::new(|| words(&["data", "subject", "party", "relation", "activity", "channel", "form"])))]
    class: Option<String>,
    /// Part of a term, synonym or id
    query: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// The name of the forms, which are no class of terms.
const FORM: &str = "form";

/// What is looked for.
struct Wanted<'a> {
    classes: Vec<Class>,
    forms: bool,
    query: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// `None` where a class is named that there is not. One argument that is no class is what to look for.
    fn new(args: &'a TermsArgs) -> Option<Self> {
        let all = |query| Self {
            classes: Class::ALL.to_vec(),
            forms: true,
            query,
        };
        let query = args.query.as_deref();
        let Some(name) = args.class.as_deref() else {
            return Some(all(query));
        };
        let named = Class::ALL.into_iter().find(|class| class.name() == name);
        if named.is_some() || name == FORM {
            return Some(Self {
                classes: named.into_iter().collect(),
                forms: name == FORM,
                query,
            });
        }
        query.is_none().then(|| all(Some(name)))
    }
}

pub(crate) fn run(engine: &Engine, args: &TermsArgs, terminal: &Terminal) -> io::Result<Status> {
    let vocabulary = engine.vocabulary();
    let Some(wanted) = Wanted::new(args) else {
        let names = Class::ALL.into_iter().map(Class::name).chain([FORM]);
        let known = names.collect::<Vec<_>>().join(", ");
        terminal.fail(
            &terminal.lang.pick(
                format!("語彙の種類ではない (次のどれか: {known})"),
                format!("no such class (one of: {known})"),
            ),
            args.class.as_deref().unwrap_or_default(),
        );
        return Ok(Status::DoesNotCheck);
    };
    let query = wanted.query.map(text::normalize);
    let holds = |[id, label, en]: [&String; 3], synonyms: &[String]| {
        let names = [id, label, en].into_iter().chain(synonyms);
        let mut names = names.map(|name| text::normalize(name));
        let query = query.as_ref();
        query.is_none_or(|query| names.any(|name| name.contains(query.as_ref())))
    };
    let mut out = terminal.stdout();
    let mut found = 0;
    for class in wanted.classes {
        for term in vocabulary.terms_of(class) {
            let entry = vocabulary.entry(term);
            if !holds([&entry.id, &entry.label, &entry.en], &entry.synonyms) {
                continue;
            }
            found += 1;
            match args.format {
                Format::Json => writeln!(out, "{}", record(vocabulary, term))?,
                Format::Human => writeln!(out, "{}", line(vocabulary, term, terminal.lang))?,
            }
        }
    }
    for (_, entry) in vocabulary.forms().filter(|_| wanted.forms) {
        if !holds([&entry.id, &entry.label, &entry.en], &entry.synonyms) {
            continue;
        }
        found += 1;
        match args.format {
            Format::Json => writeln!(out, "{}", form_record(entry))?,
            Format::Human => writeln!(out, "{}", form_line(entry, terminal.lang))?,
        }
    }
    if found == 0 {
        nothing(vocabulary, query.as_deref().unwrap_or_default(), terminal);
        return Ok(Status::DoesNotCheck);
    }
    Ok(Status::Clean)
}

/// The labels of the relations that follow from a party.
fn following(vocabulary: &Vocabulary, term: Term) -> Option<Vec<&str>> {
    let channel = vocabulary.channel_of(term);
    match vocabulary.relation_of(term, channel) {
        Following::Open => None,
        Following::NotAsked => Some(Vec::new()),
        Following::OneOf(relations) => Some(
            relations
                .iter()
                .map(|term| vocabulary.label(*term))
                .collect(),
        ),
    }
}

fn record(vocabulary: &Vocabulary, term: Term) -> serde_json::Value {
    let entry = vocabulary.entry(term);
    let mut record = json!({
        "class": term.class().name(), "id": entry.id, "label": entry.label, "en": entry.en,
        "parent": entry.parent.map(|parent| vocabulary.label(parent)),
        "synonyms": entry.synonyms, "apart": entry.apart, "sensitive": entry.sensitive, "note": entry.note,
        "from": vocabulary.begins(term).map(|day| day.to_string()), "open": entry.open, "added": entry.added,
    });
    let more = match term.class() {
        Class::Data => json!({ "sensitive": vocabulary.is_sensitive(term) }),
        Class::Activity => {
            json!({ "contacts": vocabulary.contacts_person(term), "catch_all": entry.catch_all })
        }
        Class::Party => {
            json!({ "relation": following(vocabulary, term), "public_body": vocabulary.is_public_body(term) })
        }
        Class::Channel | Class::Relation | Class::Subject => json!({}),
    };
    if let (Some(record), Some(more)) = (record.as_object_mut(), more.as_object()) {
        record.extend(more.clone());
    }
    record
}

/// What the rules say of a term, in a few words each.
fn facts(vocabulary: &Vocabulary, term: Term, lang: Lang) -> Vec<String> {
    let entry = vocabulary.entry(term);
    let mut facts = Vec::new();
    let mut say = |holds: bool, ja: &str, en: &str| {
        if holds {
            facts.push(lang.pick(ja, en).to_owned());
        }
    };
    match term.class() {
        Class::Data => say(vocabulary.is_sensitive(term), "要配慮", "sensitive"),
        Class::Activity => {
            let contacts = vocabulary.contacts_person(term);
            say(contacts, "本人に連絡する", "contacts the person");
            let all = entry.catch_all.is_some();
            say(all, "どの業務にも当てはまりうる", "could be any work");
        }
        Class::Party => {
            let public = vocabulary.is_public_body(term);
            say(public, "第16条第2項の者", "body of Article 16(2)");
            if let Some(relations) = following(vocabulary, term) {
                let list = relations.join("・");
                let none = relations.is_empty();
                say(none, "関係を問わない", "no relation is asked for");
                let follows = lang.pick(format!("関係は{list}"), format!("relation: {list}"));
                say(!none, &follows, &follows);
            }
        }
        Class::Channel | Class::Relation | Class::Subject => {}
    }
    if let Some(day) = vocabulary.begins(term) {
        let from = lang.pick(format!("{day} から"), format!("from {day}"));
        say(true, &from, &from);
    }
    if let Some(reason) = &entry.added {
        let added = lang.pick(format!("追加: {reason}"), format!("added: {reason}"));
        say(true, &added, &added);
    }
    facts
}

/// Names and facts behind a term or a form.
fn tail(synonyms: &[String], apart: &[String], facts: &[String]) -> String {
    [("=", synonyms), ("≠", apart), ("·", facts)]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(mark, names)| format!("  {mark} {}", names.join("、")))
        .collect::<Vec<_>>()
        .concat()
}

fn line(vocabulary: &Vocabulary, term: Term, lang: Lang) -> String {
    let Entry {
        id,
        label,
        en,
        synonyms,
        apart,
        ..
    } = vocabulary.entry(term);
    let depth = vocabulary.lineage(term).count().saturating_sub(1);
    format!(
        "{}  {}{label} ({id}, {en}){}",
        term.class().name(),
        "  ".repeat(depth),
        tail(synonyms, apart, &facts(vocabulary, term, lang))
    )
}

fn form_record(entry: &FormEntry) -> serde_json::Value {
    json!({
        "class": FORM, "id": entry.id, "label": entry.label, "en": entry.en, "synonyms": entry.synonyms,
        "apart": entry.apart, "exempt": entry.treatment == Treatment::NoPersonalData, "reason": entry.reason,
        "from": entry.from.as_ref().map(|from| from.day.to_string()),
    })
}

fn form_line(entry: &FormEntry, lang: Lang) -> String {
    let mut facts = Vec::new();
    match entry.treatment {
        Treatment::PersonalData => {}
        Treatment::Pseudonymised => {
            let restricted = lang.pick("第41条の制限", "restricted by Article 41");
            facts.push(restricted.to_owned());
        }
        Treatment::NoPersonalData => {
            facts.push(lang.pick("個人データでない", "no personal data").to_owned());
        }
    }
    if let Some(from) = &entry.from {
        let day = from.day;
        facts.push(lang.pick(format!("{day} から"), format!("from {day}")));
    }
    format!(
        "{FORM}  {} ({}, {}){}",
        entry.label,
        entry.id,
        entry.en,
        tail(&entry.synonyms, &entry.apart, &facts)
    )
}

/// Says that there is no such term, with the nearest of all classes.
fn nothing(vocabulary: &Vocabulary, wanted: &str, terminal: &Terminal) {
    let entries = Class::ALL
        .into_iter()
        .flat_map(|class| vocabulary.terms_of(class))
        .map(|term| vocabulary.entry(term));
    let names = entries.flat_map(|entry| std::iter::once(&entry.label).chain(&entry.synonyms));
    let near = text::nearest(wanted, names.map(String::as_str), 3);
    terminal.fail(terminal.lang.pick("当たる語がない", "no such term"), wanted);
    let mistake = Class::ALL
        .into_iter()
        .find_map(|class| vocabulary.mistake(class, wanted));
    terminal.help(&if let Some(mistake) = mistake {
        mistake.help(terminal.lang)
    } else if near.is_empty() {
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
}
