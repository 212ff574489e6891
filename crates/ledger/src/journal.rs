//! The small log of a store: which segments were opened, closed and destroyed, which requests are pending,
//! who has read, which keys were exchanged. Its root is signed with every entry.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use crate::{
    error::{Error, Result},
    keys::{Keys, opened},
    tree::{Tree, leaf},
};

/// An entry of the small log.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) n: i64,
    pub(crate) kind: String,
    pub(crate) body: String,
    pub(crate) leaf: Vec<u8>,
}

impl Entry {
    pub(crate) fn value(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or(Value::Null)
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        hash(self.n, &self.kind, &self.body)
    }
}

fn hash(n: i64, kind: &str, body: &str) -> [u8; 32] {
    leaf(&n.to_le_bytes(), format!("{kind}\n{body}").as_bytes())
}

/// The entries, in order.
pub(crate) fn entries(connection: &Connection) -> Result<Vec<Entry>> {
    let mut statement =
        connection.prepare_cached("SELECT n, kind, body, leaf FROM journal ORDER BY n")?;
    let rows = statement.query_map([], |row| {
        Ok(Entry {
            n: row.get(0)?,
            kind: row.get(1)?,
            body: row.get(2)?,
            leaf: row.get(3)?,
        })
    })?;
    rows.map(|row| row.map_err(Error::from)).collect()
}

/// A value of the store that stands alone.
pub(crate) fn meta(connection: &Connection, name: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

pub(crate) fn set_meta(connection: &Connection, name: &str, value: &str) -> Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
    )?;
    statement.execute([name, value])?;
    Ok(())
}

/// The origin of the checkpoint of the small log.
pub(crate) fn origin(store: &str) -> String {
    format!("mokuteki-ledger/{store}/journal")
}

/// Adds an entry, in the transaction of what it is about, and signs the new root.
pub(crate) fn add(
    connection: &Connection,
    keys: &Keys,
    store: &str,
    kind: &str,
    body: &Value,
) -> Result<()> {
    let mut tree = Tree::default();
    let mut last = -1;
    {
        let mut statement = connection.prepare_cached("SELECT n, leaf FROM journal ORDER BY n")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            tree.push(row.get(1)?);
        }
    }
    // What was changed behind the log's back is not signed again as if it were right.
    let before = meta(connection, "checkpoint")?;
    let before = before.and_then(|note| checkpoint(&note, keys.verifying(), store));
    if before.is_some_and(|known| known != (tree.size(), tree.root()))
        || before.is_none() && last >= 0
    {
        return Err(Error::Damaged(
            "the small log is not the one that was signed".to_owned(),
        ));
    }
    let n = last + 1;
    let body = body.to_string();
    let hash = hash(n, kind, &body);
    tree.push(hash);
    let mut statement = connection.prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3, ?4)")?;
    statement.execute(params![n, kind, body, hash])?;
    let note = keys.sign(&origin(store), tree.size(), tree.root())?;
    set_meta(connection, "checkpoint", &note)
}

/// The size and root of a checkpoint of this store, if the key has signed it.
pub(crate) fn checkpoint(note: &str, verifying: &str, store: &str) -> Option<(u64, [u8; 32])> {
    let (found, size, root) = opened(note, verifying)?;
    (found == origin(store)).then_some((size, root))
}
