//! Coverage: which published purposes and clauses the declared flows use.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::{Audited, Register, codes};
use mokuteki::{
    Day, Engine, Verdict,
    notice::{Clause, Notice},
};
use mokuteki_findings::{Diagnostic, Place, Table, Text};

/// What the flows use of one notice.
struct Used<'n, 'r> {
    notice: &'n Notice,
    /// The days of the flows: the clauses in force on any of them are there to be used.
    days: BTreeSet<Day>,
    /// The flows of each clause, by its label: two readings of one sentence are one clause.
    flows: BTreeMap<&'n str, Vec<&'r str>>,
}

impl Audited {
    /// Adds, for each notice that a flow is decided under: a table of flows and used clauses by purpose,
    /// and the clauses that no flow uses (`coverage` for machines). A flow uses the clause that decides
    /// it, unless the flow is outside the published purposes or prohibited. Where fewer than `least`
    /// in a hundred clauses of a notice are used, rounded down, that is an error.
    pub fn coverage(
        &mut self,
        engine: &Engine,
        register: &Register,
        as_of: Option<Day>,
        least: Option<u32>,
        shown: &str,
    ) {
        let day = as_of.map(|day| day.to_string());
        let mut notices: BTreeMap<(&str, &str), Used<'_, '_>> = BTreeMap::new();
        for flow in register.flows() {
            let data = flow.data();
            let mut spec = flow.spec(&data);
            spec.as_of = day.as_deref().unwrap_or(spec.as_of);
            // What cannot be read is a finding already.
            for one in engine.flows(&spec).unwrap_or_default() {
                let decision = engine.explain(&one);
                let Some(notice) = decision.notice() else {
                    continue;
                };
                let key = (notice.society.as_str(), notice.edition.as_str());
                let used = notices.entry(key).or_insert_with(|| Used {
                    notice,
                    days: BTreeSet::new(),
                    flows: BTreeMap::new(),
                });
                used.days.insert(one.day());
                let within = matches!(
                    decision.verdict(),
                    Verdict::Permitted | Verdict::Conditional
                );
                if let Some(clause) = decision.clause().filter(|_| within) {
                    let flows = used.flows.entry(&clause.label).or_default();
                    if flows.last() != Some(&flow.id()) {
                        flows.push(flow.id());
                    }
                }
            }
        }
        let mut records = Vec::new();
        for used in notices.values() {
            records.push(self.notice(used, least, shown));
        }
        self.findings
            .data
            .insert("coverage".to_owned(), records.into());
        self.findings.sort();
    }

    fn notice(
        &mut self,
        used: &Used<'_, '_>,
        least: Option<u32>,
        shown: &str,
    ) -> serde_json::Value {
        let notice = used.notice;
        let clauses = notice.clauses.iter();
        let mut in_force: Vec<&Clause> = clauses
            .filter(|clause| used.days.iter().any(|day| clause.period.contains(*day)))
            .collect();
        // The readings of a sentence follow each other.
        in_force.dedup_by_key(|clause| &clause.label);
        let (mut rows, mut purposes) = (Vec::new(), Vec::new());
        for (place, purpose) in notice.purposes.iter().enumerate() {
            let own = in_force.iter().filter(|clause| clause.purpose == place);
            let own: Vec<&&Clause> = own.collect();
            let mut flows: Vec<&str> = Vec::new();
            let mut unused = Vec::new();
            for clause in &own {
                match used.flows.get(clause.label.as_str()) {
                    Some(by) => flows.extend(by),
                    None => unused.push(clause.label.as_str()),
                }
            }
            flows.sort_unstable();
            flows.dedup();
            let count = own.len() - unused.len();
            rows.push(vec![
                Text::same(format!("{} {}", purpose.number, purpose.title)),
                Text::same(flows.len().to_string()),
                Text::same(format!("{count} / {}", own.len())),
                Text::same(unused.join(" ")),
            ]);
            purposes.push(json!({
                "purpose": purpose.number,
                "title": purpose.title,
                "flows": flows,
                "unused": unused,
            }));
        }
        let (all, some) = (in_force.len(), used.flows.len());
        let percent = (some * 100).checked_div(all).unwrap_or_default();
        let society = &notice.society;
        self.findings.tables.push(Table {
            title: Text::new(
                format!("公表された目的と流れ: {society} ({all} 事例のうち {some}、{percent}%)"),
                format!(
                    "Published purposes and flows: {society} ({some} of {all} clauses, {percent}%)"
                ),
            ),
            columns: vec![
                Text::new("目的", "purpose"),
                Text::new("流れ", "flows"),
                Text::new("使う事例", "used clauses"),
                Text::new("使わない事例", "unused clauses"),
            ],
            rows,
        });
        if let Some(least) = least.filter(|least| percent < *least as usize) {
            let message = Text::new(
                format!("{society} の事例のうち流れが使うのは {percent}% で、{least}% に満たない"),
                format!("flows use {percent}% of the clauses of {society}, less than {least}%"),
            );
            let help = Text::new(
                "使わない事例の流れを台帳に書くか、--at-least を改める",
                "declare the flows of the unused clauses, or change --at-least",
            );
            let place = Place::file(shown);
            self.findings.diagnostics.push(
                Diagnostic::new(&codes::LOW_COVERAGE, place, society, message, help)
                    .with_detail(notice.edition.as_str()),
            );
        }
        json!({
            "society": society,
            "edition": notice.edition,
            "clauses": all,
            "used": some,
            "percent": percent,
            "purposes": purposes,
        })
    }
}
