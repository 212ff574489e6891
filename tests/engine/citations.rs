//! Citations as people write them, and the outcomes of reading one.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use mokuteki::{
    Day, Engine, FlowSpec, Lang,
    citation::MalformedReason,
    decision::Remark,
    law::{CitationError, Law},
    report,
};

/// A statute's names, as far as they differ in kind.
#[rustfmt::skip]
const NAMES: &[(&str, &[&str])] = &[
    ("番号法", &["番号法", "マイナンバー法", "ﾏｲﾅﾝﾊﾞｰ法", "個人番号法", "番号利用法", "「番号法」"]),
    ("個人情報保護法", &["個人情報保護法", "個情法", "個人情報の保護に関する法律"]),
    ("健康保険法", &["健康保険法", "健保法"]),
    ("高確法", &["高確法", "高齢者医療確保法", "高齢者の医療の確保に関する法律"]),
    ("刑事訴訟法", &["刑事訴訟法", "刑訴法"]),
    ("弁護士法", &["弁護士法"]),
];

/// A statute's full name, its law number, and that in kanji.
#[rustfmt::skip]
const NUMBERS: &[(&str, &str, &str, &str)] = &[
    ("番号法", "行政手続における特定の個人を識別するための番号の利用等に関する法律", "平成25年法律第27号", "平成二十五年法律第二十七号"),
    ("個人情報保護法", "個人情報の保護に関する法律", "平成15年法律第57号", "平成十五年法律第五十七号"),
    ("健康保険法", "健康保険法", "大正11年法律第70号", "大正十一年法律第七十号"),
    ("高確法", "高齢者の医療の確保に関する法律", "昭和57年法律第80号", "昭和五十七年法律第八十号"),
    ("刑事訴訟法", "刑事訴訟法", "昭和23年法律第131号", "昭和二十三年法律第百三十一号"),
    ("弁護士法", "弁護士法", "昭和24年法律第205号", "昭和二十四年法律第二百五号"),
];

/// A statute, the provision, and the ways to write its place.
#[rustfmt::skip]
const PLACES: &[(&str, &str, &[&str])] = &[
    ("番号法", "my-number-act/network", &["第19条第8号", "19条8号", "第十九条第八号", "一九条八号", "第19条八号"]),
    ("番号法", "my-number-act/commission-rules", &["第19条第17号", "第十九条第十七号", "第一九条第一七号"]),
    ("個人情報保護法", "personal-information-protection-act/third-party-1-1", &["第27条第1項第1号", "27条1項1号", "第二十七条第一項第一号", "二七条一項一号"]),
    ("個人情報保護法", "personal-information-protection-act/joint-use", &["第27条第5項第3号", "二十七条五項三号", "第27条5項第三号"]),
    ("個人情報保護法", "personal-information-protection-act/provision-record", &["第29条", "29条", "二十九条", "第二九条"]),
    ("健康保険法", "health-insurance-act/online-eligibility-entrustment", &["第205条の4", "205条の4", "第二百五条の四", "二〇五条の四", "205条の4第1項第2号", "第二百五条の四第一項"]),
    ("健康保険法", "health-insurance-act/number-disclosure-limit", &["第194条の2", "百九十四条の二", "一九四条の二"]),
    ("健康保険法", "health-insurance-act/high-cost-grant", &["附則第2条", "附則2条", "附則第二条", "附則二条"]),
    ("高確法", "elderly-health-care-act/report-to-payment-fund", &["第142条", "百四十二条", "第一四二条"]),
    ("高確法", "elderly-health-care-act/report-to-state", &["第16条第2項", "十六条二項", "一六条二項"]),
    ("刑事訴訟法", "criminal-procedure-act/investigative-inquiry", &["第197条第2項", "百九十七条二項", "一九七条二項"]),
    ("弁護士法", "attorney-act/bar-association-inquiry", &["第23条の2", "二十三条の二", "第二三条の二", "第23条の2第2項"]),
];

fn law() -> &'static Law {
    Engine::embedded().law()
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn read(text: &str) -> Result<String, CitationError> {
    let cited = law().resolve(text, day("2026-04-01"), &[])?;
    Ok(law().provision(cited.provision()).unwrap().id.clone())
}

/// The same text in full width, with spaces between all signs, and both.
fn spellings(text: &str) -> [String; 4] {
    let wide = |c: char| match c {
        '0'..='9' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
        '(' => '（',
        ')' => '）',
        _ => c,
    };
    let full: String = text.chars().map(wide).collect();
    let apart = |text: &str, space: &str| {
        text.chars()
            .map(|c| format!("{c}{space}"))
            .collect::<String>()
    };
    [
        text.to_owned(),
        apart(text, " "),
        apart(&full, "\u{3000}"),
        full,
    ]
}

#[test]
fn a_citation_is_read_in_every_way_of_writing_it() {
    let mut read_so_far = 0;
    for (statute, id, places) in PLACES {
        let names = NAMES
            .iter()
            .filter(|(of, _)| of == statute)
            .flat_map(|(_, names)| names.iter().map(|name| (*name).to_owned()));
        let numbered =
            NUMBERS
                .iter()
                .filter(|(of, ..)| of == statute)
                .flat_map(|(_, full, arabic, kanji)| {
                    [
                        format!("{full}({arabic})"),
                        format!("{full}（{kanji}）"),
                        format!("「{full}」({arabic})"),
                        (*arabic).to_owned(),
                        (*kanji).to_owned(),
                    ]
                });
        for name in names.chain(numbered) {
            for text in places
                .iter()
                .flat_map(|place| spellings(&format!("{name}{place}")))
            {
                assert_eq!(read(&text).as_deref(), Ok(*id), "{text}");
                read_so_far += 1;
            }
        }
    }
    assert!(read_so_far > 1000, "{read_so_far}");
}

#[test]
fn the_lasting_id_of_a_provision_is_a_citation_while_it_stands() {
    assert_eq!(
        read(" my-number-act/network ").as_deref(),
        Ok("my-number-act/network")
    );
    let error = law()
        .resolve("my-number-act/network", day("2014-01-01"), &[])
        .unwrap_err();
    assert!(
        matches!(error, CitationError::NotInForce { now: None, .. }),
        "{error:?}"
    );
    assert!(matches!(
        read("my-number-act/nothing"),
        Err(CitationError::Malformed(_))
    ));
}

#[test]
fn an_article_stored_as_a_whole_takes_deeper_citations_and_one_stored_in_parts_does_not() {
    for (text, id) in [
        (
            "健保法205条の4第1項第2号",
            "health-insurance-act/online-eligibility-entrustment",
        ),
        (
            "健保法附則第2条第1項",
            "health-insurance-act/high-cost-grant",
        ),
        (
            "高確法27条3項",
            "elderly-health-care-act/record-provision-employer",
        ),
        (
            "高確法第142条第1項",
            "elderly-health-care-act/report-to-payment-fund",
        ),
    ] {
        assert_eq!(read(text).as_deref(), Ok(id), "{text}");
    }
    // What stands in the act beside the parts is no part of them.
    for (text, caption) in [
        ("個情法27条3項", "第三者提供の制限"),
        ("健保法150条9項", "保健事業及び福祉事業"),
        ("健保法205条", "地方厚生局長等への権限の委任"),
        ("健保法2条", "基本的理念"),
        ("番号法9条2項", "利用範囲"),
    ] {
        match read(text) {
            Err(CitationError::WithoutEffect(place)) => {
                assert_eq!(place.caption, caption, "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn a_place_that_the_act_does_not_have_is_refused_with_the_nearest_that_it_has() {
    for (text, nearest) in [
        ("個情法27条1項9号", "個人情報保護法第27条第1項第7号"),
        ("個情法27条5項4号", "個人情報保護法第27条第5項第3号"),
        ("個情法27条9項", "個人情報保護法第27条第6項"),
        ("個情法26条3項", "個人情報保護法第26条第2項"),
        ("個情法27条の2", "個人情報保護法第27条"),
        ("健保法150条10項", "健康保険法第150条第9項"),
        ("健保法205条の9", "健康保険法第205条"),
        ("健保法205条の4第9項第99号", "健康保険法第205条の4第2項"),
        (
            "健保法205条の4第1項第2号の3",
            "健康保険法第205条の4第1項第2号",
        ),
        ("健保法附則第57条", "健康保険法附則第"),
        ("番号法19条18号", "番号法第19条第17号"),
        ("番号法19条8号の2", "番号法第19条第8号"),
        ("番号法10条1号", "番号法第10条"),
    ] {
        match read(text) {
            Err(CitationError::NoSuchPlace { nearest: found, .. }) => assert!(
                found.iter().any(|found| found.starts_with(nearest)),
                "{text}: {found:?}"
            ),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn what_cannot_be_read_as_a_citation_is_malformed_and_says_why() {
    use MalformedReason as Why;
    for (text, why) in [
        ("", Why::Empty),
        ("\u{3000} ", Why::Empty),
        ("第19条第8号", Why::NoStatute),
        ("番号法", Why::NoArticle),
        ("番号法第8号", Why::NoArticle),
        ("よしなに", Why::NoArticle),
        ("番号法第条", Why::NoNumber),
        ("番号法第0条", Why::BadNumeral),
        ("番号法第十十条", Why::BadNumeral),
        ("番号法第1十9条", Why::BadNumeral),
        ("番号法第l9条", Why::BadNumeral),
        ("番号法第19²条", Why::BadNumeral),
        ("番号法第10000条", Why::NumberTooLarge),
        ("番号法第19条第8号第1項", Why::OutOfOrder),
        ("番号法第19条第20条", Why::OutOfOrder),
        ("番号法第19条第8号等", Why::Trailing),
        ("番号法第19条第8号イ", Why::Subitem),
        ("番号法第19条第8号と第9号", Why::List),
        ("番号法第19条第8号又は第9号", Why::List),
        ("番号法第27条から第30条まで", Why::Range),
        ("個情法27～30条", Why::Range),
        ("同法第27条", Why::Relative),
        ("個情法第27条第1項及び同条第5項", Why::Relative),
        ("番号法同条第8号", Why::Relative),
        ("個情法27条2項ただし書", Why::Part),
        ("個情法27条1項本文", Why::Part),
        ("個情法29条1項後段", Why::Part),
        ("個情法27条1項各号", Why::Each),
        ("番号法別表第二", Why::Table),
        ("番号法第9条別表2の項", Why::Table),
        ("健保法第205の4条", Why::MisplacedBranch),
        ("番号法19号8条", Why::OutOfOrder),
        ("「番号法第19条第8号", Why::UnclosedParenthesis),
        (
            "健康保険法附則（平成18年法律第83号）第2条",
            Why::AmendingSupplement,
        ),
        (
            "番号法（平成25年法律第27号）（平成15年法律第57号）第19条",
            Why::TwoLawNumbers,
        ),
    ] {
        match read(text) {
            Err(CitationError::Malformed(error)) => assert_eq!(error.reason(), why, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn what_helps_with_a_malformed_citation_speaks_of_that_citation() {
    for (text, readable) in [
        (
            "番号法第19条第8号又は第9号",
            &["番号法第19条第8号", "番号法第19条第9号"][..],
        ),
        ("個情法27条～30条", &["個情法第27条", "個情法第30条"]),
        ("個情法27条2項ただし書", &["個情法第27条第2項"]),
        ("番号法第19条第8号イ", &["番号法第19条第8号"]),
        ("健保法第205の4条", &["健保法第205条の4"]),
        ("番号法第19条第8号第1項", &["番号法第19条第1項第8号"]),
        ("健保法附則第2条第1項前段", &["健保法附則第2条第1項"]),
        (
            "民事訴訟法186条又は226条",
            &["民事訴訟法第186条", "民事訴訟法第226条"],
        ),
        ("同法第27条", &[]),
        ("番号法第8号", &[]),
        ("よしなに", &[]),
        ("番号法別表第二", &[]),
    ] {
        let Err(CitationError::Malformed(error)) = read(text) else {
            panic!("{text}: {:?}", read(text));
        };
        assert_eq!(error.readable(), readable, "{text}");
        // What is offered can be read, and cites the act that was written.
        for offered in error.readable() {
            assert!(mokuteki::citation::parse(offered).is_ok(), "{offered}");
        }
    }
}

#[test]
fn an_act_that_is_not_stored_is_unverified_law_and_never_another_act() {
    for text in [
        "道路交通法第72条",
        "個人情報保護方第27条",
        "地方税法第20条の11",
        "民事訴訟法第1条",
        "生活保護法第29条第9項",
    ] {
        let Err(error @ CitationError::Unverified(_)) = read(text) else {
            panic!("{text}: {:?}", read(text));
        };
        assert!(!error.is_mistake(), "{text}");
    }
    // A name and a number of two laws cite neither.
    assert!(matches!(
        read("番号法（平成15年法律第57号）第19条第8号"),
        Err(CitationError::Unknown { .. })
    ));
    assert!(matches!(
        read("番号法第19条第8号、番号法第9条"),
        Err(CitationError::Malformed(_))
    ));
}

#[test]
fn a_law_number_is_read_with_its_day_and_with_how_the_act_is_called_from_here_on() {
    for name in [
        "平成25年5月31日法律第27号",
        "平成二十五年五月三十一日法律第二十七号",
        "番号法（平成25年5月31日法律第27号）",
        "番号法（平成25年法律第27号。以下「番号法」という。）",
        "行政手続における特定の個人を識別するための番号の利用等に関する法律（平成二十五年法律第二十七号。以下「マイナンバー法」という。）",
        "番号法（以下「法」という。）",
        "番号法（平成25年法律第27号）（以下同じ。）",
        "平成25年法律第27号（番号法）",
        "番号法 平成25年法律第27号 ",
    ] {
        assert_eq!(
            read(&format!("{name}第19条第8号")).as_deref(),
            Ok("my-number-act/network"),
            "{name}"
        );
    }
    for name in [
        "番号法（平成25年13月31日法律第27号）",
        "番号法（平成25年5月32日法律第27号）",
        "番号法（抄）",
    ] {
        assert!(read(&format!("{name}第19条第8号")).is_err(), "{name}");
    }
}

/// A flow over the network with a basis: what the basis names and whether it is stale, or its error.
fn based_on(society: &str, basis: &str, as_of: &str) -> Result<(String, bool), report::Rejected> {
    let engine = Engine::embedded();
    let spec = FlowSpec {
        society,
        data: &["傷病手当金"],
        sender: "他の医療保険者",
        recipient: "当組合",
        basis,
        as_of,
        ..FlowSpec::default()
    };
    let flow = engine
        .flow(&spec)
        .map_err(|errors| report::rejected(None, &errors, Lang::En))?;
    let cited = flow.basis().unwrap();
    let found = engine
        .explain(&flow)
        .remarks()
        .iter()
        .any(|finding| matches!(finding, Remark::StaleCitation { .. }));
    assert_eq!(found, cited.is_stale());
    Ok((
        law().provision(cited.provision()).unwrap().id.clone(),
        found,
    ))
}

#[test]
fn the_number_that_the_notice_prints_means_the_network_while_the_network_is_in_force() {
    for society in ["aeon", "johas"] {
        for as_of in ["2014-01-01", "2015-10-05", "2017-05-29"] {
            let error = based_on(society, "番号法第19条第7号", as_of).unwrap_err();
            assert_eq!(error.error.code, "citation-not-in-force", "{as_of}");
        }
        for (as_of, stale) in [
            ("2017-05-30", false),
            ("2021-08-31", false),
            ("2021-09-01", true),
            ("2026-04-01", true),
        ] {
            for basis in [
                "番号法第19条第7号",
                "マイナンバー法 第 十九 条 第 七 号",
                "平成25年法律第27号１９条７号",
            ] {
                let found = based_on(society, basis, as_of).unwrap();
                assert_eq!(
                    found,
                    ("my-number-act/network".to_owned(), stale),
                    "{society} {basis} {as_of}"
                );
            }
        }
        // Without a notice it is the number of the day; and the notice lends its reading to no other.
        assert_eq!(
            read("番号法第19条第7号").as_deref(),
            Ok("my-number-act/resident-registry")
        );
        let eight = |as_of| based_on(society, "番号法第19条第8号", as_of).unwrap();
        assert_eq!(
            eight("2026-04-01"),
            ("my-number-act/network".to_owned(), false)
        );
        assert_eq!(
            eight("2021-08-31"),
            ("my-number-act/network-ordinance".to_owned(), false)
        );
        assert_eq!(eight("2017-05-29"), ("my-number-act/tax".to_owned(), false));
        assert_eq!(
            based_on(society, "番号法19条8号", "2014-01-01")
                .unwrap_err()
                .error
                .code,
            "citation-not-in-force"
        );
    }
}

#[test]
fn a_slip_of_paragraph_for_item_is_an_error_that_says_what_was_meant() {
    for society in ["aeon", "johas"] {
        let error = based_on(society, "番号法第19条第7項", "2026-04-01")
            .unwrap_err()
            .error;
        assert_eq!(
            (error.code, error.field.as_str()),
            ("no-such-place", "basis")
        );
        assert!(
            error.help.contains("one paragraph") && error.help.contains("番号法第19条第7号"),
            "{}",
            error.help
        );
        // The only paragraph may be given.
        assert_eq!(
            based_on(society, "番号法第19条第1項第8号", "2026-04-01").unwrap(),
            ("my-number-act/network".to_owned(), false)
        );
    }
    let Err(CitationError::NoSuchPlace {
        nearest,
        single_paragraph,
        ..
    }) = read("番号法第19条第7項")
    else {
        panic!("Article 19 has no paragraph 7");
    };
    assert_eq!(
        (nearest, single_paragraph),
        (vec!["番号法第19条第7号".to_owned()], true)
    );
    // An item for a paragraph, in an article that has several.
    let Err(CitationError::NoSuchPlace {
        nearest,
        single_paragraph,
        ..
    }) = read("個情法27条5号")
    else {
        panic!("Article 27 has no item of its own");
    };
    assert_eq!(
        (nearest.first().map(String::as_str), single_paragraph),
        (Some("個人情報保護法第27条第5項"), false)
    );
}

#[test]
fn a_number_of_another_day_says_until_when_it_named_what_and_how_that_is_cited_now() {
    let error = based_on("aeon", "個人情報保護法第23条第1項第2号", "2026-04-01")
        .unwrap_err()
        .error;
    assert_eq!(error.code, "citation-not-in-force");
    assert!(
        error.message.contains("until 2022-03-31") && error.message.contains("生命、身体又は財産"),
        "{}",
        error.message
    );
    assert!(
        error.help.contains("個人情報保護法第27条第1項第2号"),
        "{}",
        error.help
    );
    let early = based_on("aeon", "個人情報保護法第27条第1項第2号", "2022-03-31")
        .unwrap_err()
        .error;
    assert!(
        early.message.contains("from 2022-04-01"),
        "{}",
        early.message
    );
    assert!(
        early.help.contains("個人情報保護法第23条第1項第2号"),
        "{}",
        early.help
    );
}
