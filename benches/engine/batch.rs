//! Columns of ids, beside a streaming read and write of as many bytes.

use std::{hint::black_box, num::NonZero};

use criterion::{Criterion, Throughput};
use mokuteki::{Engine, Flow, Outcome, Verdict, engine::ClauseId};

/// More rows than caches hold.
const ROWS: usize = 1 << 20;

/// The bytes of a row that a decision reads: a slot, ten rows of its block, and a verdict. The verdict and
/// the clause that it writes are those of the buffers.
const READ: usize = 4 + 10 * 2 + 1;

pub(crate) fn batch(criterion: &mut Criterion, engine: &Engine, flows: &[(Flow, Outcome)]) {
    let mut columns = engine.columns();
    let mut expected = Vec::with_capacity(ROWS);
    for (flow, outcome) in flows.iter().cycle().take(ROWS) {
        if columns.push(flow).is_ok() {
            expected.push(outcome.verdict());
        }
    }
    let mut verdicts = vec![Verdict::Prohibited; ROWS];
    let mut clauses: Vec<Option<ClauseId>> = vec![None; ROWS];
    let mut group = criterion.benchmark_group("columns");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.sample_size(20);
    let read = vec![1_u8; ROWS * READ];
    group.bench_function("streaming read and write", |bencher| {
        bencher.iter(|| {
            let sum: u64 = black_box(&read)
                .as_chunks::<8>()
                .0
                .iter()
                .map(|bytes| u64::from_le_bytes(*bytes))
                .fold(0, u64::wrapping_add);
            verdicts.fill(black_box(Verdict::Permitted));
            clauses.fill(black_box(None));
            black_box((sum, &verdicts, &clauses));
        });
    });
    for threads in [1, 2] {
        let threads = NonZero::new(threads).unwrap_or(NonZero::<usize>::MIN);
        group.bench_function(format!("decided, threads: {threads}"), |bencher| {
            bencher.iter(|| {
                let decided = engine.decide_columns(
                    black_box(&columns),
                    threads,
                    &mut verdicts,
                    &mut clauses,
                );
                assert_eq!(decided, Ok(()));
            });
            assert_eq!(verdicts, expected);
        });
    }
    group.finish();
}
