//! The JSON Schema of registers, for editors and for checks without this program.

use serde_json::{Value, json};

use super::codes;
use crate::scan::{self, Sinks};
use mokuteki::{Engine, decision::Remark, vocabulary::Class};

const SCHEMA: &str = include_str!("../../../schema/mokuteki.schema.json");

/// The definitions that list terms for completion, and where their terms come from.
const TERMS: [(&str, Class); 6] = [
    ("activity", Class::Activity),
    ("channel", Class::Channel),
    ("data", Class::Data),
    ("party", Class::Party),
    ("relation", Class::Relation),
    ("subject", Class::Subject),
];

/// The JSON Schema (draft 7) of a register, with the societies and terms of an engine for completion.
///
/// For the embedded rules it is `schema/mokuteki.schema.json`. It accepts what the register accepts, as far
/// as a schema can tell: synonyms of terms are text to it, and what only the tree or the whole register
/// shows, such as an id that is there twice, is for the audit.
#[must_use]
pub fn schema(engine: &Engine) -> String {
    filled(SCHEMA, engine)
        // INVARIANT: a test reads the text, so that it is never given as it stands.
        .unwrap_or_else(|| SCHEMA.to_owned())
}

fn filled(text: &str, engine: &Engine) -> Option<String> {
    let mut schema: Value = serde_json::from_str(text).ok()?;
    let words = engine.vocabulary();
    for (name, class) in TERMS {
        let labels = words.terms_of(class).map(|term| words.label(term));
        *at(&mut schema, &format!("{name}/anyOf/0/enum"))? = labels.collect();
    }
    let forms = words.forms().map(|(_, entry)| entry.label.as_str());
    *at(&mut schema, "form/anyOf/0/enum")? = forms.collect();
    let societies = engine.societies().map(|(id, _)| id);
    *at(&mut schema, "society/anyOf/0/enum")? = societies.collect();
    *at(&mut schema, "preset/enum")? = json!(scan::groups());
    let sinks = Sinks::new(&scan::groups(), Vec::new(), 0);
    let sinks = sinks.all().iter().map(|sink| sink.id.as_str());
    *at(&mut schema, "sink_id/not/enum")? = sinks.collect();
    let codes = codes::WAIVABLE.iter().map(|code| code.name);
    *at(&mut schema, "waiver/properties/code/enum")? = codes.collect();
    for list in ["0", "1/items"] {
        *at(&mut schema, &format!("word/anyOf/{list}/enum"))? = json!(Remark::OF_WORD);
    }
    let mut text = serde_json::to_string_pretty(&schema).ok()?;
    text.push('\n');
    Some(text)
}

fn at<'s>(schema: &'s mut Value, path: &str) -> Option<&'s mut Value> {
    schema.pointer_mut(&format!("/definitions/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_has_the_words_of_the_embedded_rules() {
        let made = filled(SCHEMA, Engine::embedded()).unwrap();
        let file = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../schema/mokuteki.schema.json"
        );
        if std::env::var_os("MOKUTEKI_BLESS").is_some() {
            std::fs::write(file, &made).unwrap();
        }
        let published = std::fs::read_to_string(file).unwrap();
        assert!(
            made == published,
            "{file} is old; MOKUTEKI_BLESS=1 rewrites it"
        );
    }
}
