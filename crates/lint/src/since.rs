//! Lints of what societies have done since a day and a notice does not say, and the day from which a finding is one.

use super::{Lint, SINCE, codes};
use mokuteki::{Day, text::normalize};
use mokuteki_findings::{Diagnostic, Place, Text};

/// A finding that is one from a day on.
pub(super) fn from(mut found: Diagnostic, day: Day) -> Diagnostic {
    found.keys.push((SINCE, day.to_string()));
    found
}

/// The day from which a finding is one; `None` where it always was.
pub(super) fn day(found: &Diagnostic) -> Option<Day> {
    let (_, day) = found.keys.iter().find(|(name, _)| *name == SINCE)?;
    day.parse().ok()
}

impl Lint<'_> {
    /// Work that began on a day before this one, beside work that the notice prints, and that it does not.
    pub(super) fn since(&self, found: &mut Vec<Diagnostic>) {
        let printed: Vec<String> = self
            .passages()
            .map(|(_, quote, _)| normalize(quote).into_owned())
            .collect();
        let prints = |words: &[String]| {
            let words: Vec<_> = words.iter().map(|word| normalize(word)).collect();
            printed
                .iter()
                .any(|text| words.iter().any(|word| text.contains(word.as_ref())))
        };
        for item in &self.data.since {
            if self.day() < item.from.0 || !prints(&item.beside) || prints(&item.words) {
                continue;
            }
            let (ja, en, from, source) = (&item.ja, &item.en, item.from.0, &item.source);
            let unseen = if item.seen {
                Text::new("", "")
            } else {
                Text::new("。日は未確認", "; the day was not seen in a source")
            };
            let message = Text::new(
                format!(
                    "{from} からの「{ja}」が書かれていない ({source}{})",
                    unseen.ja
                ),
                format!(
                    "says nothing of {en}, which societies have done since {from} ({source}{})",
                    unseen.en
                ),
            );
            let help = Text::new(
                "行っているなら公表文書に加える。行っていないなら、そのままでよい",
                "if the society does this, its notice should say so; if not, nothing is missing",
            );
            let place = Place::file(self.notice.text_file.as_str()).of_rules();
            let society = &self.notice.society;
            let one = Diagnostic::new(&codes::MISSING_SINCE, place, society, message, help);
            found.push(self::from(one.with_detail(item.id.as_str()), from));
        }
    }
}
