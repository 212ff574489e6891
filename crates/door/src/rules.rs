//! Rules that are exchanged while others decide by them.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use arc_swap::{ArcSwap, Guard};
use mokuteki::{
    Engine, Problems,
    report::Lang,
    rules::{Source, Sources},
};

use crate::{fault::Fault, ids::Ids};

/// One set of rules, with the ids of its names.
#[derive(Debug)]
pub struct Rules {
    engine: Engine,
    generation: u64,
    pub(crate) ids: Ids,
}

impl Rules {
    fn new(engine: Result<Engine, Problems>, lang: Lang) -> Result<Self, Fault> {
        // No two sets of rules of a process share a number, so that ids of one door are none of another.
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let engine = engine.map_err(|problems| Fault::rules(&problems, lang))?;
        Ok(Self {
            ids: Ids::of(&engine),
            engine,
            generation: NEXT.fetch_add(1, Ordering::Relaxed),
        })
    }

    /// The engine.
    #[must_use]
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The number of these rules. Ids are resolved by it and decided by it.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// The society and the label of a clause by its number, as in `aeon 5-3`.
    ///
    /// # Errors
    ///
    /// The number is of other rules, or of no clause.
    pub fn label(&self, generation: u64, clause: u32) -> Result<String, Fault> {
        self.is_of(generation)?;
        let found = self.engine.numbered(clause);
        let (society, clause) =
            found.ok_or_else(|| Fault::argument("clause", "no number of a clause"))?;
        Ok(format!("{society} {}", clause.label))
    }

    /// Refuses ids of other rules.
    pub(crate) fn is_of(&self, generation: u64) -> Result<(), Fault> {
        if generation == self.generation {
            Ok(())
        } else {
            Err(Fault::stale(self.generation, generation))
        }
    }
}

/// A door: what a program in another language holds.
#[derive(Debug)]
pub struct Door(ArcSwap<Rules>);

impl Door {
    /// By the rules that ship with the library.
    ///
    /// # Errors
    ///
    /// They do not check.
    pub fn embedded(lang: Lang) -> Result<Self, Fault> {
        Self::of(Engine::from_sources(&Sources::embedded()), lang)
    }

    /// By the rules of a directory.
    ///
    /// # Errors
    ///
    /// It cannot be read, or its rules do not check: every problem.
    pub fn from_dir(dir: &Path, lang: Lang) -> Result<Self, Fault> {
        Self::of(Engine::from_dir(dir), lang)
    }

    /// By the rules that ship with the library and files of a team beside them, such as its terms, from memory.
    ///
    /// # Errors
    ///
    /// They do not check: every problem.
    pub fn with_files(files: Vec<Source>, lang: Lang) -> Result<Self, Fault> {
        let sources = files.into_iter().fold(Sources::embedded(), Sources::with);
        Self::of(Engine::from_sources(&sources), lang)
    }

    fn of(engine: Result<Engine, Problems>, lang: Lang) -> Result<Self, Fault> {
        Ok(Self(ArcSwap::from_pointee(Rules::new(engine, lang)?)))
    }

    /// The rules of now, for as long as they are held. Waits for nobody.
    #[must_use]
    pub fn rules(&self) -> Guard<Arc<Rules>> {
        self.0.load()
    }

    /// Decides by other rules from now on: those of a directory, or those that ship with the library. Calls that run go on
    /// with the rules they began with. Returns the new generation.
    ///
    /// # Errors
    ///
    /// The rules do not check; those of before stay.
    pub fn reload(&self, dir: Option<&Path>, lang: Lang) -> Result<u64, Fault> {
        let engine = match dir {
            Some(dir) => Engine::from_dir(dir),
            None => Engine::from_sources(&Sources::embedded()),
        };
        let rules = Rules::new(engine, lang)?;
        let generation = rules.generation;
        self.0.store(Arc::new(rules));
        Ok(generation)
    }
}
