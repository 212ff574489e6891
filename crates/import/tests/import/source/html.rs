//! Pages of several layouts, by the outline that a reader would write down.

use std::fmt::Write;

use encoding_rs::{EUC_JP, SHIFT_JIS};
use mokuteki_import::{
    segment,
    source::{self, Dropped, Error, Kind, Note},
};

use crate::render::render;

const OUTLINE: &str = "題 個人情報の利用目的\n\
    # １．|保険給付に必要な利用目的\n\
    § 【健保組合内部での利用に係る事例】\n\
    - 療養費の支給申請の審査\n\
    - 支給台帳の管理\n\
    § 【他の事業者等への情報提供を伴う事例】\n\
    - 療養費の審査の委託\n\
    # ２．|保健事業に必要な利用目的\n\
    § 【健保組合内部での利用に係る事例】\n\
    - 健診の対象者の抽出\n\
    § 【他の事業者等への情報提供を伴う事例】\n\
    - 健診機関への健診の委託\n";

type Purpose = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const INSIDE: &str = "【健保組合内部での利用に係る事例】";
const OUTSIDE: &str = "【他の事業者等への情報提供を伴う事例】";
const PURPOSES: [Purpose; 2] = [
    (
        "１．",
        "保険給付に必要な利用目的",
        &["療養費の支給申請の審査", "支給台帳の管理"],
        &["療養費の審査の委託"],
    ),
    (
        "２．",
        "保健事業に必要な利用目的",
        &["健診の対象者の抽出"],
        &["健診機関への健診の委託"],
    ),
];

/// A page of the purposes: around the page, a heading, a section, and a list of clauses.
fn page(heading: [&str; 2], section: [&str; 2], list: [&str; 2], item: [&str; 2]) -> String {
    let mut page = "<!doctype html><title>窓</title><h1>個人情報の利用目的</h1>".to_owned();
    for (mark, title, inside, outside) in PURPOSES {
        write!(page, "{}{mark}{title}{}", heading[0], heading[1]).unwrap();
        for (name, clauses) in [(INSIDE, inside), (OUTSIDE, outside)] {
            write!(page, "{}{name}{}{}", section[0], section[1], list[0]).unwrap();
            for clause in clauses {
                write!(page, "{}{clause}{}", item[0], item[1]).unwrap();
            }
            page.push_str(list[1]);
        }
    }
    page
}

fn outline(page: &[u8], name: &str) -> String {
    let document = source::read(page, name).unwrap();
    assert_eq!(document.kind, Kind::Html);
    render(&segment(&document.text))
}

#[test]
fn headings_lists_definitions_and_breaks_give_one_outline() {
    let pages = [
        (
            "headings",
            page(
                ["<h2>", "</h2>"],
                ["<h3>", "</h3>"],
                ["<ul>", "</ul>"],
                ["<li>", "</li>\n"],
            ),
        ),
        (
            "definitions",
            page(
                ["<dl><dt>", "</dt></dl>"],
                ["<dl><dt>", "</dt>"],
                ["", "</dl>"],
                ["<dd>・", "</dd>"],
            ),
        ),
        (
            "breaks",
            page(["<br>", "<br>"], ["", "<br/>"], ["", ""], ["・", "<br>\n"]),
        ),
        (
            "blocks",
            page(
                ["<div><b>", "</b>"],
                ["<div>", "</div>"],
                ["<div>", "</div>"],
                ["<span>・", "</span><br>"],
            ),
        ),
        (
            "paragraphs",
            page(
                ["<p>", ""],
                ["<p><strong>", "</strong>"],
                ["", ""],
                ["<p>・", "\n"],
            ),
        ),
        (
            "one cell",
            format!(
                "<table><tr><td>{}</table>",
                page(
                    ["<p>", "</p>"],
                    ["<p>", "</p>"],
                    ["<ul>", "</ul>"],
                    ["<li>", ""]
                )
            ),
        ),
        (
            "pre",
            format!(
                "<pre>{}</pre>",
                page(["\n", "\n"], ["", "\n"], ["", ""], ["・", "\n"])
                    .replace("<h1>", "")
                    .replace("</h1>", "\n")
            ),
        ),
    ];
    for (name, page) in pages {
        assert_eq!(outline(page.as_bytes(), "page.html"), OUTLINE, "{name}");
    }
}

#[test]
fn a_table_whose_columns_are_sections_gives_the_same_clauses() {
    let mut page = "<h1>個人情報の利用目的</h1><table><tr><th>利用目的<th>健保組合内部での利用に係る事例<th>他の事業者等への情報提供を伴う事例".to_owned();
    for (mark, title, inside, outside) in PURPOSES {
        write!(page, "<tr><th>{mark}{title}").unwrap();
        for clauses in [inside, outside] {
            write!(page, "<td><ul><li>{}</ul>", clauses.join("<li>")).unwrap();
        }
    }
    let outline = outline(page.as_bytes(), "table.html");
    let plain = OUTLINE.replace(['【', '】'], "");
    assert_eq!(outline, format!("{plain}外 tablehead 利用目的\n"));
}

#[test]
fn numbered_lists_are_purposes_with_their_printed_numbers() {
    let page = "<h1>個人情報の利用目的</h1><ol start=3><li>保険給付に必要な利用目的<ul><li>療養費の審査<li>台帳の管理</ul>\
        <li>保健事業に必要な利用目的<ul><li>健診の案内</ul></ol>";
    let document = source::read(page.as_bytes(), "a.html").unwrap();
    assert_eq!(
        document.text,
        "個人情報の利用目的\n3. 保険給付に必要な利用目的\n　・療養費の審査\n　・台帳の管理\n4. 保健事業に必要な利用目的\n　・健診の案内\n"
    );
    let outline = render(&segment(&document.text));
    assert!(
        outline.contains("# 4.|保健事業に必要な利用目的\n- 健診の案内\n"),
        "{outline}"
    );
}

#[test]
fn a_page_is_read_by_what_its_bytes_are_and_what_it_says_of_them() {
    let page = page(
        ["<h2>", "</h2>"],
        ["<h3>", "</h3>"],
        ["<ul>", "</ul>"],
        ["<li>", ""],
    );
    for (encoding, label) in [
        (SHIFT_JIS, "Shift_JIS"),
        (SHIFT_JIS, "x-sjis"),
        (EUC_JP, "euc-jp"),
    ] {
        for meta in [
            format!("<meta charset=\"{label}\">"),
            format!("<META http-equiv=Content-Type content='text/html; charset={label}'>"),
            String::new(),
        ] {
            let text = page.replace("<title>", &format!("{meta}<title>"));
            assert_eq!(
                outline(&encoding.encode(&text).0, "a.htm"),
                OUTLINE,
                "{label} {meta}"
            );
            // A program that saved the page as UTF-8 left what it says of itself.
            let document = source::read(text.as_bytes(), "a.htm").unwrap();
            assert_eq!(render(&segment(&document.text)), OUTLINE);
            let told = document
                .notes
                .iter()
                .any(|note| matches!(note, Note::Declared { .. }));
            assert_eq!(told, !meta.is_empty());
        }
    }
}

#[test]
fn what_is_not_shown_is_told_and_nothing_is_split_inside_words() {
    let page = "<p>療養費の支給申請の審\n  査に<b>必</b>要\n<i>な</i>　利用 目&#x7684;&nbsp;<!-- 注 --><ruby>施術<rp>(</rp><rt>せじゅつ</rt><rp>)</rp></ruby></p>\
        <p style='DISPLAY : none'>隠し</p><p hidden>秘密</p><noscript>動かない</noscript><script>x('<p>')</script>\
        <details><summary>概要</summary>詳細</details><img alt='見出し'><img src=a.png><img alt='' src=b.png><iframe src='inner.html'></iframe>";
    let document = source::read(page.as_bytes(), "a.html").unwrap();
    assert_eq!(
        document.text,
        "療養費の支給申請の審査に必要な　利用 目的\u{A0}施術\n概要\n詳細\n見出し\n"
    );
    let dropped = |what, texts: &[&str]| Note::Dropped {
        what,
        texts: texts.iter().map(|text| (*text).to_owned()).collect(),
    };
    for note in [
        dropped(Dropped::Hidden, &["隠し", "秘密"]),
        dropped(Dropped::Inert, &["動かない"]),
        dropped(Dropped::Ruby, &["(", "せじゅつ", ")"]),
        dropped(Dropped::Script, &["x('<p>')"]),
        Note::Images {
            texts: vec!["見出し".to_owned()],
            without: 1,
        },
        Note::Frames {
            addresses: vec!["inner.html".to_owned()],
        },
    ] {
        assert!(
            document.notes.contains(&note),
            "{note:?} {:?}",
            document.notes
        );
    }
}

#[test]
fn a_page_of_frames_says_where_its_text_stands() {
    let page = b"<html><frameset cols='20%,80%'><frame src='menu.html'><frame src='main.html'></frameset></html>";
    let frames = vec!["menu.html".to_owned(), "main.html".to_owned()];
    assert_eq!(
        source::read(page, "index.html"),
        Err(Error::Empty { frames })
    );
}
