//! Problems of a notice: its quotes, its numbers, its dates and its editions.

use super::edit::{
    AEON, Case,
    Edit::{Append, Copy, Swap, Text},
    TEXT,
};

const SECOND: &str = "notices/aeon/second.toml";

/// A passage that purpose 7 quotes as its own text.
macro_rules! seventh {
    ($passage:literal) => {
        Swap(
            AEON,
            "title = \"その他\"\nlines = [142, 142]\n",
            concat!(
                "title = \"その他\"\nlines = [142, 142]\n[[purpose.text]]\n",
                $passage,
                "\n"
            ),
        )
    };
}

pub(crate) const QUOTES: &[Case] = &[
    Case {
        // The text is where the help says, and is not reported as uncovered as well.
        says: "a quote off by one line",
        edits: &[Swap(AEON, "lines = [45, 45]", "lines = [46, 46]")],
        finds: &[("quote-not-found", AEON, "lines = [46, 46]")],
    },
    Case {
        says: "a quote that the text does not hold",
        edits: &[seventh!("quote = \"保健事業の委託\"\nlines = [142, 146]")],
        finds: &[("quote-not-found", AEON, "lines = [142, 146]")],
    },
    Case {
        says: "a quote that its lines hold twice",
        edits: &[seventh!("quote = \"業務\"\nlines = [146, 146]")],
        finds: &[("quote-not-unique", AEON, "\"業務\"\n‸lines = [146, 146]")],
    },
    Case {
        says: "a quote of one line in three",
        edits: &[seventh!("quote = \"基礎資料\"\nlines = [145, 147]")],
        finds: &[("lines-too-wide", AEON, "lines = [145, 147]")],
    },
    Case {
        says: "a bullet that is quoted before its clause quotes it",
        edits: &[seventh!(
            "quote = \"・保有個人データ開示請求への対応\"\nlines = [148, 148]"
        )],
        finds: &[(
            "quotes-overlap",
            AEON,
            "id = \"disclosure-requests\"\n‸lines = [148, 148]",
        )],
    },
    Case {
        says: "a heading without its lines",
        edits: &[Swap(
            AEON,
            "title = \"その他\"\nlines = [142, 142]\n",
            "title = \"その他\"\n",
        )],
        finds: &[
            ("syntax", AEON, "number = 7"),
            ("text-not-covered", TEXT, "７．その他"),
        ],
    },
    Case {
        says: "the lines of a heading without its words",
        edits: &[Swap(AEON, "title = \"その他\"\n", "")],
        finds: &[
            ("syntax", AEON, "number = 7"),
            ("text-not-covered", TEXT, "７．その他"),
        ],
    },
    Case {
        says: "a heading as printed that does not hold its title",
        edits: &[Swap(
            AEON,
            "title = \"その他\"\n",
            "title = \"そのほか\"\nquote = \"７．その他\"\n",
        )],
        finds: &[("quote-not-found", AEON, "title = \"そのほか\"")],
    },
    Case {
        says: "a section that says no way, over a clause that says none",
        edits: &[Swap(
            AEON,
            "lines = [144, 144]\ndirection = \"internal\"\n",
            "lines = [144, 144]\n",
        )],
        finds: &[("syntax", AEON, "id = \"work-improvement\"")],
    },
    Case {
        says: "an empty quote",
        edits: &[seventh!("quote = \" \"\nlines = [143, 143]")],
        finds: &[("empty-value", AEON, "quote = \" \"\nlines = [143, 143]")],
    },
    Case {
        says: "lines after the end of the text",
        edits: &[seventh!("quote = \"以上\"\nlines = [204, 204]")],
        finds: &[("lines-out-of-range", AEON, "lines = [204, 204]")],
    },
    Case {
        says: "lines that run backwards",
        edits: &[seventh!("quote = \"以上\"\nlines = [197, 195]")],
        finds: &[("lines-out-of-range", AEON, "lines = [197, 195]")],
    },
    Case {
        says: "lines that begin at zero",
        edits: &[seventh!("quote = \"以上\"\nlines = [0, 197]")],
        finds: &[("lines-out-of-range", AEON, "lines = [0, 197]")],
    },
    Case {
        says: "a bullet that nobody has read",
        edits: &[Text(TEXT, "以上 \n\n", "以上 \n・健康経営の支援\n")],
        finds: &[("text-not-covered", TEXT, "・健康経営の支援")],
    },
    Case {
        says: "a passage is left out that holds nothing",
        edits: &[Append(
            AEON,
            "[[left_out]]\nlines = [2, 3]\nreason = \"空行\"\n",
        )],
        finds: &[("nothing-left-out", AEON, "lines = [2, 3]")],
    },
    Case {
        says: "a passage is left out that is a clause",
        edits: &[Append(
            AEON,
            "[[left_out]]\nlines = [43, 45]\nreason = \"貸付\"\n",
        )],
        finds: &[("nothing-left-out", AEON, "lines = [43, 45]")],
    },
    Case {
        says: "a passage is left out without a reason",
        edits: &[Swap(
            AEON,
            "reason = \"文書の結び「以上」。意味を持たない。\"",
            "reason = \"\"",
        )],
        finds: &[("empty-value", AEON, "reason = \"\"")],
    },
    Case {
        says: "a purpose that skips a number",
        edits: &[
            Text(TEXT, "９．", "10．"),
            Swap(
                AEON,
                "number = 9\nmark = \"９．\"",
                "number = 10\nmark = \"10．\"",
            ),
        ],
        finds: &[("purpose-order", AEON, "number = 10")],
    },
    Case {
        says: "a mark that shows another number",
        edits: &[
            Text(TEXT, "９．", "８．９．"),
            Swap(AEON, "mark = \"９．\"", "mark = \"８．９．\""),
        ],
        finds: &[("mark-mismatch", AEON, "number = 9")],
    },
];

pub(crate) const PRINTED: &[Case] = &[
    Case {
        says: "「等」 that no note reads",
        edits: &[Swap(
            AEON,
            "kind = \"etc\"\non = 2026-11-23\ntext = \"「損保会社等」",
            "kind = \"reading\"\non = 2026-11-23\ntext = \"「損保会社等」",
        )],
        finds: &[(
            "unread-etc",
            AEON,
            "quote = \"第三者行為に係る損保会社等への求償\"",
        )],
    },
    Case {
        says: "a misprint that is not printed",
        edits: &[Swap(
            AEON,
            "printed = \"特定検診データ\"",
            "printed = \"特定検診結果\"",
        )],
        finds: &[("note-not-printed", AEON, "\"特定検診結果\"")],
    },
    Case {
        says: "a number of law that is not printed",
        edits: &[Swap(
            AEON,
            "printed = \"番号法第 19 条第 7 号\"",
            "printed = \"番号法第 19 条第 8 号\"",
        )],
        finds: &[(
            "note-not-printed",
            AEON,
            "printed = \"番号法第 19 条第 8 号\"",
        )],
    },
    Case {
        says: "a printed number of a statute that is not there",
        edits: &[Swap(
            AEON,
            "citation = \"番号法第19条第7号\"",
            "citation = \"番地法第19条第7号\"",
        )],
        finds: &[("bad-place", AEON, "\"番地法第19条第7号\"")],
    },
    Case {
        says: "a printed number that stands for a provision that is not there",
        edits: &[Swap(
            AEON,
            "provision = \"my-number-act/network\"",
            "provision = \"my-number-act/net\"",
        )],
        finds: &[("unknown-provision", AEON, "\"my-number-act/net\"")],
    },
    Case {
        says: "a note of spaces",
        edits: &[Swap(
            AEON,
            "text = \"「検診」は「健診」の誤植。9-2 は「特定健診データ」と印刷する。\"",
            "text = \" \u{3000}\"",
        )],
        finds: &[("empty-value", AEON, "text = \" \u{3000}\"")],
    },
    Case {
        says: "a note made at an hour",
        edits: &[Swap(
            AEON,
            "kind = \"misprint\"\non = 2026-11-23",
            "kind = \"misprint\"\non = 2026-11-23T09:00:00",
        )],
        finds: &[("invalid-date", AEON, "T09:00:00")],
    },
];

pub(crate) const EDITIONS: &[Case] = &[
    Case {
        says: "an edition that says nothing of its dates",
        edits: &[Swap(AEON, "undated = true\n", "")],
        finds: &[("edition-without-dates", AEON, "edition = \"")],
    },
    Case {
        says: "an edition that is dated and undated",
        edits: &[Swap(
            AEON,
            "undated = true\n",
            "undated = true\nfrom = 2026-04-01\n",
        )],
        finds: &[("edition-without-dates", AEON, "edition = \"")],
    },
    Case {
        says: "an edition that ends before it begins",
        edits: &[Swap(
            AEON,
            "undated = true\n",
            "from = 2026-04-01\nuntil = 2025-04-01\n",
        )],
        finds: &[("bad-period", AEON, "from = 2026-04-01")],
    },
    Case {
        says: "two undated editions of one notice",
        edits: &[Copy(AEON, SECOND)],
        finds: &[("editions-overlap", SECOND, "edition = \"")],
    },
    Case {
        says: "a new edition on the last day of the old one",
        edits: &[
            Swap(AEON, "undated = true\n", "until = 2026-04-01\n"),
            Copy(AEON, SECOND),
            Swap(SECOND, "until = 2026-04-01\n", "from = 2026-03-31\n"),
        ],
        finds: &[("editions-overlap", SECOND, "edition = \"")],
    },
    Case {
        says: "a month between two editions",
        edits: &[
            Swap(AEON, "undated = true\n", "until = 2026-04-01\n"),
            Copy(AEON, SECOND),
            Swap(SECOND, "until = 2026-04-01\n", "from = 2026-05-01\n"),
        ],
        finds: &[("editions-gap", SECOND, "edition = \"")],
    },
    Case {
        says: "the id of a society has a space",
        edits: &[Swap(AEON, "society = \"aeon\"", "society = \"ae on\"")],
        finds: &[("bad-society-id", AEON, "society = \"ae on\"")],
    },
    Case {
        says: "an empty id of a society",
        edits: &[Swap(AEON, "society = \"aeon\"", "society = \"\"")],
        finds: &[("empty-value", AEON, "society = \"\"")],
    },
];

pub(crate) const ACCEPTED: &[Case] = &[
    Case {
        says: "a new edition on the day after the old one",
        edits: &[
            Swap(AEON, "undated = true\n", "until = 2026-04-01\n"),
            Copy(AEON, SECOND),
            Swap(SECOND, "until = 2026-04-01\n", "from = 2026-04-01\n"),
        ],
        finds: &[],
    },
    Case {
        says: "a notice without a title",
        edits: &[Swap(
            AEON,
            "[notice.title]\nquote",
            "[[left_out]]\nreason = \"表題\"\n#",
        )],
        finds: &[],
    },
    Case {
        says: "headings whose marks are not their numbers, and a heading as printed",
        edits: &[
            Swap(
                AEON,
                "undated = true\n",
                "undated = true\nnumbered = false\n",
            ),
            Text(TEXT, "７．その他", "【７.その他】"),
            Swap(
                AEON,
                "mark = \"７．\"\ntitle = \"その他\"\n",
                "mark = \"第三\"\nquote = \"【７.その他】\"\ntitle = \"その他\"\n",
            ),
        ],
        finds: &[],
    },
    Case {
        says: "bullets of several kinds",
        edits: &[
            Swap(AEON, "bullet = \"・\"", "bullet = [\"・\", \"(1)\"]"),
            Text(
                TEXT,
                "・保有個人データ開示請求",
                "(1)保有個人データ開示請求",
            ),
        ],
        finds: &[],
    },
    Case {
        says: "a clause under no section that says its own way",
        edits: &[Swap(
            AEON,
            "[[purpose.section]]\nquote = \"【健保組合の内部での利用に係る事例】\"\nlines = [144, 144]\ndirection = \"internal\"\n\n[[purpose.section.clause]]\nid = \"work-improvement\"\n",
            "[[purpose.section]]\nquote = \"【健保組合の内部での利用に係る事例】\"\nlines = [144, 144]\n\n[[purpose.clause]]\nid = \"work-improvement\"\ndirections = [\"internal\"]\n",
        )],
        finds: &[],
    },
];
