//! Answers worked out by hand: what clauses cover, which one is the narrowest, what rides along (1 to 3, 5, 8).

/// (what the row shows, the flow, the answer), in the notation of `tests/oracle_selftest.rs`.
pub(crate) const ROWS: &[(&str, &str, &str)] = &[
    (
        "internal use of ordinary data needs no ground",
        "aeon data=資格情報 to=当組合 for=資格確認",
        "permitted 1-1",
    ),
    (
        "an internal clause also covers collecting what it uses",
        "aeon data=レセプト from=審査支払機関 to=当組合 for=レセプト点検",
        "permitted 5-1",
    ),
    (
        "collecting does not reach another insurer or administrative body",
        "aeon data=レセプト from=市町村 to=当組合 for=レセプト点検",
        "out_of_scope",
    ),
    (
        "the insured person who hands over their own data is the person",
        "aeon subject=任意継続被保険者 data=口座情報 from=被保険者 to=当組合 for=保険給付",
        "permitted 3-1",
    ),
    (
        "the insured person who hands over a dependant's data is not",
        "aeon subject=被扶養者 data=口座情報 from=被保険者 to=当組合 for=保険給付",
        "out_of_scope",
    ),
    (
        "results that come back from the contractor belong to the entrustment",
        "aeon data=健診結果 from=医療機関 to=当組合 as=委託 for=健診",
        "permitted 4-4",
    ),
    (
        "a joint user does not send back",
        "johas data=レセプト from=健康保険組合連合会 to=当組合 as=共同利用 for=健保連医療費分析事業",
        "out_of_scope",
    ),
    (
        "a flow that the society has no part in has no direction",
        "aeon data=資格情報 from=医療機関 to=審査支払機関 for=レセプト振替",
        "out_of_scope",
    ),
    (
        "a term wider than the clause's does not fit",
        "aeon data=個人データ to=事業主",
        "out_of_scope",
    ),
    (
        "what is left open fits; the narrowest clause comes first and the others ride along",
        "johas data=レセプト to=点検業者",
        "permitted 4-2 +4-3 +5-2",
    ),
    (
        "the successor fits nothing before its day",
        "aeon data=資格情報 to=当組合 for=資格確認書発行 on=2024-12-01",
        "out_of_scope",
    ),
    (
        "from its day on the successor fits where the old term is listed",
        "aeon data=資格情報 to=当組合 for=資格確認書発行 on=2024-12-02",
        "permitted 1-2 !superseded-term",
    ),
    (
        "the old term is current until then",
        "aeon data=健康保険被保険者証情報 to=当組合 for=被保険者証発行 on=2024-12-01",
        "permitted 1-2",
    ),
    (
        "the old term goes on fitting, with a finding",
        "johas data=健康保険被保険者証情報 to=当組合 for=資格確認 on=2024-12-02",
        "permitted 1-1 !superseded-term",
    ),
    (
        "a clause printed in the wrong section says so",
        "aeon data=負傷原因情報 to=医療機関 as=第三者提供 for=求償の相談・届出",
        "conditional 6-3 !section-mismatch",
    ),
    (
        "a clause with a misprint says so",
        "johas data=資格情報 from=社会保険診療報酬支払基金 to=当組合 for=再審査請求",
        "permitted 4-5 !misprint",
    ),
    (
        "a clause that may also be a provision to a third party sends no results back",
        "aeon data=資格情報 from=他の医療保険者 to=当組合",
        "conditional 8-3",
    ),
    (
        "nor do they come back from the system that it names",
        "aeon data=資格情報 from=オンライン資格確認等システム to=当組合 for=資格・健診データ登録",
        "out_of_scope",
    ),
    (
        "the results of joint use or a provision do not come back from the employer",
        "aeon data=健診結果 from=事業主 to=当組合 for=コラボヘルス",
        "out_of_scope",
    ),
    (
        "registration goes to the system that the clause names",
        "aeon data=資格情報 to=オンライン資格確認等システム for=資格・健診データ登録",
        "permitted 9-1 !misprint",
    ),
    (
        "and to no other body",
        "aeon data=資格情報 to=他の医療保険者 for=資格・健診データ登録",
        "out_of_scope",
    ),
    (
        "records come in from the system as well as from another insurer",
        "aeon data=特定健診データ from=オンライン資格確認等システム to=当組合 as=第三者提供 for=特定健診",
        "permitted 9-2",
    ),
    (
        "within the society the relation is internal use, whatever the clause lists for the outside",
        "aeon data=レセプト to=当組合 as=内部利用 for=開示請求対応",
        "permitted 7-2",
    ),
    (
        "so it is when the flow leaves it open",
        "aeon data=レセプト to=当組合 for=開示請求対応",
        "permitted 7-2",
    ),
    (
        "and the relation listed for the outside is none for the inside",
        "aeon data=レセプト to=当組合 as=第三者提供 for=開示請求対応",
        "out_of_scope",
    ),
    (
        "disclosure to the person is listed as a provision",
        "aeon data=レセプト to=本人 as=第三者提供 for=開示請求対応",
        "permitted 7-2",
    ),
    (
        "and is not internal use",
        "aeon data=レセプト to=本人 as=内部利用 for=開示請求対応",
        "out_of_scope",
    ),
    (
        "before the day of the successor the narrowest clause is this one",
        "johas data=課税情報 to=当組合 on=2024-12-01",
        "permitted 1-1 +1-3 +6-1",
    ),
    (
        "the successor does not make a clause wider",
        "johas data=課税情報 to=当組合 on=2024-12-02",
        "permitted 1-1 +1-3 +6-1 !superseded-term",
    ),
];
