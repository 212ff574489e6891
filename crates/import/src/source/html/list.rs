//! The marks of list items, as a browser prints them.

use scraper::node::Element;

/// A list that is open.
#[derive(Clone, Debug)]
pub(super) struct List {
    /// The next number and its form; none for a list without numbers.
    number: Option<(i64, i64, Form)>,
    bare: bool,
}

#[derive(Clone, Copy, Debug)]
enum Form {
    Decimal,
    Lower,
    Upper,
    LowerRoman,
    UpperRoman,
}

impl List {
    pub(super) fn new(element: &Element, items: usize) -> Self {
        let style = element
            .attr("style")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let bare = style.contains("list-style") && style.contains("none");
        let number = (element.name() == "ol").then(|| {
            let form = match element.attr("type") {
                Some("a") => Form::Lower,
                Some("A") => Form::Upper,
                Some("i") => Form::LowerRoman,
                Some("I") => Form::UpperRoman,
                _ => Form::Decimal,
            };
            let reversed = element.attr("reversed").is_some();
            let items = i64::try_from(items).unwrap_or(i64::MAX);
            let first = element
                .attr("start")
                .and_then(|start| start.trim().parse().ok());
            let first = first.unwrap_or(if reversed { items } else { 1 });
            (first, if reversed { -1 } else { 1 }, form)
        });
        Self { number, bare }
    }

    /// The mark of the next item.
    pub(super) fn mark(&mut self, item: &Element) -> String {
        let Some((next, step, form)) = &mut self.number else {
            return if self.bare {
                String::new()
            } else {
                "・".to_owned()
            };
        };
        let own = item
            .attr("value")
            .and_then(|value| value.trim().parse().ok());
        let number = own.unwrap_or(*next);
        *next = number.saturating_add(*step);
        if self.bare {
            return String::new();
        }
        format!("{}. ", form.write(number))
    }
}

impl Form {
    fn write(self, number: i64) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::Lower => letters(number),
            Self::Upper => letters(number).map(|text| text.to_uppercase()),
            Self::LowerRoman => roman(number),
            Self::UpperRoman => roman(number).map(|text| text.to_uppercase()),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

fn letters(number: i64) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|number| *number > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        letters.push(char::from_digit((rest - 1) % 26 + 10, 36)?);
        rest = (rest - 1) / 26;
    }
    Some(letters.iter().rev().collect())
}

/// The signs of Roman numbers.
const ROMAN: [(i64, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

fn roman(number: i64) -> Option<String> {
    let mut rest = Some(number).filter(|number| (1..4000).contains(number))?;
    let mut text = String::new();
    for (value, sign) in ROMAN {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_roman_numbers_count_as_in_a_browser() {
        let letters: Vec<_> = [1, 26, 27, 702].map(|n| Form::Lower.write(n)).to_vec();
        assert_eq!(letters, ["a", "z", "aa", "zz"]);
        let romans: Vec<_> = [1, 4, 19, 0].map(|n| Form::UpperRoman.write(n)).to_vec();
        assert_eq!(romans, ["I", "IV", "XIX", "0"]);
    }
}
