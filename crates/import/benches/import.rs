//! Imports: one notice, and as many as there are societies, from the text to the rule file and its review.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use mokuteki::{Day, Engine, rules::Sources};
use mokuteki_import::{
    draft::{Drafter, Imported, Page},
    review::Desk,
    segment,
};

const SOCIETIES: usize = 1_400;
/// What `--test` imports: the same path, in seconds.
const FEW: usize = 14;

#[expect(clippy::panic, reason = "a bench without its rules measures nothing")]
fn unusable(why: &str) -> ! {
    panic!("{why}")
}

fn published(sources: &Sources, society: &str) -> String {
    sources
        .get(&format!("published/{society}.txt"))
        .and_then(|file| String::from_utf8(file.bytes.clone()).ok())
        .unwrap_or_else(|| unusable(society))
}

/// The texts of so many societies: the two notices in turn, each without one of its lines, so that no two
/// of one kind are the same.
fn texts(sources: &Sources, count: usize) -> Vec<String> {
    let notices = ["aeon", "johas"].map(|society| published(sources, society));
    (0..count)
        .map(|at| {
            let [even, odd] = &notices;
            let text = if at % 2 == 0 { even } else { odd };
            let bullets = text.lines().filter(|line| line.contains('・')).count();
            let mut seen = 0;
            let kept = text.lines().filter(|line| {
                let bullet = line.contains('・');
                seen += usize::from(bullet);
                !bullet || seen % bullets.max(1) != at / 2 % bullets.max(1)
            });
            kept.fold(String::new(), |out, line| out + line + "\n")
        })
        .collect()
}

fn import(drafter: &Drafter<'_>, at: usize, text: &str) -> Imported {
    let read_on = Day::new(2026, 11, 26).unwrap_or_else(|| unusable("the day"));
    let page = Page {
        society: format!("s{at}"),
        name: None,
        read_on,
        text: text.to_owned(),
        notes: Vec::new(),
        before: None,
        as_kind: None,
    };
    let imported = drafter.import(page);
    imported.unwrap_or_else(|error| unusable(&error.to_string()))
}

/// Imports and reviews them all on one thread; how many clauses were reviewed.
fn all(sources: &Sources, drafter: &Drafter<'_>, texts: &[String]) -> usize {
    let imported: Vec<Imported> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| import(drafter, at, text))
        .collect();
    let desk = Desk::new(sources, &imported);
    let desk = desk.unwrap_or_else(|problems| unusable(&problems.to_string()));
    let reviews = imported.iter().map(|one| desk.review(drafter, one));
    reviews
        .map(|review| match review {
            Ok(Some(review)) => review.cases.len(),
            _ => unusable("a draft does not load"),
        })
        .sum()
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let smoke = std::env::args().any(|arg| arg == "--test");
    let sources = &Sources::embedded();
    let drafter = Drafter::new(Engine::embedded());
    let drafter = drafter.unwrap_or_else(|problems| unusable(&problems.to_string()));
    let aeon = published(sources, "aeon");
    criterion.bench_function("import/segment one notice", |b| {
        b.iter(|| segment(black_box(&aeon)));
    });
    criterion.bench_function("import/draft one notice", |b| {
        b.iter(|| import(&drafter, 0, black_box(&aeon)));
    });
    let texts = texts(sources, if smoke { FEW } else { SOCIETIES });
    let mut group = criterion.benchmark_group("import");
    group.sample_size(10);
    group.throughput(Throughput::Elements(texts.len() as u64));
    group.bench_function("draft and review many notices, one thread", |b| {
        b.iter(|| all(sources, &drafter, black_box(&texts)));
    });
    group.finish();
    criterion.final_summary();
}
