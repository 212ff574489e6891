//! The places of an act that are nearest to one that does not exist.

use super::places::{Article, Places};
use crate::citation::Place;

/// The most that a reader can choose from.
const MOST: usize = 3;

/// The nearest places that stand in a revision: what a slip of 項 for 号 would mean, else the nearest part
/// of the same article, else the nearest articles.
pub(super) fn nearest(places: &Places, place: Place, revision: usize) -> Vec<Place> {
    let Some(article) = places.article(place, revision) else {
        return articles(places, place, revision);
    };
    let stands = |place: &Place| article.shape.holds(*place);
    let slips = [
        place.with_item_for_paragraph(),
        place.with_paragraph_for_item(),
        place.item().map(|_| place.without_paragraph()),
    ];
    let mut found: Vec<Place> = slips.into_iter().flatten().filter(stands).collect();
    // An item without a paragraph, in an article that has several.
    if place.paragraph().is_none() && place.item().is_some() {
        let paragraphs = article.shape.paragraphs();
        found.extend(
            paragraphs
                .map(|paragraph| place.under_paragraph(paragraph.number))
                .filter(stands),
        );
    }
    if found.is_empty() {
        found = parts(article, place);
    }
    found.dedup();
    found.truncate(MOST);
    found
}

/// The nearest item of the same paragraph, else the nearest paragraph, else the article.
fn parts(article: Article<'_>, place: Place) -> Vec<Place> {
    let single = article.shape.has_one_paragraph();
    let wanted = place.paragraph().unwrap_or(1);
    let paragraphs = article.shape.paragraphs();
    let Some(paragraph) = paragraphs.min_by_key(|held| held.number.abs_diff(wanted)) else {
        return vec![place.article_only()];
    };
    let within = if single {
        place.article_only()
    } else {
        place.article_only().under_paragraph(paragraph.number)
    };
    let item = place
        .item_number()
        .filter(|_| single || paragraph.number == wanted);
    let near = item.and_then(|(item, _)| {
        let items = paragraph.items();
        items.min_by_key(|(held, branches)| (held.abs_diff(item), *branches))
    });
    vec![near.map_or(within, |near| within.with_item(near))]
}

/// The article without its branch, then the ones on both sides.
fn articles(places: &Places, place: Place, revision: usize) -> Vec<Place> {
    let wanted = place.article_only();
    let far = |held: &Place| {
        let same_part = held.is_supplementary() == wanted.is_supplementary();
        (!same_part, held.article().abs_diff(wanted.article()))
    };
    let mut found: Vec<Place> = places.numbers(revision).collect();
    found.sort_by_key(|held| (far(held), *held > wanted, std::cmp::Reverse(*held)));
    let nearest = found.first().map(far);
    found.retain(|held| Some(far(held)) == nearest);
    found.truncate(MOST);
    found.sort_unstable();
    found
}
