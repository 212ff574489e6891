//! The notices of the corpus, laid out anew: the same words under other marks, wrapped, joined, with pages and with
//! menus around them, as text and as web pages. Whatever the layout, the outline is the same.

use std::fmt::Write;

use mokuteki_import::{segment, source};

use super::layout::{Notice, PAGES, layouts, notices, structure};
use crate::generator::rounds;

fn told(notice: &Notice, found: &Notice) -> String {
    let lines = |notice: &Notice| {
        let mut lines = Vec::new();
        for (title, groups) in &notice.purposes {
            lines.push(format!("# {title}"));
            for (section, clauses) in groups {
                lines.push(format!("§ {}", section.as_deref().unwrap_or_default()));
                lines.extend(clauses.iter().map(|clause| format!("- {clause}")));
            }
        }
        lines
    };
    let (expected, found) = (lines(notice), lines(found));
    let missing = expected
        .iter()
        .filter(|line| !found.contains(line))
        .map(|line| format!("  expected {line}"));
    let new = found
        .iter()
        .filter(|line| !expected.contains(line))
        .map(|line| format!("     found {line}"));
    missing.chain(new).collect::<Vec<_>>().join("\n")
}

/// Every layout with one of the notices; `MOKUTEKI_FUZZ` asks for so many notices of each.
#[test]
fn the_same_notice_has_the_same_outline_in_every_layout() {
    let notices = notices();
    assert!(notices.len() >= 25, "{}", notices.len());
    let each = usize::try_from(rounds() / 200)
        .unwrap()
        .clamp(1, notices.len());
    let (mut checked, mut wrong) = (0, Vec::new());
    for (at, layout) in layouts().filter(|(_, layout)| layout.can()) {
        // A plain run looks at one combination in ten, and at each pair of marks many times.
        if each == 1 && at % 10 != 3 {
            continue;
        }
        for number in 0..each {
            let notice = &notices[(at * 7 + number) % notices.len()];
            let Some(text) = layout.print(notice).filter(|_| layout.tells(notice)) else {
                continue;
            };
            let mut found = structure(&notice.name, &segment(&text));
            found.title.clone_from(&notice.title);
            checked += 1;
            if found != *notice {
                wrong.push(format!(
                    "{} {layout:?}\n{}",
                    notice.name,
                    told(notice, &found)
                ));
            }
        }
    }
    assert!(checked > 2_000, "{checked}");
    assert!(
        wrong.is_empty(),
        "{} of {checked} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_same_notice_has_the_same_outline_as_every_kind_of_page() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for notice in notices() {
        for (name, heading, section, list, item) in PAGES {
            let mut body = format!(
                "<title>組合</title><nav><a>ホーム</a> <a>お問い合わせ</a></nav><h1>{}</h1>",
                notice.title
            );
            let around = match name {
                "a frame of tables" => ["<table>", "</table>"],
                "text as it stands" => ["<pre>", "</pre>"],
                _ => ["", ""],
            };
            body.push_str(around[0]);
            for (title, groups) in &notice.purposes {
                write!(body, "{}{title}{}", heading[0], heading[1]).unwrap();
                for (name, clauses) in groups {
                    let name = name.as_deref().unwrap_or_default();
                    write!(body, "{}{name}{}{}", section[0], section[1], list[0]).unwrap();
                    for clause in clauses {
                        write!(body, "{}{clause}{}", item[0], item[1]).unwrap();
                    }
                    body.push_str(list[1]);
                }
            }
            body.push_str(around[1]);
            body.push_str("<footer>Copyright © 某健康保険組合</footer>");
            let document = source::read(
                format!("<!doctype html><meta charset=utf-8>{body}").as_bytes(),
                "a.html",
            )
            .unwrap();
            let mut found = structure(&notice.name, &segment(&document.text));
            found.title.clone_from(&notice.title);
            checked += 1;
            if found != notice {
                wrong.push(format!(
                    "{} as {name}\n{}",
                    notice.name,
                    told(&notice, &found)
                ));
            }
        }
    }
    assert!(checked > 200, "{checked}");
    assert!(
        wrong.is_empty(),
        "{} of {checked} differ\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
