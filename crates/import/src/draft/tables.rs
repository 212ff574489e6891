//! Tables of a rule file that is edited: their values, and where they stand.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, Value};

/// Replaces a value and keeps the comments and the spacing around it.
pub(super) fn replace(table: &mut Table, key: &str, mut value: Value) {
    if let Some(Item::Value(before)) = table.get(key) {
        *value.decor_mut() = before.decor().clone();
    }
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// Lets tables stand where their parent stands.
pub(super) fn unplace(item: &mut Item) {
    if let Some(list) = item.as_array_of_tables_mut() {
        for table in list.iter_mut() {
            table.set_position(None);
        }
    }
}

pub(super) fn table<'t>(document: &'t DocumentMut, key: &str) -> Option<&'t Table> {
    document.get(key)?.as_table()
}

pub(super) fn tables<'t>(table: &'t Table, key: &str) -> Vec<&'t Table> {
    let list = table.get(key).and_then(Item::as_array_of_tables);
    list.into_iter().flat_map(ArrayOfTables::iter).collect()
}

pub(super) fn tables_mut<'t>(
    table: &'t mut Table,
    key: &str,
) -> impl Iterator<Item = &'t mut Table> {
    let list = table.get_mut(key).and_then(Item::as_array_of_tables_mut);
    list.into_iter().flat_map(ArrayOfTables::iter_mut)
}

pub(super) fn word(table: &Table, key: &str) -> String {
    let found = table.get(key).and_then(Item::as_str);
    found.unwrap_or_default().to_owned()
}

pub(super) fn words(table: &Table, key: &str) -> Vec<String> {
    let list = table.get(key).and_then(Item::as_array);
    let words = list.into_iter().flat_map(Array::iter);
    words.filter_map(Value::as_str).map(str::to_owned).collect()
}

pub(super) fn value(table: &Table, key: &str) -> String {
    let found = table.get(key).and_then(Item::as_value);
    found
        .map(|value| value.to_string().trim().to_owned())
        .unwrap_or_default()
}
