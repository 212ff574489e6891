//! What if: the flows of a register that are decided otherwise under other rules or on another day.

use serde_json::json;

use super::{Audited, Declared, Register};
use mokuteki::{Day, Engine, Lang, decision::Decision, flow::FlowError, report::words};
use mokuteki_findings::{Table, Text};

/// The rules and the day of one side of a comparison.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Under<'e> {
    /// The rules.
    pub engine: &'e Engine,
    /// The day of every decision, in place of that of the flow.
    pub as_of: Option<Day>,
}

/// What is said of a flow for one kind of data: the verdict and the clause, or why it cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    data: String,
    verdict: Text,
    /// For machines: the word of the verdict, or the code of the error.
    word: String,
    clause: String,
}

impl Under<'_> {
    fn decide(&self, flow: &Declared) -> Vec<Said> {
        let data = flow.data();
        let mut spec = flow.spec(&data);
        let day = self.as_of.map(|day| day.to_string());
        spec.as_of = day.as_deref().unwrap_or(spec.as_of);
        match self.engine.flows(&spec) {
            Ok(flows) => {
                let decided = flows.iter().map(|flow| self.engine.explain(flow));
                decided.map(|decision| said(&decision)).collect()
            }
            // All that cannot be read stands for the flow as a whole.
            Err(errors) => {
                let codes: Vec<&str> = errors.iter().map(FlowError::code).collect();
                let word = codes.join(", ");
                vec![Said {
                    data: data.join(", "),
                    verdict: Text::same(word.as_str()),
                    word,
                    clause: String::new(),
                }]
            }
        }
    }
}

fn said(decision: &Decision<'_>) -> Said {
    let clause = decision.clause().map(|clause| {
        let society = decision.notice().map(|notice| notice.society.as_str());
        format!("{} {}", society.unwrap_or_default(), clause.label)
    });
    let words = decision.engine().vocabulary();
    Said {
        data: words.label(decision.flow().data()).to_owned(),
        verdict: Text::of(|lang| words::verdict(decision.verdict(), lang).to_owned()),
        word: decision.verdict().word().to_owned(),
        clause: clause.unwrap_or_default(),
    }
}

impl Audited {
    /// Adds the flows whose verdict or clause is another under `other` than under `this`: a table for
    /// people, and `what_if` for machines. It changes no finding.
    pub fn what_if(&mut self, register: &Register, this: Under<'_>, other: Under<'_>) {
        let (mut rows, mut records) = (Vec::new(), Vec::new());
        for flow in register.flows() {
            let (before, after) = (this.decide(flow), other.decide(flow));
            let pairs = before.len().max(after.len());
            for at in 0..pairs {
                let (before, after) = (before.get(at), after.get(at));
                if before == after {
                    continue;
                }
                let told = |said: Option<&Said>| {
                    said.map(|said| {
                        Text::of(|lang: Lang| {
                            format!("{} {}", said.verdict.pick(lang), said.clause)
                                .trim_end()
                                .to_owned()
                        })
                    })
                    .unwrap_or_default()
                };
                let data = before.or(after).map(|said| said.data.as_str());
                let data = data.unwrap_or_default();
                rows.push(vec![
                    Text::same(flow.id()),
                    Text::same(data),
                    told(before),
                    told(after),
                ]);
                let record = |said: Option<&Said>| {
                    said.map(|said| json!({ "verdict": said.word, "clause": said.clause }))
                };
                records.push(json!({
                    "flow": flow.id(),
                    "data": data,
                    "now": record(before),
                    "then": record(after),
                }));
            }
        }
        let count = rows.len();
        self.findings.facts.push((
            Text::new("判定の変わる流れ", "flows that would be decided otherwise"),
            Text::same(count.to_string()),
        ));
        self.findings
            .data
            .insert("what_if".to_owned(), records.into());
        if count > 0 {
            self.findings.tables.push(Table {
                title: Text::new("判定の変わる流れ", "Flows that would be decided otherwise"),
                columns: vec![
                    Text::new("流れ", "flow"),
                    Text::new("データ", "data"),
                    Text::new("今", "now"),
                    Text::new("そのとき", "then"),
                ],
                rows,
            });
        }
    }
}
