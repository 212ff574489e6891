//! One text of an act: its places and what stands at each.

use std::path::Path;

use mokuteki::{Day, citation};
use sha2::{Digest, Sha256};

use crate::{
    document::{self, Document, Element},
    error::{FileError, Reason},
};

/// A number with branch numbers; 0 stands for none.
pub type Number = (u16, [u16; 2]);

/// One text of an act.
#[derive(Clone, Debug)]
pub struct Act {
    /// The file.
    pub file: String,
    /// The SHA-256 of the file's bytes, unpacked, in hexadecimal.
    pub sha256: String,
    /// The law number in canonical form, such as 平成25年法律第27号.
    pub number: String,
    /// The title.
    pub title: String,
    /// The revision, as far as the file or its name tells.
    pub revision: RevisionFacts,
    /// The articles in the order of the act: the main provisions, then those of its own supplementary
    /// provisions.
    pub articles: Vec<Article>,
}

/// What is known of the revision that a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RevisionFacts {
    /// The law id of e-Gov.
    pub law_id: Option<String>,
    /// The revision id of e-Gov.
    pub id: Option<String>,
    /// The day from which it is in force.
    pub from: Option<Day>,
    /// The day on which it was fetched.
    pub read_on: Option<Day>,
}

/// An article.
#[derive(Clone, Debug)]
pub struct Article {
    /// Whether it stands in the act's own supplementary provisions (附則).
    pub supplementary: bool,
    /// Its number, with up to three branch numbers.
    pub number: (u16, [u16; 3]),
    /// The last number of a run of deleted articles.
    pub up_to: Option<u16>,
    /// Its caption without parentheses.
    pub caption: String,
    /// Whether it is deleted (削除).
    pub deleted: bool,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// Its number.
    pub number: u16,
    /// Whether a sentence of it is a proviso (ただし書).
    pub proviso: bool,
    /// Its words, without its items.
    pub text: String,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its number.
    pub number: Number,
    /// Whether a sentence of it is a proviso.
    pub proviso: bool,
    /// Its words, with what stands below it.
    pub text: String,
}

impl Article {
    /// Its place, such as 第16条の2 or 附則第1条.
    #[must_use]
    pub fn place(&self) -> String {
        let (number, branches) = self.number;
        let branches: String = branches
            .iter()
            .filter(|branch| **branch > 0)
            .map(|branch| format!("の{branch}"))
            .collect();
        let part = if self.supplementary { "附則" } else { "" };
        format!("{part}第{number}条{branches}")
    }
}

/// Reads a file of an act.
///
/// # Errors
///
/// It cannot be read, it is no act, or its places cannot be told apart.
pub fn read(path: &Path) -> Result<Act, FileError> {
    let bytes = document::bytes(path)?;
    let shown = path.display().to_string();
    let mut act = parse(&shown, &bytes)?;
    let name = path.file_name().and_then(|name| name.to_str());
    let named = name.and_then(facts_of_name).unwrap_or_default();
    let revision = &mut act.revision;
    revision.law_id = revision.law_id.take().or(named.law_id);
    revision.id = revision.id.take().or(named.id);
    revision.from = revision.from.or(named.from);
    Ok(act)
}

/// Reads the bytes of an act.
///
/// # Errors
///
/// As for [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<Act, FileError> {
    let document = Document::read(file, bytes)?;
    let fail = |reason: Reason| FileError::new(file, reason);
    let root = document.root();
    let laws = document.within(root, "Law", &[]);
    let [law] = *laws.as_slice() else {
        let why = format!("{} <Law> in it", laws.len());
        return Err(fail(Reason::NoAct(why)));
    };
    let only = |name: &str| {
        let found = document.within(law, name, &["MainProvision", "SupplProvision", "TOC"]);
        found
            .first()
            .copied()
            .ok_or_else(|| fail(Reason::NoAct(format!("no <{name}>"))))
    };
    let number = document.text(only("LawNum")?, &[]);
    let number = citation::law_number(&number)
        .ok_or_else(|| fail(Reason::NoAct(format!("`{number}` is no law number"))))?;
    let title = document.text(only("LawTitle")?, &[]);
    let mains = document.within(law, "MainProvision", &[]);
    let [main] = *mains.as_slice() else {
        return Err(fail(Reason::NoAct(format!(
            "{} <MainProvision> in it",
            mains.len()
        ))));
    };
    let mut reader = Places {
        document: &document,
        file,
        articles: Vec::new(),
    };
    reader.articles(main, false)?;
    for own in document.within(law, "SupplProvision", &["MainProvision"]) {
        // The supplementary provisions of amending acts are not the act's own.
        if document.attribute(own, "AmendLawNum").is_none() {
            reader.articles(own, true)?;
        }
    }
    let mut articles = reader.articles;
    if articles.is_empty() {
        return Err(fail(Reason::NoAct("no <Article>".to_owned())));
    }
    articles.sort_by_key(|article| (article.supplementary, article.number));
    let twice = articles.windows(2).find_map(|pair| match pair {
        [a, b] if (a.supplementary, a.number) == (b.supplementary, b.number) => Some(a.place()),
        _ => None,
    });
    if let Some(place) = twice {
        return Err(fail(Reason::BadPlace(format!("{place} stands twice"))));
    }
    let day = |name: &str| {
        document
            .fact(name)
            .and_then(|text| text.parse::<Day>().ok())
    };
    let in_law_id = document.within(root, "LawId", &["Law"]);
    let law_id = in_law_id.first().map(|id| document.text(*id, &[]));
    Ok(Act {
        file: file.to_owned(),
        sha256: hex(&Sha256::digest(bytes)),
        number,
        title,
        revision: RevisionFacts {
            law_id: document.fact("law_id").map(str::to_owned).or(law_id),
            id: document.fact("law_revision_id").map(str::to_owned),
            from: day("amendment_enforcement_date"),
            read_on: None,
        },
        articles,
    })
}

/// The revision in a file name of e-Gov: 415AC0000000057_20260717_508AC0000000062.xml.
fn facts_of_name(name: &str) -> Option<RevisionFacts> {
    let stem = name.split('.').next()?;
    let mut parts = stem.split('_');
    let (law_id, day, amending) = (parts.next()?, parts.next()?, parts.next()?);
    let is_id = |text: &str| text.len() == 15 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let from = compact_day(day)?;
    (is_id(law_id) && is_id(amending) && parts.next().is_none()).then(|| RevisionFacts {
        law_id: Some(law_id.to_owned()),
        id: Some(stem.to_owned()),
        from: Some(from),
        read_on: None,
    })
}

/// 20260717.
pub(crate) fn compact_day(text: &str) -> Option<Day> {
    let parts = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    let all_digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    all_digits.then(|| format!("{}-{}-{}", parts.0, parts.1, parts.2).parse().ok())?
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

struct Places<'d> {
    document: &'d Document,
    file: &'d str,
    articles: Vec<Article>,
}

impl Places<'_> {
    fn bad(&self, why: String) -> FileError {
        FileError::new(self.file, Reason::BadPlace(why))
    }

    fn articles(&mut self, part: Element, supplementary: bool) -> Result<(), FileError> {
        let out_of = ["AmendProvision", "NewProvision"];
        for element in self.document.within(part, "Article", &out_of) {
            let number = self.document.attribute(element, "Num").unwrap_or_default();
            let (first, last) = number
                .split_once(':')
                .map_or((number, None), |(first, last)| (first, Some(last)));
            let parsed =
                branched::<3>(first).ok_or_else(|| self.bad(format!("article `{number}`")))?;
            let up_to = match last {
                Some(last) => {
                    let last = branched::<3>(last)
                        .filter(|last| last.1 == [0; 3] && parsed.1 == [0; 3] && last.0 > parsed.0);
                    Some(
                        last.ok_or_else(|| self.bad(format!("articles `{number}`")))?
                            .0,
                    )
                }
                None => None,
            };
            let caption = self.document.named(element, "ArticleCaption").next();
            let caption = caption
                .map(|caption| self.document.text(caption, &[]))
                .unwrap_or_default();
            let title = self.document.named(element, "ArticleTitle").next();
            let title = title
                .map(|title| self.document.text(title, &[]))
                .unwrap_or_default();
            let paragraphs = self.paragraphs(element, number)?;
            let only_says_so = match paragraphs.as_slice() {
                [one] => one.text == "削除" && one.items.is_empty(),
                [] => true,
                _ => false,
            };
            let deleted = only_says_so
                || title.ends_with("削除")
                || self.document.attribute(element, "Delete") == Some("true");
            if paragraphs.is_empty() && !deleted {
                return Err(self.bad(format!("article `{number}` has no paragraph")));
            }
            if up_to.is_some() && !deleted {
                return Err(self.bad(format!(
                    "articles `{number}` stand as one and are not deleted"
                )));
            }
            self.articles.push(Article {
                supplementary,
                number: parsed,
                up_to,
                caption: bare(&caption).to_owned(),
                deleted,
                paragraphs: if deleted { Vec::new() } else { paragraphs },
            });
        }
        Ok(())
    }

    fn paragraphs(&self, article: Element, number: &str) -> Result<Vec<Paragraph>, FileError> {
        let mut found: Vec<Paragraph> = Vec::new();
        for element in self.document.named(article, "Paragraph") {
            let own = self.document.attribute(element, "Num").unwrap_or_default();
            let wrong = || self.bad(format!("paragraph `{own}` of article `{number}`"));
            let own = branched::<2>(own)
                .filter(|own| own.1 == [0; 2])
                .ok_or_else(wrong)?
                .0;
            if found.last().is_some_and(|last| last.number >= own) {
                return Err(wrong());
            }
            found.push(Paragraph {
                number: own,
                proviso: self.has_proviso(element, "ParagraphSentence"),
                text: self
                    .document
                    .text(element, &["Item", "ParagraphNum", "ParagraphCaption"]),
                items: self.items(element, number)?,
            });
        }
        Ok(found)
    }

    fn items(&self, paragraph: Element, article: &str) -> Result<Vec<Item>, FileError> {
        let mut found: Vec<Item> = Vec::new();
        for element in self.document.named(paragraph, "Item") {
            let own = self.document.attribute(element, "Num").unwrap_or_default();
            let wrong = || self.bad(format!("item `{own}` of article `{article}`"));
            let (first, last) = own.split_once(':').unwrap_or((own, own));
            let (first, last) = (
                branched::<2>(first).ok_or_else(wrong)?,
                branched::<2>(last).ok_or_else(wrong)?,
            );
            if found.last().is_some_and(|before| before.number >= first) {
                return Err(wrong());
            }
            let text = self.document.text(element, &["ItemTitle"]);
            let proviso = self.has_proviso(element, "ItemSentence");
            found.push(Item {
                number: first,
                proviso,
                text: text.clone(),
            });
            // A run of deleted items (三から五まで 削除) stands under each of its numbers.
            if last.0 > first.0 {
                found.extend((first.0 + 1..=last.0).map(|number| Item {
                    number: (number, [0; 2]),
                    proviso: false,
                    text: text.clone(),
                }));
            }
        }
        Ok(found)
    }

    /// Whether a sentence of the part itself, and not of what stands below it, is a proviso.
    fn has_proviso(&self, part: Element, of: &str) -> bool {
        let sentences = self
            .document
            .named(part, of)
            .flat_map(|sentences| self.document.within(sentences, "Sentence", &[]));
        sentences
            .into_iter()
            .any(|sentence| self.document.attribute(sentence, "Function") == Some("proviso"))
    }
}

/// `16_2_3`.
fn branched<const N: usize>(text: &str) -> Option<(u16, [u16; N])> {
    let mut parts = text
        .split('_')
        .map(|part| part.parse::<u16>().ok().filter(|number| *number > 0));
    let number = parts.next()??;
    let mut branches = [0; N];
    for branch in &mut branches {
        match parts.next() {
            Some(part) => *branch = part?,
            None => break,
        }
    }
    parts.next().is_none().then_some((number, branches))
}

/// A caption without its parentheses.
fn bare(caption: &str) -> &str {
    let inside = caption
        .strip_prefix(['（', '('])
        .and_then(|text| text.strip_suffix(['）', ')']));
    inside.unwrap_or(caption)
}
