//! Lints of what is not there: kinds of flow that societies publish as a rule, and terms that no clause
//! uses.

use super::{Lint, codes};
use mokuteki::{
    Day, Engine, FlowSpec, Verdict,
    notice::Clause,
    rules::Sources,
    vocabulary::{Class, Term},
};
use mokuteki_findings::{Diagnostic, Place, Text};

impl Lint<'_> {
    /// Usual kinds of flow that no clause has.
    pub(super) fn kinds(&self, found: &mut Vec<Diagnostic>) {
        let engine = self.engine();
        let day = self.day().to_string();
        let publishes = |society: &str, sample: &super::data::Sample| {
            let spec = FlowSpec {
                society,
                data: &[&sample.data],
                sender: &sample.sender,
                recipient: &sample.recipient,
                relation: &sample.relation,
                activity: &sample.activity,
                channel: &sample.channel,
                my_number: if sample.my_number { "true" } else { "" },
                as_of: &day,
                ..FlowSpec::default()
            };
            // A vocabulary of other rules need not have the words of the sample: nothing is said then.
            let flow = engine.flow(&spec).ok()?;
            let decision = engine.explain(&flow);
            Some(decision.verdict() != Verdict::OutOfScope)
        };
        for kind in &self.data.usual {
            if publishes(&self.notice.society, &kind.flow) != Some(false) {
                continue;
            }
            let all = engine.societies().count();
            let others = engine
                .societies()
                .filter(|(id, _)| publishes(id, &kind.flow) == Some(true))
                .count();
            let (ja, en, source) = (&kind.ja, &kind.en, &kind.source);
            let message = Text::new(
                format!(
                    "「{ja}」に当たる事例がない (この規則の {all} 組合のうち {others} が公表する。{source})"
                ),
                format!(
                    "no clause is about {en} ({others} of the {all} societies of these rules publish it; {source})"
                ),
            );
            let help = Text::new(
                "行っているなら公表文書に加える。行っていないなら、そのままでよい",
                "if the society does this, its notice should say so; if not, nothing is missing",
            );
            let place = Place::file(self.notice.text_file.as_str()).of_rules();
            found.push(
                Diagnostic::new(
                    &codes::MISSING_KIND,
                    place,
                    &self.notice.society,
                    message,
                    help,
                )
                .with_detail(kind.id.as_str()),
            );
        }
    }
}

/// Terms that no clause in force lists, nor one above or below them.
pub(super) fn unused(engine: &Engine, sources: &Sources, day: Day, found: &mut Vec<Diagnostic>) {
    let words = engine.vocabulary();
    let notices = engine
        .notices()
        .filter(|notice| notice.period.contains(day));
    let clauses = notices.flat_map(|notice| &notice.clauses);
    let clauses: Vec<&Clause> = clauses
        .filter(|clause| clause.period.contains(day))
        .collect();
    let listed: Vec<Term> = clauses.iter().flat_map(|clause| terms(clause)).collect();
    // A clause that leaves a dimension open takes every term of it.
    let open = |class: Class| match class {
        Class::Subject => clauses.iter().any(|clause| clause.subject.is_empty()),
        Class::Channel => clauses.iter().any(|clause| clause.channel.is_empty()),
        _ => false,
    };
    // What every flow may have without a clause that lists it.
    let own = [words.society(), words.person(), words.internal()];
    for class in Class::ALL.into_iter().filter(|class| !open(*class)) {
        for term in words.terms_of(class) {
            let entry = words.entry(term);
            let near = |listed: &Term| {
                words.lineage(term).any(|up| up == *listed)
                    || words.lineage(*listed).any(|up| up == term)
                    || words.fits(term, *listed, day)
            };
            if own.contains(&term) || listed.iter().any(near) {
                continue;
            }
            let message = Text::new(
                format!("「{}」を使う事例がない", entry.label),
                format!("no clause uses 「{}」 ({})", entry.label, entry.en),
            );
            let help = Text::new(
                "公表されない流れを断るための語なら、そのままでよい。不要なら用語集から除く",
                "keep it where flows that are not published must be named to be refused; else drop it from the vocabulary",
            );
            let subject = format!("{}/{}", class.name(), entry.id);
            let place = place(sources, class, &entry.id);
            found.push(Diagnostic::new(
                &codes::UNUSED_TERM,
                place,
                &subject,
                message,
                help,
            ));
        }
    }
}

/// The line of the vocabulary that holds the id of a term.
fn place(sources: &Sources, class: Class, id: &str) -> Place {
    let wanted = format!("id = \"{id}\"");
    let files = sources
        .iter()
        .filter(|source| source.path.starts_with("vocabulary/"));
    for source in files {
        let text = String::from_utf8_lossy(&source.bytes);
        let of_class = text.contains(&format!("class = \"{}\"", class.name()));
        let line = text
            .lines()
            .zip(1..)
            .find(|(line, _)| line.trim() == wanted);
        if let (true, Some((_, number))) = (of_class, line) {
            return Place::line(source.path.as_str(), number).of_rules();
        }
    }
    Place::file(format!("vocabulary/{}.toml", class.name())).of_rules()
}

/// Every term that a clause lists.
fn terms(clause: &Clause) -> Vec<Term> {
    let lists = [
        &clause.data,
        &clause.subject,
        &clause.sender,
        &clause.recipient,
        &clause.activity,
        &clause.channel,
    ];
    let lists = lists.into_iter().chain(&clause.relation);
    lists.flatten().copied().collect()
}
