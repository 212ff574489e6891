//! Verification: from the keys alone, whether the store is what was signed, row by row.

use std::collections::BTreeMap;

use mokuteki_consent::PersonKey;
use rusqlite::Connection;
use serde_json::Value;

use crate::{
    columns::{COLUMNS, Values},
    error::Result,
    journal::{self, Entry, checkpoint, meta},
    keys::opened,
    record::canonical,
    register,
    seal::hex,
    segment::{digest, origin},
    store::{Ledger, last_day},
    tree::{Tree, leaf},
};

/// Something that is not what was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Where: `journal/3`, `aeon/record/2026-04/17` …
    pub place: String,
    /// `changed`, `missing`, `extra` or `unsigned`.
    pub what: &'static str,
}

/// What a verification found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verification {
    /// Everything that is not what was signed.
    pub faults: Vec<Fault>,
    /// How many records were looked at.
    pub records: u64,
    /// How many segments were destroyed, as the small log says.
    pub destroyed: u64,
    /// From which entry of the small log on the checkpoint that was kept elsewhere vouches; 0 for none.
    pub vouched: u64,
    /// The checkpoint of the store as it stands, to be printed and kept elsewhere.
    pub checkpoint: String,
}

impl Ledger<'_> {
    /// Verifies the whole store. `kept` is a checkpoint that was kept elsewhere: with it, a store that was put
    /// back to an earlier state, or rewritten by somebody who has the keys, is found, up to that checkpoint.
    ///
    /// # Errors
    ///
    /// The store cannot be read.
    pub fn verify(&self, kept: Option<&str>) -> Result<Verification> {
        let mut found = Verification {
            checkpoint: meta(&self.connection, "checkpoint")?.unwrap_or_default(),
            ..Verification::default()
        };
        let entries = journal::entries(&self.connection)?;
        self.verify_journal(&entries, kept, &mut found);
        self.verify_meta(&mut found)?;
        let known = Known::new(&entries);
        found.destroyed = known.destroyed;
        self.verify_segments(&known, &mut found)?;
        verify_orphans(&self.connection, &mut found)?;
        register::verify(&self.connection, &entries, &mut found)?;
        Ok(found)
    }

    fn verify_journal(&self, entries: &[Entry], kept: Option<&str>, found: &mut Verification) {
        let mut tree = Tree::default();
        let vouching = kept.map(|note| checkpoint(note, self.keys.verifying(), &self.name));
        let mut vouched = false;
        for (at, entry) in (0_i64..).zip(entries) {
            let place = || format!("journal/{}", entry.n);
            if entry.n != at {
                found.fault(
                    format!("journal/{at}"),
                    if entry.n > at { "missing" } else { "extra" },
                );
            }
            if entry.leaf != entry.hash() {
                found.fault(place(), "changed");
            }
            tree.push(entry.hash());
            if let Some(Some((size, root))) = vouching
                && size == tree.size()
            {
                vouched = root == tree.root();
                found.vouched = size;
            }
        }
        let stored = checkpoint(&found.checkpoint, self.keys.verifying(), &self.name);
        if stored != Some((tree.size(), tree.root())) {
            found.fault("journal".to_owned(), "unsigned");
        }
        if kept.is_some() && !vouched {
            found.vouched = 0;
            found.fault("journal".to_owned(), "changed");
        }
    }

    /// Beside what is checked elsewhere, the store keeps its name and the last day of record.
    fn verify_meta(&self, found: &mut Verification) -> Result<()> {
        let mut statement = self.connection.prepare("SELECT name FROM meta")?;
        let names = statement
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        for name in &names {
            if !["name", "checkpoint", "last_day"].contains(&name.as_str()) {
                found.fault(format!("meta/{name}"), "extra");
            }
        }
        let last: Option<String> =
            self.connection
                .query_row("SELECT max(recorded_on) FROM record", [], |row| row.get(0))?;
        let stored = last_day(&self.connection, &self.keys, &self.name);
        let good = stored.is_ok_and(|stored| {
            let last = last.and_then(|last| last.parse().ok());
            last.is_none() || last <= stored
        });
        if !good {
            found.fault("meta/last_day".to_owned(), "changed");
        }
        Ok(())
    }

    fn verify_segments(&self, known: &Known, found: &mut Verification) -> Result<()> {
        let mut statement = self.connection.prepare("SELECT id, society, class, month, wrapped_key, size, head, state, due FROM segment ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut seen = Vec::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let text = |at| {
                row.get::<_, Option<String>>(at)
                    .map(Option::unwrap_or_default)
            };
            let label = format!("{}/{}/{}", text(1)?, text(2)?, text(3)?);
            seen.push(id);
            let Some(segment) = known.segments.get(&id) else {
                found.fault(label, "extra");
                continue;
            };
            let wrapped: Vec<u8> = row.get(4)?;
            if segment.label != label || segment.key != digest(&wrapped) {
                found.fault(label.clone(), "changed");
            }
            let tree = self.verify_records(id, &label, found)?;
            let (size, head, state, due) = (row.get::<_, i64>(5)?, text(6)?, text(7)?, text(8)?);
            let whole = i64::try_from(tree.size()) == Ok(size);
            let signed = match &segment.closed {
                Some((root, closed_due)) => {
                    state == "closed"
                        && head.is_empty()
                        && due == *closed_due
                        && *root == hex(&tree.root())
                }
                None => {
                    state == "open"
                        && due.is_empty()
                        && opened(&head, self.keys.verifying())
                            == Some((origin(&self.name, id), tree.size(), tree.root()))
                }
            };
            if !whole || !signed {
                found.fault(label, "unsigned");
            }
        }
        for (id, segment) in &known.segments {
            if !seen.contains(id) {
                found.fault(segment.label.clone(), "missing");
            }
        }
        Ok(())
    }

    /// The tree of what the records of a segment are, whatever their stored leaves say.
    fn verify_records(&self, id: i64, label: &str, found: &mut Verification) -> Result<Tree> {
        let mut persons = self.connection.prepare_cached("SELECT n, person, sealed FROM record_person WHERE segment = ?1 AND seq = ?2 ORDER BY n")?;
        let mut statement = self
            .connection
            .prepare_cached("SELECT * FROM record WHERE segment = ?1 ORDER BY seq")?;
        let mut rows = statement.query([id])?;
        let mut tree = Tree::default();
        while let Some(row) = rows.next()? {
            let at = i64::try_from(tree.size()).unwrap_or(i64::MAX);
            let seq: i64 = row.get(1)?;
            let place = || format!("{label}/{seq}");
            if seq != at {
                found.fault(
                    format!("{label}/{at}"),
                    if seq > at { "missing" } else { "extra" },
                );
            }
            found.records += 1;
            let mut values: Values = Default::default();
            for (place, value) in (3_usize..).zip(values.iter_mut()) {
                *value = row
                    .get::<_, Option<String>>(place)
                    .unwrap_or_else(|_| Some("\0".to_owned()));
            }
            let due: String = row.get(2).unwrap_or_default();
            let salt: Vec<u8> = row.get(COLUMNS.len() + 3).unwrap_or_default();
            let stored: Vec<u8> = row.get(COLUMNS.len() + 4).unwrap_or_default();
            let mut own: Vec<(PersonKey, Vec<u8>)> = Vec::new();
            let mut people = persons.query([id, seq])?;
            while let Some(person) = people.next()? {
                let n: i64 = person.get(0)?;
                let key: [u8; 16] = person.get(1).unwrap_or_default();
                let sealed: Vec<u8> = person.get(2).unwrap_or_default();
                if usize::try_from(n) != Ok(own.len()) {
                    found.fault(format!("{label}/{seq}/{n}"), "changed");
                }
                own.push((PersonKey::from_bytes(key), sealed));
            }
            let hash = leaf(&salt, &canonical(id, seq, &due, &values, &own));
            if stored != hash {
                found.fault(place(), "changed");
            }
            tree.push(hash);
        }
        Ok(tree)
    }
}

/// Rows that belong to no segment.
fn verify_orphans(connection: &Connection, found: &mut Verification) -> Result<()> {
    for (table, keys) in [("record", "segment"), ("record_person", "segment, seq")] {
        let owner = if table == "record" {
            "segment WHERE segment.id = one.segment"
        } else {
            "record WHERE record.segment = one.segment AND record.seq = one.seq"
        };
        let query = format!(
            "SELECT DISTINCT {keys} FROM {table} AS one WHERE NOT EXISTS (SELECT 1 FROM {owner})"
        );
        let mut statement = connection.prepare(&query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            found.fault(format!("{table}/{id}"), "extra");
        }
    }
    Ok(())
}

impl Verification {
    /// Whether everything is what was signed.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    pub(crate) fn fault(&mut self, place: String, what: &'static str) {
        self.faults.push(Fault { place, what });
    }
}

/// What the small log says of the segments.
#[derive(Default)]
struct Known {
    segments: BTreeMap<i64, Segment>,
    destroyed: u64,
}

#[derive(Default)]
struct Segment {
    label: String,
    key: String,
    /// Its root and the day on which it is due.
    closed: Option<(String, String)>,
}

impl Known {
    fn new(entries: &[Entry]) -> Self {
        let mut known = Self::default();
        for entry in entries {
            let body = entry.value();
            let text = |key: &str| {
                body.get(key)
                    .and_then(Value::as_str)
                    .unwrap_or_default()
                    .to_owned()
            };
            let id = body.get("id").and_then(Value::as_i64).unwrap_or(-1);
            match entry.kind.as_str() {
                "opened" => {
                    let segment = Segment {
                        label: text("segment"),
                        key: text("key"),
                        closed: None,
                    };
                    known.segments.insert(id, segment);
                }
                "closed" => {
                    if let Some(segment) = known.segments.get_mut(&id) {
                        segment.closed = Some((text("root"), text("due")));
                    }
                }
                "rewrapped" => {
                    for (id, segment) in &mut known.segments {
                        segment.key = text(&id.to_string());
                    }
                }
                "destroyed" => {
                    known.segments.remove(&id);
                    known.destroyed += 1;
                }
                _ => {}
            }
        }
        known
    }
}
