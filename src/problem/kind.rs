//! The facts of each problem, and its code.

use super::Mistake;
use crate::day::{Day, Period};

macro_rules! kinds {
    ($($(#[$doc:meta])* $code:literal => $name:ident { $($(#[$fdoc:meta])* $field:ident: $ty:ty),* $(,)? }),* $(,)?) => {
        /// What is wrong, with its facts.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$doc])* $name { $($(#[$fdoc])* $field: $ty),* }),*
        }

        impl Kind {
            /// Every code, in the order of the source.
            pub const CODES: &'static [&'static str] = &[$($code),*];

            /// The code: kebab-case, and it never changes.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code),* }
            }
        }
    };
}

kinds! {
    /// No rule file was found.
    "no-rules" => NoRules { /** What was looked for. */ pattern: String },
    /// A file or directory cannot be read.
    "unreadable" => Unreadable { /** The system's reason. */ reason: String },
    /// A link leads out of the directory of rules, or to a folder that it stands in.
    "outside-folder" => OutsideDirectory {},
    /// A folder, a pipe or a device is named like a rule file.
    "not-a-file" => NotAFile {},
    /// A file is larger than rules are.
    "file-too-large" => FileTooLarge { /** The bytes that are read. */ limit: u64 },
    /// A directory has more files than rules have.
    "too-many-files" => TooManyFiles { /** The files that are read. */ limit: usize },
    /// A file is not UTF-8.
    "not-utf8" => NotUtf8 { /** What it looks like. */ guess: String },
    /// A file is not TOML, or a value has the wrong type, or a key is missing or unknown.
    "syntax" => Syntax { /** The parser's words. */ reason: String },
    /// A file in the form of an earlier edition.
    "older-format" => OlderFormat { /** Its form. */ found: u32, /** The form that is read. */ reads: u32 },
    /// A file in a form that this edition does not know.
    "newer-format" => NewerFormat { /** Its form. */ found: u32, /** The form that is read. */ reads: u32 },
    /// A character that extraction leaves behind or that deceives the eye.
    "suspicious-character" => SuspiciousCharacter { /** The character. */ character: char },
    /// A path that leaves the rules directory.
    "unsafe-path" => UnsafePath { /** The path. */ path: String },
    /// A list that must hold something is empty.
    "empty-list" => EmptyList { /** The key. */ field: String },
    /// A value that must hold something is empty.
    "empty-value" => EmptyValue { /** The key. */ field: String },
    /// The id of a society with characters that a command line or a path would read otherwise.
    "bad-society-id" => BadId { /** The id. */ id: String },
    /// A period that ends before it begins.
    "bad-period" => BadPeriod { /** The period. */ period: Period },
    /// A date that is no day.
    "invalid-date" => BadDate { /** The text. */ text: String },
    /// Two terms of a class answer to one name.
    "duplicate-term" => DuplicateTerm { /** The name. */ name: String, /** The other place. */ other: String },
    /// A term that the vocabulary does not have.
    "unknown-term" => UnknownTerm { /** The class. */ class: &'static str, /** The text. */ name: String, /** Near names. */ nearest: Vec<String>, /** Why it is none. */ mistake: Option<Mistake> },
    /// A chain of parents that comes back to itself.
    "term-cycle" => TermCycle { /** The chain. */ path: Vec<String> },
    /// A class of the vocabulary has no file.
    "missing-class" => MissingClass { /** The class. */ class: &'static str },
    /// A class has two files.
    "duplicate-class" => DuplicateClass { /** The class. */ class: &'static str },
    /// A role that the engine needs is not given.
    "missing-role" => MissingRole { /** The role. */ role: &'static str },
    /// A table in a vocabulary file of another class.
    "table-out-of-place" => TableOutOfPlace { /** The table. */ table: &'static str, /** The class of the file. */ class: &'static str },
    /// A party of which it is not said which relation follows, or said twice.
    "relation-unsaid" => RelationUnsaid {},
    /// A file of `terms/` says what only the vocabulary may say.
    "overlay-key" => OverlayKey { /** The key. */ key: &'static str },
    /// A term of a file of `terms/` that lies below none.
    "missing-parent" => MissingParent { /** The term. */ name: String },
    /// A term that a file of `terms/` may add nothing to.
    "closed-term" => ClosedTerm { /** The class. */ class: &'static str, /** The parent. */ name: String, /** The widest terms that are open. */ open: Vec<String> },
    /// A new name with that of another term in it.
    "name-of-another" => NameOfAnother { /** The new name. */ name: String, /** The name in it. */ other: String, /** The parent. */ parent: String },
    /// A new kind of data of which it is not said whether it is 要配慮個人情報.
    "sensitive-unsaid" => SensitiveUnsaid { /** The term. */ name: String },
    /// A new kind of data that is said not to be 要配慮個人情報, though what it lies below is.
    "sensitive-denied" => SensitiveDenied { /** The parent. */ parent: String },
    /// More entries than ids.
    "too-many" => TooMany { /** Of what. */ what: &'static str },
    /// A place in a statute that cannot be read.
    "bad-place" => BadPlace { /** The text. */ text: String, /** Why. */ reason: String },
    /// Two entries have one id.
    "duplicate-entry" => DuplicateId { /** The id. */ id: String, /** The other place. */ other: String },
    /// Two statutes answer to one name.
    "duplicate-statute" => DuplicateStatute { /** The name. */ name: String, /** The other file. */ other: String },
    /// A number of a provision of which nothing says from when it stands.
    "no-first-day" => NoFirstDay { /** The number. */ at: String },
    /// A table of the places of an act that cannot be read, or that is of another act.
    "bad-place-table" => BadPlaceTable { /** Why. */ reason: String },
    /// A provision without a citation.
    "no-citation" => NoCitation { /** The provision. */ id: String },
    /// Two provisions bear one number on one day.
    "overlapping-citation" => OverlappingCitation { /** The number. */ at: String, /** The other provision. */ other: String },
    /// A provision that the statutes do not have.
    "unknown-provision" => UnknownProvision { /** The id. */ id: String, /** Near ids. */ nearest: Vec<String> },
    /// A ground that grounds.toml does not have.
    "unknown-ground" => UnknownGround { /** The id. */ id: String, /** Near ids. */ nearest: Vec<String> },
    /// A duty that grounds.toml does not have.
    "unknown-duty" => UnknownDuty { /** The id. */ id: String, /** Near ids. */ nearest: Vec<String> },
    /// A ground that does not say what it needs.
    "incomplete-ground" => IncompleteGround { /** The id. */ id: String, /** The missing key. */ missing: &'static str },
    /// A ground with a key that what it needs never asks for.
    "contradictory-ground" => ContradictoryGround { /** The id. */ id: String, /** The key. */ key: &'static str },
    /// A ground without a provision where data leaves the society or comes in from outside.
    "ground-stays-inside" => GroundStaysInside { /** The id. */ id: String },
    /// A ground for 特定個人情報 that 番号法 does not open.
    "ground-opens-no-my-number" => GroundOpensNoMyNumber { /** The id. */ id: String },
    /// The text of a notice is not where the rule file says.
    "missing-text" => MissingText { /** The path. */ path: String },
    /// The text of a notice is not the one that was read.
    "text-changed" => TextChanged { /** The digest in the rule file. */ expected: String, /** The digest of the file. */ actual: String },
    /// Lines that the text does not have.
    "lines-out-of-range" => LinesOutOfRange { /** First and last line. */ lines: (u32, u32), /** Lines of the text. */ count: u32 },
    /// The quote is not in its lines.
    "quote-not-found" => QuoteNotFound { /** The quote. */ quote: String, /** First and last line. */ lines: (u32, u32), /** Where it is. */ found: Option<(u32, u32)> },
    /// The quote is more than once in its lines.
    "quote-not-unique" => QuoteNotUnique { /** The quote. */ quote: String, /** First and last line. */ lines: (u32, u32) },
    /// The quote needs fewer lines than are given.
    "lines-too-wide" => LinesTooWide { /** The quote. */ quote: String, /** First and last line. */ lines: (u32, u32), /** The lines it needs. */ needed: (u32, u32) },
    /// Two quotes take the same text.
    "quotes-overlap" => QuotesOverlap { /** The quote. */ quote: String },
    /// Text that is neither quoted nor left out.
    "text-not-covered" => TextNotCovered { /** The text. */ text: String },
    /// Left-out lines that hold no text, or quoted text.
    "nothing-left-out" => NothingLeftOut { /** First and last line. */ lines: (u32, u32) },
    /// A purpose out of its number's order.
    "purpose-order" => PurposeOrder { /** The number expected. */ expected: u32, /** The number found. */ found: u32 },
    /// A printed mark that does not show the purpose's number.
    "mark-mismatch" => MarkMismatch { /** The mark. */ mark: String, /** The number. */ number: u32 },
    /// A clause with keys that nobody has settled.
    "unread" => Unread { /** The keys. */ keys: Vec<String>, /** The quote. */ quote: String },
    /// 「等」 without a note that reads it.
    "unread-etc" => UnreadEtc { /** The quote. */ quote: String },
    /// A note whose printed words are not in the quote.
    "note-not-printed" => NoteNotPrinted { /** The words. */ printed: String },
    /// Words of a published list that its page does not print.
    "words-not-printed" => WordsNotPrinted { /** The words. */ words: String },
    /// A clause that names no other party, though its section does.
    "missing-party" => MissingParty { /** `sender` or `recipient`. */ field: &'static str },
    /// The society itself, where another body is meant.
    "party-is-society" => PartyIsSociety { /** `sender` or `recipient`. */ field: &'static str },
    /// A disclosure without a ground.
    "missing-ground" => MissingGround {},
    /// A disclosure without a relation.
    "missing-relation" => MissingRelation {},
    /// Two readings of one clause in force on one day.
    "readings-overlap" => ReadingsOverlap { /** The other reading. */ other: String },
    /// Two editions of one notice in force on one day.
    "editions-overlap" => EditionsOverlap { /** The other file. */ other: String },
    /// Days between two editions on which none is in force.
    "editions-gap" => EditionsGap { /** The first day without. */ from: Day, /** The first day with one again. */ until: Day },
    /// An edition that says neither its dates nor that they are unknown.
    "edition-without-dates" => Undated { /** Whether both are said. */ both: bool },
}
