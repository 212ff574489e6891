//! Rego by regorus: a rule for each society, whose branches are tried in order.

use std::{collections::HashMap, fmt::Write};

use regorus::{CompiledPolicy, Engine, Value};

use crate::{
    conditions::{self, Condition, Named},
    flows::Answer,
};

pub(crate) struct Rego<'c> {
    policies: HashMap<&'c str, CompiledPolicy>,
    conditions: &'c [Condition],
}

fn one_of(field: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| format!("{value:?}")).collect();
    // A line may have 1,024 columns.
    format!("input.{field} in {{{}}}", values.join(",\n\t"))
}

/// The rules of one society as a module.
fn module(conditions: &[(usize, &Condition)], opening: &[String]) -> String {
    let mut text = "package flows\nimport rego.v1\n\n".to_owned();
    let mut helpers = String::new();
    let mut word = "answer := ";
    for (at, condition) in conditions {
        let [ordinary, special] = condition
            .senders
            .each_ref()
            .map(|senders| one_of("sender", senders));
        for (number, senders) in [
            ("false", (ordinary, &condition.senders[0])),
            ("true", (special, &condition.senders[1])),
        ] {
            if !senders.1.is_empty() {
                writeln!(
                    helpers,
                    "sender_{at} if {{ input.my_number == {number}; {} }}",
                    senders.0
                )
                .expect("a text");
            }
        }
        for (way, relations) in &condition.ways {
            writeln!(
                helpers,
                "way_{at} if {{ input.direction == {way:?}; {} }}",
                one_of("relation", relations)
            )
            .expect("a text");
        }
        for release in &condition.releases {
            let mut parts = vec![one_of("declared", &release.declared)];
            for (field, values) in [("basis", &release.bases), ("relation", &release.relations)] {
                parts.extend(values.iter().map(|values| one_of(field, values)));
            }
            writeln!(helpers, "release_{at} if {{\n\t{}\n}}", parts.join("\n\t")).expect("a text");
        }
        let mut parts: Vec<String> = condition
            .fields
            .iter()
            .map(|(field, values)| one_of(field, values))
            .collect();
        parts.extend(["sender", "way", "release"].map(|name| format!("{name}_{at}")));
        write!(text, "{word}{at} if {{\n\t{}\n}} ", parts.join("\n\t")).expect("a text");
        word = "else := ";
    }
    let opening: Vec<String> = opening.iter().map(|value| format!("{value:?}")).collect();
    write!(
        text,
        "{word}-1 if {{ input.my_number; not input.basis in {{{}}} }}\n\n{helpers}",
        opening.join(",\n\t")
    )
    .expect("a text");
    text
}

impl<'c> Rego<'c> {
    pub(crate) fn new(conditions: &'c [Condition], opening: &[String]) -> Self {
        let compile = |own: &Vec<(usize, &Condition)>| {
            let mut engine = Engine::new();
            engine
                .add_policy("flows.rego".to_owned(), module(own, opening))
                .expect("a module");
            engine
                .compile_with_entrypoint(&"data.flows.answer".into())
                .expect("a policy")
        };
        let policies = conditions::by_society(conditions);
        let policies = policies
            .iter()
            .map(|(society, own)| (*society, compile(own)));
        Self {
            policies: policies.collect(),
            conditions,
        }
    }

    pub(crate) fn request(named: &Named) -> (&str, Value) {
        let mut input = Value::new_object();
        let fields = input.as_object_mut().expect("an object");
        for (field, text) in &named.fields {
            fields.insert((*field).into(), text.as_str().into());
        }
        fields.insert("my_number".into(), named.my_number.into());
        (&named.society, input)
    }

    pub(crate) fn decide(&self, (society, input): &(&str, Value)) -> Answer<'c> {
        let answer = self.policies[society]
            .eval_with_input(input.clone())
            .expect("an answer");
        conditions::said(self.conditions, answer.as_i64().ok())
    }
}
