//! The store: SQLite in one file, written in groups. A group is durable when the call returns, or it is not
//! there at all.

use std::{collections::HashMap, path::Path};

use mokuteki::{Day, Engine};
use mokuteki_consent::PersonKey;
use rusqlite::{
    Connection, OpenFlags, Transaction, TransactionBehavior, params_from_iter, types::Value,
};
use serde_json::json;

use crate::{
    columns::COLUMNS,
    error::{Error, Result},
    journal::{self, meta, set_meta},
    keys::{Keys, opened},
    record::{Disclosure, Row, at, canonical, row},
    rules::RecordRules,
    schema::prepare,
    seal::{hex, random},
    segment::{OpenSegment, head_of},
    tree::leaf,
};

/// The ledger of disclosures in a store.
#[derive(Debug)]
pub struct Ledger<'e> {
    pub(crate) engine: &'e Engine,
    pub(crate) rules: RecordRules,
    pub(crate) keys: Keys,
    pub(crate) name: String,
    pub(crate) connection: Connection,
    /// The segments that are being written to. Emptied whenever a group fails.
    pub(crate) open: HashMap<i64, OpenSegment>,
}

/// Proof that a disclosure is recorded and durable. It has no public constructor: a function that sends can
/// ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a receipt is the proof that a disclosure is recorded"]
pub struct Receipt {
    segment: String,
    place: i64,
    leaf: [u8; 32],
}

impl Receipt {
    /// The segment, as `society/class/month`.
    #[must_use]
    pub fn segment(&self) -> &str {
        &self.segment
    }

    /// The place in it, from 0.
    #[must_use]
    pub fn place(&self) -> i64 {
        self.place
    }

    /// The leaf of the segment's tree, in hex.
    #[must_use]
    pub fn leaf(&self) -> String {
        hex(&self.leaf)
    }
}

impl<'e> Ledger<'e> {
    /// A new store, with its keys. The name is that of the keys.
    ///
    /// # Errors
    ///
    /// There is one already, or it cannot be written.
    pub fn create(path: &Path, engine: &'e Engine, keys: Keys) -> Result<Self> {
        let mut connection = Connection::open(path)?;
        prepare(&mut connection, true)?;
        let rules = RecordRules::embedded(engine)?;
        let name = name_of(&keys)?;
        let step = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if meta(&step, "name")?.is_some() {
            return Err(Error::Keys("there is a store already"));
        }
        set_meta(&step, "name", &name)?;
        journal::add(
            &step,
            &keys,
            &name,
            "created",
            &json!({ "key": keys.verifying() }),
        )?;
        step.commit()?;
        Ok(Self {
            engine,
            rules,
            keys,
            name,
            connection,
            open: HashMap::new(),
        })
    }

    /// Opens a store for writing.
    ///
    /// # Errors
    ///
    /// It is not there, cannot be written, or has other keys.
    pub fn open(path: &Path, engine: &'e Engine, keys: Keys) -> Result<Self> {
        Self::connect(path, engine, keys, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a store to read and verify it.
    ///
    /// # Errors
    ///
    /// It is not there, or has other keys.
    pub fn open_read_only(path: &Path, engine: &'e Engine, keys: Keys) -> Result<Self> {
        Self::connect(path, engine, keys, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn connect(path: &Path, engine: &'e Engine, keys: Keys, flags: OpenFlags) -> Result<Self> {
        let mut connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        prepare(
            &mut connection,
            flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE),
        )?;
        let rules = RecordRules::embedded(engine)?;
        let name = meta(&connection, "name")?.ok_or(Error::Damaged("it has no name".to_owned()))?;
        let note = meta(&connection, "checkpoint")?.unwrap_or_default();
        if journal::checkpoint(&note, keys.verifying(), &name).is_none() {
            return Err(Error::Keys("they have not signed this store"));
        }
        Ok(Self {
            engine,
            rules,
            keys,
            name,
            connection,
            open: HashMap::new(),
        })
    }

    /// The rules of records that it goes by.
    #[must_use]
    pub fn rules(&self) -> &RecordRules {
        &self.rules
    }

    /// The rules that decide.
    #[must_use]
    pub fn engine(&self) -> &'e Engine {
        self.engine
    }

    /// The keys of the store.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The largest size of the file in pages of 4096 bytes: past it, a group fails and nothing is written.
    ///
    /// # Errors
    ///
    /// What the store says.
    pub fn limit_pages(&mut self, pages: u32) -> Result<()> {
        self.connection
            .pragma_update(None, "max_page_count", pages)?;
        Ok(())
    }

    /// Records a group of disclosures in one commit. When it returns, all of them are durable; when it fails,
    /// none of them is there.
    ///
    /// # Errors
    ///
    /// One of them lacks an item, or the store says no.
    pub fn record(&mut self, recorded_on: Day, disclosures: &[Disclosure]) -> Result<Vec<Receipt>> {
        let rows = disclosures
            .iter()
            .map(|one| row(self.engine, &self.rules, one, recorded_on));
        let rows = rows.collect::<Result<Vec<Row>>>()?;
        let written = self.write(recorded_on, rows, disclosures);
        if written.is_err() {
            self.open.clear();
        }
        written
    }

    fn write(
        &mut self,
        recorded_on: Day,
        rows: Vec<Row>,
        disclosures: &[Disclosure],
    ) -> Result<Vec<Receipt>> {
        let Self {
            keys,
            name,
            connection,
            open,
            ..
        } = self;
        let group = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        advance(&group, keys, name, recorded_on)?;
        let month = month_of(recorded_on);
        let mut receipts = Vec::with_capacity(rows.len());
        let mut touched: Vec<(i64, String)> = Vec::new();
        for (row, disclosure) in rows.into_iter().zip(disclosures) {
            let society = row
                .values
                .get(at("society"))
                .cloned()
                .flatten()
                .unwrap_or_default();
            let label = format!("{society}/{}/{month}", row.class);
            let id = match touched.iter().find(|(_, known)| *known == label) {
                Some((id, _)) => *id,
                None => {
                    let id = OpenSegment::find(
                        &group,
                        keys,
                        name,
                        open,
                        (&society, &row.class, &month),
                    )?;
                    touched.push((id, label.clone()));
                    id
                }
            };
            let segment = open.get_mut(&id).ok_or(Error::NoSegment(label.clone()))?;
            let seq = i64::try_from(segment.tree.size()).map_err(|_| Error::Full)?;
            let hash = insert(&group, segment, (id, seq), row, disclosure)?;
            segment.tree.push(hash);
            receipts.push(Receipt {
                segment: label,
                place: seq,
                leaf: hash,
            });
        }
        for (id, _) in &touched {
            let Some(segment) = open.get(id) else {
                continue;
            };
            let head = head_of(keys, name, *id, &segment.tree)?;
            let size = i64::try_from(segment.tree.size()).map_err(|_| Error::Full)?;
            group
                .prepare_cached("UPDATE segment SET size = ?2, head = ?3 WHERE id = ?1")?
                .execute((id, size, head))?;
        }
        group.commit()?;
        Ok(receipts)
    }

    /// Copies the store while it runs, in steps that let writers through. The copy is whole.
    ///
    /// # Errors
    ///
    /// The copy cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let mut copy = Connection::open(to)?;
        let backup = rusqlite::backup::Backup::new(&self.connection, &mut copy)?;
        backup.run_to_completion(1000, std::time::Duration::ZERO, None)?;
        Ok(())
    }
}

/// The name of the store: that of its signing key.
fn name_of(keys: &Keys) -> Result<String> {
    let name = keys.verifying().split('+').next();
    name.map(ToOwned::to_owned)
        .ok_or(Error::Keys("they have no name"))
}

/// The month of a day, as `2026-04`.
pub(crate) fn month_of(day: Day) -> String {
    let (year, month) = day.year_and_month();
    format!("{year:04}-{month:02}")
}

/// A day of record may not lie before the last one: segments go by it, and a clock that was set back would
/// write into what is closed. The day is signed, for it stands in the store.
pub(crate) fn advance(group: &Transaction<'_>, keys: &Keys, store: &str, day: Day) -> Result<()> {
    match last_day(group, keys, store)? {
        Some(last) if day < last => Err(Error::ClockBackwards { last, given: day }),
        Some(last) if day == last => Ok(()),
        _ => {
            let note = keys.sign(&format!("{}{day}", day_origin(store)), 0, [0; 32])?;
            set_meta(group, "last_day", &note)
        }
    }
}

fn day_origin(store: &str) -> String {
    format!("mokuteki-ledger/{store}/day/")
}

/// The last day of record; none in a new store.
///
/// # Errors
///
/// What stands there was not signed.
pub(crate) fn last_day(connection: &Connection, keys: &Keys, store: &str) -> Result<Option<Day>> {
    let Some(note) = meta(connection, "last_day")? else {
        return Ok(None);
    };
    let opened = opened(&note, keys.verifying());
    let day =
        opened.and_then(|(origin, _, _)| origin.strip_prefix(&day_origin(store))?.parse().ok());
    day.map(Some)
        .ok_or_else(|| Error::Damaged("the last day of record".to_owned()))
}

fn insert(
    group: &Transaction<'_>,
    segment: &OpenSegment,
    (id, seq): (i64, i64),
    row: Row,
    disclosure: &Disclosure,
) -> Result<[u8; 32]> {
    let mut persons: Vec<(PersonKey, Vec<u8>)> = Vec::with_capacity(disclosure.persons.len());
    for person in &disclosure.persons {
        let sealed =
            segment
                .key
                .seal(random()?, person.member.as_bytes(), person.key.as_bytes())?;
        persons.push((person.key, sealed));
    }
    let due = row.due.to_string();
    let salt: [u8; 16] = random()?;
    let hash = leaf(&salt, &canonical(id, seq, &due, &row.values, &persons));
    let text = |value: Option<String>| value.map_or(Value::Null, Value::Text);
    let values = [Value::Integer(id), Value::Integer(seq), Value::Text(due)]
        .into_iter()
        .chain(row.values.into_iter().map(text))
        .chain([Value::Blob(salt.to_vec()), Value::Blob(hash.to_vec())]);
    group
        .prepare_cached(&insert_record())?
        .execute(params_from_iter(values))?;
    let mut statement =
        group.prepare_cached("INSERT INTO record_person VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (n, (person, sealed)) in (0_i64..).zip(&persons) {
        statement.execute((id, seq, n, person.as_bytes().as_slice(), sealed))?;
    }
    Ok(hash)
}

fn insert_record() -> String {
    static SQL: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
        let places = vec!["?"; COLUMNS.len() + 5].join(", ");
        format!("INSERT INTO record VALUES ({places})")
    });
    SQL.clone()
}
