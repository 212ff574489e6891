//! Makes the tables of places that the rules ship with: `tables INDEX.tsv RULES`, where the list names
//! the texts (see `index::read`) and RULES is the directory of the rules.

use std::{collections::BTreeMap, error::Error, fs, path::Path};

use mokuteki::Engine;
use mokuteki_statutes::{index, table};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let list = arguments.next().ok_or("tables INDEX.tsv RULES")?;
    let rules = arguments.next().ok_or("tables INDEX.tsv RULES")?;
    let acts = index::read(Path::new(&list)).map_err(|errors| {
        errors
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("\n")
    })?;
    let mut by_number: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for act in acts {
        by_number.entry(act.number.clone()).or_default().push(act);
    }
    for statute in Engine::embedded().law().statutes() {
        let Some(acts) = by_number.remove(&statute.number) else {
            continue;
        };
        let written = table::write(&statute.id, &statute.number, &acts).map_err(|errors| {
            errors
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n")
        })?;
        let path = Path::new(&rules)
            .join("statutes/places")
            .join(format!("{}.tsv", statute.id));
        fs::write(&path, written)?;
    }
    match by_number.keys().next() {
        Some(number) => Err(format!("the rules have no statute with the number {number}").into()),
        None => Ok(()),
    }
}
