//! What machines read of an answer or a difference, and the words for people.

use serde::Serialize;

use super::{
    ask::{Answers, Group},
    describe::Described,
    diff::{Change, Diff, Kind},
    matching::{ClauseChange, Fate},
    set::Product,
    side::Side,
    standing::{Facet, GroundChange},
    sweep::Answer,
    universe::Universe,
};
use mokuteki::{
    notice::Clause,
    problem::Lang,
    report::{ClauseRecord, Pairs},
};

/// One side's answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AnswerRecord {
    /// The verdict; `unreadable` where the basis cannot be read on the day; `not-worked-out` where nothing is known.
    pub verdict: &'static str,
    /// The primary clause, with the published sentence.
    pub clause: Option<ClauseRecord>,
    /// The id of the ground, where the change turns on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// Whether the number of the basis is stale, where the change turns on it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
}

/// Flows with the same answer: one line of `ask --format ndjson`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupRecord {
    /// The society.
    pub society: String,
    /// The day.
    pub as_of: String,
    /// The answer.
    #[serde(flatten)]
    pub answer: AnswerRecord,
    /// How many flows, in decimal.
    pub flows: String,
    /// The boxes.
    pub boxes: Vec<Vec<Described>>,
    /// One of the flows.
    pub example: Pairs<String>,
    /// What the answer is limited to, for each dimension that the example leaves open.
    pub limited_to: Pairs<Vec<String>>,
}

/// Flows that are decided in another way, all in the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChangeRecord {
    /// `gained`, `lost`, `verdict`, `clause`, `ground`, `citation`, `readable`, `unreadable` or `not-worked-out`.
    pub kind: &'static str,
    /// The left side's answer.
    pub left: AnswerRecord,
    /// The right side's answer.
    pub right: AnswerRecord,
    /// How many flows, in decimal.
    pub flows: String,
    /// The boxes.
    pub boxes: Vec<Vec<Described>>,
    /// One of the flows.
    pub example: Pairs<String>,
}

/// A side by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SideRecord {
    /// The society.
    pub society: String,
    /// The day.
    pub as_of: String,
    /// The edition in force.
    pub edition: Option<String>,
    /// Whether it is undated.
    pub undated: bool,
    /// The digest of the rules.
    pub digest: String,
}

/// What became of a clause.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FateRecord {
    /// `added`, `removed`, `reread`, `reworded` or `moved`.
    pub fate: &'static str,
    /// On the left side.
    pub left: Option<ClauseRecord>,
    /// On the right side.
    pub right: Option<ClauseRecord>,
    /// The lists that are not the same, where it is read in another way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<Facet>,
}

/// A citation that is read in another way: the lasting ids of the provisions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CitationRecord {
    /// As it is written.
    pub citation: String,
    /// On the left side.
    pub left: Option<String>,
    /// On the right side.
    pub right: Option<String>,
}

/// Terms that one side does not have.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OnlyRecord {
    /// `left` or `right`.
    pub side: &'static str,
    /// The class.
    pub class: &'static str,
    /// The term.
    pub term: String,
}

/// A whole difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DiffRecord {
    /// Whether every flow that both can write is decided in the same way.
    pub equal: bool,
    /// The left side.
    pub left: SideRecord,
    /// The right side.
    pub right: SideRecord,
    /// The flows.
    pub changes: Vec<ChangeRecord>,
    /// The grounds with other conditions or duties; its words are Japanese.
    pub grounds: Vec<GroundChange>,
    /// The clauses that are not as they were.
    pub clauses: Vec<FateRecord>,
    /// The citations.
    pub citations: Vec<CitationRecord>,
    /// Terms that flows of both sides cannot have.
    pub only: Vec<OnlyRecord>,
}

impl Side<'_> {
    fn record(&self) -> SideRecord {
        SideRecord {
            society: self.society.clone(),
            as_of: self.day.to_string(),
            edition: self.notice.map(|notice| notice.edition.clone()),
            undated: self.notice.is_some_and(|notice| notice.undated),
            digest: self
                .notice
                .map(|notice| notice.digest.clone())
                .unwrap_or_default(),
        }
    }

    fn clause(&self, at: Option<usize>) -> Option<ClauseRecord> {
        let clause: &Clause = self.clauses.get(at?)?;
        Some(ClauseRecord::new(clause, &self.notice?.text_file))
    }

    pub(crate) fn answer(&self, answer: Answer) -> AnswerRecord {
        let (ground, stale) = match answer {
            Answer::Unreadable | Answer::NotWorkedOut => (None, false),
            Answer::Decided { ground, stale, .. } => (ground, stale),
        };
        let ground = ground.and_then(|at| self.engine.grounds().get(at));
        AnswerRecord {
            verdict: match answer {
                Answer::NotWorkedOut => "not-worked-out",
                answer => answer
                    .verdict()
                    .map_or("unreadable", mokuteki::Verdict::word),
            },
            clause: self.clause(answer.clause()),
            ground: ground.map(|ground| ground.id.clone()),
            stale,
        }
    }
}

fn boxes(universe: &Universe<'_>, boxes: &[Product], whole: &Product) -> Vec<Vec<Described>> {
    boxes
        .iter()
        .map(|one| universe.describe(one, whole))
        .collect()
}

fn example(universe: &Universe<'_>, boxes: &[Product]) -> Pairs<String> {
    let first = boxes
        .first()
        .map(|one| universe.fields(&universe.example(one)));
    Pairs(first.unwrap_or_default())
}

impl Answers<'_> {
    /// A group for machines.
    #[must_use]
    pub fn record(&self, group: &Group) -> GroupRecord {
        let side = self.side();
        let words = side.engine.vocabulary();
        let limits = self.limited_to(group).into_iter();
        let limited = limits.map(|(dimension, terms)| {
            let labels = terms.iter().map(|term| words.label(*term).to_owned());
            (dimension.name(), labels.collect())
        });
        GroupRecord {
            society: side.society.clone(),
            as_of: side.day.to_string(),
            answer: side.answer(group.answer),
            flows: group.count.to_string(),
            boxes: boxes(&self.universe, &group.boxes, &self.within),
            example: example(&self.universe, &group.boxes),
            limited_to: Pairs(limited.collect()),
        }
    }
}

impl Diff<'_> {
    /// A change for machines.
    #[must_use]
    pub fn change(&self, change: &Change) -> ChangeRecord {
        let [left, right] = self.answers(change);
        ChangeRecord {
            kind: change.kind.word(),
            left,
            right,
            flows: change.count.to_string(),
            boxes: boxes(&self.universe, &change.boxes, &self.within),
            example: example(&self.universe, &change.boxes),
        }
    }

    /// The answers of both sides to a change.
    pub(crate) fn answers(&self, change: &Change) -> [AnswerRecord; 2] {
        let [left, right] = self.sides();
        let [one, other] = change.answers;
        [left.answer(one), right.answer(other)]
    }

    /// A clause that is not as it was, for machines.
    #[must_use]
    pub fn fate(&self, change: &ClauseChange) -> FateRecord {
        let [left, right] = self.sides();
        FateRecord {
            fate: change.fate.word(),
            left: left.clause(change.left),
            right: right.clause(change.right),
            changed: match change.fate {
                Fate::Reread => self.reading(change),
                _ => Vec::new(),
            },
        }
    }

    /// All of it for machines.
    #[must_use]
    pub fn record(&self) -> DiffRecord {
        let [left, right] = self.sides();
        let only = ["left", "right"].into_iter().zip(self.universe.only());
        DiffRecord {
            equal: self.is_equal(),
            left: left.record(),
            right: right.record(),
            changes: self
                .changes
                .iter()
                .map(|change| self.change(change))
                .collect(),
            grounds: self.grounds(Lang::Ja),
            clauses: self
                .clauses
                .iter()
                .filter(|change| change.fate != Fate::Same)
                .map(|change| self.fate(change))
                .collect(),
            citations: self
                .citations
                .iter()
                .map(|one| CitationRecord {
                    citation: one.text.clone(),
                    left: one.provisions[0].clone(),
                    right: one.provisions[1].clone(),
                })
                .collect(),
            only: only
                .flat_map(|(side, terms)| {
                    terms.iter().map(move |one| OnlyRecord {
                        side,
                        class: one.class.name(),
                        term: one.label.clone(),
                    })
                })
                .collect(),
        }
    }
}

impl Kind {
    /// For people.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Gained => lang.pick("新たに当たる", "gained"),
            Self::Lost => lang.pick("当たらなくなる", "lost"),
            Self::Verdict => lang.pick("判定が変わる", "another verdict"),
            Self::Clause => lang.pick("事例だけが変わる", "another clause, the same verdict"),
            Self::Ground => lang.pick(
                "根拠だけが変わる",
                "another ground, the same clause and verdict",
            ),
            Self::Citation => lang.pick(
                "引用の番号についての所見だけが変わる",
                "only the remark on the number cited",
            ),
            Self::Readable => lang.pick("引用が読めるようになる", "the basis can be read now"),
            Self::NotWorkedOut => lang.pick(
                "判定していない (流れの類が多すぎる。ask で項目を定めて問う)",
                "not worked out, too many classes of flows: use ask, with more of the fields given",
            ),
            Self::Unreadable => {
                lang.pick("引用が読めなくなる", "the basis cannot be read any more")
            }
        }
    }
}

impl Fate {
    /// For people.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Added => lang.pick("加わった", "added"),
            Self::Moved => lang.pick("同じ文が別の場所に移った", "moved, the same words"),
            Self::Removed => lang.pick("なくなった", "removed"),
            Self::Reread => lang.pick("読みが変わった", "read in another way"),
            Self::Reworded => {
                lang.pick("文言は違うが意味は等しい", "other words, equal in meaning")
            }
            Self::Same => lang.pick("同じ", "the same"),
        }
    }
}
