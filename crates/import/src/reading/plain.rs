//! A clause as it is compared with the rules: one width, no spacing, look-alikes and misprints read.

use std::collections::HashMap;

use super::raw::{RawMisprint, RawWords};
use mokuteki::text::normalize;

/// A misprint that was read.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[expect(clippy::exhaustive_structs, reason = "printed and read: no more")]
pub struct Misprint {
    /// As printed.
    pub printed: String,
    /// As read.
    pub reads: String,
    /// Why.
    pub reason: String,
}

/// What turns a printed text into the one that is read.
#[derive(Debug)]
pub(super) struct Cleaner {
    variants: HashMap<char, char>,
    pairs: HashMap<char, char>,
    misprints: Vec<(Misprint, Option<String>)>,
}

impl Cleaner {
    pub(super) fn new(words: &RawWords) -> Self {
        let pair = |text: &String| {
            let mut chars = text.chars();
            chars.next().zip(chars.next())
        };
        let misprint = |raw: &RawMisprint| {
            let near = raw.near.as_deref().map(|near| normalize(near).into_owned());
            let misprint = Misprint {
                printed: normalize(&raw.printed).into_owned(),
                reads: normalize(&raw.reads).into_owned(),
                reason: raw.reason.clone(),
            };
            (misprint, near)
        };
        Self {
            variants: words.variants.pairs.iter().filter_map(pair).collect(),
            pairs: words.lookalikes.pairs.iter().filter_map(pair).collect(),
            misprints: words.misprint.iter().map(misprint).collect(),
        }
    }

    /// The text as it is read, and the misprints that were read in it.
    pub(super) fn clean(&self, printed: &str) -> (String, Vec<Misprint>) {
        let variant = |c: char| self.variants.get(&c).copied().unwrap_or(c);
        let chars: Vec<char> = normalize(printed).chars().map(variant).collect();
        let kana = |at: Option<usize>| {
            let c = at.and_then(|at| chars.get(at));
            c.is_some_and(|c| ('\u{30A1}'..='\u{30FE}').contains(c) && *c != '・')
        };
        let mut text: String = (0..)
            .zip(&chars)
            .map(|(at, c): (usize, &char)| {
                let inside = kana(at.checked_sub(1)) && kana(Some(at + 1));
                self.pairs.get(c).filter(|_| inside).copied().unwrap_or(*c)
            })
            .collect();
        let mut read = Vec::new();
        for (misprint, near) in &self.misprints {
            let here = text.contains(&misprint.printed)
                && near
                    .as_ref()
                    .is_none_or(|near| text.contains(near.as_str()));
            if here {
                text = text.replace(&misprint.printed, &misprint.reads);
                read.push(misprint.clone());
            }
        }
        (text, read)
    }
}

/// A word with a misprint as it was printed, so that a person finds it on the page.
pub(super) fn printed_as(word: &str, misprints: &[Misprint]) -> String {
    misprints.iter().fold(word.to_owned(), |word, misprint| {
        word.replace(&misprint.reads, &misprint.printed)
    })
}
