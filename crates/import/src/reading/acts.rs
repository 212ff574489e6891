//! A sentence in acts: each verb noun with its object, its party, for whom and of whom.
//!
//! 「及び」 joins acts in one sentence and nouns in the next, and nothing but what stands on its two
//! sides tells which. A joint is taken to part acts only where the left side ends with an act (a verb
//! noun, or the name of a work) and the right side has an object or a party of its own. Everything
//! else stays together and is read as one: a joint too few leaves a reading wider to be looked at,
//! while a joint too many would tear an object from its verb.
//!
//! What stands once for several acts is put back where it is missing: the entrusting verb at the end
//! of 「AのB及びCのDの委託」, the object of 「その分析」.

use super::{Reader, raw::Named, text::Text};
use mokuteki::notice::Direction;

/// One act of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Act {
    /// The act as a sentence of its own.
    pub(super) text: String,
    /// The bytes of the whole sentence that print it, with the joint behind it.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether a verb further on may or may not be said of it, so that its way is not told.
    pub(super) doubtful: bool,
}

/// A side of a joint.
#[derive(Clone, Copy)]
struct Part {
    from: usize,
    to: usize,
}

impl Reader<'_> {
    /// The acts of a cleaned sentence under a heading of the given way.
    pub(super) fn acts(&self, text: &str, way: Option<Direction>) -> Vec<Act> {
        let whole = Text::new(self, text.to_owned());
        let joints = self.joints(&whole, way);
        let mut parts: Vec<Part> = Vec::new();
        let mut ends: Vec<usize> = Vec::new();
        let mut from = 0;
        for (start, end) in joints {
            parts.push(Part { from, to: start });
            ends.push(end);
            from = end;
        }
        parts.push(Part {
            from,
            to: text.len(),
        });
        ends.push(text.len());
        let mut acts: Vec<Act> = Vec::new();
        let mut object = String::new();
        for (at, (part, end)) in parts.iter().zip(ends).enumerate() {
            let own = whole.slice(part.from, part.to).to_owned();
            let mut act = Act {
                text: self.with_object(&whole, *part, &own, &object),
                start: part.from,
                end,
                doubtful: false,
            };
            self.share_verb(&whole, parts.get(at..).unwrap_or_default(), way, &mut act);
            if let Some(found) = object_of(&whole, *part) {
                object = found;
            }
            acts.push(act);
        }
        acts
    }

    /// The joints that part acts.
    fn joints(&self, whole: &Text, way: Option<Direction>) -> Vec<(usize, usize)> {
        let text = whole.text.as_str();
        let rules = &self.rules.acts;
        let mut joints = Vec::new();
        let (mut from, mut at, mut depth) = (0, 0, 0_usize);
        while let Some(rest) = text.get(at..) {
            let Some(c) = rest.chars().next() else { break };
            depth = match c {
                '(' | '「' => depth + 1,
                ')' | '」' => depth.saturating_sub(1),
                _ => depth,
            };
            let joint = rules
                .coordinators
                .iter()
                .find(|word| rest.starts_with(word.as_str()));
            let Some(joint) = joint.filter(|_| depth == 0) else {
                at += c.len_utf8();
                continue;
            };
            let end = at + joint.len();
            if self.parts_acts(whole, from, (at, end), way) {
                joints.push((at, end));
                from = end;
            }
            at = end;
        }
        joints
    }

    fn parts_acts(
        &self,
        whole: &Text,
        from: usize,
        (start, end): (usize, usize),
        way: Option<Direction>,
    ) -> bool {
        let text = whole.text.as_str();
        // Inside a word, or inside what is known to be read in several ways, nothing is parted.
        let inside = whole
            .acts
            .iter()
            .flat_map(|found| &found.pieces)
            .chain(whole.data.iter().flat_map(|found| &found.pieces))
            .chain(whole.parties.iter().flat_map(|found| &found.pieces))
            .any(|(first, last)| *first < start && end < *last);
        let ambiguous = self.rules.ambiguous.iter().any(|pattern| {
            pattern
                .find_all(text)
                .any(|hit| hit.start() < start && end < hit.end())
        });
        let left = Part { from, to: start };
        let right = Part {
            from: end,
            to: text.len(),
        };
        let joint = whole.slice(start, end);
        let before = whole.slice(from, start);
        // 「A等、B」: A is an example of B.
        let example = before.ends_with('等') && matches!(joint, "、" | ",");
        if inside || ambiguous || example || !self.ends_with_act(whole, left) {
            return false;
        }
        let weak = matches!(joint, "と" | "や");
        let done = self.rules.acts.doing.iter();
        let mut done = done.filter(|verb| before.ends_with(verb.as_str()));
        if weak && !self.ends_with_verb(before) && done.next().is_none() {
            return false;
        }
        let named = |from: usize| {
            whole.acts.iter().any(|found| {
                let work = self.rules.works.get(found.means);
                found.start == from
                    && found.pieces.len() == 1
                    && work.is_some_and(|work| !work.data.is_empty())
            })
        };
        if self.is_bare_verb(whole.slice(right.from, right.to)) && !named(right.from) {
            return false;
        }
        // Works beside each other whose report or notice it is: A及びBの実施状況の報告.
        let party = whole.parties.iter().any(|found| found.start >= right.from);
        let over = self.hands_over(whole.slice(right.from, right.to));
        let bare = !self.ends_with_verb(before) || self.is_name(whole, left);
        if bare && over && !party && !self.entrusts(whole.slice(right.from, right.to)) {
            return false;
        }
        if self.has_object(whole, right) {
            return true;
        }
        let hands = self.hands_over(before);
        let back = self.refers_back(whole.slice(right.from, right.to));
        // A party alone continues an act that has not gone out yet: 実施状況管理及び国への報告.
        // Under no heading the first is done inside, and only the second goes out.
        over && (hands || party && (back || way.is_none()))
    }

    /// Whether a part ends with a verb noun or the name of a work, and says more than that.
    fn ends_with_act(&self, whole: &Text, part: Part) -> bool {
        let all = whole.slice(part.from, part.to);
        let text = self.without_ending(all);
        let end = part.from + text.len();
        // 資格取得 in a list of data is no act, though it ends like one.
        let data = whole.data.iter().any(|found| found.end == end);
        self.ends_with_work(all, text.len())
            || !data && self.ends_with_verb(text) && !self.is_bare_verb(text)
    }

    /// Whether the name of a work ends a text. The text is looked at alone: in the whole sentence a
    /// work with a gap may have taken the name into itself.
    fn ends_with_work(&self, text: &str, end: usize) -> bool {
        let own = Text::new(self, text.to_owned());
        own.acts
            .iter()
            .any(|found| found.end >= end && found.pieces.len() == 1)
    }

    fn without_ending<'t>(&self, text: &'t str) -> &'t str {
        let hit = self.rules.acts.ending.find(text);
        hit.and_then(|hit| text.get(..hit.start())).unwrap_or(text)
    }

    fn ends_with_verb(&self, text: &str) -> bool {
        let text = self.without_ending(text);
        let rules = &self.rules.acts;
        let mut verbs = rules.handing.iter().chain(&rules.doing);
        verbs.any(|verb| text.ends_with(verb.as_str()))
    }

    /// Whether a part ends with a verb that hands over.
    fn hands_over(&self, text: &str) -> bool {
        let text = self.without_ending(text);
        let mut verbs = self.rules.acts.handing.iter();
        verbs.any(|verb| text.ends_with(verb.as_str()))
    }

    fn entrusts(&self, text: &str) -> bool {
        let text = self.without_ending(text);
        let mut verbs = self.rules.acts.entrusting.iter();
        verbs.any(|verb| text.ends_with(verb.as_str()))
    }

    /// Whether a part is the name of a work and gives no party, though it ends like a verb of handing
    /// over: 医療費通知, 健康相談.
    fn is_name(&self, whole: &Text, part: Part) -> bool {
        let all = whole.slice(part.from, part.to);
        let work = self.ends_with_work(all, self.without_ending(all).len());
        let party = whole
            .parties
            .iter()
            .any(|one| part.from <= one.start && one.end <= part.to);
        work && !party && !self.entrusts(whole.slice(part.from, part.to))
    }

    /// Whether a text begins with a verb noun that has no object of its own: 発送の委託.
    fn is_bare_verb(&self, text: &str) -> bool {
        let rules = &self.rules.acts;
        let verbs = rules.handing.iter().chain(&rules.doing);
        let mut rests = verbs.filter_map(|verb| text.strip_prefix(verb.as_str()));
        rests.any(|rest| {
            let rest = rest.strip_prefix("処理").unwrap_or(rest);
            let after = self.without_ending(rest);
            let mut joints = rules.coordinators.iter();
            after.is_empty()
                || joints.any(|joint| rest.starts_with(joint.as_str()))
                || [
                    "の",
                    "業務",
                    "に係る",
                    "に関する",
                    "委託",
                    "等",
                    "に必要",
                    "のため",
                ]
                .iter()
                .any(|word| rest.starts_with(word))
        })
    }

    /// Whether a part names an object of its own: data, or a work that tells its data.
    fn has_object(&self, whole: &Text, part: Part) -> bool {
        let inside = |start: usize, end: usize| part.from <= start && end <= part.to;
        let data = whole.data.iter().any(|one| inside(one.start, one.end));
        let work = whole.acts.iter().any(|found| {
            let work = self.rules.works.get(found.means);
            inside(found.start, found.end)
                && work.is_some_and(|work| work.named != Named::Limits || !work.data.is_empty())
        });
        if work || data && self.ends_with_verb(whole.slice(part.from, part.to)) {
            return true;
        }
        // Words that nobody knows are an object, too, where a verb of handing over follows them.
        let text = whole.slice(part.from, part.to);
        let party = whole
            .parties
            .iter()
            .any(|one| one.start <= part.from && one.end > part.from);
        // A work that handles data and names none works on the object of the one before.
        let handles = whole.acts.iter().any(|one| inside(one.start, one.end));
        self.hands_over(text)
            && !handles
            && !party
            && !self.refers_back(text)
            && !self.is_bare_verb(text)
    }

    fn refers_back(&self, text: &str) -> bool {
        let mut back = self.rules.acts.back.iter();
        back.any(|word| text.starts_with(word.as_str()))
    }

    /// A part as a sentence: with the object of the one before, where it has none or points at it.
    fn with_object(&self, whole: &Text, part: Part, own: &str, object: &str) -> String {
        if object.is_empty() {
            return own.to_owned();
        }
        if let Some(rest) = own.strip_prefix("その") {
            return format!("{object}の{rest}");
        }
        let verb = self.without_ending(own);
        let mut alone = self.rules.acts.own_object.iter();
        let alone = alone.any(|word| verb.ends_with(word.as_str()));
        if self.refers_back(own) || !alone && !self.has_object(whole, part) {
            return format!("{object}の{own}");
        }
        own.to_owned()
    }

    /// Gives an act the entrusting verb (with its party) that stands at the end of a later one.
    fn share_verb(&self, whole: &Text, parts: &[Part], way: Option<Direction>, act: &mut Act) {
        let Some((own, later)) = parts.split_first() else {
            return;
        };
        let name = self.is_name(whole, *own);
        if self.hands_over(whole.slice(own.from, own.to)) && !name {
            return;
        }
        let Some(next) = later
            .iter()
            .find(|part| self.hands_over(whole.slice(part.from, part.to)))
        else {
            return;
        };
        let text = self.without_ending(whole.slice(next.from, next.to));
        let rules = &self.rules.acts;
        let entrusts = self.entrusts(text);
        let verbs = rules.handing.iter();
        let verb = verbs
            .filter(|verb| text.ends_with(verb.as_str()))
            .max_by_key(|verb| verb.len());
        let Some(verb) = verb else { return };
        // What says that it is done has its verb, and another than an entrusting one is not said of it.
        let printed = whole.slice(own.from, own.to);
        let mut doing = rules.doing.iter();
        let done = !entrusts && doing.any(|verb| printed.ends_with(verb.as_str()));
        let bare = (name || !self.ends_with_verb(printed)) && !done;
        if !entrusts && !bare {
            // 特定健診の実施及び…の国への報告: what is done here stays here.
            return;
        }
        let outward = matches!(way, Some(Direction::Outward));
        if way.is_none() && (!bare || !entrusts) {
            act.doubtful = true;
            return;
        }
        if !outward && way.is_some() {
            return;
        }
        // The verb with what is said of it alone: 「の産業医への委託」.
        let before = text.strip_suffix(verb.as_str()).unwrap_or(text);
        let before = before
            .strip_suffix("外部")
            .or_else(|| before.strip_suffix("業務"))
            .or_else(|| before.strip_suffix("一部"))
            .or_else(|| before.strip_suffix("調査"))
            .unwrap_or(before);
        let mut tail = format!("の{verb}");
        if let Some(at) = before.strip_suffix("への") {
            let end = next.from + at.len();
            let party = whole.parties.iter().find(|party| party.end == end);
            if let Some(party) = party {
                tail = format!("の{}への{verb}", whole.slice(party.start, party.end));
            }
        }
        act.text = format!("{}{tail}", self.without_ending(&act.text));
    }

    /// What a sentence says beside its exclusions and what it says not to do.
    pub(super) fn without_exclusions(&self, text: &str) -> Plain {
        let rules = &self.rules.acts;
        let mut plain = Plain {
            text: text.to_owned(),
            ..Plain::default()
        };
        if let Some(hit) = rules.consent.find(&plain.text) {
            plain.asks_consent = true;
            let range = hit.range();
            plain.text.replace_range(range, "");
        }
        for pattern in &rules.exclusions {
            while let Some(hit) = pattern.captures(&plain.text) {
                let (Some(all), Some(named)) = (hit.get(0), hit.name("x")) else {
                    break;
                };
                if all.is_empty() {
                    break;
                }
                plain.excluded.push(named.as_str().to_owned());
                let range = all.range();
                plain.text.replace_range(range, "");
            }
        }
        for pattern in &rules.negations {
            plain.text = pattern.replace_all(&plain.text, "").into_owned();
        }
        plain
    }

    /// Whether the sentence is one that takes in whatever else there is.
    pub(super) fn is_catch_all(&self, text: &str) -> bool {
        self.rules.acts.catch_all.is_match(text)
    }
}

/// A sentence without what it takes out.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub(super) text: String,
    /// The words that are taken out.
    pub(super) excluded: Vec<String>,
    /// Whether it makes consent a condition.
    pub(super) asks_consent: bool,
}

/// The object of a part: the last data before its verb, else its work.
fn object_of(whole: &Text, part: Part) -> Option<String> {
    let inside = |start: usize, end: usize| part.from <= start && end <= part.to;
    let mut data = whole.data.iter().filter(|one| inside(one.start, one.end));
    if let Some(found) = data.next_back() {
        return Some(whole.slice(found.start, found.end).to_owned());
    }
    let act = whole.acts.iter().find(|one| inside(one.start, one.end))?;
    // 健診の実施とその結果: what is pointed at is the work, not that it is done.
    let name = whole.slice(act.start, act.end);
    Some(name.strip_suffix("の実施").unwrap_or(name).to_owned())
}
