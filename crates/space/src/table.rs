//! The decision table of a society on a day: what every clause says of every kind of data that it
//! lists, each way that it goes. It is what a lawyer reviews.

use super::side::Side;
use mokuteki::{
    engine::Engine,
    flow::Flow,
    notice::{Clause, Direction, Notice, Purpose},
    problem::Lang,
    report::{self, words},
    vocabulary::Term,
};

/// The columns, in Japanese and English.
const COLUMNS: [(&str, &str); 18] = [
    ("事例", "clause"),
    ("目的", "purpose"),
    ("公表された文", "published sentence"),
    ("方向", "direction"),
    ("データ", "data"),
    ("提供元", "sender"),
    ("提供先", "recipient"),
    ("関係", "relation"),
    ("業務", "activity"),
    ("手段", "channel"),
    ("判定", "verdict"),
    ("決める事例", "deciding clause"),
    ("他に当たる事例", "other clauses"),
    ("宣言を要するもの", "to be declared"),
    ("根拠", "ground"),
    ("義務", "duties"),
    ("所見", "findings"),
    ("個人番号", "with the Individual Number"),
];

/// A decision table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<&'static str>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table of a society on a day.
    #[must_use]
    pub fn new(side: &Side<'_>, lang: Lang) -> Self {
        let maker = Maker {
            engine: side.engine,
            side,
            lang,
        };
        let mut rows = Vec::new();
        if let Some(notice) = side.notice {
            for clause in &side.clauses {
                maker.rows(notice, clause, &mut rows);
            }
        }
        Self {
            columns: COLUMNS.map(|(ja, en)| lang.pick(ja, en)).to_vec(),
            rows,
        }
    }

    /// Tab-separated, under a line that names the columns.
    #[must_use]
    pub fn tsv(&self) -> String {
        let mut out = String::new();
        let header = self.columns.iter().map(|name| (*name).to_owned());
        for row in std::iter::once(header.collect()).chain(self.rows.iter().cloned()) {
            let cells: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
            out.push_str(&cells.join("\t"));
            out.push('\n');
        }
        out
    }

    /// A Markdown table.
    #[must_use]
    pub fn markdown(&self) -> String {
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let mut out = row(self.columns.iter().map(|name| (*name).to_owned()).collect());
        out.push_str(&row(vec!["---".to_owned(); self.columns.len()]));
        for cells in &self.rows {
            let cells = cells.iter().map(|cell| plain(cell).replace('|', "\\|"));
            out.push_str(&row(cells.collect()));
        }
        out
    }
}

/// No cell may hold what ends it.
fn plain(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r'], " ")
}

/// What the engine says of one use: the columns after 手段.
type Answer = [String; 8];

/// An answer with the activities that get it.
type ByAnswer = (Answer, Vec<Term>);

/// Uses of one clause and kind of data that get one answer.
struct Group {
    answer: Answer,
    parties: Vec<Term>,
    activities: Vec<Term>,
}

struct Maker<'s, 'e> {
    engine: &'e Engine,
    side: &'s Side<'e>,
    lang: Lang,
}

impl Maker<'_, '_> {
    fn joined(&self, labels: impl IntoIterator<Item = String>) -> String {
        let labels: Vec<String> = labels.into_iter().collect();
        labels.join(self.lang.pick("、", ", "))
    }

    fn labels(&self, terms: &[Term]) -> String {
        let words = self.engine.vocabulary();
        self.joined(terms.iter().map(|term| words.label(*term).to_owned()))
    }

    /// In place of an answer where the engine could not be asked: no row is left out.
    fn not_asked(&self) -> Answer {
        let mut answer = Answer::default();
        if let Some(verdict) = answer.first_mut() {
            let words = self.lang.pick("! 判定していない", "! not decided");
            words.clone_into(verdict);
        }
        answer
    }

    fn answer(&self, flow: &Flow) -> Option<Answer> {
        let lang = self.lang;
        let decision = self.engine.explain(flow);
        let record = report::record(None, std::slice::from_ref(&decision), lang)?;
        let ground = decision.ground();
        let ground = ground.map(|ground| words::ground(&decision, ground, lang));
        let with_number = self.engine.explain(&flow.with_my_number(true));
        let with_number = report::record(None, &[with_number], lang);
        let with_number = with_number.map(|record| {
            let asked = record.conditions.iter();
            let asked = asked.flat_map(|condition| &condition.any_of);
            let asked = self.joined(asked.flat_map(|ask| ask.values.clone()));
            match record.verdict {
                "conditional" => lang.pick(format!("{asked} を要する"), format!("needs {asked}")),
                "prohibited" => lang.pick("不可", "prohibited").to_owned(),
                other => other.to_owned(),
            }
        });
        Some([
            words::verdict(decision.verdict(), lang).to_owned(),
            record.clause.map(|clause| clause.label).unwrap_or_default(),
            self.joined(record.also.into_iter().map(|clause| clause.label)),
            self.joined(record.conditions.into_iter().map(|asked| asked.message)),
            ground.unwrap_or_default(),
            self.joined(record.duties.into_iter().map(|duty| duty.id)),
            self.joined(record.findings.iter().map(|found| found.code.to_owned())),
            with_number.unwrap_or_default(),
        ])
    }

    fn rows(&self, notice: &Notice, clause: &Clause, rows: &mut Vec<Vec<String>>) {
        let channels: Vec<Option<Term>> = if clause.channel.is_empty() {
            vec![None]
        } else {
            clause.channel.iter().copied().map(Some).collect()
        };
        for data in &clause.data {
            let ways = Direction::ALL.into_iter().zip(&clause.relation);
            let ways = ways.filter(|(way, _)| clause.goes(*way));
            // A way whose relation the words do not limit is asked about with the relation left open.
            let ways = ways.flat_map(|(way, listed)| {
                let open = listed.is_empty().then_some(None);
                let listed = listed.iter().map(|one| Some(*one));
                listed.chain(open).map(move |one| (way, one))
            });
            for (direction, relation) in ways {
                for channel in &channels {
                    let put = |flow: Flow| {
                        let flow = flow.with_data(*data)?;
                        let flow = match relation {
                            Some(relation) => flow.with_relation(relation)?,
                            None => flow,
                        };
                        // A clause that covers nothing without a number is asked about flows that carry one.
                        let flow = if clause.needs_number {
                            flow.with_my_number(true)
                        } else {
                            flow
                        };
                        // A clause about one subject is asked about that subject.
                        let flow = match clause.subject.first() {
                            Some(subject) => flow.with_subject(*subject)?,
                            None => flow,
                        };
                        match channel {
                            Some(channel) => flow.with_channel(*channel),
                            None => Some(flow),
                        }
                    };
                    for group in self.groups(clause, direction, put) {
                        let row = self.row(
                            notice,
                            clause,
                            (direction, *data, relation, *channel),
                            group,
                        );
                        rows.push(row);
                    }
                }
            }
        }
    }

    fn row(
        &self,
        notice: &Notice,
        clause: &Clause,
        (direction, data, relation, channel): (Direction, Term, Option<Term>, Option<Term>),
        group: Group,
    ) -> Vec<String> {
        let lang = self.lang;
        let ours = self.labels(&[self.engine.vocabulary().society()]);
        let theirs = self.labels(&group.parties);
        let (sender, recipient) = match direction {
            Direction::Internal => (ours.clone(), ours),
            Direction::Outward => (ours, theirs),
            Direction::Inward => (theirs, ours),
        };
        let purpose = notice.purposes.get(clause.purpose);
        let purpose = purpose.map(Purpose::shown);
        let cells = [
            clause.label.clone(),
            purpose.unwrap_or_default(),
            clause.quote.clone(),
            words::direction(direction, lang).to_owned(),
            self.labels(&[data]),
            sender,
            recipient,
            self.labels(relation.as_slice()),
            self.labels(&group.activities),
            channel
                .map(|channel| self.labels(&[channel]))
                .unwrap_or_default(),
        ];
        cells.into_iter().chain(group.answer).collect()
    }

    /// The uses of a clause, one way, by answer. A group is every party with every activity that it
    /// lists: where an answer holds for some pairs only, it has several groups.
    fn groups(
        &self,
        clause: &Clause,
        direction: Direction,
        put: impl Fn(Flow) -> Option<Flow>,
    ) -> Vec<Group> {
        let society = self.engine.vocabulary().society();
        let listed = match direction {
            Direction::Internal => vec![society],
            Direction::Outward => clause.recipient.clone(),
            Direction::Inward => clause.sender.clone(),
        };
        let inside = direction == Direction::Internal;
        let parties = listed
            .into_iter()
            .filter(|party| inside || *party != society);
        // Each party's answers, with the activities of each; parties with the same stand together.
        let mut groups: Vec<(Vec<Term>, Vec<ByAnswer>)> = Vec::new();
        for party in parties {
            let mut answers: Vec<(Answer, Vec<Term>)> = Vec::new();
            for activity in &clause.activity {
                let flow = put(self.side.base()).and_then(|flow| {
                    let outward = direction == Direction::Outward;
                    let (from, to) = if outward {
                        (society, party)
                    } else {
                        (party, society)
                    };
                    flow.with_sender(from)?
                        .with_recipient(to)?
                        .with_activity(*activity)
                });
                let answer = flow.and_then(|flow| self.answer(&flow));
                let answer = answer.unwrap_or_else(|| self.not_asked());
                match answers.iter_mut().find(|(known, _)| *known == answer) {
                    Some((_, activities)) => activities.push(*activity),
                    None => answers.push((answer, vec![*activity])),
                }
            }
            match groups.iter_mut().find(|(_, known)| *known == answers) {
                Some((parties, _)) => parties.push(party),
                None => groups.push((vec![party], answers)),
            }
        }
        let groups = groups.into_iter().flat_map(|(parties, answers)| {
            answers.into_iter().map(move |(answer, activities)| Group {
                answer,
                parties: parties.clone(),
                activities,
            })
        });
        groups.collect()
    }
}
