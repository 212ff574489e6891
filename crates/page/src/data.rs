//! What the page's script needs, as JSON.

use serde::Serialize;

use super::{
    days::Change,
    render::{Options, PageError},
    words,
};
use mokuteki::{
    Engine,
    rules::Sources,
    vocabulary::{Class, Term},
};

#[derive(Serialize)]
struct Data<'e> {
    lang: &'static str,
    as_of: String,
    digest: &'e str,
    /// The engine that wrote the page; its module must be the same.
    engine: &'static str,
    societies: Vec<(&'e str, &'e str)>,
    /// By class, in the order of the vocabulary.
    terms: Terms<'e>,
    /// The place of the society itself among the parties.
    own: Option<usize>,
    days: &'e [Change],
    /// The citations of every day, for completion.
    citations: Vec<String>,
    words: serde_json::Value,
}

#[derive(Serialize)]
struct Terms<'e> {
    data: Vec<TermData<'e>>,
    subject: Vec<TermData<'e>>,
    party: Vec<TermData<'e>>,
    relation: Vec<TermData<'e>>,
    activity: Vec<TermData<'e>>,
    channel: Vec<TermData<'e>>,
}

/// Label, English gloss, place of the wider term or -1, synonyms.
#[derive(Serialize)]
struct TermData<'e>(&'e str, &'e str, i64, &'e [String]);

/// The data of the script.
pub(super) fn data<'e>(
    engine: &'e Engine,
    options: &Options<'_>,
    chosen: &[&'e str],
    days: &[Change],
) -> Result<String, PageError> {
    let vocabulary = engine.vocabulary();
    let terms = |class: Class| -> Vec<TermData<'_>> {
        let listed: Vec<Term> = vocabulary.terms_of(class).collect();
        let place = |term: Term| listed.iter().position(|listed| *listed == term);
        let entries = listed.iter().map(|term| vocabulary.entry(*term));
        entries
            .map(|entry| {
                let parent = entry
                    .parent
                    .and_then(place)
                    .and_then(|at| i64::try_from(at).ok());
                TermData(
                    &entry.label,
                    &entry.en,
                    parent.unwrap_or(-1),
                    &entry.synonyms,
                )
            })
            .collect()
    };
    let law = engine.law();
    let borne = law
        .provisions()
        .filter(|(id, _)| law.number(*id, options.as_of).is_some());
    let data = Data {
        lang: options.lang.pick("ja", "en"),
        as_of: options.as_of.to_string(),
        digest: engine.digest(),
        engine: crate::ENGINE,
        societies: chosen
            .iter()
            .filter_map(|id| engine.societies().find(|(other, _)| other == id))
            .collect(),
        terms: Terms {
            data: terms(Class::Data),
            subject: terms(Class::Subject),
            party: terms(Class::Party),
            relation: terms(Class::Relation),
            activity: terms(Class::Activity),
            channel: terms(Class::Channel),
        },
        own: vocabulary
            .terms_of(Class::Party)
            .position(|term| term == vocabulary.society()),
        days,
        citations: borne.map(|(id, _)| law.cite(id, options.as_of)).collect(),
        words: serde_json::from_str(words::FILE)?,
    };
    Ok(inert(&serde_json::to_string(&data)?))
}

/// The rules that the module loads.
pub(super) fn rules(sources: &Sources) -> Result<String, PageError> {
    let files: Vec<(&str, std::borrow::Cow<'_, str>)> = sources
        .iter()
        .map(|source| (source.path.as_str(), String::from_utf8_lossy(&source.bytes)))
        .collect();
    Ok(serde_json::to_string(
        &serde_json::json!({ "files": files }),
    )?)
}

/// JSON that cannot end the script element that holds it.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}
