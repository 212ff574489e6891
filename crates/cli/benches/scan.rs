//! An audit of a large tree, beside plain searches of the same tree: ripgrep's own walker and searcher, which look for
//! the sign of a marker and do nothing else. Both read the same files in the same run, in turn.
//!
//! The tree is 1,000,000 lines in 10,000 files of nine languages, with 10,000 flows in eleven registers; with `--test`
//! it is a hundredth of that.

mod resident;

use std::{
    env,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use grep::{
    matcher::Matcher,
    regex::RegexMatcher,
    searcher::{Searcher, sinks::Bytes},
};
use ignore::{WalkBuilder, WalkState};

/// Files, and a flow for each.
const FILES: usize = 10_000;
/// Lines of a file.
const LINES: usize = 100;
/// Files of a folder, and flows of a register.
const TOGETHER: usize = 1_000;
const ROUNDS: usize = 9;

/// The ending of a language, its sign of a comment, a line of its code and one that sends data.
const LANGUAGES: [[&str; 4]; 9] = [
    [
        "java",
        "//",
        "        int total = claims.size() + rows;",
        "        client.send(HttpRequest.newBuilder(uri).build(), body());",
    ],
    [
        "kt",
        "//",
        "    val total = claims.size + rows",
        "    restTemplate.postForEntity(url, claim, Void::class.java)",
    ],
    [
        "cs",
        "//",
        "        var total = claims.Count + rows;",
        "        await http.PostAsync(url, body);",
    ],
    [
        "cbl",
        "      *>",
        "           ADD ROWS TO TOTAL.",
        "           WRITE CLAIM-RECORD.",
    ],
    [
        "py",
        "#",
        "    total = len(claims) + rows",
        "    requests.post(url, data=rows)",
    ],
    [
        "rs",
        "//",
        "    let total = claims.len() + rows;",
        "    reqwest::Client::new().post(url).send()?;",
    ],
    [
        "ts",
        "//",
        "  const total = claims.length + rows;",
        "  await fetch(url, { method: 'POST', body });",
    ],
    [
        "sql",
        "--",
        "  SELECT total, rows FROM claims;",
        "  COPY (SELECT * FROM claims) TO '/export/a.csv' CSV;",
    ],
    [
        "sh",
        "#",
        "total=$((total + rows))",
        "sftp batch@vendor.example.com < job",
    ],
];

fn language(at: usize) -> [&'static str; 4] {
    let language = LANGUAGES.get(at % LANGUAGES.len());
    language.copied().unwrap_or_default()
}

fn flow(at: usize) -> String {
    format!("team{:02}/flow{at:05}", at / TOGETHER)
}

fn file(at: usize) -> String {
    let [ending, ..] = language(at);
    format!("src/m{:02}/f{at:05}.{ending}", at / TOGETHER)
}

/// Writes the tree and its registers; gives the path of the first register.
fn write(root: &Path, files: usize) -> io::Result<PathBuf> {
    let mut registers: Vec<String> = Vec::new();
    for at in 0..files {
        let [_, comment, code, sends] = language(at);
        let mut text = String::new();
        for line in 0..LINES {
            let line = match line {
                50 => format!("{comment} mokuteki: {}", flow(at)),
                51 => sends.to_owned(),
                _ => format!("{code} {comment} {line}"),
            };
            text += &line;
            text.push('\n');
        }
        let path = root.join(file(at));
        if at % TOGETHER == 0 {
            fs::create_dir_all(path.parent().unwrap_or(root))?;
            registers.push("[defaults]\nsociety = \"aeon\"\nas_of = \"2026-04-01\"\n".to_owned());
        }
        fs::write(path, text)?;
        if let Some(register) = registers.last_mut() {
            let flow = format!(
                "\n[[flow]]\nid = \"{}\"\ndata = [\"レセプト\"]\nrecipient = \"点検業者\"\nrelation = \"委託\"\nactivity = \"レセプトの内容点検・審査\"\ncode = [\"{}\"]\n",
                flow(at),
                file(at)
            );
            register.push_str(&flow);
        }
    }
    fs::create_dir_all(root.join("flows"))?;
    for (at, text) in registers.iter().enumerate() {
        fs::write(root.join(format!("flows/{at:02}.toml")), text)?;
    }
    let first = root.join("mokuteki.toml");
    fs::write(&first, "include = [\"flows/*.toml\"]\n")?;
    Ok(first)
}

/// A plain search of the tree by as many threads as the machine runs; how many lines have the sign.
fn search(root: &Path, sign: &RegexMatcher) -> usize {
    let found = AtomicUsize::new(0);
    WalkBuilder::new(root)
        .hidden(false)
        .build_parallel()
        .run(|| {
            let mut searcher = Searcher::new();
            let found = &found;
            Box::new(move |entry| {
                let Ok(entry) = entry else {
                    return WalkState::Continue;
                };
                if entry.file_type().is_some_and(|kind| kind.is_file()) {
                    let mut here = 0;
                    let count = Bytes(|_, line| {
                        here += usize::from(sign.is_match(line).unwrap_or(false));
                        Ok(true)
                    });
                    assert!(searcher.search_path(sign, entry.path(), count).is_ok());
                    found.fetch_add(here, Ordering::Relaxed);
                }
                WalkState::Continue
            })
        });
    found.into_inner()
}

/// What an audit says, which fails where it finds something. `watch` sees the process while it runs.
fn audit(register: &Path, watch: impl FnOnce(&mut Child) -> io::Result<()>) -> io::Result<String> {
    let out = register.with_extension("out.json");
    let mut child = Command::new(env!("CARGO_BIN_EXE_mokuteki"))
        .args(["audit", "--format", "json"])
        .arg(register)
        .stdout(Stdio::from(fs::File::create(&out)?))
        .spawn()?;
    watch(&mut child)?;
    let code = child.wait()?;
    let said = fs::read_to_string(&out)?;
    fs::remove_file(out)?;
    assert_eq!(code.code(), Some(0), "{said:.2000}");
    Ok(said)
}

/// The most memory that an audit was seen to hold, in KiB.
fn memory(register: &Path) -> io::Result<u64> {
    let mut held = 0;
    audit(register, |child| {
        held = resident::most(child)?;
        Ok(())
    })?;
    Ok(held)
}

#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a bench tells what it found")]
fn report(line: &str) {
    println!("{line}");
}

fn main() -> io::Result<()> {
    let small = env::args().any(|argument| argument == "--test");
    let (files, rounds) = if small {
        (FILES / 100, 1)
    } else {
        (FILES, ROUNDS)
    };
    let root = env::temp_dir().join(format!("mokuteki-tree-{}", std::process::id()));
    let register = write(&root, files)?;
    let sign = RegexMatcher::new("mokuteki:").map_err(io::Error::other)?;
    let (mut searched, mut audited) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let start = now();
        assert_eq!(search(&root, &sign), files, "each file has a marker");
        searched.push(start.elapsed());
        let start = now();
        let said = audit(&register, |_| Ok(()))?;
        audited.push(start.elapsed());
        let mut expected = String::new();
        write!(expected, "\"lines\": {}", files * LINES).map_err(io::Error::other)?;
        for part in [
            expected,
            format!("\"markers\": {files}"),
            "\"findings\": []".to_owned(),
        ] {
            assert!(said.contains(&part), "{part}\n{said:.2000}");
        }
    }
    let most = memory(&register)?;
    fs::remove_dir_all(&root)?;
    let (searched, audited) = (median(searched), median(audited));
    report(&format!(
        "{} lines in {files} files, {files} flows; medians of {rounds} rounds in turn\na plain search: {searched:.1?}\nmokuteki audit: {audited:.1?} ({:.2} plain searches), at most {} MiB resident",
        files * LINES,
        audited.as_secs_f64() / searched.as_secs_f64(),
        most >> 10
    ));
    Ok(())
}
