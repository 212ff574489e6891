//! GoRules zen: a decision table in which the first row that holds says the answer. As its documentation has it,
//! the society is a column of the one table, which the engine has from its loader and compiles; and split by
//! hand, so that each society has a table of its own and the request is led to it by a map.

use std::collections::HashMap;

use serde_json::{Value, json};
use zen_engine::{
    Decision, DecisionEngine, Variable,
    loader::LoaderConfig,
    model::{DecisionContent, GraphContent},
};

use crate::{
    conditions::{self, Condition, Named},
    expressions::Signs,
    flows::Answer,
};

const SIGNS: Signs = Signs {
    and: " and ",
    or: " or ",
    list: ["[", "]"],
};
/// The columns that hold a list of values; the rest is an expression.
const COLUMNS: [&str; 6] = [
    "society",
    "data",
    "activity",
    "recipient",
    "subject",
    "channel",
];
/// The key of the one table.
const TABLE: &str = "notices";

/// As its documentation has it.
pub(crate) struct Zen<'c> {
    runtime: tokio::runtime::Runtime,
    engine: DecisionEngine,
    conditions: &'c [Condition],
}

/// A table for each society.
pub(crate) struct Split<'c> {
    runtime: tokio::runtime::Runtime,
    societies: HashMap<&'c str, Decision>,
    conditions: &'c [Condition],
}

fn rows(conditions: &[(usize, &Condition)], opening: &[String]) -> Vec<Value> {
    let mut rows: Vec<Value> = conditions
        .iter()
        .map(|(at, condition)| {
            let mut row = serde_json::Map::new();
            row.insert("_id".into(), at.to_string().into());
            row.insert("society".into(), format!("{:?}", condition.society).into());
            for (field, values) in &condition.fields {
                let list: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
                row.insert((*field).into(), list.join(", ").into());
            }
            row.insert("rest".into(), SIGNS.rest(condition).into());
            row.insert("place".into(), at.to_string().into());
            row.into()
        })
        .collect();
    let closed = format!("my_number and not {}", SIGNS.one_of("basis", opening));
    rows.push(json!({ "_id": "closed", "rest": closed, "place": "-1" }));
    rows
}

fn table(rows: Vec<Value>, columns: &[&str]) -> Value {
    let mut inputs: Vec<Value> = columns
        .iter()
        .map(|field| json!({ "id": field, "name": field, "field": field }))
        .collect();
    inputs.push(json!({ "id": "rest", "name": "rest" }));
    json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode" },
            { "id": "table", "name": "table", "type": "decisionTableNode", "content": {
                "hitPolicy": "first",
                "inputs": inputs,
                "outputs": [{ "id": "place", "name": "place", "field": "place" }],
                "rules": rows,
            } },
            { "id": "out", "name": "out", "type": "outputNode" },
        ],
        "edges": [
            { "id": "1", "sourceId": "in", "targetId": "table", "type": "edge" },
            { "id": "2", "sourceId": "table", "targetId": "out", "type": "edge" },
        ],
    })
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime")
}

/// The society, and what the table asks for.
pub(crate) type Request<'n> = (&'n str, Variable);

pub(crate) fn request(named: &Named) -> Request<'_> {
    let mut fields: serde_json::Map<String, Value> = named
        .fields
        .iter()
        .map(|(field, text)| ((*field).to_owned(), text.as_str().into()))
        .collect();
    fields.insert("society".into(), named.society.as_str().into());
    fields.insert("my_number".into(), named.my_number.into());
    (&named.society, Value::Object(fields).into())
}

fn place(result: &Variable) -> Option<i64> {
    let place = result.dot("place");
    let place = place.and_then(|place| place.as_number());
    place.map(|place| i64::try_from(place).expect("a place"))
}

impl<'c> Zen<'c> {
    pub(crate) fn new(conditions: &'c [Condition], opening: &[String]) -> Self {
        let ordered = conditions::in_order(conditions);
        let table = table(rows(&ordered, opening), &COLUMNS);
        let content: DecisionContent = serde_json::from_value(table).expect("a decision");
        let content = HashMap::from([(TABLE.to_owned(), content)]);
        let loader = LoaderConfig::Static { content }.into_loader();
        let engine = DecisionEngine::default().with_loader(loader.expect("a loader"));
        let failures = engine.compile();
        assert!(failures.is_empty(), "the table compiles");
        Self {
            runtime: runtime(),
            engine,
            conditions,
        }
    }

    pub(crate) fn decide(&self, (_, context): &Request<'_>) -> Answer<'c> {
        let response = self
            .runtime
            .block_on(self.engine.evaluate(TABLE, context.clone()))
            .expect("a response");
        conditions::said(self.conditions, place(&response.result))
    }
}

impl<'c> Split<'c> {
    pub(crate) fn new(conditions: &'c [Condition], opening: &[String]) -> Self {
        let decide = |own: &Vec<(usize, &Condition)>| {
            let table = table(rows(own, opening), &COLUMNS[1..]);
            let content: GraphContent = serde_json::from_value(table).expect("a decision");
            let mut decision = Decision::from(std::sync::Arc::new(content));
            decision.compile();
            decision
        };
        let societies = conditions::by_society(conditions);
        let societies = societies
            .iter()
            .map(|(society, own)| (*society, decide(own)));
        Self {
            runtime: runtime(),
            societies: societies.collect(),
            conditions,
        }
    }

    pub(crate) fn decide(&self, (society, context): &Request<'_>) -> Answer<'c> {
        let response = self
            .runtime
            .block_on(self.societies[society].evaluate(context.clone()))
            .expect("a response");
        conditions::said(self.conditions, place(&response.result))
    }
}
