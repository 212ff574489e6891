//! Work on many things at once, with the results in their order.

use std::{
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread::{self, ScopedJoinHandle},
};

/// Fewer things than this are not worth a thread.
const FEW: usize = 16;

/// What `work` makes of each item, in the order of the items, by as many threads as the machine runs
/// at once. How many they are shows in the time alone.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if items.len() < FEW {
        return items.iter().map(work).collect();
    }
    shared(threads, items, work)
}

/// The same for things of which each is worth a thread, such as files.
#[cfg(feature = "audit")]
pub(crate) fn map_large<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    shared(threads, items, work)
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
            for threads in [0, 1, 2, 3, 200] {
                assert_eq!(shared(threads, &items, |item| item * 2), doubled);
            }
        }
    }
}
