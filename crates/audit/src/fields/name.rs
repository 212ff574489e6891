//! Names of fields as sequences of words: `kojinBango`, `KOJIN-BANGOU`, `こじんばんごう` and `個人番号` are cut
//! where words may begin, and spelled in one way.

use unicode_normalization::UnicodeNormalization;
use wana_kana::ConvertJapanese;

use super::preset::{PRESETS, Spelling};

/// A name cut into words.
#[derive(Debug)]
pub(super) struct Name {
    /// The name after NFKC, as far as the letters of its words go.
    pub(super) words: Vec<String>,
    /// Where the words of the last part of a path begin: of `disease.name`, at `name`.
    pub(super) leaf: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Upper,
    Lower,
    Digit,
    Kanji,
    Kana,
    Between,
}

fn kind(c: char) -> Kind {
    match c {
        '0'..='9' => Kind::Digit,
        'ー' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' => Kind::Kana,
        '々' | '〆' | '〇' => Kind::Kanji,
        _ if !c.is_alphanumeric() => Kind::Between,
        _ if c.is_uppercase() => Kind::Upper,
        _ if c.is_lowercase() => Kind::Lower,
        _ => Kind::Kanji,
    }
}

impl Name {
    pub(super) fn new(name: &str) -> Self {
        let letters: Vec<char> = name.nfkc().flat_map(plain).collect();
        let mut cut = Self {
            words: Vec::new(),
            leaf: 0,
        };
        let mut word = String::new();
        let mut last = Kind::Between;
        for (at, c) in letters.iter().copied().enumerate() {
            let (now, next) = (kind(c), letters.get(at + 1).copied().map(kind));
            let begins = match (last, now) {
                (_, Kind::Between | Kind::Kanji) => true,
                (Kind::Upper, Kind::Lower) => false,
                // The last capital of `XMLName` begins a word.
                (Kind::Upper, Kind::Upper) => next == Some(Kind::Lower),
                (last, now) => last != now,
            };
            if begins {
                cut.end(&mut word);
            }
            if now == Kind::Between {
                if matches!(c, '.' | '/') {
                    cut.leaf = cut.words.len();
                }
            } else {
                word.extend(c.to_lowercase());
            }
            last = now;
        }
        cut.end(&mut word);
        // A path that ends with a separator has its last words as its end.
        cut.leaf = cut.leaf.min(cut.words.len().saturating_sub(1));
        cut
    }

    fn end(&mut self, word: &mut String) {
        if word.is_empty() {
            return;
        }
        let word = std::mem::take(word);
        let is_kana = word.chars().all(|c| kind(c) == Kind::Kana);
        if !is_kana {
            self.words.push(word);
            return;
        }
        // From the end to the beginning, the longest word first.
        let mut rest = word.to_hiragana();
        let mut cut = Vec::new();
        while let Some(tail) = last_word(&rest) {
            cut.push(romaji(&tail));
            rest.truncate(rest.len() - tail.len());
        }
        cut.push(romaji(&rest));
        cut.retain(|word| !word.is_empty());
        self.words.extend(cut.into_iter().rev());
    }
}

/// The known word that a run of kana ends with, where something stands before it.
fn last_word(kana: &str) -> Option<String> {
    let known = PRESETS.parts.kana.iter();
    let ends = known.filter(|word| kana.len() > word.len() && kana.ends_with(word.as_str()));
    ends.max_by_key(|word| word.len()).cloned()
}

/// Latin letters without their marks, as of `bangō`; the rest as it is.
fn plain(c: char) -> impl Iterator<Item = char> {
    let base = std::iter::once(c).nfd().next().unwrap_or(c);
    std::iter::once(if base.is_ascii_alphabetic() { base } else { c })
}

fn romaji(kana: &str) -> String {
    let latin = kana.to_romaji();
    // Marks that have no sound are left out.
    latin.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Words written together and spelled in one way.
pub(super) fn spelled(words: &[String], spellings: &[Spelling]) -> String {
    let mut text = words.concat();
    for spelling in spellings {
        if text.contains(&spelling.from) {
            text = text.replace(&spelling.from, &spelling.to);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> String {
        Name::new(name).words.join(" ")
    }

    #[test]
    fn a_name_is_cut_where_words_may_begin() {
        assert_eq!(words("kojinBango"), "kojin bango");
        assert_eq!(words("KOJIN-BANGO_1"), "kojin bango 1");
        assert_eq!(words("XMLKojinBango"), "xml kojin bango");
        assert_eq!(words("ｋｏｊｉｎ＿ｂａｎｇｏ"), "kojin bango");
        assert_eq!(words("個人番号カード"), "個 人 番 号 kaado");
        assert_eq!(words("ｺｼﾞﾝﾊﾞﾝｺﾞｳ"), "kojin bangou");
        assert_eq!(words("ばんごう"), "bangou");
        assert_eq!(words("kojin_bangō"), "kojin bango");
        assert_eq!(words("HbA1c"), "hb a 1 c");
        assert_eq!(words("　"), "");
    }

    #[test]
    fn the_end_of_a_path_is_known() {
        let name = Name::new("patient.disease.nameKana");
        assert_eq!(name.words[name.leaf..].join(" "), "name kana");
        assert_eq!(Name::new("a.b.").leaf, 1);
        assert_eq!(Name::new("").leaf, 0);
    }

    #[test]
    fn no_kana_makes_the_conversion_stop() {
        let kana: Vec<char> = ('ぁ'..='ヿ').filter(|c| kind(*c) == Kind::Kana).collect();
        for one in &kana {
            for two in &kana {
                let latin = romaji(&format!("{one}{two}{one}"));
                assert!(latin.is_ascii(), "{one}{two}");
            }
        }
        assert_eq!(romaji("ひょうじゅんほうしゅう"), "hyoujunhoushuu");
    }
}
