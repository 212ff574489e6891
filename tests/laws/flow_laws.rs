//! The laws of the decision. Each takes a decider and the flows, and gives what breaks it, so that the same law is held
//! against the engine here and against seeded faults in `seeded.rs`.

use std::fmt::Write as _;

use crate::decider::{NAIVE, drawn, verdict};
use crate::oracle::{NaiveFlow, Verdict};

/// Whoever decides.
pub(crate) type Decide<'d> = &'d dyn Fn(&NaiveFlow) -> Verdict;

/// A law: what breaks it.
pub(crate) type Law = fn(Decide<'_>, &[NaiveFlow]) -> Vec<String>;

fn is_yes(verdict: Verdict) -> bool {
    verdict == Verdict::Permitted
}

/// *Closed*: a permission for an open flow is one for each filling against which it is held.
pub(crate) fn closed(decide: Decide<'_>, flows: &[NaiveFlow]) -> Vec<String> {
    let mut broken = Vec::new();
    for flow in flows.iter().filter(|flow| is_yes(decide(flow))) {
        for filled in NAIVE.filled(flow) {
            let found = decide(&filled);
            if !is_yes(found) {
                broken.push(format!("{flow:?}\n  {found:?} when {filled:?}"));
            }
        }
    }
    broken
}

/// A flow with all that was open filled in, in one way.
fn one_filling(flow: &NaiveFlow) -> Option<NaiveFlow> {
    NAIVE.filled(flow).into_iter().next()
}

/// *True basis*: with a basis that a fitting clause admits or does not ask for the verdict is no worse than without it;
/// with another one it is the worse of that and `out_of_scope`. (With a number the wall stands before that.)
pub(crate) fn true_basis(decide: Decide<'_>, flows: &[NaiveFlow]) -> Vec<String> {
    let mut broken = Vec::new();
    for flow in flows
        .iter()
        .filter(|flow| !flow.basis.is_empty() && flow.form.is_empty())
    {
        let Some(flow) = one_filling(flow) else {
            continue;
        };
        let facts = NAIVE.facts(&flow);
        if facts.number {
            continue;
        }
        let without = decide(&NaiveFlow {
            basis: String::new(),
            ..flow.clone()
        });
        let with = decide(&flow);
        let holds = if facts.basis_fits {
            with <= without
        } else {
            with == without.max(Verdict::OutOfScope)
        };
        if !holds {
            broken.push(format!("{without:?} without, {with:?} with: {flow:?}"));
        }
    }
    broken
}

/// *No hiding*: what is prohibited without a basis stays prohibited with each basis but those on which a ground stands that
/// needs no consent.
pub(crate) fn no_hiding(decide: Decide<'_>, flows: &[NaiveFlow]) -> Vec<String> {
    let mut broken = Vec::new();
    for flow in flows
        .iter()
        .filter(|flow| !flow.basis.is_empty() && flow.form.is_empty())
    {
        let Some(flow) = one_filling(flow) else {
            continue;
        };
        let facts = NAIVE.facts(&flow);
        let without = decide(&NaiveFlow {
            basis: String::new(),
            ..flow.clone()
        });
        if facts.number || without != Verdict::Prohibited || facts.opens_alone {
            continue;
        }
        let with = decide(&flow);
        if with != Verdict::Prohibited {
            broken.push(format!("{with:?} with: {flow:?}"));
        }
    }
    broken
}

/// *Receipt*: no 要配慮 data comes in without the person, a statute, 27条5項各号 or consent. The statutes are spelt out here
/// once more, in the words of the law and not of the rules.
pub(crate) fn receipt(decide: Decide<'_>, flows: &[NaiveFlow]) -> Vec<String> {
    let mut broken = Vec::new();
    let below = |class: &str, term: &str, wide: &[&str]| {
        wide.iter().any(|wide| NAIVE.lies_below(class, term, wide))
    };
    // Each flow as it is, and the same data as it comes in from the party of the flow without a word more: few clauses
    // name a sender, so that few flows that are drawn come in from one.
    let comes_in = flows.iter().map(|flow| NaiveFlow {
        sender: if flow.recipient == "当組合" {
            flow.sender.clone()
        } else {
            flow.recipient.clone()
        },
        recipient: "当組合".to_owned(),
        relation: "第三者提供".to_owned(),
        consent: String::new(),
        basis: String::new(),
        abroad: String::new(),
        ..flow.clone()
    });
    for flow in flows
        .iter()
        .cloned()
        .chain(comes_in)
        .filter(|flow| flow.as_of.as_str() >= "2017-05-30")
    {
        let flow = &flow;
        let facts = NAIVE.facts(flow);
        if !facts.inward
            || facts.from_person
            || facts.number
            || !facts.sensitive
            || !is_yes(decide(flow))
        {
            continue;
        }
        let data = |wide: &[&str]| below("data", &flow.data, wide);
        let sender = |wide: &[&str]| below("party", &flow.sender, wide);
        let legal =
            data(&["健診結果"]) && !data(&["人間ドック結果", "がん検診結果", "歯科健診結果"]);
        let specific = data(&["特定健診データ", "特定保健指導情報"]);
        let system = flow.channel == "オンライン資格確認等システム"
            || sender(&["オンライン資格確認等システム"]);
        let basis = |ids: &[&str]| ids.contains(&flow.basis.as_str());
        let has_a_way = flow.consent == "explicit"
            || data(&["レセプト"]) && sender(&["審査支払機関", "医療機関"])
            || legal && sender(&["事業主"]) && flow.as_of.as_str() >= "2022-01-01"
            || legal
                && sender(&["事業主", "旧保険者"])
                && flow.basis.starts_with("elderly-health-care-act/")
            || specific && system && flow.as_of.as_str() >= "2021-10-20"
            || basis(&[
                "personal-information-protection-act/joint-use",
                "personal-information-protection-act/succession",
            ])
            || flow.relation == "委託"
            || sender(&["委託業者", "審査支払機関"]) && flow.relation.is_empty();
        if !has_a_way {
            broken.push(format!("{flow:?}"));
        }
    }
    broken
}

/// *Wall*: nothing of a number without a basis of 番号法, and none of the work that 番号法 alone opens without a number: not
/// even on a condition, save that an open channel may turn out to carry one (情報連携).
pub(crate) fn wall(decide: Decide<'_>, flows: &[NaiveFlow]) -> Vec<String> {
    let mut broken = Vec::new();
    for flow in flows.iter().filter(|flow| flow.form.is_empty()) {
        let facts = NAIVE.facts(flow);
        let found = decide(flow);
        let only_number = ["情報連携", "番号利用事務"].contains(&flow.activity.as_str());
        let holds = if flow.my_number || facts.number && !flow.channel.is_empty() {
            facts.of_number
                || !is_yes(found) && (flow.basis.is_empty() || found == Verdict::Prohibited)
        } else if facts.number {
            true
        } else {
            let may_carry = flow.channel.is_empty() && flow.activity == "情報連携";
            !only_number || !is_yes(found) && (may_carry || found != Verdict::Conditional)
        };
        if !holds {
            broken.push(format!("{found:?}: {flow:?}"));
        }
    }
    broken
}

/// *Time*: nothing is permitted before the first day of what it rests on: the notice, the work with a number, the network,
/// the receipt by the system without consent.
pub(crate) fn time(decide: Decide<'_>, flows: &[NaiveFlow]) -> Vec<String> {
    let mut broken = Vec::new();
    for flow in flows.iter().filter(|flow| flow.form.is_empty()) {
        let found = decide(flow);
        if !is_yes(found) {
            continue;
        }
        let facts = NAIVE.facts(flow);
        let system = facts.inward
            && facts.sensitive
            && flow.channel == "オンライン資格確認等システム"
            && flow.basis.is_empty()
            && !["implied", "explicit"].contains(&flow.consent.as_str())
            && ["旧保険者", "オンライン資格確認等システム"].contains(&flow.sender.as_str());
        let network = flow.channel == "情報提供ネットワークシステム";
        let early = facts.number && flow.as_of.as_str() < "2015-10-05"
            || flow.basis == "my-number-act/number-use" && flow.as_of.as_str() < "2016-01-01"
            || network && flow.as_of.as_str() < "2017-05-30"
            || system
                && !facts.from_person
                && flow.as_of.as_str() < "2021-10-20"
                && flow.as_of.as_str() >= "2017-05-30";
        // The same flow on the day before the law that the notices print.
        let before = decide(&NaiveFlow {
            as_of: "2015-10-04".to_owned(),
            basis: String::new(),
            ..flow.clone()
        });
        if early || matches!(before, Verdict::Permitted | Verdict::Conditional) {
            broken.push(format!(
                "{found:?}, and before the notice {before:?}: {flow:?}"
            ));
        }
    }
    broken
}

/// *Objection*: who has objected is not asked again: the records that come by the system stay closed under every clause.
pub(crate) fn objection(decide: Decide<'_>, flows: &[NaiveFlow]) -> Vec<String> {
    let mut broken = Vec::new();
    let below = |data: &str| {
        ["特定健診データ", "特定保健指導情報"]
            .iter()
            .any(|wide| NAIVE.lies_below("data", data, wide))
    };
    for flow in flows.iter().filter(|flow| below(&flow.data)) {
        // Every such flow, as the records come by the system and with the person's objection.
        let flow = NaiveFlow {
            sender: "旧保険者".to_owned(),
            recipient: "当組合".to_owned(),
            relation: "第三者提供".to_owned(),
            channel: "オンライン資格確認等システム".to_owned(),
            consent: "refused".to_owned(),
            basis: String::new(),
            form: String::new(),
            abroad: String::new(),
            my_number: false,
            as_of: flow.as_of.as_str().max("2021-10-20").to_owned(),
            ..flow.clone()
        };
        let found = decide(&flow);
        if matches!(found, Verdict::Permitted | Verdict::Conditional) {
            broken.push(format!("{found:?}: {flow:?}"));
        }
    }
    broken
}

/// Every law by its name.
pub(crate) const LAWS: [(&str, Law); 7] = [
    ("closed", closed),
    ("true basis", true_basis),
    ("no hiding", no_hiding),
    ("receipt", receipt),
    ("wall", wall),
    ("time", time),
    ("objection", objection),
];

#[test]
fn the_engine_keeps_every_law() {
    let flows = drawn(4000, 2);
    let mut wrong = String::new();
    for (name, law) in LAWS {
        let broken = law(&verdict, &flows);
        if !broken.is_empty() {
            let some = broken[..broken.len().min(6)].join("\n");
            writeln!(wrong, "{name}: {} broken\n{some}", broken.len()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
