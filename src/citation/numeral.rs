//! Numerals of citations: 19, 十九 and positional 一九. A look-alike or an ill-formed numeral is
//! refused, never repaired: a citation that is one off names another provision.

use super::MalformedReason;

/// Numbers of articles, paragraphs, items and laws stay well below this.
const MAX: u16 = 9999;

/// Whether a character belongs to a written number.
///
/// Look-alikes of zero and 万 belong to it too. Otherwise the ○ of `○19条` would pass for the end
/// of a statute's name, and what is left of the number for the whole of it.
pub(super) fn is_numeral(c: char) -> bool {
    c.is_ascii_digit()
        || digit(c).is_some()
        || unit(c).is_some()
        || matches!(c, '万' | '○' | '◯' | '零')
}

/// Reads a whole text as a number from 1 to 9999.
pub(super) fn read(text: &str) -> Result<u16, MalformedReason> {
    let all = |is_one: fn(char) -> bool| text.chars().all(is_one);
    if text.is_empty() {
        Err(MalformedReason::NoNumber)
    } else if all(|c| c.is_ascii_digit()) {
        positional(text.chars().filter_map(|c| c.to_digit(10)))
    } else if all(|c| digit(c).is_some()) {
        positional(text.chars().filter_map(digit).map(u32::from))
    } else if text.contains('万') && all(|c| digit(c).is_some() || unit(c).is_some() || c == '万')
    {
        Err(MalformedReason::NumberTooLarge)
    } else {
        with_units(text)
    }
}

/// 一九 and 19. A leading zero is refused: no statute is cited so, and a zero may stand for a lost
/// digit.
fn positional(digits: impl Iterator<Item = u32>) -> Result<u16, MalformedReason> {
    let too_large = u32::from(MAX) + 1;
    let mut value = 0;
    for digit in digits {
        if value == 0 && digit == 0 {
            return Err(MalformedReason::BadNumeral);
        }
        value = (value * 10 + digit).min(too_large);
    }
    match u16::try_from(value) {
        Ok(value) if value <= MAX => Ok(value),
        _ => Err(MalformedReason::NumberTooLarge),
    }
}

/// 千二百五: each unit at most once, from the largest down, with at most one digit before it. 一千
/// and 一百 are written; 一十 is not.
fn with_units(text: &str) -> Result<u16, MalformedReason> {
    // INVARIANT: `total` is a multiple of `smallest`, and `smallest` only falls, so the sum is at
    // most 9999.
    let (mut total, mut smallest, mut pending) = (0, MAX + 1, None);
    for c in text.chars() {
        match (digit(c), unit(c)) {
            (Some(1..), _) if pending.is_none() => pending = digit(c),
            (_, Some(unit)) if unit < smallest && (unit, pending) != (10, Some(1)) => {
                total += pending.take().unwrap_or(1) * unit;
                smallest = unit;
            }
            _ => return Err(MalformedReason::BadNumeral),
        }
    }
    Ok(total + pending.unwrap_or(0))
}

fn digit(c: char) -> Option<u16> {
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九']
        .iter()
        .zip(0..)
        .find(|(d, _)| **d == c)
        .map(|(_, n)| n)
}

fn unit(c: char) -> Option<u16> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// The number with units, as statutes print it.
#[cfg(test)]
pub(super) fn kanji(number: u16) -> String {
    let mut text = String::new();
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit > 1 || (digit == 1 && unit == 1) {
            text += &kanji_digits(digit);
        }
        text += if digit > 0 { name } else { "" };
    }
    text
}

/// The number digit by digit, as in 一九.
#[cfg(test)]
pub(super) fn kanji_digits(number: u16) -> String {
    let digits: Vec<char> = "〇一二三四五六七八九".chars().collect();
    number
        .to_string()
        .bytes()
        .map(|b| digits[usize::from(b - b'0')])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{MalformedReason::*, *};

    #[test]
    fn every_number_is_read_in_each_notation() {
        for number in 1..=MAX {
            assert_eq!(read(&number.to_string()), Ok(number));
            assert_eq!(read(&kanji(number)), Ok(number), "{}", kanji(number));
            assert_eq!(
                read(&kanji_digits(number)),
                Ok(number),
                "{}",
                kanji_digits(number)
            );
        }
    }

    #[test]
    fn no_two_short_texts_without_one_before_a_unit_are_one_number() {
        let alphabet = "〇一二三四五六七八九十百千";
        let read_as: Vec<(String, u16)> = alphabet
            .chars()
            .flat_map(|a| {
                alphabet
                    .chars()
                    .flat_map(move |b| alphabet.chars().map(move |c| String::from_iter([a, b, c])))
            })
            .filter_map(|text| read(&text).ok().map(|number| (text, number)))
            .collect();
        assert!(!read_as.is_empty());
        for (text, number) in read_as {
            let plain = text.replace("一千", "千").replace("一百", "百");
            assert!(
                plain == kanji(number) || plain == kanji_digits(number),
                "{text} {number}"
            );
        }
    }

    #[test]
    fn numbers_as_written() {
        let table = [
            ("十九", 19),
            ("百九十四", 194),
            ("二百五", 205),
            ("千二", 1002),
            ("一九", 19),
            ("二〇五", 205),
        ];
        for (text, number) in table.into_iter().chain([
            ("一百", 100),
            ("一千一百十一", 1111),
            ("九千九百九十九", 9999),
        ]) {
            assert_eq!(read(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn ill_formed_numbers_are_refused() {
        for text in "0 00 019 〇 〇五 十十 百千 十百 一十 一十九 百一十 二三十 百〇五 十〇 1十9 二7 ○ 二○五 ◯ 零 1万 a １".split(' ') {
            assert_eq!(read(text), Err(BadNumeral), "{text}");
        }
        for text in [
            "10000",
            "99999999999999999999999",
            "一〇〇〇〇",
            "万",
            "一万",
            "十万二千",
        ] {
            assert_eq!(read(text), Err(NumberTooLarge), "{text}");
        }
        assert_eq!(read(""), Err(NoNumber));
    }
}
