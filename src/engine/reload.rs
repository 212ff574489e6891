//! Rules that change while the program runs.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::Engine;
use crate::{problem::Problems, rules::Sources};

/// An engine that can be exchanged while others decide with it.
///
/// Taking the engine waits for nobody, and nobody waits for those who have it: they go on with the rules
/// that they took, whole, and the old rules go when the last of them is done. A flow belongs to the
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
pub struct Reloadable(ArcSwap<Engine>);

impl Reloadable {
    /// Begins with an engine.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self(ArcSwap::from_pointee(engine))
    }

    /// The engine of now.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        self.0.load_full()
    }

    /// Loads and checks rules, and decides by them from now on. Returns the engine before.
    ///
    /// # Errors
    ///
    /// The rules do not check; the engine of before stays.
    pub fn reload(&self, sources: &Sources) -> Result<Arc<Engine>, Problems> {
        let engine = Engine::from_sources(sources)?;
        Ok(self.0.swap(Arc::new(engine)))
    }
}
