//! Each kind of finding, as a fault of the example repository.

/// A fault, as a change of one file of the example; a file that is not there is made.
pub(crate) struct Seed {
    /// The name of the fault; the code where there is one alone.
    pub(crate) code: &'static str,
    pub(crate) edits: &'static [(&'static str, &'static str, &'static str)],
    pub(crate) args: &'static [&'static str],
    /// Where it is told, as `file:line`, or the file alone.
    pub(crate) place: &'static str,
    pub(crate) exit: i32,
}

const fn seed(
    code: &'static str,
    edits: &'static [(&'static str, &'static str, &'static str)],
    place: &'static str,
    exit: i32,
) -> Seed {
    Seed {
        code,
        edits,
        args: &[],
        place,
        exit,
    }
}

const REGISTER: &str = "mokuteki.toml";
const HEALTH: &str = "flows/health.toml";
const CSV: &str = "interfaces/claim_check.csv";
const TO_EMPLOYER: (&str, &str, &str) = (
    REGISTER,
    "recipient = \"分析会社\"",
    "recipient = \"事業主\"",
);
/// Stands for the end of a file, in the place of words that are replaced.
pub(crate) const END: &str = "";
const EXPIRED: &str = "
[[waiver]]
flow = \"claims/analysis\"
code = \"out-of-scope\"
reason = \"until the new notice is published\"
approver = \"privacy officer\"
provision = \"個人情報保護法第27条第1項第1号\"
approved_on = \"2025-12-01\"
expires = \"2026-03-31\"
";
const UNBOUND: &str = "
[[waiver]]
flow = \"claims/analysis\"
code = \"out-of-scope\"
reason = \"until the new notice is published\"
approver = \"privacy officer\"
provision = \"個人情報保護法第27条第1項第1号\"
approved_on = \"2026-03-01\"
expires = \"2026-03-31\"
";
const UNUSED: &str = "
[[waiver]]
flow = \"claims/check\"
code = \"out-of-scope\"
reason = \"until the new notice is published\"
approver = \"privacy officer\"
provision = \"個人情報保護法第27条第1項第1号\"
approved_on = \"2026-03-01\"
expires = \"2026-04-30\"
";
const SECTION: &str = "
[[flow]]
id = \"injuries\"
data = \"負傷原因情報\"
recipient = \"医療機関\"
relation = \"第三者提供\"
activity = \"求償の相談・届出\"
";
const CITED: &str = "
[[flow]]
id = \"sickness\"
data = \"傷病手当金\"
sender = \"他の医療保険者\"
recipient = \"当組合\"
activity = \"保険給付審査\"
channel = \"情報提供ネットワークシステム\"
basis = \"番号法第19条第7号\"
";
const UNVERIFIED: &str = "
[[flow]]
id = \"review\"
data = \"レセプト\"
recipient = \"当組合\"
activity = \"レセプト点検\"
basis = \"個人情報保護方第27条第1項第1号\"
";
const EFFECTLESS: &str = "
[[flow]]
id = \"review\"
data = \"レセプト\"
recipient = \"当組合\"
activity = \"レセプト点検\"
basis = \"個人情報保護法第45条\"
";
const OLD_CARD: &str = "
[[flow]]
id = \"cards\"
data = \"健康保険被保険者証\"
recipient = \"印刷発送業者\"
relation = \"委託\"
activity = \"被保険者証送付\"
";
const REGISTERED: &str = "
[[flow]]
id = \"checkups\"
data = \"特定健診データ\"
recipient = \"オンライン資格確認等システム\"
activity = \"資格・健診データ登録\"
";

pub(crate) const SEEDS: &[Seed] = &[
    seed(
        "conditional",
        &[(HEALTH, "consent = \"explicit\"\n", "")],
        "flows/health.toml:28",
        2,
    ),
    seed("out-of-scope", &[TO_EMPLOYER], "mokuteki.toml:31", 2),
    seed(
        "prohibited",
        &[(
            REGISTER,
            "activity = \"疾病分析\"",
            "activity = \"疾病分析\"\nmy_number = true",
        )],
        "mokuteki.toml:31",
        2,
    ),
    seed(
        "unreadable-field",
        &[(
            REGISTER,
            "activity = \"疾病分析\"",
            "activity = \"疾病分折\"",
        )],
        "mokuteki.toml:34",
        3,
    ),
    seed(
        "unknown-key",
        &[(REGISTER, "near = 5", "naer = 5")],
        "mokuteki.toml:10",
        3,
    ),
    seed(
        "wrong-type",
        &[(REGISTER, "near = 5", "near = \"5\"")],
        "mokuteki.toml:10",
        3,
    ),
    seed(
        "invalid-value",
        &[(REGISTER, "near = 5", "near = -5")],
        "mokuteki.toml:10",
        3,
    ),
    seed(
        "invalid-date",
        &[(REGISTER, "2026-04-01", "2026-04-31")],
        "mokuteki.toml:6",
        3,
    ),
    seed(
        "register-syntax",
        &[(REGISTER, "near = 5", "near = = 5")],
        "mokuteki.toml:10",
        3,
    ),
    seed(
        "missing-key",
        &[(REGISTER, "id = \"claims/check\"\n", "")],
        "mokuteki.toml:17",
        3,
    ),
    seed(
        "bad-id",
        &[(REGISTER, "id = \"claims/check\"", "id = \"claims check\"")],
        "mokuteki.toml:18",
        3,
    ),
    seed(
        "duplicate-id",
        &[(REGISTER, "id = \"claims/check\"", "id = \"health/generic\"")],
        "flows/health.toml:17",
        3,
    ),
    seed(
        "include-unmatched",
        &[(REGISTER, "flows/*.toml", "flow/*.toml")],
        "mokuteki.toml:2",
        3,
    ),
    seed(
        "bad-glob",
        &[(REGISTER, "\"java/**\"", "\"java/[\"")],
        "mokuteki.toml:24",
        3,
    ),
    seed(
        "bad-pattern",
        &[(REGISTER, "|push)", "|push")],
        "mokuteki.toml:14",
        3,
    ),
    seed(
        "code-glob-unmatched",
        &[(REGISTER, "\"java/**\"", "\"java/**\", \"old/**\"")],
        "mokuteki.toml:24",
        0,
    ),
    seed(
        "flow-without-marker",
        &[(
            "rust/subrogation.rs",
            "// mokuteki: health/subrogation",
            "//",
        )],
        "flows/health.toml:37",
        2,
    ),
    seed(
        "marker-without-flow",
        &[("sql/analysis.sql", "claims/analysis", "claims/analyses")],
        "sql/analysis.sql:1",
        2,
    ),
    seed(
        "marker-outside-code",
        &[("sql/analysis.sql", "claims/analysis", "claims/check")],
        "sql/analysis.sql:1",
        2,
    ),
    seed(
        "sink-without-marker",
        &[("batch/transfer.sh", "sftp", "\n\n\n\n\nsftp")],
        "batch/transfer.sh:9",
        2,
    ),
    seed(
        "exempt-without-reason",
        &[(
            "web/guidance.ts",
            "exempt a health check, no personal data",
            "exempt",
        )],
        "web/guidance.ts:11",
        2,
    ),
    seed(
        "undeclared-field",
        &[(CSV, "drug_code", "hyojun_hoshu")],
        "mokuteki.toml:25",
        0,
    ),
    seed(
        "undeclared-my-number",
        &[(CSV, "drug_code", "kojin_bango")],
        "mokuteki.toml:25",
        2,
    ),
    seed(
        "bad-field-file",
        &[("sql/schema.sql", "claim_year", "claim_years")],
        "mokuteki.toml:36",
        3,
    ),
    seed(
        "unread-statement",
        &[("sql/schema.sql", END, "CREATE GRAPH g (my_number INT);\n")],
        "sql/schema.sql:6",
        2,
    ),
    seed(
        "ignored-field-unused",
        &[(CSV, ",kigo,", ",")],
        "mokuteki.toml:26",
        0,
    ),
    Seed {
        args: &["--today", "2026-04-01"],
        ..seed(
            "waiver-expired",
            &[TO_EMPLOYER, (REGISTER, END, EXPIRED)],
            "mokuteki.toml:48",
            2,
        )
    },
    Seed {
        args: &["--today", "2026-03-15"],
        ..seed(
            "waiver-unbound",
            &[TO_EMPLOYER, (REGISTER, END, UNBOUND)],
            "mokuteki.toml:48",
            2,
        )
    },
    seed(
        "rules-changed",
        &[(REGISTER, "include =", "rules = \"sha256:0\"\ninclude =")],
        "mokuteki.toml:2",
        3,
    ),
    Seed {
        args: &["--today", "2026-04-01"],
        ..seed(
            "waiver-unused",
            &[(REGISTER, END, UNUSED)],
            "mokuteki.toml:48",
            0,
        )
    },
    seed(
        "misprint",
        &[(REGISTER, END, REGISTERED)],
        "mokuteki.toml:48",
        0,
    ),
    seed(
        "section-mismatch",
        &[(REGISTER, END, SECTION)],
        "mokuteki.toml:48",
        2,
    ),
    seed(
        "not-accepted",
        &[(HEALTH, "accepts = [\"consent-unseen\"]\n", "")],
        "flows/health.toml:26",
        2,
    ),
    seed(
        "stale-citation",
        &[(REGISTER, END, CITED)],
        "mokuteki.toml:54",
        0,
    ),
    seed(
        "unverified-law",
        &[(REGISTER, END, UNVERIFIED)],
        "mokuteki.toml:52",
        2,
    ),
    seed(
        "without-effect",
        &[(REGISTER, END, EFFECTLESS)],
        "mokuteki.toml:52",
        2,
    ),
    seed(
        "superseded-term",
        &[(REGISTER, END, OLD_CARD)],
        "mokuteki.toml:48",
        0,
    ),
    Seed {
        args: &["--baseline", "base.json"],
        ..seed(
            "bad-baseline",
            &[("base.json", END, "{}")],
            "base.json:1",
            3,
        )
    },
    Seed {
        args: &["--baseline", "base.json"],
        ..seed(
            "baseline-unused",
            &[("base.json", END, BASELINE)],
            "base.json:1",
            0,
        )
    },
    Seed {
        args: &["--baseline", "base.json"],
        ..seed("unreadable", &[], "base.json", 3)
    },
    Seed {
        args: &["--coverage", "--at-least", "90"],
        ..seed("low-coverage", &[], "mokuteki.toml", 2)
    },
    Seed {
        args: &["empty.toml"],
        ..seed(
            "no-flows",
            &[("empty.toml", END, "[defaults]\nsociety = \"aeon\"\n")],
            "empty.toml",
            3,
        )
    },
    seed(
        "nothing-scanned",
        &[(REGISTER, "near = 5", "near = 5\nexclude = [\"**\"]")],
        "mokuteki.toml",
        3,
    ),
    seed(
        "binary-code",
        &[
            ("batch/transfer.bin", END, "\0\u{1}\0"),
            (
                REGISTER,
                "\"batch/transfer.sh\"",
                "\"batch/transfer.sh\", \"batch/transfer.bin\"",
            ),
        ],
        "mokuteki.toml:45",
        3,
    ),
    seed(
        "not-utf8",
        &[("flows/old.toml", END, BYTES)],
        "flows/old.toml:1",
        3,
    ),
    seed("file-too-large", &[("data.csv", END, LARGE)], "data.csv", 3),
    #[cfg(unix)]
    seed("symlink-loop", &[("java/up", LINK, "..")], "java/up", 3),
    #[cfg(unix)]
    #[cfg(unix)]
    seed(
        "outside-folder",
        &[("flows/lost.toml", LINK, "../../elsewhere.toml")],
        "flows/lost.toml",
        3,
    ),
    seed(
        "marker-contradicts-sink",
        &[(
            REGISTER,
            "recipient = \"審査支払機関\"",
            "recipient = \"当組合\"",
        )],
        "batch/transfer.sh:3",
        2,
    ),
    seed(
        "marker-over-nothing",
        &[("batch/transfer.sh", "sftp -b", "# sftp -b")],
        "batch/transfer.sh:3",
        2,
    ),
    seed(
        "repository-not-scanned",
        &[("rust/.git", END, "gitdir: elsewhere\n")],
        "rust",
        2,
    ),
    Seed {
        args: &["--baseline", "java"],
        ..seed("not-a-file", &[], "java", 3)
    },
    #[cfg(unix)]
    seed(
        "link-not-followed",
        &[("java/lost", LINK, "gone")],
        "java/lost",
        0,
    ),
];

const BASELINE: &str = r#"{"format": 2, "findings": [{"fingerprint": "0", "code": "sink-without-marker", "subject": "", "file": "gone.py"}]}"#;
/// Stands for bytes that are no text.
pub(crate) const BYTES: &str = "\u{1}bytes";
/// Stands for a file that is larger than what is read.
pub(crate) const LARGE: &str = "\u{1}large";
/// Stands for a link, in the place of words that are replaced.
pub(crate) const LINK: &str = "\u{1}link";
