//! The record of a decision: everything in it is from the rules and the flow, so that the same
//! input gives the same bytes.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Lang, words};
use crate::{
    decision::{Change, ConditionKind, Decision, Fitting, Verdict},
    engine::ClauseId,
    flow::{FlowError, FlowErrors},
    law::ProvisionId,
    notice::Clause,
};

/// The form of the record, which docs/record.md describes: that of the second edition.
pub const RECORD_FORMAT: u32 = 2;

/// A decision as it is written down, in the shape of the contract.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
#[expect(
    missing_docs,
    reason = "the keys of the record; docs/record.md says what each holds"
)]
pub struct Record {
    pub id: Option<String>,
    pub verdict: &'static str,
    pub purpose: Option<PurposeRecord>,
    pub clause: Option<ClauseRecord>,
    pub ground: Option<GroundRecord>,
    pub also: Vec<ClauseName>,
    pub limited_to: Pairs<Vec<String>>,
    pub conditions: Vec<ConditionRecord>,
    pub duties: Vec<DutyRecord>,
    pub findings: Vec<RemarkRecord>,
    pub lawful_otherwise: Vec<String>,
    pub prohibited_by: Vec<String>,
    pub near_misses: Vec<NearMissRecord>,
    pub flow: Pairs<String>,
    pub rules: RulesRecord,
    pub format: u32,
    /// One record for each kind of data, where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Record>,
}

impl Record {
    /// Whether it is conditional and only fields of the flow are still to be declared: ◐.
    #[must_use]
    pub fn lacks_fields_only(&self) -> bool {
        let mut conditions = self.conditions.iter();
        self.verdict == Verdict::Conditional.word()
            && conditions.all(|condition| condition.kind == ConditionKind::Field.word())
    }
}

/// Names with values, written as an object in this order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs<V>(pub Vec<(&'static str, V)>);

impl<V: Serialize> Serialize for Pairs<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[non_exhaustive]
        pub struct $name { $(
            #[doc = concat!("The key `", stringify!($field), "`; docs/record.md says what it holds.")]
            pub $field: $ty
        ),* })*
    };
}

records! {
    /// The purpose of the primary clause.
    PurposeRecord { number: u32, title: String }
    /// A clause with its evidence.
    ClauseRecord { id: String, label: String, quote: String, source: SourceRecord }
    /// Where a quote stands.
    SourceRecord { file: String, lines: (u32, u32) }
    /// A clause by name.
    ClauseName { id: String, label: String }
    /// The ground that stands, or that is asked for first.
    GroundRecord { id: String, name: String, provisions: Vec<String> }
    /// Something still to be declared.
    ConditionRecord { kind: &'static str, any_of: Vec<AskRecord>, message: String }
    /// One way to declare it.
    AskRecord { field: &'static str, values: Vec<String>, provision: Option<ProvisionRecord> }
    /// A provision, by its lasting id and as cited on the day.
    ProvisionRecord { id: String, citation: String }
    /// A duty that follows.
    DutyRecord { id: String, text: String, provisions: Vec<String>, source: String }
    /// A remark that rides along.
    RemarkRecord { code: &'static str, message: String }
    /// A clause that nearly covers the flow.
    NearMissRecord { clause: ClauseRecord, changes: Vec<ChangeRecord>, message: String }
    /// A dimension to change.
    ChangeRecord { dimension: &'static str, from: Option<String>, to: Vec<String> }
    /// The rules that decided.
    RulesRecord { notice: String, edition: Option<String>, undated: bool, digest: String }
    /// A flow that cannot be read.
    Rejected { id: Option<String>, error: ErrorRecord }
    /// Why a field cannot be read.
    ErrorRecord { code: &'static str, field: String, message: String, help: String, more: Vec<ErrorRecord> }
}

impl ClauseRecord {
    /// A clause with its evidence, of the notice whose text lies in a file.
    #[must_use]
    pub fn new(clause: &Clause, text_file: &str) -> Self {
        Self {
            id: clause.id.clone(),
            label: clause.label.clone(),
            quote: clause.quote.clone(),
            source: SourceRecord {
                file: text_file.to_owned(),
                lines: clause.lines,
            },
        }
    }
}

/// The record of a flow, with one decision for each of its kinds of data. The record is that of
/// the worst; `None` when there is no decision.
#[must_use]
pub fn record(id: Option<&str>, decisions: &[Decision<'_>], lang: Lang) -> Option<Record> {
    // The first of the worst, so that the record does not depend on how ties are broken.
    let worst = decisions.iter().map(Decision::verdict).max()?;
    let decision = decisions
        .iter()
        .find(|decision| decision.verdict() == worst)?;
    let mut record = one(id, decision, lang);
    if decisions.len() > 1 {
        record.items = decisions
            .iter()
            .map(|decision| one(None, decision, lang))
            .collect();
    }
    Some(record)
}

/// The record of a flow that cannot be read: the first error, and the others in `more`.
#[must_use]
pub fn rejected(id: Option<&str>, errors: &FlowErrors, lang: Lang) -> Rejected {
    let mut records = errors.iter().map(|error| error_record(error, lang));
    let first = records.next();
    let more = records.collect();
    let error = first.map_or_else(
        || ErrorRecord {
            code: "missing-field",
            field: String::new(),
            message: String::new(),
            help: String::new(),
            more: Vec::new(),
        },
        |first| ErrorRecord { more, ..first },
    );
    Rejected {
        id: id.map(str::to_owned),
        error,
    }
}

fn error_record(error: &FlowError, lang: Lang) -> ErrorRecord {
    ErrorRecord {
        code: error.code(),
        field: error.field.to_owned(),
        message: words::error(error, lang),
        help: words::help(error, lang),
        more: Vec::new(),
    }
}

impl ErrorRecord {
    /// An error that is not about a field of the flow, such as a row that has too few columns.
    #[must_use]
    pub fn of_row(code: &'static str, field: &str, message: String, help: String) -> Self {
        Self {
            code,
            field: field.to_owned(),
            message,
            help,
            more: Vec::new(),
        }
    }
}

impl Rejected {
    /// A row that cannot be read.
    #[must_use]
    pub fn row(id: Option<&str>, error: ErrorRecord) -> Self {
        Self {
            id: id.map(str::to_owned),
            error,
        }
    }
}

fn one(id: Option<&str>, decision: &Decision<'_>, lang: Lang) -> Record {
    let engine = decision.engine();
    let day = decision.flow().day();
    let cite = |id: &ProvisionId| engine.law().cite(*id, day);
    let provision = |id: ProvisionId| ProvisionRecord {
        id: engine
            .law()
            .provision(id)
            .map(|provision| provision.id.clone())
            .unwrap_or_default(),
        citation: cite(&id),
    };
    let label = |term: &crate::vocabulary::Term| engine.vocabulary().label(*term).to_owned();
    let conditions = decision
        .conditions()
        .iter()
        .map(|condition| ConditionRecord {
            kind: condition.kind.word(),
            any_of: condition
                .any_of
                .iter()
                .map(|ask| AskRecord {
                    field: ask.field.name(),
                    values: ask.values.clone(),
                    provision: ask.provision.map(provision),
                })
                .collect(),
            message: words::condition(decision, condition, lang),
        });
    let duties = decision.duties().map(|duty| DutyRecord {
        id: duty.id.clone(),
        text: lang.pick(&duty.text, &duty.en).clone(),
        provisions: engine.law().cited_on(&duty.provisions, day).collect(),
        source: duty.source.clone(),
    });
    let remarks = decision.remarks().iter();
    let limited = decision.limited_to().iter();
    Record {
        id: id.map(str::to_owned),
        verdict: decision.verdict().word(),
        purpose: decision.purpose().map(|purpose| PurposeRecord {
            number: purpose.number,
            title: purpose.title.clone(),
        }),
        clause: decision.primary.and_then(|id| clause_record(decision, id)),
        ground: decision.ground().map(|ground| GroundRecord {
            id: ground.id.clone(),
            name: lang.pick(&ground.label, &ground.en).clone(),
            provisions: engine
                .law()
                .cited_on(ground.provisions.iter().chain(&ground.asks), day)
                .collect(),
        }),
        also: decision
            .also()
            .map(|clause| ClauseName {
                id: clause.id.clone(),
                label: clause.label.clone(),
            })
            .collect(),
        limited_to: Pairs(
            limited
                .map(|(field, terms)| (field.name(), terms.iter().map(label).collect()))
                .collect(),
        ),
        conditions: conditions.collect(),
        duties: duties.collect(),
        findings: remarks
            .map(|remark| RemarkRecord {
                code: remark.code(),
                message: super::remark(decision, remark, lang),
            })
            .collect(),
        lawful_otherwise: decision.lawful_otherwise().iter().map(cite).collect(),
        prohibited_by: decision.prohibited_by().iter().map(cite).collect(),
        near_misses: near_misses(decision, lang),
        flow: flow_record(decision),
        rules: rules_record(decision),
        format: RECORD_FORMAT,
        items: Vec::new(),
    }
}

fn clause_record(decision: &Decision<'_>, id: ClauseId) -> Option<ClauseRecord> {
    let clause = decision.engine().clause(id)?;
    let file = decision.engine().notice(id)?.text_file.clone();
    Some(ClauseRecord::new(clause, &file))
}

fn near_misses(decision: &Decision<'_>, lang: Lang) -> Vec<NearMissRecord> {
    let misses = decision.nearest().into_iter();
    misses
        .filter_map(|miss| {
            let changes = miss.changes.iter();
            let listed = changes
                .clone()
                .map(|change| words::change(decision, change, lang));
            Some(NearMissRecord {
                clause: clause_record(decision, miss.clause)?,
                message: listed.collect::<Vec<_>>().join(lang.pick("、", "; ")),
                changes: changes
                    .map(|change| change_record(decision, change))
                    .collect(),
            })
        })
        .collect()
}

fn change_record(decision: &Decision<'_>, change: &Change) -> ChangeRecord {
    let engine = decision.engine();
    let field = change.field.name();
    let from = flow_record(decision)
        .0
        .into_iter()
        .find(|(name, _)| *name == field)
        .map(|(_, value)| value);
    let to = match &change.to {
        Fitting::Terms(terms) => terms
            .iter()
            .map(|term| engine.vocabulary().label(*term).to_owned())
            .collect(),
        Fitting::Basis(ids) => ids
            .iter()
            .map(|id| engine.law().cite(*id, decision.flow().day()))
            .collect(),
    };
    ChangeRecord {
        dimension: field,
        from,
        to,
    }
}

/// The flow in canonical terms; fields left open are left out.
fn flow_record(decision: &Decision<'_>) -> Pairs<String> {
    let fields = decision.engine().fields_of(decision.flow());
    let fields = fields.into_iter();
    Pairs(fields.map(|(field, value)| (field.name(), value)).collect())
}

fn rules_record(decision: &Decision<'_>) -> RulesRecord {
    let engine = decision.engine();
    let society = engine
        .society_id(&decision.flow)
        .unwrap_or_default()
        .to_owned();
    match decision.notice() {
        Some(notice) => RulesRecord {
            notice: society,
            edition: Some(notice.edition.clone()),
            undated: notice.undated,
            digest: notice.digest.clone(),
        },
        None => RulesRecord {
            notice: society,
            edition: None,
            undated: false,
            digest: engine.digest().to_owned(),
        },
    }
}
