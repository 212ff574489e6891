//! Diagnostics: what a check of a code base or of rules found, in one shape for every check and in
//! every form that reviewers read.
//!
//! A [`Diagnostic`] carries facts in both languages; a renderer picks. A [`Code`] names the kind of
//! finding, and its page under `docs/codes` is the one source of its title, its description and what
//! `mokuteki explain CODE` prints. A [`Findings`] is everything that one run found, sorted, and the
//! same findings give the same bytes in every form.

mod code;
mod fingerprint;
mod github;
mod human;
mod json;
mod junit;
pub mod markdown;
mod place;
mod quality;
pub mod safe;
mod sarif;

use std::cmp::Reverse;

pub use code::Code;
pub use markdown::LONGEST_COMMENT;
pub use place::{Place, Position, Sheet};

pub use mokuteki::problem::{Finding, Severity};

use mokuteki::problem::Lang;

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_structs,
    reason = "a new language must be given words everywhere"
)]
pub struct Text {
    /// In Japanese.
    pub ja: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// A text from its two versions.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            ja: ja.into(),
            en: en.into(),
        }
    }

    /// A text that is the same in both languages: a name, a number, a quote.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            ja: text.clone(),
            en: text,
        }
    }

    /// A text from what makes it in one language.
    pub fn of(make: impl Fn(Lang) -> String) -> Self {
        Self {
            ja: make(Lang::Ja),
            en: make(Lang::En),
        }
    }

    /// The version of a language.
    #[must_use]
    pub fn pick(&self, lang: Lang) -> &str {
        lang.pick(&self.ja, &self.en)
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ja.is_empty() && self.en.is_empty()
    }
}

/// Another place that belongs to a finding: the clause, the code line, the first of two.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there.
    pub message: Text,
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Suppression {
    /// `waiver` or `baseline`.
    pub kind: &'static str,
    /// Who decided, why, and until when.
    pub reason: Text,
}

/// One finding at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Diagnostic {
    /// Its code: kebab-case, and it never changes.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What it is about: the id of a flow or of a clause; empty if it is about a file.
    pub subject: String,
    /// What tells it from other findings of the same code, subject and file, in words that stay when
    /// lines move: a field, a term, the text of a line. It enters the fingerprint.
    pub detail: String,
    /// The facts, in one line: no full stop at the end.
    pub message: Text,
    /// The next step, in one line; may be empty.
    pub help: Text,
    /// More facts, one a line.
    pub notes: Vec<Text>,
    /// The provisions that it rests on, as cited on the day of the check.
    pub laws: Vec<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// What programs look for by name, in words that are the same in every language: `kind`, the label of a kind of data.
    pub keys: Vec<(&'static str, String)>,
    /// Why it does not count, where it does not.
    pub suppressed: Option<Suppression>,
}

impl Diagnostic {
    /// A finding with only what every finding has.
    #[must_use]
    pub fn new(code: &Code, place: Place, subject: &str, message: Text, help: Text) -> Self {
        Self {
            code: code.name,
            severity: code.severity,
            place,
            subject: subject.to_owned(),
            detail: String::new(),
            message,
            help,
            notes: Vec::new(),
            laws: Vec::new(),
            related: Vec::new(),
            keys: Vec::new(),
            suppressed: None,
        }
    }

    /// The same with what tells it from others of its code, subject and file.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// The same with what programs look for by a name.
    #[must_use]
    pub fn with_key(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.keys.push((name, value.into()));
        self
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn with_related(mut self, place: Place, message: Text) -> Self {
        self.related.push(Related { place, message });
        self
    }

    /// Whether it counts: it is not suppressed.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.suppressed.is_none()
    }
}

/// A table that accompanies the findings, for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Table {
    /// Its heading.
    pub title: Text,
    /// The headings of its columns.
    pub columns: Vec<Text>,
    /// Its rows; each has as many cells as there are columns.
    pub rows: Vec<Vec<Text>>,
}

/// Something that was checked, so that what passed is seen, too.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Checked {
    /// The subject of its findings.
    pub subject: String,
    /// Where it stands.
    pub place: Place,
}

/// Everything that one run found.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Findings {
    /// The name of the check, such as `audit`.
    pub check: &'static str,
    /// Every code that the check can give, for machine forms.
    pub codes: Vec<&'static Code>,
    /// What was checked.
    pub checked: Vec<Checked>,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// Counts and other facts of the run, a name and a value each.
    pub facts: Vec<(Text, Text)>,
    /// Tables for people.
    pub tables: Vec<Table>,
    /// Keys of the JSON form that only this check has.
    pub data: serde_json::Map<String, serde_json::Value>,
}

/// The forms of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "every form must be offered by the command"
)]
pub enum Form {
    /// Text for people.
    Human,
    /// One JSON document.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// JUnit XML.
    Junit,
    /// Workflow commands that GitHub shows as annotations.
    Github,
    /// Markdown for a comment on a change or for a file of the privacy officer.
    Markdown,
    /// A report of GitLab Code Quality.
    Gitlab,
    /// Diagnostics of reviewdog (rdjson).
    Rdjson,
}

impl Findings {
    /// Puts everything into its order: by file and place, then graver first, then by code.
    pub fn sort(&mut self) {
        fn key(found: &Diagnostic) -> impl Ord + '_ {
            let (place, texts) = (
                &found.place,
                (&found.subject, &found.detail, &found.message),
            );
            (place, Reverse(found.severity), found.code, texts)
        }
        self.diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
        self.diagnostics.dedup();
        self.codes.sort_by_key(|code| code.name);
        self.codes.dedup_by_key(|code| code.name);
    }

    /// How many findings of a severity count.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let of = |found: &&Diagnostic| found.counts() && found.severity == severity;
        self.diagnostics.iter().filter(of).count()
    }

    /// How many findings do not count.
    #[must_use]
    pub fn suppressed(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|found| !found.counts())
            .count()
    }

    /// The whole report in a form.
    ///
    /// # Errors
    ///
    /// A form could not be written: the reason, in English.
    pub fn render(&self, form: Form, lang: Lang) -> Result<String, RenderError> {
        // Fingerprints are of the texts as they are, so that they do not depend on how a form shows them.
        let prints = self.fingerprints();
        let is_document = matches!(form, Form::Json | Form::Sarif | Form::Gitlab | Form::Rdjson);
        let shown = safe::findings(self, !is_document);
        match form {
            Form::Human => Ok(safe::lines(&human::render(&shown, lang))),
            Form::Junit => Ok(safe::lines(&junit::render(&shown, &prints, lang)?)),
            Form::Markdown => Ok(safe::lines(&markdown::render(&shown, lang))),
            // Its commands are commands: each line is made safe where it is written.
            Form::Github => Ok(github::render(&shown, lang)),
            Form::Json => Ok(safe::json(&json::render(&shown, &prints, lang)?)),
            Form::Sarif => Ok(safe::json(&sarif::render(&shown, &prints, lang)?)),
            Form::Gitlab => Ok(safe::json(&quality::gitlab(&shown, &prints, lang)?)),
            Form::Rdjson => Ok(safe::json(&quality::rdjson(&shown, lang)?)),
        }
    }

    /// The fingerprint of each finding, in their order: it stays when lines move.
    #[must_use]
    pub fn fingerprints(&self) -> Vec<String> {
        fingerprint::all(&self.diagnostics)
    }

    /// The counts in one line.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> String {
        let (errors, warnings, notes) = (
            self.count(Severity::Error),
            self.count(Severity::Warning),
            self.count(Severity::Note),
        );
        let plural = |count: usize, word: &str| {
            let s = if count == 1 { "" } else { "s" };
            format!("{count} {word}{s}")
        };
        let mut text = lang.pick(
            format!("誤り {errors} 件、警告 {warnings} 件、注 {notes} 件"),
            format!(
                "{}, {}, {}",
                plural(errors, "error"),
                plural(warnings, "warning"),
                plural(notes, "note")
            ),
        );
        let suppressed = self.suppressed();
        if suppressed > 0 {
            text.push_str(&lang.pick(
                format!(" (ほかに免除・ベースラインにより数えないもの {suppressed} 件)"),
                format!(" ({suppressed} more suppressed by waivers or the baseline)"),
            ));
        }
        text
    }
}

/// Why a form could not be written.
#[derive(Debug)]
pub struct RenderError(String);

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RenderError {}

#[cfg(test)]
mod tests;
