//! A sentence with the words of every class that were found in it, and which of them stand for themselves.

use super::{Reader, find::Found};
use mokuteki::vocabulary::Term;

/// A text with the words that were found in it.
#[derive(Debug)]
#[expect(
    clippy::struct_field_names,
    reason = "the text itself, and what was found in it"
)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) acts: Vec<Found<usize>>,
    pub(super) data: Vec<Found<Term>>,
    pub(super) parties: Vec<Found<Vec<Term>>>,
    pub(super) channels: Vec<Found<Term>>,
    /// Works that only tell what a party does: 保健指導の in 保健指導の専門業者.
    pub(super) described: Vec<(usize, usize)>,
}

impl Text {
    pub(super) fn new(reader: &Reader<'_>, text: String) -> Self {
        let rules = &reader.rules;
        let mut acts = rules.activity.find(&text, &rules.joiners);
        let mut data = rules.data.find(&text, &rules.joiners);
        narrowest(reader, &mut data);
        let mut parties = rules.party.find(&text, &rules.joiners);
        let channels = rules.channel.find(&text, &rules.joiners);
        // 健診 in 健診結果 names no work, and 他機関 in 他機関の給付事務 no party.
        acts.retain(|act| {
            let inside = data.iter().any(|other| within(act, other))
                || channels.iter().any(|other| within(act, other))
                || parties.iter().any(|other| within(act, other));
            !inside
        });
        absorb(reader, &text, &mut acts);
        let described = describes(&text, &mut acts, &parties);
        parties.retain(|party| {
            // A gap leaves its parts what they are: 健保連…医療費分析 is said of the party 健保連.
            let literal = |act: &&Found<usize>| act.pieces.len() == 1;
            !acts.iter().filter(literal).any(|act| within(party, act))
                && !data.iter().any(|other| within(party, other))
        });
        Self {
            text,
            acts,
            data,
            parties,
            channels,
            described,
        }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }
}

/// Takes out the works whose state or result another work is about: A and B in
/// AおよびBの実施状況の報告 are what is reported, and no works of their own there.
fn absorb(reader: &Reader<'_>, text: &str, acts: &mut Vec<Found<usize>>) {
    let rules = &reader.rules;
    let about = |act: &&Found<usize>| {
        let words = text.get(act.start..act.end).unwrap_or_default();
        rules.narrowed.is_match(words)
    };
    let starts: Vec<usize> = acts.iter().filter(about).map(|act| act.start).collect();
    for start in starts {
        let mut end = start;
        loop {
            let before = text.get(..end).unwrap_or_default();
            let before = before.trim_end_matches('の');
            let mut joiners = rules.joiners.iter();
            let joined = joiners.find_map(|joiner| before.strip_suffix(joiner.as_str()));
            let before = joined.filter(|_| end < start).unwrap_or(before);
            let Some(at) = acts
                .iter()
                .position(|act| act.end == before.len() && act.end < end)
            else {
                break;
            };
            end = acts.remove(at).start;
        }
    }
}

/// Where words overlap, the narrower of them is what is printed: 柔道整復…支給申請書 over its 療養費の支給申請書.
fn narrowest(reader: &Reader<'_>, data: &mut Vec<Found<Term>>) {
    let words = reader.engine.vocabulary();
    let all = data.clone();
    data.retain(|one| {
        !all.iter().any(|other| {
            let mut above = words.lineage(other.means).skip(1);
            other.overlaps(one) && above.any(|term| term == one.means)
        })
    });
}

/// Takes out the works that only tell what a party does, where another work is the object: the second
/// of 特定保健指導を保健指導の専門業者に委託.
fn describes(
    text: &str,
    acts: &mut Vec<Found<usize>>,
    parties: &[Found<Vec<Term>>],
) -> Vec<(usize, usize)> {
    let after = |end: usize| text.get(end..).unwrap_or_default();
    let object = |act: &&Found<usize>| {
        let rest = after(act.end);
        let mut light = ["の実施", "業務", "事務", "事業", "等"].into_iter();
        let rest = light
            .find_map(|word| rest.strip_prefix(word))
            .unwrap_or(rest);
        rest.starts_with('を')
    };
    let Some(first) = acts.iter().find(object).map(|act| act.end) else {
        return Vec::new();
    };
    let (told, kept) = std::mem::take(acts).into_iter().partition(|act| {
        let mut parties = parties.iter();
        let party = parties.any(|party| party.start == act.end + "の".len());
        act.start >= first && after(act.end).starts_with('の') && party
    });
    *acts = kept;
    let told: Vec<Found<usize>> = told;
    told.into_iter().flat_map(|act| act.pieces).collect()
}

/// Whether a word is a part of a longer one.
fn within<T, U>(one: &Found<T>, other: &Found<U>) -> bool {
    one.is_inside(other) && one.weight() < other.weight()
}
