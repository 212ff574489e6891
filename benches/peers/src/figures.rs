//! The figures, each with what is asked of it.

use crate::{own::Own, timing::Contender};

pub(crate) const LIMIT: &str = "limit kernel, from ids";
pub(crate) const IDS: &str = "mokuteki, from ids";
pub(crate) const COLUMNS: &str = "mokuteki, from columns of ids";
pub(crate) const INTERNING: &str = "bare interning, from strings";
pub(crate) const STRINGS: &str = "mokuteki, from strings";

/// What each contender took for a decision.
pub(crate) struct Times(Vec<(&'static str, f64, f64)>);

/// An engine of others.
pub(crate) struct Peer {
    name: &'static str,
    form: Form,
}

/// How it is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As its documentation has it.
    Idiomatic,
    /// With its rules parted by hand ahead, which nothing asks to be measured and is told beside.
    #[cfg_attr(
        not(feature = "large"),
        expect(dead_code, reason = "of peers that are left out")
    )]
    Split,
    /// It has no engine of policies, but expressions alone.
    Expressions,
}

impl Peer {
    pub(crate) fn new(name: &'static str, form: Form) -> Self {
        Self { name, form }
    }
}

impl Times {
    pub(crate) fn new(contenders: &[Contender<'_>], count: usize) -> Self {
        let count = count as f64;
        let each = contenders.iter().map(|contender| {
            let allocations = contender.allocations as f64 / count;
            (contender.name, contender.median() / count, allocations)
        });
        Self(each.collect())
    }

    fn of(&self, name: &str) -> f64 {
        let found = self.0.iter().find(|(other, ..)| *other == name);
        found.map_or(f64::NAN, |(_, time, _)| *time)
    }

    fn allocations(&self, name: &str) -> f64 {
        let found = self.0.iter().find(|(other, ..)| *other == name);
        found.map_or(f64::NAN, |(.., allocations)| *allocations)
    }

    pub(crate) fn print(&self) {
        let (limit, ids, strings) = (self.of(LIMIT), self.of(IDS), self.of(STRINGS));
        println!(
            "| contender | ns a decision | × limit kernel | × mokuteki from the same | allocations a decision |"
        );
        println!("|---|--:|--:|--:|--:|");
        for (name, time, allocations) in &self.0 {
            let same = if name.ends_with("from strings") {
                strings
            } else {
                ids
            };
            let (limit, same) = (time / limit, time / same);
            println!("| {name} | {time:.1} | {limit:.1} | {same:.2} | {allocations:.1} |");
        }
    }
}

/// One figure: what is asked, what was measured, and whether it is met.
fn row(figure: &str, asked: &str, measured: &str, met: bool) {
    let met = if met { "met" } else { "missed" };
    println!("| {figure} | {asked} | {measured} | {met} |");
}

fn at_most(figure: &str, limit: f64, unit: &str, found: f64) {
    let asked = format!("≤ {limit}{unit}");
    row(figure, &asked, &format!("{found:.2}{unit}"), found <= limit);
}

fn at_least(figure: &str, limit: u32, found: f64) {
    let asked = format!("≥ {limit}×");
    row(
        figure,
        &asked,
        &format!("{found:.0}×"),
        found >= f64::from(limit),
    );
}

pub(crate) fn print(times: &Times, peers: &[Peer], load: f64, own: &Own) {
    let (ids, strings) = (times.of(IDS), times.of(STRINGS));
    println!("\n| figure | asked | measured | |\n|---|---|--:|---|");
    at_most(
        "from ids, against the limit kernel",
        2.0,
        "×",
        ids / times.of(LIMIT),
    );
    at_most(
        "from strings, all fields given, against bare interning",
        1.5,
        "×",
        own.all_fields,
    );
    let these = strings / times.of(INTERNING);
    println!(
        "| from strings, these flows of fewer fields, against bare interning | not asked | {these:.2}× | |"
    );
    let named = |peer: &Peer, how: &str| times.of(&format!("{}, from {how}", peer.name));
    let best = peers
        .iter()
        .min_by(|one, other| named(one, "strings").total_cmp(&named(other, "strings")));
    if let Some(best) = best {
        let figure = format!("from strings, against the best peer ({})", best.name);
        at_least(&figure, 50, named(best, "strings") / strings);
    }
    for peer in peers {
        for (how, own) in [("ids", ids), ("columns of ids", times.of(COLUMNS))] {
            let figure = format!("from {how}, against prebuilt requests of {}", peer.name);
            let found = named(peer, "prebuilt requests") / own;
            match peer.form {
                Form::Idiomatic => at_least(&figure, 1_000, found),
                Form::Split => println!("| {figure} | not asked | {found:.0}× | |"),
                Form::Expressions => {}
            }
        }
    }
    let allocations = times.allocations(IDS);
    row(
        "allocations a decision from ids",
        "0",
        &format!("{allocations}"),
        allocations == 0.0,
    );
    at_most("1,400 societies, against 2", 2.5, "×", own.societies);
    at_most(
        "columns on one thread, against reading and writing as much",
        8.0,
        "×",
        own.columns,
    );
    row(
        "columns on two threads, against one",
        "≥ 1.8×",
        &format!("{:.2}×", own.threads),
        own.threads >= 1.8,
    );
    let cores = format!("{:.2}×", own.cores);
    println!("| a loop of arithmetic on two threads, against one | not asked | {cores} | |");
    at_most("load of the two embedded notices", 5.0, " ms", load);
    at_most("load of 1,400 societies", 2.0, " s", own.load);
    at_most("near misses of a refusal", 2.0, " µs", own.near);
}
