//! The bases that a flow may declare, as they are written, and which of them the grounds tell apart.

use super::{axis::Written, side::Side};
use mokuteki::{
    citation::Place,
    law::{Cited, Law, ProvisionId},
};

/// By what a basis is the same on two sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a citation and a lasting id are all there is"
)]
pub enum BasisBy {
    /// As it is written: 番号法第19条第8号 is the same text whatever it names on the day.
    #[default]
    Citation,
    /// By the lasting id of the provision.
    Provision,
}

/// Every basis that can be read on one side at least, and what each side makes of them.
#[derive(Clone, Debug)]
pub(crate) struct Bases {
    /// The place after the last is that of no basis.
    pub(crate) written: Vec<Written>,
    printed: [Vec<(u16, Place, ProvisionId)>; 2],
}

impl Bases {
    pub(crate) fn new(sides: &[Side<'_>; 2], by: BasisBy) -> Self {
        Self {
            written: written(sides, by),
            printed: sides.each_ref().map(printed),
        }
    }
}

/// Every citation that is read on one of the sides at least.
///
/// An article that is stored as a whole takes deeper citations. Those that are stored nowhere are
/// all alike; where they differ from the article itself, one stands for them.
fn written(sides: &[Side<'_>; 2], by: BasisBy) -> Vec<Written> {
    let [left, right] = sides;
    let written = |text: String| Written {
        cited: [left.cite(&text), right.cite(&text)],
        text,
    };
    let laws = [left.engine.law(), right.engine.law()];
    let laws = if std::ptr::eq(left.engine, right.engine) {
        laws.get(..1).unwrap_or_default()
    } else {
        laws.as_slice()
    };
    let mut found: Vec<Written> = Vec::new();
    let mut texts: std::collections::HashSet<String> = std::collections::HashSet::new();
    let mut add = |one: Written| {
        let read = one.cited.iter().any(Option::is_some);
        if read && texts.insert(one.text.clone()) {
            found.push(one);
        }
    };
    if by == BasisBy::Provision {
        for law in laws {
            for (_, provision) in law.provisions() {
                add(written(provision.id.clone()));
            }
        }
        return found;
    }
    for law in laws {
        for (name, place) in places(law, sides) {
            let one = written(format!("{name}{place}"));
            let whole = place.article_only() == place;
            let deeper = whole.then(|| written(format!("{name}{place}第99項")));
            let differs =
                |deeper: &Written| {
                    deeper.cited.iter().zip(&one.cited).any(|(deep, whole)| {
                        deep.map(Cited::provision) != whole.map(Cited::provision)
                    })
                };
            let deeper = deeper.filter(differs);
            add(one);
            deeper.into_iter().for_each(&mut add);
        }
    }
    found
}

/// Every number that a provision of a law has borne or that a notice prints, sorted within its
/// statute.
fn places<'l>(law: &'l Law, sides: &[Side<'_>; 2]) -> Vec<(&'l str, Place)> {
    let mut found: Vec<(usize, &str, Place)> = Vec::new();
    for (at, statute) in law.statutes().enumerate() {
        let name = statute.name.as_str();
        let of_statute = law
            .provisions()
            .filter(|(_, provision)| usize::from(provision.statute) == at);
        let borne = of_statute.flat_map(|(_, provision)| &provision.citations);
        found.extend(borne.map(|citation| (at, name, citation.at)));
        let printed = sides
            .iter()
            .filter(|side| std::ptr::eq(side.engine.law(), law))
            .flat_map(|side| side.notice.iter().flat_map(|notice| &notice.printed));
        let printed = printed.filter(|printed| usize::from(printed.statute) == at);
        found.extend(printed.map(|printed| (at, name, printed.at)));
    }
    found.sort_by_key(|(at, _, place)| (*at, *place));
    found.dedup();
    found
        .into_iter()
        .map(|(_, name, place)| (name, place))
        .collect()
}

impl Bases {
    /// Whether they were made for notices that print the same citations as these do.
    pub(crate) fn are_of(&self, sides: &[Side<'_>; 2]) -> bool {
        let printed = sides.iter().map(|side| printed(side));
        self.printed.iter().eq(printed.collect::<Vec<_>>().iter())
    }

    /// Whether both sides read the same in each, by the lasting ids of the provisions.
    pub(crate) fn are_read_alike(&self, sides: &[Side<'_>; 2]) -> bool {
        let [left, right] = sides;
        let id = |side: &Side<'_>, cited: Cited| {
            let provision = side.engine.law().provision(cited.provision);
            provision.map(|provision| (provision.id.clone(), cited.stale))
        };
        self.written.iter().all(|written| match written.cited {
            [Some(one), Some(other)] => id(left, one) == id(right, other),
            [None, None] => true,
            _ => false,
        })
    }
}

/// What a side's notice prints: a citation is read by it first.
fn printed(side: &Side<'_>) -> Vec<(u16, Place, ProvisionId)> {
    let printed = side.notice.iter().flat_map(|notice| &notice.printed);
    printed
        .map(|one| (one.statute, one.at, one.provision))
        .collect()
}
