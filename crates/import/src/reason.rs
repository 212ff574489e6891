//! Why a unit is no part of the notice proper.

use super::{
    outline::Reason,
    role::{ROLES, Role},
    unit::Unit,
    words,
};

/// Adds what speaks for a unit being left out that no list of words can say.
pub(super) fn add(unit: &Unit, scores: &mut [i32; ROLES]) {
    let (key, weights) = (unit.key(), words::weights());
    if date(&key) {
        Role::Out.add(scores, weights.date);
    }
    if law(&key) {
        Role::Out.add(scores, weights.law);
    }
}

/// Why a unit that is left out is so.
pub(super) fn of(unit: &Unit, role: Role) -> Reason {
    let key = unit.key();
    if words::is("closing", &key) {
        Reason::Closing
    } else if date(&key) {
        Reason::Date
    } else if role == Role::Other && words::ends("other_matter", &key) {
        Reason::Heading
    } else if words::starts("remark_start", &key) || words::ends("prose_end", &key) {
        Reason::Remark
    } else if law(&key) {
        Reason::Law
    } else if words::holds("chrome_word", &key) || words::is("chrome_line", &key) {
        Reason::Chrome
    } else if words::is("table_head", &key) {
        Reason::TableHead
    } else if [
        "purpose_end",
        "title_end",
        "section_end",
        "other_matter",
        "society_end",
    ]
    .iter()
    .any(|list| words::ends(list, &key))
        || words::is("purpose_whole", &key)
        || words::starts("annex", &key)
    {
        Reason::Heading
    } else {
        Reason::Unplaced
    }
}

/// Whether a text is a day, with what is said of it, and nothing else.
fn date(text: &str) -> bool {
    let rest = text.trim_start_matches(['(', '[']);
    let dated = rest.contains('年') && (rest.contains('月') || rest.contains("年度"))
        || rest.matches(['.', '/', '-']).count() == 2
            && rest.contains(|c: char| c.is_ascii_digit());
    dated
        && words::starts("date_start", rest)
        && rest.chars().count() <= 40
        && rest.chars().filter(char::is_ascii_digit).count() >= 2
        && !words::ends("closing_noun", rest)
}

/// Whether a text is a law with its number, and nothing else.
fn law(text: &str) -> bool {
    let name = text.split('(').next().unwrap_or(text);
    words::is("law_name", name) || words::holds("law_number", text)
}
