//! The command on a long file, beside the crate that reads it and does nothing else: csv, and `serde_json` for
//! NDJSON. Both read the same file in the same run.
//!
//! `MOKUTEKI_BENCH_ROWS` sets the number of rows, 200,000 when it is not set.

mod resident;

use std::{
    borrow::Cow,
    collections::HashMap,
    env,
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use criterion::{Criterion, Throughput};
use csv::{ByteRecord, ReaderBuilder};

/// The columns of a flow in `tests/data/flows.tsv`, from the second on.
const COLUMNS: usize = 14;

/// The adjudicated flows, with the names of their columns first.
fn flows() -> impl Iterator<Item = Vec<&'static str>> {
    let lines = include_str!("../../../tests/data/flows.tsv").lines();
    lines.map(|line| line.split('\t').skip(1).take(COLUMNS).collect())
}

/// These again and again, each row with an id of its own.
fn write_csv(path: &Path, rows: usize) -> io::Result<()> {
    let mut flows = flows().map(|cells| cells.join(","));
    let header = flows.next().unwrap_or_default();
    let flows: Vec<String> = flows.collect();
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "id,{header}")?;
    for (row, flow) in (0..rows).zip(flows.iter().cycle()) {
        writeln!(file, "claim-{row:09},{flow}")?;
    }
    file.flush()
}

/// The same with an object a row, of the fields that are given.
fn write_ndjson(path: &Path, rows: usize) -> io::Result<()> {
    let mut flows = flows();
    let names = flows.next().unwrap_or_default();
    let objects = flows.map(|cells| {
        let given = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        let fields = given.map(|(name, cell)| format!("{name:?}:{}", serde_json::json!(cell)));
        fields.collect::<Vec<String>>().join(",")
    });
    let objects: Vec<String> = objects.collect();
    let mut file = BufWriter::new(File::create(path)?);
    for (row, fields) in (0..rows).zip(objects.iter().cycle()) {
        writeln!(file, "{{\"id\":\"claim-{row:09}\",{fields}}}")?;
    }
    file.flush()
}

fn read_csv(path: &Path) -> io::Result<usize> {
    let mut reader = ReaderBuilder::new().from_path(path)?;
    let (mut record, mut rows) = (ByteRecord::new(), 0);
    while reader.read_byte_record(&mut record)? {
        rows += 1;
    }
    Ok(rows)
}

fn read_ndjson(path: &Path) -> io::Result<usize> {
    let mut reader = BufReader::new(File::open(path)?);
    let (mut line, mut rows) = (Vec::new(), 0);
    while reader.read_until(b'\n', &mut line)? > 0 {
        let object: HashMap<Cow<'_, str>, Cow<'_, str>> = serde_json::from_slice(&line)?;
        rows += usize::from(!object.is_empty());
        line.clear();
    }
    Ok(rows)
}

fn command(path: &Path) -> io::Result<Child> {
    Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .args(["decide", "--format", "ndjson", "--input"])
        .arg(path)
        .stdout(Stdio::null())
        .spawn()
}

/// The exit code; 3, because some of the adjudicated flows are errors.
fn decide(path: &Path) -> io::Result<Option<i32>> {
    Ok(command(path)?.wait()?.code())
}

#[expect(clippy::print_stdout, reason = "a bench tells what it found")]
fn report(line: &str) {
    println!("{line}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is no library: who runs it says how long the file is"
)]
fn rows() -> usize {
    let rows = env::var("MOKUTEKI_BENCH_ROWS").ok();
    rows.and_then(|rows| rows.parse().ok()).unwrap_or(200_000)
}

/// Writes, reads and decides a file of one form.
fn form(
    criterion: &mut Criterion,
    (name, suffix, alone): (&str, &str, &str),
    write: impl Fn(&Path, usize) -> io::Result<()>,
    read: impl Fn(&Path) -> io::Result<usize>,
) -> io::Result<()> {
    let rows = rows();
    let path: PathBuf = env::temp_dir().join(format!("mokuteki-{}.{suffix}", std::process::id()));
    write(&path, rows)?;
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(rows as u64));
    group.sample_size(10);
    group.bench_function(alone, |bencher| {
        bencher.iter(|| assert_eq!(read(&path).ok(), Some(rows)));
    });
    group.bench_function("mokuteki decide", |bencher| {
        bencher.iter(|| assert_eq!(decide(&path).ok(), Some(Some(3))));
    });
    group.finish();
    let held = resident::most(&mut command(&path)?)?;
    report(&format!(
        "{name} of {rows} rows: at most {held} KiB resident\n"
    ));
    fs::remove_file(path)
}

fn main() -> io::Result<()> {
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    let csv = ("a CSV file", "csv", "the csv crate alone");
    form(&mut criterion, csv, write_csv, read_csv)?;
    let ndjson = ("an NDJSON file", "ndjson", "serde_json alone");
    form(&mut criterion, ndjson, write_ndjson, read_ndjson)?;
    criterion.final_summary();
    Ok(())
}
