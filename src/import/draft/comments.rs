//! The comments of a draft: from which words a value was read, and what a person must settle.

use std::fmt::Write;

use super::{
    Draft, Meaning,
    notes::key,
    toml::{comment, text},
};
use crate::import::reading::{Answer, Dimension, Evidence, Sure, Why};

/// The words that a value was read from, as comments over it.
pub(super) fn shown(evidence: &[Evidence]) -> String {
    let mut words: Vec<String> = Vec::new();
    for one in evidence {
        let quoted = if one.words.is_empty() {
            String::new()
        } else {
            format!("「{}」", one.words)
        };
        let word = format!("{quoted}({})", one.sure.name_ja());
        if !words.contains(&word) {
            words.push(word);
        }
    }
    comment(&format!("読み: {}", words.join(" ")))
}

/// What a person must settle, as a comment.
pub(super) fn asked(dimension: Dimension, answer: &Answer) -> String {
    let Answer::Unread {
        why,
        words,
        proposal,
        reason,
    } = answer
    else {
        return String::new();
    };
    let mut line = format!("人が決める: {} — {}", dimension.key(), why.name_ja());
    if !words.is_empty() {
        _ = write!(line, " 「{words}」");
    }
    if !reason.is_empty() {
        _ = write!(line, " ({reason})");
    }
    let mut out = comment(&line);
    if !proposal.is_empty() {
        out += &comment(&format!(
            "候補: {}",
            key(dimension.key(), proposal).trim_end()
        ));
    }
    out
}

pub(super) fn citations(draft: &Draft, at: usize) -> String {
    let mut out = String::new();
    for citation in draft.citations.iter().filter(|one| one.purpose == Some(at)) {
        let Meaning::Provision { id, note, .. } = &citation.meaning else {
            _ = write!(
                out,
                "\n{}",
                comment(&format!(
                    "人が確かめる: 「{}」が何を指すか",
                    citation.printed
                ))
            );
            continue;
        };
        let note = if note.is_empty() {
            format!(
                "{}に{}が指す条項。",
                draft.society.read_on, citation.citation
            )
        } else {
            note.clone()
        };
        _ = writeln!(
            out,
            "\n[[purpose.printed_citation]]\ncitation = {}\nprinted = {}\nprovision = {}\non = {}\nnote = {}",
            text(&citation.citation),
            text(&citation.printed),
            text(id),
            draft.society.read_on,
            text(&note)
        );
    }
    out
}

impl Sure {
    /// The words for rule files.
    pub(super) fn name_ja(self) -> &'static str {
        self.name(crate::problem::Lang::Ja)
    }
}

impl Why {
    pub(super) fn name_ja(self) -> &'static str {
        self.name(crate::problem::Lang::Ja)
    }
}
