//! Sinks: places where data leaves. The presets are data: `rules/scan/sinks.toml`.

mod data;
mod evidence;
mod pattern;
mod program;
mod slot;
mod team;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

pub use self::data::{Group, group, groups};
pub use self::team::check_pattern;
use self::{
    data::{PRESETS, Preset, Words},
    slot::{Match, Slot},
    team::Matcher,
};
use super::{
    Pattern,
    cursor::Cursor,
    language,
    lexer::{Kind, Lexed, Piece},
};

/// The group of the sinks of a team, which say no more than that data leaves.
pub const TEAM: &str = "team";

/// A kind of place where data leaves.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Sink {
    /// Its id.
    pub id: String,
    /// What data does there: one of [`groups`], or [`TEAM`].
    pub group: String,
    /// Of the sinks of a team: regular expressions, looked for line by line.
    pub patterns: Vec<String>,
    /// Where it is looked for; everywhere when there is none.
    pub files: Vec<Pattern>,
    /// Why data leaves there, in Japanese or as the team says it.
    pub reason: String,
    /// The same in English.
    pub en: String,
}

/// A sink of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// Its line, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
    /// The line on which it ends.
    pub end_line: u32,
    /// The column after its last character.
    pub end_column: u32,
    /// The place of its sink in [`Sinks::all`].
    pub sink: usize,
    /// The text of the line, without the space around it and at most 200 characters.
    pub text: String,
    /// Where it begins in its file, in bytes.
    pub(super) start: usize,
}

/// The sinks of a scan, ready.
#[derive(Debug, Default)]
pub struct Sinks {
    all: Vec<Sink>,
    /// The presets among them, which stand before those of the team.
    presets: Vec<(usize, &'static Preset)>,
    /// For each language.
    slots: Vec<OnceLock<Result<Slot, String>>>,
    team: OnceLock<Result<Vec<Matcher>, String>>,
    near: u32,
}

impl Sinks {
    /// The presets of groups, and those of a team. A marker at most `near` lines before a sink marks it.
    /// The patterns of a team have passed [`check_pattern`].
    #[must_use]
    pub fn new(groups: &[&str], team: Vec<Sink>, near: u32) -> Self {
        let chosen = PRESETS
            .sink
            .iter()
            .filter(|one| groups.contains(&one.group.as_str()));
        let presets: Vec<(usize, &'static Preset)> = chosen.enumerate().collect();
        let as_sink = |preset: &Preset| Sink {
            id: preset.id.clone(),
            group: preset.group.clone(),
            patterns: Vec::new(),
            files: Vec::new(),
            reason: preset.reason.clone(),
            en: preset.en.clone(),
        };
        let mut all: Vec<Sink> = presets.iter().map(|(_, preset)| as_sink(preset)).collect();
        all.extend(team);
        Self {
            all,
            presets,
            slots: language::all().iter().map(|_| OnceLock::new()).collect(),
            team: OnceLock::new(),
            near,
        }
    }

    /// Every sink.
    #[must_use]
    pub fn all(&self) -> &[Sink] {
        &self.all
    }

    /// Whether every preset is looked for: only then a marker over none of them stands over nothing.
    #[must_use]
    pub fn are_all(&self) -> bool {
        self.presets.len() == PRESETS.sink.len()
    }

    /// How many lines before its sink a marker may stand.
    #[must_use]
    pub fn near(&self) -> u32 {
        self.near
    }

    fn slot(&self, at: usize) -> Result<Option<&Slot>, String> {
        let (Some(slot), Some(language)) = (self.slots.get(at), language::all().get(at)) else {
            return Ok(None);
        };
        let slot = slot.get_or_init(|| Slot::new(&self.presets, language));
        slot.as_ref().map(Some).map_err(Clone::clone)
    }

    /// Whether a text may have a sink of a preset or of the team: if not, it need not be taken apart.
    ///
    /// # Errors
    ///
    /// The patterns cannot be looked for together: the reason, in English.
    pub(super) fn may_have(&self, language: Option<usize>, text: &str) -> Result<bool, String> {
        if self.all.len() > self.presets.len() {
            return Ok(true);
        }
        let Some(at) = language else {
            return Ok(false);
        };
        // What holds code of another language is taken apart to know it.
        let holds_others = language::all().get(at).is_some_and(|one| {
            use language::Form;
            !matches!(
                one.form,
                Form::Code | Form::Command | Form::Cobol | Form::Jcl | Form::Prose
            )
        });
        Ok(holds_others || self.slot(at)?.is_some_and(|slot| slot.may_have(text)))
    }

    /// The sinks of a file, in order, one for each statement.
    ///
    /// # Errors
    ///
    /// The patterns cannot be looked for together: the reason, in English.
    pub(super) fn find(
        &self,
        path: &str,
        text: &str,
        lexed: &Lexed<'_>,
    ) -> Result<Vec<Hit>, String> {
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        for piece in &lexed.pieces {
            let mut found = Vec::new();
            if let Some((slot, language)) = self.slot(piece.language)?.zip(slot::language_of(piece))
            {
                slot.find(piece, language, &mut found);
            }
            // Commands that markup, pipelines and makefiles hold are those of a shell.
            found.sort_unstable();
            let mut last: Option<Match> = None;
            for one in found {
                if last.is_some_and(|last| same_statement(piece, last, one)) {
                    continue;
                }
                last = Some(one);
                let place = piece.statement.clone();
                let place = place.unwrap_or_else(|| piece.origin(one.start)..piece.origin(one.end));
                places.push((place.start, place.end, one.sink));
            }
        }
        let team = self
            .team
            .get_or_init(|| team::matchers(&self.all, self.presets.len()));
        let mut lines = Vec::new();
        for matcher in team.as_ref().map_err(Clone::clone)? {
            matcher.find(path, &self.all, text, &mut lines);
        }
        lines.retain(|(start, ..)| !lexed.is_comment(*start));
        places.extend(lines);
        places.sort_unstable();
        places.dedup_by(|later, first| later.0 < first.1 || later.0 == first.0);
        let mut cursor = Cursor::default();
        Ok(places
            .into_iter()
            .map(|(start, end, sink)| hit(text, &mut cursor, start, end, sink))
            .collect())
    }
}

/// Whether two matches, the first before the second, belong to one statement.
fn same_statement(piece: &Piece<'_>, first: Match, second: Match) -> bool {
    if piece.tokens.is_empty() || second.start < first.end {
        return second.start < first.end;
    }
    let mut depth = 0_i32;
    let mut before = None;
    for at in first.token + 1..=second.token {
        let Some(token) = piece.tokens.get(at) else {
            return false;
        };
        let said = token.said(&piece.text);
        match (token.kind, said) {
            (Kind::End, _) => return false,
            (Kind::Sign, ";") if depth <= 0 => return false,
            (Kind::Sign, "(" | "[" | "{") => depth += 1,
            (Kind::Sign, ")" | "]" | "}") => depth -= 1,
            _ => {}
        }
        let goes_on = matches!(
            before,
            Some("=" | "," | "+" | "(" | "[" | ":" | "?" | "|" | "&")
        );
        if token.leads && depth <= 0 && token.kind == Kind::Word && !goes_on {
            return false;
        }
        before = Some(said);
    }
    true
}

fn hit(text: &str, cursor: &mut Cursor, start: usize, end: usize, sink: usize) -> Hit {
    cursor.advance(text, start);
    let Cursor {
        line,
        column,
        start: line_start,
        ..
    } = *cursor;
    let mut ending = *cursor;
    ending.advance(text, end.max(start));
    let rest = text.get(line_start..).unwrap_or_default();
    let whole = rest.lines().next().unwrap_or_default();
    Hit {
        line,
        column,
        end_line: ending.line,
        end_column: ending.column,
        sink,
        text: whole.trim().chars().take(200).collect(),
        start,
    }
}
