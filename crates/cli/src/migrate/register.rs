//! Registers and baselines of the first edition.

use std::path::Path;

use mokuteki::{Day, Engine, decision::Remark};
use mokuteki_audit::{self as audit, Declared, Migrated, Options, Register, codes};
use mokuteki_files::limits;
use mokuteki_findings::{Diagnostic, Place, Severity, Text};
use serde_json::Value;

use super::{Run, Status};

impl Run<'_> {
    pub(super) fn register_or_baseline(&mut self, engine: &Engine, file: &Path) {
        let Some(text) = self.read(file, &limits::REGISTER) else {
            return;
        };
        let parsed: Option<Value> = serde_json::from_str(&text).ok();
        let entries = parsed.as_ref().and_then(|whole| whole.get("findings"));
        match entries.and_then(Value::as_array) {
            Some(entries) => {
                if self.put_in_form(file, &text) {
                    self.baseline(file, entries);
                }
            }
            None => self.register(engine, file),
        }
    }

    /// Whether the file is in the present form now.
    fn put_in_form(&mut self, file: &Path, text: &str) -> bool {
        let shown = file.to_string_lossy();
        match audit::in_present_form(text, &shown) {
            Migrated::AsItIs => {
                self.as_it_is.push(shown.into_owned());
                true
            }
            Migrated::Written(text) => {
                self.write(file, &text);
                true
            }
            Migrated::ByHand => {
                let message = Text::new(
                    "書式を書き加える所が決まらない",
                    "there is no place where the form can be written without changing more",
                );
                let number = audit::FORMAT;
                let help = Text::new(
                    format!("ファイルの一番上に format (値は {number}) を書く"),
                    format!("write `format`, which is {number}, at the top of the file"),
                );
                self.settle(Place::file(&*shown), "", message, help);
                false
            }
        }
    }

    /// A baseline of the first edition put findings off by their text; that of the second binds them to the flow.
    fn baseline(&mut self, file: &Path, entries: &[Value]) {
        let shown = file.to_string_lossy().into_owned();
        for entry in entries {
            let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
            let (code, subject) = (text("code"), text("subject"));
            if subject.is_empty() || entry.get("flow").is_some() {
                continue;
            }
            let message = Text::new(
                format!(
                    "{code} {subject}: 流れの内容に結び付いていないので、流れの所見としては数える"
                ),
                format!(
                    "{code} {subject}: it is bound to no flow, so that a finding of a flow counts again"
                ),
            );
            let help = Text::new(
                "流れを見て、まだ先送りにするなら `mokuteki audit --baseline … --write-baseline` で書き直す",
                "look at the flow; if it is still put off, write it anew by `mokuteki audit --baseline … --write-baseline`",
            );
            self.settle(Place::file(&*shown), subject, message, help);
        }
    }

    fn register(&mut self, engine: &Engine, file: &Path) {
        let shown = file.to_string_lossy().into_owned();
        let (mut register, mut found) = (Register::default(), Vec::new());
        register.load(file, &shown, &mut found);
        for path in register.older_files().to_vec() {
            let path = Path::new(&path);
            if let Some(text) = self.read(path, &limits::REGISTER) {
                self.put_in_form(path, &text);
            }
        }
        let is_older = |path: &&String| register.older_files().contains(path);
        let rest = register.files().iter().filter(|path| !is_older(path));
        self.as_it_is.extend(rest.cloned());
        // What was written is what is told of.
        let (mut register, mut found) = (Register::default(), Vec::new());
        register.load(file, &shown, &mut found);
        for flow in register.flows() {
            self.found.extend(left_to_defaults(engine, flow));
        }
        let waivers = !register.waivers().is_empty();
        let today = if waivers {
            self.terminal.day_for(None, "--today")
        } else {
            Some(Day::MAX)
        };
        let Some(today) = today else {
            self.status = Status::DoesNotCheck;
            return;
        };
        let options = Options {
            as_of: None,
            fail_on: Vec::new(),
            accepts: Vec::new(),
            today,
        };
        let audited = audit::decide(engine, &register, &options, found, &shown);
        if !audited.checks {
            self.status = self.status.max(Status::DoesNotCheck);
        }
        self.found.extend(audited.findings.diagnostics);
    }
}

/// The fields of a flow that rest on nobody's word: what the first edition took for granted.
fn left_to_defaults(engine: &Engine, flow: &Declared) -> Option<Diagnostic> {
    let data = flow.data();
    let decided = engine.flows(&flow.spec(&data)).ok()?;
    let mut fields = Vec::new();
    for one in &decided {
        let decision = engine.explain(one);
        for remark in decision.remarks() {
            if let Remark::Assumed { fields: left } = remark {
                fields.extend(left.iter().map(|field| field.name()));
            }
        }
    }
    fields.sort_unstable();
    fields.dedup();
    if fields.is_empty() || flow.accepts().is_some() {
        return None;
    }
    let listed = fields.join(", ");
    let message = Text::new(
        format!("既定の値に任せた項目: {listed}"),
        format!("left to defaults: {listed}"),
    );
    let help = Text::new(
        "値を書くか、確かめる手順があるなら accepts = [\"assumed\"] と書く",
        "write them, or accepts = [\"assumed\"] where your organisation has a procedure that looks at them",
    );
    let place = flow.place().clone();
    let mut one = Diagnostic::new(codes::MIGRATION, place, flow.id(), message, help);
    // An audit counts such flows and passes them, as long as the register accepts nothing by name.
    one.severity = Severity::Note;
    Some(one.with_detail(listed))
}
