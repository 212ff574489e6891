//! Which declared flows rest on a provision: those that cite it, and those whose answer stands on what the rules make of it.

use std::path::{Path, PathBuf};

use mokuteki::{Engine, law::Law};
use mokuteki_audit::{Declared, Register};
use mokuteki_findings::Diagnostic;
use mokuteki_statutes::watch::Touched;
use serde_json::{Value, json};

use crate::terminal::Terminal;

/// The registers that a person named, each for itself.
pub(super) struct Registers(Vec<(String, Register)>);

impl Registers {
    /// Reads registers; what cannot be read of one of them is added to the list, and the rest of it stays.
    pub(super) fn load(files: &[PathBuf], found: &mut Vec<Diagnostic>) -> Self {
        let load = |file: &PathBuf| {
            let (shown, mut register) = (shown(file), Register::default());
            register.load(file, &shown, found);
            (shown, register)
        };
        Self(files.iter().map(load).collect())
    }

    /// The flows that rest on a provision, in the order of the registers.
    pub(super) fn on<'r>(&'r self, engine: &Engine, touched: &Touched) -> Vec<Resting<'r>> {
        let of = |(file, register): &'r (String, Register)| {
            let flows = register.flows().iter();
            flows
                .filter_map(|flow| {
                    let by = by_what(engine, flow, touched)?;
                    let flow = flow.id();
                    Some(Resting { file, flow, by })
                })
                .collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of).collect()
    }
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}

/// A declared flow, and by what it rests on a provision.
pub(super) struct Resting<'r> {
    file: &'r str,
    flow: &'r str,
    by: By,
}

/// By what a flow rests on a provision: the closest of them.
#[derive(Clone, Copy)]
enum By {
    /// It cites it as its basis.
    Basis,
    /// The law that forbids it.
    Prohibition,
    /// The ground of its answer.
    Ground,
    /// A duty that its answer tells.
    Duty,
    /// Another law that might allow it, as its answer tells.
    LawfulOtherwise,
}

impl By {
    fn name(self) -> &'static str {
        match self {
            Self::Basis => "basis",
            Self::Prohibition => "prohibition",
            Self::Ground => "ground",
            Self::Duty => "duty",
            Self::LawfulOtherwise => "lawful_otherwise",
        }
    }
}

impl Resting<'_> {
    /// In a line, for people.
    pub(super) fn line(&self, terminal: &Terminal) -> String {
        let by = match self.by {
            By::Basis => terminal.lang.pick("根拠条文", "its basis"),
            By::Prohibition => terminal.lang.pick("禁止", "what forbids it"),
            By::Ground => terminal.lang.pick("根拠", "its ground"),
            By::Duty => terminal.lang.pick("義務", "a duty"),
            By::LawfulOtherwise => terminal.lang.pick("ほかの法令", "other law"),
        };
        format!("{} {} ({by})", self.file, self.flow)
    }

    pub(super) fn json(&self) -> Value {
        json!({ "register": self.file, "flow": self.flow, "by": self.by.name() })
    }
}

/// By what a flow rests on a provision; `None` where it does not, or where it cannot be decided: an audit tells that.
fn by_what(engine: &Engine, declared: &Declared, touched: &Touched) -> Option<By> {
    let law = engine.law();
    let data = declared.data();
    let spec = declared.spec(&data);
    if cites(law, spec.basis, spec.as_of, touched) == Some(true) {
        return Some(By::Basis);
    }
    let flow = engine.flow(&spec).ok()?;
    let decision = engine.explain(&flow);
    let named = |id: &mokuteki::law::ProvisionId| {
        let provision = law.provision(*id);
        provision.is_some_and(|provision| provision.id == touched.provision)
    };
    if decision.prohibited_by().iter().any(named) {
        return Some(By::Prohibition);
    }
    let ground = decision.ground();
    if ground.is_some_and(|ground| touched.grounds.contains(&ground.id)) {
        return Some(By::Ground);
    }
    if decision
        .duties()
        .any(|duty| touched.duties.contains(&duty.id))
    {
        return Some(By::Duty);
    }
    let mut otherwise = decision.lawful_otherwise().iter();
    otherwise.any(named).then_some(By::LawfulOtherwise)
}

fn cites(law: &Law, basis: &str, day: &str, touched: &Touched) -> Option<bool> {
    let cited = law.resolve(basis, day.parse().ok()?, &[]).ok()?;
    let provision = law.provision(cited.provision())?;
    Some(provision.id == touched.provision)
}
