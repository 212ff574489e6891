//! GoRules zen: one decision table for each society, in which the first row that holds says the answer.

use std::collections::HashMap;

use serde_json::{Value, json};
use zen_engine::{Decision, Variable, model::GraphContent};

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
const COLUMNS: [&str; 5] = ["data", "activity", "recipient", "subject", "channel"];

pub(crate) struct Zen<'c> {
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

fn table(rows: Vec<Value>) -> Value {
    let mut inputs: Vec<Value> = COLUMNS
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

impl<'c> Zen<'c> {
    pub(crate) fn new(conditions: &'c [Condition], opening: &[String]) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        let decide = |own: &Vec<(usize, &Condition)>| {
            let content: GraphContent =
                serde_json::from_value(table(rows(own, opening))).expect("a decision");
            let mut decision = Decision::from(std::sync::Arc::new(content));
            decision.compile();
            decision
        };
        let societies = conditions::by_society(conditions);
        let societies = societies
            .iter()
            .map(|(society, own)| (*society, decide(own)));
        Self {
            runtime,
            societies: societies.collect(),
            conditions,
        }
    }

    pub(crate) fn request(named: &Named) -> (&str, Variable) {
        let mut fields: serde_json::Map<String, Value> = named
            .fields
            .iter()
            .map(|(field, text)| ((*field).to_owned(), text.as_str().into()))
            .collect();
        fields.insert("my_number".into(), named.my_number.into());
        (&named.society, Value::Object(fields).into())
    }

    pub(crate) fn decide(&self, (society, context): &(&str, Variable)) -> Answer<'c> {
        let response = self
            .runtime
            .block_on(self.societies[society].evaluate(context.clone()))
            .expect("a response");
        let place = response
            .result
            .dot("place")
            .and_then(|place| place.as_number());
        let place = place.map(|place| i64::try_from(place).expect("a place"));
        conditions::said(self.conditions, place)
    }
}
