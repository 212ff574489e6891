//! What a flow takes of a file: all of its parts or one of them.

use std::collections::HashSet;

use super::{Fault, Field, Part};
use crate::register::FieldSource;
use mokuteki::text;
use mokuteki_findings::{Place, Text};

/// How deep the types of fields are followed into other parts of the file.
const DEEPEST: usize = 8;
/// How many names of parts a message lists.
const LISTED: usize = 10;

/// The fields of one part, with those of the types that it uses, or of all.
pub(super) fn fields(
    parts: &[Part],
    wanted: Option<&str>,
    source: &FieldSource,
) -> Result<Vec<Field>, Fault> {
    let mut fields = Vec::new();
    let mut first = None;
    for part in parts {
        if wanted.is_none_or(|wanted| part.is_called(wanted)) {
            first = first.or(Some(part));
            fields.extend(part.fields.iter().cloned());
            if wanted.is_some() {
                follow(part, parts, "", 0, &mut HashSet::new(), &mut fields);
            }
        }
    }
    if !fields.is_empty() {
        return Ok(fields);
    }
    match (first, wanted) {
        (Some(part), _) => Err(Fault::new(
            part.place.clone(),
            Text::new(
                format!("「{}」に列の一覧がない", part.name),
                format!("`{}` has no list of columns", part.name),
            ),
            Text::new(
                "列を書いた定義を指すか、fields に項目を書く",
                "name a definition with columns, or write the fields in `fields`",
            ),
        )),
        (None, Some(wanted)) => {
            let names = parts.iter().map(|part| part.name.as_str());
            Err(no_part(source, wanted, names))
        }
        (None, None) => Ok(fields),
    }
}

/// Adds the fields of the parts that the fields of a part are of.
fn follow(
    part: &Part,
    parts: &[Part],
    under: &str,
    depth: usize,
    met: &mut HashSet<String>,
    fields: &mut Vec<Field>,
) {
    if depth >= DEEPEST || !met.insert(part.name.clone()) {
        return;
    }
    for (name, type_name) in &part.types {
        let found = parts
            .iter()
            .find(|one| one.is_called(type_name) && one.name != part.name);
        let Some(found) = found else { continue };
        let under = if under.is_empty() {
            name.clone()
        } else {
            format!("{under}.{name}")
        };
        fields.extend(found.fields.iter().map(|field| Field {
            name: format!("{under}.{}", field.name),
            ..field.clone()
        }));
        follow(found, parts, &under, depth + 1, met, fields);
    }
    met.remove(&part.name);
}

/// A part that a file does not have, with the nearest of those that it has.
pub(super) fn no_part<'n>(
    source: &FieldSource,
    wanted: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Fault {
    let path = &source.path;
    let near = text::nearest(wanted, names.clone(), 1);
    let list = names.take(LISTED).collect::<Vec<_>>().join(", ");
    let help = match near.first() {
        Some(near) => Text::new(
            format!("「{path}#{near}」のことか"),
            format!("did you mean `{path}#{near}`?"),
        ),
        None => Text::new(format!("あるのは: {list}"), format!("there are: {list}")),
    };
    Fault::new(
        source.place.clone(),
        Text::new(
            format!("{path} に「{wanted}」はない"),
            format!("{path} has no `{wanted}`"),
        ),
        help,
    )
}

/// The place of a line of a file.
pub(super) fn line(path: &str, line: usize) -> Place {
    Place::line(path, u32::try_from(line).unwrap_or(u32::MAX))
}
