//! Forms: what was done to the data before it flows. They are a closed list of the law, so that no file of
//! `terms/` adds to them; their names and first days are data (`vocabulary/form.toml`).

use super::{Beginning, Vocabulary};
use crate::{day::Day, text};

/// A form of data: a `Copy` handle that only a look-up makes. The default is the form that a flow has when it
/// says none, 個人データ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Form(u8);

/// How the law treats a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a treatment that the law adds must be handled wherever one is matched"
)]
pub enum Treatment {
    /// 個人データ.
    #[default]
    PersonalData,
    /// 仮名加工情報: personal data under the restrictions of 個人情報保護法第41条.
    Pseudonymised,
    /// 匿名加工情報 and 統計情報: no personal data, and never with 個人番号.
    NoPersonalData,
}

/// What the vocabulary says of a form.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FormEntry {
    /// A lasting ASCII id, such as `statistical-information`.
    pub id: String,
    /// The Japanese term.
    pub label: String,
    /// A short English gloss.
    pub en: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Names that look alike and mean something else.
    pub apart: Vec<String>,
    /// How the law treats it.
    pub treatment: Treatment,
    /// Why.
    pub reason: String,
    /// Before this day the law knew no such form.
    pub from: Option<Beginning>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Forms(pub(super) Vec<FormEntry>);

impl Vocabulary {
    /// Every form, in the order of the file; the first is the one that is meant where a flow says none.
    pub fn forms(&self) -> impl Iterator<Item = (Form, &FormEntry)> {
        (0..).map(Form).zip(&self.forms.0)
    }

    /// Looks up the id, label or synonym of a form, in any width and spacing.
    ///
    /// ```
    /// # let engine = mokuteki::Engine::embedded();
    /// use mokuteki::vocabulary::{Form, Treatment};
    /// let words = engine.vocabulary();
    /// assert_eq!(words.find_form("個人データ"), Some(Form::default()));
    /// let statistics = words.find_form("集計値").unwrap();
    /// assert_eq!(words.treatment(statistics), Treatment::NoPersonalData);
    /// ```
    #[must_use]
    pub fn find_form(&self, name: &str) -> Option<Form> {
        let name = text::normalize(name);
        let mut forms = self.forms();
        let answers = |entry: &FormEntry| {
            let mut names = [&entry.id, &entry.label].into_iter().chain(&entry.synonyms);
            names.any(|other| text::normalize(other) == name)
        };
        forms.find_map(|(form, entry)| answers(entry).then_some(form))
    }

    /// The names of forms that are nearest to one that is not there, best first.
    #[must_use]
    pub fn nearest_form(&self, name: &str) -> Vec<String> {
        let forms = self.forms.0.iter();
        let names = forms.flat_map(|entry| std::iter::once(&entry.label).chain(&entry.synonyms));
        text::nearest(&text::normalize(name), names.map(String::as_str), 3)
    }

    /// What is said of a form; `None` only for a handle of another vocabulary.
    #[must_use]
    pub fn form(&self, form: Form) -> Option<&FormEntry> {
        self.forms.0.get(usize::from(form.0))
    }

    /// How the law treats a form. One that this vocabulary does not have is 個人データ: nothing is exempt unseen.
    #[must_use]
    pub fn treatment(&self, form: Form) -> Treatment {
        self.form(form)
            .map_or(Treatment::PersonalData, |entry| entry.treatment)
    }

    /// Whether the law knows the form on a day.
    #[must_use]
    pub fn form_exists(&self, form: Form, day: Day) -> bool {
        self.form(form).is_some_and(|entry| {
            let first = entry.from.as_ref();
            first.is_none_or(|beginning| beginning.day <= day)
        })
    }
}
