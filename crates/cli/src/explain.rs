//! `mokuteki explain`: a clause with its quote, its reading, the law and the dates.

use std::io::{self, Write};

use clap::Args as ClapArgs;
use clap_complete::engine::ArgValueCandidates;
use mokuteki::{
    Day, Engine, Lang,
    grounds::{Ground, Needs},
    notice::{Clause, Direction, Notice},
    report::words,
    text,
    vocabulary::Term,
};
use serde_json::json;

use super::{Status, args::Format, codes, completions::clauses, period, terminal::Terminal};

#[derive(ClapArgs)]
pub(crate) struct ExplainArgs {
    /// The clause: `aeon 3-5`, `aeon/3-5` or `aeon/subrogation`; or the code of a finding: `out-of-scope`
    #[arg(required = true, num_args = 1..=2, value_name = "CLAUSE", add = ArgValueCandidates::new(clauses))]
    clause: Vec<String>,
    /// The day on which the law is cited (today when not given; it is printed)
    #[arg(long)]
    as_of: Option<String>,
    /// The form of the answer
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

pub(crate) fn run(
    engine: &Engine,
    explain: &ExplainArgs,
    terminal: &Terminal,
) -> io::Result<Status> {
    let named = explain.clause.join("/");
    let (society, wanted) = named.split_once(['/', ':']).unwrap_or((&named, ""));
    let notices: Vec<&Notice> = engine
        .notices()
        .filter(|notice| notice.society == society)
        .collect();
    if notices.is_empty() {
        if let Some(code) = codes::find(&named) {
            return codes::print(code, explain.format, terminal);
        }
        let known = engine
            .societies()
            .map(|(id, _)| id)
            .collect::<Vec<_>>()
            .join(", ");
        terminal.fail(
            &terminal.lang.pick(
                format!("組合でも所見のコードでもない (組合: {known})"),
                format!("neither a society nor the code of a finding (societies: {known})"),
            ),
            society,
        );
        return Ok(Status::DoesNotCheck);
    }
    let Some(day) = terminal.day(explain.as_of.as_deref()) else {
        return Ok(Status::DoesNotCheck);
    };
    let label = text::normalize(wanted);
    let mut found = 0;
    for notice in &notices {
        for clause in notice
            .clauses
            .iter()
            .filter(|clause| clause.label == label || clause.id == label)
        {
            found += 1;
            match explain.format {
                Format::Human => print(engine, notice, clause, day, terminal)?,
                Format::Json => {
                    writeln!(terminal.stdout(), "{}", record(engine, notice, clause, day))?;
                }
            }
        }
    }
    if found == 0 {
        let labels = notices
            .iter()
            .flat_map(|notice| &notice.clauses)
            .map(|clause| clause.label.as_str());
        let list = labels.collect::<Vec<_>>().join(" ");
        terminal.fail(
            &terminal.lang.pick(
                format!("事例がない (あるのは: {list})"),
                format!("no such clause (there are: {list})"),
            ),
            wanted,
        );
        return Ok(Status::DoesNotCheck);
    }
    Ok(Status::Clean)
}

fn record(engine: &Engine, notice: &Notice, clause: &Clause, day: Day) -> serde_json::Value {
    let labels = |terms: &[Term]| {
        terms
            .iter()
            .map(|term| engine.vocabulary().label(*term))
            .collect::<Vec<_>>()
    };
    let relations = Direction::ALL
        .into_iter()
        .zip(&clause.relation)
        .filter(|(_, terms)| !terms.is_empty());
    let relations: serde_json::Map<_, _> = relations
        .map(|(direction, terms)| {
            (
                words::direction(direction, Lang::En).to_owned(),
                json!(labels(terms)),
            )
        })
        .collect();
    let grounds = |ground: &Ground| json!({ "id": ground.id, "name": ground.label, "provisions": cited(engine, ground, day), "source": ground.source });
    let notes = clause
        .notes
        .iter()
        .map(|note| json!({ "on": note.on.map(|day| day.to_string()), "text": note.text }));
    json!({
        "society": notice.society, "edition": notice.edition, "undated": notice.undated,
        "id": clause.id, "label": clause.label,
        "purpose": notice.purposes.get(clause.purpose).map(|purpose| json!({ "number": purpose.number, "title": purpose.title })),
        "section": clause.section, "quote": clause.quote,
        "source": { "file": notice.text_file, "lines": clause.lines },
        "rule": { "file": notice.rule_file, "line": clause.rule_line },
        "data": labels(&clause.data), "subject": labels(&clause.subject), "sender": labels(&clause.sender),
        "recipient": labels(&clause.recipient), "relation": relations, "activity": labels(&clause.activity),
        "channel": labels(&clause.channel), "my_number": clause.opens_my_number(),
        "grounds": engine.grounds_of(clause).map(grounds).collect::<Vec<_>>(),
        "reason": clause.reason, "notes": notes.collect::<Vec<_>>(), "digest": notice.digest,
    })
}

#[expect(clippy::too_many_lines, reason = "one line of output after another")]
fn print(
    engine: &Engine,
    notice: &Notice,
    clause: &Clause,
    day: Day,
    terminal: &Terminal,
) -> io::Result<()> {
    let lang = terminal.lang;
    let mut out = terminal.stdout();
    let mut field =
        |ja: &str, en: &str, value: &str| writeln!(out, "  {}: {value}", lang.pick(ja, en));
    let (first, last) = clause.lines;
    field(
        "事例",
        "clause",
        &format!(
            "{} {} ({})  「{}」",
            notice.society, clause.label, clause.id, clause.quote
        ),
    )?;
    field(
        "出典",
        "source",
        &format!("{}:{first}-{last}", notice.text_file),
    )?;
    field(
        "読み",
        "reading",
        &format!("{}:{}", notice.rule_file, clause.rule_line),
    )?;
    if let Some(purpose) = notice.purposes.get(clause.purpose) {
        field("利用目的", "purpose", &purpose.shown())?;
    }
    if !clause.section.is_empty() {
        field("区分", "section", &clause.section)?;
    }
    let all = lang.pick("限定なし", "unrestricted");
    let list = |terms: &[Term]| {
        if terms.is_empty() {
            all.to_owned()
        } else {
            words::terms(engine, terms, lang)
        }
    };
    field("データ", "data", &list(&clause.data))?;
    field("対象者", "subject", &list(&clause.subject))?;
    field("提供元", "sender", &list(&clause.sender))?;
    field("提供先", "recipient", &list(&clause.recipient))?;
    for (direction, relations) in Direction::ALL
        .into_iter()
        .zip(&clause.relation)
        .filter(|(_, terms)| !terms.is_empty())
    {
        field(
            "関係",
            "relation",
            &format!("{}: {}", words::direction(direction, lang), list(relations)),
        )?;
    }
    field("業務", "activity", &list(&clause.activity))?;
    field("手段", "channel", &list(&clause.channel))?;
    for ground in engine.grounds_of(clause) {
        let needs = match ground.needs {
            Needs::Nothing => lang.pick("宣言は要らない", "nothing to declare").to_owned(),
            Needs::Basis => lang
                .pick("根拠の宣言が要る", "the basis must be declared")
                .to_owned(),
            Needs::Consent(consent) => lang.pick(
                format!("同意が要る ({})", consent.word()),
                format!("consent is needed ({})", consent.word()),
            ),
        };
        let cited = cited(engine, ground, day).join(lang.pick("、", ", "));
        let choice = if ground.choice {
            lang.pick(" [慎重な読み]", " [cautious reading]")
        } else {
            ""
        };
        field(
            "根拠",
            "ground",
            &format!(
                "{} ({cited}) {needs}{choice} {}: {}",
                lang.pick(&ground.label, &ground.en),
                lang.pick("出典", "source"),
                ground.source
            ),
        )?;
    }
    let opened = if clause.opens_my_number() {
        lang.pick("番号法が開く", "opened by 番号法")
    } else {
        lang.pick("含まない", "closed")
    };
    field("個人番号", "individual number", opened)?;
    field("理由", "reason", &clause.reason)?;
    for note in &clause.notes {
        let on = note.on.map(|day| day.to_string()).unwrap_or_default();
        field("注", "note", &format!("{on} {}", note.text))?;
    }
    let dates = if notice.undated {
        lang.pick(
            "日付不明 (全期間有効とみなす)",
            "undated (taken as in force on every day)",
        )
        .to_owned()
    } else {
        period(notice.period.from, notice.period.until)
    };
    field("版", "edition", &format!("「{}」 {dates}", notice.edition))?;
    field("法令の基準日", "law as of", &day.to_string())
}

fn cited(engine: &Engine, ground: &Ground, day: Day) -> Vec<String> {
    let ids = ground
        .provisions
        .iter()
        .chain(&ground.asks)
        .chain(&ground.alongside);
    engine.law().cited_on(ids, day).collect()
}
