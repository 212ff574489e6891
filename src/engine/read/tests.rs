use super::*;
use crate::names::Names;

/// Every adjudicated flow by its fields, also with each of them in another form or wrong.
fn cells() -> Vec<[String; Field::ALL.len()]> {
    let mut lines = include_str!("../../../tests/data/flows.tsv").lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let mut all = Vec::new();
    for line in lines {
        let row: Vec<&str> = line.split('\t').collect();
        let cells = Field::ALL.map(|field| {
            let column = header.iter().position(|name| *name == field.name());
            let text = column.and_then(|at| row.get(at));
            text.copied().unwrap_or_default().to_owned()
        });
        for (at, text) in cells.clone().iter().enumerate() {
            for other in [
                format!(" {text}"),
                text.replace('1', "１"),
                format!("{text}x"),
            ] {
                let mut cells = cells.clone();
                cells[at] = other;
                all.push(cells);
            }
        }
        all.push(cells);
    }
    all
}

#[test]
fn what_is_read_as_stored_is_read_alike_as_written() {
    let engine = Engine::embedded();
    let (mut quick, mut slow, mut wrong) = (0, 0, 0);
    for cells in cells() {
        let data = [cells[Field::Data as usize].as_str()];
        let spec = FlowSpec::of_fields(&data, |field| &cells[field as usize]);
        let written = engine.flow_as_written(&spec);
        match (engine.flow_as_stored(&spec), &written) {
            (Some(stored), _) => {
                assert_eq!(written, Ok(stored), "{cells:?}");
                quick += 1;
            }
            (None, Ok(_)) => slow += 1,
            (None, Err(_)) => wrong += 1,
        }
    }
    assert!(
        quick > 100 && slow > 100 && wrong > 100,
        "{quick} {slow} {wrong}"
    );
}

#[test]
fn the_names_of_the_vocabulary_lie_close_to_where_they_are_looked_for() {
    let words = Engine::embedded().vocabulary();
    for class in Class::ALL {
        let names: Names = words
            .terms_of(class)
            .map(|term| (words.label(term).to_owned(), term.code()))
            .collect();
        let longest = names.longest_run();
        assert!(longest <= 12, "{}: {longest}", class.name());
    }
}
