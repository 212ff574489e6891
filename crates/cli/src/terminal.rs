//! The edge to the terminal: language, colour, and the clock.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use mokuteki::{Day, Finding, Lang, Verdict};

use super::args::{ColorArg, Common, LangArg};
use super::output::{Failure, Lasting};

/// What the run knows of its terminal.
pub(crate) struct Terminal {
    pub(crate) lang: Lang,
    /// Records are in English unless a language is asked for: they may not depend on the locale.
    pub(crate) record_lang: Lang,
    color: ColorChoice,
    failure: Failure,
}

impl Terminal {
    pub(crate) fn new(common: &Common) -> Self {
        let asked = common.lang.map(|lang| match lang {
            LangArg::Ja => Lang::Ja,
            LangArg::En => Lang::En,
        });
        let color = match common.color {
            ColorArg::Auto => ColorChoice::Auto,
            ColorArg::Always => ColorChoice::Always,
            ColorArg::Never => ColorChoice::Never,
        };
        Self {
            lang: asked.unwrap_or_else(locale),
            record_lang: asked.unwrap_or(Lang::En),
            color,
            failure: Failure::default(),
        }
    }

    /// Standard output, without colour where it is not a terminal.
    pub(crate) fn stdout(&self) -> Lasting<AutoStream<io::Stdout>> {
        Lasting::new(AutoStream::new(io::stdout(), self.color), &self.failure)
    }

    /// Standard output for what no colour is in: records, pages and scripts.
    pub(crate) fn plain_stdout(&self) -> Lasting<io::Stdout> {
        Lasting::new(io::stdout(), &self.failure)
    }

    /// Standard error. Where it cannot be written, nobody can be told.
    #[expect(
        clippy::unused_self,
        reason = "the other half of what a terminal writes to"
    )]
    pub(crate) fn stderr(&self) -> Lasting<io::Stderr> {
        Lasting::new(io::stderr(), &Failure::default())
    }

    /// Why something could not be written to standard output.
    pub(crate) fn unwritten(&self) -> Option<io::Error> {
        // What flushing gives is kept as the others are.
        self.plain_stdout()
            .flush()
            .err()
            .or_else(|| self.failure.take())
    }

    /// A finding, on standard error. Where that is closed there is nobody left to tell.
    pub(crate) fn finding(&self, found: &impl Finding) {
        let _ = writeln!(io::stderr(), "{}", found.render(self.lang));
    }

    /// A failure with what it is about, on standard error.
    pub(crate) fn fail(&self, head: &str, what: &str) {
        let error = self.lang.pick("誤り", "error");
        let _ = writeln!(io::stderr(), "{error}: {head}: {what}");
    }

    /// The next step after a failure.
    pub(crate) fn help(&self, what: &str) {
        let help = self.lang.pick("対処", "help");
        let _ = writeln!(io::stderr(), "   = {help}: {what}");
    }

    /// A note on standard error.
    pub(crate) fn note(&self, what: &str) {
        let note = self.lang.pick("注", "note");
        let _ = writeln!(io::stderr(), "{note}: {what}");
    }

    /// The day to use where none is given. The one place that reads the clock.
    pub(crate) fn today(&self) -> String {
        self.today_for("--as-of")
    }

    /// The same, where another option fixes the day.
    fn today_for(&self, option: &str) -> String {
        let today = jiff::ZonedDateTime::now().date().to_string();
        self.note(&self.lang.pick(
            format!("日の指定がないので今日 {today} とする ({option} で固定できる)"),
            format!("no day is given, so today, {today}, is used ({option} fixes it)"),
        ));
        today
    }

    /// The day that is given, or today; what is no day is told, and `None`.
    pub(crate) fn day(&self, given: Option<&str>) -> Option<Day> {
        self.day_for(given, "--as-of")
    }

    /// The same, where another option gives the day.
    pub(crate) fn day_for(&self, given: Option<&str>, option: &str) -> Option<Day> {
        let as_of = given.map_or_else(|| self.today_for(option), str::to_owned);
        let day = as_of.parse().ok();
        if day.is_none() {
            let head = self.lang.pick(
                "日付ではない (2026-04-01 の形で書く)",
                "not a day (write it as 2026-04-01)",
            );
            self.fail(head, &as_of);
        }
        day
    }
}

/// The style of a verdict.
pub(crate) fn style(verdict: Verdict) -> Style {
    let color = match verdict {
        Verdict::Exempt => AnsiColor::White,
        Verdict::Permitted => AnsiColor::Green,
        Verdict::Conditional => AnsiColor::Yellow,
        Verdict::OutOfScope | Verdict::Prohibited => AnsiColor::Red,
    };
    Style::new().bold().fg_color(Some(color.into()))
}

/// The language of the locale. The one place that reads the environment.
#[expect(
    clippy::disallowed_methods,
    reason = "the command, not the library, follows the locale"
)]
fn locale() -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    match set.into_iter().find(|value| !value.is_empty()) {
        Some(value) if value.starts_with("ja") => Lang::Ja,
        _ => Lang::En,
    }
}

/// A table with lines between its rows, as wide as the terminal; where there is none to tell a width,
/// as wide as `page`, in columns.
pub(crate) fn ruled(page: u16) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table
        .load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(comfy_table::ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(page);
    }
    table
}
