//! What is wrong with what was handed in: each with its place, the value and the next step.

use mokuteki::problem::{Finding, Lang};

/// One thing that is wrong. The rest of the input is still read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trouble {
    /// The file or the event where it stands.
    pub place: String,
    /// The line, from 1; 0 where there is none.
    pub line: u64,
    /// The column or key.
    pub field: &'static str,
    /// The value as written.
    pub value: String,
    /// What is wrong with it.
    pub kind: TroubleKind,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $code:literal $name:ident: $ja:literal, $en:literal; $help_ja:literal, $help_en:literal;)*) => {
        /// What can be wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum TroubleKind { $($(#[$doc])* $name),* }

        impl TroubleKind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code: kebab-case, and it never changes.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What is wrong, in a few words.
            #[must_use]
            pub fn message(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($ja, $en)),* }
            }

            /// What to do next.
            #[must_use]
            pub fn help(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => lang.pick($help_ja, $help_en)),* }
            }
        }
    };
}

kinds! {
    /// A column that the layout does not have.
    "unknown-column" UnknownColumn: "知らない列", "no such column"; "見出しを consent の説明にある名に直す", "use the names of the layout in the README";
    /// A column that the layout needs.
    "missing-column" MissingColumn: "列がない", "the column is missing"; "見出しの行に列を加える", "add the column to the header";
    /// A column that is there twice.
    "duplicate-column" ColumnTwice: "列が二つある", "the column is there twice"; "一つにする", "leave one of them";
    /// A row that is no row of the file.
    "bad-row" BadRow: "行として読めない", "cannot be read as a row"; "列の数と引用符を確かめる", "check the number of fields and the quotes";
    /// A value that must be there.
    "missing-field" MissingValue: "値がない", "the value is missing"; "値を書く", "write the value";
    /// A value that must not be there.
    "value-not-wanted" ValueNotWanted: "ここには書けない", "this may not be given here"; "値を消す", "leave it out";
    /// Not one of the words of the column.
    "invalid-value" InvalidValue: "読めない値", "not one of the values"; "consent の説明にある語を書く", "use the words of the layout in the README";
    /// Not a day.
    "invalid-date" InvalidDate: "日付ではない", "not a day"; "2026-04-01 の形で書く", "write it as 2026-04-01";
    /// A period that holds no day.
    "bad-period" BadPeriod: "終わりが始まりより前にある", "it ends before it begins"; "until を from より後にする", "let `until` come after `from`";
    /// Not a person key.
    "not-a-key" NotAKey: "本人キーではない", "not a person key"; "番号や氏名ではなく、キー (16進32桁) を書く", "write the key (32 hex digits), never a number or a name";
    /// A term that the vocabulary does not have.
    "unknown-term" UnknownTerm: "用語集にない語", "not a term of the vocabulary"; "mokuteki terms で語を探す", "look it up with `mokuteki terms`";
    /// A published item that no list has.
    "unknown-item" UnknownItem: "公表された一覧にない事項", "no published list has this item"; "mokuteki consent items で事項を確かめる。それまで申出はすべてを閉じ、同意は何も開かない", "see `mokuteki consent items`; until then an objection closes everything and a consent opens nothing";
    /// An id that was used before.
    "duplicate-event" DuplicateId: "同じ id がすでにある", "the id is there already"; "新しい id を付ける", "give it an id of its own";
    /// A target that is not there.
    "unknown-target" UnknownTarget: "指す記録がない", "it points at no event"; "target に、同じ本人の記録の id を書く。それまで撤回はその本人の同意をすべて終わらせる", "name an event of the same person; until then a withdrawal ends all consents of the person";
    /// A target of the wrong kind.
    "wrong-target" WrongTarget: "その種類の記録は指せない", "it cannot point at an event of that kind"; "撤回は同意を、復活は異議・保留・撤回を指す", "a withdrawal points at a consent; a restoration at an objection, a reservation or a withdrawal";
    /// A consent given by a representative without evidence.
    "evidence-missing" EvidenceMissing: "代理の証拠がない", "no evidence of the mandate"; "evidence に書面の SHA-256 を書く。それまで同意と数えない", "give the SHA-256 of the document; until then it is no consent";
    /// A day after the day of the record.
    "received-later" ReceivedLater: "受付が記録より後になっている", "received after it was recorded"; "received_on を recorded_on 以前にする", "let `received_on` be no later than `recorded_on`";
    /// Two rows of one member and day that differ.
    "roster-clash" RosterClash: "同じ日に記録された加入期間が食い違う", "two spans of one member recorded on one day differ"; "どちらか一つにする", "leave one of them";
    /// A resource that is not a FHIR R4 Consent of ours.
    "not-a-consent" NotAConsent: "この形の Consent ではない", "not a Consent of this profile"; "FHIR R4 の Consent を、説明にある拡張とともに渡す", "hand in FHIR R4 Consent resources with the extensions of the README";
}

impl Finding for Trouble {
    fn code(&self) -> &'static str {
        self.kind.code()
    }

    fn place(&self) -> String {
        if self.line == 0 {
            self.place.clone()
        } else {
            format!("{}:{}", self.place, self.line)
        }
    }

    fn message(&self, lang: Lang) -> String {
        let value: String = self.value.chars().flat_map(char::escape_debug).collect();
        format!("{}: {} = 「{value}」", self.kind.message(lang), self.field)
    }

    fn help(&self, lang: Lang) -> String {
        self.kind.help(lang).to_owned()
    }
}
