//! The version of the form of a rule file: what an older or a newer edition wrote means something else.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::problem::Kind;

/// The key that tells it, at the top of each file.
pub const FORMAT_KEY: &str = "format";

/// The form of what both editions write alike; a file without the key is of this form.
const FIRST: u32 = 1;

/// The form that the second edition gave to notices, the vocabulary, the statutes and the grounds.
const SECOND: u32 = 2;

/// The folders whose files have had one form so far.
const UNCHANGED: [&str; 2] = ["lists/", "terms/"];

/// The form in which the file of a path, relative to the rules, is read.
#[must_use]
pub fn format_of(path: &str) -> u32 {
    if UNCHANGED.iter().any(|folder| path.starts_with(folder)) {
        FIRST
    } else {
        SECOND
    }
}

/// Takes the key out of a file; what is wrong with it comes with its place.
pub(super) fn take(path: &str, table: &mut Spanned<DeTable<'_>>) -> Result<(), (usize, Kind)> {
    let reads = format_of(path);
    let (at, found) = match table.get_mut().remove(FORMAT_KEY) {
        // A file that says nothing is of no edition: what it lacks is told.
        None if table.get_ref().is_empty() => return Ok(()),
        None => (0, FIRST),
        Some(value) => {
            let at = value.span().start;
            let number = match value.get_ref() {
                DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
                _ => None,
            };
            let reason = format!("`{FORMAT_KEY}` is a number, here {reads}");
            (at, number.ok_or((at, Kind::Syntax { reason }))?)
        }
    };
    if found < reads {
        return Err((at, Kind::OlderFormat { found, reads }));
    }
    if found > reads {
        return Err((at, Kind::NewerFormat { found, reads }));
    }
    Ok(())
}
