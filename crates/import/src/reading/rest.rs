//! What is left of a clause when every known word is taken away. A content word that nothing has
//! read could limit the clause, so a person must look at it.

use super::{Answer, Dimension, Sure, Why, clause::Draft, find::Found, raw::Role, text::Text};
use mokuteki::vocabulary::Term;

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
            .chain(text_parts.channels.iter().flat_map(|found| &found.pieces))
            .chain(&text_parts.described);
        pieces.for_each(|(start, end)| take(*start, *end));
        for hit in self.reader.rules.fillers.find_iter(&text) {
            take(hit.start(), hit.end());
        }
        for pattern in &self.reader.rules.subjects {
            for hit in pattern.find_all(&text) {
                take(hit.start(), hit.end());
            }
        }
        let mut left: Vec<(usize, usize)> = Vec::new();
        for (at, c) in text.char_indices() {
            let known = read.get(at).copied().unwrap_or(true);
            if known || !is_content(c) {
                continue;
            }
            let end = at + c.len_utf8();
            match left.last_mut() {
                Some(word) if word.1 == at => word.1 = end,
                _ => left.push((at, end)),
            }
        }
        if left.is_empty() {
            return;
        }
        self.unknown_parties(&left);
        self.unknown_compounds(&left);
        let words = left
            .iter()
            .map(|(start, end)| self.text.slice(*start, *end));
        let words = words.collect::<Vec<_>>().join("、");
        let (why, proposal) = match self.answer(Dimension::Activity) {
            Answer::Unread { why, proposal, .. } => (*why, proposal.clone()),
            answer => (Why::UnknownWords, answer.values().to_vec()),
        };
        self.unread(Dimension::Activity, why, &words, proposal, "");
    }

    /// An unknown word that is one word with a known one: がん + 検診 is no 検診, and what the known
    /// part alone would mean is wider than what is printed.
    fn unknown_compounds(&mut self, left: &[(usize, usize)]) {
        let touches = |pieces: &[(usize, usize)]| {
            pieces.iter().any(|(start, end)| {
                left.iter()
                    .any(|(first, last)| last == start || end == first)
            })
        };
        let works = self.works.iter().any(|found| touches(&found.pieces));
        let data = self
            .text
            .data
            .iter()
            .any(|found| touches(&found.pieces) || self.is_limited(found.start, left));
        if (works || data) && !self.answer(Dimension::Data).is_unread() {
            let words = left
                .iter()
                .map(|(start, end)| self.text.slice(*start, *end));
            let words = words.collect::<Vec<_>>().join("、");
            let proposal = self.answer(Dimension::Data).values().to_vec();
            self.unread(Dimension::Data, Why::UnknownWords, &words, proposal, "");
        }
    }

    /// Whether an unknown word limits what stands at a place: 治療用装具に係る in front of its application.
    fn is_limited(&self, start: usize, left: &[(usize, usize)]) -> bool {
        let limits = [
            "の",
            "に係る",
            "に関する",
            "による",
            "における",
            "についての",
        ];
        left.iter().any(|(_, end)| {
            let between = self.text.slice(*end, start.max(*end));
            limits.contains(&between)
        })
    }

    /// An unknown word in the place of a party: 〜への is said of it, so the party is not known.
    fn unknown_parties(&mut self, left: &[(usize, usize)]) {
        let unknown = left.iter().map(|(start, end)| Found {
            start: *start,
            end: *end,
            pieces: vec![(*start, *end)],
            means: Vec::new(),
            sure: Sure::Word,
        });
        let mut parties: Vec<Found<Vec<Term>>> = self.text.parties.clone();
        parties.extend(unknown);
        parties.sort_by_key(|found| found.start);
        let probe = Text {
            parties,
            text: self.text.text.clone(),
            acts: Vec::new(),
            data: self.text.data.clone(),
            channels: Vec::new(),
            described: Vec::new(),
        };
        for (_, rule, evidence) in probe.roles(self.reader, self.goes.inward) {
            let role = rule.role;
            let named = |(start, end): &(usize, usize)| {
                evidence.words.contains(self.text.slice(*start, *end))
            };
            if !left.iter().any(named) {
                continue;
            }
            let dimension = match role {
                Role::Recipient => Dimension::Recipient,
                Role::Sender => Dimension::Sender,
            };
            let outside = match role {
                Role::Recipient => self.goes.outward,
                Role::Sender => self.goes.inward,
            };
            if outside {
                let proposal = self.answer(dimension).values().to_vec();
                self.unread(dimension, Why::UnknownWords, &evidence.words, proposal, "");
            }
        }
    }
}

/// Whether a character belongs to a word with content: kanji, katakana, letters and digits.
fn is_content(c: char) -> bool {
    match c {
        '\u{3041}'..='\u{309F}' | '・' | 'ー' | '々' => false,
        _ => c.is_alphanumeric(),
    }
}
