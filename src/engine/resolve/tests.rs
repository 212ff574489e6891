use super::*;
use crate::names::Names;

/// Every adjudicated flow, also with each of its fields in another form or wrong.
fn cells() -> Vec<[String; 13]> {
    let lines = include_str!("../../../tests/data/flows.tsv")
        .lines()
        .skip(1);
    let mut all = Vec::new();
    for line in lines {
        let mut cells: [String; 13] = Default::default();
        for (cell, text) in cells.iter_mut().zip(line.split('\t').skip(1)) {
            text.clone_into(cell);
        }
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
        let data = [cells[1].as_str()];
        let spec = FlowSpec {
            society: &cells[0],
            data: &data,
            subject: &cells[2],
            sender: &cells[3],
            recipient: &cells[4],
            relation: &cells[5],
            activity: &cells[6],
            channel: &cells[7],
            basis: &cells[8],
            consent: &cells[9],
            my_number: &cells[10],
            abroad: &cells[11],
            as_of: &cells[12],
        };
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
