use std::panic::catch_unwind;

use super::{MalformedReason::*, *};

fn place(text: &str) -> Place {
    Place::parse(text).unwrap()
}

fn canonical(text: &str) -> String {
    let Written {
        name,
        law_number,
        place,
    } = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    law_number.map_or_else(
        || format!("{name} {place}"),
        |number| format!("{name} [{number}] {place}"),
    )
}

/// Numbers as some notation writes them.
type Notation = fn(u16) -> String;

const NOTATIONS: [(&str, Notation); 4] = [
    ("half-width", |n| n.to_string()),
    ("full-width", |n| {
        n.to_string()
            .chars()
            .map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap())
            .collect()
    }),
    ("kanji", numeral::kanji),
    ("positional kanji", numeral::kanji_digits),
];

/// Prints a place in a notation, with a separator between all signs and with or without 第.
fn write(place: Place, number: Notation, separator: &str, dai: &str) -> String {
    let mut signs: Vec<String> = Vec::new();
    let mut part = |dai: &str, n: u16, sign: &str, branches: &[u16]| {
        signs.extend([dai.to_owned(), number(n), sign.to_owned()]);
        for branch in branches.iter().filter(|branch| **branch > 0) {
            signs.extend(["の".to_owned(), number(*branch)]);
        }
    };
    part(dai, place.article, "条", &place.branches);
    // A number after a branch number keeps its 第.
    let after = if place.branches == [0; 3] { dai } else { "第" };
    if let Some(n) = place.paragraph {
        part(after, n, "項", &[]);
    }
    if let Some(n) = place.item {
        let after = place.paragraph.map_or(after, |_| dai);
        part(after, n, "号", &place.item_branches);
    }
    if place.supplementary {
        signs.insert(0, "附則".to_owned());
    }
    signs.join(separator)
}

#[test]
fn every_place_is_read_back_in_each_notation() {
    let mut read = 0;
    for article in 1..=250 {
        for branches in [[0; 3], [2, 0, 0], [14, 0, 0], [2, 3, 0], [2, 11, 3]] {
            for paragraph in [None, Some(1), Some(10), Some(21)] {
                for (item, item_branches) in [
                    (None, [0; 2]),
                    (Some(8), [0; 2]),
                    (Some(12), [3, 0]),
                    (Some(2), [1, 20]),
                ] {
                    for supplementary in [false, true] {
                        let place = Place {
                            supplementary,
                            article,
                            branches,
                            paragraph,
                            item,
                            item_branches,
                        };
                        assert_eq!(Place::parse(&place.to_string()), Ok(place));
                        for (name, number) in NOTATIONS {
                            for (separator, dai) in [
                                ("", "第"),
                                ("", ""),
                                (" ", "第"),
                                ("\u{3000}\u{A0}", ""),
                                ("\t\n", "第"),
                            ] {
                                let text = format!(
                                    "健保法{separator}{}",
                                    write(place, number, separator, dai)
                                );
                                let written = parse(&text)
                                    .unwrap_or_else(|error| panic!("{name} {text}: {error}"));
                                assert_eq!(
                                    (written.name.as_str(), written.place),
                                    ("健保法", place),
                                    "{name} {text}"
                                );
                                read += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(read, 250 * 5 * 4 * 4 * 2 * 4 * 5);
}

#[test]
fn citations_as_people_write_them() {
    let full = "行政手続における特定の個人を識別するための番号の利用等に関する法律";
    let numbered = format!("{full} [平成25年法律第27号] 第19条第8号");
    for number in [
        "（平成25年法律第27号）",
        "(平成二十五年法律第二十七号)",
        "（平成２５年 法律第２７号）",
    ] {
        assert_eq!(canonical(&format!("{full}{number}第19条第8号")), numbered);
        assert_eq!(
            canonical(&format!("「{full}」{number}第十九条第八号")),
            numbered
        );
        assert_eq!(
            canonical(&format!("『{full}{number}』一九条八号")),
            numbered
        );
    }
    let table = "
        番号法19条8号 => 番号法 第19条第8号
         番号法 第 １９ 条\t第 ８ 号  => 番号法 第19条第8号
        個情法27条5項3号 => 個情法 第27条第5項第3号
        健康保険法第二百五条の四第1項第２号 => 健康保険法 第205条の4第1項第2号
        健保法二〇五条の四 => 健保法 第205条の4
        健保法百九十四条の二 => 健保法 第194条の2
        健保法9条の2の3 => 健保法 第9条の2の3
        健康保険法附則第2条 => 健康保険法 附則第2条
        健保法 附則 2条 => 健保法 附則第2条
        健保法（大正11年法律第70号）附則第2条 => 健保法 [大正11年法律第70号] 附則第2条
        健保法3条2号の3 => 健保法 第3条第2号の3
        平成25年法律第27号第19条第8号 =>  [平成25年法律第27号] 第19条第8号
        平成25年法律27号19条8号 =>  [平成25年法律第27号] 第19条第8号
        （平成25年法律第27号）第19条 =>  [平成25年法律第27号] 第19条
        平成25年法律第27号（平成二五年法律二七号）第19条 =>  [平成25年法律第27号] 第19条
        令和6年デジタル庁・総務省令第9号第2条 =>  [令和6年デジタル庁・総務省令第9号] 第2条
        安全保障条約第六条に基づく刑事特別法第5条 => 安全保障条約第六条に基づく刑事特別法 第5条
        第二種法第1条 => 第二種法 第1条
        ○○法（案）第1条 => ○○法(案) 第1条
        「甲」及び「乙」第1条 => 「甲」及び「乙」 第1条
        民法第\u{2F17}\u{F9D1}条 => 民法 第16条";
    for (text, wanted) in table
        .lines()
        .filter_map(|line| line.trim_start().split_once(" => "))
    {
        assert_eq!(canonical(text), wanted, "{text}");
    }
}

#[test]
fn each_way_to_be_malformed_has_its_reason() {
    let cases = [
        (Empty, "| |\u{3000}\t\n\u{A0}"),
        (NoStatute, "第19条|19条8号|附則第2条|「」第1条"),
        (
            NoArticle,
            "番号法|番号法第8号|番号法第|条|安全保障条約|番号法（平成25年法律第27号）",
        ),
        (
            NoNumber,
            "番号法第条|番号法第第19条|法第19条第項|法第19条号|健保法205条の4 1項",
        ),
        (
            BadNumeral,
            "法第0条|法第〇条|法第019条|法第十十条|法第百千条|法第一十九条|法第1十9条|法1十9条",
        ),
        (
            BadNumeral,
            "法第○条|法第二○五条|法二○五条|○19条|法第l9条|法第Ⅲ条|法第1条第1O項|法第19²条",
        ),
        (
            BadNumeral,
            "法第①条|法第1条の0|法第1条の○|法第1条第0号|法㈠第1条|法二◯五条|法二零五条",
        ),
        (
            NumberTooLarge,
            "法第10000条|法第一万条|法第1条第99999999999999999999項|法第1条の12345",
        ),
        (
            OutOfOrder,
            "法第19条第8号第1項|法第1条第1項第1項|法第1条第1号第1号|法第19条第20条|第19条第20条",
        ),
        (
            OutOfOrder,
            "法1条1項2条|「法第1条」第2条|法第1条（平成25年法律第27号）第2条",
        ),
        (
            List,
            "番号法第19条第8号と第9号|番号法第19条第8号と第20条第1号|番号法第19条、第20条|法19・20条",
        ),
        (
            Range,
            "番号法第19条から第21条|法第19条から第21条まで|法19~21条",
        ),
        (Each, "法第27条第5項各号"),
        (
            Subitem,
            "法第1条第1号イ|法第1条第1号ロ|法第1条第1項第2号(1)",
        ),
        (Part, "法第1条柱書|法第1条第2項ただし書|法第1条後段"),
        (MisplacedBranch, "法第205の4条|法第1条第2の3号"),
        (Table, "法別表第二|法第9条別表"),
        (Relative, "同法第27条|法第1条及び同条第2項"),
        (Trailing, "番号法第19条第8号等|法第1条の|法第1条第8|法1条8"),
        (
            Trailing,
            "法第1条の2の3の4の5|法第1条第1号の2の3の4|（番号法第19条）|「番号法第19条」|法第1条\u{200B}|法第1条条",
        ),
        (
            UnclosedParenthesis,
            "番号法（平成25年法律第27号第19条|「番号法第19条|番号法」第19条|「番号法）第1条",
        ),
        (
            AmendingSupplement,
            "健保法附則（平成18年法律第83号）第2条|「健保法附則」第2条|健保法附則附則第2条",
        ),
        (
            TwoLawNumbers,
            "平成25年法律第27号（平成15年法律第57号）第1条",
        ),
    ];
    for (reason, texts) in cases {
        for text in texts.split('|') {
            let error = parse(text).expect_err(text);
            assert_eq!(error.reason(), reason, "{text}: {error}");
            let message = error.to_string();
            assert!(message.starts_with(char::is_lowercase), "{message}");
            assert!(
                !message.ends_with('.') && !message.contains('\n'),
                "{message}"
            );
        }
    }
}

#[test]
fn a_place_alone_takes_nothing_around_it() {
    assert_eq!(place(" 附則 二条 ").to_string(), "附則第2条");
    for (text, reason) in [
        ("", Empty),
        ("番号法第19条", Leading),
        ("第19条第20条", OutOfOrder),
        ("第19条と第20条", List),
        ("第2号", NoArticle),
    ] {
        assert_eq!(
            Place::parse(text).map_err(|error| error.reason()),
            Err(reason),
            "{text}"
        );
    }
}

#[test]
fn a_place_contains_its_parts_and_no_branch() {
    let inside = "第19条 第19条|第19条 第19条第8号|第19条 第19条第1項第8号|第19条第1項 第19条第1項第8号|\
        第205条の4 第205条の4第1項第2号|第1条第2号の3 第1条第2号の3|附則第2条 附則第2条第1項|第19条第8号 第19条第1項第8号";
    let outside = "第19条第1項 第19条第8号|第19条第1項 第19条|第205条 第205条の4|第205条の4 第205条|\
        第1条第2号 第1条第2号の3|第2条 附則第2条|第19条第8号 第19条|第19条第1項 第19条第2項";
    for (pairs, wanted) in [(inside, true), (outside, false)] {
        for (outer, inner) in pairs.split('|').filter_map(|pair| pair.split_once(' ')) {
            assert_eq!(
                place(outer).contains(place(inner)),
                wanted,
                "{outer} {inner}"
            );
        }
    }
}

#[test]
fn places_are_in_the_order_of_the_statute() {
    let ordered = "第2条 第2条第1号 第2条第1項 第2条第1項第2号 第2条第1項第2号の2 第2条第1項第10号 第2条第2項 第2条の2 第10条 附則第1条";
    assert!(ordered.split(' ').map(place).is_sorted_by(|a, b| a < b));
}

#[test]
fn law_numbers_become_canonical() {
    for (text, wanted) in [
        ("平成二十五年法律第二十七号", "平成25年法律第27号"),
        ("大正１１年 法律 第７０号", "大正11年法律第70号"),
        ("明治二十九年法律第八十九号", "明治29年法律第89号"),
        ("昭和六四年厚生省令第1号", "昭和64年厚生省令第1号"),
        ("令和元年政令第百号", "令和1年政令第100号"),
        (
            "令和六年デジタル庁・総務省令第九号",
            "令和6年デジタル庁・総務省令第9号",
        ),
        ("㍻25年法律第27号", "平成25年法律第27号"),
    ] {
        assert_eq!(law_number(text).as_deref(), Some(wanted), "{text}");
    }
    let others = "|番号法|平成25年|平成25年法律第27|平成25年第27号|平成32年法律第1号|平成0年法律第1号|\
        平成25年省令第1号|平成25年法律第²7号|平成25年法律第27号第1条|平成25年二省令第1号|25年法律第1号";
    for text in others.split('|') {
        assert_eq!(law_number(text), None, "{text}");
    }
}

#[test]
fn normalising_a_name_twice_changes_nothing() {
    for name in [
        "番号法",
        "ﾏｲﾅﾝﾊﾞｰ 法",
        "か゛",
        "か \u{3099}法",
        "Ａ\u{FEFF}法",
    ] {
        let once = normalize_name(name);
        assert_eq!(normalize_name(&once), once, "{name}");
    }
}

#[test]
fn messages_are_one_short_line_for_any_input() {
    let error = parse(&format!("法第1条\u{0}\u{1B}[31m{}", "長".repeat(10_000))).unwrap_err();
    assert!(
        error.to_string().chars().count() < 100 && !error.to_string().contains(char::is_control)
    );
}

/// Whatever is read prints as a citation of the same place.
fn check(text: &str) -> bool {
    let result = catch_unwind(|| (parse(text), Place::parse(text), law_number(text)));
    let (Ok(written), _, _) = result.unwrap_or_else(|_| panic!("panicked on {text:?}")) else {
        return false;
    };
    let statute = if written.name.is_empty() {
        written.law_number.clone().unwrap()
    } else {
        written.name.clone()
    };
    let printed = format!("{statute}{}", written.place);
    let again = parse(&printed).unwrap_or_else(|error| panic!("{text:?} -> {printed:?}: {error}"));
    assert_eq!(
        (again.place, again.name),
        (written.place, written.name),
        "{text:?} -> {printed:?}"
    );
    true
}

#[test]
fn no_text_panics() {
    let hostile = "\u{0}|条|条条条|第|の|第条第項第号|附則|附則附則附則1条|()第1条|）（第1条|「」|「『』」1条|号項条|\u{10FFFF}1条|é1条|\
        e\u{301}1条\u{301}|\u{202E}条91法|👨‍👩‍👧第1条|法第\u{3099}1条|ゝ゛第1条|年号|平成年法律第号|\u{FDFA}1条|法第1条のの2|\
        平成25年(平成25年法律第27号)(平成25年法律第27号)1条|健保法附則(平成25年法律第27号)(平成15年法律第57号)第2条";
    let units = "条|第|1|千|の2|(|「|1条|第1条|附則| |平成25年法律第27号";
    let long: Vec<String> = units.split('|').map(|unit| unit.repeat(3000)).collect();
    for text in hostile.split('|').chain(long.iter().map(String::as_str)) {
        check(text);
        check(&format!("法{text}第1条"));
        check(&format!("法第1条{text}"));
        for cut in text.char_indices().map(|(at, _)| at).take(50) {
            check(text.get(cut..).unwrap());
        }
    }
}

#[test]
fn whatever_is_read_is_printed_and_read_back() {
    const SIGNS: &str = "法法 第 第 第 条 条 条 項 項 号 号 の の 附則 附則 1 2 0 9 １ ９ 一 二 九 十 百 千 〇 ○ 万 l ² と 等 及び イ \u{3000} \u{A0} \
        ( ) （ ） 「 」 『 』 平成 令和 昭和 年 元 法律 省令 平成25年法律第27号 （平成15年法律第57号） 第1条 2条 3項 第4号 \u{3099} か ゛ ⼗ Ａ";
    let signs: Vec<&str> = SIGNS.split(' ').filter(|sign| !sign.is_empty()).collect();
    let mut state = 0x5EED_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let mut read = 0;
    for round in 0..200_000 {
        let count = 1 + next(10);
        let body: String = (0..count).map(|_| signs[next(signs.len())]).collect();
        // Half of the texts begin and end like a citation, so that many of them can be read.
        let text = if round % 2 == 0 {
            body
        } else {
            format!("法{body}第{}条", 1 + next(300))
        };
        read += usize::from(check(&text));
    }
    assert!(read > 10_000, "only {read} texts were read");
}
