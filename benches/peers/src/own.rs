//! Figures of the engine beside itself: more societies, columns, loading, near misses.

use std::{collections::HashMap, hint::black_box, num::NonZero, thread, time::Instant};

use foldhash::fast::FixedState;
use mokuteki::{Engine, Flow, FlowSpec, Verdict, engine::ClauseId, vocabulary::Class};

use crate::{
    DAY,
    societies::{Chance, differing, id},
    timing::{Contender, interleave, median},
};

/// Ratios, but for `load` (seconds) and `near` (microseconds).
pub(crate) struct Own {
    pub(crate) all_fields: f64,
    pub(crate) societies: f64,
    pub(crate) columns: f64,
    pub(crate) threads: f64,
    /// What two threads are to one on this machine where they share nothing, not even memory.
    pub(crate) cores: f64,
    pub(crate) load: f64,
    pub(crate) near: f64,
}

/// The bytes of a row that a decision of columns reads: a slot, ten rows of its block, and a verdict.
const READ: usize = 4 + 10 * 2 + 1;

pub(crate) fn measure(engine: &Engine, quick: bool) -> Own {
    let (rounds, slice) = if quick { (3, 2e5) } else { (51, 1e7) };
    let sources = differing(1_400);
    let loads: Vec<f64> = (0..if quick { 1 } else { 5 })
        .map(|_| {
            let start = Instant::now();
            let loaded = Engine::from_sources(black_box(&sources)).expect("rules");
            let elapsed = start.elapsed();
            drop(black_box(loaded));
            elapsed.as_secs_f64()
        })
        .collect();
    let many = Engine::from_sources(&sources).expect("rules");
    let two: Vec<String> = engine.societies().map(|(id, _)| id.to_owned()).collect();
    let all: Vec<String> = (0..1_400).map(id).collect();
    let [few, each] =
        [(engine, &two), (&many, &all)].map(|(engine, ids)| mixed(engine, ids, 4_096));
    let mut contenders = [
        contender("2", engine, &few),
        contender("1,400", &many, &each),
    ];
    interleave(&mut contenders, rounds, slice);
    let societies = contenders[1].median() / contenders[0].median();
    let rows = if quick { 1 << 16 } else { 1 << 22 };
    let (columns, threads) = columns(engine, &few, rows, rounds.min(21));
    let cores = cores(if quick { 1 << 16 } else { 1 << 23 }, rounds.min(21));
    let (all_fields, near) = strings_and_near(engine, rounds, slice);
    Own {
        all_fields,
        societies,
        columns,
        threads,
        cores,
        load: median(loads),
        near,
    }
}

fn contender<'a>(name: &'static str, engine: &'a Engine, flows: &'a [Flow]) -> Contender<'a> {
    Contender::new(name, move || {
        for flow in flows {
            black_box(engine.decide(black_box(flow)));
        }
    })
}

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
        as_of: DAY,
        ..FlowSpec::default()
    }
}

/// Flows of every verdict, each from another society, in no order.
fn mixed(engine: &Engine, societies: &[String], count: usize) -> Vec<Flow> {
    let mut chance = Chance(2);
    let flows = (0..count).map(|_| {
        let society = societies[chance.below(societies.len())].as_str();
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
        engine.flow(&spec).expect("a flow")
    });
    flows.collect()
}

/// How many times as fast two threads are as one in a loop of arithmetic.
fn cores(steps: u64, rounds: usize) -> f64 {
    let work = |steps: u64| {
        let mut number = 1_u64;
        for step in 0..steps {
            number = black_box(number.wrapping_mul(6_364_136_223_846_793_005) ^ step);
        }
    };
    let ratios = (0..rounds).map(|_| {
        let start = Instant::now();
        work(steps);
        let one = start.elapsed();
        let start = Instant::now();
        thread::scope(|scope| {
            scope.spawn(|| work(steps / 2));
            work(steps / 2);
        });
        one.as_secs_f64() / start.elapsed().as_secs_f64()
    });
    median(ratios.collect())
}

/// Columns against a streaming read and write of as many bytes, and two threads against one: medians of what each
/// round gives, because what else the machine does changes from round to round.
fn columns(engine: &Engine, flows: &[Flow], rows: usize, rounds: usize) -> (f64, f64) {
    let mut columns = engine.columns();
    for flow in flows.iter().cycle().take(rows) {
        columns.push(flow).expect("a row");
    }
    let expected: Vec<Verdict> = flows
        .iter()
        .cycle()
        .take(rows)
        .map(|flow| engine.decide(flow).verdict())
        .collect();
    let mut verdicts = vec![Verdict::Prohibited; rows];
    let mut clauses: Vec<Option<ClauseId>> = vec![None; rows];
    let read = vec![1_u8; rows * READ];
    let mut samples = [(); 3].map(|()| Vec::new());
    for _ in 0..rounds {
        let start = Instant::now();
        let words = black_box(&read).as_chunks::<8>().0.iter();
        let sum: u64 = words
            .map(|bytes| u64::from_le_bytes(*bytes))
            .fold(0, u64::wrapping_add);
        verdicts.fill(black_box(Verdict::Permitted));
        clauses.fill(black_box(None));
        black_box((sum, &verdicts, &clauses));
        samples[0].push(start.elapsed().as_secs_f64());
        for threads in [1, 2] {
            let start = Instant::now();
            let number = NonZero::new(threads).expect("a number of threads");
            let decided =
                engine.decide_columns(black_box(&columns), number, &mut verdicts, &mut clauses);
            samples[threads].push(start.elapsed().as_secs_f64());
            assert_eq!(decided, Ok(()));
            assert_eq!(verdicts, expected);
        }
    }
    let [streamed, one, two] = samples;
    let ratio = |above: &[f64], below: &[f64]| {
        let each = above.iter().zip(below);
        median(each.map(|(above, below)| above / below).collect())
    };
    (ratio(&one, &streamed), ratio(&one, &two))
}

/// A flow of which every field is given, against maps of the same strings; and the near misses of a refusal, in
/// microseconds.
fn strings_and_near(engine: &Engine, rounds: usize, slice: f64) -> (f64, f64) {
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
    let texts = [
        full.society,
        full.data[0],
        full.subject,
        full.sender,
        full.recipient,
        full.relation,
        full.activity,
        full.channel,
        full.basis,
        full.consent,
        full.my_number,
        full.abroad,
        full.as_of,
    ];
    let words = engine.vocabulary();
    let mut maps: [HashMap<String, u32, FixedState>; 13] = Default::default();
    let classes = [
        (1, Class::Data),
        (2, Class::Subject),
        (3, Class::Party),
        (4, Class::Party),
        (5, Class::Relation),
        (6, Class::Activity),
        (7, Class::Channel),
    ];
    for (at, class) in classes {
        let labels = words
            .terms_of(class)
            .map(|term| words.label(term).to_owned());
        maps[at].extend(labels.map(|label| (label, 0)));
    }
    for (map, text) in maps.iter_mut().zip(texts) {
        map.insert(text.to_owned(), 1);
    }
    let refused = engine
        .flow(&spec("aeon", &["健診結果"], "産業医", "委託", "保健指導"))
        .expect("a flow");
    assert_eq!(engine.explain(&refused).near_misses().len(), 1);
    let mut contenders = [
        Contender::new("all fields", || {
            let flow = engine.flow(black_box(&full));
            assert_eq!(
                flow.map(|flow| engine.decide(&flow).verdict()),
                Ok(Verdict::Permitted)
            );
        }),
        Contender::new("interning", || {
            let found = maps.iter().zip(black_box(texts));
            let ids: u32 = found.map(|(map, text)| map[text]).sum();
            assert_eq!(ids, 13);
        }),
        Contender::new("near misses", || {
            black_box(engine.explain(black_box(&refused)).near_misses().len());
        }),
    ];
    interleave(&mut contenders, rounds, slice);
    let [all, interned, near] = [0, 1, 2].map(|at: usize| contenders[at].median());
    (all / interned, near / 1e3)
}
