//! Which clauses of two sides are the same, and what became of the others.

use super::{fit::Reading, set::Set, side::Side, universe::Universe};
use mokuteki::{engine::Engine, notice::Clause, vocabulary::Class};

/// What became of a clause between two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fate {
    /// Only the right side has it.
    Added,
    /// The same meaning, the same words, at another place of the notice.
    Moved,
    /// Only the left side has it.
    Removed,
    /// It is read in another way.
    Reread,
    /// The same meaning under other words.
    Reworded,
    /// The same meaning and the same words at the same place.
    Same,
}

impl Fate {
    /// The word for machines.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Moved => "moved",
            Self::Removed => "removed",
            Self::Reread => "reread",
            Self::Reworded => "reworded",
            Self::Same => "same",
        }
    }
}

/// A clause of the left side, of the right side, or the same of both, by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClauseChange {
    /// The place in the left side's clauses.
    pub left: Option<usize>,
    /// The place in the right side's clauses.
    pub right: Option<usize>,
    /// What became of it.
    pub fate: Fate,
}

/// The clauses of both sides, paired.
#[derive(Clone, Debug)]
pub(crate) struct Matching {
    /// By the place of a left clause.
    right_of: Vec<Option<usize>>,
    pub(crate) changes: Vec<ClauseChange>,
    /// The clauses, left then right, whose flows may be decided in another way, where the rest of
    /// the rules is the same; `None` where it is not.
    pub(crate) watch: Option<Set>,
}

impl Matching {
    /// Within one society a clause stays itself by its lasting id. Between two societies clauses are
    /// the same that mean the same; of several, those with the same words, then the first.
    pub(crate) fn new(universe: &Universe<'_>, same_common: bool) -> Self {
        let [left, right] = &universe.sides;
        let meaning = |at: usize, side: &Side<'_>| -> Vec<Meaning> {
            let clauses = side.clauses.iter();
            clauses
                .map(|clause| Meaning::new(universe, at, side.engine, clause))
                .collect()
        };
        let (meant_left, meant_right) = (meaning(0, left), meaning(1, right));
        let mut taken = Set::default();
        let mut right_of: Vec<Option<usize>> = vec![None; left.clauses.len()];
        let same_society = left.society == right.society;
        for words_too in [true, false] {
            for (at, clause) in left.clauses.iter().enumerate() {
                if right_of.get(at) != Some(&None) {
                    continue;
                }
                let found = right.clauses.iter().enumerate().find(|(other, that)| {
                    let same = if same_society {
                        clause.id == that.id
                    } else {
                        meant_left.get(at) == meant_right.get(*other)
                            && (!words_too || clause.quote == that.quote)
                    };
                    same && !taken.contains(*other)
                });
                if let (Some((other, _)), Some(place)) = (found, right_of.get_mut(at)) {
                    taken.insert(other);
                    *place = Some(other);
                }
            }
        }
        let mut changes = Vec::new();
        for (at, other) in right_of.iter().enumerate() {
            let fate = other.map_or(Fate::Removed, |other| {
                let (Some(this), Some(that)) = (left.clauses.get(at), right.clauses.get(other))
                else {
                    return Fate::Removed;
                };
                match (
                    meant_left.get(at) == meant_right.get(other),
                    this.quote == that.quote,
                ) {
                    (false, _) => Fate::Reread,
                    (true, false) => Fate::Reworded,
                    (true, true) if this.label != that.label => Fate::Moved,
                    (true, true) => Fate::Same,
                }
            });
            changes.push(ClauseChange {
                left: Some(at),
                right: *other,
                fate,
            });
        }
        let added = (0..right.clauses.len()).filter(|at| !taken.contains(*at));
        changes.extend(added.map(|at| ClauseChange {
            left: None,
            right: Some(at),
            fate: Fate::Added,
        }));
        let same_day = left.day == right.day;
        let watch = (same_common && same_day).then(|| watch(left, right, &right_of));
        Self {
            right_of,
            changes,
            watch,
        }
    }

    pub(crate) fn same(&self, left: Option<usize>, right: Option<usize>) -> bool {
        match (left, right) {
            (Some(left), Some(right)) => self.right_of.get(left) == Some(&Some(right)),
            (None, None) => true,
            _ => false,
        }
    }
}

/// All but the clauses that stand on both sides with the very same lists and grounds, in the same
/// order. A flow that only such clauses fit is decided by them alone, and so in the same way: which
/// clause is the narrowest depends on their lists and their order (section 5 of the semantics).
fn watch(left: &Side<'_>, right: &Side<'_>, right_of: &[Option<usize>]) -> Set {
    let bits = left.clauses.len();
    let mut watch = Set::full(bits + right.clauses.len());
    let mut last = None;
    let mut calm = Set::default();
    for (at, other) in right_of.iter().enumerate() {
        let Some(other) = *other else { continue };
        let pair = left.clauses.get(at).zip(right.clauses.get(other));
        if pair.is_some_and(|(this, that)| same_lists(this, that)) {
            if last.is_some_and(|last| other < last) {
                return watch;
            }
            last = Some(other);
            calm.insert(at);
            calm.insert(bits + other);
        }
    }
    watch = watch.minus(&calm);
    watch
}

fn same_lists(this: &Clause, that: &Clause) -> bool {
    this.data == that.data
        && this.subject == that.subject
        && this.sender == that.sender
        && this.directions == that.directions
        && this.needs_number == that.needs_number
        && this.recipient == that.recipient
        && this.relation == that.relation
        && this.activity == that.activity
        && this.channel == that.channel
        && this.objection == that.objection
        && this.grounds == that.grounds
        && this.my_number == that.my_number
}

/// What a clause covers and on which grounds, whatever its words.
#[derive(Debug, PartialEq)]
struct Meaning {
    reading: Reading,
    grounds: Vec<String>,
    my_number: Option<String>,
    needs_number: bool,
    objection: bool,
}

impl Meaning {
    fn new(universe: &Universe<'_>, side: usize, engine: &Engine, clause: &Clause) -> Self {
        let id = |at: u16| engine.grounds().get(at).map(|ground| ground.id.clone());
        Self {
            reading: Reading::new(universe, side, clause),
            grounds: clause.grounds.iter().filter_map(|at| id(*at)).collect(),
            my_number: clause.my_number.and_then(id),
            needs_number: clause.needs_number,
            objection: clause.objection,
        }
    }
}

/// Whether two engines have the same vocabulary, statutes, grounds and published lists.
pub(crate) fn same_common(left: &Engine, right: &Engine) -> bool {
    if std::ptr::eq(left, right) {
        return true;
    }
    let words = |engine: &Engine| {
        let words = engine.vocabulary();
        let entries = Class::ALL.iter().flat_map(|class| words.terms_of(*class));
        let entries = entries.map(|term| format!("{:?}", words.entry(term)));
        let identities = words.identities().iter().map(|one| format!("{one:?}"));
        let roles = [words.society(), words.person(), words.internal()];
        let roles = roles.into_iter().map(|role| format!("{role:?}"));
        let standing = words.representatives().iter();
        let standing = standing.map(|one| format!("{one:?}"));
        let forms = words.forms().map(|form| format!("{form:?}"));
        let follows = words.terms_of(Class::Party).map(|party| {
            let channels = words.terms_of(Class::Channel).map(Some).chain([None]);
            let relations: Vec<_> = channels
                .map(|channel| words.relation_of(party, channel))
                .collect();
            let (channel, public) = (words.channel_of(party), words.is_public_body(party));
            format!("{relations:?} {channel:?} {public}")
        });
        let of_parties = identities.chain(standing).chain(follows);
        entries
            .chain(roles)
            .chain(forms)
            .chain(of_parties)
            .collect::<Vec<_>>()
    };
    let law = |engine: &Engine| {
        // Not the tables of places, which are read at the first need: which citations are read alike is asked of each.
        let statutes = engine.law().statutes().map(|one| {
            let names = (&one.id, &one.name, &one.full_name, &one.abbreviations);
            format!(
                "{names:?} {} {:?} {:?}",
                one.number, one.read_on, one.coming
            )
        });
        let provisions = engine.law().provisions().map(|one| format!("{one:?}"));
        statutes.chain(provisions).collect::<Vec<_>>()
    };
    words(left) == words(right)
        && law(left) == law(right)
        && format!("{:?}", left.grounds()) == format!("{:?}", right.grounds())
        && format!("{:?}", left.lists()) == format!("{:?}", right.lists())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mokuteki::rules::Sources;

    #[test]
    fn rules_are_the_same_whatever_was_asked_of_them_before() {
        let engine = Engine::embedded();
        let asked = Side::new(engine, "aeon", "2026-04-01").unwrap();
        assert!(asked.cite("個人情報保護法第27条第5項第3号").is_some());
        let fresh = Engine::from_sources(&Sources::embedded()).unwrap();
        assert!(same_common(engine, &fresh) && same_common(&fresh, engine));
    }
}
