//! What of the rules rests on places that changed.

use mokuteki::{
    Day, Engine,
    citation::Place,
    law::{DatedCitation, ProvisionId, Statute},
};

use super::{Change, What};

/// A provision of the rules whose place is not the same in two texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// The lasting id of the provision.
    pub provision: String,
    /// What happened to its place.
    pub what: What,
    /// Its citation in the old text.
    pub was: String,
    /// Its citation in the new text; `None` where it went.
    pub is: Option<String>,
    /// The ids of the grounds that stand on it.
    pub grounds: Vec<String>,
    /// The ids of the duties that it imposes.
    pub duties: Vec<String>,
    /// The clauses that such a ground lets data leave or come in by, as `society label`.
    pub clauses: Vec<String>,
    /// Whether the rules say already what it is in the new text: a person accepted that.
    pub recorded: bool,
    /// A dated citation to add to the rules, for a person to accept; `None` where there is none to add.
    pub draft: Option<String>,
}

/// The provisions of a statute that changes touch, from the text of one day to that of another.
#[must_use]
pub fn touched(
    engine: &Engine,
    statute: &Statute,
    changes: &[Change],
    old: Day,
    new: Day,
) -> Vec<Touched> {
    let law = engine.law();
    let of_statute = law
        .provisions()
        .filter(|(id, _)| law.statute(*id).is_some_and(|of| of.id == statute.id));
    let mut found = Vec::new();
    for (id, provision) in of_statute {
        let read_in_old =
            |cited: &&DatedCitation| cited.read.contains(&old) || cited.period.contains(old);
        let Some(cited) = provision.citations.iter().find(read_in_old) else {
            continue;
        };
        let Some((what, is)) = happened(cited.at, changes) else {
            continue;
        };
        let recorded = match is {
            Some(is) => provision.citations.iter().any(|cited| {
                cited.at == is
                    && (cited.read.contains(&new) || cited.period.contains(new) && is != cited.at)
            }),
            None => provision
                .citations
                .iter()
                .all(|cited| cited.period.until.is_some_and(|until| until <= new)),
        };
        let draft = is.filter(|_| !recorded).map(|is| {
            let closed = if is == cited.at { String::new() } else { format!("# {} を閉じる: until = {new}\n", cited.at) };
            format!("{closed}# 人が条文を確かめて受け入れる ({})\n[[provision.citation]]\nat = \"{is}\"\nfrom = {new}\nread = [{new}]\n", provision.id)
        });
        let (grounds, duties, clauses) = rests_on(engine, id);
        found.push(Touched {
            provision: provision.id.clone(),
            what,
            was: format!("{}{}", statute.name, cited.at),
            is: is.map(|is| format!("{}{is}", statute.name)),
            grounds,
            duties,
            clauses,
            recorded,
            draft,
        });
    }
    found
}

/// What happened to a place, and where it stands now.
fn happened(at: Place, changes: &[Change]) -> Option<(What, Option<Place>)> {
    let place = |text: &Option<String>| text.as_deref().and_then(|text| Place::parse(text).ok());
    let article = changes
        .iter()
        .find(|change| place(&change.was) == Some(at.article_only()))?;
    let exact = article
        .parts
        .iter()
        .find(|part| place(&part.was) == Some(at));
    if let Some(part) = exact {
        return Some((part.what, place(&part.is)));
    }
    let is_article = at == at.article_only();
    // A part within the place changed, so that the place did.
    let within = article.parts.iter().any(|part| {
        [&part.was, &part.is]
            .into_iter()
            .filter_map(place)
            .any(|part| at.contains(part))
    });
    match (article.what, place(&article.is)) {
        (What::Went, _) => Some((What::Went, None)),
        (what, Some(now)) if is_article => Some((what, Some(now))),
        (What::Moved, Some(now)) => {
            let within_now =
                at.to_string()
                    .replacen(&at.article_only().to_string(), &now.to_string(), 1);
            Some((What::Moved, Place::parse(&within_now).ok()))
        }
        (_, Some(_)) if within => Some((What::Changed, Some(at))),
        _ => None,
    }
}

type Resting = (Vec<String>, Vec<String>, Vec<String>);

fn rests_on(engine: &Engine, id: ProvisionId) -> Resting {
    let law = engine.law();
    let inside = |ids: &[ProvisionId]| {
        ids.iter()
            .any(|other| law.inside(id, *other) || law.inside(*other, id))
    };
    let mut grounds = Vec::new();
    for ground in engine.grounds().iter() {
        let named = inside(&ground.provisions)
            || inside(&ground.alongside)
            || inside(&ground.with_consent)
            || ground.asks.is_some_and(|asks| inside(&[asks]));
        if named {
            grounds.push(ground.id.clone());
        }
    }
    let duties = engine.grounds().duties();
    let duties = duties
        .filter(|duty| inside(&duty.provisions))
        .map(|duty| duty.id.clone())
        .collect();
    let mut clauses = Vec::new();
    for notice in engine.notices() {
        for clause in &notice.clauses {
            let mut asked = engine.grounds_of(clause);
            if asked.any(|ground| grounds.contains(&ground.id)) {
                clauses.push(format!("{} {}", notice.society, clause.label));
            }
        }
    }
    (grounds, duties, clauses)
}
