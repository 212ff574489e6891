//! Times of the engine. Each iteration asserts its answer.

use std::{hint::black_box, path::Path};

use criterion::Criterion;
use mokuteki::{
    Engine, Flow, FlowSpec, Verdict,
    rules::{Source, Sources},
};

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

/// Flows of every verdict, as a claims system mixes them.
fn mixed(engine: &Engine, societies: &[String]) -> Vec<(Flow, Verdict)> {
    let mut flows = Vec::new();
    for society in societies {
        let listed = [
            (
                spec(society, &["レセプト"], "当組合", "", "レセプト点検"),
                Verdict::Permitted,
            ),
            (
                spec(society, &["レセプト"], "点検業者", "委託", "レセプト点検"),
                Verdict::Permitted,
            ),
            (
                spec(society, &["レセプト"], "損保会社", "第三者提供", "求償"),
                Verdict::Conditional,
            ),
            (
                spec(society, &["レセプト"], "製薬会社", "第三者提供", "販売"),
                Verdict::OutOfScope,
            ),
            (
                FlowSpec {
                    my_number: "true",
                    ..spec(society, &["資格情報"], "事業主", "第三者提供", "人事労務")
                },
                Verdict::Prohibited,
            ),
            (
                FlowSpec {
                    basis: "個人情報保護法第27条第1項第2号",
                    ..spec(society, &["レセプト"], "損保会社", "第三者提供", "求償")
                },
                Verdict::Permitted,
            ),
        ];
        for (spec, verdict) in listed {
            match engine.flow(&spec) {
                Ok(flow) => flows.push((flow, verdict)),
                Err(errors) => unreadable(&errors.to_string()),
            }
        }
    }
    flows
}

#[expect(
    clippy::panic,
    reason = "a bench whose flows cannot be read measures nothing"
)]
fn unreadable(why: &str) -> ! {
    panic!("{why}")
}

fn load(sources: &Sources) -> Engine {
    match Engine::from_sources(sources) {
        Ok(engine) => engine,
        Err(problems) => unreadable(&problems.to_string()),
    }
}

/// The embedded rules with `count` societies: copies of the two notices under other ids.
fn generated(count: usize) -> Sources {
    let mut files: Vec<Source> = Sources::embedded().iter().cloned().collect();
    let notices: Vec<Source> = files
        .iter()
        .filter(|file| file.path.starts_with("notices/"))
        .cloned()
        .collect();
    files.retain(|file| !file.path.starts_with("notices/"));
    for at in 0..count {
        for notice in notices.iter().skip(at % notices.len()).take(1) {
            let stem = Path::new(&notice.path)
                .file_stem()
                .and_then(|stem| stem.to_str())
                .unwrap_or_default();
            let text = String::from_utf8_lossy(&notice.bytes);
            let society = format!("s{at:04}");
            let text = text.replacen(
                &format!("society = \"{stem}\""),
                &format!("society = \"{society}\""),
                1,
            );
            files.push(Source {
                path: format!("notices/{society}.toml"),
                bytes: text.into_bytes(),
            });
        }
    }
    Sources::new(files)
}

fn decide(criterion: &mut Criterion) {
    let engine = Engine::embedded();
    let flows = mixed(engine, &["aeon".to_owned(), "johas".to_owned()]);
    let mut group = criterion.benchmark_group("decide");
    group.throughput(criterion::Throughput::Elements(flows.len() as u64));
    group.bench_function("from ids, 2 societies", |bencher| {
        bencher.iter(|| {
            for (flow, verdict) in &flows {
                assert_eq!(engine.decide(black_box(flow)).verdict(), *verdict);
            }
        });
    });
    let many = load(&generated(1_400));
    let societies: Vec<String> = many.societies().map(|(id, _)| id.to_owned()).collect();
    let spread = mixed(&many, &societies);
    group.throughput(criterion::Throughput::Elements(spread.len() as u64));
    group.bench_function("from ids, 1,400 societies", |bencher| {
        bencher.iter(|| {
            for (flow, verdict) in &spread {
                assert_eq!(many.decide(black_box(flow)).verdict(), *verdict);
            }
        });
    });
    group.throughput(criterion::Throughput::Elements(1));
    let full = FlowSpec {
        sender: "当組合",
        subject: "被保険者",
        channel: "電子媒体",
        basis: "個人情報保護法第27条第1項第2号",
        ..spec("aeon", &["レセプト"], "損保会社", "第三者提供", "求償")
    };
    group.bench_function("from strings, all fields", |bencher| {
        bencher.iter(|| {
            let verdict = engine
                .flow(black_box(&full))
                .map(|flow| engine.decide(&flow).verdict());
            assert_eq!(verdict, Ok(Verdict::Permitted));
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
    let mut group = criterion.benchmark_group("load");
    let two = Sources::embedded();
    group.bench_function("2 embedded notices", |bencher| {
        bencher.iter(|| assert_eq!(load(black_box(&two)).societies().count(), 2));
    });
    let many = generated(1_400);
    group.sample_size(10);
    group.bench_function("1,400 societies", |bencher| {
        bencher.iter(|| assert_eq!(load(black_box(&many)).societies().count(), 1_400));
    });
    group.finish();
}

fn main() {
    let mut criterion = Criterion::default().without_plots().configure_from_args();
    decide(&mut criterion);
    explain(&mut criterion);
    loading(&mut criterion);
    criterion.final_summary();
}
