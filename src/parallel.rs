//! Work on many things at once, with the results in their order.

#[cfg(feature = "audit")]
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{num::NonZero, thread};

/// Fewer things than this are not worth a thread.
const FEW: usize = 16;

/// What `work` makes of each item, in the order of the items, by as many threads as the machine runs
/// at once. How many they are shows in the time alone.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if items.len() < FEW {
        return items.iter().map(work).collect();
    }
    map_by(threads, items, work)
}

fn map_by<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let work = &work;
    let mut parts = items.chunks(items.len().div_ceil(threads.max(1)).max(1));
    // The first part is for this thread.
    let own = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let running: Vec<_> = parts
            .map(|part| {
                let whole = move || part.iter().map(work).collect::<Vec<R>>();
                (part, thread::Builder::new().spawn_scoped(scope, whole))
            })
            .collect();
        let mut results = Vec::with_capacity(items.len());
        results.extend(own.iter().map(work));
        for (part, thread) in running {
            match thread.ok().and_then(|thread| thread.join().ok()) {
                Some(made) => results.extend(made),
                // The system gave no thread, or it did not come back: its part is worked here.
                None => results.extend(part.iter().map(work)),
            }
        }
        results
    })
}

/// The same for things of which each is worth a thread, such as files, and which may differ much in size: a thread takes
/// the next one when it is done with one.
#[cfg(feature = "audit")]
pub(crate) fn map_large<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    map_large_by(threads, items, work)
}

#[cfg(feature = "audit")]
fn map_large_by<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
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
        let others: Vec<_> = others
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, run).ok())
            .collect();
        let mut results = run();
        for other in others {
            match other.join() {
                Ok(made) => results.extend(made),
                // The work does not panic; if it did, the panic goes on here.
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        results
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
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
                assert_eq!(map_by(threads, &items, |item| item * 2), doubled);
                #[cfg(feature = "audit")]
                assert_eq!(map_large_by(threads, &items, |item| item * 2), doubled);
            }
        }
    }
}
