//! What other engines and hand-written code take for the same decisions, in one run, as Markdown.

mod cedar;
mod conditions;
mod flows;
mod interning;
mod kernel;
mod parties;
mod rules;
mod scan;
mod timing;

use std::hint::black_box;

use mokuteki::{Engine, rules::Sources};
use timing::{Contender, interleave, load};

const DAY: &str = "2026-04-01";

fn main() {
    let quick = std::env::args().any(|argument| argument == "--quick");
    let (rounds, slice) = if quick { (3, 2e5) } else { (51, 1e7) };
    let engine = Engine::embedded();
    let rules = rules::Rules::new(engine, DAY.parse().expect("a day"));
    let (cases, left) = flows::cases(&rules, DAY);
    let kernel = kernel::Kernel::new(&rules);
    let scan = scan::Scan::new(&rules);
    let conditions = conditions::conditions(&rules);
    let wider = cedar::wider(&rules);
    let policies = cedar::policies(&conditions, &conditions::opening(&rules), &wider);
    let cedar = cedar::Cedar::new(&conditions, &policies, &wider);
    let interning = interning::Interning::new(&rules, &cases);
    let parties = parties::Parties::new(&rules);
    let named: Vec<_> = cases
        .iter()
        .map(|case| conditions::named(&rules, &parties, case))
        .collect();
    let requests: Vec<_> = named.iter().map(cedar::Cedar::request).collect();
    for (case, request) in cases.iter().zip(&requests) {
        assert_eq!(
            kernel.answer(&case.ids),
            case.answer(),
            "kernel {:?}",
            case.cells
        );
        assert_eq!(
            scan.decide(&case.ids),
            case.answer(),
            "scan {:?}",
            case.cells
        );
        assert_eq!(
            cedar.decide(request),
            case.answer(),
            "cedar {:?}",
            case.cells
        );
    }

    let mut contenders = [
        Contender::new("limit kernel, from ids", || {
            for case in &cases {
                black_box(kernel.decide(black_box(&case.ids)));
            }
        }),
        Contender::new("mokuteki, from ids", || {
            for case in &cases {
                black_box(engine.decide(black_box(&case.flow)));
            }
        }),
        Contender::new("linear scan, from ids", || {
            for case in &cases {
                black_box(scan.decide(black_box(&case.ids)));
            }
        }),
        Contender::new("bare interning, from strings", || {
            for case in &cases {
                black_box(interning.ids(black_box(case)));
            }
        }),
        Contender::new("mokuteki, from strings", || {
            for case in &cases {
                let data = [case.cells[1]];
                let flow = engine.flow(black_box(&flows::spec(&case.cells, &data)));
                black_box(flow.map(|flow| engine.decide(&flow)).is_ok());
            }
        }),
        Contender::new("Cedar, from prebuilt requests", || {
            for request in &requests {
                black_box(cedar.decide(black_box(request)));
            }
        }),
        Contender::new("Cedar, from strings", || {
            for named in &named {
                black_box(cedar.decide(&cedar::Cedar::request(black_box(named))));
            }
        }),
    ];
    interleave(&mut contenders, rounds, slice);

    let count = cases.len() as f64;
    let of = |name: &str| {
        let found = contenders.iter().find(|contender| contender.name == name);
        found.map_or(f64::NAN, |contender| contender.median() / count)
    };
    let (limit, ids, strings) = (
        of("limit kernel, from ids"),
        of("mokuteki, from ids"),
        of("mokuteki, from strings"),
    );
    println!(
        "{} adjudicated flows of {DAY}; medians of {rounds} interleaved rounds\n",
        cases.len()
    );
    println!(
        "| contender | ns a decision | × limit kernel | × mokuteki from the same | allocations a decision |"
    );
    println!("|---|--:|--:|--:|--:|");
    for contender in &contenders {
        let time = contender.median() / count;
        let same = if contender.name.ends_with("from strings") {
            strings
        } else {
            ids
        };
        let allocations = contender.allocations as f64 / count;
        println!(
            "| {} | {time:.1} | {:.1} | {:.2} | {allocations:.1} |",
            contender.name,
            time / limit,
            time / same
        );
    }
    let sources = Sources::embedded();
    let own = load(rounds.min(11), || Engine::from_sources(&sources));
    let peer = load(rounds.min(11), || {
        cedar::Cedar::new(&conditions, &policies, &wider)
    });
    println!(
        "\nLoad: mokuteki {own:.1} ms, checks included; Cedar {peer:.1} ms ({} policies).",
        policies.len()
    );

    let verdict = |met: bool| if met { "met" } else { "missed" };
    let cedar_ids = of("Cedar, from prebuilt requests") / ids;
    let cedar_strings = of("Cedar, from strings") / strings;
    let allocations = contenders[1].allocations;
    let interned = strings / of("bare interning, from strings");
    println!("\n| figure | at least | measured | |\n|---|---|--:|---|");
    println!(
        "| from ids, against the limit kernel | ≤ 2× | {:.2}× | {} |",
        ids / limit,
        verdict(ids / limit <= 2.0)
    );
    println!(
        "| from strings, against bare interning | ≤ 1.5× | {interned:.2}× | {} |",
        verdict(interned <= 1.5)
    );
    println!(
        "| from strings, against Cedar from strings | ≥ 50× | {cedar_strings:.0}× | {} |",
        verdict(cedar_strings >= 50.0)
    );
    println!(
        "| from ids, against Cedar's prebuilt requests | ≥ 1,000× | {cedar_ids:.0}× | {} |",
        verdict(cedar_ids >= 1000.0)
    );
    println!(
        "| allocations from ids | 0 | {allocations} | {} |",
        verdict(allocations == 0)
    );
    println!(
        "| load of the two embedded notices | ≤ 5 ms | {own:.1} ms | {} |",
        verdict(own <= 5.0)
    );
    println!(
        "\nNot measured yet: regorus, zen-engine, cel, casbin, and `match` code. The fastest of them in an \
         earlier measurement (CEL, 3.7 µs) was faster than Cedar, so the figures that ask for the best or \
         for each peer are open."
    );
    println!(
        "\nNot in Cedar's language, and so done for it ahead: synonyms and widths of names, citations by \
         day, who a party is to a subject, and the day itself (its policies are those of {DAY}). {left} \
         rows of the table are of other days, or errors, and left out."
    );
}
