//! Rules that change while the program runs.

use std::sync::{Arc, PoisonError, RwLock};

use super::Engine;
use crate::{problem::Problems, rules::Sources};

/// An engine that can be exchanged while others decide with it.
///
/// Nobody waits while rules are loaded: the old engine is only exchanged for one that is ready. Those who have taken an engine
/// go on with its rules, whole, and the old rules go when the last of them is done. A flow belongs to the
/// rules it was made with, so take the engine once for each request, not once for each call.
///
/// ```
/// use mokuteki::{Engine, FlowSpec, Verdict, engine::Reloadable, rules::Sources};
///
/// let rules = Reloadable::new(Engine::from_sources(&Sources::embedded())?);
/// // For each request:
/// let engine = rules.engine();
/// let flow = engine.flow(&FlowSpec {
///     society: "aeon",
///     data: &["レセプト"],
///     recipient: "当組合",
///     activity: "レセプト点検",
///     as_of: "2026-04-01",
///     ..FlowSpec::default()
/// })?;
/// assert_eq!(engine.decide(&flow).verdict(), Verdict::Permitted);
/// // When the rules have changed, in any thread:
/// rules.reload(&Sources::embedded())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Reloadable(RwLock<Arc<Engine>>);

impl Reloadable {
    /// Begins with an engine.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self(RwLock::new(Arc::new(engine)))
    }

    /// The engine of now.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        // INVARIANT: nothing that can panic runs while it is held, so that it is whole even where it is poisoned.
        let engine = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&engine)
    }

    /// Loads and checks rules, and decides by them from now on. Returns the engine before.
    ///
    /// # Errors
    ///
    /// The rules do not check; the engine of before stays.
    pub fn reload(&self, sources: &Sources) -> Result<Arc<Engine>, Problems> {
        let engine = Arc::new(Engine::from_sources(sources)?);
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::replace(&mut *held, engine))
    }
}
