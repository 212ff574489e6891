//! Reading a clause: its terms, its notes, its parties by direction and its grounds.

use super::{
    Clause, Direction, Note, NoteKind,
    load::Reader,
    raw::{RawClause, RawSection, Terms},
};
use crate::{
    grounds::{Ground, Needs},
    problem::Kind,
    rules::{Located, day, period},
    text::squeeze,
    vocabulary::{Class, Term},
};

impl Reader<'_> {
    pub(super) fn clause(
        &mut self,
        raw: &RawClause,
        scope: &Scope<'_>,
        purpose: usize,
        label: String,
    ) -> Clause {
        let id = raw.id.get_ref().clone();
        if let Some(line) = self.places.insert(id.clone(), self.sheet.line(&raw.id)) {
            let other = format!("{}:{line}", self.sheet.path);
            self.problem(
                &raw.id,
                Kind::DuplicateId {
                    id: id.clone(),
                    other,
                },
            );
        }
        self.settled(raw, scope);
        let notes = self.notes(raw);
        let parties = self.parties(raw, scope);
        let channel = self.optional(Class::Channel, raw.channel.as_ref());
        let my_number = raw.my_number.as_ref();
        let my_number = my_number.and_then(|id| self.my_number_ground(id));
        Clause {
            label,
            purpose,
            section: scope
                .section
                .map_or_else(String::new, |section| section.quote.get_ref().clone()),
            section_direction: scope
                .direction
                .or(parties.own.first().copied())
                .unwrap_or(Direction::Internal),
            quote: raw.quote.get_ref().clone(),
            lines: raw.lines.get_ref().0,
            rule_line: self.sheet.line(&raw.id),
            period: period(
                &self.sheet,
                raw.from.as_ref(),
                raw.until.as_ref(),
                self.problems,
            ),
            reason: raw.reason.get_ref().clone(),
            notes,
            data: self.optional(Class::Data, raw.data.as_ref()),
            subject: self.optional(Class::Subject, raw.subject.as_ref()),
            sender: parties.sender,
            recipient: parties.recipient,
            directions: parties.own,
            relation: parties.relation,
            activity: self.optional(Class::Activity, raw.activity.as_ref()),
            channel: if channel.is_empty() {
                scope.channel.to_vec()
            } else {
                channel
            },
            objection: raw.objection,
            grounds: parties.grounds,
            my_number,
            needs_number: raw.needs_number,
            id,
        }
    }

    /// A clause permits nothing until a person has settled every key of it.
    fn settled(&mut self, raw: &RawClause, scope: &Scope<'_>) {
        let unread = raw.unread.as_ref().map(|keys| keys.get_ref().as_slice());
        let unread = unread.unwrap_or_default();
        let told = raw.unread.as_ref().filter(|_| !self.common.drafts);
        if let Some(at) = told.filter(|_| !unread.is_empty()) {
            let keys = unread.iter().map(|key| key.get_ref().clone()).collect();
            let quote = raw.quote.get_ref().clone();
            self.problem(at, Kind::Unread { keys, quote });
        }
        for key in unread {
            if !UNREAD.contains(&key.get_ref().as_str()) {
                let expected = UNREAD.join("`, `");
                let reason = format!("`{}` is none of `{expected}`", key.get_ref());
                self.problem(key, Kind::Syntax { reason });
            }
        }
        let said = raw.directions.is_some() || scope.direction.is_some();
        for (key, named) in [
            ("directions", said),
            ("data", raw.data.is_some()),
            ("activity", raw.activity.is_some()),
        ] {
            if !named && !unread.iter().any(|unread| unread.get_ref() == key) {
                self.missing(&raw.id, key);
            }
        }
    }

    fn notes(&mut self, raw: &RawClause) -> Vec<Note> {
        let quote = raw.quote.get_ref();
        let words = self.common.words;
        let read = raw.note.iter().any(|note| note.kind == NoteKind::Etc);
        let asks = |text: &str| text.contains('等');
        if !read && !words.partial && asks(quote) && asks(&words.without_names_of_etc(quote)) {
            self.problem(
                &raw.quote,
                Kind::UnreadEtc {
                    quote: quote.clone(),
                },
            );
        }
        let mut notes = Vec::new();
        for note in &raw.note {
            if let Some(printed) = note
                .printed
                .as_ref()
                .filter(|printed| !squeeze(quote).contains(&squeeze(printed.get_ref())))
            {
                self.problem(
                    printed,
                    Kind::NoteNotPrinted {
                        printed: printed.get_ref().clone(),
                    },
                );
            }
            notes.push(Note {
                kind: note.kind,
                on: day(&self.sheet, &note.on, self.problems),
                printed: note
                    .printed
                    .as_ref()
                    .map(|printed| printed.get_ref().clone()),
                reads: note.reads.clone(),
                text: note.text.get_ref().clone(),
            });
        }
        notes
    }

    /// Grounds for other data than 特定個人情報. One without a provision, such as 内部利用, would
    /// permit a disclosure for which nothing is declared.
    fn grounds(&mut self, ids: &[Located<String>], outside: bool) -> Vec<u16> {
        let mut found = Vec::new();
        for id in ids {
            let all = self.common.grounds;
            let Some(at) = all.require(&self.sheet, id, self.problems) else {
                continue;
            };
            // What lets data in lets none out, though a provision stands in it.
            let of_receipt = all.receipt.grounds.contains(&at);
            let bare = |ground: &Ground| {
                ground.needs == Needs::Nothing && (ground.provisions.is_empty() || of_receipt)
            };
            if outside && all.get(at).is_some_and(bare) {
                let kind = Kind::GroundStaysInside {
                    id: id.get_ref().clone(),
                };
                self.problem(id, kind);
            }
            found.push(at);
        }
        found
    }

    /// A ground for 特定個人情報: it needs a basis, and 番号法 opens each of its provisions.
    pub(super) fn my_number_ground(&mut self, id: &Located<String>) -> Option<u16> {
        let (all, law) = (self.common.grounds, self.common.law);
        let at = all.require(&self.sheet, id, self.problems)?;
        let opens = |ground: &Ground| {
            let mut provisions = ground.provisions.iter().map(|id| law.provision(*id));
            ground.needs == Needs::Basis
                && provisions.all(|provision| {
                    provision.is_some_and(|provision| provision.opens_my_number.is_some())
                })
        };
        if !all.get(at).is_some_and(opens) {
            let kind = Kind::GroundOpensNoMyNumber {
                id: id.get_ref().clone(),
            };
            self.problem(id, kind);
        }
        Some(at)
    }

    /// Sender, recipient and relations by direction, as `docs/semantics.md` section 3 has them.
    fn parties(&mut self, raw: &RawClause, scope: &Scope<'_>) -> Parties {
        let words = self.common.words;
        let (society, person) = (words.society(), words.person());
        let own = raw.directions.as_ref().map_or_else(
            || Vec::from_iter(scope.direction),
            |own| own.get_ref().clone(),
        );
        let relation = self.optional(Class::Relation, raw.relation.as_ref());
        // What is unread is told once, not again by what follows from it.
        let settled = raw.unread.is_none();
        let mut outside = |field: &'static str, named: Option<&Terms>, goes: bool| {
            let mut parties = self.optional(Class::Party, named);
            if parties.contains(&society)
                && !words.partial
                && let Some(named) = named
            {
                self.problem(named, Kind::PartyIsSociety { field });
            }
            if named.is_none() && goes {
                parties = scope.party.to_vec();
                if !scope.names_party && settled {
                    self.problem(&raw.id, Kind::MissingParty { field });
                }
            }
            parties
        };
        let outward = own.contains(&Direction::Outward);
        let inward = own.contains(&Direction::Inward);
        let internal = own.contains(&Direction::Internal);
        let receivers = outside("recipient", raw.recipient.as_ref(), outward);
        let senders = outside("sender", raw.sender.as_ref(), inward);

        // What comes in need not be limited by a relation; what goes out is always one or another.
        if outward && raw.relation.is_none() && settled {
            self.problem(&raw.id, Kind::MissingRelation {});
        }
        let ids = raw
            .ground
            .as_ref()
            .map(|ids| ids.get_ref().as_slice())
            .unwrap_or_default();
        let discloses = receivers.iter().any(|party| *party != person);
        if raw.ground.is_none() && discloses && settled {
            self.problem(&raw.id, Kind::MissingGround {});
        }
        let mut grounds = self.grounds(ids, discloses);
        if ids.is_empty() {
            grounds.push(self.common.grounds.internal);
        }
        if raw.needs_number && raw.my_number.is_none() && settled {
            self.missing(&raw.id, "my_number");
        }

        let mut parties = Parties {
            own,
            grounds,
            ..Parties::default()
        };
        if internal {
            parties.add(
                Direction::Internal,
                &[society],
                &[society],
                &[words.internal()],
            );
        }
        if outward {
            parties.add(Direction::Outward, &[society], &receivers, &relation);
        }
        if inward {
            parties.add(Direction::Inward, &senders, &[society], &relation);
        }
        parties
    }
}

/// The keys that may be unread.
const UNREAD: [&str; 11] = [
    "directions",
    "data",
    "subject",
    "sender",
    "recipient",
    "relation",
    "activity",
    "channel",
    "ground",
    "my_number",
    "needs_number",
];

/// What a clause stands under.
pub(super) struct Scope<'a> {
    pub(super) section: Option<&'a RawSection>,
    /// Which way the section goes, if it says one.
    pub(super) direction: Option<Direction>,
    pub(super) names_party: bool,
    pub(super) party: &'a [Term],
    pub(super) channel: &'a [Term],
}

#[derive(Default)]
struct Parties {
    /// Its own ways.
    own: Vec<Direction>,
    sender: Vec<Term>,
    recipient: Vec<Term>,
    relation: [Vec<Term>; 3],
    grounds: Vec<u16>,
}

impl Parties {
    fn add(
        &mut self,
        direction: Direction,
        sender: &[Term],
        recipient: &[Term],
        relation: &[Term],
    ) {
        merge(&mut self.sender, sender);
        merge(&mut self.recipient, recipient);
        if let Some(relations) = self.relation.get_mut(direction.index()) {
            merge(relations, relation);
        }
    }
}

fn merge(into: &mut Vec<Term>, from: &[Term]) {
    for term in from {
        if !into.contains(term) {
            into.push(*term);
        }
    }
}
