//! Reading a waiver: what a person has decided about a finding, and until when.

use super::{keys, read::Reader};
use crate::{
    codes,
    document::{Entry, Node, Value},
};
use mokuteki::Day;
use mokuteki_findings::{Place, Text};

/// What a person has decided about the findings of a flow.
#[derive(Clone, Debug)]
pub struct Waiver {
    pub(crate) place: Place,
    pub(crate) flow: String,
    pub(crate) code: String,
    pub(crate) reason: String,
    pub(crate) approver: String,
    /// The digest of the flow that was approved; `None` where it is not bound to one.
    pub(crate) flow_digest: Option<String>,
    pub(crate) provision: String,
    pub(crate) approved_on: Day,
    /// The last day on which it holds.
    pub(crate) expires: Day,
}

impl Waiver {
    /// Whether it holds on a day of the calendar: from the day of the approval through its last day. The day of a decision
    /// does not matter, since who writes it could let a waiver hold for ever.
    pub(crate) fn holds(&self, day: Day) -> bool {
        self.approved_on <= day && day <= self.expires
    }
}

impl Reader<'_> {
    pub(super) fn waiver(&mut self, node: &Node) -> Option<Waiver> {
        let flow = node.get("flow").and_then(Node::text);
        flow.unwrap_or_default().clone_into(&mut self.subject);
        let waiver = self.whole_waiver(node);
        self.subject.clear();
        waiver
    }

    fn whole_waiver(&mut self, node: &Node) -> Option<Waiver> {
        let known = [keys::WAIVER, keys::OF_WAIVER].concat();
        let entries = self.table(node, "[[waiver]]", &known);
        if !matches!(node.value, Value::Table(_)) {
            return None;
        }
        // Each is asked for before one is missed, so that all that is missing is told at once.
        let asked = keys::WAIVER.iter().map(|key| {
            let entry = entries.iter().find(|entry| entry.key == *key);
            if entry.is_none() {
                self.missing(node.span, "[[waiver]]", key);
            }
            entry.and_then(|entry| Some((*entry, self.filled(entry)?)))
        });
        let asked: Vec<_> = asked.collect();
        let [
            flow,
            code,
            reason,
            approver,
            provision,
            approved_on,
            expires,
        ] = asked.try_into().ok()?;
        let code = code.and_then(|(entry, code)| self.waivable(entry, code));
        let approved = approved_on.and_then(|(entry, text)| self.day(entry, &text));
        let expires = expires.and_then(|(entry, text)| {
            let day = self.day(entry, &text)?;
            self.limited(entry, approved?, day)
        });
        let digest = entries.iter().find(|entry| entry.key == "flow_digest");
        let flow_digest = digest.and_then(|entry| self.filled(entry));
        if let Some((entry, name)) = &approver {
            self.somebody(entry, name)?;
        }
        let (flow_entry, flow) = flow?;
        Some(Waiver {
            place: self.place(flow_entry.node.span),
            flow,
            code: code?,
            reason: reason?.1,
            approver: approver?.1,
            flow_digest,
            provision: provision?.1,
            approved_on: approved?,
            expires: expires?,
        })
    }

    /// An approver is somebody: a name has letters that can be seen.
    fn somebody(&mut self, entry: &Entry, name: &str) -> Option<()> {
        if name.chars().filter(|c| c.is_alphabetic()).count() > 1 {
            return Some(());
        }
        let message = Text::new("承認者の名ではない", "the approver is nobody's name");
        let help = Text::new(
            "承認した人の名か役職を書く",
            "write the name or the office of who approved it",
        );
        let span = entry.node.span;
        self.problem(&codes::INVALID_VALUE, span, "approver", message, help);
        None
    }

    fn waivable(&mut self, entry: &Entry, code: String) -> Option<String> {
        if codes::WAIVABLE.iter().any(|one| one.name == code) {
            return Some(code);
        }
        let names = codes::WAIVABLE.iter().map(|code| code.name);
        let names = names.collect::<Vec<_>>().join(", ");
        let message = Text::new(
            format!("免除できるコードではない: 「{code}」"),
            format!("not a code that can be waived: `{code}`"),
        );
        let help = Text::new(
            format!("免除できるのは: {names}"),
            format!("there are: {names}"),
        );
        self.problem(
            &codes::INVALID_VALUE,
            entry.node.span,
            "code",
            message,
            help,
        );
        None
    }

    /// A waiver ends within a year of its approval, so that somebody looks again.
    fn limited(&mut self, entry: &Entry, approved: Day, expires: Day) -> Option<Day> {
        let last = approved.year_later().unwrap_or(Day::MAX);
        if approved <= expires && expires <= last {
            return Some(expires);
        }
        let message = Text::new(
            format!("免除の期限にできない: {expires} (承認は {approved})"),
            format!("not the last day of a waiver approved on {approved}: {expires}"),
        );
        let help = Text::new(
            format!("承認の日から {last} までの日を書く (免除は1年以内)"),
            format!("give a day from the approval through {last}: a waiver lasts a year at most"),
        );
        self.problem(
            &codes::INVALID_VALUE,
            entry.node.span,
            "expires",
            message,
            help,
        );
        None
    }
}
