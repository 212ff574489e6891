//! Problems of a clause: its terms, its parties, its grounds and its readings.

use super::edit::{AEON, Case, Edit::Swap};

/// The clause of the joint high-cost scheme with one line changed.
macro_rules! high_cost {
    ($old:literal, $new:literal) => {
        Swap(
            AEON,
            concat!($old, "activity = [\"高額医療給付の共同事業\"]\n"),
            concat!($new, "activity = [\"高額医療給付の共同事業\"]\n"),
        )
    };
}

/// Another reading of the clause on loans, after it.
macro_rules! second_loans {
    ($id:literal, $rest:literal) => {
        Swap(
            AEON,
            "activity = [\"貸付\"]\n",
            concat!(
                "activity = [\"貸付\"]\nreason = \"。\"\n[[purpose.section.clause]]\n",
                "id = \"",
                $id,
                "\"\nlines = [45, 45]\nquote = \"高額医療費・出産費に係る貸付\"\n",
                "data = [\"給付情報\"]\nactivity = [\"貸付\"]\n",
                $rest
            ),
        )
    };
}

pub(crate) const CASES: &[Case] = &[
    Case {
        says: "data that the vocabulary does not have",
        edits: &[Swap(
            AEON,
            "data = [\"海外療養費申請書\"]",
            "data = [\"海外療養費請求書\"]",
        )],
        finds: &[("unknown-term", AEON, "\"海外療養費請求書\"")],
    },
    Case {
        says: "an activity that resembles none",
        edits: &[Swap(AEON, "activity = [\"貸付\"]", "activity = [\"xyz\"]")],
        finds: &[("unknown-term", AEON, "\"xyz\"")],
    },
    Case {
        says: "a clause with keys that nobody has settled",
        edits: &[Swap(
            AEON,
            "ground = [\"joint-use-high-cost\", \"joint-use\"]\n",
            "unread = [\"ground\", \"my_number\"]\n",
        )],
        finds: &[("unread", AEON, "unread = [")],
    },
    Case {
        says: "a key that can be neither read nor unread",
        edits: &[Swap(
            AEON,
            "data = [\"海外療養費申請書\"]",
            "unread = [\"data\", \"date\"]",
        )],
        finds: &[
            ("syntax", AEON, "unread = ["),
            ("unread", AEON, "unread = ["),
        ],
    },
    Case {
        says: "a clause without data",
        edits: &[Swap(AEON, "data = [\"海外療養費申請書\"]", "data = []")],
        finds: &[("empty-list", AEON, "data = []")],
    },
    Case {
        says: "an internal clause with an empty list of grounds",
        edits: &[Swap(
            AEON,
            "activity = [\"貸付\"]\n",
            "activity = [\"貸付\"]\nground = []\n",
        )],
        finds: &[("empty-list", AEON, "ground = []")],
    },
    Case {
        // The term is the one problem: the clause does name somebody.
        says: "a disclosure to a party that the vocabulary does not have",
        edits: &[high_cost!(
            "recipient = [\"健康保険組合連合会\"]\nrelation = [\"共同利用\"]\n",
            "recipient = [\"航空会社\"]\nrelation = [\"共同利用\"]\n"
        )],
        finds: &[("unknown-term", AEON, "\"航空会社\"")],
    },
    Case {
        says: "a clause without a direction",
        edits: &[Swap(
            AEON,
            "directions = [\"internal\", \"outward\"]",
            "directions = []",
        )],
        finds: &[("empty-list", AEON, "directions = []")],
    },
    Case {
        says: "an empty list of channels, which is not the same as none",
        edits: &[high_cost!("", "channel = []\n")],
        finds: &[("empty-list", AEON, "channel = []")],
    },
    Case {
        says: "one id of two clauses",
        edits: &[Swap(AEON, "id = \"loans\"", "id = \"benefits\"")],
        finds: &[("duplicate-entry", AEON, "id = \"benefits\"\nlines = [45")],
    },
    Case {
        says: "an id of spaces",
        edits: &[Swap(AEON, "id = \"loans\"", "id = \"  \"")],
        finds: &[("empty-value", AEON, "id = \"  \"")],
    },
    Case {
        says: "a clause without a reason",
        edits: &[Swap(
            AEON,
            "reason = \"文言が標準報酬月額及び標準賞与額に限る。\"",
            "reason = \"\"",
        )],
        finds: &[("empty-value", AEON, "reason = \"\"")],
    },
    Case {
        says: "a disclosure that does not say to whom",
        edits: &[high_cost!(
            "recipient = [\"健康保険組合連合会\"]\nrelation = [\"共同利用\"]\n",
            "relation = [\"共同利用\"]\n"
        )],
        finds: &[("missing-party", AEON, "id = \"high-cost-joint-work\"")],
    },
    Case {
        says: "a disclosure to the society itself",
        edits: &[high_cost!(
            "recipient = [\"健康保険組合連合会\"]\nrelation = [\"共同利用\"]\n",
            "recipient = [\"当組合\"]\nrelation = [\"共同利用\"]\n"
        )],
        finds: &[("party-is-society", AEON, "recipient = [\"当組合\"]")],
    },
    Case {
        says: "a disclosure without a relation",
        edits: &[high_cost!("relation = [\"共同利用\"]\n", "")],
        finds: &[("missing-relation", AEON, "id = \"high-cost-joint-work\"")],
    },
    Case {
        says: "a disclosure without a ground",
        edits: &[Swap(
            AEON,
            "ground = [\"joint-use-high-cost\", \"joint-use\"]\n",
            "",
        )],
        finds: &[("missing-ground", AEON, "id = \"high-cost-joint-work\"")],
    },
    Case {
        says: "a disclosure on a ground that does not exist",
        edits: &[Swap(
            AEON,
            "ground = [\"joint-use-high-cost\", \"joint-use\"]",
            "ground = [\"joint-use-high-costs\", \"joint-use\"]",
        )],
        finds: &[(
            "unknown-ground",
            AEON,
            "[\"joint-use-high-costs\", \"joint-use\"]",
        )],
    },
    Case {
        says: "a disclosure to a third party on the ground for the person's own data",
        edits: &[Swap(
            AEON,
            "ground = [\"joint-use-high-cost\", \"joint-use\"]",
            "ground = [\"to-the-person\"]",
        )],
        finds: &[("ground-stays-inside", AEON, "[\"to-the-person\"]")],
    },
    Case {
        says: "an entrustment that is also on the ground of internal use",
        edits: &[Swap(
            AEON,
            "ground = [\"entrustment\"]",
            "ground = [\"entrustment\", \"internal-use\"]",
        )],
        finds: &[("ground-stays-inside", AEON, "\"internal-use\"]")],
    },
    Case {
        says: "特定個人情報 on the ground of ordinary entrustment",
        edits: &[Swap(
            AEON,
            "my_number = \"my-number-entrustment\"",
            "my_number = \"entrustment\"",
        )],
        finds: &[(
            "ground-opens-no-my-number",
            AEON,
            "my_number = \"entrustment\"",
        )],
    },
    Case {
        says: "特定個人情報 collected on a ground of consent",
        edits: &[Swap(
            AEON,
            "my_number = \"my-number-from-employer\"",
            "my_number = \"consent-third-party\"",
        )],
        finds: &[(
            "ground-opens-no-my-number",
            AEON,
            "my_number = \"consent-third-party\"",
        )],
    },
    Case {
        says: "a reading that ends on the day on which it begins",
        edits: &[Swap(
            AEON,
            "id = \"loans\"\n",
            "id = \"loans\"\nfrom = 2026-04-01\nuntil = 2026-04-01\n",
        )],
        finds: &[("bad-period", AEON, "from = 2026-04-01")],
    },
    Case {
        says: "two readings of one clause at one time",
        edits: &[second_loans!("loans-again", "")],
        finds: &[("readings-overlap", AEON, "id = \"loans-again\"")],
    },
];

pub(crate) const ACCEPTED: &[Case] = &[Case {
    says: "one reading of a clause after the other",
    edits: &[
        second_loans!("loans-again", "from = 2026-04-01\n"),
        Swap(
            AEON,
            "id = \"loans\"\n",
            "id = \"loans\"\nuntil = 2026-04-01\n",
        ),
    ],
    finds: &[],
}];
