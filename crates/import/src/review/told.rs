//! What reading the document told, as a review shows it.

use serde::Serialize;

use super::codes;
use crate::source::Note;
use mokuteki::{notice::Notice, problem::Lang};
use mokuteki_findings::{Diagnostic, Place, Text};

/// One thing about how the document was read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "readers match it whole")]
pub struct Told {
    /// The line of the published text that it is about, from 1; none where it is about the document.
    pub line: Option<u32>,
    /// What is told.
    pub text: Text,
    /// Whether a person should look at the document itself.
    pub doubt: bool,
}

/// The same in one language, as JSON has it.
#[derive(Serialize)]
pub(super) struct Said<'t> {
    line: Option<u32>,
    text: &'t str,
    doubt: bool,
}

impl Told {
    pub(super) fn said(&self, lang: Lang) -> Said<'_> {
        Said {
            line: self.line,
            text: self.text.pick(lang),
            doubt: self.doubt,
        }
    }
}

/// Every note in order; what is told of many lines in the same words is told of the first.
pub(super) fn all(notes: &[Note]) -> Vec<Told> {
    let mut told: Vec<Told> = Vec::new();
    for note in notes {
        let text = note.text();
        if !told.iter().any(|one| one.text == text) {
            told.push(Told {
                line: note.line(),
                text,
                doubt: note.is_doubt(),
            });
        }
    }
    told
}

/// What makes it doubtful that the text is all of the document.
pub(super) fn doubts(notes: &[Note], notice: &Notice, found: &mut Vec<Diagnostic>) {
    // Characters that cannot be read are found in the text itself.
    let doubts = notes
        .iter()
        .filter(|note| note.is_doubt() && !matches!(note, Note::Unreadable { .. }));
    for note in doubts {
        let file = notice.text_file.as_str();
        let place = note
            .line()
            .map_or_else(|| Place::file(file), |line| Place::line(file, line));
        let help = Text::new(
            "組合の元の文書と見比べ、抜けた文があれば文章にして取り込み直す",
            "compare it with the society's own document; where text is missing, import it as text",
        );
        found.push(Diagnostic::new(
            &codes::DOCUMENT_DOUBT,
            place.of_rules(),
            &notice.society,
            note.text(),
            help,
        ));
    }
}
