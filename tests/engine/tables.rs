//! Flows in tables: tab-separated, one flow a line, under a line that names the columns.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail loudly"
)]

use std::collections::BTreeMap;

use mokuteki::{
    Engine, FlowSpec,
    report::{self, Lang, Record, Rejected},
};

/// One line of a table: its cells by column.
#[derive(Clone)]
pub(crate) struct Row(pub(crate) BTreeMap<&'static str, String>);

/// Every row of a table. Cells that are left off at the end of a line are empty.
pub(crate) fn rows(table: &'static str) -> Vec<Row> {
    let mut lines = table.lines();
    let header: Vec<&str> = lines
        .next()
        .expect("a table has a header")
        .split('\t')
        .collect();
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert!(cells.len() <= header.len(), "too many cells: {line}");
        let cells = cells.into_iter().map(str::to_owned);
        Row(header.iter().copied().zip(cells).collect())
    };
    lines.map(row).collect()
}

impl Row {
    /// The cell of a column; empty where there is none.
    pub(crate) fn get(&self, column: &str) -> &str {
        self.0.get(column).map(String::as_str).unwrap_or_default()
    }

    /// What an engine makes of the row.
    pub(crate) fn decide(&self, engine: &Engine) -> Result<Record, Rejected> {
        let data: Vec<&str> = self.get("data").split(';').collect();
        let spec = FlowSpec {
            form: "",
            under: "",
            society: self.get("society"),
            data: &data,
            subject: self.get("subject"),
            sender: self.get("sender"),
            recipient: self.get("recipient"),
            relation: self.get("relation"),
            activity: self.get("activity"),
            channel: self.get("channel"),
            basis: self.get("basis"),
            consent: self.get("consent"),
            my_number: self.get("my_number"),
            abroad: self.get("abroad"),
            as_of: self.get("as_of"),
        };
        match engine.flows(&spec) {
            Ok(flows) => {
                let decisions: Vec<_> = flows.iter().map(|flow| engine.explain(flow)).collect();
                Ok(report::record(None, &decisions, Lang::En).unwrap())
            }
            Err(errors) => Err(report::rejected(None, &errors, Lang::En)),
        }
    }
}
