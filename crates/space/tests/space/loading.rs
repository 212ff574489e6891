//! Engines of edited rules.

use mokuteki::{Engine, rules::Sources};

pub(crate) fn engine(sources: &Sources) -> Engine {
    Engine::from_sources(sources).unwrap_or_else(|problems| unloadable(&problems.to_string()))
}

#[expect(clippy::panic, reason = "a test may fail loudly")]
fn unloadable(why: &str) -> ! {
    panic!("{why}")
}
