//! Waivers applied to the findings of an audit.

use std::collections::HashMap;

use super::{
    codes,
    register::{Declared, Waiver},
};
use mokuteki::Day;
use mokuteki_findings::{Diagnostic, Suppression, Text};

/// What has become of the waivers of a register.
pub(super) struct Waivers<'r> {
    /// Each with whether a finding has needed it.
    waivers: Vec<(&'r Waiver, bool)>,
    /// Where the waivers of a flow and a code stand: a register may have thousands of both.
    of: HashMap<(&'r str, &'r str), Vec<usize>>,
}

impl<'r> Waivers<'r> {
    pub(super) fn new(waivers: &'r [Waiver]) -> Self {
        let mut of: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, waiver) in waivers.iter().enumerate() {
            let key = (waiver.flow.as_str(), waiver.code.as_str());
            of.entry(key).or_default().push(at);
        }
        Self {
            waivers: waivers.iter().map(|waiver| (waiver, false)).collect(),
            of,
        }
    }

    /// Suppresses a finding of a flow today, where a waiver holds that is of this flow. One that does not hold today or is of
    /// another flow is told at `found`, and the finding counts.
    pub(super) fn apply(
        &mut self,
        finding: &mut Diagnostic,
        flow: &Declared,
        today: Day,
        found: &mut Vec<Diagnostic>,
    ) {
        let key = (finding.subject.as_str(), finding.code);
        for at in self.of.get(&key).into_iter().flatten() {
            let Some((waiver, used)) = self.waivers.get_mut(*at) else {
                continue;
            };
            let digest = flow.digest();
            let is_of_flow = waiver.flow_digest.as_ref() == Some(&digest);
            if waiver.holds(today) && is_of_flow {
                *used = true;
                finding.suppressed = Some(Suppression {
                    kind: "waiver",
                    reason: reason(waiver),
                });
            } else if !std::mem::replace(used, true) {
                found.push(if waiver.holds(today) {
                    unbound(waiver, &digest)
                } else {
                    expired(waiver, today)
                });
            }
        }
    }

    /// What no finding needed.
    pub(super) fn unused(self) -> impl Iterator<Item = Diagnostic> {
        let unused = self.waivers.into_iter().filter(|(_, used)| !used);
        unused.map(|(waiver, _)| {
            let message = Text::new(
                format!("流れ「{}」に免除すべき {} はない", waiver.flow, waiver.code),
                format!("flow `{}` has no {} to waive", waiver.flow, waiver.code),
            );
            let help = Text::new(
                "免除を消すか、flow と code を直す",
                "remove it, or correct flow and code",
            );
            let place = waiver.place.clone();
            Diagnostic::new(&codes::WAIVER_UNUSED, place, &waiver.flow, message, help)
                .with_detail(waiver.code.clone())
        })
    }
}

fn reason(waiver: &Waiver) -> Text {
    let Waiver {
        reason,
        approver,
        provision,
        approved_on,
        expires,
        ..
    } = waiver;
    Text::new(
        format!("{reason} (根拠: {provision}、承認: {approver} {approved_on}、期限: {expires})"),
        format!(
            "{reason} (provision: {provision}; approved by {approver} on {approved_on}; until {expires})"
        ),
    )
}

/// A waiver that names no flow by its digest, or another one than that which stands there.
fn unbound(waiver: &Waiver, digest: &str) -> Diagnostic {
    let message = match waiver.flow_digest {
        None => Text::new(
            "免除がどの内容の流れのものか分からない",
            "the waiver does not say which flow was approved",
        ),
        Some(_) => Text::new(
            "承認の後に流れが変わっている",
            "the flow is not the one that was approved",
        ),
    };
    let help = Text::new(
        format!("この流れの承認を得て flow_digest = \"{digest}\" と書く"),
        format!("have this flow approved, and write flow_digest = \"{digest}\""),
    );
    let place = waiver.place.clone();
    Diagnostic::new(&codes::WAIVER_UNBOUND, place, &waiver.flow, message, help)
        .with_detail(waiver.code.clone())
}

fn expired(waiver: &Waiver, day: Day) -> Diagnostic {
    let (from, last) = (waiver.approved_on, waiver.expires);
    let message = Text::new(
        format!("免除は {day} には効かない ({from} から {last} まで)"),
        format!("the waiver does not hold on {day} (from {from} through {last})"),
    );
    let help = Text::new(
        "流れを改めるか、改めて承認を得て approved_on と expires を書き直す",
        "change the flow, or have it approved anew and write approved_on and expires",
    );
    let place = waiver.place.clone();
    Diagnostic::new(&codes::WAIVER_EXPIRED, place, &waiver.flow, message, help)
        .with_detail(waiver.code.clone())
}
