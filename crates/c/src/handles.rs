//! Handles: integers that are looked up, so that one that was freed is found out and never followed.

use std::{
    cell::RefCell,
    collections::HashMap,
    sync::{
        Arc, LazyLock, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::ArcSwap;
use foldhash::fast::FixedState;
use mokuteki::decision::NamedPermit;
use mokuteki_door::{Door, Fault};

type Handles<T> = HashMap<u64, Arc<T>, FixedState>;

/// Few, seldom changed, and looked up with each call: taking one waits for nobody.
static ENGINES: LazyLock<ArcSwap<Handles<Door>>> = LazyLock::new(ArcSwap::default);

/// Many, and each used once or twice.
static PERMITS: LazyLock<RwLock<Handles<NamedPermit>>> = LazyLock::new(RwLock::default);

/// A handle that never was one: no two share a number, and 0 is none.
fn next() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Makes a handle of an engine.
pub(crate) fn add_engine(door: Door) -> u64 {
    let (handle, door) = (next(), Arc::new(door));
    // Runs again where another thread was faster.
    ENGINES.rcu(|engines| {
        let mut engines = Handles::clone(engines);
        engines.insert(handle, Arc::clone(&door));
        engines
    });
    handle
}

/// What `work` does with the engine of a handle.
pub(crate) fn with_engine<T>(
    handle: u64,
    work: impl FnOnce(&Door) -> Result<T, Fault>,
) -> Result<T, Fault> {
    let engines = ENGINES.load();
    work(
        engines
            .get(&handle)
            .ok_or_else(|| Fault::closed("engine"))?,
    )
}

/// Makes a handle of a permit.
pub(crate) fn add_permit(permit: NamedPermit) -> u64 {
    let handle = next();
    let mut permits = PERMITS.write().unwrap_or_else(PoisonError::into_inner);
    permits.insert(handle, Arc::new(permit));
    handle
}

/// The permit of a handle.
pub(crate) fn permit(handle: u64) -> Result<Arc<NamedPermit>, Fault> {
    let permits = PERMITS.read().unwrap_or_else(PoisonError::into_inner);
    let permit = permits.get(&handle).cloned();
    permit.ok_or_else(|| Fault::closed("permit"))
}

/// Frees what a handle is of.
pub(crate) fn free(handle: u64) -> Result<(), Fault> {
    let mut permits = PERMITS.write().unwrap_or_else(PoisonError::into_inner);
    let permit = permits.remove(&handle);
    drop(permits);
    if permit.is_some() {
        return Ok(());
    }
    let before = ENGINES.rcu(|engines| {
        let mut engines = Handles::clone(engines);
        engines.remove(&handle);
        engines
    });
    if before.contains_key(&handle) {
        Ok(())
    } else {
        Err(Fault::closed("engine or permit"))
    }
}

thread_local! {
    /// What went wrong last in this thread, as JSON.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps what went wrong for whoever asks next in this thread.
pub(crate) fn keep(fault: &Fault) {
    // A thread that ends has nobody who asks.
    let _ = LAST.try_with(|last| last.replace(fault.json()));
}

/// What went wrong last in this thread.
pub(crate) fn last() -> String {
    LAST.try_with(|last| last.borrow().clone())
        .unwrap_or_default()
}
