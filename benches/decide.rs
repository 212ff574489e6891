//! The command on a long file, beside the csv crate that reads it and does nothing else. Both read
//! the same file in the same run.
//!
//! `MOKUTEKI_BENCH_ROWS` sets the number of rows, 200,000 when it is not set.

use std::{
    env,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use criterion::{Criterion, Throughput};
use csv::{ByteRecord, ReaderBuilder};

/// The columns of a flow in `tests/data/flows.tsv`, from the second on.
const COLUMNS: usize = 13;

/// The adjudicated flows again and again, each row with an id of its own.
fn write(path: &Path, rows: usize) -> io::Result<()> {
    let flows = include_str!("../tests/data/flows.tsv").lines();
    let cut = |line: &str| -> String {
        let cells: Vec<&str> = line.split('\t').skip(1).take(COLUMNS).collect();
        cells.join(",")
    };
    let flows: Vec<String> = flows.map(cut).collect();
    let mut file = BufWriter::new(File::create(path)?);
    let mut rows = 0..rows;
    if let Some((header, flows)) = flows.split_first() {
        writeln!(file, "id,{header}")?;
        for (row, flow) in rows.by_ref().zip(flows.iter().cycle()) {
            writeln!(file, "claim-{row:09},{flow}")?;
        }
    }
    file.flush()
}

fn read(path: &Path) -> io::Result<usize> {
    let mut reader = ReaderBuilder::new().from_path(path)?;
    let (mut record, mut rows) = (ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        rows += 1;
    }
    Ok(rows)
}

/// The exit code; 3, because some of the adjudicated flows are errors.
fn decide(path: &Path) -> io::Result<Option<i32>> {
    let status = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .args(["decide", "--format", "ndjson", "--input"])
        .arg(path)
        .stdout(Stdio::null())
        .status()?;
    Ok(status.code())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is no library: who runs it says how long the file is"
)]
fn rows() -> usize {
    let rows = env::var("MOKUTEKI_BENCH_ROWS").ok();
    rows.and_then(|rows| rows.parse().ok()).unwrap_or(200_000)
}

fn main() -> io::Result<()> {
    let rows = rows();
    let path: PathBuf = env::temp_dir().join(format!("mokuteki-{}.csv", std::process::id()));
    write(&path, rows)?;
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    let mut group = criterion.benchmark_group("a CSV file");
    group.throughput(Throughput::Elements(rows as u64));
    group.sample_size(10);
    group.bench_function("the csv crate alone", |bencher| {
        bencher.iter(|| assert_eq!(read(&path).ok(), Some(rows)));
    });
    group.bench_function("mokuteki decide", |bencher| {
        bencher.iter(|| assert_eq!(decide(&path).ok(), Some(Some(3))));
    });
    group.finish();
    criterion.final_summary();
    fs::remove_file(path)
}
