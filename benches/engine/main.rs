//! Times of the engine. Each iteration asserts its answer.

mod batch;
mod societies;

use std::{collections::HashMap, hint::black_box};

use criterion::{Criterion, Throughput};
use foldhash::fast::FixedState;
use mokuteki::{Engine, Flow, FlowSpec, Outcome, Verdict, rules::Sources, vocabulary::Class};
use peak_alloc::PeakAlloc;
use societies::{Chance, differing, id};

/// Counts what all threads have allocated.
#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

const AS_OF: &str = "2026-04-01";

fn spec<'a>(
    society: &'a str,
    data: &'a [&'a str],
    recipient: &'a str,
    relation: &'a str,
    activity: &'a str,
) -> FlowSpec<'a> {
    FlowSpec {
        society,
        data,
        recipient,
        relation,
        activity,
        as_of: AS_OF,
        ..FlowSpec::default()
    }
}

/// Flows of every verdict, as a claims system mixes them: each from another society, in no order.
/// The answers are those of the first decision, so that an iteration shows that they stay; that they
/// are right is for the tests.
fn mixed(engine: &Engine, societies: &[String], count: usize) -> Vec<(Flow, Outcome)> {
    let mut chance = Chance(2);
    let flows = (0..count).map(|_| {
        let society = societies
            .get(chance.below(societies.len()))
            .map_or("", String::as_str);
        let receipt = &["レセプト"];
        let spec = match chance.below(6) {
            0 => spec(society, receipt, "当組合", "", "レセプト点検"),
            1 => spec(society, receipt, "点検業者", "委託", "レセプト点検"),
            2 => spec(society, receipt, "損保会社", "第三者提供", "求償"),
            3 => spec(society, receipt, "製薬会社", "第三者提供", "販売"),
            4 => FlowSpec {
                my_number: "true",
                ..spec(society, &["資格情報"], "事業主", "第三者提供", "人事労務")
            },
            _ => FlowSpec {
                basis: "個人情報保護法第27条第1項第2号",
                ..spec(society, receipt, "損保会社", "第三者提供", "求償")
            },
        };
        match engine.flow(&spec) {
            Ok(flow) => {
                let outcome = engine.decide(&flow);
                (flow, outcome)
            }
            Err(errors) => unreadable(&errors.to_string()),
        }
    });
    flows.collect()
}

#[expect(
    clippy::panic,
    reason = "a bench whose flows cannot be read measures nothing"
)]
fn unreadable(why: &str) -> ! {
    panic!("{why}")
}

#[expect(clippy::print_stdout, reason = "a bench tells what it found")]
fn report(line: &str) {
    println!("{line}");
}

fn load(sources: &Sources) -> Engine {
    match Engine::from_sources(sources) {
        Ok(engine) => engine,
        Err(problems) => unreadable(&problems.to_string()),
    }
}

/// How many flows are decided in one iteration.
const MIXED: usize = 4_096;

fn decide(criterion: &mut Criterion) {
    let engine = Engine::embedded();
    let many = load(&differing(1_400));
    let mut group = criterion.benchmark_group("decide");
    group.throughput(Throughput::Elements(MIXED as u64));
    let two = ["aeon".to_owned(), "johas".to_owned()];
    let all: Vec<String> = (0..1_400).map(id).collect();
    for (name, engine, societies) in [
        ("from ids, 2 societies", engine, two.as_slice()),
        ("from ids, 1,400 societies", &many, all.as_slice()),
    ] {
        let flows = mixed(engine, societies, MIXED);
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for (flow, outcome) in &flows {
                    assert_eq!(engine.decide(black_box(flow)), *outcome);
                }
            });
        });
    }
    group.finish();
    batch::batch(criterion, engine, &mixed(engine, &two, MIXED));
}

/// The names of one field.
type Names = HashMap<String, u32, FixedState>;

/// From strings, all fields given, beside bare interning: the same strings through hash maps of a
/// hasher as quick, one map a field, and nothing else.
fn strings(criterion: &mut Criterion) {
    let engine = Engine::embedded();
    let full = FlowSpec {
        subject: "被保険者",
        sender: "当組合",
        channel: "電子媒体",
        basis: "個人情報保護法第27条第1項第2号",
        consent: "none",
        my_number: "false",
        abroad: "false",
        ..spec("aeon", &["レセプト"], "損保会社", "第三者提供", "求償")
    };
    let words = engine.vocabulary();
    let mut maps: [Names; 13] = Default::default();
    let fields = |spec: &FlowSpec<'_>| {
        [
            spec.society.to_owned(),
            spec.data.concat(),
            spec.subject.to_owned(),
            spec.sender.to_owned(),
            spec.recipient.to_owned(),
            spec.relation.to_owned(),
            spec.activity.to_owned(),
            spec.channel.to_owned(),
            spec.basis.to_owned(),
            spec.consent.to_owned(),
            spec.my_number.to_owned(),
            spec.abroad.to_owned(),
            spec.as_of.to_owned(),
        ]
    };
    // As many names as the vocabulary has, so that the maps are of its size.
    for (class, ats) in [
        (Class::Data, &[1][..]),
        (Class::Subject, &[2]),
        (Class::Party, &[3, 4]),
        (Class::Relation, &[5]),
        (Class::Activity, &[6]),
        (Class::Channel, &[7]),
    ] {
        for at in ats {
            if let Some(map) = maps.get_mut(*at) {
                let labels = words
                    .terms_of(class)
                    .map(|term| words.label(term).to_owned());
                map.extend(labels.map(|label| (label, 0)));
            }
        }
    }
    for (map, text) in maps.iter_mut().zip(fields(&full)) {
        map.insert(text, 1);
    }
    let texts = fields(&full);
    let mut group = criterion.benchmark_group("from strings, all fields");
    group.bench_function("flow and decision", |bencher| {
        bencher.iter(|| {
            let verdict = engine
                .flow(black_box(&full))
                .map(|flow| engine.decide(&flow).verdict());
            assert_eq!(verdict, Ok(Verdict::Permitted));
        });
    });
    group.bench_function("bare interning", |bencher| {
        bencher.iter(|| {
            let found = maps.iter().zip(black_box(&texts));
            let ids: u32 = found
                .map(|(map, text)| map.get(text).copied().unwrap_or(0))
                .sum();
            assert_eq!(ids, 13);
        });
    });
    group.finish();
}

fn explain(criterion: &mut Criterion) {
    let engine = Engine::embedded();
    let refused = match engine.flow(&spec("aeon", &["健診結果"], "産業医", "委託", "保健指導"))
    {
        Ok(flow) => flow,
        Err(errors) => unreadable(&errors.to_string()),
    };
    criterion.bench_function("near misses of a refusal", |bencher| {
        bencher.iter(|| {
            let decision = engine.explain(black_box(&refused));
            assert_eq!(decision.near_misses().len(), 1);
        });
    });
}

fn loading(criterion: &mut Criterion) {
    let many = differing(1_400);
    ALLOCATED.reset_peak_usage();
    let before = ALLOCATED.current_usage();
    let engine = load(&many);
    let (after, most) = (ALLOCATED.current_usage(), ALLOCATED.peak_usage());
    let clauses: usize = engine.notices().map(|notice| notice.clauses.len()).sum();
    drop(engine);
    report(&format!(
        "memory per clause: {} bytes of {clauses} clauses; while loading at most {}",
        (after - before) / clauses,
        (most - before) / clauses,
    ));
    let mut group = criterion.benchmark_group("load");
    let two = Sources::embedded();
    group.bench_function("2 embedded notices", |bencher| {
        bencher.iter(|| assert_eq!(load(black_box(&two)).societies().count(), 2));
    });
    group.throughput(Throughput::Elements(clauses as u64));
    group.sample_size(10);
    group.bench_function("1,400 societies, by clause", |bencher| {
        bencher.iter(|| assert_eq!(load(black_box(&many)).societies().count(), 1_400));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    decide(&mut criterion);
    strings(&mut criterion);
    explain(&mut criterion);
    loading(&mut criterion);
    criterion.final_summary();
}
