//! Waivers applied to the findings of an audit.

use super::{codes, register::Waiver};
use crate::{
    Day,
    diagnostic::{Diagnostic, Suppression, Text},
};

/// What has become of the waivers of a register.
pub(super) struct Waivers<'r> {
    waivers: &'r [Waiver],
    used: Vec<bool>,
}

impl<'r> Waivers<'r> {
    pub(super) fn new(waivers: &'r [Waiver]) -> Self {
        let used = vec![false; waivers.len()];
        Self { waivers, used }
    }

    /// Suppresses a finding of a flow on the day of its decision, where a waiver holds. One that does
    /// not hold on that day is told at `found`, and the finding counts.
    pub(super) fn apply(
        &mut self,
        finding: &mut Diagnostic,
        day: Day,
        found: &mut Vec<Diagnostic>,
    ) {
        for (waiver, used) in self.waivers.iter().zip(&mut self.used) {
            if waiver.flow != finding.subject || waiver.code != finding.code {
                continue;
            }
            if waiver.holds(day) {
                *used = true;
                finding.suppressed = Some(Suppression {
                    kind: "waiver",
                    reason: reason(waiver),
                });
            } else if !std::mem::replace(used, true) {
                found.push(expired(waiver, day));
            }
        }
    }

    /// What no finding needed.
    pub(super) fn unused(self) -> impl Iterator<Item = Diagnostic> {
        let unused = self.waivers.iter().zip(self.used);
        unused.filter(|(_, used)| !used).map(|(waiver, _)| {
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
