//! What the files of the vocabulary say besides their terms, and the files by which a team adds terms.

use super::edit::{ACTIVITY, AEON, CHANNEL, Case, DATA, Edit, FORM, PARTY};
use Edit::{Add, Append, Remove, Swap};

const OURS: &str = "terms/ours.toml";

/// A file of terms that adds one.
macro_rules! term {
    ($class:literal, $id:literal, $label:literal, $parent:literal $(, $more:literal)*) => {
        concat!(
            "[[term]]\nclass = \"", $class, "\"\nid = \"", $id, "\"\nlabel = \"", $label,
            "\"\nen = \"ours\"\nparent = \"", $parent, "\"\nreason = \"", $id, "\"\n", $($more, "\n"),*
        )
    };
}

pub(crate) const FACTS: &[Case] = &[
    Case {
        says: "a vocabulary without forms",
        edits: &[Remove(FORM)],
        finds: &[("missing-class", "vocabulary", "")],
    },
    Case {
        says: "two forms answer to one name",
        edits: &[Swap(FORM, "[\"仮名加工データ\"]", "[\"匿名加工データ\"]")],
        finds: &[(
            "duplicate-term",
            FORM,
            "\n‸synonyms = [\"匿名加工データ\"]\napart = [\"仮名加工情報\"",
        )],
    },
    Case {
        says: "a form begins at an hour",
        edits: &[Swap(FORM, "day = 2017-05-30", "day = 2017-05-30T00:00:00")],
        finds: &[("invalid-date", FORM, "T00:00:00")],
    },
    Case {
        says: "a term among the forms",
        edits: &[Append(
            FORM,
            "[[term]]\nid = \"x\"\nlabel = \"暗号化データ\"\nen = \"x\"\n",
        )],
        finds: &[("table-out-of-place", FORM, "id = \"x\"")],
    },
    Case {
        says: "a form in the file of data",
        edits: &[Append(
            DATA,
            "[[form]]\nid = \"x\"\nlabel = \"暗号化データ\"\nen = \"x\"\ntreatment = \"no-personal-data\"\nreason = \"-\"\n",
        )],
        finds: &[("table-out-of-place", DATA, "id = \"x\"")],
    },
    Case {
        says: "who is a public body is said in the file of channels",
        edits: &[Append(
            CHANNEL,
            "[[public_body]]\nparty = [\"国\"]\nreason = \"-\"\nseen = true\n",
        )],
        finds: &[("table-out-of-place", CHANNEL, "[\"国\"]")],
    },
    Case {
        says: "the relation to an unknown party follows",
        edits: &[Swap(
            PARTY,
            "party = [\"国\"]\nrelation",
            "party = [\"お国\"]\nrelation",
        )],
        finds: &[("unknown-term", PARTY, "[\"お国\"]")],
    },
    Case {
        says: "no relation follows from a party, and none is said not to be asked for",
        edits: &[Swap(
            PARTY,
            "party = [\"国\"]\nrelation = [\"第三者提供\"]\n",
            "party = [\"国\"]\n",
        )],
        finds: &[("relation-unsaid", PARTY, "party = [\"国\"]\nreason")],
    },
    Case {
        says: "a relation follows from a party and is not asked for",
        edits: &[Swap(
            PARTY,
            "party = [\"国\"]\nrelation",
            "party = [\"国\"]\nasked = false\nrelation",
        )],
        finds: &[("relation-unsaid", PARTY, "party = [\"国\"]\nasked")],
    },
    Case {
        says: "an agent stands for the person in unknown work",
        edits: &[Swap(
            PARTY,
            "activity = [\"開示請求対応\"]",
            "activity = [\"開示請求への対応\"]",
        )],
        finds: &[("unknown-term", PARTY, "\"開示請求への対応\"")],
    },
    Case {
        says: "the word 個人番号 as a kind of data of a clause",
        edits: &[Swap(
            AEON,
            "data = [\"海外療養費申請書\"]",
            "data = [\"個人番号\"]",
        )],
        finds: &[("unknown-term", AEON, "\"個人番号\"")],
    },
    Case {
        says: "the word 個人番号 as the name of a kind of data",
        edits: &[Append(
            DATA,
            "[[term]]\nid = \"x\"\nlabel = \"個人番号\"\nen = \"x\"\nparent = \"資格情報\"\n",
        )],
        finds: &[("duplicate-term", DATA, "words = [\"個人番号\"")],
    },
    Case {
        says: "a term that begins on no day",
        edits: &[Swap(DATA, "day = 2026-04-01", "day = 09:00:00")],
        finds: &[("invalid-date", DATA, "day = 09:00:00")],
    },
    Case {
        says: "an unknown term is open to additions",
        edits: &[Swap(
            ACTIVITY,
            "closed = [\"業務改善\"",
            "closed = [\"業務の改良\"",
        )],
        finds: &[("unknown-term", ACTIVITY, "\"業務の改良\"")],
    },
];

pub(crate) const ADDED: &[Case] = &[
    Case {
        says: "terms that are no TOML",
        edits: &[Add(OURS, "[[term]\n")],
        finds: &[("syntax", OURS, "^")],
    },
    Case {
        says: "a new term without a reason",
        edits: &[Add(
            OURS,
            "[[term]]\nclass = \"party\"\nid = \"x\"\nlabel = \"みどりデータ\"\nen = \"x\"\nparent = \"点検業者\"\n",
        )],
        finds: &[("syntax", OURS, "[[term]]")],
    },
    Case {
        says: "a new term below none",
        edits: &[Add(
            OURS,
            "[[term]]\nclass = \"party\"\nid = \"x\"\nlabel = \"みどりデータ\"\nen = \"x\"\nreason = \"-\"\n",
        )],
        finds: &[("missing-parent", OURS, "label = \"みどりデータ\"")],
    },
    Case {
        says: "a new term below an unknown one",
        edits: &[Add(OURS, term!("party", "x", "みどりデータ", "点検会社"))],
        finds: &[("unknown-term", OURS, "\"点検会社\"")],
    },
    Case {
        says: "a new term below that of another class",
        edits: &[Add(
            OURS,
            term!("party", "x", "みどりデータ", "レセプト点検"),
        )],
        finds: &[("unknown-term", OURS, "\"レセプト点検\"")],
    },
    Case {
        says: "a new term that takes a name which resolves already",
        edits: &[Add(OURS, term!("party", "x", "警察", "点検業者"))],
        finds: &[("duplicate-term", OURS, "label = \"警察\"")],
    },
    Case {
        says: "a new term that takes an id which resolves already",
        edits: &[Add(
            OURS,
            term!("party", "police", "みどりデータ", "点検業者"),
        )],
        finds: &[("duplicate-term", OURS, "id = \"police\"")],
    },
    Case {
        says: "a new term that takes a name in half-width kana",
        edits: &[Add(
            OURS,
            term!("data", "x", "ﾚｾﾌﾟﾄ", "資格情報", "sensitive = false"),
        )],
        finds: &[("duplicate-term", OURS, "label = \"ﾚｾﾌﾟﾄ\"")],
    },
    Case {
        says: "a new name with a character that is not seen",
        edits: &[Add(OURS, term!("party", "x", "警\u{200B}察", "点検業者"))],
        finds: &[("suspicious-character", OURS, "label = ")],
    },
    Case {
        says: "the police as a kind of contractor, by another name",
        edits: &[Add(OURS, term!("party", "x", "みなと警察", "点検業者"))],
        finds: &[("name-of-another", OURS, "label = \"みなと警察\"")],
    },
    Case {
        says: "claims as a kind of account, by a synonym",
        edits: &[Add(
            OURS,
            term!(
                "data",
                "x",
                "還付先",
                "口座情報",
                "sensitive = false",
                "synonyms = [\"レセプトの写し\"]"
            ),
        )],
        finds: &[("name-of-another", OURS, "synonyms = ")],
    },
    Case {
        says: "a contractor as a kind of the person",
        edits: &[Add(OURS, term!("party", "x", "みどりデータ", "本人"))],
        finds: &[("closed-term", OURS, "parent = \"本人\"")],
    },
    Case {
        says: "a kind of public body",
        edits: &[Add(OURS, term!("party", "x", "みどり庁", "国"))],
        finds: &[("closed-term", OURS, "parent = \"国\"")],
    },
    Case {
        says: "a kind of relation",
        edits: &[Add(OURS, term!("relation", "x", "準委任", "委託"))],
        finds: &[("closed-term", OURS, "parent = \"委託\"")],
    },
    Case {
        says: "a kind of form",
        edits: &[Add(OURS, term!("form", "x", "暗号化データ", "統計情報"))],
        finds: &[("closed-term", OURS, "class = \"form\"")],
    },
    Case {
        says: "work that could be any work has a kind of its own",
        edits: &[Add(OURS, term!("activity", "x", "帳票の保存", "業務改善"))],
        finds: &[("closed-term", OURS, "parent = \"業務改善\"")],
    },
    Case {
        says: "a kind of the system that the law provides",
        edits: &[Add(
            OURS,
            term!("channel", "x", "みどり回線", "情報提供ネットワークシステム"),
        )],
        finds: &[(
            "closed-term",
            OURS,
            "parent = \"情報提供ネットワークシステム\"",
        )],
    },
    Case {
        says: "a kind of insured person, who would be the person",
        edits: &[Add(OURS, term!("subject", "x", "出向者", "被保険者"))],
        finds: &[("closed-term", OURS, "parent = \"被保険者\"")],
    },
    Case {
        says: "a new kind of data of which nobody says whether it is sensitive",
        edits: &[Add(OURS, term!("data", "x", "会員番号", "資格情報"))],
        finds: &[("sensitive-unsaid", OURS, "label = \"会員番号\"")],
    },
    Case {
        says: "a new kind of claim that is said not to be sensitive",
        edits: &[Add(
            OURS,
            term!(
                "data",
                "x",
                "みどりレセプト",
                "レセプト",
                "sensitive = false"
            ),
        )],
        finds: &[("sensitive-denied", OURS, "sensitive = false")],
    },
    Case {
        says: "a new term that takes the place of another",
        edits: &[Add(
            OURS,
            term!(
                "party",
                "x",
                "みどりデータ",
                "点検業者",
                "succeeds = { terms = [\"警察\"], from = 2020-01-01, source = \"-\", seen = true }"
            ),
        )],
        finds: &[("overlay-key", OURS, "succeeds = ")],
    },
    Case {
        says: "facts of parties in a file of terms",
        edits: &[Add(
            OURS,
            "[[representative]]\nparty = \"家族\"\nreason = \"-\"\n\n[[public_body]]\nparty = [\"製薬会社\"]\nreason = \"-\"\nseen = true\n",
        )],
        finds: &[
            ("overlay-key", OURS, "[[representative]]"),
            ("overlay-key", OURS, "[[public_body]]"),
        ],
    },
    Case {
        says: "new terms below each other",
        edits: &[Add(
            OURS,
            concat!(
                term!("party", "x", "みどりデータ", "みどり支社"),
                term!("party", "y", "みどり支社", "みどりデータ")
            ),
        )],
        finds: &[("term-cycle", OURS, "parent = \"みどり支社\"")],
    },
    Case {
        says: "one new term in two files of terms",
        edits: &[
            Add(OURS, term!("party", "x", "みどりデータ", "点検業者")),
            Add(
                "terms/theirs.toml",
                term!("party", "y", "みどりデータ", "分析会社"),
            ),
        ],
        finds: &[("duplicate-term", "terms/theirs.toml", "label = ")],
    },
];

pub(crate) const ACCEPTED: &[Case] = &[
    Case {
        says: "a contractor, a branch of it, and a kind of claim",
        edits: &[Add(
            OURS,
            concat!(
                term!(
                    "party",
                    "x",
                    "みどりデータ",
                    "点検業者",
                    "synonyms = [\"みどり\"]"
                ),
                term!("party", "y", "みどりデータ北支店", "みどりデータ"),
                term!("data", "z", "みどりレセプト", "レセプト")
            ),
        )],
        finds: &[],
    },
    Case {
        says: "a company that has the name of another thing in its own, and says so",
        edits: &[Add(
            OURS,
            term!(
                "party",
                "x",
                "医療機関サポート",
                "点検業者",
                "apart = [\"医療機関\"]"
            ),
        )],
        finds: &[],
    },
    Case {
        says: "a hospital, an insurer and a society that already have the wider word in their names",
        edits: &[Add(
            OURS,
            concat!(
                term!("party", "x", "みどり健診機関", "健診機関"),
                term!("party", "y", "みどり損害保険会社", "損害保険会社"),
                term!("party", "z", "みどり健保組合", "他の医療保険者")
            ),
        )],
        finds: &[],
    },
];
