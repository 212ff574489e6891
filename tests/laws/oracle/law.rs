//! Provisions, what lies inside what, and the grounds (4).

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::toml_files::{files, read};
use super::words::{Classes, FitSet, Period, RELATION};

/// A place in a statute under its lasting id.
pub(super) struct Provision {
    pub(super) id: String,
    pub(super) exception: bool,
    pub(super) opens_my_number: Option<Opens>,
    pub(super) falls_under: Option<usize>,
    statute: usize,
    /// Where it stood, and when.
    places: Vec<(Place, Period)>,
}

/// What a provision opens for the Individual Number.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Opens {
    Use,
    Provision,
}

/// 第205条の4第1項第2号 is `["205の4条", "1項", "2号"]`; 附則第2条 is `["附則", "2条"]`.
#[derive(PartialEq, Eq)]
struct Place(Vec<String>);

impl Place {
    fn parse(at: &str) -> Place {
        let mut parts: Vec<String> = Vec::new();
        let mut rest = at;
        if let Some(after) = rest.strip_prefix("附則") {
            parts.push("附則".to_owned());
            rest = after;
        }
        for piece in rest.split('第').filter(|piece| !piece.is_empty()) {
            let unit = piece.chars().find(|letter| "条項号".contains(*letter));
            let unit = unit.unwrap_or_else(|| panic!("{at:?} is not a place in a statute"));
            parts.push(format!("{}{unit}", piece.replacen(unit, "", 1)));
        }
        Place(parts)
    }

    fn contains(&self, other: &Place) -> bool {
        other.0.starts_with(&self.0)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    Basis,
    Consent,
}

/// What lets data leave; the sets are over provisions.
pub(super) struct Ground {
    pub(super) needs: Needs,
    pub(super) explicit: bool,
    pub(super) any_basis: bool,
    /// Inside one of its `provisions`.
    pub(super) provisions: Vec<bool>,
    /// Inside one of those that it has `alongside`.
    pub(super) alongside: Vec<bool>,
    /// Exactly one of its `with_consent`.
    pub(super) with_consent: Vec<bool>,
    /// The relations that ask for this ground first.
    pub(super) relation: Option<FitSet>,
    pub(super) period: Period,
}

/// All provisions and grounds, and the rules that hold for every flow.
pub(super) struct Law {
    pub(super) provisions: Vec<Provision>,
    pub(super) grounds: Vec<Ground>,
    pub(super) person: usize,
    pub(super) internal_use: usize,
    pub(super) abroad_explicit: bool,
    /// Exactly one of those that the consent to going abroad brings along.
    pub(super) abroad_with_consent: Vec<bool>,
    pub(super) abroad_exempt_basis: Vec<bool>,
    pub(super) abroad_exempt_ground: Vec<usize>,
    by_id: HashMap<String, usize>,
    ground_by_id: HashMap<String, usize>,
}

impl Law {
    pub(super) fn load(dir: &Path, classes: &Classes) -> Law {
        let statutes: Vec<RawStatute> = files(&dir.join("statutes"))
            .iter()
            .map(|path| read(path))
            .collect();
        let all: Vec<(usize, &RawProvision)> = statutes
            .iter()
            .enumerate()
            .flat_map(|(statute, file)| {
                file.provision
                    .iter()
                    .map(move |provision| (statute, provision))
            })
            .collect();
        let by_id: HashMap<String, usize> = all
            .iter()
            .enumerate()
            .map(|(at, (_, provision))| (provision.id.clone(), at))
            .collect();
        let provisions: Vec<Provision> = all
            .iter()
            .map(|(statute, raw)| Provision {
                id: raw.id.clone(),
                exception: raw.exception,
                opens_my_number: raw.opens_my_number,
                falls_under: raw.falls_under.as_ref().map(|id| by_id[id]),
                statute: *statute,
                places: raw.citation.iter().map(RawCitation::place).collect(),
            })
            .collect();

        let inside_any = |ids: &[String]| -> Vec<bool> {
            let wider: Vec<usize> = ids.iter().map(|id| by_id[id]).collect();
            (0..provisions.len())
                .map(|inner| wider.iter().any(|outer| inside(&provisions, inner, *outer)))
                .collect()
        };
        let exactly_any = |ids: &[String]| -> Vec<bool> {
            let listed: Vec<usize> = ids.iter().map(|id| by_id[id]).collect();
            (0..provisions.len())
                .map(|one| listed.contains(&one))
                .collect()
        };
        let raw: RawGrounds = read(&dir.join("grounds.toml"));
        let ground_by_id: HashMap<String, usize> = raw
            .ground
            .iter()
            .enumerate()
            .map(|(at, ground)| (ground.id.clone(), at))
            .collect();
        let grounds = raw.ground.iter().map(|ground| Ground {
            needs: match ground.needs.as_str() {
                "nothing" => Needs::Nothing,
                "basis" => Needs::Basis,
                "consent" => Needs::Consent,
                other => panic!("{}: needs = {other:?}", ground.id),
            },
            explicit: is_explicit(ground.consent.as_deref()),
            any_basis: ground.any_basis,
            provisions: inside_any(&ground.provisions),
            alongside: inside_any(&ground.alongside),
            with_consent: exactly_any(&ground.with_consent),
            relation: ground.relation.as_ref().map(|label| {
                let listed = classes.term(RELATION, label);
                classes.class(RELATION).fits(&[listed])
            }),
            period: Period::new(ground.from.as_ref(), ground.until.as_ref()),
        });
        Law {
            grounds: grounds.collect(),
            person: ground_by_id[&raw.person.ground],
            internal_use: ground_by_id["internal-use"],
            abroad_explicit: is_explicit(Some(&raw.abroad.consent)),
            abroad_with_consent: exactly_any(&raw.abroad.with_consent),
            abroad_exempt_basis: inside_any(&raw.abroad.exempt_basis),
            abroad_exempt_ground: raw
                .abroad
                .exempt_ground
                .iter()
                .map(|id| ground_by_id[id])
                .collect(),
            provisions,
            by_id,
            ground_by_id,
        }
    }

    pub(super) fn provision(&self, id: &str) -> usize {
        *self
            .by_id
            .get(id)
            .unwrap_or_else(|| panic!("no provision has the id {id:?}"))
    }

    pub(super) fn ground(&self, id: &str) -> usize {
        *self
            .ground_by_id
            .get(id)
            .unwrap_or_else(|| panic!("no ground has the id {id:?}"))
    }
}

/// Inside: the same provision, or its place was contained in the other's whenever both had one.
fn inside(provisions: &[Provision], inner: usize, outer: usize) -> bool {
    let (inner, outer) = (&provisions[inner], &provisions[outer]);
    if inner.id == outer.id {
        return true;
    }
    let mut together = Vec::new();
    for (place, period) in &inner.places {
        for (wider, wider_period) in &outer.places {
            if period.overlaps(*wider_period) {
                together.push(wider.contains(place));
            }
        }
    }
    inner.statute == outer.statute && !together.is_empty() && together.iter().all(|held| *held)
}

fn is_explicit(consent: Option<&str>) -> bool {
    match consent {
        Some("explicit") => true,
        Some("implied") | None => false,
        Some(other) => panic!("consent = {other:?}"),
    }
}

#[derive(Deserialize)]
struct RawStatute {
    provision: Vec<RawProvision>,
}

#[derive(Deserialize)]
struct RawProvision {
    id: String,
    #[serde(default)]
    exception: bool,
    opens_my_number: Option<Opens>,
    falls_under: Option<String>,
    citation: Vec<RawCitation>,
}

#[derive(Deserialize)]
struct RawCitation {
    at: String,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
}

impl RawCitation {
    fn place(&self) -> (Place, Period) {
        (
            Place::parse(&self.at),
            Period::new(self.from.as_ref(), self.until.as_ref()),
        )
    }
}

#[derive(Deserialize)]
struct RawGrounds {
    ground: Vec<RawGround>,
    person: RawPerson,
    abroad: RawAbroad,
}

#[derive(Deserialize)]
struct RawGround {
    id: String,
    needs: String,
    consent: Option<String>,
    #[serde(default)]
    any_basis: bool,
    #[serde(default)]
    provisions: Vec<String>,
    #[serde(default)]
    alongside: Vec<String>,
    #[serde(default)]
    with_consent: Vec<String>,
    relation: Option<String>,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
struct RawPerson {
    ground: String,
}

#[derive(Deserialize)]
struct RawAbroad {
    consent: String,
    with_consent: Vec<String>,
    exempt_basis: Vec<String>,
    exempt_ground: Vec<String>,
}
