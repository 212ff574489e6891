//! The clauses of the notices, and the ways in which each fits a flow (3).

use std::path::Path;

use serde::Deserialize;

use super::law::Law;
use super::toml_files::{files, read};
use super::words::{ACTIVITY, CHANNEL, Classes, DATA, Day, PARTY, Period, RELATION, SUBJECT, day};

/// One edition of a published document.
pub(super) struct Notice {
    pub(super) society: String,
    from: Day,
    until: Day,
    pub(super) clauses: Vec<Clause>,
    /// (as printed, the id of the provision that is meant).
    pub(super) printed: Vec<(String, String)>,
}

impl Notice {
    pub(super) fn holds(&self, on: Day) -> bool {
        self.from <= on && on < self.until
    }
}

/// One clause after inheritance.
pub(super) struct Clause {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) data: Vec<usize>,
    pub(super) activity: Vec<usize>,
    pub(super) subject: Option<Vec<usize>>,
    pub(super) channel: Option<Vec<usize>>,
    pub(super) relation: Option<Vec<usize>>,
    pub(super) receivers: Option<Vec<usize>>,
    pub(super) senders: Option<Vec<usize>>,
    pub(super) internal: bool,
    pub(super) outward: bool,
    pub(super) inward: bool,
    pub(super) grounds: Vec<usize>,
    pub(super) my_number: Option<usize>,
    pub(super) needs_number: bool,
    pub(super) objection: bool,
    pub(super) notes: Vec<String>,
    pub(super) period: Period,
}

impl Clause {
    /// Its outward relations name an entrustment.
    pub(super) fn entrusts(&self, classes: &Classes, law: &Law, on: Day) -> bool {
        self.all_relations(classes, &law.returning, on)
    }

    /// Its outward relations name a relation.
    pub(super) fn names_relation(&self, classes: &Classes, law: &Law, on: Day) -> bool {
        self.all_relations(classes, &law.named, on)
    }

    fn all_relations(&self, classes: &Classes, listed: &[usize], on: Day) -> bool {
        let relations = self.relation.iter().flatten();
        let mut all = relations.map(|one| classes.class(RELATION).fits_any(*one, listed, on));
        self.outward && self.relation.is_some() && all.all(|fits| fits)
    }
}

pub(super) fn load(dir: &Path, classes: &Classes, law: &Law) -> Vec<Notice> {
    let notices = files(dir).into_iter().map(|path| {
        let file: File = read(&path);
        let (mut clauses, mut printed) = (Vec::new(), Vec::new());
        for purpose in &file.purpose {
            // (first line, section, clause); those under no section have their place by their first line.
            let mut placed: Vec<(u32, Option<&RawSection>, &RawClause)> = Vec::new();
            let section = purpose
                .section
                .iter()
                .filter(|section| !section.clause.is_empty());
            for section in section {
                let start = section.clause[0].lines[0];
                placed.extend(
                    section
                        .clause
                        .iter()
                        .map(|clause| (start, Some(section), clause)),
                );
            }
            placed.extend(
                purpose
                    .clause
                    .iter()
                    .map(|clause| (clause.lines[0], None, clause)),
            );
            placed.sort_by_key(|(line, ..)| *line);
            let mut place = 0;
            let mut before: Option<&RawClause> = None;
            for (_, section, raw) in placed {
                let again =
                    before.is_some_and(|one| one.lines == raw.lines && one.quote == raw.quote);
                place += u32::from(!again);
                before = Some(raw);
                clauses.push(raw.clause(purpose, section, place, classes, law));
            }
            printed.extend(
                purpose
                    .printed_citation
                    .iter()
                    .map(|one| (one.citation.clone(), one.provision.clone())),
            );
        }
        let since = if file.notice.undated {
            let since = file.notice.since.as_ref().or(file.notice.read_on.as_ref());
            day(&since.unwrap().to_string())
        } else {
            file.notice
                .from
                .as_ref()
                .map_or(0, |from| day(&from.to_string()))
        };
        Notice {
            society: file.notice.society.clone(),
            from: since,
            until: file
                .notice
                .until
                .as_ref()
                .map_or(Day::MAX, |until| day(&until.to_string())),
            clauses,
            printed,
        }
    });
    notices.collect()
}

impl RawClause {
    fn clause(
        &self,
        purpose: &RawPurpose,
        section: Option<&RawSection>,
        place: u32,
        classes: &Classes,
        law: &Law,
    ) -> Clause {
        let of_section = section.and_then(|section| section.direction.as_ref());
        let directions = match (&self.directions, of_section) {
            (Some(own), _) => own.clone(),
            (None, Some(direction)) => vec![direction.clone()],
            (None, None) => panic!("{}: no direction", self.id),
        };
        let goes = |way: &str| directions.iter().any(|direction| direction == way);
        let list = |class: usize, names: &Option<Vec<String>>| {
            names.as_ref().map(|names| classes.listed(class, names))
        };
        let or = |own: &Option<Vec<String>>, other: &Option<Vec<String>>| {
            own.clone().or_else(|| other.clone())
        };
        Clause {
            id: self.id.clone(),
            label: format!("{}-{place}", purpose.number),
            data: classes.listed(DATA, &self.data),
            activity: classes.listed(ACTIVITY, &self.activity),
            subject: list(SUBJECT, &self.subject),
            channel: list(CHANNEL, &or(&self.channel, &purpose.channel)),
            relation: list(RELATION, &self.relation),
            receivers: list(PARTY, &or(&self.recipient, &purpose.party)),
            senders: list(PARTY, &or(&self.sender, &purpose.party)),
            internal: goes("internal"),
            outward: goes("outward"),
            inward: goes("inward"),
            grounds: self
                .ground
                .iter()
                .flatten()
                .map(|id| law.ground(id))
                .collect(),
            my_number: self.my_number.as_ref().map(|id| law.ground(id)),
            needs_number: self.needs_number,
            objection: self.objection,
            notes: self.note.iter().map(|note| note.kind.clone()).collect(),
            period: Period::new(self.from.as_ref(), self.until.as_ref()),
        }
    }
}

#[derive(Deserialize)]
struct File {
    notice: RawNotice,
    purpose: Vec<RawPurpose>,
}

#[derive(Deserialize)]
struct RawNotice {
    society: String,
    #[serde(default)]
    undated: bool,
    since: Option<toml::value::Datetime>,
    read_on: Option<toml::value::Datetime>,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
struct RawPurpose {
    number: u32,
    channel: Option<Vec<String>>,
    party: Option<Vec<String>>,
    #[serde(default)]
    section: Vec<RawSection>,
    #[serde(default)]
    clause: Vec<RawClause>,
    #[serde(default)]
    printed_citation: Vec<RawPrinted>,
}

#[derive(Deserialize)]
struct RawPrinted {
    citation: String,
    provision: String,
}

#[derive(Deserialize)]
struct RawSection {
    direction: Option<String>,
    #[serde(default)]
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
    needs_number: bool,
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
