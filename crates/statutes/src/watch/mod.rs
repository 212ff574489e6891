//! What changed between two texts of an act, place by place, and what of the rules rests on it.
//!
//! A number is no identity: 番号法第19条第7号 of 2017 is 第8号 of today. So what stands in both texts word for
//! word under one number is the same; what is left over on both sides is paired by the likeness of its
//! words, and a pair with two numbers has moved. Nothing is decided here: a pair is a proposal, with its
//! likeness, for a person to accept.

mod likeness;
mod pending;
mod touched;

use crate::act::{Act, Article};
use likeness::Words;

pub use pending::{Announced, announced};
pub use touched::{Touched, touched};

/// What happened to a place from one text to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "each must be looked at by whoever acts on it"
)]
pub enum What {
    /// It stands in the new text only.
    Came,
    /// It stands in the old text only.
    Went,
    /// It has its number and other words.
    Changed,
    /// It has another number.
    Moved,
}

impl What {
    /// A word for machines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Went => "went",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }
}

/// A place that is not the same in two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What happened.
    pub what: What,
    /// Its place in the old text; `None` where it came.
    pub was: Option<String>,
    /// Its place in the new text; `None` where it went.
    pub is: Option<String>,
    /// The caption of its article, of the new text where it stands there.
    pub caption: String,
    /// How much of the words of both is the same, in percent: 100 where all of them are.
    pub likeness: u8,
    /// For an article, the paragraphs and items that are not the same.
    pub parts: Vec<Self>,
}

/// A pair of numbers is taken for one place that moved from this likeness on. Of the places that are known to
/// have moved, the least like is 番号法第19条第7号 (58%, whose words doubled); of two that are not one place, what
/// is left over once the likeliest pairs are taken reaches 41% (第7号 and the new 第9号).
const ALIKE: u8 = 50;
/// What a number that stays is worth in likeness, where two pairs are nearly as like.
const SAME_NUMBER: u8 = 8;

/// The places that differ between two texts of an act, in the order of the new text; what went comes
/// after.
#[must_use]
pub fn compare(old: &Act, new: &Act) -> Vec<Change> {
    let units = |act: &Act| act.articles.iter().map(Unit::article).collect::<Vec<_>>();
    let (old_units, new_units) = (units(old), units(new));
    let article = |act: &Act, at: Option<usize>| at.and_then(|at| act.articles.get(at)).cloned();
    pair(&old_units, &new_units)
        .into_iter()
        .filter_map(|paired| {
            let (before, after) = (article(old, paired.old), article(new, paired.new));
            let caption = after
                .as_ref()
                .or(before.as_ref())
                .map(|article| article.caption.clone());
            let parts = match (&before, &after) {
                (Some(before), Some(after)) => parts(before, after),
                _ => Vec::new(),
            };
            paired.change(&old_units, &new_units, caption.unwrap_or_default(), parts)
        })
        .collect()
}

fn parts(old: &Article, new: &Article) -> Vec<Change> {
    let (old_units, new_units) = (Unit::parts(old), Unit::parts(new));
    // A part that kept its number within an article that moved is no news of its own.
    let moved = old.place() != new.place();
    pair(&old_units, &new_units)
        .into_iter()
        .filter_map(|paired| paired.change(&old_units, &new_units, new.caption.clone(), Vec::new()))
        .filter(|change| {
            !(moved && change.what == What::Moved && change.likeness == 100 && same_part(change))
        })
        .collect()
}

/// Whether a part that moved with its article has the same number within it.
fn same_part(change: &Change) -> bool {
    let within = |place: &Option<String>| {
        place
            .as_ref()
            .and_then(|place| place.split_once('条'))
            .map(|(_, rest)| {
                rest.trim_start_matches(|c: char| c == 'の' || c.is_ascii_digit())
                    .to_owned()
            })
    };
    within(&change.was) == within(&change.is)
}

/// A part of an act that has words.
struct Unit {
    place: String,
    text: String,
    words: Words,
}

impl Unit {
    fn new(place: String, text: String) -> Self {
        let words = Words::new(&text);
        Self { place, text, words }
    }

    fn article(article: &Article) -> Self {
        let mut text = article.caption.clone();
        for paragraph in &article.paragraphs {
            text.push('\n');
            text.push_str(&paragraph.text);
            for item in &paragraph.items {
                text.push('\n');
                text.push_str(&item.text);
            }
        }
        if article.deleted {
            text.push_str("削除");
        }
        Self::new(article.place(), text)
    }

    fn parts(article: &Article) -> Vec<Self> {
        let mut found = Vec::new();
        let one = article.paragraphs.len() == 1;
        for paragraph in &article.paragraphs {
            let within = if one {
                article.place()
            } else {
                format!("{}第{}項", article.place(), paragraph.number)
            };
            found.push(Self::new(within.clone(), paragraph.text.clone()));
            for item in &paragraph.items {
                let (number, branches) = item.number;
                let branches: String = branches
                    .iter()
                    .filter(|branch| **branch > 0)
                    .map(|branch| format!("の{branch}"))
                    .collect();
                found.push(Self::new(
                    format!("{within}第{number}号{branches}"),
                    item.text.clone(),
                ));
            }
        }
        found
    }
}

struct Paired {
    old: Option<usize>,
    new: Option<usize>,
    likeness: u8,
}

impl Paired {
    /// The change, or `None` where the place is the same in both.
    fn change(
        &self,
        old: &[Unit],
        new: &[Unit],
        caption: String,
        parts: Vec<Change>,
    ) -> Option<Change> {
        let was = self.old.and_then(|at| old.get(at));
        let is = self.new.and_then(|at| new.get(at));
        let what = match (was, is) {
            (Some(was), Some(is)) if was.place != is.place => What::Moved,
            (Some(was), Some(is)) if was.text != is.text => What::Changed,
            (Some(_), None) => What::Went,
            (None, Some(_)) => What::Came,
            _ => return None,
        };
        Some(Change {
            what,
            was: was.map(|unit| unit.place.clone()),
            is: is.map(|unit| unit.place.clone()),
            caption,
            likeness: self.likeness,
            parts,
        })
    }
}

/// Pairs what stands in two texts.
fn pair(old: &[Unit], new: &[Unit]) -> Vec<Paired> {
    let mut of_old: Vec<Option<usize>> = vec![None; old.len()];
    let mut of_new: Vec<Option<(usize, u8)>> = vec![None; new.len()];
    let mut take = |was: usize, is: usize, likeness: u8| {
        let free = of_old.get(was) == Some(&None) && of_new.get(is) == Some(&None);
        if let (true, Some(a), Some(b)) = (free, of_old.get_mut(was), of_new.get_mut(is)) {
            *a = Some(is);
            *b = Some((was, likeness));
        }
        free
    };
    let mut left_old = Vec::new();
    let mut left_new: Vec<usize> = (0..new.len()).collect();
    for (at, unit) in old.iter().enumerate() {
        let same = new
            .iter()
            .position(|other| other.place == unit.place && other.text == unit.text);
        match same {
            Some(is) if take(at, is, 100) => left_new.retain(|left| *left != is),
            _ => left_old.push(at),
        }
    }
    let mut likely: Vec<(u8, u8, usize, usize)> = Vec::new();
    for was in &left_old {
        for is in &left_new {
            let (Some(a), Some(b)) = (old.get(*was), new.get(*is)) else {
                continue;
            };
            let likeness = a.words.likeness(&b.words);
            let same_number = a.place == b.place;
            let worth = likeness.saturating_add(if same_number { SAME_NUMBER } else { 0 });
            if worth >= ALIKE {
                likely.push((worth, likeness, *was, *is));
            }
        }
    }
    likely.sort_by(|a, b| b.0.cmp(&a.0).then((a.2, a.3).cmp(&(b.2, b.3))));
    for (_, likeness, was, is) in likely {
        take(was, is, likeness);
    }
    // A number that stands in both texts and was paired with none is one place with other words.
    for was in 0..old.len() {
        let place = old.get(was).map(|unit| unit.place.as_str());
        let is = new
            .iter()
            .position(|unit| Some(unit.place.as_str()) == place);
        if let (Some(is), Some(a)) = (is, old.get(was)) {
            let likeness = new.get(is).map_or(0, |b| a.words.likeness(&b.words));
            take(was, is, likeness);
        }
    }
    let came = of_new.iter().enumerate().map(|(is, was)| Paired {
        old: was.map(|(was, _)| was),
        new: Some(is),
        likeness: was.map_or(0, |(_, likeness)| likeness),
    });
    let went = of_old
        .iter()
        .enumerate()
        .filter(|(_, is)| is.is_none())
        .map(|(was, _)| Paired {
            old: Some(was),
            new: None,
            likeness: 0,
        });
    came.chain(went).collect()
}
