//! What a person is told (個人情報保護法33条5項), what the authority and the board are told, and the flows of
//! the ledger beside those that were declared.

use std::collections::BTreeMap;

use mokuteki::{
    Day, Flow,
    vocabulary::{Class as Dimension, Term},
};
use mokuteki_consent::PersonKey;
use rusqlite::TransactionBehavior;
use serde_json::json;

use crate::{
    columns::{COLUMNS, Values, value},
    error::{Error, Result},
    journal,
    seal::Secret,
    segment::origin,
    store::{Ledger, advance},
};

/// The records that a person may see.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Account {
    /// The person.
    pub person: PersonKey,
    /// Each record, by the names of its columns, in the order of the record.
    pub records: Vec<BTreeMap<&'static str, String>>,
}

/// What the authority and the board are told.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// Each segment.
    pub lines: Vec<ReportLine>,
    /// How many records of each kind, with the exemption where there is one.
    pub kinds: BTreeMap<(String, String), i64>,
    /// The flows as they were recorded, with their numbers.
    pub flows: BTreeMap<(String, String), i64>,
    /// The requests that are pending.
    pub requests: Vec<String>,
}

/// The ledger beside what was declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Beside {
    /// The flows of the ledger that no declared flow covers: the data, and the rest as it was recorded.
    pub undeclared: Vec<(String, String)>,
    /// The places of the declared flows that the ledger has never seen.
    pub unseen: Vec<usize>,
}

/// A segment of a report.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReportLine {
    /// `society/class/month`.
    pub segment: String,
    /// How many records.
    pub records: i64,
    /// `open` or `closed`.
    pub state: String,
    /// The first day on which it may be destroyed, once it is closed.
    pub due: Option<String>,
}

/// Whom a recorded flow was from, to, and so on, as it is stored.
const DIMENSIONS: [Dimension; 6] = [
    Dimension::Party,
    Dimension::Party,
    Dimension::Relation,
    Dimension::Activity,
    Dimension::Subject,
    Dimension::Channel,
];

impl Ledger<'_> {
    /// The records of a person that 33条5項 opens: those of 29条1項 and 30条3項 alone, without those that 施行令11条
    /// keeps back. Of what is kept back not even the existence is told. Who reads is written down.
    ///
    /// # Errors
    ///
    /// The store cannot be read, or a key does not open.
    pub fn account(&mut self, person: PersonKey, on: Day, reader: &str) -> Result<Account> {
        let records = self.records_of(person)?;
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, &self.keys, &self.name, on)?;
        let body = json!({ "what": "account", "person": person.to_string(), "by": reader, "on": on.to_string() });
        journal::add(&group, &self.keys, &self.name, "read", &body)?;
        group.commit()?;
        Ok(Account { person, records })
    }

    /// The same rows, without the note of who reads: for what is counted and not shown to anybody.
    ///
    /// # Errors
    ///
    /// The store cannot be read, or a key does not open.
    pub fn records_of(&self, person: PersonKey) -> Result<Vec<BTreeMap<&'static str, String>>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT segment.id, segment.wrapped_key, record_person.sealed, record.*
             FROM record_person JOIN record USING (segment, seq) JOIN segment ON segment.id = record_person.segment
             WHERE record_person.person = ?1 ORDER BY record_person.segment, record_person.seq",
        )?;
        let mut rows = statement.query([person.as_bytes().as_slice()])?;
        let mut keys: BTreeMap<i64, Secret> = BTreeMap::new();
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let mut values: Values = Default::default();
            for (place, value) in (6_usize..).zip(values.iter_mut()) {
                *value = row.get(place)?;
            }
            let kind = value(&values, "kind").unwrap_or_default();
            let open = self
                .rules
                .kind
                .iter()
                .any(|known| known.id == kind && known.account);
            if !open || value(&values, "withheld").is_some() {
                continue;
            }
            let id: i64 = row.get(0)?;
            let key = match keys.get(&id) {
                Some(key) => key.clone(),
                None => {
                    let key = self
                        .keys
                        .wrapping
                        .unwrap(&row.get::<_, Vec<u8>>(1)?, &origin(&self.name, id))?;
                    keys.insert(id, key.clone());
                    key
                }
            };
            let sealed: Vec<u8> = row.get(2)?;
            let member = key
                .open(&sealed, person.as_bytes())
                .and_then(|bytes| String::from_utf8(bytes).ok());
            let member =
                member.ok_or_else(|| Error::Damaged("who a person is does not open".to_owned()))?;
            let told = COLUMNS
                .iter()
                .zip(values)
                .filter_map(|(column, value)| Some((*column, value?)));
            records.push(told.chain([("member", member)]).collect());
        }
        Ok(records)
    }

    /// What the authority and the board are told. Who reads is written down.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn report(&mut self, on: Day, reader: &str) -> Result<Report> {
        let mut report = self.counted()?;
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, &self.keys, &self.name, on)?;
        let pending = crate::retention::pending(&group)?;
        report.requests = pending.into_iter().map(|(id, _)| id).collect();
        let body = json!({ "what": "report", "by": reader, "on": on.to_string() });
        journal::add(&group, &self.keys, &self.name, "read", &body)?;
        group.commit()?;
        Ok(report)
    }

    fn counted(&self) -> Result<Report> {
        let mut report = Report::default();
        let mut statement = self
            .connection
            .prepare("SELECT society, class, month, size, state, due FROM segment ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let text = |at| row.get::<_, String>(at);
            report.lines.push(ReportLine {
                segment: format!("{}/{}/{}", text(0)?, text(1)?, text(2)?),
                records: row.get(3)?,
                state: text(4)?,
                due: row.get(5)?,
            });
        }
        for (query, counts) in [
            (
                "SELECT kind, coalesce(exempt, ''), count(*) FROM record GROUP BY 1, 2",
                &mut report.kinds,
            ),
            (
                "SELECT data, flow, count(*) FROM record GROUP BY 1, 2",
                &mut report.flows,
            ),
        ] {
            let mut statement = self.connection.prepare(query)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                counts.insert((row.get(0)?, row.get(1)?), row.get(2)?);
            }
        }
        Ok(report)
    }

    /// The flows of the ledger that no declared flow covers, and the places of the declared flows that the
    /// ledger has never seen. A recorded flow that the vocabulary no longer reads is covered by none.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn beside(&self, declared: &[Flow]) -> Result<Beside> {
        let report = self.counted()?;
        let mut undeclared = Vec::new();
        let mut seen = vec![false; declared.len()];
        for (data, flow) in report.flows.keys() {
            let mut covered = false;
            for (flow_declared, seen) in declared.iter().zip(&mut seen) {
                if self.covers(flow_declared, data, flow) {
                    *seen = true;
                    covered = true;
                }
            }
            if !covered {
                undeclared.push((data.clone(), flow.clone()));
            }
        }
        let unseen = seen.iter().enumerate().filter(|(_, seen)| !**seen);
        Ok(Beside {
            undeclared,
            unseen: unseen.map(|(at, _)| at).collect(),
        })
    }

    /// Whether a declared flow covers a recorded one: each dimension that it names, with the terms below.
    fn covers(&self, declared: &Flow, data: &str, flow: &str) -> bool {
        let words = self.engine.vocabulary();
        let fits = |dimension, name: &str, listed: Option<Term>| {
            listed.is_none_or(|listed| {
                let term = words.find(dimension, name);
                term.is_some_and(|term| words.fits(term, listed, declared.day()))
            })
        };
        let listed = [
            Some(declared.sender()),
            Some(declared.recipient()),
            declared.relation(),
            declared.activity(),
            declared.subject(),
            declared.channel(),
        ];
        let parts: Vec<&str> = flow.split('\t').collect();
        parts.len() == DIMENSIONS.len()
            && fits(Dimension::Data, data, Some(declared.data()))
            && DIMENSIONS
                .iter()
                .zip(&parts)
                .zip(listed)
                .all(|((dimension, name), listed)| fits(*dimension, name, listed))
    }
}
