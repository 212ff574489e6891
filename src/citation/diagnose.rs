//! Why a text is no citation, said so that its writer can mend it. Only a text that could not be read
//! comes here: nothing that is found out here makes a citation of it.

use super::{
    Malformed, MalformedReason as Why, Place, numeral,
    parse::{CONNECTORS, RANGE_SIGNS, split, statute},
};

/// Words that point back to what was cited before.
const RELATIVE: [&str; 14] = [
    "同法",
    "同条",
    "同項",
    "同号",
    "前条",
    "前項",
    "前号",
    "次条",
    "次項",
    "次号",
    "本条",
    "本項",
    "この法律",
    "当該",
];

/// Words for a part that has no number.
const PARTS: [&str; 9] = [
    "ただし書き",
    "ただし書",
    "但し書き",
    "但し書",
    "但書",
    "前段",
    "後段",
    "本文",
    "柱書",
];

const EACH: [&str; 3] = ["各号", "各項", "各条"];

const TABLES: [&str; 3] = ["別表", "別記", "様式"];

/// The most places that are offered.
const MOST: usize = 3;

/// Whether a name points back to an act that was named before: 同法.
pub(super) fn points_back(name: &str) -> bool {
    ["同法", "同法律", "本法", "この法律", "同令", "同規則"].contains(&name)
}

/// The reason that its writer can do something about, and the places that can be read in the text.
pub(super) fn diagnose(text: &str, found: Malformed) -> Malformed {
    // These say more than any word in the text.
    let plain = [
        Why::UnclosedParenthesis,
        Why::AmendingSupplement,
        Why::TwoLawNumbers,
        Why::NumberTooLarge,
    ];
    if plain.contains(&found.reason()) {
        return found;
    }
    let (name, places) = places(text);
    let after = text.get(name.len()..).unwrap_or_default();
    // 個情法27~30条: the first number has no sign, and stands in what passes for the name.
    let ahead = name.trim_end_matches(|c| !numeral::is_numeral(c));
    let bare = ahead.trim_end_matches(numeral::is_numeral);
    let (name, after, places) = if found.reason() == Why::OutOfOrder && bare.len() < ahead.len() {
        let act = bare.strip_suffix('第').unwrap_or(bare);
        (act, text.get(act.len()..).unwrap_or_default(), places)
    } else {
        (name, after, places)
    };
    let first =
        |words: &[&'static str], text: &str| words.iter().copied().find(|word| text.contains(word));
    let (reason, shown) = if let Some(at) = TABLES.iter().find_map(|word| text.find(word)) {
        (Why::Table, text.get(at..).unwrap_or_default().to_owned())
    } else if let Some(right) = misplaced_branch(text) {
        let mut malformed = Malformed::new(Why::MisplacedBranch, &right.0);
        malformed.readable = right.1.into_iter().collect();
        return malformed;
    } else if let Some(word) = first(&RELATIVE, text) {
        (Why::Relative, word.to_owned())
    } else if let Some(sign) = range(after) {
        (Why::Range, sign)
    } else if let Some(word) = first(&EACH, after) {
        (Why::Each, word.to_owned())
    } else if let Some(word) =
        first(&CONNECTORS, after).filter(|_| places.len() > 1 || found.reason() == Why::OutOfOrder)
    {
        (Why::List, word.to_owned())
    } else if let Some(word) = first(&PARTS, after) {
        (Why::Part, word.to_owned())
    } else if let Some(rest) = subitem(after) {
        (Why::Subitem, rest)
    } else {
        (found.reason(), String::new())
    };
    let mut malformed = if shown.is_empty() {
        found
    } else {
        Malformed::new(reason, &shown)
    };
    if let Ok((name, number)) = statute(name) {
        let act = match (name, number) {
            ("", None) => return malformed,
            ("", Some(number)) => number,
            (name, _) => name.to_owned(),
        };
        if !points_back(&act) {
            malformed.readable = ordered(reason, places)
                .into_iter()
                .take(MOST)
                .map(|place| format!("{act}{place}"))
                .collect();
        }
    }
    malformed
}

/// The places to offer. Parts in a wrong order are one place, if each stands there once.
fn ordered(reason: Why, places: Vec<Place>) -> Vec<Place> {
    match (reason, places.as_slice()) {
        (Why::OutOfOrder, [first, second]) if first.article_only() == second.article_only() => {
            match (
                first.item_number(),
                second.paragraph(),
                second.item_number(),
            ) {
                (Some(item), Some(paragraph), None) if first.paragraph().is_none() => {
                    vec![
                        first
                            .article_only()
                            .under_paragraph(paragraph)
                            .with_item(item),
                    ]
                }
                _ => places,
            }
        }
        _ => places,
    }
}

/// What stands before the first article, and every place after it, each completed by the one before:
/// 第19条第8号又は第9号 is two places of Article 19.
fn places(text: &str) -> (&str, Vec<Place>) {
    let mut found: Vec<Place> = Vec::new();
    let mut name = text;
    let mut current: Option<Place> = None;
    let mut at = 0;
    while let Some((start, end, sign)) = next_part(text, at) {
        at = end;
        let part = text.get(start..end).unwrap_or_default();
        if sign == '条' {
            let Ok(("", place)) = split(part) else {
                continue;
            };
            if found.is_empty() && current.is_none() {
                name = text.get(..start).unwrap_or_default();
            }
            let supplementary = name.ends_with("附則")
                || text
                    .get(..start)
                    .is_some_and(|before| before.ends_with("附則"));
            found.extend(current.take());
            current = if supplementary {
                Place::parse(&format!("附則{place}")).ok()
            } else {
                Some(place)
            };
            continue;
        }
        // A part of a place is read under the article that stands before it.
        let Some(before) = current else { continue };
        let Ok(read) = Place::parse(&format!("第1条{part}")) else {
            continue;
        };
        let next = match (read.paragraph(), read.item_number()) {
            (Some(paragraph), _) => before.article_only().under_paragraph(paragraph),
            (None, Some(item)) => before.with_item(item),
            (None, None) => continue,
        };
        let goes_on = before.item().is_none() && (sign == '号' || before.paragraph().is_none());
        if !goes_on {
            found.push(before);
        }
        current = Some(next);
    }
    found.extend(current);
    found.dedup();
    let name = name.strip_suffix("附則").unwrap_or(name);
    (name, found)
}

/// The next number with its 条, 項 or 号 and the branches after it, from a byte offset.
fn next_part(text: &str, from: usize) -> Option<(usize, usize, char)> {
    let rest = text.get(from..)?;
    let (sign_at, sign) = rest
        .char_indices()
        .filter(|(_, c)| matches!(c, '条' | '項' | '号'))
        .find(|(at, _)| {
            rest.get(..*at)
                .is_some_and(|before| before.ends_with(numeral::is_numeral))
        })?;
    let before = rest.get(..sign_at)?;
    let head = before.trim_end_matches(numeral::is_numeral);
    let head = head.strip_suffix('第').unwrap_or(head);
    let mut end = sign_at + sign.len_utf8();
    while let Some(branch) = rest.get(end..)?.strip_prefix('の') {
        let number = branch.len() - branch.trim_start_matches(numeral::is_numeral).len();
        if number == 0 {
            break;
        }
        end += 'の'.len_utf8() + number;
    }
    Some((from + head.len(), from + end, sign))
}

/// から … まで, or a dash between two numbers.
fn range(text: &str) -> Option<String> {
    if let Some(at) = text.find("から") {
        return text.get(at..).map(str::to_owned);
    }
    let belongs = |c: char| numeral::is_numeral(c) || matches!(c, '第' | '条' | '項' | '号');
    let (at, sign) = text.char_indices().find(|(_, c)| RANGE_SIGNS.contains(c))?;
    let before = text.get(..at)?.ends_with(belongs);
    let after = text.get(at + sign.len_utf8()..)?.starts_with(belongs);
    (before && after).then(|| sign.to_string())
}

/// イ, ロ, ハ or (1) after an item or a paragraph.
fn subitem(text: &str) -> Option<String> {
    let at = text.rfind(['号', '項', '条'])?;
    let rest = text.get(at..)?;
    let mut rest = rest.chars();
    rest.next();
    let rest = rest.as_str();
    // Branches of an item stand between.
    let rest = rest.trim_start_matches(|c| c == 'の' || numeral::is_numeral(c));
    let is_kana = |c: char| matches!(c, 'ア'..='ン');
    let parenthesis = |text: &str| text.starts_with('(') && text.ends_with(')');
    let short = rest.chars().count() <= 4;
    (short
        && (rest.starts_with(is_kana)
            && rest
                .chars()
                .all(|c| is_kana(c) || c == '(' || c == ')' || c.is_ascii_digit())
            || parenthesis(rest)))
    .then(|| rest.to_owned())
}

/// 第205の4条, with what was meant.
fn misplaced_branch(text: &str) -> Option<(String, Option<String>)> {
    let (at, sign) = text.char_indices().find(|(at, c)| {
        matches!(c, '条' | '号')
            && text
                .get(..*at)
                .is_some_and(|before| branch_at_end(before).is_some())
    })?;
    let before = text.get(..at)?;
    let (head, number, branches) = branch_at_end(before)?;
    let shown = text.get(head.len()..at + sign.len_utf8())?;
    let rest = text.get(at + sign.len_utf8()..)?;
    let right = format!("{head}{number}{sign}{branches}{rest}");
    let meant = split(&right).ok().and_then(|(name, place)| {
        let (name, _) = statute(name).ok()?;
        (!name.is_empty()).then(|| format!("{name}{place}"))
    });
    Some((shown.to_owned(), meant))
}

/// Splits a text that ends with a number and its branches, 第205の4: what is before, the number, and the
/// branches.
fn branch_at_end(text: &str) -> Option<(&str, &str, &str)> {
    let last = text.trim_end_matches(numeral::is_numeral);
    let head = last.strip_suffix('の')?;
    if last.len() == text.len() {
        return None;
    }
    let number = head.trim_end_matches(numeral::is_numeral);
    let is_number = number.len() < head.len();
    // The 条 of 第2条の3 is a number's sign, and not a number with a branch.
    is_number.then_some((number, head.get(number.len()..)?, text.get(head.len()..)?))
}
