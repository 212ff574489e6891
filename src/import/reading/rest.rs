//! What is left of a clause when every known word is taken away. A content word that nothing has
//! read could limit the clause, so a person must look at it.

use super::{Answer, Dimension, Why, clause::Draft};

impl Draft<'_, '_> {
    pub(super) fn rest(&mut self) {
        let text = self.text.text.clone();
        let mut read = vec![false; text.len()];
        let mut take = |start: usize, end: usize| {
            read.get_mut(start..end).unwrap_or_default().fill(true);
        };
        let text_parts = &self.text;
        let pieces = text_parts
            .acts
            .iter()
            .flat_map(|found| &found.pieces)
            .chain(text_parts.data.iter().flat_map(|found| &found.pieces))
            .chain(text_parts.parties.iter().flat_map(|found| &found.pieces))
            .chain(text_parts.channels.iter().flat_map(|found| &found.pieces));
        pieces.for_each(|(start, end)| take(*start, *end));
        for hit in self.reader.rules.fillers.find_iter(&text) {
            take(hit.start(), hit.end());
        }
        for pattern in &self.reader.rules.subjects {
            for hit in pattern.find_all(&text) {
                take(hit.start(), hit.end());
            }
        }
        let mut left: Vec<String> = Vec::new();
        let mut open = false;
        for (at, c) in text.char_indices() {
            let known = read.get(at).copied().unwrap_or(true);
            if known || !is_content(c) {
                open = false;
                continue;
            }
            match left.last_mut() {
                Some(word) if open => word.push(c),
                _ => left.push(c.to_string()),
            }
            open = true;
        }
        if left.is_empty() {
            return;
        }
        let words = left.join("、");
        let (why, proposal) = match self.answer(Dimension::Activity) {
            Answer::Unread { why, proposal, .. } => (*why, proposal.clone()),
            answer => (Why::UnknownWords, answer.values().to_vec()),
        };
        self.unread(Dimension::Activity, why, &words, proposal, "");
    }
}

/// Whether a character belongs to a word with content: kanji, katakana, letters and digits.
fn is_content(c: char) -> bool {
    match c {
        '\u{3041}'..='\u{309F}' | '・' | 'ー' | '々' => false,
        _ => c.is_alphanumeric(),
    }
}
