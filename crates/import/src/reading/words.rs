//! The words for what was read and what was not, in both languages.

use super::{Dimension, Sure, Why};
use mokuteki::problem::Lang;

impl Sure {
    /// How sure it is, in a word or two.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Word => lang.pick("語そのもの", "the word itself"),
            Self::Synonym => lang.pick("別の書き方", "another name"),
            Self::Sentence => lang.pick("文のパターン", "the sentence"),
            Self::Section => lang.pick("区分", "the section"),
            Self::Purpose => lang.pick("目的の見出し", "the purpose"),
            Self::Work => lang.pick("業務に要る", "the work needs it"),
            Self::Law => lang.pick("法令・定まった読み", "the law, or a settled reading"),
        }
    }
}

impl Why {
    /// Why it is unread, in a few words.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::NoWord => lang.pick("文言にない", "no word says it"),
            Self::Ambiguous => lang.pick("いくつかに読める", "it can be read in several ways"),
            Self::NotSaid => lang.pick(
                "文言だけでは決まらない",
                "it depends on what the words do not say",
            ),
            Self::Section => {
                lang.pick("区分と文言が合わない", "the section and the words disagree")
            }
            Self::UnknownWords => lang.pick("読めない語がある", "there are unknown words"),
        }
    }
}

impl Dimension {
    /// The name for people.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Directions => lang.pick("向き", "directions"),
            Self::Data => lang.pick("データ", "data"),
            Self::Subject => lang.pick("対象者", "subject"),
            Self::Sender => lang.pick("提供元", "sender"),
            Self::Recipient => lang.pick("提供先", "recipient"),
            Self::Relation => lang.pick("関係", "relation"),
            Self::Activity => lang.pick("業務", "activity"),
            Self::Channel => lang.pick("手段", "channel"),
            Self::Ground => lang.pick("根拠", "ground"),
            Self::MyNumber => lang.pick("個人番号の根拠", "My Number ground"),
        }
    }
}
