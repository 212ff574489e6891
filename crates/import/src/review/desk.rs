//! Where imported notices are looked at: all of them loaded beside those that are known.

use std::collections::{BTreeMap, BTreeSet};

use super::{Left, Review, cases, findings, nearest::Known, told};
use crate::draft::{Drafter, Imported};
use mokuteki::{
    Engine, Problem, Problems,
    notice::Notice,
    rules::{Source, Sources},
};
use mokuteki_findings::{Findings, Text};
use mokuteki_lint::{LintError, Lints, Options};

/// Imported notices beside those that are known.
#[derive(Debug)]
pub struct Desk {
    engine: Engine,
    sources: Sources,
    lints: Lints,
    /// The known notices: those that were not imported just now.
    known: Known,
    /// What is wrong with a notice that does not load, by the path of its rule file.
    wrong: BTreeMap<String, Vec<Problem>>,
}

impl Desk {
    /// Lays out imported notices beside those of the rules. A notice of the rules whose society is
    /// imported gives way.
    ///
    /// A notice that does not load, for what a person wrote into its file, is set aside with its
    /// problems ([`Desk::wrong`]); what is unread is none.
    ///
    /// # Errors
    ///
    /// The rules do not load.
    pub fn new(rules: &Sources, imported: &[Imported]) -> Result<Self, Problems> {
        let known = Engine::from_drafts(rules)?;
        let societies: BTreeSet<&str> = imported
            .iter()
            .map(|one| one.draft.society.id.as_str())
            .collect();
        let gives_way: BTreeSet<&str> = known
            .notices()
            .filter(|notice| societies.contains(notice.society.as_str()))
            .flat_map(|notice| [notice.rule_file.as_str(), notice.text_file.as_str()])
            .collect();
        let mut files: BTreeMap<String, Vec<u8>> = rules
            .iter()
            .filter(|source| !gives_way.contains(source.path.as_str()))
            .map(|source| (source.path.clone(), source.bytes.clone()))
            .collect();
        for one in imported {
            files.insert(one.draft.rule_path(), one.rules.clone().into_bytes());
            files.insert(one.draft.text_path(), one.draft.text.clone().into_bytes());
        }
        let mut wrong: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
        let paths: BTreeMap<String, String> = imported
            .iter()
            .flat_map(|one| {
                let (rules, text) = (one.draft.rule_path(), one.draft.text_path());
                [(rules.clone(), rules.clone()), (text, rules)]
            })
            .collect();
        let (engine, sources) = loop {
            // Where none of them loads, there is nothing to look at beside the known ones.
            if wrong.len() == imported.len() {
                break (known, rules.clone());
            }
            let all = files.iter().map(|(path, bytes)| Source {
                path: path.clone(),
                bytes: bytes.clone(),
            });
            let sources = Sources::new(all.collect());
            let problems = match Engine::from_drafts(&sources) {
                Ok(engine) => break (engine, sources),
                Err(problems) => problems,
            };
            let before = wrong.len();
            for problem in problems.iter() {
                if let Some(path) = paths.get(problem.file()) {
                    wrong.entry(path.clone()).or_default().push(problem.clone());
                }
            }
            if wrong.len() == before {
                return Err(problems);
            }
            files.retain(|path, _| paths.get(path).is_none_or(|path| !wrong.contains_key(path)));
        };
        let lints = Lints::embedded().map_err(|error| {
            let reason = error.to_string();
            let kind = mokuteki::problem::Kind::Syntax { reason };
            Problems::new(vec![Problem::new("lint", 0, kind)])
        })?;
        let known = Known::new(&engine, &societies);
        Ok(Self {
            engine,
            sources,
            lints,
            known,
            wrong,
        })
    }

    /// What is wrong with an imported notice that does not load; empty where it does.
    #[must_use]
    pub fn wrong(&self, imported: &Imported) -> &[Problem] {
        let found = self.wrong.get(&imported.draft.rule_path());
        found.map_or(&[], Vec::as_slice)
    }

    fn notice(&self, imported: &Imported) -> Option<&Notice> {
        let path = imported.draft.rule_path();
        let mut notices = self.engine.notices();
        notices.find(|notice| notice.rule_file == path)
    }

    /// The review of an imported notice; `None` where it does not load.
    ///
    /// # Errors
    ///
    /// The data of a lint does not fit the vocabulary of the rules.
    pub fn review(
        &self,
        drafter: &Drafter<'_>,
        imported: &Imported,
    ) -> Result<Option<Review>, LintError> {
        if !self.wrong(imported).is_empty() {
            return Ok(None);
        }
        let Some(notice) = self.notice(imported) else {
            return Ok(None);
        };
        let draft = &imported.draft;
        let outline = &draft.outline;
        let cases = cases::all(imported, notice);
        let mut found = findings::all(drafter, imported, notice, &cases);
        let society = [draft.society.id.clone()];
        let options = Options {
            as_of: draft.society.read_on,
            societies: &society,
            fail_on: &[],
            since: None,
            notes: false,
        };
        let linted = self.lints.check(&self.engine, &self.sources, &options)?;
        found.extend(linted.diagnostics);
        let unread = cases.iter().flat_map(|case| &case.dimensions);
        let unread = unread.filter(|row| matches!(row.state, super::State::Unread { .. }));
        let fact = |ja: &str, en: &str, value: String| (Text::new(ja, en), Text::same(value));
        let mut findings = Findings {
            check: "import",
            codes: super::codes::ALL
                .iter()
                .chain(mokuteki_lint::codes::ALL)
                .copied()
                .collect(),
            checked: linted.checked,
            diagnostics: found,
            facts: vec![
                fact("利用目的", "purposes", outline.purposes.len().to_string()),
                fact("事例", "clauses", cases.len().to_string()),
                fact(
                    "人が決めるキー",
                    "keys to settle",
                    unread.count().to_string(),
                ),
            ],
            ..Findings::default()
        };
        findings.sort();
        let preamble = outline.title.iter().skip(1).chain(&outline.preamble);
        let preamble = preamble.map(|piece| (piece, None));
        let rest = outline.left_out.iter();
        let rest = rest.map(|left| (&left.piece, Some(left.reason)));
        let mut left_out: Vec<Left> = preamble
            .chain(rest)
            .map(|(piece, reason)| Left {
                text: piece.text.clone(),
                lines: piece.lines,
                reason,
            })
            .collect();
        left_out.sort_by_key(|left| left.lines);
        Ok(Some(Review {
            society: notice.society.clone(),
            name: notice.name.clone(),
            read_on: draft.society.read_on,
            rule_file: notice.rule_file.clone(),
            text_file: notice.text_file.clone(),
            document: told::all(&imported.notes),
            purposes: outline.purposes.len(),
            cases,
            left_out,
            nearest: self.known.nearest(&self.engine, notice),
            before: imported.kept.as_ref().map(|kept| kept.since.clone()),
            findings,
        }))
    }
}
