//! The page: its time, beside that of loading its rules, and its size.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use mokuteki::{Day, Engine, Lang, rules::Sources};
use mokuteki_page::{self as page, MODULE, Options};

/// The most bytes of a page of two societies with the module.
const MOST: usize = 2_000_000;

#[expect(clippy::panic, reason = "a bench without its page measures nothing")]
fn render(sources: &Sources, societies: &[&str]) -> String {
    let Some(as_of) = Day::new(2026, 4, 1) else {
        panic!("no such day")
    };
    let options = Options {
        societies,
        as_of,
        lang: Lang::Ja,
    };
    match page::render(sources, &options) {
        Ok(html) => html,
        Err(error) => panic!("{error}"),
    }
}

/// The verdicts that a matrix tells, a letter each; none where the answer is no matrix.
fn cells(answer: &str) -> usize {
    answer
        .strip_prefix(r#"{"verdicts":""#)
        .and_then(|rest| rest.split_once('"'))
        .map_or(0, |(verdicts, _)| verdicts.chars().count())
}

fn main() {
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    let sources = Sources::embedded();
    let mut group = criterion.benchmark_group("page");
    group.sample_size(20);
    group.bench_function("its rules, loaded", |bencher| {
        bencher.iter(|| assert!(Engine::from_sources(black_box(&sources)).is_ok()));
    });
    for societies in [["aeon"].as_slice(), &["aeon", "johas"]] {
        let size = render(&sources, societies).len();
        assert!(size <= MOST, "{size} bytes");
        group.throughput(Throughput::Bytes(size as u64));
        let name = format!("{} of {size} bytes", societies.join(" and "));
        group.bench_function(name, |bencher| {
            bencher.iter(|| assert_eq!(render(black_box(&sources), societies).len(), size));
        });
    }
    let question =
        br#"{"ask":"matrix","side":"recipient","flow":{"society":"aeon","as_of":"2026-04-01"}}"#;
    let engine = Engine::embedded();
    // How many cells there are follows the vocabulary; an answer without any is a refusal, and no matrix.
    let count = cells(&page::answer::answer(engine, question));
    assert!(count > 0, "no matrix");
    group.throughput(Throughput::Elements(count as u64));
    group.bench_function(
        format!(
            "a matrix of {count} cells (module: {} bytes)",
            MODULE.map_or(0, <[u8]>::len)
        ),
        |bencher| {
            bencher.iter(|| {
                let answer = page::answer::answer(engine, black_box(question));
                assert_eq!(cells(&answer), count);
            });
        },
    );
    group.finish();
    criterion.final_summary();
}
