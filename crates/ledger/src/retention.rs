//! Destruction of what is due, and the requests that hold it up.

use mokuteki::Day;
use mokuteki_consent::PersonKey;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use serde_json::json;

use crate::{
    error::{Error, Result},
    journal,
    segment::found,
    store::{Ledger, advance},
};

/// What was destroyed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Destroyed {
    /// The segment.
    pub segment: String,
    /// How many records.
    pub records: i64,
    /// The rule by which it was due.
    pub rule: String,
}

/// The requests that are open: their ids and persons.
pub(crate) fn pending(connection: &Connection) -> Result<Vec<(String, PersonKey)>> {
    let mut open: Vec<(String, PersonKey)> = Vec::new();
    for entry in journal::entries(connection)? {
        let body = entry.value();
        let text = |key: &str| {
            body.get(key)
                .and_then(|value| value.as_str())
                .unwrap_or_default()
                .to_owned()
        };
        match entry.kind.as_str() {
            "request-opened" => {
                let person = text("person").parse();
                let person =
                    person.map_err(|_| Error::Damaged("a request has no person".to_owned()))?;
                open.push((text("id"), person));
            }
            "request-closed" => open.retain(|(id, _)| *id != text("id")),
            _ => {}
        }
    }
    Ok(open)
}

impl Ledger<'_> {
    /// Opens a request of a person (個人情報保護法33条5項): until it is closed, no segment with a record of the
    /// person is destroyed.
    ///
    /// # Errors
    ///
    /// One of that id is open already.
    pub fn open_request(&mut self, id: &str, person: PersonKey, on: Day) -> Result<()> {
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, &self.keys, &self.name, on)?;
        if id.trim().is_empty() || pending(&group)?.iter().any(|(known, _)| known == id) {
            return Err(Error::Request(id.to_owned()));
        }
        let body = json!({ "id": id, "person": person.to_string(), "on": on.to_string() });
        journal::add(&group, &self.keys, &self.name, "request-opened", &body)?;
        Ok(group.commit()?)
    }

    /// Closes a request.
    ///
    /// # Errors
    ///
    /// None of that id is open.
    pub fn close_request(&mut self, id: &str, on: Day) -> Result<()> {
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, &self.keys, &self.name, on)?;
        if !pending(&group)?.iter().any(|(known, _)| known == id) {
            return Err(Error::Request(id.to_owned()));
        }
        let body = json!({ "id": id, "on": on.to_string() });
        journal::add(&group, &self.keys, &self.name, "request-closed", &body)?;
        Ok(group.commit()?)
    }

    /// Destroys a closed segment that is due: its records, and the key that who the persons are is sealed
    /// under. What, how many, by which rule and by whom stays in the small log, signed.
    ///
    /// # Errors
    ///
    /// It is not closed, not due, or under a pending request. Nothing is destroyed.
    pub fn destroy(&mut self, segment: &str, on: Day, by: &str) -> Result<Destroyed> {
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, &self.keys, &self.name, on)?;
        let (id, state, _, _) = found(&group, segment)?;
        if state != "closed" {
            return Err(Error::NotClosed(segment.to_owned()));
        }
        // From the records themselves: the day that stands beside the segment could have been set back.
        let due: Option<String> = group.query_row(
            "SELECT max(due) FROM record WHERE segment = ?1",
            [id],
            |row| row.get(0),
        )?;
        let due: Day = due
            .and_then(|due| due.parse().ok())
            .ok_or_else(|| Error::Damaged(segment.to_owned()))?;
        if on < due {
            return Err(Error::NotDue {
                segment: segment.to_owned(),
                due,
            });
        }
        for (request, person) in pending(&group)? {
            let held = group
                .query_row(
                    "SELECT 1 FROM record_person WHERE person = ?1 AND segment = ?2 LIMIT 1",
                    (person.as_bytes().as_slice(), id),
                    |_| Ok(()),
                )
                .optional()?;
            if held.is_some() {
                return Err(Error::PendingRequest {
                    segment: segment.to_owned(),
                    request,
                });
            }
        }
        let class = segment
            .split('/')
            .nth(1)
            .and_then(|class| self.rules.class(class));
        let rule = class.map_or_else(String::new, |class| class.source.clone());
        let records: i64 = group.query_row(
            "SELECT count(*) FROM record WHERE segment = ?1",
            [id],
            |row| row.get(0),
        )?;
        group.execute("DELETE FROM record_person WHERE segment = ?1", [id])?;
        group.execute("DELETE FROM record WHERE segment = ?1", [id])?;
        group.execute("DELETE FROM segment WHERE id = ?1", [id])?;
        let body = json!({
            "id": id, "segment": segment, "records": records, "rule": rule, "by": by, "on": on.to_string(), "due": due.to_string(),
        });
        journal::add(&group, &self.keys, &self.name, "destroyed", &body)?;
        group.commit()?;
        // The pages that held it are overwritten in the file, and none is left in the log of the database.
        self.connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(Destroyed {
            segment: segment.to_owned(),
            records,
            rule,
        })
    }
}
