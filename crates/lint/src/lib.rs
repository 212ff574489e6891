//! Lints of notices and of how they are read: what a society should correct or publish, and what a
//! reader of the rules should know.
//!
//! A lint decides nothing about a flow. What the lints look for is data (`rules/lint`), and what can be
//! asked of the engine is asked of it.

mod clauses;
pub mod codes;
mod data;
mod kinds;
mod relations;
mod since;
mod text;
mod words;

use std::collections::BTreeSet;

pub use data::LintError;

use data::Data;
use mokuteki::{
    Day, Engine,
    notice::{Clause, Notice},
    rules::Sources,
    text::squeeze,
};
use mokuteki_findings::{Checked, Code, Diagnostic, Findings, Place, Severity, Text};
use mokuteki_space::Side;
use words::Words;

/// How notices are linted.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Options<'a> {
    /// The day: the notices that are in force on it are linted, by the law and the words of that day.
    pub as_of: Day,
    /// The ids of the societies; all when none is named.
    pub societies: &'a [String],
    /// The names of the codes that fail the run.
    pub fail_on: &'a [String],
    /// Whether notes are told, too: what is not wrong and good to know.
    pub notes: bool,
    /// Only what has become so on this day or later, notes among it: what a society that looked at its notice on the day
    /// before has to look at again.
    pub since: Option<Day>,
}

/// The key of a finding under which the day stands from which it is one.
const SINCE: &str = "since";

/// What the lints look for.
#[derive(Debug)]
pub struct Lints {
    data: Data,
}

impl Lints {
    /// The lints that ship with the library (`rules/lint`).
    ///
    /// # Errors
    ///
    /// A file cannot be read: which, where and why. The tests of this library read them all.
    pub fn embedded() -> Result<Self, LintError> {
        Ok(Self {
            data: Data::embedded()?,
        })
    }

    /// Lints the notices that are in force on the day, and the vocabulary. `sources` are those that the
    /// engine was made from: they hold the published texts.
    ///
    /// # Errors
    ///
    /// The data of a lint does not fit the vocabulary.
    pub fn check(
        &self,
        engine: &Engine,
        sources: &Sources,
        options: &Options<'_>,
    ) -> Result<Findings, LintError> {
        let words = Words::new(engine, &self.data)?;
        let (mut found, mut checked) = (Vec::new(), Vec::new());
        let wanted = |society: &str| {
            let named = options.societies;
            named.is_empty() || named.iter().any(|id| id == society)
        };
        let mut linted = BTreeSet::new();
        let notices = engine.notices();
        let in_force = notices.filter(|notice| notice.period.contains(options.as_of));
        for notice in in_force.filter(|notice| wanted(&notice.society)) {
            // A society that an engine holds, on a day, is a side.
            let day = options.as_of.to_string();
            let Ok(side) = Side::new(engine, &notice.society, &day) else {
                continue;
            };
            let published = sources.get(&notice.text_file);
            let published = published.map(|text| String::from_utf8_lossy(&text.bytes));
            let lint = Lint {
                data: &self.data,
                words: &words,
                side: &side,
                notice,
                text: published.as_deref().unwrap_or_default(),
            };
            checked.extend(lint.passages().map(|(subject, _, lines)| Checked {
                subject,
                place: lint.place(lines),
            }));
            lint.printed(&mut found);
            lint.sections(&mut found);
            lint.joint_use(&mut found);
            lint.opt_out(&mut found);
            lint.clauses(&mut found);
            lint.kinds(&mut found);
            lint.since(&mut found);
            linted.insert(notice.society.as_str());
        }
        // A term that only another society uses is in use.
        if options.societies.is_empty() {
            kinds::unused(engine, sources, options.as_of, &mut found);
        }
        for one in &mut found {
            if options.fail_on.iter().any(|name| name == one.code) {
                one.severity = Severity::Error;
            }
        }
        if let Some(since) = options.since {
            found.retain(|one| since::day(one).is_some_and(|day| since <= day));
        }
        let before = found.len();
        let notes = options.notes || options.since.is_some();
        found.retain(|one| notes || one.severity > Severity::Note);
        let untold = before - found.len();
        let mut findings = Findings {
            check: "lint",
            codes: codes::ALL.to_vec(),
            checked,
            diagnostics: found,
            facts: vec![
                (
                    Text::new("基準日", "as of"),
                    Text::same(options.as_of.to_string()),
                ),
                (
                    Text::new("組合", "societies"),
                    Text::same(linted.len().to_string()),
                ),
                (
                    Text::new("示さない注", "notes not shown"),
                    Text::same(untold.to_string()),
                ),
            ],
            ..Findings::default()
        };
        findings.sort();
        Ok(findings)
    }
}

/// One notice under lint.
struct Lint<'a> {
    data: &'a Data,
    words: &'a Words,
    side: &'a Side<'a>,
    notice: &'a Notice,
    /// The published text.
    text: &'a str,
}

/// A line of the published text, with what is said of it.
struct Said {
    message: Text,
    help: Text,
}

impl<'a> Lint<'a> {
    fn engine(&self) -> &'a Engine {
        self.side.engine()
    }

    fn day(&self) -> Day {
        self.side.day()
    }

    /// A line of the published text.
    fn place(&self, lines: (u32, u32)) -> Place {
        Place::line(self.notice.text_file.as_str(), lines.0).of_rules()
    }

    /// The line on which some words of a text begin.
    fn place_of(&self, lines: (u32, u32), words: &str) -> Place {
        let (first, last) = lines;
        let numbered = self.text.lines().zip(1..);
        let printed = numbered.filter(|(_, number)| (first..=last).contains(number));
        let printed: Vec<(char, u32)> = printed
            .flat_map(|(line, number)| {
                squeeze(line)
                    .chars()
                    .map(move |c| (c, number))
                    .collect::<Vec<_>>()
            })
            .collect();
        let words: Vec<char> = squeeze(words).chars().collect();
        let mut windows = printed.windows(words.len().max(1));
        let found = windows.find(|window| window.iter().map(|(c, _)| c).eq(&words));
        let line = found
            .and_then(|window| window.first())
            .map_or(first, |(_, line)| *line);
        self.place((line, line))
    }

    /// The society's id and the label of a clause.
    fn subject(&self, clause: &Clause) -> String {
        format!("{} {}", self.notice.society, clause.label)
    }

    /// Everything that is printed and read: its subject, the text, and its lines.
    fn passages(&self) -> impl Iterator<Item = (String, &'a str, (u32, u32))> {
        let (notice, society) = (self.notice, &self.notice.society);
        let beside = notice.passages.iter().map(move |passage| {
            let purpose = passage.purpose.and_then(|at| notice.purposes.get(at));
            let subject = match purpose {
                Some(purpose) => format!("{society} {}", purpose.number),
                None => society.clone(),
            };
            (subject, passage.quote.as_str(), passage.lines)
        });
        let clauses = self.side.clauses().iter().map(|clause| {
            let subject = self.subject(clause);
            (subject, clause.quote.as_str(), clause.lines)
        });
        beside.chain(clauses)
    }

    /// What is printed and is no passage, such as a preamble: each run of lines as one text, because a name goes on over the end
    /// of a line, with its first and last line.
    fn beside(&self) -> Vec<(String, (u32, u32))> {
        let read: Vec<(u32, u32)> = self.passages().map(|(.., lines)| lines).collect();
        let is_read = |number: u32| {
            let mut read = read.iter();
            read.any(|(first, last)| (*first..=*last).contains(&number))
        };
        let mut runs: Vec<(String, (u32, u32))> = Vec::new();
        let mut open = false;
        for (line, number) in self.text.lines().zip(1..) {
            let text = squeeze(line);
            if is_read(number) {
                open = false;
            } else if let (true, Some((run, (_, last)))) = (open, runs.last_mut()) {
                run.push_str(&text);
                *last = number;
            } else if !text.is_empty() {
                runs.push((text, (number, number)));
                open = true;
            }
        }
        runs
    }

    /// A finding about a clause: at its line of the published text, with its line of the rule file.
    fn of_clause(&self, code: &Code, clause: &Clause, said: Said) -> Diagnostic {
        let place = self.place(clause.lines);
        let rule = Place::line(self.notice.rule_file.as_str(), clause.rule_line).of_rules();
        Diagnostic::new(code, place, &self.subject(clause), said.message, said.help)
            .with_related(rule, Text::new("規則の読み", "its reading"))
    }

    /// A provision, as it is cited on the day.
    fn law(&self, id: &str) -> Vec<String> {
        let law = self.engine().law();
        let provision = law.find(id);
        law.cited_on(provision.as_slice(), self.day()).collect()
    }
}

/// The society should correct what it prints.
fn correct(by: &str) -> Text {
    Text::new(
        format!("組合が公表文書の語を「{by}」に改める"),
        format!("the society should print 「{by}」 in its notice"),
    )
}
