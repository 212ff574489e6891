//! JSON into the tree; strict, as editors and other readers of the register are.

use std::collections::HashSet;

use jsonc_parser::{
    CollectOptions, ParseOptions,
    ast::{self, ObjectPropName},
    common::Ranged,
    parse_to_ast,
};

use super::{Entry, Fault, Node, Span, Value};

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(text: &str) -> (Node, Vec<Fault>) {
    let mut faults = Vec::new();
    let empty = Node {
        span: Span::Bytes(0, 0),
        value: Value::Null,
    };
    let root = match parse_to_ast(text, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => parsed.value.map(|value| node(&value, &mut faults)),
        Err(error) => {
            let range = error.range();
            faults.push(Fault {
                span: Span::Bytes(range.start, range.end),
                reason: error.kind().to_string(),
            });
            None
        }
    };
    (root.unwrap_or(empty), faults)
}

/// The parser bounds the depth.
fn node(value: &ast::Value<'_>, faults: &mut Vec<Fault>) -> Node {
    let range = value.range();
    let span = Span::Bytes(range.start, range.end);
    let value = match value {
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::BooleanLit(flag) => Value::Flag(flag.value),
        ast::Value::NumberLit(number) => Value::Number(number.value.to_owned()),
        ast::Value::StringLit(text) => Value::Text(text.value.to_string()),
        ast::Value::Array(array) => {
            let items = array.elements.iter();
            Value::List(items.map(|item| node(item, faults)).collect())
        }
        ast::Value::Object(object) => Value::Table(entries(object, faults)),
    };
    Node { span, value }
}

fn entries(object: &ast::Object<'_>, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let mut seen = HashSet::new();
    let mut entries = Vec::new();
    for property in &object.properties {
        let range = property.name.range();
        let span = Span::Bytes(range.start, range.end);
        let key = match &property.name {
            ObjectPropName::String(text) => text.value.to_string(),
            ObjectPropName::Word(word) => word.value.to_owned(),
        };
        if !seen.insert(key.clone()) {
            let reason = format!("duplicate key `{key}`");
            faults.push(Fault { span, reason });
            continue;
        }
        let node = node(&property.value, faults);
        entries.push(Entry { key, span, node });
    }
    entries
}
