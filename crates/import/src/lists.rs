//! Items of implied consent, found in a document by the words of `rules/import/kinds.toml`.
//!
//! An item is a line of a list that says what is done with whose data, under or over a sentence that
//! takes silence for consent. Everything else of the page (addresses, questions, how to object) is none.

use regex::Regex;
use serde::Deserialize;

use super::kind::{Kinds, Line};
use mokuteki::problem::Problems;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawConsentWords {
    presumed: String,
    heading: String,
    deed: String,
    not_item: String,
    objection: String,
    then: String,
    date: String,
    from: String,
    household: String,
    questions: String,
    data: Vec<RawItemData>,
    route: Vec<RawRoute>,
    activity: Vec<RawItemActivity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItemData {
    words: Vec<String>,
    term: String,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoute {
    pattern: String,
    to: String,
    via: Option<String>,
    #[serde(rename = "reason")]
    _reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItemActivity {
    pattern: String,
    term: String,
    #[serde(rename = "reason")]
    _reason: String,
}

/// What tells an item of consent and what it says.
#[derive(Debug)]
pub(crate) struct ConsentWords {
    presumed: Regex,
    heading: Regex,
    deed: Regex,
    not_item: Regex,
    objection: Regex,
    then: Regex,
    date: Regex,
    /// A day with 「から」, as the sentence of an item itself says it.
    since: Regex,
    from: Regex,
    household: Regex,
    questions: Regex,
    data: Vec<(String, String)>,
    routes: Vec<(Regex, String, Option<String>)>,
    activities: Vec<(Regex, String)>,
}

pub(crate) type Compile<'c> = &'c dyn Fn(&str) -> Result<Regex, Problems>;

impl ConsentWords {
    pub(crate) fn load(raw: RawConsentWords, regex: Compile<'_>) -> Result<Self, Problems> {
        let mut data: Vec<(String, String)> = Vec::new();
        for entry in raw.data {
            data.extend(
                entry
                    .words
                    .into_iter()
                    .map(|word| (word, entry.term.clone())),
            );
        }
        data.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        let routes = raw.route.into_iter();
        let routes = routes.map(|raw| Ok((regex(&raw.pattern)?, raw.to, raw.via)));
        let activities = raw.activity.into_iter();
        let activities = activities.map(|raw| Ok((regex(&raw.pattern)?, raw.term)));
        Ok(Self {
            presumed: regex(&raw.presumed)?,
            heading: regex(&raw.heading)?,
            deed: regex(&raw.deed)?,
            not_item: regex(&raw.not_item)?,
            objection: regex(&raw.objection)?,
            then: regex(&raw.then)?,
            from: regex(&format!("{}{}", raw.date, raw.from))?,
            since: regex(&format!("{}(から|より|以降|以後)", raw.date))?,
            date: regex(&raw.date)?,
            household: regex(&raw.household)?,
            questions: regex(&raw.questions)?,
            data,
            routes: routes.collect::<Result<_, Problems>>()?,
            activities: activities.collect::<Result<_, Problems>>()?,
        })
    }
}

/// An item of implied consent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ConsentItem {
    /// As printed, without its mark.
    pub quote: String,
    /// Its line, from 1.
    pub line: u32,
    /// Its mark as printed.
    pub mark: String,
    /// Which data, as terms.
    pub data: Vec<String>,
    /// To whom, as terms.
    pub to: Vec<String>,
    /// Through whom, as terms.
    pub via: Vec<String>,
    /// For which work, as terms.
    pub activity: Vec<String>,
    /// Whether the data of a household goes to the insured person together.
    pub household: bool,
    /// How to object, in the words of the page.
    pub objection: Option<String>,
    /// What is done then, in the words of the page.
    pub then: Option<String>,
    /// From when, in the words of the page.
    pub from: Option<String>,
}

/// A line without its mark: the mark and the rest, both as printed.
pub(crate) fn unmarked(printed: &str) -> (String, String) {
    let text = printed.trim();
    let marks = "・･•●○〇◯◎◇◆□■▪▶►▷▼▽★☆✓➢※-－*";
    let rest = text.trim_start_matches(|c: char| marks.contains(c) || c.is_whitespace());
    let open = rest.trim_start_matches(['(', '（', '〔', '【', '[', '［']);
    let number = open.trim_start_matches(|c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || ('①'..='⑳').contains(&c)
    });
    let letters = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next();
        let after = chars.as_str();
        first
            .filter(|c| "アイウエオカキクケコ一二三四五六七八九十abcdefABCDEF".contains(*c))
            .map(|_| after.to_owned())
    };
    let closed = |text: &str| {
        let text =
            text.trim_start_matches([')', '）', '.', '．', '、', ':', '：', '〕', '】', ']', '］']);
        text.trim_start().to_owned()
    };
    let body = if number.len() < open.len() {
        closed(number)
    } else if open.len() < rest.len()
        && let Some(after) = letters(open)
        && after.starts_with([')', '）'])
    {
        closed(&after)
    } else {
        rest.to_owned()
    };
    let body = body.trim().to_owned();
    let mark = text.strip_suffix(body.as_str()).unwrap_or_default();
    (mark.trim().to_owned(), body)
}

/// The number of a mark.
fn number(mark: &str) -> Option<u32> {
    let plain = mokuteki::text::normalize(mark);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The sentences of a line, as printed.
fn sentences(printed: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = printed.trim();
    while let Some(at) = rest.find('。') {
        let (head, tail) = rest.split_at(at + '。'.len_utf8());
        out.push(head.trim().to_owned());
        rest = tail;
    }
    if !rest.trim().is_empty() {
        out.push(rest.trim().to_owned());
    }
    out
}

impl Kinds {
    /// The line on which the part with items of consent begins, and whether all of the document is it.
    pub(crate) fn consent_part(&self, lines: &[Line<'_>]) -> Option<usize> {
        let words = &self.consent;
        let heads = |line: &Line<'_>| {
            let row = line.printed.contains('\t') || line.key.ends_with('。');
            words.heading.is_match(&line.key) && !row
        };
        let heading = lines.iter().position(heads);
        let presumed = lines
            .iter()
            .position(|line| words.presumed.is_match(&line.key));
        match (heading, presumed) {
            (Some(heading), _) => Some(heading),
            (None, Some(_)) => Some(0),
            (None, None) => None,
        }
    }

    /// The items of implied consent in lines.
    pub(crate) fn consent_items(&self, lines: &[Line<'_>]) -> Vec<ConsentItem> {
        let words = &self.consent;
        let mut said = lines.iter();
        if !said.any(|line| words.presumed.is_match(&line.key)) {
            return Vec::new();
        }
        let mut items: Vec<ConsentItem> = Vec::new();
        let mut questions = false;
        for line in lines {
            let cells: Vec<&str> = line.printed.split('\t').map(str::trim).collect();
            // The first cell may be no more than a number.
            let numbers = |cell: &&&str| {
                let key = mokuteki::text::normalize(cell).into_owned();
                key.chars()
                    .all(|c| c.is_ascii_digit() || "().、".contains(c))
            };
            let skipped = cells
                .iter()
                .take(cells.len().saturating_sub(1))
                .take_while(numbers)
                .count();
            let cells = cells.get(skipped..).unwrap_or_default();
            let (mark, body) = unmarked(cells.first().copied().unwrap_or_default());
            let key = mokuteki::text::normalize(&body).into_owned();
            let bare = key.trim_matches(|c: char| "【】〔〕[]()".contains(c));
            questions |= words.questions.is_match(bare);
            let marked = !mark.is_empty();
            let row = cells.len() > 1;
            let listed = marked || row || key.ends_with("こと") || key.ends_with("こと。");
            if questions || !listed || words.not_item.is_match(&key) || key.is_empty() {
                continue;
            }
            if !words.deed.is_match(&key) || self.item_data(&key).is_empty() {
                continue;
            }
            let mut item = self.item(&body, &key, line.number, mark);
            if let Some(then) = cells.get(1).filter(|cell| !cell.is_empty()) {
                item.then = Some((*then).to_owned());
            }
            items.push(item);
        }
        if items.is_empty() {
            items.extend(self.prose_item(lines));
        }
        self.conditions(lines, &mut items);
        items
    }

    /// A consent in the prose of a letter: the sentence that says what is done.
    fn prose_item(&self, lines: &[Line<'_>]) -> Option<ConsentItem> {
        let words = &self.consent;
        lines.iter().find_map(|line| {
            let key = &line.key;
            let deed = words.deed.is_match(key) && !self.item_data(key).is_empty();
            let other = words.presumed.is_match(key)
                || words.then.is_match(key)
                || words.not_item.is_match(key)
                || !key.ends_with('。');
            (deed && !other).then(|| {
                let (mark, body) = unmarked(line.printed);
                self.item(&body, key, line.number, mark)
            })
        })
    }

    fn item(&self, body: &str, key: &str, line: u32, mark: String) -> ConsentItem {
        let words = &self.consent;
        let route = words
            .routes
            .iter()
            .find(|(regex, _, _)| regex.is_match(key));
        let activity = words
            .activities
            .iter()
            .find(|(regex, _)| regex.is_match(key));
        let one = |term: Option<&String>| term.cloned().into_iter().collect::<Vec<_>>();
        ConsentItem {
            quote: body.to_owned(),
            line,
            mark,
            data: self.item_data(key),
            to: one(route.map(|(_, to, _)| to)),
            via: one(route.and_then(|(_, _, via)| via.as_ref())),
            activity: one(activity.map(|(_, term)| term)),
            household: words.household.is_match(key),
            ..ConsentItem::default()
        }
    }

    fn item_data(&self, key: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut rest = key.to_owned();
        for (word, term) in &self.consent.data {
            if rest.contains(word.as_str()) {
                rest = rest.replace(word.as_str(), "");
                if !found.contains(term) {
                    found.push(term.clone());
                }
            }
        }
        found
    }

    /// How to object, what is done then, and from when: sentences that hold for the items.
    fn conditions(&self, lines: &[Line<'_>], items: &mut [ConsentItem]) {
        let words = &self.consent;
        let quotes: Vec<u32> = items.iter().map(|item| item.line).collect();
        let rest = lines.iter().filter(|line| !quotes.contains(&line.number));
        let mut objection: Option<String> = None;
        let mut asked = false;
        let mut from = None;
        let mut then: Vec<String> = Vec::new();
        let mut places: Vec<(u32, String)> = Vec::new();
        for line in rest {
            if line.printed.contains('\t') {
                continue;
            }
            let mut follows = false;
            for sentence in sentences(line.printed) {
                let key = mokuteki::text::normalize(&sentence).into_owned();
                let dated = words
                    .from
                    .find(&key)
                    .and_then(|hit| words.date.find_at(&key, hit.start()));
                if let Some(date) = dated {
                    from = from.or_else(|| printed(&sentence, date.as_str()));
                }
                if (words.then.is_match(&key) || follows) && !asks(&key) {
                    then.push(sentence.clone());
                    places.push((line.number, sentence.clone()));
                    follows = true;
                    continue;
                }
                // What is done then may stand behind the request that whoever objects is asked.
                let request = words.then.is_match(&key) && asks(&key);
                follows = request && sentences(line.printed).len() > 1;
                if words.objection.is_match(&key) {
                    // A request goes before a sentence that only mentions an objection.
                    let request = asks(&key);
                    if objection.is_none() || request && !asked {
                        objection = Some(sentence.clone());
                        asked = request;
                    }
                }
            }
        }
        own_then(items, &places);
        for item in items.iter_mut() {
            let key = mokuteki::text::normalize(&item.quote).into_owned();
            let dated = words.since.find(&key);
            let dated = dated.and_then(|hit| words.date.find_at(&key, hit.start()));
            let own = dated.and_then(|date| printed(&item.quote, date.as_str()));
            item.from = item.from.take().or(own);
            item.objection = item.objection.take().or_else(|| objection.clone());
            item.from = item.from.take().or_else(|| from.clone());
            if item.then.is_none() {
                item.then = then_of(item, &then);
            }
        }
    }
}

/// Whether a sentence asks for something to be done.
fn asks(key: &str) -> bool {
    ["ください", "下さい", "願います", "お願い"]
        .iter()
        .any(|word| key.contains(word))
}

/// Words of a sentence as they are printed, found by what they are compared as.
fn printed(sentence: &str, key: &str) -> Option<String> {
    let chars: Vec<char> = sentence.chars().collect();
    (0..chars.len()).find_map(|from| {
        (from + 1..=chars.len()).find_map(|to| {
            let part: String = chars.get(from..to)?.iter().collect();
            (mokuteki::text::normalize(&part) == key).then_some(part)
        })
    })
}

/// Gives each item the sentence under it, where such sentences stand between the items.
fn own_then(items: &mut [ConsentItem], places: &[(u32, String)]) {
    let lines: Vec<u32> = items.iter().map(|item| item.line).collect();
    let between = |line: u32, next: Option<&u32>| {
        let mut under = places.iter();
        let after = |at: u32| at > line && next.map_or(at == line + 1, |next| at < *next);
        under
            .find(|(at, _)| after(*at))
            .map(|(_, text)| text.clone())
    };
    let own: Vec<Option<String>> = (1..)
        .zip(&lines)
        .map(|(next, line)| between(*line, lines.get(next)))
        .collect();
    if own.iter().flatten().count() < 2 {
        return;
    }
    for (item, own) in items.iter_mut().zip(own) {
        item.then = item.then.take().or(own);
    }
}

/// What is done with an item: the sentence that names its number, else the one that names none.
fn then_of(item: &ConsentItem, then: &[String]) -> Option<String> {
    let own = number(&item.mark);
    let named = |sentence: &&String| {
        let key = mokuteki::text::normalize(sentence);
        let digits: Vec<u32> = key
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|digits| digits.parse().ok())
            .collect();
        (
            digits.is_empty(),
            own.is_some_and(|own| digits.contains(&own)),
        )
    };
    let by_number = then.iter().find(|sentence| named(sentence).1);
    let plain = then.iter().find(|sentence| named(sentence).0);
    by_number.or(plain).cloned()
}
