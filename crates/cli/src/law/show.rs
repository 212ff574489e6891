//! `mokuteki law QUERY`: provisions, and what a citation names on a day.

use std::io::{self, Write};

use clap::Args as ClapArgs;
use mokuteki::{
    Engine, Lang,
    flow::{FlowError, FlowErrorReason, FlowErrors},
    law::{CitationError, DatedCitation, Law, NotRead, Printed, Provision, ProvisionId},
    report, text,
};
use serde_json::json;

use crate::{Status, args::Format, period, terminal::Terminal};

#[derive(ClapArgs)]
pub(super) struct ShowArgs {
    /// A citation such as 番号法第19条第7号, or part of a name or content; all when not given
    query: Option<String>,
    /// The day on which a citation is read (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(super) fn run(engine: &Engine, args: &ShowArgs, terminal: &Terminal) -> io::Result<Status> {
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
            let status = provisions(law, found.into_iter(), args.format, terminal)?;
            if args.format == Format::Human
                && let Some(age) = law.not_read(cited.provision(), day)
            {
                writeln!(terminal.stdout(), "    {}", not_read(age, terminal.lang))?;
            }
            Ok(status)
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
            let mistake = error.is_mistake();
            let verified = !matches!(error, CitationError::Unverified(_));
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
            if mistake {
                terminal
                    .stderr()
                    .write_all(report::render_errors(&errors, terminal.lang).as_bytes())?;
                return Ok(Status::DoesNotCheck);
            }
            let mut out = terminal.stdout();
            for error in errors.iter() {
                let (message, help) = (
                    report::words::error(error, terminal.lang),
                    report::words::help(error, terminal.lang),
                );
                if args.format == Format::Json {
                    let record = json!({"query": query, "outcome": error.code(), "message": message, "help": help});
                    writeln!(out, "{record}")?;
                } else {
                    writeln!(out, "{message}\n    {help}")?;
                }
            }
            // What nobody has verified needs a person; what stands and means nothing here does not.
            Ok(if verified {
                Status::Clean
            } else {
                Status::NotPermitted
            })
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
                "from_recorded": citation.from_recorded, "read": citation.read.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "from_memory": citation.memory, "source": citation.source,
            })).collect();
            let record = json!({
                "id": provision.id, "statute": name, "content": provision.content, "en": provision.en,
                "note": provision.note, "citations": citations,
                "falls_under": provision.falls_under.and_then(|id| law.provision(id)).map(|provision| &provision.id),
                "asked_by": provision.asked_by, "asked_of": provision.asked_of,
                "read_on": law.statute(id).and_then(|statute| statute.read_on).map(|day| day.to_string()),
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

/// How old the text of an act is on a day after the one up to which it was read.
fn not_read(age: NotRead<'_>, lang: Lang) -> String {
    let name = &age.statute.name;
    let read = age.read_on.map(|day| day.to_string());
    let mut told = match read {
        Some(read) => lang.pick(
            format!("{name}の条文を読んだのは {read} まで"),
            format!("the text of {name} was read up to {read}"),
        ),
        None => lang.pick(
            format!("{name}の条文は読んでいない"),
            format!("no text of {name} was read"),
        ),
    };
    for coming in age.since {
        let by = if coming.at_latest {
            lang.pick("遅くとも ", "by ")
        } else {
            ""
        };
        let amendment = format!("{by}{} {}", coming.from, coming.act);
        told += lang.pick("。読んでいない改正: ", "; an amendment not read: ");
        told += &amendment;
    }
    told
}
