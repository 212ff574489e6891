//! What the engine decides about the declared flows.

use super::{
    Declared, Register, codes,
    register::Pinned,
    remarks::{self, Accepted},
    waivers::Waivers,
};
use mokuteki::{
    Day, Engine, Lang, Verdict, decision::Decision, flow::FlowError, law::ProvisionId,
    report::words,
};
use mokuteki_findings::{Checked, Diagnostic, Findings, Place, Text};

/// How an audit is made.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Options {
    /// The day of every decision, in place of that of the flow or of its defaults.
    pub as_of: Option<Day>,
    /// The names of the codes of [`codes::REMARKS`] that fail the run.
    pub fail_on: Vec<String>,
    /// The codes of [`Remark::OF_WORD`](mokuteki::decision::Remark::OF_WORD) that the caller accepts for every flow.
    pub accepts: Vec<String>,
    /// The day of the calendar, by which waivers end. The library reads no clock.
    pub today: Day,
}

/// What [`decide`] gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct Audited {
    /// Everything that was found, sorted.
    pub findings: Findings,
    /// Whether the register checks: every flow could be read and decided.
    pub checks: bool,
}

/// Decides every flow of a register, on the day of the options where it is given, else on that of the
/// flow or of its defaults. `found` is what reading the register gave. A register without a flow does not check.
#[must_use]
pub fn decide(
    engine: &Engine,
    register: &Register,
    options: &Options,
    mut found: Vec<Diagnostic>,
    shown: &str,
) -> Audited {
    let as_of = options.as_of.map(|day| day.to_string());
    // Where reading it found something, that says why there is none.
    if register.flows().is_empty() && found.is_empty() {
        let message = Text::new(
            "判定できる流れがない",
            "there is no flow that could be decided",
        );
        let help = Text::new("[[flow]] を書く", "write a [[flow]]");
        found.push(Diagnostic::new(
            &codes::NO_FLOWS,
            Place::file(shown),
            "",
            message,
            help,
        ));
    }
    let mut checks = found.is_empty();
    let mut waivers = Waivers::new(register.waivers());
    let mut left_to_defaults = 0_usize;
    for flow in register.flows() {
        let data = flow.data();
        let mut spec = flow.spec(&data);
        spec.as_of = as_of.as_deref().unwrap_or(spec.as_of);
        match engine.flows(&spec) {
            Err(errors) => {
                checks = false;
                found.extend(errors.iter().map(|error| unread(flow, error)));
            }
            Ok(decided) => {
                let accepted = Accepted::of(flow, &options.accepts);
                let mut is_left_to_defaults = false;
                for one in decided {
                    let decision = engine.explain(&one);
                    found.extend(remarks::of(flow, &decision, &options.fail_on));
                    found.extend(accepted.missing(&decision));
                    is_left_to_defaults |= accepted.is_left_to_defaults(&decision);
                    if let Some(mut refused) = refused(flow, &decision) {
                        waivers.apply(&mut refused, flow, options.today, &mut found);
                        found.push(refused);
                    }
                }
                left_to_defaults += usize::from(is_left_to_defaults);
            }
        }
    }
    found.extend(waivers.unused());
    let mut facts = Vec::new();
    if left_to_defaults > 0 {
        let fields = "sender, my_number, abroad";
        facts.push((
            Text::new("既定の値に任せた流れ", "flows left to defaults"),
            Text::same(format!("{left_to_defaults} ({fields})")),
        ));
    }
    if !register.older_files().is_empty() {
        let files = register.older_files().join(", ");
        facts.push((
            Text::new(
                "前の版の書式の台帳",
                "registers in the form of the first edition",
            ),
            Text::same(format!("{files} (mokuteki migrate {shown})")),
        ));
    }
    let digest = format!("sha256:{}", engine.digest());
    facts.push((Text::new("規則", "rules"), Text::same(digest.as_str())));
    let other = register
        .pinned()
        .iter()
        .filter(|pinned| pinned.digest != digest);
    let other: Vec<_> = other.map(|pinned| changed(pinned, &digest)).collect();
    checks &= other.is_empty();
    found.extend(other);
    let checked = register.flows().iter().map(|flow| Checked {
        subject: flow.id().to_owned(),
        place: flow.place().clone(),
    });
    let mut findings = Findings {
        check: "audit",
        codes: codes::ALL.to_vec(),
        checked: checked.collect(),
        diagnostics: found,
        facts,
        ..Findings::default()
    };
    findings.sort();
    Audited { findings, checks }
}

/// Rules that are not those by which a register wants to be decided.
fn changed(pinned: &Pinned, digest: &str) -> Diagnostic {
    let message = Text::new(
        "台帳が指す規則ではない規則で判定した",
        "the rules are not those that the register names",
    );
    let help = Text::new(
        format!("規則の変更を確かめ、正しければ rules = \"{digest}\" と書く"),
        format!("look at what changed in the rules; if it is right, write rules = \"{digest}\""),
    );
    let place = pinned.place.clone();
    Diagnostic::new(&codes::RULES_CHANGED, place, "", message, help)
}

/// A field that the engine cannot read, at its line.
fn unread(flow: &Declared, error: &FlowError) -> Diagnostic {
    let said = Text::of(|lang| format!("{}: {}", error.code(), words::error(error, lang)));
    let help = Text::of(|lang| words::help(error, lang));
    let place = flow.place_of(error.field).clone();
    Diagnostic::new(&codes::BAD_FIELD, place, flow.id(), said, help)
        .with_detail(format!("{} {}", error.field, error.value))
}

/// How many near clauses a finding names; `mokuteki check` has them all.
const NEAR: usize = 3;

/// A flow, for one of its kinds of data, that is not permitted as it is declared.
fn refused(flow: &Declared, decision: &Decision<'_>) -> Option<Diagnostic> {
    let code = match decision.verdict() {
        // What is no personal data is listed among what was checked.
        Verdict::Exempt | Verdict::Permitted => return None,
        Verdict::Conditional => &codes::CONDITIONAL,
        Verdict::OutOfScope => &codes::OUT_OF_SCOPE,
        Verdict::Prohibited => &codes::PROHIBITED,
    };
    let engine = decision.engine();
    let data = |lang| words::term(engine, decision.flow().data(), lang);
    let message = Text::of(|lang| {
        format!(
            "{}: {}",
            words::verdict(decision.verdict(), lang),
            data(lang)
        )
    });
    let ask = |lang| {
        let asked = decision.conditions().iter();
        let said = asked.map(|condition| words::condition(decision, condition, lang));
        said.collect::<Vec<_>>().join("; ")
    };
    let mut help = Text::of(ask);
    if help.is_empty() {
        help = Text::new(
            "流れを改めるか、公表目的に加わるまで止める (mokuteki check が近い事例を示す)",
            "change the flow, or stop it until a published purpose has it (mokuteki check shows near clauses)",
        );
    }
    let place = flow.place_of("data").clone();
    let found = Diagnostic::new(code, place, flow.id(), message, help).with_detail(data(Lang::Ja));
    let mut found = remarks::with_published(found, decision);
    for miss in decision.nearest().into_iter().take(NEAR) {
        let near = |lang: Lang| words::near_miss(decision, miss, lang).unwrap_or_default();
        found.notes.push(Text::of(|lang| {
            format!("{}: {}", lang.pick("近い事例", "near"), near(lang))
        }));
    }
    let law = |ids: &[ProvisionId]| {
        let cited = engine.law().cited_on(ids, decision.flow().day());
        cited.collect::<Vec<_>>()
    };
    let otherwise = law(decision.lawful_otherwise());
    if !otherwise.is_empty() {
        let listed = otherwise.join(", ");
        found.notes.push(Text::new(
            format!("公表された目的の外だが、法令が認め得る ({listed})。人が判断する"),
            format!("outside the published purposes, but a statute may allow it ({listed}): a person decides"),
        ));
    }
    found.laws = law(decision.prohibited_by());
    found.laws.extend(otherwise);
    Some(found)
}
