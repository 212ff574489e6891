//! The comments of a draft: from which words a value was read, and what a person must settle.

use std::fmt::Write;

use super::{
    Draft, Meaning,
    notes::key,
    toml::{comment, text},
};
use crate::reading::{Answer, Dimension, Evidence, Sure, Why};

/// How the comments of a draft begin: from which words a value was read,
pub(super) const READ: &str = "# 読み: ";
/// what the file is,
pub(super) const DRAFT: &str = "# mokuteki import の下書き。";
/// what a person must settle,
pub(super) const ASKED: &str = "# 人が決める: ";
/// what could be meant,
pub(super) const PROPOSED: &str = "# 候補: ";
/// and what a person must look at.
pub(super) const CHECK: &str = "# 人が確かめる: ";

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
    begun(READ, &words.join(" "))
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
    let mut line = format!("{} — {}", dimension.key(), why.name_ja());
    if !words.is_empty() {
        _ = write!(line, " 「{words}」");
    }
    if !reason.is_empty() {
        _ = write!(line, " ({reason})");
    }
    let mut out = begun(ASKED, &line);
    if !proposal.is_empty() {
        out += &begun(PROPOSED, key(dimension.key(), proposal).trim_end());
    }
    out
}

/// A comment that begins as one of those above.
pub(super) fn begun(start: &str, words: &str) -> String {
    comment(&format!("{}{words}", start.trim_start_matches("# ")))
}

pub(super) fn citations(draft: &Draft, at: usize) -> String {
    let mut out = String::new();
    for citation in draft.citations.iter().filter(|one| one.purpose == Some(at)) {
        let Meaning::Provision { id, note, .. } = &citation.meaning else {
            _ = write!(
                out,
                "\n{}",
                begun(CHECK, &format!("「{}」が何を指すか", citation.printed))
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
        self.name(mokuteki::problem::Lang::Ja)
    }
}

impl Why {
    pub(super) fn name_ja(self) -> &'static str {
        self.name(mokuteki::problem::Lang::Ja)
    }
}
