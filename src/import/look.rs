//! What a unit looks like by its words and its mark alone, before its neighbours are asked.

use super::{
    outline::Reason,
    unit::{Shape, Unit},
    words,
};

/// What a unit looks like by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Look {
    Purpose,
    Section,
    Item,
    Prose,
    Out(Reason),
}

/// What a unit looks like.
pub(super) fn look(unit: &Unit) -> Look {
    let key = unit.key();
    let count = key.chars().count();
    let bare = key.trim_matches(|c| "【】〔〕[]<>《》〈〉〖〗:。●■◆・○".contains(c));
    if bare.is_empty() || page_number(bare) {
        return Look::Out(Reason::Page);
    }
    if unit.shape != Shape::Bracket && bare == "以上" {
        return Look::Out(Reason::Closing);
    }
    if key.starts_with('※') || key.starts_with("(注") || key.starts_with("注)") {
        return Look::Out(Reason::Remark);
    }
    if date(bare) {
        return Look::Out(Reason::Date);
    }
    if words::is("section_only", bare)
        || count <= 48
            && words::holds("section_word", bare)
            && words::ends("section_end", bare)
            && heading_like(unit, bare)
    {
        return Look::Section;
    }
    if words::ends("prose_end", &key) && count > 8 {
        return Look::Prose;
    }
    if words::ends("purpose_end", bare) && count <= 60 {
        return Look::Purpose;
    }
    if unit.shape == Shape::Bracket {
        return Look::Section;
    }
    let marked = unit.shape != Shape::Plain;
    if !marked
        && count <= 60
        && words::holds("chrome_word", bare)
        && !words::ends("closing_noun", bare)
    {
        return Look::Out(Reason::Chrome);
    }
    if law(bare) {
        return Look::Out(Reason::Law);
    }
    Look::Item
}

/// Under a bullet, a clause may use the words of a section; only the endings of a section count there.
fn heading_like(unit: &Unit, bare: &str) -> bool {
    let bullet = matches!(unit.shape, Shape::Bullet(_) | Shape::Plain);
    !bullet
        || [
            "事例",
            "場合",
            "もの",
            "とき",
            "内部での利用",
            "内部利用",
            "情報提供",
        ]
        .iter()
        .any(|end| bare.ends_with(end))
        || bare.ends_with("利用目的") && unit.shape == Shape::Plain
}

fn page_number(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_digit() || "-/P.p―—–=_~*|─━".contains(c))
}

fn date(text: &str) -> bool {
    let rest = text.trim_start_matches(|c| "(".contains(c));
    let era = [
        "令和",
        "平成",
        "昭和",
        "20",
        "19",
        "制定",
        "改定",
        "改訂",
        "施行",
        "最終更新",
        "更新日",
        "掲載日",
        "最終改定",
    ];
    let dated = rest.contains('年') && rest.contains('月') || rest.matches(['.', '/']).count() == 2;
    dated
        && era.iter().any(|era| rest.starts_with(era))
        && rest.chars().count() <= 30
        && !words::ends("closing_noun", rest)
}

fn law(text: &str) -> bool {
    let numbered = text.contains("法律第") || text.contains("政令第") || text.contains("省令第");
    let name = text.split('(').next().unwrap_or(text);
    words::is("law_start", name) || numbered && (text.ends_with(')') || text.ends_with('号'))
}
