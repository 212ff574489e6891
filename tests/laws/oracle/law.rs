//! Provisions, what lies inside what, and `grounds.toml` (4, 6, 10).

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::toml_files::{files, read};
use super::words::{ACTIVITY, CHANNEL, Classes, DATA, Day, PARTY, Period, RELATION, day};

/// A place in a statute under its lasting id.
pub(super) struct Provision {
    pub(super) id: String,
    pub(super) falls_under: Option<usize>,
    pub(super) asked_by: Option<Vec<usize>>,
    pub(super) statute: usize,
    /// Where it stood, and when.
    places: Vec<(Place, Period)>,
    /// The same as it is written.
    raw: Vec<(String, Period)>,
}

impl Provision {
    /// Does it bear a number on the day (1)?
    pub(super) fn in_force(&self, on: Day) -> bool {
        self.places.iter().any(|(_, period)| period.holds(on))
    }
}

/// 第205条の4第1項第2号 is `["205の4条", "1項", "2号"]`; 附則第2条 is `["附則", "2条"]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place(Vec<String>);

impl Place {
    pub(super) fn parse(at: &str) -> Place {
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

    pub(super) fn contains(&self, other: &Place) -> bool {
        other.0.starts_with(&self.0)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Needs {
    Nothing,
    Basis,
    Consent,
}

/// What lets data leave or come in; lists of provisions are their places in the law.
pub(super) struct Ground {
    pub(super) id: String,
    pub(super) needs: Needs,
    pub(super) explicit: bool,
    pub(super) provisions: Vec<usize>,
    asks: Option<usize>,
    pub(super) alongside: Vec<usize>,
    pub(super) with_consent: Vec<usize>,
    pub(super) relation: Option<usize>,
    pub(super) objectable: bool,
    pub(super) statute: bool,
    /// Where it is a way in: what it applies to.
    pub(super) data: Option<Vec<usize>>,
    pub(super) data_except: Vec<usize>,
    pub(super) sender: Option<Vec<usize>>,
    pub(super) channel: Option<Vec<usize>>,
    pub(super) channel_except: Vec<usize>,
    pub(super) result: bool,
    period: Period,
}

/// A way for a number that no clause has to name (6.2).
pub(super) struct Item {
    pub(super) provision: usize,
    pub(super) sender: Option<Vec<usize>>,
    pub(super) recipient: Option<Vec<usize>>,
    pub(super) channel: Option<Vec<usize>>,
}

/// What is lawful outside of the notice (10).
pub(super) struct Lawful {
    pub(super) provision: usize,
    pub(super) needs: Needs,
    pub(super) recipient: Option<Vec<usize>>,
    pub(super) activity: Option<Vec<usize>>,
}

/// All provisions and grounds, and the rules that hold for every flow.
pub(super) struct Law {
    pub(super) provisions: Vec<Provision>,
    pub(super) grounds: Vec<Ground>,
    statutes: Vec<Vec<String>>,
    // [receipt]
    pub(super) receipt_asks: usize,
    pub(super) receipt_grounds: Vec<usize>,
    pub(super) named: Vec<usize>,
    pub(super) returning: Vec<usize>,
    // [abroad]
    pub(super) abroad: usize,
    pub(super) abroad_explicit: bool,
    pub(super) abroad_with_consent: Vec<usize>,
    pub(super) abroad_exempt: Vec<usize>,
    // [my_number]
    pub(super) number_forbids: usize,
    pub(super) number_channel: Vec<usize>,
    pub(super) number_use: usize,
    pub(super) number_to_person: usize,
    pub(super) number_from_person: usize,
    pub(super) items: Vec<Item>,
    // [pseudonymised]
    pub(super) third_party: Vec<usize>,
    pub(super) pseudonymised_statute: Vec<usize>,
    // [subcontract], [basis]
    pub(super) subcontract_relation: Vec<usize>,
    pub(super) subcontract_recipient: Vec<usize>,
    pub(super) undeclared: Vec<usize>,
    pub(super) lawful: Vec<Lawful>,
    by_id: HashMap<String, usize>,
    ground_by_id: HashMap<String, usize>,
    /// By the inner provision, then by the outer one.
    inside: Vec<Vec<bool>>,
}

impl Law {
    pub(super) fn load(dir: &Path, classes: &Classes) -> Law {
        let read_files: Vec<RawStatutes> = files(&dir.join("statutes"))
            .iter()
            .map(|path| read(path))
            .collect();
        let mut names = Vec::new();
        let mut raw_provisions: Vec<(usize, &RawProvision)> = Vec::new();
        for file in &read_files {
            let own = file
                .statute
                .iter()
                .map(|statute| (statute, &file.provision));
            let acts = file.act.iter().map(|act| (&act.statute, &act.provision));
            for (statute, provisions) in own.chain(acts) {
                raw_provisions.extend(provisions.iter().map(|raw| (names.len(), raw)));
                let mut all = vec![statute.name.clone(), statute.full_name.clone()];
                all.extend(statute.abbreviations.clone());
                names.push(all);
            }
        }
        let by_id: HashMap<String, usize> = raw_provisions
            .iter()
            .enumerate()
            .map(|(at, (_, raw))| (raw.id.clone(), at))
            .collect();
        let one = |id: &String| *by_id.get(id).unwrap_or_else(|| panic!("no provision {id}"));
        let many = |ids: &[String]| -> Vec<usize> { ids.iter().map(one).collect() };
        let provisions: Vec<Provision> = raw_provisions
            .iter()
            .map(|(statute, raw)| Provision {
                id: raw.id.clone(),
                falls_under: raw.falls_under.as_ref().map(one),
                // Who asks may be a body that no flow names.
                asked_by: raw.asked_by.as_ref().map(|asked| {
                    let asked = asked.iter();
                    asked.filter_map(|name| classes.find(PARTY, name)).collect()
                }),
                statute: *statute,
                places: raw.citations().map(RawCitation::place).collect(),
                raw: raw
                    .citations()
                    .map(|one| (one.at.clone(), one.place().1))
                    .collect(),
            })
            .collect();
        let raw: RawGrounds = read(&dir.join("grounds.toml"));
        let ground_by_id: HashMap<String, usize> = raw
            .ground
            .iter()
            .enumerate()
            .map(|(at, ground)| (ground.id.clone(), at))
            .collect();
        let ground = |id: &String| ground_by_id[id];
        let terms = |class: usize, names: &Option<Vec<String>>| {
            names.as_ref().map(|names| classes.listed(class, names))
        };
        let grounds = raw.ground.iter().map(|ground| Ground {
            id: ground.id.clone(),
            needs: needs(&ground.needs),
            explicit: is_explicit(ground.consent.as_deref()),
            provisions: many(&ground.provisions),
            asks: ground.asks.as_ref().map(one),
            alongside: many(&ground.alongside),
            with_consent: many(&ground.with_consent),
            relation: ground
                .relation
                .as_ref()
                .map(|name| classes.term(RELATION, name)),
            objectable: ground.objectable,
            statute: ground.statute,
            data: terms(DATA, &ground.data),
            data_except: classes.listed(DATA, &ground.data_except),
            sender: terms(PARTY, &ground.sender),
            channel: terms(CHANNEL, &ground.channel),
            channel_except: classes.listed(CHANNEL, &ground.channel_except),
            result: ground.result,
            period: Period::new(ground.from.as_ref(), ground.until.as_ref()),
        });
        let items = raw.my_number.item.iter().map(|item| Item {
            provision: one(&item.provision),
            sender: terms(PARTY, &item.sender),
            recipient: terms(PARTY, &item.recipient),
            channel: terms(CHANNEL, &item.channel),
        });
        let lawful = raw.lawful.iter().map(|row| Lawful {
            provision: one(&row.provision),
            needs: needs(&row.needs),
            recipient: terms(PARTY, &row.recipient),
            activity: terms(ACTIVITY, &row.activity),
        });
        Law {
            grounds: grounds.collect(),
            receipt_asks: one(&raw.receipt.asks),
            receipt_grounds: raw.receipt.grounds.iter().map(ground).collect(),
            named: classes.listed(RELATION, &raw.receipt.named),
            returning: classes.listed(RELATION, &raw.receipt.returning),
            abroad: one(&raw.abroad.provision),
            abroad_explicit: is_explicit(Some(&raw.abroad.consent)),
            abroad_with_consent: many(&raw.abroad.with_consent),
            abroad_exempt: many(&raw.abroad.exempt_basis),
            number_forbids: one(&raw.my_number.forbids),
            number_channel: classes.listed(CHANNEL, &raw.my_number.channel),
            number_use: ground(&raw.my_number.use_),
            number_to_person: ground(&raw.my_number.to_person),
            number_from_person: ground(&raw.my_number.from_person),
            items: items.collect(),
            third_party: classes.listed(RELATION, &raw.pseudonymised.third_party),
            pseudonymised_statute: many(&raw.pseudonymised.statute),
            subcontract_relation: classes.listed(RELATION, &raw.subcontract.relation),
            subcontract_recipient: classes.listed(PARTY, &raw.subcontract.recipient),
            undeclared: many(&raw.basis.undeclared),
            lawful: lawful.collect(),
            statutes: names,
            inside: (0..provisions.len())
                .map(|inner| {
                    let outer = 0..provisions.len();
                    outer
                        .map(|outer| inside(&provisions, inner, outer))
                        .collect()
                })
                .collect(),
            provisions,
            by_id,
            ground_by_id,
        }
    }

    pub(super) fn provision(&self, id: &str) -> usize {
        let found = self.by_id.get(id);
        *found.unwrap_or_else(|| panic!("no provision has the id {id:?}"))
    }

    pub(super) fn ground(&self, id: &str) -> usize {
        let found = self.ground_by_id.get(id);
        *found.unwrap_or_else(|| panic!("no ground has the id {id:?}"))
    }

    /// Inside (4).
    pub(super) fn inside(&self, inner: usize, outer: usize) -> bool {
        self.inside[inner][outer]
    }

    pub(super) fn inside_any(&self, inner: usize, outer: &[usize]) -> bool {
        outer.iter().any(|outer| self.inside(inner, *outer))
    }

    /// Does the ground count on a day (4)?
    pub(super) fn counts(&self, ground: &Ground, on: Day) -> bool {
        let mut names = ground.provisions.iter().chain(&ground.asks).peekable();
        ground.period.holds(on)
            && (names.peek().is_none() || names.any(|one| self.provisions[*one].in_force(on)))
    }

    /// A citation of each provision with a day on which it names it, and its id.
    pub(super) fn citations(&self) -> impl Iterator<Item = (String, Day, &str)> {
        self.provisions.iter().filter_map(|one| {
            let (at, period) = one.raw.first()?;
            let name = &self.statutes[one.statute][0];
            Some((format!("{name}{at}"), period.first(), one.id.as_str()))
        })
    }

    /// What a citation such as 番号法第19条第8号 names on a day: the narrowest provision in force that it lies in.
    pub(super) fn cited(&self, text: &str, on: Day) -> Option<usize> {
        let text = text.replace([' ', '\u{3000}'], "");
        let mut named: Vec<(usize, &str)> = Vec::new();
        for (statute, names) in self.statutes.iter().enumerate() {
            let of = names
                .iter()
                .filter_map(|name| text.strip_prefix(name.as_str()));
            named.extend(of.map(|rest| (statute, rest)));
        }
        let (statute, rest) = named.into_iter().min_by_key(|(_, rest)| rest.len())?;
        let place = if rest.starts_with('第') || rest.starts_with("附則") {
            Place::parse(rest)
        } else {
            // 27条5項3号 is written without 第.
            let spelt: String = rest
                .split_inclusive(['条', '項', '号'])
                .map(|part| format!("第{part}"))
                .collect();
            Place::parse(&spelt)
        };
        let all = self.provisions.iter().enumerate();
        let wider = all
            .filter(|(_, one)| one.statute == statute)
            .filter_map(|(at, one)| {
                let places = one.places.iter().filter(|(_, period)| period.holds(on));
                let mut lengths = places
                    .filter(|(wide, _)| wide.contains(&place))
                    .map(|(wide, _)| wide.0.len());
                lengths.next().map(|length| (length, at))
            });
        wider.max().map(|(_, at)| at)
    }
}

/// The same provision, or its place was contained in the other's whenever both had one.
fn inside(provisions: &[Provision], inner: usize, outer: usize) -> bool {
    if inner == outer {
        return true;
    }
    let (inner, outer) = (&provisions[inner], &provisions[outer]);
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

fn needs(word: &str) -> Needs {
    match word {
        "nothing" => Needs::Nothing,
        "basis" => Needs::Basis,
        "consent" => Needs::Consent,
        other => panic!("needs = {other:?}"),
    }
}

/// A file holds one statute with its provisions, or several acts.
#[derive(Deserialize)]
struct RawStatutes {
    statute: Option<RawStatute>,
    #[serde(default)]
    provision: Vec<RawProvision>,
    #[serde(default)]
    act: Vec<RawAct>,
}

#[derive(Deserialize)]
struct RawAct {
    #[serde(flatten)]
    statute: RawStatute,
    #[serde(default)]
    provision: Vec<RawProvision>,
}

#[derive(Deserialize)]
struct RawStatute {
    name: String,
    full_name: String,
    #[serde(default)]
    abbreviations: Vec<String>,
}

#[derive(Deserialize)]
struct RawProvision {
    id: String,
    falls_under: Option<String>,
    asked_by: Option<Vec<String>>,
    #[serde(default)]
    citation: Vec<RawCitation>,
    /// In a file of acts the one number stands with the provision.
    #[serde(flatten)]
    own: Option<RawCitation>,
}

impl RawProvision {
    fn citations(&self) -> impl Iterator<Item = &RawCitation> {
        self.citation.iter().chain(&self.own)
    }
}

#[derive(Deserialize)]
struct RawCitation {
    at: String,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
    #[serde(default)]
    read: Vec<toml::value::Datetime>,
}

impl RawCitation {
    /// Without `from`, from the earliest text that was read.
    fn place(&self) -> (Place, Period) {
        let earliest = self.read.iter().min_by_key(|read| day(&read.to_string()));
        let from = self.from.as_ref().or(earliest);
        (
            Place::parse(&self.at),
            Period::new(from, self.until.as_ref()),
        )
    }
}

#[derive(Deserialize)]
struct RawGrounds {
    ground: Vec<RawGround>,
    receipt: RawReceipt,
    abroad: RawAbroad,
    my_number: RawNumber,
    pseudonymised: RawPseudonymised,
    subcontract: RawSubcontract,
    basis: RawBasis,
    lawful: Vec<RawLawful>,
}

#[derive(Deserialize)]
struct RawGround {
    id: String,
    needs: String,
    consent: Option<String>,
    #[serde(default)]
    provisions: Vec<String>,
    asks: Option<String>,
    #[serde(default)]
    alongside: Vec<String>,
    #[serde(default)]
    with_consent: Vec<String>,
    relation: Option<String>,
    #[serde(default)]
    objectable: bool,
    #[serde(default)]
    statute: bool,
    data: Option<Vec<String>>,
    #[serde(default)]
    data_except: Vec<String>,
    sender: Option<Vec<String>>,
    channel: Option<Vec<String>>,
    #[serde(default)]
    channel_except: Vec<String>,
    #[serde(default)]
    result: bool,
    from: Option<toml::value::Datetime>,
    until: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
struct RawReceipt {
    asks: String,
    grounds: Vec<String>,
    named: Vec<String>,
    returning: Vec<String>,
}

#[derive(Deserialize)]
struct RawAbroad {
    provision: String,
    consent: String,
    with_consent: Vec<String>,
    exempt_basis: Vec<String>,
}

#[derive(Deserialize)]
struct RawNumber {
    forbids: String,
    channel: Vec<String>,
    #[serde(rename = "use")]
    use_: String,
    to_person: String,
    from_person: String,
    item: Vec<RawItem>,
}

#[derive(Deserialize)]
struct RawItem {
    provision: String,
    sender: Option<Vec<String>>,
    recipient: Option<Vec<String>>,
    channel: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct RawPseudonymised {
    third_party: Vec<String>,
    statute: Vec<String>,
}

#[derive(Deserialize)]
struct RawSubcontract {
    relation: Vec<String>,
    recipient: Vec<String>,
}

#[derive(Deserialize)]
struct RawBasis {
    undeclared: Vec<String>,
}

#[derive(Deserialize)]
struct RawLawful {
    provision: String,
    needs: String,
    recipient: Option<Vec<String>>,
    activity: Option<Vec<String>>,
}
