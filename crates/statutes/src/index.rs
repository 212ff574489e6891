//! A list of files with the revision of each, for texts whose files do not say it themselves.

use std::path::{Path, PathBuf};

use mokuteki::Day;

use crate::{
    act::{self, Act},
    error::{FileError, Reason},
};

/// Reads the acts of a list (`index.tsv`): a head with the columns `file`, `law_id`, `revision`,
/// `in_force_from` and `retrieved`, and a row for each file beside it. Rows of files that are no text of an
/// act (of another `form` than xml and page) are passed over.
///
/// # Errors
///
/// The list or a file of it cannot be read; all such errors are given.
pub fn read(path: &Path) -> Result<Vec<Act>, Vec<FileError>> {
    let shown = path.display().to_string();
    let one = |error| vec![error];
    let bytes = crate::document::bytes(path).map_err(one)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| one(FileError::new(&shown, Reason::Broken(error.to_string()))))?;
    let rows = crate::list::rows(&shown, &text, b'\t').map_err(one)?;
    let (mut acts, mut errors) = (Vec::new(), Vec::new());
    let directory = path.parent().map(PathBuf::from).unwrap_or_default();
    for row in &rows {
        match act_of(&shown, &directory, row) {
            Ok(Some(act)) => acts.push(act),
            Ok(None) => {}
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() {
        Ok(acts)
    } else {
        Err(errors)
    }
}

fn act_of(list: &str, directory: &Path, row: &crate::list::Row) -> Result<Option<Act>, FileError> {
    let form = row.get("form").unwrap_or("xml");
    if !["xml", "page", "json-act"].contains(&form) {
        return Ok(None);
    }
    let required = |name: &'static str| {
        row.get(name)
            .ok_or_else(|| FileError::at(list, row.line, Reason::NoColumn(name)))
    };
    let day = |name: &'static str| -> Result<Option<Day>, FileError> {
        let value = required(name)?;
        if value.is_empty() {
            return Ok(None);
        }
        let read = value.parse().map(Some);
        read.map_err(|_| {
            FileError::at(
                list,
                row.line,
                Reason::BadValue {
                    field: name,
                    value: value.to_owned(),
                },
            )
        })
    };
    let mut act = act::read(&directory.join(required("file")?))?;
    let revision = &mut act.revision;
    revision.law_id = Some(required("law_id")?.to_owned());
    revision.id = Some(required("revision")?.to_owned());
    revision.from = day("in_force_from")?;
    revision.read_on = day("retrieved")?;
    Ok(Some(act))
}
