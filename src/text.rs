//! Text as it comes: normalisation for look-ups, white space, lines, and characters that must not
//! stand in rules. Published text is compared, never rewritten.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick, is_nfkc_quick};

/// A name as it is looked up: NFKC, without white space.
///
/// `ﾚｾﾌﾟﾄ`, `レセプト ` and `レセプト` are one name. `○` (U+25CB) and `〇` (U+3007) stay apart.
#[must_use]
pub fn normalize(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let plain = !text.chars().any(char::is_whitespace);
    if plain && is_nfkc_quick(text.chars()) == IsNormalized::Yes {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().filter(|c| !c.is_whitespace()).collect())
}

/// A letter that no form of a name changes: of ASCII, kana, or a unified ideograph. Nearly all of a name are
/// these, and tables need not be asked for them.
fn is_plain(c: char) -> bool {
    matches!(c, '!'..='~' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '\u{4E00}'..='\u{9FFF}')
}

/// The text without line ends and spacing, as quotes are compared.
#[must_use]
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !is_space(*c)).collect()
}

/// White space of a page: spaces of every width, line ends, and a byte-order mark.
#[must_use]
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}

/// Up to `most` of the names that are nearest to `name`, best first; names that are far from it
/// are left out.
#[must_use]
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>, most: usize) -> Vec<String> {
    let mut scored: Vec<(f64, &str)> = names
        .map(|other| {
            let inside = name.chars().count() > 1 && other.contains(name);
            let score = strsim::normalized_damerau_levenshtein(name, other);
            (if inside { score.max(0.5) } else { score }, other)
        })
        .filter(|(score, _)| *score >= 0.34)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored
        .into_iter()
        .take(most)
        .map(|(_, other)| other.to_owned())
        .collect()
}

/// A character that extraction leaves behind or that shows another text than it holds: radicals,
/// compatibility ideographs, separate voicing marks, bidirectional and zero-width controls.
#[must_use]
#[inline]
pub fn is_suspicious(c: char) -> bool {
    // Nearly all that stands in rules is one of these.
    let plain = matches!(c, ' '..='~' | '\n' | '\u{3000}'..='\u{3098}' | '\u{309B}'..='\u{D7FF}');
    !plain && is_odd(c)
}

fn is_odd(c: char) -> bool {
    let invisible_or_odd = matches!(c,
        '\u{0000}'..='\u{0008}' | '\u{000B}' | '\u{000E}'..='\u{001F}' | '\u{007F}'..='\u{009F}'
        | '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{2E80}'..='\u{2FDF}' | '\u{3099}' | '\u{309A}' | '\u{E000}'..='\u{F8FF}'
        | '\u{FEFF}' | '\u{FFFD}' | '\u{E0000}'..='\u{E007F}');
    // A few of these, such as 﨑 (U+FA11), are characters of their own.
    let compatibility = matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}');
    invisible_or_odd || compatibility && is_nfc_quick(std::iter::once(c)) != IsNormalized::Yes
}

/// The lines of a file, to turn byte offsets into line numbers.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Indexes a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let after_ends = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            starts: std::iter::once(0).chain(after_ends).collect(),
        }
    }

    /// The 1-based line that holds the byte offset.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_any_width_and_spacing() {
        assert_eq!(normalize("ﾚｾﾌﾟﾄ"), "レセプト");
        assert_eq!(normalize(" 情報 提供\u{3000}"), "情報提供");
        assert_eq!(normalize("ＮＷＳ"), "NWS");
        assert!(matches!(normalize("レセプト"), Cow::Borrowed(_)));
        assert_ne!(normalize("二○"), normalize("二〇"));
    }

    #[test]
    fn what_is_plain_is_its_own_normal_form_and_not_suspicious() {
        let mut plain = 0;
        for c in '\0'..=char::MAX {
            assert_eq!(is_suspicious(c), is_odd(c), "{c:?}");
            if is_plain(c) {
                plain += 1;
                assert!(
                    !c.is_whitespace() && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes
                );
                assert!(c.nfkc().eq([c]), "{c:?}");
            }
        }
        assert!(plain > 20_000);
        // A mark after a plain letter is still composed.
        assert_eq!(normalize("カ\u{3099}"), "ガ");
    }

    #[test]
    fn the_nearest_name_comes_first_and_far_ones_are_left_out() {
        let names = ["レセプト", "健診結果", "紙レセプト"];
        assert_eq!(
            nearest("レゼプト", names.into_iter(), 2),
            ["レセプト", "紙レセプト"]
        );
        assert!(nearest("飛行機", names.into_iter(), 3).is_empty());
    }

    #[test]
    fn lines_are_counted_from_one() {
        let lines = Lines::new("a\nbc\n\nd");
        assert_eq!(
            [0, 1, 2, 4, 5, 6].map(|at| lines.line(at)),
            [1, 1, 2, 2, 3, 4]
        );
    }

    #[test]
    fn extraction_leftovers_are_suspicious_and_ordinary_text_is_not() {
        assert!(
            "⼀\u{202E}か\u{3099}"
                .chars()
                .filter(|c| is_suspicious(*c))
                .count()
                == 3
        );
        assert!("\u{FEFF}\u{AD}\u{FA19}".chars().all(is_suspicious));
        assert!(
            !"健康保険法（大正11年）○・ー川﨑\n\t"
                .chars()
                .any(is_suspicious)
        );
    }
}
