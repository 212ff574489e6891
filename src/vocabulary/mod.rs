//! The closed, hierarchical vocabulary: every term that a clause or a flow may use, and what the rules say of
//! parties and forms once for all notices.

mod entry;
mod form;
mod load;
mod mistake;
mod party;

use std::{fmt, num::NonZero};

pub use self::{
    entry::{Beginning, Entry, Succession},
    form::{Form, FormEntry, Treatment},
    party::{Following, Identity, Representative},
};
use self::{
    form::Forms,
    mistake::FieldWord,
    party::{Follow, Parties},
};
use crate::{day::Day, names::Names, text};

/// The kinds of terms. Sender and recipient are both parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(
    clippy::exhaustive_enums,
    reason = "the dimensions of a flow are a contract"
)]
pub enum Class {
    /// 業務: the work a flow is for.
    Activity,
    /// 手段: how data travels.
    Channel,
    /// データ: kinds of personal data.
    Data,
    /// 当事者: who hands over or receives.
    Party,
    /// 関係: internal use, entrustment, provision to a third party, joint use.
    Relation,
    /// 対象者: whose data it is.
    Subject,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 6] = [
        Self::Activity,
        Self::Channel,
        Self::Data,
        Self::Party,
        Self::Relation,
        Self::Subject,
    ];

    /// The name in rule files: `data`, `party` …
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Channel => "channel",
            Self::Data => "data",
            Self::Party => "party",
            Self::Relation => "relation",
            Self::Subject => "subject",
        }
    }

    fn slot(self) -> usize {
        self as usize
    }

    /// What belongs to the class, of one thing a class in the order of [`Class::ALL`].
    /// The one of six, in the order of the classes.
    pub fn of<T>(self, each: &[T; 6]) -> &T {
        let [activity, channel, data, party, relation, subject] = each;
        match self {
            Self::Activity => activity,
            Self::Channel => channel,
            Self::Data => data,
            Self::Party => party,
            Self::Relation => relation,
            Self::Subject => subject,
        }
    }
}

/// A term of a [`Vocabulary`]: a `Copy` handle that only a look-up makes.
// The class stands above the code, which is not 0: so a term that is not there is 0, and the hot path
// takes the code of a dimension that may be left open without asking whether it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(NonZero<u32>);

impl Term {
    /// `None` past the last place that a code can hold.
    fn new(class: Class, index: usize) -> Option<Self> {
        let code = u16::try_from(index).ok()?.checked_add(1)?;
        NonZero::new(((class as u32) << 16) | u32::from(code)).map(Self)
    }

    /// The class.
    #[must_use]
    pub fn class(self) -> Class {
        match self.0.get() >> 16 {
            0 => Class::Activity,
            1 => Class::Channel,
            2 => Class::Data,
            3 => Class::Party,
            4 => Class::Relation,
            _ => Class::Subject,
        }
    }

    /// The place in its class's file.
    #[inline]
    /// Its place among the terms of its class.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.code().wrapping_sub(1))
    }

    /// 1 + the place, so that 0 can stand for a dimension left open.
    #[inline]
    pub(crate) fn code(self) -> u16 {
        (self.0.get() & 0xFFFF) as u16
    }

    /// The code of a term, or 0 for none.
    #[inline]
    pub(crate) fn code_of(term: Option<Self>) -> u16 {
        (term.map_or(0, |term| term.0.get()) & 0xFFFF) as u16
    }
}

impl fmt::Debug for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Term({}, {})", self.class().name(), self.index())
    }
}

#[derive(Clone, Debug, Default)]
struct ClassTerms {
    entries: Vec<Entry>,
    names: Names,
}

/// All terms of all classes.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    classes: [ClassTerms; 6],
    parties: Parties,
    forms: Forms,
    /// Words that are no term but mean a field of the flow.
    fields: Vec<FieldWord>,
    /// The terms that take the place of others: few among many, and asked for with each decision.
    heirs: Vec<Term>,
    /// By class and term, its first day: see [`Vocabulary::begins`], which each decision asks.
    first_days: [Vec<Option<Day>>; 6],
    /// The labels that have 「等」: few, and looked for in every quote.
    etc: Vec<String>,
    society: Term,
    person: Term,
    internal: Term,
    /// A class could not be read, so that what is not found is not judged.
    pub(crate) partial: bool,
}

impl Vocabulary {
    /// Without any term.
    pub(crate) fn empty() -> Self {
        // The first party there could be.
        let none = Term(NonZero::<u32>::MIN | ((Class::Party as u32) << 16));
        Self {
            classes: Default::default(),
            parties: Parties::default(),
            forms: Forms::default(),
            fields: Vec::new(),
            heirs: Vec::new(),
            first_days: Default::default(),
            etc: Vec::new(),
            society: none,
            person: none,
            internal: none,
            partial: false,
        }
    }

    /// Looks up an id, label or synonym, in any width and spacing.
    ///
    /// ```
    /// # let engine = mokuteki::Engine::embedded();
    /// use mokuteki::vocabulary::Class;
    /// let words = engine.vocabulary();
    /// assert_eq!(words.find(Class::Data, "診療報酬明細書"), words.find(Class::Data, "claim"));
    /// ```
    #[must_use]
    pub fn find(&self, class: Class, name: &str) -> Option<Term> {
        self.find_as_stored(class, name)
            .or_else(|| self.find_as_stored(class, text::normalize(name).as_ref()))
    }

    /// Looks up a name that is written as a rule file has it, or normalised.
    #[inline]
    /// A term by a name that is normalized already.
    #[must_use]
    pub fn find_as_stored(&self, class: Class, name: &str) -> Option<Term> {
        let index = self.terms(class).names.get(name)?;
        Term::new(class, usize::from(index))
    }

    /// The names nearest to one that is not there, best first.
    #[must_use]
    pub fn nearest(&self, class: Class, name: &str) -> Vec<String> {
        let name = text::normalize(name);
        let entries = &self.terms(class).entries;
        let names = entries
            .iter()
            .flat_map(|entry| std::iter::once(&entry.label).chain(&entry.synonyms));
        text::nearest(&name, names.map(String::as_str), 3)
    }

    /// A text without spacing, with U+0000 for each term whose own name has 「等」, such as
    /// オンライン資格確認等システム: that 「等」 asks for no reading, and the mark keeps apart the words on
    /// both sides of the name.
    /// A text without the names of terms that end in 等.
    #[must_use]
    pub fn without_names_of_etc(&self, text: &str) -> String {
        let mut rest = text::squeeze(text);
        for label in &self.etc {
            if rest.contains(label.as_str()) {
                rest = rest.replace(label.as_str(), "\0");
            }
        }
        rest
    }

    /// What is said of a term.
    ///
    /// # Panics
    ///
    /// Never for a term of this vocabulary; a term of another one gives an unspecified entry.
    #[must_use]
    pub fn entry(&self, term: Term) -> &Entry {
        static NONE: std::sync::LazyLock<Entry> = std::sync::LazyLock::new(Entry::default);
        self.terms(term.class())
            .entries
            .get(term.index())
            .unwrap_or(&NONE)
    }

    /// The Japanese term.
    #[must_use]
    pub fn label(&self, term: Term) -> &str {
        &self.entry(term).label
    }

    /// Every term of a class, in the order of its file.
    pub fn terms_of(&self, class: Class) -> impl Iterator<Item = Term> + use<> {
        (0..self.count(class)).filter_map(move |at| Term::new(class, at))
    }

    /// How many terms a class has.
    #[must_use]
    pub fn count(&self, class: Class) -> usize {
        self.terms(class).entries.len()
    }

    /// The term and every wider one, nearest first.
    pub fn lineage(&self, term: Term) -> impl Iterator<Item = Term> {
        std::iter::successors(Some(term), |term| self.entry(*term).parent)
    }

    /// Whether a flow's term fits a listed one on a day: it is that term, lies below it, or has
    /// taken its place, and what it names is there on the day.
    #[must_use]
    pub fn fits(&self, term: Term, listed: Term, day: Day) -> bool {
        self.exists(term, day)
            && self.lineage(term).any(|above| {
                above == listed
                    || self
                        .entry(above)
                        .succeeds
                        .as_ref()
                        .is_some_and(|succession| {
                            succession.from <= day && succession.terms.contains(&listed)
                        })
            })
    }

    /// The first day of what a term names, as far as the rules know one: the latest of the term and of those
    /// above it. What takes the place of another is not there before it does.
    #[must_use]
    pub fn begins(&self, term: Term) -> Option<Day> {
        let known = term.class().of(&self.first_days);
        known.get(term.index()).copied().flatten()
    }

    /// Works out the first day of each term, once all that they are made of is there.
    fn note_first_days(&mut self) {
        let of = |term: Term| {
            let lineage = self.lineage(term);
            lineage.flat_map(|above| self.entry(above).days()).max()
        };
        self.first_days = Class::ALL.map(|class| self.terms_of(class).map(of).collect());
    }

    /// Whether what a term names is there on a day: it is not known to begin later.
    #[must_use]
    pub fn exists(&self, term: Term, day: Day) -> bool {
        self.begins(term).is_none_or(|first| first <= day)
    }

    /// Whether a kind of data is 要配慮個人情報: it, or a term above or below it, is marked so. The wider word
    /// may turn out to mean the narrower one.
    #[must_use]
    pub fn is_sensitive(&self, term: Term) -> bool {
        let marked = |term: Term| self.entry(term).sensitive;
        let below = |other: &Term| self.lineage(*other).any(|above| above == term);
        self.lineage(term).any(marked) || self.terms_of(term.class()).filter(below).any(marked)
    }

    /// Whether work contacts the person: it, or a wider term, is marked so. 仮名加工情報 may not be used for it
    /// (個人情報保護法第41条第8項).
    #[must_use]
    pub fn contacts_person(&self, term: Term) -> bool {
        self.lineage(term).any(|above| self.entry(above).contacts)
    }

    /// The successor in force on a day for a term or one above it.
    #[must_use]
    pub fn successor(&self, term: Term, day: Day) -> Option<Term> {
        let heirs = self.heirs.iter().copied();
        let mut heirs = heirs.filter(|heir| heir.class() == term.class());
        heirs.find(|heir| {
            let succession = self.entry(*heir).succeeds.as_ref();
            succession.is_some_and(|succession| {
                succession.from <= day
                    && self
                        .lineage(term)
                        .any(|above| succession.terms.contains(&above))
            })
        })
    }

    /// 当組合: the society itself.
    #[must_use]
    pub fn society(&self) -> Term {
        self.society
    }

    /// 本人: the person the data is about.
    #[must_use]
    pub fn person(&self) -> Term {
        self.person
    }

    /// 内部利用: the relation where both parties are the society.
    #[must_use]
    pub fn internal(&self) -> Term {
        self.internal
    }

    /// The days on which what fits changes: on which a thing begins, or takes the place of another.
    pub fn changes(&self) -> impl Iterator<Item = Day> {
        let entries = self.classes.iter().flat_map(|class| &class.entries);
        entries.flat_map(Entry::days)
    }

    fn terms(&self, class: Class) -> &ClassTerms {
        class.of(&self.classes)
    }
}
