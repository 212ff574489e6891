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
        let (recipient, sender, loose) = self.roles();
        self.entrusted_by_party(recipient.as_ref());
        self.directions(&recipient, &sender, loose);
        if self.goes.outward {
            self.recipient(recipient);
        }
        if self.goes.inward {
            let both = self.goes.outward;
            self.sender(sender, both);
        }
    }

    /// Who is a contractor by its name is handed data under an entrustment, whatever the verb: 委託先への提供.
    fn entrusted_by_party(&mut self, recipient: Option<&(Vec<Term>, Evidence)>) {
        let Some((terms, evidence)) = recipient else {
            return;
        };
        let entrusted = self.reader.rules.relations.iter().find_map(|pattern| {
            let contractor = pattern.says.recipient?;
            let mut terms = terms.iter();
            terms
                .all(|term| self.lies_in(*term, &[contractor]))
                .then_some(&pattern.says)
        });
        if let Some(said) = entrusted.filter(|_| !self.is_entrusted()) {
            self.said = Some((said.clone(), evidence.clone()));
        }
    }

    /// Where the heading says one way and the clause another, what hangs on the way is only proposed.
    pub(super) fn open_conflict(&mut self) {
        if !self.conflict {
            return;
        }
        for dimension in [
            Dimension::Relation,
            Dimension::Sender,
            Dimension::Recipient,
            Dimension::Ground,
        ] {
            let Answer::Read { values, evidence } = self.answer(dimension).clone() else {
                continue;
            };
            let words = evidence.first().map(|one| one.words.clone());
            let words = words.unwrap_or_default();
            self.unread(dimension, Why::Section, &words, values, "");
        }
    }

    /// Who receives and who hands over, and whether words say so that need not end the sentence.
    fn roles(&mut self) -> (Named, Named, bool) {
        let mut recipient: Named = None;
        let mut sender: Named = None;
        let mut loose = false;
        let given = self.context.direction.as_ref().map(|(way, _)| *way);
        let inward = given == Some(Direction::Inward);
        for (terms, rule, evidence) in self.text.roles(self.reader, inward) {
            let slot = match rule.role {
                Role::Recipient => &mut recipient,
                Role::Sender => &mut sender,
            };
            self.contractor |= rule.contractor;
            loose |= rule.loose;
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
        (recipient, sender, loose)
    }

    /// The way of the data: what the heading says, and no other where the words of the clause itself
    /// agree. A heading that says none, and a clause that says none, leave it to a person.
    fn directions(&mut self, recipient: &Named, sender: &Named, loose: bool) {
        let goes = self.is_entrusted() && self.context.relation.is_none() || recipient.is_some();
        let own = if goes {
            Some(Direction::Outward)
        } else if sender.is_some() {
            Some(Direction::Inward)
        } else {
            None
        };
        let given = self.context.direction.clone();
        if self.context.unknown.is_some() || self.doubtful || given.is_none() && own.is_none() {
            self.goes.outward = own == Some(Direction::Outward);
            self.goes.inward = own == Some(Direction::Inward);
            let words = self.context.unknown.clone().unwrap_or_default();
            let why = if words.is_empty() {
                Why::NoWord
            } else {
                Why::Section
            };
            let proposal = own.map(|way| way_name(way).to_owned());
            let proposal = proposal.into_iter().collect();
            return self.unread(Dimension::Directions, why, &words, proposal, "");
        }
        let evidence = recipient.as_ref().or(sender.as_ref());
        let evidence = evidence.map(|(_, evidence)| evidence.clone());
        let said = self.said.as_ref().map(|(_, evidence)| evidence.clone());
        let (way, evidence) = match (given, own) {
            (Some((given, evidence)), Some(own)) => {
                let fits = own == given || given == Direction::Inward && sender.is_some();
                if !fits {
                    self.conflict = own == Direction::Inward || loose;
                    // For the rest the words of the clause itself are followed; the person decides.
                    self.goes.outward = own == Direction::Outward;
                    self.goes.inward = own == Direction::Inward;
                    let proposal = vec![way_name(own).to_owned()];
                    let (why, words) = (Why::Section, evidence.words);
                    return self.unread(Dimension::Directions, why, &words, proposal, "");
                }
                (given, evidence)
            }
            (Some(given), None) => given,
            (None, Some(own)) => match evidence.or(said) {
                Some(evidence) => (own, evidence),
                None => {
                    let why = Why::NoWord;
                    return self.unread(Dimension::Directions, why, "", Vec::new(), "");
                }
            },
            (None, None) => return,
        };
        self.goes.outward = way == Direction::Outward;
        self.goes.inward = way == Direction::Inward;
        let mut ways = vec![way];
        let mut from = vec![evidence];
        self.inquires(&mut ways, &mut from);
        self.answers_to(&mut ways, &mut from);
        self.set_directions(&ways, from);
    }

    /// An inquiry goes out, and its answer comes back.
    fn inquires(&mut self, ways: &mut Vec<Direction>, from: &mut Vec<Evidence>) {
        if !self.goes.outward {
            return;
        }
        let text = std::slice::from_ref(&self.text.text);
        if let Some(((), evidence)) = first(&self.reader.rules.inquiries, text, Sure::Sentence) {
            self.goes.inward = true;
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
                self.goes.outward = true;
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
            let rules = &self.reader.rules.acts;
            let doubtful = terms
                .iter()
                .any(|term| self.lies_in(*term, &rules.no_contractor));
            if self.contractor && doubtful {
                let (why, words) = (Why::Ambiguous, evidence.words);
                return self.unread(dimension, why, &words, Vec::new(), "");
            }
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
        // The party of a heading narrows a provision. It is nobody's contractor.
        if let Some((terms, evidence)) = self.context.recipient.clone() {
            let entrusted = self.is_entrusted();
            if entrusted && self.is_own_trade(&terms) || !entrusted && terms.len() > 1 {
                let (proposal, words) = (self.labels(&terms), evidence.words);
                return self.unread(dimension, Why::Ambiguous, &words, proposal, "");
            }
            if !entrusted {
                return self.read_terms(dimension, &terms, vec![evidence]);
            }
        }
        if let Some((said, evidence)) = self.said.clone()
            && let Some(contractor) = said.recipient
        {
            if let Some((terms, evidence)) = self.contractor_by_trade(contractor) {
                return self.read_terms(dimension, &terms, vec![evidence]);
            }
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
        if let Some((inherits, evidence)) = &self.inherits
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

    /// A party that is a contractor by its trade, wherever 「〜への」 stands: 印刷会社への通知の印刷の委託.
    fn contractor_by_trade(&self, contractor: Term) -> Option<(Vec<Term>, Evidence)> {
        let party = self.text.parties.iter().find(|party| {
            let rest = self.text.text.get(party.end..).unwrap_or_default();
            let mut terms = party.means.iter();
            rest.starts_with('へ') && terms.all(|term| self.lies_in(*term, &[contractor]))
        })?;
        Some((party.means.clone(), self.word(party)))
    }

    /// Whether the parties of a heading do the work of the clause as their own trade, so that they
    /// may be whom it is entrusted to.
    fn is_own_trade(&self, parties: &[Term]) -> bool {
        let works: Vec<Term> = self
            .works
            .iter()
            .filter_map(|found| self.reader.rules.works.get(found.means))
            .map(|work| work.activity)
            .collect();
        let mut trades = self.reader.rules.acts.own_trades.iter();
        trades.any(|(traders, trade)| {
            parties.iter().any(|party| self.lies_in(*party, traders))
                && works.iter().any(|work| self.lies_in(*work, trade))
        })
    }

    /// A party that the sentence names without a role, but for the members themselves.
    fn stray_party(&self) -> Option<String> {
        let words = self.reader.engine.vocabulary();
        let person = words.person();
        let stray = self.text.parties.iter().find(|party| {
            let channel = self.text.channels.iter().any(|found| found.overlaps(party));
            // For whom it is, and to whom it is addressed: 事業主への報告書の作成の委託.
            let rest = self.text.text.get(party.end..).unwrap_or_default();
            let rest = rest.strip_prefix('等').unwrap_or(rest);
            let addressed = ["へ", "に対する", "あて", "宛", "向け"];
            // Only of whom no work is entrusted to is that certain.
            let rules = &self.reader.rules.acts;
            let mut terms = party.means.iter();
            let never = terms.all(|term| self.lies_in(*term, &rules.no_contractor));
            let addressed = never && addressed.iter().any(|word| rest.starts_with(word));
            !party.means.contains(&person) && !channel && !addressed
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
        // Who is named without a role may be who hands over, not whom the heading names.
        if let Some(words) = self.stray_party() {
            let proposal = self.context.sender.clone();
            let proposal = proposal.map(|(terms, _)| self.labels(&terms));
            let proposal = proposal.unwrap_or_default();
            return self.unread(dimension, Why::Ambiguous, &words, proposal, "");
        }
        if let Some((terms, evidence)) = self.context.sender.clone() {
            return self.read_terms(dimension, &terms, vec![evidence]);
        }
        if let Some((inherits, evidence)) = &self.inherits
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
