//! Times of contenders, interleaved so that they share the noise.

use std::time::Instant;

/// A contender: one call decides every flow once.
pub(crate) struct Contender<'a> {
    pub(crate) name: &'static str,
    pub(crate) run: Box<dyn FnMut() + 'a>,
    /// How many times a round runs it.
    repeats: u32,
    samples: Vec<f64>,
    /// Allocations of one call.
    pub(crate) allocations: u64,
}

impl<'a> Contender<'a> {
    pub(crate) fn new(name: &'static str, mut run: impl FnMut() + 'a) -> Self {
        // Once ahead: what is made when it is first used is not counted.
        run();
        let allocations = allocation_counter::measure(&mut run).count_total;
        Self {
            name,
            run: Box::new(run),
            repeats: 1,
            samples: Vec::new(),
            allocations,
        }
    }

    fn time(&mut self) -> f64 {
        let start = Instant::now();
        for _ in 0..self.repeats {
            (self.run)();
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(self.repeats)
    }

    /// The median time of a call, in nanoseconds.
    pub(crate) fn median(&self) -> f64 {
        median(self.samples.clone())
    }
}

pub(crate) fn median(mut samples: Vec<f64>) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Times all of them, each round one after the other, a round of each about `slice` nanoseconds.
pub(crate) fn interleave(contenders: &mut [Contender<'_>], rounds: usize, slice: f64) {
    for contender in contenders.iter_mut() {
        let once = contender.time().max(1.0);
        contender.repeats = (slice / once).clamp(1.0, 1e6) as u32;
    }
    for _ in 0..rounds {
        for contender in contenders.iter_mut() {
            let sample = contender.time();
            contender.samples.push(sample);
        }
    }
}

/// The median time of making something, in milliseconds. What is made is dropped after its time is taken.
pub(crate) fn load<T>(rounds: usize, make: impl Fn() -> T) -> f64 {
    let samples = (0..rounds).map(|_| {
        let start = Instant::now();
        let made = make();
        let elapsed = start.elapsed();
        drop(std::hint::black_box(made));
        elapsed.as_secs_f64() * 1e3
    });
    median(samples.collect())
}
