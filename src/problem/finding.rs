//! What every part of the product has to say about what it was given, in one shape and with one renderer.

use std::fmt::Write as _;

use super::Lang;

/// How grave a finding is, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the levels of SARIF and of the annotations"
)]
pub enum Severity {
    /// Something to know.
    Note,
    /// Something to look at; it fails no run by itself.
    Warning,
    /// Something to put right; it fails the run.
    Error,
}

impl Severity {
    /// The word of machine forms: `error`, `warning` or `note`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word for people.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Note => lang.pick("注", "note"),
            Self::Warning => lang.pick("警告", "warning"),
            Self::Error => lang.pick("誤り", "error"),
        }
    }
}

/// One thing that is wrong or worth knowing: a code, a place, the facts in words of both languages, and a next step.
///
/// Problems of rules, errors of flows, faults of files, troubles of events and the findings of audits, lints and imports each
/// keep their own facts; what they tell has this one shape, and [`Finding::render`] is how people read all of them. A code
/// names one kind of thing over the whole product, and has a page that `mokuteki explain CODE` prints.
pub trait Finding {
    /// The code: kebab-case, and it never changes.
    fn code(&self) -> &'static str;

    /// How grave it is.
    fn severity(&self) -> Severity {
        Severity::Error
    }

    /// Where it stands, such as `notices/aeon.toml:12`; empty where it is about nothing that has a place.
    fn place(&self) -> String;

    /// What is wrong, with the value that is: one line, without a full stop.
    fn message(&self, lang: Lang) -> String;

    /// What to do next, in one line; empty where there is nothing to do.
    fn help(&self, lang: Lang) -> String;

    /// More lines, each with its name: notes, provisions, other places.
    fn more(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let _ = lang;
        Vec::new()
    }

    /// The finding as people read it: code and message, place, more lines and the next step, a line each, without a last
    /// line end.
    fn render(&self, lang: Lang) -> String {
        let mut text = format!(
            "{}[{}]: {}",
            self.severity().name(lang),
            self.code(),
            self.message(lang)
        );
        let place = self.place();
        if !place.is_empty() {
            let _ = write!(text, "\n  --> {place}");
        }
        let help = self.help(lang);
        let next = (!help.is_empty()).then(|| (lang.pick("対処", "help"), help));
        for (name, value) in self.more(lang).into_iter().chain(next) {
            let _ = write!(text, "\n   = {name}: {value}");
        }
        text
    }
}
