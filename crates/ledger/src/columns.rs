//! The columns of a record. Each is a text or not there, in one order for the table, for the canonical
//! bytes and for whoever reads it.

/// The columns of the table `record` that hold what a record says, in their order. Those that the law asks
/// for are told by `rules/records/records.toml`.
pub const COLUMNS: [&str; 29] = [
    "society",
    "kind",
    "exempt",
    "form",
    "contract",
    "first_day",
    "last_day",
    "recorded_on",
    "counterpart_name",
    "counterpart_address",
    "counterpart_representative",
    "unspecified_many",
    "data",
    "consent",
    "consent_confirmed",
    "obtained",
    "published",
    "abroad",
    "requester",
    "provider",
    "requested_at",
    "provided_at",
    "network_extra",
    "not_disclosed",
    "withheld",
    "flow",
    "clause",
    "rules",
    "events",
];

/// What a record says, in the order of [`COLUMNS`].
pub(crate) type Values = [Option<String>; COLUMNS.len()];

/// The place of a column.
pub(crate) fn place(column: &str) -> Option<usize> {
    COLUMNS.iter().position(|name| *name == column)
}

/// The value of a column.
pub(crate) fn value<'v>(values: &'v Values, column: &str) -> Option<&'v str> {
    values.get(place(column)?)?.as_deref()
}
