//! Questions over the whole flow space, and lints: their times, beside that of loading the rules.

use std::hint::black_box;

use criterion::{Criterion, Throughput};
use mokuteki::{
    Engine, FlowSpec,
    rules::{Source, Sources},
};
use mokuteki_lint::{Lints, Options};
use mokuteki_space::{Answers, BasisBy, Diff, Form, Question, Registries, Side, Style, Table};

const DAY: &str = "2026-04-01";
/// How many societies a registry has.
const SOCIETIES: usize = 1_400;
/// How many are compared that are read otherwise than before: each costs a walk over its whole space, some seconds.
const DIFFERENT: usize = 1;

#[expect(clippy::panic, reason = "a bench without its rules measures nothing")]
fn unusable(why: &str) -> ! {
    panic!("{why}")
}

fn load(sources: &Sources) -> Engine {
    Engine::from_sources(sources).unwrap_or_else(|problems| unusable(&problems.to_string()))
}

fn side<'e>(engine: &'e Engine, society: &str, day: &str) -> Side<'e> {
    Side::new(engine, society, day).unwrap_or_else(|_| unusable(society))
}

/// What every society of the second registry reads otherwise: one kind of data less in a clause.
const WIDE: [&str; 2] = [
    "data = [\"資格情報\", \"課税情報\", \"住民票関係情報\"]",
    "data = [\"資格情報\", \"住民票関係情報\"]",
];

/// Copies of the two notices under names of their own. In a `changed` registry each has one clause
/// that is read more narrowly.
fn registry(societies: usize, changed: bool) -> Sources {
    let embedded = Sources::embedded();
    let mut files: Vec<Source> = embedded
        .iter()
        .filter(|source| !source.path.starts_with("notices/"))
        .cloned()
        .collect();
    for at in 0..societies {
        let name = if at % 2 == 0 { "aeon" } else { "johas" };
        let Some(notice) = embedded.get(&format!("notices/{name}.toml")) else {
            unusable(name)
        };
        let own = format!("society = \"s{at}\"");
        let mut text = String::from_utf8_lossy(&notice.bytes).replacen(
            &format!("society = \"{name}\""),
            &own,
            1,
        );
        if changed {
            let [wide, narrow] = WIDE;
            text = text.replacen(wide, narrow, 1);
        }
        files.push(Source {
            path: format!("notices/s{at}.toml"),
            bytes: text.into_bytes(),
        });
    }
    Sources::new(files)
}

fn notices(criterion: &mut Criterion) {
    let sources = Sources::embedded();
    let engine = load(&sources);
    let Ok(as_of) = DAY.parse() else {
        unusable(DAY)
    };
    let mut group = criterion.benchmark_group("two notices");
    group.sample_size(20);
    group.bench_function("loaded", |bencher| {
        bencher.iter(|| assert_eq!(load(black_box(&sources)).societies().count(), 2));
    });
    let options = Options {
        as_of,
        societies: &[],
        fail_on: &[],
        since: None,
        notes: true,
    };
    group.bench_function("linted", |bencher| {
        bencher.iter(|| {
            let lints = Lints::embedded();
            let found = lints.and_then(|lints| lints.check(&engine, &sources, &options));
            let found = found.unwrap_or_else(|error| unusable(&error.to_string()));
            assert!(found.diagnostics.len() >= 8);
        });
    });
    for (name, [left, right]) in [
        ("one against the other", [("aeon", DAY), ("johas", DAY)]),
        (
            "a day against the next",
            [("aeon", "2021-08-31"), ("aeon", "2021-09-01")],
        ),
    ] {
        let style = Style {
            lang: mokuteki::Lang::Ja,
            form: Form::Markdown,
            all: false,
        };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let [left, right] = [left, right].map(|(society, day)| side(&engine, society, day));
                let diff = Diff::between(left, right, BasisBy::Citation);
                assert!(!diff.is_equal());
                black_box(diff.render(style))
            });
        });
    }
    let question = Question {
        flow: FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            recipient: "?",
            as_of: DAY,
            ..FlowSpec::default()
        },
        by: BasisBy::Citation,
    };
    group.bench_function("who may receive レセプト", |bencher| {
        bencher.iter(|| {
            let answers = Answers::to(&engine, black_box(&question));
            assert!(answers.is_ok_and(|answers| !answers.groups.is_empty()));
        });
    });
    group.bench_function("a decision table", |bencher| {
        bencher.iter(|| {
            let table = Table::new(&side(&engine, "aeon", DAY), mokuteki::Lang::Ja);
            assert!(table.rows.len() > 49);
        });
    });
    group.finish();
}

/// How many societies of two registries differ.
fn different(before: &Engine, after: &Engine) -> usize {
    let mut both = Registries::new(before, after, DAY, BasisBy::Citation);
    let [ids, ..] = both.societies();
    let mut different = 0;
    for id in ids {
        let Ok(diff) = both.diff(id) else {
            unusable(id)
        };
        different += usize::from(!diff.is_equal());
    }
    different
}

fn registries(criterion: &mut Criterion) {
    let whole = registry(SOCIETIES, false);
    let mut group = criterion.benchmark_group("two registries");
    group.sample_size(10);
    group.throughput(Throughput::Elements(SOCIETIES as u64));
    group.bench_function(format!("{SOCIETIES} societies, loaded"), |bencher| {
        bencher.iter(|| assert_eq!(load(black_box(&whole)).societies().count(), SOCIETIES));
    });
    for (name, count, changed) in [
        ("societies alike, compared", SOCIETIES, false),
        ("societies read otherwise, compared", DIFFERENT, true),
    ] {
        let [before, after] = [false, changed].map(|changed| load(&registry(count, changed)));
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(format!("{count} {name}"), |bencher| {
            bencher.iter(|| {
                let expected = if changed { count } else { 0 };
                assert_eq!(different(black_box(&before), &after), expected);
            });
        });
    }
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    notices(&mut criterion);
    registries(&mut criterion);
    criterion.final_summary();
}
