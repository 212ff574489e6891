//! What the door costs: a decision from ids through C beside the engine's own, as a ratio of medians of interleaved rounds.
//!
//! `cargo bench -p mokuteki-c` prints the table and ends with 1 where the limit of the house is missed; with `--test` it
//! runs each contender once.

#![expect(
    unsafe_code,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench calls the library as C does, and prints what it measured"
)]

use std::{ffi::c_char, hint::black_box, process::ExitCode, time::Instant};

use mokuteki::{
    Engine, Flow, FlowSpec,
    flow::{FIELDS, Field},
};
use mokuteki_c::{
    MOKUTEKI_FIELDS, MOKUTEKI_OK, mokuteki_coded, mokuteki_decide_coded, mokuteki_decide_ids,
    mokuteki_generation, mokuteki_ids, mokuteki_open_embedded, mokuteki_resolve, mokuteki_text,
};

/// How often the flows of the vectors are repeated: as many rows as a day of a society has.
const TIMES: usize = 200;

/// The most that a decision from ids may take through C, in decisions of the engine's own.
const LIMIT: f64 = 2.0;

struct Rows {
    engine: u64,
    ids: Vec<Vec<u32>>,
    generation: u64,
    flows: Vec<Flow>,
    texts: Vec<Vec<String>>,
}

/// Rows of the vectors of which each word has an id.
fn rows(own: &Engine) -> Rows {
    let (mut engine, mut generation) = (0, 0);
    // SAFETY: a reference is room for a value.
    let status = unsafe { mokuteki_open_embedded(&raw mut engine) };
    assert_eq!(status, MOKUTEKI_OK);
    // SAFETY: as above.
    unsafe { mokuteki_generation(engine, &raw mut generation) };
    let mut rows = Rows {
        engine,
        ids: vec![Vec::new(); MOKUTEKI_FIELDS],
        generation,
        flows: Vec::new(),
        texts: Vec::new(),
    };
    for line in include_str!("../../../vectors/flows.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').skip(1).take(FIELDS.len()).collect();
        let data = [*cells.get(Field::Data as usize).unwrap()];
        let spec = FlowSpec::of_fields(&data, |field| cells[field as usize]);
        let (Ok(flow), true) = (own.flow(&spec), spec.under.is_empty()) else {
            continue;
        };
        // Law that is no ground has no id.
        if flow.no_ground().is_some() {
            continue;
        }
        let mut found = [0; MOKUTEKI_FIELDS];
        let day: u32 = spec.as_of.replace('-', "").parse().unwrap();
        for (at, cell) in cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.is_empty())
        {
            let society = found[0];
            found[at] = day;
            if at != Field::AsOf as usize {
                // SAFETY: the name and the room are of this function.
                let status = unsafe {
                    let name = cell.as_ptr().cast::<c_char>();
                    let field = u32::try_from(at).unwrap();
                    let id = &raw mut found[at];
                    mokuteki_resolve(
                        engine,
                        generation,
                        field,
                        name,
                        cell.len(),
                        society,
                        day,
                        id,
                    )
                };
                assert_eq!(status, MOKUTEKI_OK, "{cell}");
            }
        }
        for (column, id) in rows.ids.iter_mut().zip(found) {
            column.push(id);
        }
        rows.flows.push(flow);
        rows.texts
            .push(cells.iter().map(|cell| (*cell).to_owned()).collect());
    }
    let count = rows.flows.len() * TIMES;
    rows.flows = rows.flows.iter().cycle().take(count).cloned().collect();
    rows.ids = rows.ids.iter().map(|column| column.repeat(TIMES)).collect();
    rows
}

fn own(engine: &Engine, flows: &[Flow]) -> usize {
    let verdicts = flows.iter().map(|flow| engine.decide(flow).verdict());
    verdicts
        .filter(|verdict| *verdict == mokuteki::Verdict::Permitted)
        .count()
}

/// Calls of `each` rows.
fn through_c(rows: &Rows, each: usize, verdicts: &mut [u8], clauses: &mut [u32]) -> usize {
    let count = rows.flows.len();
    for from in (0..count).step_by(each) {
        let mut column = [std::ptr::null(); MOKUTEKI_FIELDS];
        for (at, (column, ids)) in column.iter_mut().zip(&rows.ids).enumerate() {
            if at != Field::Under as usize {
                *column = ids[from..].as_ptr();
            }
        }
        let ids = mokuteki_ids {
            generation: rows.generation,
            rows: each.min(count - from),
            column,
        };
        // SAFETY: columns and buffers have as many rows behind `from`.
        let status = unsafe {
            let (verdicts, clauses) = (verdicts[from..].as_mut_ptr(), clauses[from..].as_mut_ptr());
            mokuteki_decide_ids(rows.engine, &raw const ids, verdicts, clauses)
        };
        assert_eq!(status, MOKUTEKI_OK);
    }
    verdicts.iter().filter(|verdict| **verdict == 1).count()
}

/// All rows in one call, as dictionary-coded texts.
fn coded(rows: &Rows, verdicts: &mut [u8], clauses: &mut [u32]) -> usize {
    let kinds = rows.texts.len();
    let names: Vec<Vec<mokuteki_text>> = (0..MOKUTEKI_FIELDS)
        .map(|at| {
            let names = rows.texts.iter().map(|row| mokuteki_text {
                at: row[at].as_ptr().cast(),
                length: row[at].len(),
            });
            names.collect()
        })
        .collect();
    let places = 0..i32::try_from(kinds).unwrap();
    let codes: Vec<i32> = places.collect::<Vec<_>>().repeat(TIMES);
    let columns: Vec<mokuteki_coded> = names
        .iter()
        .map(|names| mokuteki_coded {
            names: names.as_ptr(),
            names_length: names.len(),
            codes: codes.as_ptr(),
        })
        .collect();
    // SAFETY: every column has a code for each row, and so have the buffers.
    let status = unsafe {
        let (verdicts, clauses) = (verdicts.as_mut_ptr(), clauses.as_mut_ptr());
        mokuteki_decide_coded(
            rows.engine,
            columns.as_ptr(),
            codes.len(),
            verdicts,
            clauses,
        )
    };
    assert_eq!(status, MOKUTEKI_OK);
    verdicts.iter().filter(|verdict| **verdict == 1).count()
}

fn main() -> ExitCode {
    let test = std::env::args().any(|argument| argument == "--test");
    let engine = Engine::embedded();
    let rows = rows(engine);
    let count = rows.flows.len();
    let (mut verdicts, mut clauses) = (vec![0; count], vec![0; count]);
    let permitted = own(engine, &rows.flows);
    let names = [
        "the engine's own, from flows of ids",
        "through C, columns of ids",
        "through C, calls of 1,000 rows of ids",
        "through C, a call for each row of ids",
        "through C, a column of dictionary-coded texts",
    ];
    let mut times: [Vec<f64>; 5] = Default::default();
    for _ in 0..if test { 1 } else { 31 } {
        for (at, times) in times.iter_mut().enumerate() {
            let began = Instant::now();
            let found = match at {
                0 => own(engine, black_box(&rows.flows)),
                1 => through_c(black_box(&rows), count, &mut verdicts, &mut clauses),
                2 => through_c(black_box(&rows), 1000, &mut verdicts, &mut clauses),
                3 => through_c(black_box(&rows), 1, &mut verdicts, &mut clauses),
                _ => coded(black_box(&rows), &mut verdicts, &mut clauses),
            };
            times.push(began.elapsed().as_secs_f64());
            assert_eq!(found, permitted, "{} decides otherwise", names[at]);
        }
    }
    let medians = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    println!(
        "{count} rows; medians of {} interleaved rounds\n",
        if test { 1 } else { 31 }
    );
    println!("| contender | ns a decision | × the engine's own |\n|---|--:|--:|");
    for (name, median) in names.into_iter().zip(medians) {
        let nanoseconds = median * 1e9 / f64::from(u32::try_from(count).unwrap());
        println!("| {name} | {nanoseconds:.1} | {:.2} |", median / medians[0]);
    }
    if !test && medians[1] > LIMIT * medians[0] {
        println!("\nmissed: columns of ids may take {LIMIT} times what the engine takes");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
