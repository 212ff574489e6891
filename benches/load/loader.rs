//! How long an edition of the engine takes to load its own rules, beside another edition in the same run.
//!
//! `run` builds this file once for each edition. `serve` answers each line of its input, a case, with the nanoseconds of one load;
//! `compare BEFORE NOW` starts both and asks them in turn, so that whatever else the machine does falls on both.

mod societies;

use std::{
    env,
    error::Error,
    fs,
    io::{self, BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Instant,
};

use mokuteki::{Engine, rules::Sources};

/// What is loaded, and how often: the rules of many societies take half a thousand times as long as those of two.
const CASES: [(&str, usize); 2] = [("2", 401), ("1400", 15)];
/// What a load may cost in place of one of the edition before.
const ASKED: f64 = 1.3;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.as_slice() {
        [word] if word == "serve" => serve(),
        [word, before, now] if word == "compare" => compare(before, now),
        _ => Err("serve, or compare BEFORE NOW".into()),
    }
}

/// The rules of a case, as bytes in memory.
fn sources(case: &str) -> Result<Sources, Box<dyn Error>> {
    match case.parse()? {
        2 => Ok(Sources::embedded()),
        count => Ok(societies::differing(count)),
    }
}

fn serve() -> Result<(), Box<dyn Error>> {
    // Whatever is made once in a process is made before the first load that counts.
    let warm = Engine::embedded();
    assert_eq!(warm.societies().count(), 2);
    let mut made: Option<(String, Sources)> = None;
    let mut out = io::stdout();
    for line in io::stdin().lock().lines() {
        let case = line?;
        if made.as_ref().is_none_or(|(name, _)| *name != case) {
            made = Some((case.clone(), sources(&case)?));
        }
        let Some((_, sources)) = &made else { continue };
        let began = Instant::now();
        let engine = Engine::from_sources(sources).map_err(|problems| problems.to_string())?;
        let took = began.elapsed().as_nanos();
        assert_eq!(engine.societies().count(), case.parse()?);
        let clauses: usize = engine.notices().map(|notice| notice.clauses.len()).sum();
        writeln!(out, "{took} {clauses} {}", resident())?;
    }
    Ok(())
}

/// The memory of this process in KiB, at most so far; 0 where the system does not tell.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|peak| peak.trim().trim_end_matches("kB").trim().parse().ok())
        .unwrap_or(0)
}

/// A loader that waits to be asked.
struct Loader {
    _process: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

struct Load {
    nanoseconds: f64,
    clauses: u64,
    resident: u64,
}

impl Loader {
    fn start(path: &str) -> Result<Self, Box<dyn Error>> {
        let mut command = Command::new(path);
        let mut process = command
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let asks = process.stdin.take().ok_or("no input")?;
        let answers = BufReader::new(process.stdout.take().ok_or("no output")?);
        Ok(Self {
            _process: process,
            asks,
            answers,
        })
    }

    fn load(&mut self, case: &str) -> Result<Load, Box<dyn Error>> {
        writeln!(self.asks, "{case}")?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [took, clauses, resident] = cells.as_slice() else {
            return Err(format!("an answer of three numbers was expected, not {line:?}").into());
        };
        Ok(Load {
            nanoseconds: took.parse()?,
            clauses: clauses.parse()?,
            resident: resident.parse()?,
        })
    }
}

fn compare(before: &str, now: &str) -> Result<(), Box<dyn Error>> {
    println!(
        "| societies | rounds | clauses before | now | ms before | ms now | ratio | asked | µs a clause before | now | MiB before | now |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let mut missed = Vec::new();
    for (case, rounds) in CASES {
        let mut loaders = [Loader::start(before)?, Loader::start(now)?];
        let mut taken: [Vec<Load>; 2] = [Vec::new(), Vec::new()];
        for round in 0..=rounds {
            // Each goes first in every other round.
            for at in [round % 2, (round + 1) % 2] {
                let load = loaders[at].load(case)?;
                // The first round fills the caches of both.
                if round > 0 {
                    taken[at].push(load);
                }
            }
        }
        let [before, now] = taken.map(|mut loads| {
            loads.sort_by(|a, b| a.nanoseconds.total_cmp(&b.nanoseconds));
            let clauses = loads[0].clauses;
            let resident = loads.iter().map(|load| load.resident).max().unwrap_or(0);
            (loads[loads.len() / 2].nanoseconds, clauses, resident)
        });
        let ratio = now.0 / before.0;
        println!(
            "| {case} | {rounds} | {} | {} | {:.2} | {:.2} | {ratio:.2}× | ≤ {ASKED}× | {:.1} | {:.1} | {:.0} | {:.0} |",
            before.1,
            now.1,
            before.0 / 1e6,
            now.0 / 1e6,
            before.0 / 1e3 / before.1 as f64,
            now.0 / 1e3 / now.1 as f64,
            before.2 as f64 / 1024.0,
            now.2 as f64 / 1024.0,
        );
        if ratio > ASKED {
            missed.push(case);
        }
    }
    if missed.is_empty() {
        Ok(())
    } else {
        Err(format!("over {ASKED}×: {}", missed.join(", ")).into())
    }
}
