//! Codes: the kinds of findings. The page of a code is the one source of what is said about it.

use super::Severity;
use mokuteki::problem::Lang;

/// A kind of finding: a name that never changes, and a page that explains it.
///
/// A page stands in `docs/codes/NAME.md`: a heading with the name, then one section in Japanese and
/// one in English, each with a title and a first paragraph that says what the finding means.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "made in constants")]
pub struct Code {
    /// Kebab-case; it never changes.
    pub name: &'static str,
    /// How grave a finding of this kind is, unless the check says otherwise.
    pub severity: Severity,
    /// The page.
    pub page: &'static str,
}

impl Code {
    /// A code with its page: `include_str!("../../../docs/codes/NAME.md")`.
    #[must_use]
    pub const fn new(name: &'static str, severity: Severity, page: &'static str) -> Self {
        Self {
            name,
            severity,
            page,
        }
    }

    /// Whether the page is whole: headed by the name, with a title and a description in each language.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let said = |lang| !self.title(lang).is_empty() && !self.description(lang).is_empty();
        self.page.lines().next() == Some(&format!("# {}", self.name))
            && self.page.matches("\n## ").count() == 2
            && said(Lang::Ja)
            && said(Lang::En)
    }

    /// The title in a language.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        let first = self.section(lang).lines().next();
        first.unwrap_or_default().trim()
    }

    /// What a finding of this kind means: the first paragraph, on one line.
    #[must_use]
    pub fn description(&self, lang: Lang) -> String {
        let rest = self.body(lang);
        let paragraph = rest.split("\n\n").next().unwrap_or_default();
        let lines = paragraph.lines().map(str::trim);
        // Japanese is written without spaces between lines.
        lines.collect::<Vec<_>>().join(lang.pick("", " "))
    }

    /// Everything below the title, as Markdown.
    #[must_use]
    pub fn body(&self, lang: Lang) -> &'static str {
        let section = self.section(lang);
        let body = section.split_once('\n').map(|(_, body)| body);
        body.unwrap_or_default().trim()
    }

    /// The section of a language: the second level-two heading is English.
    fn section(&self, lang: Lang) -> &'static str {
        let mut sections = self.page.split("\n## ").skip(1);
        let (ja, en) = (sections.next(), sections.next());
        lang.pick(ja, en).unwrap_or_default()
    }
}

/// Declares the codes that a member tells, sorted by name, with their pages; and `ALL`, the list of them. A page stands in
/// `docs/codes` of the workspace, two folders above the member.
///
/// ```text
/// mokuteki_findings::codes! {
///     MISPRINT = "misprint", Note;
/// }
/// ```
#[macro_export]
macro_rules! codes {
    ($($ident:ident = $name:literal, $severity:ident;)*) => {
        $(pub(crate) static $ident: $crate::Code = $crate::Code::new(
            $name,
            $crate::Severity::$severity,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/codes/", $name, ".md")),
        );)*

        /// Every code, sorted by name.
        pub static ALL: &[&$crate::Code] = &[$(&$ident),*];
    };
}
