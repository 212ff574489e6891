//! Lints of how clauses stand to their section, to the law, and to each other.

use super::{Lint, Said, codes};
use mokuteki::{
    Lang,
    grounds::{Consent, Needs},
    notice::{Clause, Direction, NoteKind},
    report::words,
    text::normalize,
    vocabulary::Class,
};
use mokuteki_findings::{Diagnostic, Severity, Text};

impl Lint<'_> {
    /// Clauses that do not agree with the section that they stand under.
    pub(super) fn sections(&self, found: &mut Vec<Diagnostic>) {
        let mut told = std::collections::BTreeSet::new();
        for clause in self.side.clauses() {
            let Some(why) = self.mismatch(clause) else {
                continue;
            };
            // A sentence with several readings stands under its section once.
            if !told.insert((clause.lines, clause.quote.as_str())) {
                continue;
            }
            let section = &clause.section;
            let said = Said {
                message: Text::of(|lang| {
                    let why = why.pick(lang);
                    lang.pick(
                        format!("区分「{section}」と合わない: {why}"),
                        format!("it does not agree with its section 「{section}」: {why}"),
                    )
                }),
                help: Text::new(
                    "組合が事例を合う区分に移す。それまでは読みを個人情報保護管理者が確かめる",
                    "the society should move it to a section that agrees; until then the privacy officer confirms the reading",
                ),
            };
            let mut one = self.of_clause(&codes::SECTION_MISMATCH, clause, said);
            one.severity = Severity::Warning;
            let notes = clause.notes.iter();
            let notes = notes.filter(|note| note.kind == NoteKind::SectionMismatch);
            one.notes
                .extend(notes.map(|note| Text::same(note.text.as_str())));
            found.push(one);
        }
    }

    /// Why a clause does not agree with its section: by its reading, or by its words.
    fn mismatch(&self, clause: &Clause) -> Option<Text> {
        if !clause.goes(clause.section_direction) {
            let ways = Direction::ALL.into_iter().filter(|way| clause.goes(*way));
            let ways: Vec<Direction> = ways.collect();
            let listed = |lang: Lang| {
                let names = ways.iter().map(|way| words::direction(*way, lang));
                names.collect::<Vec<_>>().join(lang.pick("・", ", "))
            };
            return Some(Text::new(
                format!("事例の向きは {}", listed(Lang::Ja)),
                format!("its data goes {}", listed(Lang::En)),
            ));
        }
        let text = normalize(&clause.quote);
        let only = |way| {
            Direction::ALL
                .into_iter()
                .all(|other| other == way || !own(clause, other))
        };
        if clause.section_direction == Direction::Internal && only(Direction::Internal) {
            let words = self.words.outward.iter().zip(&self.data.sections.outward);
            let mut hits = words.filter(|(pattern, _)| pattern.is_match(&text));
            return hits
                .next()
                .map(|(_, lint)| Text::new(lint.reason.as_str(), lint.reason_en.as_str()));
        }
        let opposite = self.data.sections.opposite.iter();
        let mut hits = opposite.filter(|lint| {
            lint.direction == clause.section_direction
                && only(lint.direction)
                && lint.pattern.0.is_match(&text)
        });
        hits.next()
            .map(|lint| Text::new(lint.reason.as_str(), lint.reason_en.as_str()))
    }

    /// Joint use whose five items the notice does not publish.
    pub(super) fn joint_use(&self, found: &mut Vec<Diagnostic>) {
        let lint = &self.data.joint_use;
        let Some(provision) = self.engine().law().find(&lint.provision) else {
            return;
        };
        let text = normalize(self.text);
        let missing: Vec<_> = lint
            .item
            .iter()
            .filter(|item| !item.pattern.0.is_match(&text))
            .collect();
        if missing.is_empty() {
            return;
        }
        let some = missing.len() < lint.item.len();
        let names = |lang: Lang| {
            let names = missing
                .iter()
                .map(|item| lang.pick(&item.ja, &item.en).as_str());
            names.collect::<Vec<_>>().join(lang.pick("、", "; "))
        };
        for clause in self.side.clauses() {
            let mut grounds = self.engine().grounds_of(clause);
            if !grounds.any(|ground| {
                ground.needs == Needs::Basis && ground.provisions.contains(&provision)
            }) {
                continue;
            }
            let said = Said {
                message: Text::new(
                    format!(
                        "共同利用の五つの事項のうち、この文書にないもの: {}",
                        names(Lang::Ja)
                    ),
                    format!(
                        "of the five items of joint use this document lacks: {}",
                        names(Lang::En)
                    ),
                ),
                help: Text::new(
                    "公表するか、他に公表しているところをこの文書に示す",
                    "publish them, or say in this document where they are published",
                ),
            };
            let mut one = self.of_clause(&codes::JOINT_USE_ITEMS, clause, said);
            // Where none is there, they may be published elsewhere; where some are, the list has a gap.
            if some {
                one.severity = Severity::Warning;
            }
            one.laws = self.law(&lint.provision);
            found.push(one);
        }
    }

    /// Provision to third parties of 要配慮個人情報 unless the person objects.
    pub(super) fn opt_out(&self, found: &mut Vec<Diagnostic>) {
        let vocabulary = self.engine().vocabulary();
        let Some(third) = vocabulary.find(Class::Relation, "第三者提供") else {
            return;
        };
        for clause in self.side.clauses() {
            let sensitive = clause.data.iter().any(|listed| {
                let mut below = vocabulary.terms_of(Class::Data);
                below.any(|term| {
                    vocabulary.entry(term).sensitive
                        && vocabulary.lineage(term).any(|up| up == *listed)
                })
            });
            let [_, outward, _] = &clause.relation;
            let implied = |ground: &mokuteki::grounds::Ground| {
                ground.needs == Needs::Consent(Consent::Implied)
            };
            if !sensitive
                || !outward.contains(&third)
                || self.engine().grounds_of(clause).any(implied)
            {
                continue;
            }
            let of_purpose = self.notice.passages.iter();
            let of_purpose = of_purpose.filter(|passage| passage.purpose == Some(clause.purpose));
            let mut texts = of_purpose
                .map(|passage| passage.quote.as_str())
                .chain([clause.quote.as_str()]);
            let printed = texts.find_map(|text| {
                let text = normalize(text);
                let mut patterns = self.data.opt_out.pattern.iter();
                patterns.find_map(|wording| {
                    let hit = wording.pattern.0.find(&text);
                    hit.map(|hit| hit.as_str().to_owned())
                })
            });
            let Some(printed) = printed else { continue };
            let said = Said {
                message: Text::new(
                    format!(
                        "要配慮個人情報をオプトアウトで第三者に提供することはできない: 「{printed}」"
                    ),
                    format!(
                        "data that needs special care cannot be provided to a third party by opt-out: 「{printed}」"
                    ),
                ),
                help: Text::new(
                    "提供の前に同意を得ることにして、公表文書を改める",
                    "ask for consent before the provision, and correct the notice",
                ),
            };
            let mut one = self
                .of_clause(&codes::OPT_OUT, clause, said)
                .with_detail(printed);
            one.laws = self.law(&self.data.opt_out.provision);
            found.push(one);
        }
    }
}

/// Whether a clause goes a way by its own words, not by what its section takes in.
fn own(clause: &Clause, way: Direction) -> bool {
    // Internal use takes in what is collected for it.
    let collects = way == Direction::Inward && clause.goes(Direction::Internal);
    clause.goes(way) && !collects
}
