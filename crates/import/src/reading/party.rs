//! Which way the data goes, and to or from whom.

use super::{
    Answer, Dimension, Evidence, Sure, Why,
    clause::{Draft, way_name},
    context::first,
    raw::Role,
};
use mokuteki::{notice::Direction, vocabulary::Term};

type Named = Option<(Vec<Term>, Evidence)>;

impl Draft<'_, '_> {
    /// The relation that the sentence says, else its section.
    pub(super) fn relation(&mut self) {
        let rules = &self.reader.rules;
        let text = std::slice::from_ref(&self.text.text);
        self.said = first(&rules.relations, text, Sure::Sentence)
            .filter(|(said, _)| said.recipient.is_some())
            .or_else(|| self.context.relation.clone())
            .or_else(|| first(&rules.relations, text, Sure::Sentence));
    }

    pub(super) fn parties(&mut self) {
        let (recipient, sender) = self.roles();
        self.directions(&recipient, &sender);
        if self.outward {
            self.recipient(recipient);
        }
        if self.inward {
            let both = self.outward;
            self.sender(sender, both);
        }
    }

    fn roles(&self) -> (Named, Named) {
        let mut recipient: Named = None;
        let mut sender: Named = None;
        for (terms, role, evidence) in self.text.roles(self.reader) {
            let slot = match role {
                Role::Recipient => &mut recipient,
                Role::Sender => &mut sender,
            };
            match slot {
                Some((known, _)) => known.extend(
                    terms
                        .iter()
                        .filter(|term| !known.contains(term))
                        .copied()
                        .collect::<Vec<_>>(),
                ),
                None => *slot = Some((terms, evidence)),
            }
        }
        (recipient, sender)
    }

    fn directions(&mut self, recipient: &Named, sender: &Named) {
        let goes = self.is_entrusted() && self.context.relation.is_none() || recipient.is_some();
        let own = if goes {
            Some(Direction::Outward)
        } else if sender.is_some() {
            Some(Direction::Inward)
        } else {
            None
        };
        let Some((given, evidence)) = self.context.direction.clone() else {
            return self.without_section(own, recipient.as_ref().or(sender.as_ref()));
        };
        if let Some(own) =
            own.filter(|own| *own != given && !(given == Direction::Inward && sender.is_some()))
        {
            // For the rest the words of the clause itself are followed; the person decides.
            self.outward = own == Direction::Outward;
            self.inward = own == Direction::Inward;
            let proposal = vec![way_name(own).to_owned()];
            let words = evidence.words;
            return self.unread(Dimension::Directions, Why::Section, &words, proposal, "");
        }
        self.outward = given == Direction::Outward;
        self.inward = given == Direction::Inward;
        let mut ways = vec![given];
        let mut from = vec![evidence];
        self.inquires(&mut ways, &mut from);
        self.answers_to(&mut ways, &mut from);
        self.set_directions(&ways, from);
    }

    /// No section: the words of the clause decide. Where nothing leaves and nothing comes, the work
    /// is the society's own, which is the narrowest reading.
    fn without_section(&mut self, own: Option<Direction>, named: Option<&(Vec<Term>, Evidence)>) {
        if own.is_none() && (self.context.inherits.is_some() || self.said_abroad()) {
            let words = self
                .said
                .as_ref()
                .map(|(_, evidence)| evidence.words.clone());
            let words = words.unwrap_or_default();
            return self.unread(Dimension::Directions, Why::NoWord, &words, Vec::new(), "");
        }
        let way = own.unwrap_or(Direction::Internal);
        self.outward = way == Direction::Outward;
        self.inward = way == Direction::Inward;
        let said = self.said.as_ref().map(|(_, evidence)| evidence.clone());
        let evidence = named
            .map(|(_, evidence)| evidence.clone())
            .or(said.filter(|_| own.is_some()));
        let evidence = evidence.unwrap_or_else(|| Evidence {
            words: String::new(),
            sure: Sure::Law,
            reason: self.reader.rules.own_work.clone(),
        });
        let mut ways = vec![way];
        let mut from = vec![evidence];
        self.inquires(&mut ways, &mut from);
        self.answers_to(&mut ways, &mut from);
        self.set_directions(&ways, from);
    }

    /// Whether the sentence speaks of handing over without saying to whom.
    fn said_abroad(&self) -> bool {
        let rules = &self.reader.rules;
        let text = std::slice::from_ref(&self.text.text);
        first(&rules.outside, text, Sure::Sentence).is_some()
    }

    /// An inquiry goes out, and its answer comes back.
    fn inquires(&mut self, ways: &mut Vec<Direction>, from: &mut Vec<Evidence>) {
        if !self.outward {
            return;
        }
        let text = std::slice::from_ref(&self.text.text);
        if let Some(((), evidence)) = first(&self.reader.rules.inquiries, text, Sure::Sentence) {
            self.inward = true;
            ways.push(Direction::Inward);
            let words = super::plain::printed_as(&evidence.words, &self.misprints);
            from.push(Evidence { words, ..evidence });
        }
    }

    /// A work inside that ends with an answer to somebody.
    fn answers_to(&mut self, ways: &mut Vec<Direction>, from: &mut Vec<Evidence>) {
        if ways.as_slice() != [Direction::Internal] {
            return;
        }
        for found in self.works.clone() {
            let work = self.reader.rules.works.get(found.means);
            if work.is_some_and(|work| !work.answers.is_empty()) {
                self.outward = true;
                ways.push(Direction::Outward);
                from.push(self.implied(&found, Sure::Work));
                return;
            }
        }
    }

    fn recipient(&mut self, named: Named) {
        let dimension = Dimension::Recipient;
        if let Some((terms, evidence)) = named {
            let terms = self.widest(terms);
            return self.read_terms(dimension, &terms, vec![evidence]);
        }
        for found in self.works.clone() {
            let Some(work) = self.reader.rules.works.get(found.means) else {
                continue;
            };
            let fixed = if work.answers.is_empty() {
                &work.recipient
            } else {
                &work.answers
            };
            if !fixed.is_empty() {
                let from = vec![self.implied(&found, Sure::Work)];
                return self.read_terms(dimension, fixed, from);
            }
        }
        if let Some((terms, evidence)) = self.context.recipient.clone() {
            return self.read_terms(dimension, &terms, vec![evidence]);
        }
        if let Some((said, evidence)) = self.said.clone()
            && let Some(contractor) = said.recipient
        {
            if let Some(words) = self.stray_party() {
                let proposal = vec![self.label(contractor)];
                return self.unread(dimension, Why::Ambiguous, &words, proposal, "");
            }
            let evidence = Evidence {
                sure: Sure::Law,
                reason: said.recipient_reason,
                ..evidence
            };
            return self.read_terms(dimension, &[contractor], vec![evidence]);
        }
        if let Some((inherits, evidence)) = &self.context.inherits
            && !inherits.party.is_empty()
        {
            return self.read_terms(dimension, &inherits.party, vec![evidence.clone()]);
        }
        let works = self.works.iter();
        let works = works.filter_map(|found| self.reader.rules.works.get(found.means));
        let proposes: Vec<Term> = works
            .flat_map(|work| work.proposes.iter().copied())
            .collect();
        let proposal = self.labels(&proposes);
        self.unread(dimension, Why::NoWord, "", proposal, "");
    }

    /// A party that the sentence names without a role, but for the members themselves.
    fn stray_party(&self) -> Option<String> {
        let words = self.reader.engine.vocabulary();
        let person = words.person();
        let stray = self.text.parties.iter().find(|party| {
            let channel = self.text.channels.iter().any(|found| found.overlaps(party));
            !party.means.contains(&person) && !channel
        });
        stray.map(|party| self.text.slice(party.start, party.end).to_owned())
    }

    fn sender(&mut self, named: Named, both: bool) {
        let dimension = Dimension::Sender;
        // Who is asked is who answers.
        if both {
            let asked = self.answer(Dimension::Recipient).clone();
            return self.set(dimension, asked);
        }
        if let Some((terms, evidence)) = named {
            return self.read_terms(dimension, &terms, vec![evidence]);
        }
        if let Some((terms, evidence)) = self.context.sender.clone() {
            return self.read_terms(dimension, &terms, vec![evidence]);
        }
        if let Some((inherits, evidence)) = &self.context.inherits
            && !inherits.party.is_empty()
        {
            return self.read_terms(dimension, &inherits.party, vec![evidence.clone()]);
        }
        self.unread(dimension, Why::NoWord, "", Vec::new(), "");
    }

    /// Whether the sender was named by the clause itself.
    pub(super) fn names_sender(&self) -> bool {
        let Answer::Read { evidence, .. } = self.answer(Dimension::Sender) else {
            return false;
        };
        evidence.iter().any(|one| one.sure == Sure::Sentence)
    }
}
