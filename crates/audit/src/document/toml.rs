//! TOML into the tree, as far as it goes in spite of faults.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{DEEPEST, Entry, Fault, Node, Value};

pub(super) fn parse(text: &str) -> (Node, Vec<Fault>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let faults = errors.iter().map(|error| Fault {
        span: error.span().unwrap_or_default().into(),
        reason: error.message().to_owned(),
    });
    let mut faults: Vec<Fault> = faults.collect();
    let span = root.span().into();
    let value = Value::Table(table(root.get_ref(), 0, &mut faults));
    (Node { span, value }, faults)
}

fn table(table: &DeTable<'_>, depth: usize, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let mut entries: Vec<_> = table.iter().collect();
    // In the order of the text, so that problems come in it.
    entries.sort_by_key(|(key, _)| key.span().start);
    entries.retain(|(_, value)| !is_invented(value));
    let entries = entries.into_iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        span: key.span().into(),
        node: node(value, depth + 1, faults),
    });
    entries.collect()
}

/// Whether the parser put a value where it found none: such a one takes no place in the text, and nobody wrote it.
fn is_invented(value: &Spanned<DeValue<'_>>) -> bool {
    let scalar = !matches!(value.get_ref(), DeValue::Array(_) | DeValue::Table(_));
    scalar && value.span().is_empty()
}

fn node(value: &Spanned<DeValue<'_>>, depth: usize, faults: &mut Vec<Fault>) -> Node {
    let span = value.span().into();
    if depth > DEEPEST {
        let reason = format!("more than {DEEPEST} levels");
        faults.push(Fault { span, reason });
        let value = Value::Null;
        return Node { span, value };
    }
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => Value::Number(number.to_string()),
        DeValue::Float(number) => Value::Number(number.to_string()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        // A day of TOML is a day written as text: the fields of a flow are text.
        DeValue::Datetime(day) => Value::Text(day.to_string()),
        DeValue::Array(items) => Value::List(
            items
                .iter()
                .map(|item| node(item, depth + 1, faults))
                .collect(),
        ),
        DeValue::Table(inner) => Value::Table(table(inner, depth, faults)),
    };
    Node { span, value }
}
