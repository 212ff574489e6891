//! Reading a citation: the place is found from its end, and what stands before it names the statute.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::{
    Malformed, MalformedReason, Place,
    diagnose::{diagnose, points_back},
    numeral,
};

/// The eras in which laws are numbered, with their last years.
const ERAS: [(&str, u16); 5] = [
    ("明治", 45),
    ("大正", 15),
    ("昭和", 64),
    ("平成", 31),
    ("令和", u16::MAX),
];

/// The kinds of law that stand alone in a law number, and the ends of those that follow the name of
/// a ministry or board.
const KINDS: [&str; 3] = ["法律", "政令", "勅令"];
const KIND_ENDS: [&str; 6] = ["省令", "府令", "庁令", "規則", "告示", "命令"];

/// What joins two places in a list or a range.
pub(super) const CONNECTORS: [&str; 14] = [
    "並びに",
    "若しくは",
    "及び",
    "又は",
    "から",
    "と",
    "や",
    "、",
    ",",
    "・",
    ";",
    "/",
    "~",
    "〜",
];

/// Signs between the ends of a range, beside から and まで.
pub(super) const RANGE_SIGNS: [char; 8] = ['~', '〜', '-', '–', '—', '―', '−', '‐'];

/// A citation as written, split but not yet tied to a known statute.
///
/// ```
/// let written = mokuteki::citation::parse("「番号法」（平成二十五年法律第二十七号）19条8号")?;
/// assert_eq!(written.name, "番号法");
/// assert_eq!(written.law_number.as_deref(), Some("平成25年法律第27号"));
/// assert_eq!(written.place.to_string(), "第19条第8号");
/// # Ok::<(), mokuteki::citation::Malformed>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Written {
    /// The statute's name as [`normalize_name`] gives it; empty where only a law number is written.
    pub name: String,
    /// The law number as [`law_number`] gives it.
    pub law_number: Option<String>,
    /// The place in the statute.
    pub place: Place,
}

/// Reads a citation: a statute by name or law number, or by both, and a place in it.
///
/// Numbers may be half-width, full-width or kanji (十九 or 一九), with or without 第; spaces may
/// stand anywhere. The name is whatever stands before the place, without 「」 around it.
///
/// Spaces do not part numbers, so a number after a branch number needs its 第: `9条の2 3項` would be
/// the branch 23.
///
/// # Errors
///
/// The text does not name a statute and one place in it; see [`MalformedReason`].
///
/// ```
/// use mokuteki::citation::{MalformedReason, parse};
///
/// let written = parse("個情法２７条５項３号")?;
/// assert_eq!(format!("{}{}", written.name, written.place), "個情法第27条第5項第3号");
///
/// let list = parse("番号法第19条第8号と第9号").unwrap_err();
/// assert_eq!(list.reason(), MalformedReason::List);
/// # Ok::<(), mokuteki::citation::Malformed>(())
/// ```
pub fn parse(text: &str) -> Result<Written, Malformed> {
    let text = legible(text)?;
    read_written(&text).map_err(|malformed| diagnose(&text, malformed))
}

/// Reads a normalised text.
fn read_written(text: &str) -> Result<Written, Malformed> {
    let (before, place) = split(text)?;
    let (name, law_number) = statute(before)?;
    if name.is_empty() && law_number.is_none() {
        return Err(Malformed::new(MalformedReason::NoStatute, text));
    }
    if points_back(name) {
        return Err(Malformed::new(MalformedReason::Relative, name));
    }
    Ok(Written {
        name: name.to_owned(),
        law_number,
        place,
    })
}

/// Reads a whole text as a place.
pub(super) fn place(text: &str) -> Result<Place, Malformed> {
    let text = legible(text)?;
    match split(&text)? {
        ("", place) => Ok(place),
        (before, _) => {
            no_place_at_end(before)?;
            Err(Malformed::new(MalformedReason::Leading, before))
        }
    }
}

/// Normalises a statute's name as [`parse`] does, to look it up: NFKC, without white space.
///
/// ```
/// use mokuteki::citation::normalize_name;
///
/// assert_eq!(normalize_name("ﾏｲﾅﾝﾊﾞｰ法 "), "マイナンバー法");
/// ```
#[must_use]
pub fn normalize_name(name: &str) -> String {
    normalize(name).into_owned()
}

/// The canonical form of a law number, or `None` if the text is not one.
///
/// The first year of an era (元年) is year 1.
///
/// ```
/// use mokuteki::citation::law_number;
///
/// assert_eq!(law_number("平成二十五年法律第二十七号").as_deref(), Some("平成25年法律第27号"));
/// assert_eq!(law_number("番号法"), None);
/// ```
#[must_use]
pub fn law_number(text: &str) -> Option<String> {
    read_law_number(&legible(text).ok()?)
}

fn normalize(text: &str) -> Cow<'_, str> {
    if is_nfkc_quick(text.chars()) == IsNormalized::Yes && !text.contains(char::is_whitespace) {
        return Cow::Borrowed(text);
    }
    // Once spaces are gone, marks can meet letters to combine with: the second pass makes the result
    // the same as that of normalising it again.
    Cow::Owned(text.nfkc().filter(|c| !c.is_whitespace()).nfkc().collect())
}

/// The normalised text, if there is any and normalising makes no number of what was none: 第19²条 is
/// not 第192条.
fn legible(text: &str) -> Result<Cow<'_, str>, Malformed> {
    let disguised = |c: &char| {
        // Radicals and compatibility ideographs, which extraction leaves behind, are the same sign.
        let same_sign = matches!(c, '\u{FF10}'..='\u{FF19}' | '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}');
        !c.is_ascii()
            && !same_sign
            && !numeral::is_numeral(*c)
            && std::iter::once(*c).nfkc().any(numeral::is_numeral)
    };
    let normal = normalize(text);
    if normal.is_empty() {
        return Err(Malformed::new(MalformedReason::Empty, ""));
    }
    if let Cow::Owned(_) = normal
        && let Some(c) = text.chars().find(disguised)
    {
        return Err(Malformed::new(
            MalformedReason::BadNumeral,
            c.encode_utf8(&mut [0; 4]),
        ));
    }
    Ok(normal)
}

/// Splits a text that ends with a place; what stands before it may be empty.
///
/// A place has one 条, so it can only be at the last one with a number in front; names have 条, too
/// (安全保障条約第六条に基づく…).
pub(super) fn split(text: &str) -> Result<(&str, Place), Malformed> {
    let article = text.rmatch_indices('条').find_map(|(at, sign)| {
        let (head, number) = number_at_end(text.get(..at)?)?;
        Some((head, number, text.get(at + sign.len()..)?))
    });
    let Some((head, number, after)) = article else {
        return Err(Malformed::new(MalformedReason::NoArticle, text));
    };
    let (head, supplementary) = head
        .strip_suffix("附則")
        .map_or((head, false), |head| (head, true));
    let mut rest = Rest(after);
    let mut place = Place {
        supplementary,
        article: read(number, text.get(head.len()..).unwrap_or_default())?,
        branches: rest.branches()?,
        paragraph: None,
        item: None,
        item_branches: [0; 2],
    };
    while !rest.0.is_empty() {
        rest.part(&mut place)?;
    }
    Ok((head, place))
}

/// Reads a number; `around` is what to show where there is none.
fn read(number: &str, around: &str) -> Result<u16, Malformed> {
    numeral::read(number)
        .map_err(|reason| Malformed::new(reason, if number.is_empty() { around } else { number }))
}

/// Splits off the number at the end of a text, with its 第 if it has one.
///
/// After 第 Latin letters count as part of the number, so that the l of 第l9条 is refused with it
/// and not taken for the end of a name. The number is empty for a bare 第.
pub(super) fn number_at_end(text: &str) -> Option<(&str, &str)> {
    let head = text.trim_end_matches(is_number_after_dai);
    let number = text.get(head.len()..)?;
    if let Some(head) = head.strip_suffix('第') {
        return Some((head, number));
    }
    let head = text.trim_end_matches(numeral::is_numeral);
    (head.len() < text.len()).then_some((head, text.get(head.len()..)?))
}

fn is_number_after_dai(c: char) -> bool {
    numeral::is_numeral(c) || c.is_ascii_alphanumeric()
}

/// What is left to read after 条.
#[derive(Clone, Copy)]
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn eat(&mut self, sign: char) -> bool {
        let after = self.0.strip_prefix(sign);
        self.0 = after.unwrap_or(self.0);
        after.is_some()
    }

    fn number(&mut self, belongs: fn(char) -> bool) -> &'a str {
        let after = self.0.trim_start_matches(belongs);
        let number = self.0.get(..self.0.len() - after.len()).unwrap_or_default();
        self.0 = after;
        number
    }

    /// Reads の2の3; a の without a number is left.
    fn branches<const N: usize>(&mut self) -> Result<[u16; N], Malformed> {
        let mut branches = [0; N];
        for branch in &mut branches {
            let mut ahead = *self;
            if !ahead.eat('の') {
                break;
            }
            let number = ahead.number(numeral::is_numeral);
            if number.is_empty() {
                break;
            }
            *branch = read(number, number)?;
            *self = ahead;
        }
        Ok(branches)
    }

    /// Reads a paragraph or an item.
    fn part(&mut self, place: &mut Place) -> Result<(), Malformed> {
        let start = self.0;
        let number = if self.eat('第') {
            self.number(is_number_after_dai)
        } else {
            self.number(numeral::is_numeral)
        };
        match self.0.chars().next() {
            Some('項') if place.paragraph.is_none() && place.item.is_none() => {
                place.paragraph = Some(read(number, start)?);
                self.eat('項');
            }
            Some('号') if place.item.is_none() => {
                place.item = Some(read(number, start)?);
                self.eat('号');
                place.item_branches = self.branches()?;
            }
            Some('項' | '号') => return Err(Malformed::new(MalformedReason::OutOfOrder, start)),
            _ => return Err(Malformed::new(MalformedReason::Trailing, start)),
        }
        Ok(())
    }
}

/// Reads what stands before a place: a name, a law number, or a name and a law number in
/// parentheses; 「」 and 『』 may stand around the name.
pub(super) fn statute(text: &str) -> Result<(&str, Option<String>), Malformed> {
    if !is_balanced(text) {
        return Err(Malformed::new(MalformedReason::UnclosedParenthesis, text));
    }
    let mut name = text;
    let mut number: Option<String> = None;
    loop {
        let (before, found) = if let Some(inner) = unquote(name) {
            (inner, None)
        } else if let Some((before, found)) = parenthesized(name) {
            (before, found)
        } else if let Some((before, found)) = law_number_at_end(name) {
            (before, Some(found))
        } else {
            break;
        };
        if found.is_some() && number.is_some() && number != found {
            return Err(Malformed::new(MalformedReason::TwoLawNumbers, text));
        }
        name = before;
        number = number.or(found);
    }
    // Unless it is put apart from the place, 附則 is part of it.
    if name.ends_with("附則") {
        return Err(Malformed::new(MalformedReason::AmendingSupplement, text));
    }
    if name.ends_with('第') {
        return Err(Malformed::new(MalformedReason::NoNumber, text));
    }
    no_place_at_end(name)?;
    Ok((name, number))
}

/// Refuses a list or a range of places, and two places in a row: all but the last would pass for
/// the end of the statute's name.
fn no_place_at_end(name: &str) -> Result<(), Malformed> {
    if split(name).is_ok() {
        return Err(Malformed::new(MalformedReason::OutOfOrder, name));
    }
    // 番号法19号8条: what stands for the name ends with a part of a place.
    let part = name.strip_suffix(['項', '号']).and_then(number_at_end);
    if part.is_some_and(|(_, number)| numeral::read(number).is_ok()) {
        return Err(Malformed::new(MalformedReason::OutOfOrder, name));
    }
    // 個情法27~30条, 健保法第205の4条, 番号法19・20条: a number without its sign.
    let cut = name
        .strip_suffix(RANGE_SIGNS)
        .or_else(|| name.strip_suffix('の'))
        .or_else(|| CONNECTORS.iter().find_map(|sign| name.strip_suffix(sign)));
    let number = cut.and_then(number_at_end).map(|(_, number)| number);
    if number.is_some_and(|number| numeral::read(number).is_ok()) {
        return Err(Malformed::new(MalformedReason::OutOfOrder, name));
    }
    // 番号法第19条第8号、番号法第9条: two citations in a row. A law's name that cites a place itself goes on
    // with other words (…条約第六条に基づく…).
    let rows = CONNECTORS.iter().find(|sign| {
        name.match_indices(**sign)
            .any(|(at, _)| name.get(..at).is_some_and(|before| split(before).is_ok()))
    });
    if let Some(sign) = rows {
        return Err(Malformed::new(MalformedReason::List, sign));
    }
    Ok(())
}

/// The text inside of 「」 or 『』, if one pair stands around all of it.
fn unquote(text: &str) -> Option<&str> {
    let inside = |open, close| text.strip_prefix(open)?.strip_suffix(close);
    inside('「', '」')
        .or_else(|| inside('『', '』'))
        .filter(|inner| is_balanced(inner))
}

/// What a parenthesis at the end adds to a name: a law number, how it is called from here on
/// (以下「番号法」という。), or both; or the name itself after a law number.
fn parenthesized(text: &str) -> Option<(&str, Option<String>)> {
    let (before, inner) = text.strip_suffix(')')?.rsplit_once('(')?;
    let parts = inner.split('。').filter(|part| !part.is_empty());
    let (mut number, mut told) = (None, false);
    for part in parts {
        match read_law_number(part) {
            Some(found) if number.is_none() && !told => number = Some(found),
            _ if part.starts_with("以下") => told = true,
            // 平成25年法律第27号(番号法)
            _ if !inner.contains('。') => return Some((inner, Some(read_law_number(before)?))),
            _ => return None,
        }
    }
    (number.is_some() || told).then_some((before, number))
}

/// A law number at the end of a text, with what stands before it.
fn law_number_at_end(text: &str) -> Option<(&str, String)> {
    ERAS.iter().find_map(|(era, _)| {
        let at = text.rfind(era)?;
        let found = read_law_number(text.get(at..)?)?;
        Some((text.get(..at)?, found))
    })
}

fn is_balanced(text: &str) -> bool {
    let mut open = Vec::new();
    text.chars().all(|c| match c {
        '(' | '「' | '『' => {
            open.push(c);
            true
        }
        ')' => open.pop() == Some('('),
        '」' => open.pop() == Some('「'),
        '』' => open.pop() == Some('『'),
        _ => true,
    }) && open.is_empty()
}

fn read_law_number(text: &str) -> Option<String> {
    let (era, last, rest) = ERAS
        .iter()
        .find_map(|(era, last)| Some((era, last, text.strip_prefix(era)?)))?;
    let (year, rest) = rest.split_once('年')?;
    let year = if year == "元" {
        1
    } else {
        numeral::read(year).ok().filter(|year| year <= last)?
    };
    let (kind, number) = number_at_end(rest.strip_suffix('号')?)?;
    let number = numeral::read(number).ok()?;
    let kind = after_promulgation_day(kind)?;
    is_kind(kind).then(|| format!("{era}{year}年{kind}第{number}号"))
}

/// The kind after the day of promulgation, which some write: 5月31日法律.
fn after_promulgation_day(text: &str) -> Option<&str> {
    let Some((month, rest)) = text.split_once('月') else {
        return Some(text);
    };
    let (day, kind) = rest.split_once('日')?;
    let within = |text: &str, most: u16| numeral::read(text).is_ok_and(|number| number <= most);
    (within(month, 12) && within(day, 31)).then_some(kind)
}

/// 法律, 政令, or an order of ministries such as デジタル庁・総務省令.
fn is_kind(kind: &str) -> bool {
    let belongs =
        |c: char| c.is_alphabetic() && !numeral::is_numeral(c) && !matches!(c, '第' | '年' | '条');
    let ministries = KIND_ENDS.iter().find_map(|end| kind.strip_suffix(end));
    KINDS.contains(&kind)
        || ministries.is_some_and(|name| {
            !name.is_empty() && name.chars().all(|c| belongs(c) || matches!(c, '・' | '、'))
        })
}
