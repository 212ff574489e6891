//! `mokuteki law`: provisions, and what a citation names on a day.

use std::io::{self, Write};

use clap::Args as ClapArgs;
use mokuteki::{
    Engine, Lang,
    flow::{FlowError, FlowErrorReason, FlowErrors},
    law::{CitationError, DatedCitation, Law, Printed, Provision, ProvisionId},
    report, text,
};
use serde_json::json;

use super::{Status, args::Format, period, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct LawArgs {
    /// A citation such as 番号法第19条第7号, or part of a name or content; all when not given
    query: Option<String>,
    /// The day on which a citation is read (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(engine: &Engine, args: &LawArgs, terminal: &Terminal) -> io::Result<Status> {
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
            terminal
                .stderr()
                .write_all(report::render_errors(&errors, terminal.lang).as_bytes())?;
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
