//! Answers worked out by hand: which grounds are asked and stand, and what allows the rest (4 to 6).

/// (what the row shows, the flow, the answer), in the notation of `tests/oracle_selftest.rs`.
pub(crate) const ROWS: &[(&str, &str, &str)] = &[
    (
        "joint use wants a basis",
        "aeon data=レセプト to=健康保険組合連合会 as=共同利用 for=高額医療給付の共同事業",
        "conditional 3-4",
    ),
    (
        "joint use with its basis",
        "aeon data=レセプト to=健康保険組合連合会 for=高額医療給付の共同事業 by=health-insurance-act/high-cost-grant",
        "permitted 3-4",
    ),
    (
        "automatic payment wants consent",
        "johas data=高額療養費 to=事業主 for=給付の自動払い",
        "conditional 1-4",
    ),
    (
        "implied consent is enough for automatic payment",
        "johas data=高額療養費 to=事業主 for=給付の自動払い consent=implied",
        "permitted 1-4",
    ),
    (
        "refused consent closes a ground that rests on consent",
        "johas data=高額療養費 to=事業主 for=給付の自動払い consent=refused",
        "prohibited 1-4",
    ),
    (
        "implied consent is not enough for subrogation",
        "aeon data=レセプト to=損害保険会社 for=求償 consent=implied",
        "conditional 3-5",
    ),
    (
        "a basis that stands alongside a ground does not replace the consent",
        "aeon data=レセプト to=損害保険会社 for=求償 by=health-insurance-act/subrogation",
        "conditional 3-5",
    ),
    (
        "a basis that stands without consent is untouched by a refusal",
        "aeon data=レセプト to=損害保険会社 for=求償 consent=refused by=personal-information-protection-act/third-party-1-2",
        "permitted 3-5",
    ),
    (
        "the paragraph on consent is no basis until the consent is there",
        "aeon data=レセプト to=損害保険会社 for=求償 by=personal-information-protection-act/third-party-1",
        "out_of_scope",
    ),
    (
        "a refusal does not answer for the joint use that the flow declares",
        "aeon data=健診結果 to=事業主 as=共同利用 for=コラボヘルス consent=refused",
        "conditional 4-11",
    ),
    (
        "a flow that leaves the relation open is asked for the first ground",
        "aeon data=健診結果 to=事業主 for=コラボヘルス consent=refused",
        "prohibited 4-11",
    ),
    (
        "one's own cost notice goes to the person and needs nothing",
        "johas subject=被保険者 data=医療費情報 to=被保険者 for=医療費通知 consent=refused",
        "permitted 3-9",
    ),
    (
        "a dependant's cost notice goes to another person",
        "johas subject=被扶養者 data=医療費情報 to=被保険者 for=医療費通知",
        "conditional 3-9",
    ),
    (
        "with the subject left open the insured person stays who they are",
        "johas data=医療費情報 to=被保険者 for=医療費通知 consent=refused",
        "prohibited 3-9",
    ),
    (
        "abroad wants consent",
        "aeon data=海外療養費申請書 to=翻訳業者 as=委託 for=海外療養費の翻訳 abroad=true consent=implied",
        "conditional 3-3",
    ),
    (
        "abroad with consent",
        "aeon data=海外療養費申請書 to=翻訳業者 for=海外療養費の翻訳 abroad=true consent=explicit",
        "permitted 3-3",
    ),
    (
        "abroad with the consent refused",
        "aeon data=海外療養費申請書 to=翻訳業者 for=海外療養費の翻訳 abroad=true consent=refused",
        "prohibited 3-3",
    ),
    (
        "an equivalent country is as at home",
        "aeon data=海外療養費申請書 to=翻訳業者 for=海外療養費の翻訳 abroad=equivalent consent=refused",
        "permitted 3-3",
    ),
    (
        "disclosure to the person is free wherever they live",
        "aeon data=レセプト to=本人 for=開示請求対応 abroad=true",
        "permitted 7-2",
    ),
    (
        "the Individual Number has no way through a clause that its act does not open, whatever is consented to",
        "aeon data=資格情報 to=事業主 for=人事労務 my_number consent=explicit",
        "prohibited",
    ),
    (
        "another act is no basis for the Individual Number",
        "aeon data=レセプト to=警察 my_number by=personal-information-protection-act/third-party-1-1",
        "prohibited",
    ),
    (
        "a clause that the act opens wants the act's basis",
        "aeon data=資格情報 to=データ処理業者 as=委託 for=資格データ処理 my_number",
        "conditional 3-6",
    ),
    (
        "a clause that the act opens, with its basis",
        "aeon data=資格情報 to=データ処理業者 for=資格データ処理 my_number by=my-number-act/entrustment-or-succession",
        "permitted 3-6",
    ),
    (
        "an item of the act without a clause is for a person to decide",
        "aeon data=資格情報 to=本人 my_number by=my-number-act/use-operator",
        "out_of_scope =my-number-act/use-operator",
    ),
    (
        "the network wants its item declared",
        "aeon data=傷病手当金 from=他の医療保険者 to=当組合 for=保険給付審査 over=情報提供ネットワークシステム",
        "conditional 8-1",
    ),
    (
        "a basis that no ground of the clause admits puts the flow outside it",
        "johas data=傷病手当金 from=他の医療保険者 to=当組合 for=保険給付審査 by=personal-information-protection-act/entrustment",
        "out_of_scope",
    ),
    (
        "check-up records between insurers wanted consent",
        "aeon data=特定健診データ from=他の医療保険者 to=当組合 as=第三者提供 for=特定健診 on=2021-10-19",
        "conditional 9-2",
    ),
    (
        "since the statute carries them they do not",
        "aeon data=特定健診データ from=他の医療保険者 to=当組合 as=第三者提供 for=特定健診 on=2021-10-20",
        "permitted 9-2",
    ),
    (
        "a refusal counted while consent was the only ground",
        "johas data=特定健診データ from=他の医療保険者 to=当組合 as=第三者提供 for=特定健診 on=2021-10-19 consent=refused",
        "prohibited 8-2",
    ),
    (
        "an inquiry that a statute orders falls under the exception of the other act",
        "aeon data=レセプト to=警察 as=第三者提供 by=criminal-procedure-act/investigative-inquiry",
        "out_of_scope =personal-information-protection-act/third-party-1-1",
    ),
    (
        "records of another insurer still wanted consent when the relation is left open",
        "aeon data=特定健診データ from=他の医療保険者 to=当組合 on=2021-10-01",
        "conditional 9-2",
    ),
    (
        "with the consent to going abroad its article is an admitted basis of an entrustment",
        "aeon data=海外療養費申請書 to=翻訳業者 as=委託 for=海外療養費の翻訳 abroad=true consent=explicit by=personal-information-protection-act/abroad",
        "permitted 3-3",
    ),
    (
        "so is its first paragraph",
        "aeon data=海外療養費申請書 to=翻訳業者 as=委託 for=海外療養費の翻訳 abroad=true consent=explicit by=personal-information-protection-act/abroad-1",
        "permitted 3-3",
    ),
    (
        "but not what lies beside it in the article",
        "aeon data=海外療養費申請書 to=翻訳業者 as=委託 for=海外療養費の翻訳 abroad=true consent=explicit by=personal-information-protection-act/abroad-2",
        "out_of_scope",
    ),
    (
        "without enough consent it is no basis",
        "aeon data=海外療養費申請書 to=翻訳業者 as=委託 for=海外療養費の翻訳 abroad=true consent=implied by=personal-information-protection-act/abroad",
        "out_of_scope",
    ),
    (
        "nor at home",
        "aeon data=海外療養費申請書 to=翻訳業者 as=委託 for=海外療養費の翻訳 consent=explicit by=personal-information-protection-act/abroad",
        "out_of_scope",
    ),
    (
        "nor in an equivalent country",
        "aeon data=海外療養費申請書 to=翻訳業者 as=委託 for=海外療養費の翻訳 abroad=equivalent consent=explicit by=personal-information-protection-act/abroad",
        "out_of_scope",
    ),
    (
        "towards the person abroad asks nothing and a basis is only recorded",
        "aeon data=レセプト to=本人 for=開示請求対応 abroad=true consent=explicit by=personal-information-protection-act/abroad",
        "permitted 7-2",
    ),
    (
        "that it is admitted does not make another ground stand",
        "aeon data=レセプト to=健康保険組合連合会 for=高額医療給付の共同事業 abroad=true consent=explicit by=personal-information-protection-act/abroad",
        "conditional 3-4",
    ),
    (
        "one consent may serve the ground and going abroad",
        "aeon data=レセプト to=損害保険会社 for=求償 abroad=true consent=explicit by=personal-information-protection-act/abroad",
        "permitted 3-5",
    ),
    (
        "a statutory exception is asked nothing abroad",
        "aeon data=レセプト to=損害保険会社 for=求償 abroad=true by=personal-information-protection-act/third-party-1-2",
        "permitted 3-5",
    ),
    (
        "the Individual Number comes in from the person",
        "aeon data=レセプト from=本人 to=当組合 for=番号利用事務 my_number by=my-number-act/from-person",
        "permitted 1-3",
    ),
    (
        "from the insured person as the person",
        "aeon subject=被保険者 data=レセプト from=被保険者 to=当組合 for=番号利用事務 my_number by=my-number-act/from-person",
        "permitted 1-3",
    ),
    (
        "and from the employer",
        "aeon data=レセプト from=事業主 to=当組合 for=番号利用事務 my_number by=my-number-act/related-operator",
        "permitted 1-3",
    ),
    (
        "the permission to use it is the beginning of its use",
        "aeon data=レセプト from=本人 to=当組合 for=番号利用事務 my_number by=my-number-act/number-use",
        "permitted 1-3",
    ),
    (
        "coming in without a basis it wants one",
        "aeon data=レセプト from=本人 to=当組合 for=番号利用事務 my_number",
        "conditional 1-3",
    ),
    (
        "the item for coming in is not one for using it",
        "aeon data=レセプト to=当組合 for=番号利用事務 my_number by=my-number-act/from-person",
        "out_of_scope =my-number-act/from-person",
    ),
    (
        "its use within the society",
        "aeon data=レセプト to=当組合 for=番号利用事務 my_number by=my-number-act/number-use",
        "permitted 1-3",
    ),
    (
        "it does not come in from those who send ordinary data",
        "aeon data=レセプト from=医療機関 to=当組合 for=番号利用事務 my_number by=my-number-act/number-use",
        "out_of_scope",
    ),
    (
        "who go on sending that",
        "aeon data=レセプト from=医療機関 to=当組合 for=番号利用事務",
        "permitted 1-3",
    ),
    (
        "and without a basis of the act that is prohibited",
        "aeon data=レセプト from=医療機関 to=当組合 for=番号利用事務 my_number",
        "prohibited",
    ),
    (
        "the contractor sends it back under the entrustment",
        "aeon data=資格情報 from=データ処理業者 to=当組合 for=資格データ処理 my_number by=my-number-act/entrustment-or-succession",
        "permitted 3-6",
    ),
    (
        "what opens its use allows no disclosure",
        "aeon data=レセプト to=製薬会社 my_number by=my-number-act/number-use",
        "out_of_scope",
    ),
    (
        "but use for other work is for a person to decide",
        "aeon data=レセプト to=当組合 for=人事労務 my_number by=my-number-act/number-use",
        "out_of_scope =my-number-act/number-use",
    ),
    (
        "an item that opens a provision may allow a disclosure",
        "aeon data=レセプト to=製薬会社 my_number by=my-number-act/life-body-property",
        "out_of_scope =my-number-act/life-body-property",
    ),
    (
        "the article without an item opens nothing",
        "aeon data=レセプト to=製薬会社 my_number by=my-number-act/article-19",
        "prohibited",
    ),
];
