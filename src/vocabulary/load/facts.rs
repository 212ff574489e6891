//! Reading what a vocabulary file says besides its terms: roles, facts of parties, words that mean a field,
//! forms, and where terms may be added.

use std::collections::HashMap;

use super::{
    super::{
        Class, FieldWord, Follow, FormEntry, Identity, Representative, Vocabulary, form::Forms,
    },
    Opened,
    raw::{RawFollow, RawOpen, RawRepresentative},
};
use crate::{
    problem::{Kind, Problem},
    rules::Located,
    text,
};

impl Opened<'_> {
    /// What the file says besides its terms, once all terms are known.
    pub(super) fn facts(&self, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        let Some(class) = self.raw.class.get_ref().class() else {
            return;
        };
        self.out_of_place(class, problems);
        self.roles(class, words, problems);
        self.fields(class, words, problems);
        if let Some(open) = &self.raw.overlay {
            self.open(class, open, words, problems);
        }
        if class == Class::Party {
            self.parties(words, problems);
        }
    }

    /// Tables that belong in the file of another class would be read and mean nothing.
    fn out_of_place(&self, class: Class, problems: &mut Vec<Problem>) {
        let raw = &self.raw;
        let of_forms = raw.form.first().map(|form| ("form", &form.id));
        let of_parties = [
            raw.identity.first().map(|one| ("identity", &one.party)),
            raw.representative
                .first()
                .map(|one| ("representative", &one.party)),
            raw.relation_follows
                .first()
                .and_then(|one| Some(("relation_follows", one.party.first()?))),
            raw.public_body
                .first()
                .and_then(|one| Some(("public_body", one.party.first()?))),
        ];
        let of_parties = of_parties.into_iter().flatten();
        let of_parties = of_parties.filter(|_| class != Class::Party);
        for (table, place) in of_forms.into_iter().chain(of_parties) {
            let class = class.name();
            problems.push(self.sheet.at(place, Kind::TableOutOfPlace { table, class }));
        }
    }

    fn roles(&self, class: Class, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        let sheet = &self.sheet;
        let roles = &self.raw.roles;
        let wanted: &[(&'static str, Option<&Located<String>>)] = match class {
            Class::Party => &[
                ("society", roles.society.as_ref()),
                ("person", roles.person.as_ref()),
            ],
            Class::Relation => &[("internal", roles.internal.as_ref())],
            _ => &[],
        };
        for (role, name) in wanted {
            let Some(name) = name else {
                problems.push(self.at_class(Kind::MissingRole { role }));
                continue;
            };
            match (*role, words.require(class, sheet, name, problems)) {
                ("society", Some(term)) => words.society = term,
                ("person", Some(term)) => words.person = term,
                (_, Some(term)) => words.internal = term,
                (_, None) => {}
            }
        }
    }

    /// Words that mean a field: none of them may be a term, which would be found first.
    fn fields(&self, class: Class, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        for raw in &self.raw.field {
            for word in &raw.words {
                let name = word.get_ref().clone();
                if let Some(term) = words.find(class, &name) {
                    let of_file = self.raw.term.get(term.index());
                    let other = of_file.map_or_else(
                        || words.label(term).to_owned(),
                        |raw| self.sheet.place(&raw.label),
                    );
                    problems.push(self.sheet.at(word, Kind::DuplicateTerm { name, other }));
                }
                words.fields.push(FieldWord {
                    class,
                    word: text::normalize(word.get_ref()).into_owned(),
                    field: raw.field.clone(),
                });
            }
        }
    }

    fn open(
        &self,
        class: Class,
        raw: &RawOpen,
        words: &mut Vocabulary,
        problems: &mut Vec<Problem>,
    ) {
        let listed = raw.open.as_ref();
        let open = listed.map(|names| words.require_all(class, &self.sheet, names, problems));
        let closed = words.require_all(class, &self.sheet, &raw.closed, problems);
        let of_file: Vec<_> = words.terms_of(class).collect();
        for term in of_file {
            // The nearest of those listed above a term holds.
            let said = words.lineage(term).find_map(|above| {
                if closed.contains(&above) {
                    return Some(false);
                }
                let open = open.as_ref()?;
                open.contains(&above).then_some(true)
            });
            if let Some(entry) = words.entry_mut(term) {
                entry.open = said.unwrap_or(open.is_none());
            }
        }
    }

    fn parties(&self, words: &mut Vocabulary, problems: &mut Vec<Problem>) {
        let sheet = &self.sheet;
        for raw in &self.raw.identity {
            let party = words.require(Class::Party, sheet, &raw.party, problems);
            let subject = words.require(Class::Subject, sheet, &raw.subject, problems);
            let means = words.require(Class::Party, sheet, &raw.means, problems);
            if let (Some(party), Some(subject), Some(means)) = (party, subject, means) {
                words.parties.identities.push(Identity {
                    party,
                    subject,
                    means,
                });
            }
        }
        for raw in &self.raw.representative {
            let read = self.representative(raw, words, problems);
            words.parties.representatives.extend(read);
        }
        for raw in &self.raw.relation_follows {
            let read = self.follow(raw, words, problems);
            words.parties.follows.extend(read);
        }
        for raw in &self.raw.public_body {
            let read = words.require_all(Class::Party, sheet, &raw.party, problems);
            words.parties.public_bodies.extend(read);
        }
        // What holds over one channel alone comes before what holds in general.
        words
            .parties
            .follows
            .sort_by_key(|follow| follow.over.is_none());
    }

    fn representative(
        &self,
        raw: &RawRepresentative,
        words: &Vocabulary,
        problems: &mut Vec<Problem>,
    ) -> Option<Representative> {
        let sheet = &self.sheet;
        let party = words.require(Class::Party, sheet, &raw.party, problems);
        let mut all = |class, names: &[_]| words.require_all(class, sheet, names, problems);
        let subject = all(Class::Subject, &raw.subject);
        let activity = all(Class::Activity, &raw.activity);
        let data = all(Class::Data, &raw.data);
        Some(Representative {
            party: party?,
            receives_only: raw.side.is_some(),
            subject,
            activity,
            data,
            reason: raw.reason.clone(),
        })
    }

    fn follow(
        &self,
        raw: &RawFollow,
        words: &Vocabulary,
        problems: &mut Vec<Problem>,
    ) -> Vec<Follow> {
        let sheet = &self.sheet;
        // Exactly one of the two says what follows.
        let asked = raw.asked.as_ref().is_none_or(|asked| *asked.get_ref());
        if asked == raw.relation.is_empty() {
            let place = raw.party.first();
            problems.extend(place.map(|place| sheet.at(place, Kind::RelationUnsaid {})));
            return Vec::new();
        }
        let relation = words.require_all(Class::Relation, sheet, &raw.relation, problems);
        let mut channel = |name: &Option<Located<String>>| {
            let name = name.as_ref()?;
            words.require(Class::Channel, sheet, name, problems)
        };
        let (over, fixed) = (channel(&raw.over), channel(&raw.channel));
        let known =
            raw.over.is_none() == over.is_none() && raw.relation.is_empty() == relation.is_empty();
        let parties = words.require_all(Class::Party, sheet, &raw.party, problems);
        let parties = parties.into_iter().filter(|_| known);
        let follow = |party| Follow {
            party,
            over,
            relation: relation.clone(),
            channel: fixed,
        };
        parties.map(follow).collect()
    }

    /// The forms of the file whose class is `form`.
    pub(super) fn forms(&self, problems: &mut Vec<Problem>) -> Forms {
        let sheet = &self.sheet;
        if self.raw.form.is_empty() {
            problems.push(self.at_class(Kind::MissingRole { role: "form" }));
        }
        if let Some(term) = self.raw.term.first() {
            let kind = Kind::TableOutOfPlace {
                table: "term",
                class: "form",
            };
            problems.push(sheet.at(&term.id, kind));
        }
        let mut places = HashMap::new();
        let mut forms = Vec::new();
        for raw in &self.raw.form {
            for name in [&raw.id, &raw.label].into_iter().chain(&raw.synonyms) {
                let key = text::normalize(name.get_ref()).into_owned();
                if let Some(other) = places.insert(key, name) {
                    let kind = Kind::DuplicateTerm {
                        name: name.get_ref().clone(),
                        other: sheet.place(other),
                    };
                    problems.push(sheet.at(name, kind));
                }
            }
            let synonyms = raw.synonyms.iter();
            let from = raw.from.as_ref();
            forms.push(FormEntry {
                id: raw.id.get_ref().clone(),
                label: raw.label.get_ref().clone(),
                en: raw.en.clone(),
                synonyms: synonyms.map(|name| name.get_ref().clone()).collect(),
                apart: raw.apart.clone(),
                treatment: raw.treatment.into(),
                reason: raw.reason.clone(),
                from: from.and_then(|from| from.read(sheet, problems)),
            });
        }
        Forms(forms)
    }
}
