//! Reading `lists/**/*.toml`: every item is tied to the text, and every word that it repeats is printed.

use std::collections::BTreeMap;

use sha2::Digest;
use toml::value::Datetime;

use super::{
    ConsentItem, JointUse, List, ListKind, Region,
    raw::{RawConsent, RawFile, RawJointUse, Words},
};
use crate::{
    day::Period,
    notice::{
        Common, NoteKind,
        cover::{Claim, Page, Part},
        load::{hex, open_text, stretches, update},
        raw::{Places, RawNote, RawQuote, Span, Terms},
    },
    problem::{Kind, Problem},
    rules::{Located, Sheet, Source, Sources, day, period},
    text::squeeze,
    vocabulary::{Class, Term},
};

struct Reader<'a> {
    common: &'a Common<'a>,
    sheet: Sheet<'a>,
    /// The published text without its spacing; none where it could not be read.
    text: Option<String>,
    claims: Vec<Claim>,
    problems: &'a mut Vec<Problem>,
    /// Where an id was given before, with the days of that reading.
    ids: BTreeMap<String, Vec<(String, Period)>>,
    /// What an item inherits.
    edition: Period,
}

/// Reads one list; every problem is added.
pub(super) fn load(
    source: &Source,
    sources: &Sources,
    common: &Common<'_>,
    problems: &mut Vec<Problem>,
) -> Option<List> {
    let sheet = Sheet::open(source, problems)?;
    let raw: RawFile = sheet.parse(problems)?;
    let text_file = raw.notice.text.file.get_ref().clone();
    let text = open_text(&sheet, &raw.notice.text, sources, problems);
    let mut digest = common.digest.clone();
    update(&mut digest, source);
    if let Some(text) = sources.get(&text_file) {
        update(&mut digest, text);
    }
    let mut edition = period(
        &sheet,
        raw.notice.from.as_ref(),
        raw.notice.until.as_ref(),
        problems,
    );
    let dated = raw.notice.from.is_some() || raw.notice.until.is_some();
    if dated == raw.notice.undated {
        problems.push(sheet.at(&raw.notice.edition, Kind::Undated { both: dated }));
    }
    let read_on = day(&sheet, &raw.notice.read_on, problems)?;
    // That it was published before the day on which somebody read it is not known.
    if edition.from.is_none() {
        edition.from = Some(read_on);
    }
    let left_out: Vec<(u32, u32)> = raw
        .left_out
        .iter()
        .map(|left| left.lines.get_ref().0)
        .collect();
    let mut page = text
        .map_or_else(Page::unread, Page::new)
        .with(raw.notice.bullet.all(), &left_out);
    let rule_line = sheet.line(&raw.notice.edition);
    let mut reader = Reader {
        common,
        sheet,
        text: text.map(squeeze),
        claims: Vec::new(),
        problems,
        ids: BTreeMap::new(),
        edition,
    };
    if let Some(RawQuote {
        quote,
        lines,
        places,
    }) = &raw.notice.title
    {
        reader.quote(quote, lines, places.as_ref(), Part::Heading);
    }
    for text in &raw.text {
        reader.quote(&text.quote, &text.lines, text.places.as_ref(), Part::Listed);
    }
    let consents = raw.consent.iter().filter_map(|raw| reader.consent(raw));
    let consents = consents.collect();
    let joint_uses = raw.joint_use.iter().filter_map(|raw| reader.joint_use(raw));
    let joint_uses = joint_uses.collect();
    reader.right_tables(&raw);
    for (at, kind) in page.claim(&reader.claims) {
        reader.problems.push(reader.sheet.problem(at, kind));
    }
    for raw in &raw.left_out {
        if let Err(kind) = page.leave_out(raw.lines.get_ref().0) {
            reader.problem(&raw.lines, kind);
        }
    }
    reader.problems.extend(page.uncovered(&text_file));
    Some(List {
        kind: raw.notice.kind,
        society: raw.notice.society.get_ref().clone(),
        edition: raw.notice.edition.get_ref().clone(),
        period: edition,
        undated: raw.notice.undated,
        read_on,
        consents,
        joint_uses,
        text_file,
        rule_file: source.path.clone(),
        rule_line,
        digest: hex(&digest.finalize()),
    })
}

impl Reader<'_> {
    fn problem<T>(&mut self, at: &Located<T>, kind: Kind) {
        let problem = self.sheet.at(at, kind);
        self.problems.push(problem);
    }

    fn missing<T>(&mut self, at: &Located<T>, key: &str) {
        let reason = format!("missing field `{key}`");
        self.problem(at, Kind::Syntax { reason });
    }

    /// A list holds the tables of its own kind, and at least one.
    fn right_tables(&mut self, raw: &RawFile) {
        let (own, other) = match raw.notice.kind {
            ListKind::ConsentList => (
                (raw.consent.is_empty(), "consent"),
                raw.joint_use.first().map(|raw| &raw.id),
            ),
            ListKind::JointUse => (
                (raw.joint_use.is_empty(), "joint_use"),
                raw.consent.first().map(|raw| &raw.id),
            ),
        };
        if let (true, key) = own {
            self.missing(&raw.notice.edition, key);
        }
        if let Some(id) = other {
            let reason = format!("this list is of `{}` alone", own.1);
            self.problem(id, Kind::Syntax { reason });
        }
    }

    fn quote(
        &mut self,
        quote: &Located<String>,
        lines: &Span,
        places: Option<&Places>,
        part: Part,
    ) {
        self.claims.push(Claim {
            quote: quote.get_ref().clone(),
            lines: lines.get_ref().0,
            places: stretches(places),
            part,
            at: lines.span().start,
        });
    }

    fn terms(&mut self, class: Class, raw: Option<&Terms>) -> Vec<Term> {
        let names = raw.map_or(&[][..], |raw| raw.get_ref());
        let words = self.common.words;
        let found = names
            .iter()
            .map(|name| words.require(class, &self.sheet, name, self.problems));
        found.flatten().collect()
    }

    /// A dimension that an item must name.
    fn named(
        &mut self,
        class: Class,
        id: &Located<String>,
        key: &str,
        raw: Option<&Terms>,
    ) -> Vec<Term> {
        if raw.is_none() {
            self.missing(id, key);
        }
        self.terms(class, raw)
    }

    /// Words of the page: each of them is printed there.
    fn words(&mut self, raw: Option<&Located<Words>>) -> Vec<String> {
        let Some(raw) = raw else { return Vec::new() };
        let all = raw.get_ref().all();
        for words in all {
            let printed = self.text.as_ref();
            if printed.is_some_and(|text| !text.contains(&squeeze(words))) {
                let words = words.clone();
                self.problem(raw, Kind::WordsNotPrinted { words });
            }
        }
        all.to_vec()
    }

    fn one(&mut self, raw: Option<&Located<Words>>) -> Option<String> {
        let words = self.words(raw);
        (!words.is_empty()).then(|| words.join("\n"))
    }

    fn days(
        &mut self,
        from: Option<&Located<Datetime>>,
        until: Option<&Located<Datetime>>,
    ) -> Period {
        let own = period(&self.sheet, from, until, self.problems);
        let from = own.from.max(self.edition.from);
        let until = match (own.until, self.edition.until) {
            (Some(own), Some(edition)) => Some(own.min(edition)),
            (own, edition) => own.or(edition),
        };
        Period { from, until }
    }

    /// An id is given once, save that a later reading takes it over.
    fn id(&mut self, id: &Located<String>, days: Period) {
        let place = self.sheet.place(id);
        let before = self.ids.entry(id.get_ref().clone()).or_default();
        let clash = before.iter().find(|(_, other)| other.overlaps(days));
        let clash = clash.map(|(other, _)| other.clone());
        before.push((place, days));
        if let Some(other) = clash {
            let id_text = id.get_ref().clone();
            self.problem(id, Kind::DuplicateId { id: id_text, other });
        }
    }

    /// What a person must still settle blocks the item; a draft sets it aside.
    fn settled(&mut self, quote: &Located<String>, unread: Option<&Terms>) -> bool {
        let Some(unread) = unread else { return true };
        if !self.common.drafts {
            let keys = unread.get_ref().iter().map(|key| key.get_ref().clone());
            let kind = Kind::Unread {
                keys: keys.collect(),
                quote: quote.get_ref().clone(),
            };
            self.problem(unread, kind);
        }
        false
    }

    fn etc(&mut self, quote: &Located<String>, notes: &[RawNote]) {
        for note in notes {
            day(&self.sheet, &note.on, self.problems);
        }
        let read = notes.iter().any(|note| note.kind == NoteKind::Etc);
        let words = self.common.words;
        let text = quote.get_ref();
        if !read && !words.partial && words.without_names_of_etc(text).contains('等') {
            let quote_text = text.clone();
            self.problem(quote, Kind::UnreadEtc { quote: quote_text });
        }
    }

    fn consent(&mut self, raw: &RawConsent) -> Option<ConsentItem> {
        self.quote(&raw.quote, &raw.lines, raw.places.as_ref(), Part::Listed);
        let objection = self.one(raw.objection.as_ref());
        let then = self.one(raw.then.as_ref());
        let from = self.one(raw.from.as_ref());
        let days = self.days(raw.starts.as_ref(), raw.ends.as_ref());
        self.id(&raw.id, days);
        if !self.settled(&raw.quote, raw.unread.as_ref()) {
            return None;
        }
        self.etc(&raw.quote, &raw.note);
        for (key, absent) in [
            ("mode", raw.mode.is_none()),
            ("household", raw.household.is_none()),
        ] {
            if absent {
                self.missing(&raw.id, key);
            }
        }
        let region = Region {
            data: self.named(Class::Data, &raw.id, "data", raw.data.as_ref()),
            subject: self.terms(Class::Subject, raw.subject.as_ref()),
            sender: self.sender(raw.sender.as_ref()),
            recipient: self.named(Class::Party, &raw.id, "to", raw.to.as_ref()),
            relation: self.terms(Class::Relation, raw.relation.as_ref()),
            activity: self.named(Class::Activity, &raw.id, "activity", raw.activity.as_ref()),
            channel: self.terms(Class::Channel, raw.channel.as_ref()),
        };
        Some(ConsentItem {
            id: raw.id.get_ref().clone(),
            quote: raw.quote.get_ref().clone(),
            lines: raw.lines.get_ref().0,
            rule_line: self.sheet.line(&raw.id),
            mode: raw.mode?,
            region,
            via: self.terms(Class::Party, raw.via.as_ref()),
            household: raw.household?,
            objection,
            then,
            from,
            period: days,
            notice_days: raw.notice_days,
            reason: raw.reason.clone(),
        })
    }

    /// Who hands over; the society where the item names nobody.
    fn sender(&mut self, raw: Option<&Terms>) -> Vec<Term> {
        match raw {
            Some(_) => self.terms(Class::Party, raw),
            None => vec![self.common.words.society()],
        }
    }

    fn joint_use(&mut self, raw: &RawJointUse) -> Option<JointUse> {
        self.quote(&raw.quote, &raw.lines, raw.places.as_ref(), Part::Listed);
        let [fact, items, users, purpose, responsible, partner] = [
            &raw.fact,
            &raw.items,
            &raw.users,
            &raw.purpose,
            &raw.responsible,
            &raw.partner,
        ]
        .map(|words| self.words(words.as_ref()));
        let objection = self.one(raw.objection.as_ref());
        let days = self.days(raw.starts.as_ref(), raw.ends.as_ref());
        self.id(&raw.id, days);
        if !self.settled(&raw.quote, raw.unread.as_ref()) {
            return None;
        }
        self.etc(&raw.quote, &raw.note);
        let region = Region {
            data: self.named(Class::Data, &raw.id, "data", raw.data.as_ref()),
            subject: self.terms(Class::Subject, raw.subject.as_ref()),
            sender: self.sender(None),
            recipient: self.named(Class::Party, &raw.id, "party", raw.party.as_ref()),
            relation: Vec::new(),
            activity: self.named(Class::Activity, &raw.id, "activity", raw.activity.as_ref()),
            channel: Vec::new(),
        };
        Some(JointUse {
            id: raw.id.get_ref().clone(),
            quote: raw.quote.get_ref().clone(),
            lines: raw.lines.get_ref().0,
            rule_line: self.sheet.line(&raw.id),
            fact,
            items,
            users,
            purpose,
            responsible,
            partner,
            objection,
            region,
            period: days,
            reason: raw.reason.clone(),
        })
    }
}
