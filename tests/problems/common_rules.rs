//! Problems of what every notice shares: the vocabulary, the statutes and the grounds.

use std::fmt::Write;

use super::edit::{
    ACTIVITY, ATTORNEY, CHANNEL, CRIMINAL, Case,
    Edit::{Append, Bytes, Swap},
    GROUNDS, HEALTH, MY_NUMBER, PARTY, PLACES, RELATION, SUBJECT,
};

pub(crate) const VOCABULARY: &[Case] = &[
    Case {
        says: "one synonym of two terms",
        edits: &[Swap(CHANNEL, "\"文書\"]", "\"文書\", \"電話\"]")],
        finds: &[("duplicate-term", CHANNEL, "label = \"電話\"")],
    },
    Case {
        says: "one synonym of two terms in another width and spacing",
        edits: &[Swap(CHANNEL, "\"文書\"]", "\"文書\", \"ＮＷ Ｓ\"]")],
        finds: &[("duplicate-term", CHANNEL, "\"ＮＷ Ｓ\"")],
    },
    Case {
        says: "one synonym twice in its list",
        edits: &[Swap(CHANNEL, "\"文書\"]", "\"文書\", \"文書\"]")],
        finds: &[("duplicate-term", CHANNEL, "\"文書\", \"文書\"")],
    },
    Case {
        says: "a parent that the vocabulary does not have",
        edits: &[Swap(
            SUBJECT,
            "parent = \"被保険者\"",
            "parent = \"被保険者達\"",
        )],
        finds: &[("unknown-term", SUBJECT, "\"被保険者達\"")],
    },
    Case {
        says: "a role for a party that the vocabulary does not have",
        edits: &[Swap(
            PARTY,
            "society = \"当組合\"",
            "society = \"航空会社\"",
        )],
        finds: &[("unknown-term", PARTY, "\"航空会社\"")],
    },
    Case {
        says: "three parents in a circle",
        edits: &[Swap(
            SUBJECT,
            "en = \"member (insured person or dependant)\"",
            "en = \"member\"\nparent = \"任意継続被保険者\"",
        )],
        finds: &[(
            "term-cycle",
            SUBJECT,
            "en = \"member\"\n‸parent = \"任意継続被保険者\"",
        )],
    },
    Case {
        says: "a term that is its own parent",
        edits: &[Swap(
            CHANNEL,
            "en = \"telephone\"",
            "en = \"telephone\"\nparent = \"電話\"",
        )],
        finds: &[("term-cycle", CHANNEL, "parent = \"電話\"")],
    },
    Case {
        says: "no relation has the role of internal use",
        edits: &[Swap(RELATION, "internal = \"内部利用\"\n", "")],
        finds: &[("missing-role", RELATION, "class = \"relation\"")],
    },
    Case {
        says: "a list of synonyms without one",
        edits: &[Swap(
            CHANNEL,
            "synonyms = [\"事業所経由\"]",
            "synonyms = []",
        )],
        finds: &[("empty-list", CHANNEL, "synonyms = []")],
    },
    Case {
        says: "a term that succeeds nothing",
        edits: &[Swap(
            ACTIVITY,
            "terms = [\"被保険者証発行\", \"被保険者証送付\"]",
            "terms = []",
        )],
        finds: &[("empty-list", ACTIVITY, "terms = []")],
    },
    Case {
        says: "a synonym of spaces",
        edits: &[Swap(CHANNEL, "\"事業所経由\"", "\"\u{3000} \"")],
        finds: &[("empty-value", CHANNEL, "\"\u{3000} \"")],
    },
    Case {
        says: "a succession from a time of day",
        edits: &[Swap(
            ACTIVITY,
            "from = 2024-12-02",
            "from = 2024-12-02T00:00:00",
        )],
        finds: &[("invalid-date", ACTIVITY, "T00:00:00")],
    },
    Case {
        says: "more terms than there are indices",
        edits: &[Bytes(CHANNEL, |bytes| {
            let mut text = String::from_utf8_lossy(bytes).into_owned();
            for at in 0..=65_529 {
                let _ = write!(
                    text,
                    "[[term]]\nid = \"x{at}\"\nlabel = \"y{at}\"\nen = \"z\"\n"
                );
            }
            text.into_bytes()
        })],
        finds: &[("too-many", CHANNEL, "id = \"x65529\"")],
    },
];

pub(crate) const STATUTES: &[Case] = &[
    Case {
        says: "a place that is no number of law",
        edits: &[Swap(ATTORNEY, "at = \"第23条の2\"", "at = \"23-2\"")],
        finds: &[("bad-place", ATTORNEY, "at = \"23-2\"")],
    },
    Case {
        says: "one id of two provisions",
        edits: &[Append(
            ATTORNEY,
            "[[provision]]\nid = \"attorney-act/bar-association-inquiry\"\ncontent = \"照会\"\nen = \"inquiry\"\n\
             citation = [{ at = \"第24条\", source = \"-\" }]\n",
        )],
        finds: &[(
            "duplicate-entry",
            ATTORNEY,
            "id = \"attorney-act/bar-association-inquiry\"\ncontent = \"照会\"",
        )],
    },
    Case {
        says: "one id of two statutes",
        edits: &[Swap(
            ATTORNEY,
            "id = \"attorney-act\"",
            "id = \"health-insurance-act\"",
        )],
        finds: &[
            ("duplicate-entry", HEALTH, "id = \"health-insurance-act\""),
            ("bad-place-table", PLACES, "# 条・項・号の表"),
        ],
    },
    Case {
        says: "an abbreviation that is the name of another statute",
        edits: &[Swap(
            CRIMINAL,
            "abbreviations = [\"刑訴法\"]",
            "abbreviations = [\"弁護士法\"]",
        )],
        finds: &[("duplicate-statute", CRIMINAL, "[\"弁護士法\"]")],
    },
    Case {
        says: "a statute without a name",
        edits: &[Swap(
            CRIMINAL,
            "name = \"刑事訴訟法\"\nfull_name",
            "name = \"\"\nfull_name",
        )],
        finds: &[("empty-value", CRIMINAL, "\n‸name = \"\"")],
    },
    Case {
        says: "a provision that never bore a number",
        edits: &[Append(
            ATTORNEY,
            "[[provision]]\nid = \"attorney-act/new\"\ncontent = \"照会\"\nen = \"inquiry\"\n",
        )],
        finds: &[("no-citation", ATTORNEY, "id = \"attorney-act/new\"")],
    },
    Case {
        says: "a number that moved away and was not closed",
        edits: &[Swap(
            MY_NUMBER,
            "at = \"第19条第5号\"\nfrom = 2015-10-05\nuntil = 2021-09-01\n",
            "at = \"第19条第5号\"\nfrom = 2015-10-05\n",
        )],
        finds: &[(
            "overlapping-citation",
            MY_NUMBER,
            "at = \"第19条第5号\"\nfrom = 2015-10-05",
        )],
    },
    Case {
        says: "a citation that ends on the day on which it begins",
        edits: &[Swap(
            ATTORNEY,
            "from = 1952-01-01\n",
            "from = 2026-04-01\nuntil = 2026-04-01\n",
        )],
        finds: &[("bad-period", ATTORNEY, "from = 2026-04-01")],
    },
    Case {
        says: "a law that was read at an hour",
        edits: &[Swap(ATTORNEY, "read_on = 2025-07-11", "read_on = 09:24:00")],
        finds: &[("invalid-date", ATTORNEY, "read_on = 09:24:00")],
    },
    Case {
        says: "a number that nobody read, in a law that nobody read",
        edits: &[
            Swap(ATTORNEY, "read_on = 2025-07-11\n", ""),
            Append(
                ATTORNEY,
                "[[provision]]\nid = \"attorney-act/new\"\ncontent = \"照会\"\nen = \"inquiry\"\n\
                 citation = [{ at = \"第24条\", source = \"-\" }]\n",
            ),
        ],
        finds: &[("no-first-day", ATTORNEY, "citation = [{ at = \"第24条\"")],
    },
    Case {
        says: "a table of places with a line of a text that it does not have",
        edits: &[Swap(PLACES, "1\t第2条\t", "9\t第2条\t")],
        finds: &[("bad-place-table", PLACES, "9\t第2条\t")],
    },
    Case {
        says: "an inquiry falls under a provision that the statutes do not have",
        edits: &[Swap(ATTORNEY, "/third-party-1-1\"", "/third-party-1-8\"")],
        finds: &[("unknown-provision", ATTORNEY, "/third-party-1-8\"")],
    },
];

pub(crate) const OF_GROUNDS: &[Case] = &[
    Case {
        says: "a ground rests on a provision that the statutes do not have",
        edits: &[Swap(
            GROUNDS,
            "provisions = [\"my-number-act/number-use\"]",
            "provisions = [\"my-number-act/number-uses\"]",
        )],
        finds: &[(
            "unknown-provision",
            GROUNDS,
            "\"my-number-act/number-uses\"",
        )],
    },
    Case {
        says: "the ground of internal use does not exist",
        edits: &[Swap(
            GROUNDS,
            "[internal]\nground = \"internal-use\"",
            "[internal]\nground = \"inside\"",
        )],
        finds: &[("unknown-ground", GROUNDS, "ground = \"inside\"")],
    },
    Case {
        says: "a ground asks for a duty that does not exist",
        edits: &[Swap(
            GROUNDS,
            "[\"network-records\"]",
            "[\"network-record\"]",
        )],
        finds: &[("unknown-duty", GROUNDS, "[\"network-record\"]")],
    },
    Case {
        says: "the ground of joint use is for a relation that does not exist",
        edits: &[Swap(
            GROUNDS,
            "provisions = [\"personal-information-protection-act/joint-use\"]\nrelation = \"共同利用\"",
            "provisions = [\"personal-information-protection-act/joint-use\"]\nrelation = \"協同利用\"",
        )],
        finds: &[("unknown-term", GROUNDS, "\"協同利用\"")],
    },
    Case {
        says: "one id of two grounds",
        edits: &[Append(
            GROUNDS,
            "[[ground]]\nid = \"network\"\nlabel = \"網\"\nen = \"net\"\nneeds = \"nothing\"\nany_basis = true\nsource = \"-\"\n",
        )],
        finds: &[(
            "duplicate-entry",
            GROUNDS,
            "id = \"network\"\nlabel = \"網\"",
        )],
    },
    Case {
        says: "one id of two duties",
        edits: &[Append(
            GROUNDS,
            "[[duty]]\nid = \"network-records\"\ntext = \"記録\"\nen = \"records\"\nsource = \"-\"\n",
        )],
        finds: &[(
            "duplicate-entry",
            GROUNDS,
            "id = \"network-records\"\ntext = \"記録\"",
        )],
    },
    Case {
        says: "a ground needs consent and does not say which",
        edits: &[Swap(
            GROUNDS,
            "en = \"provision to a third party with consent\"\nneeds = \"consent\"\nconsent = \"explicit\"",
            "en = \"provision to a third party with consent\"\nneeds = \"consent\"",
        )],
        finds: &[("incomplete-ground", GROUNDS, "id = \"consent-third-party\"")],
    },
    Case {
        says: "a ground needs consent and does not say which provision asks for it",
        edits: &[Swap(
            GROUNDS,
            "asks = \"personal-information-protection-act/sensitive-acquisition\"\n",
            "",
        )],
        finds: &[(
            "incomplete-ground",
            GROUNDS,
            "id = \"consent-sensitive-receipt\"",
        )],
    },
    Case {
        says: "a ground needs a basis and names no provision",
        edits: &[Swap(
            GROUNDS,
            "provisions = [\"personal-information-protection-act/third-party-1-2\"]\nduties",
            "provisions = []\nduties",
        )],
        finds: &[
            ("incomplete-ground", GROUNDS, "id = \"exception-property\""),
            ("empty-list", GROUNDS, "provisions = []\nduties"),
        ],
    },
    Case {
        says: "a ground with an empty list of duties, which is not the same as none",
        edits: &[Swap(
            GROUNDS,
            "duties = [\"network-records\"]",
            "duties = []",
        )],
        finds: &[("empty-list", GROUNDS, "duties = []")],
    },
    Case {
        says: "a ground without a name in English",
        edits: &[Swap(
            GROUNDS,
            "en = \"entrustment\"\nneeds",
            "en = \"\"\nneeds",
        )],
        finds: &[("empty-value", GROUNDS, "en = \"\"\nneeds")],
    },
    Case {
        says: "a ground names a consent and asks for nothing",
        edits: &[Swap(
            GROUNDS,
            "en = \"entrustment\"\nneeds = \"nothing\"\n",
            "en = \"entrustment\"\nneeds = \"nothing\"\nconsent = \"explicit\"\n",
        )],
        finds: &[("contradictory-ground", GROUNDS, "id = \"entrustment\"")],
    },
    Case {
        says: "a ground that stops before it starts",
        edits: &[Swap(
            GROUNDS,
            "from = 2021-10-20",
            "from = 2021-10-20\nuntil = 2020-10-20",
        )],
        finds: &[("bad-period", GROUNDS, "from = 2021-10-20")],
    },
];
