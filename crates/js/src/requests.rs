//! What the package asks, and what it is answered.

use mokuteki::{decision::NamedSink, report::Lang, rules::Source};
use mokuteki_door::{Coded, Door, FIELDS, Fault, Rules, Written, number_of, said, token, verify};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::State;

/// A flow: fifteen texts in the order of the contract.
type Texts = [String; FIELDS];

#[derive(Deserialize)]
#[serde(tag = "call", rename_all = "camelCase", deny_unknown_fields)]
pub(crate) enum Request {
    /// By the rules that ship, with files beside them: pairs of a path and a text.
    Open {
        files: Vec<(String, String)>,
        lang: Language,
    },
    Free {
        handle: u32,
    },
    Digest {
        engine: u32,
    },
    Check {
        engine: u32,
        flow: Texts,
        lang: Language,
    },
    /// Columns of texts, each once, with a place for each row; a negative one is open.
    Decide {
        engine: u32,
        rows: usize,
        names: Vec<Vec<String>>,
        codes: Vec<Vec<i32>>,
    },
    Permit {
        engine: u32,
        flow: Texts,
        sink: String,
        recipient: String,
        accepted: String,
        lang: Language,
    },
    Token {
        permit: u32,
        key: Vec<u8>,
    },
    Verify {
        token: String,
        key: Vec<u8>,
        sink: String,
        lang: Language,
    },
    #[cfg(feature = "probe")]
    Probe {},
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Language {
    En,
    Ja,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::En,
            Language::Ja => Self::Ja,
        }
    }
}

fn written(texts: &Texts) -> Written<'_> {
    Written(texts.each_ref().map(String::as_str))
}

impl State {
    fn engine(&self, handle: u32) -> Result<&Door, Fault> {
        self.engines
            .get(&handle)
            .ok_or_else(|| Fault::closed("engine"))
    }
}

/// The answer to a request: an object with `status` 0.
#[cfg_attr(
    feature = "probe",
    expect(clippy::panic, reason = "it is what the probe is for")
)]
pub(crate) fn answer(state: &mut State, request: Request) -> Result<Value, Fault> {
    match request {
        Request::Open { files, lang } => {
            let files = files.into_iter().map(|(path, text)| Source {
                path,
                bytes: text.into_bytes(),
            });
            let door = Door::with_files(files.collect(), lang.into())?;
            let handle = state.next();
            state.engines.insert(handle, door);
            Ok(json!({ "status": 0, "handle": handle }))
        }
        Request::Free { handle } => {
            let freed =
                state.engines.remove(&handle).is_some() || state.permits.remove(&handle).is_some();
            if freed {
                Ok(json!({ "status": 0 }))
            } else {
                Err(Fault::closed("engine or permit"))
            }
        }
        Request::Digest { engine } => {
            let rules = state.engine(engine)?.rules();
            Ok(json!({ "status": 0, "text": rules.engine().digest() }))
        }
        Request::Check { engine, flow, lang } => {
            let checked = state
                .engine(engine)?
                .rules()
                .check(&written(&flow), lang.into())?;
            Ok(json!({ "status": 0, "verdict": number_of(checked.verdict), "text": checked.json }))
        }
        Request::Decide {
            engine,
            rows,
            names,
            codes,
        } => {
            let rules = state.engine(engine)?.rules();
            decide(&rules, rows, &names, &codes)
        }
        Request::Permit {
            engine,
            flow,
            sink,
            recipient,
            accepted,
            lang,
        } => {
            let rules = state.engine(engine)?.rules();
            let sink = NamedSink {
                name: &sink,
                recipient: &recipient,
            };
            let permit = rules.permit(&written(&flow), sink, &accepted, lang.into())?;
            drop(rules);
            let (handle, text) = (state.next(), said(&permit));
            state.permits.insert(handle, permit);
            Ok(json!({ "status": 0, "handle": handle, "text": text }))
        }
        Request::Token { permit, key } => {
            let permit = state
                .permits
                .get(&permit)
                .ok_or_else(|| Fault::closed("permit"))?;
            Ok(json!({ "status": 0, "text": token(permit, &key)? }))
        }
        Request::Verify {
            token,
            key,
            sink,
            lang,
        } => Ok(json!({ "status": 0, "text": verify(&token, &key, &sink, lang.into())? })),
        #[cfg(feature = "probe")]
        Request::Probe {} => panic!("the probe"),
    }
}

/// Verdicts by their numbers and clauses by their labels.
fn decide(
    rules: &Rules,
    rows: usize,
    names: &[Vec<String>],
    codes: &[Vec<i32>],
) -> Result<Value, Fault> {
    if names.len() != FIELDS || codes.len() != FIELDS {
        return Err(Fault::argument(
            "columns",
            "a column for each of the 15 fields",
        ));
    }
    let texts = names
        .iter()
        .map(|column| column.iter().map(String::as_str).collect());
    let texts: Vec<Vec<&str>> = texts.collect();
    let mut coded: [Option<Coded<'_>>; FIELDS] = [None; FIELDS];
    for ((coded, names), codes) in coded.iter_mut().zip(&texts).zip(codes) {
        // A column without codes is not there.
        *coded = (!codes.is_empty()).then_some(Coded { names, codes });
    }
    let (mut verdicts, mut clauses) = (vec![0; rows], vec![0; rows]);
    rules.decide_coded(&coded, &mut verdicts, &mut clauses)?;
    let label = |clause: &u32| match clause {
        0 => Ok(String::new()),
        clause => rules.label(rules.generation(), *clause),
    };
    let clauses = clauses
        .iter()
        .map(label)
        .collect::<Result<Vec<_>, Fault>>()?;
    Ok(json!({ "status": 0, "verdicts": verdicts, "clauses": clauses }))
}
