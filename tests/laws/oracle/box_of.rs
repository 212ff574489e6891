//! What the clauses of a notice cover (3): each one a box of terms.

use std::path::Path;

use serde::Deserialize;

use super::law::Law;
use super::toml_files::{files, read};
use super::words::{ACTIVITY, CHANNEL, Classes, DATA, FitSet, PARTY, Period, RELATION, SUBJECT};

/// One edition of a society's published purposes.
pub(super) struct Notice {
    pub(super) society: String,
    pub(super) period: Period,
    pub(super) clauses: Vec<Clause>,
}

/// The directions, as places in [`Clause::relation`].
pub(super) const INTERNAL: usize = 0;
pub(super) const OUTWARD: usize = 1;
pub(super) const INWARD: usize = 2;

/// One clause after inheritance.
pub(super) struct Clause {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) period: Period,
    pub(super) data: FitSet,
    /// `None` here and below: unrestricted.
    pub(super) subject: Option<FitSet>,
    ordinary: Parties,
    /// For flows that carry the Individual Number.
    numbered: Parties,
    pub(super) activity: FitSet,
    pub(super) channel: Option<FitSet>,
    pub(super) grounds: Vec<usize>,
    pub(super) my_number: Option<usize>,
    /// What counts instead of `my_number` for what comes in; only a collecting clause has it.
    pub(super) receipt: Option<usize>,
    pub(super) objection: bool,
    /// The terms that it lists itself.
    pub(super) lists_data: Vec<usize>,
    pub(super) lists_activity: Vec<usize>,
    /// The kinds of its notes.
    pub(super) notes: Vec<String>,
}

/// The table of section 3, its rows joined.
pub(super) struct Parties {
    pub(super) sender: FitSet,
    pub(super) recipient: FitSet,
    /// For each direction the relations; `None`: the clause does not have this direction.
    pub(super) relation: [Option<FitSet>; 3],
}

impl Clause {
    /// Between whom, for flows with or without the Individual Number.
    pub(super) fn parties(&self, my_number: bool) -> &Parties {
        if my_number {
            &self.numbered
        } else {
            &self.ordinary
        }
    }
}

/// Every notice of a directory.
pub(super) fn load(dir: &Path, classes: &Classes, law: &Law) -> Vec<Notice> {
    files(dir)
        .iter()
        .map(|path| read_notice(&read(path), classes, law))
        .collect()
}

fn read_notice(file: &File, classes: &Classes, law: &Law) -> Notice {
    let head = &file.notice;
    let period = if head.undated {
        Period::EVERY_DAY
    } else {
        Period::new(head.from.as_ref(), head.until.as_ref())
    };
    let mut read = Vec::new();
    for purpose in &file.purpose {
        let mut place = 0;
        for section in &purpose.section {
            let mut before: Option<&RawClause> = None;
            for raw in &section.clause {
                let another_reading =
                    before.is_some_and(|it| it.lines == raw.lines && it.quote == raw.quote);
                if !another_reading {
                    place += 1;
                }
                let label = format!("{}-{place}", purpose.number);
                read.push(
                    Reading {
                        classes,
                        law,
                        file,
                        purpose,
                        section,
                        raw,
                    }
                    .clause(label),
                );
                before = Some(raw);
            }
        }
    }
    Notice {
        society: head.society.clone(),
        period,
        clauses: read,
    }
}

/// A clause with all that it inherits from.
struct Reading<'a> {
    classes: &'a Classes,
    law: &'a Law,
    file: &'a File,
    purpose: &'a RawPurpose,
    section: &'a RawSection,
    raw: &'a RawClause,
}

impl Reading<'_> {
    fn clause(&self, label: String) -> Clause {
        let Reading {
            classes, law, raw, ..
        } = self;
        let set = |class: usize, labels: &[String]| {
            classes.class(class).fits(&classes.listed(class, labels))
        };
        let grounds = match &raw.ground {
            Some(ids) => ids.iter().map(|id| law.ground(id)).collect(),
            None => vec![law.internal_use],
        };
        Clause {
            id: raw.id.clone(),
            label,
            period: Period::new(raw.from.as_ref(), raw.until.as_ref()),
            data: set(DATA, &raw.data),
            subject: raw.subject.as_ref().map(|labels| set(SUBJECT, labels)),
            ordinary: self.parties(false),
            numbered: self.parties(true),
            activity: set(ACTIVITY, &raw.activity),
            channel: raw
                .channel
                .as_ref()
                .or(self.purpose.channel.as_ref())
                .map(|labels| set(CHANNEL, labels)),
            grounds,
            my_number: raw.my_number.as_ref().map(|id| law.ground(id)),
            receipt: self
                .collecting()
                .and_then(|collecting| collecting.my_number.as_ref())
                .map(|receipt| law.ground(&receipt.ground)),
            objection: raw.objection,
            lists_data: classes.listed(DATA, &raw.data),
            lists_activity: classes.listed(ACTIVITY, &raw.activity),
            notes: raw.note.iter().map(|note| note.kind.clone()).collect(),
        }
    }

    /// The directions that it is printed with.
    fn own_directions(&self) -> Vec<&str> {
        match &self.raw.directions {
            Some(directions) => directions.iter().map(String::as_str).collect(),
            None => vec![self.section.direction.as_str()],
        }
    }

    /// The `[collecting]` table, when the clause is collecting.
    fn collecting(&self) -> Option<&RawCollecting> {
        let internal = self.own_directions().contains(&"internal");
        self.file.collecting.as_ref().filter(|_| internal)
    }

    /// Each of its relations is one that returns, and data goes out.
    fn is_returning(&self, relation: &[String]) -> bool {
        self.own_directions().contains(&"outward")
            && self.file.returning.as_ref().is_some_and(|returning| {
                relation.iter().all(|one| returning.relation.contains(one))
            })
    }

    /// The table of section 3.
    fn parties(&self, my_number: bool) -> Parties {
        let Reading {
            classes,
            purpose,
            raw,
            ..
        } = self;
        let label = |class: usize, term: usize| classes.class(class).terms[term].label.clone();
        let society = vec![label(PARTY, classes.society)];
        let own = self.own_directions();
        for direction in &own {
            assert!(
                ["internal", "outward", "inward"].contains(direction),
                "{}: direction {direction:?}",
                raw.id
            );
        }
        let own_relation = raw.relation.clone().unwrap_or_default();
        assert!(
            own == ["internal"] || !own_relation.is_empty(),
            "{}: no relation to the outside",
            raw.id
        );
        let party = purpose.party.clone().unwrap_or_default();
        let outside_recipients = raw.recipient.clone().unwrap_or_else(|| party.clone());
        let outside_senders = raw.sender.clone().unwrap_or(party);

        let (mut senders, mut recipients) = (Vec::new(), Vec::new());
        let mut relations: [Option<Vec<String>>; 3] = [None, None, None];
        let mut row =
            |direction: usize, sender: &[String], recipient: &[String], relation: &[String]| {
                senders.extend_from_slice(sender);
                recipients.extend_from_slice(recipient);
                relations[direction]
                    .get_or_insert_default()
                    .extend_from_slice(relation);
            };

        if own.contains(&"internal") {
            let internal = [label(RELATION, classes.internal)];
            row(INTERNAL, &society, &society, &internal);
        }
        if let Some(collecting) = self.collecting() {
            let senders = if my_number {
                collecting.my_number.as_ref().map(|receipt| &receipt.sender)
            } else {
                Some(&collecting.sender)
            };
            if let Some(senders) = senders {
                row(INWARD, senders, &society, &collecting.relation);
            }
        }
        if own.contains(&"outward") {
            row(OUTWARD, &society, &outside_recipients, &own_relation);
        }
        if own.contains(&"inward") {
            row(INWARD, &outside_senders, &society, &own_relation);
        }
        if self.is_returning(&own_relation) {
            row(INWARD, &outside_recipients, &society, &own_relation);
        }
        let set = |class: usize, labels: &[String]| {
            classes.class(class).fits(&classes.listed(class, labels))
        };
        Parties {
            sender: set(PARTY, &senders),
            recipient: set(PARTY, &recipients),
            relation: relations.map(|labels| labels.map(|labels| set(RELATION, &labels))),
        }
    }
}

#[derive(Deserialize)]
struct File {
    notice: RawNotice,
    collecting: Option<RawCollecting>,
    returning: Option<RawReturning>,
    purpose: Vec<RawPurpose>,
}

#[derive(Deserialize)]
struct RawNotice {
    society: String,
    #[serde(default)]
    undated: bool,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
struct RawCollecting {
    sender: Vec<String>,
    relation: Vec<String>,
    my_number: Option<RawReceipt>,
}

#[derive(Deserialize)]
struct RawReceipt {
    sender: Vec<String>,
    ground: String,
}

#[derive(Deserialize)]
struct RawReturning {
    relation: Vec<String>,
}

#[derive(Deserialize)]
struct RawPurpose {
    number: u32,
    channel: Option<Vec<String>>,
    party: Option<Vec<String>>,
    section: Vec<RawSection>,
}

#[derive(Deserialize)]
struct RawSection {
    direction: String,
    clause: Vec<RawClause>,
}

#[derive(Deserialize)]
struct RawClause {
    id: String,
    lines: Vec<u32>,
    quote: String,
    directions: Option<Vec<String>>,
    data: Vec<String>,
    subject: Option<Vec<String>>,
    sender: Option<Vec<String>>,
    recipient: Option<Vec<String>>,
    relation: Option<Vec<String>>,
    activity: Vec<String>,
    channel: Option<Vec<String>>,
    ground: Option<Vec<String>>,
    my_number: Option<String>,
    #[serde(default)]
    objection: bool,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
    #[serde(default)]
    note: Vec<RawNote>,
}

#[derive(Deserialize)]
struct RawNote {
    kind: String,
}
