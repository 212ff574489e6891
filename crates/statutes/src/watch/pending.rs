//! Revisions that e-Gov announces: its list of revisions not yet in force (CSV), and the answer of
//! `/law_revisions` (JSON).

use mokuteki::{Day, citation, law::Law};
use serde_json::Value;

use crate::{
    act::compact_day,
    error::{FileError, Reason},
    list,
};

/// A revision of an act that e-Gov announces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    /// The lasting id of the statute in the rules.
    pub statute: String,
    /// Its name.
    pub name: String,
    /// The day from which it is, or is to be, in force.
    pub from: Day,
    /// The amending act, with its number in canonical form.
    pub act: String,
    /// The law number of the amending act in canonical form.
    pub number: String,
    /// The revision id of e-Gov.
    pub revision: String,
    /// Whether the rules know of it: its text was read, or it stands among what is to come.
    pub known: bool,
}

/// The announced revisions of the acts of the rules, by act and day. Other acts are passed over.
///
/// # Errors
///
/// The file is neither form, or a row or field of it cannot be read.
pub fn announced(file: &str, bytes: &[u8], law: &Law) -> Result<Vec<Announced>, FileError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| FileError::new(file, Reason::Broken(error.to_string())))?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut found = if text.trim_start().starts_with('{') {
        of_answer(file, text, law)?
    } else {
        of_list(file, text, law)?
    };
    found.sort_by(|a, b| (&a.statute, a.from, &a.revision).cmp(&(&b.statute, b.from, &b.revision)));
    found.dedup();
    Ok(found)
}

fn of_list(file: &str, text: &str, law: &Law) -> Result<Vec<Announced>, FileError> {
    let mut found = Vec::new();
    let rows = list::rows(file, text, b',')?;
    for row in &rows {
        let value = |name: &'static str| {
            row.get(name)
                .ok_or_else(|| FileError::at(file, row.line, Reason::NoColumn(name)))
        };
        let wrong = |field: &'static str, value: &str| {
            FileError::at(
                file,
                row.line,
                Reason::BadValue {
                    field,
                    value: value.to_owned(),
                },
            )
        };
        let from = value("enforcement_date")?;
        let from = compact_day(from).ok_or_else(|| wrong("enforcement_date", from))?;
        let number = value("amend_law_num")?;
        let number = citation::law_number(number).ok_or_else(|| wrong("amend_law_num", number))?;
        let revision = format!("{}_{}", value("law_id")?, value("mst_id")?);
        let one = Row {
            title: value("law_title")?,
            law_number: None,
            law_id: value("law_id")?,
            from,
            act: value("amend_law_name")?,
            number,
            revision,
        };
        found.extend(one.of(law));
    }
    Ok(found)
}

fn of_answer(file: &str, text: &str, law: &Law) -> Result<Vec<Announced>, FileError> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        FileError::at(file, error.line() as u64, Reason::Broken(error.to_string()))
    })?;
    let no_act = |why: &str| FileError::new(file, Reason::NoAct(why.to_owned()));
    let info = value
        .get("law_info")
        .ok_or_else(|| no_act("no `law_info`"))?;
    let revisions = value
        .get("revisions")
        .and_then(Value::as_array)
        .ok_or_else(|| no_act("no `revisions`"))?;
    let law_number = info
        .get("law_num")
        .and_then(Value::as_str)
        .and_then(citation::law_number);
    let law_id = info
        .get("law_id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut found = Vec::new();
    for revision in revisions {
        let text = |name: &'static str| {
            let value = revision.get(name).and_then(Value::as_str);
            value.ok_or_else(|| FileError::new(file, Reason::NoColumn(name)))
        };
        let wrong = |field: &'static str, value: &str| {
            FileError::new(
                file,
                Reason::BadValue {
                    field,
                    value: value.to_owned(),
                },
            )
        };
        let from = text("amendment_enforcement_date")?;
        let from: Day = from
            .parse()
            .map_err(|_| wrong("amendment_enforcement_date", from))?;
        // The act itself, before any amendment, has no amending act.
        let Some(number) = revision.get("amendment_law_num").and_then(Value::as_str) else {
            continue;
        };
        let number =
            citation::law_number(number).ok_or_else(|| wrong("amendment_law_num", number))?;
        let act = revision
            .get("amendment_law_title")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let one = Row {
            title: text("law_title")?,
            law_number: law_number.clone(),
            law_id,
            from,
            act,
            number,
            revision: text("law_revision_id")?.to_owned(),
        };
        found.extend(one.of(law));
    }
    Ok(found)
}

struct Row<'r> {
    title: &'r str,
    law_number: Option<String>,
    law_id: &'r str,
    from: Day,
    act: &'r str,
    number: String,
    revision: String,
}

impl Row<'_> {
    fn of(self, law: &Law) -> Option<Announced> {
        let of_table = |statute: &&mokuteki::law::Statute| {
            statute
                .places()
                .is_some_and(|places| places.law_id() == self.law_id)
        };
        let statute = law.statutes().find(|statute| {
            self.law_number.as_deref() == Some(statute.number.as_str())
                || statute.full_name == self.title
                || of_table(statute)
        })?;
        let read = statute.read_on.is_some_and(|read_on| self.from <= read_on);
        let coming = statute
            .coming
            .iter()
            .any(|coming| coming.act.contains(&self.number) && coming.from == self.from);
        Some(Announced {
            statute: statute.id.clone(),
            name: statute.name.clone(),
            from: self.from,
            act: format!("{} ({})", self.act, self.number),
            number: self.number,
            revision: self.revision,
            known: read || coming,
        })
    }
}
