//! What only loading builds: from checked rules to the tables that deciding reads.

mod blocks;
pub(in crate::engine) mod closure;
mod law_tables;
mod layout;
mod rows_of_notice;
pub(in crate::engine) mod standings;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

use sha2::{Digest, Sha256};

use super::{
    Engine, Society,
    table::{LawInForce, Slot, Tables, declared::Declarations, eras::Eras, releases::Releases},
};
use crate::{
    day::Day,
    grounds::Grounds,
    law::Law,
    names::Names,
    notice::{Notice, hex, lists::Lists, update},
    parallel,
    rules::Sources,
    vocabulary::{Term, Vocabulary},
};
use blocks::Blocks;
use closure::Closures;
use law_tables::LawEras;
use layout::{Filled, Kept, Layout};
use rows_of_notice::{Drafted, Shared, Unreleased};
use standings::Profiles;

impl Engine {
    /// Builds the tables of the notices and takes the digest of the sources.
    pub(super) fn compile(&mut self, of_law: CompiledLaw, sources: &Sources) {
        let digest = || {
            let mut digest = Sha256::new();
            sources
                .iter()
                .for_each(|source| update(&mut digest, source));
            digest.finalize()
        };
        let (digest, ()) = parallel::both(digest, || self.add_societies(of_law));
        self.stamp = digest
            .iter()
            .take(4)
            .fold(0, |stamp, byte| (stamp << 8) | u32::from(*byte));
        self.digest = hex(&digest);
    }

    /// An engine that has no notices yet.
    pub(super) fn unbuilt(words: Vocabulary, law: Law, grounds: Grounds) -> Self {
        Self {
            words,
            law,
            grounds,
            notices: Vec::new(),
            lists: Lists::default(),
            societies: Vec::new(),
            society_ids: Names::default(),
            ranks: Vec::new(),
            tables: Arc::default(),
            citations: OnceLock::new(),
            answer_eras: OnceLock::new(),
            stamp: 0,
            digest: String::new(),
        }
    }

    /// What follows from the law and the vocabulary, whatever the notices say.
    pub(super) fn compile_law(&self) -> CompiledLaw {
        let tables = self.tables_of_law();
        let cases = (0..).take(tables.declarations.cases());
        let members = cases.map(|case| self.members_of(&tables.declarations, case));
        CompiledLaw {
            closures: Closures::new(&self.words),
            layout: Layout::new(&self.words, &tables.declarations),
            law: LawEras::new(self),
            members: members.collect(),
            tables,
        }
    }

    /// An engine that knows no society, and so permits nothing.
    pub(super) fn without_rules() -> Self {
        let (words, law, grounds) = (Vocabulary::empty(), Law::default(), Grounds::empty());
        let mut engine = Self::unbuilt(words, law, grounds);
        let of_law = engine.compile_law();
        engine.compile(of_law, &Sources::default());
        engine
    }

    fn add_societies(&mut self, of_law: CompiledLaw) {
        let mut editions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, notice) in self.notices.iter().enumerate() {
            editions.entry(&notice.society).or_default().push(at);
        }
        let editions: Vec<(&str, Vec<usize>)> = editions.into_iter().collect();
        let mut tables = of_law.tables;
        let shared = Shared {
            closures: of_law.closures,
            layout: of_law.layout,
            profiles: Profiles::default(),
            law: of_law.law,
            declarations: &tables.declarations,
            members: of_law.members,
        };
        let engine = &*self;
        // Each society is built on its own; they are stored in order, whoever built them.
        let built = parallel::map(&editions, |(id, editions)| {
            engine.build_society(id, editions, &shared)
        });
        let Shared {
            layout, profiles, ..
        } = shared;
        let standings = profiles.standings(engine, &tables.declarations, &tables.basis);
        let slots = || built.iter().flat_map(|society| &society.eras);
        let slots: Vec<&Filled> = slots().filter_map(Era::filled).collect();
        let kept = Kept::new(&layout, &slots);
        let width = tables.basis.count() * tables.declarations.width() as usize;
        let (releases, said) = Releases::new(width, &standings, kept.count());
        let blocks = parallel::map_small(&built, |society| -> Vec<Option<Filled>> {
            let eras = society.eras.iter();
            eras.map(|era| match era {
                Era::Own(rows, _) => Some(rows.block(&kept, &said, &standings)),
                Era::None | Era::As(_) => None,
            })
            .collect()
        });
        // What holds in the end is asked most: it is stored together, before what held earlier.
        let mut stored = Blocks::default();
        for (society, blocks) in built.iter().zip(&blocks) {
            let last = match society.eras.last() {
                Some(Era::As(other)) => blocks.get(*other),
                _ => blocks.last(),
            };
            if let Some(Some(block)) = last {
                stored.add(block);
            }
        }
        let numbers: Vec<Vec<Option<usize>>> = blocks
            .iter()
            .map(|blocks| {
                let blocks = blocks.iter();
                let numbers = blocks.map(|block| block.as_ref().map(|block| stored.add(block)));
                numbers.collect()
            })
            .collect();
        let (cells, starts) = stored.finish();
        tables.cells = cells;
        tables.count = kept.count() + said.len();
        tables.rows = kept.rows;
        tables.releases = releases;
        let numbers = numbers.into_iter().map(|numbers| {
            let start = |number: Option<usize>| starts.get(number?).copied();
            numbers.into_iter().map(start).collect()
        });
        let built = built.into_iter().zip(numbers).collect();
        self.seat(built, &mut tables);
        self.tables = Arc::new(tables);
    }

    /// The codes of what the relation of a case may turn out to be.
    fn members_of(&self, declarations: &Declarations, case: u16) -> Vec<u16> {
        let known = declarations.of_case(&self.words, case);
        let members = known.map(|known| known.members).unwrap_or_default();
        members.into_iter().map(Term::code).collect()
    }

    /// Seats societies and their slots, of which each has its block where it is one of its own.
    fn seat(&mut self, built: Vec<(BuiltSociety, Vec<Option<u32>>)>, tables: &mut Tables) {
        let mut ids: Vec<(String, u16)> = Vec::new();
        self.ranks = vec![Vec::new(); self.notices.len()];
        tables.sentences = vec![Box::default(); self.notices.len()];
        for (built, blocks) in built {
            let index = u16::try_from(self.societies.len()).unwrap_or(u16::MAX);
            ids.push((built.society.id.clone(), index));
            let first_slot = tables.slots.len();
            for (era, block) in built.eras.iter().zip(blocks) {
                let slot = match era {
                    Era::As(other) => tables.slots.get(first_slot + other).copied(),
                    Era::Own(rows, law) => block.map(|block| {
                        let words = u16::try_from(rows.filled.words).unwrap_or(u16::MAX);
                        Slot::new(rows.notice, words, block, *law)
                    }),
                    Era::None => None,
                };
                tables.slots.push(slot.unwrap_or_default());
            }
            self.societies.push(Society {
                first_slot: u32::try_from(first_slot).unwrap_or(u32::MAX),
                ..built.society
            });
            for (notice, ranked) in built.ranks {
                if let Some(sentences) = tables.sentences.get_mut(notice) {
                    *sentences = self.sentences(notice, &ranked);
                }
                if let Some(ranks) = self.ranks.get_mut(notice) {
                    *ranks = ranked;
                }
            }
        }
        self.society_ids = ids.into_iter().collect();
    }

    /// For each clause, in the order of ranks, the place of the first that has its label: the readings of a sentence.
    fn sentences(&self, notice: usize, ranked: &[u16]) -> Box<[u16]> {
        let clauses = self.notices.get(notice).map(|notice| &notice.clauses);
        let label = |at: &u16| clauses.and_then(|all| Some(&all.get(usize::from(*at))?.label));
        let mut first: HashMap<&String, u16> = HashMap::new();
        let each = (0..).zip(ranked);
        each.map(|(bit, at)| label(at).map_or(bit, |label| *first.entry(label).or_insert(bit)))
            .collect()
    }

    /// The eras of a society: from the first day on, and from each day on which something changes.
    fn build_society(&self, id: &str, editions: &[usize], shared: &Shared<'_>) -> BuiltSociety {
        let of_society = || {
            editions
                .iter()
                .filter_map(|at| Some((*at, self.notices.get(*at)?)))
        };
        let mut starts: Vec<Day> = of_society()
            .flat_map(|(_, notice)| changes(notice))
            .collect();
        starts.extend(shared.law.starts());
        starts.extend(self.words.changes());
        starts.sort_unstable();
        starts.dedup();
        let first = starts.first().map_or(Day::MIN, |day| day.before());
        let drafted = |edition| Drafted::new(self, edition, &shared.closures);
        let mut drafted: Vec<Drafted<'_>> = of_society().map(drafted).collect();
        let mut seen: HashMap<Signature, usize> = HashMap::new();
        let days = std::iter::once(first).chain(starts.iter().copied());
        let eras = days.enumerate().map(|(era, day)| {
            let mut editions = drafted.iter_mut();
            let in_force = editions.find(|edition| edition.notice.period.contains(day));
            let Some(edition) = in_force else {
                return Era::None;
            };
            let law = shared.law.on(day);
            // What holds on the day: where nothing of it differs, the tables are the same.
            let signature = Signature {
                notice: edition.at,
                clauses: (edition.notice.clauses.iter())
                    .map(|clause| clause.period.contains(day))
                    .collect(),
                law,
                closure: shared.closures.on(day),
            };
            if let Some(other) = seen.get(&signature) {
                return Era::As(*other);
            }
            let rows = self.rows_of_notice(edition, day, shared);
            seen.insert(signature, era);
            let law = shared.law.get(law).map(|era| era.law).unwrap_or_default();
            rows.map_or(Era::None, |rows| Era::Own(Box::new(rows), law))
        });
        let eras: Vec<Era> = eras.collect();
        let ranks = drafted
            .into_iter()
            .map(|edition| (edition.at, edition.ranked));
        let ranks = ranks.collect();
        let name = of_society()
            .next_back()
            .map(|(_, notice)| notice.name.clone())
            .unwrap_or_default();
        let society = Society {
            id: id.to_owned(),
            name,
            eras: Eras::new(starts),
            first_slot: 0,
        };
        BuiltSociety {
            society,
            eras,
            ranks,
        }
    }
}

/// The days on which something of a notice begins or ends.
pub(super) fn changes(notice: &Notice) -> impl Iterator<Item = Day> {
    let periods =
        std::iter::once(notice.period).chain(notice.clauses.iter().map(|clause| clause.period));
    periods
        .flat_map(|period| [period.from, period.until])
        .flatten()
}

/// What follows from the law and the vocabulary alone.
pub(super) struct CompiledLaw {
    /// Those of the law, without what notices say.
    tables: Tables,
    closures: Closures,
    layout: Layout,
    law: LawEras,
    /// By relation case, the codes of what the relation may turn out to be.
    members: Vec<Vec<u16>>,
}

/// A society before its blocks are whole.
struct BuiltSociety {
    society: Society,
    eras: Vec<Era>,
    /// For each edition, its place among the notices and its clauses, narrowest first.
    ranks: Vec<(usize, Vec<u16>)>,
}

/// An era of a society.
enum Era {
    /// No notice is in force.
    None,
    /// The same as an earlier one.
    As(usize),
    Own(Box<Unreleased>, LawInForce),
}

impl Era {
    fn filled(&self) -> Option<&Filled> {
        match self {
            Self::Own(rows, _) => Some(&rows.filled),
            Self::None | Self::As(_) => None,
        }
    }
}

/// All that the tables of an era follow from.
#[derive(PartialEq, Eq, Hash)]
struct Signature {
    notice: usize,
    clauses: Vec<bool>,
    /// The era of the law.
    law: usize,
    closure: usize,
}
