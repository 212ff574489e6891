//! Published lists beside the purposes: what a society does under implied consent, and with whom it
//! uses data jointly. Without a list the word of the caller stands for itself; with one, the list does.

mod all;
mod answer;
mod load;
mod raw;
mod region;

use std::collections::BTreeMap;

pub(crate) use all::load_all;
pub use answer::Listing;
pub use region::Region;

use crate::day::{Day, Period};

/// Every published list that was loaded, in the order of the files.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    all: Vec<List>,
    /// By society, the places of its lists.
    by_society: BTreeMap<String, Vec<usize>>,
}

impl Lists {
    pub(crate) fn new(all: Vec<List>) -> Self {
        let mut by_society: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, list) in all.iter().enumerate() {
            by_society.entry(list.society.clone()).or_default().push(at);
        }
        Self { all, by_society }
    }

    /// Every edition of every list, in the order of their files.
    pub fn iter(&self) -> impl Iterator<Item = &List> {
        self.all.iter()
    }

    /// The lists of one society, in the order of their files.
    pub fn of<'l>(&'l self, society: &str) -> impl Iterator<Item = &'l List> + use<'l> {
        let places = self.by_society.get(society).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.all.get(*at))
    }

    /// Every reading of the item of a society that bears an id, in the order of the files.
    pub fn items<'l>(
        &'l self,
        society: &str,
        id: &'l str,
    ) -> impl Iterator<Item = (&'l List, &'l ConsentItem)> {
        self.of(society).flat_map(move |list| {
            let named = list.consents.iter().filter(move |item| item.id == id);
            named.map(move |item| (list, item))
        })
    }

    /// Whether no list was loaded.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// What a published list is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new kind of document must be given a meaning everywhere"
)]
pub enum ListKind {
    /// 黙示の同意の一覧: what is done unless the person objects, also where a letter says it.
    #[serde(alias = "letter")]
    ConsentList,
    /// 共同利用の公表事項: the five items of 個人情報保護法第27条第5項第3号.
    JointUse,
}

/// One edition of a published list.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct List {
    /// What it is of.
    pub kind: ListKind,
    /// The society's id, such as `aeon`.
    pub society: String,
    /// The name of the edition.
    pub edition: String,
    /// When it is in force.
    pub period: Period,
    /// Whether it prints no dates. It then counts from the day on which it was read.
    pub undated: bool,
    /// The day on which it was read.
    pub read_on: Day,
    /// What is done with consent, in document order; none in a joint-use notice.
    pub consents: Vec<ConsentItem>,
    /// The joint uses, in document order; none in a consent list.
    pub joint_uses: Vec<JointUse>,
    /// The published text, relative to the rules directory.
    pub text_file: String,
    /// The rule file, relative to the rules directory.
    pub rule_file: String,
    /// The line of the rule file that names the edition, from 1.
    pub rule_line: u32,
    /// SHA-256, in hex, over what every notice shares, this file and its text.
    pub digest: String,
}

/// On what an item of a consent list rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(
    clippy::exhaustive_enums,
    reason = "a new mode must be decided everywhere"
)]
pub enum Mode {
    /// Done unless the person objects: the list is what makes silence a consent.
    Implied,
    /// Done only for those who have agreed.
    Explicit,
    /// Done by statute; the society still offers an objection.
    Statutory,
}

impl Mode {
    /// The word of the rule file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Implied => "implied",
            Self::Explicit => "explicit",
            Self::Statutory => "statutory",
        }
    }
}

/// One published item of consent.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConsentItem {
    /// A lasting id, unique within the society but for later readings of the same item.
    pub id: String,
    /// The published sentence.
    pub quote: String,
    /// Its first and last line in the published text, from 1.
    pub lines: (u32, u32),
    /// Its line in the rule file, from 1.
    pub rule_line: u32,
    /// On what it rests.
    pub mode: Mode,
    /// The flows that it names.
    pub region: Region,
    /// Who passes it on between the society and the recipient, in terms of parties.
    pub via: Vec<crate::vocabulary::Term>,
    /// Whether what concerns the members of a household goes to the insured person in one.
    pub household: bool,
    /// How to object, in the words of the page. Without them silence is no consent.
    pub objection: Option<String>,
    /// What the society does for those who object, in the words of the page.
    pub then: Option<String>,
    /// From when, in the words of the page.
    pub from: Option<String>,
    /// The days on which it counts, from `starts` and `ends` or else from the edition.
    pub period: Period,
    /// How many days a person has to object before silence counts, from the day of joining.
    pub notice_days: u32,
    /// Why it is read so.
    pub reason: String,
}

/// One published joint use.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct JointUse {
    /// A lasting id.
    pub id: String,
    /// The published heading or sentence.
    pub quote: String,
    /// Its first and last line in the published text, from 1.
    pub lines: (u32, u32),
    /// Its line in the rule file, from 1.
    pub rule_line: u32,
    /// 旨: that data is used jointly, in the words of the page.
    pub fact: Vec<String>,
    /// 項目: which data, in the words of the page.
    pub items: Vec<String>,
    /// 範囲: who the users are, in the words of the page.
    pub users: Vec<String>,
    /// 利用目的, in the words of the page.
    pub purpose: Vec<String>,
    /// 管理責任者, in the words of the page.
    pub responsible: Vec<String>,
    /// With whom, in the words of the page, where it says so apart from the users.
    pub partner: Vec<String>,
    /// How to object, in the words of the page, where the society offers it.
    pub objection: Option<String>,
    /// The flows that it names, as the society hands over. The same data also comes in from the users.
    pub region: Region,
    /// The days on which it counts.
    pub period: Period,
    /// Why it is read so.
    pub reason: String,
}

impl JointUse {
    /// The names of those of the five items that the page does not tell: 個人情報保護法第27条第5項第3号 asks
    /// for all of them, so that a joint use without one stands for nothing.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> {
        let five = [
            ("fact", &self.fact),
            ("items", &self.items),
            ("users", &self.users),
            ("purpose", &self.purpose),
            ("responsible", &self.responsible),
        ];
        let missing = five.into_iter().filter(|(_, words)| words.is_empty());
        missing.map(|(name, _)| name)
    }
}
