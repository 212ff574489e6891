//! The rules at the edges of a decision, one sentence each: who a party is, the Individual Number,
//! the day, errors, what is said beside the verdict, and that it is always the same.

use crate::short::{asked, duties, read, record, short};
use mokuteki::{Engine, FlowSpec, Lang, report, rules::Sources};

/// Aeon 3-6 with the Individual Number.
const NUMBERED: &str =
    "data=資格情報 recipient=データ処理業者 relation=委託 activity=資格データ処理 my_number=true";
/// Aeon 3-5.
const SUBROGATION: &str = "recipient=損保会社 relation=第三者提供 activity=求償";

fn findings(text: &str) -> Vec<&'static str> {
    // What rides along with every answer of these days is told elsewhere.
    let of_all = [
        "assumed",
        "law-not-read",
        "notice-not-read",
        "undated",
        "undated-before",
    ];
    let findings = record(text).findings.into_iter().map(|found| found.code);
    findings.filter(|code| !of_all.contains(code)).collect()
}

#[test]
fn the_insured_person_is_the_person_for_their_own_data_and_a_third_party_for_a_dependants() {
    let notice = "society=johas data=医療費情報 recipient=被保険者 activity=医療費通知";
    for subject in ["被保険者", "従業員", "任意継続"] {
        for consent in ["", "refused"] {
            let found = short(&format!("{notice} subject={subject} consent={consent}"));
            assert_eq!(found, "permitted 3-9 to-the-person", "{subject} {consent}");
        }
    }
    // A subject that is open, or wider than the insured, may be the dependant.
    for subject in ["被扶養者", "", "加入者"] {
        let found = short(&format!("{notice} subject={subject}"));
        assert_eq!(
            found, "conditional 3-9 consent-household-notice",
            "{subject}"
        );
    }
    let disclosed = "recipient=被保険者 activity=開示請求対応";
    let own = short(&format!("{disclosed} subject=被保険者"));
    assert_eq!(own, "permitted 7-2 to-the-person");
    let other = record(&format!("{disclosed} subject=被扶養者"));
    assert_eq!(other.verdict, "out_of_scope");
    assert_eq!(other.near_misses[0].clause.label, "7-2");
    // As a sender, too.
    let handed_in = "data=住民票 sender=被保険者 subject=被保険者 activity=被扶養者認定";
    assert_eq!(short(handed_in), "permitted 1-1 receipt");
}

#[test]
fn a_flow_between_two_outside_parties_is_covered_by_no_clause() {
    let between = record(&format!("{SUBROGATION} sender=医療機関"));
    assert_eq!(between.verdict, "out_of_scope");
    let change = &between.near_misses[0].changes[0];
    assert_eq!(
        (change.dimension, change.to[0].as_str()),
        ("sender", "当組合")
    );
    let numbered = format!("{NUMBERED} sender=事業主");
    assert_eq!(short(&numbered), "prohibited");
    let declared = record(&format!("{numbered} basis=番号法19条6号"));
    // 番号法第19条第6号 is for what goes from the society to its contractor, and back.
    assert_eq!(declared.verdict, "prohibited");
    assert!(declared.lawful_otherwise.is_empty());
}

#[test]
fn the_individual_number_stands_on_its_own_act_and_consent_cures_nothing() {
    for consent in ["", "implied", "explicit", "refused"] {
        let on = |basis: &str| format!("{NUMBERED} basis={basis} consent={consent}");
        assert_eq!(
            short(&on("")),
            "conditional 3-6 my-number-entrustment",
            "{consent}"
        );
        assert_eq!(
            short(&on("番号法19条6号")),
            "permitted 3-6 my-number-entrustment",
            "{consent}"
        );
        for basis in ["個情法27条1項1号", "個情法27条5項1号", "健保法205条の4"] {
            let record = record(&on(basis));
            assert_eq!(record.verdict, "prohibited", "{basis} {consent}");
            assert_eq!(record.prohibited_by, ["番号法第19条", "番号法第30条第2項"]);
        }
        // The article as a whole names the right law coarsely; another provision of the act is none of this clause.
        assert_eq!(
            short(&on("番号法19条")),
            "conditional 3-6 my-number-entrustment",
            "{consent}"
        );
        for basis in ["番号法10条", "番号法19条16号"] {
            assert_eq!(short(&on(basis)), "out_of_scope", "{basis} {consent}");
        }
    }
    assert_eq!(asked(NUMBERED), ["basis=番号法第19条第6号"]);
    let supervised = ["permit-subcontracting", "supervise-my-number-contractor"];
    assert_eq!(
        duties(&format!("{NUMBERED} basis=番号法19条6号")),
        supervised
    );
    // Article 28 of the other act adds nothing here.
    let abroad = format!("{NUMBERED} abroad=true basis=個情法28条 consent=explicit");
    assert_eq!(short(&abroad), "prohibited");
    // Without the number the same work is an ordinary entrustment.
    assert_eq!(
        short(&format!("{NUMBERED} my_number=false")),
        "permitted 3-6 entrustment"
    );
}

#[test]
fn article_9_opens_use_and_never_a_disclosure() {
    let used = "data=資格情報 basis=番号法9条1項 my_number=true";
    let for_it = short(&format!("{used} activity=番号利用事務"));
    assert_eq!(for_it, "permitted 1-3 my-number-use");
    let elsewhere = record(&format!("{used} activity=医療費分析"));
    assert_eq!(elsewhere.verdict, "out_of_scope");
    assert_eq!(elsewhere.lawful_otherwise, ["番号法第9条第1項"]);
    let sent = record(&format!("{used} activity=番号利用事務 recipient=事業主"));
    assert_eq!(
        (sent.verdict, sent.lawful_otherwise),
        ("prohibited", Vec::new())
    );
}

#[test]
fn the_individual_number_is_collected_from_the_person_or_the_employer_only() {
    let work = "data=資格情報 activity=番号利用事務 my_number=true";
    let from = |sender: &str, basis: &str| format!("{work} sender={sender} basis={basis}");
    for (sender, basis, ground) in [
        ("本人", "番号法19条3号", "my-number-from-person"),
        ("事業主", "番号法19条2号", "my-number-from-employer"),
    ] {
        assert_eq!(
            short(&from(sender, basis)),
            format!("permitted 1-3 {ground}"),
            "{sender}"
        );
    }
    assert_eq!(asked(&from("本人", "")), ["basis=番号法第19条第3号"]);
    // Each item is for its own parties.
    for (sender, basis) in [
        ("本人", "番号法19条2号"),
        ("本人", "番号法9条1項"),
        ("事業主", "番号法19条3号"),
    ] {
        assert_eq!(
            short(&from(sender, basis)),
            "out_of_scope",
            "{sender} {basis}"
        );
    }
    assert_eq!(short(&from("医療機関", "番号法19条3号")), "prohibited");
    assert_eq!(short(&from("委託業者", "")), "prohibited");
    let ordinary = format!("{} my_number=", from("医療機関", ""));
    // Without a number there is no work that uses it.
    assert_eq!(short(&ordinary), "out_of_scope");
}

#[test]
fn a_successor_takes_the_place_of_the_old_term_from_its_day_on() {
    let cards = "data=資格情報 recipient=印刷発送業者 relation=委託";
    for (activity, before) in [
        ("資格確認書発行", "out_of_scope"),
        ("被保険者証発行", "permitted 1-4 entrustment"),
        ("被保険者証送付", "permitted 1-4 entrustment"),
    ] {
        let on = |as_of: &str| format!("{cards} activity={activity} as_of={as_of}");
        assert_eq!(short(&on("2024-12-01")), before, "{activity}");
        assert_eq!(findings(&on("2024-12-01")), [""; 0], "{activity}");
        assert_eq!(
            short(&on("2024-12-02")),
            "permitted 1-4 entrustment",
            "{activity}"
        );
        assert_eq!(
            findings(&on("2024-12-02")),
            ["superseded-term"],
            "{activity}"
        );
    }
    // The flow's own data, where the clause does not speak of cards.
    let card = |as_of: &str| format!("data=保険証 activity=保険料徴収 as_of={as_of}");
    assert_eq!(findings(&card("2024-12-01")), [""; 0]);
    assert_eq!(findings(&card("2024-12-02")), ["superseded-term"]);
}

#[test]
fn a_body_that_is_not_there_yet_sends_nothing() {
    // Data that is not sensitive may come from anyone: from anyone who exists.
    let sent = |as_of: &str| {
        let flow = "data=資格情報 sender=医療情報基盤・診療報酬審査支払機構 activity=貸付";
        record(&format!("{flow} as_of={as_of}"))
    };
    let before = sent("2026-09-30");
    assert_eq!(before.verdict, "out_of_scope");
    let changes = &before.near_misses[0].changes;
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].dimension, "sender");
    assert_eq!(sent("2026-10-01").verdict, "permitted");
}

#[test]
fn pseudonymised_data_that_may_come_from_a_third_party_is_no_yes_without_a_statute() {
    // A reviewing body is entrusted or a third party: as long as it may be the latter, a statute has to be named.
    let transfer = |relation: &str| {
        let flow = "data=資格情報 form=仮名加工情報 sender=審査支払機関 activity=レセプト振替 channel=オンライン資格確認等システム";
        record(&format!("{flow} relation={relation}")).verdict
    };
    assert_eq!(transfer("委託"), "permitted");
    assert_eq!(transfer("第三者提供"), "prohibited");
    assert_eq!(transfer(""), "conditional");
}

#[test]
fn whoever_is_entrusted_by_a_sentence_is_entrusted_with_all_that_it_says() {
    // 5-3 has two readings: claims for their review, and benefit claims of judo therapists for theirs.
    let passed_on = |data: &str, activity: &str, under: &str| {
        let flow = "sender=点検業者 recipient=再委託先 relation=再委託";
        short(&format!(
            "{flow} data={data} activity={activity} under={under}"
        ))
    };
    let of_claims = |under: &str| passed_on("レセプト", "レセプト点検", under);
    let of_therapists =
        |under: &str| passed_on("柔道整復施術療養費支給申請書", "療養費点検", under);
    for under in [
        "5-3",
        "claim-review-entrusted",
        "reimbursement-review-entrusted",
    ] {
        assert!(of_claims(under).starts_with("conditional 5-3"), "{under}");
        assert!(
            of_therapists(under).starts_with("conditional 5-3"),
            "{under}"
        );
    }
    // Another entrustment is another.
    assert_eq!(of_claims("3-6"), "out_of_scope");
}

#[test]
fn law_that_is_no_ground_is_no_mistake_and_never_opens_anything() {
    let disclosed = "recipient=損保会社 relation=第三者提供 activity=求償 consent=explicit";
    for (basis, code) in [
        // An act that the rules do not hold, and a place of one that they hold.
        ("航空法第58条第1項", "unverified-law"),
        ("個人情報保護法第45条", "without-effect"),
    ] {
        let found = record(&format!("{disclosed} basis={basis}"));
        assert_eq!(found.verdict, "out_of_scope", "{basis}");
        assert!(
            findings(&format!("{disclosed} basis={basis}")).contains(&code),
            "{basis}"
        );
        let written = found.flow.0.iter().find(|(field, _)| *field == "basis");
        assert_eq!(written.map(|(_, text)| text.as_str()), Some(basis));
        // What is prohibited stays so, and where no ground is asked the basis is recorded.
        let refused = format!("{disclosed} basis={basis} consent=refused");
        assert_eq!(record(&refused).verdict, "prohibited", "{basis}");
        let inside = format!("recipient=当組合 activity=レセプト点検 basis={basis}");
        assert_eq!(record(&inside).verdict, "permitted", "{basis}");
        // It is not of 番号法.
        let numbered = format!("{NUMBERED} basis={basis}");
        assert_eq!(record(&numbered).verdict, "prohibited", "{basis}");
    }
    // A number that named another provision until an earlier day is a mistake.
    let old = read(&format!("{disclosed} basis=個人情報保護法第23条第2項"));
    assert!(old.is_err());
}

#[test]
fn every_error_of_a_flow_is_told_in_the_order_of_the_columns() {
    let wrong = "as_of=令和8年4月1日 abroad=TRUE my_number=yes consent=同意 basis=番号法 channel=伝書鳩 \
                 activity=請求 relation=求償 recipient= sender=火星 subject=従業 data=レゼプト society=nowhere";
    let rejected = report::rejected(Some("x"), &read(wrong).unwrap_err(), Lang::En).error;
    let all = std::iter::once(&rejected).chain(&rejected.more);
    let all: Vec<_> = all
        .map(|error| (error.field.as_str(), error.code))
        .collect();
    let expected = [
        ("society", "unknown-society"),
        ("data", "unknown-term"),
        ("subject", "unknown-term"),
        ("sender", "unknown-term"),
        ("recipient", "missing-field"),
        ("relation", "unknown-term"),
        ("activity", "unknown-term"),
        ("channel", "unknown-term"),
        ("basis", "malformed-citation"),
        ("consent", "invalid-value"),
        ("my_number", "invalid-value"),
        ("abroad", "invalid-value"),
        ("as_of", "invalid-date"),
    ];
    assert_eq!(all, expected);
    let empty = Engine::embedded().flows(&FlowSpec::default()).unwrap_err();
    let missing: Vec<_> = empty
        .iter()
        .map(|error| (error.field, error.code()))
        .collect();
    assert_eq!(
        missing,
        ["society", "data", "recipient", "as_of"].map(|field| (field, "missing-field"))
    );
}

#[test]
fn an_unknown_term_comes_with_the_nearest_ones_or_the_field_that_has_it() {
    let help = |text: &str| {
        report::rejected(None, &read(text).unwrap_err(), Lang::En)
            .error
            .help
    };
    assert!(help("data=レゼプト").starts_with("did you mean `レセプト`"));
    assert!(help("recipient=損害保険").contains("`損害保険会社`"));
    assert!(help("data=求償").contains("activity"));
    assert!(help("society=aeno").contains("aeon"));
    assert!(help("consent=yes").contains("none, implied, explicit, refused"));
}

#[test]
fn internal_use_records_any_basis_and_tests_none() {
    for basis in ["番号法19条8号", "個情法27条1項", "健保法57条", "個情法28条"] {
        let record = record(&format!(
            "activity=レセプト点検 basis={basis} consent=refused"
        ));
        assert_eq!(
            (record.verdict, record.lawful_otherwise),
            ("permitted", Vec::new()),
            "{basis}"
        );
    }
}

#[test]
fn what_the_flow_leaves_open_is_what_the_permission_is_limited_to() {
    let limits = |text: &str| -> Vec<String> {
        let limits = record(text).limited_to.0.into_iter();
        limits
            .map(|(name, terms)| format!("{name}={}", terms.join("|")))
            .collect()
    };
    assert_eq!(
        limits("recipient=損保会社"),
        ["relation=第三者提供", "activity=求償"]
    );
    assert_eq!(limits(SUBROGATION), [""; 0]);
    assert_eq!(limits("activity=レセプト点検"), [""; 0]);
    let transfer = limits("data=資格情報 recipient=支払基金 activity=レセプト振替");
    assert_eq!(
        transfer,
        // Either relation stands for 審査支払機関, and none is to be declared.
        ["channel=オンライン資格確認等システム"]
    );
}

#[test]
fn the_narrowest_clause_is_primary_and_the_others_are_listed() {
    for (flow, primary, other) in [
        // 3-5 names one kind of insurer; 6-3 names all of them, and medical institutions.
        (
            "recipient=損保会社 relation=第三者提供 activity=求償の相談・届出",
            "3-5",
            "6-3",
        ),
        // Every box of 4-3 lies inside one of 4-1.
        (
            "data=特定健診データ activity=特定健診",
            "4-3",
            "4-1,4-4,4-6",
        ),
    ] {
        let record = record(flow);
        let others: Vec<&str> = record
            .also
            .iter()
            .map(|clause| clause.label.as_str())
            .collect();
        assert_eq!(
            (record.clause.unwrap().label.as_str(), others),
            (primary, other.split(',').collect())
        );
    }
}

#[test]
fn a_notice_without_dates_holds_from_the_first_day_of_what_it_prints_and_says_so() {
    let before = record("activity=レセプト点検 as_of=2015-10-04");
    assert_eq!(
        (before.verdict, before.rules.edition),
        ("out_of_scope", None)
    );
    for as_of in ["2015-10-05", "2026-04-01", "2099-12-31"] {
        let record = record(&format!("activity=レセプト点検 as_of={as_of}"));
        assert_eq!(record.verdict, "permitted", "{as_of}");
        assert!(
            record.rules.undated && record.rules.edition.is_some(),
            "{as_of}"
        );
    }
}

#[test]
fn a_letter_under_another_statute_points_to_the_exception_of_its_day() {
    for (recipient, basis, as_of, exception) in [
        ("警察", "刑訴法197条2項", "2026-04-01", "27条第1項第1号"),
        ("警察", "刑訴法197条2項", "2021-10-01", "23条第1項第1号"),
        (
            "弁護士会",
            "弁護士法23条の2第2項",
            "2026-04-01",
            "27条第1項第1号",
        ),
        ("消防", "個情法27条1項2号", "2026-04-01", "27条第1項第2号"),
        ("大学", "個情法27条1項7号", "2026-04-01", "27条第1項第7号"),
        ("国", "高確法16条2項", "2026-04-01", "27条第1項第1号"),
    ] {
        let record = record(&format!(
            "recipient={recipient} basis={basis} as_of={as_of}"
        ));
        assert_eq!(record.verdict, "out_of_scope", "{basis}");
        assert_eq!(
            record.lawful_otherwise,
            [format!("個人情報保護法第{exception}")],
            "{basis}"
        );
    }
    for basis in [
        "個情法27条5項1号",
        "個情法27条2項",
        "個情法27条",
        "健保法57条",
    ] {
        let record = record(&format!("recipient=警察 basis={basis}"));
        assert_eq!(
            (record.verdict, record.lawful_otherwise),
            ("out_of_scope", Vec::new()),
            "{basis}"
        );
    }
}

#[test]
fn the_printed_number_is_stale_even_where_no_clause_takes_it() {
    let cited = format!("{SUBROGATION} basis=番号法19条7号");
    assert_eq!(short(&cited), "out_of_scope");
    assert_eq!(findings(&cited), ["stale-citation"]);
    assert_eq!(findings(&format!("{cited} as_of=2021-08-31")), [""; 0]);
}

#[test]
fn the_same_flow_gives_the_same_bytes_from_any_load_of_the_same_rules() {
    let files: Vec<_> = Sources::embedded().iter().cloned().collect();
    let again = Sources::new(files.into_iter().rev().collect());
    let again = Engine::from_sources(&again).unwrap();
    let first = Engine::embedded();
    assert_eq!(again.digest(), first.digest());
    let digests = |engine: &Engine| -> Vec<String> {
        engine
            .notices()
            .map(|notice| notice.digest.clone())
            .collect()
    };
    assert_eq!(digests(&again), digests(first));
    for activity in ["求償", "健診", ""] {
        let spec = FlowSpec {
            society: "aeon",
            data: &["レセプト"],
            recipient: "損保会社",
            activity,
            as_of: "2026-04-01",
            ..FlowSpec::default()
        };
        for lang in [Lang::Ja, Lang::En] {
            let bytes = |engine: &Engine| {
                let decision = engine.explain(&engine.flow(&spec).unwrap());
                serde_json::to_string(&report::record(Some("r"), &[decision], lang)).unwrap()
            };
            assert_eq!(bytes(first), bytes(first));
            assert_eq!(bytes(first), bytes(&again));
        }
    }
}
