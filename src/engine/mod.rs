//! The engine: rules compiled into bit tables, one bit a clause, so that a decision is a few
//! look-ups whatever the number of clauses and societies.

mod answer_eras;
mod canonical;
mod compile;
mod decide;
mod explain;
mod judge;
mod near_miss;
mod read;
mod reload;
mod table;
mod way;

use std::{
    num::NonZero,
    path::Path,
    sync::{Arc, LazyLock, OnceLock},
};

use sha2::{Digest, Sha256};

pub use decide::{
    Outcome,
    columns::{BatchError, Columns},
};
pub use reload::Reloadable;

use crate::{
    grounds::Grounds,
    law::Law,
    names::Names,
    notice::{
        self, Clause, Notice,
        lists::{self, Lists},
    },
    parallel,
    problem::{Kind, Problem, Problems},
    rules::{Source, Sources, is_notice},
    vocabulary::Vocabulary,
};
use table::Tables;

/// A set of rules, checked and compiled. It is immutable, `Send` and `Sync`.
///
/// # Example
///
/// ```
/// use mokuteki::{Engine, FlowSpec, Verdict};
///
/// let engine = Engine::embedded();
/// let flow = engine.flow(&FlowSpec {
///     society: "aeon",
///     data: &["レセプト"],
///     recipient: "損保会社",
///     relation: "第三者提供",
///     activity: "求償",
///     as_of: "2026-04-01",
///     ..FlowSpec::default()
/// })?;
/// let decision = engine.explain(&flow);
/// assert_eq!(decision.verdict(), Verdict::Conditional);
/// assert_eq!(decision.clause().map(|clause| clause.label.as_str()), Some("3-5"));
/// # Ok::<(), mokuteki::flow::FlowErrors>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    words: Vocabulary,
    law: Law,
    grounds: Grounds,
    notices: Vec<Notice>,
    lists: Lists,
    societies: Vec<Society>,
    society_ids: Names,
    /// By notice, the places of its clauses, narrowest first.
    ranks: Vec<Vec<u16>>,
    /// What deciding reads.
    tables: Arc<Tables>,
    /// Made when the first citation is read.
    citations: OnceLock<read::citations::KnownCitations>,
    /// Made when the first era of answers is asked for.
    answer_eras: OnceLock<table::eras::Eras>,
    stamp: u32,
    digest: String,
}

/// A society and the tables that hold from each day on.
#[derive(Debug)]
struct Society {
    id: String,
    name: String,
    eras: table::eras::Eras,
    /// The slot of the first era; the others follow.
    first_slot: u32,
}

/// A clause of an [`Engine`]: a `Copy` handle that only a decision makes.
// The notice stands above 1 + the rank of the clause, so that no clause is 0. The rank is the bit of the
// clause in the tables, so that a decision need not look up which clause that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClauseId(NonZero<u32>);

impl ClauseId {
    /// From 1 + the rank of the clause in its notice; `None` from 0.
    #[inline]
    fn from_code(notice: u16, code: u16) -> Option<Self> {
        let id = u32::from(notice) << 16 | u32::from(code);
        NonZero::new(if code == 0 { 0 } else { id }).map(Self)
    }

    /// A number for columns, never 0. It means this clause to [`Engine::numbered`] of the same engine, and nothing to
    /// another.
    #[must_use]
    #[inline]
    pub fn number(self) -> u32 {
        self.0.get()
    }

    fn notice(self) -> usize {
        (self.0.get() >> 16) as usize
    }

    fn rank(self) -> usize {
        (self.0.get() & 0xFFFF) as usize - 1
    }
}

impl Engine {
    /// The engine with the two notices that ship with the library.
    ///
    /// It is built once and shared. The embedded rules are checked by the tests of this library, so
    /// that they load; should they not, the engine has no society, and permits nothing.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Engine> = LazyLock::new(|| {
            Engine::from_sources(&Sources::embedded()).unwrap_or_else(|_| Engine::without_rules())
        });
        &EMBEDDED
    }

    /// Loads and checks every rule file under a directory.
    ///
    /// A program that loads its rules once, when they are first asked for, and wants their problems where it asks, keeps the
    /// engine in a cell that may fail to be filled: the standard library has none yet.
    ///
    /// ```
    /// use std::path::Path;
    /// use mokuteki::{Engine, problem::Problems};
    /// use once_cell::sync::OnceCell;
    ///
    /// static RULES: OnceCell<Engine> = OnceCell::new();
    ///
    /// fn rules() -> Result<&'static Engine, Problems> {
    ///     RULES.get_or_try_init(|| Engine::from_dir(Path::new("rules")))
    /// }
    ///
    /// assert!(rules()?.societies().any(|(id, _)| id == "aeon"));
    /// assert!(std::ptr::eq(rules()?, rules()?));
    /// # Ok::<(), Problems>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Every problem of every file, at once. Nothing is half loaded.
    pub fn from_dir(dir: &Path) -> Result<Self, Problems> {
        Self::from_sources(&Sources::from_dir(dir)?)
    }

    /// Loads and checks rule files from memory.
    ///
    /// # Errors
    ///
    /// Every problem of every file, at once. Nothing is half loaded.
    pub fn from_sources(sources: &Sources) -> Result<Self, Problems> {
        Self::load(sources, false)
    }

    /// Loads and checks rule files from memory, drafts among them: a clause of which a key is unread is
    /// set aside ([`Notice::unread`]) and covers nothing.
    ///
    /// # Errors
    ///
    /// Every problem of every file, at once, but for what is unread.
    pub fn from_drafts(sources: &Sources) -> Result<Self, Problems> {
        Self::load(sources, true)
    }

    fn load(sources: &Sources, drafts: bool) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let under = |folder: &'static str| {
            sources
                .iter()
                .filter(move |source| source.path.starts_with(folder))
        };
        let law = || {
            let grounds = || {
                let mut problems = Vec::new();
                (Grounds::open(sources, &mut problems), problems)
            };
            let mut problems = Vec::new();
            let law = || Law::load(under("statutes/"), &mut problems);
            let ((grounds, of_grounds), law) = parallel::both(grounds, law);
            problems.extend(of_grounds);
            (law, grounds, problems)
        };
        let words = || Vocabulary::load(under("vocabulary/"), under("terms/"), &mut problems);
        let ((law, grounds, of_law), words) = parallel::both(law, words);
        problems.extend(of_law);
        let mut digest = Sha256::new();
        for source in under("grounds.toml")
            .chain(under("statutes/"))
            .chain(under("vocabulary/"))
            .chain(under("terms/"))
        {
            notice::update(&mut digest, source);
        }
        let grounds = Grounds::load(grounds, &words, &law, &mut problems);
        let mut engine = Self::unbuilt(words, law, grounds);
        let common = notice::Common {
            words: &engine.words,
            law: &engine.law,
            grounds: &engine.grounds,
            digest: &digest,
            drafts,
        };
        let files = sources.iter().filter(|source| is_notice(&source.path));
        let files: Vec<&Source> = files.collect();
        // Each notice is read on its own; problems stay in the order of the files. What follows from the law alone is
        // worked out beside them.
        let read = || {
            parallel::map(&files, |source| {
                let mut problems = Vec::new();
                let notice = Notice::load(source, sources, &common, &mut problems);
                (notice, problems)
            })
        };
        let (of_law, read) = parallel::both(|| engine.compile_law(), read);
        let complete = read.iter().all(|(notice, _)| notice.is_some());
        let mut notices = Vec::with_capacity(read.len());
        for (notice, own) in read {
            notices.extend(notice);
            problems.extend(own);
        }
        notice::check_editions(&notices, complete, &mut problems);
        if notices.len() >= usize::from(u16::MAX) {
            problems.push(Problem::new(
                "notices",
                0,
                Kind::TooMany { what: "notices" },
            ));
        }
        let lists = Lists::new(lists::load_all(sources, &common, &mut problems));
        if notices.is_empty() && problems.is_empty() {
            let kind = Kind::NoRules {
                pattern: "notices/**/*.toml".to_owned(),
            };
            problems.push(Problem::new("notices", 0, kind));
        }
        if !problems.is_empty() {
            return Err(Problems::new(problems));
        }
        engine.notices = notices;
        engine.compile(of_law, sources);
        engine.lists = lists;
        Ok(engine)
    }

    /// The vocabulary.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.words
    }

    /// The statutes.
    #[must_use]
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// The grounds and duties.
    #[must_use]
    pub fn grounds(&self) -> &Grounds {
        &self.grounds
    }

    /// Every edition of every notice, in the order of their files.
    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.notices.iter()
    }

    /// The published lists of implied consent and of joint uses.
    #[must_use]
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// The ids and names of the societies, sorted by id.
    pub fn societies(&self) -> impl Iterator<Item = (&str, &str)> {
        self.societies
            .iter()
            .map(|society| (society.id.as_str(), society.name.as_str()))
    }

    /// The grounds that may be asked of a clause: its own, then those for 特定個人情報.
    pub fn grounds_of(&self, clause: &Clause) -> impl Iterator<Item = &crate::grounds::Ground> {
        let own = clause.grounds.iter();
        let listed: Vec<u16> = own.chain(&clause.my_number).copied().collect();
        listed.into_iter().filter_map(|at| self.grounds.get(at))
    }

    /// The id of the society of a flow; `None` only for a flow of another set of rules.
    #[must_use]
    pub fn society_id(&self, flow: &crate::Flow) -> Option<&str> {
        self.societies
            .get(usize::from(flow.society))
            .map(|society| society.id.as_str())
    }

    /// SHA-256, in hex, over every rule file.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What is stored of a clause; `None` only for a handle of another set of rules.
    #[must_use]
    pub fn clause(&self, id: ClauseId) -> Option<&Clause> {
        self.notices
            .get(id.notice())?
            .clauses
            .get(self.place_of(id)?)
    }

    /// The clause of a [number](ClauseId::number), and the id of its society; `None` where the number is of no clause.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Option<(&str, &Clause)> {
        // A number without a rank is of no clause.
        let id = NonZero::new(number).filter(|number| number.get() & 0xFFFF != 0);
        let id = ClauseId(id?);
        Some((&self.notice(id)?.society, self.clause(id)?))
    }

    /// The place of a clause in its notice.
    fn place_of(&self, id: ClauseId) -> Option<usize> {
        let ranked = self.ranks.get(id.notice())?;
        ranked.get(id.rank()).map(|at| usize::from(*at))
    }

    /// The notice of a clause; `None` only for a handle of another set of rules.
    #[must_use]
    pub fn notice(&self, id: ClauseId) -> Option<&Notice> {
        self.notices.get(id.notice())
    }
}
