//! Putting the page together.

use std::{fmt, io::Write};

use askama::Template;
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};

use super::{
    answer::Fields,
    clause::NoticeView,
    data, days,
    matrix::{self, Side},
    view::{self, Page, SocietyView},
};
use mokuteki::{
    Day, Engine, Lang, Problems,
    flow::FlowErrors,
    notice::Notice,
    rules::{Source, Sources},
    vocabulary::Class,
};
use mokuteki_findings::Diagnostic;
use mokuteki_lint::{self as lint, Lints};

/// The engine as a WebAssembly module, compressed with gzip, where the program was built with one: `crates/page-module/build`
/// makes it from this tree, and `MOKUTEKI_PAGE_MODULE` names it while this crate is built. It has no rules of its own.
pub const MODULE: Option<&[u8]> = include!(concat!(env!("OUT_DIR"), "/module.rs"));

const STYLE: &str = concat!(
    include_str!("assets/base.css"),
    include_str!("assets/matrix.css"),
    include_str!("assets/print.css"),
);

/// One program in one scope, so that the page has one script to vouch for.
const SCRIPT: &str = concat!(
    "'use strict';(()=>{\n",
    include_str!("assets/base.js"),
    include_str!("assets/engine.js"),
    include_str!("assets/decision.js"),
    include_str!("assets/grid.js"),
    include_str!("assets/form.js"),
    include_str!("assets/main.js"),
    "})();\n",
);

/// More societies than this make a page that browsers are slow with.
const MOST_SOCIETIES: usize = 50;

/// What a page shows.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers write literals")]
pub struct Options<'a> {
    /// The societies, in this order; every one of the rules when empty.
    pub societies: &'a [&'a str],
    /// The day that the page opens with, and on which its law is cited.
    pub as_of: Day,
    /// The language that it opens with.
    pub lang: Lang,
}

/// Why there is no page.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageError {
    /// The rules do not check.
    Rules(Problems),
    /// A society that the rules do not have, or one of them twice.
    Society(String),
    /// More societies than one page holds.
    TooMany {
        /// How many there are.
        count: usize,
        /// How many a page holds.
        most: usize,
    },
    /// A cell of the matrix cannot be read as a flow.
    Flow(FlowErrors),
    /// The page cannot be written.
    Write(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rules(problems) => write!(f, "{problems}"),
            Self::Society(id) => write!(f, "unknown society, or named twice: `{id}`"),
            Self::TooMany { count, most } => write!(f, "{count} societies; a page holds {most}"),
            Self::Flow(errors) => write!(f, "{errors}"),
            Self::Write(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for PageError {}

impl From<serde_json::Error> for PageError {
    fn from(error: serde_json::Error) -> Self {
        Self::Write(error.into())
    }
}

impl From<std::io::Error> for PageError {
    fn from(error: std::io::Error) -> Self {
        Self::Write(error.into())
    }
}

/// A page of one or more societies. The same rules and options give the same bytes.
///
/// ```
/// use mokuteki::{Day, Lang, rules::Sources};
/// use mokuteki_page as page;
///
/// let options = page::Options {
///     societies: &["aeon"],
///     as_of: Day::new(2026, 4, 1).expect("a day"),
///     lang: Lang::Ja,
/// };
/// let html = page::render(&Sources::embedded(), &options)?;
/// assert!(html.starts_with("<!doctype html>") && html.contains("第三者行為に係る損保会社等への求償"));
/// # Ok::<(), page::PageError>(())
/// ```
///
/// # Errors
///
/// The rules do not check, or a society is not theirs.
pub fn render(sources: &Sources, options: &Options<'_>) -> Result<String, PageError> {
    let all = Engine::from_sources(sources).map_err(PageError::Rules)?;
    let every: Vec<&str> = all.societies().map(|(id, _)| id).collect();
    let chosen = if options.societies.is_empty() {
        every.as_slice()
    } else {
        options.societies
    };
    let again = |at: usize, id: &&str| chosen.iter().take(at).any(|other| other == id);
    let mut wrong = chosen.iter().enumerate();
    if let Some((_, id)) = wrong.find(|(at, id)| !every.contains(id) || again(*at, id)) {
        return Err(PageError::Society((*id).to_owned()));
    }
    if chosen.len() > MOST_SOCIETIES {
        return Err(PageError::TooMany {
            count: chosen.len(),
            most: MOST_SOCIETIES,
        });
    }
    if chosen.len() == every.len() {
        return page(&all, sources, chosen, options);
    }
    // The page carries the rules that it shows and no others. Societies may share a text.
    let names = |source: &Source, shown: bool| {
        let mut notices = all
            .notices()
            .filter(|notice| chosen.contains(&notice.society.as_str()) == shown);
        notices.any(|notice| source.path == notice.rule_file || source.path == notice.text_file)
    };
    let kept = |source: &&Source| names(source, true) || !names(source, false);
    let sources = Sources::new(sources.iter().filter(kept).cloned().collect());
    let engine = Engine::from_sources(&sources).map_err(PageError::Rules)?;
    page(&engine, &sources, chosen, options)
}

fn page(
    engine: &Engine,
    sources: &Sources,
    chosen: &[&str],
    options: &Options<'_>,
) -> Result<String, PageError> {
    let lints = Lints::embedded().map_err(|error| PageError::Write(error.into()))?;
    let mut societies = Vec::new();
    for id in chosen {
        let text = |file: &str| {
            let source = sources.get(file);
            source
                .map(|source| String::from_utf8_lossy(&source.bytes))
                .unwrap_or_default()
        };
        let notices = engine.notices().filter(|notice| notice.society == *id);
        let fields = Fields {
            society: (*id).to_owned(),
            as_of: options.as_of.to_string(),
            ..Fields::default()
        };
        let matrix = matrix::matrix(engine, &fields, Side::Recipient).map_err(PageError::Flow)?;
        societies.push(SocietyView {
            id,
            name: engine
                .societies()
                .find(|(other, _)| other == id)
                .map(|(_, name)| name)
                .unwrap_or_default(),
            notices: notices
                .map(|notice| {
                    let lints = marks(&lints, engine, sources, notice, options.as_of)?;
                    let text = text(&notice.text_file);
                    Ok(NoticeView::new(
                        engine,
                        notice,
                        &text,
                        &lints,
                        options.as_of,
                    ))
                })
                .collect::<Result<_, PageError>>()?,
            verdicts: matrix.verdicts.chars().map(view::symbol).collect(),
        });
    }
    let days = days::changes(engine);
    let page = Page {
        lang: options.lang,
        tag: options.lang.pick("ja", "en"),
        as_of: options.as_of.to_string(),
        policy: policy(),
        style: STYLE,
        script: SCRIPT,
        digest: engine.digest(),
        rows: view::axis(engine, Class::Data),
        columns: view::axis(engine, Class::Party),
        relations: view::axis(engine, Class::Relation),
        activities: view::axis(engine, Class::Activity),
        subjects: view::axis(engine, Class::Subject),
        channels: view::axis(engine, Class::Channel),
        data: data::data(engine, options, chosen, &days)?,
        rules: BASE64.encode(gzip(data::rules(sources)?.as_bytes())?),
        module: MODULE
            .map(|module| BASE64.encode(module))
            .unwrap_or_default(),
        inputs: view::inputs(),
        forms: view::forms(engine),
        legend: view::legend(),
        days,
        societies,
    };
    page.render()
        .map_err(|error| PageError::Write(error.into()))
}

/// What is to be corrected in a notice, on the day, or on the nearest one on which it is in force.
fn marks(
    lints: &Lints,
    engine: &Engine,
    sources: &Sources,
    notice: &Notice,
    day: Day,
) -> Result<Vec<Diagnostic>, PageError> {
    let period = notice.period;
    let nearest = match (period.from, period.until) {
        (Some(from), _) if day < from => from,
        (_, Some(until)) if until <= day => until.before(),
        _ => day,
    };
    let options = lint::Options {
        as_of: nearest,
        societies: std::slice::from_ref(&notice.society),
        fail_on: &[],
        since: None,
        notes: false,
    };
    let findings = lints.check(engine, sources, &options);
    let findings = findings.map_err(|error| PageError::Write(error.into()))?;
    Ok(findings.diagnostics)
}

/// Nothing is fetched, and no other script or style than the page's own runs.
fn policy() -> String {
    let hash = |text: &str| BASE64.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    )
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    // The header of gzip has a time and a system, which this writer leaves empty.
    let mut writer = GzBuilder::new()
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    writer.finish()
}
