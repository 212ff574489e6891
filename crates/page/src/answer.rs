//! Questions and answers as JSON: what the page's module runs.
//!
//! ```
//! use mokuteki::Engine;
//! use mokuteki_page::answer;
//!
//! let question = r#"{"ask":"check","lang":"en","flow":{"society":"aeon","data":"レセプト","recipient":"損保会社","as_of":"2026-04-01"}}"#;
//! let answer = answer::answer(Engine::embedded(), question.as_bytes());
//! assert!(answer.starts_with(r#"{"record":{"id":null,"verdict":"conditional""#));
//! ```

use serde::{Deserialize, Serialize};

use super::matrix::{self, Side};
use mokuteki::{
    Decision, Engine, FlowSpec, Lang, Problems, Verdict,
    flow::{FlowError, FlowErrorReason, FlowErrors},
    law::{CitationError, ProvisionId},
    report,
    rules::{Source, Sources},
};

/// A flow as the fields of a form hold it; a missing field is open.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields of a flow, as in `FlowSpec`")]
#[expect(
    clippy::exhaustive_structs,
    reason = "the fields of a flow are a contract"
)]
pub struct Fields {
    pub society: String,
    /// Several kinds are separated by `;`.
    pub data: String,
    pub form: String,
    pub subject: String,
    pub sender: String,
    pub recipient: String,
    pub relation: String,
    pub activity: String,
    pub under: String,
    pub channel: String,
    pub basis: String,
    pub consent: String,
    pub my_number: String,
    pub abroad: String,
    pub as_of: String,
}

impl Fields {
    /// The same flow with other kinds of data.
    pub(super) fn spec<'a>(&'a self, data: &'a [&'a str]) -> FlowSpec<'a> {
        FlowSpec {
            society: &self.society,
            data,
            form: &self.form,
            subject: &self.subject,
            sender: &self.sender,
            recipient: &self.recipient,
            relation: &self.relation,
            activity: &self.activity,
            under: &self.under,
            channel: &self.channel,
            basis: &self.basis,
            consent: &self.consent,
            my_number: &self.my_number,
            abroad: &self.abroad,
            as_of: &self.as_of,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Words {
    #[default]
    En,
    Ja,
}

impl From<Words> for Lang {
    fn from(words: Words) -> Self {
        match words {
            Words::En => Self::En,
            Words::Ja => Self::Ja,
        }
    }
}

#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase", deny_unknown_fields)]
enum Question {
    /// One flow, or several kinds of data in one.
    Check {
        flow: Fields,
        #[serde(default)]
        lang: Words,
    },
    /// Every kind of data with every party.
    Matrix {
        flow: Fields,
        side: Side,
        #[serde(default)]
        lang: Words,
    },
}

/// The rules that the module decides by.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    /// The path and the text of each file.
    files: Vec<(String, String)>,
}

/// A record, with the law that it names.
#[derive(Serialize)]
struct Checked {
    record: report::Record,
    law: Vec<Cited>,
}

/// A provision as cited on the day of the flow.
#[derive(Serialize)]
struct Cited {
    id: String,
    citation: String,
    content: String,
    /// Whether a part of the citation was not seen in a source.
    memory: bool,
}

/// A flow that cannot be read, as its record has it, with what could stand in each field instead.
#[derive(Serialize)]
struct Refused {
    #[serde(flatten)]
    rejected: report::Rejected,
    suggestions: Vec<(&'static str, Vec<String>)>,
}

impl Refused {
    fn new(errors: &FlowErrors, lang: Lang) -> Self {
        Self {
            rejected: report::rejected(None, errors, lang),
            suggestions: errors
                .iter()
                .map(|error| (error.field, suggestions(error)))
                .collect(),
        }
    }
}

fn suggestions(error: &FlowError) -> Vec<String> {
    match &error.reason {
        FlowErrorReason::UnknownSociety { nearest }
        | FlowErrorReason::UnknownTerm { nearest, .. } => nearest.clone(),
        FlowErrorReason::Citation {
            error:
                CitationError::Unknown { instead, .. }
                | CitationError::NoSuchPlace {
                    nearest: instead, ..
                },
            ..
        } => instead.clone(),
        FlowErrorReason::Citation {
            error: CitationError::NotInForce { now, .. },
            ..
        } => now.iter().cloned().collect(),
        _ => Vec::new(),
    }
}

#[derive(Serialize)]
struct Loaded<'e> {
    digest: &'e str,
    engine: &'static str,
}

#[derive(Serialize)]
struct Failed {
    failure: String,
}

/// Loads the rules that a page carries.
///
/// # Errors
///
/// The text is not the JSON of a page's rules, or a rule does not check: an answer that says so.
pub fn load(rules: &[u8]) -> Result<Engine, String> {
    let rules: Rules = serde_json::from_slice(rules).map_err(|error| failed(&error))?;
    let files = rules.files.into_iter().map(|(path, text)| Source {
        path,
        bytes: text.into_bytes(),
    });
    Engine::from_sources(&Sources::new(files.collect()))
        .map_err(|problems: Problems| failed(&problems))
}

/// The answer to rules that were loaded: their digest, and that of the engine.
#[must_use]
pub fn loaded(engine: &Engine) -> String {
    json(&Loaded {
        digest: engine.digest(),
        engine: crate::ENGINE,
    })
}

/// Answers a question. A flow that cannot be read, and a question that is none, are answered, too.
#[must_use]
pub fn answer(engine: &Engine, question: &[u8]) -> String {
    match serde_json::from_slice(question) {
        Ok(Question::Check { flow, lang }) => check(engine, &flow, lang.into()),
        Ok(Question::Matrix { flow, side, lang }) => match matrix::matrix(engine, &flow, side) {
            Ok(matrix) => json(&matrix),
            Err(errors) => json(&Refused::new(&errors, lang.into())),
        },
        Err(error) => failed(&error),
    }
}

fn check(engine: &Engine, fields: &Fields, lang: Lang) -> String {
    // As the command does.
    let data: Vec<&str> = fields.data.split([';', '；']).collect();
    let flows = match engine.flows(&fields.spec(&data)) {
        Ok(flows) => flows,
        Err(errors) => return json(&Refused::new(&errors, lang)),
    };
    let decisions: Vec<Decision<'_>> = flows.iter().map(|flow| engine.explain(flow)).collect();
    match report::record(None, &decisions, lang) {
        Some(record) => json(&Checked {
            record,
            law: decisions
                .iter()
                .fold(Vec::new(), |law, decision| named(decision, lang, law)),
        }),
        None => failed(&"no kind of data"),
    }
}

/// The provisions that a decision names, each once, in the order of the record.
fn named(decision: &Decision<'_>, lang: Lang, mut named: Vec<Cited>) -> Vec<Cited> {
    let ground = decision.ground();
    let grounds = ground
        .into_iter()
        .flat_map(|ground| ground.provisions.iter().chain(&ground.asks));
    let asks = decision
        .conditions()
        .iter()
        .flat_map(|condition| &condition.any_of)
        .filter_map(|ask| ask.provision.as_ref());
    let duties = decision.duties().flat_map(|duty| &duty.provisions);
    let ids: Vec<ProvisionId> = grounds
        .chain(asks)
        .chain(duties)
        .chain(decision.lawful_otherwise())
        .chain(decision.prohibited_by())
        .copied()
        .collect();
    let (law, day) = (decision.engine().law(), decision.flow().day());
    for id in ids {
        let Some(provision) = law
            .provision(id)
            .filter(|provision| named.iter().all(|cited| cited.id != provision.id))
        else {
            continue;
        };
        let borne = provision
            .citations
            .iter()
            .find(|citation| citation.period.contains(day));
        named.push(Cited {
            id: provision.id.clone(),
            citation: law.cite(id, day),
            content: lang.pick(&provision.content, &provision.en).clone(),
            memory: borne.is_some_and(|citation| !citation.memory.is_empty()),
        });
    }
    named
}

/// The letter of a verdict in a matrix.
pub(super) fn letter(verdict: Verdict) -> char {
    match verdict {
        Verdict::Permitted => 'p',
        Verdict::Conditional => 'c',
        Verdict::Exempt => 'e',
        Verdict::OutOfScope => 'o',
        Verdict::Prohibited => 'x',
    }
}

fn failed(error: &dyn std::fmt::Display) -> String {
    json(&Failed {
        failure: error.to_string(),
    })
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|error| {
        serde_json::Value::from_iter([("failure", error.to_string())]).to_string()
    })
}
