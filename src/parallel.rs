//! Work on many things at once, with the results in their order.

use std::{
    num::NonZero,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, ScopedJoinHandle},
};

/// What `work` makes of each item, in the order of the items, by as many threads as the machine runs
/// at once; each is worth a thread, as files are. How many threads they are shows in the time alone.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    shared(threads(), items, work)
}

/// The same for small things, of which only many are worth a thread.
pub(crate) fn map_small<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = if items.len() < MANY { 1 } else { threads() };
    shared(threads, items, work)
}

/// Small things that are worth a thread: some ten microseconds each.
const MANY: usize = 64;

/// What two works make, one on a thread of its own where the machine runs more than one at once.
pub(crate) fn both<A: Send, B>(one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let spawn = || thread::Builder::new().spawn_scoped(scope, &one).ok();
        let aside = if threads() > 1 { spawn() } else { None };
        let made = other();
        // Where the system gives no thread, this one does it all.
        (aside.map_or_else(&one, joined), made)
    })
}

/// How many threads the machine runs at once. It is asked once: the system may have to read files to say it.
fn threads() -> usize {
    static THREADS: OnceLock<usize> = OnceLock::new();
    *THREADS.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// A thread takes the next item when it is done with one: items may differ much in size.
fn shared<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let taken = AtomicUsize::new(0);
    let take = || {
        let at = taken.fetch_add(1, Ordering::Relaxed);
        items.get(at).map(|item| (at, item))
    };
    let run = || -> Vec<(usize, R)> {
        let items = std::iter::from_fn(take);
        items.map(|(at, item)| (at, work(item))).collect()
    };
    let mut results = thread::scope(|scope| {
        let others = 1..threads.min(items.len());
        // Where the system gives no thread, the others do its share.
        let others: Vec<_> = others
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, run).ok())
            .collect();
        let mut results = run();
        results.extend(others.into_iter().flat_map(joined));
        results
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}

/// What a thread has made. It does not panic; if it did, the panic goes on here.
pub(crate) fn joined<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    let made = thread.join();
    made.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_by_any_number_of_threads() {
        for count in [0, 1, 2, 15, 16, 17, 100] {
            let items: Vec<usize> = (0..count).collect();
            let doubled: Vec<usize> = items.iter().map(|item| item * 2).collect();
            assert_eq!(map(&items, |item| item * 2), doubled);
            assert_eq!(map_small(&items, |item| item * 2), doubled);
            assert_eq!(both(|| items.len(), || doubled.len()), (count, count));
            for threads in [0, 1, 2, 3, 200] {
                assert_eq!(shared(threads, &items, |item| item * 2), doubled);
            }
        }
    }
}
