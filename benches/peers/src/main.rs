//! What other engines and hand-written code take for the same decisions, in one run, as Markdown.

mod casbin;
mod cedar;
mod cel;
mod conditions;
mod expressions;
mod figures;
mod flows;
mod interning;
mod kernel;
mod matched;
mod own;
mod parties;
#[cfg(feature = "large")]
mod rego;
mod rules;
mod scan;
#[path = "../../engine/societies.rs"]
mod societies;
mod timing;
#[cfg(feature = "large")]
mod zen;

use std::{hint::black_box, num::NonZero};

use conditions::Named;
use figures::{Form, Peer, Times};
use flows::{Answer, Case};
use mokuteki::{Engine, Verdict, rules::Sources};
use timing::{Contender, interleave, load};

const DAY: &str = "2026-04-01";

/// Fails where a contender does not say what the engine says.
fn agree<'a>(name: &str, cases: &'a [Case], decide: impl Fn(&'a Case, usize) -> Answer<'a>) {
    for (at, case) in cases.iter().enumerate() {
        assert_eq!(decide(case, at), case.answer(), "{name} {:?}", case.cells);
    }
}

/// A peer from requests that are prebuilt, and from the names of each flow; fails where it does not say what the engine
/// says.
fn timed<'a, R: 'a>(
    [prebuilt, strings]: [&'static str; 2],
    cases: &'a [Case],
    named: &'a [Named],
    request: impl Fn(&'a Named) -> R + Copy + 'a,
    decide: impl Fn(&R) -> Answer<'a> + Copy + 'a,
) -> [Contender<'a>; 2] {
    let requests: Vec<R> = named.iter().map(request).collect();
    agree(prebuilt, cases, |_, at| decide(&requests[at]));
    [
        Contender::new(prebuilt, move || {
            for request in &requests {
                black_box(decide(black_box(request)));
            }
        }),
        Contender::new(strings, move || {
            for named in named {
                black_box(decide(&request(black_box(named))));
            }
        }),
    ]
}

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (rounds, slice) = if quick { (3, 2e5) } else { (51, 1e7) };
    let engine = Engine::embedded();
    let rules = rules::Rules::new(engine, DAY.parse().expect("a day"));
    let (cases, left) = flows::cases(&rules, DAY);
    let parties = parties::Parties::new(&rules);
    let named: Vec<Named> = cases
        .iter()
        .map(|case| conditions::named(&rules, &parties, case))
        .collect();
    let kernel = kernel::Kernel::new(&rules);
    let scan = scan::Scan::new(&rules);
    let interning = interning::Interning::new(&rules, &cases);
    let conditions = conditions::conditions(&rules);
    let opening = conditions::opening(&rules);
    let wider = cedar::wider(&rules);
    let policies = cedar::policies(&conditions, &opening, &wider);
    let make_cedar = || cedar::Cedar::new(&conditions, &policies, &wider);
    let make_cel = || cel::Cel::new(&conditions, &opening);
    let make_casbin = || casbin::Casbin::new(&conditions, &opening);
    let (cedar, cel, casbin) = (make_cedar(), make_cel(), make_casbin());
    #[cfg(feature = "large")]
    let make_rego = || rego::Rego::new(&conditions, &opening);
    #[cfg(feature = "large")]
    let make_zen = || zen::Zen::new(&conditions, &opening);
    #[cfg(feature = "large")]
    let make_split = || zen::Split::new(&conditions, &opening);
    #[cfg(feature = "large")]
    let (rego, zen, split) = (make_rego(), make_zen(), make_split());

    agree("the limit kernel", &cases, |case, _| {
        kernel.answer(&case.ids)
    });
    agree("the linear scan", &cases, |case, _| scan.decide(&case.ids));
    agree("match code", &cases, |_, at| matched::decide(&named[at]));

    let one = NonZero::<usize>::MIN;
    let mut columns = engine.columns();
    for case in &cases {
        columns.push(&case.flow).expect("a row");
    }
    let mut verdicts = vec![Verdict::Prohibited; cases.len()];
    let mut clauses = vec![None; cases.len()];
    engine
        .decide_columns(&columns, one, &mut verdicts, &mut clauses)
        .expect("columns of this engine");
    agree("columns", &cases, |_, at| {
        let clause = clauses[at].and_then(|id| engine.clause(id));
        (verdicts[at], clause.map(|clause| clause.id.as_str()))
    });
    let mut contenders = vec![
        Contender::new(figures::LIMIT, || {
            for case in &cases {
                black_box(kernel.decide(black_box(&case.ids)));
            }
        }),
        Contender::new(figures::IDS, || {
            for case in &cases {
                black_box(engine.decide(black_box(&case.flow)));
            }
        }),
        Contender::new(figures::COLUMNS, || {
            let decided =
                engine.decide_columns(black_box(&columns), one, &mut verdicts, &mut clauses);
            black_box((decided, &verdicts, &clauses))
                .0
                .expect("columns of this engine");
        }),
        Contender::new("linear scan, from ids", || {
            for case in &cases {
                black_box(scan.decide(black_box(&case.ids)));
            }
        }),
        Contender::new(figures::INTERNING, || {
            for case in &cases {
                black_box(interning.ids(black_box(case)));
            }
        }),
        Contender::new(figures::STRINGS, || {
            for case in &cases {
                let data = [case.cells[1]];
                let flow = engine.flow(black_box(&flows::spec(&case.cells, &data)));
                black_box(flow.map(|flow| engine.decide(&flow)).is_ok());
            }
        }),
        Contender::new("`match` code, from strings", || {
            for named in &named {
                black_box(matched::decide(black_box(named)));
            }
        }),
    ];
    contenders.extend(timed(
        ["CEL, from prebuilt requests", "CEL, from strings"],
        &cases,
        &named,
        |named| cel.request(named),
        |request| cel.decide(request),
    ));
    #[cfg(feature = "large")]
    {
        contenders.extend(timed(
            ["regorus, from prebuilt requests", "regorus, from strings"],
            &cases,
            &named,
            rego::Rego::request,
            |request| rego.decide(request),
        ));
        contenders.extend(timed(
            ["zen, from prebuilt requests", "zen, from strings"],
            &cases,
            &named,
            zen::request,
            |request| zen.decide(request),
        ));
        contenders.extend(timed(
            [
                "zen split by society, from prebuilt requests",
                "zen split by society, from strings",
            ],
            &cases,
            &named,
            zen::request,
            |request| split.decide(request),
        ));
    }
    contenders.extend(timed(
        ["Cedar, from prebuilt requests", "Cedar, from strings"],
        &cases,
        &named,
        cedar::Cedar::request,
        |request| cedar.decide(request),
    ));
    contenders.extend(timed(
        ["casbin, from prebuilt requests", "casbin, from strings"],
        &cases,
        &named,
        casbin::Casbin::request,
        |request| casbin.decide(request),
    ));
    interleave(&mut contenders, rounds, slice);

    let times = Times::new(&contenders, cases.len());
    println!(
        "{} adjudicated flows of {DAY}; medians of {rounds} interleaved rounds\n",
        cases.len()
    );
    times.print();
    let sources = Sources::embedded();
    let few = rounds.min(11);
    let own_load = load(few, || Engine::from_sources(&sources));
    let loads = [
        ("CEL", load(few, make_cel)),
        ("Cedar", load(few, make_cedar)),
        ("casbin", load(few, make_casbin)),
        #[cfg(feature = "large")]
        ("regorus", load(few, make_rego)),
        #[cfg(feature = "large")]
        ("zen", load(few, make_zen)),
        #[cfg(feature = "large")]
        ("zen split by society", load(few, make_split)),
    ];
    let told: Vec<String> = loads
        .iter()
        .map(|(name, time)| format!("{name} {time:.1}"))
        .collect();
    println!(
        "\nLoad in milliseconds: mokuteki {own_load:.1}, checks included; {} ({} clauses at their levels).",
        told.join(", "),
        conditions.len()
    );
    let mut peers = vec![Peer::new("CEL", Form::Expressions)];
    #[cfg(feature = "large")]
    peers.extend([
        Peer::new("regorus", Form::Idiomatic),
        Peer::new("zen", Form::Idiomatic),
        Peer::new("zen split by society", Form::Split),
    ]);
    peers.extend(["Cedar", "casbin"].map(|name| Peer::new(name, Form::Idiomatic)));
    let own = own::measure(engine, quick);
    figures::print(&times, &peers, own_load, &own);
    println!(
        "\nNot in the language of any peer, and so done for it ahead: synonyms and widths of names, citations by \
         day, who a party is to a subject, and the day itself (their rules are those of {DAY}). That nothing opens \
         特定個人情報 is decided for casbin beside its policies, and the order of clauses is told to Cedar's answer \
         afterwards: neither has an order among policies that hold. {left} rows of the table are of other days, or \
         errors, and left out."
    );
}
