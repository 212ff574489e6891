//! Segments: the records of one society, class of retention and month of record. What is due together lies
//! together, under one key, so that it can be destroyed together.

use std::collections::HashMap;

use mokuteki::Day;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};
use serde_json::json;

use crate::{
    error::{Error, Result},
    journal,
    keys::{Keys, opened},
    seal::{Secret, hex},
    store::{Ledger, advance, month_of},
    tree::Tree,
};

/// A segment that is being written to.
#[derive(Debug)]
pub(crate) struct OpenSegment {
    pub(crate) key: Secret,
    pub(crate) tree: Tree,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The origin of the checkpoint of a segment.
pub(crate) fn origin(store: &str, id: i64) -> String {
    format!("mokuteki-ledger/{store}/segment/{id}")
}

/// The signed head of a segment.
pub(crate) fn head_of(keys: &Keys, store: &str, id: i64, tree: &Tree) -> Result<String> {
    keys.sign(&origin(store, id), tree.size(), tree.root())
}

/// What the small log says of the key of a segment.
pub(crate) fn digest(wrapped: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex(&Sha256::digest(wrapped))
}

impl OpenSegment {
    /// The segment of a society, class and month, opened if it is not there yet. What lies in memory is used
    /// where no other writer has been in between.
    pub(crate) fn find(
        group: &Transaction<'_>,
        keys: &Keys,
        store: &str,
        open: &mut HashMap<i64, Self>,
        (society, class, month): (&str, &str, &str),
    ) -> Result<i64> {
        let label = || format!("{society}/{class}/{month}");
        let found = group
            .prepare_cached("SELECT id, wrapped_key, size, head, state FROM segment WHERE society = ?1 AND class = ?2 AND month = ?3")?
            .query_row((society, class, month), |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?, row.get::<_, String>(3)?, row.get::<_, String>(4)?))
            })
            .optional()?;
        let Some((id, wrapped, size, head, state)) = found else {
            return Self::start(group, keys, store, open, (society, class, month));
        };
        if state != "open" {
            return Err(Error::SegmentClosed(label()));
        }
        if open
            .get(&id)
            .is_some_and(|known| i64::try_from(known.tree.size()) == Ok(size))
        {
            return Ok(id);
        }
        let key = keys.wrapping.unwrap(&wrapped, &origin(store, id))?;
        let tree = tree_of(group, id)?;
        // What was changed behind the ledger's back is not signed again as if it were right.
        if opened(&head, keys.verifying()) != Some((origin(store, id), tree.size(), tree.root())) {
            return Err(Error::Damaged(label()));
        }
        open.insert(id, Self { key, tree });
        Ok(id)
    }

    fn start(
        group: &Transaction<'_>,
        keys: &Keys,
        store: &str,
        open: &mut HashMap<i64, Self>,
        (society, class, month): (&str, &str, &str),
    ) -> Result<i64> {
        // A number is never used twice, so that what the small log says of a destroyed one stays about it.
        let opened = journal::entries(group)?
            .into_iter()
            .filter(|entry| entry.kind == "opened");
        let id = i64::try_from(opened.count()).map_err(|_| Error::Full)?;
        let again = journal::entries(group)?
            .into_iter()
            .filter(|entry| entry.kind == "destroyed");
        let label = format!("{society}/{class}/{month}");
        if again
            .map(|entry| entry.value())
            .any(|body| body.get("segment").and_then(|text| text.as_str()) == Some(&label))
        {
            return Err(Error::SegmentClosed(label));
        }
        let key = Secret::random()?;
        let wrapped = key.wrap(&keys.wrapping, &origin(store, id))?;
        let tree = Tree::default();
        let head = head_of(keys, store, id, &tree)?;
        group.execute(
            "INSERT INTO segment VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, 'open', NULL)",
            (id, society, class, month, &wrapped, head),
        )?;
        let body = json!({ "id": id, "segment": label, "key": digest(&wrapped) });
        journal::add(group, keys, store, "opened", &body)?;
        open.insert(id, Self { key, tree });
        Ok(id)
    }
}

/// The tree of the stored leaves of a segment.
fn tree_of(group: &Transaction<'_>, id: i64) -> Result<Tree> {
    let mut tree = Tree::default();
    let mut statement =
        group.prepare_cached("SELECT leaf FROM record WHERE segment = ?1 ORDER BY seq")?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        tree.push(row.get(0)?);
    }
    Ok(tree)
}

impl Ledger<'_> {
    /// Closes a segment of a month that is over: nothing more is written to it, and its root goes into the
    /// small log. Gives the first day on which it may be destroyed.
    ///
    /// # Errors
    ///
    /// There is none, it is closed, the month is not over, or it is not what was signed.
    pub fn close(&mut self, segment: &str, on: Day) -> Result<Day> {
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, &self.keys, &self.name, on)?;
        let (id, state, month, head) = found(&group, segment)?;
        if state != "open" {
            return Err(Error::SegmentClosed(segment.to_owned()));
        }
        if month_of(on) <= month {
            return Err(Error::BadDays);
        }
        let tree = tree_of(&group, id)?;
        if opened(&head, self.keys.verifying())
            != Some((origin(&self.name, id), tree.size(), tree.root()))
        {
            return Err(Error::Damaged(segment.to_owned()));
        }
        let due: String = group.query_row(
            "SELECT max(due) FROM record WHERE segment = ?1",
            [id],
            |row| row.get(0),
        )?;
        let day = due
            .parse()
            .map_err(|_| Error::Damaged(segment.to_owned()))?;
        group.execute(
            "UPDATE segment SET state = 'closed', head = '', due = ?2 WHERE id = ?1",
            (id, &due),
        )?;
        let body = json!({
            "id": id, "segment": segment, "size": tree.size(), "root": hex(&tree.root()), "due": due, "on": on.to_string(),
        });
        journal::add(&group, &self.keys, &self.name, "closed", &body)?;
        group.commit()?;
        self.open.remove(&id);
        Ok(day)
    }

    /// Wraps the key of every segment under a new wrapping key.
    ///
    /// # Errors
    ///
    /// A key does not open, or the store says no. The old key then still holds.
    pub fn rotate_wrapping(&mut self, to: Keys) -> Result<()> {
        let group = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut segments = Vec::new();
        {
            let mut statement = group.prepare("SELECT id, wrapped_key FROM segment ORDER BY id")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                segments.push((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?));
            }
        }
        let mut digests = serde_json::Map::new();
        for (id, wrapped) in segments {
            let belongs = origin(&self.name, id);
            let key = self.keys.wrapping.unwrap(&wrapped, &belongs)?;
            let wrapped = key.wrap(&to.wrapping, &belongs)?;
            digests.insert(id.to_string(), json!(digest(&wrapped)));
            group.execute(
                "UPDATE segment SET wrapped_key = ?2 WHERE id = ?1",
                (id, &wrapped),
            )?;
        }
        journal::add(&group, &self.keys, &self.name, "rewrapped", &digests.into())?;
        group.commit()?;
        self.keys = to;
        self.open.clear();
        Ok(())
    }
}

/// A segment by its name: id, state, month and head.
pub(crate) fn found(
    group: &Transaction<'_>,
    segment: &str,
) -> Result<(i64, String, String, String)> {
    let parts: Vec<&str> = segment.split('/').collect();
    let [society, class, month] = parts.as_slice() else {
        return Err(Error::NoSegment(segment.to_owned()));
    };
    let found = group
        .prepare_cached("SELECT id, state, month, head FROM segment WHERE society = ?1 AND class = ?2 AND month = ?3")?
        .query_row((society, class, month), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
        .optional()?;
    found.ok_or_else(|| Error::NoSegment(segment.to_owned()))
}
