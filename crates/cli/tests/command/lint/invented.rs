//! Each code by a notice that no society has published.

use std::fmt::Write;

use mokuteki::rules::{Source, Sources};
use sha2::{Digest, Sha256};

use super::{lint, told};

/// A notice of one purpose with one section.
pub(crate) struct Notice<'a> {
    pub(crate) heading: &'a str,
    pub(crate) section: &'a str,
    pub(crate) direction: &'a str,
    /// A line under the heading; empty where there is none.
    pub(crate) text: &'a str,
    /// The sentence of each clause and its reading.
    pub(crate) clauses: &'a [(&'a str, &'a str)],
}

pub(crate) const HEADING: &str = "保険給付に必要な利用目的";

impl Notice<'_> {
    /// The rules that ship, with this society in place of theirs.
    pub(crate) fn sources(&self) -> Sources {
        let mut text = format!("利用目的\n1．{}\n", self.heading);
        let mut rules = String::new();
        if !self.text.is_empty() {
            writeln!(text, "{}", self.text).unwrap();
            writeln!(
                rules,
                "[[purpose.text]]\nquote = \"{}\"\nlines = [3, 3]",
                self.text
            )
            .unwrap();
        }
        let mut line = text.lines().count() + 1;
        writeln!(text, "【{}】", self.section).unwrap();
        writeln!(
            rules,
            "[[purpose.section]]\nquote = \"【{}】\"\nlines = [{line}, {line}]\ndirection = \"{}\"",
            self.section, self.direction
        )
        .unwrap();
        for (at, (quote, reading)) in self.clauses.iter().enumerate() {
            line += 1;
            writeln!(text, "・{quote}").unwrap();
            writeln!(rules, "[[purpose.section.clause]]\nid = \"c{at}\"\nlines = [{line}, {line}]\nquote = \"{quote}\"\n{reading}\nreason = \"試験\""
            ).unwrap();
            if quote.contains('等') {
                rules.push_str("[[purpose.section.clause.note]]\nkind = \"etc\"\non = 2026-11-26\ntext = \"ほかに何も含まない\"\n");
            }
        }
        let digest = Sha256::digest(text.as_bytes());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let rules = format!(
            "format = 2\n[notice]\nsociety = \"kasou\"\nname = \"架空健康保険組合\"\nedition = \"試験\"\nundated = true\nread_on = 2026-11-26\nbullet = \"・\"\n\
             [notice.text]\nfile = \"published/kasou.txt\"\nsha256 = \"{hex}\"\n[notice.title]\nquote = \"利用目的\"\nlines = [1, 1]\n\
             [[purpose]]\nnumber = 1\nmark = \"1．\"\ntitle = \"{}\"\nlines = [2, 2]\n{rules}",
            self.heading
        );
        let common = Sources::embedded();
        let shared = common.iter().filter(|source| {
            !source.path.starts_with("notices/") && !source.path.starts_with("published/")
        });
        let file = |path: &str, text: String| Source {
            path: path.to_owned(),
            bytes: text.into_bytes(),
        };
        let own = [
            file("notices/kasou.toml", rules),
            file("published/kasou.txt", text),
        ];
        Sources::new(shared.cloned().chain(own).collect())
    }

    /// The warnings of a day: code and subject.
    fn warnings(&self, day: &str) -> Vec<(String, String)> {
        let findings = lint(&self.sources(), day, false);
        let all = told(&findings);
        all.iter()
            .map(|(code, _, _, subject)| ((*code).to_owned(), (*subject).to_owned()))
            .collect()
    }
}

pub(crate) const INSIDE: &str = "data = [\"給付情報\"]\nactivity = [\"保険給付\"]";
pub(crate) const ENTRUSTED: &str = "data = [\"レセプト\"]\nactivity = [\"レセプト点検\"]\nrecipient = [\"点検業者\"]\nrelation = [\"委託\"]\nground = [\"entrustment\"]";
pub(crate) const CONSENTED: &str = "data = [\"レセプト\"]\nactivity = [\"求償\"]\nrecipient = [\"損害保険会社\"]\nrelation = [\"第三者提供\"]\nground = [\"consent-subrogation\"]";
pub(crate) const JOINT: &str = "data = [\"健診結果\"]\nactivity = [\"コラボヘルス\"]\nrecipient = [\"事業主\"]\nrelation = [\"共同利用\"]\nground = [\"joint-use\"]";

/// A notice of one internal clause.
fn inside(quote: &str) -> Vec<(String, String)> {
    let clauses = &[(quote, INSIDE)];
    let notice = Notice {
        heading: HEADING,
        section: "内部での利用",
        direction: "internal",
        text: "",
        clauses,
    };
    notice.warnings("2026-11-26")
}

/// A notice of one clause that hands data over.
fn outward(quote: &str, reading: &str, text: &str) -> Vec<(String, String)> {
    let clauses = &[(quote, reading)];
    let notice = Notice {
        heading: HEADING,
        section: "他の事業者等への情報提供",
        direction: "outward",
        text,
        clauses,
    };
    notice.warnings("2026-11-26")
}

fn one(code: &str, subject: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), format!("kasou {subject}"))]
}

#[test]
fn a_sound_clause_is_not_remarked() {
    for quote in [
        "保険給付の実施",
        "被保険者等への給付の案内",
        "本人への給付決定の通知",
        "医療機関からの請求の確認",
        "保険者間の調整",
        "記号・番号の確認",
        "がん検診の結果の確認",
        "他の医療機関の紹介",
        "個人情報保護法第27条第5項第3号に定める共同利用の準備",
        "番号法第19条第8号に定める情報連携の準備",
    ] {
        assert_eq!(inside(quote), [], "{quote}");
    }
    assert_eq!(outward("レセプトの点検の委託", ENTRUSTED, ""), []);
}

#[test]
fn a_misprint_is_found_where_it_is_one() {
    for quote in [
        "被保健者への保険給付の実施",
        "健康保健組合の保険給付の実施",
        "特定保険指導の記録による保険給付の実施",
        "加入者情報の紹介及び提供による保険給付",
        "傷病手当て金の支給",
    ] {
        assert_eq!(inside(quote), one("misprint", "1-1"), "{quote}");
    }
}

#[test]
fn a_name_whose_thing_is_gone_is_found() {
    for quote in [
        "保険証の回収",
        "社会保険庁に準じた事務",
        "老人保健法による拠出",
    ] {
        assert_eq!(inside(quote), one("superseded-term", "1-1"), "{quote}");
    }
}

#[test]
fn a_citation_of_another_day_or_of_nothing_is_found() {
    for quote in [
        "個人情報保護法第十五条に定める利用目的の特定",
        "個情法15条に基づく事務",
    ] {
        assert_eq!(inside(quote), one("stale-citation", "1-1"), "{quote}");
    }
    for quote in [
        "行政手続における特定の個人を識別するための番号の利用等に関する法律（平成25年法律第27号）第19条第99号に定める事務",
        "番号法第19条第7項に定める事務",
    ] {
        assert_eq!(inside(quote), one("unknown-citation", "1-1"), "{quote}");
    }
    // A number that another provision bears now names that one: only its meaning could tell.
    assert_eq!(inside("番号法第十九条第七号に定める事務"), []);
}

#[test]
fn an_internal_clause_that_names_a_party_outside_is_found() {
    for quote in [
        "保険会社への給付状況の報告",
        "事業主に対する給付結果の通知",
        "損保会社・医療機関等への相談又は届出",
    ] {
        assert_eq!(inside(quote), one("section-mismatch", "1-1"), "{quote}");
    }
}

#[test]
fn a_purpose_that_says_nothing_is_found() {
    for quote in [
        "医療保険事務に関すること",
        "その他これらに付随する業務",
        "健康保険組合の業務の遂行に必要な事務",
    ] {
        assert_eq!(inside(quote), one("vague-purpose", "1-1"), "{quote}");
    }
    let notice = Notice {
        heading: "医療保険事務に関すること",
        section: "内部での利用",
        direction: "internal",
        text: "",
        clauses: &[("保険給付の実施", INSIDE)],
    };
    assert_eq!(notice.warnings("2026-11-26"), one("vague-purpose", "1"));
    assert_eq!(
        outward("業務の一部の委託", ENTRUSTED, ""),
        one("vague-purpose", "1-1")
    );
    assert_eq!(
        outward("事業主との健康増進のための共同利用", JOINT, ""),
        one("vague-purpose", "1-1")
    );
}

#[test]
fn opt_out_of_data_that_needs_special_care_is_found() {
    let quote = "第三者行為に係る損保会社への求償";
    assert_eq!(outward(quote, CONSENTED, ""), []);
    let text = "お申し出がない限り同意いただいたものとして取り扱います。";
    assert_eq!(outward(quote, CONSENTED, text), one("opt-out", "1-1"));
    // What is not 要配慮 may be provided so, with the notice that the law asks for.
    let plain = CONSENTED.replace("レセプト", "連絡先情報");
    assert_eq!(outward(quote, &plain, text), []);
}

#[test]
fn a_list_of_joint_use_with_a_gap_is_found() {
    let quote = "事業主との健診結果の共同利用";
    assert_eq!(outward(quote, JOINT, ""), []);
    let part = "健診結果は事業主と共同利用します。共同利用者の範囲は事業主です。";
    assert_eq!(outward(quote, JOINT, part), one("joint-use-items", "1-1"));
    let whole = "健診結果は事業主と共同利用します。共同して利用されるデータの項目は健診結果、共同利用者の範囲は事業主、利用する者の利用目的は受診勧奨、管理責任者は当組合です。";
    assert_eq!(outward(quote, JOINT, whole), []);
}

#[test]
fn a_clause_that_decides_nothing_is_found() {
    // Whatever the last has, the two before it have: one each of its kinds of data.
    let reading = |data: &str| format!("data = [{data}]\nactivity = [\"保険給付\"]");
    let [first, second, both] =
        ["\"給付情報\"", "\"課税情報\"", "\"給付情報\", \"課税情報\""].map(reading);
    let notice = Notice {
        heading: HEADING,
        section: "内部での利用",
        direction: "internal",
        text: "",
        clauses: &[
            ("保険給付の実施", &first),
            ("保険給付の負担区分の確認", &second),
            ("保険給付に関する事務の実施", &both),
        ],
    };
    assert_eq!(
        notice.warnings("2026-11-26"),
        one("unreachable-clause", "1-3")
    );
}

#[test]
fn a_clause_within_another_is_a_note() {
    let notice = Notice {
        heading: HEADING,
        section: "内部での利用",
        direction: "internal",
        text: "",
        clauses: &[("保険給付の実施", INSIDE), ("保険給付の再度の実施", INSIDE)],
    };
    assert_eq!(notice.warnings("2026-11-26"), []);
    let findings = lint(&notice.sources(), "2026-11-26", true);
    let covered = told(&findings);
    let covered: Vec<_> = covered
        .iter()
        .filter(|(code, ..)| *code == "covered-clause")
        .collect();
    assert_eq!(covered.len(), 1);
    assert!(covered.iter().all(|(.., subject)| *subject == "kasou 1-2"));
}

#[test]
fn clauses_that_meet_on_other_grounds_are_a_note() {
    let review = "data = [\"レセプト\"]\nactivity = [\"レセプト点検\"]\nrecipient = [\"委託業者\"]\nrelation = [\"委託\"]\nground = [\"exception-property\"]";
    let notice = Notice {
        heading: HEADING,
        section: "他の事業者等への情報提供",
        direction: "outward",
        text: "",
        clauses: &[
            ("レセプト点検の委託", ENTRUSTED),
            ("レセプト点検の依頼", review),
        ],
    };
    let findings = lint(&notice.sources(), "2026-11-26", true);
    let all = told(&findings);
    assert!(
        all.iter()
            .any(|(code, _, _, subject)| *code == "overlapping-clauses" && *subject == "kasou 1-2"),
        "{all:?}"
    );
}
