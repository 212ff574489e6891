//! Writing a draft as a rule file.

use std::{collections::BTreeSet, fmt::Write};

use sha2::{Digest, Sha256};

use super::{
    Draft, Drafter, Entry,
    comments::{DRAFT, asked, begun, citations, shown},
    fit::{Fit, LeftOut, parents, printed_heading},
    notes::key,
    template::fill,
    toml::{comment, lines, list, text},
};
use crate::{
    outline::{Outline, Purpose, Reason, Section},
    reading::{Answer, Dimension, Evidence, Sure},
};
use mokuteki::{
    notice::hex,
    rules::{FORMAT_KEY, format_of},
    text::{normalize, squeeze},
    vocabulary::Class,
};

const RULE: &str = "# ────────────────────────────────────────────────────────────\n";

impl Drafter<'_> {
    /// The draft as a rule file. The same draft gives the same bytes.
    #[must_use]
    pub fn write(&self, draft: &Draft) -> String {
        let printed = draft.outline_of_parts();
        let fit = Fit::new(
            &draft.text,
            &printed,
            &bullets(&draft.outline),
            left_out(&draft.outline),
        );
        let mut out = self.head(draft, &fit);
        let mut ids = BTreeSet::new();
        for (at, purpose) in draft.outline.purposes.iter().enumerate() {
            out += &self.purpose(draft, &fit, at, purpose, &mut ids);
        }
        out
    }

    fn head(&self, draft: &Draft, fit: &Fit) -> String {
        let society = &draft.society;
        let outline = &draft.outline;
        let mut out = comment(&format!("{}の公表文書。", society.name));
        let advice = format!(
            "原文 ({}) は編集しない。unread に挙げたキーは、人が読みを決めて書き、unread から消す。",
            draft.text_path()
        );
        out += &begun(DRAFT, &advice);
        _ = writeln!(out, "{FORMAT_KEY} = {}", format_of(&draft.rule_path()));
        out += "[notice]\n";
        _ = writeln!(out, "society = {}", text(&society.id));
        _ = writeln!(out, "name = {}", text(&society.name));
        _ = writeln!(
            out,
            "edition = {}",
            text(&format!("{} 収録", society.read_on))
        );
        out += &comment("施行日が分かるときは undated を消し、from を書く。");
        _ = writeln!(out, "undated = true\nread_on = {}", society.read_on);
        let bullets = bullets(outline);
        let bullet = match bullets.as_slice() {
            [] => text(""),
            [one] => text(one),
            many => list(many),
        };
        _ = writeln!(out, "bullet = {bullet}");
        if !outline.purposes.iter().all(numbered) {
            out += &comment("見出しの番号は通し番号ではない。number は文書の順に付けた。");
            out += "numbered = false\n";
        }
        let digest = hex(&Sha256::digest(draft.text.as_bytes()));
        _ = writeln!(
            out,
            "\n[notice.text]\nfile = {}\nsha256 = {}",
            text(&draft.text_path()),
            text(&digest)
        );
        if let Some(title) = outline.title.first() {
            _ = writeln!(
                out,
                "\n[notice.title]\nquote = {}\nlines = {}",
                text(&title.text),
                lines(title.lines)
            );
            out += &fit.places(&title.places);
        }
        out + &self.left_out(fit)
    }

    fn left_out(&self, fit: &Fit) -> String {
        let write = |(span, reasons): &LeftOut| {
            let reasons = reasons
                .iter()
                .filter_map(|why| self.template.left_out.get(*why));
            let reason: Vec<&str> = reasons.map(String::as_str).collect();
            format!(
                "\n[[left_out]]\nlines = {}\nreason = {}\n",
                lines(*span),
                text(&reason.concat())
            )
        };
        fit.left_out.iter().map(write).collect()
    }

    fn purpose(
        &self,
        draft: &Draft,
        fit: &Fit,
        at: usize,
        purpose: &Purpose,
        ids: &mut BTreeSet<String>,
    ) -> String {
        let entries: Vec<&Entry> = draft
            .entries
            .iter()
            .filter(|one| one.purpose == at)
            .collect();
        let mut out = format!("\n{RULE}[[purpose]]\nnumber = {}\n", purpose.number);
        if let Some(piece) = &purpose.piece {
            if !purpose.mark.is_empty() {
                _ = writeln!(out, "mark = {}", text(&purpose.mark));
            }
            let untitled = squeeze(&purpose.title).is_empty();
            let title = if untitled {
                &piece.text
            } else {
                &purpose.title
            };
            _ = writeln!(out, "title = {}", text(title));
            if let Some(heading) = printed_heading(purpose, piece) {
                _ = writeln!(out, "quote = {}", text(heading));
            } else if untitled {
                _ = writeln!(out, "quote = {}", text(&piece.text));
            }
            _ = writeln!(out, "lines = {}", lines(piece.lines));
            out += &fit.places(&piece.places);
        }
        for (dimensions, name) in [
            (&[Dimension::Channel][..], "channel"),
            (&[Dimension::Recipient, Dimension::Sender][..], "party"),
        ] {
            if let Some((values, evidence)) = inherited(&entries, dimensions) {
                out += &shown(&evidence);
                out += &key(name, &values);
            }
        }
        for piece in purpose.texts.iter().chain(parents(purpose)) {
            _ = writeln!(
                out,
                "\n[[purpose.text]]\nquote = {}\nlines = {}",
                text(&piece.text),
                lines(piece.lines)
            );
            out += &fit.places(&piece.places);
        }
        out += &citations(draft, at);
        let bare = entries.iter().filter(|entry| entry.section.is_none());
        for entry in bare {
            out += &self.clause(draft, fit, entry, None, "purpose.clause", ids);
        }
        for (place, section) in purpose.sections.iter().enumerate() {
            let under = entries.iter().filter(|entry| entry.section == Some(place));
            let under: Vec<&Entry> = under.copied().collect();
            let way = self.way(section, purpose, &under);
            _ = writeln!(
                out,
                "\n[[purpose.section]]\nquote = {}\nlines = {}",
                text(&section.heading.text),
                lines(section.heading.lines),
            );
            out += &fit.places(&section.heading.places);
            if let Some(way) = &way {
                _ = writeln!(out, "direction = {}", text(way));
            }
            for entry in under {
                let table = "purpose.section.clause";
                out += &self.clause(draft, fit, entry, way.as_ref(), table, ids);
            }
        }
        out
    }

    /// The direction of a section: what its heading says, else the first clause under it. Where no
    /// word says it, none is written, so that no clause can have one that nobody has read.
    fn way(&self, section: &Section, purpose: &Purpose, entries: &[&Entry]) -> Option<String> {
        let said = self
            .reader
            .direction_of(&section.heading.text, &purpose.title);
        let first = entries.iter().find_map(|entry| {
            let values = entry.reading.get(Dimension::Directions).values();
            values.first().cloned()
        });
        said.or(first)
    }

    fn clause(
        &self,
        draft: &Draft,
        fit: &Fit,
        entry: &Entry,
        way: Option<&String>,
        table: &str,
        ids: &mut BTreeSet<String>,
    ) -> String {
        let mut out = format!("\n[[{table}]]\nid = {}\n", text(&self.id(entry, ids)));
        _ = writeln!(out, "lines = {}", lines(entry.lines));
        out += &fit.places(&entry.places);
        _ = writeln!(out, "quote = {}", text(&entry.quote));
        let mut reasons: Vec<String> = Vec::new();
        for (dimension, answer) in &entry.reading.answers {
            let Answer::Read { values, evidence } = answer else {
                continue;
            };
            reasons.extend(self.reasons(*dimension, evidence));
            let of_purpose = evidence.iter().all(|one| one.sure == Sure::Purpose);
            let said_above = match dimension {
                Dimension::Directions => values.as_slice().iter().eq(way),
                Dimension::Channel | Dimension::Recipient | Dimension::Sender => of_purpose,
                _ => false,
            };
            if !said_above {
                out += &shown(evidence);
                out += &key(dimension.key(), values);
            }
            // What the words alone open to the number is number work: without a number it covers nothing.
            if *dimension == Dimension::MyNumber {
                out += "needs_number = true\n";
            }
        }
        let unread: Vec<&str> = entry.reading.unread().map(Dimension::key).collect();
        if !unread.is_empty() {
            for (dimension, answer) in &entry.reading.answers {
                out += &asked(*dimension, answer);
            }
            _ = writeln!(out, "unread = {}", list(&unread));
        }
        let mut unique: Vec<String> = Vec::new();
        for reason in reasons {
            if !unique.contains(&reason) {
                unique.push(reason);
            }
        }
        if unique.is_empty() {
            let quoted = format!("「{}」", entry.quote);
            let values = [("words", quoted.as_str())];
            unique.push(fill(&self.template.reason.word, &values));
        }
        _ = writeln!(out, "reason = {}", text(&unique.concat()));
        for note in self.notes(entry) {
            out += &note.write(table, draft.society.read_on);
        }
        out
    }

    /// Why data and parties are read so. The other dimensions say it in their comments.
    fn reasons(&self, dimension: Dimension, evidence: &[Evidence]) -> Vec<String> {
        let implied = |one: &&Evidence| matches!(one.sure, Sure::Work | Sure::Law);
        let mut reasons = Vec::new();
        if dimension == Dimension::Data {
            let words = evidence.iter().filter(|one| !implied(one));
            let words: Vec<String> = words.map(|one| format!("「{}」", one.words)).collect();
            if !words.is_empty() {
                let words = words.concat();
                reasons.push(fill(&self.template.reason.word, &[("words", &words)]));
            }
        }
        if matches!(dimension, Dimension::Data | Dimension::Recipient) {
            let implied = evidence.iter().filter(implied);
            reasons.extend(implied.map(|one| one.reason.clone()));
        }
        reasons
    }

    /// A lasting id from the work and the way of the data.
    fn id(&self, entry: &Entry, ids: &mut BTreeSet<String>) -> String {
        let words = self.engine.vocabulary();
        let reading = &entry.reading;
        let works = match reading.get(Dimension::Activity) {
            Answer::Unread { proposal, .. } => proposal.as_slice(),
            answer => answer.values(),
        };
        let work = works
            .first()
            .and_then(|label| words.find(Class::Activity, label));
        let work = work.map_or("clause", |term| words.entry(term).id.as_str());
        let relations = reading.get(Dimension::Relation).values();
        let ways = reading.get(Dimension::Directions).values();
        let way = match ways.first().map(String::as_str) {
            _ if relations == ["委託"] => "-entrusted",
            Some("outward") => "-out",
            Some("inward") => "-in",
            _ => "",
        };
        let base = format!("{work}{way}");
        let mut numbered = (2..).map(|number| format!("{base}-{number}"));
        let mut id = base.clone();
        while !ids.insert(id.clone()) {
            id = numbered.next().unwrap_or_default();
        }
        id
    }
}

/// Whether the mark of a heading shows its number.
fn numbered(purpose: &Purpose) -> bool {
    let shown: String = normalize(&purpose.mark)
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    purpose.mark.is_empty() || shown.parse() == Ok(purpose.number)
}

/// The marks of the bullets, each once.
fn bullets(outline: &Outline) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for clause in outline.purposes.iter().flat_map(|one| &one.clauses) {
        if !found.contains(&clause.bullet) {
            found.push(clause.bullet.clone());
        }
    }
    found
}

/// The lines that are left out. What shares a line is left out at once: a second table would find
/// nothing left.
fn left_out(outline: &Outline) -> Vec<LeftOut> {
    let titles = outline.title.iter().skip(1);
    let titles = titles.map(|piece| (piece.lines, "title"));
    let preamble = outline.preamble.iter();
    let preamble = preamble.map(|piece| (piece.lines, "preamble"));
    let rest = outline.left_out.iter();
    let rest = rest.map(|left| (left.piece.lines, reason_key(left.reason)));
    let mut all: Vec<((u32, u32), &'static str)> = titles.chain(preamble).chain(rest).collect();
    all.sort_unstable();
    let mut merged: Vec<LeftOut> = Vec::new();
    for ((first, last), why) in all {
        match merged.last_mut() {
            Some(((_, until), reasons)) if first <= *until => {
                *until = (*until).max(last);
                if !reasons.contains(&why) {
                    reasons.push(why);
                }
            }
            _ => merged.push(((first, last), vec![why])),
        }
    }
    merged
}

/// What clauses of a purpose have from its heading or text.
fn inherited(entries: &[&Entry], dimensions: &[Dimension]) -> Option<(Vec<String>, Vec<Evidence>)> {
    let mut answers = entries.iter().flat_map(|entry| {
        dimensions
            .iter()
            .map(|dimension| entry.reading.get(*dimension))
    });
    answers.find_map(|answer| match answer {
        Answer::Read { values, evidence }
            if evidence.iter().all(|one| one.sure == Sure::Purpose) =>
        {
            Some((values.clone(), evidence.clone()))
        }
        _ => None,
    })
}

fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Chrome => "chrome",
        Reason::Date => "date",
        Reason::Closing => "closing",
        Reason::Page => "page",
        Reason::Law => "law",
        Reason::Heading => "heading",
        Reason::Remark => "remark",
        Reason::TableHead => "table-head",
        Reason::OtherPart => "other-part",
        Reason::Unplaced => "unplaced",
    }
}
