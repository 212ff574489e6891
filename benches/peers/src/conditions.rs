//! The clauses as conditions over names, from which the policies of every peer are written.

use std::collections::BTreeMap;

use mokuteki::{Verdict, vocabulary::Class};

use crate::{
    flows::{Answer, Case, labels},
    parties::Parties,
    rules::{ABROAD, REGIMES, Row, Rules, Standing},
};

pub(crate) const CONSENTS: [&str; 4] = ["none", "implied", "explicit", "refused"];
pub(crate) const DIRECTIONS: [&str; 4] = ["internal", "outward", "inward", "none"];

/// What a condition says where it holds, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Permits,
    Prohibits,
    Covers,
}

/// A clause at one level: all of its parts hold.
pub(crate) struct Condition {
    pub(crate) society: String,
    pub(crate) clause: String,
    /// The place of the clause among those of the society, narrowest first.
    pub(crate) rank: usize,
    pub(crate) level: Level,
    /// A field and its values; a field that is unrestricted is not there.
    pub(crate) fields: Vec<(&'static str, Vec<String>)>,
    /// One of these: `sender` of ordinary data and of 特定個人情報.
    pub(crate) senders: [Vec<String>; 2],
    /// One of these: a direction and its relations.
    pub(crate) ways: Vec<(&'static str, Vec<String>)>,
    /// One of these: declarations, bases and relations; `None` is any.
    pub(crate) releases: Vec<Release>,
}

pub(crate) struct Release {
    pub(crate) declared: Vec<String>,
    pub(crate) bases: Option<Vec<String>>,
    pub(crate) relations: Option<Vec<String>>,
}

/// A flow in the fields of a [`Condition`].
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) society: String,
    /// `data`, `subject`, `recipient`, `activity`, `channel`, `sender`, `relation`, `basis`,
    /// `direction`, `declared`.
    pub(crate) fields: [(&'static str, String); 10],
    pub(crate) my_number: bool,
}

pub(crate) fn conditions(rules: &Rules<'_>) -> Vec<Condition> {
    let classes = [
        Class::Data,
        Class::Subject,
        Class::Party,
        Class::Relation,
        Class::Activity,
        Class::Channel,
    ];
    let [data, subject, party, relation, activity, channel] = classes.map(|class| {
        let open = std::iter::once(String::new());
        open.chain(labels(rules, class)).collect::<Vec<String>>()
    });
    let law = rules.engine.law();
    let bases: Vec<String> = rules
        .bases
        .iter()
        .map(|id| {
            id.and_then(|id| law.provision(id))
                .map(|named| named.id.clone())
                .unwrap_or_default()
        })
        .collect();
    let mut all = Vec::new();
    for (society, rows) in rules.societies.iter().zip(&rules.rows) {
        for (rank, row) in rows.iter().enumerate() {
            for level in [Level::Permits, Level::Prohibits, Level::Covers] {
                let releases = releases(rules, row, level, &bases, &relation);
                if releases.is_empty() {
                    continue;
                }
                let fields = [
                    ("data", &data, &row.data),
                    ("activity", &activity, &row.activity),
                    ("recipient", &party, &row.recipient),
                    ("subject", &subject, &row.subject),
                    ("channel", &channel, &row.channel),
                ];
                let limits = fields
                    .into_iter()
                    .filter(|(_, _, fits)| fits.contains(&false));
                let ways = DIRECTIONS.into_iter().zip(&row.relation);
                all.push(Condition {
                    society: society.clone(),
                    clause: row.id.clone(),
                    rank,
                    level,
                    fields: limits
                        .map(|(field, names, fits)| (field, fitting(names, fits)))
                        .collect(),
                    senders: [0, 1].map(|at| fitting(&party, &row.sender[at])),
                    ways: ways
                        .filter(|(_, fits)| fits.contains(&true))
                        .map(|(way, fits)| (way, fitting(&relation, fits)))
                        .collect(),
                    releases,
                });
            }
        }
    }
    all
}

fn fitting(names: &[String], fits: &[bool]) -> Vec<String> {
    let fitting = names.iter().zip(fits).filter(|(_, fits)| **fits);
    fitting.map(|(name, _)| name.clone()).collect()
}

fn releases(
    rules: &Rules<'_>,
    row: &Row,
    level: Level,
    bases: &[String],
    relations: &[String],
) -> Vec<Release> {
    let holds = |standing: Standing| match level {
        Level::Permits => standing == Standing::Permits,
        Level::Prohibits => standing == Standing::Prohibits,
        Level::Covers => standing != Standing::Unfit,
    };
    // By the bases and relations with which they hold.
    let mut found: BTreeMap<(Vec<bool>, Vec<bool>), Vec<String>> = BTreeMap::new();
    for (regime, regime_name) in REGIMES.iter().enumerate() {
        for (consent, consent_name) in CONSENTS.iter().enumerate() {
            for (abroad, abroad_name) in ABROAD.iter().enumerate() {
                let mut by_bases: BTreeMap<Vec<bool>, Vec<bool>> = BTreeMap::new();
                for relation in 0..rules.relations {
                    let with = |basis| {
                        holds(row.standing[rules.place(regime, basis, consent, abroad, relation)])
                    };
                    let set: Vec<bool> = (0..bases.len()).map(with).collect();
                    let of = by_bases
                        .entry(set)
                        .or_insert_with(|| vec![false; rules.relations]);
                    of[relation] = true;
                }
                for key in by_bases.into_iter().filter(|(set, _)| set.contains(&true)) {
                    let declared = format!("{regime_name}/{consent_name}/{abroad_name}");
                    found.entry(key).or_default().push(declared);
                }
            }
        }
    }
    let limited =
        |names: &[String], fits: &[bool]| fits.contains(&false).then(|| fitting(names, fits));
    let each = found
        .into_iter()
        .map(|((of_bases, of_relations), declared)| Release {
            declared,
            bases: limited(bases, &of_bases),
            relations: limited(relations, &of_relations),
        });
    each.collect()
}

/// The names of a flow, its parties as they stand to the subject.
pub(crate) fn named(rules: &Rules<'_>, parties: &Parties, case: &Case) -> Named {
    let [
        society,
        data,
        subject,
        _,
        _,
        relation,
        activity,
        channel,
        basis,
        consent,
        _,
        abroad,
        _,
    ] = case.names.clone();
    let between = parties.between(&case.ids);
    let party = labels(rules, Class::Party);
    let label = |code: u16| party[code as usize - 1].clone();
    Named {
        society,
        fields: [
            ("data", data),
            ("subject", subject),
            ("recipient", label(between.recipient)),
            ("activity", activity),
            ("channel", channel),
            ("sender", label(between.sender)),
            ("relation", relation),
            ("basis", basis),
            ("direction", DIRECTIONS[between.direction].to_owned()),
            (
                "declared",
                format!("{}/{consent}/{abroad}", REGIMES[between.regime]),
            ),
        ],
        my_number: case.ids.my_number,
    }
}

/// The provisions on which 特定個人情報 can stand.
pub(crate) fn opening(rules: &Rules<'_>) -> Vec<String> {
    let provisions = rules.engine.law().provisions();
    let opening = provisions.filter(|(_, provision)| provision.opens_my_number.is_some());
    opening.map(|(_, provision)| provision.id.clone()).collect()
}

/// The answer that follows from the conditions that hold: the best level, then the narrowest clause.
pub(crate) fn answer<'c>(held: impl Iterator<Item = &'c Condition>, closed: bool) -> Answer<'c> {
    match held.min_by_key(|condition| (condition.level, condition.rank)) {
        None if closed => (Verdict::Prohibited, None),
        None => (Verdict::OutOfScope, None),
        Some(condition) => {
            let verdict = match condition.level {
                Level::Permits => Verdict::Permitted,
                Level::Prohibits => Verdict::Prohibited,
                Level::Covers => Verdict::Conditional,
            };
            (verdict, Some(&condition.clause))
        }
    }
}

/// The conditions in the order in which the first that holds is the answer, each with its place among them all.
pub(crate) fn in_order(conditions: &[Condition]) -> Vec<(usize, &Condition)> {
    let mut ordered: Vec<(usize, &Condition)> = conditions.iter().enumerate().collect();
    ordered.sort_by_key(|(_, condition)| (&condition.society, condition.level, condition.rank));
    ordered
}

/// Those of each society, in that order.
pub(crate) fn by_society(conditions: &[Condition]) -> BTreeMap<&str, Vec<(usize, &Condition)>> {
    let mut societies: BTreeMap<&str, Vec<(usize, &Condition)>> = BTreeMap::new();
    for (at, condition) in in_order(conditions) {
        let own = societies.entry(&condition.society).or_default();
        own.push((at, condition));
    }
    societies
}

/// What the place of the first condition that holds says: -1 stands for 特定個人情報 that nothing opens, and none for
/// no condition.
#[cfg(feature = "large")]
pub(crate) fn said(conditions: &[Condition], place: Option<i64>) -> Answer<'_> {
    let held = place.and_then(|at| conditions.get(usize::try_from(at).ok()?));
    answer(held.into_iter(), place == Some(-1))
}
