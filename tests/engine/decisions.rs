//! The rules of release that are easy to get wrong, one sentence each: consent, basis, joint use,
//! abroad, duties, and several kinds of data.

use crate::short::{asked, duties, read, record, short};
use mokuteki::{Engine, FlowSpec};

/// Aeon 3-5.
const SUBROGATION: &str = "recipient=損保会社 relation=第三者提供 activity=求償";
/// Aeon 4-11.
const COLLABORATIVE: &str = "data=健診結果 recipient=事業主 activity=コラボヘルス";
/// Aeon 3-3.
const TRANSLATION: &str = "data=海外療養費申請書 recipient=翻訳業者 relation=委託 activity=翻訳";
/// Aeon 5-5.
const TRANSFER: &str =
    "data=資格情報 recipient=支払基金 activity=レセプト振替 channel=オンライン資格確認等システム";
/// Aeon 9-2.
const RECORDS: &str =
    "data=特定健診データ sender=前保険者 activity=特定健診 channel=オンライン資格確認等システム";
/// Johas 1-4.
const PAYMENT: &str =
    "society=johas data=高額療養費 recipient=事業主 relation=第三者提供 activity=給付の自動払い";
/// Johas 3-9.
const COST_NOTICE: &str =
    "society=johas data=医療費情報 subject=被扶養者 recipient=被保険者 activity=医療費通知";
/// Johas 6-2.
const CONSULTATION: &str =
    "society=johas recipient=病院 relation=第三者提供 activity=求償の相談・届出";

#[test]
fn each_consent_ground_takes_the_consent_that_it_asks_and_forbids_what_is_refused() {
    let to_employer = format!("{COLLABORATIVE} relation=第三者提供");
    let early = format!("{RECORDS} as_of=2021-10-19");
    for (flow, ground, enough, provision) in [
        (
            PAYMENT,
            "1-4 consent-automatic-payment",
            "implied",
            "27条第1項",
        ),
        (
            COST_NOTICE,
            "3-9 consent-household-notice",
            "implied",
            "27条第1項",
        ),
        (
            SUBROGATION,
            "3-5 consent-subrogation",
            "explicit",
            "27条第1項",
        ),
        (
            CONSULTATION,
            "6-2 consent-subrogation",
            "explicit",
            "27条第1項",
        ),
        (
            &to_employer,
            "4-11 consent-collaborative-health",
            "explicit",
            "27条第1項",
        ),
        (
            &early,
            "9-2 consent-sensitive-receipt",
            "explicit",
            "17条第2項",
        ),
    ] {
        let with = |consent: &str| format!("{flow} consent={consent}");
        let implied = match enough {
            "implied" => "permitted",
            _ => "conditional",
        };
        for (consent, verdict) in [
            ("", "conditional"),
            ("none", "conditional"),
            ("implied", implied),
            ("explicit", "permitted"),
            ("refused", "prohibited"),
        ] {
            assert_eq!(
                short(&with(consent)),
                format!("{verdict} {ground}"),
                "{consent}"
            );
        }
        assert!(
            asked(flow)[0].starts_with(&format!("consent={enough}")),
            "{:?}",
            asked(flow)
        );
        let provision = format!("個人情報保護法第{provision}");
        assert_eq!(
            record(flow).conditions[0].any_of[0]
                .provision
                .as_ref()
                .map(|provision| provision.citation.clone()),
            Some(provision.clone())
        );
        assert_eq!(record(&with("refused")).prohibited_by, [provision]);
    }
}

#[test]
fn subrogation_stands_on_item_2_alone_and_on_article_57_only_beside_consent() {
    let on = |basis: &str, consent: &str| format!("{SUBROGATION} basis={basis} consent={consent}");
    let two = "個情法27条1項2号";
    for consent in ["", "implied", "refused"] {
        assert_eq!(
            short(&on(two, consent)),
            "permitted 3-5 exception-property",
            "{consent}"
        );
    }
    assert_eq!(duties(&on(two, "")), ["mask-not-needed"]);
    for (consent, verdict) in [
        ("", "conditional"),
        ("explicit", "permitted"),
        ("refused", "prohibited"),
    ] {
        let found = short(&on("健保法57条", consent));
        assert_eq!(found, format!("{verdict} 3-5 consent-subrogation"));
    }
    assert_eq!(
        asked(SUBROGATION),
        ["consent=explicit or basis=個人情報保護法第27条第1項第2号"]
    );
    // Another exception is no ground of this clause: a person decides.
    let other = record(&on("個情法27条1項1号", "explicit"));
    assert_eq!(other.verdict, "out_of_scope");
    assert_eq!(
        other.lawful_otherwise,
        [
            "個人情報保護法第27条第1項第1号",
            "個人情報保護法第18条第1項"
        ]
    );
}

#[test]
fn paragraph_1_alone_is_a_ground_only_once_the_consent_stands() {
    let on = |flow: &str, basis: &str, consent: &str| {
        short(&format!("{flow} basis={basis} consent={consent}"))
    };
    // Naming the right law coarsely counts as not declared.
    for (consent, verdict) in [
        ("", "conditional"),
        ("implied", "conditional"),
        ("refused", "prohibited"),
    ] {
        assert_eq!(
            on(SUBROGATION, "個情法27条1項", consent),
            format!("{verdict} 3-5 consent-subrogation"),
            "{consent}"
        );
    }
    assert_eq!(
        on(SUBROGATION, "個情法27条1項", "explicit"),
        "permitted 3-5 consent-subrogation"
    );
    assert_eq!(
        on(PAYMENT, "個情法27条1項", "implied"),
        "permitted 1-4 consent-automatic-payment"
    );
    assert_eq!(
        on(SUBROGATION, "個情法27条", "explicit"),
        "permitted 3-5 consent-subrogation"
    );
    // Publishing the purpose, and opt-out are no consent.
    for basis in ["個情法21条", "個情法27条2項"] {
        assert_eq!(
            on(SUBROGATION, basis, "explicit"),
            "out_of_scope",
            "{basis}"
        );
    }
}

#[test]
fn joint_use_stands_on_its_basis_whatever_the_relation_and_whoever_refused() {
    let on = |relation: &str, more: &str| format!("{COLLABORATIVE} relation={relation} {more}");
    for relation in ["共同利用"] {
        for consent in ["", "refused"] {
            let flow = on(
                relation,
                &format!("basis=個情法27条5項3号 consent={consent}"),
            );
            assert_eq!(
                short(&flow),
                "permitted 4-11 joint-use",
                "{relation} {consent}"
            );
            assert_eq!(duties(&flow), ["joint-use-five-items", "mask-joint-use"]);
        }
    }
    // Without the basis the relation says which ground is asked; a refusal closes that of consent.
    let (consent, basis) = ("consent=explicit", "basis=個人情報保護法第27条第5項第3号");
    assert_eq!(
        asked(&on("第三者提供", "")),
        [format!("{consent} or {basis}")]
    );
    assert_eq!(
        asked(&on("共同利用", "")),
        [format!("{basis} or {consent}")]
    );
    let refused = |relation| on(relation, "consent=refused");
    assert_eq!(short(&refused("共同利用")), "conditional 4-11 joint-use");
    assert_eq!(asked(&refused("共同利用")), [basis]);
    {
        let relation = "第三者提供";
        let found = short(&refused(relation));
        assert_eq!(
            found, "prohibited 4-11 consent-collaborative-health",
            "{relation}"
        );
    }
    // No clause entrusts check-up results to the employer.
    assert_eq!(
        short(&on("共同利用", "basis=個情法27条5項1号 consent=explicit")),
        "out_of_scope"
    );
}

#[test]
fn abroad_asks_for_explicit_consent_or_an_equivalent_system() {
    let to =
        |abroad: &str, consent: &str| format!("{TRANSLATION} abroad={abroad} consent={consent}");
    for (abroad, consent, verdict) in [
        ("false", "", "permitted"),
        ("true", "", "conditional"),
        ("true", "implied", "conditional"),
        ("true", "explicit", "permitted"),
        ("true", "refused", "prohibited"),
        ("equivalent", "", "permitted"),
        ("equivalent", "refused", "permitted"),
    ] {
        let found = short(&to(abroad, consent));
        assert_eq!(
            found,
            format!("{verdict} 3-3 entrustment"),
            "{abroad} {consent}"
        );
    }
    assert_eq!(
        asked(&to("true", "")),
        ["consent=explicit or abroad=equivalent"]
    );
    let refused = to("true", "refused");
    assert_eq!(record(&refused).prohibited_by, ["個人情報保護法第28条"]);
    let then = record(&format!("{refused} as_of=2022-03-31"));
    assert_eq!(then.prohibited_by, ["個人情報保護法第24条"]);

    let at_home = duties(TRANSLATION).len();
    let more = |flow: &str| duties(flow).split_off(at_home);
    assert_eq!(
        more(&to("true", "explicit")),
        ["foreign-information", "record-of-provision"]
    );
    assert_eq!(more(&to("equivalent", "")), ["supervise-foreign-recipient"]);
    // Article 28 is a ground once its consent is given, and before that no worse than silence; its paragraphs 2 and 3
    // are duties.
    for basis in ["個情法28条", "個情法28条1項"] {
        let named = |abroad, consent| short(&format!("{} basis={basis}", to(abroad, consent)));
        assert_eq!(
            named("true", "explicit"),
            "permitted 3-3 entrustment",
            "{basis}"
        );
        assert_eq!(named("true", ""), "conditional 3-3 entrustment", "{basis}");
        assert_eq!(
            named("true", "refused"),
            "prohibited 3-3 entrustment",
            "{basis}"
        );
        assert_eq!(named("false", "explicit"), "out_of_scope", "{basis}");
    }
    let second = format!("{} basis=個情法28条2項", to("true", "explicit"));
    assert_eq!(short(&second), "out_of_scope");
}

#[test]
fn two_consents_are_asked_where_both_the_ground_and_abroad_rest_on_one() {
    let abroad = |consent: &str| format!("{SUBROGATION} abroad=true consent={consent}");
    assert_eq!(asked(&abroad("")).len(), 2);
    assert_eq!(
        short(&abroad("explicit")),
        "permitted 3-5 consent-subrogation"
    );
    let refused = record(&abroad("refused"));
    assert_eq!(refused.verdict, "prohibited");
    assert_eq!(
        refused.prohibited_by,
        ["個人情報保護法第27条第1項", "個人情報保護法第28条"]
    );
}

#[test]
fn a_statutory_exception_needs_no_consent_abroad_either() {
    let abroad = format!("{SUBROGATION} abroad=true basis=個情法27条1項2号");
    for consent in ["", "refused"] {
        let found = short(&format!("{abroad} consent={consent}"));
        assert_eq!(found, "permitted 3-5 exception-property", "{consent}");
    }
    // What Article 28 asks follows from its consent or system, and Article 29 exempts the items.
    assert_eq!(duties(&abroad), ["mask-not-needed"]);
    let to_review = |basis: &str| short(&format!("{TRANSFER} abroad=true basis={basis}"));
    assert_eq!(to_review("個情法27条1項1号"), "permitted 5-5 review-body");
    assert_eq!(to_review("健保法76条5項"), "conditional 5-5 review-body");
}

#[test]
fn a_person_abroad_receives_their_own_data_without_more() {
    for consent in ["", "refused"] {
        let flow = format!("recipient=本人 activity=開示請求対応 abroad=true consent={consent}");
        assert_eq!(short(&flow), "permitted 7-2 to-the-person", "{consent}");
        assert_eq!(duties(&flow), [""; 0]);
    }
}

#[test]
fn a_record_of_provision_is_due_only_where_a_third_party_receives_on_consent() {
    let agreed = |flow: &str| duties(&format!("{flow} consent=explicit"));
    assert_eq!(agreed(SUBROGATION), ["record-of-provision"]);
    assert_eq!(agreed(COLLABORATIVE), ["record-of-provision"]);
    assert_eq!(agreed(PAYMENT), [""; 0]);
    assert_eq!(agreed(COST_NOTICE), ["employer-must-not-read"]);
    // No record for bodies of Article 16(2), wherever they are.
    let report = "society=johas data=特定健診データ recipient=国 activity=国への報告";
    assert_eq!(duties(report), [""; 0]);
    assert_eq!(
        agreed(&format!("{report} abroad=true")),
        ["foreign-information"]
    );
    let network = "data=給付情報 recipient=市町村 activity=給付事務 channel=情報提供ネットワークシステム basis=番号法19条8号";
    assert_eq!(duties(network), ["network-records"]);
}

#[test]
fn a_contractor_is_supervised_where_the_review_body_is_one() {
    let supervised = ["supervise-contractor"];
    assert_eq!(duties(&format!("{TRANSFER} relation=委託")), supervised);
    assert_eq!(
        duties(&format!("{TRANSFER} basis=個情法27条5項1号")),
        supervised
    );
    // As a provision under a statute it is no entrustment.
    let provided = format!("{TRANSFER} relation=第三者提供 basis=個情法27条1項1号");
    assert_eq!(duties(&provided), [""; 0]);
}

#[test]
fn a_ground_counts_from_its_day() {
    let on = |more: &str| format!("{RECORDS} {more}");
    let (early, later) = (on("as_of=2021-10-19"), on("as_of=2021-10-20"));
    assert_eq!(short(&early), "conditional 9-2 consent-sensitive-receipt");
    assert_eq!(short(&later), "permitted 9-2 insurer-records");
    // The statute may be named before, and is not enough.
    let named = format!("{early} basis=高確法27条");
    assert_eq!(short(&named), "conditional 9-2 consent-sensitive-receipt");
    assert_eq!(
        duties(&format!("{named} consent=explicit")),
        ["record-of-receipt"]
    );
    assert_eq!(duties(&format!("{later} basis=高確法27条")), [""; 0]);
}

#[test]
fn several_kinds_of_data_are_as_good_as_the_worst() {
    let found = record(&format!("{SUBROGATION} data=レセプト;健診結果;給付情報"));
    let items: Vec<&str> = found.items.iter().map(|item| item.verdict).collect();
    assert_eq!(items, ["conditional", "out_of_scope", "conditional"]);
    assert_eq!((found.verdict, found.clause), ("out_of_scope", None));
    let refused = record(&format!(
        "{SUBROGATION} data=健診結果;レセプト consent=refused"
    ));
    assert_eq!(refused.verdict, "prohibited");
    assert_eq!(refused.clause.unwrap().label, "3-5");
    assert_eq!(record(SUBROGATION).items, []);
    assert_eq!(
        read(&format!("{SUBROGATION} data=レセプト;給付情報"))
            .unwrap()
            .len(),
        2
    );
    // A flow that is decided alone holds one kind.
    let spec = FlowSpec {
        society: "aeon",
        data: &["レセプト", "給付情報"],
        recipient: "損保会社",
        as_of: "2026-04-01",
        ..FlowSpec::default()
    };
    let errors = Engine::embedded().flow(&spec).unwrap_err();
    let errors: Vec<_> = errors
        .iter()
        .map(|error| (error.field, error.code()))
        .collect();
    assert_eq!(errors, [("data", "invalid-value")]);
}

#[test]
fn nothing_is_cited_that_bears_another_name_on_the_day() {
    // 漏えい等報告 (26条) and the records of a provision (29条, once 25条) came later.
    let analysis = "data=レセプト recipient=分析会社 relation=委託 activity=疾病分析";
    let due = |day: &str| duties(&format!("{analysis} as_of={day}"));
    let reports = |day: &str| due(day).contains(&"leak-report-line".to_owned());
    assert!(!reports("2022-03-31"));
    assert!(reports("2022-04-01"));
    let agreed = |day: &str| duties(&format!("{SUBROGATION} consent=explicit as_of={day}"));
    assert_eq!(agreed("2017-05-29"), [""; 0]);
    assert_eq!(agreed("2017-05-30"), ["record-of-provision"]);
    let record = record(&format!("{SUBROGATION} consent=explicit as_of=2020-04-01"));
    let [duty] = record.duties.as_slice() else {
        panic!("one duty is expected")
    };
    assert_eq!(duty.provisions, ["個人情報保護法第25条"]);
}
