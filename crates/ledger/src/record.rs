//! What is handed in to be recorded, and the columns that it becomes.

use mokuteki::{Day, Engine, Flow, Permit, decision::Sink, flow::Abroad, grounds::Consent};
use mokuteki_consent::PersonKey;
use serde::Deserialize;

use crate::{
    columns::{Values, place, value},
    error::{Error, Result},
    rules::{Class, Exempt, Kind, PERSONS, RecordRules},
};

/// By what data goes, where the flow alone does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new way must be given a kind of record"
)]
pub enum Way {
    /// The persons have agreed.
    Consent,
    /// 個人情報保護法27条2項.
    OptOut,
    /// Information that becomes personal data with the recipient, 個人情報保護法31条.
    Related,
    /// From somebody who is no business.
    NotBusiness,
    /// Over the network of 番号法.
    Network,
    /// No record is asked for.
    Exempt,
}

/// In which form provisions are recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the law knows no others")]
pub enum Form {
    /// One provision, on one day.
    Single(Day),
    /// Continuous or repeated provisions in one record, from the first to the last day. A continuous one is
    /// recorded when it closes, and is kept from its last day.
    Bulk {
        /// The first day.
        first: Day,
        /// The last day.
        last: Day,
    },
    /// A contract or other document stands for the record.
    Contract {
        /// Where it is filed.
        reference: String,
        /// The first day.
        first: Day,
        /// The last day.
        last: Day,
    },
}

impl Form {
    fn word(&self) -> &'static str {
        match self {
            Self::Single(_) => "single",
            Self::Bulk { .. } => "bulk",
            Self::Contract { .. } => "contract",
        }
    }

    fn days(&self) -> (Day, Day) {
        match self {
            Self::Single(day) => (*day, *day),
            Self::Bulk { first, last } | Self::Contract { first, last, .. } => (*first, *last),
        }
    }
}

/// The third party.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Counterpart {
    /// 氏名・名称.
    pub name: String,
    /// 住所.
    pub address: String,
    /// 代表者の氏名, of a body.
    pub representative: String,
}

/// A person of a record: the key, and the society's own id of the member, which is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Subject {
    /// The key.
    pub key: PersonKey,
    /// What identifies the person (29条), such as the member id.
    pub member: String,
}

/// What 番号法23条 asks for beside the items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Network {
    /// 情報照会者.
    pub requester: String,
    /// 情報提供者.
    pub provider: String,
    /// When it was asked for, as `2026-04-01T10:00:00+09:00`.
    pub requested_at: String,
    /// When it was provided.
    pub provided_at: String,
    /// What the order asks for beside these.
    pub extra: String,
    /// That it falls under 不開示情報 (23条2項), with the item.
    pub not_disclosed: Option<String>,
}

/// One provision or receipt, to be recorded.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Disclosure {
    /// The flow that was permitted.
    pub flow: Flow,
    /// By what it goes, where the flow alone does not say it.
    pub way: Option<Way>,
    /// In which form it is recorded, with its days.
    pub form: Form,
    /// The third party.
    pub counterpart: Counterpart,
    /// Whether it went to many who are not told apart (不特定かつ多数).
    pub unspecified_many: bool,
    /// The persons.
    pub persons: Vec<Subject>,
    /// 取得の経緯, of what is received.
    pub obtained: Option<String>,
    /// That the provider has published it (27条4項), of what is received under opt-out.
    pub published: bool,
    /// That the consent of 31条1項 is there, and for a provision that it was confirmed.
    pub related_consent: bool,
    /// What 番号法23条 asks for.
    pub network: Option<Network>,
    /// Why the person may not see it: an id of the reasons in the rules.
    pub withheld: Option<String>,
    /// The clause that permits it, by its lasting id.
    pub clause: String,
    /// The digest of the rules.
    pub rules: String,
    /// The events of the consent register that it rests on.
    pub events: Vec<String>,
}

impl Disclosure {
    /// A disclosure of a flow on its own day, with all that is not common left out.
    #[must_use]
    pub fn new(flow: Flow, counterpart: Counterpart, persons: Vec<Subject>) -> Self {
        Self {
            form: Form::Single(flow.day()),
            flow,
            way: None,
            counterpart,
            unspecified_many: false,
            persons,
            obtained: None,
            published: false,
            related_consent: false,
            network: None,
            withheld: None,
            clause: String::new(),
            rules: String::new(),
            events: Vec::new(),
        }
    }
}

impl Disclosure {
    /// A disclosure under a permit: with its clause, its rules and the events that it rests on. The flow is the
    /// one that the permit was asked for.
    #[must_use]
    pub fn permitted<S: Sink>(
        permit: &Permit<S>,
        flow: Flow,
        counterpart: Counterpart,
        persons: Vec<Subject>,
    ) -> Self {
        Self {
            clause: permit.clause_id().to_owned(),
            rules: permit.digest().to_owned(),
            events: permit.events().map(ToOwned::to_owned).collect(),
            ..Self::new(flow, counterpart, persons)
        }
    }
}

/// What is written of a disclosure.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) class: String,
    pub(crate) due: Day,
    pub(crate) values: Values,
}

/// Reads a disclosure into its columns, and checks that all that the law asks for is there.
pub(crate) fn row(
    engine: &Engine,
    rules: &RecordRules,
    disclosure: &Disclosure,
    recorded_on: Day,
) -> Result<Row> {
    let (kind, exempt) = rules.kind_of(engine, &disclosure.flow, disclosure.way)?;
    let (first, last) = disclosure.form.days();
    if last < first || recorded_on < last {
        return Err(Error::BadDays);
    }
    if let Some(reason) = &disclosure.withheld
        && !rules.withheld.iter().any(|known| known.id == *reason)
    {
        return Err(Error::UnknownReason(reason.clone()));
    }
    let class = class_of(rules, kind, &disclosure.form)?;
    let values = values(engine, disclosure, kind, exempt, recorded_on);
    check(kind, &values, &disclosure.persons)?;
    let due = class.due(recorded_on, last).ok_or(Error::BadDays)?;
    Ok(Row {
        class: class.id.clone(),
        due,
        values,
    })
}

fn class_of<'r>(rules: &'r RecordRules, kind: &Kind, form: &Form) -> Result<&'r Class> {
    let class = match form {
        Form::Single(_) => Some(&kind.class),
        Form::Bulk { .. } => kind.bulk.as_ref(),
        Form::Contract { .. } => kind.contract.as_ref(),
    };
    let class = class.and_then(|id| rules.class(id));
    class.ok_or_else(|| Error::WrongForm {
        kind: kind.id.clone(),
    })
}

/// Every item of the kind is there, and says something.
pub(crate) fn check(kind: &Kind, values: &Values, persons: &[Subject]) -> Result<()> {
    for item in &kind.item {
        let there = if item.column == PERSONS {
            !persons.is_empty()
                && persons
                    .iter()
                    .all(|person| !person.member.trim().is_empty())
        } else {
            value(values, &item.column).is_some_and(|value| !value.trim().is_empty())
        };
        // A provision to many who are not told apart has no name and address: that it was one is the item.
        let many =
            item.column.starts_with("counterpart") && value(values, "unspecified_many").is_some();
        if !there && !many {
            return Err(Error::MissingItem {
                kind: kind.id.clone(),
                column: item.column.clone(),
                text: item.text.clone(),
                source: item.source.clone(),
            });
        }
    }
    Ok(())
}

fn values(
    engine: &Engine,
    one: &Disclosure,
    kind: &Kind,
    exempt: Option<&Exempt>,
    recorded_on: Day,
) -> Values {
    let words = engine.vocabulary();
    let flow = &one.flow;
    let (first, last) = one.form.days();
    let consent = matches!(flow.consent(), Consent::Implied | Consent::Explicit);
    let said = |yes: bool, word: &str| yes.then(|| word.to_owned());
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let network = one.network.as_ref();
    let label = |term| words.label(term).to_owned();
    let open = |term: Option<_>| term.map_or_else(String::new, label);
    let shown = [
        label(flow.sender()),
        label(flow.recipient()),
        open(flow.relation()),
        open(flow.activity()),
        open(flow.subject()),
        open(flow.channel()),
    ];
    let abroad = match flow.abroad() {
        Abroad::No => None,
        Abroad::Yes | Abroad::Equivalent => Some(flow.abroad().word().to_owned()),
    };
    let contract = match &one.form {
        Form::Contract { reference, .. } => text(reference),
        Form::Single(_) | Form::Bulk { .. } => None,
    };
    let agreed = if consent {
        text(flow.consent().word())
    } else {
        said(one.related_consent, "31条1項1号")
    };
    [
        engine.society_id(flow).map(ToOwned::to_owned),
        Some(kind.id.clone()),
        exempt.map(|exempt| exempt.id.clone()),
        Some(one.form.word().to_owned()),
        contract,
        Some(first.to_string()),
        Some(last.to_string()),
        Some(recorded_on.to_string()),
        text(&one.counterpart.name),
        text(&one.counterpart.address),
        text(&one.counterpart.representative),
        said(one.unspecified_many, "true"),
        Some(label(flow.data())),
        agreed,
        said(one.related_consent, "true"),
        one.obtained.clone(),
        said(one.published, "true"),
        abroad,
        network.and_then(|network| text(&network.requester)),
        network.and_then(|network| text(&network.provider)),
        network.and_then(|network| text(&network.requested_at)),
        network.and_then(|network| text(&network.provided_at)),
        network.and_then(|network| text(&network.extra)),
        network.and_then(|network| network.not_disclosed.clone()),
        one.withheld.clone(),
        Some(shown.join("\t")),
        text(&one.clause),
        text(&one.rules),
        text(&one.events.join("\n")),
    ]
}

/// The bytes that a leaf is of: each value with its length, so that no two records run together.
pub(crate) fn canonical(
    segment: i64,
    seq: i64,
    due: &str,
    values: &Values,
    persons: &[(PersonKey, Vec<u8>)],
) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(512);
    let mut put = |part: Option<&[u8]>| match part {
        None => bytes.push(0),
        Some(part) => {
            bytes.push(1);
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        }
    };
    put(Some(&segment.to_le_bytes()));
    put(Some(&seq.to_le_bytes()));
    put(Some(due.as_bytes()));
    for value in values {
        put(value.as_deref().map(str::as_bytes));
    }
    for (person, sealed) in persons {
        put(Some(person.as_bytes()));
        put(Some(sealed));
    }
    bytes
}

/// The place of a column that every record has.
pub(crate) fn at(column: &str) -> usize {
    place(column).unwrap_or(usize::MAX)
}
