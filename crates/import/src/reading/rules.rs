//! The rules of reading, checked against the vocabulary and the grounds, ready for use.

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::{
    Dimension,
    find::Finder,
    plain::Cleaner,
    raw::{Named, RawRole, Role},
};
use mokuteki::{notice::Direction, vocabulary::Term};

/// One way in which a work is named, with what it needs.
#[derive(Clone, Debug)]
pub(super) struct Work {
    pub(super) activity: Term,
    /// The words name a narrower work than the term.
    pub(super) narrower: bool,
    pub(super) data: Vec<Term>,
    pub(super) named: Named,
    pub(super) content: Vec<Term>,
    pub(super) answers: Vec<Term>,
    pub(super) recipient: Vec<Term>,
    pub(super) channel: Vec<Term>,
    pub(super) proposes: Vec<Term>,
    pub(super) my_number: Option<String>,
    pub(super) asks_my_number: Option<String>,
    pub(super) reason: String,
}

/// A pattern with what it says and why.
#[derive(Debug)]
pub(super) struct Pattern<T> {
    pub(super) regex: Regex,
    pub(super) not: Option<Regex>,
    pub(super) says: T,
    pub(super) reason: String,
}

impl<T> Pattern<T> {
    /// Where it holds in a text.
    pub(super) fn find<'t>(&self, text: &'t str) -> Option<regex::Match<'t>> {
        let found = self.regex.find(text)?;
        let not = self.not.as_ref();
        (!not.is_some_and(|not| not.is_match(text))).then_some(found)
    }

    /// Where it holds in a text, with no word of `not` in that stretch.
    pub(super) fn find_clear<'t>(
        &self,
        text: &'t str,
    ) -> impl Iterator<Item = regex::Match<'t>> + use<'_, 't, T> {
        let not = self.not.as_ref();
        let clear =
            move |hit: &regex::Match<'t>| !not.is_some_and(|not| not.is_match(hit.as_str()));
        self.regex.find_iter(text).filter(clear)
    }

    pub(super) fn find_all<'t>(&self, text: &'t str) -> impl Iterator<Item = regex::Match<'t>> {
        self.regex.find_iter(text)
    }
}

/// A relation, and who receives where the sentence names nobody.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) relation: Term,
    pub(super) recipient: Option<Term>,
    pub(super) recipient_reason: String,
}

/// What a purpose says for all its clauses.
#[derive(Debug)]
pub(super) struct Inherits {
    /// Whether the sentence of a clause may say it, beside the headings over it.
    pub(super) sentence: bool,
    pub(super) channel: Term,
    pub(super) party: Vec<Term>,
    pub(super) my_number: Option<String>,
}

/// Which ground is asked for, and when.
#[derive(Debug)]
pub(super) struct Release {
    pub(super) direction: Direction,
    pub(super) relation: Option<Term>,
    pub(super) my_number: Option<String>,
    pub(super) party: Option<Term>,
    pub(super) activity: Vec<Term>,
    pub(super) data: Vec<Term>,
    pub(super) channel: Option<Term>,
    pub(super) sensitive: bool,
    pub(super) relations: Vec<Term>,
    pub(super) ground: Vec<String>,
    pub(super) sender: Vec<Term>,
    pub(super) activities: Vec<Term>,
    /// A person decides on the ground.
    pub(super) asks: bool,
    pub(super) reason: String,
}

/// What gives a party its role.
#[derive(Clone, Copy, Debug)]
pub(super) struct RoleRule {
    pub(super) role: Role,
    /// It names whom a work is entrusted to.
    pub(super) contractor: bool,
    /// It holds only where data comes in.
    pub(super) inward: bool,
    /// It need not stand at the end of the sentence, so that a heading that disagrees is in the right as often.
    pub(super) loose: bool,
}

impl From<&RawRole> for RoleRule {
    fn from(raw: &RawRole) -> Self {
        Self {
            role: raw.role,
            contractor: raw.contractor,
            inward: raw.inward,
            loose: raw.loose,
        }
    }
}

/// What a heading says of the way of the data.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) direction: Direction,
    /// It negates a handing over, which settles the way.
    pub(super) negates: bool,
    /// Its words say nothing else, so that no other pattern sees them.
    pub(super) takes: bool,
}

/// The words that part a sentence into acts.
#[derive(Debug)]
pub(super) struct Acts {
    pub(super) coordinators: Vec<String>,
    pub(super) handing: Vec<String>,
    pub(super) entrusting: Vec<String>,
    pub(super) doing: Vec<String>,
    pub(super) ending: Regex,
    pub(super) back: Vec<String>,
    /// Verbs that take no object from the act before: what is answered depends on who asked.
    pub(super) own_object: Vec<String>,
    /// Verbs that hand over the data itself.
    pub(super) transfer: Vec<String>,
    pub(super) no_contractor: Vec<Term>,
    pub(super) own_trades: Vec<(Vec<Term>, Vec<Term>)>,
    pub(super) exclusions: Vec<Regex>,
    pub(super) negations: Vec<Regex>,
    pub(super) consent: Regex,
    pub(super) catch_all: Regex,
}

#[derive(Debug)]
pub(super) struct Rules {
    pub(super) acts: Acts,
    pub(super) heading_blank: Vec<String>,
    pub(super) heading_no_party: Vec<String>,
    pub(super) heading_end: Regex,
    /// What follows the name of a work that is narrower than the name alone.
    pub(super) narrowed: Regex,
    pub(super) inward_relation: (Term, String),
    pub(super) cleaner: Cleaner,
    pub(super) works: Vec<Work>,
    pub(super) activity: Finder<usize>,
    pub(super) data: Finder<Term>,
    pub(super) party: Finder<Vec<Term>>,
    pub(super) channel: Finder<Term>,
    pub(super) connectors: AhoCorasick,
    pub(super) light: Vec<String>,
    pub(super) joiners: Vec<String>,
    pub(super) roles: Vec<Pattern<RoleRule>>,
    pub(super) relations: Vec<Pattern<Said>>,
    pub(super) section_relations: Vec<Pattern<Said>>,
    pub(super) objects: Vec<Pattern<()>>,
    pub(super) subjects: Vec<Pattern<Option<Term>>>,
    pub(super) directions: Vec<Pattern<Way>>,
    pub(super) purposes: Vec<Pattern<Inherits>>,
    pub(super) inquiries: Vec<Pattern<()>>,
    pub(super) ambiguous: Vec<Pattern<Dimension>>,
    pub(super) my_number: Vec<String>,
    pub(super) title_direction: Vec<String>,
    pub(super) releases: Vec<Release>,
    pub(super) fillers: AhoCorasick,
}

impl Work {
    pub(super) fn bare(activity: Term) -> Self {
        Self {
            activity,
            narrower: false,
            data: Vec::new(),
            named: Named::Limits,
            content: Vec::new(),
            answers: Vec::new(),
            recipient: Vec::new(),
            channel: Vec::new(),
            proposes: Vec::new(),
            my_number: None,
            asks_my_number: None,
            reason: String::new(),
        }
    }
}
